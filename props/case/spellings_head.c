// SPDX-License-Identifier: Apache-2.0
#include "props/case/spellings.h"

#define TXN "X-MS-DM-TransactionId: "

// A value of 1 says that no id is sent although the field is there.
static const struct spelling txn_rows[] = {
    SERVED(TXN "{t}\r\n", PLAIN, 0, "transaction id"),
    SERVED("", ABSENT, 0, "no transaction id"),
    SERVED("x-ms-dm-transactionid: {t}\r\n", TXN_NAME, 0, "transaction id in lower case"),
    SERVED("X-MS-DM-TRANSACTIONID:{t}\r\n", TXN_NAME, 0, "transaction id in upper case"),
    MAY(TXN "\"{t}\"\r\n", TXN_OPAQUE, 0, S400, "transaction id in quotes"),
    MAY(TXN "\xE2\x80\x9C{t}\xE2\x80\x9D\r\n", TXN_OPAQUE, 0, S400,
        "transaction id in curly quotes"),
    MAY(TXN "{t} and a tail\r\n", TXN_OPAQUE, 0, S400, "transaction id with blanks"),
    MAY(TXN "{t}-5678-1234-1234-123456789abc-and-so-on-0123\r\n", TXN_OPAQUE, 0, S400,
        "transaction id of 64 octets"),
    MAY(TXN "{t}{y}\r\n", TXN_OPAQUE, 0, S400 | S431, "transaction id of 8,000 octets"),
    MAY(TXN "\r\n", TXN_OPAQUE, 1, S400, "transaction id empty"),
    MAY(TXN "{t}{o}\r\n", TXN_OPAQUE, 0, S400, "transaction id with made-up octets"),
    MAY(TXN "{t}%0d%0aSet-Cookie:%20a=b\r\n", TXN_INJECT, 0, S400, "transaction id with %0d%0a"),
    MAY(TXN "{t}%00x\r\n", TXN_INJECT, 0, S400, "transaction id with %00"),
    MAY(TXN "{t}\rSet-Cookie: a=b\r\n", TXN_CONTROL, 0, S400, "transaction id with a raw CR"),
    MAY(TXN "{t}\nSet-Cookie: a=b\r\n", TXN_CONTROL, 0, S400, "transaction id with a raw LF"),
    MAY(TXN "{t}\x01x\r\n", TXN_CONTROL, 0, S400, "transaction id with octet 01"),
    MAY(TXN "{t}\x7Fx\r\n", TXN_CONTROL, 0, S400, "transaction id with octet 7F"),
    MUST_NOT(TXN "{t}\0x\r\n", TXN_NUL, 0, S400, "transaction id with a NUL"),
    MUST_NOT(TXN "\0\r\n", TXN_NUL, 0, S400, "transaction id of a NUL"),
};

#define AUTH "Authorization: "

// Row 0 is left out where the deployment does not ask for Basic. All of these are ignored there.
static const struct spelling auth_rows[] = {
    SERVED(AUTH "Basic {a}\r\n", PLAIN, 0, "credentials as needed"),
    SERVED(AUTH "Basic {a}\r\n", AUTH_RIGHT, 0, "credentials right"),
    SERVED("authorization: Basic {a}\r\n", AUTH_RIGHT, 0, "credentials in a lower-case field"),
    SERVED(AUTH "basic {a}\r\n", AUTH_CASE, 0, "credentials behind basic"),
    SERVED(AUTH "BASIC {a}\r\n", AUTH_CASE, 0, "credentials behind BASIC"),
    MUST_NOT("", ABSENT, 0, S401, "no credentials"),
    MUST_NOT(AUTH "Basic {p}\r\n", AUTH_WRONG, 0, S401, "credentials with a wrong password"),
    MUST_NOT(AUTH "Basic {x}\r\n", AUTH_WRONG, 0, S401, "credentials of an unknown user"),
    MUST_NOT(AUTH "Basic {-}\r\n", AUTH_WRONG, 0, S401, "credentials without their last octet"),
    MUST_NOT(AUTH "Basic {+}\r\n", AUTH_WRONG, 0, S401, "credentials with an octet behind"),
    MUST_NOT(AUTH "Basic {0}\r\n", AUTH_WRONG, 0, S401, "credentials with a NUL behind"),
    MUST_NOT(AUTH "Bearer x\r\n", AUTH_SCHEME, 0, S401, "credentials behind Bearer"),
    MUST_NOT(AUTH "Basi {a}\r\n", AUTH_SCHEME, 0, S401, "credentials behind Basi"),
    MUST_NOT(AUTH "Basic2 {a}\r\n", AUTH_SCHEME, 0, S401, "credentials behind Basic2"),
    MUST_NOT(AUTH "Basic ****\r\n", AUTH_SYNTAX, 0, S400 | S401, "credentials of asterisks"),
    MUST_NOT(AUTH "Basic {r}\r\n", AUTH_SYNTAX, 0, S400 | S401, "credentials without a colon"),
    MUST_NOT(AUTH "Basic\r\n", AUTH_SYNTAX, 0, S400 | S401, "credentials missing behind Basic"),
    MUST_NOT(AUTH "Basic =\r\n", AUTH_SYNTAX, 0, S400 | S401, "credentials of padding"),
    MUST_NOT(AUTH "Basic YQ\xC3\xA4=\r\n", AUTH_SYNTAX, 0, S400 | S401,
             "credentials with octets above 7F"),
};

// In front of the bar stands what comes before the path in the target, behind it the Host fields.
static const struct spelling host_rows[] = {
    SERVED("|Host: {h}\r\n", PLAIN, 0, "Host field"),
    SERVED("https://{h}|Host: {h}\r\n", HOST_ABSOLUTE, 0, "absolute target"),
    SERVED("HTTPS://{h}|Host: {h}\r\n", HOST_ABSOLUTE, 0, "absolute target with HTTPS"),
    SERVED("https://{h}|Host: other.example\r\n", HOST_ABSOLUTE, 0,
           "absolute target and another Host"),
    MUST_NOT("|", HOST_MISSING, 0, S400, "no Host field"),
    MUST_NOT("https://{h}|", HOST_MISSING, 0, S400, "absolute target and no Host field"),
    MUST_NOT("|Host: {h}\r\nHost: {h}\r\n", HOST_TWICE, 0, S400, "Host field twice"),
    MUST_NOT("|Host: {h}\r\nhost: other.example\r\n", HOST_TWICE, 0, S400, "two Host fields"),
    MUST_NOT("|Host: a b\r\n", HOST_BAD, 0, S400, "Host with a blank"),
    MUST_NOT("|Host: {h}/sims\r\n", HOST_BAD, 0, S400, "Host with a slash"),
    MAY("|Host: a@{h}\r\n", HOST_LAX, 0, S400, "Host with an at sign"),
    MAY("|Host: {h}:80a\r\n", HOST_LAX, 0, S400, "Host with a bad port"),
};

enum { BLANK_REFUSALS = S301 | S400, VERSION_REFUSALS = S400 | S505 };

static const struct spelling line_rows[] = {
    SERVED("{m} {T} HTTP/1.1\r\n", PLAIN, 0, "HTTP/1.1"),
    SERVED("{m} {T} HTTP/1.0\r\n", LINE_OLD, 0, "HTTP/1.0"),
    MAY("{m} {T} HTTP/2.0\r\n", LINE_VERSION, 0, VERSION_REFUSALS, "HTTP/2.0"),
    MAY("{m} {T} HTTP/1.10\r\n", LINE_VERSION, 0, VERSION_REFUSALS, "HTTP/1.10"),
    MAY("{m} {T} http/1.1\r\n", LINE_VERSION, 0, VERSION_REFUSALS, "http/1.1"),
    MAY("{m} {T} HTTP/1.\r\n", LINE_VERSION, 0, VERSION_REFUSALS, "HTTP/1. without minor"),
    MUST_NOT("{m} {b}/sims/iccid: {i}/balances HTTP/1.1\r\n", LINE_BLANK, 0, BLANK_REFUSALS,
             "blank behind iccid:"),
    MUST_NOT("{m} {T} x HTTP/1.1\r\n", LINE_BLANK, 0, BLANK_REFUSALS, "blank behind the target"),
    MUST_NOT("{m} {b}/sims/{p}{i}\r\n/balances HTTP/1.1\r\n", LINE_BLANK, 0, BLANK_REFUSALS,
             "line break in the target"),
    // Parsers that take the tab for a part of the target find no such resource.
    MUST_NOT("{m} {b}/sims/{p}{i}\t/balances HTTP/1.1\r\n", LINE_BLANK, 0, BLANK_REFUSALS | S404,
             "tab in the target"),
};

enum {
    BODY_REFUSALS = S400 | S411 | S413 | S415,
    BOTH_REFUSALS = S400 | S411 | S501,
    CHUNKED_REFUSALS = S400 | S411 | S413 | S415 | S501,
    HUGE_REFUSALS = S400 | S413 | S414 | S431,
};

// In front of the bar stands what comes before the Host field, behind it everything after the
// fields of the other axes: fields, the empty line, a body.
static const struct spelling framing_rows[] = {
    SERVED("|\r\n", PLAIN, 0, "no further fields"),
    SERVED("|Accept: application/json\r\nUser-Agent: balprobe\r\n\r\n", FRAMING_FIELDS, 0,
           "Accept and User-Agent"),
    SERVED("Accept: */*\r\nX-Empty:\r\n|\r\n", FRAMING_FIELDS, 0, "fields before Host"),
    SERVED("|accept:*/*\r\nUSER-AGENT: \t balprobe \t \r\n\r\n", FRAMING_FIELDS, 0,
           "fields with other case and blanks"),
    SERVED("|Connection: keep-alive\r\n\r\n", FRAMING_FIELDS, 0, "Connection keep-alive"),
    SERVED("|Connection: close\r\n\r\n", FRAMING_FIELDS, 0, "Connection close"),
    SERVED("|X-A: 1\r\nX-A: 2\r\nX-Limit: -1\r\nAccept-Language: de, en;q=0.5\r\n\r\n",
           FRAMING_FIELDS, 0, "unknown fields"),
    MAY("|X-Note: a\r\n b\r\n\r\n", FRAMING_FOLD, 0, S400, "folded field"),
    MAY("|X-Note: a\r\n\tb\r\n\r\n", FRAMING_FOLD, 0, S400, "field folded with a tab"),
    MAY("|Content-Length: 5\r\n\r\nhello", FRAMING_BODY, 0, BODY_REFUSALS, "body of 5 octets"),
    MAY("|Content-Length: 0\r\n\r\n", FRAMING_BODY, 0, BODY_REFUSALS, "body of no octets"),
    MAY("|Content-Length: 39\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: other\r\n\r\n", FRAMING_BODY, 0,
        BODY_REFUSALS, "body that looks like a request"),
    MAY("|Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", FRAMING_CHUNKED, 0,
        CHUNKED_REFUSALS, "chunked body"),
    MAY("|Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", FRAMING_CHUNKED, 0, CHUNKED_REFUSALS,
        "chunked body of no octets"),
    MAY("|Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", FRAMING_BOTH, 0,
        BOTH_REFUSALS, "Content-Length and chunked"),
    MAY("|Transfer-Encoding: chunked\r\nContent-Length: 44\r\n\r\n0\r\n\r\n"
        "GET /smuggled HTTP/1.1\r\nHost: other\r\n\r\n",
        FRAMING_BOTH, 0, BOTH_REFUSALS, "chunked and Content-Length"),
    MAY("|{F}\r\n", FRAMING_HUGE, 0, HUGE_REFUSALS, "1,000 fields"),
    MAY("|X-Big: {G}\r\n\r\n", FRAMING_HUGE, 0, HUGE_REFUSALS, "field of 64 KiB"),
    MUST_NOT("|X-Note : a\r\n\r\n", FRAMING_BLANK, 0, S400, "blank before a colon"),
    MUST_NOT("|X-Note\t: a\r\n\r\n", FRAMING_BLANK, 0, S400, "tab before a colon"),
    MUST_NOT("|Content-Length: +5\r\n\r\nhello", FRAMING_LENGTH, 0, S400, "Content-Length +5"),
    MUST_NOT("|Content-Length: -5\r\n\r\nhello", FRAMING_LENGTH, 0, S400, "Content-Length -5"),
    MUST_NOT("|Content-Length: 0x5\r\n\r\nhello", FRAMING_LENGTH, 0, S400, "Content-Length 0x5"),
    MUST_NOT("|Content-Length: 5 5\r\n\r\nhello", FRAMING_LENGTH, 0, S400, "Content-Length 5 5"),
    MUST_NOT("|Content-Length: 5,6\r\n\r\nhello!", FRAMING_LENGTH, 0, S400, "Content-Length 5,6"),
    MUST_NOT("|Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", FRAMING_LENGTH, 0, S400,
             "Content-Length 5 and 6"),
    MUST_NOT("|Content-Length: 18446744073709551621\r\n\r\nhello", FRAMING_LENGTH, 0, S400 | S413,
             "Content-Length 2^64+5"),
};

const struct axis_table spellings_head[] = {
    {"transaction id", txn_rows, ROW_COUNT(txn_rows), 4},
    {"credentials", auth_rows, ROW_COUNT(auth_rows), 5},
    {"host", host_rows, ROW_COUNT(host_rows), 4},
    {"request line", line_rows, ROW_COUNT(line_rows), 2},
    {"framing", framing_rows, ROW_COUNT(framing_rows), 7},
};

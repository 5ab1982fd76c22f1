// SPDX-License-Identifier: Apache-2.0
// Why bytes are refused: one row per reason gives the HTTP status, the parameter to blame, a code
// for machines and words for people. Whoever refuses names a reason and a place; nobody else
// decides what the answer to it looks like.
#ifndef BP_BASE_REASON_H
#define BP_BASE_REASON_H

#include "base/view.h"

// BP_REASONS lists X(name, status, parameter, code, words). Status 0 marks reasons that never
// become an HTTP answer (they refuse responses, files and values).
#define BP_REASONS(X)                                                                              \
    X(NONE, 0, "", "none", "nothing is wrong")                                                     \
    X(HTTP_LINE, 400, "", "http.line", "the request line is malformed")                            \
    X(HTTP_LINE_END, 400, "", "http.line_end", "a line does not end with CR LF")                   \
    X(HTTP_VERSION, 505, "", "http.version", "only HTTP/1.0 and HTTP/1.1 are spoken here")         \
    X(HTTP_TARGET_LEN, 414, "", "http.target_len", "the request target is too long")               \
    X(HTTP_HEAD_LEN, 431, "", "http.head_len", "the message head is too long")                     \
    X(HTTP_FIELD_COUNT, 431, "", "http.field_count", "there are too many header fields")           \
    X(HTTP_FIELD_NAME, 400, "", "http.field_name", "a header field name is malformed")             \
    X(HTTP_FIELD_BLANK, 400, "", "http.field_blank", "a blank stands before the colon of a field") \
    X(HTTP_FIELD_FOLD, 400, "", "http.field_fold", "a header field is folded over lines")          \
    X(HTTP_FIELD_VALUE, 400, "", "http.field_value", "a header field holds a control character")   \
    X(HTTP_HOST_MISSING, 400, "Host", "http.host_missing", "the Host field is missing")            \
    X(HTTP_HOST_TWICE, 400, "Host", "http.host_twice", "there is more than one Host field")        \
    X(HTTP_HOST, 400, "Host", "http.host", "the Host field is malformed")                          \
    X(HTTP_LENGTH, 400, "Content-Length", "http.length", "the Content-Length is malformed")        \
    X(HTTP_LENGTH_TWICE, 400, "Content-Length", "http.length_twice",                               \
      "there are conflicting Content-Length fields")                                               \
    X(HTTP_LENGTH_AND_TRANSFER, 400, "Transfer-Encoding", "http.length_and_transfer",              \
      "Transfer-Encoding and Content-Length exclude each other")                                   \
    X(HTTP_TRANSFER, 400, "Transfer-Encoding", "http.transfer",                                    \
      "this transfer coding is not taken here")                                                    \
    X(HTTP_CHUNK, 400, "", "http.chunk", "a chunk of the body is malformed")                       \
    X(HTTP_BODY_LEN, 413, "Content-Length", "http.body_len", "the body is too long")               \
    X(HTTP_CUT, 400, "", "http.cut", "the message ends too early")                                 \
    X(HTTP_SLOW, 408, "", "http.slow", "the request did not arrive in time")                       \
    X(HTTP_STATUS_LINE, 0, "", "http.status_line", "the status line is malformed")                 \
    X(TARGET_FORM, 400, "", "target.form", "the request target has no usable form")                \
    X(TARGET_OCTET, 400, "", "target.octet", "the request target holds a forbidden octet")         \
    X(TARGET_ESCAPE, 400, "", "target.escape", "a percent sign lacks its two digits")              \
    X(PATH_UNKNOWN, 404, "", "path.unknown", "there is no such resource")                          \
    X(SIM_MALFORMED, 404, "sim id", "sim.malformed", "the SIM id is not an ICCID")                 \
    X(SIM_UNKNOWN, 404, "sim id", "sim.unknown", "there is no SIM with this ICCID")                \
    X(METHOD_KNOWN, 405, "", "method.known", "only GET and HEAD are allowed here")                 \
    X(METHOD_UNKNOWN, 501, "", "method.unknown", "the method is unknown here")                     \
    X(QUERY_ESCAPE, 400, "query", "query.escape", "a percent sign lacks its two digits")           \
    X(FIELDS_UNKNOWN, 400, "fieldsTemplate", "fields.unknown",                                     \
      "fieldsTemplate must be basic or full")                                                      \
    X(FIELDS_EMPTY, 400, "fieldsTemplate", "fields.empty", "fieldsTemplate has no value")          \
    X(FIELDS_TWICE, 400, "fieldsTemplate", "fields.twice", "fieldsTemplate is given twice")        \
    X(LIMIT_SYNTAX, 400, "limit", "limit.syntax", "limit must be a whole number")                  \
    X(LIMIT_NEGATIVE, 400, "limit", "limit.negative", "limit must not be negative")                \
    X(LIMIT_BEYOND, 400, "limit", "limit.beyond", "limit must not exceed 2147483647")              \
    X(LIMIT_EMPTY, 400, "limit", "limit.empty", "limit has no value")                              \
    X(LIMIT_TWICE, 400, "limit", "limit.twice", "limit is given twice")                            \
    X(LOCATION_SYNTAX, 400, "location", "location.syntax", "location must be two letters")         \
    X(LOCATION_UNKNOWN, 400, "location", "location.unknown",                                       \
      "location must be a country of ISO 3166-1")                                                  \
    X(LOCATION_TWICE, 400, "location", "location.twice", "location is given twice")                \
    X(AUTH_MISSING, 401, "Authorization", "auth.missing", "credentials are missing")               \
    X(AUTH_SCHEME, 401, "Authorization", "auth.scheme", "only Basic credentials are taken here")   \
    X(AUTH_SYNTAX, 401, "Authorization", "auth.syntax", "the credentials cannot be decoded")       \
    X(AUTH_WRONG, 401, "Authorization", "auth.wrong", "the credentials are wrong")                 \
    X(CERT_MISSING, 401, "client certificate", "cert.missing", "no client certificate came")       \
    X(CERT_EXPIRED, 401, "client certificate", "cert.expired",                                     \
      "the client certificate has expired")                                                        \
    X(CERT_REFUSED, 403, "client certificate", "cert.refused",                                     \
      "the client certificate is not trusted here")                                                \
    X(CERT_SUBJECT, 403, "client certificate", "cert.subject",                                     \
      "the client certificate belongs to somebody else")                                           \
    X(TRANSACTION_TWICE, 400, "X-MS-DM-TransactionId", "transaction.twice",                        \
      "the transaction id is given twice")                                                         \
    X(TRANSACTION_LEN, 400, "X-MS-DM-TransactionId", "transaction.len",                            \
      "the transaction id is too long")                                                            \
    X(TRANSACTION_REPEAT, 409, "X-MS-DM-TransactionId", "transaction.repeat",                      \
      "the transaction id was used before")                                                        \
    X(RATE, 429, "", "rate", "too many requests")                                                  \
    X(INTERNAL, 500, "", "internal", "the back office does not answer")                            \
    X(URL, 0, "", "url", "this is no http or https URL of an endpoint")                            \
    X(DURATION, 0, "", "duration", "this is no ISO 8601 duration")                                 \
    X(JSON_SYNTAX, 0, "", "json.syntax", "this is not JSON")                                       \
    X(JSON_UTF8, 0, "", "json.utf8", "the text is not UTF-8")                                      \
    X(JSON_SURROGATE, 0, "", "json.surrogate", "half of a surrogate pair stands alone")            \
    X(JSON_DUPLICATE, 0, "", "json.duplicate", "a member name stands twice in one object")         \
    X(JSON_DEPTH, 0, "", "json.depth", "values are nested too deeply")                             \
    X(JSON_LEN, 0, "", "json.len", "the text is too long")                                         \
    X(JSON_NUMBER, 0, "", "json.number", "a number is too long or too large for a double")         \
    X(JSON_SPACE, 0, "", "json.space", "the text holds more values than there is space for")       \
    X(JSON_CUT, 0, "", "json.cut", "the text ends too early")                                      \
    X(INVENTORY, 0, "", "inventory", "the inventory does not have the expected shape")             \
    X(INVENTORY_SPACE, 0, "", "inventory.space", "the inventory has too many entries")

enum bp_reason {
#define BP_REASON_NAME(name, status, parameter, code, words) BP_REASON_##name,
    BP_REASONS(BP_REASON_NAME)
#undef BP_REASON_NAME
        BP_REASON_COUNT
};

// A bp_reason_row says what becomes of a refusal.
struct bp_reason_row {
    unsigned status;       // HTTP status, or 0
    struct view parameter; // whom to blame: the wire name of a parameter or field; may be empty
    struct view code;      // stable, for machines: "limit.beyond"
    struct view words;     // one clause in English, without a full stop
};

// A bp_fault says why bytes were refused and which ones.
struct bp_fault {
    enum bp_reason reason;
    struct view where; // inside the input; empty when something is missing
};

// bp_reason_row returns the row of `reason`; the row is static.
const struct bp_reason_row *bp_reason_row(enum bp_reason reason);

// bp_refuse fills `*fault` and returns false, so that a parser can end with `return
// bp_refuse(...)`.
static inline bool bp_refuse(struct bp_fault *fault, enum bp_reason reason, struct view where)
{
    *fault = (struct bp_fault){reason, where};
    return false;
}

#endif

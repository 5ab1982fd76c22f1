// SPDX-License-Identifier: Apache-2.0
// An intent: what a generated request means, decided before it is written as bytes.
//
// A request has independent axes (which SIM, how its id is spelt, the limit, ...). Each axis has a
// table of spellings; row 0 is the plainest. A row says how it is written, what it means (its
// sense) and with which statuses an endpoint may refuse it. An intent is one row per axis, so the
// oracle for several defects is the union of the rows' refusals, computed without looking at any
// bytes.
#ifndef BP_PROPS_CASE_INTENT_H
#define BP_PROPS_CASE_INTENT_H

#include "base/buf.h"
#include "props/case/fixture.h"
#include "props/case/status.h"
#include "props/choice/choices.h"

enum axis {
    AXIS_ROLE,     // which SIM; the table has one row per enum role
    AXIS_SIM,      // how the SIM id segment is spelt
    AXIS_PATH,     // the path around it
    AXIS_METHOD,   //
    AXIS_FIELDS,   // fieldsTemplate
    AXIS_LIMIT,    //
    AXIS_LOCATION, //
    AXIS_EXTRA,    // what else stands in the query: unknown, repeated, misspelt, malformed items
    AXIS_ORDER,    // order and encoding of the query: never changes the meaning
    AXIS_TXN,      // X-MS-DM-TransactionId
    AXIS_AUTH,     // Authorization
    AXIS_HOST,     // Host field, and the form of the target
    AXIS_LINE,     // method-target-version line: blanks, versions
    AXIS_FRAMING,  // other fields, lengths and bodies
    AXIS_COUNT
};

// What a spelling means. Several rows share a sense; rules speak of senses, never of rows.
enum sense {
    SENSE_PLAIN, // the ordinary valid thing (for FIELDS, LIMIT, LOCATION: SENSE_ABSENT is row 0)
    SENSE_ABSENT,
    SENSE_EMPTY, // present without a value: `limit=` or `limit`

    SENSE_SIM_OTHER,     // iccid:8988..., or bare where plain ids stand behind iccid: (GB-PATH-3)
    SENSE_SIM_BLANK,     // iccid:%208988... and iccid%3A8988... (GB-PATH-4)
    SENSE_SIM_ENCODED,   // some digits as %3n: same SIM (GB-PATH-11)
    SENSE_SIM_MALFORMED, // letters, wrong length (GB-PATH-6)
    SENSE_SIM_NEIGHBOUR, // close to a known one: digit added or dropped, + 2^64 (GB-PATH-7)
    SENSE_SIM_FILLER,    // known id with F or f behind (GB-PATH-8)
    SENSE_SIM_NO_LUHN,   // unknown well-formed id whose Luhn digit is wrong (GB-PATH-9)
    SENSE_SIM_ESCAPE,    // %2F, %25, %00, ..%2f inside the segment (GB-PATH-10)

    SENSE_PATH_ENCODED,  // unreserved octets of fixed segments as %xx: same resource (GB-PATH-11)
    SENSE_PATH_CASE,     // /Balances, /SIMS (GB-PATH-13)
    SENSE_PATH_SLASH,    // trailing slash (GB-PATH-13)
    SENSE_PATH_OTHER,    // /balance, /balances2, /sim/ (GB-PATH-1, GB-PATH-13)
    SENSE_PATH_RESOURCE, // /sims, /sims/{id}, /sims/{id}/balances/1, /orders (GB-PATH-12)
    SENSE_PATH_BASE, // base path left out, or another one (GB-PATH-2); only where base is not ""

    SENSE_METHOD_HEAD,
    SENSE_METHOD_KNOWN,   // POST PUT DELETE PATCH (GB-METH-1)
    SENSE_METHOD_UNKNOWN, // FOO (GB-METH-1)
    SENSE_METHOD_CASE,    // get, Get (GB-METH-3)

    SENSE_FIELDS_BASIC, // value: enum bp_fields, here and below; basic, Basic (GB-FT-1, GB-FT-5)
    SENSE_FIELDS_FULL,  // full, Full (GB-FT-2, GB-FT-5)
    SENSE_FIELDS_CASE,  // other casing: BASIC, bASIC, FULL (GB-FT-6)
    SENSE_FIELDS_BAD,   // medium, basic,full, %00basic (GB-FT-3)

    SENSE_LIMIT_GOOD,     // 1..2147483647 in plain digits; intent.limit is the number (GB-LIMIT-5)
    SENSE_LIMIT_ZERO,     // 0, -0, 00 (GB-LIMIT-7)
    SENSE_LIMIT_NEGATIVE, // (GB-LIMIT-3)
    SENSE_LIMIT_BEYOND,   // (GB-LIMIT-4)
    SENSE_LIMIT_BAD,      // not an integer (GB-LIMIT-6)
    SENSE_LIMIT_LAX, // +1, 01, blank in front or behind; intent.limit is the number (GB-LIMIT-8)

    SENSE_LOCATION_GOOD,    // assigned, upper case; intent.location is it (GB-LOC-1)
    SENSE_LOCATION_CASE,    // us, Us; intent.location is the upper-case code (GB-LOC-8)
    SENSE_LOCATION_UK,      // UK (GB-LOC-9)
    SENSE_LOCATION_UNKNOWN, // two letters that are not assigned (GB-LOC-5)
    SENSE_LOCATION_BAD,     // numbers, other lengths, octets that are not letters (GB-LOC-6)

    SENSE_EXTRA_UNKNOWN,  // unknown parameters, well formed (GB-QRY-3)
    SENSE_EXTRA_MISSPELT, // fieldTemplate=... (GB-FT-9)
    SENSE_EXTRA_CASE,     // Limit=-1, LOCATION=ZZ: another casing of a name (GB-QRY-4)
    // The next three bring a known parameter of their own, so that what FIELDS, LIMIT or LOCATION
    // mean may stand beside it.
    SENSE_EXTRA_TWICE,     // a known name twice with good values (GB-QRY-2)
    SENSE_EXTRA_TWICE_BAD, // a known name twice, one value bad (GB-QRY-2)
    SENSE_EXTRA_ESCAPE,    // a malformed percent sequence in a known parameter's value (GB-QRY-5)
    SENSE_EXTRA_LONG,      // unknown parameters that fill the request line to just below 8,000
                           // (GB-QRY-9)
    SENSE_EXTRA_HUGE,      // 64 KiB or more of them (GB-QRY-9, GB-HTTP-8)

    SENSE_ORDER_OTHER,   // another order of the three parameters (GB-QRY-1)
    SENSE_ORDER_ENCODED, // unreserved octets of good values as %xx (GB-QRY-5: limit=%31)

    SENSE_TXN_OPAQUE,  // quotes, curly quotes, long, blanks inside: {200,400} (GB-HDR-3)
    SENSE_TXN_NAME,    // field name in another letter case: same meaning (GB-HDR-6)
    SENSE_TXN_INJECT,  // percent-encoded CR LF inside the value: just text (GB-HDR-4)
    SENSE_TXN_CONTROL, // raw CR or other controls inside the value (GB-HDR-4)
    SENSE_TXN_NUL,     // NUL inside the value (GB-HDR-5)

    SENSE_AUTH_RIGHT,  // right credentials in the ordinary spelling
    SENSE_AUTH_CASE,   // right credentials, scheme word in another case (GB-AUTH-4)
    SENSE_AUTH_WRONG,  // wrong password, wrong user, prefix or extension of the right one
                       // (GB-AUTH-2, -4)
    SENSE_AUTH_SCHEME, // Bearer x (GB-AUTH-2)
    SENSE_AUTH_SYNTAX, // bad base64, no colon inside (GB-AUTH-2, GB-HDR-5)

    SENSE_HOST_MISSING,
    SENSE_HOST_TWICE,
    SENSE_HOST_BAD,      // `a b`
    SENSE_HOST_LAX,      // `a@host` and `host:80a`, which nginx takes
    SENSE_HOST_ABSOLUTE, // absolute form of the target (GB-HTTP-3)

    SENSE_LINE_BLANK,   // a raw blank inside the target, or a line break (GB-HTTP-4)
    SENSE_LINE_VERSION, // HTTP/2.0, HTTP/1.10, http/1.1
    SENSE_LINE_OLD,     // HTTP/1.0 with Host: served

    SENSE_FRAMING_FIELDS,  // further harmless fields, other order and case: same meaning
    SENSE_FRAMING_BLANK,   // blank before a colon (GB-HTTP-2)
    SENSE_FRAMING_FOLD,    // folded line (GB-HTTP-2)
    SENSE_FRAMING_LENGTH,  // malformed or conflicting Content-Length (GB-HTTP-5)
    SENSE_FRAMING_BOTH,    // Content-Length and Transfer-Encoding (GB-HTTP-5)
    SENSE_FRAMING_CHUNKED, // a well-formed chunked body on GET (GB-HTTP-5)
    SENSE_FRAMING_BODY,    // Content-Length and a body, which looks like a request (GB-HTTP-6)
    SENSE_FRAMING_HUGE,    // 1,000 fields, 64 KiB field (GB-HTTP-8)
    SENSE_COUNT
};

// A spelling is one row of an axis' table.
struct spelling {
    struct view text;    // how it is written, with placeholders; see spellings.h
    enum sense sense;    //
    int32_t value;       // LIMIT: the number; FIELDS: enum bp_fields; else 0
    status_set refusals; // statuses with which this row may be refused; 0: it must be served
    bool must_refuse;    // serving it (200) is a fault of its own
    const char *words;   // for people: "limit beyond INT"
};

struct intent {
    uint8_t row[AXIS_COUNT];   // changed by intent_set only
    uint8_t sense[AXIS_COUNT]; // enum sense of each row
    bool is_closed;            // what stands below is up to date
    uint16_t open_axes;        // bit per axis whose row has refusals (may or must be refused)
    uint16_t must_axes;        // bit per axis whose row must be refused
    uint16_t changed_axes;     // bit per axis whose row is not 0
    status_set refusals;       // union over all axes
    int32_t limit;             // LIMIT_GOOD, LIMIT_LAX: the number
    char location[2];          // LOCATION_GOOD, LOCATION_CASE: the code in upper case
    bool has_transaction_id;   // one is sent
    uint8_t transaction_len;
    char transaction[24]; // the id of SENSE_PLAIN and SENSE_TXN_NAME requests: fresh for each send
    uint32_t sent_id_at;  // where the transaction id of any spelling stands in the request as
    uint32_t sent_id_len; // written, counted from its first byte; 0 without one or an empty one
    uint32_t made;        // answers behind rows whose text is made up (random limit, country, ...)
};

// axis_row returns row `row` of the table of `axis`, and axis_row_count how many there are.
const struct spelling *axis_row(enum axis axis, unsigned row);
unsigned axis_row_count(enum axis axis);

// axis_served_count is how many rows, from row 0 on, have no refusals in any deployment.
unsigned axis_served_count(enum axis axis);
const char *axis_name(enum axis axis); // "limit", "role"...

// intent_plain is the plainest request for the SIM of role A: every row 0.
void intent_plain(struct intent *out);

// intent_set changes one axis. `made` picks among the made-up texts of rows that have them.
void intent_set(struct intent *intent, enum axis axis, unsigned row);

// intent_set_sense changes one axis to the first row of that sense.
void intent_set_sense(struct intent *intent, enum axis axis, enum sense sense);

// intent_close computes the masks and numbers from the rows, for a deployment: without the right
// credentials a request to an endpoint with Basic has to be refused, and an endpoint without Basic
// ignores them (GB-AUTH-1). intent_choose... and intent_write call it; after intent_set whoever
// wants to look at them before that calls it.
void intent_close(struct intent *intent, const struct fixture *fixture);

// intent_choose makes any request: rows of every axis, most of them plain.
void intent_choose(struct intent *out, struct choices *c, const struct fixture *fixture);

// intent_choose_pair makes a request with at most two axes off the plain row. With an odometer this
// visits every pair of rows of every pair of axes.
void intent_choose_pair(struct intent *out, struct choices *c, const struct fixture *fixture);

// intent_choose_served makes a request that must be served: only rows without refusals, of a known
// SIM's role, for properties that compare answers.
void intent_choose_served(struct intent *out, struct choices *c, const struct fixture *fixture);

// intent_sense is the sense of the row chosen for `axis`.
static inline enum sense intent_sense(const struct intent *intent, enum axis axis)
{
    return (enum sense)intent->sense[axis];
}

// intent_role is whose SIM is asked for.
static inline enum role intent_role(const struct intent *intent)
{
    return (enum role)intent->row[AXIS_ROLE];
}

// intent_write appends the request as bytes. The grammar writes, it never parses. `serial` makes
// the transaction id of this send unlike any other and is stored in the intent.
void intent_write(struct buf *out, struct intent *intent, const struct fixture *fixture,
                  uint64_t serial);

// intent_describe appends the rows that are not plain, in words: "limit beyond INT, role U".
void intent_describe(struct buf *out, const struct intent *intent, const struct fixture *fixture);

#endif

// SPDX-License-Identifier: Apache-2.0
// The head of an HTTP/1 message, either way: bytes in, start line and fields out (RFC 9112).
//
//     GET /v1/sims/8988247000100003319/balances?limit=1 HTTP/1.1\r\n
//     Host: mo.example\r\n
//     X-MS-DM-TransactionId: MSFT-1\r\n
//     \r\n
//
// A reader is fed the message from its first byte, again and again as more bytes arrive, and looks
// at each byte once: whatever the split, the answer is the same. Requests are read strictly:
// whatever two HTTP parsers could read in two ways is refused (smuggling). Responses are read by
// the same code; there a line may end with a bare LF and framing is left to bp_body_start.
#ifndef BP_HTTP_HEAD_H
#define BP_HTTP_HEAD_H

#include "base/bounds.h"
#include "base/reason.h"
#include "base/view.h"
#include "http/octet.h"

enum bp_side { BP_REQUEST, BP_RESPONSE };

// Fields with a meaning of their own here; a head remembers where each was first and how often.
enum bp_known {
    BP_KNOWN_HOST,
    BP_KNOWN_CONTENT_LENGTH,
    BP_KNOWN_TRANSFER_ENCODING,
    BP_KNOWN_CONNECTION,
    BP_KNOWN_AUTHORIZATION,
    BP_KNOWN_TRANSACTION_ID, // X-MS-DM-TransactionId
    BP_KNOWN_CONTENT_TYPE,
    BP_KNOWN_COUNT
};

struct bp_field {
    struct view name;  // as written
    struct view value; // without blanks around it
};

// A bp_head is meaningful once bp_head_read has answered BP_READ_DONE; behind BP_READ_BAD `method`
// is the one that was read, or empty. Its views point into the bytes that were read.
struct bp_head {
    struct view method;     // request: as written, case matters
    struct view target;     // request: as written
    struct view phrase;     // response: reason phrase, may be empty
    unsigned status;        // response: 100..999
    unsigned version_minor; // HTTP/1.minor: 0 or 1
    bool says_close;        // an option of a Connection field
    bool says_keep_alive;   // likewise
    bool keep_alive;        // version and Connection together (RFC 9112 section 9.3)
    bool has_length;        // one Content-Length was given, and it is valid
    bool is_chunked;        // response: there is one Transfer-Encoding and it says just chunked
    uint64_t length;        // Content-Length, meaningful when has_length
    unsigned field_count;
    uint8_t known_count[BP_KNOWN_COUNT]; // saturates at 255
    uint8_t known_first[BP_KNOWN_COUNT]; // index into fields, meaningful when known_count is not 0
    struct bp_field fields[BP_FIELD_COUNT_MAX];
};

// A bp_head_reader keeps the place of an unfinished head.
struct bp_head_reader {
    enum bp_side side;
    bool has_start;   // the start line has been read
    bool has_control; // the current line holds a forbidden control
    size_t control;   // where the first of them stands; meaningful when has_control
    size_t line;      // where the current line starts
    size_t scanned;   // bytes already searched for controls and the line end
};

enum bp_read {
    BP_READ_DONE, // the message part is whole
    BP_READ_MORE, // feed more bytes
    BP_READ_BAD,  // refused; the fault says why
};

// bp_head_start prepares `*reader` and `*head` for a new message.
void bp_head_start(struct bp_head_reader *reader, struct bp_head *head, enum bp_side side);

// bp_head_read goes on reading. `bytes` is the message from its first byte with all that has
// arrived so far; it must start at the same address in every call. Empty lines before a request
// line are skipped (RFC 9112 section 2.2), at most one.
// BP_READ_DONE: `*head` is whole and `*used` is the length of the head, its empty line included.
// BP_READ_MORE: nothing is wrong yet. BP_READ_BAD: `*fault` names the first offence, with the
// offending bytes; the reader is not used again. First means: lines in their order, and of one line
// its syntax from left to right, then its meaning, then its line end. A line is judged once it is
// whole; only a target or a head that is already too long is refused before. For requests the rules
// on Host, Content-Length and Transfer-Encoding are part of the reading (GB-HTTP-1, GB-HTTP-2,
// GB-HTTP-5); a request with Transfer-Encoding is always refused: nothing here takes one. A missing
// Host is an offence of the empty line. Cost: linear in the new bytes. Nothing is allocated.
BP_MUST_USE static inline enum bp_read bp_head_read(struct bp_head *head, size_t *used,
                                                    struct bp_fault *fault,
                                                    struct bp_head_reader *reader,
                                                    struct view bytes);

// bp_head_read_on is bp_head_read for calls that bring more than one octet inside a line.
BP_MUST_USE enum bp_read bp_head_read_on(struct bp_head *head, size_t *used, struct bp_fault *fault,
                                         struct bp_head_reader *reader, struct view bytes);

// One printable octet inside a line that is not too long, wherever that is, decides nothing: it
// costs no call, so that whoever sends byte by byte gains little by it.
static inline enum bp_read bp_head_read(struct bp_head *head, size_t *used, struct bp_fault *fault,
                                        struct bp_head_reader *reader, struct view bytes)
{
    size_t at = bytes.len - 1;
    if (at != reader->scanned || at >= BP_TARGET_LEN_MAX)
        return bp_head_read_on(head, used, fault, reader, bytes);
    if (bytes.data[at] < ' ' || bytes.data[at] > '~')
        return bp_head_read_on(head, used, fault, reader, bytes);
    reader->scanned = bytes.len;
    return BP_READ_MORE;
}

// bp_head_known is the value of the first field of that kind, or an empty view.
static inline struct view bp_head_known(const struct bp_head *head, enum bp_known known)
{
    return head->known_count[known] == 0 ? view_of(NULL, 0)
                                         : head->fields[head->known_first[known]].value;
}

// bp_length_read reads the value of a Content-Length: 1 to 19 digits and nothing else, so that it
// always fits. No sign, no list, no blanks.
BP_MUST_USE bool bp_length_read(uint64_t *length, struct view value);

// bp_head_find is the value of the first field called `name` (letter case does not matter), NULL
// when there is none. Cost: one comparison per field.
const struct view *bp_head_find(const struct bp_head *head, struct view name);

#endif

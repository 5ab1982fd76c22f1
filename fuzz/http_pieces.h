// SPDX-License-Identifier: Apache-2.0
// Reading a head and a body in pieces.
#ifndef BP_FUZZ_HTTP_PIECES_H
#define BP_FUZZ_HTTP_PIECES_H

#include "fuzz.h"
#include "http/body.h"
#include "http/head.h"

struct head_outcome {
    enum bp_read answer;
    size_t used;
    struct bp_fault fault;
    struct bp_head head;
};

// Feeds the first `begin` bytes, then `step` bytes more each time.
static inline void head_feed(struct head_outcome *out, enum bp_side side, struct view text,
                             size_t begin, size_t step)
{
    struct bp_head_reader reader;
    size_t len = begin < text.len ? begin : text.len;
    out->used = 0;
    out->fault = (struct bp_fault){BP_REASON_NONE, {NULL, 0}};
    bp_head_start(&reader, &out->head, side);
    for (;;) {
        out->answer =
            bp_head_read(&out->head, &out->used, &out->fault, &reader, view_first(text, len));
        if (out->answer != BP_READ_MORE || len == text.len)
            return;
        len = text.len - len < step ? text.len : len + step;
    }
}

static inline bool view_is_same(struct view a, struct view b)
{
    return a.data == b.data && a.len == b.len;
}

static inline bool head_is_same(const struct head_outcome *a, const struct head_outcome *b)
{
    const struct bp_head *x = &a->head;
    const struct bp_head *y = &b->head;
    if (a->answer != b->answer || a->used != b->used || a->fault.reason != b->fault.reason ||
        !view_is_same(a->fault.where, b->fault.where))
        return false;
    if (a->answer != BP_READ_DONE)
        return true;
    for (unsigned i = 0; i < x->field_count && i < y->field_count; i++)
        if (!view_is_same(x->fields[i].name, y->fields[i].name) ||
            !view_is_same(x->fields[i].value, y->fields[i].value))
            return false;
    return x->field_count == y->field_count && view_is_same(x->method, y->method) &&
           view_is_same(x->target, y->target) && view_is_same(x->phrase, y->phrase) &&
           x->status == y->status && x->version_minor == y->version_minor &&
           x->keep_alive == y->keep_alive && x->has_length == y->has_length &&
           x->length == y->length && x->is_chunked == y->is_chunked;
}

struct body_outcome {
    enum bp_read answer;
    enum bp_reason reason;
    size_t used;
    size_t bad_at;
    struct buf body;
};

// Feeds `step` bytes at a time; the end is said with the last ones. `space` takes the body; NULL
// drops it.
static inline void body_feed(struct body_outcome *out, struct bp_body body, struct view text,
                             size_t step, char *space, size_t cap)
{
    struct bp_fault fault = {BP_REASON_NONE, view_from(text, text.len)};
    *out = (struct body_outcome){.answer = BP_READ_MORE, .body = buf_of(space, cap)};
    for (size_t len = 0; out->answer == BP_READ_MORE;) {
        size_t used = 0;
        len = text.len - len < step ? text.len : len + step;
        struct view fresh = view_from(view_first(text, len), out->used);
        out->answer = bp_body_read(&body, space == NULL ? NULL : &out->body, &used, &fault, fresh,
                                   len == text.len);
        out->used += used;
    }
    out->reason = fault.reason;
    out->bad_at = fault.where.data == NULL ? 0 : (size_t)(fault.where.data - text.data);
}

enum { BODY_TEXT_LEN_MAX = 1 << 16 };

// body_read reads `text` whole, as far as it is a body. What it gives lives until the next call.
static inline struct body_outcome body_read(struct bp_body body, struct view text)
{
    static char space[BODY_TEXT_LEN_MAX];
    struct body_outcome once;
    body_feed(&once, body, text, text.len + 1, space, sizeof space);
    FUZZ_ASSERT(once.answer != BP_READ_MORE && once.used <= text.len && once.body.len <= once.used);
    return once;
}

// body_check reads `text` whole, without keeping it, and in pieces of several sizes, which makes no
// difference.
static inline void body_check(struct bp_body body, struct view text)
{
    static char space[BODY_TEXT_LEN_MAX];
    struct body_outcome once = body_read(body, text);
    struct body_outcome often;
    body_feed(&often, body, text, text.len + 1, NULL, 0);
    FUZZ_ASSERT(once.answer == often.answer && once.used == often.used);
    for (size_t step = 1 + text.len / 2048; step <= text.len; step = step * 5 + 1) {
        body_feed(&often, body, text, step, space, sizeof space);
        FUZZ_ASSERT(once.answer == often.answer && once.reason == often.reason);
        FUZZ_ASSERT(once.used == often.used && once.bad_at == often.bad_at);
        FUZZ_ASSERT(view_equal(buf_view(&once.body), buf_view(&often.body)));
    }
}

// chunks_write sends `octets` in chunks, whose sizes they choose.
static inline void chunks_write(struct buf *out, struct view octets)
{
    for (size_t at = 0, len = 0; at < octets.len; at += len) {
        len = 1 + (unsigned char)octets.data[at] % 15;
        len = len < octets.len - at ? len : octets.len - at;
        buf_put_byte(out, "0123456789abcdEF"[len]);
        buf_put(out, VIEW("\r\n"));
        buf_put(out, view_first(view_from(octets, at), len));
        buf_put(out, VIEW("\r\n"));
    }
    buf_put(out, VIEW("0\r\n\r\n"));
}

// chunks_check sends the first `octets` in chunks and reads them back: more of them are more chunks
// of the same sizes.
static inline void chunks_check(struct view octets)
{
    char space[128];
    char sent[7 * sizeof space];
    struct body_outcome back;
    struct buf text = BUF(sent);
    octets.len = octets.len < sizeof space ? octets.len : sizeof space;
    chunks_write(&text, octets);
    struct bp_body body = {.framing = BP_FRAMING_CHUNKED};
    body_feed(&back, body, buf_view(&text), 1 + octets.len % 7, space, sizeof space);
    FUZZ_ASSERT(back.answer == BP_READ_DONE && back.used == text.len);
    FUZZ_ASSERT(view_equal(buf_view(&back.body), octets));
}

// chunks_check_wide adds 2^64 to the size of the first chunk, which is then refused.
static inline void chunks_check_wide(struct view octets)
{
    char sent[128];
    char space[16];
    struct body_outcome back;
    struct buf text = BUF(sent);
    buf_put(&text, VIEW("1000000000000000"));
    chunks_write(&text, view_first(octets, octets.len < sizeof space ? octets.len : sizeof space));
    struct bp_body body = {.framing = BP_FRAMING_CHUNKED};
    body_feed(&back, body, buf_view(&text), 1 + octets.len % 7, space, sizeof space);
    FUZZ_ASSERT(back.answer == BP_READ_BAD && back.reason == BP_REASON_HTTP_CHUNK);
}

#endif

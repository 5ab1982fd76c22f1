// SPDX-License-Identifier: Apache-2.0
#include "http/body.h"

#include "http/octet.h"

enum state {
    CHUNK_SIZE,
    CHUNK_BLANK, // behind the size: only an extension may follow
    CHUNK_EXTENSION,
    CHUNK_SIZE_LF,
    CHUNK_DATA,
    CHUNK_DATA_CR,
    CHUNK_DATA_LF,
    TRAILER_BEGIN,
    TRAILER_LINE,
    TRAILER_LF,
    TRAILER_END_LF,
    CHUNKS_WHOLE,
    CHUNKS_BROKEN
};

static bool refuse_first(struct bp_fault *fault, const struct bp_head *head, enum bp_known known,
                         enum bp_reason reason)
{
    return bp_refuse(fault, reason, bp_head_known(head, known));
}

static bool is_without_body(unsigned status)
{
    return status < 200 || status == 204 || status == 304;
}

bool bp_body_start(struct bp_body *body, struct bp_fault *fault, const struct bp_head *head,
                   enum bp_side side, bool to_head)
{
    *body = (struct bp_body){.framing = BP_FRAMING_NONE};
    if (side == BP_RESPONSE)
        if (to_head || is_without_body(head->status))
            return true;
    unsigned length_count = head->known_count[BP_KNOWN_CONTENT_LENGTH];
    if (head->known_count[BP_KNOWN_TRANSFER_ENCODING] != 0) {
        if (length_count != 0)
            return refuse_first(fault, head, BP_KNOWN_TRANSFER_ENCODING,
                                BP_REASON_HTTP_LENGTH_AND_TRANSFER);
        if (!head->is_chunked || head->version_minor == 0)
            return refuse_first(fault, head, BP_KNOWN_TRANSFER_ENCODING, BP_REASON_HTTP_TRANSFER);
        body->framing = BP_FRAMING_CHUNKED;
        return true;
    }
    if (length_count > 1)
        return refuse_first(fault, head, BP_KNOWN_CONTENT_LENGTH, BP_REASON_HTTP_LENGTH_TWICE);
    if (length_count == 1 && !head->has_length)
        return refuse_first(fault, head, BP_KNOWN_CONTENT_LENGTH, BP_REASON_HTTP_LENGTH);
    if (head->has_length) {
        body->left = head->length;
        body->framing = head->length == 0 ? BP_FRAMING_NONE : BP_FRAMING_LENGTH;
    } else if (side == BP_RESPONSE) {
        body->framing = BP_FRAMING_CLOSE;
    }
    return true;
}

static enum state read_size(struct bp_body *body, char c)
{
    int digit = byte_hex(c);
    if (digit >= 0) {
        body->left = body->left << 4 | (unsigned)digit;
        return ++body->digit_count > 16 ? CHUNKS_BROKEN : CHUNK_SIZE;
    }
    if (body->digit_count == 0)
        return CHUNKS_BROKEN;
    if (c == '\r')
        return CHUNK_SIZE_LF;
    if (c == ';')
        return CHUNK_EXTENSION;
    return c == ' ' || c == '\t' ? CHUNK_BLANK : CHUNKS_BROKEN;
}

static enum state read_blank(struct bp_body *body, char c)
{
    if (c == ';')
        return CHUNK_EXTENSION;
    bool is_blank = c == ' ' || c == '\t';
    return is_blank && ++body->dropped_len <= BP_HEAD_LEN_MAX ? CHUNK_BLANK : CHUNKS_BROKEN;
}

static enum state start_data(struct bp_body *body)
{
    body->digit_count = 0;
    return body->left == 0 ? TRAILER_BEGIN : CHUNK_DATA;
}

// Octets of text stay in `here` up to a CR, which leads to `lf`.
static enum state read_dropped(struct bp_body *body, char c, enum state here, enum state lf)
{
    if (++body->dropped_len > BP_HEAD_LEN_MAX)
        return CHUNKS_BROKEN;
    if (c == '\r')
        return lf;
    return bp_octet_is(c, BP_OCTET_TEXT) ? here : CHUNKS_BROKEN;
}

// One octet of the framing; the data of a chunk does not come here.
static enum state read_framing(struct bp_body *body, char c)
{
    switch ((enum state)body->state) {
    case CHUNK_SIZE:
        return read_size(body, c);
    case CHUNK_BLANK:
        return read_blank(body, c);
    case CHUNK_EXTENSION:
        return read_dropped(body, c, CHUNK_EXTENSION, CHUNK_SIZE_LF);
    case CHUNK_SIZE_LF:
        return c == '\n' ? start_data(body) : CHUNKS_BROKEN;
    case CHUNK_DATA_CR:
        return c == '\r' ? CHUNK_DATA_LF : CHUNKS_BROKEN;
    case CHUNK_DATA_LF:
        return c == '\n' ? CHUNK_SIZE : CHUNKS_BROKEN;
    case TRAILER_BEGIN:
        return read_dropped(body, c, TRAILER_LINE, TRAILER_END_LF);
    case TRAILER_LINE:
        return read_dropped(body, c, TRAILER_LINE, TRAILER_LF);
    case TRAILER_LF:
        return c == '\n' ? TRAILER_BEGIN : CHUNKS_BROKEN;
    default: // TRAILER_END_LF
        return c == '\n' ? CHUNKS_WHOLE : CHUNKS_BROKEN;
    }
}

// Takes as many of `bytes` as are still to come.
static size_t take(struct bp_body *body, struct buf *out, struct view bytes)
{
    size_t len = body->left < bytes.len ? (size_t)body->left : bytes.len;
    if (out != NULL)
        buf_put(out, view_first(bytes, len));
    body->left -= len;
    return len;
}

static enum bp_read read_chunks(struct bp_body *body, struct buf *out, size_t *used,
                                struct bp_fault *fault, struct view bytes)
{
    while (*used < bytes.len) {
        if (body->state == CHUNK_DATA) {
            *used += take(body, out, view_from(bytes, *used));
            body->state = body->left == 0 ? CHUNK_DATA_CR : CHUNK_DATA;
            continue;
        }
        body->state = (unsigned char)read_framing(body, bytes.data[*used]);
        if (body->state == CHUNKS_BROKEN) {
            *fault = (struct bp_fault){BP_REASON_HTTP_CHUNK, view_of(bytes.data + *used, 1)};
            return BP_READ_BAD;
        }
        ++*used;
        if (body->state == CHUNKS_WHOLE)
            return BP_READ_DONE;
    }
    return BP_READ_MORE;
}

static enum bp_read read_length(struct bp_body *body, struct buf *out, size_t *used,
                                struct view bytes)
{
    *used = take(body, out, bytes);
    return body->left == 0 ? BP_READ_DONE : BP_READ_MORE;
}

enum bp_read bp_body_read(struct bp_body *body, struct buf *out, size_t *used,
                          struct bp_fault *fault, struct view bytes, bool at_end)
{
    enum bp_read state = BP_READ_DONE;
    *used = 0;
    if (body->framing == BP_FRAMING_LENGTH)
        state = read_length(body, out, used, bytes);
    if (body->framing == BP_FRAMING_CHUNKED)
        state = read_chunks(body, out, used, fault, bytes);
    if (body->framing == BP_FRAMING_CLOSE) {
        body->left = bytes.len;
        *used = take(body, out, bytes);
        return at_end ? BP_READ_DONE : BP_READ_MORE;
    }
    if (state == BP_READ_MORE && at_end) {
        *fault = (struct bp_fault){BP_REASON_HTTP_CUT, view_from(bytes, bytes.len)};
        return BP_READ_BAD;
    }
    return state;
}

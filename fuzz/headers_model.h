// SPDX-License-Identifier: Apache-2.0
// Basic credentials a second time, slow and on their own: base64 is turned into a string of bits.
// And what a transaction id is to be.
#ifndef BP_FUZZ_HEADERS_MODEL_H
#define BP_FUZZ_HEADERS_MODEL_H

#include "fuzz.h"
#include "http/transaction.h"
#include "http_pieces.h"

enum { HEADERS_MODEL_LEN_MAX = 1 << 13 };

struct headers_model {
    char bits[6 * HEADERS_MODEL_LEN_MAX];
    char octets[HEADERS_MODEL_LEN_MAX];
    size_t len; // of octets
};

// model_base64_digit is the value of a digit, or 64.
static inline unsigned model_base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (unsigned)(c - 'A');
    if (c >= 'a' && c <= 'z')
        return 26 + (unsigned)(c - 'a');
    if (c >= '0' && c <= '9')
        return 52 + (unsigned)(c - '0');
    return c == '+' ? 62 : c == '/' ? 63 : 64;
}

// model_base64 decodes padded base64 whose unused bits are zero; false for anything else.
static inline bool model_base64(struct headers_model *model, struct view text)
{
    size_t len = text.len;
    while (len != 0 && text.len - len < 2 && text.data[len - 1] == '=')
        len--;
    size_t bit_count = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned digit = model_base64_digit(text.data[i]);
        if (digit == 64)
            return false;
        for (unsigned bit = 32; bit != 0; bit /= 2)
            model->bits[bit_count++] = digit & bit ? 1 : 0;
    }
    model->len = bit_count / 8;
    for (size_t i = 0; i < model->len; i++) {
        unsigned octet = 0;
        for (size_t k = 0; k < 8; k++)
            octet = octet * 2 + (unsigned)model->bits[8 * i + k];
        model->octets[i] = (char)octet;
    }
    size_t unused = bit_count % 8;
    for (size_t i = bit_count - unused; i < bit_count; i++)
        if (model->bits[i] != 0)
            return false;
    return text.len % 4 == 0 && unused < 6 && text.len - len == unused / 2;
}

// model_basic gives the reason for which `field` is refused, or NONE.
static inline enum bp_reason model_basic(struct headers_model *model, struct view field,
                                         struct view expected)
{
    struct view scheme = view_first(field, view_index(field, ' '));
    if (!view_equal_nocase(scheme, VIEW("basic")))
        return BP_REASON_AUTH_SCHEME;
    struct view text = view_from(field, scheme.len);
    while (view_starts(text, VIEW(" ")))
        text = view_from(text, 1);
    if (!model_base64(model, text) || model->len > BP_CREDENTIAL_LEN_MAX)
        return BP_REASON_AUTH_SYNTAX;
    struct view pair = view_of(model->octets, model->len);
    if (view_find(pair, VIEW(":")) == pair.len)
        return BP_REASON_AUTH_SYNTAX;
    return view_equal(pair, expected) ? BP_REASON_NONE : BP_REASON_AUTH_WRONG;
}

// model_has_control says whether `value` holds an octet that no field value may hold.
static inline bool model_has_control(struct view value)
{
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.data[i];
        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return true;
    }
    return false;
}

static inline bool model_has_line_end(struct view value)
{
    return view_find(value, VIEW("\r\n")) != value.len;
}

static inline struct view model_trim(struct view value)
{
    while (view_starts(value, VIEW(" ")) || view_starts(value, VIEW("\t")))
        value = view_from(value, 1);
    while (value.len != 0 &&
           (value.data[value.len - 1] == ' ' || value.data[value.len - 1] == '\t'))
        value.len--;
    return value;
}

// transaction_check sends `value` as a transaction id.
static inline void transaction_check(struct view value)
{
    static struct head_outcome outcome;
    static char sent[HEADERS_MODEL_LEN_MAX + 64];
    struct bp_fault fault;
    struct view id;
    struct buf out = BUF(sent);
    buf_put(&out, VIEW("GET / HTTP/1.0\r\nX-MS-DM-TransactionId:\t"));
    buf_put(&out, value);
    buf_put(&out, VIEW(" \r\n\r\n"));
    head_feed(&outcome, BP_REQUEST, buf_view(&out), 0, 1 + value.len / 64);
    bool is_read = outcome.answer == BP_READ_DONE;
    FUZZ_ASSERT(is_read == !model_has_control(value) || model_has_line_end(value));
    if (!is_read)
        return;
    bool is_too_long = model_trim(value).len > 8000;
    bool is_taken = bp_transaction_read(&id, &fault, &outcome.head);
    FUZZ_ASSERT(is_taken != is_too_long || model_has_line_end(value));
    if (!is_taken)
        return;
    FUZZ_ASSERT(!model_has_control(id));
    FUZZ_ASSERT(model_has_line_end(value) || view_equal(id, model_trim(value)));
}

#endif

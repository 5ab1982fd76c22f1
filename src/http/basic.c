// SPDX-License-Identifier: Apache-2.0
#include "http/basic.h"

#include "base/bounds.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// The six bits of one octet of base64, or -1.
static int sextet(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (byte_is_digit(c))
        return c - '0' + 52;
    if (c == '+')
        return 62;
    return c == '/' ? 63 : -1;
}

// Reads four octets of which the last `pad` are '='; gives 3 - pad octets.
static bool read_group(struct buf *out, const char *text, unsigned pad)
{
    uint32_t bits = 0;
    for (unsigned i = 0; i < 4 - pad; i++) {
        int six = sextet(text[i]);
        if (six < 0)
            return false;
        bits |= (uint32_t)six << (18 - 6 * i);
    }
    char octets[3] = {(char)(bits >> 16 & 255), (char)(bits >> 8 & 255), (char)(bits & 255)};
    buf_put(out, view_of(octets, 3 - pad));
    uint32_t unused = pad == 0 ? 0 : bits & ((1U << 8 * pad) - 1);
    return unused == 0;
}

bool bp_base64_read(struct buf *out, struct view text)
{
    if (text.len % 4 != 0)
        return false;
    for (size_t i = 0; i < text.len; i += 4) {
        unsigned pad = 0;
        if (i + 4 == text.len && text.data[i + 3] == '=')
            pad = text.data[i + 2] == '=' ? 2 : 1;
        if (!read_group(out, text.data + i, pad))
            return false;
    }
    return true;
}

void bp_base64_write(struct buf *out, struct view octets)
{
    for (size_t i = 0; i < octets.len; i += 3) {
        size_t left = octets.len - i;
        const char *at = octets.data + i;
        uint32_t bits = (uint32_t)(unsigned char)at[0] << 16;
        bits |= left > 1 ? (uint32_t)(unsigned char)at[1] << 8 : 0;
        bits |= left > 2 ? (unsigned char)at[2] : 0U;
        const char text[4] = {alphabet[bits >> 18], alphabet[bits >> 12 & 63],
                              left > 1 ? alphabet[bits >> 6 & 63] : '=',
                              left > 2 ? alphabet[bits & 63] : '='};
        buf_put(out, view_of(text, 4));
    }
}

// Both sides are spread over the same fixed space, so that the work tells nothing about them.
static bool is_equal_everywhere(struct view given, struct view expected)
{
    unsigned char a[BP_CREDENTIAL_LEN_MAX] = {0};
    unsigned char b[BP_CREDENTIAL_LEN_MAX] = {0};
    if (expected.len > sizeof b)
        return false;
    memcpy(a, given.data, given.len);
    if (expected.len != 0)
        memcpy(b, expected.data, expected.len);
    size_t differs = given.len ^ expected.len;
    for (size_t i = 0; i < sizeof a; i++)
        differs |= (size_t)(a[i] ^ b[i]);
    return differs == 0;
}

bool bp_basic_check(struct bp_fault *fault, struct view field, struct view expected)
{
    size_t scheme_len = view_index(field, ' ');
    if (!view_equal_nocase(view_first(field, scheme_len), VIEW("Basic")))
        return bp_refuse(fault, BP_REASON_AUTH_SCHEME, view_first(field, scheme_len));
    struct view text = view_from(field, scheme_len);
    while (text.len != 0 && text.data[0] == ' ')
        text = view_from(text, 1);
    char space[BP_CREDENTIAL_LEN_MAX];
    struct buf given = BUF(space);
    bool is_text = text.len / 4 <= BP_CREDENTIAL_LEN_MAX / 3 + 1 && bp_base64_read(&given, text);
    struct view pair = buf_view(&given);
    if (!is_text || given.overflow || view_index(pair, ':') == pair.len)
        return bp_refuse(fault, BP_REASON_AUTH_SYNTAX, text);
    if (!is_equal_everywhere(pair, expected))
        return bp_refuse(fault, BP_REASON_AUTH_WRONG, text);
    return true;
}

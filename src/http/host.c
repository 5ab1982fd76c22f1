// SPDX-License-Identifier: Apache-2.0
#include "http/host.h"

#include "http/octet.h"

static bool is_port(struct view text)
{
    size_t i = 0;
    while (i < text.len && byte_is_digit(text.data[i]))
        i++;
    return i == text.len && i <= 5;
}

static bool is_ipv4(struct view text)
{
    size_t i = 0;
    for (unsigned parts = 1;; parts++) {
        size_t begin = i;
        unsigned number = 0;
        for (; i < text.len && i - begin < 3 && byte_is_digit(text.data[i]); i++)
            number = number * 10 + (unsigned)(text.data[i] - '0');
        bool has_zero_ahead = i - begin > 1 && text.data[begin] == '0';
        if (i == begin || number > 255 || has_zero_ahead)
            return false;
        if (parts == 4)
            return i == text.len;
        if (i == text.len || text.data[i++] != '.')
            return false;
    }
}

static size_t hex_len(struct view text)
{
    size_t i = 0;
    while (i < text.len && byte_hex(text.data[i]) >= 0)
        i++;
    return i;
}

// Groups are counted from left to right; "::" stands for at least one of the eight.
static bool is_ipv6(struct view text)
{
    unsigned groups = 0;
    bool has_gap = view_starts(text, VIEW("::"));
    struct view rest = view_from(text, has_gap ? 2 : 0);
    while (rest.len != 0) {
        size_t len = hex_len(rest);
        if (len < rest.len && rest.data[len] == '.')
            return is_ipv4(rest) && (has_gap ? groups <= 5 : groups == 6);
        if (len == 0 || len > 4)
            return false;
        groups++;
        rest = view_from(rest, len);
        if (rest.len == 0)
            break;
        if (view_starts(rest, VIEW("::"))) {
            if (has_gap)
                return false;
            has_gap = true;
            rest = view_from(rest, 2);
        } else if (rest.data[0] == ':' && rest.len > 1) {
            rest = view_from(rest, 1);
        } else {
            return false;
        }
    }
    return has_gap ? groups <= 7 : groups == 8;
}

static size_t name_len(struct view text)
{
    const char *at = text.data;
    const char *end = text.data + text.len;
    while (at < end) {
        if (bp_octet_is(*at, BP_OCTET_HOST))
            at++;
        else if (*at == '%' && hex_len(view_between(at + 1, end)) >= 2)
            at += 3;
        else
            break;
    }
    return (size_t)(at - text.data);
}

bool bp_host_is_valid(struct view text)
{
    if (text.len == 0)
        return false;
    size_t host_len = name_len(text);
    if (text.data[0] == '[') {
        size_t close = view_index(text, ']');
        if (close == text.len || !is_ipv6(view_first(view_from(text, 1), close - 1)))
            return false;
        host_len = close + 1;
    }
    struct view rest = view_from(text, host_len);
    if (host_len == 0 || rest.len == 0)
        return host_len != 0;
    return rest.data[0] == ':' && is_port(view_from(rest, 1));
}

bool bp_port_read(uint16_t *out, struct view text)
{
    uint32_t number = 0;
    if (!is_port(text))
        return false;
    for (size_t i = 0; i < text.len; i++)
        number = number * 10 + (unsigned)(text.data[i] - '0');
    *out = (uint16_t)number;
    return number != 0 && number <= UINT16_MAX;
}

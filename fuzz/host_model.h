// SPDX-License-Identifier: Apache-2.0
// A second reading of host and port, slow and on its own: inet_pton judges addresses in brackets.
#ifndef BP_FUZZ_HOST_MODEL_H
#define BP_FUZZ_HOST_MODEL_H

#include <arpa/inet.h>

#include "base/view.h"

static inline bool model_is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static inline bool model_is_letter_or_digit(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static inline bool model_is_name(struct view host)
{
    static const char hex[] = "0123456789ABCDEFabcdef";
    for (size_t i = 0; i < host.len; i++) {
        char c = host.data[i];
        if (model_is_letter_or_digit(c) || model_is_one_of(c, "-._~!$&'()*+;="))
            continue;
        if (c != '%' || host.len - i < 3)
            return false;
        if (!model_is_one_of(host.data[i + 1], hex) || !model_is_one_of(host.data[i + 2], hex))
            return false;
        i += 2;
    }
    return host.len != 0;
}

static inline bool model_is_address(struct view host)
{
    char text[64] = "";
    struct in6_addr address;
    if (host.len < 2 || host.len >= sizeof text || host.data[host.len - 1] != ']')
        return false;
    memcpy(text, host.data + 1, host.len - 2);
    return strlen(text) == host.len - 2 && inet_pton(AF_INET6, text, &address) == 1;
}

// model_host says whether `text` is a host with an optional port of up to five digits.
static inline bool model_host(struct view text)
{
    size_t digits = 0;
    while (digits < text.len && model_is_one_of(text.data[text.len - 1 - digits], "0123456789"))
        digits++;
    bool has_port = digits < text.len && text.data[text.len - 1 - digits] == ':';
    struct view host = has_port ? view_first(text, text.len - 1 - digits) : text;
    if (has_port && digits > 5)
        return false;
    if (host.len != 0 && host.data[0] == '[')
        return model_is_address(host);
    return model_is_name(host);
}

#endif

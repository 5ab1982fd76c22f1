// SPDX-License-Identifier: Apache-2.0
// URLs of endpoints a second time, slow and on its own: taken apart from both ends, host and port
// by the model that targets have.
#ifndef BP_FUZZ_URL_MODEL_H
#define BP_FUZZ_URL_MODEL_H

#include "host_model.h"
#include "http/url.h"

static inline bool model_url_path(struct view path)
{
    static const char octets[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                 "-._~!$&'()*+,;=:@/";
    size_t digits = 0; // still to come behind a percent sign
    for (size_t i = 0; i < path.len; i++) {
        bool is_good = digits != 0 ? model_is_one_of(path.data[i], "0123456789ABCDEFabcdef")
                                   : model_is_one_of(path.data[i], octets);
        if (digits == 0 && path.data[i] == '%')
            digits = 2;
        else if (!is_good)
            return false;
        else if (digits != 0)
            digits--;
    }
    return digits == 0;
}

// The number behind the last colon; `usual` where there is none, 0 where it is too large.
static inline uint16_t model_url_port(struct view digits, uint16_t usual)
{
    uint64_t port = 0;
    for (size_t i = 0; i < digits.len; i++)
        port = port * 10 + strcspn("0123456789", (const char[]){digits.data[i], '\0'});
    if (digits.len == 0)
        return usual;
    return port < 65536 ? (uint16_t)port : 0;
}

// model_url says whether `text` is the URL of an endpoint, and what it says.
static inline bool model_url(struct bp_url *out, struct view text)
{
    size_t colon = view_find(text, VIEW("://"));
    struct view scheme = view_first(text, colon);
    out->is_secure = view_equal_nocase(scheme, VIEW("https"));
    if (colon == text.len || (!out->is_secure && !view_equal_nocase(scheme, VIEW("http"))))
        return false;
    struct view rest = view_from(text, colon + 3);
    struct view authority = view_first(rest, view_index(rest, '/'));
    struct view path = view_from(rest, authority.len);
    if (!model_host(authority) || !model_url_path(path))
        return false;
    size_t digits = authority.len;
    while (digits != 0 && model_is_one_of(authority.data[digits - 1], "0123456789"))
        digits--;
    bool has_port = digits != 0 && authority.data[digits - 1] == ':';
    struct view host = has_port ? view_first(authority, digits - 1) : authority;
    const uint16_t usual = out->is_secure ? 443 : 80;
    out->port = model_url_port(has_port ? view_from(authority, digits) : VIEW(""), usual);
    out->authority = out->port == usual ? host : authority;
    out->host = host.data[0] == '[' ? view_of(host.data + 1, host.len - 2) : host;
    while (path.len != 0 && path.data[path.len - 1] == '/')
        path.len--;
    out->path = path;
    return out->port != 0;
}

#endif

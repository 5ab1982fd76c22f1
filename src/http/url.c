// SPDX-License-Identifier: Apache-2.0
#include "http/url.h"

#include "http/host.h"
#include "http/octet.h"

struct scheme {
    struct view text;
    bool is_secure;
    uint16_t port;
};

static const struct scheme *find_scheme(struct view text)
{
    static const struct scheme schemes[] = {{VIEW_INIT("https://"), true, 443},
                                            {VIEW_INIT("http://"), false, 80}};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        const struct scheme *scheme = &schemes[i];
        if (text.len < scheme->text.len)
            continue;
        if (view_equal_nocase(view_first(text, scheme->text.len), scheme->text))
            return scheme;
    }
    return NULL;
}

static size_t authority_len(struct view text)
{
    size_t len = 0;
    while (len < text.len && text.data[len] != '/' && text.data[len] != '?' &&
           text.data[len] != '#')
        len++;
    return len;
}

static bool read_authority(struct bp_url *out, struct bp_fault *fault, struct view text,
                           uint16_t usual_port)
{
    if (!bp_host_is_valid(text))
        return bp_refuse(fault, BP_REASON_URL, text);
    bool is_bracketed = text.data[0] == '[';
    size_t close = is_bracketed ? view_index(text, ']') : 0;
    size_t host_len = close + view_index(view_from(text, close), ':');
    struct view host = view_first(text, host_len);
    struct view port = view_from(text, host_len < text.len ? host_len + 1 : host_len);
    out->port = usual_port;
    if (port.len != 0 && !bp_port_read(&out->port, port))
        return bp_refuse(fault, BP_REASON_URL, port);
    out->authority = out->port == usual_port ? host : text;
    out->host = is_bracketed ? view_of(host.data + 1, host.len - 2) : host;
    return true;
}

static bool is_path_octet(char c)
{
    return bp_octet_is(c, BP_OCTET_HOST) || c == '/' || c == ':' || c == '@' || c == ',';
}

static bool read_path(struct bp_url *out, struct bp_fault *fault, struct view text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (is_path_octet(text.data[i]))
            continue;
        struct view bad = view_from(text, i);
        if (bad.data[0] == '?' || bad.data[0] == '#')
            return bp_refuse(fault, BP_REASON_URL, bad);
        bool is_escape = bad.len >= 3 && bad.data[0] == '%' && byte_hex(bad.data[1]) >= 0 &&
                         byte_hex(bad.data[2]) >= 0;
        if (!is_escape)
            return bp_refuse(fault, BP_REASON_URL, view_first(bad, 1));
    }
    while (text.len != 0 && text.data[text.len - 1] == '/')
        text.len--;
    out->path = text;
    return true;
}

static bool read_url(struct bp_url *out, struct bp_fault *fault, struct view text)
{
    const struct scheme *scheme = find_scheme(text);
    if (scheme == NULL)
        return bp_refuse(fault, BP_REASON_URL, view_first(text, view_index(text, ':')));
    struct view rest = view_from(text, scheme->text.len);
    size_t len = authority_len(rest);
    out->is_secure = scheme->is_secure;
    if (!read_authority(out, fault, view_first(rest, len), scheme->port))
        return false;
    return read_path(out, fault, view_from(rest, len));
}

// Marks and slashes in a password make it look like another part of the URL, so whatever stands
// before an @ may be one, and must not get into messages.
static void hide_credentials(struct bp_fault *fault, struct view text)
{
    struct view last = view_from(text, text.len);
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] == '@')
            last = view_of(text.data + i, 1);
    if (last.len != 0 && fault->where.data <= last.data)
        fault->where = last;
}

bool bp_url_read(struct bp_url *out, struct bp_fault *fault, struct view text)
{
    if (read_url(out, fault, text))
        return true;
    hide_credentials(fault, text);
    return false;
}

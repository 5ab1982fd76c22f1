// SPDX-License-Identifier: Apache-2.0
#include "props/launch/garden_entry.h"

#include "base/buf.h"
#include "http/host.h"

enum { LABEL_LEN_MAX = 63, PORT_LEN_MAX = 5, ADDRESS_LEN_MAX = 45 };

struct scheme {
    struct view text;
    uint16_t port;
    uint16_t other; // the port of the other one
};

static bool take_scheme(const struct scheme **out, struct view *text)
{
    static const struct scheme schemes[] = {{VIEW_INIT("http"), 80, 443},
                                            {VIEW_INIT("https"), 443, 80}};
    size_t len = view_find(*text, VIEW("://"));
    *out = NULL;
    if (len == text->len)
        return true;
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (view_equal_nocase(view_first(*text, len), schemes[i].text))
            *out = &schemes[i];
    *text = view_from(*text, len + 3);
    return *out != NULL;
}

static bool read_number(uint32_t *out, struct view digits, uint32_t max)
{
    uint32_t number = 0;
    if (digits.len == 0 || digits.len > PORT_LEN_MAX)
        return false;
    for (size_t i = 0; i < digits.len; i++) {
        if (!byte_is_digit(digits.data[i]))
            return false;
        number = number * 10 + (unsigned)(digits.data[i] - '0');
    }
    *out = number;
    return number <= max;
}

static size_t count_bytes(struct view text, char byte)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.data[i] == byte;
    return count;
}

static bool is_ipv6(struct view text)
{
    char space[ADDRESS_LEN_MAX + 2];
    struct buf bracketed = BUF(space);
    buf_put_byte(&bracketed, '[');
    buf_put(&bracketed, text);
    buf_put_byte(&bracketed, ']');
    return !bracketed.overflow && bp_host_is_valid(buf_view(&bracketed));
}

static bool is_ipv4(struct view text)
{
    uint32_t part = 0;
    if (count_bytes(text, '.') != 3)
        return false;
    for (size_t i = 0; i < 4; i++) {
        size_t len = view_index(text, '.');
        if (!read_number(&part, view_first(text, len), 255) || len > 3)
            return false;
        text = view_from(text, len < text.len ? len + 1 : len);
    }
    return true;
}

// A label of letters, digits, hyphens and underscores.
static bool is_label(struct view text)
{
    if (text.len == 0 || text.len > LABEL_LEN_MAX)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        bool is_inner = c == '-' && i != 0 && i + 1 != text.len;
        if (!byte_is_letter(c) && !byte_is_digit(c) && c != '_' && !is_inner)
            return false;
    }
    return true;
}

// Decimal, or hexadecimal behind 0x; of any length.
static bool is_number(struct view label)
{
    bool is_hex = view_equal_nocase(view_first(label, label.len < 2 ? 0 : 2), VIEW("0x"));
    for (size_t i = is_hex ? 2 : 0; i < label.len; i++) {
        bool is_digit = is_hex ? byte_hex(label.data[i]) >= 0 : byte_is_digit(label.data[i]);
        if (!is_digit)
            return false;
    }
    return true;
}

// A name whose last label is a number would be taken for an address.
static bool is_name(struct view text)
{
    struct view label = text;
    if (text.len == 0 || text.len > GARDEN_NAME_LEN_MAX)
        return false;
    for (;;) {
        size_t len = view_index(text, '.');
        label = view_first(text, len);
        if (!is_label(label))
            return false;
        if (len == text.len)
            return !is_number(label);
        text = view_from(text, len + 1);
    }
}

static struct view without_dot(struct view name)
{
    bool has_dot = name.len > 1 && name.data[name.len - 1] == '.';
    return has_dot ? view_first(name, name.len - 1) : name;
}

static const char *read_pattern(struct garden_entry *out, struct view text)
{
    struct view rest = without_dot(view_from(text, 1));
    struct view name = view_from(rest, view_starts(rest, VIEW(".")) ? 1 : 0);
    out->kind = GARDEN_PATTERN;
    out->host = rest;
    if (view_index(name, '*') < name.len)
        return "only one star is understood, in front";
    if (rest.len == 0 || is_name(name))
        return NULL;
    return "what follows the star is no host name";
}

static const char *read_host(struct garden_entry *out, struct view text)
{
    if (text.len == 0)
        return "there is no host";
    if (text.data[0] == '*')
        return read_pattern(out, text);
    if (view_index(text, '*') < text.len)
        return "a star is understood in front only";
    out->host = without_dot(text);
    out->kind = is_ipv4(out->host) ? GARDEN_ADDRESS : GARDEN_NAME;
    if (out->kind == GARDEN_ADDRESS || is_name(out->host))
        return NULL;
    return "neither a host name nor an address; an international name is written with xn--";
}

// The port behind the host, taken off; 0 when there is none.
static bool take_port(uint32_t *port, struct view *text)
{
    size_t close = view_starts(*text, VIEW("[")) ? view_index(*text, ']') : 0;
    size_t len = close + view_index(view_from(*text, close), ':');
    *port = 0;
    if (len == text->len)
        return true;
    bool is_read = read_number(port, view_from(*text, len + 1), UINT16_MAX);
    *text = view_first(*text, len);
    return is_read && *port != 0;
}

static const char *read_network(struct garden_entry *out, struct view text, size_t len)
{
    uint32_t bits = 0;
    struct view address = view_first(text, len);
    bool is_4 = is_ipv4(address);
    out->kind = GARDEN_NETWORK;
    out->host = text;
    if (!is_4 && !is_ipv6(address))
        return "a path has no meaning here: the garden is told by hosts";
    return read_number(&bits, view_from(text, len + 1), is_4 ? 32 : 128)
               ? NULL
               : "the length of the network is no number of bits";
}

static const char *read_bracketed(struct garden_entry *out, struct view text)
{
    bool is_closed = text.len > 2 && text.data[text.len - 1] == ']';
    out->kind = GARDEN_ADDRESS;
    out->host = is_closed ? view_of(text.data + 1, text.len - 2) : text;
    return is_closed && is_ipv6(out->host) ? NULL : "between brackets stands an IPv6 address";
}

const char *garden_entry_read(struct garden_entry *out, struct view text)
{
    const struct scheme *scheme = NULL;
    uint32_t port = 0;
    *out = (struct garden_entry){.kind = GARDEN_NAME, .host = text};
    if (!take_scheme(&scheme, &text))
        return "the scheme is neither http nor https";
    if (scheme != NULL && text.len != 0 && text.data[text.len - 1] == '/')
        text.len--;
    size_t slash = view_index(text, '/');
    if (slash != text.len)
        return read_network(out, text, slash);
    out->host = text;
    if (count_bytes(text, ':') > 1 && text.data[0] != '[') {
        out->kind = GARDEN_ADDRESS;
        return is_ipv6(text) ? NULL : "neither HOST:PORT nor an IPv6 address";
    }
    if (!take_port(&port, &text))
        return "the port is no number from 1 to 65535";
    if (scheme != NULL && port == scheme->other)
        return "scheme and port contradict each other";
    out->port = port == 0 && scheme != NULL ? scheme->port : (uint16_t)port;
    return view_starts(text, VIEW("[")) ? read_bracketed(out, text) : read_host(out, text);
}

static bool ends_nocase(struct view text, struct view ending)
{
    return text.len >= ending.len &&
           view_equal_nocase(view_from(text, text.len - ending.len), ending);
}

enum garden_cover garden_entry_covers(const struct garden_entry *entry, struct view host)
{
    bool has_star = view_starts(host, VIEW("*"));
    struct view name = without_dot(view_from(host, has_star ? 1 : 0));
    if (entry->kind == GARDEN_NETWORK)
        return GARDEN_COVERS_NOT;
    if (entry->kind != GARDEN_PATTERN)
        return !has_star && view_equal_nocase(entry->host, name) ? GARDEN_COVERS
                                                                 : GARDEN_COVERS_NOT;
    if (ends_nocase(name, entry->host))
        return GARDEN_COVERS;
    bool is_below = has_star && view_starts(entry->host, VIEW(".")) &&
                    view_equal_nocase(view_from(entry->host, 1), name);
    return is_below ? GARDEN_COVERS_BELOW : GARDEN_COVERS_NOT;
}

bool garden_host_is_usable(struct view host)
{
    struct view name = without_dot(host);
    return is_name(name) || is_ipv4(name) || is_ipv6(name);
}

// SPDX-License-Identifier: Apache-2.0
#include "props/report/secret.h"

#include "http/basic.h"
#include "tool/text.h"

enum { SECRET_COUNT_MAX = 16, BASE64_LEN_MAX = 1024 };

struct secrets {
    size_t count;
    struct view items[SECRET_COUNT_MAX];
    char base64[BASE64_LEN_MAX];
};

static void add(struct secrets *out, struct view secret)
{
    if (secret.len >= SECRET_LEN_MIN && out->count < SECRET_COUNT_MAX)
        out->items[out->count++] = secret;
}

// Longer ones first, where one is part of another.
static void find_secrets(struct secrets *out, const struct fixture *fixture)
{
    struct view credentials = fixture->credentials;
    struct buf base64 = BUF(out->base64);
    out->count = 0;
    add(out, credentials);
    if (credentials.len < BASE64_LEN_MAX / 2)
        bp_base64_write(&base64, credentials);
    add(out, buf_view(&base64));
    size_t colon = view_index(credentials, ':');
    if (colon < credentials.len)
        add(out, view_from(credentials, colon + 1));
    for (struct view rest = fixture->fields; rest.len != 0;) {
        struct view line = view_first(rest, view_index(rest, '\n'));
        rest = view_from(rest, line.len < rest.len ? line.len + 1 : line.len);
        size_t name_len = view_index(line, ':');
        if (name_len < line.len)
            add(out, view_trim(view_from(line, name_len + 1), VIEW(" \t\r")));
    }
}

// The secret that begins first in `bytes`, and where; an empty one at the end.
static struct view find_first(size_t *at, const struct secrets *secrets, struct view bytes)
{
    struct view found = {NULL, 0};
    *at = bytes.len;
    for (size_t i = 0; i < secrets->count; i++) {
        size_t begin = view_find(bytes, secrets->items[i]);
        if (begin >= *at)
            continue;
        *at = begin;
        found = secrets->items[i];
    }
    return found;
}

void secret_put(struct buf *out, const struct fixture *fixture, struct view bytes, size_t len_max)
{
    struct secrets secrets = {.count = 0};
    struct view whole = bytes;
    if (fixture->hides_secrets)
        find_secrets(&secrets, fixture);
    for (;;) {
        size_t at;
        struct view found = find_first(&at, &secrets, bytes);
        if (found.len == 0 || at >= len_max)
            break;
        buf_put_escaped(out, view_first(bytes, at));
        buf_put_text(out, "***");
        size_t used = at + found.len;
        bytes = view_from(bytes, used);
        len_max -= used < len_max ? used : len_max;
    }
    bool is_cut = bytes.len > len_max;
    buf_put_escaped(out, view_first(bytes, is_cut ? len_max : bytes.len));
    if (is_cut)
        text_put_bytes(out, whole, 0); // only how many there are
}

bool secret_is_line(const struct fixture *fixture, struct view line)
{
    line = view_trim(line, VIEW("\r\n"));
    struct view name = view_first(line, view_index(line, ':'));
    if (!fixture->hides_secrets || name.len == line.len)
        return false;
    struct view fields = fixture->fields;
    return view_equal_nocase(name, VIEW("Authorization")) || view_find(fields, line) < fields.len;
}

void secret_put_line(struct buf *out, const struct fixture *fixture, struct view line,
                     size_t len_max)
{
    if (!secret_is_line(fixture, line)) {
        secret_put(out, fixture, line, len_max);
        return;
    }
    text_put_bytes(out, view_first(line, view_index(line, ':')), len_max);
    buf_put_text(out, ": ***");
}

// SPDX-License-Identifier: Apache-2.0
#include "props/liar/ask.h"

// How much of `rest`, the bytes behind the head, is the body.
static size_t body_len(const struct lines *fields, struct view rest)
{
    if (lines_has(fields, "Transfer-Encoding"))
        return rest.len;
    if (!lines_has(fields, "Content-Length"))
        return 0;
    struct view text = lines_get(fields, "Content-Length");
    struct text_integer length = text_to_integer(text);
    bool is_plain = text_is_digits(text) && text.len < 10;
    return is_plain && length.wrapped < rest.len ? (size_t)length.wrapped : rest.len;
}

static void split_target(struct ask *ask, struct view target)
{
    size_t mark = view_index(target, '?');
    size_t scheme = view_find(target, VIEW("://"));
    size_t path = 0;
    if (scheme < mark) {
        path = scheme + 3 + view_index(view_from(target, scheme + 3), '/');
        path = path < mark ? path : mark;
    }
    ask->origin = view_first(target, path);
    ask->path = view_first(view_from(target, path), mark - path);
    ask->query = view_from(target, mark);
}

static bool split_line(struct ask *ask, struct view line)
{
    size_t first = view_index(line, ' ');
    size_t last = line.len;
    while (last > 0 && line.data[last - 1] != ' ')
        last--;
    if (first == line.len || last < first + 2)
        return false;
    ask->method = view_first(line, first);
    ask->version = view_from(line, last);
    split_target(ask, view_between(line.data + first + 1, line.data + last - 1));
    return view_starts(ask->version, VIEW("HTTP/"));
}

static void pass_on(struct ask *ask, struct view bytes)
{
    ask->is_read = false;
    ask->whole = bytes;
    ask->method = ask->origin = ask->path = ask->query = ask->version = view_of(NULL, 0);
    ask->fields.count = 0;
    ask->body = view_of(NULL, 0);
}

void ask_read(struct ask *ask, struct view bytes)
{
    buf_clear(&ask->space);
    size_t end = view_find(bytes, VIEW("\r\n"));
    size_t used = 0;
    bool is_read = end < bytes.len && split_line(ask, view_first(bytes, end));
    is_read = is_read && lines_read(&ask->fields, &used, view_from(bytes, end + 2));
    if (!is_read) {
        pass_on(ask, bytes);
        return;
    }
    struct view rest = view_from(bytes, end + 2 + used);
    ask->is_read = true;
    ask->body = view_first(rest, body_len(&ask->fields, rest));
    ask->whole = view_first(bytes, end + 2 + used + ask->body.len);
}

void ask_write(struct buf *out, const struct ask *ask)
{
    if (!ask->is_read || ask->space.overflow) {
        buf_put(out, ask->whole);
        return;
    }
    buf_put(out, ask->method);
    buf_put_byte(out, ' ');
    buf_put(out, ask->origin);
    buf_put(out, ask->path);
    buf_put(out, ask->query);
    buf_put_byte(out, ' ');
    buf_put(out, ask->version);
    buf_put(out, VIEW("\r\n"));
    lines_write(out, &ask->fields);
    buf_put(out, ask->body);
}

struct view ask_sim(const struct ask *ask)
{
    size_t at = view_find(ask->path, VIEW("/sims/"));
    if (at == ask->path.len)
        return view_of(NULL, 0);
    struct view rest = view_from(ask->path, at + 6);
    return view_first(rest, view_index(rest, '/'));
}

void ask_set_sim(struct ask *ask, struct view sim)
{
    struct view old = ask_sim(ask);
    if (old.data == NULL)
        return;
    size_t at = (size_t)(old.data - ask->path.data);
    ask->path =
        text_join(&ask->space, view_first(ask->path, at), sim, view_from(ask->path, at + old.len));
}

struct view ask_iccid(struct ask *ask)
{
    struct view sim = text_decode(&ask->space, ask_sim(ask));
    if (view_starts(sim, VIEW("iccid:")))
        sim = view_from(sim, 6);
    return text_trim(sim);
}

struct view ask_items(const struct ask *ask)
{
    return ask->query.len == 0 ? ask->query : view_from(ask->query, 1);
}

bool ask_next(struct view *rest, struct ask_item *item)
{
    if (rest->len == 0)
        return false;
    size_t len = view_index(*rest, '&');
    struct view text = view_first(*rest, len);
    size_t equals = view_index(text, '=');
    item->has_value = equals < len;
    item->name = view_first(text, equals);
    item->value = view_from(text, item->has_value ? equals + 1 : len);
    *rest = view_from(*rest, len < rest->len ? len + 1 : len);
    return true;
}

unsigned ask_count(const struct ask *ask, const char *name)
{
    struct view rest = ask_items(ask);
    struct ask_item item;
    unsigned count = 0;
    while (ask_next(&rest, &item))
        count += text_is(item.name, name) ? 1 : 0;
    return count;
}

struct view ask_value(struct ask *ask, const char *name)
{
    struct view rest = ask_items(ask);
    struct ask_item item;
    while (ask_next(&rest, &item))
        if (text_is(item.name, name))
            return text_decode(&ask->space, item.value);
    return view_of(NULL, 0);
}

static void put_item(struct buf *space, size_t start, struct view name, struct view value,
                     bool has_value)
{
    buf_put_byte(space, space->len == start ? '?' : '&');
    buf_put(space, name);
    if (has_value)
        buf_put_byte(space, '=');
    buf_put(space, value);
}

// Writes the query anew: of the items called `name` the first `drop_count` are left out, and the
// first that stays gets `value` unless that is NULL.
static void put_query(struct ask *ask, struct view name, unsigned drop_count,
                      const struct view *value)
{
    struct buf *space = &ask->space;
    size_t start = space->len;
    struct view rest = ask_items(ask);
    struct ask_item item;
    bool is_set = false;
    while (ask_next(&rest, &item)) {
        bool is_named = view_equal(item.name, name);
        if (is_named && drop_count > 0) {
            drop_count--;
            continue;
        }
        bool is_new = is_named && value != NULL && !is_set;
        put_item(space, start, item.name, is_new ? *value : item.value, is_new || item.has_value);
        is_set = is_set || is_new;
    }
    if (value != NULL && !is_set)
        put_item(space, start, name, *value, true);
    ask->query = space->overflow ? ask->query : view_of(space->data + start, space->len - start);
}

void ask_set(struct ask *ask, const char *name, struct view value)
{
    put_query(ask, view_of_text(name), 0, &value);
}

void ask_drop(struct ask *ask, const char *name)
{
    put_query(ask, view_of_text(name), UINT32_MAX, NULL);
}

void ask_drop_first(struct ask *ask, const char *name)
{
    put_query(ask, view_of_text(name), 1, NULL);
}

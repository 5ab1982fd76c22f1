// SPDX-License-Identifier: Apache-2.0
#include "props/liar/said.h"

// The length of the JSON value at the start of `text`: up to the comma or bracket that ends it.
static size_t value_len(struct view text)
{
    unsigned depth = 0;
    bool in_string = false;
    size_t i = 0;
    for (; i < text.len; i++) {
        char c = text.data[i];
        if (in_string) {
            in_string = c != '"';
            i += c == '\\' ? 1 : 0;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
            break;
        } else if (c == '}' || c == ']') {
            depth--;
        }
    }
    return i < text.len ? i : text.len;
}

static bool take(struct view *rest, const char *token)
{
    struct view v = view_of_text(token);
    if (!view_starts(*rest, v))
        return false;
    *rest = view_from(*rest, v.len);
    return true;
}

static struct view take_value(struct view *rest)
{
    struct view value = view_first(*rest, value_len(*rest));
    *rest = view_from(*rest, value.len);
    return value;
}

static bool take_member(struct said *item, struct view *rest)
{
    static const struct {
        const char *name;
        size_t at;
    } rows[] = {
        {"\"type\":", offsetof(struct said, type)},
        {"\"dataRemainingInMB\":", offsetof(struct said, data)},
        {"\"timeRemaining\":", offsetof(struct said, time)},
        {"\"id\":", offsetof(struct said, id)},
        {"\"locations\":", offsetof(struct said, locations)},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (!take(rest, rows[i].name))
            continue;
        struct view value = take_value(rest);
        memcpy((char *)item + rows[i].at, &value, sizeof value);
        return true;
    }
    return false;
}

static bool take_item(struct said *item, struct view *rest)
{
    *item = (struct said){.more = view_of(NULL, 0)};
    if (!take(rest, "{"))
        return false;
    do {
        if (!take_member(item, rest))
            return false;
    } while (take(rest, ","));
    return take(rest, "}");
}

bool said_read(struct said_list *out, struct view body)
{
    out->count = 0;
    if (!take(&body, "{\"balances\":["))
        return false;
    if (take(&body, "]}"))
        return body.len == 0;
    do {
        if (out->count == SAID_COUNT_MAX || !take_item(&out->items[out->count], &body))
            return false;
        out->count++;
    } while (take(&body, ","));
    return take(&body, "]}") && body.len == 0;
}

static void put_member(struct buf *space, const char *name, struct view value, char *comma)
{
    if (value.len == 0)
        return;
    buf_put_byte(space, *comma);
    buf_put_text(space, name);
    buf_put(space, value);
    *comma = ',';
}

struct view said_write(struct buf *space, const struct said_list *list)
{
    size_t start = space->len;
    buf_put(space, VIEW("{\"balances\":["));
    for (size_t i = 0; i < list->count; i++) {
        const struct said *item = &list->items[i];
        char comma = '{';
        if (i != 0)
            buf_put_byte(space, ',');
        put_member(space, "\"type\":", item->type, &comma);
        put_member(space, "\"dataRemainingInMB\":", item->data, &comma);
        put_member(space, "\"timeRemaining\":", item->time, &comma);
        put_member(space, "\"id\":", item->id, &comma);
        put_member(space, "\"locations\":", item->locations, &comma);
        if (comma == '{')
            buf_put_byte(space, '{');
        buf_put(space, item->more);
        buf_put_byte(space, '}');
    }
    buf_put(space, VIEW("]}"));
    return space->overflow ? view_of(NULL, 0) : view_of(space->data + start, space->len - start);
}

bool said_is(struct view text, const char *word)
{
    struct view v = view_of_text(word);
    return text.len == v.len + 2 && view_equal(view_of(text.data + 1, v.len), v);
}

bool said_is_zero(struct view text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] >= '1' && text.data[i] <= '9')
            return false;
    return text.len != 0;
}

bool said_holds(const struct said *item, struct view code)
{
    if (code.len != 2)
        return false;
    char quoted[4] = {'"', byte_upper(code.data[0]), byte_upper(code.data[1]), '"'};
    return view_find(item->locations, view_of(quoted, 4)) != item->locations.len;
}

struct said said_nothing(void)
{
    return (struct said){
        .type = VIEW("\"NONE\""), .data = VIEW("0"), .time = VIEW("\"PT0S\""), .id = VIEW("\"0\"")};
}

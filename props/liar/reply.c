// SPDX-License-Identifier: Apache-2.0
#include "props/liar/reply.h"

static bool split_status(struct reply *reply, struct view line)
{
    if (!view_starts(line, VIEW("HTTP/1.")) || line.len < 12)
        return false;
    reply->version = view_first(line, 8);
    reply->status = (unsigned)text_to_integer(view_of(line.data + 9, 3)).wrapped;
    reply->phrase = view_from(line, line.len < 13 ? 12 : 13);
    return true;
}

static size_t body_len(const struct reply *reply, struct view rest)
{
    struct text_integer length = text_to_integer(lines_get(&reply->fields, "Content-Length"));
    if (length.digit_count == 0 && lines_has(&reply->fields, "Connection"))
        return rest.len;
    return length.wrapped < rest.len ? (size_t)length.wrapped : rest.len;
}

void reply_read(struct reply *reply, struct view bytes)
{
    size_t used = 0;
    size_t end = view_find(bytes, VIEW("\r\n"));
    buf_clear(&reply->space);
    reply->to_head = false;
    reply->frames_itself = reply->ends = reply->is_silent = false;
    reply->before = view_of(NULL, 0);
    reply->whole = bytes;
    reply->is_read = end < bytes.len && split_status(reply, view_first(bytes, end));
    reply->is_read = reply->is_read && lines_read(&reply->fields, &used, view_from(bytes, end + 2));
    if (!reply->is_read)
        return;
    struct view rest = view_from(bytes, end + 2 + used);
    reply->body = view_first(rest, body_len(reply, rest));
    reply->whole = view_first(bytes, end + 2 + used + reply->body.len);
}

// The fields with a Content-Length that fits the body.
static void write_fields(struct buf *out, const struct reply *reply)
{
    for (unsigned i = 0; i < reply->fields.count; i++) {
        struct view name = lines_name(&reply->fields, i);
        if (!reply->frames_itself && view_equal_nocase(name, VIEW("Content-Length"))) {
            buf_put(out, name);
            buf_put(out, VIEW(": "));
            buf_put_unsigned(out, reply->body.len);
        } else {
            buf_put(out, reply->fields.items[i]);
        }
        buf_put(out, VIEW("\r\n"));
    }
    buf_put(out, VIEW("\r\n"));
}

void reply_write(struct buf *out, const struct reply *reply)
{
    if (!reply->is_read || reply->space.overflow) {
        buf_put(out, reply->whole);
        return;
    }
    if (reply->is_silent)
        return;
    buf_put(out, reply->before);
    buf_put(out, reply->version);
    buf_put_byte(out, ' ');
    buf_put_unsigned(out, reply->status);
    buf_put_byte(out, ' ');
    buf_put(out, reply->phrase);
    buf_put(out, VIEW("\r\n"));
    write_fields(out, reply);
    if (!reply->to_head || reply->frames_itself)
        buf_put(out, reply->body);
}

struct view reply_get(const struct reply *reply, const char *name)
{
    return lines_get(&reply->fields, name);
}

void reply_set(struct reply *reply, const char *name, const char *value)
{
    lines_set(&reply->fields, &reply->space, name, view_of_text(value));
}

void reply_drop(struct reply *reply, const char *name) { lines_drop(&reply->fields, name); }

void reply_say(struct reply *reply, unsigned status, const char *type, struct view body)
{
    reply->status = status;
    reply->phrase = view_of(NULL, 0);
    reply->body = body;
    if (type[0] == '\0')
        reply_drop(reply, "Content-Type");
    else
        reply_set(reply, "Content-Type", type);
}

void reply_refuse(struct reply *reply, unsigned status, const char *words)
{
    struct view body =
        text_join(&reply->space, VIEW("{\"error\":\""), view_of_text(words), VIEW("\"}"));
    reply_say(reply, status, "application/json", body);
}

void reply_replace(struct reply *reply, const char *from, const char *to)
{
    reply->body = text_replace(&reply->space, reply->body, view_of_text(from), view_of_text(to));
}

struct view reply_blamed(const struct reply *reply)
{
    struct view mark = VIEW("\"parameter\":\"");
    size_t at = view_find(reply->body, mark);
    if (at == reply->body.len)
        return VIEW("request");
    struct view rest = view_from(reply->body, at + mark.len);
    return view_first(rest, view_index(rest, '"'));
}

// SPDX-License-Identifier: Apache-2.0
// Conforming variants: what common servers and frameworks do by themselves. No clause may fail
// them.
#include "props/liar/liar.h"

static const char TXN[] = "X-MS-DM-TransactionId";

static bool is_hex(char c)
{
    char low = byte_lower(c);
    return byte_is_digit(c) || (low >= 'a' && low <= 'f');
}

static bool has_bad_percent(struct view text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] == '%' &&
            (text.len - i < 3 || !is_hex(text.data[i + 1]) || !is_hex(text.data[i + 2])))
            return true;
    return false;
}

// Go's net/http: a target that is no URL ends in a fixed answer, whatever the method was.
static void page_for_head(struct lie *lie)
{
    struct reply *reply = &lie->reply;
    if (!text_is(lie->ask.method, "HEAD") || reply->status < 400 || !has_bad_percent(lie->ask.path))
        return;
    reply_say(reply, 400, "text/plain; charset=utf-8", VIEW("400 Bad Request"));
    reply_drop(reply, "Content-Length");
    reply_set(reply, "Connection", "close");
    reply->to_head = false;
    reply->frames_itself = true;
    reply->ends = true;
}

static bool has_blank(struct view text) { return view_index(text, ' ') < text.len; }

// The JDK's HttpServer: the target ends at the first blank, and there is no such resource.
static void missing_for_blank(struct lie *lie)
{
    if (lie->reply.status == 400 && (has_blank(lie->ask.path) || has_blank(lie->ask.query)))
        reply_refuse(&lie->reply, 404, "no such resource");
}

// Routers by host, as those of containers: of a strange Host they know no site.
static void missing_for_host(struct lie *lie)
{
    struct view host = lines_get(&lie->ask.fields, "Host");
    if (lie->reply.status == 400 && (view_index(host, '@') < host.len || has_blank(host)))
        reply_refuse(&lie->reply, 404, "no such site");
}

// nginx hands over all octets but CR, LF and NUL, and PHP writes them.
static bool is_soft(struct view id)
{
    bool has_control = false;
    for (size_t i = 0; i < id.len; i++) {
        char c = id.data[i];
        if (c == '\r' || c == '\n' || c == '\0')
            return false;
        has_control = has_control || (unsigned char)c < ' ' || c == 0x7f;
    }
    return has_control;
}

static void take_soft(struct lie *lie)
{
    if (is_soft(lines_get(&lie->ask.fields, TXN)))
        lines_set(&lie->ask.fields, &lie->ask.space, TXN, VIEW("taken"));
}

static void echo_soft(struct lie *lie)
{
    struct view id = lines_get(&lie->ask.fields, TXN);
    if (is_soft(id))
        lines_set(&lie->reply.fields, &lie->reply.space, TXN, id);
}

// The scheme is looked for in the path as it came, and what follows it is decoded and trimmed.
static void trim_behind_scheme(struct lie *lie)
{
    struct ask *ask = &lie->ask;
    struct view raw = ask_sim(ask);
    struct view sim = text_decode(&ask->space, raw);
    if (!view_starts(sim, VIEW("iccid:")) || has_blank(ask->path))
        return;
    struct view id = text_trim(view_from(sim, 6));
    bool is_taken = view_starts(raw, VIEW("iccid:")) && text_is_digits(id);
    ask_set_sim(ask, is_taken ? id : VIEW("0"));
}

// An empty id is an id as any other to a map.
static void keep_empty(struct lie *lie)
{
    bool is_empty = lines_has(&lie->ask.fields, TXN) && lines_get(&lie->ask.fields, TXN).len == 0;
    // Whoever asked before this run has used it up.
    if (lie_is_served(lie) && is_empty)
        reply_refuse(&lie->reply, 409, "X-MS-DM-TransactionId");
}

// A firewall in front: what looks like an attack is forbidden.
static void forbid(struct lie *lie)
{
    struct view id = lines_get(&lie->ask.fields, TXN);
    bool is_odd = view_index(id, '%') < id.len || view_index(id, '"') < id.len;
    for (size_t i = 0; i < id.len; i++)
        is_odd = is_odd || (unsigned char)id.data[i] < ' ';
    struct view length = lines_get(&lie->ask.fields, "Content-Length");
    is_odd = is_odd || (length.len != 0 && !text_is_digits(length));
    if ((lie_is_served(lie) || lie->reply.status == 400) && is_odd)
        reply_say(&lie->reply, 403, "text/html", VIEW("<html>Forbidden</html>"));
}

// Go, Java and PHP hand out a path that is decoded whole.
static void split_late(struct lie *lie)
{
    struct ask *ask = &lie->ask;
    size_t at = view_find_nocase(ask->path, VIEW("%2f"));
    if (at < ask->path.len)
        ask->path = text_join(&ask->space, view_first(ask->path, at), VIEW("/"),
                              view_from(ask->path, at + 3));
}

const struct liar server_variants[] = {
    {"pages-for-head", NULL, "400 with a page to HEAD of what is no URL, and closes",
     .reply = page_for_head},
    {"cuts-at-blanks", NULL, "404 for a raw blank in the request line", .reply = missing_for_blank},
    {"routes-by-host", NULL, "404 for a malformed Host", .reply = missing_for_host},
    {"keeps-controls", NULL, "echoes control octets but CR, LF and NUL", .ask = take_soft,
     .reply = echo_soft},
    {"trims-behind-scheme", NULL, "takes a blank behind iccid:, and the colon as it is only",
     "path.blank=accept", .ask = trim_behind_scheme},
    {"keeps-empty-id", NULL, "takes an empty id for a repeated one", .reply = keep_empty},
    {"splits-late", NULL, "splits the path behind decoding it", .ask = split_late},
    {"firewall", NULL, "403 to odd fields", .reply = forbid},
    {.name = NULL},
};

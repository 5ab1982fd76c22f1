// SPDX-License-Identifier: Apache-2.0
// HTTP messages: start line, fields, framing, and several of them on one connection.
#include "donor.h"
#include "mutate_parts.h"

bool mutate_is_start_line(struct view line)
{
    struct view end = view_from(line, line.len < 16 ? 0 : line.len - 16);
    return view_starts(line, VIEW("HTTP/1.")) || view_find(end, VIEW(" HTTP/1")) < end.len;
}

void messages_find(struct items *out, struct view bytes, struct span region)
{
    size_t begin = region.at;
    out->count = 0;
    for (size_t at = region.at; at < span_end(region);) {
        struct view rest = span_view(bytes, span_of(at, span_end(region)));
        size_t len = view_index(rest, '\n');
        if (at != begin && mutate_is_start_line(view_first(rest, len))) {
            items_add(out, span_of(begin, at));
            begin = at;
        }
        at += len + (len < rest.len);
    }
    items_add(out, span_of(begin, span_end(region)));
}

void message_split(struct message *out, struct view bytes, struct span message)
{
    size_t at = message.at;
    size_t line = 0;
    size_t fields_at = 0;
    while (at < span_end(message)) {
        struct view rest = span_view(bytes, span_of(at, span_end(message)));
        size_t len = view_index(rest, '\n');
        bool is_empty = len == 0 || (len == 1 && rest.data[0] == '\r');
        at += len + (len < rest.len);
        if (line++ == 0)
            fields_at = at;
        else if (is_empty)
            break;
    }
    if (line == 0)
        fields_at = at;
    out->start = span_of(message.at, fields_at);
    out->fields = span_of(fields_at, at);
    out->body = span_of(at, span_end(message));
}

static struct view field_name(struct view line) { return view_first(line, view_index(line, ':')); }

// find_line finds the first field with the name, or the line in front of which a new one may stand.
static bool find_line(struct span *out, struct edit *edit, struct span fields, struct view name)
{
    struct items lines;
    items_lines(&lines, edit_bytes(edit), fields);
    for (size_t i = 0; i < lines.count; i++) {
        *out = lines.at[i];
        if (view_equal_nocase(field_name(edit_view(edit, *out)), name))
            return true;
    }
    *out = (struct span){fields.at, 0};
    if (lines.count != 0)
        out->at = lines.at[edit_below(edit, lines.count)].at;
    return false;
}

static bool set_field(struct edit *edit, struct span fields, struct view line)
{
    struct span old;
    bool is_new = !find_line(&old, edit, fields, field_name(line));
    if (is_new || edit_chance(edit, 6))
        return edit_insert(edit, old.at, line);
    return edit_replace(edit, old, line);
}

// donate_field takes a line of the head of a request that is plain but for one row.
static bool donate_field(struct edit *edit, struct span fields)
{
    static const enum axis axes[] = {AXIS_TXN, AXIS_AUTH, AXIS_HOST, AXIS_FRAMING};
    struct donor donor;
    donor_open(&donor, edit_bytes(edit));
    enum axis axis = axes[edit_below(edit, sizeof axes / sizeof axes[0])];
    struct view request = donor_row(&donor, edit, axis);
    struct view start = donor_start(request);
    struct view rest = view_from(request, start.len);
    size_t seen = 0;
    struct view line = view_of(NULL, 0);
    while (rest.len != 0) {
        size_t len = view_index(rest, '\n');
        len += len < rest.len;
        bool is_field = view_index(view_first(rest, len), ':') < len;
        if (is_field && edit_chance(edit, ++seen))
            line = view_first(rest, len);
        rest = view_from(rest, len);
    }
    return line.len != 0 && set_field(edit, fields, line);
}

// mutate_host writes a host of another form, or changes the list that stands between colons.
static bool mutate_host(struct edit *edit, struct span host)
{
    static const struct view hosts[] = {
        VIEW_INIT("[::1]"),      VIEW_INIT("[1:2:3:4:5:6:7:8]"),
        VIEW_INIT("[1::8]:443"), VIEW_INIT("[::192.0.2.7]"),
        VIEW_INIT("192.0.2.7"),  VIEW_INIT("[1:2:3:4:5:6:192.0.2.7]"),
        VIEW_INIT("a%41.b:"),    VIEW_INIT("mo.example:65536")};
    struct items groups;
    if (edit_chance(edit, 3))
        return edit_replace(edit, host, hosts[edit_below(edit, sizeof hosts / sizeof hosts[0])]);
    items_split(&groups, edit_bytes(edit), host, ':');
    return items_edit(edit, &groups, VIEW(":"));
}

static bool mutate_value(struct edit *edit, struct span fields)
{
    struct items lines;
    items_lines(&lines, edit_bytes(edit), fields);
    if (lines.count == 0)
        return false;
    struct span line = lines.at[edit_below(edit, lines.count)];
    size_t colon = view_index(edit_view(edit, line), ':');
    if (colon == line.len)
        return false;
    struct span value = span_of(line.at + colon + 1, span_end(line));
    struct view name = view_first(edit_view(edit, line), colon);
    if (view_equal_nocase(name, VIEW("host")) && edit_chance(edit, 2)) {
        struct view host = view_trim(edit_view(edit, value), VIEW(" \r\n"));
        size_t begin = (size_t)(host.data - edit->bytes);
        return mutate_host(edit, (struct span){begin, host.len});
    }
    return mutate_text(edit, value, edit_chance(edit, 2) ? SEED_HEADERS : SEED_HTTP);
}

// break_line changes how a line ends, folds it or puts a blank before its colon.
static bool break_line(struct edit *edit, struct span fields)
{
    static const struct view ends[] = {VIEW_INIT("\n"),     VIEW_INIT("\r\n"),   VIEW_INIT("\r"),
                                       VIEW_INIT("\r\r\n"), VIEW_INIT("\n\r\n"), VIEW_INIT("\r\n "),
                                       VIEW_INIT("\r\n\t"), VIEW_INIT(" \r\n"),  VIEW_INIT("\0\n"),
                                       VIEW_INIT("")};
    struct items lines;
    items_lines(&lines, edit_bytes(edit), fields);
    if (lines.count == 0)
        return false;
    struct span line = lines.at[edit_below(edit, lines.count)];
    struct view text = edit_view(edit, line);
    size_t colon = view_index(text, ':');
    if (colon < text.len && edit_chance(edit, 4))
        return edit_insert(edit, line.at + colon, edit_chance(edit, 2) ? VIEW(" ") : VIEW("\t"));
    size_t end = line.len;
    while (end > 0 && (text.data[end - 1] == '\n' || text.data[end - 1] == '\r'))
        end--;
    return edit_replace(edit, span_of(line.at + end, span_end(line)),
                        ends[edit_below(edit, sizeof ends / sizeof ends[0])]);
}

bool mutate_fields(struct edit *edit, struct span region)
{
    struct items lines;
    switch (edit_below(edit, 8)) {
    case 0:
    case 1:
        items_lines(&lines, edit_bytes(edit), region);
        return items_edit(edit, &lines, view_of(NULL, 0));
    case 2:
        return break_line(edit, region);
    case 3:
    case 4:
        return mutate_value(edit, region);
    default:
        return donate_field(edit, region);
    }
}

// write_length says how long the body is, or nearly.
static bool write_length(struct edit *edit, const struct message *message)
{
    char space[64];
    struct buf line = BUF(space);
    uint64_t len = message->body.len;
    if (edit_chance(edit, 3))
        len += edit_below(edit, 3) - 1;
    buf_put_text(&line, "Content-Length: ");
    buf_put_unsigned(&line, len);
    buf_put_text(&line, "\r\n");
    return set_field(edit, message->fields, buf_view(&line));
}

// write_chunks makes the body one chunk, a chunk of nothing or of a wrong length.
static bool write_chunks(struct edit *edit, const struct message *message)
{
    static const char hex[] = "0123456789abcdefABCDEF";
    char space[64];
    struct buf size = BUF(space);
    size_t len = message->body.len + (edit_chance(edit, 4) ? edit_below(edit, 3) - 1 : 0);
    unsigned shift = 28;
    while (shift != 0 && len >> shift == 0)
        shift -= 4;
    for (bool is_last = false; !is_last; shift -= 4) {
        buf_put_byte(&size, hex[len >> shift & 15]);
        is_last = shift == 0;
    }
    if (edit_chance(edit, 4))
        buf_put_text(&size, ";name=\"value\"");
    buf_put_text(&size, "\r\n");
    struct view last =
        edit_chance(edit, 4) ? VIEW("\r\n0\r\nX-A: 1\r\n\r\n") : VIEW("\r\n0\r\n\r\n");
    if (!edit_insert(edit, span_end(message->body), last))
        return false;
    (void)edit_insert(edit, message->body.at, buf_view(&size));
    (void)set_field(edit, message->fields, VIEW("Transfer-Encoding: chunked\r\n"));
    return true;
}

static bool mutate_body(struct edit *edit, const struct message *message)
{
    switch (edit_below(edit, 6)) {
    case 0:
    case 1:
        return write_length(edit, message);
    case 2:
        return write_chunks(edit, message);
    case 3:
        return edit_replace(edit, message->body, donor_token(edit, SEED_TARGET_COUNT));
    case 4:
        return mutate_json(edit, message->body);
    default:
        return mutate_text(edit, message->body, SEED_HTTP);
    }
}

// write_status makes the message a response.
static bool write_status(struct edit *edit, struct span start)
{
    static const unsigned statuses[] = {200, 204, 304, 404, 100, 101, 500, 999};
    char space[64];
    struct buf line = BUF(space);
    buf_put_text(&line, edit_chance(edit, 4) ? "HTTP/1.0 " : "HTTP/1.1 ");
    buf_put_unsigned(&line, statuses[edit_below(edit, sizeof statuses / sizeof statuses[0])]);
    buf_put_text(&line, " OK\r\n");
    return edit_replace(edit, start, buf_view(&line));
}

// mutate_start changes the method, the version or the status; targets are another part.
static bool mutate_start(struct edit *edit, struct span start)
{
    struct donor donor;
    donor_open(&donor, edit_bytes(edit));
    struct view line = donor_start(donor_row(&donor, edit, AXIS_LINE));
    switch (edit_below(edit, 5)) {
    case 0:
        return line.len != 0 && edit_replace(edit, start, line);
    case 1:
        line = donor_start(donor_row(&donor, edit, AXIS_METHOD));
        return edit_replace(edit, (struct span){start.at, view_index(edit_view(edit, start), ' ')},
                            view_first(line, view_index(line, ' ')));
    case 2:
        return write_status(edit, start);
    case 3:
        return mutate_text(edit, start, SEED_HTTP);
    default:
        return break_line(edit, start);
    }
}

static bool mutate_line_target(struct edit *edit, struct span start)
{
    struct view line = edit_view(edit, start);
    size_t begin = view_index(line, ' ');
    size_t end = line.len;
    while (end > 0 && line.data[end - 1] != ' ')
        end--;
    if (begin + 1 >= end)
        return false;
    return mutate_target(edit, span_of(start.at + begin + 1, start.at + end - 1));
}

// mutate_messages changes the list of messages: a further one, or the ones that are there.
static bool mutate_messages(struct edit *edit, const struct items *messages, struct span message)
{
    if (edit_chance(edit, 2))
        return items_edit(edit, messages, view_of(NULL, 0));
    struct donor donor;
    donor_open(&donor, edit_bytes(edit));
    struct view request = donor_any(&donor, edit);
    bool is_new = edit_chance(edit, 2);
    struct span place = is_new ? (struct span){span_end(message), 0} : message;
    return request.len != 0 && edit_replace(edit, place, request);
}

bool mutate_http(struct edit *edit, struct span region)
{
    struct items messages;
    struct message message;
    messages_find(&messages, edit_bytes(edit), region);
    struct span whole = messages.at[edit_below(edit, messages.count)];
    message_split(&message, edit_bytes(edit), whole);
    switch (edit_below(edit, 16)) {
    case 0:
    case 1:
        return mutate_messages(edit, &messages, whole);
    case 2:
    case 3:
        return mutate_start(edit, message.start);
    case 4:
    case 5:
        return mutate_body(edit, &message);
    case 6:
    case 7:
    case 8:
    case 9:
        return mutate_fields(edit, message.fields);
    default:
        return mutate_line_target(edit, message.start);
    }
}

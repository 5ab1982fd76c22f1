// SPDX-License-Identifier: Apache-2.0
// Conforming variants: another form of the same answer. No clause may fail them.
#include "props/liar/amount.h"
#include "props/liar/liar.h"

static bool has_body(const struct lie *lie) { return lie->reply.body.len != 0; }

static bool is_refusal(const struct lie *lie) { return lie->reply.status >= 400; }

static void put_member(struct buf *out, const char *name, struct view value, char *comma)
{
    if (value.len == 0)
        return;
    buf_put_byte(out, *comma);
    buf_put_text(out, name);
    buf_put(out, value);
    *comma = ',';
}

static void order_members(struct lie *lie)
{
    struct buf *space = &lie->reply.space;
    if (!lie_is_served(lie) || !said_read(&lie->list, lie->reply.body))
        return;
    size_t start = space->len;
    buf_put(space, VIEW("{\"balances\":["));
    for (size_t i = 0; i < lie->list.count; i++) {
        const struct said *item = &lie->list.items[i];
        char comma = '{';
        if (i != 0)
            buf_put_byte(space, ',');
        put_member(space, "\"locations\":", item->locations, &comma);
        put_member(space, "\"timeRemaining\":", item->time, &comma);
        put_member(space, "\"id\":", item->id, &comma);
        put_member(space, "\"dataRemainingInMB\":", item->data, &comma);
        put_member(space, "\"type\":", item->type, &comma);
        buf_put_byte(space, '}');
    }
    buf_put(space, VIEW("]}"));
    lie->reply.body = view_of(space->data + start, space->len - start);
}

static void put_hex(struct buf *out, size_t n)
{
    static const char digits[] = "0123456789aBcDeF";
    if (n >= 16)
        buf_put_byte(out, digits[n / 16]);
    buf_put_byte(out, digits[n % 16]);
}

// Chunks of 1, 2, 4... 64 octets, with an extension and a trailer.
static void chunk(struct lie *lie)
{
    struct reply *reply = &lie->reply;
    struct view rest = reply->body;
    size_t start = reply->space.len;
    size_t len = 1;
    // HTTP/1.0 has no chunks.
    if (!lie->ask.is_read || text_is(lie->ask.version, "HTTP/1.0") || reply->to_head)
        return;
    while (rest.len != 0) {
        len = len < rest.len ? len : rest.len;
        put_hex(&reply->space, len);
        buf_put_text(&reply->space, len == 4 ? ";name=\"a;b\"\r\n" : "\r\n");
        buf_put(&reply->space, view_first(rest, len));
        buf_put_text(&reply->space, "\r\n");
        rest = view_from(rest, len);
        len = len < 64 ? len * 2 : len;
    }
    buf_put_text(&reply->space, "000\r\nX-Checksum: 0\r\n\r\n");
    reply->body = view_of(reply->space.data + start, reply->space.len - start);
    reply->frames_itself = true;
    reply_drop(reply, "Content-Length");
    reply_set(reply, "Transfer-Encoding", "chunked");
}

static void close_delimit(struct lie *lie)
{
    reply_drop(&lie->reply, "Content-Length");
    reply_set(&lie->reply, "Connection", "close");
    lie->reply.ends = true;
}

static void close_at_401(struct lie *lie) { lie->reply.ends = lie->reply.status == 401; }

static void close_always(struct lie *lie)
{
    reply_set(&lie->reply, "Connection", "close");
    lie->reply.ends = true;
}

static void answer_1_0(struct lie *lie)
{
    lie->reply.version = VIEW("HTTP/1.0");
    close_always(lie);
}

static void lower_names(struct lie *lie)
{
    struct lines *fields = &lie->reply.fields;
    for (unsigned i = 0; i < fields->count; i++) {
        struct view name = lines_name(fields, i);
        struct view rest = view_from(fields->items[i], name.len);
        fields->items[i] =
            text_join(&lie->reply.space, text_lower(&lie->reply.space, name), rest, VIEW(""));
    }
}

static void add_fields(struct lie *lie)
{
    reply_set(&lie->reply, "Server", "Gateway/7.1");
    reply_set(&lie->reply, "Via", "1.1 edge, 1.0 inner");
    reply_set(&lie->reply, "X-Powered-By", "a framework");
    reply_set(&lie->reply, "Strict-Transport-Security", "max-age=31536000");
    reply_set(&lie->reply, "Set-Cookie", "affinity=1; Secure; HttpOnly");
    reply_set(&lie->reply, "X-Content-Type-Options", "nosniff");
    reply_set(&lie->reply, "X-Empty", "");
    if (lines_has(&lie->reply.fields, "Content-Type"))
        reply_set(&lie->reply, "Content-Type", "Application/JSON ; Charset=\"UTF-8\"");
}

static void add_interim(struct lie *lie)
{
    if (lie->ask.is_read && text_is(lie->ask.version, "HTTP/1.1"))
        lie->reply.before = VIEW("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 \r\nLink: <a>\r\n\r\n");
}

static void add_members(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++)
        lie->list.items[i].more =
            VIEW(",\"ms-provisioningDataSet\":{\"type\":[1,null,true,{}]},\"unit\":\"MB\"");
}

static void add_top_members(struct lie *lie)
{
    if (lie_is_served(lie))
        reply_replace(&lie->reply, "{\"balances\":",
                      "{\"asOf\":\"2026-01-01\",\"page\":{\"balances\":[],\"n\":1},\"balances\":");
}

static void example_name(struct lie *lie)
{
    reply_replace(&lie->reply, "\"dataRemainingInMB\"", "\"dataRemaininginMB\"");
}

static void capital_list(struct lie *lie)
{
    reply_replace(&lie->reply, "{\"balances\":", "{\"Balances\":");
}

static void add_blanks(struct lie *lie)
{
    struct buf *space = &lie->reply.space;
    struct view body = lie->reply.body;
    size_t start = space->len;
    bool in_string = false;
    if (!lie_is_served(lie))
        return;
    for (size_t i = 0; i < body.len; i++) {
        char c = body.data[i];
        in_string = in_string != (c == '"' && (i == 0 || body.data[i - 1] != '\\'));
        if (!in_string && (c == '}' || c == ']'))
            buf_put_text(space, "\n  ");
        if (in_string && c == 'U')
            buf_put_text(space, "\\u0055");
        else
            buf_put_byte(space, c);
        if (!in_string && (c == ',' || c == '{' || c == '['))
            buf_put_text(space, "\r\n\t");
        if (!in_string && c == ':')
            buf_put_text(space, " ");
    }
    buf_put_text(space, "\n");
    lie->reply.body = view_of(space->data + start, space->len - start);
}

// 512 -> 5.12e2, 1367.25 -> 1.36725E+03, 0 -> 0.0
static void use_exponents(struct lie *lie)
{
    struct buf *space = &lie->reply.space;
    for (size_t i = 0; i < lie->list.count; i++) {
        struct view data = lie->list.items[i].data;
        size_t whole = view_index(data, '.');
        struct view fraction = whole < data.len ? view_from(data, whole + 1) : VIEW("");
        if (said_is_zero(data)) {
            lie->list.items[i].data = VIEW("0.0");
        } else if (whole > 1) {
            struct view head = text_join(space, view_first(data, 1), VIEW("."),
                                         view_from(view_first(data, whole), 1));
            struct view tail =
                text_join(space, VIEW("E+0"), text_unsigned(space, whole - 1), VIEW(""));
            lie->list.items[i].data = text_join(space, head, fraction, tail);
        }
    }
}

static void plain_refusals(struct lie *lie)
{
    if (is_refusal(lie) && has_body(lie))
        reply_say(&lie->reply, lie->reply.status, "text/plain",
                  text_join(&lie->reply.space, VIEW("Bad value of "), reply_blamed(&lie->reply),
                            VIEW("\r\n")));
}

static void html_refusals(struct lie *lie)
{
    struct view body = text_join(&lie->reply.space, VIEW("<html><body><h1>Refused</h1><p>"),
                                 reply_blamed(&lie->reply), VIEW("</p></body></html>\n"));
    if (is_refusal(lie) && has_body(lie))
        reply_say(&lie->reply, lie->reply.status, "text/html; charset=utf-8", body);
}

static void bare_refusals(struct lie *lie)
{
    if (is_refusal(lie) && lie->reply.status != 400)
        reply_say(&lie->reply, lie->reply.status, "", view_of(NULL, 0));
}

static void echo_constant(struct lie *lie)
{
    reply_set(&lie->reply, "X-MS-DM-TransactionId", "12345");
}

static void echo_nothing(struct lie *lie) { reply_drop(&lie->reply, "X-MS-DM-TransactionId"); }

static void other_ids(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++) {
        struct view id = lie->list.items[i].id;
        if (id.len != 0)
            lie->list.items[i].id = text_join(&lie->reply.space, VIEW("\"urn:plan:\\u00e4/"),
                                              view_from(id, 1), VIEW(""));
    }
}

static void no_ids(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++)
        lie->list.items[i].id.len = 0;
}

// Durations of the strict grammar that the honest endpoint does not write.
static void other_durations(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++) {
        struct view time = lie->list.items[i].time;
        bool is_zero = said_is(time, "PT0S");
        struct view rest = view_from(time, 2);
        if (!is_zero && !view_starts(rest, VIEW("T")))
            lie->list.items[i].time =
                text_join(&lie->reply.space, VIEW("\"P0Y0M0"), rest, VIEW(""));
        else if (!is_zero)
            lie->list.items[i].time = text_join(&lie->reply.space, VIEW("\"P00D"), rest, VIEW(""));
        else
            lie->list.items[i].time = i % 2 == 0 ? VIEW("\"P0D\"") : VIEW("\"PT0H\"");
    }
}

// Durations of ISO 8601 that the consumer does not read, weeks rounded up: borne, and told.
static void iso_durations(struct lie *lie)
{
    enum { WEEK_S = 7 * 86400 };
    for (size_t i = 0; i < lie->list.count; i++) {
        uint64_t weeks = (amount_s(lie->list.items[i].time) + WEEK_S - 1) / WEEK_S;
        if (weeks > 1)
            lie->list.items[i].time =
                text_join(&lie->reply.space, VIEW("\"P"), text_unsigned(&lie->reply.space, weeks),
                          VIEW("W\""));
        if (said_is(lie->list.items[i].time, "PT1H30M"))
            lie->list.items[i].time = VIEW("\"PT1,5H\"");
    }
}

static void say_uk(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++)
        lie->list.items[i].locations = text_replace(&lie->reply.space, lie->list.items[i].locations,
                                                    VIEW("\"GB\""), VIEW("\"UK\",\"GB\""));
}

static void data_for_postpaid(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++)
        if (said_is(lie->list.items[i].type, "MODIRECT"))
            lie->list.items[i].data = VIEW("123");
}

const struct liar form_variants[] = {
    {"member-order", NULL, "members in another order", .reply = order_members},
    {"chunked", NULL, "chunked bodies with an extension and a trailer", .reply = chunk},
    {"close-delimited", NULL, "bodies that end with the connection", .reply = close_delimit},
    {"closes", NULL, "closes behind each answer", .reply = close_always},
    {"closes-at-401", NULL, "closes behind 401, and does not say so", .reply = close_at_401},
    {"http-1-0", NULL, "answers as HTTP/1.0", .reply = answer_1_0},
    {"lower-names", NULL, "field names in lower case", .reply = lower_names},
    {"more-fields", NULL, "the fields of gateways and frameworks", .reply = add_fields},
    {"interim", NULL, "100 and 103 come first", .reply = add_interim},
    {"more-members", NULL, "further members, nested too", .list = add_members},
    {"more-top-members", NULL, "further members at the top", .reply = add_top_members},
    {"example-name", NULL, "dataRemaininginMB, as the examples spell it", .reply = example_name},
    {"capital-list", NULL, "Balances, as the table spells it", .reply = capital_list},
    {"blanks-and-escapes", NULL, "blanks between tokens, escaped letters", .reply = add_blanks},
    {"exponents", NULL, "numbers as 5.12e2 and 0.0", .list = use_exponents},
    {"plain-refusals", NULL, "refuses in plain text", .reply = plain_refusals},
    {"html-refusals", NULL, "refuses with a page", .reply = html_refusals},
    {"bare-refusals", NULL, "no bodies but for 400", .reply = bare_refusals},
    {"echo-constant", NULL, "answers with an id of its own", .reply = echo_constant},
    {"echo-none", NULL, "does not echo the id", .reply = echo_nothing},
    {"other-ids", NULL, "ids in another form", .list = other_ids},
    {"no-ids", NULL, "no ids", .list = no_ids},
    {"other-durations", NULL, "durations with zero parts", .list = other_durations},
    {"iso-durations", NULL, "weeks and a comma in durations", .list = iso_durations},
    {"says-uk", NULL, "UK among the locations", .list = say_uk},
    {"postpaid-data", NULL, "MODIRECT with data", .list = data_for_postpaid},
    {.name = NULL},
};

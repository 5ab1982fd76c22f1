// SPDX-License-Identifier: Apache-2.0
#include "http/basic.h"
#include "props/liar/liar.h"

#define TXN "X-MS-DM-TransactionId"

static struct view sent_id(const struct lie *lie) { return lines_get(&lie->ask.fields, TXN); }

static void demand_id(struct lie *lie)
{
    if (lie_is_served(lie) && !lines_has(&lie->ask.fields, TXN))
        reply_refuse(&lie->reply, 400, TXN);
}

static void echo(struct lie *lie, struct view id)
{
    if (lines_has(&lie->reply.fields, TXN))
        lines_set(&lie->reply.fields, &lie->reply.space, TXN, id);
}

static void echo_constant(struct lie *lie) { echo(lie, VIEW("12345")); }

static void echo_nothing(struct lie *lie) { reply_drop(&lie->reply, TXN); }

static void echo_front(struct lie *lie)
{
    struct view id = sent_id(lie);
    echo(lie, view_first(id, id.len < 12 ? id.len : 12));
}

static void echo_former(struct lie *lie)
{
    struct view id = sent_id(lie);
    struct view former =
        text_join(&lie->reply.space, VIEW(""), view_of(lie->kept, lie->kept_len), VIEW(""));
    lie->kept_len = id.len < sizeof lie->kept ? id.len : sizeof lie->kept;
    memcpy(lie->kept, id.len == 0 ? "" : id.data, lie->kept_len);
    if (former.len != 0)
        echo(lie, former);
}

static bool has_high_octet(struct view text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return true;
    return false;
}

static void high_octets_break(struct lie *lie)
{
    if (has_high_octet(sent_id(lie)))
        lie_break(lie, "index out of range");
}

static void long_breaks(struct lie *lie)
{
    if (sent_id(lie).len > 60)
        lie_break(lie, "value too long");
}

static void quotes_as_404(struct lie *lie)
{
    struct view id = sent_id(lie);
    if (lie_is_served(lie) && view_index(id, '"') < id.len)
        reply_refuse(&lie->reply, 404, "no such transaction");
}

static void echo_decoded(struct lie *lie)
{
    echo(lie, text_decode(&lie->reply.space, sent_id(lie)));
}

static bool has_control(struct view text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.data[i] < 0x20 || text.data[i] == 0x7f)
            return true;
    return false;
}

static void take_controls(struct lie *lie)
{
    if (has_control(sent_id(lie)))
        lines_set(&lie->ask.fields, &lie->ask.space, TXN, VIEW("taken"));
}

static void echo_controls(struct lie *lie)
{
    if (has_control(sent_id(lie)))
        echo(lie, sent_id(lie));
}

static void ignore_nul(struct lie *lie)
{
    struct view id = sent_id(lie);
    if (view_index(id, '\0') < id.len)
        lines_drop(&lie->ask.fields, TXN);
}

static void ignore_bad_base64(struct lie *lie)
{
    struct view value = lines_get(&lie->ask.fields, "Authorization");
    char space[256];
    struct buf decoded = BUF(space);
    if (!view_starts(value, VIEW("Basic")) || lie->fixture->credentials.len == 0)
        return;
    bool is_read = bp_base64_read(&decoded, text_trim(view_from(value, 5)));
    if (is_read && view_index(buf_view(&decoded), ':') < decoded.len)
        return;
    buf_clear(&decoded);
    bp_base64_write(&decoded, lie->fixture->credentials);
    lines_set(&lie->ask.fields, &lie->ask.space, "Authorization",
              text_join(&lie->ask.space, VIEW("Basic "), buf_view(&decoded), VIEW("")));
}

static bool has_lower_name(const struct lie *lie)
{
    for (unsigned i = 0; i < lie->ask.fields.count; i++) {
        struct view name = lines_name(&lie->ask.fields, i);
        if (name.len != 0 && byte_upper(name.data[0]) != name.data[0])
            return true;
    }
    return false;
}

static void refuse_lower_names(struct lie *lie)
{
    if (has_lower_name(lie) && lie_is_served(lie))
        reply_refuse(&lie->reply, 400, "header");
}

static void lose_lower_names(struct lie *lie)
{
    unsigned at = lines_find(&lie->ask.fields, TXN);
    bool is_named = text_is(lines_name(&lie->ask.fields, at), TXN);
    if (lie_is_served(lie) && at < lie->ask.fields.count && !is_named)
        reply_refuse(&lie->reply, 400, "the header " TXN " is missing");
}

static void retype(struct lie *lie, const char *type)
{
    if (lie_is_served(lie))
        reply_set(&lie->reply, "Content-Type", type);
}

static void type_html(struct lie *lie) { retype(lie, "text/html; charset=utf-8"); }

static void type_longer(struct lie *lie) { retype(lie, "application/json-seq"); }

static void type_none(struct lie *lie)
{
    if (lie_is_served(lie))
        reply_drop(&lie->reply, "Content-Type");
}

static void type_two(struct lie *lie)
{
    if (lie_is_served(lie))
        lines_add(&lie->reply.fields, &lie->reply.space, "Content-Type", VIEW("text/html"));
}

static void refuse_lower_host(struct lie *lie)
{
    unsigned at = lines_find(&lie->ask.fields, "Host");
    if (lie_is_served(lie) && text_is(lines_name(&lie->ask.fields, at), "host"))
        reply_refuse(&lie->reply, 400, "Host");
}

const struct liar header_liars[] = {
    {"header-id-demanded", "GB-HDR-1", "400 without a transaction id", .reply = demand_id},
    {"header-echo-constant", "GB-HDR-2", "echoes 12345 always", "seed-literal",
     .reply = echo_constant},
    {"header-echo-none", "GB-HDR-2", "echoes nothing", "seed-literal", .reply = echo_nothing},
    {"header-echo-cut", "GB-HDR-2", "echoes 12 octets", "seed-literal", .reply = echo_front},
    {"header-echo-former", "GB-HDR-2", "echoes the former id", "seed-literal",
     .reply = echo_former},
    {"header-curly-breaks", "GB-HDR-3", "curly quotes give 500", .reply = high_octets_break},
    {"header-long-breaks", "GB-HDR-3", "a long id gives 500", .reply = long_breaks},
    {"header-quotes-404", "GB-HDR-3", "quotes give 404", .reply = quotes_as_404},
    {"header-echo-decoded", "GB-HDR-4", "decodes the echo", .reply = echo_decoded},
    {"header-echo-raw", "GB-HDR-4", "echoes control octets", .ask = take_controls,
     .reply = echo_controls},
    {"header-nul-ignored", "GB-HDR-5", "ignores an id with NUL", .ask = ignore_nul},
    {"header-auth-ignored", "GB-HDR-5", "ignores credentials it cannot decode",
     .ask = ignore_bad_base64},
    {"header-lower-refused", "GB-HDR-6", "refuses names in lower case",
     .reply = refuse_lower_names},
    {"header-lower-lost", "GB-HDR-6", "misses the id behind another casing",
     .reply = lose_lower_names},
    {"header-host-lower", "GB-HDR-6", "misses host in lower case", .reply = refuse_lower_host},
    {"header-type-html", "GB-HDR-7", "200 as text/html", .reply = type_html},
    {"header-type-longer", "GB-HDR-7", "200 as application/json-seq", .reply = type_longer},
    {"header-type-none", "GB-HDR-7", "200 without a content type", .reply = type_none},
    {"header-type-two", "GB-HDR-7", "200 as JSON and as text/html", .reply = type_two},
    {.name = NULL},
};

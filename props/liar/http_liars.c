// SPDX-License-Identifier: Apache-2.0
#include "props/liar/liar.h"

static void supply_host(struct lie *lie)
{
    if (!lines_has(&lie->ask.fields, "Host"))
        lines_add(&lie->ask.fields, &lie->ask.space, "Host", lie->fixture->host);
}

static unsigned count_hosts(const struct lie *lie)
{
    unsigned count = 0;
    for (unsigned i = 0; i < lie->ask.fields.count; i++)
        count += view_equal_nocase(lines_name(&lie->ask.fields, i), VIEW("Host")) ? 1 : 0;
    return count;
}

static void keep_one_host(struct lie *lie)
{
    struct view host = lines_get(&lie->ask.fields, "Host");
    if (count_hosts(lie) < 2)
        return;
    lines_drop(&lie->ask.fields, "Host");
    lines_add(&lie->ask.fields, &lie->ask.space, "Host", host);
}

static void repair_host(struct lie *lie)
{
    if (count_hosts(lie) == 1)
        lines_set(&lie->ask.fields, &lie->ask.space, "Host", lie->fixture->host);
}

static void no_host_breaks(struct lie *lie)
{
    if (lie->ask.is_read && count_hosts(lie) == 0)
        lie_break(lie, "no virtual host");
}

static void trim_names(struct lie *lie)
{
    struct lines *fields = &lie->ask.fields;
    for (unsigned i = 0; i < fields->count; i++) {
        struct view line = fields->items[i];
        struct view name = lines_name(fields, i);
        size_t colon = view_index(line, ':');
        if (colon < line.len && name.len != colon)
            fields->items[i] = text_join(&lie->ask.space, name, view_from(line, colon), VIEW(""));
    }
}

static void fold_breaks(struct lie *lie)
{
    for (unsigned i = 0; i < lie->ask.fields.count; i++) {
        struct view line = lie->ask.fields.items[i];
        if (line.data[0] == ' ' || line.data[0] == '\t')
            lie_break(lie, "no colon");
    }
}

static void refuse_absolute(struct lie *lie)
{
    if (lie->ask.origin.len != 0 && lie_is_served(lie))
        reply_refuse(&lie->reply, 400, "the target must begin with a slash");
}

static void path_from_first_slash(struct lie *lie)
{
    size_t slash = view_index(lie->ask.origin, '/');
    if (slash == lie->ask.origin.len)
        return;
    lie->ask.path =
        text_join(&lie->ask.space, view_from(lie->ask.origin, slash), lie->ask.path, VIEW(""));
    lie->ask.origin.len = 0;
}

static void field_wins_over_target(struct lie *lie)
{
    bool is_other = !view_equal(lines_get(&lie->ask.fields, "Host"), lie->fixture->host);
    if (lie->ask.origin.len != 0 && is_other && lie_is_served(lie))
        reply_refuse(&lie->reply, 404, "no such host");
}

static void remove_blanks(struct lie *lie)
{
    struct ask *ask = &lie->ask;
    ask->path = text_replace(&ask->space, ask->path, VIEW(" "), VIEW(""));
    ask->path = text_replace(&ask->space, ask->path, VIEW("\t"), VIEW(""));
    ask->query = text_replace(&ask->space, ask->query, VIEW(" "), VIEW(""));
}

static void cut_at_blank(struct lie *lie)
{
    struct ask *ask = &lie->ask;
    ask->query = view_first(ask->query, view_index(ask->query, ' '));
    ask->path = view_first(ask->path, view_index(ask->path, ' '));
}

static bool has_length(const struct lie *lie)
{
    return lines_has(&lie->ask.fields, "Content-Length");
}

static bool has_coding(const struct lie *lie)
{
    return lines_has(&lie->ask.fields, "Transfer-Encoding");
}

static void drop_coding(struct lie *lie) { lines_drop(&lie->ask.fields, "Transfer-Encoding"); }

static void drop_length(struct lie *lie)
{
    if (!has_coding(lie))
        lines_drop(&lie->ask.fields, "Content-Length");
}

// A request hidden in the body of an odd request is answered too.
static void answer_smuggled(struct lie *lie, struct buf *out, struct view request,
                            struct view response)
{
    ask_read(&lie->ask, request);
    buf_put(out, response);
    if (has_length(lie) && has_coding(lie))
        buf_put(out, VIEW("HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n"));
}

static void take_odd_length(struct lie *lie)
{
    struct lines *fields = &lie->ask.fields;
    if (!has_length(lie) || has_coding(lie) || lie->ask.body.len == 0)
        return;
    lines_drop(fields, "Content-Length");
    lines_add(fields, &lie->ask.space, "Content-Length",
              text_unsigned(&lie->ask.space, lie->ask.body.len));
}

static void odd_length_breaks(struct lie *lie)
{
    if (lie->reply.status == 400 && has_length(lie))
        lie_break(lie, "invalid number");
}

static void body_breaks(struct lie *lie)
{
    if (lie->ask.body.len != 0 && lie_is_served(lie))
        lie_break(lie, "unexpected body");
}

enum { SWAP_COUNT_MAX = 32 };

static void swap_answers(struct lie *lie, struct buf *out, struct view request,
                         struct view response)
{
    struct view answers[SWAP_COUNT_MAX];
    size_t count = 0;
    (void)request;
    while (response.len != 0 && count < SWAP_COUNT_MAX) {
        reply_read(&lie->reply, response);
        answers[count++] = lie->reply.whole;
        response = view_from(response, lie->reply.whole.len);
    }
    while (count > 0)
        buf_put(out, answers[--count]);
    buf_put(out, response);
}

static void answer_once(struct lie *lie, struct buf *out, struct view request, struct view response)
{
    (void)request;
    reply_read(&lie->reply, response);
    buf_put(out, lie->reply.whole);
}

static void answer_twice(struct lie *lie, struct buf *out, struct view request,
                         struct view response)
{
    ask_read(&lie->ask, request);
    bool is_pipelined = lie->ask.whole.len < request.len;
    reply_read(&lie->reply, response);
    if (is_pipelined)
        buf_put(out, lie->reply.whole);
    buf_put(out, response);
}

// What an earlier request of this exchange, on the same connection, said; empty when none did.
static struct view said_before(const struct lie *lie)
{
    uint64_t count = 0;
    if (lie->kept_len < sizeof count)
        return view_of(NULL, 0);
    memcpy(&count, lie->kept, sizeof count);
    return count == lie->count ? view_of(lie->kept + sizeof count, lie->kept_len - sizeof count)
                               : view_of(NULL, 0);
}

static void keep_said(struct lie *lie, struct view value)
{
    if (value.len == 0 || value.len > sizeof lie->kept - sizeof lie->count)
        return;
    memcpy(lie->kept, &lie->count, sizeof lie->count);
    memcpy(lie->kept + sizeof lie->count, value.data, value.len);
    lie->kept_len = sizeof lie->count + value.len;
}

static void leave_parameter(struct lie *lie, const char *name)
{
    if (ask_count(&lie->ask, name) != 0)
        keep_said(lie, ask_value(&lie->ask, name));
    else if (said_before(lie).len != 0)
        ask_set(&lie->ask, name, said_before(lie));
}

static void leave_field(struct lie *lie, const char *name)
{
    struct lines *fields = &lie->ask.fields;
    if (lines_has(fields, name))
        keep_said(lie, lines_get(fields, name));
    else if (said_before(lie).len != 0)
        lines_add(fields, &lie->ask.space, name, said_before(lie));
}

static void leave_location(struct lie *lie) { leave_parameter(lie, "location"); }

static void leave_template(struct lie *lie) { leave_parameter(lie, "fieldsTemplate"); }

static void leave_credentials(struct lie *lie) { leave_field(lie, "Authorization"); }

static void leave_id(struct lie *lie) { leave_field(lie, "X-MS-DM-TransactionId"); }

static void leave_limit(struct lie *lie) { leave_parameter(lie, "limit"); }

// Who was refused stays refused on this connection.
static void leave_refusal(struct lie *lie)
{
    bool is_refused = lie->reply.status == 400 || lie->reply.status == 404;
    if (is_refused)
        keep_said(lie, VIEW("refused"));
    else if (lie_is_served(lie) && said_before(lie).len != 0)
        reply_refuse(&lie->reply, 400, "the request before");
}

static void drop_odd_coding(struct lie *lie)
{
    if (!text_is(lines_get(&lie->ask.fields, "Transfer-Encoding"), "chunked"))
        drop_coding(lie);
}

static void drop_odd_length(struct lie *lie)
{
    unsigned at = lines_find(&lie->ask.fields, "Content-Length");
    if (!text_is(lines_name(&lie->ask.fields, at), "Content-Length"))
        drop_length(lie);
}

static bool is_huge(const struct lie *lie)
{
    return lie->reply.status == 414 || lie->reply.status == 431;
}

static void huge_breaks(struct lie *lie)
{
    if (is_huge(lie))
        lie_break(lie, "stack overflow");
}

static void huge_silences(struct lie *lie) { lie->reply.is_silent = is_huge(lie); }

const struct liar http_liars[] = {
    {"http-no-host", "GB-HTTP-1", "serves without Host", .ask = supply_host},
    {"http-two-hosts", "GB-HTTP-1", "serves with two Hosts", .ask = keep_one_host},
    {"http-bad-host", "GB-HTTP-1", "serves with a bad Host", .ask = repair_host},
    {"http-no-host-breaks", "GB-HTTP-1", "fails without Host", .reply = no_host_breaks},
    {"http-names-trimmed", "GB-HTTP-2", "takes blanks before a colon", .ask = trim_names},
    {"http-fold-breaks", "GB-HTTP-2", "a folded field gives 500", .reply = fold_breaks},
    {"http-absolute-refused", "GB-HTTP-3", "refuses absolute targets", .reply = refuse_absolute},
    {"http-absolute-path", "GB-HTTP-3", "looks for the path at the first slash",
     .ask = path_from_first_slash},
    {"http-absolute-host", "GB-HTTP-3", "prefers Host to the target",
     .reply = field_wins_over_target},
    {"http-blank-removed", "GB-HTTP-4", "removes blanks from the target", .ask = remove_blanks},
    {"http-blank-cut", "GB-HTTP-4", "cuts the target at a blank", .ask = cut_at_blank},
    {"http-smuggled", "GB-HTTP-5", "answers a smuggled request", .raw = answer_smuggled},
    {"http-length-odd", "GB-HTTP-5", "takes odd lengths", .ask = take_odd_length},
    {"http-length-breaks", "GB-HTTP-5", "odd lengths give 500", .reply = odd_length_breaks},
    {"http-coding-ignored", "GB-HTTP-5", "reads chunks as requests", .ask = drop_coding},
    {"http-coding-case", "GB-HTTP-5", "knows chunked in lower case only", .ask = drop_odd_coding},
    {"http-length-case", "GB-HTTP-6", "misses content-length", .ask = drop_odd_length},
    {"http-body-request", "GB-HTTP-6", "reads a body as a request", .ask = drop_length},
    {"http-body-breaks", "GB-HTTP-6", "a body gives 500", .reply = body_breaks},
    {"http-swapped", "GB-HTTP-7", "answers in the opposite order", .raw = swap_answers},
    {"http-once", "GB-HTTP-7", "answers the first request only", .raw = answer_once},
    {"http-twice", "GB-HTTP-7", "answers the first request twice", .raw = answer_twice},
    {"http-row-location", "GB-HTTP-7", "has the location of the request before, if there is none",
     .ask = leave_location},
    {"http-row-limit", "GB-HTTP-7", "has the limit of the request before, if there is none",
     .ask = leave_limit},
    {"http-row-refusal", "GB-HTTP-7", "refuses what comes behind a refused request",
     .reply = leave_refusal},
    {"http-row-template", "GB-HTTP-7", "has the template of the request before, if there is none",
     .ask = leave_template},
    {"http-row-credentials", "GB-HTTP-7", "lets in who comes behind the right credentials",
     .ask = leave_credentials},
    {"http-row-id", "GB-HTTP-7", "echoes the id of the request before, if there is none",
     .ask = leave_id},
    {"http-huge-breaks", "GB-HTTP-8", "fails at large requests", .reply = huge_breaks},
    {"http-huge-silent", "GB-HTTP-8", "is silent to large requests", .reply = huge_silences},
    {.name = NULL},
};

// SPDX-License-Identifier: Apache-2.0
// Clauses on HTTP/1.1 messages: what must be refused, and one answer for each request.
#include "props/rule/families.h"
#include "props/rule/pipeline.h"
#include "props/rule/program.h"
#include "props/rule/splice.h"
#include "props/rule/together.h"

// GB-METH-2 judges octets behind an answer to HEAD.
static bool has_more(const struct exchange *x) { return x->rest.len != 0 && !x->to_head; }

static struct verdict judge_host(const struct exchange *x)
{
    bool is_lax = sense_is(x, AXIS_HOST, SENSE_HOST_LAX);
    bool is_bad = sense_is(x, AXIS_HOST, SENSE_HOST_MISSING) ||
                  sense_is(x, AXIS_HOST, SENSE_HOST_TWICE) ||
                  sense_is(x, AXIS_HOST, SENSE_HOST_BAD) || is_lax;
    // HTTP/1.0 has no rule on Host.
    if (!is_bad || !sense_is(x, AXIS_LINE, SENSE_PLAIN))
        return not_spoken();
    if (is_lax && x->status == 200)
        return tolerated(KEY_NONE, "a Host with a user or a malformed port is served");
    return demand_refusal(x, AXIS_HOST, S400, "served with a missing, second or malformed Host");
}

static struct verdict judge_field_line(const struct exchange *x)
{
    if (sense_is(x, AXIS_FRAMING, SENSE_FRAMING_BLANK))
        return demand_refusal(x, AXIS_FRAMING, S400,
                              "a field with a blank before its colon is taken");
    if (!sense_is(x, AXIS_FRAMING, SENSE_FRAMING_FOLD) || !alone(x, AXIS_FRAMING))
        return not_spoken();
    if (x->status == 200)
        return pass();
    return demand_refusal(x, AXIS_FRAMING, S400, "a folded field has a strange answer");
}

static struct verdict judge_absolute(const struct exchange *x)
{
    if (!sense_is(x, AXIS_HOST, SENSE_HOST_ABSOLUTE) || !ordinary_but(x, AXIS_HOST))
        return not_spoken();
    return promise(x, S200, "the absolute form of the target is not served");
}

static struct verdict run_absolute(struct trial *trial)
{
    struct intent plain;
    if (!plain_for_any(&plain, trial))
        return skip("the fixture has no SIM");
    struct intent other = plain;
    pick_sense(&other, trial, AXIS_HOST, SENSE_HOST_ABSOLUTE);
    return same_always(trial, &plain, &other, "the absolute form of the target changes the answer");
}

static struct verdict judge_request_line(const struct exchange *x)
{
    if (!sense_is(x, AXIS_LINE, SENSE_LINE_BLANK))
        return not_spoken();
    if (is_headless(x) && alone(x, AXIS_LINE))
        return view_find(x->response, VIEW("\"balances\"")) < x->response.len
                   ? fail("a request line with a blank inside is served")
                   : tolerated(KEY_NONE, "refused in the way of HTTP/0.9, without a status");
    return demand_refusal(x, AXIS_LINE, S301 | S400,
                          "a request line with a blank inside is served");
}

static struct verdict judge_framing(const struct exchange *x)
{
    bool is_length = sense_is(x, AXIS_FRAMING, SENSE_FRAMING_LENGTH);
    bool is_both = sense_is(x, AXIS_FRAMING, SENSE_FRAMING_BOTH);
    bool is_chunked = sense_is(x, AXIS_FRAMING, SENSE_FRAMING_CHUNKED);
    if (!is_length && !is_both && !is_chunked)
        return not_spoken();
    if (has_more(x))
        return fail(is_both ? "with both lengths given, what follows is answered as a request"
                            : "octets of the body are answered as another request");
    if (is_length)
        return demand_refusal(x, AXIS_FRAMING, S400, "served with a malformed Content-Length");
    if (is_chunked) {
        status_set fine = S200 | axis_row(AXIS_FRAMING, x->intent->row[AXIS_FRAMING])->refusals;
        if (alone(x, AXIS_FRAMING) && status_in(x->status, fine))
            return pass();
        return x->status == 200
                   ? not_spoken()
                   : demand_refusal(x, AXIS_FRAMING, S400, "a chunked body has a strange answer");
    }
    if (x->status == 200)
        return tolerated(KEY_NONE, "served by Transfer-Encoding, Content-Length ignored");
    return demand_refusal(x, AXIS_FRAMING, S400, "two lengths have a strange answer");
}

static struct verdict judge_body_dropped(const struct exchange *x)
{
    if (!sense_is(x, AXIS_FRAMING, SENSE_FRAMING_BODY))
        return not_spoken();
    if (has_more(x))
        return fail("octets of the body are answered as another request");
    if (!alone(x, AXIS_FRAMING) || is_elsewhere(x))
        return not_spoken();
    if (status_in(x->status, S200 | S400 | S413))
        return pass();
    if (x->fate == FATE_SILENT)
        return fail("a GET with a body is not answered");
    return demand_refusal(x, AXIS_FRAMING, S411 | S415, "a GET with a body has a strange answer");
}

// The fields that tell where a body ends, in letters of another case, as gateways write them: they
// mean the same.
static struct verdict run_framing_case(struct trial *trial)
{
    static const struct view names[][2] = {
        {VIEW_INIT("\r\nContent-Length:"), VIEW_INIT("\r\ncontent-length:")},
        {VIEW_INIT("\r\nContent-Length:"), VIEW_INIT("\r\nCONTENT-LENGTH:")},
        {VIEW_INIT("\r\nTransfer-Encoding:"), VIEW_INIT("\r\ntransfer-encoding:")},
        {VIEW_INIT("\r\nTransfer-Encoding: chunked"), VIEW_INIT("\r\nTransfer-Encoding: Chunked")},
    };
    enum { NAME_COUNT = sizeof names / sizeof names[0], LENGTH_COUNT = 2 };
    struct intent intent;
    if (!plain_for_any(&intent, trial))
        return skip("the fixture has no SIM");
    unsigned which = choose(trial->choices, NAME_COUNT);
    pick_sense(&intent, trial, AXIS_FRAMING,
               which < LENGTH_COUNT ? SENSE_FRAMING_BODY : SENSE_FRAMING_CHUNKED);
    struct buf *request = trial_request(trial, 0);
    intent_close(&intent, &trial->world->fixture);
    intent_write(request, &intent, &trial->world->fixture, trial->serial++);
    if (!splice_over(request, names[which][0], names[which][1]))
        return not_spoken();
    const struct exchange *x = trial_send(trial, 0, &intent);
    if (!is_answered(x))
        return not_spoken();
    return has_more(x) ? fail("where a body ends depends on the letter case of a field") : pass();
}

static struct verdict judge_one_answer(const struct exchange *x)
{
    enum {
        MESSAGE_AXES =
            1 << AXIS_TXN | 1 << AXIS_HOST | 1 << AXIS_LINE | 1 << AXIS_FRAMING | 1 << AXIS_METHOD
    };
    if (x->intent == NULL || !is_answered(x))
        return not_spoken();
    if ((x->intent->open_axes & MESSAGE_AXES) != 0)
        return not_spoken();
    return has_more(x) ? fail("more than one answer comes for one request") : pass();
}

static struct verdict judge_oversized(const struct exchange *x)
{
    enum axis axis = AXIS_FRAMING;
    if (sense_is(x, AXIS_EXTRA, SENSE_EXTRA_HUGE))
        axis = AXIS_EXTRA;
    else if (!sense_is(x, AXIS_FRAMING, SENSE_FRAMING_HUGE))
        return not_spoken();
    if (x->status == 200 && alone(x, axis))
        return tolerated(KEY_NONE, "an oversized request is served");
    if (x->status == 200)
        return not_spoken();
    if (x->fate == FATE_SILENT && alone(x, axis))
        return fail("an oversized request is not answered");
    return demand_refusal(x, axis, S400 | S414 | S431, "an oversized request has a strange answer");
}

static const struct clause rows[] = {
    {
        .id = "GB-HTTP-1",
        .strength = STANDARD,
        .source = "RFC 9112, section 3.2",
        .statement =
            "An HTTP/1.1 request without Host, with two of them or with a malformed one is "
            "refused.",
        .expect = "400",
        .why = "Guessing the host of a request lets traffic for one site land on another: a known "
               "road to poisoned caches.",
        .likely = "a default site of the server answers; let it refuse such requests",
        .scope = SCOPE_ODD_AXIS(AXIS_HOST),
        .judge = judge_host,
    },
    {
        .id = "GB-HTTP-2",
        .strength = STANDARD,
        .source = "RFC 9112, sections 5.1 and 5.2",
        .statement = "A blank before the colon of a field is refused; a folded field is refused or "
                     "unfolded.",
        .expect = "400; for folding also 200",
        .why = "Two hops that read such a field differently can disagree on lengths or "
               "credentials, which is how requests get smuggled.",
        .likely = "a lenient parser trims the name, or an old nginx (1.20) drops the field in "
                  "silence (ignore_invalid_headers); refuse with 400, as nginx 1.22 does by itself",
        .scope = SCOPE_ODD_AXIS(AXIS_FRAMING),
        .judge = judge_field_line,
    },
    {
        .id = "GB-HTTP-3",
        .strength = STANDARD,
        .source = "prepaid experience, examples 1 and 2; RFC 9112, section 3.2.2",
        .statement = "The absolute form of the request target is served like the origin form, and "
                     "its host wins over Host.",
        .expect = "the same answer as to the origin form",
        .why = "An example prints the full URL in the request line; a router that takes https: for "
               "a path answers 404 to a valid request.",
        .likely = "the route is matched against the raw target, which here holds scheme and host "
                  "(Node's req.url); take the path from a URL parser",
        .scope = SCOPE_ODD_AXIS(AXIS_HOST),
        .judge = judge_absolute,
        .run = run_absolute,
        .program = 72,
    },
    {
        .id = "GB-HTTP-4",
        .strength = STANDARD,
        .source = "RFC 9112, section 3; prepaid experience, examples 2 and 4 as printed",
        .statement = "A request line with a raw blank or a line break inside its target is "
                     "malformed.",
        .expect = "400, or 301 to a repaired target",
        .why = "Serving what stands before the blank answers for another path than the client "
               "wrote, and hides its encoding mistake.",
        .likely =
            "the target is cut at the first blank and served (the JDK's HttpServer, which can "
            "only be mended by a proxy in front); refuse the line",
        .scope = SCOPE_ODD_AXIS(AXIS_LINE),
        .judge = judge_request_line,
    },
    {
        .id = "GB-HTTP-5",
        .strength = STANDARD,
        .source = "RFC 9112, sections 6.1 to 6.3",
        .statement = "Malformed lengths and conflicts of Content-Length with Transfer-Encoding are "
                     "refused, and nothing of the body is taken for a request.",
        .expect = "400 and a closed connection",
        .why = "Where proxy and application see different ends of a message, octets of one sender "
               "become the start of another's request.",
        .likely = "proxy and application frame the message differently (request smuggling), or a "
                  "server that goes by Transfer-Encoding keeps the connection (Go's net/http); "
                  "refuse it at the first hop, or close behind a GET with a body",
        .scope = SCOPE_ODD_AXIS(AXIS_FRAMING),
        .judge = judge_framing,
    },
    {
        .id = "GB-HTTP-6",
        .strength = DERIVED,
        .source = "RFC 9112, section 6; RFC 9110, section 9.3.1",
        .statement = "A GET with a body is answered or refused, and its body is never read as the "
                     "next request.",
        .expect = "200, 400 or 413, and one answer only",
        .why = "Octets left unread on a kept connection are taken for the next request, so a "
               "caller can plant one behind the proxy's back.",
        .likely = "the handler answers without reading the body and keeps the connection; read "
                  "the body or close",
        .scope = SCOPE_ODD_AXIS(AXIS_FRAMING),
        .judge = judge_body_dropped,
        .run = run_framing_case,
        .program = 145,
    },
    {
        .id = "GB-HTTP-7",
        .strength = DERIVED,
        .source = "RFC 9112, sections 9.3 and 9.3.2",
        .statement = "On a kept connection every request has exactly one answer, in the order of "
                     "the requests, and on each of several connections its own.",
        .expect = "as many answers as requests, each for its own SIM and transaction id",
        .why = "Swapped answers on a shared connection show one subscriber the balance of another, "
               "and no status tells of it.",
        .likely = "requests of one connection are handled in parallel and answered as they are "
                  "ready; queue the answers; or what belongs to a request is kept in a variable "
                  "that all share",
        .judge = judge_one_answer,
        .run = run_pipeline,
        .program = 73,
    },
    {
        .id = "GB-HTTP-8",
        .strength = STANDARD,
        .source = "RFC 9110, section 15.5.15; RFC 6585, section 5",
        .statement = "Oversized targets and heads are refused with a status, not with a broken "
                     "connection or a server error.",
        .expect = "414 or 431, or 400",
        .why = "A reset without a status looks like a fault of the network: the caller repeats the "
               "huge request instead of mending it.",
        .likely = "a buffer limit ends in an exception or a reset; map it to 414 and 431",
        .scope = SCOPE_REFUSABLE,
        .judge = judge_oversized,
    },
    {
        .id = "GB-HTTP-9",
        .strength = DERIVED,
        .source = "RFC 9112, sections 8 and 9.5",
        .statement = "A request that is slow or cut on one connection does not keep those on other "
                     "connections from their answers.",
        .expect = "200 on the other connection, within the time for any answer",
        .why = "A few slow clients would stop the answers for all subscribers: an outage that "
               "costs an attacker next to nothing.",
        .likely = "one thread reads a request to its end before it looks at the next connection; "
                  "read without waiting, or with a thread each, and with a timeout",
        .run = run_beside,
        .program = 121,
    },
};

const struct family http_family = {"HTTP", rows, sizeof rows / sizeof rows[0]};

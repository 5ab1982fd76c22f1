// SPDX-License-Identifier: Apache-2.0
// Clauses on refusals: which statuses, what their bodies say.
#include "props/rule/families.h"
#include "props/rule/program.h"
#include "props/rule/splice.h"

enum {
    PARAMETER_AXES = 1 << AXIS_FIELDS | 1 << AXIS_LIMIT | 1 << AXIS_LOCATION,
    // Faults of the message itself: some servers close without a word.
    MESSAGE_AXES = 1 << AXIS_TXN | 1 << AXIS_HOST | 1 << AXIS_LINE | 1 << AXIS_FRAMING |
                   1 << AXIS_EXTRA | 1 << AXIS_METHOD,
};

static bool is_blamed(const struct exchange *x, enum axis axis, struct view name)
{
    return (x->intent->open_axes & AXIS_BIT(axis)) != 0 && names_parameter(x, name);
}

static struct verdict judge_blame(const struct exchange *x)
{
    static const char why[] = "a 400 does not say which parameter is wrong";
    if (x->status != 400 || !open_within(x, PARAMETER_AXES | 1 << AXIS_ROLE))
        return not_spoken();
    if ((x->intent->open_axes & PARAMETER_AXES) == 0)
        return not_spoken();
    consults(x, KEY_ERR_NAME);
    if (is_blamed(x, AXIS_FIELDS, VIEW("fieldsTemplate")) ||
        is_blamed(x, AXIS_LIMIT, VIEW("limit")) || is_blamed(x, AXIS_LOCATION, VIEW("location")))
        return pass();
    if (reads(x, KEY_ERR_NAME, READ_ERR_NAME_MUST))
        return (struct verdict){GRADE_FAIL, KEY_ERR_NAME, why};
    return tolerated(KEY_ERR_NAME, why);
}

static struct verdict judge_server_error(const struct exchange *x)
{
    if (x->fate == FATE_SILENT) {
        bool is_request = x->intent != NULL && (x->intent->open_axes & MESSAGE_AXES) == 0;
        return is_request ? fail("the connection is closed without an answer") : not_spoken();
    }
    if (!is_answered(x))
        return not_spoken();
    switch (x->status) {
    case 501:
    case 505:
        return pass();
    case 503:
    case 504:
        return info("the endpoint was not available");
    default:
        return x->status < 500 ? pass() : fail("a request provokes a server error");
    }
}

enum {
    TABLE_STATUSES = S200 | S201 | S400 | S401 | S403 | S404 | S409 | S429 | S500,
    HTTP_STATUSES = S301 | S405 | S408 | S411 | S413 | S414 | S431 | S501 | S503 | S505,
    // What common servers and gateways answer before the endpoint is asked.
    GATEWAY_STATUSES = S302 | S307 | S308 | S415 | S417 | S421 | S504,
};

static struct verdict judge_status(const struct exchange *x)
{
    if (x->fate == FATE_MALFORMED) {
        if (sense_is(x, AXIS_LINE, SENSE_LINE_VERSION))
            return not_spoken();
        if (sense_is(x, AXIS_LINE, SENSE_LINE_BLANK) && is_headless(x))
            return not_spoken();
        if (is_soft_echo(x)) // GB-HDR-4 tells
            return not_spoken();
        if (is_cut_refusal(x))
            return tolerated(KEY_NONE, "the end of a refusal was lost with its connection");
        enum bp_reason reason = x->fault.reason;
        if (reason == BP_REASON_HTTP_HEAD_LEN || reason == BP_REASON_HTTP_FIELD_COUNT)
            return info("the head of the answer is larger than is looked at");
        return fail("the answer is no whole HTTP response");
    }
    if (!is_answered(x))
        return not_spoken();
    status_set bit = status_bit(x->status);
    if ((bit & (TABLE_STATUSES | HTTP_STATUSES)) != 0)
        return pass();
    if ((bit & GATEWAY_STATUSES) != 0)
        return tolerated(KEY_NONE, "a status of servers and gateways that no table lists");
    return fail("a status that no table lists");
}

// What only the inside of a server looks like.
static const struct view traces[] = {
    VIEW_INIT("Traceback (most recent call"), // Python
    VIEW_INIT("\tat "),                       // Java
    VIEW_INIT("\\tat "),                      // the same three in a JSON string
    VIEW_INIT("\n   at "),                    // .NET
    VIEW_INIT("\\n   at "),
    VIEW_INIT("\n    at "), // JavaScript
    VIEW_INIT("\\n    at "),
    VIEW_INIT(".java:"),
    VIEW_INIT(".cs:line "),
    VIEW_INIT("goroutine "),
    VIEW_INIT("Stack trace:"), // PHP
    VIEW_INIT("Exception in thread"),
};
static const struct view statements[] = {
    VIEW_INIT("SELECT "), VIEW_INIT("INSERT INTO "), VIEW_INIT("SQLSTATE"),
    VIEW_INIT("ORA-0"),   VIEW_INIT("SQL syntax"),   VIEW_INIT("syntax error at or near"),
};
static const struct view paths[] = {
    VIEW_INIT("/usr/"), VIEW_INIT("/home/"), VIEW_INIT("/var/"), VIEW_INIT("/opt/"),
    VIEW_INIT("/srv/"), VIEW_INIT("C:\\"),   VIEW_INIT("c:\\"),  VIEW_INIT("D:\\"),
};

static bool has_any(struct view body, const struct view *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (view_find(body, words[i]) != body.len)
            return true;
    return false;
}

#define HAS_ANY(body, words) has_any(body, words, sizeof(words) / sizeof((words)[0]))

static bool has_other_sim(const struct exchange *x)
{
    for (enum role role = 0; role < ROLE_COUNT; role++) {
        struct view iccid = x->fixture->iccid[role];
        bool is_other = iccid.len != 0 && view_find(x->request, iccid) == x->request.len;
        if (is_other && view_find(x->body, iccid) != x->body.len)
            return true;
    }
    return false;
}

static struct verdict judge_cause(const struct exchange *x)
{
    const char *why = NULL;
    if (x->status != 500 || x->to_head)
        return not_spoken();
    if (x->body.len == 0)
        return tolerated(KEY_NONE, "a 500 does not say what went wrong");
    if (HAS_ANY(x->body, traces))
        why = "a 500 shows a stack trace";
    else if (HAS_ANY(x->body, statements))
        why = "a 500 shows a statement of the database";
    else if (HAS_ANY(x->body, paths))
        why = "a 500 shows a path of the server";
    else if (has_other_sim(x))
        why = "a 500 shows the id of another SIM";
    if (why == NULL)
        return pass();
    return reads(x, KEY_ERR_LEAK, READ_ERR_LEAK_WARN) ? tolerated(KEY_ERR_LEAK, why)
                                                      : fail_under(KEY_ERR_LEAK, why);
}

// While the back office is broken on purpose.
static struct verdict run_broken(struct trial *trial)
{
    struct intent plain;
    if (!plain_for_any(&plain, trial))
        return skip("no role of a known SIM");
    if (!trial_act(trial, &(struct bp_act){.hook = BP_HOOK_FAULT, .is_on = true}))
        return skip("the back office could not be broken");
    const struct exchange *x = ask(trial, 0, &plain);
    (void)trial_act(trial, &(struct bp_act){.hook = BP_HOOK_FAULT, .is_on = false});
    switch (x->status) {
    case 500:
        return judge_cause(x);
    case 200:
        return skip("a broken back office is not noticed");
    case 502:
    case 503:
    case 504:
        return info("a broken back office is not told with 500 but as unavailable");
    default:
        return not_spoken();
    }
}

static struct verdict judge_created(const struct exchange *x)
{
    if (!is_answered(x))
        return not_spoken();
    if (!is_to_get(x) && !x->to_head)
        return not_spoken();
    return x->status == 201 ? fail("a read is answered with 201") : pass();
}

static struct verdict judge_error_label(const struct exchange *x)
{
    if (x->status < 400 || x->body.len == 0)
        return not_spoken();
    return x->head.known_count[BP_KNOWN_CONTENT_TYPE] != 0
               ? pass()
               : info("the body of an error has no content type");
}

// The letters and digits between the tags are ours, so that a script of the page itself is not
// taken for an echo.
static const struct view markup = VIEW_INIT("<script>bp7q()</script>");

#define MARKUP_ENCODED "%3Cscript%3Ebp7q()%3C%2Fscript%3E"

static const struct view markup_places[] = {
    VIEW_INIT("?location=" MARKUP_ENCODED),
    VIEW_INIT("?limit=" MARKUP_ENCODED),
    VIEW_INIT("?fieldsTemplate=" MARKUP_ENCODED),
    VIEW_INIT("?" MARKUP_ENCODED "=1"),
    VIEW_INIT("/" MARKUP_ENCODED),
};

static bool is_shown_as_html(const struct exchange *x)
{
    struct view type = bp_head_known(&x->head, BP_KNOWN_CONTENT_TYPE);
    struct view html = VIEW("html");
    return type.len == 0 || view_find_nocase(type, html) < type.len;
}

static struct verdict run_markup(struct trial *trial)
{
    size_t place = choose(trial->choices, sizeof markup_places / sizeof markup_places[0]);
    struct intent intent;
    plain_for(&intent, ROLE_A);
    intent_close(&intent, &trial->world->fixture);
    struct buf *request = trial_request(trial, 0);
    intent_write(request, &intent, &trial->world->fixture, trial->serial++);
    size_t at = view_find(buf_view(request), VIEW(" HTTP/1.1\r\n"));
    if (at == request->len)
        return not_spoken();
    splice(request, at, markup_places[place]);
    const struct exchange *x = trial_send(trial, 0, NULL);
    if (!is_answered(x) || x->body.len == 0)
        return not_spoken();
    if (view_find(x->body, markup) == x->body.len)
        return pass();
    return is_shown_as_html(x) ? fail("markup of the request comes back in an HTML body") : pass();
}

static const struct clause rows[] = {
    {
        .id = "GB-ERR-1",
        .strength = SHOULD,
        .source = "prepaid experience, error codes, HTTP 400",
        .statement = "A 400 says in its body which parameter is wrong.",
        .expect = "400 with the wire name of the bad parameter in the body",
        .why = "A 400 without a name leaves the caller to halve its request again and again until "
               "the bad part is found.",
        .likely =
            "the text is hidden (Spring Boot, server.error.include-message) or replaced (IIS "
            "httpErrors, nginx proxy_intercept_errors); name the parameter and let the body pass",
        .scope = SCOPE_REFUSED,
        .judge = judge_blame,
        .keys = KEY_BIT(KEY_ERR_NAME),
    },
    {
        .id = "GB-ERR-2",
        .strength = SHOULD,
        .source = "prepaid experience, error codes, HTTP 500",
        .statement = "A 500 tells the cause where possible, in words that give nothing of the "
                     "inside away.",
        .expect = "a body with a cause, without stack trace, path, statement or other SIM's id",
        .why = "A stack trace shows paths, queries and versions to whoever provokes it; an empty "
               "500 gives support nothing to search for.",
        .likely = "the page for developers is on: UseDeveloperExceptionPage, Express without "
                  "NODE_ENV=production, PHP display_errors, Spring's include-stacktrace; answer a "
                  "code and a correlation id",
        .scope = SCOPE_FAILING,
        .judge = judge_cause,
        .run = run_broken,
        .program = 94,
        .hooks = BP_HOOK_BIT(BP_HOOK_FAULT),
    },
    {
        .id = "GB-ERR-3",
        .strength = DERIVED,
        .source = "prepaid experience, error codes, HTTP 500",
        .statement = "No request, however malformed, provokes a server error.",
        .expect =
            "an answer below 500, or 501 or 505 from the HTTP layer; 503 and 504 are reported",
        .why = "Each input that crashes a handler is a lever for an outage, and buries real faults "
               "among errors that clients caused.",
        .likely =
            "nobody catches what Int32.Parse, Integer.parseInt, Enum.valueOf, decodeURIComponent "
            "or a base64 decoder throws; validate first and map such exceptions to 400",
        .judge = judge_server_error,
    },
    {
        .id = "GB-ERR-4",
        .strength = MUST,
        .source = "prepaid experience, error codes",
        .statement = "Every answer has a status of the documents' table or one that HTTP itself "
                     "needs.",
        .expect = "200, 400, 401, 403, 404, 409, 429, 500; 301, 405, 408, 411, 413, 414, 431, 501, "
                  "503, 505",
        .why = "A caller built on the documented table has no branch for 402 or 204 and takes an "
               "ordinary case for a failure.",
        .likely = "bad input gives 422 (FastAPI, Laravel), null gives 204 (ASP.NET Core), or "
                  "billing code sets 402; map each result to a status of the table",
        .judge = judge_status,
    },
    {
        .id = "GB-ERR-5",
        .strength = DERIVED,
        .source = "prepaid experience, error codes, HTTP 201",
        .statement = "201 is for creations and never the answer to a read.",
        .expect = "any status but 201",
        .why = "A 201 tells logs, caches and callers that a mere look has created something, and "
               "retries then read like repeated orders.",
        .likely = "a helper for creations is used (Created() in ASP.NET, @ResponseStatus(CREATED) "
                  "on the controller); answer 200",
        .judge = judge_created,
    },
    {
        .id = "GB-ERR-6",
        .strength = DERIVED,
        .source = "prepaid experience, error codes",
        .statement = "The body of an error does not give the request's markup back as HTML.",
        .expect = "a content type, and no unescaped echo in an HTML body",
        .why = "Reflected markup runs in the browser of whoever opens such a link, under the "
               "operator's own host name.",
        .likely = "text is sent as text/html with the bad value inside (PHP echo, Express "
                  "res.send); answer JSON, or escape the value (htmlspecialchars)",
        .scope = SCOPE_REFUSED,
        .judge = judge_error_label,
        .run = run_markup,
        .program = 74,
    },
};

const struct family error_family = {"Errors", rows, sizeof rows / sizeof rows[0]};

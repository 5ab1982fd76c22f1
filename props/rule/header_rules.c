// SPDX-License-Identifier: Apache-2.0
// Clauses on the fields of request and answer, the transaction id above all.
#include "props/rule/families.h"
#include "props/rule/program.h"
#include "props/rule/splice.h"

static struct view echo_of(const struct exchange *x)
{
    return bp_head_known(&x->head, BP_KNOWN_TRANSACTION_ID);
}

static struct view sent_id(const struct exchange *x)
{
    const struct intent *intent = x->intent;
    size_t end = (size_t)intent->sent_id_at + intent->sent_id_len;
    if (intent->sent_id_len == 0 || end > x->request.len)
        return view_of(NULL, 0);
    return view_of(x->request.data + intent->sent_id_at, intent->sent_id_len);
}

static bool is_echoed(const struct exchange *x)
{
    struct view sent = sent_id(x);
    if (sent.len == 0 || x->head.known_count[BP_KNOWN_TRANSACTION_ID] != 1)
        return false;
    return view_equal(echo_of(x), sent);
}

static struct verdict judge_id_optional(const struct exchange *x)
{
    if (!sense_is(x, AXIS_TXN, SENSE_ABSENT) || !ordinary_but(x, AXIS_TXN))
        return not_spoken();
    if (x->status == 200)
        return pass();
    return x->status == 400 ? fail("a request without a transaction id is refused") : not_spoken();
}

static struct verdict run_id_optional(struct trial *trial)
{
    struct intent plain;
    if (!plain_for_any(&plain, trial))
        return skip("the fixture has no SIM");
    pick_good(&plain, trial, AXIS_FIELDS);
    struct intent other = plain;
    intent_set_sense(&other, AXIS_TXN, SENSE_ABSENT);
    return same_always(trial, &plain, &other, "the answer depends on having a transaction id");
}

static struct verdict judge_echo(const struct exchange *x)
{
    if (!sense_is(x, AXIS_TXN, SENSE_PLAIN) && !sense_is(x, AXIS_TXN, SENSE_TXN_NAME))
        return not_spoken();
    if (x->status != 200 || !x->intent->has_transaction_id)
        return not_spoken();
    consults(x, KEY_TXN_ECHO);
    if (is_echoed(x))
        return pass();
    const char *why = x->head.known_count[BP_KNOWN_TRANSACTION_ID] == 0
                          ? "the transaction id is not echoed"
                          : "the answer carries another transaction id";
    if (reads(x, KEY_TXN_ECHO, READ_TXN_ECHO_MUST))
        return (struct verdict){GRADE_FAIL, KEY_TXN_ECHO, why};
    return tolerated(KEY_TXN_ECHO, why);
}

static struct verdict run_echo(struct trial *trial)
{
    struct intent one;
    if (!plain_for_any(&one, trial))
        return skip("the fixture has no SIM");
    struct intent two = one;
    const struct exchange *first = ask(trial, 0, &one);
    const struct exchange *later = ask(trial, 1, &two);
    if (first->status != 200 || later->status != 200)
        return not_spoken();
    if (is_echoed(later))
        return pass();
    if (view_equal(echo_of(later), sent_id(first)))
        return fail("the transaction id of an earlier request comes back");
    return not_spoken();
}

static struct verdict judge_opaque(const struct exchange *x)
{
    enum { LONG_ID_LEN = 1024 };
    if (!sense_is(x, AXIS_TXN, SENSE_TXN_OPAQUE) || is_elsewhere(x))
        return not_spoken();
    if (x->status == 200) {
        struct view sent = sent_id(x);
        if (echo_of(x).len == 0 || sent.len == 0 || view_equal(echo_of(x), sent))
            return pass();
        static const char why[] = "an unusual transaction id comes back changed";
        if (reads(x, KEY_TXN_ECHO, READ_TXN_ECHO_MUST))
            return (struct verdict){GRADE_FAIL, KEY_TXN_ECHO, why};
        return tolerated(KEY_TXN_ECHO, why);
    }
    if (!alone(x, AXIS_TXN))
        return not_spoken();
    if (status_in(x->status, axis_row(AXIS_TXN, x->intent->row[AXIS_TXN])->refusals))
        return pass();
    if (x->fate == FATE_SILENT && sent_id(x).len > LONG_ID_LEN)
        return tolerated(KEY_NONE, "a long transaction id closes the connection");
    if (x->status > 400 && x->status < 500 && x->status != 404)
        return tolerated(KEY_NONE, "an unusual transaction id is refused with another status");
    return fail("an unusual transaction id breaks the answer");
}

static bool has_injected(const struct bp_head *head)
{
    for (unsigned i = 0; i < head->field_count; i++)
        if (view_equal_nocase(head->fields[i].name, VIEW("Set-Cookie")) &&
            view_equal(head->fields[i].value, VIEW("a=b")))
            return true;
    return false;
}

static struct verdict judge_injection(const struct exchange *x)
{
    if (x->fate == FATE_MALFORMED) {
        if (is_soft_echo(x))
            return tolerated(KEY_NONE, "a control octet is echoed that is none of CR, LF and NUL");
        enum bp_reason reason = x->fault.reason;
        if (reason == BP_REASON_HTTP_FIELD_VALUE || reason == BP_REASON_HTTP_LINE_END)
            return fail("a field of the answer holds a control character");
        return not_spoken();
    }
    bool is_tried = sense_is(x, AXIS_TXN, SENSE_TXN_INJECT) ||
                    sense_is(x, AXIS_TXN, SENSE_TXN_CONTROL) ||
                    sense_is(x, AXIS_TXN, SENSE_TXN_NUL);
    if (!is_tried || !is_answered(x))
        return not_spoken();
    return has_injected(&x->head) ? fail("the transaction id writes a field of its own") : pass();
}

static struct verdict judge_bad_field(const struct exchange *x)
{
    if (sense_is(x, AXIS_TXN, SENSE_TXN_NUL))
        return demand_refusal(x, AXIS_TXN, S400, "a field with a NUL is served");
    bool is_undecodable = sense_is(x, AXIS_AUTH, SENSE_AUTH_SYNTAX) &&
                          (x->intent->must_axes & AXIS_BIT(AXIS_AUTH)) != 0;
    if (!is_undecodable)
        return not_spoken();
    return demand_refusal(x, AXIS_AUTH, S400 | S401, "credentials that cannot be decoded serve");
}

static struct verdict judge_name_case(const struct exchange *x)
{
    bool is_other = sense_is(x, AXIS_TXN, SENSE_TXN_NAME);
    if (!is_other || !ordinary_but(x, AXIS_TXN))
        return not_spoken();
    return promise(x, S200, "a field name in another letter case is refused");
}

// The name of the field that no request can do without, as gateways from HTTP/2 write it.
static struct verdict run_lower_host(struct trial *trial, struct intent *plain)
{
    struct intent other = *plain;
    const struct exchange *first = ask(trial, 0, plain);
    if (!served(first))
        return not_spoken();
    struct buf *request = trial_request(trial, 1);
    intent_close(&other, &trial->world->fixture);
    intent_write(request, &other, &trial->world->fixture, trial->serial++);
    if (!splice_over(request, VIEW("\r\nHost:"), VIEW("\r\nhost:")))
        return not_spoken();
    const struct exchange *later = trial_send(trial, 1, &other);
    if (is_elsewhere(later))
        return not_spoken();
    return same_answer(first, later) ? pass()
                                     : fail("the answer depends on the letter case of host");
}

static struct verdict run_name_case(struct trial *trial)
{
    struct intent plain;
    if (!plain_for_any(&plain, trial))
        return skip("the fixture has no SIM");
    enum { ID, OTHERS, HOST, KIND_COUNT };
    struct intent other = plain;
    unsigned kind = choose(trial->choices, KIND_COUNT);
    if (kind == HOST)
        return run_lower_host(trial, &plain);
    if (kind == ID)
        pick_sense(&other, trial, AXIS_TXN, SENSE_TXN_NAME);
    else
        pick_sense(&other, trial, AXIS_FRAMING, SENSE_FRAMING_FIELDS);
    struct verdict out =
        same_always(trial, &plain, &other, "the answer depends on the letter case of field names");
    if (out.grade != GRADE_PASS)
        return out;
    return is_echoed(&trial->slots[0].exchange) == is_echoed(&trial->slots[1].exchange)
               ? out
               : fail("the echo depends on the letter case of field names");
}

// has_other_label says that one of several labels is none of JSON.
static bool has_other_label(const struct exchange *x)
{
    for (unsigned i = 0; i < x->head.field_count; i++)
        if (view_equal_nocase(x->head.fields[i].name, VIEW("Content-Type")) &&
            !type_is_json(x->head.fields[i].value))
            return true;
    return false;
}

static struct verdict judge_label(const struct exchange *x)
{
    if (x->status != 200)
        return not_spoken();
    if (x->head.known_count[BP_KNOWN_CONTENT_TYPE] > 1 && is_to_get(x) && has_other_label(x))
        return fail("the answer has two content types");
    if (says_json(x))
        return is_to_get(x) || x->to_head ? pass() : not_spoken();
    bool has_label = x->head.known_count[BP_KNOWN_CONTENT_TYPE] != 0;
    if (is_to_get(x))
        return fail(has_label ? "the content type is not application/json"
                              : "the answer has no content type");
    bool is_wrong_head = x->to_head && has_label;
    return is_wrong_head ? fail("the content type is not application/json") : not_spoken();
}

static const struct clause rows[] = {
    {
        .id = "GB-HDR-1",
        .strength = MAY,
        .source = "prepaid experience, headers",
        .statement = "A request may come with X-MS-DM-TransactionId or without it.",
        .expect = "the same answer either way",
        .why = "Demanding an optional field turns away callers and health checks that do not send "
               "it, although their request is complete.",
        .likely = "the field is required (Spring @RequestHeader is unless told, [Required], an "
                  "OpenAPI validator); make it optional",
        .scope = SCOPE_ORDINARY | SCOPE_ODD_AXIS(AXIS_TXN),
        .judge = judge_id_optional,
        .run = run_id_optional,
        .program = 65,
    },
    {
        .id = "GB-HDR-2",
        .strength = SHOULD,
        .source = "prepaid experience, headers and example 3",
        .statement = "The answer carries X-MS-DM-TransactionId with the value of the request.",
        .expect = "the same octets in the answer",
        .why = "Support matches both sides' logs by this value; a constant or missing echo leaves "
               "no way from a complaint to its request.",
        .likely = "the field is not copied, or a constant of an example is; copy the request's "
                  "value",
        .scope = SCOPE_SERVED,
        .judge = judge_echo,
        .run = run_echo,
        .program = 66,
        .keys = KEY_BIT(KEY_TXN_ECHO),
    },
    {
        .id = "GB-HDR-3",
        .strength = DERIVED,
        .source = "prepaid experience, examples 2 and 3",
        .statement = "The transaction id is opaque: plain, in straight or in curly quotes, long or "
                     "empty.",
        .expect = "200 or 400, and an echo that is unchanged",
        .why = "An endpoint that wants a GUID refuses the very ids the documents print, and a "
               "balance fails over a label.",
        .likely =
            "the id is parsed (Guid.Parse, UUID.fromString), or Kestrel reads UTF-8 and throws on "
            "writing non-ASCII (500); treat it as octets (Latin-1 both ways in Kestrel)",
        .scope = SCOPE_ODD_AXIS(AXIS_TXN),
        .judge = judge_opaque,
        .keys = KEY_BIT(KEY_TXN_ECHO),
    },
    {
        .id = "GB-HDR-4",
        .strength = STANDARD,
        .source = "RFC 9110, section 5.5",
        .statement = "Nothing in the transaction id puts CR, LF or NUL into the answer.",
        .expect = "400, or an echo without such octets",
        .why = "A line break in the echo lets a caller write fields of its own into the answer, "
               "cookies and second answers included.",
        .likely =
            "the value is percent-decoded or copied unchecked into the head; Node throws "
            "ERR_INVALID_CHAR then (500), C code writes it; refuse control characters with 400",
        .scope = SCOPE_MALFORMED | SCOPE_ODD_AXIS(AXIS_TXN),
        .judge = judge_injection,
    },
    {
        .id = "GB-HDR-5",
        .strength = MUST,
        .source = "prepaid experience, error codes, HTTP 400",
        .statement = "An invalid header field is refused.",
        .expect = "400; 401 for credentials that cannot be decoded",
        .why = "A malformed field that is dropped in silence leaves its sender believing that "
               "credentials or an id had counted.",
        .likely = "malformed fields are dropped silently; refuse the request",
        .scope = SCOPE_REFUSABLE,
        .judge = judge_bad_field,
    },
    {
        .id = "GB-HDR-6",
        .strength = STANDARD,
        .source = "RFC 9110, section 5.1",
        .statement = "Field names are read in any letter case.",
        .expect = "the same answer and echo for x-ms-dm-transactionid",
        .why = "HTTP libraries and proxies rewrite the casing of names; an exact match loses the "
               "id as soon as one stands in between.",
        .likely = "exact keys miss it: Node's req.headers is lower case, Go's Header map "
                  "canonical, PHP's getallheaders() as sent; use req.get(), Header.Get or "
                  "HTTP_X_MS_DM_TRANSACTIONID",
        .scope = SCOPE_ODD_AXIS(AXIS_TXN),
        .judge = judge_name_case,
        .run = run_name_case,
        .program = 67,
    },
    {
        .id = "GB-HDR-7",
        .strength = MUST,
        .source = "prepaid experience, examples 2 to 4",
        .statement = "A list of balances is labelled application/json.",
        .expect = "Content-Type: application/json, parameters allowed",
        .why = "Labelled text/html, markup in the data runs in a browser, and clients that choose "
               "a parser by label leave the JSON unread.",
        .likely =
            "no type is set: Express res.send of text and PHP say text/html, Go sniffs text/plain, "
            "nginx takes default_type; use res.json() or set application/json before the body",
        .scope = SCOPE_SERVED,
        .judge = judge_label,
    },
};

const struct family header_family = {"Headers", rows, sizeof rows / sizeof rows[0]};

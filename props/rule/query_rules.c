// SPDX-License-Identifier: Apache-2.0
// Clauses on the query as a whole.
#include "props/rule/facts.h"
#include "props/rule/families.h"
#include "props/rule/query_judges.h"

enum {
    PARAMETERS = 1 << AXIS_FIELDS | 1 << AXIS_LIMIT | 1 << AXIS_LOCATION,
    QUERY = PARAMETERS | 1 << AXIS_EXTRA | 1 << AXIS_ORDER,
    // What stands in front of the query: a server that cannot read it may hang up.
    HTTP = 1 << AXIS_HOST | 1 << AXIS_LINE | 1 << AXIS_FRAMING | 1 << AXIS_TXN,
    HTTP_TOLERATED =
        S403 | S405 | S408 | S409 | S411 | S413 | S414 | S415 | S417 | S421 | S431 | S501 | S505,
    MOVED = S301 | S302 | S307 | S308,
};

static bool is_long(const struct exchange *x)
{
    return sense_is(x, AXIS_EXTRA, SENSE_EXTRA_LONG) || sense_is(x, AXIS_EXTRA, SENSE_EXTRA_HUGE);
}

// asks_extra says that only what else stands in the query is odd, and that it has that sense.
static bool asks_extra(const struct exchange *x, enum sense sense)
{
    return sense_is(x, AXIS_EXTRA, sense) && ordinary_but(x, AXIS_EXTRA);
}

struct verdict weigh_stranger(const struct exchange *x, const char *refused, const char *ignored)
{
    const enum profile_key key = KEY_QUERY_UNKNOWN;
    if (x->status == 400) {
        if (reads(x, key, READ_QUERY_UNKNOWN_TOLERATE))
            return tolerated(key, refused);
        return reads(x, key, READ_QUERY_UNKNOWN_IGNORE) ? fail_under(key, refused) : pass();
    }
    if (x->status == 200 && reads(x, key, READ_QUERY_UNKNOWN_400))
        return fail_under(key, ignored);
    consults(x, key);
    return promise(x, S200, "an unknown parameter is neither ignored nor refused with 400");
}

static struct verdict judge_repeat(const struct exchange *x)
{
    bool is_twice = asks_extra(x, SENSE_EXTRA_TWICE) || asks_extra(x, SENSE_EXTRA_TWICE_BAD);
    if (!is_twice)
        return not_spoken();
    consults(x, KEY_QUERY_DUP);
    if (x->status == 200 && reads(x, KEY_QUERY_DUP, READ_QUERY_DUP_400))
        return fail_under(KEY_QUERY_DUP, "a repeated parameter is served");
    bool takes_one = reads(x, KEY_QUERY_DUP, READ_QUERY_DUP_FIRST) ||
                     reads(x, KEY_QUERY_DUP, READ_QUERY_DUP_LAST);
    if (x->status == 400 && takes_one && sense_is(x, AXIS_EXTRA, SENSE_EXTRA_TWICE))
        return fail_under(KEY_QUERY_DUP, "a repeated parameter is refused");
    return promise(x, S200 | S400, "a repeated parameter gives neither 200 nor 400");
}

static struct verdict judge_unknown(const struct exchange *x)
{
    if (!asks_extra(x, SENSE_EXTRA_UNKNOWN))
        return not_spoken();
    bool is_nothing = axis_row(AXIS_EXTRA, x->intent->row[AXIS_EXTRA])->text.len == 0;
    if (is_nothing && x->status == 200)
        return pass();
    return weigh_stranger(x, "an unknown parameter is refused", "an unknown parameter is ignored");
}

static struct verdict judge_name_case(const struct exchange *x)
{
    return asks_extra(x, SENSE_EXTRA_CASE)
               ? promise(x, S200 | S400, "a name in another letter case gives neither 200 nor 400")
               : not_spoken();
}

static struct verdict judge_percent(const struct exchange *x)
{
    if (sense_is(x, AXIS_ORDER, SENSE_ORDER_ENCODED) && ordinary_but(x, AXIS_ORDER))
        return may_be_unserved(x) ? not_spoken()
                                  : promise(x, S200, "an encoded good value is not served");
    if (!asks_extra(x, SENSE_EXTRA_ESCAPE))
        return not_spoken();
    if (x->status == 200)
        return tolerated(KEY_NONE, "a malformed percent sequence is read as it stands");
    return promise(x, S400, "a malformed percent sequence gives neither 400 nor 200");
}

static struct verdict judge_any_bad(const struct exchange *x)
{
    if (x->intent == NULL || (x->intent->must_axes & PARAMETERS) == 0)
        return not_spoken();
    if (!open_within(x, QUERY) || is_role(x, ROLE_N) || is_long(x) || !has_clear_query(x))
        return not_spoken();
    return promise(x, S400, "a request with a bad parameter is not answered with 400");
}

// names_word is names_parameter for a whole word: "limit" is not in "limited".
static bool names_word(const struct exchange *x, struct view word)
{
    struct view left = x->body;
    for (;;) {
        size_t at = view_find_nocase(left, word);
        if (at == left.len)
            return false;
        bool begins = at == 0 || !byte_is_letter(left.data[at - 1]);
        size_t end = at + word.len;
        bool ends = end == left.len || !byte_is_letter(left.data[end]);
        if (begins && ends)
            return true;
        left = view_from(left, end);
    }
}

// blames_good says that the body names a parameter that was sent and is good.
static bool blames_good(const struct exchange *x, enum axis bad)
{
    for (enum axis axis = AXIS_FIELDS; axis <= AXIS_LOCATION; axis++)
        if (axis != bad && !sense_is(x, axis, SENSE_ABSENT) &&
            names_word(x, view_of_text(axis_name(axis))))
            return true;
    return false;
}

static struct verdict weigh_blame(const struct exchange *x, enum axis bad)
{
    consults(x, KEY_ERR_NAME);
    if (names_parameter(x, view_of_text(axis_name(bad))))
        return pass();
    if (blames_good(x, bad))
        return fail("the 400 names a good parameter instead of the bad one");
    static const char why[] = "the 400 does not name the bad parameter";
    if (sense_is(x, AXIS_FIELDS, SENSE_FIELDS_BAD))
        return fail(why);
    return reads(x, KEY_ERR_NAME, READ_ERR_NAME_MUST) ? fail_under(KEY_ERR_NAME, why)
                                                      : tolerated(KEY_ERR_NAME, why);
}

static struct verdict judge_blame(const struct exchange *x)
{
    if (x->status != 400 || x->intent == NULL)
        return not_spoken();
    for (enum axis axis = AXIS_FIELDS; axis <= AXIS_LOCATION; axis++)
        if (x->open_axes == AXIS_BIT(axis))
            return weigh_blame(x, axis);
    return not_spoken();
}

// may_answer is the set of statuses with which any one of the defects may be answered. Where a
// clause about one defect tolerates more than the grammar's table, so does this; and where a
// parameter stands there twice, a good value may win.
static status_set may_answer(const struct exchange *x)
{
    unsigned open = x->open_axes;
    status_set set = x->intent->refusals;
    if ((open & AXIS_BIT(AXIS_FIELDS)) != 0)
        set |= S400;
    if (x->intent->must_axes == 0)
        set |= S200;
    if ((open & AXIS_BIT(AXIS_PATH)) != 0)
        set |= MOVED | S400 | S403 | S404 | S405 | S501;
    if ((open & AXIS_BIT(AXIS_SIM)) != 0)
        set |= MOVED | S400 | S403 | S404;
    if ((open & AXIS_BIT(AXIS_METHOD)) != 0)
        set |= S400 | S403 | S404 | S405 | S411 | S501;
    if (!has_clear_query(x) && (x->intent->must_axes & ~(unsigned)PARAMETERS) == 0)
        set |= S200;
    if ((open & HTTP) != 0)
        set |= HTTP_TOLERATED;
    if (sense_is(x, AXIS_LINE, SENSE_LINE_BLANK) || (open & AXIS_BIT(AXIS_HOST)) != 0)
        set |= S404;
    if (is_long(x))
        set |= S400 | S404 | S413 | S414 | S431;
    return set;
}

// has_bad_value says that one of the parameters has a value that is wrong in itself.
static bool has_bad_value(const struct exchange *x)
{
    for (enum axis axis = AXIS_FIELDS; axis <= AXIS_LOCATION; axis++)
        if (axis_row(axis, x->intent->row[axis])->must_refuse)
            return true;
    return false;
}

static bool is_not_supported(const struct exchange *x)
{
    return served(x) && x->balance_count != 0 && x->balances[0].kind == SEEN_NOTSUPPORTED;
}

static struct verdict judge_precedence(const struct exchange *x)
{
    if (x->intent == NULL || is_elsewhere(x) || is_late_slash(x))
        return not_spoken();
    unsigned open = x->open_axes;
    bool is_aside = is_role(x, ROLE_N) && (open & QUERY) != 0;
    bool has_several = (open & (open - 1)) != 0;
    if (!is_aside && !has_several)
        return not_spoken();
    if (x->status == 0)
        return (open & HTTP) != 0 || is_long(x) ? not_spoken()
                                                : fail("several defects get no HTTP response");
    if (is_aside && (x->intent->must_axes & ~(unsigned)QUERY) == 0 && x->status == 200)
        return is_not_supported(x) || !has_bad_value(x) || x->to_head
                   ? pass()
                   : fail("a NOTSUPPORTED SIM with a bad parameter is served as another type");
    return status_in(x->status, may_answer(x))
               ? pass()
               : fail("several defects are answered with a status that none of them has");
}

static struct verdict judge_long(const struct exchange *x)
{
    if (asks_extra(x, SENSE_EXTRA_LONG))
        return promise(x, S200 | S400, "a request line below 8,000 octets is not processed");
    if (!sense_is(x, AXIS_EXTRA, SENSE_EXTRA_HUGE) || !alone(x, AXIS_EXTRA))
        return not_spoken();
    if (x->fate == FATE_SILENT)
        return not_spoken();
    if (is_cut_refusal(x) && x->head.status < 500)
        return tolerated(KEY_NONE, "the end of the refusal was lost with its connection");
    if (x->status == 404 || x->status == 200)
        return tolerated(KEY_NONE, "a huge request line is answered with 404 or served");
    return promise(x, S400 | S413 | S414 | S431, "a huge request line is not refused with 414");
}

static const struct clause rows[] = {
    {
        .id = "GB-QRY-1",
        .strength = DERIVED,
        .source = "prepaid experience, query parameters",
        .statement = "The order of the parameters does not matter.",
        .expect = "equal answers to all orders",
        .why = "Query builders order names as they like; a server that reads by position loses "
               "parameters and never checks them.",
        .likely = "the query is matched with a regular expression (nginx $args rules) or read by "
                  "position; use the stack's parser (URLSearchParams, url.Values, getParameter)",
        .run = run_order,
        .program = 20,
    },
    {
        .id = "GB-QRY-2",
        .strength = DERIVED,
        .source = "prepaid experience, query parameters: silent about repetition",
        .statement = "A parameter given twice is refused, or one of its values is used for "
                     "everything.",
        .expect = "400, or 200 as with one good value",
        .why = "Where the first value is checked and the last one used, whoever appends a second "
               "value walks around the validation.",
        .likely =
            "the stacks differ: Java getParameter and Go Get take the first value, PHP the last, "
            "ASP.NET joins with a comma, Express makes an array; refuse a name given twice",
        .scope = SCOPE_ODD_AXIS(AXIS_EXTRA),
        .judge = judge_repeat,
        .run = run_repeat,
        .weigh = weigh_repeat,
        .program = 21,
        .keys = KEY_BIT(KEY_QUERY_DUP),
    },
    {
        .id = "GB-QRY-3",
        .strength = DERIVED,
        .source = "prepaid experience: silent; the portal page tells servers to ignore them",
        .statement = "Unknown parameters are ignored.",
        .expect = "200 with the same body; 400 is tolerated",
        .why = "A caller that adds an optional parameter would break every endpoint that refuses "
               "it, and all subscribers behind those.",
        .likely = "the parameters are bound to a strict model (Joi without allowUnknown, zod "
                  "strict(), a gateway's schema); let unknown names pass",
        .scope = SCOPE_ODD_AXIS(AXIS_EXTRA),
        .judge = judge_unknown,
        .run = run_unknown,
        .program = 22,
        .keys = KEY_BIT(KEY_QUERY_UNKNOWN),
    },
    {
        .id = "GB-QRY-4",
        .strength = DERIVED,
        .source = "prepaid experience, query parameters",
        .statement = "Parameter names are case-sensitive; in another case a name is unknown, or "
                     "means the same throughout.",
        .expect = "200; 400 where the value would be bad",
        .why = "If the check knows Limit and the code only limit, or the reverse, a bad value "
               "passes unseen under another casing.",
        .likely = "names are found in any letter case by ASP.NET, but not by Go, Node, PHP and "
                  "Java, so that check and use differ; read the value once and check what is used",
        .scope = SCOPE_ODD_AXIS(AXIS_EXTRA),
        .judge = judge_name_case,
        .run = run_name_case,
        .program = 23,
    },
    {
        .id = "GB-QRY-5",
        .strength = STANDARD,
        .source = "RFC 3986, section 2.1",
        .statement = "A percent sign without two hexadecimal digits is answered with 400, and "
                     "encoded good values count as plain ones.",
        .expect = "400; 200 for limit=%31; reading the octets as they stand is tolerated",
        .why = "A decoder that runs past a lone percent sign reads foreign memory or throws; one "
               "short URL then disturbs the service.",
        .likely = "the decoder throws (URLDecoder, decodeURIComponent) or reads behind the end of "
                  "the text; catch it and answer 400",
        .scope = SCOPE_ODD_AXIS(AXIS_ORDER) | SCOPE_ODD_AXIS(AXIS_EXTRA),
        .judge = judge_percent,
        .run = run_encoded_value,
        .program = 24,
        .keys = KEY_BIT(KEY_LOC_UNSERVED),
    },
    {
        .id = "GB-QRY-6",
        .strength = MUST,
        .source = "integration and prepaid experience, negative tests, item 4",
        .statement = "One bad parameter makes the answer 400, whatever the others are.",
        .expect = "400",
        .why = "Checks that stop early accept bad values in company, so tests of single parameters "
               "pass while combined calls go wrong.",
        .likely = "checks return at the first good parameter, sit inside the branch of another, or "
                  "come after an early answer; check all three before any look-up",
        .scope = SCOPE_REFUSABLE,
        .judge = judge_any_bad,
    },
    {
        .id = "GB-QRY-7",
        .strength = SHOULD,
        .source = "prepaid experience, error 400",
        .statement = "A 400 names the bad parameter and blames no good one.",
        .expect = "a body that mentions the bad parameter",
        .why = "Blaming the wrong parameter sends a developer to repair good code, while the real "
               "mistake stays where it is.",
        .likely = "all failures share one text; put the name of the parameter into it",
        .scope = SCOPE_REFUSED,
        .judge = judge_blame,
        .keys = KEY_BIT(KEY_ERR_NAME),
    },
    {
        .id = "GB-QRY-8",
        .strength = DERIVED,
        .source = "prepaid experience, errors: no order of checks is given",
        .statement = "Several defects in one request are answered as one of them, and always as "
                     "the same one.",
        .expect = "the status of one of the defects; constant for the same request",
        .why = "A status that changes between equal requests cannot be reproduced, so neither side "
               "can tell a repair from luck.",
        .likely = "checks run in parallel or in the order of a hash table; fix their order; where "
                  "one of the defects fails a clause alone, mend that first",
        .scope = SCOPE_REFUSABLE,
        .judge = judge_precedence,
        .run = run_steady,
        .program = STEADY_PROGRAM,
    },
    {
        .id = "GB-QRY-9",
        .strength = STANDARD,
        .source = "RFC 9110, section 4.1; RFC 9112, section 3",
        .statement = "Request lines of 8,000 octets are processed; longer ones may be refused with "
                     "414.",
        .expect = "200 or 400 up to 8,000 octets, 414, 400 or 431 above",
        .why = "A buffer of a kilobyte refuses legal calls as soon as parameters are added, and a "
               "careless one is overrun by a longer line.",
        .likely = "request filtering of IIS stops at maxQueryString 2048 (404.15), ASP.NET at "
                  "maxQueryStringLength 2048, others at a lowered buffer; allow request lines of "
                  "8,000 octets",
        .scope = SCOPE_ODD_AXIS(AXIS_EXTRA),
        .judge = judge_long,
    },
};

const struct family query_family = {"Query", rows, sizeof rows / sizeof rows[0]};

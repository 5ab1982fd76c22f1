// SPDX-License-Identifier: Apache-2.0
// Clauses on the parameter limit.
#include "props/rule/families.h"
#include "props/rule/program.h"

// asks_limit says that limit alone may be refused and that it has that sense.
static bool asks_limit(const struct exchange *x, enum sense sense)
{
    return sense_is(x, AXIS_LIMIT, sense) && is_single(x, AXIS_LIMIT);
}

static struct verdict judge_at_most(const struct exchange *x)
{
    if (!sense_is(x, AXIS_LIMIT, SENSE_LIMIT_GOOD) || !served(x) || !has_clear_query(x))
        return not_spoken();
    return x->balance_count <= (uint32_t)x->intent->limit
               ? pass()
               : fail("more balances than the limit are returned");
}

static struct verdict judge_negative(const struct exchange *x)
{
    return asks_limit(x, SENSE_LIMIT_NEGATIVE)
               ? promise(x, S400, "a negative limit is not answered with 400")
               : not_spoken();
}

static struct verdict judge_beyond(const struct exchange *x)
{
    return asks_limit(x, SENSE_LIMIT_BEYOND)
               ? promise(x, S400, "a limit beyond INT is not answered with 400")
               : not_spoken();
}

static struct verdict judge_in_range(const struct exchange *x)
{
    if (!sense_is(x, AXIS_LIMIT, SENSE_LIMIT_GOOD) || !is_ordinary(x) || may_be_unserved(x))
        return not_spoken();
    return promise(x, S200, "a limit in range is not served");
}

static struct verdict judge_not_integer(const struct exchange *x)
{
    return asks_limit(x, SENSE_LIMIT_BAD)
               ? promise(x, S400, "a limit that is no integer is not answered with 400")
               : not_spoken();
}

// -0 and 00 are refused for their spelling, or taken in spite of it.
static struct verdict weigh_odd_zero(const struct exchange *x)
{
    if (x->status == 200 && reads(x, KEY_LIMIT_SYNTAX, READ_LIMIT_SYNTAX_STRICT))
        return fail_under(KEY_LIMIT_SYNTAX, "a sign or leading zero is taken");
    if (x->status != 400)
        return not_spoken();
    bool is_wanted = reads(x, KEY_LIMIT_SYNTAX, READ_LIMIT_SYNTAX_NET) &&
                     reads(x, KEY_LIMIT_ZERO, READ_LIMIT_ZERO_EMPTY);
    return is_wanted ? fail_under(KEY_LIMIT_SYNTAX, "a sign or leading zero is refused") : pass();
}

static struct verdict judge_zero_limit(const struct exchange *x)
{
    if (!asks_limit(x, SENSE_LIMIT_ZERO))
        return not_spoken();
    if (!view_equal(axis_row(AXIS_LIMIT, x->intent->row[AXIS_LIMIT])->text, VIEW("=0"))) {
        struct verdict spelling = weigh_odd_zero(x);
        if (spelling.grade != GRADE_NONE)
            return spelling;
    }
    if (x->status == 200) {
        if (!x->has_list || x->balance_count != 0)
            return fail("limit=0 returns balances");
        return reads(x, KEY_LIMIT_ZERO, READ_LIMIT_ZERO_400)
                   ? fail_under(KEY_LIMIT_ZERO, "limit=0 is served")
                   : pass();
    }
    if (x->status == 400) {
        if (reads(x, KEY_LIMIT_ZERO, READ_LIMIT_ZERO_400))
            return pass();
        return reads(x, KEY_LIMIT_ZERO, READ_LIMIT_ZERO_EMPTY)
                   ? fail_under(KEY_LIMIT_ZERO, "limit=0 is refused")
                   : tolerated(KEY_LIMIT_ZERO, "limit=0 is refused");
    }
    return promise(x, S200 | S400, "limit=0 gives neither an empty list nor 400");
}

static struct verdict judge_lax(const struct exchange *x)
{
    if (!asks_limit(x, SENSE_LIMIT_LAX))
        return not_spoken();
    if (x->status == 200) {
        if (reads(x, KEY_LIMIT_SYNTAX, READ_LIMIT_SYNTAX_STRICT))
            return fail_under(KEY_LIMIT_SYNTAX, "a sign, blank or leading zero is taken");
        if (served(x) && x->balance_count > (uint32_t)x->intent->limit)
            return fail("a limit with sign, blank or leading zero counts for another number");
        return pass();
    }
    if (x->status == 400 && reads(x, KEY_LIMIT_SYNTAX, READ_LIMIT_SYNTAX_NET))
        return fail_under(KEY_LIMIT_SYNTAX, "a sign, blank or leading zero is refused");
    return promise(x, S400, "a sign, blank or leading zero gives neither 200 nor 400");
}

static struct verdict judge_empty_limit(const struct exchange *x)
{
    if (!asks_limit(x, SENSE_EMPTY))
        return not_spoken();
    consults(x, KEY_LIMIT_EMPTY);
    if (served(x) && x->balance_count == 0)
        return fail("an empty limit is taken as 0");
    if (x->status == 200)
        return reads(x, KEY_LIMIT_EMPTY, READ_LIMIT_EMPTY_TOLERATE)
                   ? tolerated(KEY_LIMIT_EMPTY, "an empty limit is taken as absent")
                   : fail_under(KEY_LIMIT_EMPTY, "an empty limit is taken as absent");
    return promise(x, S400, "an empty limit gives neither 400 nor 200");
}

static struct verdict judge_one_remains(const struct exchange *x)
{
    bool has_one = is_known_sim(x) && (is_role(x, ROLE_Z) || is_role(x, ROLE_N));
    if (!has_one || !sense_is(x, AXIS_LIMIT, SENSE_LIMIT_GOOD) || !is_good(x) || !served(x))
        return not_spoken();
    if (x->balance_count == 1)
        return pass();
    if (x->balance_count == 0 && is_role(x, ROLE_Z) &&
        !reads(x, KEY_ZERO_EMPTY, READ_ZERO_EMPTY_FAIL))
        return tolerated(KEY_ZERO_EMPTY, "the zero element is left out");
    return fail("with a limit, a zero or NOTSUPPORTED answer has not exactly one element");
}

static struct verdict run_all_without(struct trial *trial)
{
    struct intent without;
    if (!plain_for_any(&without, trial))
        return skip("no role of a known SIM");
    pick_good(&without, trial, AXIS_LOCATION);
    struct intent with = without;
    intent_set(&with, AXIS_LIMIT, row_of_text(AXIS_LIMIT, VIEW("=2147483647")));
    const struct exchange *all = ask(trial, 0, &without);
    const struct exchange *most = ask(trial, 1, &with);
    if (!served(all) || !served(most))
        return not_spoken();
    return all->balance_count == most->balance_count
               ? pass()
               : fail("without limit not all balances are returned");
}

// weigh_prefix judges that `part` is the first `limit` balances of `all`.
static struct verdict weigh_prefix(const struct exchange *all, const struct exchange *part,
                                   int32_t limit, const char *why)
{
    size_t count = all->balance_count;
    if (count > (uint32_t)limit)
        count = (uint32_t)limit;
    if (part->balance_count != count)
        return fail(why);
    for (size_t i = 0; i < seen_count(part); i++)
        if (!same_balance(all, part, i, i))
            return fail(why);
    return pass();
}

static struct verdict run_prefix(struct trial *trial, enum sense sense, const char *why)
{
    struct intent without;
    if (!plain_for_any(&without, trial))
        return skip("no role of a known SIM");
    struct intent with = without;
    pick_sense(&with, trial, AXIS_LIMIT, sense);
    pick_good(&without, trial, AXIS_LOCATION);
    intent_set(&with, AXIS_LOCATION, without.row[AXIS_LOCATION]);
    const struct exchange *all = ask(trial, 0, &without);
    if (!served(all))
        return not_spoken();
    const struct exchange *part = ask(trial, 1, &with);
    if (!served(part))
        return not_spoken();
    return weigh_prefix(all, part, part->intent->limit, why);
}

static struct verdict run_lax(struct trial *trial)
{
    return run_prefix(trial, SENSE_LIMIT_LAX,
                      "a limit with sign, blank or leading zero counts for another number");
}

static struct verdict run_first(struct trial *trial)
{
    return run_prefix(trial, SENSE_LIMIT_GOOD,
                      "a limited list is not the beginning of the unlimited one");
}

static const struct clause rows[] = {
    {
        .id = "GB-LIMIT-1",
        .strength = MUST,
        .source = "prepaid experience, query parameters, limit",
        .statement = "At most limit balances are returned.",
        .expect = "200 with no more elements than limit",
        .why = "A caller that asked for one balance and reads the last element it gets shows a "
               "plan that was not meant to be shown.",
        .likely =
            "the loop runs to <=, the extra row of a has-more query stays in, or the limit never "
            "reaches the query (Take, slice, setMaxResults); cut the finished list at limit",
        .scope = SCOPE_SERVED,
        .judge = judge_at_most,
    },
    {
        .id = "GB-LIMIT-2",
        .strength = MUST,
        .source = "prepaid experience, query parameters, limit",
        .statement = "Without limit all balances are returned.",
        .expect = "as many elements as with limit=2147483647",
        .why = "A hidden default of one or twenty keeps paid plans out of the answer, and the "
               "caller takes them for gone.",
        .likely =
            "a page size fills in where none is given (20 in Spring Data), or an absent int is "
            "bound to its default; make limit optional (int?, Integer) and read all without it",
        .run = run_all_without,
        .program = 13,
    },
    {
        .id = "GB-LIMIT-3",
        .strength = MUST,
        .source = "integration and prepaid experience, negative tests, item 3",
        .statement = "A negative limit is answered with 400.",
        .expect = "400",
        .why = "A cast to unsigned makes -1 the largest limit of all, and in SQL it may fail or "
               "return everything; either hides a broken caller.",
        .likely = "the number is cast to an unsigned type, or handed to SQL LIMIT; check for less "
                  "than zero",
        .scope = SCOPE_ODD_AXIS(AXIS_LIMIT),
        .judge = judge_negative,
    },
    {
        .id = "GB-LIMIT-4",
        .strength = MUST,
        .source = "integration and prepaid experience, negative tests, item 3",
        .statement = "A limit beyond a signed 32-bit integer is answered with 400.",
        .expect = "400",
        .why = "A wrapped limit silently answers another question: 4294967297 becomes 1, and all "
               "plans but the first vanish without an error.",
        .likely = "(int)strtol() or atoi() wraps, strtoul() saturates, JavaScript numbers hold "
                  "more; parse with a range check (Int32.TryParse, strconv.ParseInt with 32 bits)",
        .scope = SCOPE_ODD_AXIS(AXIS_LIMIT),
        .judge = judge_beyond,
    },
    {
        .id = "GB-LIMIT-5",
        .strength = MUST,
        .source = "integration and prepaid experience, negative tests, item 3",
        .statement = "Every integer from 1 to 2147483647 is a good limit.",
        .expect = "200",
        .why = "A private maximum breaks callers that send a large number to mean all, and fails "
               "an acceptance test for nothing.",
        .likely = "@Max or [Range] holds a page size, the bound is compared with >=, or limit + 1 "
                  "overflows at 2147483647 (C, Java, C#); accept the number and cut the list",
        .scope = SCOPE_ORDINARY,
        .judge = judge_in_range,
        .keys = KEY_BIT(KEY_LOC_UNSERVED),
    },
    {
        .id = "GB-LIMIT-6",
        .strength = MUST,
        .source = "integration and prepaid experience, negative tests, item 4",
        .statement = "A limit that is not an integer is answered with 400.",
        .expect = "400",
        .why = "Reading 1.0, 1e3 or 1;2 up to the first odd octet answers a question nobody asked, "
               "and lets the rest travel on unchecked.",
        .likely = "atoi(), strtol() without its end, parseInt() and PHP (int) stop at the first "
                  "odd octet, Number() takes 1e3 and 0x10, Java digits of any script, and Go's "
                  "URL.Query() drops a pair with a semicolon (url.ParseQuery tells); demand ASCII "
                  "digits throughout",
        .scope = SCOPE_ODD_AXIS(AXIS_LIMIT),
        .judge = judge_not_integer,
    },
    {
        .id = "GB-LIMIT-7",
        .strength = DERIVED,
        .source = "prepaid experience, query parameters, limit: silent about 0",
        .statement = "limit=0 asks for no balance and never returns one.",
        .expect = "200 with an empty list; 400 is tolerated",
        .why = "Where 0 means all, a caller that asks for nothing receives every plan of the "
               "subscriber: more personal data than it wanted.",
        .likely =
            "0 passes for absent (if (limit) in JavaScript, PHP empty(), the default int of Go and "
            "C#), so all come back; keep presence apart from value (int?, Integer, *int)",
        .scope = SCOPE_ODD_AXIS(AXIS_LIMIT),
        .judge = judge_zero_limit,
        .keys = KEY_BIT(KEY_LIMIT_ZERO) | KEY_BIT(KEY_LIMIT_SYNTAX),
    },
    {
        .id = "GB-LIMIT-8",
        .strength = DERIVED,
        .source = "prepaid experience, query parameters, limit: silent about signs and blanks",
        .statement = "A limit with a sign, blanks or leading zeros is refused or counts for that "
                     "integer.",
        .expect = "400, or 200 as with the plain number",
        .why = "Libraries disagree on +1 and 010; where check and conversion differ, an octal "
               "reading changes how many plans are returned.",
        .likely =
            "check and parser differ: Java and Go take +1, .NET blanks too, strtol with base 0 "
            "reads 010 as 8, and + may arrive as a blank; let one strict parser decide for both",
        .scope = SCOPE_ODD_AXIS(AXIS_LIMIT),
        .judge = judge_lax,
        .run = run_lax,
        .program = 14,
        .keys = KEY_BIT(KEY_LIMIT_SYNTAX),
    },
    {
        .id = "GB-LIMIT-9",
        .strength = DERIVED,
        .source = "integration and prepaid experience, negative tests, item 4: only location is "
                  "named as possibly empty",
        .statement = "A limit without a value is a bad limit.",
        .expect = "400; 200 as if absent is tolerated",
        .why = "Reading nothing as 0 gives an empty list with 200, so a variable lost by the "
               "caller looks like a subscriber without plans.",
        .likely =
            "nothing becomes 0 (JavaScript Number(), PHP (int), C atoi()) or throws "
            "(Integer.parseInt, Int32.Parse: 500); answer 400 to the empty text before converting",
        .scope = SCOPE_ODD_AXIS(AXIS_LIMIT),
        .judge = judge_empty_limit,
        .keys = KEY_BIT(KEY_LIMIT_EMPTY),
    },
    {
        .id = "GB-LIMIT-10",
        .strength = DERIVED,
        .source = "prepaid experience, Get Balance, Example 2",
        .statement = "A limited list is the beginning of the unlimited one.",
        .expect = "list(limit=k) equals the first k of list()",
        .why = "Cutting before filtering drops the plan that holds in the country asked for, and a "
               "traveller who has paid is shown nothing.",
        .likely = "the limit is applied before the location filter or before sorting; apply it "
                  "last",
        .run = run_first,
        .program = 15,
    },
    {
        .id = "GB-LIMIT-11",
        .strength = DERIVED,
        .source = "prepaid experience, error 200 and Example 4",
        .statement = "A limit does not suppress a zero or NOTSUPPORTED answer.",
        .expect = "200 with one element",
        .why = "The printed call has limit=1: if the zero element comes only without a limit, the "
               "flyout never learns that the SIM is empty.",
        .likely = "the zero or NOTSUPPORTED element is made up only where no limit is given, or "
                  "cut with the plans; build the list on one path and cut it last",
        .scope = SCOPE_ROLE(ROLE_Z) | SCOPE_ROLE(ROLE_N),
        .judge = judge_one_remains,
        .keys = KEY_BIT(KEY_ZERO_EMPTY),
    },
};

const struct family limit_family = {"Limit", rows, sizeof rows / sizeof rows[0]};

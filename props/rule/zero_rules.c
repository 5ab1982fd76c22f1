// SPDX-License-Identifier: Apache-2.0
// Clauses on the zero balance.
#include "props/rule/families.h"
#include "props/rule/measure.h"

static struct verdict judge_zero_balance(const struct exchange *x)
{
    if (!names_sim(x, ROLE_Z))
        return not_spoken();
    if (!served(x)) {
        bool is_refused = x->status == 404 || x->status == 204;
        return is_refused && is_good(x) ? fail("a SIM without balance is not answered with 200")
                                        : not_spoken();
    }
    consults(x, KEY_ZERO_EMPTY);
    if (x->balance_count == 0)
        return weigh_empty_list(x, "the list of a SIM without balance is empty");
    if (x->balance_count > 1)
        return fail("a SIM without balance has more than one element");
    const struct seen_balance *only = &x->balances[0];
    if (only->has_data && only->data_mb != 0)
        return fail("a SIM without balance has data left");
    if (only->has_time && !only->duration.is_zero)
        return fail("a SIM without balance has time left");
    return pass();
}

static bool is_minus(struct view number) { return number.len != 0 && number.data[0] == '-'; }

// weigh_zero_time judges how the duration of an element that has nothing left is written.
static struct verdict weigh_zero_time(const struct exchange *x, const struct seen_balance *b)
{
    if (!b->has_time)
        return b->time != NULL ? fail("a zero time is no duration") : not_spoken();
    if (!b->duration.is_zero)
        return not_spoken();
    consults(x, KEY_TIME_ZERO);
    if (view_equal(b->time->text, VIEW("PT0S")))
        return pass();
    if (reads(x, KEY_TIME_ZERO, READ_TIME_ZERO_EXACT))
        return (struct verdict){GRADE_FAIL, KEY_TIME_ZERO, "a zero time is not written PT0S"};
    return tolerated(KEY_TIME_ZERO, "a zero time is not written PT0S");
}

static struct verdict judge_zero_spelling(const struct exchange *x)
{
    if (!served(x))
        return not_spoken();
    struct verdict out = not_spoken();
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        bool has_nothing = b->kind == SEEN_NONE || b->kind == SEEN_NOTSUPPORTED;
        if (!has_nothing || !b->has_data || b->data_mb != 0)
            continue;
        struct verdict one = weigh_zero_time(x, b);
        if (one.grade == GRADE_PASS && is_minus(b->data->text))
            one = info("a zero amount has a minus sign");
        if (one.grade > out.grade)
            out = one;
    }
    return out;
}

static struct verdict judge_zero_alone(const struct exchange *x)
{
    if (!served(x) || x->balance_count == 0)
        return not_spoken();
    bool has_zero = false;
    bool has_more = false;
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        // A postpaid balance may say 0 without meaning that nothing is left (GB-TYPE-6).
        bool is_zero = is_zero_balance(b) && b->kind != SEEN_MODIRECT;
        has_zero = has_zero || is_zero;
        has_more = has_more || (b->has_data && b->data_mb > 0);
    }
    return has_zero && has_more ? fail("a zero element stands beside one with data left") : pass();
}

static const struct clause rows[] = {
    {
        .id = "GB-ZERO-1",
        .strength = MUST,
        .source = "prepaid experience, error codes, HTTP 200",
        .statement = "No balance is answered with 200 and an element that says data 0 and a time "
                     "of zero.",
        .expect = "200 with one element: data 0, PT0S",
        .why = "An empty list is read without any error and leaves the flyout blank: whoever has "
               "run out sees neither a zero nor an offer.",
        .likely = "an empty result is returned as it is, as 204 or as 404; put in one zero element",
        .roles = 1 << ROLE_Z,
        .scope = SCOPE_ROLE(ROLE_Z),
        .judge = judge_zero_balance,
        .keys = KEY_BIT(KEY_ZERO_EMPTY),
    },
    {
        .id = "GB-ZERO-2",
        .strength = DERIVED,
        .source = "prepaid experience, error codes, HTTP 200",
        .statement = "Zero is written as a number that is zero and as PT0S.",
        .expect = "0 or 0.0, and PT0S",
        .why = "A bare P or PT is refused by .NET as no duration, so the answers for empty SIMs "
               "fail while all the others work.",
        .likely = "moment and Java's Period print P0D, formatters made by hand drop every zero "
                  "part (PT); write PT0S where nothing is left",
        .scope = SCOPE_KIND(SEEN_NONE) | SCOPE_KIND(SEEN_NOTSUPPORTED),
        .judge = judge_zero_spelling,
        .keys = KEY_BIT(KEY_TIME_ZERO),
    },
    {
        .id = "GB-ZERO-3",
        .strength = DERIVED,
        .source = "prepaid experience, error codes, HTTP 200",
        .statement = "A zero element never stands beside an element with something left.",
        .expect = "all elements positive, or a zero element only",
        .why = "The flyout shows one balance only: a leftover zero in front hides a running plan "
               "and suggests buying it twice.",
        .likely = "the zero element is appended whether or not there are balances; append it only "
                  "to an empty list",
        .scope = SCOPE_SERVED,
        .judge = judge_zero_alone,
    },
};

const struct family zero_family = {"Zero balance", rows, sizeof rows / sizeof rows[0]};

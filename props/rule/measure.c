// SPDX-License-Identifier: Apache-2.0
#include "props/rule/measure.h"

static bool is_amount(const struct seen_balance *b)
{
    return b->kind != SEEN_MODIRECT && b->has_data;
}

double data_left_mb(const struct exchange *x)
{
    double sum_mb = 0;
    for (size_t i = 0; i < seen_count(x); i++)
        if (is_amount(&x->balances[i]))
            sum_mb += x->balances[i].data_mb;
    return sum_mb;
}

double data_least_mb(const struct exchange *x)
{
    double least_mb = 0;
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        bool is_less = b->data_mb > 0 && (least_mb == 0 || b->data_mb < least_mb);
        if (is_amount(b) && is_less)
            least_mb = b->data_mb;
    }
    return least_mb;
}

// Whole megabytes may be what is left of any amount.
static bool shows_parts(const struct exchange *x)
{
    static const double exact_max = 1e15;
    for (size_t i = 0; i < seen_count(x); i++) {
        double mb = x->balances[i].data_mb;
        if (is_amount(&x->balances[i]) && mb > 0 && mb < exact_max && mb != (double)(int64_t)mb)
            return true;
    }
    return false;
}

double data_slack_mb(const struct exchange *first, const struct exchange *later)
{
    static const double whole_mb = 1;
    static const double hundredth_mb = 0.01;
    double step_mb = shows_parts(first) || shows_parts(later) ? hundredth_mb : whole_mb;
    size_t count = seen_count(first) > seen_count(later) ? seen_count(first) : seen_count(later);
    return step_mb * (double)count;
}

static bool divides_all(const struct exchange *x, int64_t step_mb)
{
    static const double exact_max = 1e15;
    for (size_t i = 0; i < seen_count(x); i++) {
        double mb = x->balances[i].data_mb;
        if (!is_amount(&x->balances[i]) || mb <= 0)
            continue;
        if (mb >= exact_max || mb != (double)(int64_t)mb || (int64_t)mb % step_mb != 0)
            return false;
    }
    return true;
}

double data_step_mb(const struct exchange *x)
{
    static const int64_t steps_mb[] = {1024, 1000, 100};
    static const double slice_mb = 10;
    for (size_t i = 0; i < sizeof steps_mb / sizeof steps_mb[0]; i++)
        if (divides_all(x, steps_mb[i]))
            return (double)steps_mb[i];
    return slice_mb;
}

bool is_prepaid(const struct exchange *x)
{
    for (size_t i = 0; i < seen_count(x); i++)
        if (x->balances[i].kind == SEEN_MODIRECT)
            return false;
    return true;
}

uint64_t time_longest_s(const struct exchange *x)
{
    uint64_t longest_s = 0;
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        if (b->has_time && b->duration.whole_s > longest_s)
            longest_s = b->duration.whole_s;
    }
    return longest_s;
}

uint64_t time_most_s(const struct exchange *x)
{
    uint64_t most_s = 0;
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        if (b->has_time && b->duration.whole_s + answer_unit_s(b) > most_s)
            most_s = b->duration.whole_s + answer_unit_s(b);
    }
    return most_s;
}

static bool has_id(const struct seen_balance *b)
{
    return b->id != NULL && b->id->kind == BP_JSON_STRING;
}

size_t find_same(const struct exchange *first, size_t i, const struct exchange *later)
{
    size_t count = seen_count(later);
    if (!has_id(&first->balances[i]))
        return seen_count(first) == count ? i : count;
    for (size_t j = 0; j < count; j++)
        if (has_id(&later->balances[j]) &&
            view_equal(first->balances[i].id->text, later->balances[j].id->text))
            return j;
    return count;
}

struct verdict weigh_empty_list(const struct exchange *x, const char *why)
{
    if (!is_good(x))
        return not_spoken();
    if (reads(x, KEY_ZERO_EMPTY, READ_ZERO_EMPTY_OK))
        return pass();
    if (reads(x, KEY_ZERO_EMPTY, READ_ZERO_EMPTY_WARN))
        return tolerated(KEY_ZERO_EMPTY, why);
    return fail_under(KEY_ZERO_EMPTY, why);
}

static struct verdict weigh_unserved(const struct exchange *x)
{
    bool is_refused = x->status == 404 || x->status == 204;
    return is_refused && is_good(x) ? fail("a SIM with nothing left is not answered with 200")
                                    : not_spoken();
}

struct verdict weigh_nothing_left(const struct exchange *x, const char *why)
{
    if (!served(x))
        return weigh_unserved(x);
    if (x->balance_count == 0)
        return weigh_empty_list(x, "the list of a SIM with nothing left is empty");
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        bool has_data = b->has_data && b->data_mb != 0;
        bool has_time = b->has_time && !b->duration.is_zero;
        if (has_data || has_time)
            return fail(why);
    }
    return pass();
}

struct verdict weigh_type_none(const struct exchange *x, const char *why)
{
    for (size_t i = 0; served(x) && i < seen_count(x); i++)
        if (x->balances[i].kind != SEEN_NONE)
            return fail(why);
    return weigh_nothing_left(x, "a SIM of type NONE has something left");
}

struct verdict weigh_used_up(const struct exchange *x)
{
    if (!served(x))
        return weigh_unserved(x);
    if (x->balance_count == 0)
        return weigh_empty_list(x, "the list of a SIM whose data is used up is empty");
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        if (b->kind != SEEN_NONE)
            return fail("a SIM whose data is used up has another type than NONE");
        if (b->has_data && b->data_mb > 0)
            return fail("a SIM whose data is used up has data left");
    }
    return pass();
}

bool pick_prepaid(struct intent *out, struct trial *trial)
{
    enum role role = choose(trial->choices, 2) == 0 ? ROLE_A : ROLE_A1;
    plain_for(out, role);
    return trial_has(trial, role);
}

void set_country(struct intent *intent, const char *code)
{
    char space[4];
    struct buf text = BUF(space);
    buf_put_byte(&text, '=');
    buf_put_text(&text, code);
    intent_set(intent, AXIS_LOCATION, row_of_text(AXIS_LOCATION, buf_view(&text)));
}

enum look pick_look(struct intent *intent, struct trial *trial)
{
    enum look look = (enum look)choose(trial->choices, LOOK_COUNT);
    if (look == LOOK_FULL)
        intent_set_sense(intent, AXIS_FIELDS, SENSE_FIELDS_FULL);
    if (look == LOOK_LOCATED)
        set_country(intent, "US");
    return look;
}

const struct exchange *look_first(struct trial *trial, struct intent *intent, enum look look)
{
    enum { OFTEN_COUNT = 4 };
    const struct exchange *x = ask(trial, 0, intent);
    for (unsigned i = 1; look == LOOK_OFTEN && i < OFTEN_COUNT; i++)
        x = ask(trial, 0, intent);
    return x;
}

static struct view iccid_of(const struct trial *trial, const struct intent *whose)
{
    return trial->world->fixture.iccid[intent_role(whose)];
}

bool consume(struct trial *trial, const struct intent *whose, double mb)
{
    static const double most_mb = 1e9;
    const struct bp_act act = {
        .hook = BP_HOOK_CONSUME,
        .iccid = iccid_of(trial, whose),
        .bytes = (int64_t)((mb < most_mb ? mb : most_mb) * (double)MB_BYTES + 0.5)};
    return trial_act(trial, &act);
}

bool advance(struct trial *trial, uint64_t seconds)
{
    if (seconds > ADVANCE_S_MAX)
        return false;
    return trial_act(trial, &(struct bp_act){.hook = BP_HOOK_CLOCK, .ms = (int64_t)seconds * 1000});
}

bool buy(struct trial *trial, const struct intent *whose, double mb, uint64_t seconds,
         const char *country)
{
    char space[32];
    struct buf id = BUF(space);
    buf_put_text(&id, "bp-order-");
    buf_put_unsigned(&id, trial->serial);
    const struct bp_act act = {.hook = BP_HOOK_ORDER,
                               .iccid = iccid_of(trial, whose),
                               .bytes = (int64_t)mb * MB_BYTES,
                               .ms = (int64_t)seconds * 1000,
                               .is_payg = true,
                               .id = buf_view(&id),
                               .countries = view_of_text(country)};
    return trial_act(trial, &act);
}

bool turn(struct trial *trial, const struct intent *whose, enum bp_hook hook, bool is_on)
{
    const struct bp_act act = {.hook = hook, .iccid = iccid_of(trial, whose), .is_on = is_on};
    return trial_act(trial, &act);
}

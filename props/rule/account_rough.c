// SPDX-License-Identifier: Apache-2.0
#include "props/rule/account.h"
#include "props/rule/measure.h"

// By how much an amount may be rounded: to the step that it shows, which may be a gigabyte.
static int64_t step_bytes(int64_t bytes)
{
    static const int64_t decimal = INT64_C(1000) * MB_BYTES;
    static const int64_t binary = INT64_C(1024) * MB_BYTES;
    int64_t step = decimal;
    if (bytes != 0 && bytes % binary == 0)
        return binary;
    while (step > 1 && bytes % step != 0)
        step /= 10;
    return step;
}

static int64_t step_ms(const struct seen_balance *b) { return (int64_t)answer_unit_s(b) * 1000; }

// Only a list of plans that can be told apart is followed.
static bool is_followed(const struct exchange *x)
{
    if (x->balance_count > BP_PLAN_COUNT_MAX)
        return false;
    for (size_t i = 0; i < x->balance_count; i++) {
        const struct seen_balance *b = &x->balances[i];
        if (!account_is_plan(b) && b->kind != SEEN_NONE)
            return false;
        for (size_t j = 0; j < i && account_is_plan(b); j++)
            if (account_is_plan(&x->balances[j]) &&
                view_equal(x->balances[j].id->text, b->id->text))
                return false;
    }
    return true;
}

static struct account_plan *find_plan(struct account *account, const struct seen_balance *b)
{
    for (unsigned i = 0; i < account->plan_count; i++) {
        struct account_plan *plan = &account->plans[i];
        if (view_equal(view_of(plan->id, plan->id_len), b->id->text))
            return plan;
    }
    return NULL;
}

static void note_shown(struct account_plan *plan, const struct seen_balance *b)
{
    int64_t bytes = account_bytes(b);
    int64_t bytes_off = step_bytes(bytes);
    int64_t ms = (int64_t)b->duration.whole_s * 1000;
    int64_t ms_off = step_ms(b);
    plan->shown_bytes = bytes;
    plan->spent_bytes = 0;
    plan->shown_s = b->duration.whole_s;
    plan->shown_unit_s = answer_unit_s(b);
    if (plan->left_bytes > bytes + bytes_off)
        plan->left_bytes = bytes + bytes_off;
    if (plan->least_bytes < bytes - bytes_off)
        plan->least_bytes = bytes - bytes_off;
    if (plan->left_ms_max > ms + ms_off)
        plan->left_ms_max = ms + ms_off;
    if (plan->left_ms_min < ms - ms_off)
        plan->left_ms_min = ms - ms_off;
}

static void adopt(struct account *account, const struct exchange *x)
{
    account->plan_count = 0;
    account->is_known = true;
    for (size_t i = 0; i < x->balance_count; i++) {
        const struct seen_balance *b = &x->balances[i];
        if (!account_is_plan(b))
            continue;
        struct account_plan *plan = &account->plans[account->plan_count++];
        *plan = (struct account_plan){.id_len = (uint8_t)b->id->text.len,
                                      .is_payg = b->kind == SEEN_MODIRECTPAYG,
                                      .left_bytes = INT64_MAX,
                                      .left_ms_max = INT64_MAX,
                                      .left_ms_min = INT64_MIN};
        memcpy(plan->id, b->id->text.data, b->id->text.len);
        note_shown(plan, b);
    }
}

// A postpaid plan promises no amount.
static const char *see_data(const struct account_plan *plan, const struct seen_balance *b)
{
    int64_t bytes = account_bytes(b);
    int64_t off = step_bytes(bytes);
    if (!plan->is_payg)
        return NULL;
    if (bytes > plan->shown_bytes || bytes - off > plan->left_bytes)
        return "data rose without an order";
    return bytes + off < plan->least_bytes ? "data fell by more than was consumed" : NULL;
}

// A postpaid plan begins again with each month.
static const char *see_time(const struct account_plan *plan, const struct seen_balance *b)
{
    int64_t ms = (int64_t)b->duration.whole_s * 1000;
    uint64_t unit_s = answer_unit_s(b);
    unit_s = unit_s < plan->shown_unit_s ? unit_s : plan->shown_unit_s;
    if (!plan->is_payg)
        return NULL;
    if (b->duration.whole_s > plan->shown_s + unit_s)
        return "time rose without an order";
    return ms - step_ms(b) > plan->left_ms_max ? "time fell by less than has passed" : NULL;
}

static const char *see_listed(struct account *account, const struct exchange *x)
{
    for (size_t i = 0; i < x->balance_count; i++) {
        const struct seen_balance *b = &x->balances[i];
        if (!account_is_plan(b))
            continue;
        struct account_plan *plan = find_plan(account, b);
        if (plan == NULL)
            return "a plan is listed that nobody ordered";
        if (plan->is_payg != (b->kind == SEEN_MODIRECTPAYG))
            return "a plan changed its type";
        const char *why = see_data(plan, b);
        why = why == NULL ? see_time(plan, b) : why;
        if (why != NULL)
            return why;
        note_shown(plan, b);
        plan->is_seen = true;
    }
    return NULL;
}

static bool must_show(const struct account_plan *plan)
{
    return plan->is_payg && plan->left_ms_min > ACCOUNT_END_MS && plan->least_bytes > MB_BYTES;
}

static const char *see_missing(struct account *account)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < account->plan_count; i++) {
        if (!account->plans[i].is_seen && must_show(&account->plans[i]))
            return "a plan is missing before its end";
        if (account->plans[i].is_seen)
            account->plans[kept++] = account->plans[i];
    }
    account->plan_count = kept;
    return NULL;
}

const char *account_see_roughly(struct account *account, const struct exchange *x, bool is_whole)
{
    bool is_out = account->role == ROLE_U || account->role == ROLE_N;
    if (is_out || account->is_lost || !served(x) || x->balance_count == 0)
        return NULL;
    if (account->has_micro && reads(x, KEY_MICRO, READ_MICRO_OFF))
        return NULL;
    if (account->in_garden)
        return all_zero(x) ? NULL : "something is left in the walled garden";
    if (account->has_micro)
        return all_zero(x) ? NULL : "something is left beside a microbalance";
    account->is_lost = !is_followed(x);
    if (account->is_lost)
        return NULL;
    if (!account->is_known) {
        if (is_whole)
            adopt(account, x);
        return NULL;
    }
    for (unsigned i = 0; i < account->plan_count; i++)
        account->plans[i].is_seen = false;
    const char *why = see_listed(account, x);
    return why == NULL && is_whole ? see_missing(account) : why;
}

// Nobody knows which plan pays. How much it pays at most nobody has promised (GB-STATE-3), and the
// last slice of a quota may be booked when it is used up.
bool account_consume_roughly(struct account *account, int64_t bytes)
{
    static const int64_t slice_bytes = INT64_C(10) * MB_BYTES;
    bool may_end = false;
    for (unsigned i = 0; i < account->plan_count; i++) {
        struct account_plan *plan = &account->plans[i];
        plan->least_bytes = 0;
        plan->spent_bytes += bytes;
        may_end = may_end || plan->spent_bytes >= plan->shown_bytes - step_bytes(plan->shown_bytes);
    }
    if (account->plan_count != 1 || bytes <= slice_bytes)
        return may_end;
    struct account_plan *only = &account->plans[0];
    int64_t sure_bytes = bytes - slice_bytes;
    only->left_bytes = sure_bytes < only->left_bytes ? only->left_bytes - sure_bytes : 0;
    return may_end;
}

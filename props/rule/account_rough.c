// SPDX-License-Identifier: Apache-2.0
#include "props/rule/account.h"
#include "props/rule/measure.h"

enum {
    STEP_MS_MIN = 1000,
    END_MS = 60000, // who rounds down, or is a moment ahead, may leave a plan out that early
};

// By how much an amount may be rounded: to hundredths of a megabyte, or to the step that it shows.
static int64_t step_bytes(int64_t bytes)
{
    int64_t step = MB_BYTES;
    while (step > 1 && bytes % step != 0)
        step /= 10;
    return step;
}

static int64_t step_ms(const struct seen_balance *b)
{
    return (int64_t)answer_unit_s(b->time->text) * STEP_MS_MIN;
}

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
    plan->shown_s = b->duration.whole_s;
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

static const char *see_time(const struct account_plan *plan, const struct seen_balance *b)
{
    int64_t ms = (int64_t)b->duration.whole_s * 1000;
    if (b->duration.whole_s > plan->shown_s)
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
    return plan->left_ms_min > END_MS && (!plan->is_payg || plan->least_bytes > MB_BYTES);
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

// Nobody knows which plan pays, and many operators charge by blocks.
void account_consume_roughly(struct account *account, int64_t bytes)
{
    enum { BLOCK_BYTES = MB_BYTES };
    for (unsigned i = 0; i < account->plan_count; i++) {
        int64_t least = account->plans[i].least_bytes - BLOCK_BYTES;
        account->plans[i].least_bytes = bytes < least ? least - bytes : 0;
    }
    if (account->plan_count != 1)
        return;
    struct account_plan *only = &account->plans[0];
    only->left_bytes = bytes < only->left_bytes ? only->left_bytes - bytes : 0;
}

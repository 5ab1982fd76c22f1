// SPDX-License-Identifier: Apache-2.0
#include "props/rule/account.h"

#include "props/rule/facts.h"

void account_init(struct account *account, enum role role, bool is_exact)
{
    memset(account, 0, sizeof *account);
    account->role = role;
    account->is_exact = is_exact;
    account->in_garden = role == ROLE_W;
    account->has_micro = role == ROLE_B;
}

// see_zero judges an answer that has to be one element with nothing left.
static const char *see_zero(const struct exchange *x, enum seen_type kind, const char *why)
{
    bool is_zero = x->balance_count == 1 && x->balances[0].kind == kind;
    return is_zero && is_zero_balance(&x->balances[0]) ? NULL : why;
}

int64_t account_bytes(const struct seen_balance *b)
{
    return b->data_mb > 0 && b->data_mb < 1e12 ? (int64_t)(b->data_mb * 1e6 + 0.5) : 0;
}

bool account_is_plan(const struct seen_balance *b)
{
    bool is_kind = b->kind == SEEN_MODIRECT || b->kind == SEEN_MODIRECTPAYG;
    return is_kind && b->has_data && b->has_time && b->id != NULL &&
           b->id->kind == BP_JSON_STRING && b->id->text.len <= BP_BALANCE_ID_LEN_MAX;
}

static bool is_same(const struct account_plan *plan, const struct seen_balance *b)
{
    return view_equal(view_of(plan->id, plan->id_len), b->id->text);
}

// must_show says that a plan has to be listed: below a second an endpoint may call it expired.
static bool must_show(const struct account_plan *plan)
{
    bool has_data = !plan->is_payg || plan->left_bytes > 0;
    return has_data && plan->left_ms_min >= 1000;
}

// see_plan compares an element with the plan that it is about, and narrows the plan's time.
static const char *see_plan(struct account_plan *plan, const struct seen_balance *b)
{
    int64_t bytes = account_bytes(b);
    int64_t time_ms = (int64_t)b->duration.whole_s * 1000;
    if (plan->is_payg != (b->kind == SEEN_MODIRECTPAYG))
        return "a plan changed its type";
    if (bytes > plan->left_bytes)
        return "data rose without an order";
    if (bytes < plan->left_bytes)
        return "data fell by more than was consumed";
    if (time_ms > plan->left_ms_max)
        return "time fell by less than has passed";
    if (time_ms + 999 < plan->left_ms_min)
        return "time fell by more than has passed";
    if (plan->left_ms_min < time_ms)
        plan->left_ms_min = time_ms;
    if (plan->left_ms_max > time_ms + 999)
        plan->left_ms_max = time_ms + 999;
    return NULL;
}

// keep_promises looks for the plans that were ordered before anything else was known.
static const char *keep_promises(struct account *account, const struct exchange *x)
{
    for (unsigned i = 0; i < account->plan_count; i++) {
        const struct seen_balance *found = NULL;
        for (size_t j = 0; j < x->balance_count && j < BP_PLAN_COUNT_MAX; j++)
            if (account_is_plan(&x->balances[j]) && is_same(&account->plans[i], &x->balances[j]))
                found = &x->balances[j];
        if (found == NULL && must_show(&account->plans[i]))
            return "a plan is missing before its end";
        const char *why = found == NULL ? NULL : see_plan(&account->plans[i], found);
        if (why != NULL)
            return why;
    }
    return NULL;
}

// adopt takes the first whole answer as it is.
static const char *adopt(struct account *account, const struct exchange *x)
{
    const char *why = keep_promises(account, x);
    if (why != NULL)
        return why;
    account->plan_count = 0;
    account->is_known = true;
    if (x->balance_count == 1 && x->balances[0].kind == SEEN_NONE)
        return see_zero(x, SEEN_NONE, "an element of type NONE has something left");
    if (x->balance_count == 0 || x->balance_count > BP_PLAN_COUNT_MAX)
        return "a list has no element or too many";
    for (size_t i = 0; i < x->balance_count; i++) {
        const struct seen_balance *b = &x->balances[i];
        if (!account_is_plan(b))
            return "an element is neither a plan nor the only one";
        struct account_plan *plan = &account->plans[account->plan_count++];
        memset(plan->id, 0, sizeof plan->id);
        memcpy(plan->id, b->id->text.data, b->id->text.len);
        plan->id_len = (uint8_t)b->id->text.len;
        plan->is_payg = b->kind == SEEN_MODIRECTPAYG;
        plan->left_bytes = account_bytes(b);
        plan->left_ms_min = (int64_t)b->duration.whole_s * 1000;
        plan->left_ms_max = plan->left_ms_min + 999;
    }
    return NULL;
}

// see_plans walks list and plans side by side. A plan that a whole list does not show has ended.
static const char *see_plans(struct account *account, const struct exchange *x, bool is_whole)
{
    unsigned at = 0;
    unsigned kept = 0;
    for (size_t i = 0; i <= x->balance_count; i++) {
        bool is_end = i == x->balance_count;
        if (!is_end && !account_is_plan(&x->balances[i]))
            return "an element is neither a plan nor the only one";
        while (at < account->plan_count &&
               (is_end || !is_same(&account->plans[at], &x->balances[i]))) {
            if (is_whole && must_show(&account->plans[at]))
                return "a plan is missing before its end";
            if (!is_whole)
                account->plans[kept++] = account->plans[at];
            at++;
        }
        if (is_end)
            break;
        if (at == account->plan_count)
            return "a plan is listed that nobody ordered, or in another place";
        const char *why = see_plan(&account->plans[at], &x->balances[i]);
        if (why != NULL)
            return why;
        account->plans[kept++] = account->plans[at++];
    }
    account->plan_count = kept;
    return NULL;
}

const char *account_see(struct account *account, const struct exchange *x, bool is_whole)
{
    bool is_refused = x->status == 429 || (x->status == 500 && x->is_broken);
    bool is_stale = x->is_broken && !account->is_exact; // a gateway may serve what it kept
    if (is_refused || is_stale)
        return NULL;
    if (!account->is_exact)
        return account_see_roughly(account, x, is_whole);
    if (account->role == ROLE_U)
        return x->status == 404 ? NULL : "an unknown SIM was not answered with 404";
    if (x->status != 200 || !x->has_list)
        return "a good request for a known SIM was not answered with a list";
    if (account->role == ROLE_N)
        return see_zero(x, SEEN_NOTSUPPORTED, "a SIM that takes no part is told something else");
    if (account->in_garden)
        return see_zero(x, SEEN_NONE, "something is left in the walled garden");
    if (account->has_micro)
        return see_zero(x, SEEN_NONE, "something is left beside a microbalance");
    if (!account->is_known)
        return is_whole ? adopt(account, x) : NULL;
    if (x->balance_count != 1 || x->balances[0].kind != SEEN_NONE)
        return see_plans(account, x, is_whole);
    for (unsigned i = 0; is_whole && i < account->plan_count; i++)
        if (must_show(&account->plans[i]))
            return "a plan is missing before its end";
    if (is_whole)
        account->plan_count = 0;
    return see_zero(x, SEEN_NONE, "an element of type NONE has something left");
}

// forget leaves an account of which nothing is certain.
static void forget(struct account *account)
{
    account->is_known = false;
    account->plan_count = 0;
}

void account_consume(struct account *account, int64_t bytes)
{
    if (!account->is_exact) {
        if (account_consume_roughly(account, bytes))
            forget(account);
        return;
    }
    if (!account->is_known)
        forget(account);
    for (unsigned i = 0; i < account->plan_count; i++) {
        struct account_plan *plan = &account->plans[i];
        // Whether it has ended cannot be told: neither can who paid.
        if (plan->left_ms_min < 1000) {
            forget(account);
            return;
        }
        int64_t part = bytes < plan->left_bytes ? bytes : plan->left_bytes;
        plan->left_bytes -= part;
        bytes -= part;
    }
}

void account_advance(struct account *account, int64_t ms)
{
    bool may_end = false;
    for (unsigned i = 0; i < account->plan_count; i++) {
        account->plans[i].left_ms_min -= ms;
        account->plans[i].left_ms_max -= ms;
        may_end = may_end || account->plans[i].left_ms_min <= ACCOUNT_END_MS;
    }
    // Behind a plan that ends, one that was bought before may begin.
    if (!account->is_exact && may_end)
        forget(account);
    unsigned kept = 0;
    for (unsigned i = 0; i < account->plan_count; i++)
        if (account->plans[i].left_ms_max > 0)
            account->plans[kept++] = account->plans[i];
    account->plan_count = kept;
}

void account_order(struct account *account, const struct bp_act *act)
{
    // Whether an order sets free, and whether it adds to a plan or makes one, is the operator's.
    account->is_lost = !account->is_exact && (account->in_garden || account->has_micro);
    account->in_garden = false;
    account->has_micro = false;
    if (account->plan_count == BP_PLAN_COUNT_MAX || !account->is_exact) {
        forget(account);
        return;
    }
    struct account_plan *own = &account->plans[account->plan_count++];
    memcpy(own->id, act->id.data, act->id.len);
    own->id_len = (uint8_t)act->id.len;
    own->is_payg = act->is_payg;
    own->left_bytes = act->bytes;
    own->left_ms_min = own->left_ms_max = act->ms;
}

// SPDX-License-Identifier: Apache-2.0
#include "props/run/roles.h"

#include "props/rule/facts.h"

enum { ACTIVE_COUNT_OF_A = 2, COUNTRY_LEN = 2 };

#define KIND_BIT(kind) (1u << (kind))

static const struct {
    const char *claim;
    unsigned blamed; // kinds that blame the set-up
} claims[ROLE_COUNT] = {
    [ROLE_A] = {"two active balances in the US", KIND_BIT(KIND_UNKNOWN) | KIND_BIT(KIND_NOTHING) |
                                                     KIND_BIT(KIND_POSTPAID) |
                                                     KIND_BIT(KIND_NO_PART)},
    [ROLE_A1] = {"an active balance in the US and nowhere else",
                 KIND_BIT(KIND_UNKNOWN) | KIND_BIT(KIND_NOTHING) | KIND_BIT(KIND_POSTPAID) |
                     KIND_BIT(KIND_NO_PART)},
    [ROLE_P] = {"postpaid, MODIRECT", KIND_BIT(KIND_UNKNOWN) | KIND_BIT(KIND_NOTHING) |
                                          KIND_BIT(KIND_ACTIVE) | KIND_BIT(KIND_NO_PART)},
    [ROLE_Z] = {"no balance anywhere", KIND_BIT(KIND_ACTIVE)},
    [ROLE_X] = {"data used up", KIND_BIT(KIND_ACTIVE)},
    [ROLE_E] = {"plan expired", KIND_BIT(KIND_ACTIVE)},
    [ROLE_W] = {"confined to the walled garden", 0},
    [ROLE_B] = {"a microbalance granted", 0},
    [ROLE_N] = {"taking no part, NOTSUPPORTED", 0},
    [ROLE_U] = {"unknown to the operator", 0},
};

const char *role_claim_words(enum role role) { return claims[role].claim; }

const char *role_kind_words(enum role_kind kind)
{
    static const char *const words[KIND_COUNT] = {
        [KIND_UNCLEAR] = "nothing that could be understood",
        [KIND_ACTIVE] = "a SIM with an active balance",
        [KIND_POSTPAID] = "a postpaid SIM",
        [KIND_NOTHING] = "a SIM without a balance",
        [KIND_NO_PART] = "a SIM that takes no part",
        [KIND_UNKNOWN] = "a SIM that the operator does not know",
    };
    return words[kind];
}

static bool is_active(const struct seen_balance *b)
{
    return b->kind == SEEN_MODIRECTPAYG && b->has_data && b->data_mb > 0 && b->has_time &&
           !b->duration.is_zero;
}

static size_t count_active(const struct exchange *x)
{
    size_t count = 0;
    for (size_t i = 0; i < seen_count(x); i++)
        count += is_active(&x->balances[i]);
    return count;
}

static bool all_are(const struct exchange *x, enum seen_type kind)
{
    for (size_t i = 0; i < seen_count(x); i++)
        if (x->balances[i].kind != kind)
            return false;
    return x->balance_count != 0;
}

static enum role_kind kind_of(const struct exchange *x)
{
    if (x->status == 404)
        return KIND_UNKNOWN;
    if (!served(x))
        return KIND_UNCLEAR;
    if (count_active(x) != 0)
        return KIND_ACTIVE;
    if (all_are(x, SEEN_MODIRECT))
        return KIND_POSTPAID;
    if (all_are(x, SEEN_NOTSUPPORTED))
        return KIND_NO_PART;
    bool is_nothing = all_are(x, SEEN_NONE) && x->balance_count == 1;
    return is_nothing && is_zero_balance(&x->balances[0]) ? KIND_NOTHING : KIND_UNCLEAR;
}

// Whether an element lists a country other than the US, written as a code.
static bool lists_elsewhere(const struct exchange *x)
{
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct bp_json_node *list = x->balances[i].locations;
        if (list == NULL || list->kind != BP_JSON_ARRAY)
            continue;
        for (const struct bp_json_node *n = bp_json_first(list); n != NULL;
             n = bp_json_next(x->nodes, list, n))
            if (n->kind == BP_JSON_STRING && n->text.len == COUNTRY_LEN &&
                !view_equal_nocase(n->text, VIEW("US")))
                return true;
    }
    return false;
}

static bool is_as_claimed(const struct exchange *x, enum role role, enum role_kind kind)
{
    switch (role) {
    case ROLE_A:
        return kind == KIND_ACTIVE && count_active(x) >= ACTIVE_COUNT_OF_A;
    case ROLE_A1:
        return kind == KIND_ACTIVE && !lists_elsewhere(x);
    case ROLE_P:
        return kind == KIND_POSTPAID;
    case ROLE_N:
        return kind == KIND_NO_PART;
    case ROLE_U:
        return kind == KIND_UNKNOWN;
    default:
        return kind == KIND_NOTHING;
    }
}

struct role_row roles_judge(const struct exchange *x, enum role role)
{
    enum role_kind kind = kind_of(x);
    struct role_row row = {ROLE_OTHERWISE, kind, x->status};
    bool is_elsewhere_too = role == ROLE_A1 && kind == KIND_ACTIVE;
    if (is_as_claimed(x, role, kind))
        row.state = ROLE_AS_CLAIMED;
    else if ((claims[role].blamed & KIND_BIT(kind)) != 0 || is_elsewhere_too)
        row.state = ROLE_TAKEN_OUT;
    return row;
}

const struct exchange *roles_look(struct roles *out, struct trial *trial, enum role role)
{
    // An endpoint that fails on one of the two may still show its SIM by the other.
    static const enum sense ways[2] = {SENSE_FIELDS_FULL, SENSE_ABSENT};
    const struct exchange *x = NULL;
    for (size_t i = 0; i < 2; i++) {
        struct intent intent;
        intent_plain(&intent);
        intent_set(&intent, AXIS_ROLE, role);
        intent_set_sense(&intent, AXIS_FIELDS, ways[i]);
        intent_close(&intent, &trial->world->fixture);
        x = trial_ask(trial, 0, &intent);
        struct role_row row = roles_judge(x, role);
        out->saw_200 = out->saw_200 || x->status == 200;
        bool is_better =
            i == 0 || row.state == ROLE_AS_CLAIMED || out->rows[role].kind == KIND_UNCLEAR;
        if (is_better)
            out->rows[role] = row;
        if (row.state == ROLE_AS_CLAIMED)
            break;
    }
    return x;
}

// SPDX-License-Identifier: Apache-2.0
// Clauses on the state over time: consumption, orders, the clock, the walled garden.
#include "props/rule/families.h"
#include "props/rule/measure.h"
#include "props/rule/sequence.h"
#include "props/rule/state_programs.h"
#include "props/rule/together.h"

static struct verdict judge_garden(const struct exchange *x)
{
    return names_sim(x, ROLE_W)
               ? weigh_nothing_left(x, "something is left for a SIM in the walled garden")
               : not_spoken();
}

static struct verdict judge_microbalance(const struct exchange *x)
{
    bool is_told = served(x) || is_good(x);
    if (!names_sim(x, ROLE_B) || !is_told || reads(x, KEY_MICRO, READ_MICRO_OFF))
        return not_spoken();
    return weigh_nothing_left(x, "something is left for a SIM with a microbalance");
}

static const struct clause rows[] = {
    {
        .id = "GB-STATE-1",
        .strength = MUST,
        .source = "integration and prepaid experience, Getting Balance",
        .statement = "A subscriber who is confined to the walled garden is reported with nothing "
                     "left.",
        .expect = "200 with one element: data 0, PT0S",
        .why = "A confined subscriber who is shown data left wonders why nothing loads, and sees "
               "no offer that would help.",
        .likely = "the balance comes from the plan whatever the state of the SIM, perhaps only in "
                  "the query for one country, or the last positive value is shown; look at the "
                  "state first",
        .scope = SCOPE_ROLE(ROLE_W),
        .judge = judge_garden,
        .run = run_garden,
        .program = 80,
        .hooks = BP_HOOK_BIT(BP_HOOK_WALLED),
        .keys = KEY_BIT(KEY_ZERO_EMPTY),
    },
    {
        .id = "GB-STATE-2",
        .strength = MUST,
        .source = "prepaid experience, Getting Balance, item 2 (left out in later versions)",
        .statement = "While a microbalance is granted the balance reported is zero.",
        .expect = "200 with one element: data 0, PT0S",
        .why = "A microbalance that is reported as a plan makes the subscriber look supplied, and "
               "the offer to buy stays away.",
        .likely = "the microbalance is listed like a plan; leave it out",
        .scope = SCOPE_ROLE(ROLE_B),
        .judge = judge_microbalance,
        .run = run_microbalance,
        .program = 81,
        .hooks = BP_HOOK_BIT(BP_HOOK_MICRO),
        .keys = KEY_BIT(KEY_ZERO_EMPTY) | KEY_BIT(KEY_MICRO),
    },
    {
        .id = "GB-STATE-3",
        .strength = MUST,
        .source = "integration and prepaid experience, Getting Balance",
        .statement = "Consumption lowers the data reported, by as much as was consumed.",
        .expect = "the next answer says less: by what was consumed, but for rounding",
        .why = "Figures that lag behind let subscribers run dry with data still on the screen, and "
               "the complaint goes to support.",
        .likely = "answers come from a cache (nginx proxy_cache_min_uses fills it late), or from a "
                  "table that is filled now and then, perhaps for one template only; read the "
                  "amount from where it is charged",
        .run = run_consume,
        .program = 82,
        .hooks = BP_HOOK_BIT(BP_HOOK_CONSUME),
    },
    {
        .id = "GB-STATE-4",
        .strength = MUST,
        .source = "integration and prepaid experience, Getting Balance",
        .statement = "Time that passes after the order lowers the time reported.",
        .expect = "less time left by as much as has passed, but for rounding",
        .why = "A time that stands still promises days that are over, and the plan ends without "
               "any warning on the screen.",
        .likely = "the length of the plan is reported, the time is computed once and kept, or "
                  "begins with the first look instead of the order; compute it from the expiry "
                  "at each request",
        .run = run_clock,
        .program = 83,
        .hooks = BP_HOOK_BIT(BP_HOOK_CLOCK),
        .also_hooks = BP_HOOK_BIT(BP_HOOK_ORDER),
    },
    {
        .id = "GB-STATE-5",
        .strength = DERIVED,
        .source = "prepaid experience, Getting Balance",
        .statement = "Nothing changes without a cause: consumption, an order, the clock or the "
                     "state of the SIM explain every difference between two answers.",
        .expect = "equal answers while nothing happens, else differences as large as the cause",
        .why = "Amounts that jump between two looks make customers doubt their bills and hide the "
               "moments when something is really wrong.",
        .likely = "servers behind a balancer disagree, caches of different age answer in turn, or "
                  "amounts are estimates; answer from one place",
        .keys = KEY_BIT(KEY_MICRO),
        .run = run_sequence,
        .program = 84,
        .also_hooks = BP_HOOK_ALL,
        .run_max = 200,
    },
    {
        .id = "GB-STATE-6",
        .strength = DERIVED,
        .source = "test plan of 2017; prepaid experience, Location",
        .statement = "A balance bought for one country shows there at once and leaves the others "
                     "as they are.",
        .expect = "the next answer for that country has it, that for another is unchanged",
        .why = "A plan just paid for that does not show looks like lost money; one that replaces "
               "the others is lost money.",
        .likely = "the order replaces all plans of the SIM, a cache still answers, only one of "
                  "several queries knows the new plan, or its bytes are counted in 32 bits; add "
                  "the plan and drop what is cached for the SIM",
        .run = run_purchase,
        .program = 85,
        .hooks = BP_HOOK_BIT(BP_HOOK_ORDER),
    },
    {
        .id = "GB-STATE-7",
        .strength = SHOULD,
        .source = "prepaid experience, Example 2; appendix of 2017",
        .statement = "The first element is the balance in use, because only one is shown.",
        .expect = "consumption lowers the first element",
        .why = "A sorted list puts a plan on the screen that is not in use, while the one being "
               "charged runs out unseen.",
        .likely = "the list is sorted by size, name or date; put the plan that is charged first",
        .roles = 1 << ROLE_A,
        .run = run_first,
        .program = 86,
        .hooks = BP_HOOK_BIT(BP_HOOK_CONSUME),
    },
    {
        .id = "GB-STATE-8",
        .strength = DERIVED,
        .source = "integration and prepaid experience, GetBalance: an answer is about the SIM in "
                  "the path",
        .statement = "Data of one SIM never appears in the answer for another, also when requests "
                     "come at the same time.",
        .expect = "the balances that the same request gets alone, and no id of another SIM",
        .why = "One subscriber's data in another's answer is a breach of privacy, and it comes "
               "under load, where single tests never look.",
        .likely = "a static buffer, a shared object or a cache without the ICCID in its key; keep "
                  "what belongs to a request with the request",
        .run = run_apart,
        .program = 120,
    },
};

const struct family state_family = {"State over time", rows, sizeof rows / sizeof rows[0]};

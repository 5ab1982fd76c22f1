// SPDX-License-Identifier: Apache-2.0
#include "props/subject/hook_runner.h"

#include "net/clock.h"
#include "props/subject/errand.h"

enum { WORDS_SPACE_LEN = 4 * HOOK_WORDS_LEN_MAX };

void hook_runner_init(struct hook_runner *out, const struct hook_commands *commands,
                      const struct fixture *fixture, int timeout_ms)
{
    memset(out, 0, sizeof *out);
    out->commands = commands;
    out->timeout_ms = timeout_ms;
    memcpy(out->known, fixture->iccid, sizeof out->known);
}

static bool has_command(const struct hook_runner *runner, unsigned row)
{
    return runner->commands->rows[row].word_count != 0;
}

static bool fail(struct hook_runner *runner, unsigned row, struct view words)
{
    struct buf out = buf_of(runner->failures[row], HOOK_FAILURE_LEN_MAX - 1);
    if (out.data[0] != '\0')
        return false;
    buf_put(&out, words);
    out.data[out.len] = '\0';
    return false;
}

// Runs the command of a row. `stopped` may be NULL.
static bool run(struct hook_runner *runner, unsigned row, const struct bp_act *act,
                bool (*stopped)(void *context))
{
    char space[WORDS_SPACE_LEN];
    char *words[HOOK_WORD_COUNT_MAX + 1] = {NULL};
    struct buf filled = BUF(space);
    size_t count = hook_command_fill(&filled, &runner->commands->rows[row], act);
    if (filled.overflow)
        return fail(runner, row, VIEW("its words are too long"));
    char *at = space;
    for (size_t i = 0; i < count; i++) {
        words[i] = at;
        at += strlen(at) + 1;
    }
    struct errand errand;
    int64_t begin_us = bp_clock_us();
    bool is_done = errand_run(&errand, words, runner->timeout_ms, stopped, runner->context);
    time_use_add(runner->use, TIME_HOOK, bp_clock_us() - begin_us);
    bool was_started = errand.end != ERRAND_NOT_STARTED && errand.end != ERRAND_NOT_WANTED;
    runner->done_counts[row] += is_done;
    runner->has_changed = runner->has_changed || was_started;
    bool is_spent = row == BP_HOOK_CONSUME || row == BP_HOOK_ORDER || row == BP_HOOK_CLOCK;
    runner->has_spent = runner->has_spent || (was_started && is_spent);
    if (is_done)
        return true;
    runner->is_spoilt = runner->is_spoilt || (was_started && !has_command(runner, HOOK_UNDO));
    char said[HOOK_FAILURE_LEN_MAX];
    struct buf text = BUF(said);
    errand_put(&text, &errand);
    bool is_interrupted = errand.end == ERRAND_STOPPED || errand.end == ERRAND_NOT_WANTED;
    return !is_interrupted && fail(runner, row, buf_view(&text));
}

// Whether the act takes something back that another act has set.
static bool sets_back(const struct bp_act *act)
{
    switch (act->hook) {
    case BP_HOOK_LIMITER:
        return act->rate_per_s == 0;
    case BP_HOOK_FAULT:
    case BP_HOOK_WALLED:
    case BP_HOOK_MICRO:
        return !act->is_on;
    default:
        return false;
    }
}

// The role whose SIM the act is about: ROLE_COUNT when it is about none of the inventory.
static enum role role_of(const struct hook_runner *runner, const struct bp_act *act)
{
    unsigned role = 0;
    while (role < ROLE_COUNT &&
           (runner->known[role].len == 0 || !view_equal(runner->known[role], act->iccid)))
        role++;
    return (enum role)role;
}

// The SIMs of W and B are in the garden, or have a microbalance, by themselves: there nothing is
// noted.
static void note_switch(struct hook_runner *runner, const struct bp_act *act, enum role role)
{
    enum role usual = act->hook == BP_HOOK_WALLED ? ROLE_W : ROLE_B;
    unsigned bit = role == ROLE_COUNT || role == usual ? 0 : 1u << role;
    uint16_t *on_roles = &runner->on_roles[act->hook];
    bool is_off = sets_back(act);
    runner->has_spent = runner->has_spent || (is_off && role == usual);
    runner->is_on[act->hook] = !is_off;
    *on_roles = is_off ? (uint16_t)(*on_roles & ~bit) : (uint16_t)(*on_roles | bit);
}

static bool do_act(void *context, const struct bp_act *act)
{
    struct hook_runner *runner = context;
    enum role role = role_of(runner, act);
    bool is_general =
        act->hook == BP_HOOK_LIMITER || act->hook == BP_HOOK_FAULT || act->hook == BP_HOOK_CLOCK;
    bool is_back = sets_back(act);
    if (runner->only_pretends)
        return true;
    if (!has_command(runner, act->hook))
        return false;
    if (!is_general && role == ROLE_COUNT)
        return fail(runner, act->hook, VIEW("it was to be run for a SIM outside the inventory"));
    if (!is_back && (runner->is_spoilt || runner->failures[act->hook][0] != '\0'))
        return false;
    // An act that fails may have been done nevertheless.
    if (!is_back)
        note_switch(runner, act, role);
    bool is_done = run(runner, act->hook, act, is_back ? NULL : runner->stopped);
    if (is_done && is_back)
        note_switch(runner, act, role);
    return is_done;
}

static bool undo(void *context)
{
    struct hook_runner *runner = context;
    if (runner->only_pretends || !runner->has_changed)
        return true;
    if (!run(runner, HOOK_UNDO, NULL, NULL)) {
        runner->is_spoilt = true;
        return false;
    }
    runner->has_changed = false;
    runner->has_spent = false;
    memset(runner->on_roles, 0, sizeof runner->on_roles);
    memset(runner->is_on, 0, sizeof runner->is_on);
    return true;
}

struct bp_hooks hook_runner_hooks(struct hook_runner *runner)
{
    return (struct bp_hooks){.there = hook_commands_there(runner->commands),
                             .act = do_act,
                             .undo = has_command(runner, HOOK_UNDO) ? undo : NULL,
                             .context = runner};
}

static void switch_off(struct hook_runner *runner, enum bp_hook hook)
{
    struct bp_act act = {.hook = hook};
    if (runner->is_on[hook] && (hook == BP_HOOK_LIMITER || hook == BP_HOOK_FAULT))
        (void)!do_act(runner, &act);
    for (unsigned role = 0; role < ROLE_COUNT; role++) {
        act.iccid = runner->known[role];
        if ((runner->on_roles[hook] >> role & 1) != 0)
            (void)!do_act(runner, &act);
    }
}

void hook_runner_settle(struct hook_runner *runner)
{
    if (!runner->has_changed)
        return;
    if (has_command(runner, HOOK_UNDO)) {
        (void)!undo(runner);
        return;
    }
    switch_off(runner, BP_HOOK_LIMITER);
    switch_off(runner, BP_HOOK_FAULT);
    switch_off(runner, BP_HOOK_WALLED);
    switch_off(runner, BP_HOOK_MICRO);
    runner->has_changed = runner->has_spent || runner->is_on[BP_HOOK_LIMITER] ||
                          runner->is_on[BP_HOOK_FAULT] || runner->on_roles[BP_HOOK_WALLED] != 0 ||
                          runner->on_roles[BP_HOOK_MICRO] != 0;
}

unsigned hook_runner_failure(const struct hook_runner *runner)
{
    unsigned row = 0;
    while (row < HOOK_COMMAND_COUNT && runner->failures[row][0] == '\0')
        row++;
    return row;
}

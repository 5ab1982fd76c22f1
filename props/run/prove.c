// SPDX-License-Identifier: Apache-2.0
#include "props/run/prove.h"

#include <assert.h>

#include "props/run/panel.h"
#include "props/run/tour.h"

enum { ASK_INTERVAL = 1024, ALIGNMENT = 16 };

struct prove {
    struct prove_result *out;
    const struct prove_options *options;
    const struct world *honest;
    size_t world_count;
    struct trial *trial;
    char *lie_space;
    struct tour tour;
    struct prove_row *row; // of the endpoint that is being played
    size_t row_count;
};

static size_t aligned(size_t len) { return (len + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT; }

size_t prove_size(size_t world_count)
{
    return aligned(trial_size()) + world_count * aligned(lie_size());
}

static void start_row(struct prove_row *row, const struct liar *liar)
{
    memset(row, 0, sizeof *row);
    row->liar = liar;
}

// Judges of the clause table are told by clause, wrong judges by liar behind them.
static void note(void *context, size_t number, struct verdict verdict, const struct exchange *x)
{
    (void)x;
    if (verdict.grade != GRADE_FAIL)
        return;
    struct prove *prove = context;
    struct prove_row *row = prove->row;
    size_t clause = number;
    if (number >= CLAUSE_COUNT_MAX) {
        row = &prove->out->liars[number - CLAUSE_COUNT_MAX];
        clause = clause_find(view_of_text(row->liar->clause));
    }
    if (row->first[clause] != 0)
        return;
    row->first[clause] = (uint32_t)prove->tour.case_count;
    row->why[clause] = verdict.why;
}

static void tally(void *context, const struct exchange *x)
{
    struct prove_row *row = ((struct prove *)context)->row;
    row->failed_count += x->fate == FATE_FAILED;
    row->saw_200 = row->saw_200 || x->status == 200;
}

// The liar around the worlds of this process.
static void wrap_worlds(const struct prove *prove, struct world *worlds, const struct liar *liar)
{
    for (size_t i = 0; i < prove->world_count; i++) {
        char *space = prove->lie_space + i * aligned(lie_size());
        struct lie *lie = lie_init(space, liar, &worlds[i].fixture, worlds[i].subject);
        worlds[i].subject = lie_subject(lie);
        worlds[i].hooks = lie_hooks(lie, worlds[i].hooks);
    }
}

static void choose_profile(struct world *world, const char *name)
{
    struct profile profile;
    bool is_known = profile_read(&profile, view_of_text(name));
    assert(is_known);
    (void)is_known;
    world_read_as(world, &profile);
}

// The worlds as the liar makes them; without a liar they are honest. False: they cannot be had.
static bool put_worlds(const struct prove *prove, struct world *worlds, const struct liar *liar)
{
    const struct prove_mount *mount = prove->options->mount;
    for (size_t i = 0; i < prove->world_count; i++) {
        worlds[i] = prove->honest[i];
        if (liar != NULL && liar->profile != NULL)
            choose_profile(&worlds[i], liar->profile);
    }
    if (mount != NULL)
        return mount->put(mount->context, worlds, prove->world_count, liar);
    if (liar != NULL)
        wrap_worlds(prove, worlds, liar);
    return true;
}

static bool is_stopped(struct prove *prove)
{
    const struct prove_options *options = prove->options;
    uint64_t interval = options->mount == NULL ? ASK_INTERVAL : 1;
    if (options->goes_on != NULL && prove->tour.case_count % interval == 0)
        prove->out->was_stopped =
            !options->goes_on(options->context, prove->tour.case_count, prove->row_count);
    return prove->out->was_stopped;
}

static bool is_liar(const struct prove_row *row)
{
    return row->liar != NULL && row->liar->clause != NULL;
}

static bool is_done(const struct prove *prove, const struct prove_row *row)
{
    const struct tour *tour = &prove->tour;
    if (prove->options->leaves_failed && is_liar(row) && prove_failure_count(row) != 0)
        return true;
    bool has_seen_enough =
        prove->options->leaves_caught || tour->stage == TOUR_PAIRS || tour->world != 0;
    return is_liar(row) && has_seen_enough && prove_is_caught(row);
}

static void play_row(struct prove *prove, struct prove_row *row, const struct panel *panel)
{
    struct world worlds[WORLD_COUNT_MAX];
    const struct prove_options *options = prove->options;
    if (prove->out->was_stopped)
        return;
    if (!put_worlds(prove, worlds, row->liar)) {
        prove->out->was_stopped = true;
        return;
    }
    prove->row = row;
    const struct prove_extent *extent = is_liar(row) ? &options->liars : &options->right;
    tour_init(&prove->tour, &(struct tour_options){.world_count = prove->world_count,
                                                   .exhaustive = true,
                                                   .run_cap = extent->run_cap,
                                                   .pair_cap = extent->pair_cap,
                                                   .order = options->order,
                                                   .random_count = extent->random_count,
                                                   .seed = options->seed});
    while (!is_stopped(prove) && tour_next(&prove->tour)) {
        if (is_done(prove, row))
            break;
        panel_play(panel, prove->trial, &prove->tour.choices, worlds, prove->world_count);
        row->request_count += prove->trial->request_count;
        row->case_count++;
    }
    prove->row_count++;
}

static void seat_wrong_judges(struct panel *panel, const struct prove_result *result)
{
    for (size_t i = 0; i < result->liar_count; i++)
        if (result->liars[i].liar->judge != NULL)
            panel_seat(panel, result->liars[i].liar->judge, SCOPE_ANY, CLAUSE_COUNT_MAX + i);
}

static void start_rows(struct prove_result *out)
{
    out->over_tls = out->was_stopped = false;
    out->face_count = 0;
    out->liar_count = liar_count();
    out->variant_count = variant_count();
    start_row(&out->honest, NULL);
    for (size_t i = 0; i < out->variant_count; i++)
        start_row(&out->variants[i], variant_at(i));
    for (size_t i = 0; i < out->liar_count; i++)
        start_row(&out->liars[i], liar_at(i));
}

void prove_run(struct prove_result *out, const struct prove_options *options,
               const struct world *worlds, size_t world_count, void *space)
{
    struct prove prove = {.out = out, .options = options};
    prove.honest = worlds;
    prove.world_count = world_count;
    prove.trial = trial_init(space);
    prove.lie_space = (char *)space + aligned(trial_size());
    assert(world_count <= WORLD_COUNT_MAX);
    assert(liar_count() <= LIAR_COUNT_MAX);
    assert(variant_count() <= VARIANT_COUNT_MAX);
    start_rows(out);
    struct panel panel;
    panel_init(&panel, NULL, note, &prove);
    panel.seen = tally;
    for (size_t i = 0; i < out->liar_count; i++)
        if (out->liars[i].liar->judge == NULL)
            play_row(&prove, &out->liars[i], &panel);
    seat_wrong_judges(&panel, out);
    play_row(&prove, &out->honest, &panel);
    for (size_t i = 0; i < out->variant_count; i++)
        play_row(&prove, &out->variants[i], &panel);
}

size_t prove_kill_count(const struct prove_result *result, size_t clause)
{
    size_t count = 0;
    for (size_t i = 0; i < result->liar_count; i++)
        count += result->liars[i].first[clause] != 0;
    return count;
}

bool prove_is_judged(const struct prove_result *result, size_t clause)
{
    return result->over_tls || !clause_at(clause)->over_tls;
}

bool prove_is_idle(const struct prove_result *result, size_t clause)
{
    return prove_is_judged(result, clause) && prove_kill_count(result, clause) == 0;
}

bool prove_is_caught(const struct prove_row *row)
{
    size_t clause = clause_find(view_of_text(row->liar->clause));
    return clause < clause_count() && row->first[clause] != 0;
}

size_t prove_failure_count(const struct prove_row *row)
{
    size_t count = 0;
    for (size_t i = 0; i < clause_count(); i++)
        count += row->first[i] != 0;
    return count;
}

bool prove_is_right(const struct prove_row *row)
{
    return prove_failure_count(row) == 0 && row->saw_200 && row->failed_count == 0;
}

bool prove_passes(const struct prove_result *result)
{
    size_t wrong_count = !prove_is_right(&result->honest);
    for (size_t i = 0; i < result->variant_count; i++)
        wrong_count += !prove_is_right(&result->variants[i]);
    for (size_t i = 0; i < result->liar_count; i++)
        wrong_count += !prove_is_caught(&result->liars[i]);
    for (size_t i = 0; i < clause_count(); i++)
        wrong_count += prove_is_idle(result, i);
    return wrong_count == 0 && !result->was_stopped;
}

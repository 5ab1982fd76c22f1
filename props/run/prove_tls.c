// SPDX-License-Identifier: Apache-2.0
#include "props/run/prove_tls.h"

#include <assert.h>

#include "props/tls/probes.h"

struct prove_tls {
    struct prove_result *out;
    const struct prove_tls_options *options;
    struct prove_row *row;
    struct matrix matrix;
    struct probes probes;
};

static struct prove_row *add_row(struct prove_result *out, struct prove_row *rows, size_t *count,
                                 size_t count_max, struct liar face)
{
    bool fits = *count < count_max && out->face_count < PROVE_FACE_COUNT_MAX;
    assert(fits);
    (void)fits;
    struct liar *kept = &out->faces[out->face_count++];
    struct prove_row *row = &rows[(*count)++];
    *kept = face;
    memset(row, 0, sizeof *row);
    row->liar = kept;
    return row;
}

static void note(void *context, size_t clause, struct verdict verdict)
{
    struct prove_row *row = ((struct prove_tls *)context)->row;
    row->case_count++;
    if (verdict.grade != GRADE_FAIL || row->first[clause] != 0)
        return;
    row->first[clause] = (uint32_t)row->case_count;
    row->why[clause] = verdict.why;
}

// What came of the good client: it has to be served somewhere, or nothing is proved.
static bool saw_served(const struct matrix *matrix)
{
    for (size_t i = 0; i < matrix->cell_count; i++)
        if (matrix->cells[i].turn.class_of == VISIT_ACCEPTED && grade_is_good(matrix->cells[i].row))
            return true;
    return false;
}

// Plays one world; false: the run is to end.
static bool play_world(struct prove_tls *prove, const struct world *honest,
                       const struct tls_liar *liar)
{
    const struct prove_tls_options *options = prove->options;
    struct hosted *hosted = options->hosted;
    struct prove_row *row = prove->row;
    struct world world = *honest;
    bool is_known = liar == NULL || liar->profile == NULL ||
                    profile_read(&world.profile, view_of_text(liar->profile));
    assert(is_known);
    (void)is_known;
    bool goes_on = options->goes_on == NULL ||
                   options->goes_on(options->context, row->case_count, prove->out->liar_count);
    if (!goes_on || !hosted_mount(hosted, &world, 1, NULL, liar))
        return false;
    const struct matrix_options matrix_options = {.target = &hosted->worlds[0].target,
                                                  .fixture = &world.fixture,
                                                  .profile = &world.profile,
                                                  .folder = hosted->folder,
                                                  .claims_trust = true,
                                                  .reads_crl = true};
    row->failed_count += !matrix_run(&prove->matrix, &matrix_options);
    matrix_tell(&prove->matrix, note, prove);
    row->request_count += prove->matrix.cell_count;
    row->saw_200 = row->saw_200 || saw_served(&prove->matrix);
    if (prove->matrix.was_stopped)
        return false;
    probes_run(&prove->probes, &matrix_options, options->now_s);
    probes_tell(&prove->probes, note, prove);
    row->request_count += prove->probes.count;
    return !prove->probes.was_stopped;
}

static void start_row(struct prove_tls *prove, const struct tls_liar *liar)
{
    struct prove_result *out = prove->out;
    struct liar face = {.name = "tls-honest", .words = "the server as it should be"};
    if (liar != NULL)
        face = (struct liar){.name = liar->name,
                             .clause = liar->clause,
                             .words = liar->words,
                             .profile = liar->profile};
    if (face.clause == NULL)
        prove->row = add_row(out, out->variants, &out->variant_count, VARIANT_COUNT_MAX, face);
    else
        prove->row = add_row(out, out->liars, &out->liar_count, LIAR_COUNT_MAX, face);
}

bool prove_tls_one(struct prove_result *out, const struct prove_tls_options *options,
                   const struct tls_liar *liar)
{
    struct prove_tls prove = {.out = out, .options = options};
    start_row(&prove, liar);
    if (!play_world(&prove, options->open, liar))
        return false;
    bool is_liar = prove.row->liar->clause != NULL;
    if (is_liar && prove_is_caught(prove.row))
        return true;
    return play_world(&prove, options->basic, liar);
}

void prove_tls(struct prove_result *out, const struct prove_tls_options *options)
{
    out->over_tls = true;
    for (size_t i = 0; i < tls_liar_count() && !out->was_stopped; i++)
        out->was_stopped = !prove_tls_one(out, options, &tls_liars[i]);
    if (!out->was_stopped)
        out->was_stopped = !prove_tls_one(out, options, NULL);
}

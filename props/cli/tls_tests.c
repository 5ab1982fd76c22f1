// SPDX-License-Identifier: Apache-2.0
#include "props/cli/tls_tests.h"

#include <stdlib.h>

#include "net/clock.h"
#include "props/tls/probes.h"

struct tls_tests {
    struct matrix matrix;
    struct probes probes;
    bool has_run;
    struct check_result *result;
    const bool *only;
};

struct tls_tests *tls_tests_new(void) { return calloc(1, sizeof(struct tls_tests)); }

static void note(void *context, size_t clause, struct verdict verdict)
{
    struct tls_tests *tests = context;
    if (tests->only[clause])
        check_note(tests->result, clause, verdict);
}

// What the probes say depends on no reading.
static void note_probe(void *context, size_t clause, struct verdict verdict)
{
    struct tls_tests *tests = context;
    struct profile seed = *bundle_at(0);
    struct question question = {.clause = clause, .verdict = verdict, .profile = &seed};
    note(tests, clause, verdict);
    if (tests->only[clause])
        readings_hear(&tests->result->readings, &question, CAUSE_FAULT);
}

struct cell_again {
    const struct cell *cell;
    bool reads_crl;
};

static struct verdict grade_again(void *context, const struct profile *profile)
{
    const struct cell_again *again = context;
    return grade_fresh(again->cell->row, profile, &again->cell->turn, again->reads_crl);
}

// What the readings say of a certificate. A cell that was skipped says nothing under any of them,
// and a resumed one asks for none.
static void hear_readings(struct tls_tests *tests, const struct matrix_options *options)
{
    for (size_t i = 0; i < tests->matrix.cell_count; i++) {
        const struct cell *cell = &tests->matrix.cells[i];
        struct cell_again again = {cell, options->reads_crl};
        struct question question = {.clause = cell->clause,
                                    .verdict = cell->verdict,
                                    .profile = options->profile,
                                    .keys = cell->is_resumed ? 0 : grade_keys(cell->row),
                                    .status = cell->turn.status,
                                    .judge = grade_again,
                                    .context = &again};
        bool says_something =
            cell->verdict.grade != GRADE_NONE && cell->verdict.grade != GRADE_SKIP;
        if (says_something && tests->only[cell->clause])
            readings_hear(&tests->result->readings, &question, CAUSE_FAULT);
    }
}

// Whether the certificate given was answered with a balance list.
static bool was_served(const struct matrix *matrix)
{
    bool was = false;
    for (size_t i = 0; i < matrix->cell_count; i++)
        was = was || (matrix->cells[i].row == GRADE_OWN &&
                      matrix->cells[i].turn.class_of == VISIT_ACCEPTED);
    return was;
}

static bool is_wanted(const bool *only)
{
    bool is = false;
    for (size_t i = 0; i < clause_count(); i++)
        is = is || (only[i] && clause_at(i)->over_tls);
    return is;
}

void tls_tests_run(struct tls_tests *tests, const struct site *site, const char *folder,
                   bool reads_crl, struct check_result *result, const bool *only)
{
    if (!site->connect.target.url.is_secure || !is_wanted(only))
        return;
    struct matrix_options options = {.target = &site->connect.target,
                                     .fixture = &site->world.fixture,
                                     .profile = &site->world.profile,
                                     .folder = folder,
                                     .reads_crl = reads_crl};
    tests->result = result;
    tests->only = only;
    tests->has_run = matrix_run(&tests->matrix, &options);
    matrix_tell(&tests->matrix, note, tests);
    hear_readings(tests, &options);
    result->saw_200 = result->saw_200 || was_served(&tests->matrix);
    if (tests->has_run && !tests->matrix.was_stopped)
        probes_run(&tests->probes, &options, bp_clock_wall_ms() / 1000);
    probes_tell(&tests->probes, note_probe, tests);
}

void tls_tests_put(struct buf *out, const struct tls_tests *tests)
{
    if (!tests->has_run)
        return;
    matrix_put_table(out, &tests->matrix);
    buf_put_byte(out, '\n');
    probes_put_table(out, &tests->probes);
    buf_put_byte(out, '\n');
}

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
    result->saw_200 = result->saw_200 || was_served(&tests->matrix);
    if (tests->has_run && !tests->matrix.was_stopped)
        probes_run(&tests->probes, &options, bp_clock_wall_ms() / 1000);
    probes_tell(&tests->probes, note, tests);
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

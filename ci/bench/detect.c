// SPDX-License-Identifier: Apache-2.0
// How many requests `balprobe check` needs until it catches each liar: the tour of a default run at
// a URL on this machine, one deployment, played in process.
//
//     detect any|own SIMS
//
// prints liar, clause and requests, separated by tabs, the dearest last: requests until any clause
// fails the liar, or its own. A liar that needs another deployment (Basic, no base path) is counted
// in the first in which it is caught.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "props/run/check_sizes.h"
#include "props/run/prove.h"
#include "props/subject/local.h"

enum { SEED = 0x5eed, SIMS_LEN_MAX = 1 << 16 };

struct row {
    const struct liar *liar;
    uint64_t request_count;
    bool is_caught;
};

static struct row caught[LIAR_COUNT_MAX];
static size_t caught_count;

static int compare(const void *a, const void *b)
{
    const struct row *left = a;
    const struct row *right = b;
    return (left->request_count > right->request_count) -
           (left->request_count < right->request_count);
}

static void keep(const struct prove_result *result, bool is_any)
{
    caught_count = result->liar_count;
    for (size_t i = 0; i < result->liar_count; i++) {
        const struct prove_row *row = &result->liars[i];
        caught[i].liar = row->liar;
        bool is_found = is_any ? prove_failure_count(row) != 0 : prove_is_caught(row);
        if (caught[i].is_caught || !is_found)
            continue;
        caught[i].is_caught = true;
        caught[i].request_count = row->request_count;
    }
}

static void play(struct prove_result *result, struct view sims, enum local_kind kind, bool is_any)
{
    struct bp_fault fault;
    struct world world;
    struct local *local = local_open(malloc(local_size()), &fault, sims, kind);
    void *space = malloc(prove_size(1));
    if (local == NULL || space == NULL)
        exit(1);
    local_world(&world, local);
    const struct prove_extent liars = {.run_cap = check_near.run_cap,
                                       .pair_cap = check_near.pair_cap,
                                       .random_count = check_near.case_count};
    const struct prove_extent none = {1, 1, 1};
    const struct prove_options options = {.liars = liars,
                                          .right = none,
                                          .order = TOUR_MIXED,
                                          .seed = SEED,
                                          .leaves_caught = true,
                                          .leaves_failed = is_any};
    prove_run(result, &options, &world, 1, space);
    keep(result, is_any);
    free(space);
    free(local);
}

int main(int argc, char **argv)
{
    static char text[SIMS_LEN_MAX];
    static struct prove_result result;
    FILE *file = argc == 3 ? fopen(argv[2], "rb") : NULL;
    if (file == NULL) {
        fputs("usage: detect any|own SIMS\n", stderr);
        return 2;
    }
    struct view sims = view_of(text, fread(text, 1, sizeof text, file));
    fclose(file);
    bool is_any = argv[1][0] == 'a';
    for (unsigned kind = 0; kind < LOCAL_KIND_COUNT; kind++)
        play(&result, sims, (enum local_kind)kind, is_any);
    qsort(caught, caught_count, sizeof caught[0], compare);
    int status = 0;
    for (size_t i = 0; i < caught_count; i++) {
        if (caught[i].liar->judge != NULL)
            continue;
        if (!caught[i].is_caught)
            status = 1;
        printf("%s\t%s\t%" PRIu64 "\n", caught[i].liar->name, caught[i].liar->clause,
               caught[i].is_caught ? caught[i].request_count : 0);
    }
    return status;
}

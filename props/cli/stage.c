// SPDX-License-Identifier: Apache-2.0
#include "props/cli/stage.h"

#include <stdio.h>
#include <stdlib.h>

#include "props/cli/commands.h"
#include "props/cli/reading.h"
#include "sample_inventory.h"
#include "tool/files.h"
#include "tool/nearest.h"
#include "tool/shell.h"

static const char *liar_name_at(const void *table, size_t index)
{
    (void)table;
    size_t count = liar_count();
    return index < count ? liar_at(index)->name : variant_at(index - count)->name;
}

static int find_fault(struct stage *stage, const char *name)
{
    if (name == NULL)
        return EXIT_PASSED;
    stage->liar = liar_find(view_of_text(name));
    if (stage->liar == NULL) {
        const char *nearest =
            nearest_word(name, liar_name_at, NULL, liar_count() + variant_count());
        return cli_refuse("there is no liar called ", name, nearest);
    }
    if (stage->liar->judge != NULL)
        return cli_refuse("this liar is a wrong judge, not an endpoint: ", name, NULL);
    return EXIT_PASSED;
}

static int find_profile(struct stage *stage, struct profile *profile, const char *name)
{
    if (name == NULL && stage->liar != NULL)
        name = stage->liar->profile;
    stage->profile = name == NULL ? "seed" : name;
    if (profile_read(profile, view_of_text(stage->profile)))
        return EXIT_PASSED;
    return cli_refuse("there is no profile called ", stage->profile, NULL);
}

int stage_refuse_inventory(const char *path, const struct bp_fault *fault)
{
    char space[256];
    struct buf message = BUF(space);
    const struct bp_reason_row *row = bp_reason_row(fault->reason);
    buf_put(&message, row->words);
    if (fault->where.len != 0) {
        buf_put_text(&message, ": ");
        buf_put_escaped(&message,
                        view_first(fault->where, fault->where.len < 40 ? fault->where.len : 40));
    }
    fprintf(stderr, "balprobe: %s: %.*s\n", path == NULL ? "sample inventory" : path,
            (int)message.len, message.data);
    return EXIT_USAGE;
}

static void wrap(struct stage *stage, size_t index)
{
    struct world *world = &stage->worlds[index];
    struct lie *lie =
        lie_init(stage->lie_spaces[index], stage->liar, &world->fixture, world->subject);
    world->subject = lie_subject(lie);
    world->hooks = lie_hooks(lie, world->hooks);
}

static int open_worlds(struct stage *stage, struct view text, const char *path,
                       const struct profile *profile)
{
    for (size_t i = 0; i < LOCAL_KIND_COUNT; i++) {
        struct bp_fault fault;
        struct local *local = local_open(stage->local_spaces[i], &fault, text, (enum local_kind)i);
        if (local == NULL)
            return stage_refuse_inventory(path, &fault);
        local_world(&stage->worlds[i], local);
        world_read_as(&stage->worlds[i], profile);
        if (stage->liar != NULL)
            wrap(stage, i);
    }
    stage->world_count = LOCAL_KIND_COUNT;
    return EXIT_PASSED;
}

static int claim_spaces(struct stage *stage)
{
    stage->trial_space = malloc(trial_size());
    bool has_all = stage->trial_space != NULL;
    for (size_t i = 0; i < LOCAL_KIND_COUNT; i++) {
        stage->local_spaces[i] = malloc(local_size());
        stage->lie_spaces[i] = malloc(lie_size());
        has_all = has_all && stage->local_spaces[i] != NULL;
        has_all = has_all && stage->lie_spaces[i] != NULL;
    }
    if (has_all)
        stage->trial = trial_init(stage->trial_space);
    return has_all ? EXIT_PASSED : cli_out_of_memory();
}

int stage_open(struct stage *out, const char *sims_path, const char *fault_name,
               const char *profile_name)
{
    memset(out, 0, sizeof *out);
    struct profile profile;
    int status = find_fault(out, fault_name);
    if (status == EXIT_PASSED)
        status = find_profile(out, &profile, profile_name);
    if (status == EXIT_PASSED)
        status = claim_spaces(out);
    if (status != EXIT_PASSED)
        return status;
    struct view text = view_of((const char *)sample_inventory_text, (size_t)sample_inventory_len);
    if (sims_path != NULL) {
        out->sims = file_read(&text.len, sims_path, BP_JSON_LEN_MAX);
        if (out->sims == NULL)
            return EXIT_USAGE;
        text.data = out->sims;
    }
    out->inventory = text;
    return open_worlds(out, text, sims_path, &profile);
}

void stage_close(struct stage *stage)
{
    for (size_t i = 0; i < LOCAL_KIND_COUNT; i++) {
        free(stage->local_spaces[i]);
        free(stage->lie_spaces[i]);
    }
    free(stage->trial_space);
    free(stage->sims);
}

void stage_put_again(struct buf *out, const char *sims_path, const char *fault_name,
                     const char *profile_name)
{
    if (fault_name != NULL) {
        buf_put_text(out, " --fault ");
        buf_put_text(out, fault_name);
    }
    reading_put_again(out, profile_name);
    if (sims_path != NULL) {
        buf_put_text(out, " --sims ");
        shell_put_word(out, view_of_text(sims_path));
    }
}

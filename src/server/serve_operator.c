// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>

#include "net/clock.h"
#include "sample_inventory.h"
#include "server/serve_internal.h"

static bool refuse(int *status, const char *words, const char *given)
{
    *status = cli_refuse(words, given, NULL);
    return false;
}

static bool refuse_text(int *status, const char *path, const struct bp_fault *fault)
{
    char space[256];
    struct buf words = buf_of(space, sizeof space - 1);
    buf_put_text(&words, "the inventory is refused: ");
    buf_put(&words, bp_reason_row(fault->reason)->words);
    buf_put_text(&words, fault->where.len == 0 ? "" : ", at ");
    size_t len = fault->where.len < 32 ? fault->where.len : 32;
    buf_put_escaped(&words, view_first(fault->where, len));
    buf_put_text(&words, "; corpus/sims.json is a good one; file ");
    space[words.len] = '\0';
    return refuse(status, space, path);
}

static bool keep_for_undo(struct serve *serve, int *status)
{
    const struct bp_sim_table *table = &serve->office.deployment->inventory.table;
    serve->kept_sims = calloc(table->count + 1, sizeof *serve->kept_sims);
    if (serve->kept_sims == NULL) {
        *status = cli_out_of_memory();
        return false;
    }
    office_keep(&serve->office, serve->kept_sims);
    return true;
}

// Opens from `text`; `state` is NULL where there is none.
static bool open_text(struct serve *serve, int *status, struct view text, const char *path,
                      const struct state *state)
{
    const char *user = serve->given.values[SERVE_USER];
    struct bp_deployment_config config = {
        .start_ms = state == NULL ? bp_clock_wall_ms() : state->clock_ms,
        .credentials = user == NULL ? view_of(NULL, 0) : view_of_text(user),
        .rate_per_s = serve->rate_per_s,
    };
    struct bp_fault fault;
    if (state != NULL)
        memcpy(config.replay_key, state->replay_key, sizeof config.replay_key);
    else if (getentropy(config.replay_key, sizeof config.replay_key) != 0)
        return refuse(status, "this machine gives no random numbers: ", strerror(errno));
    struct bp_deployment *deployment = bp_deployment_open(serve->space, &fault, text, &config);
    if (deployment == NULL)
        return refuse_text(status, path, &fault);
    office_open(&serve->office, deployment);
    if (state != NULL)
        state_restore(&serve->office, state);
    return keep_for_undo(serve, status);
}

static bool open_state(struct serve *serve, int *status, struct view text, const char *path)
{
    void *space = malloc(bp_json_space(STATE_LEN_MAX, BP_DEPLOYMENT_NODE_COUNT_MAX));
    struct state *state = malloc(sizeof *state);
    bool is_opened = false;
    if (space == NULL || state == NULL)
        *status = cli_out_of_memory();
    else if (state_read(state, bp_json_open(space, STATE_LEN_MAX, BP_DEPLOYMENT_NODE_COUNT_MAX),
                        text))
        is_opened = open_text(serve, status, text, path, state);
    else
        *status = cli_refuse("this is no state of balprobe serve; repair it, or move it away to "
                             "begin with the inventory: ",
                             path, NULL);
    free(state);
    free(space);
    return is_opened;
}

bool serve_open_operator(struct serve *serve, int *status)
{
    const char *state_path = serve->given.values[SERVE_STATE];
    const char *path = serve->given.values[SERVE_SIMS];
    struct stat info;
    serve->space = malloc(bp_deployment_size());
    if (serve->space == NULL) {
        *status = cli_out_of_memory();
        return false;
    }
    bool has_state = state_path != NULL && stat(state_path, &info) == 0;
    if (has_state)
        path = state_path;
    if (path == NULL) {
        struct view sample =
            view_of((const char *)sample_inventory_text, (size_t)sample_inventory_len);
        return open_text(serve, status, sample, "(sample)", NULL);
    }
    size_t len;
    char *text = file_read(&len, path, BP_JSON_LEN_MAX);
    *status = EXIT_USAGE;
    bool is_opened = text != NULL;
    if (is_opened)
        is_opened = has_state ? open_state(serve, status, view_of(text, len), path)
                              : open_text(serve, status, view_of(text, len), path, NULL);
    free(text);
    return is_opened;
}

bool serve_save(struct serve *serve)
{
    const char *path = serve->given.values[SERVE_STATE];
    uint64_t id_count = serve->office.deployment->replay.written;
    bool is_saved = serve->saved_change_count == serve->office.change_count &&
                    serve->saved_id_count == id_count;
    if (path == NULL || is_saved)
        return true;
    char *space = malloc(STATE_LEN_MAX);
    if (space == NULL)
        return cli_out_of_memory() == EXIT_PASSED;
    struct buf text = buf_of(space, STATE_LEN_MAX);
    state_put(&text, &serve->office);
    bool is_written = false;
    if (text.overflow)
        cli_refuse("the state does not fit into 1 MiB; serve fewer SIMs: ", path, NULL);
    else
        is_written = file_write_private(path, buf_view(&text));
    free(space);
    if (is_written) {
        serve->saved_change_count = serve->office.change_count;
        serve->saved_id_count = id_count;
    }
    return is_written;
}

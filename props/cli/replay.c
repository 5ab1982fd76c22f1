// SPDX-License-Identifier: Apache-2.0
// balprobe replay: runs kept cases again and says whether they still fail.
#include <stdio.h>
#include <stdlib.h>

#include "props/cli/commands.h"
#include "props/cli/consent.h"
#include "props/cli/reading.h"
#include "props/cli/stage.h"
#include "props/report/hook_rows.h"
#include "props/report/scene.h"
#include "props/run/panel.h"
#include "tool/files.h"
#include "tool/interrupt.h"
#include "tool/text.h"

enum {
    FILE_LEN_MAX = 1 << 20,
    TEXT_LEN_MAX = 1 << 20,
    SCENE_LINE_LEN_MAX = 400,
    WORDS_COLUMN = 29
};

enum {
    FAULT,
    PROFILE,
    SET,
    SIMS,
    AGGRESSIVE,
    PRODUCTION,
    HOOKS,
    HOOK_TIMEOUT,
    YES,
    CONNECT,
    ROW_COUNT = CONNECT + CONNECT_ROW_COUNT
};

static const struct option rows[ROW_COUNT] = {
    [FAULT] = {"--fault", "LIAR", "the endpoint that is wrong in one way, as in check"},
    [PROFILE] = {"--profile", "NAME", "how ambiguities are read, as in check"},
    [SET] = READING_SET_ROW,
    [SIMS] = {"--sims", "FILE", "inventory of SIMs, as in check"},
    [AGGRESSIVE] = {"--aggressive", NULL, "send malformed requests off this machine, as in check"},
    [PRODUCTION] = {"--production", NULL, "go on in the production environment, as in check"},
    [HOOKS] = {"--hooks", NULL, "run hook commands off this machine, as in check"},
    [HOOK_TIMEOUT] = {"--hook-timeout", "SECONDS", "for one hook command, as in check"},
    [YES] = {"--yes", NULL, "do not ask before leaving this machine"},
    CONNECT_ROWS(CONNECT),
};

struct replay {
    struct options given;
    struct reading_choice reading;
    struct stage stage; // in process
    struct site site;   // at a URL
    const struct world *worlds;
    size_t world_count;
    struct trial *trial;
    struct panel panel;
    struct choices choices;
    struct buf text;
    bool failed[CLAUSE_COUNT_MAX]; // clauses that fail the current case
    uint64_t pass_count;           // verdicts of the current case
    size_t act_count;              // acts of the current run of it that were shown
    bool is_slower;                // that is its second run, with time behind acts
    bool has_gap;                  // something of the current case could not be sent
    size_t case_count;
    size_t failed_count;
    size_t gap_count; // cases that do not fail, as far as can be told
    bool shows_all;   // also cases that do not fail
    bool is_unreadable;
};

// What the back office has done since the last line.
static void put_acts(struct replay *replay)
{
    replay->act_count = scene_put_whole_acts(&replay->text, replay->trial, replay->act_count);
}

// A program that acts and fails is run again.
static void put_second_run(struct replay *replay)
{
    const struct trial *trial = replay->trial;
    if (replay->is_slower || trial->request_count == 0)
        return;
    replay->is_slower = true;
    replay->act_count = 0;
    buf_put_text(&replay->text, "\nagain, with seconds behind each act\n\n");
}

static void put_exchange(void *context, const struct exchange *x)
{
    struct replay *replay = context;
    const struct trial *trial = replay->trial;
    replay->has_gap = replay->has_gap || x->fate == FATE_FAILED;
    put_second_run(replay);
    put_acts(replay);
    buf_put_text(&replay->text, "world ");
    buf_put_text(&replay->text, trial->world->name);
    buf_put_text(&replay->text, ", request ");
    buf_put_unsigned(&replay->text, trial->send_count);
    buf_put_byte(&replay->text, '\n');
    scene_put_whole(&replay->text, x, SCENE_LINE_LEN_MAX);
    scene_put_shown(&replay->text, x);
}

static void put_verdict(void *context, size_t clause, struct verdict verdict,
                        const struct exchange *x)
{
    static const char *const words[GRADE_COUNT] = {[GRADE_INFO] = "info",
                                                   [GRADE_TOLERATED] = "tolerated",
                                                   [GRADE_SKIP] = "skipped",
                                                   [GRADE_FAIL] = "FAILS"};
    (void)x;
    struct replay *replay = context;
    replay->pass_count += verdict.grade == GRADE_PASS;
    replay->has_gap =
        replay->has_gap || (verdict.grade == GRADE_SKIP && clause_at(clause)->hooks != 0);
    replay->failed[clause] = replay->failed[clause] || verdict.grade == GRADE_FAIL;
    if (words[verdict.grade] == NULL)
        return;
    put_acts(replay);
    struct buf *out = &replay->text;
    text_pad(out, 2);
    buf_put_text(out, words[verdict.grade]);
    text_pad(out, 13);
    buf_put_text(out, clause_at(clause)->id);
    text_pad(out, WORDS_COLUMN);
    if (verdict.key != KEY_NONE) {
        buf_put_text(out, profile_key_name(verdict.key));
        buf_put_byte(out, ':');
    }
    text_put_words(out, WORDS_COLUMN, verdict.why == NULL ? "" : verdict.why);
    buf_put_byte(out, '\n');
}

// Ends the text of the current case with its own verdict. Returns whether the case fails.
static bool put_outcome(struct replay *replay)
{
    struct buf *out = &replay->text;
    bool has_failed = false;
    for (size_t i = 0; i < clause_count(); i++) {
        if (!replay->failed[i])
            continue;
        if (!has_failed)
            buf_put_text(out, "FAILED");
        has_failed = true;
        text_put_words(out, 7, clause_at(i)->id);
    }
    bool is_remote = replay->site.remote != NULL;
    bool is_told = !is_remote || (!replay->has_gap && replay->pass_count != 0);
    replay->gap_count += !has_failed && !is_told;
    if (!has_failed) {
        buf_put_text(out, is_told ? "FIXED   no clause fails, "
                                  : "ERROR   not everything could be sent and judged, ");
        text_put_count(out, replay->pass_count);
        buf_put_text(out, " verdicts pass");
    }
    buf_put_byte(out, '\n');
    return has_failed;
}

static void play_case(struct replay *replay, const char *path, struct view bytes)
{
    memset(replay->failed, 0, sizeof replay->failed);
    replay->pass_count = 0;
    replay->act_count = 0;
    replay->is_slower = false;
    replay->has_gap = false;
    replay->case_count++;
    struct buf *out = &replay->text;
    text_put_bytes(out, view_of_text(path), FILE_PATH_LEN_MAX);
    buf_put_byte(out, '\n');
    choices_from_bytes(&replay->choices, bytes);
    panel_play(&replay->panel, replay->trial, &replay->choices, replay->worlds,
               replay->world_count);
    put_acts(replay);
    bool has_failed = put_outcome(replay);
    replay->failed_count += has_failed;
    buf_put_byte(out, '\n');
    if (has_failed || replay->shows_all)
        cli_print(out);
    buf_clear(out);
}

static bool play_file(void *context, const char *path)
{
    struct replay *replay = context;
    size_t len = 0;
    char *bytes = file_read(&len, path, FILE_LEN_MAX);
    replay->is_unreadable = replay->is_unreadable || bytes == NULL;
    if (bytes != NULL)
        play_case(replay, path, view_of(bytes, len));
    free(bytes);
    return true;
}

static int end_replay(struct replay *replay)
{
    struct buf *out = &replay->text;
    site_settle(&replay->site);
    hook_rows_put(out, &replay->site.hooks.runner);
    bool is_untested = replay->is_unreadable || replay->gap_count != 0 || replay->case_count == 0;
    buf_put_text(out, replay->failed_count != 0 ? "FAIL  "
                      : is_untested             ? "INCONCLUSIVE  "
                                                : "PASS  ");
    text_put_count(out, replay->failed_count);
    buf_put_text(out, " of ");
    text_put_count(out, replay->case_count);
    buf_put_text(out, replay->case_count == 1 ? " case fails" : " cases fail");
    buf_put_text(out, replay->is_unreadable ? "; not every file could be read" : "");
    buf_put_text(out, replay->gap_count != 0 ? "; not every case could be judged\n" : "\n");
    cli_print(out);
    if (replay->failed_count != 0)
        return EXIT_FAILED;
    return is_untested ? EXIT_UNTESTED : EXIT_PASSED;
}

static int play_operands(struct replay *replay, const struct options *given)
{
    char *text = malloc(TEXT_LEN_MAX);
    if (text == NULL)
        return cli_out_of_memory();
    replay->text = buf_of(text, TEXT_LEN_MAX);
    panel_init(&replay->panel, NULL, put_verdict, replay);
    replay->panel.seen = put_exchange;
    replay->panel.acts_for_good = true; // of these few cases the user has asked for each
    replay->shows_all = given->operand_count == 1 && !path_is_folder(given->operands[0]);
    for (size_t i = 0; i < given->operand_count; i++) {
        const char *path = given->operands[i];
        if (!path_is_folder(path))
            play_file(replay, path);
        else if (!folder_visit(path, play_file, replay))
            replay->is_unreadable = true;
    }
    int status = end_replay(replay);
    free(text);
    return status;
}

// The one operand that is a URL is taken out of the operands; NULL: there is none.
static const char *take_url(struct options *given)
{
    const char *url = NULL;
    size_t kept = 0;
    for (size_t i = 0; i < given->operand_count; i++) {
        struct view word = view_of_text(given->operands[i]);
        bool is_url = view_starts(word, VIEW("https://")) || view_starts(word, VIEW("http://"));
        if (is_url && url == NULL)
            url = given->operands[i];
        else
            given->operands[kept++] = given->operands[i];
    }
    given->operand_count = kept;
    return url;
}

static int play_at_stage(struct replay *replay)
{
    const char **values = replay->given.values;
    struct stage *stage = &replay->stage;
    int status = stage_open(stage, values[SIMS], values[FAULT], replay->reading.spec);
    if (status == EXIT_PASSED) {
        replay->worlds = stage->worlds;
        replay->world_count = stage->world_count;
        replay->trial = stage->trial;
        status = play_operands(replay, &replay->given);
    }
    stage_close(stage);
    return status;
}

static int play_at_open_site(struct replay *replay)
{
    struct site *site = &replay->site;
    int status = site_begin(site, replay->given.values[YES] != NULL, NULL);
    if (status != EXIT_PASSED)
        return status;
    replay->worlds = &site->world;
    replay->world_count = 1;
    replay->trial = site->trial;
    if (!site->preflight.has_ended)
        return play_operands(replay, &replay->given);
    return site_tell_steps(site);
}

static int play_at_site(struct replay *replay, const char *url)
{
    const char **values = replay->given.values;
    struct site_choice choice = {.url = url,
                                 .sims_path = values[SIMS],
                                 .profile_name = replay->reading.spec,
                                 .is_aggressive = values[AGGRESSIVE] != NULL,
                                 .is_production = values[PRODUCTION] != NULL,
                                 .uses_hooks = values[HOOKS] != NULL,
                                 .hook_timeout = values[HOOK_TIMEOUT],
                                 .needs_sims = true};
    if (values[FAULT] != NULL)
        return cli_refuse("--fault is for cases in process: ", values[FAULT], NULL);
    int status = site_read(&replay->site, &replay->given, CONNECT, &choice);
    if (status == EXIT_PASSED)
        status = consent_production(&replay->site);
    if (status == EXIT_PASSED)
        status = play_at_open_site(replay);
    site_close(&replay->site);
    return status;
}

static int run_replay(const struct command *command, int argc, char **argv)
{
    struct replay *replay = calloc(1, sizeof *replay);
    if (replay == NULL)
        return cli_out_of_memory();
    int status = EXIT_PASSED;
    if (cli_options(&replay->given, &status, command, argc, argv)) {
        const char *url = take_url(&replay->given);
        if (replay->given.operand_count == 0)
            status = cli_refuse("say which cases to replay: ", command->operands, NULL);
        else
            status = reading_read(&replay->reading, &replay->given, PROFILE, SET);
        if (status == EXIT_PASSED)
            status = url == NULL ? play_at_stage(replay) : play_at_site(replay, url);
    }
    free(replay);
    return status;
}

const struct command replay_command = {
    "replay",
    "FILE|DIR... [URL]",
    "Runs kept cases again, in this process or at a URL, and shows every request, answer and "
    "verdict.",
    rows,
    ROW_COUNT,
    run_replay};

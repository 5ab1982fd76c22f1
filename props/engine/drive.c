// SPDX-License-Identifier: Apache-2.0
#include "props/engine/drive.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tool/files.h"

enum {
    SECOND_MS = 1000,
    GRACE_MS = 60 * SECOND_MS,      // beyond its time, for an engine to read its corpus and to end
    STOP_MS = 5 * SECOND_MS,        // to end when asked
    CHECK_MS = 60 * SECOND_MS,      // for one input
    MERGE_MS = 600 * SECOND_MS,     // for a queue
    RESTART_MS_MIN = 2 * SECOND_MS, // less is not worth a start
    AGAIN_COUNT_MAX = 8,            // starts that find nothing new
    EXIT_INTERRUPTED = 72,          // of libFuzzer
    EXIT_NOT_LOADED = 127           // of the system's loader
};

// The first trouble counts: it breaks the campaign off when it is finished.
static void note_trouble(struct drive *drive, const char *words)
{
    if (drive->campaign->trouble[0] == '\0')
        campaign_keep_words(drive->campaign->trouble, view_of_text(words));
}

static void break_off(struct drive *drive, const char *words)
{
    note_trouble(drive, words);
    drive->campaign->state = CAMPAIGN_BROKEN;
    drive->phase = DRIVE_OVER;
    child_end(&drive->child);
}

// Starts what `drive->space` has; false: that cannot be started, and `drive->words` say why.
static bool start_child(struct drive *drive, enum campaign_engine engine, const char *log,
                        int64_t now_ms)
{
    child_end(&drive->child);
    drive->child_begin_ms = now_ms;
    drive->has_begun = false;
    drive->has_cause = false;
    drive->words[0] = '\0';
    memcpy(drive->written_before, drive->written, sizeof drive->written);
    drive->written[0] = '\0';
    engine_settings(drive->settings, engine, &drive->places, drive->stats_port);
    bool is_too_much = drive->space->overflow || drive->settings->overflow;
    int reason = is_too_much
                     ? E2BIG
                     : child_start(&drive->child, drive->space->list, drive->settings->list, log);
    if (reason == 0)
        return true;
    struct buf why = buf_of(drive->words, sizeof drive->words - 1);
    bool has_no_afl = reason == ENOENT && engine == CAMPAIGN_AFL;
    buf_put_text(&why, has_no_afl ? "afl-fuzz is not there; sh ci/setup.sh installs it"
                                  : strerror(reason));
    drive->words[why.len] = '\0';
    return false;
}

static uint64_t left_ms(const struct drive *drive, int64_t now_ms)
{
    uint64_t passed_ms = (uint64_t)(now_ms - drive->begin_ms);
    return passed_ms < drive->plan->time_ms ? drive->plan->time_ms - passed_ms : 0;
}

static void start_engine(struct drive *drive, int64_t now_ms)
{
    const struct engine_plan *plan = drive->plan;
    uint64_t seconds = (left_ms(drive, now_ms) + SECOND_MS - 1) / SECOND_MS;
    engine_fuzz_words(drive->space, plan, &drive->places,
                      view_of(drive->options, drive->options_len), plan->seed + drive->child_count,
                      seconds);
    drive->child_count++;
    drive->runs_before = drive->campaign->vitals.runs;
    drive->phase = DRIVE_FUZZES;
    if (drive->campaign->state == CAMPAIGN_WAITING)
        drive->campaign->state = CAMPAIGN_LOADING;
    if (!start_child(drive, plan->engine, drive->places.log, now_ms))
        break_off(drive, drive->words);
}

static bool read_options(struct drive *drive)
{
    if (drive->places.options[0] == '\0')
        return true;
    size_t len = 0;
    char *text = file_read(&len, drive->places.options, sizeof drive->options);
    if (text == NULL)
        return false;
    memcpy(drive->options, text, len);
    drive->options_len = len;
    free(text);
    return true;
}

void drive_start(struct drive *drive, int64_t now_ms)
{
    const struct engine_plan *plan = drive->plan;
    drive->begin_ms = now_ms;
    drive->stats_fd = -1;
    drive->space = malloc(sizeof *drive->space);
    drive->settings = malloc(sizeof *drive->settings);
    bool is_afl = plan->engine == CAMPAIGN_AFL;
    if (is_afl) {
        drive->saved = calloc(1, sizeof *drive->saved);
        drive->stats_fd = afl_listen(&drive->stats_port);
    }
    if (drive->space == NULL || drive->settings == NULL || (is_afl && drive->saved == NULL))
        break_off(drive, "out of memory");
    else if (!engine_places_of(&drive->places, plan, drive->campaign->target))
        break_off(drive, "the program is not there, or a path is too long");
    else if (!read_options(drive) || !folder_make(drive->places.pool))
        break_off(drive, "its files cannot be read or written");
    else if (is_afl && !afl_prepare(&drive->places))
        break_off(drive, "AFL++'s folder cannot be made, or not filled");
    else {
        // What AFL++ saved is shown by the build that checked it.
        bool is_checked = drive->places.checker[0] != '\0';
        drive->campaign->programs = is_checked ? plan->checkers : plan->programs;
        (void)remove(drive->places.log); // of a run before
        start_engine(drive, now_ms);
    }
}

static void hear_line(struct drive *drive, struct vitals *said, struct view line)
{
    struct view words = line;
    enum vitals_line kind = vitals_read_line(said, &words, line);
    if (kind == LINE_WRITTEN) {
        struct buf path = buf_of(drive->written, sizeof drive->written - 1);
        buf_put(&path, words);
        drive->written[path.len] = '\0';
    }
    drive->has_begun = drive->has_begun || kind == LINE_BEGINS;
    bool is_worth = kind == LINE_CAUSE || (kind == LINE_OTHER && line.len != 0);
    if (!drive->has_cause && is_worth)
        campaign_keep_words(drive->words, words);
    drive->has_cause = drive->has_cause || kind == LINE_CAUSE;
}

static void hear(struct drive *drive, int64_t now_ms)
{
    bool is_afl = drive->plan->engine == CAMPAIGN_AFL;
    bool is_fuzzing = drive->phase == DRIVE_FUZZES;
    struct vitals said = drive->campaign->vitals;
    struct view line;
    said.runs -= drive->runs_before;
    while (child_next_line(&drive->child, &line))
        hear_line(drive, &said, line);
    if (is_fuzzing && is_afl)
        drive->has_begun = afl_hear(&said, drive->stats_fd) || drive->has_begun;
    if (!is_fuzzing)
        return;
    campaign_take(drive->campaign, &said, drive->runs_before);
    drive->campaign->elapsed_ms = (uint64_t)(now_ms - drive->begin_ms);
    if (drive->has_begun)
        campaign_grow(drive->campaign, (uint64_t)(now_ms - drive->begin_ms));
}

static void finish(struct drive *drive)
{
    struct campaign *campaign = drive->campaign;
    drive->phase = DRIVE_OVER;
    if (drive->stop_ms != 0)
        campaign->state = CAMPAIGN_STOPPED;
    else if (campaign->trouble[0] != '\0')
        break_off(drive, campaign->trouble);
    else if (campaign->vitals.runs == 0 && campaign->finding_count == 0)
        break_off(drive, drive->words[0] == '\0' ? "it ran nothing" : drive->words);
    else if (campaign->vitals.edges == 0 && campaign->finding_count == 0)
        break_off(drive, "it reaches no edge: is it built for fuzzing?");
    else
        campaign->state = CAMPAIGN_DONE;
}

static bool is_early(const struct drive *drive, int64_t now_ms)
{
    return drive->stop_ms == 0 && left_ms(drive, now_ms) >= RESTART_MS_MIN;
}

// An end of libFuzzer is one of: the time is over, it was asked to, a finding, or trouble.
static void end_libfuzzer(struct drive *drive, int status, int64_t now_ms)
{
    struct campaign *campaign = drive->campaign;
    // Somebody else has interrupted it: its time was not over.
    if (status == EXIT_INTERRUPTED && drive->stop_ms == 0)
        drive->stop_ms = now_ms;
    bool has_written = drive->written[0] != '\0';
    bool is_new = has_written && strcmp(drive->written, drive->written_before) != 0;
    bool is_asked = drive->stop_ms != 0 || status == 0;
    drive->again_count = is_new ? 0 : drive->again_count + 1;
    if (status == 0 && is_early(drive, now_ms))
        note_trouble(drive, "it ended before its time was over");
    if (is_new)
        campaign_add_finding(campaign, drive->written, drive->words);
    else if (!has_written && !is_asked) {
        break_off(drive, drive->words[0] == '\0' ? "it ended without a word" : drive->words);
        return;
    }
    // A seed that fails does so at each start; another start finds other inputs.
    bool is_worth = is_new || (drive->has_begun && drive->again_count < AGAIN_COUNT_MAX);
    bool goes_on = has_written && is_worth && is_early(drive, now_ms) &&
                   campaign->finding_count < CAMPAIGN_FINDING_COUNT_MAX;
    if (goes_on)
        start_engine(drive, now_ms);
    else
        finish(drive);
}

// What was saved goes to the findings, with these words or those of the child.
static void keep_saved(struct drive *drive, size_t index, const char *words)
{
    char path[CAMPAIGN_PATH_LEN_MAX];
    if (!afl_keep(path, &drive->places, drive->saved->paths[index]))
        campaign_add_finding(drive->campaign, drive->saved->paths[index], words);
    else
        campaign_add_finding(drive->campaign, path, words);
}

// Hangs are left out: a machine with much to do has them, too.
static void keep_one_unchecked(struct drive *drive, size_t index)
{
    if (index < drive->saved->crash_count)
        keep_saved(drive, index, "AFL++ saved it; it was not run again");
}

// Those from the next one on.
static void keep_unchecked(struct drive *drive)
{
    for (size_t i = drive->saved_at; i < drive->saved->crash_count; i++)
        keep_one_unchecked(drive, i);
    finish(drive);
}

// The libFuzzer build cannot be started, `drive->words` say why.
static void give_up_checks(struct drive *drive)
{
    char space[CAMPAIGN_WORDS_LEN_MAX];
    struct buf why = buf_of(space, sizeof space - 1);
    buf_put_text(&why, "what AFL++ saved cannot be run again: ");
    buf_put_text(&why, drive->words);
    space[why.len] = '\0';
    note_trouble(drive, space);
    keep_unchecked(drive);
}

static void start_merge(struct drive *drive, int64_t now_ms)
{
    char log[CAMPAIGN_PATH_LEN_MAX];
    (void)engine_path(log, drive->places.work, "/merge.log", "", false);
    engine_merge_words(drive->space, &drive->places, view_of(drive->options, drive->options_len));
    drive->phase = DRIVE_MERGES;
    if (!start_child(drive, CAMPAIGN_LIBFUZZER, log, now_ms))
        give_up_checks(drive);
}

// Runs the next input that AFL++ saved, or goes on behind the last one.
static void check_next(struct drive *drive, int64_t now_ms)
{
    if (drive->saved_at == drive->saved->count) {
        start_merge(drive, now_ms);
        return;
    }
    char log[CAMPAIGN_PATH_LEN_MAX];
    (void)engine_path(log, drive->places.work, "/check.log", "", false);
    engine_check_words(drive->space, &drive->places, view_of(drive->options, drive->options_len),
                       drive->saved->paths[drive->saved_at]);
    drive->phase = DRIVE_CHECKS;
    if (!start_child(drive, CAMPAIGN_LIBFUZZER, log, now_ms))
        give_up_checks(drive);
}

// What AFL++ has saved counts whatever its exit status is, which is 0 also when somebody ended it.
static void end_afl(struct drive *drive, int status, int64_t now_ms)
{
    struct campaign *campaign = drive->campaign;
    if (is_early(drive, now_ms) || (status != 0 && drive->stop_ms == 0))
        note_trouble(drive, drive->has_cause ? drive->words : "AFL++ ended early");
    struct vitals said = campaign->vitals;
    if (afl_read_stats(&said, &drive->places)) {
        campaign_take(campaign, &said, drive->runs_before);
        campaign_grow(campaign, (uint64_t)(now_ms - drive->begin_ms));
    }
    afl_list(drive->saved, &drive->places);
    bool has_any = campaign->vitals.runs != 0 || drive->saved->count != 0;
    if (has_any && drive->stop_ms == 0 && drive->places.checker[0] != '\0') {
        campaign->state = CAMPAIGN_CHECKING;
        check_next(drive, now_ms);
        return;
    }
    keep_unchecked(drive);
}

static void end_check(struct drive *drive, int status, int64_t now_ms)
{
    if (drive->stop_ms != 0) {
        keep_unchecked(drive);
        return;
    }
    bool is_ended = status == EXIT_INTERRUPTED || status == EXIT_NOT_LOADED ||
                    (status == CHILD_FAILED + SIGKILL && !drive->has_cause);
    if (is_ended) {
        note_trouble(drive, "an input that AFL++ saved was not run to its end");
        keep_one_unchecked(drive, drive->saved_at);
    } else if (status == 0)
        drive->campaign->not_again_count++;
    else
        keep_saved(drive, drive->saved_at, drive->words);
    drive->saved_at++;
    check_next(drive, now_ms);
}

static void end_merge(struct drive *drive, int status)
{
    afl_list_merged(drive->saved, &drive->places);
    bool is_merged = status == 0 || drive->saved->count != 0 || drive->stop_ms != 0;
    if (!is_merged)
        note_trouble(drive, drive->has_cause ? drive->words : "AFL++'s queue could not be merged");
    for (size_t i = 0; i < drive->saved->count; i++)
        keep_saved(drive, i, "the libFuzzer build fails on it, AFL++'s does not");
    finish(drive);
}

static void end_phase(struct drive *drive, int status, int64_t now_ms)
{
    if (drive->phase == DRIVE_MERGES)
        end_merge(drive, status);
    else if (drive->phase == DRIVE_CHECKS)
        end_check(drive, status, now_ms);
    else if (drive->plan->engine == CAMPAIGN_AFL)
        end_afl(drive, status, now_ms);
    else
        end_libfuzzer(drive, status, now_ms);
}

// How long a child may take in its phase.
static int64_t patience_ms(const struct drive *drive)
{
    if (drive->phase == DRIVE_FUZZES)
        return (int64_t)drive->plan->time_ms + GRACE_MS;
    return drive->phase == DRIVE_CHECKS ? CHECK_MS : MERGE_MS;
}

void drive_step(struct drive *drive, int64_t now_ms)
{
    int status = 0;
    if (drive->phase == DRIVE_IDLE || drive->phase == DRIVE_OVER)
        return;
    bool has_ended = child_has_ended(&drive->child, &status);
    hear(drive, now_ms);
    if (has_ended) {
        end_phase(drive, status, now_ms);
        return;
    }
    bool is_late = now_ms - drive->child_begin_ms > patience_ms(drive);
    bool is_deaf = drive->stop_ms != 0 && now_ms - drive->stop_ms > STOP_MS;
    if (is_late && drive->stop_ms == 0) {
        campaign_keep_words(drive->words, VIEW("it did not end in time"));
        drive->has_cause = true;
    }
    if (is_late || is_deaf)
        child_signal(&drive->child, SIGKILL);
}

void drive_stop(struct drive *drive, int64_t now_ms)
{
    drive->stop_ms = now_ms;
    if (drive->phase == DRIVE_IDLE) {
        drive->phase = DRIVE_OVER;
        drive->campaign->state = CAMPAIGN_WAITING;
    }
    child_signal(&drive->child, SIGTERM);
}

void drive_end(struct drive *drive)
{
    child_end(&drive->child);
    if (drive->stats_fd > STDERR_FILENO)
        close(drive->stats_fd);
    free(drive->saved);
    free(drive->space);
    free(drive->settings);
}

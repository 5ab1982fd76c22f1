// SPDX-License-Identifier: Apache-2.0
// Driving stand-ins for engines: findings, starts anew, ends, and what AFL++ saved.
#define _GNU_SOURCE
#include "props/engine/drive.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "net/clock.h"
#include "props/subject/errand.h"
#include "props/unit/fuzz_stub.h"
#include "props/unit/unit.h"
#include "tool/files.h"
#include "tool/scratch.h"

enum { PATIENCE_MS = 10000, NAP_MS = 10, LEAP_MS = 1000000, LOG_LEN_MAX = 65536 };

// With the short time a stand-in that ends at once has ended in time.
enum { SHORT_MS = 500, LONG_MS = 60000 };

static struct scratch folder;

static struct place {
    char programs[CAMPAIGN_PATH_LEN_MAX];
    char checkers[CAMPAIGN_PATH_LEN_MAX];
    char out[CAMPAIGN_PATH_LEN_MAX];
    char program[CAMPAIGN_PATH_LEN_MAX];
    char checker[CAMPAIGN_PATH_LEN_MAX];
    char findings[CAMPAIGN_PATH_LEN_MAX];
} place;

static bool make_places(const char *name)
{
    return engine_path(place.programs, folder.path, "/", name, false) &&
           engine_path(place.checkers, place.programs, "/checkers", "", false) &&
           engine_path(place.out, place.programs, "/out", "", false) &&
           engine_path(place.program, place.programs, "/fuzz_x", "", false) &&
           engine_path(place.checker, place.checkers, "/fuzz_x", "", false) &&
           engine_path(place.findings, place.out, "/findings", "", false) &&
           folder_make(place.checkers) && folder_make(place.findings);
}

static void nap(void)
{
    const struct timespec time = {0, NAP_MS * 1000000};
    nanosleep(&time, NULL);
}

// What is done once it has run something.
enum act { NOTHING, STOP, LEAP };

// Drives until it is over.
static void play(struct campaign *campaign, const struct engine_plan *plan, enum act act)
{
    static struct drive drive;
    drive = (struct drive){.campaign = campaign, .plan = plan};
    int64_t begin_ms = bp_clock_ms();
    int64_t leap_ms = 0;
    bool has_acted = false;
    drive_start(&drive, begin_ms);
    while (drive.phase != DRIVE_OVER && bp_clock_ms() - begin_ms < PATIENCE_MS) {
        drive_step(&drive, bp_clock_ms() + leap_ms);
        if (!has_acted && campaign->vitals.runs >= 100) {
            has_acted = true;
            leap_ms = act == LEAP ? LEAP_MS : 0;
            if (act == STOP)
                drive_stop(&drive, bp_clock_ms());
        }
        nap();
    }
    CHECK(drive.phase == DRIVE_OVER);
    drive_end(&drive);
}

static const struct row {
    const char *name;
    const char *program; // NULL: there is none
    enum act act;
    enum campaign_state state;
    unsigned finding_count;
    unsigned known_count;
    uint64_t runs;
    const char *words; // of the first finding, or the trouble
    uint64_t time_ms;
} rows[] = {
    {"passes", stub_passes, NOTHING, CAMPAIGN_DONE, 0, 0, 300, "", SHORT_MS},
    {"early", stub_passes, NOTHING, CAMPAIGN_BROKEN, 0, 0, 300, "it ended before its time was over",
     LONG_MS},
    {"anew", stub_fails_anew, NOTHING, CAMPAIGN_DONE, CAMPAIGN_FINDING_COUNT_MAX, 1, 150 * 8,
     "fuzz/x.c:1: does not hold: a == b", LONG_MS},
    {"again", stub_fails_again, NOTHING, CAMPAIGN_DONE, 1, 1, 150 * 9,
     "fuzz/x.c:1: does not hold: a == b", LONG_MS},
    {"seed", stub_seed_fails, NOTHING, CAMPAIGN_DONE, 1, 1, 300,
     "fuzz/x.c:1: does not hold: a == b", LONG_MS},
    {"dies", stub_dies, NOTHING, CAMPAIGN_BROKEN, 0, 0, 0, "no such option", SHORT_MS},
    {"silent", stub_is_silent, NOTHING, CAMPAIGN_BROKEN, 0, 0, 0, "it ran nothing", SHORT_MS},
    {"none", NULL, NOTHING, CAMPAIGN_BROKEN, 0, 0, 0,
     "the program is not there, or a path is too long", SHORT_MS},
    {"on", stub_runs_on, STOP, CAMPAIGN_STOPPED, 0, 0, 100, "", SHORT_MS},
    {"late", stub_runs_on, LEAP, CAMPAIGN_BROKEN, 0, 0, 100, "it did not end in time", SHORT_MS},
    {"interrupted", stub_is_interrupted, NOTHING, CAMPAIGN_STOPPED, 0, 0, 100, "", SHORT_MS},
    {"blind", stub_sees_nothing, NOTHING, CAMPAIGN_BROKEN, 0, 0, 300,
     "it reaches no edge: is it built for fuzzing?", SHORT_MS},
};

static void check_libfuzzer(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        static struct campaign campaign;
        campaign = (struct campaign){.target = "x"};
        CHECK_ROW(i, make_places(rows[i].name));
        if (rows[i].program != NULL)
            CHECK_ROW(i, stub_write(place.program, rows[i].program));
        const struct engine_plan plan = {.programs = place.programs,
                                         .corpus = place.programs,
                                         .out = place.out,
                                         .seed = 1,
                                         .time_ms = rows[i].time_ms};
        play(&campaign, &plan, rows[i].act);
        const char *words =
            campaign.known_count != 0 ? campaign.findings[0].words : campaign.trouble;
        CHECK_ROW(i, campaign.state == rows[i].state);
        CHECK_ROW(i, campaign.finding_count == rows[i].finding_count);
        CHECK_ROW(i, campaign.known_count == rows[i].known_count);
        CHECK_ROW(i, campaign.vitals.runs == rows[i].runs);
        CHECK_ROW(i, strcmp(words, rows[i].words) == 0);
        if (campaign.known_count != 0)
            CHECK_ROW(i, access(campaign.findings[0].path, R_OK) == 0);
    }
}

// The log has what every start said: the stack of a finding stands there.
static void check_log(void)
{
    char path[CAMPAIGN_PATH_LEN_MAX];
    size_t len = 0;
    CHECK(make_places("anew"));
    CHECK(engine_path(path, place.out, "/x.log", "", true));
    char *text = file_read(&len, path, LOG_LEN_MAX);
    CHECK(text != NULL);
    CHECK(text != NULL && view_find(view_of(text, len), VIEW("-crash-1\n")) < len);
    CHECK(text != NULL && view_find(view_of(text, len), VIEW("-crash-8\n")) < len);
    free(text);
}

static const char not_again[] = "AFL++ saved it; it was not run again";

static const struct afl_row {
    const char *name;
    const char *afl;
    const char *checker; // NULL: there is none
    bool cannot_start;   // the checker
    enum campaign_state state;
    unsigned finding_count;
    unsigned known_count;
    unsigned not_again_count;
    const char *words[2]; // of the findings
    const char *trouble;
    uint64_t time_ms;
} afl_rows[] = {
    {"afl",
     stub_afl,
     stub_checks,
     false,
     CAMPAIGN_DONE,
     2,
     2,
     2,
     {"fuzz/x.c:1: does not hold: a == b", "the libFuzzer build fails on it, AFL++'s does not"},
     "",
     SHORT_MS},
    {"afl-alone", stub_afl, NULL, false, CAMPAIGN_DONE, 2, 1, 0, {not_again}, "", SHORT_MS},
    {"afl-fine", stub_afl_passes, stub_merges, false, CAMPAIGN_DONE, 0, 0, 0, {NULL}, "", SHORT_MS},
    {"afl-early",
     stub_afl_passes,
     stub_merges,
     false,
     CAMPAIGN_BROKEN,
     0,
     0,
     0,
     {NULL},
     "AFL++ ended early",
     LONG_MS},
    {"afl-unloaded",
     stub_afl,
     stub_is_not_loaded,
     false,
     CAMPAIGN_BROKEN,
     2,
     1,
     0,
     {not_again},
     "an input that AFL++ saved was not run to its end",
     SHORT_MS},
    {"afl-ends",
     stub_afl_ends,
     stub_merges,
     false,
     CAMPAIGN_BROKEN,
     0,
     0,
     0,
     {NULL},
     "AFL++ ended early",
     SHORT_MS},
    {"afl-aborts",
     stub_afl_aborts,
     NULL,
     false,
     CAMPAIGN_BROKEN,
     2,
     1,
     0,
     {not_again},
     "Unable to write",
     SHORT_MS},
    {"afl-merge",
     stub_afl_passes,
     stub_cannot_merge,
     false,
     CAMPAIGN_BROKEN,
     0,
     0,
     0,
     {NULL},
     "AFL++'s queue could not be merged",
     SHORT_MS},
    {"afl-unchecked",
     stub_afl,
     stub_checks,
     true,
     CAMPAIGN_BROKEN,
     2,
     1,
     0,
     {not_again},
     "what AFL++ saved cannot be run again: Permission denied",
     SHORT_MS},
};

// With a libFuzzer build what was saved is run again, and without one it counts as it is.
static void check_afl_row(size_t i)
{
    static struct campaign campaign;
    const struct afl_row *row = &afl_rows[i];
    char path[CAMPAIGN_PATH_LEN_MAX + 64];
    campaign = (struct campaign){.target = "x", .engine = CAMPAIGN_AFL};
    CHECK_ROW(i, make_places(row->name));
    CHECK_ROW(i, stub_write(place.program, stub_passes));
    CHECK_ROW(i, row->checker == NULL || stub_write(place.checker, row->checker));
    if (row->cannot_start)
        CHECK_ROW(i, chmod(place.checker, 0644) == 0);
    CHECK_ROW(i, engine_path(path, place.programs, "/afl-fuzz", "", false));
    CHECK_ROW(i, stub_write(path, row->afl));
    char *before = strdup(getenv("PATH"));
    (void)snprintf(path, sizeof path, "%s:%s", place.programs, before);
    setenv("PATH", path, 1);
    const struct engine_plan plan = {.engine = CAMPAIGN_AFL,
                                     .programs = place.programs,
                                     .checkers = row->checker != NULL ? place.checkers : NULL,
                                     .corpus = place.programs,
                                     .out = place.out,
                                     .seed = 1,
                                     .time_ms = row->time_ms};
    play(&campaign, &plan, NOTHING);
    setenv("PATH", before, 1);
    free(before);
    CHECK_ROW(i, campaign.state == row->state);
    CHECK_ROW(i, campaign.vitals.runs == 166363);
    CHECK_ROW(i, campaign.vitals.stability_part == 10000);
    CHECK_ROW(i, campaign.finding_count == row->finding_count);
    CHECK_ROW(i, campaign.known_count == row->known_count);
    CHECK_ROW(i, campaign.not_again_count == row->not_again_count);
    CHECK_ROW(i, strcmp(campaign.trouble, row->trouble) == 0);
    for (unsigned j = 0; j < campaign.known_count && j < row->known_count; j++) {
        const struct campaign_finding *finding = &campaign.findings[j];
        CHECK_ROW(i, strcmp(finding->words, row->words[j]) == 0);
        CHECK_ROW(i, strncmp(finding->path, place.findings, strlen(place.findings)) == 0);
        CHECK_ROW(i, access(finding->path, R_OK) == 0);
    }
}

int main(void)
{
    struct errand removal;
    if (!scratch_open(&folder))
        return 1;
    check_libfuzzer();
    check_log();
    for (size_t i = 0; i < sizeof afl_rows / sizeof afl_rows[0]; i++)
        check_afl_row(i);
    char *const words[] = {"rm", "-r", folder.path, NULL};
    CHECK(errand_run(&removal, words, 10000, NULL, NULL));
    return unit_end();
}

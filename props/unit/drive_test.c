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

enum { PATIENCE_MS = 10000, NAP_MS = 10 };

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

// Drives until it is over; asks it to stop once it has run something, if `stops`.
static void play(struct campaign *campaign, const struct engine_plan *plan, bool stops)
{
    static struct drive drive;
    drive = (struct drive){.campaign = campaign, .plan = plan};
    int64_t begin_ms = bp_clock_ms();
    bool is_stopped = false;
    drive_start(&drive, begin_ms);
    while (drive.phase != DRIVE_OVER && bp_clock_ms() - begin_ms < PATIENCE_MS) {
        drive_step(&drive, bp_clock_ms());
        if (stops && !is_stopped && campaign->vitals.runs >= 100) {
            drive_stop(&drive, bp_clock_ms());
            is_stopped = true;
        }
        nap();
    }
    CHECK(drive.phase == DRIVE_OVER);
    drive_end(&drive);
}

static const struct row {
    const char *name;
    const char *program; // NULL: there is none
    bool stops;
    enum campaign_state state;
    unsigned finding_count;
    unsigned known_count;
    uint64_t runs;
    const char *words; // of the first finding, or the trouble
} rows[] = {
    {"passes", stub_passes, false, CAMPAIGN_DONE, 0, 0, 300, ""},
    {"anew", stub_fails_anew, false, CAMPAIGN_DONE, CAMPAIGN_FINDING_COUNT_MAX, 1, 150 * 8,
     "fuzz/x.c:1: does not hold: a == b"},
    {"again", stub_fails_again, false, CAMPAIGN_DONE, 1, 1, 300,
     "fuzz/x.c:1: does not hold: a == b"},
    {"dies", stub_dies, false, CAMPAIGN_BROKEN, 0, 0, 0, "no such option"},
    {"silent", stub_is_silent, false, CAMPAIGN_BROKEN, 0, 0, 0, "it ran nothing"},
    {"none", NULL, false, CAMPAIGN_BROKEN, 0, 0, 0,
     "the program is not there, or a path is too long"},
    {"on", stub_runs_on, true, CAMPAIGN_STOPPED, 0, 0, 100, ""},
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
                                         .time_ms = 60000};
        play(&campaign, &plan, rows[i].stops);
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

// With a libFuzzer build what was saved is run again, and without one it counts as it is.
static void check_afl(bool has_checkers)
{
    static struct campaign campaign;
    char path[CAMPAIGN_PATH_LEN_MAX + 64];
    campaign = (struct campaign){.target = "x", .engine = CAMPAIGN_AFL};
    CHECK(make_places(has_checkers ? "afl" : "alone"));
    CHECK(stub_write(place.program, stub_passes));
    CHECK(stub_write(place.checker, stub_checks));
    CHECK(engine_path(path, place.programs, "/afl-fuzz", "", false));
    CHECK(stub_write(path, stub_afl));
    const char *before = getenv("PATH");
    (void)snprintf(path, sizeof path, "%s:%s", place.programs, before);
    setenv("PATH", path, 1);
    const struct engine_plan plan = {.engine = CAMPAIGN_AFL,
                                     .programs = place.programs,
                                     .checkers = has_checkers ? place.checkers : NULL,
                                     .corpus = place.programs,
                                     .out = place.out,
                                     .seed = 1,
                                     .time_ms = 60000};
    play(&campaign, &plan, false);
    CHECK(campaign.state == CAMPAIGN_DONE);
    CHECK(campaign.vitals.runs == 166363);
    CHECK(campaign.vitals.stability_part == 10000);
    CHECK(campaign.finding_count == 2);
    CHECK(campaign.known_count == (has_checkers ? 2 : 1));
    CHECK(campaign.not_again_count == (has_checkers ? 2 : 0));
    if (has_checkers) {
        CHECK(strcmp(campaign.findings[0].words, "fuzz/x.c:1: does not hold: a == b") == 0);
        CHECK(strcmp(campaign.findings[1].words,
                     "the libFuzzer build fails on it, AFL++'s does not") == 0);
    }
    for (unsigned i = 0; i < campaign.known_count; i++)
        CHECK(strncmp(campaign.findings[i].path, place.findings, strlen(place.findings)) == 0);
}

int main(void)
{
    struct errand removal;
    if (!scratch_open(&folder))
        return 1;
    check_libfuzzer();
    check_afl(true);
    check_afl(false);
    char *const words[] = {"rm", "-r", folder.path, NULL};
    CHECK(errand_run(&removal, words, 10000, NULL, NULL));
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
// What the end of a hunt means for its result, and what is said of it.
#include "props/cli/fall.h"

#include "props/unit/stage.h"
#include "props/unit/unit.h"
#include "tool/files.h"
#include "tool/scratch.h"

enum { SUSPECT_COUNT = 3 };

static struct scratch scratch;
static struct hunt hunt;
static struct check_result result;
static bool only[CLAUSE_COUNT_MAX];
static char space[TERMINAL_LEN_MAX];

static const struct {
    struct hunt hunt;
    bool was_stopped;
    const char *says;    // of the endpoint; "": nothing
    const char *also;    //
    const char *verdict; // begins so
} rows[] = {
    {{.state = HUNT_IS_OVER, .known_status = 200}, false, "", "", "PASS  1 passed"},
    {{.state = HUNT_IS_OVER, .known_status = 429}, false, "", "", "PARTIAL  at the end "},
    {{.state = HUNT_IS_OVER, .known_status = 503}, false, "", "", "PARTIAL  at the end "},
    {{.state = HUNT_IS_OVER, .known_status = 200, .away_count = 1},
     false,
     "",
     "",
     "PARTIAL  the endpoint was away for moments; "},
    {{.state = HUNT_STOPPED}, false, "", "", "PARTIAL  the time was up "},
    {{.state = HUNT_STOPPED}, true, "", "", "PARTIAL  interrupted: "},
    {{.state = HUNT_HAS_BLAMED}, false, "DOWN  one input", "sent", "FAIL  1 passed, 1 failed"},
    {{.state = HUNT_HAS_BLAMED, .bad_status = 500},
     false,
     "DOWN  one",
     "500",
     "FAIL  1 passed, 1 "},
    {{.state = HUNT_HAS_BLAMED, .bad_status = 502},
     false,
     "DOWN  one",
     "502",
     "FAIL  1 passed, 1 "},
    {{.state = HUNT_HAS_BLAMED, .bad_status = 503},
     false,
     "BARRED  behind",
     "503",
     "PARTIAL  the "},
    {{.state = HUNT_HAS_BLAMED, .bad_status = 504},
     false,
     "BARRED  behind",
     "504",
     "PARTIAL  the "},
    {{.state = HUNT_HAS_BLAMED, .bad_status = 403},
     false,
     "BARRED  behind",
     "403",
     "PARTIAL  the "},
    {{.state = HUNT_IS_DOWN, .is_gone = true, .is_away = true, .culprit = SUSPECT_COUNT},
     false,
     "DOWN  the",
     "did not come back, so that nothing",
     "PARTIAL  the endpoint is gone: "},
    {{.state = HUNT_IS_DOWN, .is_gone = true, .is_away = true},
     false,
     "DOWN  the",
     "it went down again",
     "PARTIAL  the endpoint is gone: "},
    {{.state = HUNT_IS_DOWN}, false, "DOWN  the", "no input alone", "PARTIAL  the endpoint went"},
    {{.state = HUNT_IS_DOWN, .is_fickle = true},
     false,
     "DOWN  the",
     "behind the plain request",
     "PARTIAL  the endpoint went down"},
    {{.state = HUNT_IS_DOWN, .is_gone = true, .is_away = true, .bad_status = 401},
     false,
     "BARRED  the",
     "401",
     "PARTIAL  the endpoint refuses what it served before: "},
    {{.state = HUNT_IS_DOWN, .is_away = true, .is_cut_short = true},
     true,
     "DOWN  the",
     "interrupted before all were sent again",
     "PARTIAL  interrupted: "},
    {{.state = HUNT_IS_DOWN, .is_away = true, .is_cut_short = true},
     false,
     "DOWN  the",
     "the time was up before all were sent",
     "PARTIAL  the endpoint is gone: "},
};

static bool has(const struct buf *out, const char *words)
{
    return view_find(buf_view(out), view_of_text(words)) <= out->len - strlen(words);
}

static void check_row(size_t i, const char *folder)
{
    const struct terminal_run run = {.only = only, .again = " URL"};
    size_t failing = clause_find(VIEW("GB-ERR-3"));
    struct buf out = BUF(space);
    hunt = rows[i].hunt;
    hunt.result = &result;
    hunt.suspect_count = SUSPECT_COUNT;
    check_clear(&result);
    memset(only, 0, sizeof only);
    only[0] = true;
    result.graded[0][GRADE_PASS] = 1;
    result.saw_200 = true;
    result.was_stopped = rows[i].was_stopped;
    fall_settle(&result, &hunt, only);
    bool is_failure = view_starts(view_of_text(rows[i].verdict), VIEW("FAIL"));
    CHECK_ROW(i, only[failing] == is_failure);
    bool is_told = fall_put(&out, &hunt, &run, folder, &honest[0].fixture);
    CHECK_ROW(i, is_told == (rows[i].says[0] != '\0'));
    CHECK_ROW(i, view_starts(buf_view(&out), view_of_text(rows[i].says)));
    CHECK_ROW(i, !is_told || has(&out, rows[i].also));
    CHECK_ROW(i, !is_told || has(&out, "balprobe replay '/"));
    buf_clear(&out);
    terminal_put_verdict(&out, &run, &result);
    CHECK_ROW(i, view_starts(buf_view(&out), view_of_text(rows[i].verdict)));
}

// Where nothing can be written nothing is said of a folder.
static void check_many(const char *folder)
{
    const struct terminal_run run = {.only = only, .again = " URL"};
    const char *const folders[] = {folder, "/dev/null/there"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        struct buf out = BUF(space);
        memset(&hunt, 0, sizeof hunt);
        hunt.state = HUNT_IS_DOWN;
        hunt.result = &result;
        hunt.suspect_count = HUNT_SUSPECT_COUNT_MAX;
        CHECK_ROW(i, fall_put(&out, &hunt, &run, folders[i], &honest[0].fixture));
        CHECK_ROW(i, has(&out, "and others before them"));
        CHECK_ROW(i, has(&out, "in the same folder") == (i == 0));
        CHECK_ROW(i, has(&out, "balprobe replay '/") == (i == 0));
    }
}

int main(void)
{
    char folder[sizeof scratch.path + 16];
    if (!scratch_open(&scratch) || !open_worlds())
        return 2;
    snprintf(folder, sizeof folder, "%s/my dir", scratch.path);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_row(i, folder);
    check_many(folder);
    close_worlds();
    scratch_close(&scratch);
    return unit_end();
}

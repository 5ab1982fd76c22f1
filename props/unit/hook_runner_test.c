// SPDX-License-Identifier: Apache-2.0
// Hook commands as the hooks of a world: whose SIMs, when no more, and what is taken back.
#include "props/subject/hook_runner.h"

#include <stdio.h>
#include <stdlib.h>

#include "props/report/hook_rows.h"
#include "props/unit/unit.h"
#include "tool/files.h"
#include "tool/scratch.h"

#define A "8988247000100003319"
#define Z "8988247000100003555"
#define STRANGER "8988247000100042176"

static struct scratch folder;
static struct hook_commands commands;
static struct hook_runner runner;
static struct time_use use;
static bool is_stopped;

static bool stopped(void *context)
{
    (void)context;
    return is_stopped;
}

// Every command notes its words in a file; what is called as `failing` fails with status 1.
static void open_runner(const char *failing, bool has_undo)
{
    static const char *const members[] = {
        "\"limiter\":[\"./hook\",\"limiter\",\"{rate}\"]",
        "\"fault\":[\"./hook\",\"fault\",\"{switch}\"]",
        "\"walled\":[\"./hook\",\"walled\",\"{iccid}\",\"{switch}\"]",
        "\"micro\":[\"./hook\",\"micro\",\"{iccid}\",\"{switch}\"]",
        "\"consume\":[\"./hook\",\"consume\",\"{iccid}\",\"{mb}\"]",
        "\"clock\":[\"no-such-program\",\"{seconds}\"]",
        "\"undo\":[\"./hook\",\"undo\"]",
    };
    char text[4096];
    char path[512];
    struct buf out = BUF(text);
    struct bp_trouble trouble;
    void *space = malloc(bp_json_space(65536, 1024));
    FILE *file;
    if (space == NULL)
        exit(2);
    snprintf(path, sizeof path, "%s/hook", folder.path);
    file = fopen(path, "w");
    fprintf(file, "echo \"$*\" >>%s/log\n[ \"$1\" != %s ]\n", folder.path, failing);
    fclose(file);
    buf_put_text(&out, "{\"hooks\":{");
    for (size_t i = 0; i < sizeof members / sizeof members[0] - !has_undo; i++) {
        const char *hook = strstr(members[i], "./hook");
        buf_put_text(&out, i == 0 ? "" : ",");
        buf_put(&out, view_between(members[i], hook == NULL ? members[i] : hook));
        if (hook != NULL) {
            buf_put_text(&out, "sh\",\"");
            buf_put_text(&out, path);
        }
        buf_put_text(&out, hook == NULL ? members[i] : hook + strlen("./hook"));
    }
    buf_put_text(&out, "}}");
    CHECK(
        hook_commands_read(&commands, &trouble, bp_json_open(space, 65536, 1024), buf_view(&out)));
    free(space);
    struct fixture fixture = {.iccid = {[ROLE_A] = VIEW_INIT(A), [ROLE_W] = VIEW_INIT(Z)}};
    hook_runner_init(&runner, &commands, &fixture, 5000);
    runner.stopped = stopped;
    runner.use = &use;
    is_stopped = false;
    snprintf(path, sizeof path, "%s/log", folder.path);
    remove(path);
}

static bool logged(const char *lines)
{
    char path[512];
    size_t len = 0;
    snprintf(path, sizeof path, "%s/log", folder.path);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return *lines == '\0';
    fclose(file);
    char *text = file_read(&len, path, 65536);
    bool is_same = text != NULL && view_equal(view_of(text, len), view_of_text(lines));
    if (!is_same)
        fprintf(stderr, "logged %.*s", (int)len, text == NULL ? "" : text);
    free(text);
    return is_same;
}

static bool told(const char *words)
{
    char space[8192];
    struct buf out = BUF(space);
    hook_rows_put(&out, &runner);
    return view_find(buf_view(&out), view_of_text(words)) < out.len;
}

static bool act(struct bp_act act)
{
    struct bp_hooks hooks = hook_runner_hooks(&runner);
    return hooks.act(hooks.context, &act);
}

static bool undo(void)
{
    struct bp_hooks hooks = hook_runner_hooks(&runner);
    return hooks.undo(hooks.context);
}

#define CONSUME(of) ((struct bp_act){.hook = BP_HOOK_CONSUME, .iccid = VIEW(of), .bytes = 500000})
#define WALLED(of, on) ((struct bp_act){.hook = BP_HOOK_WALLED, .iccid = VIEW(of), .is_on = (on)})

static void test_done(void)
{
    open_runner("none", true);
    CHECK(hook_runner_hooks(&runner).there == BP_HOOK_ALL - BP_HOOK_BIT(BP_HOOK_ORDER));
    CHECK(act(CONSUME(A)) && act(CONSUME(Z)) && runner.has_changed);
    CHECK(undo() && !runner.has_changed);
    CHECK(!act((struct bp_act){.hook = BP_HOOK_ORDER, .iccid = VIEW(A)}));
    hook_runner_settle(&runner);
    CHECK(logged("consume " A " 0.5\nconsume " Z " 0.5\nundo\n"));
    CHECK(told("Hooks run: consume 2, undo 1\n") && !told("changed"));
    CHECK(hook_runner_failure(&runner) == HOOK_COMMAND_COUNT);
}

// Nobody's SIM but those of the inventory.
static void test_strangers(void)
{
    open_runner("none", true);
    CHECK(!act(CONSUME(STRANGER)) && !act(CONSUME("")) && !act(WALLED(STRANGER, false)));
    CHECK(logged("") && !runner.has_changed);
    CHECK(told("hook consume: it was to be run for a SIM outside the inventory\n"));
}

// A command that failed is not run again, but what sets back is.
static void test_failed(void)
{
    open_runner("consume", true);
    CHECK(!act(CONSUME(A)) && !act(CONSUME(A)));
    CHECK(hook_runner_failure(&runner) == BP_HOOK_CONSUME && !runner.is_spoilt);
    CHECK(told("Hooks run: none\n  hook consume: exit status 1\n"));
    CHECK(told("the SIMs have changed, and undo did not bring them back"));
    CHECK(act(WALLED(A, true)) && undo());
    CHECK(!act((struct bp_act){.hook = BP_HOOK_CLOCK, .ms = 1}));
    CHECK(told("hook clock: it cannot be started: No such file or directory\n"));
    CHECK(logged("consume " A " 0.5\nwalled " A " on\nundo\n"));
    open_runner("walled", true);
    CHECK(!act(WALLED(A, true)) && !act(WALLED(A, true)) && !act(WALLED(A, false)));
    CHECK(logged("walled " A " on\nwalled " A " off\n"));
}

// Where nothing can be undone, a failure ends it, and what was switched on is switched off.
static void test_spoilt(void)
{
    open_runner("consume", false);
    CHECK(hook_runner_hooks(&runner).undo == NULL);
    CHECK(!act((struct bp_act){.hook = BP_HOOK_CLOCK, .ms = 1}) && !runner.is_spoilt);
    CHECK(act(WALLED(A, true)) && act(WALLED(Z, true)));
    CHECK(act((struct bp_act){.hook = BP_HOOK_LIMITER, .rate_per_s = 3}));
    CHECK(act((struct bp_act){.hook = BP_HOOK_FAULT, .is_on = true}));
    CHECK(act((struct bp_act){.hook = BP_HOOK_FAULT}));
    CHECK(!act(CONSUME(A)) && runner.is_spoilt);
    CHECK(!act(WALLED(A, true)));
    hook_runner_settle(&runner);
    hook_runner_settle(&runner);
    CHECK(logged("walled " A " on\nwalled " Z " on\nlimiter 3\nfault on\nfault off\n"
                 "consume " A " 0.5\nlimiter off\nwalled " A " off\n"));
    CHECK(told("the SIMs have changed, and there is no undo"));
    open_runner("none", false);
    CHECK(act((struct bp_act){.hook = BP_HOOK_LIMITER, .rate_per_s = 3}) && act(WALLED(A, true)));
    CHECK(runner.has_changed);
    hook_runner_settle(&runner);
    CHECK(logged("limiter 3\nwalled " A " on\nlimiter off\nwalled " A " off\n"));
    CHECK(!told("the SIMs have changed"));
    open_runner("none", false);
    CHECK(act((struct bp_act){.hook = BP_HOOK_LIMITER, .rate_per_s = 3}));
    CHECK(!act((struct bp_act){.hook = BP_HOOK_CLOCK, .ms = 1}));
    hook_runner_settle(&runner);
    CHECK(!told("the SIMs have changed"));
    open_runner("limiter", false);
    CHECK(!act((struct bp_act){.hook = BP_HOOK_LIMITER, .rate_per_s = 3}));
    hook_runner_settle(&runner);
    CHECK(told("the SIMs have changed"));
    open_runner("undo", true);
    CHECK(act(CONSUME(A)) && !undo() && runner.is_spoilt && !act(CONSUME(A)));
    CHECK(told("hook undo: exit status 1\n"));
}

// An interrupted run begins nothing, but ends what it began.
static void test_stopped(void)
{
    open_runner("none", true);
    CHECK(act(WALLED(A, true)));
    is_stopped = true;
    CHECK(!act(CONSUME(A)) && act(WALLED(A, false)) && undo());
    CHECK(logged("walled " A " on\nwalled " A " off\nundo\n"));
    CHECK(hook_runner_failure(&runner) == HOOK_COMMAND_COUNT);
}

// What commands take is counted, and nothing else.
static void test_time(void)
{
    open_runner("consume", true);
    use = (struct time_use){{0}};
    CHECK(act(WALLED(A, true)) && use.us[TIME_HOOK] > 0);
    int64_t walled_us = use.us[TIME_HOOK];
    CHECK(!act(CONSUME(A)) && use.us[TIME_HOOK] > walled_us);
    int64_t failed_us = use.us[TIME_HOOK];
    CHECK(!act(CONSUME(A)) && use.us[TIME_HOOK] == failed_us);
    CHECK(undo() && use.us[TIME_HOOK] > failed_us);
    CHECK(use.us[TIME_ENDPOINT] == 0 && use.us[TIME_PAUSE] == 0);
}

static void test_pretence(void)
{
    open_runner("none", true);
    runner.only_pretends = true;
    CHECK(act(CONSUME(A)) && undo());
    hook_runner_settle(&runner);
    CHECK(logged("") && !told(""));
}

int main(void)
{
    if (!scratch_open(&folder))
        return 2;
    test_done();
    test_strangers();
    test_failed();
    test_spoilt();
    test_stopped();
    test_time();
    test_pretence();
    scratch_close(&folder);
    return unit_end();
}

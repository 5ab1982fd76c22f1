// SPDX-License-Identifier: Apache-2.0
// The hooks of a site: read from its inventory, used where they may be; how a site's preflight
// ends.
#include "props/cli/site.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "props/unit/sample.h"
#include "props/unit/unit.h"
#include "tool/cli.h"
#include "tool/files.h"
#include "tool/interrupt.h"
#include "tool/scratch.h"

#define NEAR "http://127.0.0.1:1/v1"
#define FAR "https://192.0.2.1/v1"
#define CONSUME "\"consume\":[\"./consume.sh\",\"{iccid}\",\"{mb}\"]"

static const struct option options_rows[CONNECT_ROW_COUNT] = {CONNECT_ROWS(0)};
static const struct command command = {"try", "URL", "Tries.", options_rows, CONNECT_ROW_COUNT,
                                       NULL};

static struct scratch folder;
static struct options options;
static struct site site;

static const char *sims_path(void)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/sims.json", folder.path);
    return path;
}

// Writes the sample with those hooks in front.
static void write_sims(const char *hooks)
{
    static char space[131072];
    struct buf text = BUF(space);
    buf_put_text(&text, "{\"hooks\":");
    buf_put_text(&text, hooks);
    buf_put_byte(&text, ',');
    buf_put(&text, view_from(sample_text(), 1));
    CHECK(file_write(sims_path(), buf_view(&text)));
}

// The machine need not trust any authority.
static int open_site(const struct site_choice *choice)
{
    static char insecure[] = "-k";
    char *words[] = {insecure, NULL};
    CHECK(options_read(&options, &command, 1, words));
    return site_read(&site, &options, 0, choice);
}

static bool has_step(const char *words, const char *remedy)
{
    const struct preflight *preflight = &site.preflight;
    for (size_t i = 0; i < preflight->step_count; i++) {
        const struct preflight_step *step = &preflight->steps[i];
        if (strstr(step->words, words) != NULL)
            return remedy == NULL ? step->grade == STEP_OK
                                  : strcmp(step->remedy.remedy, remedy) == 0;
    }
    return false;
}

// Where the hooks of the file are used, and what the preflight says of them.
static const struct {
    struct site_choice choice;
    const char *hooks; // of the file; NULL: the sample
    uint8_t there;     // of the world
    bool has_undo;
    const char *step;
    const char *remedy;
} uses[] = {
    {{.url = NEAR}, NULL, 0, false, "no hooks; ", NULL},
    {{.url = NEAR}, "{}", 0, false, "no hooks; ", NULL},
    {{.url = NEAR},
     "{" CONSUME "}",
     BP_HOOK_BIT(BP_HOOK_CONSUME),
     false,
     "hooks: consume; no undo: the SIMs stay changed; without limiter fault walled micro order "
     "clock ",
     NULL},
    {{.url = NEAR},
     "{" CONSUME ",\"undo\":[\"u\"]}",
     BP_HOOK_BIT(BP_HOOK_CONSUME),
     true,
     "hooks: consume, and undo; without limiter ",
     NULL},
    {{.url = FAR},
     "{" CONSUME "}",
     0,
     false,
     "hooks, which are not run here, and ",
     "if they may be changed, say so with --hooks"},
    {{.url = FAR, .uses_hooks = true},
     "{" CONSUME "}",
     BP_HOOK_BIT(BP_HOOK_CONSUME),
     false,
     "hooks: consume; no undo: ",
     NULL},
};

static void check_uses(void)
{
    for (size_t i = 0; i < sizeof uses / sizeof uses[0]; i++) {
        struct site_choice choice = uses[i].choice;
        char space[4096];
        struct buf out = BUF(space);
        if (uses[i].hooks != NULL) {
            write_sims(uses[i].hooks);
            choice.sims_path = sims_path();
        }
        CHECK_ROW(i, open_site(&choice) == EXIT_PASSED);
        CHECK_ROW(i, site.world.hooks.there == 0 && site.world.hooks.act == NULL);
        CHECK_ROW(i, site_resolve(&site) == EXIT_PASSED);
        const struct bp_hooks *hooks = &site.world.hooks;
        CHECK_ROW(i, hooks->there == uses[i].there && (hooks->undo != NULL) == uses[i].has_undo);
        preflight_hooks(&site.preflight, hooks, hook_commands_there(&site.hooks.commands));
        CHECK_ROW(i, has_step(uses[i].step, uses[i].remedy));
        site_hooks_put(&out, &site.hooks);
        struct view words = VIEW("  consume ./consume.sh {iccid} {mb}\n");
        CHECK_ROW(i, (view_find(buf_view(&out), words) < out.len) == (uses[i].there != 0));
        buf_clear(&out);
        site_put_again(&out, &site);
        bool has_word = view_find(buf_view(&out), VIEW(" --hooks")) < out.len;
        CHECK_ROW(i, has_word == choice.uses_hooks);
        site_close(&site);
    }
}

// What is refused before anything is sent.
static void check_refusals(void)
{
    static const struct {
        const char *hooks;
        const char *timeout;
    } rows[] = {
        {"{\"consume\":[\"c\",\"{iccid}\"]}", NULL},
        {"{\"consume\":[]}", NULL},
        {"{\"frob\":[\"c\"]}", NULL},
        {"7", NULL},
        {"{" CONSUME "}", "soon"},
        {"{" CONSUME "}", "0"},
    };
    fflush(stderr);
    int kept = dup(STDERR_FILENO);
    if (freopen("/dev/null", "w", stderr) == NULL)
        exit(2);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        write_sims(rows[i].hooks);
        const struct site_choice choice = {
            .url = NEAR, .sims_path = sims_path(), .hook_timeout = rows[i].timeout};
        CHECK_ROW(i, open_site(&choice) == EXIT_USAGE);
        site_close(&site);
    }
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
}

// A world's acts run the commands: only for SIMs of the inventory, and never in a list of requests.
static void check_acts(void)
{
    char hooks[1024];
    char log[512];
    snprintf(log, sizeof log, "%s/log", folder.path);
    snprintf(hooks, sizeof hooks,
             "{\"clock\":[\"sh\",\"-c\",\"echo {seconds} >>%s\"],\"undo\":[\"false\"]}", log);
    write_sims(hooks);
    const struct site_choice choice = {
        .url = NEAR, .sims_path = sims_path(), .hook_timeout = "2.5"};
    const struct bp_act act = {.hook = BP_HOOK_CLOCK, .ms = 7000};
    for (unsigned round = 0; round < 2; round++) {
        CHECK_ROW(round, open_site(&choice) == EXIT_PASSED && site_resolve(&site) == EXIT_PASSED);
        CHECK_ROW(round, site.hooks.runner.timeout_ms == 2500);
        site.hooks.runner.only_pretends = round == 0;
        CHECK_ROW(round, site.world.hooks.act(site.world.hooks.context, &act));
        CHECK_ROW(round, access(log, F_OK) == (round == 0 ? -1 : 0));
        CHECK_ROW(round, site.hooks.runner.has_changed == (round == 1));
        site_settle(&site);
        CHECK_ROW(round, site.hooks.runner.is_spoilt == (round == 1));
        site_close(&site);
    }
}

// The exit status behind a preflight.
static void check_ends(void)
{
    static struct site ended;
    CHECK(site_tell_steps(&ended) == EXIT_PASSED);
    ended.preflight.has_ended = true;
    CHECK(site_tell_steps(&ended) == EXIT_UNTESTED);
    interrupt_watch();
    CHECK(raise(SIGINT) == 0);
    CHECK(site_tell_steps(&ended) == EXIT_SIGNAL + SIGINT);
}

int main(void)
{
    if (!scratch_open(&folder))
        return 2;
    check_uses();
    check_refusals();
    check_acts();
    scratch_close(&folder);
    check_ends(); // from here on there was an interrupt
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "props/cli/fuzz_run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "net/clock.h"
#include "props/cli/fuzz_screen.h"
#include "props/engine/drive.h"
#include "props/engine/page.h"
#include "tool/cli.h"
#include "tool/files.h"
#include "tool/interrupt.h"

enum {
    NAP_MS = 100,
    SAMPLE_MS = 2000,
    METRICS_MS = 10000,
    METRICS_LEN_MAX = 1 << 17,
    TEXT_LEN_MAX = CAMPAIGN_FINDINGS_LEN_MAX
};

struct going {
    struct fuzz_run *run;
    struct drive *drives; // as many as there are campaigns
    struct fuzz_screen screen;
    FILE *journal;
    bool has_lost; // a file could not be written
    int64_t sampled_ms;
    int64_t measured_ms;
    char *text; // TEXT_LEN_MAX
    char *page; // PAGE_LEN_MAX
};

static void write_row(struct going *going, const struct campaign *campaign)
{
    char space[CAMPAIGN_JSON_LEN_MAX];
    struct buf row = BUF(space);
    campaign_put_json(&row, campaign, bp_clock_wall_ms());
    bool is_written = fwrite(row.data, 1, row.len, going->journal) == row.len;
    is_written = fflush(going->journal) == 0 && is_written;
    if (!is_written && !going->has_lost)
        fprintf(stderr, "balprobe: fuzz.jsonl: %s\n", strerror(errno));
    going->has_lost = going->has_lost || !is_written;
}

static void write_metrics(struct going *going)
{
    struct buf text = buf_of(going->text, METRICS_LEN_MAX);
    campaigns_put_prometheus(&text, going->run->campaigns, going->run->campaign_count);
    bool is_written = file_write_in(going->run->plan.out, VIEW("fuzz.prom"), buf_view(&text));
    going->has_lost = going->has_lost || !is_written;
}

static void write_page(struct going *going)
{
    const struct fuzz_run *run = going->run;
    const struct engine_plan *plan = &run->plan;
    const struct page page = {.version = BALPROBE_VERSION,
                              .settings = run->settings,
                              .wall_ms = bp_clock_wall_ms(),
                              .has_lost = going->has_lost};
    struct buf text = buf_of(going->page, PAGE_LEN_MAX);
    page_put(&text, &page, run->campaigns, run->campaign_count);
    if (text.overflow)
        fprintf(stderr, "balprobe: %s/fuzz.html is cut: it is too long\n", plan->out);
    bool is_written =
        file_write_in(plan->out, VIEW("fuzz.html"), buf_view(&text)) && !text.overflow;
    going->has_lost = going->has_lost || !is_written;
}

static bool is_busy(const struct drive *drive)
{
    return drive->phase != DRIVE_IDLE && drive->phase != DRIVE_OVER;
}

// A step of each target, and a start where there is room. It returns whether any is left.
static bool step_all(struct going *going, int64_t now_ms)
{
    size_t busy_count = 0;
    bool is_left = false;
    for (size_t i = 0; i < going->run->campaign_count; i++) {
        struct drive *drive = &going->drives[i];
        bool was_busy = is_busy(drive);
        drive_step(drive, now_ms);
        if (was_busy && !is_busy(drive))
            write_row(going, drive->campaign);
        busy_count += is_busy(drive);
    }
    for (size_t i = 0; i < going->run->campaign_count; i++) {
        struct drive *drive = &going->drives[i];
        if (drive->phase == DRIVE_IDLE && busy_count < going->run->job_count) {
            drive_start(drive, now_ms);
            busy_count += is_busy(drive);
        }
        is_left = is_left || drive->phase != DRIVE_OVER;
    }
    return is_left;
}

static void tell(struct going *going, int64_t now_ms)
{
    struct fuzz_run *run = going->run;
    fuzz_screen_draw(&going->screen, run->campaigns, run->campaign_count, now_ms);
    if (now_ms - going->sampled_ms >= SAMPLE_MS) {
        going->sampled_ms = now_ms;
        for (size_t i = 0; i < run->campaign_count; i++)
            if (is_busy(&going->drives[i]))
                write_row(going, &run->campaigns[i]);
    }
    if (now_ms - going->measured_ms >= METRICS_MS) {
        going->measured_ms = now_ms;
        write_metrics(going);
    }
}

static void run_all(struct going *going)
{
    const struct timespec nap = {0, NAP_MS * 1000000};
    struct rlimit core = {0};
    bool is_stopped = false;
    interrupt_watch();
    // What our children crash with is told by their sanitizers.
    if (getrlimit(RLIMIT_CORE, &core) == 0) {
        core.rlim_cur = 0;
        (void)setrlimit(RLIMIT_CORE, &core);
    }
    while (step_all(going, bp_clock_ms())) {
        tell(going, bp_clock_ms());
        nanosleep(&nap, NULL);
        if (interrupt_signal() == 0 || is_stopped)
            continue;
        is_stopped = true;
        for (size_t i = 0; i < going->run->campaign_count; i++)
            drive_stop(&going->drives[i], bp_clock_ms());
    }
}

static void report(struct going *going)
{
    const struct fuzz_run *run = going->run;
    const struct engine_plan *plan = &run->plan;
    struct buf text = buf_of(going->text, TEXT_LEN_MAX);
    fuzz_screen_end(&going->screen);
    campaign_put_head(&text);
    for (size_t i = 0; i < run->campaign_count; i++) {
        campaign_put_row(&text, &run->campaigns[i]);
        buf_put_byte(&text, '\n');
    }
    buf_put_byte(&text, '\n');
    cli_print(&text);
    for (size_t i = 0; i < run->campaign_count; i++) {
        campaign_put_findings(&text, &run->campaigns[i]);
        cli_print(&text);
    }
    buf_put_text(&text, "report       ");
    buf_put_text(&text, plan->out);
    buf_put_text(&text, "/fuzz.html\nstatistics   ");
    buf_put_text(&text, plan->out);
    buf_put_text(&text, "/fuzz.jsonl, and fuzz.prom beside it\n");
    campaigns_put_verdict(&text, run->campaigns, run->campaign_count, going->has_lost);
    cli_print(&text);
}

static int status_of(const struct going *going)
{
    static const int statuses[] = {[CAMPAIGNS_PASS] = EXIT_PASSED,
                                   [CAMPAIGNS_FAIL] = EXIT_FAILED,
                                   [CAMPAIGNS_PARTIAL] = EXIT_UNTESTED,
                                   [CAMPAIGNS_INCONCLUSIVE] = EXIT_UNTESTED};
    enum campaigns_verdict verdict =
        campaigns_verdict(going->run->campaigns, going->run->campaign_count, going->has_lost);
    return interrupt_signal() != 0 ? EXIT_SIGNAL + interrupt_signal() : statuses[verdict];
}

// It returns EXIT_PASSED, or the exit status after having told what is wrong.
static int open_all(struct going *going)
{
    struct fuzz_run *run = going->run;
    char path[CAMPAIGN_PATH_LEN_MAX];
    going->drives = calloc(run->campaign_count, sizeof *going->drives);
    going->text = malloc(TEXT_LEN_MAX);
    going->page = malloc(PAGE_LEN_MAX);
    if (going->drives == NULL || going->text == NULL || going->page == NULL)
        return cli_out_of_memory();
    for (size_t i = 0; i < run->campaign_count; i++) {
        going->drives[i].campaign = &run->campaigns[i];
        going->drives[i].plan = &run->plan;
    }
    if (engine_path(path, run->plan.out, "/fuzz.jsonl", "", false))
        going->journal = fopen(path, "abe");
    else
        errno = ENAMETOOLONG;
    if (going->journal == NULL)
        fprintf(stderr, "balprobe: %s/fuzz.jsonl: %s\n", run->plan.out, strerror(errno));
    return going->journal != NULL ? EXIT_PASSED : EXIT_UNTESTED;
}

int fuzz_run_go(struct fuzz_run *run)
{
    struct going going = {.run = run};
    int status = open_all(&going);
    if (status == EXIT_PASSED) {
        fuzz_screen_start(&going.screen, run->campaign_count);
        run_all(&going);
        write_metrics(&going);
        write_page(&going);
        report(&going);
        status = status_of(&going);
    }
    for (size_t i = 0; i < run->campaign_count && going.drives != NULL; i++)
        drive_end(&going.drives[i]);
    if (going.journal != NULL)
        fclose(going.journal);
    free(going.drives);
    free(going.text);
    free(going.page);
    return status;
}

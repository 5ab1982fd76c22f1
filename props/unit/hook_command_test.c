// SPDX-License-Identifier: Apache-2.0
// Hook commands: which are read, what stands in the place of placeholders, and how they are run.
#include "props/subject/hook_command.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "net/clock.h"
#include "props/subject/errand.h"
#include "props/unit/few_fds.h"
#include "props/unit/unit.h"
#include "tool/options.h"

#define A "8988247000100003319"
#define HOOKS(members) "{\"sims\":[],\"hooks\":{" members "}}"

static struct hook_commands commands;
static struct bp_json_reader *reader;

static bool read_text(struct bp_trouble *trouble, const char *text)
{
    return hook_commands_read(&commands, trouble, reader, view_of_text(text));
}

// What is refused, and with which words.
static const struct {
    const char *text;
    const char *words; // NULL: it is read
} reads[] = {
    {"{\"sims\":[]}", NULL},
    {HOOKS(""), NULL},
    {HOOKS("\"consume\":[\"./c\",\"{iccid}\",\"--mb={mb}\"],\"undo\":[\"u\",\"\"]"), NULL},
    {HOOKS("\"consume\":[\"./c\",\"{iccid}{mb}{mb}\"]"), NULL},
    {HOOKS(
         "\"clock\":[\"c\",\"{\\\"s\\\":{seconds}}\",\"{}\",\"{\",\"{S}\",\"{a b}\",\"${HOME}\"]"),
     NULL},
    {"{\"hooks\":[]}", "\"hooks\" of the inventory is no object"},
    {"{", "the inventory is no JSON"},
    {HOOKS("\"consum\":[\"c\"]"),
     "hook does not exist: consum; there are limiter, fault, walled, micro, order, consume, clock "
     "and undo"},
    {HOOKS("\"Undo\":[\"c\"]"), "does not exist: Undo;"},
    {HOOKS("\"undo\":[]"), "hook undo is no list of words"},
    {HOOKS("\"undo\":\"./undo.sh\""), "hook undo is no list of words"},
    {HOOKS("\"undo\":[\"\"]"), "hook undo names no program"},
    {HOOKS("\"undo\":[\"u\",7]"), "hook undo has a word that is no text: 7; write it in quotes"},
    {HOOKS("\"undo\":[\"u\",\"a\\u0000b\"]"), "hook undo has a NUL in its word a?b"},
    {HOOKS("\"undo\":[\"u\",\"{iccid}\"]"), "not for it: {iccid}"},
    {HOOKS("\"clock\":[\"c\",\"x{second}\"]"), "that does not exist: {second}; there are {iccid} "},
    {HOOKS("\"clock\":[\"c\",\"{seconds}\",\"{mb}\"]"),
     "hook clock has a placeholder that is not "},
    {HOOKS("\"clock\":[\"c\"]"), "hook clock lacks the placeholder {seconds}, without which"},
    {HOOKS("\"consume\":[\"c\",\"{iccid}\"]"), "hook consume lacks the placeholder {mb}"},
    {HOOKS("\"walled\":[\"c\",\"{iccid}\"]"), "hook walled lacks the placeholder {switch}"},
    {HOOKS("\"micro\":[\"c\",\"{switch}\"]"), "hook micro lacks the placeholder {iccid}"},
    {HOOKS("\"limiter\":[\"c\",\"{ rate}\"]"), "hook limiter lacks the placeholder {rate}"},
    {HOOKS("\"fault\":[\"c\",\"{switch\"]"), "hook fault lacks the placeholder {switch}"},
    {HOOKS("\"order\":[\"c\",\"{iccid}\",\"{id}\",\"{type}\",\"{mb}\",\"{duration}\"]"),
     "hook order lacks the placeholder {locations}"},
    {HOOKS("\"undo\":[\"u\",\"\x1b[2J\",1]"), "the inventory is no JSON"},
    {HOOKS("\"a\\u001b\":[\"u\"]"), "does not exist: a\\x1b;"},
};

static void check_reads(void)
{
    for (size_t i = 0; i < sizeof reads / sizeof reads[0]; i++) {
        struct bp_trouble trouble = {""};
        bool is_read = read_text(&trouble, reads[i].text);
        CHECK_ROW(i, is_read == (reads[i].words == NULL));
        CHECK_ROW(i, reads[i].words == NULL || strstr(trouble.words, reads[i].words) != NULL);
    }
}

static void check_bounds(void)
{
    static char text[4 * HOOK_WORDS_LEN_MAX];
    struct bp_trouble trouble;
    struct buf out = BUF(text);
    buf_put_text(&out, "{\"hooks\":{\"undo\":[\"u\"");
    for (unsigned i = 1; i < HOOK_WORD_COUNT_MAX; i++)
        buf_put_text(&out, ",\"w\"");
    size_t len = out.len;
    buf_put_text(&out, "]}}");
    CHECK(hook_commands_read(&commands, &trouble, reader, buf_view(&out)));
    CHECK(commands.rows[HOOK_UNDO].word_count == HOOK_WORD_COUNT_MAX);
    CHECK(hook_commands_there(&commands) == 0);
    out.len = len;
    buf_put_text(&out, ",\"w\"]}}");
    CHECK(!hook_commands_read(&commands, &trouble, reader, buf_view(&out)));
    CHECK(strstr(trouble.words, "hook undo has too many or too long words; put them") != NULL);
    buf_clear(&out);
    buf_put_text(&out, "{\"hooks\":{\"undo\":[\"");
    memset(buf_claim(&out, HOOK_WORDS_LEN_MAX + 1), 'w', HOOK_WORDS_LEN_MAX + 1);
    buf_put_text(&out, "\"]}}");
    CHECK(!hook_commands_read(&commands, &trouble, reader, buf_view(&out)));
}

static const struct {
    const char *text;
    struct bp_act act;
    const char *words; // with a bar behind each
} fills[] = {
    {HOOKS("\"consume\":[\"c\",\"{iccid}\",\"--mb={mb}\",\"$(x) '{mb}'\"]"),
     {.hook = BP_HOOK_CONSUME, .iccid = VIEW_INIT(A), .bytes = 1367250000},
     "c|" A "|--mb=1367.25|$(x) '1367.25'|"},
    {HOOKS("\"consume\":[\"c\",\"{iccid}{mb}\"]"),
     {.hook = BP_HOOK_CONSUME, .iccid = VIEW_INIT(A), .bytes = 1},
     "c|" A "0.000001|"},
    {HOOKS("\"consume\":[\"c\",\"{iccid}\",\"{mb}\"]"),
     {.hook = BP_HOOK_CONSUME, .iccid = VIEW_INIT(A), .bytes = 1000000000000000},
     "c|" A "|1000000000|"},
    {HOOKS("\"consume\":[\"c\",\"{iccid}\",\"{mb}\"]"),
     {.hook = BP_HOOK_CONSUME, .iccid = VIEW_INIT(A)},
     "c|" A "|0|"},
    {HOOKS("\"clock\":[\"c\",\"+{seconds}\",\"{\\\"s\\\":{seconds}}\"]"),
     {.hook = BP_HOOK_CLOCK, .ms = 86400000},
     "c|+86400|{\"s\":86400}|"},
    {HOOKS("\"clock\":[\"c\",\"{seconds}\"]"), {.hook = BP_HOOK_CLOCK, .ms = 1}, "c|1|"},
    {HOOKS("\"clock\":[\"c\",\"{seconds}\"]"), {.hook = BP_HOOK_CLOCK, .ms = 1001}, "c|2|"},
    {HOOKS("\"limiter\":[\"c\",\"{rate}\"]"), {.hook = BP_HOOK_LIMITER, .rate_per_s = 5}, "c|5|"},
    {HOOKS("\"limiter\":[\"c\",\"{rate}\"]"), {.hook = BP_HOOK_LIMITER}, "c|off|"},
    {HOOKS("\"fault\":[\"c\",\"{switch}\"]"), {.hook = BP_HOOK_FAULT, .is_on = true}, "c|on|"},
    {HOOKS("\"walled\":[\"c\",\"{switch}\",\"{iccid}\"]"),
     {.hook = BP_HOOK_WALLED, .iccid = VIEW_INIT(A)},
     "c|off|" A "|"},
    {HOOKS("\"micro\":[\"c\",\"{switch}\",\"{iccid}\",\"\"]"),
     {.hook = BP_HOOK_MICRO, .iccid = VIEW_INIT(A), .is_on = true},
     "c|on|" A "||"},
    {HOOKS("\"order\":[\"c\",\"{iccid}\",\"{id}\",\"{type}\",\"{mb}\",\"{duration}\","
           "\"{locations}\"]"),
     {.hook = BP_HOOK_ORDER,
      .iccid = VIEW_INIT(A),
      .bytes = 500500000,
      .ms = 90061000,
      .is_payg = true,
      .id = VIEW_INIT("n 1"),
      .countries = VIEW_INIT("US,CA")},
     "c|" A "|n 1|MODIRECTPAYG|500.5|P1DT1H1M1S|US,CA|"},
    {HOOKS("\"order\":[\"c\",\"{iccid}\",\"{id}\",\"{type}\",\"{mb}\",\"{duration}\","
           "\"{locations}\"]"),
     {.hook = BP_HOOK_ORDER, .iccid = VIEW_INIT(A), .ms = 500, .id = VIEW_INIT("1")},
     "c|" A "|1|MODIRECT|0|PT1S||"},
};

static void check_fills(void)
{
    for (size_t i = 0; i < sizeof fills / sizeof fills[0]; i++) {
        char space[512];
        struct buf out = BUF(space);
        struct bp_trouble trouble = {""};
        CHECK_ROW(i, read_text(&trouble, fills[i].text));
        CHECK_ROW(i, hook_commands_there(&commands) == BP_HOOK_BIT(fills[i].act.hook));
        const struct hook_command *command = &commands.rows[fills[i].act.hook];
        size_t count = hook_command_fill(&out, command, &fills[i].act);
        size_t bar_count = 0;
        for (size_t at = 0; at < out.len; at++)
            if (space[at] == '\0') {
                space[at] = '|';
                bar_count++;
            }
        CHECK_ROW(i, count == bar_count);
        CHECK_ROW(i, view_equal(buf_view(&out), view_of_text(fills[i].words)));
    }
    char shown[128];
    struct buf out = BUF(shown);
    struct bp_trouble trouble;
    CHECK(read_text(&trouble, HOOKS("\"clock\":[\"./c\\n\",\"+{seconds}\"]")));
    hook_command_put(&out, &commands.rows[BP_HOOK_CLOCK]);
    CHECK(view_equal(buf_view(&out), VIEW("./c\\n +{seconds}")));
}

// How errands end, and what is kept of what they say.
static const struct {
    const char *words[4];
    int timeout_ms;
    bool is_done;
    const char *put;
} errands[] = {
    {{"true"}, 5000, true, "exit status 0"},
    {{"sh", "-c", "exit 3"}, 5000, false, "exit status 3"},
    {{"sh", "-c", "echo no such SIM; exit 1"}, 5000, false, "exit status 1: no such SIM"},
    {{"sh", "-c", "echo a; echo b >&2; exit 1"}, 5000, false, "exit status 1: a\\nb"},
    {{"sh", "-c", "printf '\\033[2J'; exit 1"}, 5000, false, "exit status 1: \\x1b[2J"},
    {{"sh", "-c", "read x || echo nothing"}, 5000, true, "exit status 0: nothing"},
    {{"printf", "%s|", "a;exit 1 $(x)"}, 5000, true, "exit status 0: a;exit 1 $(x)|"},
    {{"sh", "-c", "kill -9 $$"}, 5000, false, "ended by signal 9"},
    {{"sh", "-c", "exec >&- 2>&-; sleep 0.05; exit 4"}, 5000, false, "exit status 4"},
    {{"sleep", "60"}, 100, false, "not done in time, and killed"},
    {{"sh", "-c", "exec >&- 2>&-; sleep 60"}, 100, false, "not done in time, and killed"},
    {{"./no-such-program"}, 5000, false, "it cannot be started: No such file or directory"},
    {{"/"}, 5000, false, "it cannot be started: Permission denied"},
};

static void check_errands(void)
{
    for (size_t i = 0; i < sizeof errands / sizeof errands[0]; i++) {
        char *words[5] = {NULL};
        struct errand errand;
        char space[2048];
        struct buf out = BUF(space);
        for (size_t at = 0; at < 4 && errands[i].words[at] != NULL; at++)
            words[at] = strdup(errands[i].words[at]);
        bool is_done = errand_run(&errand, words, errands[i].timeout_ms, NULL, NULL);
        CHECK_ROW(i, is_done == errands[i].is_done);
        errand_put(&out, &errand);
        CHECK_ROW(i, view_equal(buf_view(&out), view_of_text(errands[i].put)));
        for (size_t at = 0; words[at] != NULL; at++)
            free(words[at]);
    }
}

static bool run_shell(struct errand *errand, const char *text, int timeout_ms)
{
    char *words[] = {strdup("sh"), strdup("-c"), strdup(text), NULL};
    bool is_done = errand_run(errand, words, timeout_ms, NULL, NULL);
    for (size_t i = 0; words[i] != NULL; i++)
        free(words[i]);
    return is_done;
}

// Much output is read to its end, and little of it kept; output without end does not hold us up.
static void check_output(void)
{
    struct errand errand;
    CHECK(run_shell(&errand, "head -c 1000000 /dev/zero", 5000));
    CHECK(errand.said_len == ERRAND_SAID_LEN_MAX);
    int64_t begin_ms = bp_clock_ms();
    CHECK(!run_shell(&errand, "yes", 1000) && errand.end == ERRAND_TOO_SLOW);
    CHECK(errand.said_len == ERRAND_SAID_LEN_MAX && memcmp(errand.said, "y\ny\n", 4) == 0);
    CHECK(bp_clock_ms() - begin_ms < 5000);
}

// However little room there is for what it says, that is told.
static bool start_nothing(void)
{
    struct errand errand;
    (void)run_shell(&errand, "exit 0", 5000);
    bool is_started = errand.end != ERRAND_NOT_STARTED;
    CHECK(is_started || errand.code == EMFILE);
    return is_started;
}

// Who is too slow goes with all its children: the pipe that they hold comes to its end.
static void check_group(void)
{
    struct errand errand;
    int fds[2];
    CHECK(pipe(fds) == 0);
    fcntl(fds[0], F_SETFD, FD_CLOEXEC);
    CHECK(!run_shell(&errand, "sleep 60 & sleep 60 & wait", 200));
    CHECK(errand.end == ERRAND_TOO_SLOW);
    close(fds[1]);
    struct pollfd look = {.fd = fds[0], .events = POLLIN};
    CHECK(poll(&look, 1, 2000) == 1 && (look.revents & POLLHUP) != 0);
    close(fds[0]);
}

// Who has ended is not waited for because of what it leaves in the background.
static void check_background(void)
{
    struct errand errand;
    int64_t begin_ms = bp_clock_ms();
    CHECK(run_shell(&errand, "sleep 20 & echo $!", 10000));
    CHECK(bp_clock_ms() - begin_ms < 10000);
    char text[16];
    uint64_t pid = 0;
    size_t digit_count = view_index(view_of(errand.said, errand.said_len), '\n');
    snprintf(text, sizeof text, "%.*s", (int)digit_count, errand.said);
    CHECK(options_number(&pid, text) && pid > 1 && kill((pid_t)pid, SIGKILL) == 0);
}

static bool count_down(void *context)
{
    unsigned *left = context;
    return (*left)-- == 0;
}

static void check_stopped(void)
{
    char name[] = "sleep";
    char seconds[] = "60";
    char *words[] = {name, seconds, NULL};
    for (unsigned round = 0; round < 4; round++) {
        struct errand errand;
        unsigned left = round;
        CHECK_ROW(round, !errand_run(&errand, words, 5000, count_down, &left));
        CHECK_ROW(round, errand.end == (round == 0 ? ERRAND_NOT_WANTED : ERRAND_STOPPED));
    }
}

int main(void)
{
    void *space = malloc(bp_json_space(65536, 1024));
    if (space == NULL)
        return 2;
    reader = bp_json_open(space, 65536, 1024);
    check_reads();
    check_bounds();
    check_fills();
    check_errands();
    check_output();
    few_fds_try(start_nothing);
    check_group();
    check_background();
    check_stopped();
    free(space);
    return unit_end();
}

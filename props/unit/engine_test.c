// SPDX-License-Identifier: Apache-2.0
// How engines are started: words and settings; and AFL++'s folder and datagrams.
#define _GNU_SOURCE
#include "props/engine/engine.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "props/engine/afl.h"
#include "props/subject/errand.h"
#include "props/unit/unit.h"
#include "tool/files.h"
#include "tool/scratch.h"

static const struct engine_places places = {.program = "p/fuzz_x",
                                            .checker = "c/fuzz_x",
                                            .dictionary = "p/fuzz_x.dict",
                                            .mutator = "p/m.so",
                                            .seeds = "corpus/x",
                                            .pool = "out/x",
                                            .findings = "out/findings/x-",
                                            .work = "out/afl/x"};
static const struct view options = VIEW_INIT("[libfuzzer]\nmax_len = 512\ntimeout = 7\n");

// All words in a row, with blanks between them.
static bool are(const struct words *words, const char *text)
{
    char space[2048];
    struct buf all = BUF(space);
    for (size_t i = 0; i < words->count; i++) {
        buf_put_text(&all, i == 0 ? "" : " ");
        buf_put_text(&all, words->list[i]);
    }
    return words->list[words->count] == NULL && view_equal(buf_view(&all), view_of_text(text));
}

static void check_words(void)
{
    static struct words words;
    static struct engine_places bare;
    struct engine_plan plan = {.engine = CAMPAIGN_LIBFUZZER};
    engine_fuzz_words(&words, &plan, &places, options, 3, 60);
    CHECK(are(&words, "p/fuzz_x -seed=3 -report_slow_units=2147483647 -max_len=512 -timeout=7 "
                      "-dict=p/fuzz_x.dict -max_total_time=60 -print_final_stats=1 "
                      "-artifact_prefix=out/findings/x- out/x corpus/x"));
    plan.engine = CAMPAIGN_AFL;
    engine_fuzz_words(&words, &plan, &places, options, 3, 60);
    CHECK(are(&words, "afl-fuzz -V 60 -s 3 -m none -t 7000 -i out/afl/x/in -o out/afl/x/out -x "
                      "p/fuzz_x.dict -- p/fuzz_x"));
    static const struct {
        struct view options;
        const char *word;
    } timeouts[] = {
        {VIEW_INIT("[libfuzzer]\ntimeout = 25\n"), "25000"},
        {VIEW_INIT("[libfuzzer]\ntimeout = 3600\n"), "3600000"},
        {VIEW_INIT("[libfuzzer]\ntimeout = 3601\n"), "5000"},
        {VIEW_INIT("[libfuzzer]\ntimeout = 0\n"), "5000"},
        {VIEW_INIT("[libfuzzer]\ntimeout = x\n"), "5000"},
        {VIEW_INIT(""), "5000"},
    };
    for (size_t i = 0; i < sizeof timeouts / sizeof timeouts[0]; i++) {
        engine_fuzz_words(&words, &plan, &places, timeouts[i].options, 3, 60);
        CHECK_ROW(i, strcmp(words.list[8], timeouts[i].word) == 0);
    }
    engine_check_words(&words, &places, options, "a b");
    CHECK(are(&words, "c/fuzz_x -max_len=512 -timeout=7 a b"));
    CHECK(words.count == 4);
    engine_merge_words(&words, &places, options);
    CHECK(are(&words, "c/fuzz_x -merge=1 -max_len=512 -timeout=7 "
                      "-artifact_prefix=out/afl/x/merge- out/x corpus/x out/afl/x/out/default/"
                      "queue"));
    // Without dictionary, seeds and limits.
    bare = places;
    bare.dictionary[0] = '\0';
    bare.seeds[0] = '\0';
    plan.engine = CAMPAIGN_LIBFUZZER;
    engine_fuzz_words(&words, &plan, &bare, view_of(NULL, 0), 1, 2);
    CHECK(are(&words, "p/fuzz_x -seed=1 -report_slow_units=2147483647 -max_total_time=2 "
                      "-print_final_stats=1 -artifact_prefix=out/findings/x- out/x"));
    CHECK(!words.overflow);
}

// How often `name` stands among the settings, and whether the last one has this value.
static size_t count_of(const struct words *words, const char *line)
{
    struct view name = view_first(view_of_text(line), view_index(view_of_text(line), '=') + 1);
    size_t count = 0;
    bool is_value = false;
    for (size_t i = 0; i < words->count; i++) {
        if (!view_starts(view_of_text(words->list[i]), name))
            continue;
        count++;
        is_value = strcmp(words->list[i], line) == 0;
    }
    return is_value ? count : 0;
}

static void check_settings(void)
{
    static struct words words;
    setenv("BALPROBE_UNIT", "1", 1);
    unsetenv("AFL_CUSTOM_MUTATOR_LIBRARY");
    unsetenv("UBSAN_OPTIONS");
    setenv("ASAN_OPTIONS", "of=mine", 1);
    engine_settings(&words, CAMPAIGN_LIBFUZZER, &places, 0);
    CHECK(count_of(&words, "BALPROBE_UNIT=1") == 1);
    CHECK(count_of(&words, "ASAN_OPTIONS=of=mine") == 1);
    CHECK(count_of(&words, "UBSAN_OPTIONS=print_stacktrace=1") == 1);
    CHECK(count_of(&words, "AFL_NO_UI=1") == 0);
    setenv("AFL_STATSD_PORT", "8125", 1);
    engine_settings(&words, CAMPAIGN_AFL, &places, 4711);
    CHECK(count_of(&words, "ASAN_OPTIONS=of=mine") == 0); // AFL++ refuses it
    CHECK(count_of(&words, "AFL_NO_UI=1") == 1);
    CHECK(count_of(&words, "AFL_STATSD_PORT=4711") == 1);
    CHECK(count_of(&words, "AFL_CUSTOM_MUTATOR_LIBRARY=p/m.so") == 1);
    setenv("AFL_CUSTOM_MUTATOR_LIBRARY", "mine.so", 1);
    engine_settings(&words, CAMPAIGN_AFL, &places, 0);
    CHECK(count_of(&words, "AFL_CUSTOM_MUTATOR_LIBRARY=mine.so") == 1);
    CHECK(count_of(&words, "AFL_STATSD=1") == 0);
}

static void check_datagrams(void)
{
    static const char said[] = "fuzzing.execs_done:64661|g\nfuzzing.edges_found:305|g";
    uint16_t port = 0;
    struct vitals vitals = {0};
    int fd = afl_listen(&port);
    CHECK(fd >= 0 && port != 0);
    CHECK(!afl_hear(&vitals, fd));
    CHECK(!afl_hear(&vitals, -1));
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int from = socket(AF_INET, SOCK_DGRAM, 0);
    for (int i = 0; i < 2; i++)
        CHECK(sendto(from, said, sizeof said - 1, 0, (const struct sockaddr *)&address,
                     sizeof address) == (ssize_t)sizeof said - 1);
    CHECK(afl_hear(&vitals, fd));
    CHECK(vitals.runs == 64661);
    CHECK(vitals.edges == 305);
    CHECK(!afl_hear(&vitals, fd));
    close(from);
    close(fd);
}

static bool count_one(void *context, const char *path)
{
    (void)path;
    ++*(size_t *)context;
    return true;
}

static size_t count_in(const char *folder)
{
    size_t count = 0;
    CHECK(folder_visit(folder, count_one, &count));
    return count;
}

// A seed that cannot be read, even by root: nothing is mapped at the begin of our memory.
static void check_unread(const struct engine_places *mine)
{
    char path[CAMPAIGN_PATH_LEN_MAX];
    CHECK(engine_path(path, mine->seeds, "/c", "", false));
    CHECK(symlink("/proc/self/mem", path) == 0);
    CHECK(!afl_prepare(mine));
    CHECK(unlink(path) == 0);
    CHECK(symlink("nowhere", path) == 0);
    CHECK(!afl_prepare(mine));
    CHECK(unlink(path) == 0);
    CHECK(afl_prepare(mine));
}

// No room for a copy.
static void check_unwritten(const struct engine_places *mine)
{
    struct rlimit before;
    CHECK(getrlimit(RLIMIT_FSIZE, &before) == 0);
    const struct rlimit none = {0, before.rlim_max};
    (void)signal(SIGXFSZ, SIG_IGN);
    CHECK(setrlimit(RLIMIT_FSIZE, &none) == 0);
    bool is_made = afl_prepare(mine); // what a check says may go to a file
    CHECK(setrlimit(RLIMIT_FSIZE, &before) == 0);
    CHECK(!is_made);
    CHECK(afl_prepare(mine));
}

// Seeds, regressions and the pool; large ones are left out, and what was there before is gone.
static void check_folder(void)
{
    static struct engine_places mine;
    static char large[65537];
    struct scratch folder;
    struct errand removal;
    char in[CAMPAIGN_PATH_LEN_MAX];
    char regress[CAMPAIGN_PATH_LEN_MAX];
    if (!scratch_open(&folder))
        return;
    char *const words[] = {"rm", "-r", folder.path, NULL};
    CHECK(engine_path(mine.seeds, folder.path, "/seeds", "", false));
    CHECK(engine_path(mine.pool, folder.path, "/pool", "", false));
    CHECK(engine_path(mine.work, folder.path, "/afl", "", false));
    CHECK(engine_path(in, mine.work, "/in", "", false));
    CHECK(engine_path(regress, mine.seeds, "/regress", "", false));
    CHECK(afl_prepare(&mine));
    CHECK(count_in(in) == 1); // ours, for it wants one
    CHECK(folder_make(regress) && folder_make(mine.pool));
    CHECK(file_write_in(mine.seeds, VIEW("a"), VIEW("1")));
    CHECK(file_write_in(mine.seeds, VIEW("b"), view_of(large, sizeof large)));
    CHECK(file_write_in(regress, VIEW("a"), VIEW("2")));
    CHECK(file_write_in(mine.pool, VIEW("a"), VIEW("3")));
    CHECK(afl_prepare(&mine));
    CHECK(count_in(in) == 3);
    check_unread(&mine);
    check_unwritten(&mine);
    CHECK(errand_run(&removal, words, 10000, NULL, NULL));
}

int main(void)
{
    check_words();
    check_settings();
    check_datagrams();
    check_folder();
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include "props/unit/unit.h"

#include "tool/nearest.h"
#include "tool/options.h"
#include "tool/text.h"

enum { SEED, FAST, OUT, LINES, HEADER, INSECURE, IPV4, CONFIG, ROW_COUNT };

static const struct option rows[ROW_COUNT] = {
    [SEED] = {"--seed", "N", "where the random cases start"},
    [FAST] = {"--fast", NULL, "be quick"},
    [OUT] = {"--out", "DIR",
             "where things are kept, in a sentence that is long enough to be broken over two lines "
             "of eighty columns"},
    [LINES] = {NULL, NULL, "About lines"},
    [HEADER] = {"-H, --header", "LINE...", "a field"},
    [INSECURE] = {"-k, --insecure", NULL, "whoever answers"},
    [IPV4] = {"-4, --ipv4", NULL, "the name of this option fits"},
    [CONFIG] = {"-K, --config", "FILE...", "more of them"},
};
static const struct command takes_files = {"walk", "FILE...", "Walks.", rows, ROW_COUNT, NULL};
static const struct command takes_none = {"sit", "", "Sits.", rows, ROW_COUNT, NULL};

static const struct {
    const char *words[6];
    const char *seed; // what is expected of the options
    const char *fast;
    size_t operand_count;
    const char *message; // NULL: accepted
} reads[] = {
    {{NULL}, NULL, NULL, 0, NULL},
    {{"--seed", "7"}, "7", NULL, 0, NULL},
    {{"--seed=7"}, "7", NULL, 0, NULL},
    {{"--seed="}, "", NULL, 0, NULL},
    {{"--seed", "--fast"}, "--fast", NULL, 0, NULL},
    {{"--seed", "1", "--seed", "2"}, "2", NULL, 0, NULL},
    {{"--fast", "a", "b"}, NULL, "", 2, NULL},
    {{"a", "--fast"}, NULL, "", 1, NULL},
    {{"--", "--fast"}, NULL, NULL, 1, NULL},
    {{"-"}, NULL, NULL, 1, NULL},
    {{"--seed"}, NULL, NULL, 0, "option --seed needs a value"},
    {{"--fast=1"}, NULL, NULL, 0, "option --fast takes no value"},
    {{"--sed", "7"}, NULL, NULL, 0, "unknown option --sed; did you mean --seed?"},
    {{"--sede=7"}, NULL, NULL, 0, "unknown option --sede; did you mean --seed?"},
    {{"--hlep"}, NULL, NULL, 0, "unknown option --hlep; did you mean --help?"},
    {{"--zebra"}, NULL, NULL, 0, "unknown option --zebra; see --help"},
    {{"--\x1b[2J"}, NULL, NULL, 0, "unknown option --\\x1b[2J; see --help"},
    {{"-k"}, NULL, NULL, 0, NULL},
    {{"-k4"}, NULL, NULL, 0, "option -k takes no value"},
    {{"-x"}, NULL, NULL, 0, "unknown option -x; see --help"},
    {{"-xyz"}, NULL, NULL, 0, "unknown option -xyz; see --help"},
    {{"-H"}, NULL, NULL, 0, "option -H needs a value"},
    {{"--header"}, NULL, NULL, 0, "option --header needs a value"},
    {{"--headers", "A: b"}, NULL, NULL, 0, "unknown option --headers; did you mean --header?"},
    {{"--seed", "${OPTIONS_TEST_SEED}"}, "41", NULL, 0, NULL},
    {{"--seed", "${OPTIONS_TEST_EMPTY}"}, "", NULL, 0, NULL},
    {{"--seed", "a${OPTIONS_TEST_SEED}"}, "a${OPTIONS_TEST_SEED}", NULL, 0, NULL},
    {{"--seed", "${}"}, "${}", NULL, 0, NULL},
    {{"--seed", "${"}, "${", NULL, 0, NULL},
    {{"--seed", "${A-B}"}, "${A-B}", NULL, 0, NULL},
    {{"--seed", "${OPTIONS_TEST_UNSET}"},
     NULL,
     NULL,
     0,
     "the environment variable OPTIONS_TEST_UNSET is not set; export it, or give the value itself"},
};

static bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void check_reads(void)
{
    for (size_t i = 0; i < sizeof reads / sizeof reads[0]; i++) {
        char *argv[6];
        int argc = 0;
        char copies[6][64];
        for (; reads[i].words[argc] != NULL; argc++) {
            snprintf(copies[argc], sizeof copies[argc], "%s", reads[i].words[argc]);
            argv[argc] = copies[argc];
        }
        struct options options;
        bool is_read = options_read(&options, &takes_files, argc, argv);
        CHECK_ROW(i, is_read == (reads[i].message == NULL));
        if (!is_read) {
            CHECK_ROW(i, same_text(options.message, reads[i].message));
            continue;
        }
        CHECK_ROW(i, same_text(options.values[SEED], reads[i].seed));
        CHECK_ROW(i, same_text(options.values[FAST], reads[i].fast));
        CHECK_ROW(i, options.operand_count == reads[i].operand_count);
        CHECK_ROW(i, !options.asks_help);
    }
}

static void check_operands(void)
{
    char word[] = "file";
    char help[] = "--help";
    char *argv[] = {word, help};
    struct options options;
    CHECK(!options_read(&options, &takes_none, 1, argv));
    CHECK(options_read(&options, &takes_files, 2, argv));
    CHECK(options.asks_help);
    CHECK(options.operands[0] == word);
    char *many[OPERAND_COUNT_MAX + 1];
    for (size_t i = 0; i <= OPERAND_COUNT_MAX; i++)
        many[i] = word;
    CHECK(options_read(&options, &takes_files, OPERAND_COUNT_MAX, many));
    CHECK(!options_read(&options, &takes_files, OPERAND_COUNT_MAX + 1, many));
}

static void check_long_words(void)
{
    char word[2048];
    memset(word, 'x', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    word[0] = '-';
    word[1] = '-';
    char *argv[] = {word};
    struct options options;
    CHECK(!options_read(&options, &takes_files, 1, argv));
    CHECK(strlen(options.message) < OPTION_MESSAGE_LEN_MAX);
    CHECK(edit_distance(word, "--seed") == NEAREST_LEN_MAX + 1);
}

static const struct {
    const char *text;
    bool is_number;
    uint64_t number;
} numbers[] = {
    {"0", true, 0},
    {"42", true, 42},
    {"0x5eed", true, 0x5eed},
    {"0xFF", true, 255},
    {"18446744073709551615", true, UINT64_MAX},
    {"0xffffffffffffffff", true, UINT64_MAX},
    {"18446744073709551616", false, 0},
    {"0x10000000000000000", false, 0},
    {"", false, 0},
    {"0x", false, 0},
    {"-1", false, 0},
    {"+1", false, 0},
    {" 1", false, 0},
    {"1k", false, 0},
    {"a", false, 0},
};

static void check_numbers(void)
{
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        uint64_t number = 0;
        CHECK_ROW(i, options_number(&number, numbers[i].text) == numbers[i].is_number);
        CHECK_ROW(i, number == numbers[i].number);
    }
}

static const struct {
    const char *a;
    const char *b;
    size_t distance;
} distances[] = {
    {"", "", 0},           {"", "abc", 3},          {"abc", "", 3},           {"check", "check", 0},
    {"chek", "check", 1},  {"checkk", "check", 1},  {"cheek", "check", 1},    {"hceck", "check", 1},
    {"prove", "probe", 1}, {"replay", "relpya", 2}, {"explain", "corpus", 7},
};

static void check_distances(void)
{
    for (size_t i = 0; i < sizeof distances / sizeof distances[0]; i++) {
        CHECK_ROW(i, edit_distance(distances[i].a, distances[i].b) == distances[i].distance);
        CHECK_ROW(i, edit_distance(distances[i].b, distances[i].a) == distances[i].distance);
    }
}

static void check_help(void)
{
    char space[4096];
    struct buf out = BUF(space);
    options_help(&out, &takes_files);
    CHECK(!out.overflow);
    struct view rest = buf_view(&out);
    while (rest.len != 0) {
        size_t len = view_index(rest, '\n');
        CHECK(len < rest.len && len <= TEXT_WIDTH);
        CHECK(len == 0 || rest.data[len - 1] != ' ');
        rest = view_from(rest, len + 1);
    }
    for (size_t i = 0; i < ROW_COUNT; i++)
        CHECK_ROW(i, rows[i].name == NULL ||
                         view_find(buf_view(&out), view_of_text(rows[i].name)) < out.len);
    CHECK(view_find(buf_view(&out), VIEW("--seed N")) < out.len);
    CHECK(view_find(buf_view(&out), VIEW("\n                        to be broken ")) < out.len);
    CHECK(view_find(buf_view(&out), VIEW("\n\nAbout lines\n  -H, --header LINE...")) < out.len);
}

static const char config_path[] = "options_test.cfg";

static bool write_config(struct view text)
{
    FILE *file = fopen(config_path, "wb");
    if (file == NULL)
        return false;
    bool is_written = fwrite(text.data, 1, text.len, file) == text.len;
    return fclose(file) == 0 && is_written;
}

// Each is read as a config file, behind --seed 1 where `given` says so.
static const struct {
    struct view text;
    const char *given;
    const char *seed;
    const char *fast;
    const char *header;  // the last one
    size_t header_count; //
    const char *message; // NULL: accepted
} configs[] = {
    {VIEW_INIT(""), NULL, NULL, NULL, NULL, 0, NULL},
    {VIEW_INIT("# seed = 1\n\n  \t# fast\n"), NULL, NULL, NULL, NULL, 0, NULL},
    {VIEW_INIT("seed = 7"), NULL, "7", NULL, NULL, 0, NULL},
    {VIEW_INIT("seed=7\r\nfast\r\n"), NULL, "7", "", NULL, 0, NULL},
    {VIEW_INIT("\xEF\xBB\xBFseed 7"), NULL, "7", NULL, NULL, 0, NULL},
    {VIEW_INIT("seed: 7 # why\nfast # quick"), NULL, "7", "", NULL, 0, NULL},
    {VIEW_INIT("--seed 7\n--fast"), NULL, "7", "", NULL, 0, NULL},
    {VIEW_INIT("seed \"a b\""), NULL, "a b", NULL, NULL, 0, NULL},
    {VIEW_INIT("seed \"a\\\"b\\\\c\\td\\q\""), NULL, "a\"b\\c\tdq", NULL, NULL, 0, NULL},
    {VIEW_INIT("seed = \"\""), NULL, "", NULL, NULL, 0, NULL},
    {VIEW_INIT("seed 7\nseed 8"), NULL, "7", NULL, NULL, 0, NULL},
    {VIEW_INIT("seed = 7"), "1", "1", NULL, NULL, 0, NULL},
    {VIEW_INIT("seed ${OPTIONS_TEST_SEED}"), NULL, "41", NULL, NULL, 0, NULL},
    {VIEW_INIT("-H \"A: b\"\nheader = \"C: d\""), NULL, NULL, NULL, "C: d", 2, NULL},
    {VIEW_INIT("\nsede 7"), NULL, NULL, NULL, NULL, 0,
     "options_test.cfg line 2: unknown option --sede; did you mean --seed?"},
    {VIEW_INIT("-z"), NULL, NULL, NULL, NULL, 0,
     "options_test.cfg line 1: unknown option -z; see --help"},
    {VIEW_INIT("seed"), NULL, NULL, NULL, NULL, 0,
     "options_test.cfg line 1: option --seed needs a value"},
    {VIEW_INIT("fast = 1"), NULL, NULL, NULL, NULL, 0,
     "options_test.cfg line 1: option --fast takes no value"},
    {VIEW_INIT("seed a b"), NULL, NULL, NULL, NULL, 0,
     "options_test.cfg line 1: something stands behind the value; put it in quotes"},
    {VIEW_INIT("seed \"a"), NULL, NULL, NULL, NULL, 0,
     "options_test.cfg line 1: the closing quote is missing"},
    {VIEW_INIT("seed \"a\\"), NULL, NULL, NULL, NULL, 0,
     "options_test.cfg line 1: the closing quote is missing"},
    {VIEW_INIT("= 7"), NULL, NULL, NULL, NULL, 0,
     "options_test.cfg line 1: there is no option name"},
    {VIEW_INIT("seed a\0b"), NULL, NULL, NULL, NULL, 0,
     "options_test.cfg line 1: there is a NUL in this line"},
    {VIEW_INIT("config = x"), NULL, NULL, NULL, NULL, 0,
     "options_test.cfg line 1: option --config is not read inside a config file"},
    {VIEW_INIT("seed ${OPTIONS_TEST_UNSET}"), NULL, NULL, NULL, NULL, 0,
     "options_test.cfg line 1: the environment variable OPTIONS_TEST_UNSET is not set; export it, "
     "or give the value itself"},
};

static void check_configs(void)
{
    static struct options options;
    for (size_t i = 0; i < sizeof configs / sizeof configs[0]; i++) {
        CHECK_ROW(i, write_config(configs[i].text));
        char config[] = "-Koptions_test.cfg";
        char seed[] = "--seed";
        char given[16];
        snprintf(given, sizeof given, "%s", configs[i].given == NULL ? "" : configs[i].given);
        char *argv[] = {config, seed, given};
        bool is_read = options_read(&options, &takes_none, configs[i].given == NULL ? 1 : 3, argv);
        CHECK_ROW(i, is_read == (configs[i].message == NULL));
        CHECK_ROW(i, is_read || same_text(options.message, configs[i].message));
        if (!is_read)
            continue;
        CHECK_ROW(i, same_text(options.values[SEED], configs[i].seed));
        CHECK_ROW(i, same_text(options.values[FAST], configs[i].fast));
        const char *last = NULL;
        size_t count = 0;
        size_t at = 0;
        for (const struct option_item *item;
             (item = options_next(&options, HEADER, &at)) != NULL;) {
            last = item->value;
            count++;
        }
        CHECK_ROW(i, same_text(last, configs[i].header));
        CHECK_ROW(i, count == configs[i].header_count);
    }
    remove(config_path);
    char missing[] = "--config=options_test.cfg";
    char *argv[] = {missing};
    CHECK(!options_read(&options, &takes_none, 1, argv));
    CHECK(same_text(options.message, "the config file options_test.cfg cannot be opened"));
}

// Several values keep their order, those of the command line first, and how they were written.
static void check_items(void)
{
    static struct options options;
    char words[][32] = {"-HA: 1", "-H", "${OPTIONS_TEST_SEED}", "-Koptions_test.cfg",
                        "--header=B: 2"};
    char *argv[] = {words[0], words[1], words[2], words[3], words[4]};
    CHECK(write_config(VIEW("-H \"C: 3\"")));
    CHECK(options_read(&options, &takes_none, 5, argv));
    static const char *const wanted[] = {"A: 1", "41", "B: 2", "C: 3"};
    size_t at = 0;
    for (size_t i = 0; i < 4; i++) {
        const struct option_item *item = options_next(&options, HEADER, &at);
        CHECK_ROW(i, item != NULL && same_text(item->value, wanted[i]));
        CHECK_ROW(i, item != NULL && (i != 1 || same_text(item->word, "${OPTIONS_TEST_SEED}")));
    }
    CHECK(options_next(&options, HEADER, &at) == NULL);
    char *many[OPTION_ITEM_COUNT_MAX + 1];
    for (size_t i = 0; i <= OPTION_ITEM_COUNT_MAX; i++)
        many[i] = words[0];
    CHECK(options_read(&options, &takes_none, OPTION_ITEM_COUNT_MAX, many));
    CHECK(!options_read(&options, &takes_none, OPTION_ITEM_COUNT_MAX + 1, many));
    static char big[OPTION_CONFIG_LEN_MAX];
    memset(big, '#', sizeof big);
    CHECK(write_config(view_of(big, sizeof big - 1)));
    CHECK(options_read(&options, &takes_none, 1, &argv[3]));
    CHECK(write_config(view_of(big, sizeof big)));
    CHECK(!options_read(&options, &takes_none, 1, &argv[3]));
    remove(config_path);
}

static const struct {
    const char *text;
    int ms; // 0: refused
} seconds[] = {
    {"1", 1000},         {"0.5", 500},
    {"2.25", 2250},      {"0.001", 1},
    {"86400", 86400000}, {"0", 0},
    {"0.000", 0},        {"86401", 0},
    {"1.", 0},           {".5", 0},
    {"1.2345", 0},       {"-1", 0},
    {"1e3", 0},          {"", 0},
    {"1.2.3", 0},        {" 1", 0},
    {"5s", 0},           {"99999999999999999999999999", 0},
};

static void check_seconds(void)
{
    for (size_t i = 0; i < sizeof seconds / sizeof seconds[0]; i++) {
        int ms = 0;
        CHECK_ROW(i, options_seconds(&ms, seconds[i].text) == (seconds[i].ms != 0));
        CHECK_ROW(i, ms == seconds[i].ms);
    }
}

int main(void)
{
    setenv("OPTIONS_TEST_SEED", "41", 1);
    setenv("OPTIONS_TEST_EMPTY", "", 1);
    unsetenv("OPTIONS_TEST_UNSET");
    check_configs();
    check_items();
    check_seconds();
    check_reads();
    check_operands();
    check_long_words();
    check_numbers();
    check_distances();
    check_help();
    return unit_end();
}

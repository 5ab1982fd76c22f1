// SPDX-License-Identifier: Apache-2.0
// The sources are included: the program's folder is no library.
#include "props/unit/unit.h"

#include "props/cli/nearest.c"
#include "props/cli/options.c"

enum { SEED, FAST, OUT, ROW_COUNT };

static const struct option rows[ROW_COUNT] = {
    [SEED] = {"--seed", "N", "where the random cases start"},
    [FAST] = {"--fast", NULL, "be quick"},
    [OUT] = {"--out", "DIR",
             "where things are kept, in a sentence that is long enough to be broken over two lines "
             "of eighty columns"},
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
        CHECK_ROW(i, view_find(buf_view(&out), view_of_text(rows[i].name)) < out.len);
    CHECK(view_find(buf_view(&out), VIEW("--seed N")) < out.len);
    CHECK(view_find(buf_view(&out), VIEW("\n                      to be broken ")) < out.len);
}

int main(void)
{
    check_reads();
    check_operands();
    check_long_words();
    check_numbers();
    check_distances();
    check_help();
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
#include "props/choice/choices.h"

#include "props/unit/unit.h"

static struct choices c;

static void check_bytes(void)
{
    choices_from_bytes(&c, VIEW("\x05\xFF\x07"));
    CHECK(choose(&c, 4) == 1);
    CHECK(choose(&c, 256) == 255);
    CHECK(choose(&c, 1) == 0);
    CHECK(choose(&c, 8) == 7);
    CHECK(choose(&c, 8) == 0);
    CHECK(choose(&c, 256) == 0);
    CHECK(c.len == 5);
    CHECK(view_equal(choices_tape(&c), VIEW("\x01\xFF\x07")));
    choices_from_bytes(&c, VIEW(""));
    CHECK(choose(&c, 9) == 0);
    CHECK(choices_tape(&c).len == 0);
}

struct wide_row {
    struct view bytes;
    unsigned n;
    unsigned answer;
    size_t len;
};

static const struct wide_row wide_rows[] = {
    {VIEW_INIT("\x02\x03"), 65536, 515, 2}, {VIEW_INIT("\xFF\xFF"), 65536, 65535, 2},
    {VIEW_INIT("\x03\xE8"), 1001, 1000, 2}, {VIEW_INIT("\x03\xE9"), 1001, 768, 2},
    {VIEW_INIT("\x04\xE8"), 1001, 232, 2},  {VIEW_INIT("\x09"), 256, 9, 1},
    {VIEW_INIT("\x09"), 1, 0, 0},           {VIEW_INIT("\x01\x09"), 257, 256, 1},
    {VIEW_INIT("\x00\x09"), 257, 9, 2},
};

static void check_wide(void)
{
    for (size_t i = 0; i < sizeof wide_rows / sizeof wide_rows[0]; i++) {
        choices_from_bytes(&c, wide_rows[i].bytes);
        CHECK_ROW(i, choose_wide(&c, wide_rows[i].n) == wide_rows[i].answer);
        CHECK_ROW(i, c.len == wide_rows[i].len);
    }
}

// A random case is reproduced by its tape, and the stream by its seed.
static void check_random(void)
{
    unsigned seen[7] = {0};
    choices_from_seed(&c, 42);
    for (size_t round = 0; round < 1000; round++) {
        unsigned answers[3] = {choose(&c, 7), choose(&c, 256), choose_wide(&c, 1000)};
        seen[answers[0]]++;
        CHECK_ROW(round, answers[0] < 7);
        CHECK_ROW(round, answers[2] < 1000);
        char tape[8];
        struct view bytes = choices_tape(&c);
        memcpy(tape, bytes.data, bytes.len);
        static struct choices again;
        choices_from_bytes(&again, view_of(tape, bytes.len));
        CHECK_ROW(round, choose(&again, 7) == answers[0]);
        CHECK_ROW(round, choose(&again, 256) == answers[1]);
        CHECK_ROW(round, choose_wide(&again, 1000) == answers[2]);
        choices_next_seed(&c);
        CHECK_ROW(round, c.len == 0);
    }
    for (size_t i = 0; i < 7; i++)
        CHECK_ROW(i, seen[i] > 80 && seen[i] < 220);
    unsigned first[2];
    for (size_t i = 0; i < 2; i++) {
        choices_from_seed(&c, 7);
        choices_next_seed(&c);
        first[i] = choose_wide(&c, 65536);
    }
    CHECK(first[0] == first[1]);
    choices_from_seed(&c, 8);
    CHECK(choose_wide(&c, 65536) != first[0]);
}

// The odometer visits every combination once, the last answer turning first.
static void check_odometer(void)
{
    static bool visited[3][4][2];
    unsigned runs = 0;
    unsigned last = 0;
    choices_from_odometer(&c, VIEW(""));
    do {
        unsigned a = choose(&c, 3);
        unsigned b = a == 1 ? choose(&c, 4) : 0;
        unsigned d = choose(&c, 2);
        CHECK_ROW(runs, !visited[a][b][d]);
        visited[a][b][d] = true;
        unsigned now = a * 8 + b * 2 + d;
        CHECK_ROW(runs, runs == 0 || now > last);
        last = now;
        runs++;
    } while (choices_next_run(&c));
    CHECK(runs == 2 + 8 + 2);
    CHECK(last == 2 * 8 + 1);
}

static void check_prefix(void)
{
    unsigned runs = 0;
    choices_from_odometer(&c, VIEW("\x02\x01"));
    do {
        CHECK_ROW(runs, choose(&c, 3) == 2);
        CHECK_ROW(runs, choose(&c, 2) == 1);
        CHECK_ROW(runs, choose(&c, 5) == runs);
        runs++;
    } while (choices_next_run(&c));
    CHECK(runs == 5);
    choices_from_odometer(&c, VIEW("\x01\x00\x09"));
    CHECK(choose(&c, 4) == 1);
    CHECK(!choices_next_run(&c));
}

// Answers behind the last one that is recorded are 0, whoever answers.
static void check_end(void)
{
    choices_from_seed(&c, 1);
    for (size_t i = 0; i < CHOICES_LEN_MAX; i++)
        choose(&c, 256);
    for (size_t i = 0; i < 100; i++)
        CHECK_ROW(i, choose(&c, 256) == 0);
    CHECK(c.len == CHOICES_LEN_MAX);
}

int main(void)
{
    check_bytes();
    check_wide();
    check_random();
    check_odometer();
    check_prefix();
    check_end();
    return unit_end();
}

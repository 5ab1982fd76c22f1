// SPDX-License-Identifier: Apache-2.0
// The shrinker on challenges whose smallest failing case is known.
//
// Each challenge is a generator and a failure. From 60 random failing cases the shrinker has to
// reach the smallest tape every time, within 250 calls at the median.
#include "props/choice/shrink.h"

#include <stdlib.h>

#include "props/choice/choices.h"
#include "props/unit/unit.h"

enum { SEED_COUNT = 60, CALLS_MAX = 4000, CALLS_MEDIAN_MAX = 250, LIST_LEN_MAX = 64 };

struct list {
    unsigned len;
    unsigned items[LIST_LEN_MAX];
};

static void choose_list(struct list *out, struct choices *c, unsigned len_below, unsigned below)
{
    out->len = choose(c, len_below);
    for (unsigned i = 0; i < out->len; i++)
        out->items[i] = choose_wide(c, below);
}

static unsigned sum_of(const struct list *list)
{
    unsigned sum = 0;
    for (unsigned i = 0; i < list->len; i++)
        sum += list->items[i];
    return sum;
}

static bool sums_over_1000(struct choices *c)
{
    struct list list;
    choose_list(&list, c, 32, 256);
    return sum_of(&list) > 1000;
}

// Elements of at most 1000, each behind a one: two of them are needed. The last answer keeps the
// list's end from being cut off with its zeros.
static bool wide_sums_over_1000(struct choices *c)
{
    unsigned sum = 0;
    for (unsigned count = 0; count < 30 && choose(c, 4) != 0; count++)
        sum += choose_wide(c, 1001);
    return choose(c, 2) == 1 && sum > 1000;
}

static bool has_run_of_5(struct choices *c)
{
    struct list list;
    choose_list(&list, c, 64, 3);
    unsigned run = 0;
    for (unsigned i = 0; i < list.len; i++) {
        run = list.items[i] != 0 && i != 0 && list.items[i] == list.items[i - 1]
                  ? run + 1
                  : list.items[i] != 0;
        if (run == 5)
            return true;
    }
    return false;
}

static bool has_two_equal(struct choices *c)
{
    struct list list;
    choose_list(&list, c, 32, 100);
    for (unsigned i = 0; i < list.len; i++)
        for (unsigned j = 0; j < i; j++)
            if (list.items[i] == list.items[j] && list.items[i] >= 10)
                return true;
    return false;
}

static bool nests_over_10(struct choices *c)
{
    unsigned count = 0;
    for (unsigned outer = 0; outer < 10 && choose(c, 4) != 0; outer++)
        for (unsigned inner = 0; inner < 10 && choose(c, 4) != 0; inner++)
            count += choose(c, 256) < 256;
    return count > 5;
}

static bool has_bound_pair(struct choices *c)
{
    unsigned n = choose(c, 200);
    unsigned k = choose(c, n + 1);
    return k >= 10 && n - k >= 5;
}

static bool is_wide_over_9999(struct choices *c) { return choose_wide(c, 65536) > 9999; }

static bool is_not_sorted(struct choices *c)
{
    struct list list;
    choose_list(&list, c, 16, 256);
    for (unsigned i = 1; i < list.len; i++)
        if (list.items[i] < list.items[i - 1])
            return true;
    return false;
}

// Elements that cannot be small, so that one has to go together with its share of the length.
static bool is_full_with_100(struct choices *c)
{
    struct list list;
    choose_list(&list, c, 32, 256);
    bool has_100 = false;
    for (unsigned i = 0; i < list.len; i++) {
        if (list.items[i] < 3)
            return false;
        has_100 |= list.items[i] == 100;
    }
    return has_100;
}

// Two kinds of elements of two bytes each, in any order.
static bool has_two_kinds(struct choices *c)
{
    bool has[2] = {false, false};
    unsigned len = choose(c, 32);
    for (unsigned i = 0; i < len; i++) {
        unsigned kind = choose(c, 3);
        unsigned value = choose(c, 16);
        has[0] |= kind == 1 && value == 7;
        has[1] |= kind == 2 && value == 3;
    }
    return has[0] && has[1];
}

// Zeros have to come by the eight: one alone breaks it.
static bool is_whole_or_empty(struct choices *c)
{
    unsigned zeros = 0;
    for (unsigned i = 0; i < 8; i++)
        zeros += choose(c, 256) < 128;
    return choose(c, 2) == 1 && zeros % 8 == 0;
}

struct challenge {
    const char *name;
    bool (*fails)(struct choices *c);
    struct view smallest;
};

static const struct challenge challenges[] = {
    {"sum over 1,000", sums_over_1000, VIEW_INIT("\x04\xEC\xFF\xFF\xFF")},
    {"wide sum over 1,000", wide_sums_over_1000, VIEW_INIT("\x01\x00\x01\x01\x03\xE8\x00\x01")},
    {"run of five", has_run_of_5, VIEW_INIT("\x05\x01\x01\x01\x01\x01")},
    {"two equal", has_two_equal, VIEW_INIT("\x02\x0A\x0A")},
    {"nested lists", nests_over_10, VIEW_INIT("\x01\x01\x00\x01\x00\x01\x00\x01\x00\x01\x00\x01")},
    {"bound pair", has_bound_pair, VIEW_INIT("\x0F\x0A")},
    {"wide number", is_wide_over_9999, VIEW_INIT("\x28")},
    {"none below three", is_full_with_100, VIEW_INIT("\x01\x64")},
    {"two kinds", has_two_kinds, VIEW_INIT("\x02\x01\x07\x02\x03")},
    {"all or nothing", is_whole_or_empty, VIEW_INIT("\0\0\0\0\0\0\0\0\1")},
    {"not sorted", is_not_sorted, VIEW_INIT("\x02\x01")},
};

static bool fails(void *context, struct buf *used, struct view bytes)
{
    const struct challenge *challenge = context;
    static struct choices c;
    choices_from_bytes(&c, bytes);
    bool result = challenge->fails(&c);
    buf_put(used, choices_tape(&c));
    return result;
}

static int by_size(const void *a, const void *b)
{
    unsigned x = *(const unsigned *)a;
    unsigned y = *(const unsigned *)b;
    return (x > y) - (x < y);
}

static void check_challenge(size_t row)
{
    static struct choices c;
    struct challenge challenge = challenges[row];
    struct shrink_test test = {fails, &challenge};
    unsigned calls[SEED_COUNT];
    unsigned minimal = 0;
    for (unsigned seed = 0; seed < SEED_COUNT; seed++) {
        choices_from_seed(&c, seed * 1000003u);
        while (!challenge.fails(&c))
            choices_next_seed(&c);
        char space[CHOICES_LEN_MAX];
        struct buf best = BUF(space);
        buf_put(&best, choices_tape(&c));
        calls[seed] = shrink(&best, &test, CALLS_MAX);
        minimal += view_equal(buf_view(&best), challenge.smallest);
        char again_space[CHOICES_LEN_MAX];
        struct buf again = BUF(again_space);
        CHECK_ROW(row, fails(&challenge, &again, buf_view(&best)));
    }
    qsort(calls, SEED_COUNT, sizeof calls[0], by_size);
    printf("%-20s %u of %u minimal, calls: median %u, most %u\n", challenge.name, minimal,
           (unsigned)SEED_COUNT, calls[SEED_COUNT / 2], calls[SEED_COUNT - 1]);
    CHECK_ROW(row, minimal == SEED_COUNT);
    CHECK_ROW(row, calls[SEED_COUNT / 2] <= CALLS_MEDIAN_MAX);
}

// A budget is kept, and the best case always fails.
static void check_budget(void)
{
    struct challenge challenge = challenges[0];
    struct shrink_test test = {fails, &challenge};
    char space[CHOICES_LEN_MAX];
    for (unsigned budget = 0; budget < 40; budget++) {
        struct buf best = BUF(space);
        buf_put(&best, VIEW("\x09\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"));
        CHECK_ROW(budget, shrink(&best, &test, budget) <= budget);
        CHECK_ROW(budget, best.len <= 10);
        char used_space[CHOICES_LEN_MAX];
        struct buf used = BUF(used_space);
        CHECK_ROW(budget, fails(&challenge, &used, buf_view(&best)));
    }
}

// The same case shrinks in the same way.
static void check_determinism(void)
{
    struct challenge challenge = challenges[1];
    struct shrink_test test = {fails, &challenge};
    char spaces[2][CHOICES_LEN_MAX];
    unsigned calls[2];
    struct view ends[2];
    for (unsigned i = 0; i < 2; i++) {
        struct buf best = BUF(spaces[i]);
        buf_put(&best, VIEW("\x03\x02\x11\x03\x03\x07\x01\x03\x90\x02\x02\x01"));
        calls[i] = shrink(&best, &test, 30);
        ends[i] = buf_view(&best);
    }
    CHECK(calls[0] == calls[1]);
    CHECK(view_equal(ends[0], ends[1]));
}

int main(void)
{
    for (size_t row = 0; row < sizeof challenges / sizeof challenges[0]; row++)
        check_challenge(row);
    check_budget();
    check_determinism();
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
#include "props/hunt/mutation.h"

#include "props/unit/unit.h"

enum { ROUND_COUNT = 2000, CAP = 48 };

static struct choices dice;

static size_t count_changed(struct view a, struct view b)
{
    size_t count = 0;
    for (size_t i = 0; i < a.len && i < b.len; i++)
        count += a.data[i] != b.data[i];
    return count;
}

static bool has_only_of(struct view v, struct view a, struct view b)
{
    for (size_t i = 0; i < v.len; i++)
        if (view_index(a, v.data[i]) == a.len && view_index(b, v.data[i]) == b.len)
            return false;
    return true;
}

// What each kind may do to a case, and no more.
static bool is_right(enum mutation mutation, struct view before, struct view other,
                     struct view after)
{
    size_t least = before.len < after.len ? before.len : after.len;
    bool begins_so = count_changed(before, after) == 0;
    switch (mutation) {
    case MUTATION_SET:
        return after.len == before.len && count_changed(before, after) <= 1;
    case MUTATION_STEP:
        return after.len == before.len && count_changed(before, after) == 1;
    case MUTATION_COPY:
        return after.len >= before.len && has_only_of(after, before, before);
    case MUTATION_SPLICE:
        return has_only_of(after, before, other);
    case MUTATION_TRUNCATE:
        return after.len < before.len && begins_so;
    case MUTATION_EXTEND:
        return after.len >= before.len && begins_so && least == before.len;
    case MUTATION_DROP:
        return after.len < before.len && has_only_of(after, before, before);
    case MUTATION_COUNT:
        return false;
    }
    return false;
}

static void check_kinds(void)
{
    const struct view before = VIEW("abcdefghijklmnop");
    const struct view other = VIEW("0123456789");
    for (unsigned kind = 0; kind < MUTATION_COUNT; kind++) {
        size_t changed_count = 0;
        for (unsigned round = 0; round < ROUND_COUNT; round++) {
            char space[CAP];
            struct buf bytes = BUF(space);
            buf_put(&bytes, before);
            choices_next_seed(&dice);
            mutation_apply(&bytes, (enum mutation)kind, round % 7 == 0 ? VIEW("") : other, &dice);
            CHECK_ROW(kind, !bytes.overflow && bytes.len <= CAP);
            CHECK_ROW(kind, is_right((enum mutation)kind, before, other, buf_view(&bytes)));
            changed_count += !view_equal(before, buf_view(&bytes));
        }
        CHECK_ROW(kind, changed_count > ROUND_COUNT * 3 / 4);
    }
}

// An empty case is extended, and a full one stays within its space.
static void check_edges(void)
{
    char space[CAP];
    struct buf bytes = BUF(space);
    for (unsigned kind = 0; kind < MUTATION_COUNT; kind++) {
        buf_clear(&bytes);
        choices_next_seed(&dice);
        mutation_apply(&bytes, (enum mutation)kind, VIEW("x"), &dice);
        CHECK_ROW(kind, bytes.len != 0);
    }
    for (unsigned round = 0; round < ROUND_COUNT; round++) {
        memset(space, 'a', sizeof space);
        bytes.len = CAP;
        choices_next_seed(&dice);
        mutation_apply(&bytes, (enum mutation)(round % MUTATION_COUNT), VIEW("0123456789"), &dice);
        CHECK_ROW(round, bytes.len <= CAP && !bytes.overflow);
    }
}

// The dice alone decide; and small changes of all kinds come of them.
static void check_made(void)
{
    char spaces[2][CAP];
    struct buf made[2] = {BUF(spaces[0]), BUF(spaces[1])};
    struct choices again;
    size_t same_count = 0;
    size_t shorter_count = 0;
    size_t longer_count = 0;
    choices_from_seed(&dice, 7);
    choices_from_seed(&again, 7);
    struct view before = VIEW("\1\2\3\4\5\6");
    for (unsigned round = 0; round < ROUND_COUNT; round++) {
        mutation_make(&made[0], before, VIEW("other"), &dice);
        mutation_make(&made[1], before, VIEW("other"), &again);
        CHECK_ROW(round, view_equal(buf_view(&made[0]), buf_view(&made[1])));
        CHECK_ROW(round, !made[0].overflow);
        same_count += view_equal(before, buf_view(&made[0]));
        shorter_count += made[0].len < before.len;
        longer_count += made[0].len > before.len;
    }
    CHECK(same_count < ROUND_COUNT / 10);
    CHECK(shorter_count > ROUND_COUNT / 10 && longer_count > ROUND_COUNT / 10);
}

int main(void)
{
    choices_from_seed(&dice, 1);
    check_kinds();
    check_edges();
    check_made();
    return unit_end();
}

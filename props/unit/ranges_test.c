// SPDX-License-Identifier: Apache-2.0
#include "props/launch/ranges.h"

#include "props/unit/unit.h"

#define LOW "8988247000100000000"
#define HIGH "8988247000100099999"

static const struct {
    struct view start;
    struct view end;
    unsigned faults;
} reads[] = {
    {VIEW_INIT(LOW), VIEW_INIT(HIGH), 0},
    {VIEW_INIT(LOW "00"), VIEW_INIT(HIGH), RANGE_START_DIGITS},
    {VIEW_INIT(LOW "0"), VIEW_INIT(HIGH "9"), 0},
    {VIEW_INIT(LOW), VIEW_INIT(HIGH "9"), RANGE_LENGTHS},
    {VIEW_INIT(LOW), VIEW_INIT(""), RANGE_END_DIGITS},
    {VIEW_INIT("898824700010000000"), VIEW_INIT("8988247000100099999F"),
     RANGE_START_DIGITS | RANGE_END_DIGITS},
    {VIEW_INIT("8988247000100000001"), VIEW_INIT(HIGH), RANGE_START_00},
    {VIEW_INIT("8988247000100000010"), VIEW_INIT(HIGH), RANGE_START_00},
    {VIEW_INIT(LOW), VIEW_INIT("8988247000100099998"), RANGE_END_99},
    {VIEW_INIT(LOW), VIEW_INIT("8988247000100099989"), RANGE_END_99},
    {VIEW_INIT("8988247000100100000"), VIEW_INIT(HIGH), RANGE_ORDER},
    {VIEW_INIT("8888247000100000000"), VIEW_INIT(HIGH), RANGE_START_PREFIX},
    {VIEW_INIT("8988247000100000000"), VIEW_INIT("9088247000100099999"), RANGE_END_PREFIX},
};

static void check_reads(void)
{
    for (size_t i = 0; i < sizeof reads / sizeof reads[0]; i++) {
        struct range range;
        CHECK_ROW(i, range_read(&range, reads[i].start, reads[i].end) == reads[i].faults);
    }
    CHECK(range_fault_is_end(RANGE_END_99) && !range_fault_is_end(RANGE_START_00));
    CHECK(strstr(range_fault_words(RANGE_END_99), "99") != NULL);
    CHECK(strstr(range_fault_words(RANGE_START_00), "00") != NULL);
}

static struct range range_of(const char *start, const char *end)
{
    struct range range = {.line = 0};
    CHECK((range_read(&range, view_of_text(start), view_of_text(end)) & RANGE_UNUSABLE) == 0);
    return range;
}

static void check_holds(void)
{
    static const struct {
        struct view iccid;
        bool is_held;
    } members[] = {
        {VIEW_INIT(LOW), true},
        {VIEW_INIT(HIGH), true},
        {VIEW_INIT("8988247000100003319"), true},
        {VIEW_INIT("8988247000099999999"), false},
        {VIEW_INIT("8988247000100100000"), false},
        {VIEW_INIT("89882470001000033190"), false},
    };
    static struct ranges ranges;
    ranges.items[ranges.count++] = range_of("8988247000200000000", "8988247000200000099");
    ranges.items[ranges.count++] = range_of(LOW, HIGH);
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        struct bp_iccid iccid;
        CHECK_ROW(i, bp_iccid_read(&iccid, members[i].iccid));
        CHECK_ROW(i, range_holds(&ranges.items[1], &iccid) == members[i].is_held);
        CHECK_ROW(i, (ranges_find(&ranges, &iccid) == &ranges.items[1]) == members[i].is_held);
    }
}

static void check_relations(void)
{
    static const struct {
        const char *start;
        const char *end;
        enum range_relation relation;
    } others[] = {
        {LOW, HIGH, RANGES_EQUAL},
        {HIGH, "8988247000100199999", RANGES_OVERLAP},
        {"8988247000100100000", "8988247000100199999", RANGES_APART},
        {"8988247000000000000", LOW, RANGES_OVERLAP},
        {"8988247000000000000", "8988247000099999999", RANGES_APART},
        {"8988247000100000100", "8988247000100000199", RANGES_OVERLAP},
        {LOW, "8988247000100000199", RANGES_OVERLAP},
        {LOW "0", HIGH "9", RANGES_APART},
    };
    struct range range = range_of(LOW, HIGH);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct range other = range_of(others[i].start, others[i].end);
        CHECK_ROW(i, range_relate(&range, &other) == others[i].relation);
        CHECK_ROW(i, range_relate(&other, &range) == others[i].relation);
    }
}

static void check_list(void)
{
    struct view list = VIEW(" a-b ;; c - d;\r\n e; ;");
    struct view start;
    struct view end;
    CHECK(range_next(&list, &start, &end));
    CHECK(view_equal(start, VIEW("a")) && view_equal(end, VIEW("b")));
    CHECK(range_next(&list, &start, &end));
    CHECK(view_equal(start, VIEW("c")) && view_equal(end, VIEW("d")));
    CHECK(range_next(&list, &start, &end));
    CHECK(view_equal(start, VIEW("e")) && end.len == 0);
    CHECK(!range_next(&list, &start, &end));
    list = view_of(NULL, 0);
    CHECK(!range_next(&list, &start, &end));
}

int main(void)
{
    check_reads();
    check_holds();
    check_relations();
    check_list();
    return unit_end();
}

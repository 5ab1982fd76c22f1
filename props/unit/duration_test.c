// SPDX-License-Identifier: Apache-2.0
#include "value/duration.h"

#include "base/bounds.h"
#include "props/unit/unit.h"

#define DAY ((uint64_t)86400)

// What XmlConvert.ToTimeSpan was measured to read is strict; PT1.S and PT.5S, which it reads too,
// are not what the XML Schema grammar has.
static const struct {
    const char *text;
    enum bp_duration_form form;
    bool is_zero;
    uint64_t whole_s;
    uint32_t fraction_ns;
} rows[] = {
    {"PT0S", BP_DURATION_STRICT, true, 0, 0},
    {"P0D", BP_DURATION_STRICT, true, 0, 0},
    {"PT0H", BP_DURATION_STRICT, true, 0, 0},
    {"P0Y0M0DT0H0M0.0S", BP_DURATION_STRICT, true, 0, 0},
    {"P00DT00H", BP_DURATION_STRICT, true, 0, 0},
    {"P23DT23H", BP_DURATION_STRICT, false, 23 * DAY + 23 * 3600, 0},
    {"PT36H", BP_DURATION_STRICT, false, 36 * 3600, 0},
    {"P400D", BP_DURATION_STRICT, false, 400 * DAY, 0},
    {"P1Y", BP_DURATION_STRICT, false, 365 * DAY, 0},
    {"P1M", BP_DURATION_STRICT, false, 30 * DAY, 0},
    {"PT1M", BP_DURATION_STRICT, false, 60, 0},
    {"P1MT1M", BP_DURATION_STRICT, false, 30 * DAY + 60, 0},
    {"P1Y2D", BP_DURATION_STRICT, false, 367 * DAY, 0},
    {"PT1H2S", BP_DURATION_STRICT, false, 3602, 0},
    {"PT1.5S", BP_DURATION_STRICT, false, 1, 500000000},
    {"PT0.000000001S", BP_DURATION_STRICT, false, 0, 1},
    {"PT0.0000000009S", BP_DURATION_STRICT, false, 0, 0},
    {"PT0.9999999999999999999999999S", BP_DURATION_STRICT, false, 0, 999999999},
    {"P1Y2M10DT2H30M5S", BP_DURATION_STRICT, false, 435 * DAY + 2 * 3600 + 30 * 60 + 5, 0},
    {"P000000000000000000000000000001D", BP_DURATION_STRICT, false, DAY, 0},
    {"P10675199D", BP_DURATION_STRICT, false, BP_DURATION_S_MAX, 0},
    {"PT922337193600S", BP_DURATION_STRICT, false, BP_DURATION_S_MAX, 0},
    {"PT.5S", BP_DURATION_ISO, false, 0, 500000000},
    {"PT1.S", BP_DURATION_ISO, false, 1, 0},
    {"PT1,S", BP_DURATION_ISO, false, 1, 0},
    {"PT1,5S", BP_DURATION_ISO, false, 1, 500000000},
    {"P1W", BP_DURATION_ISO, false, 7 * DAY, 0},
    {"P0W", BP_DURATION_ISO, true, 0, 0},
    {"P1.5W", BP_DURATION_ISO, false, 907200, 0},
    {"P0.5D", BP_DURATION_ISO, false, 43200, 0},
    {"PT1.5H", BP_DURATION_ISO, false, 5400, 0},
    {"PT1.5M", BP_DURATION_ISO, false, 90, 0},
    {"P0.1Y", BP_DURATION_ISO, false, 3153600, 0},
    {"P0.3333M", BP_DURATION_ISO, false, 863913, 600000000},
    {"P1DT0.1H", BP_DURATION_ISO, false, DAY + 360, 0},
    {"-PT1S", BP_DURATION_NEGATIVE, false, 1, 0},
    {"-P1W", BP_DURATION_NEGATIVE, false, 7 * DAY, 0},
    {"-P0D", BP_DURATION_NEGATIVE, true, 0, 0},
    {"-P10675200D", BP_DURATION_NEGATIVE, false, BP_DURATION_S_MAX, 0},
    {"pt0s", BP_DURATION_LOWERCASE, true, 0, 0},
    {"Pt1S", BP_DURATION_LOWERCASE, false, 1, 0},
    {"p4w", BP_DURATION_LOWERCASE, false, 28 * DAY, 0},
    {"p10675200d", BP_DURATION_LOWERCASE, false, BP_DURATION_S_MAX, 0},
    {"P10675200D", BP_DURATION_BEYOND, false, BP_DURATION_S_MAX, 0},
    {"P10675199DT1S", BP_DURATION_BEYOND, false, BP_DURATION_S_MAX, 0},
    {"P10675199DT0.1S", BP_DURATION_BEYOND, false, BP_DURATION_S_MAX, 0},
    {"P10675198DT24H0.5S", BP_DURATION_BEYOND, false, BP_DURATION_S_MAX, 0},
    {"P2147483648D", BP_DURATION_BEYOND, false, BP_DURATION_S_MAX, 0},
    {"P9999999W", BP_DURATION_BEYOND, false, BP_DURATION_S_MAX, 0},
    {"P584942417356Y", BP_DURATION_BEYOND, false, BP_DURATION_S_MAX, 0},
    {"PT18446744073709551617S", BP_DURATION_BEYOND, false, BP_DURATION_S_MAX, 0},
    {"P99999999999999999999999999999999999999Y", BP_DURATION_BEYOND, false, BP_DURATION_S_MAX, 0},
};

static const struct {
    struct view text;
    size_t at; // of the offence; the length of the text when something is missing
} refused[] = {
    {VIEW_INIT(""), 0},
    {VIEW_INIT("P"), 1},
    {VIEW_INIT("PT"), 2},
    {VIEW_INIT("P1DT"), 4},
    {VIEW_INIT("-"), 1},
    {VIEW_INIT("-P"), 2},
    {VIEW_INIT("P1"), 2},
    {VIEW_INIT("PT1"), 3},
    {VIEW_INIT("PT1."), 4},
    {VIEW_INIT("PD"), 1},
    {VIEW_INIT("PT.S"), 3},
    {VIEW_INIT("PT,S"), 3},
    {VIEW_INIT("P1W2D"), 3},
    {VIEW_INIT("P1D1W"), 4},
    {VIEW_INIT("P1WT1H"), 3},
    {VIEW_INIT("PT1W"), 3},
    {VIEW_INIT("P1D1Y"), 4},
    {VIEW_INIT("P1D1D"), 4},
    {VIEW_INIT("P1M1M"), 4},
    {VIEW_INIT("PT1S1H"), 5},
    {VIEW_INIT("PT1HT1M"), 4},
    {VIEW_INIT("P1H"), 2},
    {VIEW_INIT("P1S"), 2},
    {VIEW_INIT("PT1D"), 3},
    {VIEW_INIT("PT1Y"), 3},
    {VIEW_INIT("P1X"), 2},
    {VIEW_INIT("P1.5DT1H"), 5},
    {VIEW_INIT("PT1.5H2S"), 6},
    {VIEW_INIT("PT1.5.5S"), 5},
    {VIEW_INIT("+PT1S"), 0},
    {VIEW_INIT("PT-1S"), 2},
    {VIEW_INIT("PT+1S"), 2},
    {VIEW_INIT("--PT1S"), 1},
    {VIEW_INIT("-pt1s"), 1},
    {VIEW_INIT(" PT1S"), 0},
    {VIEW_INIT("PT1S "), 4},
    {VIEW_INIT("PT 1S"), 2},
    {VIEW_INIT("T1S"), 0},
    {VIEW_INIT("1S"), 0},
    {VIEW_INIT("00:00:00"), 0},
    {VIEW_INIT("23.23:00:00"), 0},
    {VIEW_INIT("P0001-02-03T04:05:06"), 5},
    {VIEW_INIT("PT1S\0"), 4},
    {VIEW_INIT("PT\0S"), 2},
    {VIEW_INIT("PT\xef\xbc\x91S"), 2},
};

static const struct {
    uint64_t whole_s;
    struct view text;
} written[] = {
    {0, VIEW_INIT("PT0S")},
    {1, VIEW_INIT("PT1S")},
    {59, VIEW_INIT("PT59S")},
    {60, VIEW_INIT("PT1M")},
    {3599, VIEW_INIT("PT59M59S")},
    {3600, VIEW_INIT("PT1H")},
    {3601, VIEW_INIT("PT1H1S")},
    {DAY - 1, VIEW_INIT("PT23H59M59S")},
    {DAY, VIEW_INIT("P1D")},
    {DAY + 1, VIEW_INIT("P1DT1S")},
    {23 * DAY + 23 * 3600, VIEW_INIT("P23DT23H")},
    {28 * DAY, VIEW_INIT("P28D")},
    {400 * DAY + 61, VIEW_INIT("P400DT1M1S")},
    {BP_DURATION_S_MAX - 1, VIEW_INIT("P10675198DT23H59M59S")},
    {BP_DURATION_S_MAX, VIEW_INIT("P10675199D")},
};

static void check_written(size_t row, uint64_t whole_s, struct view text)
{
    char space[BP_DURATION_TEXT_LEN_MAX];
    struct buf out = BUF(space);
    struct bp_duration back;
    struct bp_fault fault;
    bp_duration_write(&out, whole_s);
    CHECK_ROW(row, !out.overflow);
    CHECK_ROW(row, text.len == 0 || view_equal(buf_view(&out), text));
    CHECK_ROW(row, bp_duration_read(&back, &fault, buf_view(&out)));
    CHECK_ROW(row, back.form == BP_DURATION_STRICT && back.whole_s == whole_s);
    CHECK_ROW(row, back.fraction_ns == 0 && back.is_zero == (whole_s == 0));
}

int main(void)
{
    struct bp_duration d;
    struct bp_fault fault;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_ROW(i, bp_duration_read(&d, &fault, view_of_text(rows[i].text)));
        CHECK_ROW(i, d.form == rows[i].form);
        CHECK_ROW(i, d.is_zero == rows[i].is_zero);
        CHECK_ROW(i, d.whole_s == rows[i].whole_s);
        CHECK_ROW(i, d.fraction_ns == rows[i].fraction_ns);
    }
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct view text = refused[i].text;
        bool is_missing = refused[i].at == text.len;
        CHECK_ROW(i, !bp_duration_read(&d, &fault, text));
        CHECK_ROW(i, fault.reason == BP_REASON_DURATION);
        CHECK_ROW(i, fault.where.len == (is_missing ? 0 : 1));
        CHECK_ROW(i, fault.where.data == text.data + refused[i].at);
    }
    CHECK(!bp_duration_read(&d, &fault, view_of(NULL, 0)));
    for (size_t i = 0; i < sizeof written / sizeof written[0]; i++)
        check_written(i, written[i].whole_s, written[i].text);
    for (uint64_t s = 1; s < BP_DURATION_S_MAX; s += s / 16 + 1)
        check_written((size_t)s, s, view_of(NULL, 0));
    return unit_end();
}

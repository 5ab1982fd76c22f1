// SPDX-License-Identifier: Apache-2.0
#include "props/launch/portal.h"

#include "tool/text.h"

enum column { ID, CATEGORY, RESULT, DATE, EVIDENCE, COLUMN_COUNT };

static const struct view names[COLUMN_COUNT] = {
    [ID] = VIEW_INIT("id"),     [CATEGORY] = VIEW_INIT("category"), [RESULT] = VIEW_INIT("result"),
    [DATE] = VIEW_INIT("date"), [EVIDENCE] = VIEW_INIT("evidence"),
};

enum { CATEGORY_COUNT = 4 };
static const struct {
    const char *id;
    struct view name;
    const char *words;
} categories[CATEGORY_COUNT] = {
    {"PORTAL-2", VIEW_INIT("eSIM"), "an eSIM profile is installed"},
    {"PORTAL-3", VIEW_INIT("warm SIM"), "a warm SIM is activated"},
    {"PORTAL-4", VIEW_INIT("top-up"), "balance is added"},
    {"PORTAL-5", VIEW_INIT("cancel"), "a transaction is cancelled"},
};

// Cases of a category, or of the operator's own ones, and how many of them count.
struct tally {
    size_t count;
    size_t good_count;
};

struct portal {
    struct lint *lint;
    struct csv csv;
    size_t at[COLUMN_COUNT];
    struct view ids[CSV_ROW_COUNT_MAX]; // of the cases so far
    size_t id_count;
    struct tally tallies[CATEGORY_COUNT + 1]; // the last one: other categories
};

static const struct view no_view;

static void say(struct portal *portal, enum lint_grade grade, const char *id, size_t line,
                struct view column, const char *words, struct view given)
{
    lint_put(portal->lint, &(struct lint_item){grade, id, line, column, words, given});
}

static bool fail(struct portal *portal, enum column column, const char *words, struct view given)
{
    say(portal, LINT_FAILED, "PORTAL-1", portal->csv.row_line, names[column], words, given);
    return false;
}

static unsigned digits_at(struct view text, size_t at, size_t len)
{
    unsigned n = 0;
    for (size_t i = at; i < at + len; i++)
        n = 10 * n + (unsigned)(text.data[i] - '0');
    return n;
}

bool portal_is_date(struct view text)
{
    static const char shape[] = "dddd-dd-dd";
    static const unsigned char lens[12] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (text.len != sizeof shape - 1)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        bool is_right = shape[i] == 'd' ? byte_is_digit(text.data[i]) : text.data[i] == shape[i];
        if (!is_right)
            return false;
    }
    unsigned year = digits_at(text, 0, 4);
    unsigned month = digits_at(text, 5, 2);
    unsigned day = digits_at(text, 8, 2);
    if (month < 1 || month > 12 || day < 1 || day > lens[month - 1])
        return false;
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return is_leap || month != 2 || day != 29;
}

static bool check_id(struct portal *portal, struct view id)
{
    if (id.len == 0)
        return fail(portal, ID, "is missing", no_view);
    for (size_t i = 0; i < portal->id_count; i++)
        if (view_equal(portal->ids[i], id))
            return fail(portal, ID, "stands there a second time", id);
    portal->ids[portal->id_count++] = id;
    return true;
}

static bool check_result(struct portal *portal, struct view result)
{
    if (view_equal_nocase(result, VIEW("passed")))
        return true;
    if (result.len == 0)
        return fail(portal, RESULT, "is missing", no_view);
    bool is_known = view_equal_nocase(result, VIEW("failed"));
    return fail(portal, RESULT, is_known ? "the case did not pass" : "has to be passed or failed",
                result);
}

static bool check_date(struct portal *portal, struct view date)
{
    if (date.len == 0)
        return fail(portal, DATE, "is missing", no_view);
    return portal_is_date(date) || fail(portal, DATE, "is no day written as 2026-03-02", date);
}

static size_t find_category(struct view category)
{
    size_t i = 0;
    while (i < CATEGORY_COUNT && !csv_same_name(categories[i].name, category))
        i++;
    return i;
}

static struct view cell_of(const struct portal *portal, enum column column)
{
    return csv_cell(&portal->csv, portal->at[column]);
}

static void check_case(struct portal *portal)
{
    struct view category = cell_of(portal, CATEGORY);
    bool is_good = check_id(portal, cell_of(portal, ID));
    if (category.len == 0)
        is_good = fail(portal, CATEGORY, "is missing", no_view);
    is_good = check_result(portal, cell_of(portal, RESULT)) && is_good;
    is_good = check_date(portal, cell_of(portal, DATE)) && is_good;
    if (cell_of(portal, EVIDENCE).len == 0)
        is_good = fail(portal, EVIDENCE, "is missing", no_view);
    struct tally *tally = &portal->tallies[find_category(category)];
    tally->count++;
    tally->good_count += is_good;
}

static void say_fault(struct portal *portal)
{
    say(portal, LINT_FAILED, "CSV", portal->csv.fault_line, portal->csv.column, portal->csv.words,
        no_view);
}

static bool find_columns(struct portal *portal)
{
    bool has_all = true;
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        bool is_twice = false;
        portal->at[i] = csv_column(&portal->csv, names[i], &is_twice);
        bool is_there = portal->at[i] != CSV_COLUMN_COUNT_MAX;
        if (!is_there || is_twice)
            say(portal, LINT_FAILED, "PORTAL-1", 0, names[i],
                is_there ? "there are two columns of this name" : "there is no such column",
                no_view);
        has_all = has_all && is_there;
    }
    return has_all;
}

static void put_cell(struct buf *out, size_t n, size_t end_column)
{
    char space[32];
    struct buf number = BUF(space);
    text_put_count(&number, n);
    text_pad(out, end_column - number.len);
    buf_put(out, buf_view(&number));
}

static void put_row(struct buf *out, const char *id, struct view name, const struct tally *tally,
                    size_t needed)
{
    size_t missing = tally->good_count < needed ? needed - tally->good_count : 0;
    text_pad(out, 2);
    buf_put_text(out, id);
    text_pad(out, 12);
    buf_put(out, name);
    put_cell(out, tally->count, 28);
    put_cell(out, tally->good_count, 38);
    put_cell(out, missing, 48);
    buf_put_byte(out, '\n');
}

static void put_table(struct portal *portal, const struct tally *all)
{
    struct buf *out = portal->lint->out;
    buf_put_text(out, "\n  clause    category    cases  complete   missing\n");
    for (size_t i = 0; i < CATEGORY_COUNT; i++)
        put_row(out, categories[i].id, categories[i].name, &portal->tallies[i], 1);
    put_row(out, "", VIEW("other"), &portal->tallies[CATEGORY_COUNT], 0);
    put_row(out, "PORTAL-1", VIEW("all"), all, PORTAL_CASE_COUNT);
    buf_put_byte(out, '\n');
}

static void sum_up(struct portal *portal)
{
    struct tally all = {0, 0};
    for (size_t i = 0; i <= CATEGORY_COUNT; i++) {
        all.count += portal->tallies[i].count;
        all.good_count += portal->tallies[i].good_count;
    }
    bool is_enough = all.good_count >= PORTAL_CASE_COUNT;
    say(portal, is_enough ? LINT_OK : LINT_FAILED, "PORTAL-1", 0, no_view,
        is_enough ? "at least 50 cases with id, category, result, date and evidence passed"
                  : "fewer than 50 cases with id, category, result, date and evidence passed",
        no_view);
    for (size_t i = 0; i < CATEGORY_COUNT; i++) {
        bool has_one = portal->tallies[i].good_count != 0;
        say(portal, has_one ? LINT_OK : LINT_FAILED, categories[i].id, 0, categories[i].name,
            has_one ? categories[i].words : "no complete case of this category passed", no_view);
    }
    put_table(portal, &all);
}

void portal_lint(struct lint *lint, struct view text, char *space)
{
    struct portal portal;
    memset(&portal, 0, sizeof portal);
    portal.lint = lint;
    if (!csv_open(&portal.csv, text, space)) {
        say_fault(&portal);
        return;
    }
    if (!find_columns(&portal))
        return;
    for (;;) {
        enum csv_step step = csv_next(&portal.csv);
        if (step == CSV_END)
            break;
        if (step == CSV_FAULT)
            say_fault(&portal);
        else
            check_case(&portal);
    }
    sum_up(&portal);
}

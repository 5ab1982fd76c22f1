// SPDX-License-Identifier: Apache-2.0
#include "props/launch/cosa.h"

#include "http/url.h"
#include "props/launch/cosa_grammar.h"
#include "props/launch/icon.h"

enum column {
    UPDATE_TYPE,
    OPERATOR,
    SUPPORT,
    ROAMING_UI,
    START,
    END,
    RANGE,
    URL,
    NAME,
    ICON,
    NAME_ROAMING,
    APP_ID,
    COLUMN_COUNT
};

static const struct {
    struct view name;
    const char *id;
    bool is_required;
} columns[COLUMN_COUNT] = {
    [UPDATE_TYPE] = {VIEW_INIT("UpdateType"), "CSV", false},
    [OPERATOR] = {VIEW_INIT("Operator"), "COSA-3", false},
    [SUPPORT] = {VIEW_INIT("SupportDataMarketplace"), "COSA-1", true},
    [ROAMING_UI] = {VIEW_INIT("DataMarketplaceRoamingUIEnabled"), "COSA-2", true},
    [START] = {VIEW_INIT("ICCID Range - Start"), "COSA-3", true},
    [END] = {VIEW_INIT("ICCID Range - End"), "COSA-3", true},
    [RANGE] = {VIEW_INIT("ICCID Range"), "COSA-3", false},
    [URL] = {VIEW_INIT("AccountExperienceURL"), "COSA-4", false},
    [NAME] = {VIEW_INIT("BrandingName"), "COSA-4", false},
    [ICON] = {VIEW_INIT("BrandingIcon"), "COSA-4", false},
    [NAME_ROAMING] = {VIEW_INIT("UseBrandingNameOnRoaming"), "COSA-4", false},
    [APP_ID] = {VIEW_INIT("AppID"), "COSA-4", false},
};

struct cosa {
    struct lint *lint;
    struct ranges *ranges;
    const struct cosa_config *config;
    struct csv csv;
    size_t at[COLUMN_COUNT]; // where the columns are
};

static const struct view no_view;

static void say(struct cosa *cosa, enum lint_grade grade, enum column column, const char *words,
                struct view given)
{
    lint_put(cosa->lint, &(struct lint_item){grade, columns[column].id, cosa->csv.row_line,
                                             columns[column].name, words, given});
}

static struct view cell_of(const struct cosa *cosa, enum column column)
{
    return csv_cell(&cosa->csv, cosa->at[column]);
}

static bool is_one_of(struct view cell, const char *digits)
{
    return cell.len == 1 && memchr(digits, cell.data[0], strlen(digits)) != NULL;
}

static void check_support(struct cosa *cosa, struct view cell)
{
    bool is_true = view_equal_nocase(cell, VIEW("true"));
    if (view_equal(cell, VIEW("Yes")))
        say(cosa, LINT_OK, SUPPORT, "Yes", no_view);
    else if (is_true && cosa->config->accepts_true)
        say(cosa, LINT_OK, SUPPORT, "true", no_view);
    else if (is_true)
        say(cosa, LINT_FAILED, SUPPORT, "has to be Yes; a later settings page has true (cosa.flag)",
            cell);
    else if (view_equal_nocase(cell, VIEW("yes")))
        say(cosa, LINT_WARNING, SUPPORT, "is written Yes in the documents", cell);
    else if (cell.len == 0)
        say(cosa, LINT_FAILED, SUPPORT, "has to be Yes; blank means false", no_view);
    else
        say(cosa, LINT_FAILED, SUPPORT, "has to be Yes", cell);
}

static void check_roaming_ui(struct cosa *cosa, struct view cell)
{
    if (is_one_of(cell, "01"))
        say(cosa, LINT_OK, ROAMING_UI, "is set", cell);
    else if (cell.len == 0)
        say(cosa, LINT_WARNING, ROAMING_UI, "is blank, which means 1", no_view);
    else
        say(cosa, LINT_FAILED, ROAMING_UI, "has to be 0 or 1", cell);
}

static void say_range(struct cosa *cosa, const struct range *range, bool is_list)
{
    char space[80];
    struct buf words = buf_of(space, sizeof space - 1);
    buf_put(&words, bp_iccid_view(&range->start));
    buf_put_text(&words, " to ");
    buf_put(&words, bp_iccid_view(&range->end));
    space[words.len] = '\0';
    say(cosa, LINT_OK, is_list ? RANGE : START, space, no_view);
}

static void add_range(struct cosa *cosa, struct view start, struct view end, bool is_list)
{
    struct range range = {.line = cosa->csv.row_line, .operator= cell_of(cosa, OPERATOR)};
    unsigned faults = range_read(&range, start, end);
    for (unsigned bit = 1; bit <= faults; bit <<= 1) {
        if ((faults & bit) == 0)
            continue;
        bool is_end = range_fault_is_end(bit);
        enum column column = is_end ? END : START;
        say(cosa, LINT_FAILED, is_list ? RANGE : column, range_fault_words(bit),
            is_end ? end : start);
    }
    if ((faults & RANGE_UNUSABLE) != 0)
        return;
    if (cosa->ranges->count == RANGE_COUNT_MAX) {
        say(cosa, LINT_FAILED, is_list ? RANGE : START, "there are more than 4,096 ranges", start);
        return;
    }
    if (faults == 0)
        say_range(cosa, &range, is_list);
    cosa->ranges->items[cosa->ranges->count++] = range;
}

static void check_range(struct cosa *cosa, struct view list)
{
    struct view start = cell_of(cosa, START);
    struct view end = cell_of(cosa, END);
    bool has_columns = start.len + end.len != 0;
    size_t count = 0;
    if (has_columns)
        add_range(cosa, start, end, false);
    while (range_next(&list, &start, &end)) {
        add_range(cosa, start, end, true);
        count++;
    }
    if (count == 0 && !has_columns)
        say(cosa, LINT_FAILED, START, "there is no ICCID range", no_view);
}

static void check_url(struct cosa *cosa, struct view cell)
{
    struct bp_url url;
    struct bp_fault fault;
    size_t query = view_index(cell, '?');
    size_t fragment = view_index(cell, '#');
    size_t base_len = query < fragment ? query : fragment;
    bool is_url = bp_url_read(&url, &fault, view_first(cell, base_len));
    if (!is_url || !cosa_is_query(view_from(cell, base_len)))
        say(cosa, LINT_FAILED, URL, "is no http or https URL", cell);
    else if (!url.is_secure)
        say(cosa, LINT_WARNING, URL, "is not https", cell);
    else
        say(cosa, LINT_OK, URL, "is an https URL", cell);
    if (cell_of(cosa, APP_ID).len != 0)
        say(cosa, LINT_WARNING, URL, "is not shown: AppID is set, too, and wins", no_view);
}

static void check_name(struct cosa *cosa, struct view cell)
{
    say(cosa, LINT_OK, NAME, "is set", cell);
}

static bool read_icon(struct cosa *cosa, unsigned *sizes, struct view name)
{
    struct view bytes;
    const char *words = NULL;
    if (!cosa_is_icon_name(name))
        words = "is no name of a file beside the spreadsheet";
    else if (!cosa->config->read_icon(cosa->config->context, &bytes, name))
        words = "there is no such file that can be read";
    else
        words = icon_read(sizes, bytes);
    if (words != NULL)
        say(cosa, LINT_FAILED, ICON, words, name);
    return words == NULL;
}

static void say_sizes(struct cosa *cosa, unsigned sizes, struct view cell)
{
    char space[64];
    struct buf words = buf_of(space, sizeof space - 1);
    buf_put_text(&words, "has no image of");
    for (unsigned i = 0; i < ICON_SIZE_COUNT; i++) {
        if ((sizes & 1u << i) != 0)
            continue;
        buf_put_byte(&words, ' ');
        buf_put_unsigned(&words, icon_sizes[i]);
    }
    buf_put_text(&words, " pixels");
    space[words.len] = '\0';
    if (sizes == ICON_ALL_SIZES)
        say(cosa, LINT_OK, ICON, "has images of 256, 48, 32, 24 and 16 pixels", cell);
    else
        say(cosa, LINT_FAILED, ICON, space, cell);
}

// One ICO file, or several files with semicolons between them.
static void check_icon(struct cosa *cosa, struct view cell)
{
    unsigned sizes = 0;
    bool is_read = true;
    struct view rest = cell;
    if (cosa->config->read_icon == NULL)
        return;
    while (rest.len != 0) {
        size_t len = view_index(rest, ';');
        struct view name = view_first(rest, len);
        rest = view_from(rest, len < rest.len ? len + 1 : len);
        while (name.len != 0 && name.data[0] == ' ')
            name = view_from(name, 1);
        is_read = read_icon(cosa, &sizes, name) && is_read;
    }
    if (is_read)
        say_sizes(cosa, sizes, cell);
}

static void check_name_roaming(struct cosa *cosa, struct view cell)
{
    bool is_good = is_one_of(cell, "012");
    say(cosa, is_good ? LINT_OK : LINT_FAILED, NAME_ROAMING,
        is_good ? "is set" : "has to be 0, 1 or 2", cell);
}

static void check_app_id(struct cosa *cosa, struct view cell)
{
    bool is_good = cosa_is_app_id(cell);
    say(cosa, is_good ? LINT_OK : LINT_FAILED, APP_ID,
        is_good ? "is of the form PFN!AppId" : "is not of the form PFN!AppId", cell);
}

static const struct {
    enum column column;
    bool takes_blank;
    void (*run)(struct cosa *cosa, struct view cell);
} checks[] = {
    {SUPPORT, true, check_support}, {ROAMING_UI, true, check_roaming_ui},
    {RANGE, true, check_range},     {URL, false, check_url},
    {NAME, false, check_name},      {ICON, false, check_icon},
    {APP_ID, false, check_app_id},  {NAME_ROAMING, false, check_name_roaming},
};

// False: the row is deleted, and not looked at.
static bool check_row(struct cosa *cosa)
{
    if (view_equal_nocase(cell_of(cosa, UPDATE_TYPE), VIEW("Delete"))) {
        say(cosa, LINT_OK, UPDATE_TYPE, "Delete: the row is passed over", no_view);
        return false;
    }
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        struct view cell = cell_of(cosa, checks[i].column);
        if (checks[i].takes_blank || cell.len != 0)
            checks[i].run(cosa, cell);
    }
    return true;
}

// Says what is wrong with the columns that are looked for.
static void find_columns(struct cosa *cosa)
{
    bool is_twice = false;
    bool has_range = csv_column(&cosa->csv, columns[RANGE].name, &is_twice) < CSV_COLUMN_COUNT_MAX;
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        cosa->at[i] = csv_column(&cosa->csv, columns[i].name, &is_twice);
        bool is_replaced = has_range && (i == START || i == END);
        bool is_missing = columns[i].is_required && cosa->at[i] == CSV_COLUMN_COUNT_MAX;
        if (is_twice)
            say(cosa, LINT_FAILED, (enum column)i, "there are two columns of this name", no_view);
        if (is_missing && !is_replaced)
            say(cosa, LINT_FAILED, (enum column)i, "there is no such column", no_view);
    }
}

static void relate(struct cosa *cosa, const struct range *range, const struct range *earlier,
                   enum range_relation relation)
{
    char space[96];
    struct buf words = buf_of(space, sizeof space - 1);
    bool is_same = view_equal(range->operator, earlier->operator);
    bool is_failed = relation == RANGES_OVERLAP && is_same;
    buf_put_text(&words, relation == RANGES_EQUAL ? "is the range of line " : "overlaps line ");
    buf_put_unsigned(&words, earlier->line);
    if (!is_same)
        buf_put_text(&words, ", of another operator");
    else if (relation == RANGES_EQUAL)
        buf_put_text(&words, " again, right only for one more access string");
    space[words.len] = '\0';
    cosa->csv.row_line = range->line;
    say(cosa, is_failed ? LINT_FAILED : LINT_WARNING, START, space, bp_iccid_view(&range->start));
}

// The worst relation to an earlier range is told: an overlap within the operator before others.
static bool relate_to_earlier(struct cosa *cosa, size_t at)
{
    const struct range *items = cosa->ranges->items;
    const struct range *earlier = NULL;
    enum range_relation relation = RANGES_APART;
    for (size_t i = 0; i < at; i++) {
        enum range_relation other = range_relate(&items[at], &items[i]);
        bool is_worst =
            other == RANGES_OVERLAP && view_equal(items[at].operator, items[i].operator);
        if (other == RANGES_APART || (earlier != NULL && !is_worst))
            continue;
        earlier = &items[i];
        relation = other;
        if (is_worst)
            break;
    }
    if (earlier != NULL)
        relate(cosa, &items[at], earlier, relation);
    return earlier != NULL;
}

static void relate_ranges(struct cosa *cosa)
{
    bool is_disjoint = true;
    for (size_t i = 0; i < cosa->ranges->count; i++)
        is_disjoint = !relate_to_earlier(cosa, i) && is_disjoint;
    cosa->csv.row_line = 0;
    if (is_disjoint && cosa->ranges->count > 1)
        say(cosa, LINT_OK, RANGE, "no range overlaps another", no_view);
}

static void say_fault(struct cosa *cosa)
{
    lint_put(cosa->lint, &(struct lint_item){LINT_FAILED, "CSV", cosa->csv.fault_line,
                                             cosa->csv.column, cosa->csv.words, no_view});
}

void cosa_lint(struct lint *lint, struct ranges *ranges, struct view text, char *space,
               const struct cosa_config *config)
{
    struct cosa cosa = {.lint = lint, .ranges = ranges, .config = config};
    if (!csv_open(&cosa.csv, text, space)) {
        say_fault(&cosa);
        return;
    }
    find_columns(&cosa);
    size_t row_count = 0;
    for (;;) {
        enum csv_step step = csv_next(&cosa.csv);
        if (step == CSV_END)
            break;
        if (step == CSV_FAULT)
            say_fault(&cosa);
        row_count += step == CSV_FAULT || check_row(&cosa);
    }
    if (row_count == 0)
        lint_put(lint, &(struct lint_item){LINT_FAILED, "CSV", 0, no_view,
                                           "there is no row to look at", no_view});
    relate_ranges(&cosa);
}

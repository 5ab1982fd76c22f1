// SPDX-License-Identifier: Apache-2.0
#include "props/report/readiness.h"

#include <stdlib.h>

#include "props/launch/iccid_list.h"
#include "props/launch/rows.h"
#include "props/report/markdown.h"
#include "props/unit/printed.h"
#include "props/unit/unit.h"

static char page_space[READINESS_LEN_MAX];
static char json_space[RESULT_JSON_LEN_MAX];
static char lint_space[4096];
static char attest_space[8192];
static void *spaces[2];

static bool has(const struct buf *out, const char *text)
{
    return view_find(buf_view(out), view_of_text(text)) < out->len;
}

static size_t item_of(const char *id)
{
    size_t i = 0;
    while (i < readiness_item_count() &&
           !view_starts(view_of_text(readiness_item_at(i)->ids), view_of_text(id)))
        i++;
    return i;
}

// A result in which every clause of every item passed, but for one.
static void add_result(struct readiness *out, const char *odd_id, const char *standing,
                       const char *environment, const char *verdict, bool is_complete)
{
    struct buf json = BUF(json_space);
    buf_put_text(&json,
                 "{\"balprobe\":\"0.1.0\",\"endpoint\":\"https://mo.example/v1\",\"profile\":"
                 "\"seed\",\"date\":\"2026-03-02T10:00:00Z\",\"cases\":12000,\"complete\":");
    buf_put_text(&json, is_complete ? "true" : "false");
    buf_put_text(&json, ",\"verdict\":\"");
    buf_put_text(&json, verdict);
    buf_put_text(&json, "\",\"environment\":\"");
    buf_put_text(&json, environment);
    buf_put_text(&json, "\",\"clauses\":{\"GB-ODD-1\":\"untested\"");
    for (size_t i = 0; i < readiness_item_count(); i++) {
        const struct readiness_item *item = readiness_item_at(i);
        struct view ids = view_of_text(item->ids);
        while (item->kind == BY_CLAUSES && ids.len != 0) {
            struct view id = view_first(ids, view_index(ids, ' '));
            ids = view_from(ids, id.len < ids.len ? id.len + 1 : id.len);
            buf_put_text(&json, ",\"");
            buf_put(&json, id);
            buf_put_text(&json, "\":\"");
            bool is_odd = odd_id != NULL && view_equal(id, view_of_text(odd_id));
            buf_put_text(&json, is_odd ? standing : "passed");
            buf_put_text(&json, "\"");
        }
    }
    buf_put_text(&json, "}}");
    size_t at = out->result_count++;
    out->result_names[at] = "result.json";
    CHECK(result_json_read(&out->results[at], spaces[at], buf_view(&json)) == NULL);
}

static void add_papers(struct readiness *out, const char *odd_id, enum lint_grade grade)
{
    static char texts[PAPER_COUNT][sizeof lint_space];
    for (unsigned paper = 0; paper < PAPER_COUNT; paper++) {
        struct lint *lint = &out->lints[paper];
        struct buf text = BUF(lint_space);
        lint_open(lint, &text);
        for (size_t i = 0; i < readiness_item_count(); i++) {
            const struct readiness_item *item = readiness_item_at(i);
            struct view ids = view_of_text(item->ids);
            static const char *names[64];
            static char name_space[64][16];
            struct view id = view_first(ids, view_index(ids, ' '));
            memcpy(name_space[i], id.data, id.len);
            name_space[i][id.len] = '\0';
            names[i] = name_space[i];
            bool is_odd = odd_id != NULL && view_equal(id, view_of_text(odd_id));
            bool counts = item->kind == BY_PAPER && item->paper == (enum readiness_paper)paper;
            for (unsigned n = 0; counts && n < item->needed; n++)
                lint_put(lint, &(struct lint_item){.grade = is_odd ? grade : LINT_OK,
                                                   .id = names[i],
                                                   .words = "some words",
                                                   .given = VIEW("`a|b`")});
        }
        out->has_paper[paper] = true;
        out->paper_names[paper] = "paper.csv";
        out->lint_texts[paper] = BUF(texts[paper]);
        buf_put(&out->lint_texts[paper], buf_view(&text));
    }
}

static void add_attest(struct readiness *out, const char *left_out)
{
    const char *keys[READINESS_KEY_COUNT_MAX];
    size_t count = readiness_keys(keys);
    struct buf text = BUF(attest_space);
    for (size_t i = 0; i < count; i++) {
        if (left_out != NULL && strcmp(keys[i], left_out) == 0)
            continue;
        buf_put_text(&text, keys[i]);
        buf_put_text(&text, " = 2026-03-01 Ada | <b>Ng</b>\n");
    }
    out->has_attest = attest_read(&out->attest, buf_view(&text), keys, count, VIEW("2026-03-02"));
    CHECK(out->has_attest);
}

static struct readiness *fresh(void)
{
    static struct readiness readiness;
    memset(&readiness, 0, sizeof readiness);
    readiness.version = "0.1.0";
    readiness.now = VIEW("2026-03-02T10:00:00Z");
    return &readiness;
}

static struct buf page_of(size_t counts[READY_STATE_COUNT], const struct readiness *readiness)
{
    struct buf out = BUF(page_space);
    readiness_put(&out, counts, readiness);
    CHECK(!out.overflow && printed_is_tidy(&out, 4000));
    return out;
}

// Items name clauses and rows that exist, and every key stands there once.
static void check_items(void)
{
    const char *keys[READINESS_KEY_COUNT_MAX];
    size_t count = readiness_keys(keys);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            CHECK_ROW(i, strcmp(keys[i], keys[j]) != 0);
    for (size_t i = 0; i < readiness_item_count(); i++) {
        const struct readiness_item *item = readiness_item_at(i);
        struct view ids = view_of_text(item->ids);
        while (ids.len != 0) {
            struct view id = view_first(ids, view_index(ids, ' '));
            ids = view_from(ids, id.len < ids.len ? id.len + 1 : id.len);
            bool is_known = item->kind == BY_VERDICT || clause_find(id) < clause_count() ||
                            launch_row_find(id) != NULL;
            CHECK_ROW(i, is_known);
        }
        // What balprobe tests itself is never taken on somebody's word.
        CHECK_ROW(i, item->kind != BY_WORD || item->key != NULL);
        CHECK_ROW(i, (item->kind != BY_PAPER && item->kind != BY_VERDICT) || item->key == NULL);
    }
}

// Without evidence nothing is good.
static void check_nothing(void)
{
    size_t counts[READY_STATE_COUNT];
    struct buf out = page_of(counts, fresh());
    CHECK(counts[READY_UNTESTED] + counts[READY_UNATTESTED] == readiness_item_count());
    CHECK(!has(&out, "| passed |") && !has(&out, "| attested |\n") && !has(&out, "| not used |"));
    CHECK(!readiness_is_done(counts) && !readiness_has_failed(counts));
    CHECK(has(&out, "\nPARTIAL  0 passed, "));
    CHECK(!has(&out, "|  |") && !has(&out, "| ; "));
}

static void check_everything(void)
{
    size_t counts[READY_STATE_COUNT];
    struct readiness *readiness = fresh();
    add_result(readiness, NULL, NULL, "staging", "PASS", true);
    add_papers(readiness, NULL, LINT_OK);
    add_attest(readiness, NULL);
    // Only what was not left out of the run can make it whole: here nothing was.
    struct buf out = page_of(counts, readiness);
    CHECK(readiness_is_done(counts) && has(&out, "\nPASS  "));
    CHECK(has(&out, "| https://mo.example/v1 | staging | 2026-03-02T10:00:00Z | seed |"));
    CHECK(has(&out, "Clauses that no run tested") && has(&out, "GB-ODD-1"));
    CHECK(has(&out, "Ada \\| \\<b\\>Ng\\</b\\>"));
    CHECK(!has(&out, "<b>"));
    CHECK(counts[READY_NOT_USED] == 1);
}

// One thing changed at a time: how its item stands, and what the whole amounts to.
static const struct {
    const char *odd_id;
    const char *standing; // of a clause in the result; NULL: of items in a lint
    enum lint_grade grade;
    const char *left_out; // key of the attest file
    const char *environment;
    const char *verdict;
    bool is_complete;
    const char *item;
    enum readiness_state want;
    const char *said; // verdict of the page
} changes[] = {
    {"GB-TLS-2", "failed", LINT_OK, NULL, "staging", "FAIL", true, "GB-TLS-2", READY_FAILED,
     "FAIL  "},
    {"GB-TLS-2", "untested", LINT_OK, NULL, "staging", "PASS", true, "GB-TLS-2", READY_UNTESTED,
     "PARTIAL  "},
    {"GB-TLS-2", "not asked", LINT_OK, NULL, "staging", "PASS", true, "GB-TLS-2", READY_UNTESTED,
     "PARTIAL  "},
    {"GB-TLS-2", "not asked", LINT_OK, NULL, "staging", "PASS", true, "GB", READY_UNTESTED,
     "PARTIAL  "},
    {"GB-TLS-2", "tolerated", LINT_OK, NULL, "staging", "PASS", true, "GB-TLS-2", READY_TOLERATED,
     "PASS  "},
    {"GB-LIMIT-4", "untested", LINT_OK, NULL, "staging", "PASS", true, "GB-LIMIT-3", READY_UNTESTED,
     "PARTIAL  "},
    {NULL, "passed", LINT_OK, NULL, "staging", "PASS", false, "GB-TLS-2", READY_UNTESTED,
     "PARTIAL  "},
    {NULL, "passed", LINT_OK, NULL, "staging", "PARTIAL", true, "GB", READY_UNTESTED, "PARTIAL  "},
    {"GB-TLS-2", "failed", LINT_OK, NULL, "staging", "PARTIAL", false, "GB-TLS-2", READY_FAILED,
     "FAIL  "},
    {NULL, "passed", LINT_OK, NULL, "production", "PASS", true, "ENV-1", READY_FAILED, "FAIL  "},
    {NULL, "passed", LINT_OK, NULL, "", "PASS", true, "ENV-1", READY_UNTESTED, "PARTIAL  "},
    {"GB-STATE-3", "untested", LINT_OK, NULL, "staging", "PASS", true, "GB-STATE-3", READY_ATTESTED,
     "PASS  "},
    {"GB-STATE-3", "untested", LINT_OK, "balance.consumption", "staging", "PASS", true,
     "GB-STATE-3", READY_UNTESTED, "PARTIAL  "},
    {"GB-STATE-3", "failed", LINT_OK, NULL, "staging", "FAIL", true, "GB-STATE-3", READY_FAILED,
     "FAIL  "},
    {NULL, "passed", LINT_OK, "cosa.submitted", "staging", "PASS", true, "COSA-6", READY_UNATTESTED,
     "PARTIAL  "},
    {"COSA-1", NULL, LINT_FAILED, NULL, "staging", "PASS", true, "COSA-1", READY_FAILED, "FAIL  "},
    {"COSA-1", NULL, LINT_WARNING, NULL, "staging", "PASS", true, "COSA-1", READY_PASSED, "PASS  "},
    {"GB-LOAD-9", NULL, LINT_FAILED, NULL, "staging", "PASS", true, "GB-LOAD-9", READY_FAILED,
     "FAIL  "},
};

static void check_changes(void)
{
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        size_t counts[READY_STATE_COUNT];
        char space[4096];
        struct buf evidence = BUF(space);
        struct readiness *readiness = fresh();
        bool is_clause = changes[i].standing != NULL;
        add_result(readiness, is_clause ? changes[i].odd_id : NULL, changes[i].standing,
                   changes[i].environment, changes[i].verdict, changes[i].is_complete);
        add_papers(readiness, is_clause ? NULL : changes[i].odd_id, changes[i].grade);
        add_attest(readiness, changes[i].left_out);
        const struct readiness_item *item = readiness_item_at(item_of(changes[i].item));
        if (strcmp(changes[i].item, "GB") == 0)
            for (size_t j = 0; j < readiness_item_count(); j++)
                if (readiness_item_at(j)->kind == BY_VERDICT)
                    item = readiness_item_at(j);
        CHECK_ROW(i, readiness_judge(&evidence, readiness, item) == changes[i].want);
        CHECK_ROW(i, evidence.len != 0 && !evidence.overflow);
        struct buf out = page_of(counts, readiness);
        char last[16];
        snprintf(last, sizeof last, "\n%s", changes[i].said);
        CHECK_ROW(i, has(&out, last));
        bool is_lint = !is_clause && changes[i].grade == LINT_FAILED;
        CHECK_ROW(i, has(&out, "## What is wrong with the ") == is_lint);
        CHECK_ROW(i, has(&out, "\n      FAILED  ") == is_lint);
    }
}

// Two runs: a failure counts wherever it was seen, a pass from a run that came to its end.
static void check_two(void)
{
    char space[4096];
    struct buf evidence = BUF(space);
    struct readiness *readiness = fresh();
    const struct readiness_item *item = readiness_item_at(item_of("GB-TLS-3"));
    add_result(readiness, "GB-TLS-3", "untested", "staging", "PASS", true);
    add_result(readiness, NULL, NULL, "staging", "PASS", true);
    CHECK(readiness_judge(&evidence, readiness, item) == READY_PASSED);
    readiness->results[1].is_complete = false;
    CHECK(readiness_judge(&evidence, readiness, item) == READY_UNTESTED);
    readiness->result_count = 1;
    add_result(readiness, "GB-TLS-3", "failed", "staging", "FAIL", false);
    CHECK(readiness_judge(&evidence, readiness, item) == READY_FAILED);
}

// Rows of a paper that cannot be read to the end say nothing good about any of its items.
static void check_broken_paper(void)
{
    char space[4096];
    struct buf evidence = BUF(space);
    struct readiness *readiness = fresh();
    const struct readiness_item *item = readiness_item_at(item_of("COSA-2"));
    // What is wrong with one setting is no fault of another.
    add_papers(readiness, "COSA-1", LINT_FAILED);
    CHECK(readiness_judge(&evidence, readiness, item) == READY_PASSED);
    add_papers(readiness, NULL, LINT_OK);
    CHECK(readiness_judge(&evidence, readiness, item) == READY_PASSED);
    struct buf text = BUF(lint_space);
    readiness->lints[PAPER_COSA].out = &text;
    lint_put(&readiness->lints[PAPER_COSA],
             &(struct lint_item){.grade = LINT_FAILED, .id = "CSV", .words = "a quote is open"});
    CHECK(readiness_judge(&evidence, readiness, item) == READY_FAILED);
    // The same of a failure under an id that is no item of that paper.
    item = readiness_item_at(item_of("GB-LOAD-9"));
    CHECK(readiness_judge(&evidence, readiness, item) == READY_PASSED);
    readiness->lints[PAPER_ICCIDS].out = &text;
    lint_put(&readiness->lints[PAPER_ICCIDS],
             &(struct lint_item){.grade = LINT_FAILED, .id = "GB-PATH-6", .words = "no ICCID"});
    CHECK(readiness_judge(&evidence, readiness, item) == READY_FAILED);
}

// A range that holds the known SIMs says nothing of the unknown one.
static void check_members(void)
{
    static struct iccid_list list;
    static struct ranges ranges;
    static const struct {
        struct view known; // empty: none
        struct view unknown;
        enum readiness_state want;
    } rows[] = {
        {VIEW_INIT("8988247000100003319"), VIEW_INIT("8988247000200003319"), READY_PASSED},
        {VIEW_INIT("8988247000100003319"), VIEW_INIT(""), READY_UNTESTED},
        {VIEW_INIT(""), VIEW_INIT("8988247000200003319"), READY_UNTESTED},
        {VIEW_INIT("8988247000100003319"), VIEW_INIT("8988247000100003320"), READY_FAILED},
        {VIEW_INIT(""), VIEW_INIT(""), READY_UNTESTED},
    };
    ranges.count = 1;
    CHECK(range_read(&ranges.items[0], VIEW("8988247000100000000"), VIEW("8988247000100099999")) ==
          0);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char space[4096];
        struct buf evidence = BUF(space);
        struct buf text = BUF(lint_space);
        struct readiness *readiness = fresh();
        iccid_list_start(&list);
        lint_open(&readiness->lints[PAPER_ICCIDS], &text);
        readiness->has_paper[PAPER_ICCIDS] = true;
        if (rows[i].known.len != 0)
            iccid_list_add(&list, ICCID_ROLE, VIEW("A"), 0, rows[i].known);
        if (rows[i].unknown.len != 0)
            iccid_list_add(&list, ICCID_ABSENT, VIEW("absent"), 0, rows[i].unknown);
        iccid_list_lint(&readiness->lints[PAPER_ICCIDS], &list, &ranges);
        const struct readiness_item *item = readiness_item_at(item_of("COSA-5"));
        CHECK_ROW(i, readiness_judge(&evidence, readiness, item) == rows[i].want);
    }
}

static void check_markdown(void)
{
    char space[256];
    struct buf out = BUF(space);
    markdown_put(&out, VIEW("a_b|c<d>`e`[f](g)\\h\xc3\xa9\n&i"));
    CHECK(view_equal(buf_view(&out), VIEW("a\\_b\\|c\\<d\\>\\`e\\`\\[f\\]\\(g\\)\\\\h\\\\xc3\\\\xa9"
                                          "\\\\x0a\\&i")));
}

int main(void)
{
    for (size_t i = 0; i < 2; i++)
        spaces[i] = aligned_alloc(16, (result_json_space() + 15) / 16 * 16);
    check_items();
    check_nothing();
    check_everything();
    check_changes();
    check_two();
    check_broken_paper();
    check_members();
    check_markdown();
    for (size_t i = 0; i < 2; i++)
        free(spaces[i]);
    return unit_end();
}

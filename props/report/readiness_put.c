// SPDX-License-Identifier: Apache-2.0
// The page itself: see readiness.h.
#include "props/report/markdown.h"
#include "props/report/readiness.h"
#include "tool/text.h"

enum { EVIDENCE_LEN_MAX = 4096 };

static const char *const step_names[STEP_COUNT] = {
    [STEP_BEFORE] = "Prerequisites",     [STEP_COSA] = "1. COSA database",
    [STEP_API] = "2. Get Balance API",   [STEP_GARDEN] = "3. Walled garden",
    [STEP_VALIDATION] = "4. Validation", [STEP_LOAD] = "5. Load",
};

static const char *const state_words[READY_STATE_COUNT] = {
    [READY_PASSED] = "passed",
    [READY_TOLERATED] = "tolerated",
    [READY_NOT_USED] = "not used",
    [READY_ATTESTED] = "attested",
    [READY_UNATTESTED] = "**not attested**",
    [READY_UNTESTED] = "**not tested**",
    [READY_FAILED] = "**FAILED**",
};

static const char *const paper_words[PAPER_COUNT] = {
    [PAPER_COSA] = "COSA rows",
    [PAPER_ICCIDS] = "ICCIDs",
    [PAPER_PORTAL] = "user cases",
    [PAPER_GARDEN] = "allow-list",
};

// The item's own states, found once.
struct page {
    struct buf *out;
    const struct readiness *readiness;
    size_t *counts;
    size_t by_step[STEP_COUNT][READY_STATE_COUNT];
    enum readiness_state worst[STEP_COUNT];
};

static void judge_all(struct page *page)
{
    for (size_t i = 0; i < readiness_item_count(); i++) {
        char space[EVIDENCE_LEN_MAX];
        struct buf evidence = BUF(space);
        const struct readiness_item *item = readiness_item_at(i);
        enum readiness_state state = readiness_judge(&evidence, page->readiness, item);
        page->counts[state]++;
        page->by_step[item->step][state]++;
        if (state > page->worst[item->step])
            page->worst[item->step] = state;
    }
}

static void put_steps(struct page *page)
{
    struct buf *out = page->out;
    buf_put_text(out, "| step | items | good | attested | open | failed | state |\n"
                      "| --- | ---: | ---: | ---: | ---: | ---: | --- |\n");
    for (unsigned step = 0; step < STEP_COUNT; step++) {
        const size_t *counts = page->by_step[step];
        size_t good = counts[READY_PASSED] + counts[READY_TOLERATED] + counts[READY_NOT_USED];
        size_t open = counts[READY_UNATTESTED] + counts[READY_UNTESTED];
        size_t numbers[] = {good + counts[READY_ATTESTED] + open + counts[READY_FAILED], good,
                            counts[READY_ATTESTED], open, counts[READY_FAILED]};
        buf_put_text(out, "| ");
        buf_put_text(out, step_names[step]);
        for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
            buf_put_text(out, " | ");
            buf_put_unsigned(out, numbers[i]);
        }
        buf_put_text(out, " | ");
        buf_put_text(out, state_words[page->worst[step]]);
        buf_put_text(out, " |\n");
    }
}

static void put_cell(struct buf *out, struct view cell)
{
    buf_put_text(out, " | ");
    markdown_put(out, cell);
}

static void put_runs(struct page *page)
{
    struct buf *out = page->out;
    const struct readiness *readiness = page->readiness;
    buf_put_text(out, "\n## Evidence\n\n");
    if (readiness->result_count == 0)
        buf_put_text(out, "No result of `balprobe check --json` was given: nothing is known of the "
                          "endpoint.\n");
    else
        buf_put_text(out,
                     "| run | result | endpoint | environment | ended | profile | balprobe | cases "
                     "| verdict |\n"
                     "| ---: | --- | --- | --- | --- | --- | --- | ---: | --- |\n");
    for (size_t i = 0; i < readiness->result_count; i++) {
        const struct result_json *result = &readiness->results[i];
        bool has_environment = result->environment.len != 0;
        buf_put_text(out, "| ");
        buf_put_unsigned(out, i + 1);
        put_cell(out, view_of_text(readiness->result_names[i]));
        put_cell(out, result->endpoint);
        put_cell(out, has_environment ? result->environment : VIEW("not known"));
        put_cell(out, result->date);
        put_cell(out, result->profile);
        put_cell(out, result->version);
        buf_put_text(out, " | ");
        text_put_count(out, result->case_count);
        put_cell(out, result->verdict);
        buf_put_text(out, result->is_complete ? " |\n" : ", ended early: only failures count |\n");
    }
}

static void put_papers(struct page *page)
{
    struct buf *out = page->out;
    buf_put_text(out, "\n| paper | file | found |\n| --- | --- | --- |\n");
    for (unsigned i = 0; i < PAPER_COUNT; i++) {
        const size_t *counts = page->readiness->lints[i].counts;
        buf_put_text(out, "| ");
        buf_put_text(out, paper_words[i]);
        if (!page->readiness->has_paper[i]) {
            buf_put_text(out, " | none was given | **not tested** |\n");
            continue;
        }
        put_cell(out, view_of_text(page->readiness->paper_names[i]));
        buf_put_text(out, " | ");
        buf_put_unsigned(out, counts[LINT_OK]);
        buf_put_text(out, " ok, ");
        buf_put_unsigned(out, counts[LINT_WARNING]);
        buf_put_text(out, " warnings, ");
        buf_put_unsigned(out, counts[LINT_FAILED]);
        buf_put_text(out, " failed |\n");
    }
}

static void put_items(struct page *page, enum readiness_step step)
{
    struct buf *out = page->out;
    buf_put_text(out, "\n## ");
    buf_put_text(out, step_names[step]);
    buf_put_text(out, "\n\n| item | what has to hold | source | evidence | result |\n"
                      "| --- | --- | --- | --- | --- |\n");
    for (size_t i = 0; i < readiness_item_count(); i++) {
        const struct readiness_item *item = readiness_item_at(i);
        if (item->step != step)
            continue;
        struct view ids = view_of_text(item->ids);
        buf_put_text(out, "| ");
        buf_put(out, view_first(ids, view_index(ids, ' ')));
        buf_put_text(out, " | ");
        buf_put_text(out, item->words);
        buf_put_text(out, " | ");
        buf_put_text(out, item->source);
        buf_put_text(out, " | ");
        char space[EVIDENCE_LEN_MAX];
        struct buf evidence = BUF(space);
        enum readiness_state state = readiness_judge(&evidence, page->readiness, item);
        buf_put(out, buf_view(&evidence));
        buf_put_text(out, " | ");
        buf_put_text(out, state_words[state]);
        buf_put_text(out, " |\n");
    }
}

// Whether some run that came to its end says something about a clause.
static bool is_tested(const struct readiness *readiness, struct view id)
{
    for (size_t i = 0; i < readiness->result_count; i++) {
        const struct result_json *result = &readiness->results[i];
        enum standing standing = result_json_standing(result, id);
        if (standing == STANDING_FAILED || (result->is_complete && standing != STANDING_UNTESTED))
            return true;
    }
    return false;
}

// The clauses of the first result of which no run says anything: a verdict says nothing of them.
static void put_untested(struct page *page)
{
    struct buf *out = page->out;
    const struct readiness *readiness = page->readiness;
    if (readiness->result_count == 0)
        return;
    const struct result_json *first = &readiness->results[0];
    size_t count = 0;
    for (const struct bp_json_node *n = bp_json_first(first->clauses); n != NULL;
         n = bp_json_next(first->nodes, first->clauses, n)) {
        if (is_tested(readiness, n->name))
            continue;
        buf_put_text(out, count++ == 0 ? "\n## Clauses that no run tested\n\n" : ", ");
        markdown_put(out, n->name);
    }
    buf_put_text(out, count == 0 ? "" : "\n");
}

// What a lint had to say when it failed, as an indented block: nothing in it is markup.
static void put_lint(struct page *page, enum readiness_paper paper)
{
    struct view rest = buf_view(&page->readiness->lint_texts[paper]);
    if (!page->readiness->has_paper[paper] ||
        page->readiness->lints[paper].counts[LINT_FAILED] == 0)
        return;
    buf_put_text(page->out, "\n## What is wrong with the ");
    buf_put_text(page->out, paper_words[paper]);
    buf_put_text(page->out, "\n\n");
    while (rest.len != 0) {
        size_t len = view_index(rest, '\n');
        buf_put_text(page->out, len == 0 ? "" : "    ");
        buf_put(page->out, view_first(rest, len));
        buf_put_byte(page->out, '\n');
        rest = view_from(rest, len < rest.len ? len + 1 : len);
    }
}

bool readiness_has_failed(const size_t counts[READY_STATE_COUNT])
{
    return counts[READY_FAILED] != 0;
}

bool readiness_is_done(const size_t counts[READY_STATE_COUNT])
{
    return counts[READY_FAILED] + counts[READY_UNTESTED] + counts[READY_UNATTESTED] == 0;
}

void readiness_put_verdict(struct buf *out, const size_t counts[READY_STATE_COUNT])
{
    static const char *const words[READY_STATE_COUNT] = {
        " passed",       " tolerated",  " not used", " attested",
        " not attested", " not tested", " failed"};
    buf_put_text(out, readiness_has_failed(counts) ? "FAIL  "
                      : readiness_is_done(counts)  ? "PASS  "
                                                   : "PARTIAL  ");
    for (unsigned i = 0; i < READY_STATE_COUNT; i++) {
        if (counts[i] == 0 && i != READY_PASSED && i != READY_FAILED)
            continue;
        buf_put_text(out, i == 0 ? "" : ", ");
        buf_put_unsigned(out, counts[i]);
        buf_put_text(out, words[i]);
    }
    buf_put_byte(out, '\n');
}

void readiness_put(struct buf *out, size_t counts[READY_STATE_COUNT],
                   const struct readiness *readiness)
{
    struct page page = {.out = out, .readiness = readiness, .counts = counts};
    memset(counts, 0, READY_STATE_COUNT * sizeof counts[0]);
    judge_all(&page);
    buf_put_text(out, "# Launch readiness\n\n");
    buf_put(out, readiness->now);
    buf_put_text(out, ", balprobe ");
    buf_put_text(out, readiness->version);
    buf_put_text(out, ". The steps are those of the prepaid document, in its order (PRE-2).\n\n");
    put_steps(&page);
    put_runs(&page);
    put_papers(&page);
    for (unsigned step = 0; step < STEP_COUNT; step++)
        put_items(&page, (enum readiness_step)step);
    put_untested(&page);
    for (unsigned paper = 0; paper < PAPER_COUNT; paper++)
        put_lint(&page, (enum readiness_paper)paper);
    buf_put_byte(out, '\n');
    readiness_put_verdict(out, counts);
}

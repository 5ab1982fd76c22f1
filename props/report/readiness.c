// SPDX-License-Identifier: Apache-2.0
#include "props/report/readiness.h"

#include <assert.h>

#include "props/report/markdown.h"

#define S0 "integration, "
#define S1 "prepaid experience, "
#define BOTH "both documents, "

// A row begins with it; the designators also tell compilers that the other members may be left out.
#define ITEM(at, by, id, hold, from) \
    .step = STEP_##at, .kind = BY_##by, .ids = id, .words = hold, .source = from

static const struct readiness_item items[] = {
    {ITEM(BEFORE, WORD, "PRE-1", "a test PC with Windows 10, version 1607 or later",
          S1 "Prerequisites 1"),
     .key = "pre.windows"},
    {ITEM(BEFORE, WORD, "PRE-1", "it has the latest Windows Insider build", S1 "Prerequisites 2"),
     .key = "pre.insider"},
    {ITEM(BEFORE, ENVIRONMENT, "ENV-1", "validation is done in the staging environment",
          S0 "Mobile Plans service environments")},

    {ITEM(COSA, PAPER, "COSA-1", "SupportDataMarketplace is Yes", S1 "COSA settings"),
     .paper = PAPER_COSA, .needed = 1},
    {ITEM(COSA, PAPER, "COSA-2", "DataMarketplaceRoamingUIEnabled is set", S1 "COSA settings"),
     .paper = PAPER_COSA, .needed = 1},
    {ITEM(COSA, PAPER, "COSA-3", "the ICCID ranges are there and well formed", S1 "COSA settings"),
     .paper = PAPER_COSA, .needed = 1},
    {ITEM(COSA, PAPER, "COSA-4", "account URL, branding name and icons, where they are used",
          S1 "COSA settings"),
     .paper = PAPER_COSA},
    {ITEM(COSA, PAPER, "COSA-5", "every test SIM lies in a range, the unknown one in none",
          S1 "COSA settings"),
     .paper = PAPER_ICCIDS, .needed = 2},
    {ITEM(COSA, WORD, "COSA-6", "the COSA update was asked for, about three months ahead",
          S1 "COSA database, tip"),
     .key = "cosa.submitted"},

    {ITEM(API, VERDICT, "GB", "every clause of the API that balprobe check knows",
          S1 "Get Balance API")},

    {ITEM(GARDEN, PAPER, "WG-2 WG-4 WG-5", "the allow-list has every host of the document",
          S1 "Walled Garden"),
     .paper = PAPER_GARDEN, .needed = 1},
    {ITEM(GARDEN, PAPER, "WG-3", "endpoint and portal are in the allow-list", S1 "Walled Garden"),
     .paper = PAPER_GARDEN, .needed = 2},

    {ITEM(VALIDATION, PAPER, "PORTAL-1", "50 end-to-end user cases passed",
          S0 "Mobile Operator web portal"),
     .paper = PAPER_PORTAL, .needed = 1},
    {ITEM(VALIDATION, PAPER, "PORTAL-2", "among them: an eSIM profile is installed",
          S0 "Mobile Operator web portal"),
     .paper = PAPER_PORTAL, .needed = 1},
    {ITEM(VALIDATION, PAPER, "PORTAL-3", "among them: a warm SIM is activated",
          S0 "Mobile Operator web portal"),
     .paper = PAPER_PORTAL, .needed = 1},
    {ITEM(VALIDATION, PAPER, "PORTAL-4", "among them: balance is added",
          S0 "Mobile Operator web portal"),
     .paper = PAPER_PORTAL, .needed = 1},
    {ITEM(VALIDATION, PAPER, "PORTAL-5", "among them: a transaction is cancelled",
          S0 "Mobile Operator web portal"),
     .paper = PAPER_PORTAL, .needed = 1},
    {ITEM(VALIDATION, WORD, "WG-1", "without balance every host of the garden is reached",
          BOTH "Walled Garden 1"),
     .key = "garden.reached"},
    {ITEM(VALIDATION, CLAUSES, "GB-STATE-1", "zero in the walled garden", BOTH "Getting Balance 1"),
     .key = "balance.garden"},
    {ITEM(VALIDATION, CLAUSES, "GB-STATE-2", "zero while a microbalance is granted",
          S1 "Getting Balance 2"),
     .key = "balance.micro"},
    {ITEM(VALIDATION, CLAUSES, "GB-STATE-3", "consumed data lowers the data remaining",
          S0 "Getting Balance 2; " S1 "3"),
     .key = "balance.consumption"},
    {ITEM(VALIDATION, CLAUSES, "GB-STATE-4", "passing time lowers the time remaining",
          S0 "Getting Balance 3; " S1 "4"),
     .key = "balance.time"},
    {ITEM(VALIDATION, CLAUSES, "GB-TLS-2", "no client certificate: 401",
          BOTH "Test with expired MTLS certificate 1")},
    {ITEM(VALIDATION, CLAUSES, "GB-TLS-3", "expired client certificate: 401",
          BOTH "Test with expired MTLS certificate 2")},
    {ITEM(VALIDATION, CLAUSES, "GB-PATH-5 GB-PATH-6", "invalid SIM: 404", BOTH "negative tests 1")},
    {ITEM(VALIDATION, CLAUSES, "GB-LOC-5 GB-LOC-6", "unknown or bad location: 400",
          BOTH "negative tests 2")},
    {ITEM(VALIDATION, CLAUSES, "GB-LIMIT-3 GB-LIMIT-4 GB-LIMIT-5",
          "negative limit or one beyond INT: 400; an integer: 200", BOTH "negative tests 3")},
    {ITEM(VALIDATION, CLAUSES,
          "GB-QRY-6 GB-FT-3 GB-FT-7 GB-LIMIT-2 GB-LIMIT-6 "
          "GB-LOC-2 GB-LOC-7",
          "absent and empty parameters: 200; any bad value among others: 400",
          BOTH "negative tests 4")},

    {ITEM(LOAD, PAPER, "GB-LOAD-9", "1,000 ICCIDs for the load test", S0 "load test"),
     .paper = PAPER_ICCIDS, .needed = 1},
    {ITEM(LOAD, CLAUSES, "GB-LOAD-3 GB-LOAD-5",
          "the operator's own load test: 1 hour, 1,000 ICCIDs, 3 RPS, 25 agents", BOTH "load test"),
     .key = "load.peak"},
    {ITEM(LOAD, CLAUSES, "GB-LOAD-6", "99.9 % of its requests succeed", BOTH "load test"),
     .key = "load.success"},
    {ITEM(LOAD, CLAUSES, "GB-LOAD-7", "its mean latency is 400 ms at most", S0 "load test"),
     .key = "load.latency"},
    {ITEM(LOAD, CLAUSES, "GB-LOAD-1 GB-LOAD-2 GB-LOAD-4",
          "the same in three phases of six hours together", S1 "load test"),
     .key = "load.six-hours"},
    {ITEM(LOAD, WORD, "PRE-2", "the load test of Mobile Plans itself passed", BOTH "load test"),
     .key = "load.microsoft"},
};
enum { ITEM_COUNT = sizeof items / sizeof items[0] };

size_t readiness_item_count(void) { return ITEM_COUNT; }

const struct readiness_item *readiness_item_at(size_t index)
{
    assert(index < ITEM_COUNT);
    return &items[index];
}

size_t readiness_keys(const char *keys[READINESS_KEY_COUNT_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < ITEM_COUNT; i++)
        if (items[i].key != NULL)
            keys[count++] = items[i].key;
    return count;
}

// Takes the next id off a list with blanks between; empty at its end.
static struct view take_id(struct view *ids)
{
    struct view id = view_first(*ids, view_index(*ids, ' '));
    *ids = view_from(*ids, id.len < ids->len ? id.len + 1 : id.len);
    return id;
}

static void put_comma(struct buf *out, size_t begin)
{
    buf_put_text(out, out->len > begin ? ", " : "");
}

// A failure counts wherever it was seen, a pass only from a run that came to its end.
static enum standing stand(const struct readiness *readiness, struct view id)
{
    enum standing out = STANDING_UNTESTED;
    for (size_t i = 0; i < readiness->result_count; i++) {
        const struct result_json *result = &readiness->results[i];
        enum standing standing = result_json_standing(result, id);
        if (standing == STANDING_FAILED)
            return standing;
        bool counts = result->is_complete && standing != STANDING_UNTESTED;
        if (counts && (out == STANDING_UNTESTED || standing == STANDING_TOLERATED))
            out = standing;
    }
    return out;
}

static enum readiness_state judge_clauses(struct buf *evidence, const struct readiness *readiness,
                                          const struct readiness_item *item)
{
    static const enum readiness_state states[STANDING_COUNT] = {
        [STANDING_PASSED] = READY_PASSED,
        [STANDING_TOLERATED] = READY_TOLERATED,
        [STANDING_FAILED] = READY_FAILED,
        [STANDING_UNTESTED] = READY_UNTESTED};
    enum readiness_state worst = READY_PASSED;
    struct view ids = view_of_text(item->ids);
    size_t begin = evidence->len;
    while (ids.len != 0) {
        struct view id = take_id(&ids);
        enum standing standing = stand(readiness, id);
        put_comma(evidence, begin);
        buf_put(evidence, id);
        buf_put_byte(evidence, ' ');
        buf_put_text(evidence, standing_name(standing));
        if (states[standing] > worst)
            worst = states[standing];
    }
    return worst;
}

static void put_counts(struct buf *out, const struct result_json *result)
{
    size_t counts[STANDING_COUNT] = {0};
    for (const struct bp_json_node *n = bp_json_first(result->clauses); n != NULL;
         n = bp_json_next(result->nodes, result->clauses, n))
        counts[result_json_standing(result, n->name)]++;
    for (unsigned i = 0; i < STANDING_COUNT; i++) {
        buf_put_text(out, i == 0 ? ": " : ", ");
        buf_put_unsigned(out, counts[i]);
        buf_put_byte(out, ' ');
        buf_put_text(out, standing_name((enum standing)i));
    }
}

// One run has to pass as a whole; runs of single clauses cannot be put together to it.
static enum readiness_state judge_verdict(struct buf *evidence, const struct readiness *readiness,
                                          const struct readiness_item *item)
{
    (void)item;
    enum readiness_state state = READY_UNTESTED;
    size_t begin = evidence->len;
    for (size_t i = 0; i < readiness->result_count; i++) {
        const struct result_json *result = &readiness->results[i];
        bool is_whole = result->is_complete && result->asks_all;
        put_comma(evidence, begin);
        buf_put_text(evidence, "run ");
        buf_put_unsigned(evidence, i + 1);
        buf_put_byte(evidence, ' ');
        buf_put(evidence, result->verdict);
        put_counts(evidence, result);
        buf_put_text(evidence, result->asks_all ? "" : " (clauses were left out)");
        buf_put_text(evidence, result->is_complete ? "" : " (it ended early)");
        if (view_equal(result->verdict, VIEW("FAIL")))
            state = READY_FAILED;
        else if (is_whole && view_equal(result->verdict, VIEW("PASS")) && state != READY_FAILED)
            state = READY_PASSED;
    }
    return state;
}

static enum readiness_state judge_environment(struct buf *evidence,
                                              const struct readiness *readiness,
                                              const struct readiness_item *item)
{
    (void)item;
    size_t staging_count = 0;
    bool is_elsewhere = false;
    size_t begin = evidence->len;
    for (size_t i = 0; i < readiness->result_count; i++) {
        struct view environment = readiness->results[i].environment;
        put_comma(evidence, begin);
        buf_put_text(evidence, "run ");
        buf_put_unsigned(evidence, i + 1);
        buf_put_text(evidence, ": ");
        if (environment.len == 0)
            buf_put_text(evidence, "the inventory does not say");
        markdown_put(evidence, environment);
        staging_count += view_equal(environment, VIEW("staging"));
        is_elsewhere = is_elsewhere || view_equal(environment, VIEW("production"));
    }
    if (is_elsewhere)
        return READY_FAILED;
    bool is_staging = staging_count != 0 && staging_count == readiness->result_count;
    return is_staging ? READY_PASSED : READY_UNTESTED;
}

static void add_tallies(size_t counts[LINT_GRADE_COUNT], const struct lint *lint,
                        const struct readiness_item *item)
{
    struct view ids = view_of_text(item->ids);
    while (ids.len != 0) {
        const struct lint_tally *tally = lint_tally(lint, take_id(&ids));
        for (unsigned i = 0; i < LINT_GRADE_COUNT && tally != NULL; i++)
            counts[i] += tally->counts[i];
    }
}

// Failures that belong to no item count against every item of the paper: a file that cannot be read
// to its end, or a number that is no ICCID, leaves nothing of it sure.
static size_t count_unclaimed(const struct lint *lint, enum readiness_paper paper)
{
    size_t counts[LINT_GRADE_COUNT] = {0};
    for (size_t i = 0; i < ITEM_COUNT; i++)
        if (items[i].kind == BY_PAPER && items[i].paper == paper)
            add_tallies(counts, lint, &items[i]);
    return lint->counts[LINT_FAILED] - counts[LINT_FAILED];
}

static enum readiness_state judge_paper(struct buf *evidence, const struct readiness *readiness,
                                        const struct readiness_item *item)
{
    static const char *const names[] = {" ok, ", " warnings, ", " failed"};
    static const char *const missing[PAPER_COUNT] = {[PAPER_COSA] = "no COSA rows: --cosa",
                                                     [PAPER_ICCIDS] = "no ICCIDs: --sims, --iccids",
                                                     [PAPER_PORTAL] =
                                                         "no record of user cases: --portal",
                                                     [PAPER_GARDEN] = "no allow-list: --garden"};
    const struct lint *lint = &readiness->lints[item->paper];
    size_t counts[LINT_GRADE_COUNT] = {0};
    if (!readiness->has_paper[item->paper]) {
        buf_put_text(evidence, missing[item->paper]);
        return READY_UNTESTED;
    }
    add_tallies(counts, lint, item);
    counts[LINT_FAILED] += count_unclaimed(lint, item->paper);
    for (unsigned i = 0; i < LINT_GRADE_COUNT; i++) {
        buf_put_unsigned(evidence, counts[i]);
        buf_put_text(evidence, names[i]);
    }
    if (counts[LINT_FAILED] != 0)
        return READY_FAILED;
    size_t seen = counts[LINT_OK] + counts[LINT_WARNING];
    if (item->needed == 0 && seen == 0)
        return READY_NOT_USED;
    return seen != 0 && seen >= item->needed ? READY_PASSED : READY_UNTESTED;
}

static enum readiness_state judge_word(struct buf *evidence, const struct readiness *readiness,
                                       const struct readiness_item *item)
{
    (void)evidence;
    (void)readiness;
    (void)item;
    return READY_UNATTESTED;
}

// What is attested stands where nothing was tested, never against what was.
static enum readiness_state add_attested(struct buf *evidence, const struct readiness *readiness,
                                         const struct readiness_item *item,
                                         enum readiness_state state)
{
    if (item->key == NULL || state < READY_UNATTESTED || state == READY_FAILED)
        return state;
    const struct attest_row *row =
        readiness->has_attest ? attest_find(&readiness->attest, view_of_text(item->key)) : NULL;
    buf_put_text(evidence, evidence->len != 0 ? "; " : "");
    if (row == NULL) {
        buf_put_text(evidence, "to attest: `");
        buf_put_text(evidence, item->key);
        buf_put_byte(evidence, '`');
        return state;
    }
    buf_put(evidence, row->day);
    buf_put_byte(evidence, ' ');
    markdown_put(evidence, row->words);
    return READY_ATTESTED;
}

enum readiness_state readiness_judge(struct buf *evidence, const struct readiness *readiness,
                                     const struct readiness_item *item)
{
    static enum readiness_state (*const judges[])(struct buf * evidence,
                                                  const struct readiness *readiness,
                                                  const struct readiness_item *item) = {
        [BY_CLAUSES] = judge_clauses,
        [BY_VERDICT] = judge_verdict,
        [BY_ENVIRONMENT] = judge_environment,
        [BY_PAPER] = judge_paper,
        [BY_WORD] = judge_word,
    };
    bool is_about_runs = item->kind != BY_PAPER && item->kind != BY_WORD;
    if (is_about_runs && readiness->result_count == 0) {
        buf_put_text(evidence, "no run: --result");
        return add_attested(evidence, readiness, item, READY_UNTESTED);
    }
    enum readiness_state state = judges[item->kind](evidence, readiness, item);
    return add_attested(evidence, readiness, item, state);
}

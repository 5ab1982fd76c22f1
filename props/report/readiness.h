// SPDX-License-Identifier: Apache-2.0
// Readiness: the lists that a launch has to pass, item by item, with the evidence for each.
//
// The items are those of the two source documents: prerequisites, COSA rows, the API, walled
// garden, portal cases, getting balance, certificates, negative tests, load. Evidence is the
// results of balprobe check (result_json.h), the lints of the papers, and what the operator
// attests. An item for which nothing of that speaks is not tested, and is never shown as anything
// else.
#ifndef BP_PROPS_REPORT_READINESS_H
#define BP_PROPS_REPORT_READINESS_H

#include "props/launch/attest.h"
#include "props/launch/lint.h"
#include "props/report/result_json.h"

enum {
    READINESS_RESULT_COUNT_MAX = 8,
    READINESS_KEY_COUNT_MAX = ATTEST_COUNT_MAX,
    READINESS_LEN_MAX = 1 << 20
};

enum readiness_paper { PAPER_COSA, PAPER_ICCIDS, PAPER_PORTAL, PAPER_GARDEN, PAPER_COUNT };

// The steps of the prepaid document, in its order, and what comes before them.
enum readiness_step {
    STEP_BEFORE,
    STEP_COSA,
    STEP_API,
    STEP_GARDEN,
    STEP_VALIDATION,
    STEP_LOAD,
    STEP_COUNT
};

// From the best to the worst: a step is as its worst item is.
enum readiness_state {
    READY_PASSED,
    READY_TOLERATED, // deviates from the text; a reading lets it pass
    READY_NOT_USED,  // optional, and not made use of
    READY_ATTESTED,
    READY_UNATTESTED,
    READY_UNTESTED,
    READY_FAILED,
    READY_STATE_COUNT
};

// Where the evidence for an item is looked for.
enum readiness_kind {
    BY_CLAUSES,     // in the results: every clause of `ids`
    BY_VERDICT,     // in the results: their verdicts
    BY_ENVIRONMENT, // in the results: where they were run
    BY_PAPER,       // in the lint of `paper`: items about `ids`
    BY_WORD,        // attested only
};

struct readiness_item {
    enum readiness_step step;
    enum readiness_kind kind;
    const char *ids;            // with blanks between them; the first one names the item
    const char *words;          // what has to hold
    const char *source;         // document, heading, item
    enum readiness_paper paper; // BY_PAPER
    unsigned needed;            // BY_PAPER: items at least; 0: not used when there is none
    const char *key;            // of the attest file; NULL: cannot be attested
};

// What there is to go by.
struct readiness {
    const char *version;
    struct view now; // stamp.h
    size_t result_count;
    struct result_json results[READINESS_RESULT_COUNT_MAX];
    const char *result_names[READINESS_RESULT_COUNT_MAX];
    bool has_paper[PAPER_COUNT];
    const char *paper_names[PAPER_COUNT];
    struct lint lints[PAPER_COUNT];
    struct buf lint_texts[PAPER_COUNT]; // what the lints wrote
    bool has_attest;
    struct attest attest;
};

size_t readiness_item_count(void);
const struct readiness_item *readiness_item_at(size_t index);

// readiness_keys fills in the keys of the attest file and returns how many there are.
size_t readiness_keys(const char *keys[READINESS_KEY_COUNT_MAX]);

// readiness_judge says how an item stands and appends the evidence: what was run and found, or what
// is missing.
enum readiness_state readiness_judge(struct buf *evidence, const struct readiness *readiness,
                                     const struct readiness_item *item);

// readiness_put appends the page in Markdown, and `counts` the items by state. Its last line is the
// verdict: ^(PASS|FAIL|PARTIAL).
void readiness_put(struct buf *out, size_t counts[READY_STATE_COUNT],
                   const struct readiness *readiness);

// readiness_put_verdict appends that last line.
void readiness_put_verdict(struct buf *out, const size_t counts[READY_STATE_COUNT]);

// readiness_is_done and readiness_has_failed say what the counts amount to; with neither, something
// was not tested or not attested.
bool readiness_is_done(const size_t counts[READY_STATE_COUNT]);
bool readiness_has_failed(const size_t counts[READY_STATE_COUNT]);

#endif

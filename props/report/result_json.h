// SPDX-License-Identifier: Apache-2.0
// The result of a check for machines: what was run, when, and how each clause stands.
//
//     {"balprobe":"0.1.0","endpoint":"https://mo.example/v1","environment":"staging",
//      "date":"2026-11-22T05:34:11Z","profile":"seed","seed":24301,"cases":12000,"requests":15000,
//      "complete":true,"verdict":"PASS",
//      "clauses":{"GB-PATH-1":"passed","GB-PATH-2":"untested"}}
#ifndef BP_PROPS_REPORT_RESULT_JSON_H
#define BP_PROPS_REPORT_RESULT_JSON_H

#include "props/report/terminal.h"
#include "json/json_read.h"

enum {
    RESULT_JSON_LEN_MAX = 1 << 16,
    RESULT_JSON_NODE_COUNT_MAX = 4096,
    RESULT_JSON_TEXT_LEN_MAX = 512 // version, endpoint, environment, profile, verdict
};

// result_json_put appends the result, whose run ended at `wall_ms` (since 1970), as one object. A
// clause that was left out with --only or --skip is "not asked". `complete` says that the run was
// neither stopped nor cut short.
void result_json_put(struct buf *out, const struct terminal_run *run,
                     const struct check_result *result, int64_t wall_ms);

// A result read back. Its views point into the space that it was read with.
struct result_json {
    const struct bp_json_node *nodes;
    const struct bp_json_node *clauses;
    struct view version;
    struct view endpoint;    // "in process" and names of liars are no URL
    struct view environment; // empty: not known
    struct view date;
    struct view profile;
    struct view verdict;
    uint64_t case_count;
    bool is_complete;
    bool asks_all; // no clause was left out of the run
};

// result_json_space is the bytes of space for result_json_read, aligned to 16.
size_t result_json_space(void);

// result_json_read reads a result; members that it does not know are passed over. It returns NULL,
// or what is wrong in words, one clause without a full stop.
const char *result_json_read(struct result_json *out, void *space, struct view text);

// result_json_standing is how the clause called `id` stands; one that is not there is untested.
enum standing result_json_standing(const struct result_json *result, struct view id);

// standing_name is "passed", "tolerated", "failed" or "untested".
const char *standing_name(enum standing standing);

#endif

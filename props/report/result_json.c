// SPDX-License-Identifier: Apache-2.0
#include "props/report/result_json.h"

#include <assert.h>

#include "props/report/readings.h"
#include "props/report/traffic.h"
#include "tool/stamp.h"
#include "json/json_write.h"

static const char not_asked[] = "not asked";

const char *standing_name(enum standing standing)
{
    static const char *const names[STANDING_COUNT] = {[STANDING_PASSED] = "passed",
                                                      [STANDING_TOLERATED] = "tolerated",
                                                      [STANDING_FAILED] = "failed",
                                                      [STANDING_UNTESTED] = "untested"};
    assert(standing < STANDING_COUNT);
    return names[standing];
}

static void put_name(struct buf *out, const char *name)
{
    buf_put_text(out, ",\n \"");
    buf_put_text(out, name);
    buf_put_text(out, "\":");
}

static void put_text(struct buf *out, const char *name, const char *text)
{
    put_name(out, name);
    bp_json_put_string(out, view_of_text(text));
}

static void put_number(struct buf *out, const char *name, uint64_t number)
{
    put_name(out, name);
    buf_put_unsigned(out, number);
}

static void put_clauses(struct buf *out, const struct terminal_run *run,
                        const struct check_result *result)
{
    put_name(out, "clauses");
    for (size_t i = 0; i < clause_count(); i++) {
        buf_put_text(out, i == 0 ? "{\n  \"" : ",\n  \"");
        buf_put_text(out, clause_at(i)->id);
        buf_put_text(out, "\":\"");
        buf_put_text(out, run->only[i] ? standing_name(check_standing(result, i)) : not_asked);
        buf_put_byte(out, '"');
    }
    buf_put_byte(out, '}');
}

void result_json_put(struct buf *out, const struct terminal_run *run,
                     const struct check_result *result, int64_t wall_ms)
{
    char space[STAMP_LEN + 1];
    struct buf stamp = buf_of(space, STAMP_LEN);
    size_t counts[STANDING_COUNT];
    stamp_put(&stamp, wall_ms);
    space[stamp.len] = '\0';
    buf_put_text(out, "{\"balprobe\":");
    bp_json_put_string(out, view_of_text(run->version));
    put_text(out, "endpoint", run->subject);
    if (run->environment != BP_ENVIRONMENT_UNKNOWN)
        put_text(out, "environment", bp_environment_name(run->environment));
    put_text(out, "date", space);
    put_text(out, "profile", run->profile);
    put_number(out, "seed", run->seed);
    put_number(out, "cases", result->case_count);
    put_number(out, "requests", result->request_count);
    if (run->use != NULL)
        traffic_put_time_json(out, run->use, run->elapsed_ms);
    bool is_complete =
        !result->was_stopped && result->state == CHECK_GOES_ON && result->gap == NULL;
    put_name(out, "complete");
    buf_put_text(out, is_complete ? "true" : "false");
    put_text(out, "verdict", outcome_name(check_outcome(counts, result, run->only)));
    put_clauses(out, run, result);
    readings_put_json(out, &result->readings, &result->precedence, run->only);
    buf_put_text(out, "}\n");
}

size_t result_json_space(void)
{
    return bp_json_space(RESULT_JSON_LEN_MAX, RESULT_JSON_NODE_COUNT_MAX);
}

// A member that is a string, or the empty view.
static struct view text_of(const struct result_json *result, struct view name)
{
    const struct bp_json_node *node = bp_json_find(result->nodes, result->nodes, name);
    return node != NULL && node->kind == BP_JSON_STRING ? node->text : view_of(NULL, 0);
}

static bool is_too_long(const struct result_json *result)
{
    const struct view texts[] = {result->version, result->endpoint, result->environment,
                                 result->profile, result->verdict};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (texts[i].len > RESULT_JSON_TEXT_LEN_MAX)
            return true;
    return false;
}

static bool is_standing(const struct bp_json_node *node)
{
    bool is = node->kind == BP_JSON_STRING && view_equal(node->text, view_of_text(not_asked));
    for (unsigned i = 0; i < STANDING_COUNT && node->kind == BP_JSON_STRING; i++)
        is = is || view_equal(node->text, view_of_text(standing_name((enum standing)i)));
    return is;
}

static bool is_verdict(struct view text)
{
    bool is = false;
    for (unsigned i = 0; i < OUTCOME_COUNT; i++)
        is = is || view_equal(text, view_of_text(outcome_name((enum outcome)i)));
    return is;
}

static const char *read_clauses(struct result_json *out)
{
    const struct bp_json_node *nodes = out->nodes;
    out->clauses = bp_json_find(nodes, nodes, VIEW("clauses"));
    out->asks_all = true;
    if (out->clauses == NULL || out->clauses->kind != BP_JSON_OBJECT)
        return "it has no clauses, so it is no result of balprobe check --json";
    for (const struct bp_json_node *n = bp_json_first(out->clauses); n != NULL;
         n = bp_json_next(nodes, out->clauses, n)) {
        if (!is_standing(n))
            return "a clause is neither passed, tolerated, failed, untested nor not asked";
        out->asks_all = out->asks_all && !view_equal(n->text, view_of_text(not_asked));
    }
    return NULL;
}

const char *result_json_read(struct result_json *out, void *space, struct view text)
{
    struct bp_fault fault;
    size_t node_count = 0;
    *out = (struct result_json){.nodes = NULL};
    if (text.len > RESULT_JSON_LEN_MAX)
        return "it is too long for a result of balprobe check --json";
    struct bp_json_reader *reader =
        bp_json_open(space, RESULT_JSON_LEN_MAX, RESULT_JSON_NODE_COUNT_MAX);
    if (!bp_json_read(reader, &fault, &out->nodes, &node_count, text))
        return "it is no JSON, or not all of it is there";
    if (out->nodes->kind != BP_JSON_OBJECT)
        return "it is no JSON object";
    out->version = text_of(out, VIEW("balprobe"));
    out->endpoint = text_of(out, VIEW("endpoint"));
    out->environment = text_of(out, VIEW("environment"));
    out->date = text_of(out, VIEW("date"));
    out->profile = text_of(out, VIEW("profile"));
    out->verdict = text_of(out, VIEW("verdict"));
    if (out->version.len == 0 || out->endpoint.len == 0 || out->profile.len == 0)
        return "it does not say what was run: balprobe, endpoint and profile";
    if (is_too_long(out))
        return "a text of it is too long";
    if (!stamp_is(out->date))
        return "its date is not written as 2026-03-02T10:00:00Z";
    if (!is_verdict(out->verdict))
        return "its verdict is none of balprobe check";
    const struct bp_json_node *complete = bp_json_find(out->nodes, out->nodes, VIEW("complete"));
    const struct bp_json_node *cases = bp_json_find(out->nodes, out->nodes, VIEW("cases"));
    out->is_complete = complete != NULL && complete->kind == BP_JSON_TRUE;
    if (cases != NULL && cases->kind == BP_JSON_NUMBER && cases->number >= 0)
        out->case_count = (uint64_t)cases->number;
    return read_clauses(out);
}

enum standing result_json_standing(const struct result_json *result, struct view id)
{
    const struct bp_json_node *node = bp_json_find(result->nodes, result->clauses, id);
    for (unsigned i = 0; i < STANDING_COUNT && node != NULL; i++)
        if (view_equal(node->text, view_of_text(standing_name((enum standing)i))))
            return (enum standing)i;
    return STANDING_UNTESTED;
}

// SPDX-License-Identifier: Apache-2.0
// What holds of every exchange that was opened, and of what people and machines are told of it.
#ifndef BP_FUZZ_EXCHANGE_CHECKS_H
#define BP_FUZZ_EXCHANGE_CHECKS_H

#include "props/report/markdown.h"
#include "props/report/result_json.h"
#include "props/report/scene.h"
#include "said.h"

enum { CHECKED_LEN_MAX = 1 << 16, SAID_LEN_MAX = 1 << 20 };

// exchange_check_scene puts the exchange before people in every way there is.
static inline void exchange_check_scene(const struct exchange *x)
{
    static char space[SAID_LEN_MAX];
    struct buf said = BUF(space);
    scene_put_sent(&said, x);
    scene_put_received(&said, x);
    scene_put_whole(&said, x, 300);
    said_check_text(&said);
    buf_clear(&said);
    markdown_put(&said, x->response);
    said_check_text(&said);
    FUZZ_ASSERT(view_index(buf_view(&said), '\n') == said.len);
}

// exchange_check_fate: an answer has a final head that the reader of heads takes, of status 101 or
// from 200 on.
static inline void exchange_check_fate(const struct exchange *x)
{
    struct view left = x->response;
    static struct bp_head head;
    struct bp_head_reader reader;
    struct bp_fault fault;
    enum bp_read end = BP_READ_DONE;
    unsigned interim_count = 0;
    for (bool is_final = false; end == BP_READ_DONE && !is_final;) {
        size_t used = 0;
        bp_head_start(&reader, &head, BP_RESPONSE);
        end = bp_head_read(&head, &used, &fault, &reader, left);
        left = view_from(left, used);
        is_final = head.status == 101 || head.status >= 200;
        interim_count += end == BP_READ_DONE && !is_final;
    }
    FUZZ_ASSERT(x->interim_count == interim_count);
    FUZZ_ASSERT((x->fate == FATE_SILENT) == (x->response.len == 0));
    FUZZ_ASSERT(end == BP_READ_DONE || x->fate != FATE_ANSWERED);
    FUZZ_ASSERT(x->status == (x->fate == FATE_ANSWERED ? head.status : 0));
    FUZZ_ASSERT((x->fate == FATE_MALFORMED) == (x->fault.reason != BP_REASON_NONE));
}

static inline bool exchange_is_same(const struct exchange *a, const struct exchange *b)
{
    bool is_same = a->fate == b->fate && a->status == b->status && a->framing == b->framing &&
                   view_equal(a->body, b->body) && a->has_json == b->has_json &&
                   a->node_count == b->node_count && a->names_clash == b->names_clash;
    return is_same && a->has_list == b->has_list && a->kinds == b->kinds &&
           a->balance_count == b->balance_count;
}

// exchange_check_memo: a body that is known under another reading is read as if it were not.
static inline void exchange_check_memo(const struct exchange *x, struct opener *opener)
{
    static struct exchange known, read;
    for (size_t i = 0; i < BUNDLE_COUNT; i++) {
        exchange_open(&known, opener, x->fixture, bundle_at(i), x->intent, x->request, x->response);
        read = known;
        exchange_read_as(&read, bundle_at(i));
        FUZZ_ASSERT(exchange_is_same(&known, &read));
    }
}

// exchange_check_rest: what stands behind an answer changes nothing of how it is read.
static inline void exchange_check_rest(const struct exchange *x)
{
    static const struct view behind[] = {VIEW_INIT(""), VIEW_INIT("\r\n\r\n"),
                                         VIEW_INIT("HTTP/1.1 500 X\r\nA: b\r\n\r\n{}")};
    static char space[CHECKED_LEN_MAX + 64];
    static struct opener opener;
    static struct exchange again;
    if (opener.reader == NULL)
        opener_init(&opener, aligned_alloc(16, (opener_size() + 15) & ~(size_t)15));
    exchange_check_memo(x, &opener);
    if (x->fate != FATE_ANSWERED || x->framing == BP_FRAMING_CLOSE)
        return;
    for (size_t i = 0; i < sizeof behind / sizeof behind[0]; i++) {
        struct buf response = BUF(space);
        buf_put(&response, view_first(x->response, x->response.len - x->rest.len));
        buf_put(&response, behind[i]);
        exchange_open(&again, &opener, x->fixture, x->profile, x->intent, x->request,
                      buf_view(&response));
        FUZZ_ASSERT(exchange_is_same(x, &again));
        FUZZ_ASSERT(view_equal(again.rest, behind[i]));
    }
}

// said_check_json: a result that names a subject of foreign bytes is strict JSON without control
// octets, and says what the check found.
static inline void said_check_json(const struct terminal_run *run,
                                   const struct check_result *result)
{
    static char text[RESULT_JSON_LEN_MAX];
    static void *space;
    if (space == NULL)
        space = malloc(result_json_space());
    struct buf json = BUF(text);
    struct result_json read;
    size_t counts[STANDING_COUNT];
    result_json_put(&json, run, result, 0);
    FUZZ_ASSERT(!json.overflow);
    for (size_t i = 0; i < json.len; i++)
        FUZZ_ASSERT((unsigned char)json.data[i] >= ' ' || json.data[i] == '\n');
    FUZZ_ASSERT(result_json_read(&read, space, buf_view(&json)) == NULL);
    const char *outcome = outcome_name(check_outcome(counts, result, run->only));
    FUZZ_ASSERT(view_equal(read.verdict, view_of_text(outcome)));
    const struct bp_json_node *n = bp_json_first(read.clauses);
    for (size_t i = 0; i < clause_count(); i++, n = bp_json_next(read.nodes, read.clauses, n)) {
        FUZZ_ASSERT(view_equal(n->name, view_of_text(clause_at(i)->id)));
        FUZZ_ASSERT(view_equal(n->text, view_of_text(standing_name(check_standing(result, i)))));
    }
    FUZZ_ASSERT(n == NULL);
}

#endif

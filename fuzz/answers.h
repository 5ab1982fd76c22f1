// SPDX-License-Identifier: Apache-2.0
// What holds of every answer of the reference endpoint, whatever was asked.
#ifndef BP_FUZZ_ANSWERS_H
#define BP_FUZZ_ANSWERS_H

#include "fuzz.h"
#include "http/head.h"
#include "json/json_read.h"

// answer_check_balance: type, data and time of one element agree (GB-TYPE-4, 5, 8, GB-ZERO-1).
static inline void answer_check_balance(const struct bp_json_node *nodes,
                                        const struct bp_json_node *balance)
{
    const struct bp_json_node *type = bp_json_find(nodes, balance, VIEW("type"));
    const struct bp_json_node *data = bp_json_find(nodes, balance, VIEW("dataRemainingInMB"));
    const struct bp_json_node *time = bp_json_find(nodes, balance, VIEW("timeRemaining"));
    FUZZ_ASSERT(type != NULL && data != NULL && time != NULL);
    bool is_payg = view_equal(type->text, VIEW("MODIRECTPAYG"));
    bool is_zero = view_starts(type->text, VIEW("NO"));
    FUZZ_ASSERT(is_payg || is_zero || view_equal(type->text, VIEW("MODIRECT")));
    FUZZ_ASSERT(!is_payg || data->number > 0);
    FUZZ_ASSERT(!is_zero || data->number == 0);
    FUZZ_ASSERT(is_zero == view_equal(time->text, VIEW("PT0S")));
}

// answer_is_refusal says whether `error` is a row of the reason table with that status, and names
// the row's parameter (GB-ERR-1).
static inline bool answer_is_refusal(const struct bp_json_node *nodes,
                                     const struct bp_json_node *error, unsigned status)
{
    const struct bp_json_node *code = bp_json_find(nodes, error, VIEW("code"));
    const struct bp_json_node *blamed = bp_json_find(nodes, error, VIEW("parameter"));
    struct view parameter = blamed == NULL ? VIEW("") : blamed->text;
    for (unsigned reason = 0; code != NULL && reason < BP_REASON_COUNT; reason++) {
        const struct bp_reason_row *row = bp_reason_row((enum bp_reason)reason);
        if (view_equal(code->text, row->code))
            return row->status == status && view_equal(row->parameter, parameter);
    }
    return false;
}

// answer_check_body: strict JSON, balances behind 200 and a refusal behind everything else.
static inline void answer_check_body(struct view body, unsigned status)
{
    enum { NODE_COUNT_MAX = 256 };
    static struct bp_json_reader *reader;
    struct bp_fault fault;
    const struct bp_json_node *nodes;
    size_t count;
    if (reader == NULL)
        reader = bp_json_open(malloc(bp_json_space(BP_ANSWER_LEN_MAX, NODE_COUNT_MAX)),
                              BP_ANSWER_LEN_MAX, NODE_COUNT_MAX);
    FUZZ_ASSERT(bp_json_read(reader, &fault, &nodes, &count, body));
    const struct bp_json_node *list = bp_json_find(nodes, nodes, VIEW("balances"));
    const struct bp_json_node *error = bp_json_find(nodes, nodes, VIEW("error"));
    FUZZ_ASSERT((list != NULL) == (status == 200) && (error != NULL) == (status != 200));
    FUZZ_ASSERT(error == NULL || answer_is_refusal(nodes, error, status));
    const struct bp_json_node *n = list == NULL ? NULL : bp_json_first(list);
    for (; n != NULL; n = bp_json_next(nodes, list, n))
        answer_check_balance(nodes, n);
}

// answer_check_head: the fields that go with a status (GB-AUTH-3, GB-METH-1, GB-RATE-1, GB-HDR-7).
static inline void answer_check_head(const struct bp_head *head)
{
    static const struct {
        unsigned status;
        struct view field;
    } wanted[] = {{401, VIEW_INIT("WWW-Authenticate")},
                  {405, VIEW_INIT("Allow")},
                  {409, VIEW_INIT("X-MS-DM-TransactionId")},
                  {429, VIEW_INIT("Retry-After")}};
    const struct view *type = bp_head_find(head, VIEW("Content-Type"));
    FUZZ_ASSERT(type != NULL && view_equal(*type, VIEW("application/json")));
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        FUZZ_ASSERT(head->status != wanted[i].status || bp_head_find(head, wanted[i].field));
}

// An answer taken off the front of a stream.
struct answer {
    struct bp_head head;
    struct view body;  // empty for HEAD
    struct view bytes; // head and body
};

// answer_take reads the first answer of `*rest`, which must be a whole one, and takes it off.
// Bodies begin with '{', heads do not: an answer to HEAD announces a length and has no body.
static inline void answer_take(struct answer *out, struct view *rest)
{
    struct bp_head_reader reader;
    struct bp_fault fault;
    size_t head_len = 0;
    bp_head_start(&reader, &out->head, BP_RESPONSE);
    FUZZ_ASSERT(bp_head_read(&out->head, &head_len, &fault, &reader, *rest) == BP_READ_DONE);
    const struct view *length = bp_head_find(&out->head, VIEW("Content-Length"));
    FUZZ_ASSERT(length != NULL && length->len <= 4);
    size_t body_len = 0;
    for (size_t i = 0; i < length->len; i++)
        body_len = body_len * 10 + (size_t)(length->data[i] - '0');
    struct view behind = view_from(*rest, head_len);
    body_len = view_starts(behind, VIEW("{")) ? body_len : 0;
    FUZZ_ASSERT(body_len <= behind.len);
    out->body = view_first(behind, body_len);
    out->bytes = view_first(*rest, head_len + body_len);
    *rest = view_from(behind, body_len);
}

// answer_check is all that holds of every answer.
static inline void answer_check(const struct answer *answer)
{
    answer_check_head(&answer->head);
    if (answer->body.len != 0)
        answer_check_body(answer->body, answer->head.status);
}

// answers_check checks all answers of `answers`, given to the bytes `sent`, and counts them. Only
// HEAD has answers without a body, unless the head could not be read, which ends the connection.
static inline size_t answers_check(struct view answers, struct view sent)
{
    size_t count = 0;
    for (; answers.len != 0; count++) {
        struct answer answer;
        answer_take(&answer, &answers);
        answer_check(&answer);
        bool closes = bp_head_find(&answer.head, VIEW("Connection")) != NULL;
        bool is_to_head = count == 0 && view_starts(sent, VIEW("HEAD "));
        FUZZ_ASSERT(!is_to_head || closes || answer.body.len == 0);
        FUZZ_ASSERT(answer.body.len != 0 || view_find(sent, VIEW("HEAD ")) < sent.len);
        unsigned status = answer.head.status;
        FUZZ_ASSERT(status != 401 && status != 409 && status != 429);
        FUZZ_ASSERT(status < 500 || status == 501 || status == 505);
    }
    return count;
}

// answers_expected_max: a request needs an end of a head; what is cut or broken gets one answer.
static inline size_t answers_expected_max(struct view sent)
{
    size_t count = 1;
    for (size_t at = 0; at < sent.len; at++) {
        at += view_index(view_from(sent, at), '\r');
        count += view_starts(view_from(sent, at), VIEW("\r\n\r\n"));
    }
    return count;
}

// answer_check_repeat: a 409 is for an id that stands twice in what was sent (GB-TXN-2).
static inline void answer_check_repeat(const struct bp_head *head, struct view sent)
{
    struct view id = *bp_head_find(head, VIEW("X-MS-DM-TransactionId"));
    size_t first = view_find(sent, id);
    FUZZ_ASSERT(first < sent.len);
    FUZZ_ASSERT(view_find(view_from(sent, first + 1), id) < sent.len - first - 1);
}

// answers_compare: each answer of `after` is the one in `before`, or has the status `replacing`.
// Whoever sends no credentials learns nothing but 401 and refusals of HTTP itself, which end the
// connection (GB-AUTH-5). With 500 there are no balances.
static inline void answers_compare(struct view before, struct view after, struct view sent,
                                   unsigned replacing)
{
    bool is_secret = replacing == 401 && view_find_nocase(sent, VIEW("authorization")) == sent.len;
    while (before.len != 0 && after.len != 0) {
        struct answer plain, other;
        answer_take(&plain, &before);
        answer_take(&other, &after);
        bool closes = bp_head_find(&other.head, VIEW("Connection")) != NULL;
        FUZZ_ASSERT(!is_secret || closes || other.head.status == 401);
        FUZZ_ASSERT(replacing != 500 || other.head.status != 200);
        if (view_equal(plain.bytes, other.bytes))
            continue;
        answer_check(&other);
        FUZZ_ASSERT(other.head.status == replacing);
        if (replacing == 409)
            answer_check_repeat(&other.head, sent);
    }
    FUZZ_ASSERT(before.len == 0 && after.len == 0);
}

#endif

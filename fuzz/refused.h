// SPDX-License-Identifier: Apache-2.0
// What becomes of answers when the owner of the connection refuses or ends it.
#ifndef BP_FUZZ_REFUSED_H
#define BP_FUZZ_REFUSED_H

#include "answers.h"
#include "sample.h"

static inline bool refused_has(const struct answer *answer, struct view code)
{
    return view_find(answer->body, code) < answer->body.len;
}

// refused_is_http: the request never became a whole one. Where there is no body to tell why, a 400
// that closes may be either.
static inline bool refused_is_http(const struct answer *plain, const struct answer *other)
{
    unsigned status = plain->head.status;
    bool is_dark = status == 400 && plain->body.len == 0 &&
                   bp_head_find(&plain->head, VIEW("Connection")) != NULL;
    return status == 413 || status == 414 || status == 431 || status == 505 ||
           refused_has(plain, VIEW("\"http.")) || (is_dark && other->head.status == 400);
}

// refused_check_pair: `other` is the refusal of a request that has the answer `plain` elsewhere.
static inline void refused_check_pair(const struct answer *plain, const struct answer *other,
                                      enum bp_reason reason, struct view challenge)
{
    const struct bp_reason_row *row = bp_reason_row(reason);
    static const struct view kept[] = {VIEW_INIT("X-MS-DM-TransactionId"), VIEW_INIT("Connection"),
                                       VIEW_INIT("Date")};
    if (refused_is_http(plain, other)) {
        FUZZ_ASSERT(view_equal(plain->bytes, other->bytes));
        return;
    }
    answer_check(other);
    FUZZ_ASSERT(other->head.status == row->status);
    FUZZ_ASSERT(other->body.len == 0 || refused_has(other, row->code));
    FUZZ_ASSERT((plain->body.len == 0) == (other->body.len == 0));
    const struct view *field = bp_head_find(&other->head, VIEW("WWW-Authenticate"));
    FUZZ_ASSERT((field != NULL) == (row->status == 401));
    FUZZ_ASSERT(field == NULL || view_starts(*field, challenge));
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        const struct view *was = bp_head_find(&plain->head, kept[i]);
        const struct view *is = bp_head_find(&other->head, kept[i]);
        FUZZ_ASSERT((was == NULL) == (is == NULL) && (was == NULL || view_equal(*was, *is)));
    }
}

static inline void refused_check(struct view plain, struct view refused, enum bp_reason reason,
                                 struct view challenge)
{
    while (plain.len != 0 && refused.len != 0) {
        struct answer one, other;
        answer_take(&one, &plain);
        answer_take(&other, &refused);
        refused_check_pair(&one, &other, reason, challenge);
    }
    FUZZ_ASSERT(plain.len == 0 && refused.len == 0);
}

// refused_check_certificate refuses the connection for `reason`, one that a certificate gives,
// which comes instead of the answers `plain`. Credentials that are wanted too only change the
// challenge.
static inline void refused_check_certificate(struct buf space, struct view plain, struct view sent,
                                             enum bp_reason reason, struct view credentials)
{
    struct bp_endpoint endpoint;
    bp_endpoint_init(&endpoint, sample_inventory());
    endpoint.credentials = credentials;
    struct view refused = sample_refuse(space, &endpoint, sent, sent.len + 1, reason);
    refused_check(plain, refused, reason,
                  credentials.len == 0 ? VIEW("ClientCertificate realm=") : VIEW("Basic realm="));
}

// refused_check_nobody: that refusal is the same at an operator who has no SIM, whose back office
// does not answer and who counts requests: none is counted.
static inline void refused_check_nobody(struct buf spaces[2], struct view sent,
                                        enum bp_reason reason)
{
    static struct bp_inventory nobody;
    static struct bp_replay_entry entries[2];
    static uint32_t slots[4];
    struct bp_endpoint endpoint, other;
    struct bp_replay replay;
    struct bp_limiter limiter;
    bp_endpoint_init(&endpoint, sample_inventory());
    bp_endpoint_init(&other, &nobody);
    bp_replay_init(&replay, entries, slots, 2, (const uint64_t[]){1, 2}, 1);
    bp_limiter_init(&limiter, 1, 1, SAMPLE_NOW_MS);
    other.replay = &replay;
    other.limiter = &limiter;
    other.is_broken = true;
    struct view refused = sample_refuse(spaces[0], &endpoint, sent, sent.len + 1, reason);
    size_t step = 1 + sent.len / 64;
    FUZZ_ASSERT(view_equal(refused, sample_refuse(spaces[1], &other, sent, step, reason)));
    uint32_t retry_s = 0;
    FUZZ_ASSERT(replay.written == 0 && bp_limiter_take(&limiter, &retry_s, SAMPLE_NOW_MS));
}

// refused_check_last: where the next answer is the last one, it is the first of `plain`, which says
// that the connection ends, and nothing comes behind it.
static inline void refused_check_last(struct buf space, struct view plain, struct view sent)
{
    const struct view close = VIEW("\r\nConnection: close");
    struct bp_endpoint endpoint;
    struct bp_conversation conversation;
    bp_endpoint_init(&endpoint, sample_inventory());
    bp_conversation_start(&conversation);
    conversation.is_last = true;
    struct view rest = sample_converse(space, &conversation, &endpoint, sent, 0, 1 + sent.len / 64);
    FUZZ_ASSERT((rest.len == 0) == (plain.len == 0) && conversation.is_closed == (plain.len != 0));
    if (rest.len == 0)
        return;
    struct answer first, last;
    answer_take(&first, &plain);
    answer_take(&last, &rest);
    FUZZ_ASSERT(rest.len == 0);
    size_t at = view_find(last.bytes, close);
    FUZZ_ASSERT(at < last.bytes.len);
    bool closes = bp_head_find(&first.head, VIEW("Connection")) != NULL;
    struct view behind = view_from(last.bytes, closes ? at : at + close.len);
    FUZZ_ASSERT(view_starts(first.bytes, view_first(last.bytes, at)));
    FUZZ_ASSERT(view_equal(view_from(first.bytes, at), behind));
}

// refused_check_slow: who takes too long gets one strict answer, whatever is wanted besides.
static inline void refused_check_slow(struct buf space)
{
    struct bp_endpoint endpoint;
    struct answer answer;
    bp_endpoint_init(&endpoint, sample_inventory());
    bp_answer_slow(&endpoint, &space, SAMPLE_NOW_MS);
    struct view rest = buf_view(&space);
    answer_take(&answer, &rest);
    answer_check(&answer);
    FUZZ_ASSERT(rest.len == 0 && answer.head.status == 408);
    FUZZ_ASSERT(refused_has(&answer, VIEW("\"http.slow\"")));
    const struct view *connection = bp_head_find(&answer.head, VIEW("Connection"));
    FUZZ_ASSERT(connection != NULL && view_equal(*connection, VIEW("close")));
}

#endif

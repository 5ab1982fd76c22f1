// SPDX-License-Identifier: Apache-2.0
// What becomes of answers behind Basic, a limiter and a small memory of transaction ids.
#ifndef BP_FUZZ_GUARDED_H
#define BP_FUZZ_GUARDED_H

#include "answers.h"
#include "sample.h"

// guarded_check_wait: Retry-After is a whole number of seconds, not zero (GB-RATE-1).
static inline void guarded_check_wait(const struct bp_head *head)
{
    struct view wait = *bp_head_find(head, VIEW("Retry-After"));
    FUZZ_ASSERT(wait.len != 0 && wait.data[0] != '0');
    for (size_t i = 0; i < wait.len; i++)
        FUZZ_ASSERT(byte_is_digit(wait.data[i]));
}

// Where an answer without a body is 404, nobody can see whether it took a token.
struct tokens {
    size_t certain; // taken by answers that surely took one
    size_t perhaps; // and by those that may have
};

// guarded_check_pair compares an answer with the one that the same request gets without guards.
// Tokens are for requests that are right up to the SIM (endpoint.h), first come, first served.
static inline void guarded_check_pair(struct tokens *tokens, const struct answer *plain,
                                      const struct answer *other, struct view sent, size_t burst)
{
    unsigned status = other->head.status;
    const struct view *id = bp_head_find(&plain->head, VIEW("X-MS-DM-TransactionId"));
    const struct view *echo = bp_head_find(&other->head, VIEW("X-MS-DM-TransactionId"));
    bool is_unknown =
        plain->head.status == 404 && view_find(plain->body, VIEW("sim.unknown")) < plain->body.len;
    bool is_dark = plain->head.status == 404 && plain->body.len == 0;
    bool is_right = plain->head.status == 200 || is_unknown;
    answer_check(other);
    FUZZ_ASSERT((id == NULL) == (echo == NULL) && (id == NULL || view_equal(*id, *echo)));
    if (status == 401)
        return;
    if (status == 429) {
        FUZZ_ASSERT((is_right || is_dark) && tokens->perhaps >= burst);
        guarded_check_wait(&other->head);
        return;
    }
    FUZZ_ASSERT(!is_right || tokens->certain < burst);
    tokens->certain += is_right;
    tokens->perhaps += is_right || is_dark;
    if (view_equal(plain->bytes, other->bytes))
        return;
    FUZZ_ASSERT(status == 409 && (is_right || is_dark));
    answer_check_repeat(&other->head, sent);
}

// guarded_check compares all answers to `sent`: `plain` without guards, `guarded` behind a limiter
// that has `burst` tokens and gets no more while they are given.
static inline void guarded_check(struct view plain, struct view guarded, struct view sent,
                                 size_t burst)
{
    struct tokens tokens = {0, 0};
    while (plain.len != 0 && guarded.len != 0) {
        struct answer one, other;
        answer_take(&one, &plain);
        answer_take(&other, &guarded);
        guarded_check_pair(&tokens, &one, &other, sent, burst);
    }
    FUZZ_ASSERT(plain.len == 0 && guarded.len == 0);
}

// guarded_check_repeats: an id that the last request with one had, both of them right, is 409.
static inline void guarded_check_repeats(struct view plain, struct view guarded)
{
    struct view known = view_of(NULL, 0);
    while (plain.len != 0 && guarded.len != 0) {
        struct answer one, other;
        answer_take(&one, &plain);
        answer_take(&other, &guarded);
        const struct view *id = bp_head_find(&one.head, VIEW("X-MS-DM-TransactionId"));
        if (one.head.status != 200 || id == NULL || id->len == 0)
            continue;
        FUZZ_ASSERT(!view_equal(*id, known) || other.head.status == 409);
        known = *id;
    }
}

// guarded_check_all gives `endpoint`, which answered `plain` to `sent`, one guard after the other
// (and a back office that does not answer), and all of them; the memory is then so small that ids
// are forgotten.
static inline void guarded_check_all(struct buf space, struct bp_endpoint *endpoint,
                                     struct view plain, struct view sent)
{
    enum { MANY = 64, FEW = 4, BURST = 6 };
    static struct bp_replay_entry entries[MANY];
    static uint32_t slots[2 * MANY];
    static const uint64_t key[2] = {1, 2};
    struct bp_replay replay;
    struct bp_limiter limiter;
    endpoint->credentials = VIEW("mobileplans:a:b c");
    answers_compare(plain, sample_talk(space, endpoint, sent, sent.len, 1), sent, 401);
    endpoint->credentials = view_of(NULL, 0);
    endpoint->is_broken = true;
    answers_compare(plain, sample_talk(space, endpoint, sent, sent.len, 1), sent, 500);
    endpoint->is_broken = false;
    endpoint->replay = &replay;
    bp_replay_init(&replay, entries, slots, MANY, key, 1);
    struct view remembered = sample_talk(space, endpoint, sent, sent.len, 1);
    answers_compare(plain, remembered, sent, 409);
    guarded_check_repeats(plain, remembered);
    endpoint->credentials = VIEW("mobileplans:a:b c");
    endpoint->limiter = &limiter;
    bp_limiter_init(&limiter, 1, BURST, SAMPLE_NOW_MS);
    bp_replay_init(&replay, entries, slots, FEW, key, 1);
    guarded_check(plain, sample_talk(space, endpoint, sent, sent.len, 1), sent, BURST);
}

#endif

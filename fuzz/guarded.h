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

// What guards are made of. Beside the others the memory is so small that ids are forgotten.
#define GUARDED_CREDENTIALS VIEW("mobileplans:a:b c")
// GUARDED_MANY is more than the requests with an id that the longest input holds.
enum { GUARDED_MANY = 1024, GUARDED_FEW = 4, GUARDED_BURST = 6 };

static inline void guarded_init_replay(struct bp_replay *replay, size_t entry_count)
{
    static struct bp_replay_entry entries[GUARDED_MANY];
    static uint32_t slots[2 * GUARDED_MANY];
    static const uint64_t key[2] = {1, 2};
    bp_replay_init(replay, entries, slots, entry_count, key, 1);
}

// guarded_check_basic: what was answered `plain` to `sent` is the same or 401 where Basic is on.
// The others: a back office that does not answer (500), a memory of ids (409), and all guards at
// once.
static inline void guarded_check_basic(struct buf space, struct view plain, struct view sent)
{
    struct bp_endpoint endpoint;
    bp_endpoint_init(&endpoint, sample_inventory());
    endpoint.credentials = GUARDED_CREDENTIALS;
    answers_compare(plain, sample_talk(space, &endpoint, sent, sent.len, 1), sent, 401);
}

static inline void guarded_check_broken(struct buf space, struct view plain, struct view sent)
{
    struct bp_endpoint endpoint;
    bp_endpoint_init(&endpoint, sample_inventory());
    endpoint.is_broken = true;
    answers_compare(plain, sample_talk(space, &endpoint, sent, sent.len, 1), sent, 500);
}

static inline void guarded_check_memory(struct buf space, struct view plain, struct view sent)
{
    struct bp_endpoint endpoint;
    struct bp_replay replay;
    bp_endpoint_init(&endpoint, sample_inventory());
    endpoint.replay = &replay;
    guarded_init_replay(&replay, GUARDED_MANY);
    struct view remembered = sample_talk(space, &endpoint, sent, sent.len, 1);
    answers_compare(plain, remembered, sent, 409);
    guarded_check_repeats(plain, remembered);
}

static inline void guarded_check_all(struct buf space, struct view plain, struct view sent)
{
    struct bp_endpoint endpoint;
    struct bp_replay replay;
    struct bp_limiter limiter;
    bp_endpoint_init(&endpoint, sample_inventory());
    endpoint.credentials = GUARDED_CREDENTIALS;
    endpoint.replay = &replay;
    endpoint.limiter = &limiter;
    guarded_init_replay(&replay, GUARDED_FEW);
    bp_limiter_init(&limiter, 1, GUARDED_BURST, SAMPLE_NOW_MS);
    guarded_check(plain, sample_talk(space, &endpoint, sent, sent.len, 1), sent, GUARDED_BURST);
}

#endif

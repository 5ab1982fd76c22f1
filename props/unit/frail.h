// SPDX-License-Identifier: Apache-2.0
// The reference endpoint in this process, made to fall over, to refuse or to be slow, and a hunt of
// it.
#ifndef BP_PROPS_UNIT_FRAIL_H
#define BP_PROPS_UNIT_FRAIL_H

#include "props/hunt/hunt.h"
#include "props/unit/stage.h"
#include "props/unit/unit.h"

enum { CASE_COUNT = 800, QUICK_US = 300, SLOW_US = 60000 };

// An endpoint that is brought down, or made slow, by requests with a certain word in them.
struct frail {
    struct subject inner;
    const char *poison;     // NULL: none
    const char *second;     // with this one, too, in a later request; NULL: one is enough
    unsigned heal_count;    // pauses until it serves again; 0: never
    unsigned quick_count;   // requests that fail until it serves again; 0: it needs pauses
    unsigned failed_count;  // since it fell
    unsigned failure_count; // altogether
    unsigned blink_count;   // every so many requests one fails for no reason
    unsigned dice;          // one request of three fails for no reason; 0: none
    bool is_silent;         // it is reached all the same, but says nothing
    bool is_weak;           // the poison came, the second one is yet to come
    bool is_down;
    unsigned pause_count;
    unsigned fall_count;
    int64_t answer_us;
    unsigned worn_count;  // requests until it falls; 0: never
    unsigned limit_count; // requests before it says 429 to all further ones; 0: never
    unsigned taken_count; // of either
    const char *refusal;  // what begins its answers behind limit_count; NULL: 429
    bool is_bad_gateway;  // what fails is answered with 502
    const char *held;     // requests with this word do not leave
    bool has_held;
    unsigned held_count;
    const char *slow; // requests with this word take long
    unsigned hiccup;  // every so many requests take long for no reason
    unsigned request_count;
};

static struct frail frail;
static struct hunt hunt;
static struct check_result result;
static bool only[CLAUSE_COUNT_MAX];
static uint64_t case_count_max;
static uint64_t kept_count;

static bool has(struct view bytes, const char *word)
{
    return word != NULL && view_find(bytes, view_of_text(word)) < bytes.len;
}

static bool frail_exchange(void *context, struct buf *response, const struct sending *sending)
{
    struct frail *at = context;
    bool is_poison = has(sending->request, at->poison);
    bool is_blink = at->blink_count != 0 && ++at->request_count % at->blink_count == 0;
    at->dice = at->dice * 1664525 + (unsigned)(at->dice != 0) * 1013904223;
    is_blink = is_blink || (at->dice >> 16) % 3 == 1;
    at->has_held = has(sending->request, at->held);
    at->held_count += at->has_held;
    if (at->has_held)
        return false;
    if (at->is_down || is_blink) {
        at->failure_count += !at->is_bad_gateway;
        at->is_down = at->is_down && ++at->failed_count != at->quick_count;
        if (at->is_bad_gateway)
            buf_put_text(response, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
        return at->is_silent || at->is_bad_gateway;
    }
    bool is_hiccup = at->hiccup != 0 && ++at->request_count % at->hiccup == 0;
    at->answer_us = has(sending->request, at->slow) || is_hiccup ? SLOW_US : QUICK_US;
    bool came = at->inner.exchange(at->inner.context, response, sending);
    at->taken_count++;
    if (at->limit_count != 0 && at->taken_count > at->limit_count) {
        buf_clear(response);
        buf_put_text(response, "HTTP/1.1 ");
        buf_put_text(response, at->refusal == NULL ? "429 Slow\r\n" : at->refusal);
        buf_put_text(response, "Content-Length: 5\r\n\r\n<htm>");
    }
    bool falls = at->second == NULL ? is_poison : at->is_weak && has(sending->request, at->second);
    at->is_weak = at->is_weak || is_poison;
    falls = falls || (at->worn_count != 0 && at->taken_count % at->worn_count == 0);
    if (falls) {
        at->is_down = true;
        at->is_weak = false;
        at->pause_count = 0;
        at->failed_count = 0;
        at->fall_count++;
    }
    return came;
}

static void tell_facts(void *context, struct hunt_facts *out)
{
    (void)context;
    *out = (struct hunt_facts){.answer_us = frail.answer_us,
                               .is_held_back = frail.has_held,
                               .failure_count = frail.failure_count};
}

static void wait_a_while(void *context, unsigned ms)
{
    (void)context;
    (void)ms;
    frail.pause_count++;
    if (frail.heal_count != 0 && frail.pause_count >= frail.heal_count)
        frail.is_down = false;
}

static bool goes_on(void *context, const struct hunt *at)
{
    (void)context;
    return at->result->case_count < case_count_max;
}

static void count_kept(void *context, struct view input, bool is_founder)
{
    (void)context;
    (void)is_founder;
    kept_count += input.len <= POOL_INPUT_LEN_MAX;
}

// Hunts one world of `worlds`, which cannot be reset, with what `frail` says.
static inline void run(const struct world *worlds, uint64_t case_count)
{
    static struct world world;
    const struct hunt_options options = {.seed = 0x5eed,
                                         .only = only,
                                         .shrink_calls = 60,
                                         .goes_on = goes_on,
                                         .facts = tell_facts,
                                         .pause = wait_a_while,
                                         .keep = count_kept};
    world = worlds[LOCAL_OPEN];
    frail.inner = world.subject;
    frail.inner.reset(frail.inner.context);
    world.subject = (struct subject){.exchange = frail_exchange, .context = &frail};
    case_count_max = case_count;
    kept_count = 0;
    hunt_init(&hunt, &options, &result, &world, trial_space);
    CHECK(hunt_prepare(&hunt));
    hunt_run(&hunt);
}

static inline void start(struct frail settings) { frail = settings; }

static inline enum outcome outcome(void)
{
    size_t counts[STANDING_COUNT];
    return check_outcome(counts, &result, only);
}

// frail_open prepares the worlds, and judges by all clauses.
static inline bool frail_open(void)
{
    for (size_t i = 0; i < clause_count(); i++)
        only[i] = true;
    return open_worlds();
}

#endif

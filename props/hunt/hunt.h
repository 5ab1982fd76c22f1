// SPDX-License-Identifier: Apache-2.0
// A hunt: fuzzing an endpoint by its answers.
//
// An input is a case (rule/trial.h). One that shows a signature not seen before, or one beside a
// kind of request where it was not seen before, is kept, and changed again and again. Every
// exchange is judged by the clauses, as in a check. The hunt looks after the endpoint: behind
// exchanges that ended badly, and now and then, it asks for a SIM that it knows to be served. When
// that fails three times in a row the endpoint is down; then each input since the last good answer
// is sent again, one at a time, until it is known which of them brings it down. The same when it
// was away for a moment, as a server is that falls over and is started again; but then the hunt
// goes on when there is no input that makes it go away each time. Nobody is blamed at an endpoint
// that goes away behind the plain request, too, or that does not come back.
//
// Failures count when the endpoint serves the known request behind them: one that has begun to
// refuse everybody says nothing about its clauses.
//
//     hunt_init(hunt, &options, result, world, trial_space);
//     if (hunt_prepare(hunt)) {
//         hunt_play(hunt, kept_earlier); ...
//         hunt_run(hunt);
//     }
//
// Acts of hooks are never done. The same seed and an endpoint that answers the same make the same
// hunt; only times may make a difference, and only where an answer takes long again when it is
// asked for again.
#ifndef BP_PROPS_HUNT_HUNT_H
#define BP_PROPS_HUNT_HUNT_H

#include "props/hunt/pool.h"
#include "props/hunt/tempo.h"
#include "props/run/check.h"
#include "props/run/panel.h"

enum {
    HUNT_CHECK_INTERVAL = 64,    // requests between two looks whether the endpoint is there
    HUNT_CHECK_COUNT = 3,        // failures in a row: it is down
    HUNT_SUSPECT_COUNT_MAX = 80, // inputs since the last good answer
    HUNT_PATIENCE_S = 20,        // tries, a second apart, until it is there again
    HUNT_LATE_COUNT = 3,         // times that one input has to make it go away for a moment,
                                 // and once more behind the control
    HUNT_CONTROL_COUNT = 16,     // good answers behind the plain request, before one is blamed
    HUNT_CONTROL_FACTOR = 2,     // and at least that many requests for one of the blamed input
    HUNT_AWAY_COUNT_MAX = 8,     // such moments that are looked into
    HUNT_REPEAT_COUNT = 2,       // times that a long time has to come again
    HUNT_PENDING_COUNT_MAX = 64, // failures of one case
    HUNT_FRESH_ONE_IN = 8        // inputs that are not made from a kept one
};

// What is known of an exchange beside its bytes.
struct hunt_facts {
    struct bp_end end;      // of its connection
    int64_t answer_us;      // until the answer began; -1: not known
    bool is_held_back;      // it was not sent, and not for want of the endpoint
    uint64_t failure_count; // connections so far that could not be made
};

enum hunt_state {
    HUNT_GOES_ON,
    HUNT_IS_OVER,   // as goes_on said
    HUNT_STOPPED,   // as is_stopped said
    HUNT_IS_DOWN,   // the endpoint is, and nobody knows why
    HUNT_HAS_BLAMED // it was, and it is known which input brings it down
};

struct hunt_input {
    size_t len;
    char bytes[CASE_LEN_MAX];
};

struct hunt;

struct hunt_options {
    uint64_t seed;
    const bool *only;      // clauses that judge
    unsigned shrink_calls; // spent on a finding when it is made; 0: none
    unsigned patience_s;   // for an endpoint that is away; 0: HUNT_PATIENCE_S
    // goes_on is asked before each case and behind it; behind the last one the endpoint is looked
    // after. is_stopped is asked meanwhile; once it is true, it stays so, and that ends, too. May
    // be NULL.
    bool (*goes_on)(void *context, const struct hunt *hunt);
    bool (*is_stopped)(void *context);
    // facts tells of the exchange that was just made; NULL: nothing is known.
    void (*facts)(void *context, struct hunt_facts *out);
    // pause lets some milliseconds pass before the endpoint is asked again; may be NULL.
    void (*pause)(void *context, unsigned ms);
    // now_ms is a clock for how long recovery takes; NULL: only tries are counted.
    int64_t (*now_ms)(void *context);
    // keep is told of each input that is kept, and whether it was the first to show a signature;
    // may be NULL.
    void (*keep)(void *context, struct view input, bool is_founder);
    void *context;
};

// Failures of the case under way: they count once it is known that the endpoint is there.
struct hunt_pending {
    size_t clause;
    const char *why;
};

struct hunt {
    struct hunt_options options;
    struct check_result *result;
    const struct world *world;
    struct trial *trial;
    struct panel panel;
    struct choices choices; // the case under way
    struct choices dice;
    enum hunt_state state;
    struct intent known; // a request that is known to be served

    struct shaper shaper;
    struct tempo tempo;
    struct sightings sightings;
    struct pool pool;
    uint64_t novelty_count; // cases that showed something new

    // Of the case under way.
    bool is_mute;            // it is sent again: nothing is judged or counted
    bool is_bad;             // an exchange ended badly
    bool is_slow;            // an exchange ended by a timeout
    bool shows_new_pair;     //
    bool shows_new;          // a new signature
    struct sighting *rarest; // NULL: it has shown none
    bool has_late;           // `late` took longer than any before
    struct signature late;   //
    bool is_late_again;      // it was seen again
    size_t pending_count;
    struct hunt_pending pending[HUNT_PENDING_COUNT_MAX];

    // Since the last good answer.
    uint64_t failure_count; // connections that had failed by then
    bool was_away;          // the endpoint had to be asked more than once
    unsigned away_count;    // how often that was so
    bool is_watching;       // the endpoint is being looked after
    unsigned known_status;  // of the last answer to `known`
    unsigned bad_status;    // of the last one that was not good; 0: none came
    uint64_t checked_count; // requests by then
    size_t suspect_count;
    struct hunt_input suspects[HUNT_SUSPECT_COUNT_MAX];
    int64_t recovery_ms;     // that it has been waited for
    unsigned recovery_count; // in that many tries
    bool is_away;            // it went down, and has not come back yet
    bool is_gone;            // it did not come back: it is away, too
    bool is_fickle;          // it goes away by itself: nobody is blamed
    bool is_cut_short;       // not all suspects were sent again, for is_stopped said so
    size_t culprit;          // the suspect under way; HUNT_HAS_BLAMED: who brings it down
};

// hunt_init begins a hunt and clears `result`. `space` is trial_size() bytes, aligned to 16.
// Everything is borrowed.
void hunt_init(struct hunt *out, const struct hunt_options *options, struct check_result *result,
               const struct world *world, void *space);

// hunt_prepare looks for a request that is served. False: none is, and there is no hunt.
BP_MUST_USE bool hunt_prepare(struct hunt *hunt);

// hunt_play plays an input, and keeps it when it shows something new. It returns false when the
// hunt is over.
bool hunt_play(struct hunt *hunt, struct view input);

// hunt_run plays every single spelling, then inputs made from kept ones, until the hunt is over.
void hunt_run(struct hunt *hunt);

// hunt_watch looks whether the endpoint is there. Where it is not, it finds out which of the
// suspects brings it down, and the hunt is over. Private to props/hunt, like hunt_resend: that
// plays an input without judging it.
void hunt_watch(struct hunt *hunt);
void hunt_resend(struct hunt *hunt, struct view input);

// hunt_is_served says that the known request was answered when it was asked last, or put off as
// documented (429).
static inline bool hunt_is_served(const struct hunt *hunt)
{
    return hunt->known_status == 200 || hunt->known_status == 429;
}

static inline struct view hunt_suspect(const struct hunt *hunt, size_t index)
{
    return view_of(hunt->suspects[index].bytes, hunt->suspects[index].len);
}

#endif

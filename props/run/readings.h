// SPDX-License-Identifier: Apache-2.0
// Readings: what the endpoint does where the documents leave a choice.
//
// A verdict for which a key was consulted is asked for again under each other alternative of that
// key, and under each bundle. What no clause fails fits the endpoint:
//
//     limit.zero  400   fits either, 400      conforms under seed, field; violates current at ...
//
// Judging again costs more than judging, so each clause is heard a few times only.
#ifndef BP_PROPS_RUN_READINGS_H
#define BP_PROPS_RUN_READINGS_H

#include "props/rule/clause.h"

enum {
    READINGS_WHY_COUNT_MAX = 2,
    READINGS_HEARD_MAX = 32,   // verdicts of a clause that are asked for again
    READINGS_OPENED_MAX = 12,  // the same of those that only the opening may decide
    READINGS_FAULT_MAX = 256,  // the same of those that fail or are tolerated
    READINGS_ASKED_MAX = 128,  // occasions of one cause at which a key is of interest
    READINGS_STATUS_COUNT = 4, // different statuses that are remembered
};

// Why a verdict was asked for again.
enum readings_cause {
    CAUSE_FAULT,   // it fails or is tolerated
    CAUSE_ASKED,   // a reading was asked for, of an ordinary request or a program
    CAUSE_ODD,     // the same of an odd request: those are rarer, and tell more
    CAUSE_OPENING, // the exchange was opened by readings (EXCHANGE_KEYS)
    CAUSE_COUNT
};

// What is known of one key.
struct reading {
    uint16_t asked_count[CAUSE_COUNT];
    uint8_t broken; // bit per alternative that a clause failed, where another one passed
    uint16_t broken_clause[ALTERNATIVE_COUNT_MAX]; // the first clause that did
    const char *why[READINGS_WHY_COUNT_MAX];       // how the endpoint deviates; NULL: unused
    uint16_t statuses[READINGS_STATUS_COUNT];      // of the answers; 0: unused
};

struct readings {
    uint64_t open[CAUSE_COUNT]; // keys that are still of interest
    uint64_t consulted;         // keys that some verdict was asked for
    struct reading keys[KEY_COUNT];
    bool fails[BUNDLE_COUNT][CLAUSE_COUNT_MAX];
    uint16_t heard_count[CLAUSE_COUNT_MAX][CAUSE_COUNT];
    struct exchange again; // the exchange that is judged again
};

// A question is a verdict that can be asked for again.
struct question {
    size_t clause;
    struct verdict verdict;        // under `profile`, the one in force
    const struct profile *profile; //
    uint64_t keys;                 // that may decide it
    uint64_t implied; // those of them that nobody asked for: only a verdict tells whether they do
    unsigned status;  // of the answer; 0: none
    // judge is the verdict under another profile; NULL: only the one in force is known.
    struct verdict (*judge)(void *context, const struct profile *profile);
    void *context;
};

void readings_start(struct readings *readings);

// readings_hear asks the question again, unless its clause has been heard often enough.
void readings_hear(struct readings *readings, const struct question *question,
                   enum readings_cause cause);

// readings_hear_exchange asks `judge` again about `x`; `keys` are those that it consulted.
void readings_hear_exchange(struct readings *readings, size_t clause, const struct exchange *x,
                            struct verdict (*judge)(const struct exchange *x),
                            struct verdict verdict, uint64_t keys);

// readings_hear_program asks the end of the clause's program again, which has just been run.
void readings_hear_program(struct readings *readings, size_t clause, struct trial *trial,
                           struct verdict verdict, uint64_t keys);

// readings_opened is the readings by which an exchange was opened and that matter for it.
uint64_t readings_opened(const struct exchange *x);

// readings_asked is the cause to hear of an exchange that keys were asked for.
static inline enum readings_cause readings_asked(const struct exchange *x)
{
    return x->odd_axes == 0 ? CAUSE_ASKED : CAUSE_ODD;
}

// readings_want_fault says that a verdict of the clause that fails or is tolerated is of interest.
static inline bool readings_want_fault(const struct readings *readings, size_t clause)
{
    return readings->heard_count[clause][CAUSE_FAULT] < READINGS_FAULT_MAX;
}

static inline bool verdict_is_fault(struct verdict verdict)
{
    return verdict.grade == GRADE_FAIL || verdict.grade == GRADE_TOLERATED;
}

// readings_fit says that no clause failed that alternative of a key.
bool readings_fit(const struct readings *readings, enum profile_key key, unsigned alternative);

// readings_conforms says that no clause of `only` failed under a bundle.
bool readings_conforms(const struct readings *readings, size_t bundle, const bool *only);

#endif

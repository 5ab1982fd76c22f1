// SPDX-License-Identifier: Apache-2.0
// Checking an endpoint: all clauses over exhaustive and random cases, with tallies and findings.
#ifndef BP_PROPS_RUN_CHECK_H
#define BP_PROPS_RUN_CHECK_H

#include "props/run/finding.h"
#include "props/run/precedence.h"
#include "props/run/readings.h"

enum { CHECK_RUN_CAP = 20000 }; // enumerated runs of one clause's program in one world

// Why a run ends early although nobody stopped it.
enum check_state {
    CHECK_GOES_ON,
    CHECK_TIME_IS_UP, // as was asked for: what was judged counts
    CHECK_IS_LOST,    // the endpoint is gone: the run cannot pass
    CHECK_IS_REFUSED, // the endpoint refuses what it served before: neither
    CHECK_IS_SPOILT   // what was done behind the endpoint stays: the run cannot go on, nor pass
};

struct check_options {
    uint64_t seed;
    uint64_t case_count;         // random cases
    bool exhaustive;             // also every pair of spellings and every program
    bool shrinks;                // make the case of each finding smaller
    uint64_t run_cap;            // enumerated runs of one program; 0: CHECK_RUN_CAP
    uint64_t pair_cap;           // enumerated pairs of spellings; 0: all
    unsigned shrink_calls;       // runs spent on one finding; 0: SHRINK_CALLS_MAX
    bool is_mixed;               // requests are dear: TOUR_MIXED
    bool only[CLAUSE_COUNT_MAX]; // clauses to judge
    // goes_on is asked now and then; false ends the run. May be NULL.
    bool (*goes_on)(void *context, uint64_t case_count, size_t finding_count);
    // state is asked before each case whether there is anything left to do. May be NULL.
    enum check_state (*state)(void *context);
    void *context;
};

struct check_result {
    uint64_t graded[CLAUSE_COUNT_MAX][GRADE_COUNT]; // exchanges or programs by grade
    uint64_t case_count;
    uint64_t request_count;
    bool saw_200;                     // false: the run proves nothing
    bool was_stopped;                 // by goes_on
    enum check_state state;           // that ended the run
    const char *gap;                  // why a run without failures cannot pass; NULL: it can
    uint64_t run_cap;                 // in force
    uint64_t act_cap;                 // the same for programs that use hooks; 0: no other
    uint64_t pair_cap;                // 0: pairs were enumerated to the end
    bool is_capped[CLAUSE_COUNT_MAX]; // more than run_cap runs; the rest was left out
    bool found_too_much; // more than FINDING_COUNT_MAX findings; later ones are not kept
    struct readings readings;
    struct precedence precedence; // of the endpoint's checks, where runs are exhaustive
    size_t finding_count;
    struct finding findings[FINDING_COUNT_MAX];
    const char *tolerated_why[CLAUSE_COUNT_MAX]; // an example each
    enum profile_key tolerated_key[CLAUSE_COUNT_MAX];
    const char *untested_why[CLAUSE_COUNT_MAX]; // why it skipped, or what it only reports
};

// check_run judges the worlds. `space` is trial_size() bytes, aligned to 16.
void check_run(struct check_result *out, const struct check_options *options,
               const struct world *worlds, size_t world_count, void *space);

// check_has_lost says that the endpoint is gone or refuses everybody: there is no use in asking it.
static inline bool check_has_lost(enum check_state state)
{
    return state == CHECK_IS_LOST || state == CHECK_IS_REFUSED;
}

// check_clear makes a result of a run that has not begun. check_fail notes a failure of the case
// `tape`, and keeps it as a finding.
void check_clear(struct check_result *out);
void check_fail(struct check_result *result, size_t clause, const char *why, struct view tape);

// What a run says about one clause: the gravest grade, where a clause that only skipped, or about
// which nothing was said, is untested.
enum standing {
    STANDING_PASSED,
    STANDING_TOLERATED,
    STANDING_FAILED,
    STANDING_UNTESTED,
    STANDING_COUNT
};

enum standing check_standing(const struct check_result *result, size_t clause);

// check_is_left_out says that the clause needs a TLS connection and nothing was said about it, not
// even why it could not be tested: the run had no such connection.
bool check_is_left_out(const struct check_result *result, size_t clause);

// check_note adds a verdict on a clause that no case led to: of the certificate matrix, of a probe.
// A failure of that kind counts, but is no finding, for there is nothing to replay.
void check_note(struct check_result *result, size_t clause, struct verdict verdict);

// What a run says altogether.
enum outcome {
    OUTCOME_PASS,
    OUTCOME_FAIL,
    OUTCOME_PARTIAL,      // it was stopped, or the endpoint was gone for a while or for good
    OUTCOME_INCONCLUSIVE, // no request was ever answered 200, or no clause had anything to judge
    OUTCOME_COUNT
};

// check_outcome counts the standings of the clauses in `only` and says what they amount to.
enum outcome check_outcome(size_t counts[STANDING_COUNT], const struct check_result *result,
                           const bool *only);

// trial_play runs one case: the choices pick world and program, every exchange is judged by every
// clause in `only` (NULL: all). `told` is called with each verdict other than GRADE_NONE. For many
// cases make a panel once (panel.h).
void trial_play(struct trial *trial, struct choices *choices, const struct world *worlds,
                size_t world_count, const bool *only,
                void (*told)(void *context, size_t clause, struct verdict verdict,
                             const struct exchange *x),
                void *context);

#endif

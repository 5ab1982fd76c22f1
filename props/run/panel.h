// SPDX-License-Identifier: Apache-2.0
// A panel: who judges the exchanges of a trial, and who is told.
//
// There are about a hundred judges for a case of about two microseconds, so only those are called
// in whose scope an exchange is. A panel is made once and serves any number of trials.
#ifndef BP_PROPS_RUN_PANEL_H
#define BP_PROPS_RUN_PANEL_H

#include "props/rule/trial.h"
#include "props/run/readings.h"

enum {
    PANEL_JUDGE_COUNT_MAX = 256,
    PANEL_WORD_COUNT = PANEL_JUDGE_COUNT_MAX / 64,
    PANEL_NO_CLAUSE = CLAUSE_COUNT_MAX
};

struct panel {
    size_t judge_count;
    struct verdict (*judges[PANEL_JUDGE_COUNT_MAX])(const struct exchange *x);
    uint16_t judge_clause[PANEL_JUDGE_COUNT_MAX];      // what `told` is told: a clause's index
    uint64_t judges_of_any[PANEL_WORD_COUNT];          // a bit per judge
    uint64_t judges_of[SCOPE_COUNT][PANEL_WORD_COUNT]; // the same of each other scope
    uint8_t program_clause[PROGRAM_COUNT]; // the clause behind a program number, PANEL_NO_CLAUSE
    bool only[CLAUSE_COUNT_MAX];           // whose programs have a say
    // Programs that use hooks are run also where what they do cannot be undone; else a case that
    // asks for one there is any request.
    bool acts_for_good;
    bool leaves_acts; // such a case is any request also where it can be undone
    // A program that fails behind acts is not run again with a moment behind each: to make a case
    // smaller that has failed both ways.
    bool is_hasty;
    // told is called with each verdict other than GRADE_NONE. `x` is the exchange judged; for the
    // verdict of a program its last one. Never NULL.
    void (*told)(void *context, size_t clause, struct verdict verdict, const struct exchange *x);
    // Most judges let an exchange pass: that is counted here, by clause and grade, and not told.
    // NULL: it is told.
    uint64_t (*passes)[GRADE_COUNT];
    struct readings *readings; // told what is read in more than one way; NULL: nobody wants to know
    // seen is called with each exchange before it is judged; may be NULL.
    void (*seen)(void *context, const struct exchange *x);
    void *context;
};

// panel_init seats the judges of the clauses in `only` (NULL: all of the table).
void panel_init(struct panel *out, const bool *only,
                void (*told)(void *context, size_t clause, struct verdict verdict,
                             const struct exchange *x),
                void *context);

// panel_clear leaves no judges and no programs, for callers who seat their own with panel_seat.
// `number` is what `told` is told instead of a clause's index. Judges are asked in the order in
// which they were seated.
void panel_clear(struct panel *panel);
void panel_seat(struct panel *panel, struct verdict (*judge)(const struct exchange *x),
                uint64_t scope, size_t number);

// panel_play runs one case: the choices pick world and program, every exchange is judged, and the
// verdict of a clause's program is told too. The world is reset before. Where a world cannot be
// reset the trial's serial goes on, so that transaction ids stay fresh, and acts are undone behind
// the case, if they can be. A program that acts and fails has a second run, slower (struct trial,
// settles), where acts can be undone, else the only run is the slow one: what fails only without
// waiting is tolerated. The trial's `request_count` is that of all runs.
void panel_play(const struct panel *panel, struct trial *trial, struct choices *choices,
                const struct world *worlds, size_t world_count);

#endif

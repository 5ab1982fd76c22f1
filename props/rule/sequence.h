// SPDX-License-Identifier: Apache-2.0
// A sequence: requests and back office steps in any order, and what must hold between the answers
// (GB-STATE-5, and with it GB-METH-4, GB-STATE-1..6, GB-STATE-8, GB-TYPE-2, GB-TYPE-3).
//
// Choices make up to SEQUENCE_STEP_COUNT_MAX steps: ask for a SIM's balances, consume data, let
// time pass, order a plan, enter or leave the walled garden, grant or end a microbalance, limit the
// rate, break the back office, send any other request. An account of each SIM (account.h), made
// from its first answer, follows the steps and says what later answers must be. Back office steps
// are left out where the world cannot do or undo them. At somebody's endpoint they are dear: those
// that would change nothing are left out too, and a SIM is asked for before the first of its own.
// No step at all: one SIM is asked again and again, or enters the walled garden and leaves it, or
// has a microbalance for a moment.
#ifndef BP_PROPS_RULE_SEQUENCE_H
#define BP_PROPS_RULE_SEQUENCE_H

#include "props/rule/trial.h"

enum { SEQUENCE_STEP_COUNT_MAX = 24, SEQUENCE_READ_COUNT = 10 };

// What a step does: the first answer of each step. Others are asked behind it; a role is
// choose(2 * ROLE_COUNT), where the upper half means the role of the step before.
enum sequence_step {
    STEP_ASK,     // role, template: the SIM's whole list
    STEP_FILTER,  // role, country, limit: a part of it
    STEP_CONSUME, // role, amount
    STEP_ADVANCE, // amount of time
    STEP_ORDER,   // role, type, quota, length
    STEP_GARDEN,  // role, in or out
    STEP_MICRO,   // role, granted or ended
    STEP_OTHER,   // any request of intent_choose: it must change nothing
    STEP_LIMIT,   // one request a second, or no limit
    STEP_BREAK,   // broken or mended
    STEP_KIND_COUNT
};

// sequence_run plays the sequence that the trial's choices make, takes limit and fault back, and
// asks once more for every SIM that it asked for. It returns NULL, or why an answer cannot be
// right: static words, lower case, without a full stop. The choices: choose(SEQUENCE_STEP_COUNT_MAX
// + 1) for the number of steps, then the steps. `is_exact`: the endpoint is the reference
// operator's.
const char *sequence_run(struct trial *trial, bool is_exact);

// run_sequence is the program of GB-STATE-5.
struct verdict run_sequence(struct trial *trial);

#endif

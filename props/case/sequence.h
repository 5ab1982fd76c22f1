// SPDX-License-Identifier: Apache-2.0
// A sequence: requests and back office steps in any order, and what must hold between the answers.
//
// Choices make up to SEQUENCE_STEP_COUNT_MAX steps: ask for a SIM's balances, consume data, let
// time pass, order a plan, enter or leave the walled garden, grant or end a microbalance, send any
// other request. A model of its own, made from the first answer for each SIM, follows the steps and
// says what later answers must be (GB-METH-4, GB-STATE-1..6, GB-STATE-8, GB-TYPE-2, GB-TYPE-3).
// The choices are the case: fuzzers, seeds and the shrinker speak it.
#ifndef BP_PROPS_CASE_SEQUENCE_H
#define BP_PROPS_CASE_SEQUENCE_H

#include "props/choice/choices.h"
#include "props/subject/local.h"

enum { SEQUENCE_STEP_COUNT_MAX = 24 };

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
    STEP_KIND_COUNT
};

// sequence_size is the bytes of space for sequence_run, aligned to 16.
size_t sequence_size(void);

// sequence_run resets `local`, plays the sequence that `choices` make against it, and asks once
// more for every SIM that it asked for. It returns NULL, or why an answer cannot be right: static
// words, lower case, without a full stop. The tape: choose(SEQUENCE_STEP_COUNT_MAX + 1) for the
// number of steps, then the steps.
const char *sequence_run(void *space, struct local *local, struct choices *choices);

#endif

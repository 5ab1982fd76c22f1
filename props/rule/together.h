// SPDX-License-Identifier: Apache-2.0
// Several connections at once: what happens on one must not be seen on another (GB-STATE-8,
// GB-HTTP-7, GB-HTTP-9).
//
// What is said about an answer that was given at the same time as others is measured by the answer
// that the same request gets alone, right behind them: nothing else needs to be known of a SIM.
// That one is asked for in the opposite order, so that what leaks from one request into the next
// leaks from another one.
#ifndef BP_PROPS_RULE_TOGETHER_H
#define BP_PROPS_RULE_TOGETHER_H

#include "props/rule/trial.h"

enum { SLOT_ALONE = TOGETHER_COUNT_MAX }; // where a request is asked again alone

// run_apart sends TOGETHER_COUNT_MAX requests for different SIMs at the same time: a list that a
// request gets is the one that it gets alone, and neither the ICCID of another SIM nor the id of
// one of its balances appears in it, unless it appears in the answer alone too.
struct verdict run_apart(struct trial *trial);

// run_beside asks while another connection hangs on a request that was sent in part: it is
// answered nevertheless, or is not when it is alone. To fail it takes two times.
struct verdict run_beside(struct trial *trial);

#endif

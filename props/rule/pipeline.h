// SPDX-License-Identifier: Apache-2.0
// Several requests sent at once, on one connection (pipelining) or each on its own (GB-HTTP-7).
#ifndef BP_PROPS_RULE_PIPELINE_H
#define BP_PROPS_RULE_PIPELINE_H

#include "props/rule/trial.h"

// run_pipeline sends 2, 3 or 10 requests for different SIMs and templates at once, or
// TOGETHER_COUNT_MAX on as many connections, and compares each answer with the one to the same
// request alone.
struct verdict run_pipeline(struct trial *trial);

#endif

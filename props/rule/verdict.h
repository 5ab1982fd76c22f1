// SPDX-License-Identifier: Apache-2.0
// A verdict: what one clause says about one case, and why.
#ifndef BP_PROPS_RULE_VERDICT_H
#define BP_PROPS_RULE_VERDICT_H

#include "props/rule/profile.h"

enum grade {
    GRADE_NONE, // the clause does not speak about this case
    GRADE_PASS,
    GRADE_INFO,      // worth knowing, no judgement
    GRADE_TOLERATED, // deviates from the text; the reading of `key` lets it pass
    GRADE_SKIP,      // a role or hook is missing: not tested, never a pass
    GRADE_FAIL,
    GRADE_COUNT
};

struct verdict {
    enum grade grade;
    enum profile_key key; // KEY_NONE, or the ambiguity that decided
    const char *why; // static words for people, lower case, no full stop; NULL for NONE and PASS
};

static inline struct verdict not_spoken(void)
{
    return (struct verdict){GRADE_NONE, KEY_NONE, NULL};
}
static inline struct verdict pass(void) { return (struct verdict){GRADE_PASS, KEY_NONE, NULL}; }
static inline struct verdict info(const char *why)
{
    return (struct verdict){GRADE_INFO, KEY_NONE, why};
}
static inline struct verdict fail(const char *why)
{
    return (struct verdict){GRADE_FAIL, KEY_NONE, why};
}
// fail_under fails by the reading of `key`: another reading would let it pass.
static inline struct verdict fail_under(enum profile_key key, const char *why)
{
    return (struct verdict){GRADE_FAIL, key, why};
}
static inline struct verdict skip(const char *why)
{
    return (struct verdict){GRADE_SKIP, KEY_NONE, why};
}
static inline struct verdict tolerated(enum profile_key key, const char *why)
{
    return (struct verdict){GRADE_TOLERATED, key, why};
}

#endif

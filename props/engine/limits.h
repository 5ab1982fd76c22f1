// SPDX-License-Identifier: Apache-2.0
// The limits of a target's runs: fuzz_TARGET.options beside the program, in the form that fuzzing
// platforms read. Rows below [libfuzzer] are options of libFuzzer; the rest is passed over.
//
//     [libfuzzer]
//     max_len = 512
//     timeout = 5
#ifndef BP_PROPS_ENGINE_LIMITS_H
#define BP_PROPS_ENGINE_LIMITS_H

#include "base/view.h"

enum { LIMIT_COUNT_MAX = 16 };

struct limit {
    struct view name;
    struct view value;
};

struct limits {
    size_t count;
    struct limit rows[LIMIT_COUNT_MAX]; // views of the text
};

// limits_read reads such a text. Rows that are none, and those that there is no room for, are
// passed over. Pure; cost: linear.
void limits_read(struct limits *out, struct view text);

// limits_find is the value of a row, empty when there is none.
struct view limits_find(const struct limits *limits, struct view name);

#endif

// SPDX-License-Identifier: Apache-2.0
// What an operator attests because no program can test it: who says so, and since when.
//
//     # one line each: KEY = DAY NAME, and what else there is to say
//     cosa.submitted = 2026-03-02 Ada Ng, ticket 4711
//     garden.reached = 2026-05-11 B. Ode: every host, from a SIM without balance
#ifndef BP_PROPS_LAUNCH_ATTEST_H
#define BP_PROPS_LAUNCH_ATTEST_H

#include "base/view.h"

enum { ATTEST_COUNT_MAX = 64, ATTEST_TEXT_LEN_MAX = 1 << 16, ATTEST_WORDS_LEN_MAX = 200 };

struct attest_row {
    struct view key;
    struct view day;   // 2026-03-02
    struct view words; // foreign bytes, at most ATTEST_WORDS_LEN_MAX of them
};

struct attest {
    size_t count;
    struct attest_row rows[ATTEST_COUNT_MAX];
    // On failure:
    size_t line;
    const char *why;   // one clause without a full stop
    struct view given; // the offending part
};

// attest_read reads the lines of `text`; blank ones and those that begin with # are passed over,
// and so are blanks around key and value. It returns false when a line has no '=', the key is not
// one of `keys` or stands there twice, the day does not exist or lies behind `today`, nothing
// follows it, or there are too many lines or octets in one. Views borrow from `text`. Cost:
// quadratic in the lines.
BP_MUST_USE bool attest_read(struct attest *out, struct view text, const char *const *keys,
                             size_t key_count, struct view today);

// attest_find is the row of a key, or NULL.
const struct attest_row *attest_find(const struct attest *attest, struct view key);

#endif

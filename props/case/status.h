// SPDX-License-Identifier: Apache-2.0
// Sets of HTTP statuses. Only statuses that the documents or HTTP itself give a place here have a
// bit.
#ifndef BP_PROPS_CASE_STATUS_H
#define BP_PROPS_CASE_STATUS_H

#include <stdbool.h>
#include <stdint.h>

typedef uint32_t status_set;

enum {
    S200 = 1 << 0,
    S201 = 1 << 1,
    S301 = 1 << 2,
    S400 = 1 << 3,
    S401 = 1 << 4,
    S403 = 1 << 5,
    S404 = 1 << 6,
    S405 = 1 << 7,
    S408 = 1 << 8,
    S409 = 1 << 9,
    S411 = 1 << 10,
    S413 = 1 << 11,
    S414 = 1 << 12,
    S429 = 1 << 13,
    S431 = 1 << 14,
    S500 = 1 << 15,
    S501 = 1 << 16,
    S503 = 1 << 17,
    S505 = 1 << 18,
    S302 = 1 << 19,
    S307 = 1 << 20,
    S308 = 1 << 21,
    S415 = 1 << 22,
    S417 = 1 << 23,
    S421 = 1 << 24,
    S504 = 1 << 25,
};

// status_bit is the bit of `status`, or 0 when it has none.
status_set status_bit(unsigned status);

// status_in says whether `status` is a member of `set`.
static inline bool status_in(unsigned status, status_set set)
{
    return (status_bit(status) & set) != 0;
}

#endif

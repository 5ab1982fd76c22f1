// SPDX-License-Identifier: Apache-2.0
// A guard: the last look at a request before it leaves for somebody's endpoint.
//
// It looks at the bytes, not at what the generator meant. Two kinds are held back, each where it is
// asked for: requests that no ordinary client sends, and requests that might name a subscriber who
// is not in the inventory. What is held back counts as a failure of the world, so that nothing is
// said about the endpoint.
//
// Whose SIM might a request name? A run of 18 to 20 digits that begins with 89, as every ICCID
// does, or like an ICCID of the inventory, is one, in plain octets or behind one or two rounds of
// percent-encoding. It must stand in the inventory. So of the spellings of a known id those pass
// that cannot be another card's number: with a scheme word, letters, filler, escapes, a 0 or x in
// front, without its first digit, plus 2^64, longer than 20 digits. A digit more or less behind a
// known id, an id of another length and a wrong Luhn digit are held back: cards of 18, 19 and 20
// digits exist, and so do ids without a check digit.
#ifndef BP_PROPS_SUBJECT_GUARD_H
#define BP_PROPS_SUBJECT_GUARD_H

#include "props/case/fixture.h"
#include "props/subject/subject.h"

struct guard {
    struct subject inner;
    bool only_plain;               // hold back what is not is_plain
    bool only_known;               // hold back ids outside `known`
    struct view known[ROLE_COUNT]; // ICCIDs; empty ones are none
    bool has_held;                 // the last sending was held back
    uint64_t odd_count;            // held back by only_plain
    uint64_t stranger_count;       // held back by only_known
    // list is called instead of `inner` when it is not NULL: nothing is sent then.
    void (*list)(void *context, const struct sending *sending);
    void *context;
};

// guard_init puts a guard in front of `inner`, with the ICCIDs of `fixture`, that holds nothing
// back yet.
void guard_init(struct guard *guard, struct subject inner, const struct fixture *fixture);

// guard_subject borrows the guard.
struct subject guard_subject(struct guard *guard);

// guard_names_stranger says whether `bytes` hold what might be an ICCID outside `known` (ROLE_COUNT
// of them). Cost: linear.
bool guard_names_stranger(struct view bytes, const struct view *known);

#endif

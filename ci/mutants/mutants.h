// SPDX-License-Identifier: Apache-2.0
// What the list of mutants (mutants.c) and the operators that make them (operators.c) share.
#ifndef BP_CI_MUTANTS_MUTANTS_H
#define BP_CI_MUTANTS_MUTANTS_H

#include <stdint.h>
#include <string.h>

#include "ci/mutants/tokens.h"

struct source {
    const char *path;
    char *text;
    struct tokens tokens;
    const char *kind; // the operator at work
    unsigned count;   // mutants so far
    unsigned wanted;  // the one to apply, 0 to list
    uint64_t *hashes; // of the mutants so far
};

// Text that lies somewhere else.
struct piece {
    const char *text;
    size_t len;
};

// What stands in the place of tokens [first, last]: up to five pieces of text.
struct change {
    size_t first;
    size_t last;
    struct piece pieces[5];
};

static inline struct piece text_piece(const char *text)
{
    return (struct piece){text, strlen(text)};
}

// token_piece is the source of tokens [first, last].
struct piece token_piece(const struct source *s, size_t first, size_t last);

// mutant_offer lists the mutant, or prints it when it is the one wanted.
void mutant_offer(struct source *s, const struct change *change);

// mutants_offer_all offers every mutant of the source, in its order.
void mutants_offer_all(struct source *s);

#endif

// SPDX-License-Identifier: Apache-2.0
// Choices: where the freedom of a test case comes from.
//
// A generator asks "one of n?" and never asks who answers. A random seed, an odometer that visits
// every combination, a fuzzer's bytes or a file may answer; the answers given are recorded as a
// byte string, which is the test case. 0 is always the simplest answer, and past the end of given
// bytes every answer is 0: every byte string is a valid case.
#ifndef BP_PROPS_CHOICE_CHOICES_H
#define BP_PROPS_CHOICE_CHOICES_H

#include "base/view.h"

enum { CHOICES_LEN_MAX = 4096 }; // recorded answers of one case; later ones are 0

enum choices_source { CHOICES_BYTES, CHOICES_RANDOM, CHOICES_ODOMETER };

struct choices {
    enum choices_source source;
    struct view given;                  // CHOICES_BYTES
    uint64_t state;                     // CHOICES_RANDOM: generator state
    size_t len;                         // answers recorded in this run
    size_t odometer_len;                // CHOICES_ODOMETER: answers fixed for this run
    size_t prefix_len;                  // CHOICES_ODOMETER: answers that never turn
    uint8_t tape[CHOICES_LEN_MAX];      // the answers
    uint8_t below_max[CHOICES_LEN_MAX]; // n - 1 of each question
};

// choices_from_bytes answers from `bytes` (borrowed), each byte modulo n; then 0.
void choices_from_bytes(struct choices *c, struct view bytes);

// choices_from_seed answers from a random generator (splitmix64): the same seed gives the same
// answers.
void choices_from_seed(struct choices *c, uint64_t seed);

// choices_next_seed starts another case of the same random stream.
void choices_next_seed(struct choices *c);

// choices_from_odometer starts with the run that begins with the answers `prefix` (at most
// CHOICES_LEN_MAX, kept as they are in every run) and in which every other answer is 0.
void choices_from_odometer(struct choices *c, struct view prefix);

// choices_next_run goes to the next combination of the odometer; false when all have been seen.
// Cost: the length of the last run.
bool choices_next_run(struct choices *c);

// A place of an odometer: the run that was just made, to be gone on from later.
enum { CHOICES_PLACE_LEN_MAX = 24 };

struct choices_place {
    uint8_t len;
    uint8_t prefix_len;
    uint8_t tape[CHOICES_PLACE_LEN_MAX];
    uint8_t below_max[CHOICES_PLACE_LEN_MAX];
};

// choices_keep keeps the place of an odometer; false when the run is longer than
// CHOICES_PLACE_LEN_MAX answers. choices_resume goes back there: choices_next_run goes on.
bool choices_keep(struct choices_place *out, const struct choices *c);
void choices_resume(struct choices *c, const struct choices_place *place);

// choices_given answers for sources other than CHOICES_RANDOM; private to choose.
unsigned choices_given(const struct choices *c, unsigned n);

// choose answers a number in [0, n), 1 <= n <= 256. When n is 1 nothing is asked or recorded.
static inline unsigned choose(struct choices *c, unsigned n)
{
    size_t at = c->len;
    if (n == 1 || at == CHOICES_LEN_MAX)
        return 0;
    unsigned answer;
    if (c->source == CHOICES_RANDOM) {
        c->state += 0x9E3779B97F4A7C15u;
        uint64_t z = (c->state ^ (c->state >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        answer = (unsigned)(((z >> 32) * n) >> 32);
    } else {
        answer = choices_given(c, n);
    }
    c->tape[at] = (uint8_t)answer;
    c->below_max[at] = (uint8_t)(n - 1);
    c->len = at + 1;
    return answer;
}

// choices_amend makes the last answer another one in the case, for a question whose answer did not
// count.
void choices_amend(struct choices *c, unsigned answer);

// choose_wide is choose for n up to 65,536: two answers, the high part first.
unsigned choose_wide(struct choices *c, unsigned n);

// choices_tape is the case: the answers recorded so far, with zeros at the end left out. It stays
// valid until the next answer.
struct view choices_tape(const struct choices *c);

#endif

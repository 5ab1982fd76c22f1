// SPDX-License-Identifier: Apache-2.0
// A text with known mutants: sample.mutants has them. For ci/mutants.sh --selftest.
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NEVER (1 + 1)

enum { ROOM = 0x1f, HALF = ROOM / 2 };

_Static_assert(ROOM > 1, "not < mutated");

static const struct row {
    unsigned char low;
    double share;
} rows[2] = {{'a', 0.5}, {'\'', 1}};

/* Neither a < b here. */
static int pick(const unsigned char *at, size_t len, bool is_last)
{
    uint8_t held[4] = {0};
    const struct row *row = &rows[len % 2];
    assert(len < sizeof held);
    for (size_t i = 0; i < len; i++)
        held[i] = (uint8_t)(at[i] & ~1u); // not this + either
    (void)is_last;
    if (is_last && !(len <= 3))
        return -1;
    else
        held[0] = 7;
    switch (held[0]) {
    case 'x':
        held[1]++;
        break;
    default:
        return *at == row->low ? held[1] : (int)-2;
    }
    while (len-- > 0) {
        if (at[len] == ';')
            continue;
        return true;
    }
    return held[0] * held[1];
}

int main(void) { return pick((const unsigned char[]){1, 2}, 2, false) - NEVER; }

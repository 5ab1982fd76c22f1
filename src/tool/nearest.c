// SPDX-License-Identifier: Apache-2.0
#include "tool/nearest.h"

#include <string.h>

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

size_t edit_distance(const char *a, const char *b)
{
    size_t a_len = strlen(a);
    size_t b_len = strlen(b);
    if (a_len > NEAREST_LEN_MAX || b_len > NEAREST_LEN_MAX)
        return NEAREST_LEN_MAX + 1;
    size_t rows[3][NEAREST_LEN_MAX + 1]; // distances of the last prefixes of `a`, by prefix of `b`
    for (size_t j = 0; j <= b_len; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t *now = rows[i % 3];
        const size_t *before = rows[(i + 2) % 3];
        const size_t *two_before = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t change = before[j - 1] + (a[i - 1] != b[j - 1]);
            now[j] = smaller(change, smaller(before[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = smaller(now[j], two_before[j - 2] + 1);
        }
    }
    return rows[a_len % 3][b_len];
}

const char *nearest_word(const char *word, const char *(*word_at)(const void *table, size_t index),
                         const void *table, size_t count)
{
    const char *best = NULL;
    size_t best_distance = NEAREST_DISTANCE_MAX + 1;
    for (size_t i = 0; i < count; i++) {
        size_t distance = edit_distance(word, word_at(table, i));
        if (distance < best_distance) {
            best_distance = distance;
            best = word_at(table, i);
        }
    }
    return best;
}

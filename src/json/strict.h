// SPDX-License-Identifier: Apache-2.0
// What yajl is too kind about, checked on the raw bytes before yajl sees them: UTF-8, escapes and
// surrogate pairs, control characters, depth, the length of numbers.
//
// The scanner also knows where tokens end, so that yajl is only given whole tokens. Brackets are
// counted, not matched; words (numbers, true, false, null and wrong ones) are not looked into:
// that is the grammar, and yajl's part.
#ifndef BP_JSON_STRICT_H
#define BP_JSON_STRICT_H

#include "base/reason.h"
#include "base/view.h"

struct bp_strict {
    uint8_t state; // 0 between tokens, BP_STRICT_STRING within a string; more in strict.c
    bool is_number_word;
    int32_t depth;
    uint32_t word_len;
};

// BP_STRICT_STRING is the state in a string between its characters: octets that mean themselves
// (PLAIN_TO_READ) change nothing.
enum { BP_STRICT_STRING = 2 };

// BP_STRICT_NO_END says that no token ends.
#define BP_STRICT_NO_END SIZE_MAX

// bp_strict_scan reads the next bytes of a text; `*s` is all zero at its start. It returns how many
// bytes are good: v.len, or the place of an octet that no JSON text has there, with `*reason`,
// which is BP_REASON_NONE otherwise. `*whole_len` is how many bytes belong to whole tokens and the
// white space behind them, or BP_STRICT_NO_END. Any split of a text gives the same answer. Cost:
// linear.
size_t bp_strict_scan(struct bp_strict *s, size_t *whole_len, enum bp_reason *reason,
                      struct view v);

// bp_strict_is_in_string and bp_strict_is_in_word say what the text breaks off in.
bool bp_strict_is_in_string(const struct bp_strict *s);
bool bp_strict_is_in_word(const struct bp_strict *s);

// bp_strict_is_word says whether `c` may belong to a number or another word.
bool bp_strict_is_word(char c);

#endif

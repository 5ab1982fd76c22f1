// SPDX-License-Identifier: Apache-2.0
// The mutator: changes of inputs that know what the bytes are.
//
// It needs no setting for a target: it looks at the bytes. HTTP messages, request targets, query
// strings, lines of fields, JSON, other texts, and choices (bytes that mostly are small numbers)
// are told apart, and a part of what is recognised is changed: values from the grammar's tables,
// numbers at their limits, items dropped, doubled, swapped, moved, nested, framing, percent
// sequences. What fits nothing is changed as bytes. One change in five is of one of the last
// octets, where many targets keep what is done with the rest.
//
// Everything here is a function of its arguments: no memory is allocated, nothing is remembered,
// the cost is linear in the capacity. mutate_libfuzzer.c and mutate_afl.c are how engines call it.
#ifndef BP_FUZZ_MUTATE_H
#define BP_FUZZ_MUTATE_H

#include <stddef.h>
#include <stdint.h>

// bp_mutate changes the input of `len` bytes in place and returns its new length, at most `cap`,
// which is the room at `bytes`. Of an input longer than `cap` the rest is cut off. The input may
// come back as it was, but seldom does.
size_t bp_mutate(uint8_t *bytes, size_t len, size_t cap, uint64_t seed);

// bp_mutate_bytes is bp_mutate that looks at no structure.
size_t bp_mutate_bytes(uint8_t *bytes, size_t len, size_t cap, uint64_t seed);

// bp_cross_over writes to `out` the first input with a part of the second: a parameter, a line, a
// message, a JSON value where both have them, else any bytes. The length is at most `cap`. `out`
// overlaps neither input.
size_t bp_cross_over(const uint8_t *first, size_t first_len, const uint8_t *second,
                     size_t second_len, uint8_t *out, size_t cap, uint64_t seed);

#endif

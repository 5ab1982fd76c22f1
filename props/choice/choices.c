// SPDX-License-Identifier: Apache-2.0
#include "props/choice/choices.h"

#include <assert.h>

void choices_from_bytes(struct choices *c, struct view bytes)
{
    c->source = CHOICES_BYTES;
    c->given = bytes;
    c->len = 0;
}

void choices_from_seed(struct choices *c, uint64_t seed)
{
    c->source = CHOICES_RANDOM;
    c->state = seed;
    c->len = 0;
}

void choices_next_seed(struct choices *c)
{
    assert(c->source == CHOICES_RANDOM);
    c->len = 0;
}

void choices_from_odometer(struct choices *c, struct view prefix)
{
    assert(prefix.len <= CHOICES_LEN_MAX);
    c->source = CHOICES_ODOMETER;
    c->len = 0;
    c->odometer_len = prefix.len;
    c->prefix_len = prefix.len;
    if (prefix.len != 0)
        memcpy(c->tape, prefix.data, prefix.len);
}

bool choices_next_run(struct choices *c)
{
    assert(c->source == CHOICES_ODOMETER);
    size_t at = c->len;
    while (at > c->prefix_len) {
        at--;
        if (c->tape[at] < c->below_max[at]) {
            c->tape[at]++;
            c->odometer_len = at + 1;
            c->len = 0;
            return true;
        }
    }
    return false;
}

bool choices_keep(struct choices_place *out, const struct choices *c)
{
    assert(c->source == CHOICES_ODOMETER);
    if (c->len > CHOICES_PLACE_LEN_MAX)
        return false;
    out->len = (uint8_t)c->len;
    out->prefix_len = (uint8_t)c->prefix_len;
    memcpy(out->tape, c->tape, c->len);
    memcpy(out->below_max, c->below_max, c->len);
    return true;
}

void choices_resume(struct choices *c, const struct choices_place *place)
{
    c->source = CHOICES_ODOMETER;
    c->len = c->odometer_len = place->len;
    c->prefix_len = place->prefix_len;
    memcpy(c->tape, place->tape, place->len);
    memcpy(c->below_max, place->below_max, place->len);
}

unsigned choices_given(const struct choices *c, unsigned n)
{
    assert(n >= 1 && n <= 256);
    if (c->source == CHOICES_ODOMETER)
        return c->len < c->odometer_len ? c->tape[c->len] % n : 0;
    return c->len < c->given.len ? (unsigned char)c->given.data[c->len] % n : 0;
}

void choices_amend(struct choices *c, unsigned answer)
{
    if (c->len != 0)
        c->tape[c->len - 1] = (uint8_t)answer;
}

unsigned choose_wide(struct choices *c, unsigned n)
{
    assert(n >= 1 && n <= 65536);
    unsigned high_max = (n - 1) / 256;
    unsigned high = choose(c, high_max + 1);
    unsigned low = choose(c, high == high_max ? (n - 1) % 256 + 1 : 256);
    return high * 256 + low;
}

struct view choices_tape(const struct choices *c)
{
    size_t len = c->len;
    while (len != 0 && c->tape[len - 1] == 0)
        len--;
    return view_of((const char *)c->tape, len);
}

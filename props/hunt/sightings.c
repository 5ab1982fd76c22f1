// SPDX-License-Identifier: Apache-2.0
#include "props/hunt/sightings.h"

enum { DESCRIPTION_LEN_MAX = 1024 };

struct sighting *sightings_find(struct sightings *sightings, const struct signature *signature)
{
    uint64_t key = signature_key(signature);
    for (size_t i = 0; i < sightings->count; i++)
        if (sightings->rows[i].key == key)
            return &sightings->rows[i];
    return NULL;
}

struct sighting *sightings_see(struct sightings *sightings, const struct signature *signature,
                               bool *is_new)
{
    struct sighting *row = sightings_find(sightings, signature);
    *is_new = row == NULL && sightings->count < SIGHTING_COUNT_MAX;
    if (*is_new) {
        row = &sightings->rows[sightings->count++];
        *row = (struct sighting){.key = signature_key(signature), .signature = *signature};
    }
    if (row != NULL)
        row->count++;
    return row;
}

// Whether the pair was not there, and is now.
static bool add_pair(struct sightings *sightings, uint64_t key)
{
    key += key == 0;
    size_t at = key % SIGHTING_SLOT_COUNT;
    while (sightings->pairs[at] != 0 && sightings->pairs[at] != key)
        at = (at + 1) % SIGHTING_SLOT_COUNT;
    bool is_new = sightings->pairs[at] == 0 && sightings->pair_count < SIGHTING_PAIR_COUNT_MAX;
    if (is_new) {
        sightings->pairs[at] = key;
        sightings->pair_count++;
    }
    return is_new;
}

size_t sightings_see_pairs(struct sightings *sightings, const struct intent *intent, uint64_t key)
{
    size_t new_count = 0;
    for (unsigned axes = intent->changed_axes; axes != 0; axes &= axes - 1) {
        unsigned axis = (unsigned)__builtin_ctz(axes);
        // Roles have no senses, but rows.
        unsigned what = axis == AXIS_ROLE ? intent->row[axis] : intent->sense[axis];
        new_count += add_pair(sightings, digest_mix(key, (uint64_t)axis << 8 | what));
    }
    return new_count;
}

void sighting_describe(struct sighting *row, const struct exchange *x)
{
    char space[DESCRIPTION_LEN_MAX];
    struct buf words = BUF(space);
    if (x->intent == NULL)
        buf_put_text(&words, "bytes of a clause's program");
    else
        intent_describe(&words, x->intent, x->fixture);
    size_t len = words.len < sizeof row->words ? words.len : sizeof row->words;
    memcpy(row->words, space, len);
    row->words_len = (uint8_t)len;
}

// SPDX-License-Identifier: Apache-2.0
#include "operator/replay.h"

#include <assert.h>

static inline uint64_t rotate(uint64_t x, unsigned by) { return (x << by) | (x >> (64 - by)); }

static inline void sip_round(uint64_t v[4])
{
    v[0] += v[1];
    v[2] += v[3];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] = rotate(v[0], 32);
    v[2] += v[1];
    v[0] += v[3];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] = rotate(v[2], 32);
}

static inline void sip_block(uint64_t v[4], uint64_t block)
{
    v[3] ^= block;
    sip_round(v);
    sip_round(v);
    v[0] ^= block;
}

static inline uint64_t sip_digest(uint64_t v[4])
{
    for (unsigned i = 0; i < 4; i++)
        sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

// Eight octets, the first one lowest; compilers make one load of it.
static inline uint64_t read_block(const char *at)
{
    const unsigned char *byte = (const unsigned char *)at;
    return (uint64_t)byte[0] | (uint64_t)byte[1] << 8 | (uint64_t)byte[2] << 16 |
           (uint64_t)byte[3] << 24 | (uint64_t)byte[4] << 32 | (uint64_t)byte[5] << 40 |
           (uint64_t)byte[6] << 48 | (uint64_t)byte[7] << 56;
}

// The 0..7 octets from `at` on, which are the last, and the length of all of them in the highest
// octet. Of eight or more octets the last eight are read at once.
static inline uint64_t read_last_block(struct view bytes, size_t at)
{
    uint64_t block = (uint64_t)bytes.len << 56;
    unsigned left = (unsigned)(bytes.len - at);
    if (left != 0 && at != 0)
        return block | read_block(bytes.data + bytes.len - 8) >> 8 * (8 - left);
    for (unsigned i = 0; i < left; i++)
        block |= (uint64_t)(unsigned char)bytes.data[i] << 8 * i;
    return block;
}

void bp_siphash128(uint64_t out[2], const uint64_t key[2], struct view bytes)
{
    uint64_t v[4] = {key[0] ^ 0x736f6d6570736575, key[1] ^ 0x646f72616e646f6d ^ 0xee,
                     key[0] ^ 0x6c7967656e657261, key[1] ^ 0x7465646279746573};
    size_t at = 0;
    for (; bytes.len - at >= 8; at += 8)
        sip_block(v, read_block(bytes.data + at));
    sip_block(v, read_last_block(bytes, at));
    v[2] ^= 0xee;
    out[0] = sip_digest(v);
    v[1] ^= 0xdd;
    out[1] = sip_digest(v);
}

static size_t slot_mask(const struct bp_replay *replay) { return 2 * replay->entry_count - 1; }

static size_t home_of(const struct bp_replay *replay, const struct bp_replay_entry *entry)
{
    return (size_t)entry->digest[0] & slot_mask(replay);
}

static struct bp_replay_entry *entry_at(const struct bp_replay *replay, uint32_t slot)
{
    return &replay->entries[slot - 1];
}

void bp_replay_init(struct bp_replay *replay, struct bp_replay_entry *entries, uint32_t *slots,
                    size_t entry_count, const uint64_t key[2], int64_t window_ms)
{
    assert(entry_count >= 1 && entry_count <= BP_REPLAY_COUNT_MAX);
    assert((entry_count & (entry_count - 1)) == 0);
    *replay = (struct bp_replay){entries, slots, entry_count, {key[0], key[1]}, window_ms, 0};
    memset(slots, 0, 2 * entry_count * sizeof slots[0]);
}

// A run of full slots is emptied from some place to its end, so no run keeps a hole with full slots
// behind it that a later pass would miss.
void bp_replay_clear(struct bp_replay *replay)
{
    size_t live =
        replay->written < replay->entry_count ? (size_t)replay->written : replay->entry_count;
    for (size_t i = 0; i < live; i++) {
        size_t at = home_of(replay, &replay->entries[i]);
        for (; replay->slots[at] != 0; at = (at + 1) & slot_mask(replay))
            replay->slots[at] = 0;
    }
    replay->written = 0;
}

// Takes slot `hole` out and moves later ones of its run back, so that searches need no tombstones.
static void remove_slot(struct bp_replay *replay, size_t hole)
{
    size_t mask = slot_mask(replay);
    for (size_t at = (hole + 1) & mask; replay->slots[at] != 0; at = (at + 1) & mask) {
        size_t home = home_of(replay, entry_at(replay, replay->slots[at]));
        if (((at - home) & mask) < ((at - hole) & mask))
            continue;
        replay->slots[hole] = replay->slots[at];
        hole = at;
    }
    replay->slots[hole] = 0;
}

static void forget_entry(struct bp_replay *replay, uint32_t slot)
{
    size_t at = home_of(replay, entry_at(replay, slot));
    while (replay->slots[at] != 0 && replay->slots[at] != slot)
        at = (at + 1) & slot_mask(replay);
    if (replay->slots[at] != 0)
        remove_slot(replay, at);
}

// The slot of the entry with that digest, or the free slot where a search for it ends.
static size_t find_slot(const struct bp_replay *replay, const struct bp_replay_entry *wanted)
{
    size_t at = home_of(replay, wanted);
    for (; replay->slots[at] != 0; at = (at + 1) & slot_mask(replay)) {
        const struct bp_replay_entry *entry = entry_at(replay, replay->slots[at]);
        if (entry->digest[0] == wanted->digest[0] && entry->digest[1] == wanted->digest[1])
            break;
    }
    return at;
}

void bp_replay_restore(struct bp_replay *replay, const struct bp_replay_entry *entry)
{
    uint32_t slot = (uint32_t)(replay->written & (replay->entry_count - 1)) + 1;
    if (replay->written >= replay->entry_count)
        forget_entry(replay, slot);
    *entry_at(replay, slot) = *entry;
    // An id whose window is over still has its slot, which now leads to the new entry.
    replay->slots[find_slot(replay, entry)] = slot;
    replay->written++;
}

bool bp_replay_is_repeat(struct bp_replay *replay, struct view id, int64_t now_ms)
{
    struct bp_replay_entry entry = {.seen_ms = now_ms};
    bp_siphash128(entry.digest, replay->key, id);
    size_t at = find_slot(replay, &entry);
    bool is_known = replay->slots[at] != 0;
    if (is_known && now_ms - entry_at(replay, replay->slots[at])->seen_ms < replay->window_ms)
        return true;
    bp_replay_restore(replay, &entry);
    return false;
}

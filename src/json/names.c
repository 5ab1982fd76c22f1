// SPDX-License-Identifier: Apache-2.0
#include "json/names.h"

// A name and the object that has it.
struct key {
    struct view name;
    uint32_t owner;
};

enum { OWNER_SYMBOLS = 4 };

// A name may come for which there is no node any more.
static size_t branch_space(size_t node_count_max)
{
    return ((node_count_max + 1) * sizeof(struct bp_branch) + 15) / 16 * 16;
}

static size_t bucket_count(size_t node_count_max)
{
    size_t count = 4;
    while (count < node_count_max)
        count *= 2;
    return count;
}

size_t bp_names_space(size_t node_count_max)
{
    return branch_space(node_count_max) + bucket_count(node_count_max) * sizeof(struct bp_bucket);
}

void bp_names_init(struct bp_names *names, void *space, size_t node_count_max)
{
    names->branches = space;
    names->buckets = (void *)((char *)space + branch_space(node_count_max));
    names->bucket_mask = (uint32_t)bucket_count(node_count_max) - 1;
    names->text = UINT32_MAX;
    bp_names_reset(names);
}

void bp_names_reset(struct bp_names *names)
{
    if (++names->text != 0)
        return;
    memset(names->buckets, 0, (names->bucket_mask + (size_t)1) * sizeof names->buckets[0]);
    names->text = 1;
}

static uint32_t *root_of(struct bp_names *names, uint64_t hash)
{
    struct bp_bucket *bucket = &names->buckets[hash & names->bucket_mask];
    if (bucket->text != names->text)
        *bucket = (struct bp_bucket){0, names->text};
    return &bucket->root;
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

static uint64_t hash_of(const struct key *key)
{
    uint64_t hash = mix(key->owner, key->name.len);
    size_t i = 0;
    for (; key->name.len - i >= 8; i += 8) {
        uint64_t word;
        memcpy(&word, key->name.data + i, sizeof word);
        hash = mix(hash, word);
    }
    uint64_t rest = 0;
    for (; i < key->name.len; i++)
        rest = rest << 8 | (unsigned char)key->name.data[i];
    return mix(hash, rest);
}

// The symbols of a key: the octets of the name, an end, the octets of the owner, and nothing.
static unsigned symbol_at(const struct key *key, size_t at)
{
    if (at < key->name.len)
        return 0x100U | (unsigned char)key->name.data[at];
    size_t behind = at - key->name.len;
    return behind == 0 || behind > OWNER_SYMBOLS ? 0 : key->owner >> 8 * (behind - 1) & 0xff;
}

static bool is_branch(uint32_t ref) { return (ref & 1) == 0; }

static uint32_t *child_of(struct bp_branch *branch, const struct key *key)
{
    return &branch->children[(symbol_at(key, branch->at) & branch->mask) != 0];
}

// The first symbol in which the keys differ, or what is behind the last when they are equal.
static size_t first_difference(const struct key *a, const struct key *b)
{
    size_t len = a->name.len < b->name.len ? a->name.len : b->name.len;
    size_t i = 0;
    while (i < len && a->name.data[i] == b->name.data[i])
        i++;
    while (i <= len + OWNER_SYMBOLS && symbol_at(a, i) == symbol_at(b, i))
        i++;
    return i;
}

static unsigned highest_bit(unsigned bits)
{
    while ((bits & (bits - 1)) != 0)
        bits &= bits - 1;
    return bits;
}

static bool insert(struct bp_names *names, const struct bp_json_node *nodes, const struct key *key,
                   uint32_t index)
{
    uint32_t *root = root_of(names, hash_of(key));
    struct bp_branch *branch = &names->branches[index];
    branch->owner = key->owner;
    if (*root == 0) {
        *root = index * 2 + 1;
        return true;
    }
    // The one key in the tree that shares the longest beginning with `key`.
    uint32_t ref = *root;
    while (is_branch(ref))
        ref = *child_of(&names->branches[ref >> 1], key);
    struct key nearest = {nodes[ref >> 1].name, names->branches[ref >> 1].owner};
    size_t at = first_difference(key, &nearest);
    unsigned mask = highest_bit(symbol_at(key, at) ^ symbol_at(&nearest, at));
    if (mask == 0)
        return false;
    uint32_t *place = root;
    while (is_branch(*place)) {
        struct bp_branch *above = &names->branches[*place >> 1];
        if (above->at > at || (above->at == at && above->mask < mask))
            break;
        place = child_of(above, key);
    }
    unsigned side = (symbol_at(key, at) & mask) != 0;
    branch->at = (uint32_t)at;
    branch->mask = mask;
    branch->children[side] = index * 2 + 1;
    branch->children[1 - side] = *place;
    *place = index * 2;
    return true;
}

bool bp_names_add(struct bp_names *names, const struct bp_json_node *object,
                  const struct bp_json_node *nodes, struct view name, uint32_t index)
{
    uint32_t owner = (uint32_t)(object - nodes);
    if (object->count == BP_NAMES_FEW) {
        uint32_t member = owner + 1;
        for (unsigned i = 0; i < BP_NAMES_FEW; i++) {
            struct key key = {nodes[member].name, owner};
            (void)insert(names, nodes, &key, member); // they are known to differ
            member = nodes[member].next;
        }
    }
    return insert(names, nodes, &(struct key){name, owner}, index);
}

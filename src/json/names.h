// SPDX-License-Identifier: Apache-2.0
// The member names of the objects of one text, to find a name that stands twice in its object.
//
// Up to eight names are compared one by one. The names of larger objects go into a hash table,
// keyed by object and name, whose buckets are binary trees in which every branch asks for the first
// bit in which its two sides differ (crit-bit trees). A bucket has about one name; a text made so
// that one bucket has them all costs some steps for each bit of a name, and is still read in linear
// time.
#ifndef BP_JSON_NAMES_H
#define BP_JSON_NAMES_H

#include "json/json_read.h"

enum { BP_NAMES_FEW = 8 };

// A bp_branch asks for the bits `mask` of the symbol `at` of a key. Each child is a branch or a
// name: twice the index of a branch, or twice the index of a node and one. Every name in the table
// comes with one branch, which has its node's index, and says whose name it is.
struct bp_branch {
    uint32_t children[2];
    uint32_t at;
    uint32_t mask;
    uint32_t owner; // index of the object whose member the node of the same index is
};

// A bp_bucket is empty unless it was filled for the present text: nothing is cleared between texts.
struct bp_bucket {
    uint32_t root; // a child, or 0
    uint32_t text; // serial of the text it was filled for
};

struct bp_names {
    struct bp_branch *branches;
    struct bp_bucket *buckets;
    uint32_t bucket_mask;
    uint32_t text; // serial of the present text, never 0
};

// bp_names_space is how many bytes bp_names_init needs for texts of at most `node_count_max`
// values, a multiple of 16; the space is aligned to 16.
size_t bp_names_space(size_t node_count_max);

// bp_names_init makes an empty table in `space`. Cost: linear in the space.
void bp_names_init(struct bp_names *names, void *space, size_t node_count_max);

// bp_names_reset forgets all names, for another text. Cost: constant, but for every 2^32nd text.
void bp_names_reset(struct bp_names *names);

// bp_names_has says whether a member of `object`, all of which are complete, is called `name`; for
// objects of few members.
static inline bool bp_names_has(const struct bp_json_node *object, const struct bp_json_node *nodes,
                                struct view name)
{
    const struct bp_json_node *member = object + 1;
    for (uint32_t left = object->count; left != 0; left--) {
        if (view_equal(member->name, name))
            return true;
        member = &nodes[member->next];
    }
    return false;
}

// bp_names_add takes `name` for the member behind the members of `object`, which are all complete
// and at least BP_NAMES_FEW; its value will be node `index`. It returns false when a member has
// this name.
bool bp_names_add(struct bp_names *names, const struct bp_json_node *object,
                  const struct bp_json_node *nodes, struct view name, uint32_t index);

#endif

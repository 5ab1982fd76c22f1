// SPDX-License-Identifier: Apache-2.0
#include "props/rule/memo.h"

// An entry keeps a reader of its own: the nodes of its text live there.
struct memo_entry {
    struct bp_json_reader *reader;
    uint64_t hash;
    uint64_t age; // the memo's, when the text was read
    size_t len;   // of the text; 0: nothing is remembered
    bool is_json;
    struct bp_fault fault; // its place is in `text`
    const struct bp_json_node *nodes;
    size_t node_count;
    struct memo_list list;
    char text[MEMO_LEN_MAX];
};

struct memo {
    uint64_t hit_count;
    uint64_t age;           // how often everything was forgotten
    struct memo_list *list; // of the entry that was used last, or NULL
    struct memo_entry entries[MEMO_ENTRY_COUNT];
};

static size_t align(size_t n) { return (n + 15) & ~(size_t)15; }

static size_t reader_size(void) { return align(bp_json_space(MEMO_LEN_MAX, MEMO_NODE_COUNT_MAX)); }

size_t memo_size(void) { return align(sizeof(struct memo)) + MEMO_ENTRY_COUNT * reader_size(); }

struct memo *memo_init(void *space)
{
    struct memo *memo = space;
    char *at = (char *)space + align(sizeof *memo);
    memo->hit_count = 0;
    memo->age = 0;
    memo->list = NULL;
    for (unsigned i = 0; i < MEMO_ENTRY_COUNT; i++) {
        memo->entries[i].reader = bp_json_open(at, MEMO_LEN_MAX, MEMO_NODE_COUNT_MAX);
        memo->entries[i].hash = 0;
        memo->entries[i].age = 0;
        memo->entries[i].len = 0;
        at += reader_size();
    }
    return memo;
}

struct memo_list *memo_list(struct memo *memo) { return memo->list; }

void memo_forget(struct memo *memo)
{
    memo->list = NULL;
    memo->age++;
}

uint64_t memo_hit_count(const struct memo *memo) { return memo->hit_count; }

static uint64_t swap_halves(uint64_t word) { return word << 32 | word >> 32; }

// Eight octets at a time; nobody attacks this table, a collision only costs a reading.
static uint64_t hash_of(struct view text)
{
    const uint64_t factor = 0x9E3779B97F4A7C15u;
    uint64_t hash = text.len * factor;
    size_t i = 0;
    for (; i + 8 <= text.len; i += 8) {
        uint64_t word;
        memcpy(&word, text.data + i, 8);
        hash = (swap_halves(hash) ^ word) * factor;
    }
    uint64_t rest = 0;
    memcpy(&rest, text.data + i, text.len - i);
    hash = (swap_halves(hash) ^ rest) * factor;
    return hash ^ hash >> 32;
}

// A text with too many values is read with the larger reader.
static bool lacks_room(const struct memo_entry *entry)
{
    return !entry->is_json && entry->fault.reason == BP_REASON_JSON_SPACE;
}

static void remember(struct memo_entry *entry, struct view text, uint64_t hash)
{
    entry->hash = hash;
    entry->len = text.len;
    memcpy(entry->text, text.data, text.len);
    entry->list.is_kept = false;
    entry->nodes = NULL;
    entry->node_count = 0;
    entry->fault = (struct bp_fault){BP_REASON_NONE, view_of(NULL, 0)};
    entry->is_json = bp_json_read(entry->reader, &entry->fault, &entry->nodes, &entry->node_count,
                                  view_of(entry->text, text.len));
}

bool memo_read(struct memo *memo, struct bp_json_reader *reader, struct bp_fault *fault,
               const struct bp_json_node **nodes, size_t *node_count, struct view text)
{
    memo->list = NULL;
    if (text.len == 0 || text.len > MEMO_LEN_MAX)
        return bp_json_read(reader, fault, nodes, node_count, text);
    uint64_t hash = hash_of(text);
    struct memo_entry *entry = &memo->entries[hash % MEMO_ENTRY_COUNT];
    bool is_fresh = entry->age == memo->age && entry->hash == hash;
    if (is_fresh && view_equal(view_of(entry->text, entry->len), text)) {
        memo->hit_count++;
    } else {
        remember(entry, text, hash);
        entry->age = memo->age;
    }
    if (lacks_room(entry))
        return bp_json_read(reader, fault, nodes, node_count, text);
    if (!entry->is_json) {
        struct view where = entry->fault.where;
        if (where.data != NULL)
            where.data = text.data + (where.data - entry->text);
        return bp_refuse(fault, entry->fault.reason, where);
    }
    memo->list = &entry->list;
    *nodes = entry->nodes;
    *node_count = entry->node_count;
    return true;
}

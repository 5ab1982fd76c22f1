// SPDX-License-Identifier: Apache-2.0
#include "server/state.h"

#include "tool/text.h"

enum { HEX_LEN = 32, DIGEST_COUNT = 2 };

#define CLOCK_MS_MAX 1e14 // the year 5138; what a double counts exactly

static void put_numbers(struct buf *out, const uint64_t numbers[DIGEST_COUNT])
{
    for (unsigned i = 0; i < DIGEST_COUNT; i++)
        text_put_hex(out, numbers[i], HEX_LEN / DIGEST_COUNT);
}

static bool read_hex(uint64_t numbers[DIGEST_COUNT], struct view text)
{
    if (text.len != HEX_LEN)
        return false;
    for (unsigned i = 0; i < HEX_LEN; i++) {
        int digit = byte_hex(text.data[i]);
        if (digit < 0)
            return false;
        uint64_t *number = &numbers[i / 16];
        *number = (i % 16 == 0 ? 0 : *number << 4) | (unsigned)digit;
    }
    return true;
}

static void put_seen(struct buf *out, const struct bp_replay *replay)
{
    uint64_t count = replay->written < replay->entry_count ? replay->written : replay->entry_count;
    for (uint64_t i = replay->written - count; i < replay->written; i++) {
        const struct bp_replay_entry *entry = &replay->entries[i & (replay->entry_count - 1)];
        buf_put_text(out, i == replay->written - count ? "\n\"" : ",\n\"");
        put_numbers(out, entry->digest);
        buf_put_byte(out, ' ');
        buf_put_signed(out, entry->seen_ms);
        buf_put_byte(out, '"');
    }
}

void state_put(struct buf *out, const struct office *office)
{
    const struct bp_deployment *deployment = office->deployment;
    int64_t now_ms = office_now_ms(office);
    buf_put_text(out, "{\"operator\":{\"clockMs\":");
    buf_put_signed(out, now_ms);
    buf_put_text(out, ",\"aheadMs\":");
    buf_put_signed(out, office->ahead_ms);
    buf_put_text(out, ",\"replayKey\":\"");
    put_numbers(out, deployment->replay.key);
    buf_put_text(out, "\",\"seen\":[");
    put_seen(out, &deployment->replay);
    buf_put_text(out, "]},\n");
    bp_inventory_put(out, &deployment->inventory, now_ms);
    buf_put_text(out, "}\n");
}

struct reading {
    const struct bp_json_node *nodes;
    const struct bp_json_node *object;
};

static const struct bp_json_node *find(const struct reading *reading, struct view name,
                                       enum bp_json_kind kind)
{
    const struct bp_json_node *node = bp_json_find(reading->nodes, reading->object, name);
    return node != NULL && node->kind == kind ? node : NULL;
}

static bool read_ms(int64_t *out, const struct reading *reading, struct view name, double max)
{
    const struct bp_json_node *node = find(reading, name, BP_JSON_NUMBER);
    if (node == NULL || node->number < 0 || node->number > max)
        return false;
    *out = (int64_t)node->number;
    return true;
}

static bool read_entry(struct bp_replay_entry *out, const struct bp_json_node *node)
{
    out->seen_ms = 0;
    if (node->kind != BP_JSON_STRING || node->text.len < HEX_LEN + 2)
        return false;
    struct view ms = view_from(node->text, HEX_LEN + 1);
    for (size_t i = 0; i < ms.len; i++) {
        if (!byte_is_digit(ms.data[i]) || i == 15)
            return false;
        out->seen_ms = out->seen_ms * 10 + (ms.data[i] - '0');
    }
    return read_hex(out->digest, view_first(node->text, HEX_LEN)) &&
           node->text.data[HEX_LEN] == ' ';
}

static bool read_seen(struct state *out, const struct reading *reading)
{
    const struct bp_json_node *list = find(reading, VIEW("seen"), BP_JSON_ARRAY);
    out->seen_count = 0;
    if (list == NULL || list->count > BP_DEPLOYMENT_REPLAY_COUNT)
        return false;
    for (const struct bp_json_node *n = bp_json_first(list); n != NULL;
         n = bp_json_next(reading->nodes, list, n))
        if (!read_entry(&out->seen[out->seen_count++], n))
            return false;
    return true;
}

bool state_read(struct state *out, struct bp_json_reader *reader, struct view text)
{
    struct reading reading;
    struct bp_fault ignored;
    size_t node_count;
    if (!bp_json_read(reader, &ignored, &reading.nodes, &node_count, text))
        return false;
    if (reading.nodes[0].kind != BP_JSON_OBJECT)
        return false;
    reading.object = &reading.nodes[0];
    reading.object = find(&reading, VIEW("operator"), BP_JSON_OBJECT);
    if (reading.object == NULL)
        return false;
    const struct bp_json_node *key = find(&reading, VIEW("replayKey"), BP_JSON_STRING);
    return key != NULL && read_hex(out->replay_key, key->text) &&
           read_ms(&out->clock_ms, &reading, VIEW("clockMs"), CLOCK_MS_MAX) &&
           read_ms(&out->ahead_ms, &reading, VIEW("aheadMs"), OFFICE_AHEAD_MS_MAX) &&
           read_seen(out, &reading);
}

void state_restore(struct office *office, const struct state *state)
{
    office->ahead_ms = state->ahead_ms;
    for (size_t i = 0; i < state->seen_count; i++)
        bp_replay_restore(&office->deployment->replay, &state->seen[i]);
}

// SPDX-License-Identifier: Apache-2.0
// A small operator for fuzz targets and a connection to it, embedded so that a target needs no
// file: a PAYG SIM with three plans, and one SIM of every other kind of answer.
#ifndef BP_FUZZ_SAMPLE_H
#define BP_FUZZ_SAMPLE_H

#include "fuzz.h"
#include "operator/endpoint.h"

#define SAMPLE_NOW_MS ((int64_t)1767225600 * 1000)

// sample_inventory is the operator; read once, at SAMPLE_NOW_MS.
static inline const struct bp_inventory *sample_inventory(void)
{
    static const char text[] =
        "{\"base\":\"/v1\",\"host\":\"mo.example\",\"sims\":["
        "{\"role\":\"A\",\"iccid\":\"8988247000100003319\",\"plans\":["
        "{\"id\":\"1\",\"type\":\"MODIRECTPAYG\",\"dataMB\":1500.75,\"usedMB\":133.5,"
        "\"time\":\"P23DT23H\",\"locations\":[\"US\",\"CA\"]},"
        "{\"id\":\"\\\"\\\\\\u0001\\u2028\\u00e9\",\"type\":\"MODIRECTPAYG\",\"dataMB\":512,"
        "\"time\":\"P7D\",\"locations\":[\"US\"]},"
        "{\"id\":\"3\",\"type\":\"MODIRECT\",\"dataMB\":0,"
        "\"time\":\"PT1S\",\"locations\":[\"FR\"]}]},"
        "{\"role\":\"Z\",\"iccid\":\"8988247000100003555\"},"
        "{\"role\":\"N\",\"iccid\":\"8988247000100105734\",\"state\":\"notsupported\"}]}";
    static struct bp_inventory inventory;
    static struct bp_sim sims[4];
    static uint16_t slots[8];
    if (inventory.table.count == 0) {
        struct bp_fault fault;
        void *space = malloc(bp_json_space(sizeof text, 128));
        FUZZ_ASSERT(space != NULL);
        bp_sim_table_init(&inventory.table, sims, 4, slots, 8);
        FUZZ_ASSERT(bp_inventory_read(&inventory, &fault, bp_json_open(space, sizeof text, 128),
                                      view_of_text(text), SAMPLE_NOW_MS));
        free(space);
    }
    return &inventory;
}

// sample_converse is what `endpoint` answers in a conversation in which the first `first` of
// `bytes` arrive at once and the others in pieces of `step`. The answers are written to `space`.
static inline struct view sample_converse(struct buf space, struct bp_conversation *conversation,
                                          struct bp_endpoint *endpoint, struct view bytes,
                                          size_t first, size_t step)
{
    size_t used = 0;
    for (size_t len = first; len < bytes.len; len += step)
        used += bp_converse(conversation, endpoint, &space, view_from(view_first(bytes, len), used),
                            false, SAMPLE_NOW_MS);
    bp_converse(conversation, endpoint, &space, view_from(bytes, used), true, SAMPLE_NOW_MS);
    return buf_view(&space);
}

// sample_talk is the same on a new connection.
static inline struct view sample_talk(struct buf space, struct bp_endpoint *endpoint,
                                      struct view bytes, size_t first, size_t step)
{
    struct bp_conversation conversation;
    bp_conversation_start(&conversation);
    return sample_converse(space, &conversation, endpoint, bytes, first, step);
}

// sample_refuse is what comes of `bytes` on a connection that is refused for `reason`.
static inline struct view sample_refuse(struct buf space, struct bp_endpoint *endpoint,
                                        struct view bytes, size_t step, enum bp_reason reason)
{
    struct bp_conversation conversation;
    bp_conversation_start(&conversation);
    conversation.refusal = reason;
    return sample_converse(space, &conversation, endpoint, bytes, step, step);
}

// sample_drain is the same where all of `bytes` are there, but answers are taken off one by one.
static inline struct view sample_drain(struct buf space, struct bp_endpoint *endpoint,
                                       struct view bytes)
{
    static char room[BP_ANSWER_LEN_MAX];
    struct bp_conversation conversation;
    struct buf out = BUF(room);
    bp_conversation_start(&conversation);
    for (size_t step = 1; step != 0; bytes = view_from(bytes, step)) {
        buf_clear(&out);
        step = bp_converse(&conversation, endpoint, &out, bytes, true, SAMPLE_NOW_MS);
        buf_put(&space, buf_view(&out));
    }
    return buf_view(&space);
}

#endif

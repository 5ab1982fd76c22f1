// SPDX-License-Identifier: Apache-2.0
// Benchmark: the reference endpoint over a file of requests. Reads, handles and writes answers.
//
//     handle SIMS.json REQUESTS.http ROUNDS
//
// Prints how many answers were written, and how many of them were 200, so that nobody measures
// refusals.
#include <stdio.h>
#include <stdlib.h>

#include "operator/endpoint.h"

enum { FILE_LEN_MAX = 1 << 20, SIM_COUNT = 64, OUT_LEN = 1 << 20, REPLAY_COUNT = 1024 };

static char sims_text[FILE_LEN_MAX];
static char requests[FILE_LEN_MAX];
static char answers[OUT_LEN];
static struct bp_sim sims[SIM_COUNT];
static uint16_t slots[2 * SIM_COUNT];
static struct bp_inventory inventory;
static struct bp_replay_entry entries[REPLAY_COUNT];
static uint32_t replay_slots[2 * REPLAY_COUNT];
static struct bp_replay replay;
static struct bp_endpoint endpoint;
static struct bp_conversation conversation;

static struct view read_file(char *space, const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t len = file == NULL ? 0 : fread(space, 1, FILE_LEN_MAX, file);
    if (len == 0) {
        fprintf(stderr, "handle: %s cannot be read\n", path);
        exit(2);
    }
    fclose(file);
    return view_of(space, len);
}

static unsigned count(struct view text, struct view needle)
{
    unsigned found = 0;
    for (size_t at = 0; (at += view_find(view_from(text, at), needle)) < text.len; at++)
        found++;
    return found;
}

static void one_round(struct buf *out, struct view bytes, int64_t now_ms)
{
    bp_replay_clear(&replay);
    bp_conversation_start(&conversation);
    buf_clear(out);
    size_t used = 0;
    while (used < bytes.len && !conversation.is_closed) {
        if (out->cap - out->len < BP_ANSWER_LEN_MAX)
            buf_clear(out);
        used += bp_converse(&conversation, &endpoint, out, view_from(bytes, used), true, now_ms);
    }
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    struct view text = read_file(sims_text, argv[1]);
    struct view bytes = read_file(requests, argv[2]);
    unsigned rounds = 0;
    for (const char *at = argv[3]; byte_is_digit(*at); at++)
        rounds = rounds * 10 + (unsigned)(*at - '0');
    struct bp_fault fault;
    size_t space_len = bp_json_space(FILE_LEN_MAX, 65536);
    struct bp_json_reader *reader = bp_json_open(malloc(space_len), FILE_LEN_MAX, 65536);
    bp_sim_table_init(&inventory.table, sims, SIM_COUNT, slots, 2 * SIM_COUNT);
    int64_t now_ms = 1767225600000;
    if (!bp_inventory_read(&inventory, &fault, reader, text, now_ms))
        return 3;
    bp_replay_init(&replay, entries, replay_slots, REPLAY_COUNT, (uint64_t[2]){1, 2}, 60000);
    bp_endpoint_init(&endpoint, &inventory);
    endpoint.replay = &replay;
    struct buf out = BUF(answers);
    for (unsigned i = 0; i < rounds; i++)
        one_round(&out, bytes, now_ms);
    printf("%u answers, %u of them 200, %zu request bytes, %zu answer bytes\n",
           count(buf_view(&out), VIEW("HTTP/1.1 ")), count(buf_view(&out), VIEW("HTTP/1.1 200")),
           bytes.len, out.len);
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_peer_open, bp_peer_event, bp_peer_read, bp_peer_write, bp_peer_expire,
// bp_peer_say_end, bp_stream_read, bp_stream_write (in the clear), bp_converse.
//
// The bytes are what a client sends on one connection to the server; the last two are how it cuts
// them and whether it reads in time, closes, or leaves a request half sent. Asserts:
//   differential: in any pieces, with room for answers or without, the server sends what the
//   endpoint answers to the whole bytes, and 408 to what takes too long;
//   count: no more answers than ends of heads, and one for a cut or broken rest (answers.h);
//   order: their transaction ids are those of the requests, in the order of these;
//   end: the server counts what it sent, closes, keeps nothing, within a bounded number of turns.
#include "answers.h"
#include "wired.h"

enum { IN_LEN_MAX = 1 << 15, OUT_LEN_MAX = 1 << 20 };

static char outs[2][OUT_LEN_MAX];

// Answers to whole requests, and what becomes of the rest.
static struct view expect(struct bp_endpoint *endpoint, struct view bytes, bool is_late)
{
    struct bp_conversation conversation;
    struct buf out = BUF(outs[0]);
    if (!is_late)
        return sample_talk(out, endpoint, bytes, bytes.len, 1);
    bp_conversation_start(&conversation);
    size_t used = bp_converse(&conversation, endpoint, &out, bytes, false, SAMPLE_NOW_MS);
    if (used < bytes.len && !conversation.is_closed)
        bp_answer_slow(endpoint, &out, SAMPLE_NOW_MS);
    return buf_view(&out);
}

static uint64_t check_answers(struct view answers, struct view sent, bool is_late)
{
    uint64_t count = 0;
    for (size_t at = 0; answers.len != 0; count++) {
        struct answer answer;
        answer_take(&answer, &answers);
        answer_check(&answer);
        FUZZ_ASSERT(answer.head.status != 408 || (is_late && answers.len == 0));
        const struct view *id = bp_head_find(&answer.head, VIEW("X-MS-DM-TransactionId"));
        if (id == NULL)
            continue;
        at += view_find(view_from(sent, at), *id);
        FUZZ_ASSERT(at < sent.len);
        at += id->len;
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct bp_endpoint endpoint;
    static struct bp_server *server;
    if (server == NULL) {
        bp_endpoint_init(&endpoint, sample_inventory());
        server = wired_server(&endpoint, NULL);
    }
    const unsigned cut = size < 2 ? 0 : data[size - 2], manner = size < 2 ? 0 : data[size - 1];
    struct view sent = fuzz_view(data, size < 2 ? 0 : size - 2);
    sent = view_first(sent, sent.len < IN_LEN_MAX ? sent.len : IN_LEN_MAX);
    const struct wired_habit habit = {.piece_len = 1 + sent.len / (1 + cut / 2),
                                      .first_len = 1 + sent.len * (cut % 16) / 16,
                                      .room_len = (manner & 1) != 0 ? 1 : 0,
                                      .reads_late = (manner & 2) != 0,
                                      .stays_forever = (manner & 4) != 0};
    struct view want = expect(&endpoint, sent, habit.stays_forever);
    const uint64_t before = atomic_load(&server->tally.answers);
    struct view got = wired_talk(BUF(outs[1]), server, sent, &habit);
    FUZZ_ASSERT(view_equal(got, want));
    const uint64_t count = check_answers(got, sent, habit.stays_forever);
    FUZZ_ASSERT(atomic_load(&server->tally.answers) - before == count);
    FUZZ_ASSERT(count <= answers_expected_max(sent));
    FUZZ_ASSERT(server->ready == NULL && server->open_count == 0);
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_stream_init_memory, bp_stream_handshake, bp_stream_feed, bp_stream_feed_end,
// bp_stream_drain, bp_stream_finish, bp_end_put, and in the server bp_peer_event.
//
// The bytes are what somebody who has no part in the handshake sends: records, or none; the last
// one says to whom, and in which pieces. OpenSSL draws random numbers, so what our side sends
// differs from run to run; how it ends does not (its own code is not instrumented). Asserts:
//   never open, and no service is asked, whatever comes: only two ends that finish are open;
//   a classified end, within the handshake, that stays: closed, alert, protocol, untrusted or eof;
//   split invariance: the same end for any pieces;
//   model: what is sent before are whole TLS records; a first record that is an alert to a client
//   ends as that alert; letters instead of a record get the refusal of clear text.
#include "tls_pki.h"
#include "wired.h"

enum { IN_LEN_MAX = 1 << 16, OUT_LEN_MAX = 1 << 18, ALERT = 21 };

static char out_space[OUT_LEN_MAX];

static void check_records(struct view sent)
{
    while (sent.len != 0) {
        const unsigned char *head = (const unsigned char *)sent.data;
        FUZZ_ASSERT(sent.len >= 5 && head[0] >= 20 && head[0] <= 23);
        FUZZ_ASSERT(head[1] == 3 || head[0] == ALERT); // which has the version that was asked for
        size_t len = (size_t)head[3] << 8 | head[4];
        FUZZ_ASSERT(len != 0 && len <= 16384 + 256 && sent.len >= 5 + len);
        sent = view_from(sent, 5 + len);
    }
}

static void check_end(struct bp_stream *stream, struct view bytes, bool is_server)
{
    char space[256];
    struct buf words = BUF(space);
    const struct bp_end end = stream->end;
    FUZZ_ASSERT(bp_stream_handshake(stream) == BP_STEP_ENDED && !stream->is_open);
    FUZZ_ASSERT(stream->end.kind == end.kind && stream->end.code == end.code);
    FUZZ_ASSERT(end.in_handshake && end.kind != BP_END_NONE && end.kind != BP_END_LOCAL);
    FUZZ_ASSERT(end.kind == BP_END_CLOSED || end.kind == BP_END_ALERT || end.kind == BP_END_EOF ||
                end.kind == BP_END_PROTOCOL || end.kind == BP_END_UNTRUSTED);
    bp_end_put(&words, &end);
    FUZZ_ASSERT(!words.overflow && words.len != 0);
    bool is_alert = !is_server && bytes.len >= 7 &&
                    view_starts(bytes, view_of("\x15\x03\x01\x00\x02\x02", 6)) &&
                    bytes.data[6] != 0; // close_notify is one, too
    FUZZ_ASSERT(!is_alert || (end.kind == BP_END_ALERT && end.code == (uint8_t)bytes.data[6]));
    FUZZ_ASSERT(bytes.len != 0 || end.kind == BP_END_EOF);
}

// A stream that hears the bytes in pieces, then nothing more; its end.
static struct bp_end hear(const struct bp_tls *tls, struct view bytes, size_t piece_len)
{
    struct bp_stream stream;
    struct buf out = BUF(out_space);
    enum bp_step step = BP_STEP_WANT_READ;
    FUZZ_ASSERT(bp_stream_init_memory(&stream, tls, tls->is_server ? NULL : "localhost", NULL));
    for (size_t at = 0; at < bytes.len && step == BP_STEP_WANT_READ; at += piece_len) {
        struct view rest = view_from(bytes, at);
        FUZZ_ASSERT(bp_stream_feed(&stream, view_first(rest, rest.len < piece_len ? rest.len //
                                                                                  : piece_len)));
        step = bp_stream_handshake(&stream);
    }
    bp_stream_feed_end(&stream);
    FUZZ_ASSERT(bp_stream_handshake(&stream) == BP_STEP_ENDED);
    check_end(&stream, bytes, tls->is_server);
    FUZZ_ASSERT(bp_stream_finish(&stream) == BP_STEP_DONE);
    out.len = bp_stream_drain(&stream, out.data, out.cap);
    FUZZ_ASSERT(out.len < out.cap);
    check_records(buf_view(&out));
    struct bp_end end = stream.end;
    bp_stream_close(&stream);
    return end;
}

// The same at the server: no handshake, no answer, and letters are told what this port is.
static void check_server(struct bp_server *server, struct view bytes, size_t piece_len)
{
    const struct wired_habit habit = {.piece_len = piece_len, .first_len = piece_len};
    struct view sent = wired_talk(BUF(out_space), server, bytes, &habit);
    FUZZ_ASSERT(atomic_load(&server->tally.handshakes) == 0);
    FUZZ_ASSERT(atomic_load(&server->tally.answers) == 0);
    if (bytes.len == 0 || !byte_is_letter(bytes.data[0])) {
        check_records(sent);
        return;
    }
    FUZZ_ASSERT(view_starts(sent, VIEW("HTTP/1.0 400 Bad Request\r\n")));
    FUZZ_ASSERT(view_find(sent, VIEW("This port speaks HTTPS")) < sent.len);
}

static struct tls_ends ends;
static struct bp_server *server;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static struct bp_endpoint endpoint;
    (void)argc;
    (void)argv;
    tls_open(&ends, NULL);
    bp_endpoint_init(&endpoint, sample_inventory());
    server = wired_server(&endpoint, &ends.server);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (server == NULL)
        LLVMFuzzerInitialize(NULL, NULL);
    const unsigned manner = size == 0 ? 0 : data[size - 1];
    struct view bytes = fuzz_view(data, size == 0 ? 0 : size - 1);
    bytes = view_first(bytes, bytes.len < IN_LEN_MAX ? bytes.len : IN_LEN_MAX);
    const size_t piece_len = 1 + bytes.len / (1 + manner / 2);
    const struct bp_tls *tls = manner % 2 == 0 ? &ends.server : &ends.client;
    struct bp_end whole = hear(tls, bytes, bytes.len + 1);
    struct bp_end split = hear(tls, bytes, piece_len);
    FUZZ_ASSERT(whole.kind == split.kind && whole.code == split.code);
    if (tls->is_server)
        check_server(server, bytes, piece_len);
    return 0;
}

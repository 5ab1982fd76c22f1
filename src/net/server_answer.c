// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stdlib.h>

#include "net/clock.h"
#include "net/server_internal.h"

enum {
    READ_COUNT_MAX = 64, // of one peer in one turn of the loop, so that others get theirs
    LINE_LEN_MAX = 256,
};

static char *held_conversation(struct bp_held *held)
{
    return (char *)held + (sizeof *held + 15) / 16 * 16;
}

static char *held_bytes(const struct bp_server *server, struct bp_held *held)
{
    return held_conversation(held) + server->config.service.conversation_size;
}

static struct bp_held *take_held(struct bp_server *server)
{
    struct bp_held *held = server->spare;
    if (held != NULL) {
        server->spare = held->next;
        server->spare_count--;
    } else {
        held = malloc((sizeof *held + 15) / 16 * 16 + server->config.service.conversation_size +
                      BP_REQUEST_LEN_MAX);
    }
    if (held != NULL)
        held->len = 0;
    return held;
}

static void give_held(struct bp_server *server, struct bp_held *held)
{
    if (held == NULL)
        return;
    if (server->spare_count == BP_SPARE_COUNT_MAX) {
        free(held);
        return;
    }
    held->next = server->spare;
    server->spare = held;
    server->spare_count++;
}

void bp_peer_drop(struct bp_server *server, struct bp_peer *peer)
{
    give_held(server, peer->held);
    free(peer->pending);
    peer->held = NULL;
    peer->pending = NULL;
}

// Why requests of this connection are refused, at this moment: a certificate's time may pass.
static enum bp_reason refusal_of(const struct bp_server *server, const struct bp_peer *peer)
{
    const struct bp_gate *gate = &server->config.gate;
    if (gate->decide == NULL || peer->stream.ssl == NULL)
        return BP_REASON_NONE;
    return gate->decide(gate, &peer->stream.presented, server->wall_ms / 1000);
}

static void begin(struct bp_server *server, struct bp_peer *peer, void *conversation)
{
    const struct bp_service *service = &server->config.service;
    service->start(service->context, conversation, refusal_of(server, peer));
    if (server->is_stopping && service->finish != NULL)
        service->finish(conversation);
}

void bp_peer_finish(struct bp_server *server, struct bp_peer *peer)
{
    if (peer->held != NULL && server->config.service.finish != NULL)
        server->config.service.finish(held_conversation(peer->held));
}

static unsigned status_of(struct view answer)
{
    unsigned status = 0;
    if (answer.len < 12 || !view_starts(answer, VIEW("HTTP/1.")))
        return 0;
    for (size_t i = 9; i < 12; i++) {
        if (!byte_is_digit(answer.data[i]))
            return 0;
        status = status * 10 + (unsigned)(answer.data[i] - '0');
    }
    return status;
}

static struct view first_line(struct view request)
{
    if (view_starts(request, VIEW("\r\n")))
        request = view_from(request, 2);
    struct view line = view_first(request, view_index(request, '\n'));
    if (line.len != 0 && line.data[line.len - 1] == '\r')
        line.len--;
    return view_first(line, line.len < LINE_LEN_MAX ? line.len : LINE_LEN_MAX);
}

static void note_answer(struct bp_server *server, struct bp_peer *peer, struct view request,
                        struct view answer)
{
    bp_tally_add(&server->tally.answers, 1);
    peer->answer_count++;
    if (server->config.log == NULL)
        return;
    struct bp_access access = {
        .at_ms = server->wall_ms,
        .taken_us = bp_clock_us() - peer->begun_us,
        .connection = peer->number,
        .request = first_line(request),
        .status = status_of(answer),
        .sent_len = answer.len,
        .is_secure = peer->stream.ssl != NULL,
        .presented = peer->stream.presented,
    };
    server->config.log(server->config.context, &access);
}

// Keeps what is left of `len` bytes of answers. Without memory the connection cannot go on.
static bool keep_pending(struct bp_peer *peer, struct view rest)
{
    peer->pending = malloc(sizeof *peer->pending + rest.len);
    if (peer->pending == NULL)
        return false;
    *peer->pending = (struct bp_pending){.at = 0, .len = rest.len};
    memcpy(peer->pending->bytes, rest.data, rest.len);
    return true;
}

// What the other side said before it went away is still there to be read; it is not answered.
static void find_end(struct bp_server *server, struct bp_peer *peer)
{
    enum bp_step step = BP_STEP_DONE;
    for (unsigned i = 0; i < READ_COUNT_MAX && step == BP_STEP_DONE; i++) {
        size_t len;
        step = bp_stream_read(&peer->stream, server->in, sizeof server->in, &len);
    }
    bp_peer_close(server, peer, BP_END_RESET);
}

// Writes as much of `bytes` as is taken and says how much; false: the connection is gone.
static bool write_some(struct bp_server *server, struct bp_peer *peer, size_t *written,
                       struct view bytes)
{
    *written = 0;
    while (*written < bytes.len) {
        size_t len;
        enum bp_step step = bp_stream_write(&peer->stream, view_from(bytes, *written), &len);
        if (step == BP_STEP_WANT_WRITE)
            return true;
        if (step != BP_STEP_DONE) {
            find_end(server, peer);
            return false;
        }
        *written += len;
    }
    return true;
}

// All answers are written: what next? False: nothing more is read from this connection.
static bool turn_to_reading(struct bp_server *server, struct bp_peer *peer)
{
    bool is_over = server->is_stopping && peer->held == NULL;
    if (peer->closes || is_over) {
        bp_peer_say_end(server, peer);
        return false;
    }
    enum bp_phase phase = peer->held == NULL ? BP_PHASE_IDLE : BP_PHASE_REQUEST;
    bp_peer_leave(server, peer);
    bp_peer_enter(server, peer, phase);
    bp_peer_await(server, peer, false);
    return true;
}

// Hands answers over; false: they are not all taken, or the connection ends behind them.
static bool hand_over(struct bp_server *server, struct bp_peer *peer, struct view answers)
{
    size_t written;
    if (!write_some(server, peer, &written, answers))
        return false;
    if (written == answers.len)
        return turn_to_reading(server, peer);
    if (!keep_pending(peer, view_from(answers, written))) {
        bp_peer_close(server, peer, BP_END_LOCAL);
        return false;
    }
    bp_peer_leave(server, peer);
    bp_peer_enter(server, peer, BP_PHASE_WRITE);
    bp_peer_await(server, peer, true);
    return false;
}

// Keeps the bytes of a request that is not whole; `used` bytes were answered in front of them.
// Where they have to move, the request is read anew.
static bool keep_rest(struct bp_server *server, struct bp_peer *peer, struct view rest, size_t used)
{
    bool is_held = peer->held != NULL;
    if (!is_held)
        peer->held = take_held(server);
    if (peer->held == NULL)
        return false;
    if (!is_held || used != 0) {
        memmove(held_bytes(server, peer->held), rest.data, rest.len);
        begin(server, peer, held_conversation(peer->held));
    }
    peer->held->len = rest.len;
    return true;
}

// Answers what is whole of `bytes` as far as there is space, and says how many are used.
static size_t answer_whole(struct bp_server *server, struct bp_peer *peer, struct buf *out,
                           void *conversation, struct view bytes)
{
    const struct bp_service *service = &server->config.service;
    size_t used = 0;
    peer->goes_on = false;
    while (used < bytes.len && !peer->closes) {
        size_t answered_len = out->len;
        struct view rest = view_from(bytes, used);
        if (out->cap - out->len < BP_SERVICE_OUT_LEN) {
            peer->goes_on = true;
            break;
        }
        size_t step = service->converse(service->context, conversation, out, rest, peer->is_ended,
                                        server->operator_ms);
        peer->closes = service->is_closed(conversation);
        if (out->len != answered_len)
            note_answer(server, peer, view_first(rest, step),
                        view_from(buf_view(out), answered_len));
        if (step == 0)
            break;
        used += step;
        peer->begun_us = server->now_us;
    }
    return used;
}

// Answers `bytes`, the held ones or new ones, and hands the answers over; false as hand_over.
static bool answer(struct bp_server *server, struct bp_peer *peer, struct view bytes)
{
    struct buf out = buf_of(server->out, sizeof server->out);
    void *conversation = server->conversation;
    if (peer->held != NULL)
        conversation = held_conversation(peer->held);
    else
        begin(server, peer, conversation);
    size_t used = answer_whole(server, peer, &out, conversation, bytes);
    struct view rest = view_from(bytes, used);
    bool is_stuck = used == 0 && rest.len == BP_REQUEST_LEN_MAX;
    peer->closes = peer->closes || is_stuck;
    if (peer->is_ended && !peer->goes_on)
        peer->closes = true;
    if (peer->closes || rest.len == 0) {
        give_held(server, peer->held);
        peer->held = NULL;
    } else if (!keep_rest(server, peer, rest, used)) {
        bp_peer_close(server, peer, BP_END_LOCAL);
        return false;
    }
    bool is_same_request = used == 0 && peer->phase == BP_PHASE_REQUEST && !peer->closes;
    return is_same_request || hand_over(server, peer, buf_view(&out));
}

static struct view held_view(const struct bp_server *server, const struct bp_peer *peer)
{
    return view_of(held_bytes(server, peer->held), peer->held->len);
}

// Answers held bytes again and again while the answers fill the space; false as hand_over.
static bool go_on(struct bp_server *server, struct bp_peer *peer)
{
    while (peer->goes_on)
        if (!answer(server, peer, held_view(server, peer)))
            return false;
    return true;
}

static void end_reading(struct bp_server *server, struct bp_peer *peer)
{
    bool may_answer = peer->stream.end.kind == BP_END_CLOSED || peer->stream.end.kind == BP_END_EOF;
    peer->is_ended = true;
    if (peer->held == NULL || !may_answer) {
        bp_peer_end(server, peer);
        return;
    }
    if (answer(server, peer, held_view(server, peer)))
        (void)go_on(server, peer);
}

static void make_ready(struct bp_server *server, struct bp_peer *peer)
{
    if (peer->is_ready)
        return;
    peer->is_ready = true;
    peer->next_ready = server->ready;
    server->ready = peer;
}

// Reads behind what is held, or into the shared space.
static enum bp_step read_some(struct bp_server *server, struct bp_peer *peer, struct view *bytes)
{
    char *space = server->in;
    size_t held_len = 0;
    size_t len;
    if (peer->held != NULL) {
        space = held_bytes(server, peer->held);
        held_len = peer->held->len;
    }
    assert(held_len < BP_REQUEST_LEN_MAX);
    enum bp_step step =
        bp_stream_read(&peer->stream, space + held_len, BP_REQUEST_LEN_MAX - held_len, &len);
    if (step != BP_STEP_DONE)
        return step;
    if (peer->held == NULL)
        peer->begun_us = server->now_us;
    *bytes = view_of(space, held_len + len);
    return step;
}

void bp_peer_read(struct bp_server *server, struct bp_peer *peer)
{
    for (unsigned i = 0; i < READ_COUNT_MAX; i++) {
        struct view bytes;
        enum bp_step step = read_some(server, peer, &bytes);
        if (step == BP_STEP_ENDED) {
            end_reading(server, peer);
            return;
        }
        if (step != BP_STEP_DONE) {
            bp_peer_await(server, peer, step == BP_STEP_WANT_WRITE);
            return;
        }
        if (!answer(server, peer, bytes) || !go_on(server, peer))
            return;
        if (!bp_stream_buffered(&peer->stream))
            return;
    }
    make_ready(server, peer);
}

void bp_peer_write(struct bp_server *server, struct bp_peer *peer)
{
    struct bp_pending *pending = peer->pending;
    if (pending == NULL) {
        bp_peer_say_end(server, peer);
        return;
    }
    size_t written;
    struct view rest = view_of(pending->bytes + pending->at, pending->len - pending->at);
    if (!write_some(server, peer, &written, rest))
        return;
    pending->at += written;
    if (pending->at < pending->len)
        return;
    free(pending);
    peer->pending = NULL;
    if (turn_to_reading(server, peer) && go_on(server, peer))
        bp_peer_read(server, peer);
}

void bp_peer_expire(struct bp_server *server, struct bp_peer *peer)
{
    const struct bp_service *service = &server->config.service;
    struct buf out = buf_of(server->out, sizeof server->out);
    service->expire(service->context, &out, server->operator_ms);
    bp_tally_add(&server->tally.expired, 1);
    note_answer(server, peer, held_view(server, peer), buf_view(&out));
    give_held(server, peer->held);
    peer->held = NULL;
    peer->closes = true;
    (void)hand_over(server, peer, buf_view(&out));
}

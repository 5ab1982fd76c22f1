// SPDX-License-Identifier: Apache-2.0
#include "props/subject/remote.h"

#include <assert.h>
#include <stdalign.h>

#include "net/clock.h"
#include "props/subject/arrival.h"
#include "props/subject/link.h"
#include "props/subject/remote_together.h"

// No half-close before that many times the longest wait so far.
enum { SLOWER_THAN_EVER = 4 };

struct remote {
    struct link link;
    struct arrival arrival;
    bool is_wary;       // bytes came unasked before
    int64_t longest_us; // that the first byte of an answer took
    uint64_t first_serial;
    struct remote_trip trip;
};

size_t remote_size(void) { return (sizeof(struct remote) + 15) / 16 * 16; }

struct remote *remote_open(void *space, const struct target *target)
{
    struct remote *remote = space;
    assert((uintptr_t)space % alignof(struct remote) == 0);
    memset(remote, 0, sizeof *remote);
    link_init(&remote->link, target);
    remote->first_serial = (uint64_t)(bp_clock_wall_ms() * 1000 + bp_clock_us() % 1000);
    return remote;
}

void remote_close(struct remote *remote) { link_disconnect(&remote->link); }

const struct bp_end *remote_last_end(const struct remote *remote)
{
    const struct link *link = &remote->link;
    return link->is_connected ? &link->connection.stream.end : &link->last_end;
}

const struct remote_trip *remote_last_trip(const struct remote *remote) { return &remote->trip; }

bool remote_is_lost(const struct remote *remote) { return remote->link.is_lost; }

void remote_hope(struct remote *remote)
{
    remote->link.is_lost = false;
    remote->link.failed_count = 0;
}

const struct remote_counts *remote_counts(const struct remote *remote)
{
    return &remote->link.counts;
}

// Some servers say 408 before they close an idle connection: that belongs to no request, and is no
// reason to watch them.
static void note_unasked(struct remote *remote)
{
    char begin[12];
    size_t len = bp_connection_receive(&remote->link.connection, begin, sizeof begin, 0);
    struct view came = view_of(begin, len);
    bool is_farewell =
        view_equal(came, VIEW("HTTP/1.1 408")) || view_equal(came, VIEW("HTTP/1.0 408"));
    if (len == 0 || is_farewell)
        return;
    remote->link.counts.unasked_count++;
    remote->is_wary = true;
}

static bool has_kept(struct remote *remote)
{
    if (!remote->link.is_connected)
        return false;
    if (bp_connection_is_quiet(&remote->link.connection))
        return true;
    note_unasked(remote);
    link_disconnect(&remote->link);
    return false;
}

// A talk is one sending on one connection.
struct talk {
    struct remote *remote;
    struct bp_connection *connection;
    const struct sending *sending;
    struct buf *response;
    size_t begin; // of its bytes in `response`
    int64_t sent_us;
    int64_t last_us;  // when something happened last
    int64_t until_us; // no answer may take longer
    bool is_finished; // half-closed
    bool was_stopped;
};

static size_t came_len(const struct talk *talk) { return talk->response->len - talk->begin; }

static size_t room(const struct talk *talk) { return talk->response->cap - talk->response->len; }

// hear appends what comes within `wait_us` and returns how many bytes that were.
static size_t hear(struct talk *talk, int64_t wait_us)
{
    struct buf *response = talk->response;
    int wait_ms = (int)((wait_us + 999) / 1000);
    size_t len = bp_connection_receive(talk->connection, response->data + response->len, room(talk),
                                       wait_ms);
    response->len += len;
    return len;
}

// linger hears until the connection ends, the room is full, or `patience_ms` are over.
static void linger(struct talk *talk, int patience_ms)
{
    int64_t until_us = bp_clock_us() + (int64_t)patience_ms * 1000;
    for (int64_t left_us = until_us - bp_clock_us(); left_us > 0 && room(talk) != 0;
         left_us = until_us - bp_clock_us()) {
        if (pace_is_stopped(&talk->remote->link.pace))
            return;
        bool is_long = left_us > LINK_SLICE_US;
        if (hear(talk, is_long ? LINK_SLICE_US : left_us) != 0)
            continue;
        if (talk->connection->stream.end.kind != BP_END_TIMEOUT)
            return;
    }
}

static int patience_ms(const struct remote *remote)
{
    return remote->link.pace.target->route.is_loopback ? REMOTE_PATIENCE_NEAR_MS
                                                       : REMOTE_PATIENCE_MS;
}

static int64_t answer_us(const struct remote *remote)
{
    return (int64_t)remote->link.pace.target->times.answer_ms * 1000;
}

// When to give up, or, with a sending that is not plain, to say that no more comes: an endpoint may
// wait for the rest of it.
static int64_t patience_end(const struct talk *talk, bool *is_nudge)
{
    const struct remote *remote = talk->remote;
    int64_t end_us = talk->last_us + answer_us(remote);
    if (end_us > talk->until_us)
        end_us = talk->until_us;
    *is_nudge = !talk->sending->is_plain && !talk->is_finished;
    if (!*is_nudge)
        return end_us;
    int64_t nudge_us = (int64_t)patience_ms(remote) * 1000;
    if (nudge_us < SLOWER_THAN_EVER * remote->longest_us)
        nudge_us = SLOWER_THAN_EVER * remote->longest_us;
    nudge_us += talk->last_us;
    return nudge_us < end_us ? nudge_us : end_us;
}

static void note_bytes(struct talk *talk, size_t len)
{
    struct remote *remote = talk->remote;
    talk->last_us = bp_clock_us();
    bool is_first = came_len(talk) == len;
    if (is_first)
        remote->trip.first_us = talk->last_us - talk->sent_us;
    if (remote->trip.first_us > remote->longest_us)
        remote->longest_us = remote->trip.first_us;
    arrival_read(&remote->arrival, view_from(buf_view(talk->response), talk->begin));
}

// Nothing came for a while; false: give up.
static bool go_on_waiting(struct talk *talk, int64_t end_us, bool is_nudge)
{
    struct remote *remote = talk->remote;
    talk->was_stopped = pace_is_stopped(&remote->link.pace);
    if (talk->was_stopped)
        return false;
    int64_t now_us = bp_clock_us();
    if (now_us < end_us)
        return true;
    if (!is_nudge)
        return false;
    bp_connection_finish(&remote->link.connection);
    talk->is_finished = true;
    talk->last_us = now_us;
    talk->until_us = now_us + LINK_ANSWER_TIMES_WHOLE * answer_us(remote);
    return true;
}

// hear_answers reads until all answers are whole, or none can be any more.
static void hear_answers(struct talk *talk)
{
    struct remote *remote = talk->remote;
    while (remote->arrival.state == ARRIVAL_MORE && room(talk) != 0) {
        bool is_nudge = false;
        int64_t end_us = patience_end(talk, &is_nudge);
        int64_t left_us = end_us - bp_clock_us();
        if (left_us > LINK_SLICE_US)
            left_us = LINK_SLICE_US;
        size_t len = hear(talk, left_us < 0 ? 0 : left_us);
        if (len != 0)
            note_bytes(talk, len);
        else if (remote->link.connection.stream.end.kind != BP_END_TIMEOUT)
            return;
        else if (!go_on_waiting(talk, end_us, is_nudge))
            return;
    }
}

// Whether what came is an answer that we did not read to its end, or whose end nobody can tell.
static bool is_cut(const struct talk *talk)
{
    const struct remote *remote = talk->remote;
    if (remote->arrival.state != ARRIVAL_MORE || came_len(talk) == 0)
        return false;
    enum bp_end_kind kind = (enum bp_end_kind)remote->link.connection.stream.end.kind;
    return kind != BP_END_EOF && kind != BP_END_CLOSED;
}

// leave decides what becomes of the connection behind the answers.
static void leave(struct talk *talk)
{
    struct remote *remote = talk->remote;
    const struct target *target = remote->link.pace.target;
    bool is_whole = remote->arrival.state == ARRIVAL_WHOLE;
    if (is_cut(talk)) {
        talk->response->overflow = true;
        remote->link.counts.cut_count++;
    } else if (!is_whole && came_len(talk) == 0) {
        remote->link.counts.timeout_count +=
            remote->link.connection.stream.end.kind == BP_END_TIMEOUT;
    }
    if (is_whole && !talk->sending->is_plain) {
        bp_connection_finish(&remote->link.connection);
        linger(talk, patience_ms(remote));
    } else if (is_whole && remote->arrival.is_last) {
        linger(talk, patience_ms(remote));
    } else if (is_whole) {
        bool has_more = came_len(talk) > remote->arrival.begin ||
                        bp_connection_buffered(&remote->link.connection);
        if (has_more || remote->is_wary) {
            target_note_wait(target, TIME_ENDPOINT, &remote->link.connection);
            linger(talk, REMOTE_LINGER_MS);
            target_note_wait(target, TIME_PAUSE, &remote->link.connection);
        }
    }
    bool is_kept = is_whole && talk->sending->is_plain && !remote->arrival.is_last &&
                   came_len(talk) == remote->arrival.begin;
    if (!is_kept)
        link_disconnect(&remote->link);
}

// hold_talk sends and hears; false: the target said stop.
static bool hold_talk(struct remote *remote, struct buf *response, const struct sending *sending)
{
    struct talk talk = {.remote = remote,
                        .connection = &remote->link.connection,
                        .sending = sending,
                        .response = response,
                        .begin = response->len};
    int whole_ms = LINK_ANSWER_TIMES_WHOLE * remote->link.pace.target->times.answer_ms;
    remote->link.counts.request_count++;
    arrival_start(&remote->arrival, sending->answer_count, sending->to_head);
    // Not everything may go out: there may be an answer nevertheless, or the reason.
    (void)!bp_connection_send(&remote->link.connection, sending->request, 0, 0, whole_ms);
    talk.sent_us = talk.last_us = bp_clock_us();
    talk.until_us = talk.sent_us + (int64_t)whole_ms * 1000;
    hear_answers(&talk);
    if (talk.was_stopped)
        link_disconnect(&remote->link);
    else
        leave(&talk);
    target_note_wait(remote->link.pace.target, TIME_ENDPOINT, &remote->link.connection);
    return !talk.was_stopped;
}

// The kept connection was closed while the sending was on its way.
static bool is_idle_race(const struct remote *remote)
{
    enum bp_end_kind kind = (enum bp_end_kind)remote->link.last_end.kind;
    return kind == BP_END_EOF || kind == BP_END_CLOSED || kind == BP_END_RESET ||
           kind == BP_END_ALERT;
}

static bool take_trip(struct remote *remote, struct buf *response, const struct sending *sending)
{
    size_t begin = response->len;
    if (remote->link.is_lost || !pace_turn(&remote->link.pace))
        return false;
    bool was_kept = has_kept(remote);
    int64_t begin_us = was_kept ? 0 : bp_clock_us();
    if (!was_kept && !link_connect(&remote->link))
        return false;
    if (!hold_talk(remote, response, sending))
        return false;
    bool is_silent = response->len == begin && !remote->link.is_connected;
    if (was_kept && is_silent && is_idle_race(remote)) {
        remote->link.counts.resent_count++;
        begin_us = bp_clock_us();
        if (!pace_turn(&remote->link.pace) || !link_connect(&remote->link))
            return false;
        if (!hold_talk(remote, response, sending))
            return false;
        is_silent = response->len == begin && !remote->link.is_connected;
    }
    if (is_silent && link_is_barred(&remote->link.last_end))
        return link_note_failure(&remote->link, begin_us);
    remote->link.failed_count = 0;
    return true;
}

static const struct remote_trip no_trip = {.first_us = -1};

static bool remote_exchange(void *context, struct buf *response, const struct sending *sending)
{
    struct remote *remote = context;
    remote->trip = no_trip;
    bool came = take_trip(remote, response, sending);
    if (!remote->link.is_connected)
        remote->trip.end = remote->link.last_end;
    return came;
}

static bool together(void *context, struct buf *const responses[], const struct sending *sendings,
                     size_t count)
{
    struct remote *remote = context;
    remote->trip = no_trip;
    return remote_together(&remote->link, responses, sendings, count);
}

// What the endpoint says of a request that will never be whole.
static void hear_cut(struct remote *remote, struct buf *cut, struct bp_connection *slow)
{
    struct talk talk = {.remote = remote, .connection = slow, .response = cut, .begin = cut->len};
    bp_connection_finish(slow);
    linger(&talk, patience_ms(remote));
}

static bool remote_beside(void *context, struct buf *response, struct buf *cut,
                          const struct sending *sending, struct view begun)
{
    struct remote *remote = context;
    struct link *link = &remote->link;
    struct bp_connection slow;
    size_t begin = response->len;
    if (link->is_lost || !pace_turn(&link->pace))
        return false;
    uint64_t failure_count = link->counts.failure_count;
    // Whoever serves one connection at a time would be busy with the one that is kept.
    link_disconnect(link);
    bool is_open = link_open(link, &slow);
    if (is_open)
        (void)!bp_connection_send(&slow, begun, 0, 0, link->pace.target->times.answer_ms);
    bool came = is_open && remote_exchange(remote, response, sending);
    remote->trip = no_trip;
    bool is_blocked = is_open && !came && link->last_end.kind == BP_END_TIMEOUT;
    if (came)
        hear_cut(remote, cut, &slow);
    target_note_wait(link->pace.target, TIME_ENDPOINT, &slow);
    bp_connection_close(&slow);
    if (!is_blocked)
        return came;
    link->counts.failure_count = failure_count;
    came = remote_exchange(remote, response, sending);
    remote->trip = no_trip;
    response->len = begin;
    response->overflow = false;
    return came;
}

static bool remote_wait(void *context, int64_t seconds)
{
    struct remote *remote = context;
    int64_t bounded = seconds < REMOTE_WAIT_S_MAX ? seconds : REMOTE_WAIT_S_MAX;
    const struct target *target = remote->link.pace.target;
    remote->link.counts.throttled_count++;
    if (target->pass != NULL)
        return target->pass(target->clock, bounded);
    return pace_sleep(&remote->link.pace, bp_clock_us() + bounded * 1000000);
}

struct subject remote_subject(struct remote *remote)
{
    return (struct subject){.exchange = remote_exchange,
                            .together = together,
                            .beside = remote_beside,
                            .wait = remote_wait,
                            .context = remote,
                            .first_serial = remote->first_serial};
}

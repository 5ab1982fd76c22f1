// SPDX-License-Identifier: Apache-2.0
#include "props/subject/remote_together.h"

#include <assert.h>
#include <poll.h>

#include "net/clock.h"
#include "props/subject/arrival.h"

// A voice is one sending on its own connection; the chorus is all of them.
struct voice {
    struct bp_connection connection;
    const struct sending *sending;
    struct buf *response;
    size_t begin;    // of its bytes in `response`
    int64_t last_us; // when something happened last
    bool is_over;    // nothing more is read
    struct arrival arrival;
};

struct chorus {
    struct link *link;
    int64_t until_us; // no answer may take longer
    bool was_stopped;
    size_t count; // connected
    struct voice voices[TOGETHER_COUNT_MAX];
};

static int64_t answer_us(const struct chorus *chorus)
{
    return (int64_t)chorus->link->pace.target->times.answer_ms * 1000;
}

static size_t came_len(const struct voice *voice) { return voice->response->len - voice->begin; }

static size_t room(const struct voice *voice)
{
    return voice->response->cap - voice->response->len;
}

static bool open_voice(struct chorus *chorus, struct buf *response, const struct sending *sending)
{
    struct voice *voice = &chorus->voices[chorus->count++];
    voice->sending = sending;
    voice->response = response;
    voice->begin = response->len;
    voice->is_over = false;
    arrival_start(&voice->arrival, sending->answer_count, sending->to_head);
    return link_open(chorus->link, &voice->connection);
}

// Not everything may go out: there may be an answer nevertheless, or the reason.
static void say(struct chorus *chorus, struct voice *voice, struct view bytes)
{
    int64_t left_us = chorus->until_us - bp_clock_us();
    int left_ms = left_us < 0 ? 0 : (int)(left_us / 1000);
    (void)!bp_connection_send(&voice->connection, bytes, 0, 0, left_ms);
    voice->last_us = bp_clock_us();
}

static size_t head_len(const struct sending *sending)
{
    return sending->request.len == 0 ? 0 : sending->request.len - 1;
}

static void say_all(struct chorus *chorus)
{
    for (size_t i = 0; i < chorus->count; i++) {
        struct voice *voice = &chorus->voices[i];
        say(chorus, voice, view_first(voice->sending->request, head_len(voice->sending)));
    }
    int64_t begin_us = bp_clock_us();
    poll(NULL, 0, REMOTE_TOGETHER_MS);
    time_use_add(chorus->link->pace.target->use, TIME_PAUSE, bp_clock_us() - begin_us);
    for (size_t i = 0; i < chorus->count; i++) {
        struct voice *voice = &chorus->voices[i];
        say(chorus, voice, view_from(voice->sending->request, head_len(voice->sending)));
    }
}

static int64_t end_us(const struct chorus *chorus, const struct voice *voice)
{
    int64_t due_us = voice->last_us + answer_us(chorus);
    return due_us < chorus->until_us ? due_us : chorus->until_us;
}

// hear takes what is there; false: nothing was.
static bool hear(struct chorus *chorus, struct voice *voice)
{
    struct buf *response = voice->response;
    if (room(voice) == 0) {
        voice->is_over = true;
        return false;
    }
    size_t len =
        bp_connection_receive(&voice->connection, response->data + response->len, room(voice), 0);
    if (len == 0) {
        bool goes_on = voice->connection.stream.end.kind == BP_END_TIMEOUT;
        voice->is_over = !goes_on || bp_clock_us() >= end_us(chorus, voice);
        return false;
    }
    response->len += len;
    voice->last_us = bp_clock_us();
    voice->is_over =
        arrival_read(&voice->arrival, view_from(buf_view(response), voice->begin)) != ARRIVAL_MORE;
    return true;
}

// Waits until one of those that are not over has something to read, or its time is over.
static void await_any(const struct chorus *chorus)
{
    struct pollfd pollers[TOGETHER_COUNT_MAX];
    int64_t now_us = bp_clock_us();
    int64_t wait_us = LINK_SLICE_US;
    for (size_t i = 0; i < chorus->count; i++) {
        const struct voice *voice = &chorus->voices[i];
        int64_t left_us = end_us(chorus, voice) - now_us;
        pollers[i] = (struct pollfd){.fd = voice->is_over ? -1 : voice->connection.stream.fd,
                                     .events = POLLIN};
        if (!voice->is_over && left_us < wait_us)
            wait_us = left_us < 0 ? 0 : left_us;
    }
    poll(pollers, chorus->count, (int)((wait_us + 999) / 1000));
    time_use_add(chorus->link->pace.target->use, TIME_ENDPOINT, bp_clock_us() - now_us);
}

static void hear_all(struct chorus *chorus)
{
    for (size_t left_count = chorus->count; left_count != 0;) {
        bool has_heard = false;
        left_count = 0;
        for (size_t i = 0; i < chorus->count; i++) {
            struct voice *voice = &chorus->voices[i];
            if (!voice->is_over && hear(chorus, voice))
                has_heard = true;
            left_count += !voice->is_over;
        }
        chorus->was_stopped = pace_is_stopped(&chorus->link->pace);
        if (chorus->was_stopped)
            return;
        if (left_count != 0 && !has_heard)
            await_any(chorus);
    }
}

// Counts what came of one; false: our certificate was refused in place of an answer.
static bool settle(struct chorus *chorus, struct voice *voice)
{
    struct remote_counts *counts = &chorus->link->counts;
    const struct bp_end *end = &voice->connection.stream.end;
    bool is_ended = end->kind == BP_END_EOF || end->kind == BP_END_CLOSED;
    counts->request_count++;
    if (came_len(voice) == 0) {
        counts->timeout_count += end->kind == BP_END_TIMEOUT;
        return !link_is_barred(end);
    }
    if (voice->arrival.state == ARRIVAL_MORE && !is_ended) {
        voice->response->overflow = true;
        counts->cut_count++;
    }
    return true;
}

static bool sing(struct chorus *chorus, int64_t begin_us)
{
    struct link *link = chorus->link;
    bool is_served = true;
    chorus->until_us = bp_clock_us() + LINK_ANSWER_TIMES_WHOLE * answer_us(chorus);
    say_all(chorus);
    hear_all(chorus);
    for (size_t i = 0; i < chorus->count; i++)
        is_served = settle(chorus, &chorus->voices[i]) && is_served;
    if (chorus->was_stopped)
        return false;
    if (!is_served)
        return link_note_failure(link, begin_us);
    link->failed_count = 0;
    return true;
}

bool remote_together(struct link *link, struct buf *const responses[],
                     const struct sending *sendings, size_t count)
{
    struct chorus chorus = {.link = link};
    assert(count <= TOGETHER_COUNT_MAX);
    if (link->is_lost)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!pace_turn(&link->pace))
            return false;
    int64_t begin_us = bp_clock_us();
    bool is_open = true;
    while (is_open && chorus.count < count && !pace_is_stopped(&link->pace))
        is_open = open_voice(&chorus, responses[chorus.count], &sendings[chorus.count]);
    bool came = is_open && chorus.count == count && sing(&chorus, begin_us);
    for (size_t i = 0; i < chorus.count; i++) {
        target_note_wait(link->pace.target, TIME_ENDPOINT, &chorus.voices[i].connection);
        bp_connection_close(&chorus.voices[i].connection);
    }
    return came;
}

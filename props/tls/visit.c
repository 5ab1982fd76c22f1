// SPDX-License-Identifier: Apache-2.0
#include "props/tls/visit.h"

#include "http/basic.h"
#include "http/body.h"
#include "net/clock.h"
#include "props/subject/arrival.h"

enum { ANSWER_TIMES_WHOLE = 2 }; // a whole answer has that many times `answer_ms`

size_t visit_hear(struct buf *in, struct bp_connection *connection, const struct target *target,
                  int64_t begin_us)
{
    int wait_ms = target->times.answer_ms;
    int64_t left_ms = (int64_t)ANSWER_TIMES_WHOLE * wait_ms - (bp_clock_us() - begin_us) / 1000;
    if (left_ms <= 0 || in->len == in->cap)
        return 0;
    if (left_ms < wait_ms)
        wait_ms = (int)left_ms;
    size_t len = bp_connection_receive(connection, in->data + in->len, in->cap - in->len, wait_ms);
    in->len += len;
    return len;
}

// An answer being read: is_whole once nothing more of it is to come.
struct reading {
    struct bp_head_reader reader;
    struct bp_head head;
    struct bp_body framing;
    struct buf body;
    size_t used; // bytes that have been looked at
    bool has_head;
    bool is_whole;
    bool is_bad;
};

// Interim responses are read and forgotten.
static void read_head(struct reading *reading, struct view bytes)
{
    struct bp_fault fault;
    size_t used = 0;
    enum bp_read step = BP_READ_DONE;
    while (step == BP_READ_DONE && !reading->has_head) {
        step = bp_head_read(&reading->head, &used, &fault, &reading->reader,
                            view_from(bytes, reading->used));
        if (step != BP_READ_DONE)
            break;
        reading->used += used;
        reading->has_head = !arrival_is_interim(reading->head.status);
        if (!reading->has_head)
            bp_head_start(&reading->reader, &reading->head, BP_RESPONSE);
    }
    reading->is_bad = step == BP_READ_BAD;
    if (reading->has_head)
        reading->is_whole =
            !bp_body_start(&reading->framing, &fault, &reading->head, BP_RESPONSE, false);
}

static void read_on(struct reading *reading, struct view bytes, bool at_end)
{
    if (!reading->has_head && !reading->is_bad)
        read_head(reading, bytes);
    if (!reading->has_head || reading->is_whole)
        return;
    struct bp_fault fault;
    size_t used = 0;
    enum bp_read step = bp_body_read(&reading->framing, &reading->body, &used, &fault,
                                     view_from(bytes, reading->used), at_end);
    reading->used += used;
    reading->is_whole = step != BP_READ_MORE;
}

static void read_answer(struct reading *reading, struct visit *visit,
                        struct bp_connection *connection, const struct target *target)
{
    struct buf in = BUF(visit->bytes);
    int64_t begin_us = bp_clock_us();
    bp_head_start(&reading->reader, &reading->head, BP_RESPONSE);
    reading->body = buf_of(visit->body_space, sizeof visit->body_space);
    while (!reading->is_whole && !reading->is_bad && in.len < in.cap) {
        size_t len = visit_hear(&in, connection, target, begin_us);
        read_on(reading, buf_view(&in), len == 0);
        if (len == 0)
            break;
    }
    visit->len = in.len;
    if (reading->has_head) {
        visit->status = reading->head.status;
        visit->body = buf_view(&reading->body);
        visit->who = who_find(&reading->head, visit->body);
    }
}

static enum visit_class classify(const struct visit *visit)
{
    if (visit->status >= 200 && visit->status < 300)
        return VISIT_ACCEPTED;
    if (visit->status != 0)
        return visit->who == NULL || visit->who->is_application ? VISIT_APP : VISIT_GATEWAY;
    if (visit->len != 0)
        return VISIT_OTHER;
    switch (visit->end.kind) {
    case BP_END_ALERT:
        return visit->end.in_handshake ? VISIT_ALERT : VISIT_ALERT_LATE;
    case BP_END_CLOSED:
    case BP_END_EOF:
        return VISIT_CLOSED;
    case BP_END_RESET:
        return VISIT_RESET;
    case BP_END_TIMEOUT:
        return VISIT_SILENT;
    default:
        return VISIT_OTHER;
    }
}

bool visit_make(struct visit *out, struct pace *pace, const struct bp_tls *tls,
                struct ssl_session_st *session, struct view request)
{
    const struct target *target = pace->target;
    struct reading reading = {.used = 0};
    struct bp_connection connection;
    memset(out, 0, sizeof *out);
    if (!pace_turn(pace))
        return false;
    out->is_open = bp_connection_open(&connection, &target->route, tls, session, &target->times);
    if (out->is_open) {
        bool is_sent = bp_connection_send(&connection, request, 0, 0, target->times.answer_ms);
        (void)is_sent; // what was not sent shows in what does not come back
        read_answer(&reading, out, &connection, target);
        bp_stream_facts(&out->facts, &connection.stream);
        out->is_resumed = out->facts.is_resumed;
        out->session = bp_stream_session(&connection.stream);
    }
    out->end = connection.stream.end;
    out->class_of = classify(out);
    target_note_wait(target, TIME_ENDPOINT, &connection);
    bp_connection_close(&connection);
    return true;
}

void visit_end(struct visit *visit)
{
    bp_session_free(visit->session);
    visit->session = NULL;
}

void visit_put_basic(struct buf *out, struct view credentials)
{
    if (credentials.len == 0)
        return;
    buf_put_text(out, "Authorization: Basic ");
    bp_base64_write(out, credentials);
    buf_put_text(out, "\r\n");
}

void visit_ask(struct buf *out, const struct fixture *fixture, enum role role,
               struct view credentials)
{
    buf_put_text(out, "GET ");
    buf_put(out, fixture->base);
    buf_put_text(out, "/sims/");
    buf_put(out, fixture->sim_prefix);
    buf_put(out, fixture->iccid[role]);
    buf_put_text(out, "/balances HTTP/1.1\r\nHost: ");
    buf_put(out, fixture->host);
    buf_put_text(out, "\r\nAccept: application/json\r\n");
    buf_put(out, fixture->fields);
    visit_put_basic(out, credentials);
    buf_put_text(out, "Connection: close\r\n\r\n");
}

void visit_put(struct buf *out, enum visit_class class_of, unsigned status,
               const struct bp_end *end)
{
    static const char *const words[VISIT_CLASS_COUNT] = {
        [VISIT_NONE] = "-",        [VISIT_ACCEPTED] = "",    [VISIT_APP] = "",
        [VISIT_GATEWAY] = "",      [VISIT_ALERT] = "alert ", [VISIT_ALERT_LATE] = "late ",
        [VISIT_CLOSED] = "closed", [VISIT_RESET] = "reset",  [VISIT_SILENT] = "silent",
        [VISIT_OTHER] = "other",
    };
    buf_put_text(out, words[class_of]);
    if (status != 0)
        buf_put_unsigned(out, status);
    else if (class_of == VISIT_ALERT || class_of == VISIT_ALERT_LATE)
        buf_put_signed(out, end->code);
}

// SPDX-License-Identifier: Apache-2.0
#include "props/tls/visit.h"

#include <time.h>

#include "http/basic.h"
#include "http/body.h"
#include "net/clock.h"

enum { NAP_MS = 50 };

static bool is_stopped(const struct target *target)
{
    return target->stopped != NULL && target->stopped(target->context);
}

bool visitor_wait(struct visitor *visitor)
{
    const struct target *target = visitor->target;
    for (;;) {
        if (is_stopped(target))
            return false;
        int64_t left_ms = visitor->next_ms - bp_clock_ms();
        if (left_ms <= 0)
            break;
        int64_t nap_ms = left_ms < NAP_MS ? left_ms : NAP_MS;
        nanosleep(&(struct timespec){.tv_nsec = (long)(nap_ms * 1000000)}, NULL);
    }
    if (target->rate != 0)
        visitor->next_ms = bp_clock_ms() + (1000 + target->rate - 1) / target->rate;
    return true;
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

static void read_head(struct reading *reading, struct view bytes)
{
    struct bp_fault fault;
    switch (bp_head_read(&reading->head, &reading->used, &fault, &reading->reader, bytes)) {
    case BP_READ_MORE:
        break;
    case BP_READ_BAD:
        reading->is_bad = true;
        break;
    case BP_READ_DONE:
        reading->has_head = true;
        reading->is_whole =
            !bp_body_start(&reading->framing, &fault, &reading->head, BP_RESPONSE, false);
    }
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
                        struct bp_connection *connection, int timeout_ms)
{
    bp_head_start(&reading->reader, &reading->head, BP_RESPONSE);
    reading->body = buf_of(visit->body_space, sizeof visit->body_space);
    while (!reading->is_whole && !reading->is_bad && visit->len < VISIT_LEN_MAX) {
        size_t len = bp_connection_receive(connection, visit->bytes + visit->len,
                                           VISIT_LEN_MAX - visit->len, timeout_ms);
        visit->len += len;
        read_on(reading, view_of(visit->bytes, visit->len), len == 0);
        if (len == 0)
            break;
    }
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

bool visit_make(struct visit *out, struct visitor *visitor, const struct bp_tls *tls,
                struct ssl_session_st *session, struct view request)
{
    const struct target *target = visitor->target;
    struct reading reading = {.used = 0};
    struct bp_connection connection;
    memset(out, 0, sizeof *out);
    if (!visitor_wait(visitor))
        return false;
    out->is_open = bp_connection_open(&connection, &target->route, tls, session, &target->times);
    if (out->is_open) {
        bool is_sent = bp_connection_send(&connection, request, 0, 0, target->times.answer_ms);
        (void)is_sent; // what was not sent shows in what does not come back
        read_answer(&reading, out, &connection, target->times.answer_ms);
        bp_stream_facts(&out->facts, &connection.stream);
        out->is_resumed = out->facts.is_resumed;
        out->session = bp_stream_session(&connection.stream);
    }
    out->end = connection.stream.end;
    out->class_of = classify(out);
    bp_connection_close(&connection);
    return true;
}

void visit_end(struct visit *visit)
{
    bp_session_free(visit->session);
    visit->session = NULL;
}

void visit_ask(struct buf *out, const struct fixture *fixture, enum role role,
               struct view credentials)
{
    buf_put_text(out, "GET ");
    buf_put(out, fixture->base);
    buf_put_text(out, "/sims/");
    buf_put(out, fixture->iccid[role]);
    buf_put_text(out, "/balances HTTP/1.1\r\nHost: ");
    buf_put(out, fixture->host);
    buf_put_text(out, "\r\nAccept: application/json\r\n");
    buf_put(out, fixture->fields);
    if (credentials.len != 0) {
        buf_put_text(out, "Authorization: Basic ");
        bp_base64_write(out, credentials);
        buf_put_text(out, "\r\n");
    }
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

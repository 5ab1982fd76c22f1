// SPDX-License-Identifier: Apache-2.0
#include "props/subject/link.h"

#include "net/clock.h"

enum { BACK_OFF_US = 150000 }; // before the second try to connect; four times that before the third

void link_init(struct link *link, const struct target *target)
{
    memset(link, 0, sizeof *link);
    link->pace.target = target;
    link->connection.stream.fd = -1;
}

void link_disconnect(struct link *link)
{
    if (!link->is_connected)
        return;
    link->last_end = link->connection.stream.end;
    target_note_wait(link->pace.target, TIME_ENDPOINT, &link->connection);
    bp_connection_close(&link->connection);
    link->is_connected = false;
}

// Another try may go better.
static bool may_pass(enum bp_end_kind kind)
{
    switch (kind) {
    case BP_END_CLOSED:
    case BP_END_EOF:
    case BP_END_RESET:
    case BP_END_TIMEOUT:
    case BP_END_REFUSED:
    case BP_END_UNREACHABLE:
        return true;
    default:
        return false;
    }
}

bool link_note_failure(struct link *link, int64_t begin_us)
{
    if (link->failed_count++ == 0)
        link->failed_since_us = begin_us;
    bool is_long = bp_clock_us() - link->failed_since_us > (int64_t)REMOTE_LOST_MS * 1000;
    link->is_lost = link->failed_count >= REMOTE_LOST_COUNT ||
                    (is_long && link->failed_count >= REMOTE_LOST_SHORT_COUNT);
    return false;
}

bool link_open(struct link *link, struct bp_connection *out)
{
    const struct target *target = link->pace.target;
    const struct bp_tls *tls = target->url.is_secure ? &target->tls : NULL;
    bool is_open = bp_connection_open(out, &target->route, tls, NULL, &target->times);
    link->counts.connection_count += is_open;
    return is_open;
}

bool link_is_barred(const struct bp_end *end)
{
    return end->kind == BP_END_ALERT && ((end->code >= 40 && end->code <= 49) || end->code == 116);
}

static bool connect_once(struct link *link)
{
    link->is_connected = true;
    if (link_open(link, &link->connection))
        return true;
    link->counts.failure_count++;
    link_disconnect(link);
    return false;
}

bool link_connect(struct link *link)
{
    int64_t begin_us = bp_clock_us();
    int64_t pause_us = BACK_OFF_US;
    for (unsigned tries = 1; !connect_once(link); tries++) {
        int64_t next_us = bp_clock_us() + pause_us;
        bool is_late = next_us - begin_us > (int64_t)REMOTE_CONNECT_PATIENCE_MS * 1000;
        if (tries == REMOTE_CONNECT_TRIES_MAX || is_late)
            return link_note_failure(link, begin_us);
        if (!may_pass((enum bp_end_kind)link->last_end.kind))
            return link_note_failure(link, begin_us);
        if (!pace_sleep(&link->pace, next_us))
            return false;
        pause_us *= 4;
    }
    return true;
}

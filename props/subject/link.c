// SPDX-License-Identifier: Apache-2.0
#include "props/subject/link.h"

#include <time.h>

#include "net/clock.h"

enum {
    SLICE_US = 100000,    // between two questions whether to go on
    BACK_OFF_US = 150000, // before the second try to connect; four times that before the third
    EARLY_US = 1000,      // a request may be that late without the next ones being later too
};

void link_init(struct link *link, const struct target *target)
{
    memset(link, 0, sizeof *link);
    link->target = target;
    link->connection.stream.fd = -1;
}

void link_disconnect(struct link *link)
{
    if (!link->is_connected)
        return;
    link->last_end = link->connection.stream.end;
    bp_connection_close(&link->connection);
    link->is_connected = false;
}

bool link_is_stopped(const struct link *link)
{
    const struct target *target = link->target;
    return target->stopped != NULL && target->stopped(target->context);
}

bool link_sleep(struct link *link, int64_t due_us)
{
    int64_t begin_us = bp_clock_us();
    int64_t now_us = begin_us;
    bool goes_on = !link_is_stopped(link);
    while (goes_on && now_us < due_us) {
        int64_t left_us = due_us - now_us < SLICE_US ? due_us - now_us : SLICE_US;
        nanosleep(&(struct timespec){.tv_nsec = (long)left_us * 1000}, NULL);
        now_us = bp_clock_us();
        goes_on = !link_is_stopped(link);
    }
    link->counts.waited_us += now_us - begin_us;
    return goes_on;
}

bool link_pace(struct link *link)
{
    if (link->target->rate == 0)
        return !link_is_stopped(link);
    if (!link_sleep(link, link->due_us))
        return false;
    int64_t now_us = bp_clock_us();
    int64_t begin_us = link->due_us > now_us - EARLY_US ? link->due_us : now_us;
    link->due_us = begin_us + 1000000 / (int64_t)link->target->rate;
    return true;
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

static bool connect_once(struct link *link)
{
    const struct target *target = link->target;
    const struct bp_tls *tls = target->url.is_secure ? &target->tls : NULL;
    link->is_connected = true;
    if (bp_connection_open(&link->connection, &target->route, tls, NULL, &target->times)) {
        link->counts.connection_count++;
        return true;
    }
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
        if (!link_sleep(link, next_us))
            return false;
        pause_us *= 4;
    }
    return true;
}

// SPDX-License-Identifier: Apache-2.0
#include "net/server_internal.h"

static int phase_ms(const struct bp_server *server, enum bp_phase phase)
{
    switch (phase) {
    case BP_PHASE_HANDSHAKE:
        return server->config.handshake_ms;
    case BP_PHASE_IDLE:
        return server->config.idle_ms;
    case BP_PHASE_REQUEST:
        return server->config.request_ms;
    case BP_PHASE_WRITE:
        return server->config.write_ms;
    default:
        return BP_LINGER_MS;
    }
}

void bp_peer_leave(struct bp_server *server, struct bp_peer *peer)
{
    struct bp_peer_list *list = &server->phases[peer->phase];
    *(peer->before == NULL ? &list->first : &peer->before->behind) = peer->behind;
    *(peer->behind == NULL ? &list->last : &peer->behind->before) = peer->before;
}

void bp_peer_enter(struct bp_server *server, struct bp_peer *peer, enum bp_phase phase)
{
    struct bp_peer_list *list = &server->phases[phase];
    peer->phase = (uint8_t)phase;
    peer->due_us = server->now_us + (int64_t)phase_ms(server, phase) * 1000;
    peer->before = list->last;
    peer->behind = NULL;
    *(list->last == NULL ? &list->first : &list->last->behind) = peer;
    list->last = peer;
}

static int64_t earlier(int64_t a, int64_t b) { return a < b ? a : b; }

int bp_server_wait_ms(const struct bp_server *server)
{
    int64_t due_us = INT64_MAX;
    if (server->ready != NULL)
        return 0;
    for (unsigned phase = 0; phase < BP_PHASE_COUNT; phase++)
        if (server->phases[phase].first != NULL)
            due_us = earlier(due_us, server->phases[phase].first->due_us);
    if (server->is_stopping)
        due_us = earlier(due_us, server->end_us);
    if (server->retry_us != 0)
        due_us = earlier(due_us, server->retry_us);
    if (due_us == INT64_MAX)
        return -1;
    int64_t wait_ms = due_us <= server->now_us ? 0 : (due_us - server->now_us) / 1000 + 1;
    return (int)earlier(wait_ms, INT32_MAX);
}

static void expire(struct bp_server *server, struct bp_peer *peer)
{
    switch ((enum bp_phase)peer->phase) {
    case BP_PHASE_REQUEST:
        bp_peer_expire(server, peer);
        return;
    case BP_PHASE_WRITE:
        bp_peer_abort(server, peer);
        return;
    case BP_PHASE_IDLE:
        (void)bp_stream_finish(&peer->stream);
        bp_peer_close(server, peer, BP_END_STOPPED);
        return;
    case BP_PHASE_HANDSHAKE:
        bp_peer_close(server, peer, BP_END_TIMEOUT);
        return;
    default:
        bp_peer_close(server, peer, BP_END_NONE);
    }
}

void bp_server_expire(struct bp_server *server)
{
    for (unsigned phase = 0; phase < BP_PHASE_COUNT; phase++) {
        struct bp_peer_list *list = &server->phases[phase];
        while (list->first != NULL && list->first->due_us <= server->now_us)
            expire(server, list->first);
    }
}

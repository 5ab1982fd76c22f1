// SPDX-License-Identifier: Apache-2.0
// A server that plays a script, in a process of its own, in the clear or over TLS.
#ifndef BP_PROPS_UNIT_SCRIPTED_H
#define BP_PROPS_UNIT_SCRIPTED_H

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "net/stream.h"

enum cue_kind {
    ACT_END,       // hold the connection until the client is gone
    ACT_HEAR,      // read a request up to its empty line
    ACT_HEAR_BODY, // read a byte of its body
    ACT_HEAR_END,  // read until the client says no more
    ACT_HEAR_TO,   // read up to the text's first octet
    ACT_SAY,       // write the text
    ACT_SAY_BYTES, // the same, each byte on its own
    ACT_DRIP,      // the same, slowly
    ACT_ECHO,      // say each byte that is heard, until the client says no more
    ACT_REPEAT,    // write the text until the client is gone
    ACT_PAUSE,     // for SCRIPT_PAUSE_MS
    ACT_CLOSE,     // close the connection; the next act takes another
    ACT_RESET,     // the same with a reset
};

enum { SCRIPT_ACT_COUNT_MAX = 10, SCRIPT_PAUSE_MS = 6, SCRIPT_DRIP_MS = 15 };

struct cue {
    enum cue_kind kind;
    struct view text;
};

// Rows of a script: ACT(HEAR), SAY("HTTP/1.1 200 OK").
#define ACT_WITH(kind, literal)        \
    {                                  \
        ACT_##kind, VIEW_INIT(literal) \
    }
#define ACT(kind) ACT_WITH(kind, "")
#define SAY(literal) ACT_WITH(SAY, literal)
#define BYTES(literal) ACT_WITH(SAY_BYTES, literal)
#define DRIP(literal) ACT_WITH(DRIP, literal)
#define REPEAT(literal) ACT_WITH(REPEAT, literal)
#define HEAR ACT(HEAR)
#define HEAR_END ACT(HEAR_END)
#define PAUSE ACT(PAUSE)
#define CLOSE ACT(CLOSE)
#define RESET ACT(RESET)

struct scripted {
    pid_t pid;
    uint16_t port;
};

struct scripted_peer {
    int listener;
    const struct bp_tls *tls;
    struct bp_stream stream; // fd -1: none
};

static inline void scripted_sleep(int ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L}, NULL);
}

static inline bool scripted_wait(struct scripted_peer *peer, enum bp_step step)
{
    struct pollfd poller = {.fd = peer->stream.fd,
                            .events = step == BP_STEP_WANT_WRITE ? POLLOUT : POLLIN};
    return step != BP_STEP_ENDED && poll(&poller, 1, 5000) == 1;
}

static inline void scripted_close(struct scripted_peer *peer, bool resets)
{
    struct linger linger = {.l_onoff = 1};
    if (resets)
        setsockopt(peer->stream.fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    else if (peer->stream.is_open)
        (void)bp_stream_finish(&peer->stream);
    bp_stream_close(&peer->stream);
}

static inline bool scripted_accept(struct scripted_peer *peer)
{
    enum bp_step step = BP_STEP_DONE;
    if (peer->stream.fd >= 0)
        return true;
    int fd = accept(peer->listener, NULL, NULL);
    if (fd < 0 || setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int)) != 0)
        return false;
    if (!bp_stream_init(&peer->stream, peer->tls, fd, NULL, NULL))
        return false;
    while ((step = bp_stream_handshake(&peer->stream)) != BP_STEP_DONE)
        if (!scripted_wait(peer, step))
            return false;
    return true;
}

static inline bool scripted_say(struct scripted_peer *peer, struct view text)
{
    while (text.len != 0) {
        size_t len = 0;
        enum bp_step step = bp_stream_write(&peer->stream, text, &len);
        text = view_from(text, len);
        if (step != BP_STEP_DONE && !scripted_wait(peer, step))
            return false;
    }
    return true;
}

// One byte; false: the client says no more.
static inline bool scripted_hear(struct scripted_peer *peer, char *octet)
{
    size_t len = 0;
    enum bp_step step = BP_STEP_DONE;
    while ((step = bp_stream_read(&peer->stream, octet, 1, &len)) != BP_STEP_DONE)
        if (!scripted_wait(peer, step))
            return false;
    return true;
}

static inline bool scripted_hear_head(struct scripted_peer *peer)
{
    unsigned state = 0;
    char octet = 0;
    while (state < 4) {
        if (!scripted_hear(peer, &octet))
            return false;
        state = octet == "\r\n\r\n"[state] ? state + 1 : octet == '\r';
    }
    return true;
}

static inline void scripted_act(struct scripted_peer *peer, const struct cue *act)
{
    char octet = 0;
    switch (act->kind) {
    case ACT_HEAR:
        (void)scripted_hear_head(peer);
        return;
    case ACT_HEAR_BODY:
        (void)scripted_hear(peer, &octet);
        return;
    case ACT_HEAR_TO:
        while (scripted_hear(peer, &octet) && octet != act->text.data[0])
            continue;
        return;
    case ACT_SAY:
        (void)scripted_say(peer, act->text);
        return;
    case ACT_SAY_BYTES:
    case ACT_DRIP:
        for (size_t i = 0; i < act->text.len; i++) {
            if (!scripted_say(peer, view_of(act->text.data + i, 1)))
                return;
            if (act->kind == ACT_DRIP)
                scripted_sleep(SCRIPT_DRIP_MS);
        }
        return;
    case ACT_ECHO:
        while (scripted_hear(peer, &octet))
            (void)scripted_say(peer, view_of(&octet, 1));
        return;
    case ACT_REPEAT:
        while (scripted_say(peer, act->text))
            continue;
        return;
    case ACT_PAUSE:
        scripted_sleep(SCRIPT_PAUSE_MS);
        return;
    case ACT_CLOSE:
    case ACT_RESET:
        scripted_close(peer, act->kind == ACT_RESET);
        return;
    case ACT_HEAR_END:
    case ACT_END:
        while (scripted_hear(peer, &octet))
            continue;
        return;
    }
}

static inline void scripted_play(int listener, const struct bp_tls *tls, const struct cue *acts)
{
    struct scripted_peer peer = {.listener = listener, .tls = tls, .stream.fd = -1};
    for (size_t i = 0; i < SCRIPT_ACT_COUNT_MAX; i++) {
        if (!scripted_accept(&peer))
            break;
        scripted_act(&peer, &acts[i]);
        if (acts[i].kind == ACT_END)
            break;
    }
    scripted_close(&peer, false);
}

// scripted_start listens on a free port of 127.0.0.1 and plays `acts`.
static inline bool scripted_start(struct scripted *out, const struct bp_tls *tls,
                                  const struct cue *acts)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr *plain = (struct sockaddr *)(void *)&address;
    bool listens = listener >= 0 && bind(listener, plain, len) == 0 && listen(listener, 8) == 0 &&
                   getsockname(listener, plain, &len) == 0;
    if (!listens)
        return false;
    out->port = ntohs(address.sin_port);
    out->pid = fork();
    if (out->pid == 0) {
        alarm(20);
        scripted_play(listener, tls, acts);
        _exit(0);
    }
    close(listener);
    return out->pid > 0;
}

static inline void scripted_stop(struct scripted *server)
{
    kill(server->pid, SIGKILL);
    waitpid(server->pid, NULL, 0);
}

#endif

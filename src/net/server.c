// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "net/server.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/clock.h"
#include "net/numeric.h"
#include "net/server_internal.h"

enum {
    EVENT_COUNT_MAX = 256,
    ACCEPT_COUNT_MAX = 64, // in one turn of the loop
    ACCEPT_RETRY_MS = 100,
    BACKLOG_COUNT_MAX = 4096,
    SEND_SPACE_LEN = 65536, // of the system, for each connection; by itself it would take 4 MB
};

static int64_t wall_now(void *context)
{
    (void)context;
    return bp_clock_wall_ms();
}

void bp_server_defaults(struct bp_server_config *out)
{
    *out = (struct bp_server_config){
        .address = "127.0.0.1",
        .gate = {.decide = bp_gate_decide},
        .connection_count_max = 20000,
        .handshake_ms = 10000,
        .idle_ms = 60000,
        .request_ms = 10000,
        .write_ms = 10000,
        .now_ms = wall_now,
    };
}

static bool tell_listening(struct bp_trouble *trouble, const char *address, uint16_t port,
                           int error)
{
    char space[256];
    struct buf after = buf_of(space, sizeof space - 1);
    buf_put_text(&after, ", port ");
    buf_put_unsigned(&after, port);
    buf_put_text(&after, ": ");
    buf_put_text(&after, strerror(error));
    buf_put_text(&after, error == EADDRINUSE
                             ? "; another program has this port: choose another one, or 0 for any"
                         : error == EACCES ? "; choose a port above 1023, or 0 for any"
                                           : "; give an address of this machine");
    space[after.len] = '\0';
    return bp_trouble_say(trouble, "cannot listen on ", address, space);
}

// What every accepted socket inherits. Without these an answer that nobody takes would wait in the
// system, unseen by our deadline.
static void set_terms(const struct bp_server *server)
{
    const int on = 1;
    const int space_len = SEND_SPACE_LEN;
    const unsigned patience_ms = (unsigned)server->config.write_ms;
    int fd = server->listener_fd;
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &space_len, sizeof space_len);
    setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &patience_ms, sizeof patience_ms);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static bool listen_on(struct bp_server *server, struct bp_trouble *trouble)
{
    const struct bp_server_config *config = &server->config;
    union bp_numeric address;
    if (!bp_numeric_read(&address, config->address, config->port))
        return bp_trouble_say(trouble, "cannot listen on ", config->address,
                              ": this is no numeric address; 127.0.0.1 and ::1 are");
    int fd = bp_numeric_bind(&address);
    server->listener_fd = fd;
    if (fd < 0)
        return tell_listening(trouble, config->address, config->port, errno);
    set_terms(server);
    if (listen(fd, BACKLOG_COUNT_MAX) != 0)
        return tell_listening(trouble, config->address, config->port, errno);
    server->port = bp_numeric_port(fd);
    return true;
}

static bool add_source(struct bp_server *server, int fd, enum bp_source *source)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = source};
    return epoll_ctl(server->epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

static bool prepare_loop(struct bp_server *server, struct bp_trouble *trouble)
{
    server->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    server->stop_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    server->stop_source = BP_SOURCE_STOP;
    server->listener_source = BP_SOURCE_LISTENER;
    bool is_prepared = server->epoll_fd >= 0 && server->stop_fd >= 0 &&
                       add_source(server, server->stop_fd, &server->stop_source) &&
                       add_source(server, server->listener_fd, &server->listener_source);
    server->is_accepting = is_prepared;
    return is_prepared || bp_trouble_say(trouble, "cannot prepare the loop: ", strerror(errno),
                                         "; raise the limit of open files (ulimit -n)");
}

static void raise_file_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

struct bp_server *bp_server_new(struct bp_trouble *trouble, const struct bp_server_config *config)
{
    struct bp_server *server = calloc(1, sizeof *server);
    void *conversation = malloc(config->service.conversation_size);
    if (server == NULL || conversation == NULL) {
        free(conversation);
        free(server);
        bp_trouble_say(trouble, "out of memory", "", "");
        return NULL;
    }
    server->config = *config;
    server->conversation = conversation;
    server->listener_fd = server->epoll_fd = server->stop_fd = -1;
    raise_file_limit();
    if (listen_on(server, trouble) && prepare_loop(server, trouble))
        return server;
    bp_server_free(server);
    return NULL;
}

uint16_t bp_server_port(const struct bp_server *server) { return server->port; }

bool bp_server_watch(struct bp_server *server, int fd, void (*ready)(void *context, int fd),
                     void *context)
{
    for (size_t i = 0; i < BP_WATCH_COUNT_MAX; i++) {
        struct bp_watch *watch = &server->watches[i];
        if (watch->ready != NULL)
            continue;
        *watch = (struct bp_watch){BP_SOURCE_WATCH, fd, ready, context};
        if (add_source(server, fd, &watch->source))
            return true;
        watch->ready = NULL;
        return false;
    }
    return false;
}

void bp_server_unwatch(struct bp_server *server, int fd)
{
    for (size_t i = 0; i < BP_WATCH_COUNT_MAX; i++)
        if (server->watches[i].ready != NULL && server->watches[i].fd == fd)
            server->watches[i].ready = NULL;
    epoll_ctl(server->epoll_fd, EPOLL_CTL_DEL, fd, NULL);
}

static void pause_accepting(struct bp_server *server)
{
    if (!server->is_accepting)
        return;
    epoll_ctl(server->epoll_fd, EPOLL_CTL_DEL, server->listener_fd, NULL);
    server->is_accepting = false;
}

static void resume_accepting(struct bp_server *server)
{
    bool must_wait = server->is_accepting || server->is_stopping ||
                     server->now_us < server->retry_us ||
                     server->open_count >= server->config.connection_count_max;
    if (must_wait)
        return;
    server->retry_us = 0;
    server->is_accepting = add_source(server, server->listener_fd, &server->listener_source);
}

static void accept_some(struct bp_server *server)
{
    for (unsigned i = 0; i < ACCEPT_COUNT_MAX; i++) {
        if (server->open_count >= server->config.connection_count_max) {
            pause_accepting(server);
            return;
        }
        int fd = accept4(server->listener_fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        bool is_gone = fd < 0 && (errno == ECONNABORTED || errno == EINTR);
        if (is_gone)
            continue;
        if (fd < 0 && errno == EAGAIN)
            return;
        if (fd < 0) {
            server->retry_us = server->now_us + ACCEPT_RETRY_MS * 1000;
            pause_accepting(server);
            return;
        }
        bp_peer_open(server, fd);
    }
}

static void finish_all(struct bp_server *server, enum bp_phase phase)
{
    for (struct bp_peer *p = server->phases[phase].first; p != NULL; p = p->behind)
        bp_peer_finish(server, p);
}

// Handshakes end; requests that have arrived, whole or in part, are answered; the rest is told that
// nothing more comes.
static void begin_stop(struct bp_server *server)
{
    server->is_stopping = true;
    server->end_us =
        server->now_us + (int64_t)(server->config.request_ms + server->config.write_ms) * 1000;
    pause_accepting(server);
    close(server->listener_fd);
    server->listener_fd = -1;
    struct bp_peer_list *handshakes = &server->phases[BP_PHASE_HANDSHAKE];
    while (handshakes->first != NULL)
        bp_peer_close(server, handshakes->first, BP_END_STOPPED);
    finish_all(server, BP_PHASE_REQUEST);
    finish_all(server, BP_PHASE_WRITE);
    struct bp_peer_list *idle = &server->phases[BP_PHASE_IDLE];
    for (struct bp_peer *peer = idle->first; peer != NULL; peer = idle->first) {
        bp_peer_read(server, peer);
        if (idle->first == peer)
            bp_peer_say_end(server, peer);
    }
}

static void end_all(struct bp_server *server)
{
    for (unsigned phase = 0; phase < BP_PHASE_COUNT; phase++)
        while (server->phases[phase].first != NULL)
            bp_peer_close(server, server->phases[phase].first, BP_END_STOPPED);
}

static void take_stop(struct bp_server *server)
{
    uint64_t count;
    (void)!read(server->stop_fd, &count, sizeof count);
    server->must_stop = true;
}

static void dispatch(struct bp_server *server, enum bp_source *source)
{
    struct bp_watch *watch;
    switch (*source) {
    case BP_SOURCE_PEER:
        bp_peer_event(server, (struct bp_peer *)source);
        return;
    case BP_SOURCE_LISTENER:
        if (server->is_accepting)
            accept_some(server);
        return;
    case BP_SOURCE_STOP:
        take_stop(server);
        return;
    case BP_SOURCE_WATCH:
        watch = (struct bp_watch *)source;
        if (watch->ready != NULL)
            watch->ready(watch->context, watch->fd);
        return;
    }
}

static void read_ready(struct bp_server *server)
{
    struct bp_peer *next = server->ready;
    server->ready = NULL;
    while (next != NULL) {
        struct bp_peer *peer = next;
        next = peer->next_ready;
        peer->is_ready = false;
        bp_peer_event(server, peer);
    }
}

static void read_clocks(struct bp_server *server)
{
    server->now_us = bp_clock_us();
    server->wall_ms = bp_clock_wall_ms();
    server->operator_ms = server->config.now_ms(server->config.context);
}

bool bp_server_run(struct bp_server *server, struct bp_trouble *trouble)
{
    struct epoll_event events[EVENT_COUNT_MAX];
    read_clocks(server);
    while (!server->is_stopping || server->open_count != 0) {
        int wait_ms = bp_server_wait_ms(server);
        int count = epoll_wait(server->epoll_fd, events, EVENT_COUNT_MAX, wait_ms);
        if (count < 0 && errno != EINTR)
            return bp_trouble_say(trouble, "waiting for connections failed: ", strerror(errno), "");
        read_clocks(server);
        for (int i = 0; i < count; i++)
            dispatch(server, events[i].data.ptr);
        read_ready(server);
        bp_server_expire(server);
        if (server->must_stop && !server->is_stopping)
            begin_stop(server);
        if (server->is_stopping && server->now_us >= server->end_us)
            end_all(server);
        resume_accepting(server);
    }
    return true;
}

void bp_server_stop(struct bp_server *server)
{
    const uint64_t one = 1;
    (void)!write(server->stop_fd, &one, sizeof one);
}

static void close_fd(int fd)
{
    if (fd >= 0)
        close(fd);
}

void bp_server_free(struct bp_server *server)
{
    if (server == NULL)
        return;
    end_all(server);
    while (server->spare != NULL) {
        struct bp_held *held = server->spare;
        server->spare = held->next;
        free(held);
    }
    close_fd(server->listener_fd);
    close_fd(server->stop_fd);
    close_fd(server->epoll_fd);
    free(server->conversation);
    free(server);
}

void bp_server_counts(struct bp_server_counts *out, const struct bp_server *server)
{
    const struct bp_tally *tally = &server->tally;
    *out = (struct bp_server_counts){
        .accepted_count = atomic_load_explicit(&tally->accepted, memory_order_relaxed),
        .handshake_count = atomic_load_explicit(&tally->handshakes, memory_order_relaxed),
        .answer_count = atomic_load_explicit(&tally->answers, memory_order_relaxed),
        .expired_count = atomic_load_explicit(&tally->expired, memory_order_relaxed),
        .open_count = (unsigned)atomic_load_explicit(&tally->open, memory_order_relaxed),
    };
}

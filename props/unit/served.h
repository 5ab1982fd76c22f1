// SPDX-License-Identifier: Apache-2.0
// A server in a thread, with the sample operator behind it, and clients in the clear.
#ifndef BP_PROPS_UNIT_SERVED_H
#define BP_PROPS_UNIT_SERVED_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "net/clock.h"
#include "net/server.h"
#include "operator/deployment.h"
#include "props/unit/sample.h"

enum { SERVED_PATIENCE_S = 10, SERVED_ACCESS_COUNT_MAX = 64, SERVED_SPACE_LEN = 1 << 20 };

#define SERVED_A "/v1/sims/8988247000100003319/balances"
#define SERVED_U "/v1/sims/8988247009900001233/balances"
#define SERVED_HOST "Host: mo.example\r\n"
#define SERVED_GET(target, fields) "GET " target " HTTP/1.1\r\n" SERVED_HOST fields "\r\n"

struct served {
    struct bp_server_config config;
    struct bp_server *server;
    struct bp_deployment *deployment;
    pthread_t thread;
    bool is_run_well;
    size_t access_count; // to be read behind served_stop; the first ones, and the last one
    struct bp_access accesses[SERVED_ACCESS_COUNT_MAX];
    struct bp_access last;
};

static inline void served_log(void *context, const struct bp_access *access)
{
    struct served *served = context;
    served->last = *access;
    if (served->access_count == SERVED_ACCESS_COUNT_MAX)
        return;
    served->accesses[served->access_count] = *access;
    served->accesses[served->access_count++].request = view_of(NULL, access->request.len);
}

// served_prepare fills in a server in the clear; the caller may change `config`.
static inline void served_prepare(struct served *served)
{
    const struct bp_deployment_config config = {.start_ms = bp_clock_wall_ms()};
    struct bp_fault fault;
    memset(served, 0, sizeof *served);
    void *space = malloc(bp_deployment_size());
    served->deployment =
        space == NULL ? NULL : bp_deployment_open(space, &fault, sample_text(), &config);
    if (served->deployment == NULL)
        exit(2);
    bp_server_defaults(&served->config);
    bp_service_of_endpoint(&served->config.service, &served->deployment->endpoint);
    served->config.context = served;
    served->config.log = served_log;
}

static inline void *served_thread(void *context)
{
    struct served *served = context;
    struct bp_trouble trouble;
    served->is_run_well = bp_server_run(served->server, &trouble);
    return NULL;
}

static inline void served_start(struct served *served)
{
    struct bp_trouble trouble = {""};
    served->server = bp_server_new(&trouble, &served->config);
    if (served->server == NULL ||
        pthread_create(&served->thread, NULL, served_thread, served) != 0) {
        fprintf(stderr, "no server: %s\n", trouble.words);
        exit(2);
    }
}

static inline void served_join(struct served *served) { pthread_join(served->thread, NULL); }

static inline void served_free(struct served *served)
{
    bp_server_free(served->server);
    free(served->deployment);
}

// served_stop stops it and waits until it has.
static inline void served_stop(struct served *served)
{
    bp_server_stop(served->server);
    served_join(served);
}

static inline struct bp_server_counts served_counts(const struct served *served)
{
    struct bp_server_counts counts;
    bp_server_counts(&counts, served->server);
    return counts;
}

static inline void served_nap(void)
{
    const struct timespec nap = {.tv_nsec = 2000000};
    nanosleep(&nap, NULL);
}

// served_wait_open waits until `count` connections are open.
static inline bool served_wait_open(const struct served *served, unsigned count)
{
    int64_t end_us = bp_clock_us() + SERVED_PATIENCE_S * 1000000;
    while (served_counts(served).open_count != count && bp_clock_us() < end_us)
        served_nap();
    return served_counts(served).open_count == count;
}

// served_dial connects in the clear; reading gives up after SERVED_PATIENCE_S.
static inline int served_dial(const struct served *served)
{
    const struct timeval patience = {.tv_sec = SERVED_PATIENCE_S};
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(bp_server_port(served->server)),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
        exit(2);
    return fd;
}

static inline bool served_send(int fd, struct view bytes)
{
    while (bytes.len != 0) {
        ssize_t len = send(fd, bytes.data, bytes.len, MSG_NOSIGNAL);
        if (len <= 0)
            return false;
        bytes = view_from(bytes, (size_t)len);
    }
    return true;
}

static inline bool served_say(int fd, const char *text)
{
    return served_send(fd, view_of_text(text));
}

// The length of the answer at the start of `bytes`, or 0 when it is not whole.
static inline size_t served_answer_len(struct view bytes)
{
    size_t head_len = view_find(bytes, VIEW("\r\n\r\n")) + 4;
    size_t at = view_find(bytes, VIEW("Content-Length: ")) + 16;
    size_t body_len = 0;
    if (head_len > bytes.len)
        return 0;
    for (; at < head_len && byte_is_digit(bytes.data[at]); at++)
        body_len = body_len * 10 + (size_t)(bytes.data[at] - '0');
    return head_len + body_len <= bytes.len ? head_len + body_len : 0;
}

static inline size_t served_answer_count(struct view bytes)
{
    size_t count = 0;
    for (size_t len = served_answer_len(bytes); len != 0; len = served_answer_len(bytes)) {
        bytes = view_from(bytes, len);
        count++;
    }
    return count;
}

// served_hear appends what comes until there are `answer_count` whole answers, or the end: 0 for
// answers only, 1 at an end of file, -1 at a reset or when nothing came.
static inline int served_hear(struct buf *out, int fd, size_t answer_count)
{
    while (answer_count == 0 || served_answer_count(buf_view(out)) < answer_count) {
        ssize_t len = recv(fd, out->data + out->len, out->cap - out->len, 0);
        if (len <= 0)
            return len == 0 ? 1 : -1;
        out->len += (size_t)len;
    }
    return 0;
}

static inline unsigned served_status(struct view answer)
{
    unsigned status = 0;
    for (size_t i = 9; i < 12 && i < answer.len; i++)
        status = status * 10 + (unsigned)(answer.data[i] - '0');
    return status;
}

static inline bool served_has(const struct buf *answers, const char *text)
{
    return view_find(buf_view(answers), view_of_text(text)) < answers->len;
}

#endif

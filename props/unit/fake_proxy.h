// SPDX-License-Identifier: Apache-2.0
// A proxy in a process of its own, CONNECT or SOCKS5, that lets one HOST:PORT through: to a port of
// this machine.
#ifndef BP_PROPS_UNIT_FAKE_PROXY_H
#define BP_PROPS_UNIT_FAKE_PROXY_H

#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct fake_proxy {
    pid_t pid;
    uint16_t port;
};

static inline int fake_proxy_dial(uint16_t port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(port)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)(void *)&address, sizeof address) == 0)
        return fd;
    close(fd);
    return -1;
}

// Carries octets both ways until one side ends.
static inline void fake_proxy_carry(int a, int b)
{
    struct pollfd ends[2] = {{.fd = a, .events = POLLIN}, {.fd = b, .events = POLLIN}};
    char space[4096];
    while (poll(ends, 2, 5000) > 0) {
        for (size_t i = 0; i < 2; i++) {
            if (ends[i].revents == 0)
                continue;
            ssize_t len = read(ends[i].fd, space, sizeof space);
            if (len <= 0 || send(ends[1 - i].fd, space, (size_t)len, MSG_NOSIGNAL) != len)
                return;
        }
    }
}

// The HOST:PORT that is asked for; false when the request is not understood.
static inline bool fake_proxy_read(int fd, bool is_socks, char *place, size_t cap)
{
    char space[1024];
    size_t len = 0;
    if (is_socks) {
        unsigned char head[5];
        unsigned char port[2];
        bool is_greeted = recv(fd, head, 3, MSG_WAITALL) == 3 && head[0] == 5 && head[1] == 1 &&
                          send(fd, "\x05\x00", 2, MSG_NOSIGNAL) == 2;
        if (!is_greeted || recv(fd, head, 5, MSG_WAITALL) != 5 || head[3] != 3 || head[4] >= cap)
            return false;
        len = head[4];
        space[len] = '\0';
        if (recv(fd, space, len, MSG_WAITALL) != (ssize_t)len ||
            recv(fd, port, 2, MSG_WAITALL) != 2)
            return false;
        return snprintf(place, cap, "%s:%u", space, port[0] * 256U + port[1]) < (int)cap;
    }
    while (len < sizeof space - 1 && recv(fd, space + len, 1, 0) == 1) {
        len++;
        if (len >= 4 && memcmp(space + len - 4, "\r\n\r\n", 4) == 0)
            break;
    }
    space[len] = '\0';
    const char *end = len > 8 ? strchr(space + 8, ' ') : NULL;
    if (strncmp(space, "CONNECT ", 8) != 0 || end == NULL || (size_t)(end - space - 8) >= cap)
        return false;
    memcpy(place, space + 8, (size_t)(end - space - 8));
    place[end - space - 8] = '\0';
    return true;
}

static inline void fake_proxy_serve(int fd, bool is_socks, const char *open, uint16_t to)
{
    static const char *const yes[] = {"HTTP/1.1 200 OK\r\nX: y\r\n\r\n",
                                      "\x05\x00\x00\x03\x01x\x01\x02"};
    static const char *const no[] = {"HTTP/1.1 403 No\r\n\r\n", "\x05\x02\x00\x01\0\0\0\0\0"};
    char place[300];
    bool is_open = fake_proxy_read(fd, is_socks, place, sizeof place) && strcmp(place, open) == 0;
    int other = is_open ? fake_proxy_dial(to) : -1;
    size_t len = is_socks ? (other >= 0 ? 8 : 10) : strlen(other >= 0 ? yes[0] : no[0]);
    (void)!send(fd, other >= 0 ? yes[is_socks] : no[is_socks], len, MSG_NOSIGNAL);
    if (other >= 0)
        fake_proxy_carry(fd, other);
    close(other);
    close(fd);
}

static inline bool fake_proxy_start(struct fake_proxy *out, bool is_socks, const char *open,
                                    uint16_t to)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr *plain = (struct sockaddr *)(void *)&address;
    if (listener < 0 || bind(listener, plain, len) != 0 || listen(listener, 8) != 0 ||
        getsockname(listener, plain, &len) != 0)
        return false;
    out->port = ntohs(address.sin_port);
    out->pid = fork();
    if (out->pid == 0) {
        alarm(20);
        for (;;) {
            int fd = accept(listener, NULL, NULL);
            if (fd >= 0)
                fake_proxy_serve(fd, is_socks, open, to);
        }
    }
    close(listener);
    return out->pid > 0;
}

static inline void fake_proxy_stop(struct fake_proxy *proxy)
{
    kill(proxy->pid, SIGKILL);
    waitpid(proxy->pid, NULL, 0);
}

#endif

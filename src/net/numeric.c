// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "net/numeric.h"

#include <arpa/inet.h>
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

bool bp_numeric_read(union bp_numeric *out, const char *text, uint16_t port)
{
    memset(out, 0, sizeof *out);
    if (inet_pton(AF_INET, text, &out->v4.sin_addr) == 1) {
        out->v4.sin_family = AF_INET;
        out->v4.sin_port = htons(port);
        return true;
    }
    out->v6.sin6_family = AF_INET6;
    out->v6.sin6_port = htons(port);
    return inet_pton(AF_INET6, text, &out->v6.sin6_addr) == 1;
}

int bp_numeric_bind(const union bp_numeric *address)
{
    const int on = 1;
    bool is_4 = address->any.sa_family == AF_INET;
    int fd = socket(address->any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, &address->any, is_4 ? sizeof address->v4 : sizeof address->v6) == 0)
        return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

uint16_t bp_numeric_port(int fd)
{
    union bp_numeric address;
    socklen_t len = sizeof address;
    memset(&address, 0, sizeof address);
    getsockname(fd, &address.any, &len);
    return ntohs(address.any.sa_family == AF_INET ? address.v4.sin_port : address.v6.sin6_port);
}

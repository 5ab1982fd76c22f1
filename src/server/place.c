// SPDX-License-Identifier: Apache-2.0
#include "server/place.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tool/options.h"

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

static socklen_t address_of(union address *out, const struct place *place)
{
    memset(out, 0, sizeof *out);
    if (inet_pton(AF_INET, place->address, &out->v4.sin_addr) == 1) {
        out->v4.sin_family = AF_INET;
        out->v4.sin_port = htons(place->port);
        return sizeof out->v4;
    }
    if (inet_pton(AF_INET6, place->address, &out->v6.sin6_addr) == 1) {
        out->v6.sin6_family = AF_INET6;
        out->v6.sin6_port = htons(place->port);
        return sizeof out->v6;
    }
    return 0;
}

static bool is_on_loopback(const union address *address)
{
    if (address->any.sa_family == AF_INET)
        return ntohl(address->v4.sin_addr.s_addr) >> 24 == 127;
    return IN6_IS_ADDR_LOOPBACK(&address->v6.sin6_addr) != 0;
}

bool place_read(struct place *out, const char *text)
{
    struct view given = view_of_text(text);
    size_t colon = given.len;
    while (colon != 0 && given.data[colon - 1] != ':')
        colon--;
    if (colon == 0)
        return false;
    struct view address = view_first(given, colon - 1);
    bool is_bracketed = address.len >= 2 && address.data[0] == '[';
    if (is_bracketed && address.data[address.len - 1] != ']')
        return false;
    if (is_bracketed)
        address = view_of(address.data + 1, address.len - 2);
    uint64_t port;
    if (address.len >= sizeof out->address || !options_number(&port, text + colon) || port > 65535)
        return false;
    memcpy(out->address, address.data, address.len);
    out->address[address.len] = '\0';
    out->port = (uint16_t)port;
    union address numeric;
    bool is_numeric = address_of(&numeric, out) != 0;
    out->is_loopback = is_numeric && is_on_loopback(&numeric);
    return is_numeric && is_bracketed == (numeric.any.sa_family == AF_INET6);
}

int place_socket(const struct place *place, int flags, bool listens)
{
    const int on = 1;
    union address address;
    socklen_t len = address_of(&address, place);
    int fd = socket(address.any.sa_family, SOCK_STREAM | flags, 0);
    if (fd < 0)
        return -1;
    bool is_done = false;
    if (listens) {
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        is_done = bind(fd, &address.any, len) == 0 && listen(fd, 16) == 0;
    } else {
        is_done = connect(fd, &address.any, len) == 0;
    }
    if (is_done)
        return fd;
    close(fd);
    return -1;
}

uint16_t place_port(int fd)
{
    union address address;
    socklen_t len = sizeof address;
    memset(&address, 0, sizeof address);
    getsockname(fd, &address.any, &len);
    return ntohs(address.any.sa_family == AF_INET ? address.v4.sin_port : address.v6.sin6_port);
}

// SPDX-License-Identifier: Apache-2.0
#include "server/place.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/numeric.h"
#include "tool/options.h"

enum { BACKLOG_COUNT_MAX = 16 };

static bool is_on_loopback(const union bp_numeric *address)
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
    union bp_numeric numeric;
    bool is_numeric = bp_numeric_read(&numeric, out->address, out->port);
    out->is_loopback = is_numeric && is_on_loopback(&numeric);
    return is_numeric && is_bracketed == (numeric.any.sa_family == AF_INET6);
}

int place_listen(const struct place *place)
{
    union bp_numeric address;
    int fd =
        bp_numeric_read(&address, place->address, place->port) ? bp_numeric_bind(&address) : -1;
    if (fd < 0 || listen(fd, BACKLOG_COUNT_MAX) == 0)
        return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

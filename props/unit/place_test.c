// SPDX-License-Identifier: Apache-2.0
#include "server/place.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/numeric.h"
#include "props/unit/unit.h"

static const struct {
    const char *text;
    bool is_read;
    const char *address;
    uint16_t port;
    bool is_loopback;
} rows[] = {
    {"127.0.0.1:8443", true, "127.0.0.1", 8443, true},
    {"127.1.2.3:0", true, "127.1.2.3", 0, true},
    {"192.0.2.1:65535", true, "192.0.2.1", 65535, false},
    {"0.0.0.0:1", true, "0.0.0.0", 1, false},
    {"[::1]:8443", true, "::1", 8443, true},
    {"[::]:1", true, "::", 1, false},
    {"[2001:db8::1]:443", true, "2001:db8::1", 443, false},
    {"[::ffff:127.0.0.1]:443", true, "::ffff:127.0.0.1", 443, false},
    {"", false, "", 0, false},
    {":", false, "", 0, false},
    {":80", false, "", 0, false},
    {"127.0.0.1", false, "", 0, false},
    {"127.0.0.1:", false, "", 0, false},
    {"127.0.0.1:65536", false, "", 0, false},
    {"127.0.0.1:-1", false, "", 0, false},
    {"127.0.0.1:80x", false, "", 0, false},
    {"localhost:80", false, "", 0, false},
    {"::1:80", false, "", 0, false},
    {"[::1]", false, "", 0, false},
    {"[::1:80", false, "", 0, false},
    {"[127.0.0.1]:80", false, "", 0, false},
    {"[]:80", false, "", 0, false},
    {"1111111111111111111111111111111111111111111111111111111111111111:80", false, "", 0, false},
};

static bool can_connect(const struct place *place)
{
    union bp_numeric address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bool is_connected = bp_numeric_read(&address, place->address, place->port) &&
                        connect(fd, &address.any, sizeof address.v4) == 0;
    close(fd);
    return is_connected;
}

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct place place;
        CHECK_ROW(i, place_read(&place, rows[i].text) == rows[i].is_read);
        if (!rows[i].is_read)
            continue;
        CHECK_ROW(i, strcmp(place.address, rows[i].address) == 0 && place.port == rows[i].port);
        CHECK_ROW(i, place.is_loopback == rows[i].is_loopback);
    }
    struct place place;
    CHECK(place_read(&place, "127.0.0.1:0"));
    int listener = place_listen(&place);
    CHECK(listener >= 0);
    place.port = bp_numeric_port(listener);
    CHECK(place.port != 0 && can_connect(&place));
    CHECK(place_listen(&place) < 0 && errno == EADDRINUSE);
    close(listener);
    CHECK(!can_connect(&place));
    return unit_end();
}

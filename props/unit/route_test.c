// SPDX-License-Identifier: Apache-2.0
#include "net/route.h"

#include <unistd.h>

#include "props/unit/unit.h"

#define TO(text)   \
    {              \
        text, true \
    }
#define AT(text)    \
    {               \
        text, false \
    }

static const struct row {
    const char *host;
    uint16_t port;
    struct bp_route_override overrides[3]; // up to the first without a text
    const char *interface;
    enum bp_family family;
    const char *first;    // address, or part of the trouble
    size_t address_count; // 0: it is refused
    bool is_loopback;
} rows[] = {
    {"127.0.0.1", 8443, {{0}}, NULL, BP_FAMILY_ANY, "127.0.0.1:8443", 1, true},
    {"127.9.9.9", 1, {{0}}, NULL, BP_FAMILY_4, "127.9.9.9:1", 1, true},
    {"::1", 443, {{0}}, NULL, BP_FAMILY_ANY, "[::1]:443", 1, true},
    {"::ffff:127.0.0.1", 443, {{0}}, NULL, BP_FAMILY_ANY, "[::ffff:127.0.0.1]:443", 1, true},
    {"192.0.2.7", 443, {{0}}, NULL, BP_FAMILY_ANY, "192.0.2.7:443", 1, false},
    {"::1", 443, {{0}}, NULL, BP_FAMILY_4, "cannot resolve the host ::1: ", 0, false},
    {"mo.invalid",
     443,
     {{0}},
     NULL,
     BP_FAMILY_ANY,
     "cannot resolve the host mo.invalid: ",
     0,
     false},
    {"", 443, {{0}}, NULL, BP_FAMILY_ANY, "cannot resolve", 0, false},

    {"mo.invalid", 443, {AT("mo.invalid:443:127.0.0.1")}, NULL, 0, "127.0.0.1:443", 1, true},
    {"mo.invalid", 443, {AT("MO.Invalid:443:127.0.0.1")}, NULL, 0, "127.0.0.1:443", 1, true},
    {"mo.invalid", 443, {AT("+mo.invalid:443:127.0.0.1")}, NULL, 0, "127.0.0.1:443", 1, true},
    {"mo.invalid", 443, {AT("mo.invalid:443:[::1]")}, NULL, 0, "[::1]:443", 1, true},
    {"mo.invalid", 443, {AT("mo.invalid:443:::1")}, NULL, 0, "[::1]:443", 1, true},
    {"mo.invalid",
     443,
     {AT("mo.invalid:443:127.0.0.1,192.0.2.7,[::1]")},
     NULL,
     0,
     "127.0.0.1:443",
     3,
     false},
    {"mo.invalid",
     443,
     {AT("mo.invalid:443:[::1],127.0.0.1")},
     NULL,
     BP_FAMILY_4,
     "127.0.0.1:443",
     1,
     true},
    {"mo.invalid",
     443,
     {AT("mo.invalid:443:[::1]")},
     NULL,
     BP_FAMILY_4,
     "no address of the family",
     0,
     false},
    {"mo.invalid", 443, {AT("*:443:127.0.0.2")}, NULL, 0, "127.0.0.2:443", 1, true},
    {"mo.invalid",
     443,
     {AT("mo.invalid:443:127.0.0.1"), AT("*:443:127.0.0.2")},
     NULL,
     0,
     "127.0.0.1:443",
     1,
     true},
    {"mo.invalid",
     443,
     {AT("mo.invalid:443:127.0.0.1"), AT("mo.invalid:443:127.0.0.2")},
     NULL,
     0,
     "127.0.0.2:443",
     1,
     true},
    {"mo.invalid", 443, {AT("mo.invalid:444:127.0.0.1")}, NULL, 0, "cannot resolve", 0, false},
    {"::1", 443, {AT("[::1]:443:127.0.0.1")}, NULL, 0, "127.0.0.1:443", 1, true},

    {"mo.invalid", 443, {TO("mo.invalid:443:127.0.0.1:8443")}, NULL, 0, "127.0.0.1:8443", 1, true},
    {"mo.invalid", 443, {TO("::127.0.0.1:")}, NULL, 0, "127.0.0.1:443", 1, true},
    {"mo.invalid", 443, {TO(":443:127.0.0.1:")}, NULL, 0, "127.0.0.1:443", 1, true},
    {"mo.invalid", 443, {TO("mo.invalid::[::1]:9")}, NULL, 0, "[::1]:9", 1, true},
    {"127.0.0.1", 443, {TO("127.0.0.1:443::8443")}, NULL, 0, "127.0.0.1:8443", 1, true},
    {"::1", 443, {TO("[::1]:443:127.0.0.1:9")}, NULL, 0, "127.0.0.1:9", 1, true},
    {"127.0.0.1", 443, {TO("127.0.0.1:444:127.0.0.2:9")}, NULL, 0, "127.0.0.1:443", 1, true},
    {"mo.invalid",
     443,
     {TO("::127.0.0.1:1"), TO("::127.0.0.2:2")},
     NULL,
     0,
     "127.0.0.1:1",
     1,
     true},
    {"mo.invalid",
     443,
     {AT("b.invalid:9:127.0.0.3"), TO("mo.invalid:443:b.invalid:9")},
     NULL,
     0,
     "127.0.0.3:9",
     1,
     true},

    {"127.0.0.1", 443, {AT("")}, NULL, 0, "--resolve", 0, false},
    {"127.0.0.1", 443, {AT("mo.invalid:443")}, NULL, 0, "is malformed: it is HOST:PORT", 0, false},
    {"127.0.0.1", 443, {AT(":443:127.0.0.1")}, NULL, 0, "--resolve", 0, false},
    {"127.0.0.1", 443, {AT("mo.invalid:443:")}, NULL, 0, "--resolve", 0, false},
    {"127.0.0.1", 443, {AT("mo.invalid:70000:127.0.0.1")}, NULL, 0, "--resolve", 0, false},
    {"127.0.0.1", 443, {AT("-mo.invalid:443")}, NULL, 0, "--resolve", 0, false},
    {"mo.invalid", 443, {AT("mo.invalid:443:elsewhere")}, NULL, 0, "which is no address", 0, false},
    {"127.0.0.1", 443, {TO("a:1:b")}, NULL, 0, "is malformed: it is HOST1:PORT1", 0, false},
    {"127.0.0.1", 443, {TO("a:x:b:1")}, NULL, 0, "--connect-to", 0, false},
    {"127.0.0.1", 443, {TO("a:1:b:1x")}, NULL, 0, "--connect-to", 0, false},
    {"127.0.0.1", 443, {TO("[::1:1:b:1")}, NULL, 0, "--connect-to", 0, false},

    {"127.0.0.1", 443, {{0}}, "127.0.0.2", 0, "127.0.0.1:443", 1, true},
    {"127.0.0.1", 443, {{0}}, "host!127.0.0.2", 0, "127.0.0.1:443", 1, true},
    {"127.0.0.1", 443, {{0}}, "192.0.2.1", 0, "is not an address of this machine", 0, false},
    {"127.0.0.1", 443, {{0}}, "::1", 0, "cannot resolve the host 127.0.0.1", 0, false},
    {"127.0.0.1",
     443,
     {{0}},
     "nowhere9",
     0,
     "neither a network interface nor an address",
     0,
     false},
};

static bool has(const char *words, const char *part)
{
    struct view v = view_of_text(words);
    return view_find(v, view_of_text(part)) < v.len;
}

static void check_row(size_t number)
{
    static struct bp_route route;
    const struct row *row = &rows[number];
    struct bp_trouble trouble = {""};
    struct bp_route_config config = {
        .host = row->host, .port = row->port, .interface = row->interface, .family = row->family};
    for (size_t i = 0; i < 3 && row->overrides[i].text != NULL; i++)
        config.overrides[config.override_count++] = row->overrides[i];
    bool is_found = bp_route_find(&route, &trouble, &config);
    CHECK_ROW(number, is_found == (row->address_count != 0));
    if (!is_found) {
        CHECK_ROW(number, has(trouble.words, row->first));
        return;
    }
    CHECK_ROW(number, route.address_count == row->address_count);
    CHECK_ROW(number, strcmp(route.addresses[0].text, row->first) == 0);
    CHECK_ROW(number, route.is_loopback == row->is_loopback);
}

// The loopback interface is there, but who may bind to it depends on the machine.
static void check_device(void)
{
    static struct bp_route route;
    struct bp_trouble trouble = {""};
    struct bp_route_config config = {.host = "127.0.0.1", .port = 443, .interface = "if!lo"};
    if (!bp_route_find(&route, &trouble, &config)) {
        CHECK(has(trouble.words, "is not allowed for this user"));
        return;
    }
    int fd = bp_route_socket(&route, &route.addresses[0]);
    CHECK(fd >= 0);
    close(fd);
}

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_row(i);
    check_device();
    return unit_end();
}

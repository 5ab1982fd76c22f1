// SPDX-License-Identifier: Apache-2.0
// Host and port, in the Host field and in absolute targets.
#include "http/host.h"
#include "props/unit/unit.h"

static const struct {
    struct view text;
    bool is_valid;
} rows[] = {
    {VIEW_INIT("a"), true},
    {VIEW_INIT("mo.example"), true},
    {VIEW_INIT("MO-1.example.:8443"), true},
    {VIEW_INIT("mo_x~!$&'()*+;="), true},
    {VIEW_INIT("caf%C3%a9.example"), true},
    {VIEW_INIT("a:"), true},
    {VIEW_INIT("a:0"), true},
    {VIEW_INIT("a:65535"), true},
    {VIEW_INIT("192.0.2.7:443"), true},
    {VIEW_INIT("999.0.2.7"), true}, // a name, by RFC 3986
    {VIEW_INIT("[::]"), true},
    {VIEW_INIT("[::1]:443"), true},
    {VIEW_INIT("[1::]:"), true},
    {VIEW_INIT("[2001:DB8::7]"), true},
    {VIEW_INIT("[1:2:3:4:5:6:7:8]"), true},
    {VIEW_INIT("[1:2:3:4:5:6:7::]"), true},
    {VIEW_INIT("[::2:3:4:5:6:7:8]"), true},
    {VIEW_INIT("[1:2:3:4:5:6:192.0.2.7]"), true},
    {VIEW_INIT("[::ffff:192.0.2.255]"), true},
    {VIEW_INIT("[1:2:3:4:5::192.0.2.7]"), true},

    {VIEW_INIT(""), false},
    {VIEW_INIT(":"), false},
    {VIEW_INIT(":80"), false},
    {VIEW_INIT("a b"), false},
    {VIEW_INIT("a,b"), false},
    {VIEW_INIT("a/"), false},
    {VIEW_INIT("a@b"), false},
    {VIEW_INIT("a?b"), false},
    {VIEW_INIT("a#b"), false},
    {VIEW_INIT("a\\b"), false},
    {VIEW_INIT("a\0b"), false},
    {VIEW_INIT("caf\xc3\xa9"), false},
    {VIEW_INIT("a%"), false},
    {VIEW_INIT("a%4"), false},
    {VIEW_INIT("a%4g"), false},
    {VIEW_INIT("a%41@"), false},
    {VIEW_INIT("a:b"), false},
    {VIEW_INIT("a:80:80"), false},
    {VIEW_INIT("a:123456"), false},
    {VIEW_INIT("a:-1"), false},
    {VIEW_INIT("::1"), false},
    {VIEW_INIT("["), false},
    {VIEW_INIT("[]"), false},
    {VIEW_INIT("[::1"), false},
    {VIEW_INIT("[::1]x"), false},
    {VIEW_INIT("[::1]:x"), false},
    {VIEW_INIT("x[::1]"), false},
    {VIEW_INIT("[:]"), false},
    {VIEW_INIT("[:::]"), false},
    {VIEW_INIT("[1]"), false},
    {VIEW_INIT("[1:2:3:4:5:6:7]"), false},
    {VIEW_INIT("[1:2:3:4:5:6:7:]"), false},
    {VIEW_INIT("[::1:]"), false},
    {VIEW_INIT("[1:2:3:4:5:6:7:8:9]"), false},
    {VIEW_INIT("[1:2:3:4:5:6:7:8::]"), false},
    {VIEW_INIT("[::1:2:3:4:5:6:7:8]"), false},
    {VIEW_INIT("[1::2::3]"), false},
    {VIEW_INIT("[12345::]"), false},
    {VIEW_INIT("[g::]"), false},
    {VIEW_INIT("[1:2:3:4:5:192.0.2.7]"), false},
    {VIEW_INIT("[1:2:3:4:5:6::192.0.2.7]"), false},
    {VIEW_INIT("[::256.0.2.7]"), false},
    {VIEW_INIT("[::1.2.3]"), false},
    {VIEW_INIT("[::1.2.3.4.5]"), false},
    {VIEW_INIT("[::1.2.3.]"), false},
    {VIEW_INIT("[::1.2x3.4]"), false},
    {VIEW_INIT("[1g::]"), false},
    {VIEW_INIT("[1g2:3:4:5:6:7:8]"), false},
    {VIEW_INIT("[::1.2.3.4x]"), false},
    {VIEW_INIT("[::01.2.3.4]"), false},
    {VIEW_INIT("[::1.2.3.0004]"), false},
    {VIEW_INIT("[::.2.3.4]"), false},
    {VIEW_INIT("[fe80::1%25eth0]"), false},
    {VIEW_INIT("[v1.x]"), false},
};

static const struct {
    struct view text;
    uint16_t port; // 0: refused
} ports[] = {
    {VIEW_INIT("1"), 1},      {VIEW_INIT("00443"), 443}, {VIEW_INIT("65535"), 65535},
    {VIEW_INIT(""), 0},       {VIEW_INIT("0"), 0},       {VIEW_INIT("65536"), 0},
    {VIEW_INIT("000443"), 0}, {VIEW_INIT("-1"), 0},      {VIEW_INIT("8a"), 0},
};

static void check_ports(void)
{
    for (size_t i = 0; i < sizeof ports / sizeof ports[0]; i++) {
        uint16_t port = 0;
        bool is_taken = bp_port_read(&port, ports[i].text);
        CHECK_ROW(i, is_taken == (ports[i].port != 0));
        if (is_taken)
            CHECK_ROW(i, port == ports[i].port);
    }
}

int main(void)
{
    check_ports();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        CHECK_ROW(i, bp_host_is_valid(rows[i].text) == rows[i].is_valid);
    CHECK(!bp_host_is_valid(view_of(NULL, 0)));
    return unit_end();
}

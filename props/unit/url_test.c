// SPDX-License-Identifier: Apache-2.0
#include "http/url.h"

#include "props/unit/unit.h"

static const struct {
    const char *text;
    bool is_secure;
    const char *authority;
    const char *host;
    uint16_t port;
    const char *path;
} good_rows[] = {
    {"https://mo.example", true, "mo.example", "mo.example", 443, ""},
    {"https://mo.example/", true, "mo.example", "mo.example", 443, ""},
    {"https://mo.example//", true, "mo.example", "mo.example", 443, ""},
    {"HTTPS://mo.example/v1", true, "mo.example", "mo.example", 443, "/v1"},
    {"https://mo.example:443/v1/", true, "mo.example", "mo.example", 443, "/v1"},
    {"https://mo.example:/v1", true, "mo.example", "mo.example", 443, "/v1"},
    {"https://mo.example:00443", true, "mo.example", "mo.example", 443, ""},
    {"https://mo.example:8443/a/b", true, "mo.example:8443", "mo.example", 8443, "/a/b"},
    {"https://mo.example:80", true, "mo.example:80", "mo.example", 80, ""},
    {"https://mo.example:65535", true, "mo.example:65535", "mo.example", 65535, ""},
    {"http://mo.example", false, "mo.example", "mo.example", 80, ""},
    {"http://mo.example:80/x", false, "mo.example", "mo.example", 80, "/x"},
    {"http://mo.example:443/x", false, "mo.example:443", "mo.example", 443, "/x"},
    {"https://192.0.2.7:1", true, "192.0.2.7:1", "192.0.2.7", 1, ""},
    {"https://[::1]:8443", true, "[::1]:8443", "::1", 8443, ""},
    {"https://[2001:db8::7]/v1", true, "[2001:db8::7]", "2001:db8::7", 443, "/v1"},
    {"https://[2001:db8::7]:443/v1", true, "[2001:db8::7]", "2001:db8::7", 443, "/v1"},
    {"https://mo.example/a%20b/%c3%a9", true, "mo.example", "mo.example", 443, "/a%20b/%c3%a9"},
    {"https://mo.example/%0f", true, "mo.example", "mo.example", 443, "/%0f"},
    {"https://mo.example/a:b@c,d;e=f&g", true, "mo.example", "mo.example", 443, "/a:b@c,d;e=f&g"},
};

// `where` is the offending part.
static const struct {
    struct view text;
    const char *where;
} bad_rows[] = {
    {VIEW_INIT(""), ""},
    {VIEW_INIT("mo.example"), "mo.example"},
    {VIEW_INIT("https"), "https"},
    {VIEW_INIT("https:/mo.example"), "https"},
    {VIEW_INIT("ftp://mo.example"), "ftp"},
    {VIEW_INIT("httpss://mo.example"), "httpss"},
    {VIEW_INIT("https://"), ""},
    {VIEW_INIT("https:///v1"), ""},
    {VIEW_INIT("https://:8443/v1"), ":8443"},
    {VIEW_INIT("https://user:secret@mo.example/v1"), "@"},
    {VIEW_INIT("user:secret@mo.example"), "@"},
    {VIEW_INIT("ftp://user:secret@mo.example"), "@"},
    {VIEW_INIT("https://user:sec?ret@mo.example"), "@"},
    {VIEW_INIT("https://user:sec/ret@mo.example"), "@"},
    {VIEW_INIT("https://mo.example/a@b c"), " "},
    {VIEW_INIT("https://mo.example?x"), "?x"},
    {VIEW_INIT("https://mo.example#x"), "#x"},
    {VIEW_INIT("https://mo.example/v1?limit=1"), "?limit=1"},
    {VIEW_INIT("https://mo.example/v1#top"), "#top"},
    {VIEW_INIT("https://mo.example:0"), "0"},
    {VIEW_INIT("https://mo.example:65536/v1"), "65536"},
    {VIEW_INIT("https://mo.example:99999"), "99999"},
    {VIEW_INIT("https://mo.example:123456"), "mo.example:123456"},
    {VIEW_INIT("https://mo.example:8a"), "mo.example:8a"},
    {VIEW_INIT("https://mo example/v1"), "mo example"},
    {VIEW_INIT("https://::1/v1"), "::1"},
    {VIEW_INIT("https://[::1/v1"), "[::1"},
    {VIEW_INIT("https://[::g]"), "[::g]"},
    {VIEW_INIT("https://[fe80::1%25eth0]"), "[fe80::1%25eth0]"},
    {VIEW_INIT("https://mo.example/a b"), " "},
    {VIEW_INIT("https://mo.example/a\0b"), "\0"},
    {VIEW_INIT("https://mo.example/\303\251"), "\303"},
    {VIEW_INIT("https://mo.example/a%2"), "%"},
    {VIEW_INIT("https://mo.example/a%zz"), "%"},
    {VIEW_INIT("https://mo.example/a%z1"), "%"},
    {VIEW_INIT("https://mo.example/a%20<"), "<"},
    {VIEW_INIT("https://mo.example/<x>"), "<"},
    {VIEW_INIT("https://mo.example\\v1"), "mo.example\\v1"},
    {VIEW_INIT(" https://mo.example"), " https"},
};

static bool is(struct view v, const char *text) { return view_equal(v, view_of_text(text)); }

static void check_good(void)
{
    for (size_t i = 0; i < sizeof good_rows / sizeof good_rows[0]; i++) {
        struct bp_url url;
        struct bp_fault fault;
        struct view text = view_of_text(good_rows[i].text);
        CHECK_ROW(i, bp_url_read(&url, &fault, text));
        CHECK_ROW(i, url.is_secure == good_rows[i].is_secure);
        CHECK_ROW(i, is(url.authority, good_rows[i].authority));
        CHECK_ROW(i, is(url.host, good_rows[i].host));
        CHECK_ROW(i, url.port == good_rows[i].port);
        CHECK_ROW(i, is(url.path, good_rows[i].path));
        bool borrows = url.host.data >= text.data && url.host.data < text.data + text.len;
        CHECK_ROW(i, borrows);
    }
}

static void check_bad(void)
{
    for (size_t i = 0; i < sizeof bad_rows / sizeof bad_rows[0]; i++) {
        struct bp_url url;
        struct bp_fault fault;
        CHECK_ROW(i, !bp_url_read(&url, &fault, bad_rows[i].text));
        CHECK_ROW(i, fault.reason == BP_REASON_URL);
        bool is_nul = fault.where.len == 1 && fault.where.data[0] == 0;
        CHECK_ROW(i, is_nul ? bad_rows[i].where[0] == 0 : is(fault.where, bad_rows[i].where));
    }
}

int main(void)
{
    check_good();
    check_bad();
    return unit_end();
}

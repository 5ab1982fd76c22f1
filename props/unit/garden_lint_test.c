// SPDX-License-Identifier: Apache-2.0
#include "props/launch/garden_lint.h"

#include <stdlib.h>

#include "props/unit/unit.h"

enum { TEXT_LEN_MAX = 1 << 18, MANY = GARDEN_ENTRY_COUNT_MAX + 3 };

static const struct {
    const char *text;
    const char *words; // how the trouble begins; NULL: accepted
    const char *host;
    uint16_t port;
    enum garden_kind kind;
} entries[] = {
    {"login.live.com", NULL, "login.live.com", 0, GARDEN_NAME},
    {"login.live.com.", NULL, "login.live.com", 0, GARDEN_NAME},
    {"login.live.com:443", NULL, "login.live.com", 443, GARDEN_NAME},
    {"http://crl.microsoft.com", NULL, "crl.microsoft.com", 80, GARDEN_NAME},
    {"HTTPS://crl.microsoft.com/", NULL, "crl.microsoft.com", 443, GARDEN_NAME},
    {"https://mo.example:8443", NULL, "mo.example", 8443, GARDEN_NAME},
    {"_x.a-b.example", NULL, "_x.a-b.example", 0, GARDEN_NAME},
    {"localhost", NULL, "localhost", 0, GARDEN_NAME},
    {"*.windows.com", NULL, ".windows.com", 0, GARDEN_PATTERN},
    {"*smartscreen.microsoft.com:443", NULL, "smartscreen.microsoft.com", 443, GARDEN_PATTERN},
    {"https://*.windows.com", NULL, ".windows.com", 443, GARDEN_PATTERN},
    {"*", NULL, "", 0, GARDEN_PATTERN},
    {"192.0.2.7", NULL, "192.0.2.7", 0, GARDEN_ADDRESS},
    {"192.0.2.7:80", NULL, "192.0.2.7", 80, GARDEN_ADDRESS},
    {"2001:db8::7", NULL, "2001:db8::7", 0, GARDEN_ADDRESS},
    {"[2001:db8::7]:443", NULL, "2001:db8::7", 443, GARDEN_ADDRESS},
    {"192.0.2.0/24", NULL, "192.0.2.0/24", 0, GARDEN_NETWORK},
    {"2001:db8::/32", NULL, "2001:db8::/32", 0, GARDEN_NETWORK},
    {"192.0.2.0/33", "the length of the network", "", 0, 0},
    {"192.0.2.0/", "the length of the network", "", 0, 0},
    {"ftp://mo.example", "the scheme is neither", "", 0, 0},
    {"://mo.example", "the scheme is neither", "", 0, 0},
    {"http://mo.example:443", "scheme and port", "", 0, 0},
    {"https://mo.example:80", "scheme and port", "", 0, 0},
    {"https://mo.example/v1", "a path has no meaning", "", 0, 0},
    {"mo.example/", "a path has no meaning", "", 0, 0},
    {"mo.example:", "the port is no number", "", 0, 0},
    {"mo.example:0", "the port is no number", "", 0, 0},
    {"mo.example:65536", "the port is no number", "", 0, 0},
    {"mo.example:8x", "the port is no number", "", 0, 0},
    {":80", "there is no host", "", 0, 0},
    {"http://", "there is no host", "", 0, 0},
    {"a.*.example", "a star is understood", "", 0, 0},
    {"*.a*.example", "only one star", "", 0, 0},
    {"*.", "what follows the star", "", 0, 0},
    {"*..example", "what follows the star", "", 0, 0},
    {"-a.example", "neither a host name", "", 0, 0},
    {"a..example", "neither a host name", "", 0, 0},
    {"a b", "neither a host name", "", 0, 0},
    {"b\xc3\xbc.example", "neither a host name", "", 0, 0},
    {"192.0.2.256", "neither a host name", "", 0, 0},
    {"192.0.2", "neither a host name", "", 0, 0},
    {"2130706433", "neither a host name", "", 0, 0},
    {"a.0x7F000001", "neither a host name", "", 0, 0},
    {"0x", "neither a host name", "", 0, 0},
    {"*.0000000000", "what follows the star", "", 0, 0},
    {"0xg.example", NULL, "0xg.example", 0, GARDEN_NAME},
    {"a.0xg", NULL, "a.0xg", 0, GARDEN_NAME},
    {"192.0.2.1-192.0.2.9", "neither a host name", "", 0, 0},
    {"2001:db8:::7", "neither HOST:PORT", "", 0, 0},
    {"a:b:c", "neither HOST:PORT", "", 0, 0},
    {"[mo.example]", "between brackets", "", 0, 0},
    {"[::1", "between brackets", "", 0, 0},
};

static void check_entries(void)
{
    char longest[GARDEN_NAME_LEN_MAX + 8];
    struct garden_entry entry;
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
        const char *words = garden_entry_read(&entry, view_of_text(entries[i].text));
        CHECK_ROW(i, (words == NULL) == (entries[i].words == NULL));
        if (words != NULL && entries[i].words != NULL)
            CHECK_ROW(i, strncmp(words, entries[i].words, strlen(entries[i].words)) == 0);
        if (words != NULL || entries[i].words != NULL)
            continue;
        CHECK_ROW(i, view_equal(entry.host, view_of_text(entries[i].host)));
        CHECK_ROW(i, entry.port == entries[i].port && entry.kind == entries[i].kind);
    }
    memset(longest, 'a', sizeof longest);
    for (size_t i = 50; i < sizeof longest; i += 50)
        longest[i] = '.';
    CHECK(garden_entry_read(&entry, view_of(longest, GARDEN_NAME_LEN_MAX)) == NULL);
    CHECK(garden_entry_read(&entry, view_of(longest, GARDEN_NAME_LEN_MAX + 1)) != NULL);
    CHECK(garden_entry_read(&entry, view_of(longest + 51, 49)) == NULL);
    memset(longest, 'a', sizeof longest);
    CHECK(garden_entry_read(&entry, view_of(longest, 63)) == NULL);
    CHECK(garden_entry_read(&entry, view_of(longest, 64)) != NULL);
    CHECK(garden_entry_read(&entry, view_of(NULL, 0)) != NULL);
}

static void check_covers(void)
{
    static const struct {
        const char *entry;
        const char *host;
        enum garden_cover cover;
    } rows[] = {
        {"Ocsp.digicert.com", "ocsp.DIGICERT.com", GARDEN_COVERS},
        {"ocsp.digicert.com", "ocsp.digicert.com.", GARDEN_COVERS},
        {"digicert.com", "ocsp.digicert.com", GARDEN_COVERS_NOT},
        {"*.digicert.com", "Ocsp.digicert.com", GARDEN_COVERS},
        {"*.digicert.com", "digicert.com", GARDEN_COVERS_NOT},
        {"*digicert.com", "digicert.com", GARDEN_COVERS},
        {"*digicert.com", "notdigicert.com", GARDEN_COVERS},
        {"*.digicert.com", "notdigicert.com", GARDEN_COVERS_NOT},
        {"*smartscreen.microsoft.com", "*smartscreen.microsoft.com", GARDEN_COVERS},
        {"*.microsoft.com", "*smartscreen.microsoft.com", GARDEN_COVERS},
        {"*.SmartScreen.microsoft.com", "*smartscreen.microsoft.com", GARDEN_COVERS_BELOW},
        {"smartscreen.microsoft.com", "*smartscreen.microsoft.com", GARDEN_COVERS_NOT},
        {"*.x.smartscreen.microsoft.com", "*smartscreen.microsoft.com", GARDEN_COVERS_NOT},
        {"192.0.2.7", "192.0.2.7", GARDEN_COVERS},
        {"192.0.2.0/24", "192.0.2.7", GARDEN_COVERS_NOT},
        {"*", "mo.example", GARDEN_COVERS},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct garden_entry entry;
        CHECK_ROW(i, garden_entry_read(&entry, view_of_text(rows[i].entry)) == NULL);
        CHECK_ROW(i, garden_entry_covers(&entry, view_of_text(rows[i].host)) == rows[i].cover);
    }
}

#define ALL_BUT_ONE                                                              \
    "service.datamart.windows.com:443\nhttps://dogfood.datamart.windows.com\n"   \
    "windows.policies.live.net\nctldl.windowsupdate.com:80\r\nMSFTNCSI.com\n"    \
    "login.live.com # both\n  storagetos.datamart.windows.com:80\t\n"            \
    "storagetos.datamart.windows.com:443\nhttp://cdp1.public-trust.com/\n"       \
    "ocsp.omniroot.com\nvassg142.ocsp.omniroot.com\nvassg142.crl.omniroot.com\n" \
    "mscrl.microsoft.com\n\n# comment\nmsftconnecttest.com\ncrl3.digicert.com\n"
#define FOUR "crl.microsoft.com\nocsp.digicert.com\n"
#define ALL ALL_BUT_ONE FOUR
#define BOTH "mo.example:8443\nportal.example\n"

static const struct {
    const char *text;
    const char *said; // must be in the output
    unsigned ok, warned, failed, extra;
    bool refuses_addresses;
} lints[] = {
    {ALL BOTH, "all 18 hosts and ports", 3, 0, 0, 0, false},
    {ALL_BUT_ONE "ocsp.digicert.com\n" BOTH, "crl.microsoft.com: missing (http, port 80)", 2, 0, 1,
     0, false},
    {ALL_BUT_ONE "*.microsoft.com\n*.digicert.com\n" BOTH, "all 18", 3, 0, 0, 0, false},
    {ALL_BUT_ONE "crl.microsoft.com:443\nocsp.digicert.com\n" BOTH,
     "only port 443 is opened; needed is http", 2, 0, 1, 1, false},
    {ALL "portal.example\n", "mo.example: the endpoint is missing (https, port 8443)", 2, 0, 1, 0,
     false},
    {ALL "mo.example\n", "portal.example: the portal is missing (https, port 443)", 2, 0, 1, 0,
     false},
    {ALL "mo.example:443\nportal.example\n", "only port 443 is opened", 2, 0, 1, 1, false},
    {ALL BOTH "other.example:99\n", "not needed: \"other.example:99\"", 3, 0, 0, 1, false},
    {ALL BOTH "mps.datamart.windows.com\n", "in the lists from 2018-11 to 2023-12", 3, 0, 0, 1,
     false},
    {ALL BOTH "*smartscreen.microsoft.com\n", "\"*smartscreen.microsoft.com\"", 3, 0, 0, 1, false},
    {ALL BOTH "LOGIN.live.com:443\n", "opens that already", 3, 1, 0, 0, false},
    {ALL BOTH "mo.example:443\n", "not needed", 3, 0, 0, 1, false},
    {ALL BOTH "192.0.2.7\n", "an address, where a host name", 3, 1, 0, 1, false},
    {ALL BOTH "192.0.2.7\n", "an address, where a host name", 3, 0, 1, 1, true},
    {ALL BOTH "192.0.2.0/24\n", "a network, where host names", 3, 1, 0, 1, false},
    {ALL BOTH "2001:db8::/32\n", "a network, where host names", 3, 0, 1, 1, true},
    {"\xEF\xBB\xBF" ALL BOTH, "all 18 hosts and ports", 3, 0, 0, 0, false},
    {ALL BOTH "ftp://x\n", "line 22: the scheme is neither", 3, 0, 1, 0, false},
    {ALL BOTH "a\x1b[2J\n", "\\x1b[2J", 3, 0, 1, 0, false},
    {"*\n", "opens far more than a garden", 3, 1, 0, 0, false},
    {ALL BOTH "*.com\n", "opens far more than a garden", 3, 1, 0, 0, false},
    {"", "missing", 0, 0, 20, 0, false},
    {"# nothing\n\n", "missing", 0, 0, 20, 0, false},
};

static struct garden_places places;
static struct garden_entries *space;
static char *text_space;

static struct view lint_text(struct lint *lint, struct buf *out, struct view text, bool refuses)
{
    *out = buf_of(text_space, TEXT_LEN_MAX);
    lint_open(lint, out);
    garden_lint(lint, space, text, &places, refuses);
    CHECK(!out->overflow);
    return buf_view(out);
}

static bool says(struct view text, const char *words)
{
    // Lines are wrapped: a break and the blanks behind it count as one blank.
    static char flat[TEXT_LEN_MAX];
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i] == '\n' ? ' ' : text.data[i];
        if (c != ' ' || len == 0 || flat[len - 1] != ' ')
            flat[len++] = c;
    }
    return view_find(view_of(flat, len), view_of_text(words)) < len;
}

static void check_lints(void)
{
    places.count = 0;
    garden_places_list(&places, GARDEN_2018_09);
    CHECK(garden_places_url(&places, VIEW("https://mo.example:8443/v1"), GARDEN_OF_ENDPOINT));
    CHECK(garden_places_url(&places, VIEW("https://portal.example/a?b=c#d"), GARDEN_OF_PORTAL));
    CHECK(places.count == 20);
    CHECK(garden_places_word(&places, VIEW("other.invalid"), GARDEN_OF_CLOSED) == NULL);
    for (size_t i = 0; i < sizeof lints / sizeof lints[0]; i++) {
        struct lint lint;
        struct buf out;
        struct view text =
            lint_text(&lint, &out, view_of_text(lints[i].text), lints[i].refuses_addresses);
        CHECK_ROW(i, lint.counts[LINT_OK] == lints[i].ok);
        CHECK_ROW(i, lint.counts[LINT_WARNING] == lints[i].warned);
        CHECK_ROW(i, lint.counts[LINT_FAILED] == lints[i].failed);
        CHECK_ROW(i, space->info_count == lints[i].extra);
        CHECK_ROW(i, says(text, lints[i].said));
    }
}

// The wildcard of 2023-12.
static void check_star(void)
{
    static const struct {
        const char *text;
        unsigned warned, failed;
    } rows[] = {
        {"*smartscreen.microsoft.com", 0, 0},
        {"*.microsoft.com:443", 0, 0},
        {"*.smartscreen.microsoft.com", 1, 0},
        {"*.smartscreen.microsoft.com\nsmartscreen.microsoft.com", 0, 0},
        {"smartscreen.microsoft.com", 0, 1},
        {"*smartscreen.microsoft.com:80", 0, 1},
        {"*.smartscreen.microsoft.com:443\nsmartscreen.microsoft.com:80", 1, 0},
    };
    places.count = 1;
    places.items[0] =
        (struct garden_place){VIEW("*smartscreen.microsoft.com"), 443, true, GARDEN_OF_LIST};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct lint lint;
        struct buf out;
        lint_text(&lint, &out, view_of_text(rows[i].text), false);
        CHECK_ROW(i, lint.counts[LINT_WARNING] == rows[i].warned);
        CHECK_ROW(i, lint.counts[LINT_FAILED] == rows[i].failed);
        CHECK_ROW(i, lint.counts[LINT_OK] == (rows[i].warned + rows[i].failed == 0));
    }
}

static void check_bounds(void)
{
    static char many[MANY * 16];
    struct buf text = BUF(many);
    struct lint lint;
    struct buf out;
    for (unsigned i = 0; i < MANY; i++) {
        buf_put_byte(&text, 'h');
        buf_put_unsigned(&text, i);
        buf_put_text(&text, ".example\n");
    }
    struct view said = lint_text(&lint, &out, buf_view(&text), false);
    CHECK(space->count == GARDEN_ENTRY_COUNT_MAX && says(said, "line 1025: there are too many"));
    CHECK(says(said, "and 974 more that are not needed"));
    said = lint_text(&lint, &out, VIEW("a\0b\n\xff\xfe"), false);
    CHECK(lint.counts[LINT_FAILED] == 3 && says(said, "a\\x00b"));
}

static void check_places(void)
{
    static const struct {
        const char *word;
        size_t count; // 0: refused
        uint16_t port;
        bool is_secure; // of the last
    } rows[] = {
        {"mo.example", 2, 443, true},       {"mo.example:80", 1, 80, false},
        {"mo.example:8443", 1, 8443, true}, {"http://mo.example", 1, 80, false},
        {"[::1]:443", 1, 443, true},        {"*.mo.example", 0, 0, false},
        {"192.0.2.0/24", 0, 0, false},      {"", 0, 0, false},
    };
    static const char *const bad_urls[] = {
        "mo.example", "ftp://mo.example",       "https://",
        "",           "https://a:b@mo.example", "https://*.example"};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        places.count = 0;
        const char *words =
            garden_places_word(&places, view_of_text(rows[i].word), GARDEN_OF_CLOSED);
        CHECK_ROW(i, (words == NULL) == (rows[i].count != 0) && places.count == rows[i].count);
        if (places.count == 0)
            continue;
        const struct garden_place *last = &places.items[places.count - 1];
        CHECK_ROW(i, last->port == rows[i].port && last->is_secure == rows[i].is_secure);
    }
    for (size_t i = 0; i < sizeof bad_urls / sizeof bad_urls[0]; i++)
        CHECK_ROW(i, !garden_places_url(&places, view_of_text(bad_urls[i]), GARDEN_OF_PORTAL));
}

int main(void)
{
    space = malloc(sizeof *space);
    text_space = malloc(TEXT_LEN_MAX);
    CHECK(space != NULL && text_space != NULL);
    check_entries();
    check_covers();
    check_lints();
    check_star();
    check_bounds();
    check_places();
    free(space);
    free(text_space);
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
// Request targets, the path of the balances resource, and percent decoding.
#include "http/target.h"
#include "props/unit/unit.h"

static const struct {
    struct view raw;
    enum bp_reason reason; // NONE: taken
    struct view where;
    struct view authority;
    struct view path;
    struct view query;
    bool has_query;
} targets[] = {
#define ORIGIN(raw, path, query, has)                                                  \
    {                                                                                  \
        VIEW_INIT(raw), BP_REASON_NONE, VIEW_INIT(""), VIEW_INIT(""), VIEW_INIT(path), \
            VIEW_INIT(query), has                                                      \
    }
#define ABSOLUTE(raw, authority, path, query, has)                                            \
    {                                                                                         \
        VIEW_INIT(raw), BP_REASON_NONE, VIEW_INIT(""), VIEW_INIT(authority), VIEW_INIT(path), \
            VIEW_INIT(query), has                                                             \
    }
#define REFUSED(raw, reason, where)                                                         \
    {                                                                                       \
        VIEW_INIT(raw), BP_REASON_##reason, VIEW_INIT(where), VIEW_INIT(""), VIEW_INIT(""), \
            VIEW_INIT(""), false                                                            \
    }
    ORIGIN("/", "/", "", false),
    ORIGIN("/?", "/", "", true),
    ORIGIN("//a//?b?c/d", "//a//", "b?c/d", true),
    ORIGIN("/a%", "/a%", "", false),
    ORIGIN("/!\"$%&'()*+,-.:;<=>@[\\]^_`{|}~", "/!\"$%&'()*+,-.:;<=>@[\\]^_`{|}~", "", false),
    ORIGIN("/v1/sims/8988/balances?limit=1", "/v1/sims/8988/balances", "limit=1", true),
    ABSOLUTE("http://mo.example/v1?x", "mo.example", "/v1", "x", true),
    ABSOLUTE("HTTPS://mo.example:8443/", "mo.example:8443", "/", "", false),
    ABSOLUTE("https://[::1]", "[::1]", "/", "", false),
    ABSOLUTE("https://a?b/c", "a", "/", "b/c", true),
    REFUSED("", TARGET_FORM, ""),
    REFUSED("*", TARGET_FORM, "*"),
    REFUSED("mo.example:443", TARGET_FORM, "mo.example:443"),
    REFUSED("sims/1", TARGET_FORM, "sims/1"),
    REFUSED("?a", TARGET_FORM, "?a"),
    REFUSED("ftp://a/", TARGET_FORM, "ftp://a/"),
    REFUSED("http:/a/", TARGET_FORM, "http:/a/"),
    REFUSED("https:a", TARGET_FORM, "https:a"),
    REFUSED("http://", TARGET_FORM, ""),
    REFUSED("https://", TARGET_FORM, ""),
    REFUSED("https:///a", TARGET_FORM, ""),
    REFUSED("https://u@a/", TARGET_FORM, "u@a"),
    REFUSED("https://a:b/", TARGET_FORM, "a:b"),
    REFUSED("/a b", TARGET_OCTET, " "),
    REFUSED("/\t", TARGET_OCTET, "\t"),
    REFUSED("/\0", TARGET_OCTET, "\0"),
    REFUSED("/a#b", TARGET_OCTET, "#"),
    REFUSED("/\x7f", TARGET_OCTET, "\x7f"),
    REFUSED("/\x80", TARGET_OCTET, "\x80"),
    REFUSED("/0123456789abcdef\xff"
            "0123456789abcdef",
            TARGET_OCTET, "\xff"),
    REFUSED("/0123456789abcdef0123456789ab\x1f", TARGET_OCTET, "\x1f"),
    REFUSED("https://a/\r", TARGET_OCTET, "\r"),
};

static void check_targets(void)
{
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        struct bp_target target;
        struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
        bool is_taken = bp_target_read(&target, &fault, targets[i].raw);
        CHECK_ROW(i, is_taken == (targets[i].reason == BP_REASON_NONE));
        CHECK_ROW(i, fault.reason == targets[i].reason);
        CHECK_ROW(i, view_equal(fault.where, targets[i].where));
        if (!is_taken)
            continue;
        CHECK_ROW(i, view_equal(target.authority, targets[i].authority));
        CHECK_ROW(i, view_equal(target.path, targets[i].path));
        CHECK_ROW(i, view_equal(target.query, targets[i].query));
        CHECK_ROW(i, target.has_query == targets[i].has_query);
    }
}

// Cut off within its scheme or behind it a target has no form, whatever stands behind the cut.
static void check_cuts(void)
{
    static const struct view whole[] = {VIEW_INIT("http://a/"), VIEW_INIT("https://a/")};
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        for (size_t len = 0; len < whole[i].len - 1; len++) {
            struct bp_target target;
            struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
            struct view raw = view_first(whole[i], len);
            CHECK_ROW(len, !bp_target_read(&target, &fault, raw));
            CHECK_ROW(len, fault.reason == BP_REASON_TARGET_FORM);
            CHECK_ROW(len, fault.where.data + fault.where.len == raw.data + len);
        }
}

// Every octet, at every offset of the blocks that are looked at together.
static void check_octets(void)
{
    for (unsigned octet = 0; octet < 256; octet++) {
        bool is_fine = octet > 0x20 && octet < 0x7f && octet != '#';
        for (size_t at = 1; at < 40; at++) {
            char raw[40];
            struct bp_target target;
            struct bp_fault fault;
            memset(raw, 'a', sizeof raw);
            raw[0] = '/';
            raw[at] = (char)octet;
            CHECK_ROW(octet, bp_target_read(&target, &fault, view_of(raw, sizeof raw)) == is_fine);
        }
    }
}

#define DIGITS "8988247000100003319"

static const struct {
    struct view base;
    struct view path;
    enum bp_reason reason; // NONE: the SIM is `where`
    struct view where;
} paths[] = {
#define PATH(base, path, reason, where)                                        \
    {                                                                          \
        VIEW_INIT(base), VIEW_INIT(path), BP_REASON_##reason, VIEW_INIT(where) \
    }
#define UNKNOWN(base, path) PATH(base, path, PATH_UNKNOWN, path)
#define SIM_PATH(sim) "/sims/" sim "/balances"
    PATH("", SIM_PATH(DIGITS), NONE, DIGITS),
    PATH("/v1", "/v1" SIM_PATH(DIGITS), NONE, DIGITS),
    PATH("/a/b", "/a/b" SIM_PATH(DIGITS), NONE, DIGITS),
    PATH("", SIM_PATH("89882470001000033190"), NONE, "89882470001000033190"),
    PATH("", SIM_PATH("iccid:" DIGITS), NONE, DIGITS),
    PATH("", SIM_PATH("iccid%3A" DIGITS), NONE, DIGITS),
    PATH("", SIM_PATH("iccid%3a" DIGITS), NONE, DIGITS),
    PATH("", SIM_PATH("%69ccid:%38988247000100003319"), NONE, DIGITS),
    PATH("/v1", "/v%31/%73ims/" DIGITS "/balance%73", NONE, DIGITS),
    PATH("/v%31", "/v1" SIM_PATH(DIGITS), NONE, DIGITS),
    PATH("/a%2fb", "/a%2Fb" SIM_PATH(DIGITS), NONE, DIGITS),

    PATH("", "/sims/%/balances", TARGET_ESCAPE, "%/b"),
    PATH("", "/nothing%4", TARGET_ESCAPE, "%4"),
    PATH("", "/nothing%", TARGET_ESCAPE, "%"),
    PATH("", "/sims/%GG/%4/balances", TARGET_ESCAPE, "%GG"),
    PATH("", SIM_PATH("%41%4G"), TARGET_ESCAPE, "%4G"),

    UNKNOWN("", ""),
    UNKNOWN("", "/"),
    UNKNOWN("", "/sims"),
    UNKNOWN("", "/sims/"),
    UNKNOWN("", "/sims/" DIGITS),
    UNKNOWN("", "/sims/" DIGITS "/"),
    UNKNOWN("", "/sims/balances"),
    UNKNOWN("", "/sims//balances"),
    UNKNOWN("", SIM_PATH(DIGITS) "/"),
    UNKNOWN("", SIM_PATH(DIGITS) "/1"),
    UNKNOWN("", SIM_PATH(DIGITS) "2"),
    UNKNOWN("", "/sims/" DIGITS "/balance"),
    UNKNOWN("", "/sims/" DIGITS "/Balances"),
    UNKNOWN("", "/sims/" DIGITS "/balancez"),
    UNKNOWN("", "/sims/" DIGITS "_balances"),
    UNKNOWN("", "/sims/" DIGITS "/balances%00"),
    UNKNOWN("", "/sims/" DIGITS "/balances%2F"),
    UNKNOWN("", "/sims/" DIGITS "%2Fbalances"),
    UNKNOWN("", "/sims%2F" DIGITS "/balances"),
    UNKNOWN("", "/sim/" DIGITS "/balances"),
    UNKNOWN("", "/SIMS/" DIGITS "/balances"),
    UNKNOWN("", "//sims/" DIGITS "/balances"),
    UNKNOWN("", "/sims//" DIGITS "/balances"),
    UNKNOWN("", "/sims/" DIGITS "//balances"),
    UNKNOWN("", "/./sims/" DIGITS "/balances"),
    UNKNOWN("", "/x/../sims/" DIGITS "/balances"),
    UNKNOWN("", "/sims/x/../" DIGITS "/balances"),
    UNKNOWN("", "/v1" SIM_PATH(DIGITS)),
    UNKNOWN("", "sims/" DIGITS "/balances"),
    UNKNOWN("/v1", SIM_PATH(DIGITS)),
    UNKNOWN("/v1", "/v2" SIM_PATH(DIGITS)),
    UNKNOWN("/v1", "/v10" SIM_PATH(DIGITS)),
    UNKNOWN("/v1", "/v1" DIGITS "/balances"),
    UNKNOWN("/v1", "/v1//sims/" DIGITS "/balances"),
    UNKNOWN("/a/b", "/a%2Fb" SIM_PATH(DIGITS)),
    UNKNOWN("/v1", "/v%2531" SIM_PATH(DIGITS)),

#define MALFORMED(sim) PATH("", SIM_PATH(sim), SIM_MALFORMED, sim)
    MALFORMED("abc"),
    MALFORMED("898824700010000331"),
    MALFORMED("898824700010000331900"),
    MALFORMED("898824700010000331x"),
    MALFORMED(DIGITS "F"),
    MALFORMED("iccid:"),
    MALFORMED("iccid:%20" DIGITS),
    MALFORMED("ICCID:" DIGITS),
    MALFORMED("iccid" DIGITS),
    MALFORMED("iccid:iccid:" DIGITS),
    MALFORMED("imsi:" DIGITS),
    MALFORMED(DIGITS "%00"),
    MALFORMED(DIGITS "%00x"),
    MALFORMED("%2538988247000100003319"),
    MALFORMED("%2f8988247000100003319"),
    MALFORMED("..%2f" DIGITS),
    MALFORMED(".."),
    MALFORMED("%20" DIGITS),
    MALFORMED("0123456789012345678901234567890123456789"),
};

static void check_paths(void)
{
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct bp_iccid sim;
        struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
        bool is_known = bp_path_read(&sim, &fault, paths[i].path, paths[i].base);
        CHECK_ROW(i, is_known == (paths[i].reason == BP_REASON_NONE));
        CHECK_ROW(i, fault.reason == paths[i].reason);
        struct view where = is_known ? bp_iccid_view(&sim) : fault.where;
        CHECK_ROW(i, view_equal(where, paths[i].where));
    }
}

static const struct {
    struct view raw;
    bool is_good;
    size_t bad_at;
    struct view text;
} escapes[] = {
    {VIEW_INIT(""), true, 0, VIEW_INIT("")},
    {VIEW_INIT("a+b"), true, 3, VIEW_INIT("a+b")},
    {VIEW_INIT("%41b%6a%6A"), true, 10, VIEW_INIT("Abjj")},
    {VIEW_INIT("%2541%00%fF"), true, 11, VIEW_INIT("%41\0\xff")},
    {VIEW_INIT("%"), false, 0, VIEW_INIT("")},
    {VIEW_INIT("a%4"), false, 1, VIEW_INIT("a")},
    {VIEW_INIT("%41%4g"), false, 3, VIEW_INIT("A")},
    {VIEW_INIT("%g4"), false, 0, VIEW_INIT("")},
    {VIEW_INIT("%%41"), false, 0, VIEW_INIT("")},
};

static void check_escapes(void)
{
    for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++) {
        char space[16];
        struct buf out = BUF(space);
        size_t bad_at;
        CHECK_ROW(i, bp_percent_decode(&out, &bad_at, escapes[i].raw) == escapes[i].is_good);
        CHECK_ROW(i, bad_at == escapes[i].bad_at);
        CHECK_ROW(i, bp_percent_find_bad(escapes[i].raw) == bad_at);
        CHECK_ROW(i, view_equal(buf_view(&out), escapes[i].text));
    }
    struct view rest = VIEW("%4%41");
    CHECK(bp_percent_take(&rest) == '%');
    CHECK(bp_percent_take(&rest) == '4');
    CHECK(bp_percent_take(&rest) == 'A' && rest.len == 0);
}

int main(void)
{
    check_targets();
    check_cuts();
    check_octets();
    check_paths();
    check_escapes();
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
// The query string: every clause of FT, LIMIT, LOC and QRY that one request can show.
#include "base/buf.h"
#include "http/query.h"
#include "props/unit/unit.h"

#define NO_LIMIT (-1)

struct row {
    struct view raw;
    enum bp_reason reason; // NONE: taken
    struct view where;
    enum bp_fields fields;
    int64_t limit;
    struct view location;
};

#define GOOD(raw, fields, limit, location)                                        \
    {                                                                             \
        VIEW_INIT(raw), BP_REASON_NONE, VIEW_INIT(""), BP_FIELDS_##fields, limit, \
            VIEW_INIT(location)                                                   \
    }
#define ABSENT(raw) GOOD(raw, BASIC, NO_LIMIT, "")
#define FIELDS(value, fields) GOOD("fieldsTemplate=" value, fields, NO_LIMIT, "")
#define LIMIT(value, limit) GOOD("limit=" value, BASIC, limit, "")
#define LOCATION(value, location) GOOD("location=" value, BASIC, NO_LIMIT, location)
#define BAD(raw, reason, where)                                                          \
    {                                                                                    \
        VIEW_INIT(raw), BP_REASON_##reason, VIEW_INIT(where), BP_FIELDS_BASIC, NO_LIMIT, \
            VIEW_INIT("")                                                                \
    }
#define BAD_FIELDS(value) BAD("fieldsTemplate=" value, FIELDS_UNKNOWN, value)
#define BAD_LIMIT(value, reason) BAD("limit=" value, LIMIT_##reason, value)
#define BAD_LOCATION(value, reason) BAD("location=" value, LOCATION_##reason, value)
#define NINES_50 "99999999999999999999999999999999999999999999999999"
#define ZEROS_50 "00000000000000000000000000000000000000000000000000"

static const struct row rows[] = {
    ABSENT(""),
    ABSENT("&"),
    ABSENT("&&&"),
    ABSENT("="),
    ABSENT("=&=x"),
    GOOD("fieldsTemplate=full&limit=2&location=US", FULL, 2, "US"),
    GOOD("&location=us&&limit=2&fieldsTemplate=Full&", FULL, 2, "US"),

    FIELDS("basic", BASIC),
    FIELDS("Basic", BASIC),
    FIELDS("full", FULL),
    FIELDS("Full", FULL),
    FIELDS("BASIC", BASIC),
    FIELDS("fULL", FULL),
    FIELDS("%66ul%6C", FULL),
    BAD_FIELDS("medium"),
    BAD_FIELDS("basic,full"),
    BAD_FIELDS("basicx"),
    BAD_FIELDS("basi"),
    BAD_FIELDS("fulls"),
    BAD_FIELDS("0"),
    BAD_FIELDS("%00basic"),
    BAD_FIELDS("basic%00"),
    BAD_FIELDS("basic%20"),
    BAD_FIELDS("ful%6"),
    BAD_FIELDS("%"),
    BAD_FIELDS("=full"),
    BAD("fieldsTemplate=", FIELDS_EMPTY, "fieldsTemplate="),
    BAD("fieldsTemplate", FIELDS_EMPTY, "fieldsTemplate"),

    LIMIT("0", 0),
    LIMIT("00", 0),
    LIMIT("1", 1),
    LIMIT("01", 1),
    LIMIT("%31", 1),
    LIMIT("2147483647", INT32_MAX),
    LIMIT(ZEROS_50 ZEROS_50 "2147483647", INT32_MAX),
    BAD_LIMIT("2147483648", BEYOND),
    BAD_LIMIT("4294967297", BEYOND),
    BAD_LIMIT("21474836470", BEYOND),
    BAD_LIMIT("21474836460", BEYOND),
    BAD_LIMIT("9223372036854775808", BEYOND),
    BAD_LIMIT("18446744073709551617", BEYOND),
    BAD_LIMIT(NINES_50 NINES_50 NINES_50 NINES_50, BEYOND),
    BAD_LIMIT(ZEROS_50 "2147483648", BEYOND),
    BAD_LIMIT("-1", NEGATIVE),
    BAD_LIMIT("-0", NEGATIVE),
    BAD_LIMIT("%2D1", NEGATIVE),
    BAD_LIMIT("-2147483649", NEGATIVE),
    BAD_LIMIT("-" NINES_50, NEGATIVE),
    BAD_LIMIT("-", SYNTAX),
    BAD_LIMIT("--1", SYNTAX),
    BAD_LIMIT("-x", SYNTAX),
    BAD_LIMIT("1-", SYNTAX),
    BAD_LIMIT("+1", SYNTAX),
    BAD_LIMIT("%2B1", SYNTAX),
    BAD_LIMIT("%201", SYNTAX),
    BAD_LIMIT("1%20", SYNTAX),
    BAD_LIMIT("1+", SYNTAX),
    BAD_LIMIT("abc", SYNTAX),
    BAD_LIMIT("1.0", SYNTAX),
    BAD_LIMIT("1e3", SYNTAX),
    BAD_LIMIT("0x10", SYNTAX),
    BAD_LIMIT("1;2", SYNTAX),
    BAD_LIMIT("NaN", SYNTAX),
    BAD_LIMIT("%EF%BC%91", SYNTAX),
    BAD_LIMIT("1%00", SYNTAX),
    BAD_LIMIT(NINES_50 "x", SYNTAX),
    BAD_LIMIT("1%", SYNTAX),
    BAD_LIMIT("%3", SYNTAX),
    BAD_LIMIT("%GG", SYNTAX),
    BAD_LIMIT("1=2", SYNTAX),
    BAD_LIMIT("1?limit=2", SYNTAX),
    BAD("limit=", LIMIT_EMPTY, "limit="),
    BAD("limit", LIMIT_EMPTY, "limit"),

    LOCATION("US", "US"),
    LOCATION("us", "US"),
    LOCATION("Us", "US"),
    LOCATION("%55%73", "US"),
    LOCATION("GB", "GB"),
    ABSENT("location="),
    ABSENT("location"),
    BAD_LOCATION("ZZ", UNKNOWN),
    BAD_LOCATION("XX", UNKNOWN),
    BAD_LOCATION("QQ", UNKNOWN),
    BAD_LOCATION("AA", UNKNOWN),
    BAD_LOCATION("UK", UNKNOWN),
    BAD_LOCATION("uk", UNKNOWN),
    BAD_LOCATION("1", SYNTAX),
    BAD_LOCATION("840", SYNTAX),
    BAD_LOCATION("12", SYNTAX),
    BAD_LOCATION("USA", SYNTAX),
    BAD_LOCATION("U", SYNTAX),
    BAD_LOCATION("U1", SYNTAX),
    BAD_LOCATION("1S", SYNTAX),
    BAD_LOCATION("US,CA", SYNTAX),
    BAD_LOCATION("%C3%9CS", SYNTAX),
    BAD_LOCATION("\xc3\x9c", SYNTAX),
    BAD_LOCATION("U%53%00", SYNTAX),
    BAD_LOCATION("U%", SYNTAX),
    BAD_LOCATION("%", SYNTAX),
    BAD_LOCATION("%4", SYNTAX),
    BAD_LOCATION("@[", SYNTAX),

    // Names: decoded once, case-sensitive, whole.
    GOOD("%6cimit=1", BASIC, 1, ""),
    GOOD("%6C%69%6d%69%74=1", BASIC, 1, ""),
    GOOD("fields%54emplate=full&locatio%6E=CA", FULL, NO_LIMIT, "CA"),
    BAD("%6cimit=x", LIMIT_SYNTAX, "x"),
    BAD("%6cimit=%", LIMIT_SYNTAX, "%"),
    BAD("%6cimit=", LIMIT_EMPTY, "%6cimit="),
    ABSENT("Limit=-1"),
    ABSENT("LOCATION=US"),
    ABSENT("fieldstemplate=x"),
    ABSENT("fieldTemplate=bogus"),
    ABSENT("limit%00=x"),
    ABSENT("limits=x&limi=x&llimit=x"),
    ABSENT("%256cimit=x"),
    ABSENT("foo=1&imei=1234&foo=1&a=b=c&+=+&;limit=x"),
    ABSENT("x%41%00=%ff"),
    ABSENT("fieldsTemplate%20%20%20%20%20=x"),

    // A bad percent sign anywhere.
    BAD("foo=%", QUERY_ESCAPE, "%"),
    BAD("foo%4=1", QUERY_ESCAPE, "%4="),
    BAD("foo=1&bar=%4G2&limit=x", QUERY_ESCAPE, "%4G"),
    BAD("%", QUERY_ESCAPE, "%"),
    BAD("limit%=1", QUERY_ESCAPE, "%=1"),
    BAD("foo=%4&1", QUERY_ESCAPE, "%4"),

    // Twice, and the first of several offences.
    BAD("limit=1&limit=2", LIMIT_TWICE, "limit=2"),
    BAD("limit=1&limit=1", LIMIT_TWICE, "limit=1"),
    BAD("limit=1&%6cimit=1", LIMIT_TWICE, "%6cimit=1"),
    BAD("limit=1&limit=%", LIMIT_TWICE, "limit=%"),
    BAD("limit=1&limit", LIMIT_TWICE, "limit"),
    BAD("limit=x&limit=1", LIMIT_SYNTAX, "x"),
    BAD("location=&location=US", LOCATION_TWICE, "location=US"),
    BAD("location=US&location=ZZ", LOCATION_TWICE, "location=ZZ"),
    BAD("fieldsTemplate=full&x&fieldsTemplate=full", FIELDS_TWICE, "fieldsTemplate=full"),
    BAD("limit=-1&location=US", LIMIT_NEGATIVE, "-1"),
    BAD("location=ZZ&limit=-1", LOCATION_UNKNOWN, "ZZ"),
    BAD("foo=%&limit=-1", QUERY_ESCAPE, "%"),
};

static void check_row(size_t i, const struct row *row)
{
    struct bp_query query;
    struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
    bool is_taken = bp_query_read(&query, &fault, row->raw);
    CHECK_ROW(i, is_taken == (row->reason == BP_REASON_NONE));
    CHECK_ROW(i, fault.reason == row->reason);
    CHECK_ROW(i, view_equal(fault.where, row->where));
    if (!is_taken)
        return;
    CHECK_ROW(i, query.fields == row->fields);
    CHECK_ROW(i, query.has_limit == (row->limit != NO_LIMIT));
    if (query.has_limit)
        CHECK_ROW(i, query.limit_count == row->limit);
    CHECK_ROW(i, query.has_location == (row->location.len != 0));
    if (query.has_location)
        CHECK_ROW(i, view_equal(view_of(query.location, 2), row->location));
}

// GB-QRY-6: one bad parameter makes the whole query bad, whatever the others are.
static void check_combinations(void)
{
    static const struct view values[3][4] = {
        {VIEW_INIT("u"), VIEW_INIT("fieldsTemplate=full"), VIEW_INIT("fieldsTemplate="),
         VIEW_INIT("fieldsTemplate=x")},
        {VIEW_INIT("u"), VIEW_INIT("limit=1"), VIEW_INIT("limit="), VIEW_INIT("limit=x")},
        {VIEW_INIT("u"), VIEW_INIT("location=US"), VIEW_INIT("location="), VIEW_INIT("location=x")},
    };
    for (size_t i = 0; i < 64; i++) {
        size_t choices[3] = {i % 4, i / 4 % 4, i / 16};
        char space[128];
        struct buf text = BUF(space);
        for (size_t k = 0; k < 3; k++) {
            buf_put_byte(&text, '&');
            buf_put(&text, values[k][choices[k]]);
        }
        struct bp_query query;
        struct bp_fault fault;
        bool is_bad = choices[0] > 1 || choices[1] > 1 || choices[2] > 2;
        CHECK_ROW(i, bp_query_read(&query, &fault, buf_view(&text)) == !is_bad);
    }
}

// 4,096 letters are no country, and 100 unknown names no offence.
static void check_long(void)
{
    static char space[8192];
    struct buf text = BUF(space);
    struct bp_query query;
    struct bp_fault fault;
    buf_put(&text, VIEW("location="));
    memset(buf_claim(&text, 4096), 'A', 4096);
    CHECK(!bp_query_read(&query, &fault, buf_view(&text)));
    CHECK(fault.reason == BP_REASON_LOCATION_SYNTAX);
    buf_clear(&text);
    for (unsigned i = 0; i < 100; i++) {
        buf_put_byte(&text, 'p');
        buf_put_unsigned(&text, i);
        buf_put(&text, VIEW("=1&"));
    }
    buf_put(&text, VIEW("limit=7"));
    CHECK(bp_query_read(&query, &fault, buf_view(&text)) && query.limit_count == 7);
}

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_row(i, &rows[i]);
    check_combinations();
    check_long();
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
#include "json/json_read.h"

#include "props/unit/fed.h"
#include "props/unit/unit.h"

#include <stdlib.h>

static const struct {
    enum bp_json_kind kind;
    uint32_t count, next;
    struct view name, text;
    double number;
} wanted[] = {
    {BP_JSON_OBJECT, 4, 14, VIEW_INIT(""), VIEW_INIT(""), 0},
    {BP_JSON_ARRAY, 4, 9, VIEW_INIT("balances"), VIEW_INIT(""), 0},
    {BP_JSON_OBJECT, 2, 5, VIEW_INIT(""), VIEW_INIT(""), 0},
    {BP_JSON_STRING, 0, 4, VIEW_INIT("type"), VIEW_INIT("MODIRECTPAYG"), 0},
    {BP_JSON_NUMBER, 0, 5, VIEW_INIT("dataRemainingInMB"), VIEW_INIT("1367.25"), 1367.25},
    {BP_JSON_NULL, 0, 6, VIEW_INIT(""), VIEW_INIT(""), 0},
    {BP_JSON_ARRAY, 0, 7, VIEW_INIT(""), VIEW_INIT(""), 0},
    {BP_JSON_ARRAY, 1, 9, VIEW_INIT(""), VIEW_INIT(""), 0},
    {BP_JSON_TRUE, 0, 9, VIEW_INIT(""), VIEW_INIT(""), 0},
    {BP_JSON_STRING, 0, 10, VIEW_INIT("\xe2\x82\xac"),
     VIEW_INIT("\"\\/\b\f\n\r\t\xf0\x9f\x98\x80\0"), 0},
    {BP_JSON_OBJECT, 2, 13, VIEW_INIT("o"), VIEW_INIT(""), 0},
    {BP_JSON_FALSE, 0, 12, VIEW_INIT(""), VIEW_INIT(""), 0},
    {BP_JSON_OBJECT, 0, 13, VIEW_INIT("balances"), VIEW_INIT(""), 0},
    {BP_JSON_NUMBER, 0, 14, VIEW_INIT("n"), VIEW_INIT("-0.50E+3"), -500},
};
static const char sample[] =
    " {\"balances\":[{\"type\" : "
    "\"MODIRECTPAYG\",\n\t\"dataRemainingInMB\":1367.25},null,[],[true]],\r\n"
    "\"\\u20ac\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\ud83d\\uDE00\\u0000\","
    "\"o\":{\"\":false,\"b\\u0061lances\":{}},\"n\":-0.50E+3} ";

static void check_sample_nodes(size_t row)
{
    CHECK_ROW(row, count == sizeof wanted / sizeof wanted[0]);
    for (size_t i = 0; i < count && i < sizeof wanted / sizeof wanted[0]; i++) {
        CHECK_ROW(i, nodes[i].kind == wanted[i].kind);
        CHECK_ROW(i, nodes[i].count == wanted[i].count);
        CHECK_ROW(i, nodes[i].next == wanted[i].next);
        CHECK_ROW(i, view_equal(nodes[i].name, wanted[i].name));
        CHECK_ROW(i, view_equal(nodes[i].text, wanted[i].text));
        CHECK_ROW(i, nodes[i].number == wanted[i].number);
    }
}

// Whole, cut in two at every place, and in pieces of every size.
static void check_sample(struct bp_json_reader *reader)
{
    struct view text = view_of(sample, sizeof sample - 1);
    CHECK(bp_json_read(reader, &fault, &nodes, &count, text));
    check_sample_nodes(0);
    CHECK(bp_json_offset(reader) == text.len);
    for (size_t cut = 0; cut <= text.len; cut++) {
        CHECK_ROW(cut, feed_pieces(reader, text, cut, text.len));
        check_sample_nodes(cut);
    }
    for (size_t step = 1; step <= text.len; step++) {
        CHECK_ROW(step, feed_pieces(reader, text, step, step));
        check_sample_nodes(step);
        CHECK_ROW(step, bp_json_offset(reader) == text.len);
    }
}

static void check_walk(struct bp_json_reader *reader)
{
    CHECK(bp_json_read(reader, &fault, &nodes, &count, view_of(sample, sizeof sample - 1)));
    const struct bp_json_node *list = bp_json_find(nodes, nodes, VIEW("balances"));
    CHECK(list == &nodes[1]);
    CHECK(bp_json_first(list) == &nodes[2]);
    CHECK(bp_json_next(nodes, list, &nodes[2]) == &nodes[5]);
    CHECK(bp_json_next(nodes, list, &nodes[5]) == &nodes[6]);
    CHECK(bp_json_next(nodes, list, &nodes[6]) == &nodes[7]);
    CHECK(bp_json_next(nodes, list, &nodes[7]) == NULL);
    CHECK(bp_json_first(&nodes[6]) == NULL);
    CHECK(bp_json_first(&nodes[5]) == NULL);
    CHECK(bp_json_find(nodes, nodes, VIEW("n")) == &nodes[13]);
    CHECK(bp_json_find(nodes, nodes, VIEW("N")) == NULL);
    CHECK(bp_json_find(nodes, nodes, VIEW("type")) == NULL);
    CHECK(bp_json_find(nodes, &nodes[10], VIEW("")) == &nodes[11]);
    CHECK(bp_json_find(nodes, list, VIEW("")) == NULL);
    CHECK(bp_json_find(nodes, &nodes[12], VIEW("a")) == NULL);
    CHECK(bp_json_find(nodes, &nodes[3], VIEW("a")) == NULL);
}

static const struct {
    struct view text;
    enum bp_reason reason;
    size_t at, len; // of the offence; len is 0 when something is missing
} refused[] = {
    {VIEW_INIT(""), BP_REASON_JSON_CUT, 0, 0},
    {VIEW_INIT("  "), BP_REASON_JSON_CUT, 2, 0},
    {VIEW_INIT("[1,2"), BP_REASON_JSON_CUT, 4, 0},
    {VIEW_INIT("{\"a\":"), BP_REASON_JSON_CUT, 5, 0},
    {VIEW_INIT("\"ab"), BP_REASON_JSON_CUT, 3, 0},
    {VIEW_INIT("\"ab\\"), BP_REASON_JSON_CUT, 4, 0},
    {VIEW_INIT("\"ab\\u12"), BP_REASON_JSON_CUT, 7, 0},
    {VIEW_INIT("\"\\ud800"), BP_REASON_JSON_CUT, 7, 0},
    {VIEW_INIT("\"\xe2\x82"), BP_REASON_JSON_CUT, 3, 0},
    {VIEW_INIT("null\""), BP_REASON_JSON_SYNTAX, 4, 1},
    {VIEW_INIT("{} \"a"), BP_REASON_JSON_CUT, 5, 0},
    {VIEW_INIT("tru"), BP_REASON_JSON_SYNTAX, 0, 3},
    {VIEW_INIT("[1,2 3]"), BP_REASON_JSON_SYNTAX, 5, 1},
    {VIEW_INIT("[1,2 true]"), BP_REASON_JSON_SYNTAX, 5, 4},
    {VIEW_INIT("[1 \t\n\r2]"), BP_REASON_JSON_SYNTAX, 6, 1},
    {VIEW_INIT("[1,]"), BP_REASON_JSON_SYNTAX, 3, 1},
    {VIEW_INIT("[,1]"), BP_REASON_JSON_SYNTAX, 1, 1},
    {VIEW_INIT("[1,,2]"), BP_REASON_JSON_SYNTAX, 3, 1},
    {VIEW_INIT("{\"a\" 1}"), BP_REASON_JSON_SYNTAX, 5, 1},
    {VIEW_INIT("{\"a\":1,}"), BP_REASON_JSON_SYNTAX, 7, 1},
    {VIEW_INIT("{\"a\":1 \"b\":2}"), BP_REASON_JSON_SYNTAX, 7, 1},
    {VIEW_INIT("{a:1}"), BP_REASON_JSON_SYNTAX, 1, 1},
    {VIEW_INIT("{'a':1}"), BP_REASON_JSON_SYNTAX, 1, 3},
    {VIEW_INIT("{\"a\":PT0S}"), BP_REASON_JSON_SYNTAX, 5, 4},
    {VIEW_INIT("[1}"), BP_REASON_JSON_SYNTAX, 2, 1},
    {VIEW_INIT("[]]"), BP_REASON_JSON_SYNTAX, 2, 1},
    {VIEW_INIT("]"), BP_REASON_JSON_SYNTAX, 0, 1},
    {VIEW_INIT("1 2"), BP_REASON_JSON_SYNTAX, 2, 1},
    {VIEW_INIT("{}x"), BP_REASON_JSON_SYNTAX, 2, 1},
    {VIEW_INIT("/**/1"), BP_REASON_JSON_SYNTAX, 0, 5},
    {VIEW_INIT("[007]"), BP_REASON_JSON_SYNTAX, 2, 2},
    {VIEW_INIT("[+1]"), BP_REASON_JSON_SYNTAX, 1, 2},
    {VIEW_INIT("[1.]"), BP_REASON_JSON_SYNTAX, 1, 2},
    {VIEW_INIT("[-]"), BP_REASON_JSON_SYNTAX, 1, 1},
    {VIEW_INIT("NaN"), BP_REASON_JSON_SYNTAX, 0, 3},
    {VIEW_INIT("[12\"a\"]"), BP_REASON_JSON_SYNTAX, 3, 1},
    {VIEW_INIT("\f1"), BP_REASON_JSON_SYNTAX, 0, 1},
    {VIEW_INIT("[1,\v2]"), BP_REASON_JSON_SYNTAX, 3, 1},
    {VIEW_INIT("[1\x7f]"), BP_REASON_JSON_SYNTAX, 2, 1},
    {VIEW_INIT("{}\0"), BP_REASON_JSON_SYNTAX, 2, 1},
    {VIEW_INIT("\xef\xbb\xbf{}"), BP_REASON_JSON_SYNTAX, 0, 1},
    {VIEW_INIT("{\xe2\x80\x9cid\xe2\x80\x9d:1}"), BP_REASON_JSON_SYNTAX, 1, 1},
    {VIEW_INIT("\"a\nb\""), BP_REASON_JSON_SYNTAX, 2, 1},
    {VIEW_INIT("\"a\0b\""), BP_REASON_JSON_SYNTAX, 2, 1},
    {VIEW_INIT("\"\\x\""), BP_REASON_JSON_SYNTAX, 2, 1},
    {VIEW_INIT("\"\\u00g0\""), BP_REASON_JSON_SYNTAX, 5, 1},
    {VIEW_INIT("\"\\udg00\""), BP_REASON_JSON_SYNTAX, 4, 1},
    {VIEW_INIT("\xff\xfe{"), BP_REASON_JSON_UTF8, 0, 1},
    {VIEW_INIT("\"\xc0\x80\""), BP_REASON_JSON_UTF8, 1, 1},
    {VIEW_INIT("\"\xed\xa0\x80\""), BP_REASON_JSON_UTF8, 2, 1},
    {VIEW_INIT("\"\xf4\x90\x80\x80\""), BP_REASON_JSON_UTF8, 2, 1},
    {VIEW_INIT("\"caf\xe9\""), BP_REASON_JSON_UTF8, 5, 1},
    {VIEW_INIT("\"\xc3\""), BP_REASON_JSON_UTF8, 2, 1},
    {VIEW_INIT("{\"\x80\":1}"), BP_REASON_JSON_UTF8, 2, 1},
    {VIEW_INIT("\"\\ud800\""), BP_REASON_JSON_SURROGATE, 7, 1},
    {VIEW_INIT("\"\\ud800\\n\""), BP_REASON_JSON_SURROGATE, 8, 1},
    {VIEW_INIT("\"\\ud800\\u0041\""), BP_REASON_JSON_SURROGATE, 9, 1},
    {VIEW_INIT("\"\\ud800\\ud800\""), BP_REASON_JSON_SURROGATE, 10, 1},
    {VIEW_INIT("\"\\udc00\\ud800\""), BP_REASON_JSON_SURROGATE, 4, 1},
    {VIEW_INIT("{\"a\":1,\"a\":2}"), BP_REASON_JSON_DUPLICATE, 7, 3},
    {VIEW_INIT("{\"a\":1 , \"\\u0061\" :2}"), BP_REASON_JSON_DUPLICATE, 9, 8},
    {VIEW_INIT("{\"x\":{\"a\":{\"a\":1},\"b\":[],\"a\":2}}"), BP_REASON_JSON_DUPLICATE, 25, 3},
    {VIEW_INIT("{\"\":1,\"\":2}"), BP_REASON_JSON_DUPLICATE, 6, 2},
    {VIEW_INIT("[1e400]"), BP_REASON_JSON_NUMBER, 1, 5},
    {VIEW_INIT("[1, -1e309 ]"), BP_REASON_JSON_NUMBER, 4, 6},
    {VIEW_INIT("1e999"), BP_REASON_JSON_NUMBER, 0, 5},
    {VIEW_INIT("{\"a\":1e999,\"a\":1}"), BP_REASON_JSON_NUMBER, 5, 5},
    {VIEW_INIT("[1 2,\"\xff\"]"), BP_REASON_JSON_SYNTAX, 3, 1},
    {VIEW_INIT("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1"), BP_REASON_JSON_DEPTH, 32, 1},
};

// A refusal has the same reason and place however the text is cut, `where` never leaves the bytes
// that were fed, and from then on everything is refused.
static void check_refusal(struct bp_json_reader *reader, size_t row)
{
    // A block of just the text's size, so that a sanitizer sees a read behind it.
    size_t len = refused[row].text.len;
    char *block = malloc(len + (len == 0));
    memcpy(block, refused[row].text.data, len);
    struct view text = view_of(block, len);
    struct view where = view_first(view_from(text, refused[row].at), refused[row].len);
    CHECK_ROW(row, !bp_json_read(reader, &fault, &nodes, &count, text));
    CHECK_ROW(row, fault.reason == refused[row].reason);
    CHECK_ROW(row, bp_json_offset(reader) == refused[row].at);
    CHECK_ROW(row, view_equal(fault.where, where));
    CHECK_ROW(row, where.len == 0 || fault.where.data == where.data);
    for (size_t first = 0; first <= text.len; first++) {
        CHECK_ROW(row, !feed_pieces(reader, text, first, 1 + first % 3));
        CHECK_ROW(row, fault.reason == refused[row].reason);
        CHECK_ROW(row, bp_json_offset(reader) == refused[row].at);
        bool is_inside = fault.where.data >= where.data &&
                         fault.where.data + fault.where.len <= where.data + where.len;
        CHECK_ROW(row, fault.where.len == 0 || is_inside);
        CHECK_ROW(row, !bp_json_feed(reader, &fault, VIEW(" ")));
        CHECK_ROW(row, fault.reason == refused[row].reason && fault.where.len == 0);
        CHECK_ROW(row, !bp_json_finish(reader, &fault, &nodes, &count));
        CHECK_ROW(row, fault.reason == refused[row].reason && fault.where.len == 0);
    }
    free(block);
}

// The call that brings the offence refuses it.
static void check_prompt(struct bp_json_reader *reader)
{
    static const struct view texts[] = {VIEW_INIT("[1,,"), VIEW_INIT("[1\f")};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        bp_json_start(reader);
        CHECK_ROW(i, !bp_json_feed(reader, &fault, texts[i]));
        CHECK_ROW(i, fault.reason == BP_REASON_JSON_SYNTAX);
        CHECK_ROW(i, view_equal(fault.where, view_from(texts[i], texts[i].len - 1)));
    }
}

// A text that breaks off leaves nothing behind for the next one.
static void check_start(struct bp_json_reader *reader)
{
    static const struct {
        struct view former, text;
        size_t at;
    } rows[] = {
        {VIEW_INIT("{\"a\":"), VIEW_INIT(":1"), 0},
        {VIEW_INIT("["), VIEW_INIT("[1]] "), 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bp_json_start(reader);
        CHECK_ROW(i, bp_json_feed(reader, &fault, rows[i].former));
        CHECK_ROW(i, !bp_json_read(reader, &fault, &nodes, &count, rows[i].text));
        CHECK_ROW(i, fault.reason == BP_REASON_JSON_SYNTAX);
        CHECK_ROW(i, bp_json_offset(reader) == rows[i].at);
    }
}

// A number that ends with the longest text is ended within the reader's space.
static void check_last_octet(void)
{
    struct view digits = VIEW("12345678901234567");
    for (size_t len = 15; len <= digits.len; len++) {
        size_t space_len = bp_json_space(len, 1);
        char *space = aligned_alloc(16, space_len / 16 * 16 + 16);
        space[space_len] = '#';
        struct bp_json_reader *reader = bp_json_open(space, len, 1);
        CHECK_ROW(len, bp_json_read(reader, &fault, &nodes, &count, view_first(digits, len)));
        CHECK_ROW(len, space[space_len] == '#');
        free(space);
    }
}

static void check_limits(void)
{
    struct bp_json_reader *reader = open_reader(8, 3);
    // A new reader is at the start of a text.
    CHECK(bp_json_feed(reader, &fault, VIEW("{}")));
    CHECK(bp_json_finish(reader, &fault, &nodes, &count) && count == 1);
    CHECK(bp_json_read(reader, &fault, &nodes, &count, VIEW("[1,  2 ]")));
    CHECK(!bp_json_read(reader, &fault, &nodes, &count, VIEW("[1,  2 ] ")));
    CHECK(fault.reason == BP_REASON_JSON_LEN && bp_json_offset(reader) == 8);
    CHECK(fault.where.len == 1);
    CHECK(!feed_pieces(reader, VIEW("[1,  2 ]   "), 8, 3));
    CHECK(fault.reason == BP_REASON_JSON_LEN && bp_json_offset(reader) == 8);
    for (size_t step = 1; step <= 12; step++) {
        CHECK_ROW(step, !feed_pieces(reader, VIEW("[\"abcdefgh\"]"), step, step));
        CHECK_ROW(step, fault.reason == BP_REASON_JSON_LEN && bp_json_offset(reader) == 8);
        CHECK_ROW(step, view_equal(fault.where, VIEW("g")));
    }
    CHECK(!bp_json_read(reader, &fault, &nodes, &count, VIEW("[1,,  2 ] ")));
    CHECK(fault.reason == BP_REASON_JSON_SYNTAX && bp_json_offset(reader) == 3);
    CHECK(!bp_json_read(reader, &fault, &nodes, &count, VIEW("[1,2,3]")));
    CHECK(fault.reason == BP_REASON_JSON_SPACE && bp_json_offset(reader) == 5);
    CHECK(view_equal(fault.where, VIEW("3")));
    CHECK(!bp_json_read(reader, &fault, &nodes, &count, VIEW("[[],[],[]")));
    CHECK(bp_json_read(reader, &fault, &nodes, &count, VIEW("\"123456\"")));
    CHECK(bp_json_read(reader, &fault, &nodes, &count, VIEW("12345678")));
    free(reader);
    reader = open_reader(0, 0);
    CHECK(!bp_json_read(reader, &fault, &nodes, &count, VIEW("1")));
    CHECK(fault.reason == BP_REASON_JSON_LEN && bp_json_offset(reader) == 0);
    CHECK(!bp_json_read(reader, &fault, &nodes, &count, view_of(NULL, 0)));
    CHECK(fault.reason == BP_REASON_JSON_CUT);
    free(reader);
}

// The value for which there is no node is named, whatever its kind.
static void check_space(void)
{
    static const struct {
        struct view text;
        size_t at, len;
    } rows[] = {
        {VIEW_INIT("[\"a\"]"), 1, 3}, {VIEW_INIT("[12]"), 1, 2},
        {VIEW_INIT("[true]"), 1, 4},  {VIEW_INIT("[null]"), 1, 4},
        {VIEW_INIT("[[]]"), 1, 1},    {VIEW_INIT("[{}]"), 1, 1},
        {VIEW_INIT("[ {}]"), 2, 1},   {VIEW_INIT("{\"a\":\"\"}"), 5, 2},
    };
    struct bp_json_reader *reader = open_reader(64, 1);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_ROW(i, !bp_json_read(reader, &fault, &nodes, &count, rows[i].text));
        CHECK_ROW(i, fault.reason == BP_REASON_JSON_SPACE);
        CHECK_ROW(i, bp_json_offset(reader) == rows[i].at);
        CHECK_ROW(i, view_equal(fault.where,
                                view_first(view_from(rows[i].text, rows[i].at), rows[i].len)));
        CHECK_ROW(i, !feed_pieces(reader, rows[i].text, 1, 1));
        CHECK_ROW(i, fault.reason == BP_REASON_JSON_SPACE);
        CHECK_ROW(i, bp_json_offset(reader) == rows[i].at);
    }
    free(reader);
}

// Numbers of 512 and 513 octets, as tokens of their own and in an array.
static void check_long_numbers(struct bp_json_reader *reader)
{
    char text[600];
    for (size_t len = 511; len <= 514; len++) {
        memset(text, '1', sizeof text);
        text[0] = '[';
        text[2] = '.';
        text[1 + len] = ']';
        struct view views[] = {view_of(text, len + 2), view_of(text + 1, len)};
        for (size_t i = 0; i < 2; i++) {
            bool ok = bp_json_read(reader, &fault, &nodes, &count, views[i]);
            CHECK_ROW(len, ok == (len <= BP_JSON_NUMBER_LEN_MAX));
            CHECK_ROW(len, ok == feed_pieces(reader, views[i], 100, 50));
            CHECK_ROW(len, ok || fault.reason == BP_REASON_JSON_NUMBER);
            CHECK_ROW(len, ok || bp_json_offset(reader) == 512 + (i == 0));
        }
    }
    memset(text, '1', sizeof text);
    text[0] = '-';
    CHECK(!bp_json_read(reader, &fault, &nodes, &count, view_of(text, sizeof text)));
    CHECK(fault.reason == BP_REASON_JSON_NUMBER && bp_json_offset(reader) == 512);
    memset(text, 'n', sizeof text);
    CHECK(!bp_json_read(reader, &fault, &nodes, &count, view_of(text, sizeof text)));
    CHECK(fault.reason == BP_REASON_JSON_SYNTAX);
}

// Objects of many members: all new, then one of them again.
static void check_many_names(void)
{
    static char text[1 << 20];
    struct bp_json_reader *reader = open_reader(sizeof text, 100000);
    static const char *const shapes[] = {"\"%06u\":0,", "\"k%u\":{},", "\"\\u00e9%u\":[\"\"],"};
    for (size_t shape = 0; shape < 3; shape++)
        for (unsigned members = 7; members < 40000; members += members < 12 ? 1 : 9973) {
            size_t len = 1;
            text[0] = '{';
            for (unsigned i = 0; i < members; i++)
                len += (size_t)snprintf(text + len, sizeof text - len, shapes[shape],
                                        i * 7919 % members);
            text[len - 1] = '}';
            CHECK_ROW(members, bp_json_read(reader, &fault, &nodes, &count, view_of(text, len)));
            CHECK_ROW(members, nodes[0].count == members);
            text[len - 1] = ',';
            size_t more =
                (size_t)snprintf(text + len, sizeof text - len, shapes[shape], members * 13 / 17);
            text[len + more - 1] = '}';
            struct view again = view_of(text, len + more);
            CHECK_ROW(members, !bp_json_read(reader, &fault, &nodes, &count, again));
            CHECK_ROW(members, fault.reason == BP_REASON_JSON_DUPLICATE);
            CHECK_ROW(members, bp_json_offset(reader) == len);
        }
    free(reader);
}

int main(void)
{
    struct bp_json_reader *reader = open_reader(4096, 256);
    check_sample(reader);
    check_walk(reader);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        check_refusal(reader, i);
    check_sample(reader);
    check_prompt(reader);
    check_start(reader);
    check_long_numbers(reader);
    free(reader);
    check_last_octet();
    check_limits();
    check_space();
    check_many_names();
    return unit_end();
}

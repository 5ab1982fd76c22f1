// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include "base/buf.h"
#include "props/rule/memo.h"
#include "props/unit/unit.h"

enum { LEN_MAX = 65536, NODE_COUNT_MAX = 2048 };

static const char *const texts[] = {
    "{\"balances\":[{\"type\":\"NONE\",\"dataRemainingInMB\":0,\"timeRemaining\":\"PT0S\"}]}",
    "{\"balances\":[{\"type\":\"\\u004eONE\",\"dataRemainingInMB\":-1e3}]}",
    "{\"balances\":[]}",
    "[1,2.5,null,true,false,\"\"]",
    "0",
    "\"12345678\"",
    "<html>",
    "{\"a\":1,\"a\":2}",
    "{\"a\":1}x",
    "{\"a\":[1,2",
    "[\"\xff\"]",
    " ",
};

static bool same_nodes(const struct bp_json_node *a, const struct bp_json_node *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool is_text = a[i].kind == BP_JSON_NUMBER || a[i].kind == BP_JSON_STRING;
        if (a[i].kind != b[i].kind || a[i].next != b[i].next)
            return false;
        if (is_text && !view_equal(a[i].text, b[i].text))
            return false;
        if (a[i].kind == BP_JSON_NUMBER && a[i].number != b[i].number)
            return false;
    }
    return true;
}

// check_text reads a text with the memo and without, and compares.
static void check_text(struct memo *memo, struct bp_json_reader *with,
                       struct bp_json_reader *without, size_t row, struct view text)
{
    struct bp_fault fault = {BP_REASON_NONE, view_of(NULL, 0)};
    struct bp_fault want_fault = fault;
    const struct bp_json_node *nodes = NULL;
    const struct bp_json_node *want_nodes = NULL;
    size_t count = 0;
    size_t want_count = 0;
    bool want = bp_json_read(without, &want_fault, &want_nodes, &want_count, text);
    bool is_json = memo_read(memo, with, &fault, &nodes, &count, text);
    CHECK_ROW(row, is_json == want);
    CHECK_ROW(row, count == want_count);
    if (is_json && want)
        CHECK_ROW(row, same_nodes(nodes, want_nodes, count));
    CHECK_ROW(row, is_json || fault.reason == want_fault.reason);
    CHECK_ROW(row, is_json || fault.where.len == want_fault.where.len);
    CHECK_ROW(row, is_json || fault.where.len == 0 || fault.where.data == want_fault.where.data);
}

// Texts at the bounds: the longest that is remembered, and ones that need the larger reader.
static void check_bounds(struct memo *memo, struct bp_json_reader *with,
                         struct bp_json_reader *without)
{
    static char text[4 * MEMO_LEN_MAX];
    for (size_t len = MEMO_LEN_MAX - 2; len <= MEMO_LEN_MAX + 2; len++) {
        memset(text, 'a', len);
        text[0] = text[len - 1] = '"';
        check_text(memo, with, without, len, view_of(text, len));
        check_text(memo, with, without, len, view_of(text, len));
    }
    for (size_t count = MEMO_NODE_COUNT_MAX - 2; count <= MEMO_NODE_COUNT_MAX + 2; count++) {
        struct buf b = buf_of(text, sizeof text);
        buf_put(&b, VIEW("[0"));
        for (size_t i = 2; i < count; i++)
            buf_put(&b, VIEW(",1"));
        buf_put(&b, VIEW("]"));
        check_text(memo, with, without, count, buf_view(&b));
        check_text(memo, with, without, count, buf_view(&b));
    }
}

// Many more texts than entries: some are forgotten, none is mixed up.
static void check_crowd(struct memo *memo, struct bp_json_reader *with,
                        struct bp_json_reader *without)
{
    for (size_t round = 0; round < 3; round++)
        for (size_t i = 0; i < 4 * MEMO_ENTRY_COUNT; i++) {
            char text[32];
            struct buf b = BUF(text);
            buf_put(&b, VIEW("{\"n\":"));
            buf_put_unsigned(&b, i);
            buf_put(&b, VIEW("}"));
            check_text(memo, with, without, i, buf_view(&b));
        }
}

static struct memo_list *list_of(struct memo *memo, struct bp_json_reader *reader, const char *text)
{
    struct bp_fault fault;
    const struct bp_json_node *nodes;
    size_t count;
    (void)!memo_read(memo, reader, &fault, &nodes, &count, view_of_text(text));
    return memo_list(memo);
}

// What is kept beside a text stays there, and goes when the text is forgotten.
static void check_list(struct memo *memo, struct bp_json_reader *reader,
                       struct bp_json_reader *without)
{
    struct memo_list *list = list_of(memo, reader, "{\"balances\":[5]}");
    CHECK(list != NULL && !list->is_kept);
    if (list == NULL)
        return;
    list->is_kept = true;
    list->balance_count = 1;
    struct memo_list *other = list_of(memo, reader, "{\"balances\":[5,6]}");
    CHECK(other != NULL && other != list && !other->is_kept);
    CHECK(list_of(memo, reader, "{\"balances\":[5]}") == list && list->is_kept);
    CHECK(list_of(memo, reader, "<html>") == NULL);
    CHECK(list_of(memo, reader, "") == NULL);
    check_crowd(memo, reader, without);
    list = list_of(memo, reader, "{\"balances\":[5]}");
    CHECK(list != NULL && !list->is_kept);
}

int main(void)
{
    char *memo_space = malloc(memo_size());
    char *spaces = malloc(2 * bp_json_space(LEN_MAX, NODE_COUNT_MAX));
    struct memo *memo = memo_init(memo_space);
    struct bp_json_reader *with = bp_json_open(spaces, LEN_MAX, NODE_COUNT_MAX);
    struct bp_json_reader *without =
        bp_json_open(spaces + bp_json_space(LEN_MAX, NODE_COUNT_MAX), LEN_MAX, NODE_COUNT_MAX);
    size_t text_count = sizeof texts / sizeof texts[0];
    for (size_t i = 0; i < text_count; i++)
        check_text(memo, with, without, i, view_of_text(texts[i]));
    CHECK(memo_hit_count(memo) == 0);
    for (size_t i = 0; i < text_count; i++) {
        uint64_t before = memo_hit_count(memo);
        check_text(memo, with, without, i, view_of_text(texts[i]));
        check_text(memo, with, without, i, view_of_text(texts[i]));
        CHECK_ROW(i, memo_hit_count(memo) > before);
    }
    check_text(memo, with, without, 0, VIEW(""));
    check_bounds(memo, with, without);
    check_crowd(memo, with, without);
    check_list(memo, with, without);
    free(spaces);
    free(memo_space);
    return unit_end();
}

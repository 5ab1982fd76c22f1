// SPDX-License-Identifier: Apache-2.0
// Heads of requests exactly at their limits and one beyond, whole and in pieces.
#include "base/buf.h"
#include "http/head.h"
#include "props/unit/unit.h"

static char space[3 * BP_HEAD_LEN_MAX];
static struct buf text;

static void put_times(char c, size_t count)
{
    char *at = buf_claim(&text, count);
    if (at != NULL)
        memset(at, c, count);
}

struct outcome {
    enum bp_read answer;
    size_t used;
    struct bp_fault fault;
    size_t seen_len; // bytes fed when the answer came
};

static struct outcome feed_side(enum bp_side side, size_t step)
{
    static struct bp_head head;
    struct bp_head_reader reader;
    struct outcome out = {.answer = BP_READ_MORE};
    struct view whole = buf_view(&text);
    bp_head_start(&reader, &head, side);
    while (out.answer == BP_READ_MORE && out.seen_len < whole.len) {
        out.seen_len = whole.len - out.seen_len < step ? whole.len : out.seen_len + step;
        struct view seen = view_first(whole, out.seen_len);
        out.answer = bp_head_read(&head, &out.used, &out.fault, &reader, seen);
    }
    return out;
}

static struct outcome feed(size_t step) { return feed_side(BP_REQUEST, step); }

// The same answer in pieces of any size; returns it as it comes byte by byte.
static struct outcome check_text(size_t row, enum bp_read answer, enum bp_reason reason)
{
    static const size_t steps[] = {2, 3, 7, 64, 1000, 8009, 8011, 16383, 16384, sizeof space};
    struct outcome slow = feed(1);
    CHECK_ROW(row, slow.answer == answer);
    CHECK_ROW(row, slow.fault.reason == reason);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        struct outcome fast = feed(steps[i]);
        CHECK_ROW(row, fast.answer == slow.answer && fast.used == slow.used);
        CHECK_ROW(row, fast.fault.reason == slow.fault.reason);
        CHECK_ROW(row, fast.fault.where.data == slow.fault.where.data);
        CHECK_ROW(row, fast.fault.where.len == slow.fault.where.len);
    }
    CHECK_ROW(row, !text.overflow);
    return slow;
}

static void check_targets(void)
{
    static const struct {
        struct view method;
        struct view behind; // the target
        size_t target_len;
        enum bp_read answer;
        enum bp_reason reason;
    } rows[] = {
        {VIEW_INIT("GET"), VIEW_INIT(" HTTP/1.0\r\n\r\n"), 8000, BP_READ_DONE, BP_REASON_NONE},
        {VIEW_INIT("GET"), VIEW_INIT(" HTTP/1.0\r\n\r\n"), 8001, BP_READ_BAD,
         BP_REASON_HTTP_TARGET_LEN},
        {VIEW_INIT("GET"), VIEW_INIT(" HTTP/9.9\n"), 8001, BP_READ_BAD, BP_REASON_HTTP_TARGET_LEN},
        {VIEW_INIT("GET"), VIEW_INIT(""), 8001, BP_READ_MORE, BP_REASON_NONE},
        {VIEW_INIT("GET"), VIEW_INIT(""), 8002, BP_READ_BAD, BP_REASON_HTTP_TARGET_LEN},
        {VIEW_INIT("GET"), VIEW_INIT(" "), 8001, BP_READ_BAD, BP_REASON_HTTP_TARGET_LEN},
        {VIEW_INIT("GET"), VIEW_INIT(" "), 8000, BP_READ_MORE, BP_REASON_NONE},
        {VIEW_INIT("GET"), VIEW_INIT("\r"), 8000, BP_READ_MORE, BP_REASON_NONE},
        {VIEW_INIT("GET"), VIEW_INIT("\r\n"), 8000, BP_READ_BAD, BP_REASON_HTTP_LINE},
        {VIEW_INIT("GET"), VIEW_INIT("\ra"), 8000, BP_READ_BAD, BP_REASON_HTTP_LINE_END},
        {VIEW_INIT("GET"), VIEW_INIT("\r\n"), 8001, BP_READ_BAD, BP_REASON_HTTP_TARGET_LEN},
        {VIEW_INIT("GET"), VIEW_INIT("\x01 HTTP/1.0\r\n"), 7999, BP_READ_BAD, BP_REASON_HTTP_LINE},
        {VIEW_INIT("GET"), VIEW_INIT("\x01 HTTP/1.0\r\n"), 8000, BP_READ_BAD, BP_REASON_HTTP_LINE},
        {VIEW_INIT("GET"), VIEW_INIT("\x01 HTTP/1.0\r\n"), 8001, BP_READ_BAD,
         BP_REASON_HTTP_TARGET_LEN},
        {VIEW_INIT("\r\nGET"), VIEW_INIT(" HTTP/1.0\r\n\r\n"), 8001, BP_READ_BAD,
         BP_REASON_HTTP_TARGET_LEN},
        {VIEW_INIT("\r\nGET"), VIEW_INIT(""), 8002, BP_READ_BAD, BP_REASON_HTTP_TARGET_LEN},
        {VIEW_INIT("G"), VIEW_INIT(""), 8002, BP_READ_BAD, BP_REASON_HTTP_TARGET_LEN},
        {VIEW_INIT("G\x01T"), VIEW_INIT(" HTTP/1.0\r\n"), 8001, BP_READ_BAD, BP_REASON_HTTP_LINE},
        {VIEW_INIT("G@T"), VIEW_INIT(""), 16380, BP_READ_MORE, BP_REASON_NONE},
        {VIEW_INIT("G@T"), VIEW_INIT(""), 16381, BP_READ_BAD, BP_REASON_HTTP_HEAD_LEN},
        {VIEW_INIT("GET"), VIEW_INIT(""), 40000, BP_READ_BAD, BP_REASON_HTTP_TARGET_LEN},
        {VIEW_INIT("23456789012345678901234567890123"), VIEW_INIT(" HTTP/1.0\r\n\r\n"), 8000,
         BP_READ_DONE, BP_REASON_NONE},
        {VIEW_INIT("23456789012345678901234567890123"), VIEW_INIT(" HTTP/1.0\r\n\r\n"), 8001,
         BP_READ_BAD, BP_REASON_HTTP_TARGET_LEN},
        {VIEW_INIT("234567890123456789012345678901234"), VIEW_INIT(" HTTP/1.0\r\n\r\n"), 1,
         BP_READ_BAD, BP_REASON_HTTP_LINE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        buf_clear(&text);
        buf_put(&text, rows[i].method);
        buf_put_byte(&text, ' ');
        put_times('/', rows[i].target_len);
        buf_put(&text, rows[i].behind);
        struct outcome o = check_text(i, rows[i].answer, rows[i].reason);
        size_t certain = rows[i].method.len + 1 + BP_TARGET_LEN_MAX + 2;
        if (rows[i].reason == BP_REASON_HTTP_TARGET_LEN)
            CHECK_ROW(i, o.seen_len == certain);
    }
}

static void check_field_count(void)
{
    for (size_t count = BP_FIELD_COUNT_MAX - 1; count <= BP_FIELD_COUNT_MAX + 1; count++) {
        bool fits = count <= BP_FIELD_COUNT_MAX;
        buf_clear(&text);
        buf_put(&text, VIEW("GET / HTTP/1.0\r\n"));
        for (size_t i = 0; i < count; i++)
            buf_put(&text, VIEW("a:\r\n"));
        buf_put(&text, VIEW("\r\n"));
        check_text(count, fits ? BP_READ_DONE : BP_READ_BAD,
                   fits ? BP_REASON_NONE : BP_REASON_HTTP_FIELD_COUNT);
    }
}

static void check_head_len(void)
{
    static const struct {
        size_t len;
        struct view end;
        enum bp_read answer;
        enum bp_reason reason;
    } rows[] = {
        {16383, VIEW_INIT("\r\n\r\n"), BP_READ_DONE, BP_REASON_NONE},
        {16384, VIEW_INIT("\r\n\r\n"), BP_READ_DONE, BP_REASON_NONE},
        {16385, VIEW_INIT("\r\n\r\n"), BP_READ_BAD, BP_REASON_HTTP_HEAD_LEN},
        {16386, VIEW_INIT("\r\n\r\n"), BP_READ_BAD, BP_REASON_HTTP_HEAD_LEN},
        {16387, VIEW_INIT("\r\n\r\n"), BP_READ_BAD, BP_REASON_HTTP_HEAD_LEN},
        {16384, VIEW_INIT("\n\r\n"), BP_READ_BAD, BP_REASON_HTTP_LINE_END},
        {16385, VIEW_INIT("\x01\r\n"), BP_READ_BAD, BP_REASON_HTTP_HEAD_LEN},
        {16384, VIEW_INIT("\x01\r\n"), BP_READ_BAD, BP_REASON_HTTP_FIELD_VALUE},
        {16384, VIEW_INIT("\r"), BP_READ_MORE, BP_REASON_NONE},
        {16385, VIEW_INIT("\r\n"), BP_READ_BAD, BP_REASON_HTTP_HEAD_LEN},
        {40000, VIEW_INIT("\r\n\r\n"), BP_READ_BAD, BP_REASON_HTTP_HEAD_LEN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        buf_clear(&text);
        buf_put(&text, VIEW("GET / HTTP/1.0\r\nX:"));
        put_times('x', rows[i].len - text.len - rows[i].end.len);
        buf_put(&text, rows[i].end);
        struct outcome o = check_text(i, rows[i].answer, rows[i].reason);
        CHECK_ROW(i, o.used == (o.answer == BP_READ_DONE ? rows[i].len : 0));
        if (o.fault.reason == BP_REASON_HTTP_HEAD_LEN)
            CHECK_ROW(i, o.fault.where.data == space + BP_HEAD_LEN_MAX && o.fault.where.len == 1);
    }
}

// The limit of targets is not one of status lines.
static void check_status_line(void)
{
    buf_clear(&text);
    buf_put(&text, VIEW("HTTP/1.1 200 "));
    put_times('x', 2 * BP_TARGET_LEN_MAX);
    buf_put(&text, VIEW("\r\n\r\n"));
    for (size_t step = 1; step <= text.len; step = step * 2 + 5)
        CHECK_ROW(step, feed_side(BP_RESPONSE, step).answer == BP_READ_DONE);
}

int main(void)
{
    text = BUF(space);
    check_targets();
    check_field_count();
    check_head_len();
    check_status_line();
    return unit_end();
}

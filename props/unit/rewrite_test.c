// SPDX-License-Identifier: Apache-2.0
#include "props/liar/ask.h"
#include "props/liar/reply.h"
#include "props/liar/rewrite.h"
#include "props/liar/said.h"
#include "props/unit/unit.h"

static char scratch_space[8192];
static struct buf scratch;
static char ask_space[8192];
static char reply_space[8192];
static struct ask ask;
static struct reply reply;

static void check_texts(void)
{
    struct view text = VIEW("a%2Fb%2fc%25%4%");
    CHECK(text_is(text_decode(&scratch, text), "a/b/c%%4%"));
    CHECK(text_is(text_replace(&scratch, VIEW("aXbXX"), VIEW("X"), VIEW("--")), "a--b----"));
    CHECK(text_replace(&scratch, text, VIEW("X"), VIEW("")).data == text.data);
    CHECK(text_is(text_join(&scratch, VIEW("a"), VIEW(""), VIEW("b")), "ab"));
    CHECK(text_is(text_lower(&scratch, VIEW("AZaz09[@\xC3")), "azaz09[@\xC3"));
    CHECK(text_is(text_unsigned(&scratch, UINT64_MAX), "18446744073709551615"));
    CHECK(text_is(text_trim(VIEW(" \t a b \t")), "a b"));
    CHECK(text_has(VIEW("abc"), "bc"));
    CHECK(!text_has(VIEW("abc"), "bd"));
    CHECK(text_ends(VIEW("abc"), "bc"));
    CHECK(!text_ends(VIEW("bc"), "abc"));
    CHECK(text_is_digits(VIEW("0189")));
    CHECK(!text_is_digits(VIEW("")));
    CHECK(!text_is_digits(VIEW("1:")));
    CHECK(!text_is_digits(VIEW("/1")));
}

static void check_full_scratch(void)
{
    char small[4];
    struct buf space = BUF(small);
    CHECK(text_join(&space, VIEW("ab"), VIEW("cd"), VIEW("e")).len == 0);
    CHECK(space.overflow);
}

static void check_integers(void)
{
    static const struct {
        const char *text;
        uint64_t wrapped;
        uint64_t saturated;
        size_t digit_count;
        size_t rest_len;
        bool is_negative;
    } rows[] = {
        {"12", 12, 12, 2, 0, false},
        {"-7x", 7, 7, 1, 1, true},
        {" +1", 1, 1, 1, 0, false},
        {"abc", 0, 0, 0, 3, false},
        {"", 0, 0, 0, 0, false},
        {"--1", 0, 0, 0, 2, true},
        {"18446744073709551617", 1, (uint64_t)1 << 63, 20, 0, false},
        {"9223372036854775807", INT64_MAX, INT64_MAX, 19, 0, false},
        {"9223372036854775809", (uint64_t)INT64_MAX + 2, (uint64_t)1 << 63, 19, 0, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct text_integer number = text_to_integer(view_of_text(rows[i].text));
        CHECK_ROW(i, number.wrapped == rows[i].wrapped);
        CHECK_ROW(i, number.saturated == rows[i].saturated);
        CHECK_ROW(i, number.digit_count == rows[i].digit_count);
        CHECK_ROW(i, number.rest.len == rows[i].rest_len);
        CHECK_ROW(i, number.is_negative == rows[i].is_negative);
    }
}

static bool writes_ask(const char *text)
{
    buf_clear(&scratch);
    ask_write(&scratch, &ask);
    return text_is(buf_view(&scratch), text);
}

#define PLAIN                                                     \
    "GET /v1/sims/iccid:%2089882/balances?limit=1&x HTTP/1.1\r\n" \
    "Host: h\r\nX-Note : a\r\n b\r\n\r\n"

static void check_ask(void)
{
    ask_read(&ask, VIEW(PLAIN "GET / HTTP/1.1\r\n\r\n"));
    CHECK(ask.is_read);
    CHECK(text_is(ask.whole, PLAIN));
    CHECK(text_is(ask.method, "GET"));
    CHECK(text_is(ask.path, "/v1/sims/iccid:%2089882/balances"));
    CHECK(text_is(ask.query, "?limit=1&x"));
    CHECK(text_is(ask.version, "HTTP/1.1"));
    CHECK(ask.fields.count == 3);
    CHECK(text_is(ask_sim(&ask), "iccid:%2089882"));
    CHECK(text_is(ask_iccid(&ask), "89882"));
    CHECK(writes_ask(PLAIN));
    ask_set_sim(&ask, VIEW("7"));
    ask_set(&ask, "limit", VIEW("2"));
    ask_set(&ask, "location", VIEW("US"));
    lines_drop(&ask.fields, "X-NOTE");
    CHECK(writes_ask(
        "GET /v1/sims/7/balances?limit=2&x&location=US HTTP/1.1\r\nHost: h\r\n b\r\n\r\n"));
}

static void check_queries(void)
{
    ask_read(&ask, VIEW("GET /?a=1&b&a=%32&&c=3=4 HTTP/1.0\r\n\r\n"));
    CHECK(ask_count(&ask, "a") == 2);
    CHECK(ask_count(&ask, "b") == 1);
    CHECK(ask_count(&ask, "A") == 0);
    CHECK(text_is(ask_value(&ask, "c"), "3=4"));
    CHECK(ask_value(&ask, "b").len == 0);
    ask_drop_first(&ask, "a");
    CHECK(text_is(ask.query, "?b&a=%32&&c=3=4"));
    CHECK(text_is(ask_value(&ask, "a"), "2"));
    ask_drop(&ask, "a");
    CHECK(text_is(ask.query, "?b&&c=3=4"));
    ask_read(&ask, VIEW("GET / HTTP/1.1\r\n\r\n"));
    ask_set(&ask, "limit", VIEW(""));
    CHECK(text_is(ask.query, "?limit="));
    ask_drop(&ask, "limit");
    CHECK(text_is(ask.query, ""));
}

static void check_targets(void)
{
    ask_read(&ask, VIEW("GET https://h:1/sims/1/balances?a=://b HTTP/1.1\r\n\r\n"));
    CHECK(text_is(ask.origin, "https://h:1"));
    CHECK(text_is(ask.path, "/sims/1/balances"));
    CHECK(text_is(ask.query, "?a=://b"));
    ask_read(&ask, VIEW("GET /sims/iccid: 1/balances HTTP/1.1\r\n\r\n"));
    CHECK(text_is(ask.path, "/sims/iccid: 1/balances"));
    CHECK(text_is(ask.origin, ""));
    ask_read(&ask, VIEW("GET /sims/1?a=://b/c HTTP/1.1\r\n\r\n"));
    CHECK(text_is(ask.path, "/sims/1"));
    CHECK(text_is(ask.origin, ""));
    ask_read(&ask, VIEW("GET  HTTP/1.1\r\n\r\n"));
    CHECK(ask.is_read);
    CHECK(text_is(ask.path, ""));
    ask_read(&ask, VIEW("GET http://h HTTP/1.1\r\n\r\n"));
    CHECK(text_is(ask.origin, "http://h"));
    CHECK(text_is(ask.path, ""));
}

static void check_bodies(void)
{
    static const struct {
        const char *fields;
        size_t body_len;
    } rows[] = {
        {"A: b\r\n", 0},
        {"Content-Length: 5\r\n", 5},
        {"content-length: 0\r\n", 0},
        {"Content-Length: 50\r\n", 9},
        {"Content-Length: +5\r\n", 9},
        {"Transfer-Encoding: chunked\r\n", 9},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        buf_clear(&scratch);
        buf_put_text(&scratch, "GET / HTTP/1.1\r\n");
        buf_put_text(&scratch, rows[i].fields);
        buf_put_text(&scratch, "\r\nhelloGET ");
        ask_read(&ask, buf_view(&scratch));
        CHECK_ROW(i, ask.is_read);
        CHECK_ROW(i, ask.body.len == rows[i].body_len);
        CHECK_ROW(i, ask.whole.len == scratch.len - 9 + rows[i].body_len);
    }
}

static void check_strange_asks(void)
{
    static const char *const rows[] = {
        "",
        "\r\n",
        "GET",
        "GET /\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\n",
        "GET HTTP/1.1\r\n\r\n",
        "GET / x\r\n\r\n",
        "\r\nGET / HTTP/1.1\r\n\r\n",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ask_read(&ask, view_of_text(rows[i]));
        CHECK_ROW(i, !ask.is_read);
        CHECK_ROW(i, ask_sim(&ask).len == 0);
        CHECK_ROW(i, ask_count(&ask, "limit") == 0);
        CHECK_ROW(i, writes_ask(rows[i]));
    }
}

#define ANSWER "HTTP/1.1 200 OK\r\nDate: d\r\nContent-Length: 5\r\n\r\nhello"

static bool writes_reply(const char *text)
{
    buf_clear(&scratch);
    reply_write(&scratch, &reply);
    return text_is(buf_view(&scratch), text);
}

static void check_reply(void)
{
    reply_read(&reply, VIEW(ANSWER ANSWER));
    CHECK(reply.is_read);
    CHECK(reply.status == 200);
    CHECK(text_is(reply.whole, ANSWER));
    CHECK(text_is(reply.body, "hello"));
    CHECK(writes_reply(ANSWER));
    reply.to_head = true;
    CHECK(writes_reply("HTTP/1.1 200 OK\r\nDate: d\r\nContent-Length: 5\r\n\r\n"));
    reply.to_head = false;
    reply_replace(&reply, "l", "LL");
    reply_set(&reply, "DATE", "e");
    reply_set(&reply, "X", "1");
    CHECK(writes_reply("HTTP/1.1 200 OK\r\nDATE: e\r\nContent-Length: 7\r\nX: 1\r\n\r\nheLLLLo"));
    reply_drop(&reply, "x");
    reply_refuse(&reply, 404, "no");
    CHECK(writes_reply("HTTP/1.1 404 \r\nDATE: e\r\nContent-Length: 14\r\n"
                       "Content-Type: application/json\r\n\r\n{\"error\":\"no\"}"));
    reply_say(&reply, 204, "", VIEW(""));
    CHECK(writes_reply("HTTP/1.1 204 \r\nDATE: e\r\nContent-Length: 0\r\n\r\n"));
    reply.is_silent = true;
    CHECK(writes_reply(""));
}

static void check_framing(void)
{
    reply_read(&reply, VIEW(ANSWER));
    reply.frames_itself = true;
    reply.before = VIEW("100");
    reply.body = VIEW("hell");
    CHECK(writes_reply("100HTTP/1.1 200 OK\r\nDate: d\r\nContent-Length: 5\r\n\r\nhell"));
    reply_read(&reply, VIEW("nonsense"));
    CHECK(!reply.is_read);
    CHECK(writes_reply("nonsense"));
    reply_read(&reply, VIEW("HTTP/1.1 404\r\n\r\n"));
    CHECK(reply.status == 404);
    CHECK(reply.body.len == 0);
}

#define ONE                                                                                  \
    "{\"type\":\"MODIRECTPAYG\",\"dataRemainingInMB\":1.5,\"timeRemaining\":\"P1D\",\"id\":" \
    "\"a\\\"]},{\\\\\",\"locations\":[\"US\",\"CA\"]}"
#define TWO "{\"type\":\"NONE\",\"dataRemainingInMB\":0,\"timeRemaining\":\"PT0S\",\"id\":\"0\"}"

static void check_said(void)
{
    static struct said_list list;
    CHECK(said_read(&list, VIEW("{\"balances\":[" ONE "," TWO "]}")));
    CHECK(list.count == 2);
    CHECK(said_is(list.items[0].type, "MODIRECTPAYG"));
    CHECK(text_is(list.items[0].id, "\"a\\\"]},{\\\\\""));
    CHECK(text_is(list.items[0].locations, "[\"US\",\"CA\"]"));
    CHECK(said_holds(&list.items[0], VIEW("ca")));
    CHECK(!said_holds(&list.items[0], VIEW("FR")));
    CHECK(!said_holds(&list.items[0], VIEW("")));
    CHECK(!said_is_zero(list.items[0].data));
    CHECK(said_is_zero(list.items[1].data));
    CHECK(list.items[1].locations.len == 0);
    buf_clear(&scratch);
    CHECK(text_is(said_write(&scratch, &list), "{\"balances\":[" ONE "," TWO "]}"));
    list.items[0] = said_nothing();
    list.items[0].more = VIEW(",\"x\":1");
    list.count = 1;
    CHECK(text_is(said_write(&scratch, &list),
                  "{\"balances\":[{\"type\":\"NONE\",\"dataRemainingInMB\":0,"
                  "\"timeRemaining\":\"PT0S\",\"id\":\"0\",\"x\":1}]}"));
    CHECK(said_read(&list, VIEW("{\"balances\":[]}")));
    CHECK(list.count == 0);
}

static void check_not_said(void)
{
    static const char *const rows[] = {
        "",
        "{}",
        "[]",
        "{\"balances\":[",
        "{\"balances\":[{}]}",
        "{\"balances\":[" TWO "]} ",
        "{\"balances\":[" TWO ",]}",
        "{\"balances\":[{\"x\":1}]}",
        "{\"error\":{}}",
    };
    static struct said_list list;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        CHECK_ROW(i, !said_read(&list, view_of_text(rows[i])));
    CHECK(!said_is_zero(VIEW("")));
    CHECK(!said_is_zero(VIEW("0.5")));
    CHECK(!said_is(VIEW("NONE"), "NONE"));
}

int main(void)
{
    scratch = BUF(scratch_space);
    ask.space = BUF(ask_space);
    reply.space = BUF(reply_space);
    check_texts();
    check_full_scratch();
    check_integers();
    check_ask();
    check_queries();
    check_targets();
    check_bodies();
    check_strange_asks();
    check_reply();
    check_framing();
    check_said();
    check_not_said();
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include "props/rule/exchange.h"
#include "props/unit/unit.h"

#define ELEMENT "{\"type\":\"NONE\",\"dataRemainingInMB\":0,\"timeRemaining\":\"PT0S\"}"
#define BODY "{\"balances\":[" ELEMENT "]}"

struct row {
    const char *response;
    enum fate fate;
    unsigned status;
    const char *body;
    const char *rest;
    bool has_json;
    bool has_list;
    size_t balance_count;
    unsigned interim_count;
    bool to_head;
};

static const struct row rows[] = {
    {"", FATE_SILENT, 0, "", "", false, false, 0, 0, false},
    {"HTTP/1.1 200 OK\r\nContent-Length: 75\r\n\r\n" BODY, FATE_ANSWERED, 200, BODY, "", true, true,
     1, 0, false},
    {"HTTP/1.1 200 OK\r\n\r\n" BODY, FATE_ANSWERED, 200, BODY, "", true, true, 1, 0, false},
    {"HTTP/1.0 200 OK\n\n" BODY, FATE_ANSWERED, 200, BODY, "", true, true, 1, 0, false},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
     "4\r\n{\"a\"\r\n3;x=y\r\n:1}\r\n0\r\nA: b\r\n\r\nmore",
     FATE_ANSWERED, 200, "{\"a\":1}", "more", true, false, 0, 0, false},
    {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: a\r\n\r\n"
     "HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\n{}",
     FATE_ANSWERED, 404, "{}", "", true, false, 0, 2, false},
    {"HTTP/1.1 101 Switching\r\n\r\nx", FATE_ANSWERED, 101, "", "x", false, false, 0, 0, false},
    {"HTTP/1.1 204 No\r\n\r\nx", FATE_ANSWERED, 204, "", "x", false, false, 0, 0, false},
    {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1", FATE_ANSWERED, 200, "{}", "HTTP/1.1",
     true, false, 0, 0, false},
    {"HTTP/1.1 200 OK\r\nContent-Length: 75\r\n\r\n", FATE_ANSWERED, 200, "", "", false, false, 0,
     0, true},
    {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", FATE_ANSWERED, 200, "", "{}", false, false,
     0, 0, true},
    {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", FATE_MALFORMED, 0, "", "", false, false, 0,
     0, false},
    {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} ", FATE_MALFORMED, 0, "",
     "", false, false, 0, 0, false},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", FATE_MALFORMED, 0, "", "",
     false, false, 0, 0, false},
    {"HTTP/1.1 200 OK\r\nA: b\r\n", FATE_MALFORMED, 0, "", "", false, false, 0, 0, false},
    {"HTTP/1.1 100 Continue\r\n\r\n", FATE_MALFORMED, 0, "", "", false, false, 0, 1, false},
    {"{\"balances\":[]}", FATE_MALFORMED, 0, "", "", false, false, 0, 0, false},
    {"HTTP/1.1 200 OK\r\n\r\n{\"balances\":[],\"balances\":[]}", FATE_ANSWERED, 200,
     "{\"balances\":[],\"balances\":[]}", "", false, false, 0, 0, false},
    {"HTTP/1.1 200 OK\r\n\r\n{\"Balances\":[1]}", FATE_ANSWERED, 200, "{\"Balances\":[1]}", "",
     true, true, 1, 0, false},
    {"HTTP/1.1 200 OK\r\n\r\n{\"balances\":{}}", FATE_ANSWERED, 200, "{\"balances\":{}}", "", true,
     false, 0, 0, false},
    {"HTTP/1.1 200 OK\r\n\r\n[{\"balances\":[]}]", FATE_ANSWERED, 200, "[{\"balances\":[]}]", "",
     true, false, 0, 0, false},
    {"HTTP/1.1 500 Oops\r\n\r\n<html>", FATE_ANSWERED, 500, "<html>", "", false, false, 0, 0,
     false},
};

static struct exchange x;
static struct opener opener;

static void open_text(struct profile *profile, const struct intent *intent, const char *request,
                      const char *response)
{
    static const struct fixture fixture = {.hides_secrets = false};
    exchange_open(&x, &opener, &fixture, profile, intent, view_of_text(request),
                  view_of_text(response));
}

static void check_rows(struct profile *profile)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct row *row = &rows[i];
        open_text(profile, NULL, row->to_head ? "HEAD / HTTP/1.1" : "GET / HTTP/1.1",
                  row->response);
        CHECK_ROW(i, x.fate == row->fate);
        CHECK_ROW(i, x.status == row->status);
        CHECK_ROW(i, view_equal(x.body, view_of_text(row->body)));
        CHECK_ROW(i, view_equal(x.rest, view_of_text(row->rest)));
        CHECK_ROW(i, x.has_json == row->has_json);
        CHECK_ROW(i, x.has_list == row->has_list);
        CHECK_ROW(i, x.balance_count == row->balance_count);
        CHECK_ROW(i, x.interim_count == row->interim_count);
        CHECK_ROW(i, (x.fate == FATE_MALFORMED) == (x.fault.reason != BP_REASON_NONE));
        CHECK_ROW(i, x.to_head == row->to_head);
    }
}

static void open_list(struct profile *profile, const char *element)
{
    static char text[4096];
    snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\n\r\n{\"balances\":[%s]}", element);
    open_text(profile, NULL, "GET", text);
}

static void check_members(struct profile *profile)
{
    const struct seen_balance *b = &x.balances[0];
    open_list(profile, "{\"id\":\"7\",\"locations\":[\"US\"],\"timeRemaining\":\"P1DT1S\","
                       "\"dataRemaininginMB\":1.5,\"type\":\"MODIRECTPAYG\",\"x\":{\"type\":1}}");
    CHECK(b->kind == SEEN_MODIRECTPAYG);
    CHECK(b->has_data && b->data_mb == 1.5 && !b->has_both_data_names);
    CHECK(b->has_time && b->duration.whole_s == 86401);
    CHECK(b->id != NULL && b->locations != NULL && b->locations->count == 1);
    open_list(profile, "{\"dataRemaininginMB\":1,\"dataRemainingInMB\":2,\"timeRemaining\":5,"
                       "\"type\":\"payg\"}");
    CHECK(b->has_both_data_names && b->data_mb == 1);
    CHECK(b->time != NULL && !b->has_time && b->kind == SEEN_OTHER);
    CHECK(b->id == NULL && b->locations == NULL);
    open_list(profile, "{\"dataRemainingInMB\":\"1\",\"timeRemaining\":\"1.02:00\",\"type\":1}");
    CHECK(b->data != NULL && !b->has_data && !b->has_time && b->kind == SEEN_OTHER);
    open_list(profile, "5");
    CHECK(b->object == NULL && b->type == NULL && b->data == NULL && !b->has_data);
    open_list(profile, "{\"Type\":\"NONE\",\"DATAREMAININGINMB\":3}");
    CHECK(b->type == NULL && b->data == NULL);
}

static void check_readings(void)
{
    struct profile profile;
    const struct seen_balance *b = &x.balances[0];
    CHECK(profile_find(&profile, VIEW("field")));
    open_list(&profile, "{\"Type\":\"NONE\",\"DATAREMAININGINMB\":3}");
    CHECK(b->kind == SEEN_NONE && b->has_data && b->data_mb == 3);
    CHECK(profile_find(&profile, VIEW("legacy-2017")));
    open_list(&profile, "{\"type\":\"PAYG\"}");
    CHECK(b->kind == SEEN_MODIRECTPAYG);
    CHECK(profile_find(&profile, VIEW("seed")));
    open_list(&profile, "{\"type\":\"PAYG\"}");
    CHECK(b->kind == SEEN_OTHER);
}

// A list that was read before is the same again, also one that is too long to be remembered, and
// another text in between changes nothing.
static void check_again(struct profile *profile)
{
    char text[1024];
    for (size_t count = 1; count <= 12; count++) {
        struct buf b = BUF(text);
        for (size_t i = 0; i < count; i++) {
            buf_put_text(&b, i == 0 ? "{\"id\":\"" : ",{\"id\":\"");
            buf_put_unsigned(&b, i);
            buf_put_text(&b, "\",\"type\":\"NONE\",\"timeRemaining\":\"PT1S\"}");
        }
        buf_put_byte(&b, '\0');
        for (size_t again = 0; again < 3; again++) {
            memset(x.balances, 0xA5, sizeof x.balances);
            open_list(profile, again == 2 ? "7,8" : text);
            CHECK_ROW(count, x.has_list && x.balance_count == (again == 2 ? 2 : count));
            CHECK_ROW(count, view_equal(x.list_name, VIEW("balances")));
            for (size_t i = 0; i < count && again != 2; i++) {
                const struct seen_balance *seen = &x.balances[i];
                CHECK_ROW(i, seen->object != NULL && seen->data == NULL && !seen->has_data);
                CHECK_ROW(i, seen->id == &x.nodes[3 + 4 * i]);
                CHECK_ROW(i, seen->kind == SEEN_NONE && seen->has_time);
                CHECK_ROW(i, seen->duration.whole_s == 1);
            }
        }
    }
}

// More elements than there is room for are counted, and a body that is too long is no JSON.
static void check_bounds(struct profile *profile)
{
    size_t space = EXCHANGE_BODY_LEN_MAX + 64;
    char *text = malloc(space);
    struct buf b = buf_of(text, space);
    buf_put(&b, VIEW("HTTP/1.1 200 OK\r\n\r\n{\"balances\":[0"));
    for (unsigned i = 1; i < EXCHANGE_BALANCE_COUNT_MAX + 9; i++)
        buf_put(&b, VIEW(",0"));
    buf_put(&b, VIEW("]}"));
    exchange_open(&x, &opener, NULL, profile, NULL, VIEW(""), buf_view(&b));
    CHECK(x.balance_count == EXCHANGE_BALANCE_COUNT_MAX + 9);
    buf_clear(&b);
    buf_put(&b, VIEW("HTTP/1.1 200 OK\r\n\r\n\""));
    while (b.len < space - 1)
        buf_put(&b, VIEW("a"));
    buf_put(&b, VIEW("\""));
    exchange_open(&x, &opener, NULL, profile, NULL, VIEW(""), buf_view(&b));
    CHECK(x.fate == FATE_ANSWERED && !x.has_json && x.json_fault.reason == BP_REASON_JSON_LEN);
    free(text);
}

static void check_senses(struct profile *profile)
{
    struct fixture fixture = {.base = VIEW("/v1"), .host = VIEW("h"), .iccid = {VIEW("8988")}};
    struct intent intent;
    intent_plain(&intent);
    intent_close(&intent, &fixture);
    open_text(profile, &intent, "", "");
    CHECK(x.odd_axes == 0 && x.sense[AXIS_LIMIT] == SENSE_ABSENT && !x.to_head);
    intent_set_sense(&intent, AXIS_LIMIT, SENSE_LIMIT_GOOD);
    intent_set_sense(&intent, AXIS_METHOD, SENSE_METHOD_HEAD);
    intent_set_sense(&intent, AXIS_ORDER, SENSE_ORDER_OTHER);
    intent_close(&intent, &fixture);
    open_text(profile, &intent, "", "");
    CHECK(x.odd_axes == (1 << AXIS_METHOD | 1 << AXIS_ORDER) && x.to_head);
    CHECK(x.sense[AXIS_LIMIT] == SENSE_LIMIT_GOOD);
    open_text(profile, NULL, "HEADER", "");
    CHECK(x.odd_axes == 0 && x.sense[AXIS_LIMIT] == SENSE_COUNT && !x.to_head);
}

int main(void)
{
    struct profile profile;
    char *space = malloc(opener_size());
    opener_init(&opener, space);
    CHECK(profile_find(&profile, VIEW("seed")));
    check_rows(&profile);
    check_members(&profile);
    check_readings();
    check_again(&profile);
    check_bounds(&profile);
    check_senses(&profile);
    free(space);
    return unit_end();
}

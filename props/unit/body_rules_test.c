// SPDX-License-Identifier: Apache-2.0
#include "props/unit/judged.h"

#define FULL .wishes = {{AXIS_FIELDS, SENSE_FIELDS_FULL}}
#define WITH(members) \
    "{\"type\":\"MODIRECTPAYG\",\"dataRemainingInMB\":1,\"timeRemaining\":\"P1D\"," members "}"
#define DATA(name, value) "{\"type\":\"NONE\",\"" name "\":" value ",\"timeRemaining\":\"PT0S\"}"
#define TIME(value) "{\"type\":\"NONE\",\"dataRemainingInMB\":0,\"timeRemaining\":" value "}"
#define TYPE(value) "{\"type\":" value ",\"dataRemainingInMB\":1,\"timeRemaining\":\"P1D\"}"

static const struct judged_row list_rows[] = {
    {ROW("GB-BODY-1", PASS), JSON, LIST(PAYG)},
    {ROW("GB-BODY-1", PASS), JSON, LIST("")},
    {ROW("GB-BODY-1", PASS), JSON, "{\"count\":1, \"balances\" : [" PAYG "]}"},
    {ROW("GB-BODY-1", PASS), JSON, "{\"Balances\":[" PAYG "]}"},
    {ROW("GB-BODY-1", PASS), JSON, LIST(PAYG), .raw = "GET /v1 HTTP/1.1\r\n\r\n"},
    {ROW("GB-BODY-1", FAIL), JSON, "[" PAYG "]"},
    {ROW("GB-BODY-1", FAIL), JSON, "{\"balance\":[" PAYG "]}"},
    {ROW("GB-BODY-1", FAIL), JSON, "{\"balances\":" PAYG "}"},
    {ROW("GB-BODY-1", FAIL), JSON, LIST("1"), .raw = "GET /v1 HTTP/1.1\r\n\r\n"},
    {ROW("GB-BODY-1", FAIL), JSON, "null"},
    {ROW("GB-BODY-1", NONE), "404 Not Found\r\n", "[]"},
    {ROW("GB-BODY-1", NONE), "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", NULL,
     .wishes = {{AXIS_METHOD, SENSE_METHOD_HEAD}}},
    {ROW("GB-BODY-1", NONE), JSON, "[]", .raw = "OPTIONS * HTTP/1.1\r\n\r\n"},
    {ROW("GB-BODY-2", PASS), JSON, LIST(PAYG)},
    {ROW("GB-BODY-2", TOLERATED), JSON, "{\"Balances\":[" PAYG "]}"},
    {ROW("GB-BODY-2", PASS), JSON, "{\"Balances\":[" PAYG "]}", .profile = "field"},
    {ROW("GB-BODY-2", FAIL), JSON, "{\"balances\":[" PAYG "],\"Balances\":[]}"},
    {ROW("GB-BODY-2", FAIL), JSON, "{\"a\":1,\"Balances\":[],\"balances\":[" PAYG "]}"},
    {ROW("GB-BODY-2", PASS), JSON, "{\"a\":[1,2],\"balances\":[" PAYG "]}"},
    {ROW("GB-BODY-2", NONE), JSON, "[]"},
    {ROW("GB-BODY-5", PASS), JSON, LIST(PAYG)},
    {ROW("GB-BODY-5", PASS), JSON, LIST(WITH("\"id\":\"1\",\"locations\":[\"US\"]"))},
    {ROW("GB-BODY-5", INFO), JSON, LIST(WITH("\"ms-provisioningDataSet\":[\"x\"]"))},
    {ROW("GB-BODY-5", INFO), JSON, LIST(PAYG "," WITH("\"name\":\"M\""))},
    {ROW("GB-BODY-5", NONE), JSON, LIST("")},
    {ROW("GB-BODY-6", PASS), JSON, LIST(WITH("\"id\":\"1\"") "," WITH("\"id\":\"2\""))},
    {ROW("GB-BODY-6", PASS), JSON, LIST(WITH("\"id\":\"1\"") "," PAYG)},
    {ROW("GB-BODY-6", NONE), JSON, LIST(PAYG)},
    {ROW("GB-BODY-6", TOLERATED), JSON, LIST(WITH("\"id\":null") "," WITH("\"id\":null"))},
    {ROW("GB-BODY-6", FAIL), JSON, LIST(WITH("\"id\":23445"))},
    {ROW("GB-BODY-6", FAIL), JSON, LIST(WITH("\"id\":\"1\"") "," WITH("\"id\":\"1\""))},
};

static const struct judged_row text_rows[] = {
    {ROW("GB-BODY-3", NONE), "302 Found\r\nContent-Type: application/json\r\n", "bad"},
    {ROW("GB-BODY-16", NONE), "404 Not Found\r\n", LIST(DATA("dataRemainingInMB", "1,5"))},
    {ROW("GB-BODY-16", NONE), JSON, "{\"dataRemainingInMB\":,5}"},
    {ROW("GB-BODY-16", NONE), JSON, "{\"dataRemainingInMB\"=1,5}"},
    {ROW("GB-BODY-16", NONE), JSON, "{\"Balances\":1}"},
    {ROW("GB-BODY-16", FAIL), JSON, "{\"dataRemainingInMB\"\r\n\t: 1,5}"},
    {ROW("GB-BODY-17", NONE), "404 Not Found\r\n", LIST(WITH("\"id\":\"a\"b\""))},
    {ROW("GB-BODY-17", NONE), JSON, LIST("")},
    {ROW("GB-BODY-17", NONE), JSON, "{\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\":1 2}"},
    {ROW("GB-BODY-3", PASS), JSON, LIST(PAYG)},
    {ROW("GB-BODY-3", PASS), JSON, " \r\n\t" LIST(PAYG) "\n"},
    {ROW("GB-BODY-3", PASS), JSON, "[]"},
    {ROW("GB-BODY-3", FAIL), JSON, ""},
    {ROW("GB-BODY-3", FAIL), JSON, "\xEF\xBB\xBF" LIST(PAYG)},
    {ROW("GB-BODY-3", FAIL), JSON, LIST(PAYG) "x"},
    {ROW("GB-BODY-3", FAIL), JSON, LIST(PAYG) LIST("")},
    {ROW("GB-BODY-3", FAIL), JSON, LIST(PAYG ",")},
    {ROW("GB-BODY-3", FAIL), JSON, "{'balances':[]}"},
    {ROW("GB-BODY-3", FAIL), JSON,
     "{\xE2\x80\x9C"
     "balances\xE2\x80\x9D:[]}"},
    {ROW("GB-BODY-3", FAIL), JSON, "{balances:[]}"},
    {ROW("GB-BODY-3", FAIL), JSON, LIST(PAYG) "// end"},
    {ROW("GB-BODY-3", FAIL), JSON, LIST(DATA("dataRemainingInMB", "NaN"))},
    {ROW("GB-BODY-3", FAIL), JSON, LIST(DATA("dataRemainingInMB", "007"))},
    {ROW("GB-BODY-3", FAIL), JSON, LIST(WITH("\"id\":\"\xFF\""))},
    {ROW("GB-BODY-3", FAIL), JSON, "<html></html>", .raw = "GET / HTTP/1.1\r\n\r\n"},
    {ROW("GB-BODY-3", NONE), JSON, LIST(WITH("\"type\":\"NONE\""))},
    {ROW("GB-BODY-3", NONE), JSON, LIST(DATA("dataRemainingInMB", "1e400"))},
    {ROW("GB-BODY-3", INFO), JSON,
     "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"},
    {ROW("GB-BODY-3", NONE), "400 Bad Request\r\nContent-Type: text/html\r\n", "<p>limit"},
    {ROW("GB-BODY-3", NONE), "400 Bad Request\r\nContent-Type: text/plain\r\n", "limit"},
    {ROW("GB-BODY-3", NONE), "400 Bad Request\r\n", "limit"},
    {ROW("GB-BODY-3", NONE), "400 Bad Request\r\nContent-Type: application/json\r\n", ""},
    {ROW("GB-BODY-3", NONE), "400 Bad Request\r\nContent-Type: application/json\r\n", "{}"},
    {ROW("GB-BODY-3", TOLERATED), "400 Bad Request\r\nContent-Type: application/json\r\n", "bad"},
    {ROW("GB-BODY-3", NONE), "HTTP/1.1 200 OK\r\n\r\n", NULL,
     .wishes = {{AXIS_METHOD, SENSE_METHOD_HEAD}}},
    {ROW("GB-BODY-4", PASS), JSON, LIST(PAYG "," PAYG)},
    {ROW("GB-BODY-4", PASS), JSON, LIST(WITH("\"ab\":{\"type\":1},\"ba\":2"))},
    {ROW("GB-BODY-4", FAIL), JSON, LIST(WITH("\"type\":\"NONE\""))},
    {ROW("GB-BODY-4", FAIL), JSON, LIST(WITH("\"dataRemaininginMB\":1"))},
    {ROW("GB-BODY-4", FAIL), JSON, LIST(WITH("\"Type\":\"NONE\""))},
    {ROW("GB-BODY-4", FAIL), JSON, LIST(WITH("\"x\":{\"A\":1,\"b\":2,\"a\":3}"))},
    {ROW("GB-BODY-4", FAIL), JSON, "{\"balances\":[],\"\":1,\"Balances\":[]}"},
    {ROW("GB-BODY-4", NONE), JSON, "nonsense"},
    {ROW("GB-BODY-4", NONE), "400 Bad\r\n", "{\"a\":1,\"a\":2}"},
    {ROW("GB-BODY-16", PASS), JSON, LIST(DATA("dataRemainingInMB", "123.5"))},
    {ROW("GB-BODY-16", PASS), JSON, LIST(DATA("dataRemainingInMB", "123"))},
    {ROW("GB-BODY-16", FAIL), JSON, LIST(DATA("dataRemainingInMB", "123,5"))},
    {ROW("GB-BODY-16", FAIL), JSON, LIST(DATA("dataRemaininginMB", " -0,5"))},
    {ROW("GB-BODY-16", FAIL), JSON, LIST(PAYG "," DATA("dataRemainingInMB", "1,25"))},
    {ROW("GB-BODY-16", NONE), JSON, LIST(DATA("dataRemainingInMB", "123,")) "x"},
    {ROW("GB-BODY-16", NONE), JSON, "{\"dataRemainingInMB\""},
    {ROW("GB-BODY-16", NONE), JSON, "{\"dataRemainingInMB\":"},
    {ROW("GB-BODY-16", NONE), JSON, LIST("")},
    {ROW("GB-BODY-17", PASS), JSON, LIST(WITH("\"id\":\"a\\\"\\\\\\u0001\xE2\x80\xA8\""))},
    {ROW("GB-BODY-17", FAIL), JSON, LIST(WITH("\"id\":\"a\"b\""))},
    {ROW("GB-BODY-17", FAIL), JSON, LIST(WITH("\"id\":\"a\\x\""))},
    {ROW("GB-BODY-17", FAIL), JSON, LIST(WITH("\"id\":\"a\x01\""))},
    {ROW("GB-BODY-17", FAIL), JSON, LIST(WITH("\"id\":\"a\nb\""))},
    {ROW("GB-BODY-17", FAIL), JSON, LIST(WITH("\"id\":\"a\xE9\""))},
    {ROW("GB-BODY-17", FAIL), JSON, LIST(WITH("\"id\":\"\\ud800\""))},
    {ROW("GB-BODY-17", NONE), JSON, LIST(PAYG ",")},
    {ROW("GB-BODY-17", NONE), JSON, "{\"balances\":[\"\\"},
};

static const struct judged_row member_rows[] = {
    {ROW("GB-BODY-6", NONE), "404 Not Found\r\n", LIST(WITH("\"id\":1"))},
    {ROW("GB-BODY-6", TOLERATED), JSON, LIST(WITH("\"id\":null") "," WITH("\"id\":\"1\""))},
    {ROW("GB-BODY-6", PASS), JSON, LIST(PAYG "," WITH("\"id\":\"1\""))},
    {ROW("GB-BODY-7", NONE), "404 Not Found\r\n", LIST(TYPE("1"))},
    {ROW("GB-BODY-8", NONE), "404 Not Found\r\n", LIST(DATA("x", "1"))},
    {ROW("GB-BODY-8", NONE), JSON, LIST("")},
    {ROW("GB-BODY-9", NONE), "404 Not Found\r\n", LIST(DATA("dataRemainingInMB", "-1"))},
    {ROW("GB-BODY-9", PASS), JSON, LIST(DATA("dataRemainingInMB", "1000000000"))},
    {ROW("GB-BODY-11", NONE), "404 Not Found\r\n", LIST(TIME("1"))},
    {ROW("GB-BODY-11", NONE), JSON, LIST("")},
    {ROW("GB-BODY-13", NONE), "404 Not Found\r\n", LIST(TIME("\"P1W\""))},
    {ROW("GB-BODY-14", NONE), "404 Not Found\r\n", LIST(WITH("\"locations\":1"))},
    {ROW("GB-BODY-14", PASS), JSON, LIST(WITH("\"locations\":[\"\",\"US\"]"))},
    {ROW("GB-BODY-14", INFO), JSON, LIST(WITH("\"locations\":[\"\",\"\"]"))},
    {ROW("GB-BODY-15", NONE), JSON, LIST(PAYG), FULL},
    {ROW("GB-BODY-15", NONE), JSON, LIST(WITH("\"locations\":\"\"")), FULL},
    {ROW("GB-BODY-15", NONE), "404 Not Found\r\n", LIST(WITH("\"locations\":[]")), FULL},
    {ROW("GB-BODY-7", PASS), JSON, LIST(PAYG "," NONE "," UNSUPPORTED "," TYPE("\"MODIRECT\""))},
    {ROW("GB-BODY-7", FAIL), JSON, LIST(PAYG "," TYPE("\"Modirect\""))},
    {ROW("GB-BODY-7", FAIL), JSON, LIST(TYPE("1"))},
    {ROW("GB-BODY-7", FAIL), JSON, LIST(TYPE("null"))},
    {ROW("GB-BODY-7", FAIL), JSON, LIST("{\"dataRemainingInMB\":1}")},
    {ROW("GB-BODY-7", FAIL), JSON, LIST(TYPE("\"PAYG\""))},
    {ROW("GB-BODY-7", PASS), JSON, LIST(TYPE("\"PAYG\"")), .profile = "legacy-2017"},
    {ROW("GB-BODY-7", FAIL), JSON, LIST(TYPE("\"payg\"")), .profile = "legacy-2017"},
    {ROW("GB-BODY-7", NONE), JSON, LIST("")},
    {ROW("GB-BODY-8", PASS), JSON, LIST(DATA("dataRemainingInMB", "0"))},
    {ROW("GB-BODY-8", PASS), JSON, LIST(DATA("dataRemaininginMB", "0.0"))},
    {ROW("GB-BODY-8", PASS), JSON, LIST(DATA("dataRemainingInMB", "1e2"))},
    {ROW("GB-BODY-8", FAIL), JSON, LIST(DATA("dataRemainingMB", "0"))},
    {ROW("GB-BODY-8", FAIL), JSON, LIST(DATA("DataRemainingInMB", "0"))},
    {ROW("GB-BODY-8", PASS), JSON, LIST(DATA("DataRemainingInMB", "0")), .profile = "field"},
    {ROW("GB-BODY-8", FAIL), JSON, LIST(DATA("dataRemainingInMB", "\"123.0\""))},
    {ROW("GB-BODY-8", FAIL), JSON, LIST(DATA("dataRemainingInMB", "null"))},
    {ROW("GB-BODY-8", FAIL), JSON, LIST(WITH("\"dataRemaininginMB\":1"))},
    {ROW("GB-BODY-9", PASS), JSON, LIST(DATA("dataRemainingInMB", "1e2"))},
    {ROW("GB-BODY-9", PASS), JSON, LIST(DATA("dataRemainingInMB", "-0.0"))},
    {ROW("GB-BODY-9", INFO), JSON, LIST(DATA("dataRemainingInMB", "1.7e308"))},
    {ROW("GB-BODY-9", FAIL), JSON, LIST(DATA("dataRemainingInMB", "1e400"))},
    {ROW("GB-BODY-9", FAIL), JSON, LIST(DATA("dataRemainingInMB", "-1"))},
    {ROW("GB-BODY-9", NONE), JSON, LIST("")},
    {ROW("GB-BODY-11", PASS), JSON, LIST(PAYG "," TIME("\"PT36H\"") "," TIME("\"PT1.5S\""))},
    {ROW("GB-BODY-11", PASS), JSON, LIST(TIME("\"P0D\"") "," TIME("\"P1W\""))},
    {ROW("GB-BODY-11", FAIL), JSON, LIST(TIME("\"23.23:00:00\""))},
    {ROW("GB-BODY-11", FAIL), JSON, LIST(TIME("\"PT\""))},
    {ROW("GB-BODY-11", FAIL), JSON, LIST(TIME("\"\""))},
    {ROW("GB-BODY-11", FAIL), JSON, LIST(TIME("0"))},
    {ROW("GB-BODY-11", FAIL), JSON, LIST(TIME("null"))},
    {ROW("GB-BODY-11", FAIL), JSON, LIST(PAYG "," TIME("\"-PT5M\""))},
    {ROW("GB-BODY-11", FAIL), JSON, LIST("{\"type\":\"NONE\",\"dataRemainingInMB\":0}")},
    {ROW("GB-BODY-13", PASS), JSON, LIST(PAYG "," TIME("\"P10675199D\""))},
    {ROW("GB-BODY-13", TOLERATED), JSON, LIST(PAYG "," TIME("\"P4W\"") "," PAYG)},
    {ROW("GB-BODY-13", TOLERATED), JSON, LIST(TIME("\"PT1,5S\""))},
    {ROW("GB-BODY-13", TOLERATED), JSON, LIST(TIME("\"PT1.5H\""))},
    {ROW("GB-BODY-13", TOLERATED), JSON, LIST(TIME("\"pt0s\""))},
    {ROW("GB-BODY-13", TOLERATED), JSON, LIST(TIME("\"P10675200D\""))},
    {ROW("GB-BODY-13", NONE), JSON, LIST(TIME("\"soon\""))},
    {ROW("GB-BODY-14", PASS), JSON, LIST(WITH("\"locations\":[\"US\",\"CA\"]"))},
    {ROW("GB-BODY-14", PASS), JSON, LIST(WITH("\"locations\":[]") "," PAYG)},
    {ROW("GB-BODY-14", INFO), JSON, LIST(WITH("\"locations\":[\"US\",\"CA\",\"US\"]"))},
    {ROW("GB-BODY-14", FAIL), JSON, LIST(WITH("\"locations\":\"US\"")), FULL},
    {ROW("GB-BODY-14", FAIL), JSON, LIST(WITH("\"locations\":[\"US\",1]"))},
    {ROW("GB-BODY-14", TOLERATED), JSON, LIST(WITH("\"locations\":null"))},
    {ROW("GB-BODY-14", FAIL), JSON, LIST(WITH("\"locations\":null")), FULL},
    {ROW("GB-BODY-14", NONE), JSON, LIST(PAYG)},
    {ROW("GB-BODY-15", PASS), JSON, LIST(WITH("\"locations\":[\"US\"]")), FULL},
    {ROW("GB-BODY-15", FAIL), JSON, LIST(WITH("\"locations\":[]")), FULL},
    {ROW("GB-BODY-15", NONE), JSON, LIST(WITH("\"locations\":[]"))},
    {ROW("GB-BODY-15", NONE), JSON,
     LIST(
         "{\"type\":\"NONE\",\"dataRemainingInMB\":0,\"timeRemaining\":\"PT0S\",\"locations\":[]}"),
     FULL},
};

// Readings that no bundle has.
static void check_readings(void)
{
    struct profile profile;
    judged_profile(&profile, "seed");
    struct exchange *x = calloc(1, sizeof *x);
    struct bp_json_node data = {.kind = BP_JSON_NUMBER, .name = VIEW("dataRemaininginMB")};
    x->profile = &profile;
    x->status = 200;
    x->has_list = true;
    x->balance_count = 1;
    x->balances[0] =
        (struct seen_balance){.object = &data, .data = &data, .has_data = true, .has_time = true};
    const struct clause *name = clause_at(clause_find(VIEW("GB-BODY-8")));
    const struct clause *grammar = clause_at(clause_find(VIEW("GB-BODY-13")));
    CHECK(name->judge(x).grade == GRADE_PASS);
    profile.reading[KEY_DATA_NAME] = READ_DATA_NAME_TABLE;
    CHECK(name->judge(x).grade == GRADE_FAIL);
    CHECK(name->judge(x).key == KEY_DATA_NAME);
    profile.reading[KEY_DATA_NAME] = READ_DATA_NAME_EXAMPLE;
    CHECK(name->judge(x).grade == GRADE_PASS);
    data.name = VIEW("dataRemainingInMB");
    CHECK(name->judge(x).grade == GRADE_FAIL);
    x->balances[0].duration.form = BP_DURATION_ISO;
    profile.reading[KEY_TIME_GRAMMAR] = READ_TIME_GRAMMAR_NET;
    CHECK(grammar->judge(x).grade == GRADE_FAIL);
    profile.reading[KEY_TIME_GRAMMAR] = READ_TIME_GRAMMAR_ISO;
    CHECK(grammar->judge(x).grade == GRADE_PASS);
    x->balances[0].duration.form = BP_DURATION_LOWERCASE;
    CHECK(grammar->judge(x).grade == GRADE_TOLERATED);
    free(x);
}

int main(void)
{
    JUDGE_TABLE(list_rows);
    JUDGE_TABLE(text_rows);
    JUDGE_TABLE(member_rows);
    check_readings();
    return unit_end();
}

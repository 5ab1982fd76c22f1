// SPDX-License-Identifier: Apache-2.0
// Benchmark: one parser over hostile input of a given length, whole or byte by byte.
//
//     parsers list                        names, one a line, and whether they can be fed bytewise
//     parsers NAME LEN whole|bytewise     run it; measure the function `measured` with callgrind
#include <stdio.h>
#include <stdlib.h>

#include "http/basic.h"
#include "http/body.h"
#include "http/head.h"
#include "http/query.h"
#include "http/target.h"
#include "value/duration.h"
#include "json/json_read.h"
#include "json/utf8.h"

enum { LEN_MAX = 1 << 20, NODE_COUNT_MAX = 1 << 20 };

static struct bp_head head;
static struct bp_head_reader head_reader;
static struct bp_body body;
static struct bp_json_reader *json;
static struct bp_fault fault;
static char decoded[LEN_MAX];

typedef bool run_fn(struct view input, bool bytewise);

static bool run_head(struct view input, bool bytewise)
{
    size_t used;
    bp_head_start(&head_reader, &head, BP_REQUEST);
    for (size_t len = bytewise ? 1 : input.len; len <= input.len; len++) {
        enum bp_read answer =
            bp_head_read(&head, &used, &fault, &head_reader, view_first(input, len));
        if (answer != BP_READ_MORE)
            return answer == BP_READ_DONE;
    }
    return false;
}

static bool run_chunks(struct view input, bool bytewise)
{
    enum bp_read answer = BP_READ_MORE;
    size_t step = bytewise ? 1 : input.len;
    body = (struct bp_body){.framing = BP_FRAMING_CHUNKED};
    for (size_t at = 0; at < input.len && answer == BP_READ_MORE;) {
        size_t used;
        answer = bp_body_read(&body, NULL, &used, &fault, view_of(input.data + at, step), false);
        at += used;
    }
    return answer == BP_READ_DONE;
}

static bool run_json(struct view input, bool bytewise)
{
    size_t step = bytewise ? 1 : input.len;
    bp_json_start(json);
    for (size_t at = 0; at < input.len; at += step)
        if (!bp_json_feed(json, &fault, view_of(input.data + at, step)))
            return false;
    return true;
}

static bool run_target(struct view input, bool bytewise)
{
    (void)bytewise;
    struct bp_target target;
    struct bp_iccid iccid;
    return bp_target_read(&target, &fault, input) &&
           bp_path_read(&iccid, &fault, target.path, VIEW("/v1"));
}

static bool run_query(struct view input, bool bytewise)
{
    (void)bytewise;
    struct bp_query query;
    return bp_query_read(&query, &fault, input);
}

static bool run_basic(struct view input, bool bytewise)
{
    (void)bytewise;
    return bp_basic_check(&fault, input, VIEW("user:password"));
}

static bool run_base64(struct view input, bool bytewise)
{
    (void)bytewise;
    struct buf out = BUF(decoded);
    return bp_base64_read(&out, input);
}

static bool run_duration(struct view input, bool bytewise)
{
    (void)bytewise;
    struct bp_duration duration;
    return bp_duration_read(&duration, &fault, input);
}

static bool run_utf8(struct view input, bool bytewise)
{
    (void)bytewise;
    return bp_utf8_is_valid(input);
}

// An input is `first` and then `again` over and over; a '#' in it counts up, so that names differ.
static const struct parser {
    const char *name;
    run_fn *run;
    bool bytewise;
    const char *first;
    const char *again;
} parsers[] = {
    {"head-ordinary", run_head, true,
     "GET /v1/sims/8988247000100003319/balances?limit=1 HTTP/1.1\r\nHost: mo.example\r\n",
     "X-Forwarded-For: 10.1.0.1, 10.1.0.2\r\n"},
    {"json-ordinary", run_json, true, "{\"balances\":[{}",
     ",{\"id\":\"23445\",\"type\":\"MODIRECTPAYG\",\"dataRemainingInMB\":123.5,"
     "\"timeRemaining\":\"P23DT23H\",\"locations\":[\"US\",\"CA\"]}"},
    {"head-fields", run_head, true, "GET / HTTP/1.1\r\nHost: h\r\n", "a: b\r\n"},
    {"head-value", run_head, true, "GET / HTTP/1.1\r\nHost: h\r\nX: ", "v"},
    {"head-name", run_head, true, "GET / HTTP/1.1\r\nHost: h\r\n", "n"},
    {"head-target", run_head, true, "GET /", "t"},
    {"chunks", run_chunks, true, "", "1\r\nx\r\n"},
    {"target-segments", run_target, false, "/v1/sims", "/a"},
    {"target-escapes", run_target, false, "/v1/sims/", "%41"},
    {"query-items", run_query, false, "", "a&"},
    {"query-escapes", run_query, false, "x=", "%41"},
    {"query-digits", run_query, false, "limit=", "0"},
    {"query-name", run_query, false, "", "limi"},
    {"basic", run_basic, false, "Basic ", "QUJD"},
    {"base64", run_base64, false, "", "QUJD"},
    {"duration-digits", run_duration, false, "P", "1"},
    {"utf8", run_utf8, false, "", "\xe2\x82\xac"},
    {"json-string", run_json, true, "[\"", "s"},
    {"json-escapes", run_json, true, "[\"", "\\u00e9"},
    {"json-numbers", run_json, true, "[1", ",1.5"},
    {"json-members", run_json, true, "{\"a\":1", ",\"n#\":1"},
    {"json-nested", run_json, true, "", "["},
    {"json-objects", run_json, true, "[{}", ",{\"a\":{}}"},
};
enum { PARSER_COUNT = sizeof parsers / sizeof parsers[0] };

static void make_input(struct buf *out, const struct parser *parser)
{
    buf_put_text(out, parser->first);
    struct view again = view_of_text(parser->again);
    for (uint64_t serial = 0; !out->overflow; serial++)
        for (size_t i = 0; i < again.len; i++)
            if (again.data[i] == '#')
                buf_put_padded(out, serial, 8);
            else
                buf_put_byte(out, again.data[i]);
}

// measured is what callgrind counts.
__attribute__((noinline)) static bool measured(const struct parser *parser, struct view input,
                                               bool bytewise)
{
    return parser->run(input, bytewise);
}

int main(int argc, char **argv)
{
    for (size_t i = 0; argc == 2 && i < PARSER_COUNT; i++)
        printf("%s %s\n", parsers[i].name, parsers[i].bytewise ? "bytewise" : "whole");
    if (argc != 4)
        return argc != 2;
    size_t len = 0;
    for (const char *at = argv[2]; byte_is_digit(*at); at++)
        len = len * 10 + (size_t)(*at - '0');
    if (len > LEN_MAX)
        return 2;
    json = bp_json_open(malloc(bp_json_space(LEN_MAX, NODE_COUNT_MAX)), LEN_MAX, NODE_COUNT_MAX);
    for (size_t i = 0; i < PARSER_COUNT; i++) {
        if (!view_equal(view_of_text(parsers[i].name), view_of_text(argv[1])))
            continue;
        struct buf input = buf_of(malloc(len), len);
        make_input(&input, &parsers[i]);
        bool taken = measured(&parsers[i], buf_view(&input), argv[3][0] == 'b');
        printf("%zu bytes %s\n", input.len, taken ? "taken" : "refused or unfinished");
        return 0;
    }
    fprintf(stderr, "parsers: there is no parser %s\n", argv[1]);
    return 2;
}

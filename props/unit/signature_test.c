// SPDX-License-Identifier: Apache-2.0
// What makes two answers the same for a hunt, and what does not.
#include "props/hunt/signature.h"

#include <stdlib.h>

#include "props/hunt/sightings.h"
#include "props/unit/unit.h"

#define ANSWER(status, fields, body) "HTTP/1.1 " status " x\r\n" fields "\r\n" body
#define JSON(body) ANSWER("200", "Content-Type: a/b\r\nDate: now\r\n", body)

// One answer each, and whether the second has the signature of the first.
static const struct {
    const char *first;
    const char *second;
    bool is_same;
} rows[] = {
    {JSON("{\"a\":1}"), JSON("{\"a\":22.5}"), true},
    {JSON("{\"a\":1}"), JSON("{\"a\":\"1\"}"), false},
    {JSON("{\"a\":1}"), JSON("{\"a\":null}"), false},
    {JSON("{\"a\":1}"), JSON("{\"b\":1}"), false},
    {JSON("{\"a\":1}"), JSON("{\"A\":1}"), false},
    {JSON("{\"a\":1}"), JSON("{\"a\":1,\"b\":1}"), false},
    {JSON("{\"a\":1,\"b\":[]}"), JSON("{\"b\":[],\"a\":1}"), true},
    {JSON("{\"a\":true}"), JSON("{\"a\":false}"), true},
    {JSON("{\"a\":true}"), JSON("{\"a\":0}"), false},
    {JSON("{\"a\":{\"b\":1}}"), JSON("{\"a\":{\"c\":1}}"), false},
    {JSON("{\"a\":{\"b\":1}}"), JSON("{\"a\":{},\"b\":1}"), false},
    {JSON("{\"8988247\":1}"), JSON("{\"89\":1}"), true},
    {JSON("{\"a8\":1}"), JSON("{\"a\":1}"), false},
    {JSON("[1]"), JSON("[1,2,3]"), true},
    {JSON("[1]"), JSON("[]"), false},
    {JSON("[1]"), JSON("[\"1\"]"), false},
    {JSON("[1,\"a\"]"), JSON("[\"a\",\"b\",1]"), true},
    {JSON("[{\"a\":1},{\"b\":1}]"), JSON("[{\"b\":2},{\"a\":3},{\"a\":4}]"), true},
    {JSON("[{\"a\":1},{\"b\":1}]"), JSON("[{\"a\":1,\"b\":1}]"), false},
    {JSON("[[1]]"), JSON("[1]"), false},
    {JSON("{}"), JSON("[]"), false},
    {JSON("{}"), JSON(""), false},
    {JSON("{}"), JSON("{"), false},
    {JSON("wrong"), JSON("words"), true},
    {JSON("wrong"), JSON("wrong, and rather longer than that"), false},
    {JSON("{}"), ANSWER("404", "Content-Type: a/b\r\nDate: now\r\n", "{}"), false},
    {JSON("{}"), ANSWER("200", "Date: then\r\nContent-Type: c\r\n", "{}"), true},
    {JSON("{}"), ANSWER("200", "date: now\r\nCONTENT-TYPE: a/b\r\nDate: now\r\n", "{}"), true},
    {JSON("{}"), ANSWER("200", "Content-Type: a/b\r\n", "{}"), false},
    {JSON("{}"), ANSWER("200", "Content-Type: a/b\r\nDate: now\r\nA: b\r\n", "{}"), false},
    {"", JSON("{}"), false},
    {"", "HTTP/1.1 200", false},
    {"HTTP/1.1 200", "HTTP/1.1 404", true},
    {"HTTP/1.1 200", "none of this\r\n\r\n", false},
    {ANSWER("200", "Content-Length: 2\r\n", "{}"), ANSWER("200", "Content-Length: 2\r\n", "{}H"),
     false},
};

static struct opener opener;
static struct exchange exchange;
static struct shaper shaper;
static struct sightings sightings;

static struct signature read_answer(const char *answer, enum bp_end_kind kind)
{
    static const struct fixture fixture = {.base = VIEW_INIT("/v1")};
    struct profile profile;
    struct signature signature;
    const struct bp_end end = {.kind = (uint8_t)kind};
    CHECK(profile_find(&profile, VIEW("seed")));
    exchange_open(&exchange, &opener, &fixture, &profile, NULL, VIEW("GET / HTTP/1.1\r\n\r\n"),
                  view_of_text(answer));
    signature_read(&signature, &shaper, &exchange, &end);
    return signature;
}

static void check_answers(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct signature first = read_answer(rows[i].first, BP_END_NONE);
        struct signature second = read_answer(rows[i].second, BP_END_NONE);
        CHECK_ROW(i, (signature_key(&first) == signature_key(&second)) == rows[i].is_same);
    }
}

static void check_ends(void)
{
    static const struct {
        enum bp_end_kind kind;
        enum signature_end end;
        bool is_bad;
    } ends[] = {
        {BP_END_NONE, SIGNATURE_KEPT, false},      {BP_END_CLOSED, SIGNATURE_CLOSED, false},
        {BP_END_EOF, SIGNATURE_CLOSED, false},     {BP_END_RESET, SIGNATURE_RESET, true},
        {BP_END_ALERT, SIGNATURE_ALERT, true},     {BP_END_TIMEOUT, SIGNATURE_TIMEOUT, false},
        {BP_END_REFUSED, SIGNATURE_BROKEN, false},
    };
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        struct signature kept = read_answer(JSON("{}"), BP_END_NONE);
        struct signature ended = read_answer(JSON("{}"), ends[i].kind);
        CHECK_ROW(i, ended.end == ends[i].end);
        CHECK_ROW(i, (signature_key(&kept) == signature_key(&ended)) == (i == 0));
        CHECK_ROW(i, signature_is_bad(&ended) == ends[i].is_bad);
        CHECK_ROW(i, signature_end_name(ends[i].end) != NULL);
    }
    struct signature signature = read_answer("", BP_END_CLOSED);
    CHECK(signature_is_bad(&signature));
    signature = read_answer(ANSWER("503", "", ""), BP_END_NONE);
    CHECK(signature_is_bad(&signature));
    signature = read_answer(ANSWER("404", "", ""), BP_END_NONE);
    CHECK(!signature_is_bad(&signature));
}

static void check_tempo_counts(void)
{
    struct signature usual = read_answer(JSON("{}"), BP_END_NONE);
    struct signature late = usual;
    late.tempo = 3;
    CHECK(signature_key(&usual) != signature_key(&late));
}

static void check_sightings(void)
{
    bool is_new = false;
    struct signature a = read_answer(JSON("{}"), BP_END_NONE);
    struct signature b = read_answer(JSON("[]"), BP_END_NONE);
    CHECK(sightings_find(&sightings, &a) == NULL);
    struct sighting *row = sightings_see(&sightings, &a, &is_new);
    CHECK(is_new && row->count == 1);
    CHECK(sightings_see(&sightings, &a, &is_new) == row && !is_new && row->count == 2);
    CHECK(sightings_see(&sightings, &b, &is_new) != row && is_new && sightings.count == 2);
    CHECK(sightings_find(&sightings, &a) == row);
    for (unsigned status = 0; status < 2 * SIGHTING_COUNT_MAX; status++) {
        a.status = (uint16_t)(1000 + status);
        row = sightings_see(&sightings, &a, &is_new);
        CHECK_ROW(status, is_new == (status < SIGHTING_COUNT_MAX - 2) && (row != NULL) == is_new);
    }
    CHECK(sightings.count == SIGHTING_COUNT_MAX);
}

// Each thing that is not as usual makes a pair with what came.
static void check_pairs(void)
{
    struct intent intent;
    intent_plain(&intent);
    intent_close(&intent, &(struct fixture){.base = VIEW("")});
    CHECK(sightings_see_pairs(&sightings, &intent, 1) == 0);
    intent_set_sense(&intent, AXIS_LIMIT, SENSE_LIMIT_BEYOND);
    intent_set_sense(&intent, AXIS_LOCATION, SENSE_LOCATION_UK);
    intent_close(&intent, &(struct fixture){.base = VIEW("")});
    CHECK(sightings_see_pairs(&sightings, &intent, 1) == 2);
    CHECK(sightings_see_pairs(&sightings, &intent, 1) == 0);
    CHECK(sightings_see_pairs(&sightings, &intent, 2) == 2);
    intent_set(&intent, AXIS_ROLE, ROLE_Z);
    CHECK(sightings_see_pairs(&sightings, &intent, 2) == 1);
    intent_set(&intent, AXIS_ROLE, ROLE_W);
    CHECK(sightings_see_pairs(&sightings, &intent, 2) == 1);
    for (uint64_t key = 3; key < SIGHTING_PAIR_COUNT_MAX; key++)
        (void)sightings_see_pairs(&sightings, &intent, key);
    CHECK(sightings.pair_count == SIGHTING_PAIR_COUNT_MAX);
}

int main(void)
{
    void *space = malloc(opener_size());
    if (space == NULL)
        return 2;
    opener_init(&opener, space);
    check_answers();
    check_ends();
    check_tempo_counts();
    check_sightings();
    check_pairs();
    free(space);
    return unit_end();
}

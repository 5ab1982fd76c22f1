// SPDX-License-Identifier: Apache-2.0
// What people read of a hunt: 80 columns, the most frequent first.
#include "props/report/hunted.h"

#include "props/unit/printed.h"
#include "props/unit/unit.h"

enum { REQUEST_COUNT_MAX = 99999999, DAY_MS = 86400000 };

static struct hunt hunt;
static struct check_result result;
static char space[32768];

// Signatures of all kinds, later ones more frequent.
static void fill(size_t count)
{
    memset(&hunt, 0, sizeof hunt);
    hunt.result = &result;
    for (size_t i = 0; i < count; i++) {
        struct sighting *row = &hunt.sightings.rows[hunt.sightings.count++];
        row->count = 1000000 * i + 1;
        row->signature = (struct signature){.status = (uint16_t)(i % 3 == 0 ? 0 : 200),
                                            .fate = i % 2 == 0 ? FATE_SILENT : FATE_MALFORMED,
                                            .has_rest = i % 5 == 0,
                                            .end = (uint8_t)(i % SIGNATURE_END_COUNT),
                                            .body = (uint8_t)(i % SIGNATURE_BODY_COUNT),
                                            .len_bits = 18,
                                            .tempo = (uint8_t)(i % 16),
                                            .shape = UINT64_MAX - i,
                                            .fields = i};
        memset(row->words, 'w', sizeof row->words);
        row->words_len = (uint8_t)(i % (SIGHTING_WORDS_LEN_MAX + 1));
    }
}

static void check_table(void)
{
    static const size_t counts[] = {0, 1, HUNTED_ROW_COUNT_MAX, HUNTED_ROW_COUNT_MAX + 1,
                                    SIGHTING_COUNT_MAX};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        struct buf out = BUF(space);
        fill(counts[i]);
        hunted_put_signatures(&out, &hunt);
        CHECK_ROW(i, printed_is_tidy(&out, TEXT_WIDTH));
        bool says_more = view_find(buf_view(&out), VIEW("that were seen less often")) < out.len;
        CHECK_ROW(i, says_more == (counts[i] > HUNTED_ROW_COUNT_MAX));
    }
    struct buf out = BUF(space);
    fill(3);
    hunted_put_signatures(&out, &hunt);
    size_t most = view_find(buf_view(&out), VIEW("2,000,001"));
    size_t next = view_find(buf_view(&out), VIEW("1,000,001"));
    CHECK(most < next && next < out.len);
}

static void check_line(void)
{
    struct buf out = BUF(space);
    fill(SIGHTING_COUNT_MAX);
    hunt.pool.count = POOL_COUNT_MAX;
    result.finding_count = 1;
    hunted_put_line(&out, &hunt, 1234, 2500, 700);
    CHECK(view_equal(buf_view(&out), VIEW("2 s  1,234 sent, 493/s, 512 kinds, 1,024 kept, 1 found, "
                                          "new 0 s")));
    buf_clear(&out);
    hunted_put_line(&out, &hunt, 0, 0, 0);
    CHECK(view_find(buf_view(&out), VIEW(" 0/s")) < out.len);
    buf_clear(&out);
    result.finding_count = FINDING_COUNT_MAX;
    hunted_put_line(&out, &hunt, REQUEST_COUNT_MAX, DAY_MS, DAY_MS);
    CHECK(view_find(buf_view(&out), VIEW("86400 s  99,999,999 sent, 1,157/s")) < out.len);
    CHECK(out.len <= TEXT_WIDTH);
}

static void check_watch(void)
{
    struct buf out = BUF(space);
    fill(1);
    hunt.suspect_count = HUNT_SUSPECT_COUNT_MAX;
    hunt.culprit = 70;
    hunted_put_watch(&out, &hunt, 1234567);
    CHECK(view_find(buf_view(&out), VIEW("10 of 80 inputs sent again")) < out.len);
    buf_clear(&out);
    hunt.is_away = true;
    hunted_put_watch(&out, &hunt, 1234567);
    CHECK(view_starts(buf_view(&out), VIEW("1234.5 s  the endpoint is away")));
    CHECK(out.len <= TEXT_WIDTH);
}

static void check_cases(void)
{
    static const struct {
        struct view tape;
        const char *words;
    } rows[] = {
        {VIEW_INIT(""), "the plain request"},
        {VIEW_INIT("\0\1\0\3\4"), "method "},
        {VIEW_INIT("\0\2"), "the requests of GB-"},
        {VIEW_INIT("\0\377"), "the plain request"},
    };
    static const struct fixture fixture = {.base = VIEW_INIT("")};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = BUF(space);
        hunted_put_case(&out, rows[i].tape, &fixture);
        CHECK_ROW(i, view_starts(buf_view(&out), view_of_text(rows[i].words)));
    }
}

int main(void)
{
    check_table();
    check_line();
    check_watch();
    check_cases();
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
// Seeds and dictionaries: names, sizes, and that seeds mean what they are called.
#include "props/case/seeds.h"

#include "props/case/intent.h"
#include "props/choice/choices.h"
#include "props/unit/unit.h"

enum { SEED_COUNT_MAX = 256 };

struct basket {
    size_t count;
    size_t len_max;
    char names[SEED_COUNT_MAX][SEED_NAME_LEN_MAX];
    size_t name_lens[SEED_COUNT_MAX];
    char first[256]; // the seed whose name is `wanted`
    size_t first_len;
    struct view wanted;
};

static const struct fixture fixture = {
    .base = VIEW_INIT("/v1"),
    .host = VIEW_INIT("mo.example"),
    .iccid = {VIEW_INIT("8988247000100003319"), VIEW_INIT("8988247000100003327"),
              VIEW_INIT("8988247000100003335"), VIEW_INIT("8988247000100003343"),
              VIEW_INIT("8988247000100003350"), VIEW_INIT("8988247000100003368"),
              VIEW_INIT("8988247000100003376"), VIEW_INIT("8988247000100003384"),
              VIEW_INIT("8988247000100003392"), VIEW_INIT("8988247000100003400")},
};

static void put(void *context, struct view name, struct view bytes)
{
    struct basket *basket = context;
    size_t row = basket->count++;
    CHECK_ROW(row, row < SEED_COUNT_MAX);
    CHECK_ROW(row, name.len > 0 && name.len < SEED_NAME_LEN_MAX);
    CHECK_ROW(row, bytes.len <= SEED_LEN_MAX);
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];
        CHECK_ROW(row, (c >= 'a' && c <= 'z') || byte_is_digit(c) || (c == '-' && i != 0));
    }
    for (size_t i = 0; i < row; i++)
        CHECK_ROW(row, !view_equal(name, view_of(basket->names[i], basket->name_lens[i])));
    memcpy(basket->names[row], name.data, name.len);
    basket->name_lens[row] = name.len;
    if (bytes.len > basket->len_max)
        basket->len_max = bytes.len;
    if (view_equal(name, basket->wanted) && bytes.len <= sizeof basket->first) {
        if (bytes.len != 0)
            memcpy(basket->first, bytes.data, bytes.len);
        basket->first_len = bytes.len;
    }
}

struct row {
    enum seed_target target;
    struct view name;
    struct view bytes;
};

static const struct row rows[] = {
    {SEED_HTTP, VIEW_INIT("method-foo-8a3a"),
     VIEW_INIT("FOO /v1/sims/8988247000100003319/balances HTTP/1.1\r\nHost: mo.example\r\n"
               "X-MS-DM-TransactionId: MSFT-0000000000000001\r\n\r\n")},
    {SEED_TARGET, VIEW_INIT("id-with-0-behind"),
     VIEW_INIT("/v1/sims/89882470001000033190/balances")},
    {SEED_QUERY, VIEW_INIT("limit-minus-2-to-31-minus-1"), VIEW_INIT("limit=-2147483649")},
    {SEED_QUERY, VIEW_INIT("limit-minus-1"), VIEW_INIT("limit=-1")},
    {SEED_QUERY, VIEW_INIT("plain"), VIEW_INIT("")},
    {SEED_QUERY, VIEW_INIT("location-limit-fieldstemplate"),
     VIEW_INIT("location=US&limit=1&fieldsTemplate=full&foo=1")},
    {SEED_HEADERS, VIEW_INIT("transaction-id-in-quotes"), VIEW_INIT("\"MSFT-0000000000000001\"")},
    {SEED_HEADERS, VIEW_INIT("credentials-behind-basic-501d"),
     VIEW_INIT("BASIC bW9iaWxlcGxhbnM6YTpiIGM=\nmobileplans:a:b c")},
    {SEED_JSON, VIEW_INIT("empty-list"), VIEW_INIT("{\"balances\":[]}")},
    {SEED_DURATION, VIEW_INIT("weeks"), VIEW_INIT("P4W")},
    {SEED_ICCID, VIEW_INIT("plus-2-to-64"), VIEW_INIT("27434991073809554935")},
    {SEED_HANDLER, VIEW_INIT("role-u-aa31"),
     VIEW_INIT("GET /v1/sims/8988247000100003400/balances HTTP/1.1\r\nHost: mo.example\r\n"
               "X-MS-DM-TransactionId: MSFT-0000000000000001\r\n\r\n")},
    {SEED_SEQUENCE, VIEW_INIT("a-day"), VIEW_INIT("\3\0\0\0\3\5\0\0\1")},
};

static void check_rows(void)
{
    static struct basket basket;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        basket.count = 0;
        basket.first_len = SIZE_MAX;
        basket.wanted = rows[i].name;
        struct seed_sink sink = {put, &basket};
        seeds_make(rows[i].target, &fixture, &sink);
        CHECK_ROW(i, basket.first_len == rows[i].bytes.len);
        CHECK_ROW(i, view_equal(view_of(basket.first, rows[i].bytes.len), rows[i].bytes));
    }
}

// A tape of a trial means, behind world and program, the intent that it is called after.
static void put_trial(void *context, struct view name, struct view bytes)
{
    static struct choices c;
    unsigned *pair_count = context;
    if (bytes.len < 2 || bytes.data[1] != 1)
        return;
    choices_from_bytes(&c, view_from(bytes, 2));
    struct intent intent;
    intent_choose_pair(&intent, &c, &fixture);
    size_t row = (*pair_count)++;
    unsigned axis = (unsigned char)bytes.data[3];
    CHECK_ROW(row, intent.changed_axes == 1u << axis);
    CHECK_ROW(row, intent.row[axis] == (unsigned char)bytes.data[4]);
    CHECK_ROW(row, name.len != 0);
}

static void check_targets(void)
{
    static struct basket basket;
    static char space[SEED_DICTIONARY_LEN_MAX];
    for (enum seed_target target = 0; target < SEED_TARGET_COUNT; target++) {
        struct seed_sink sink = {put, &basket};
        struct buf dictionary = BUF(space);
        basket.count = 0;
        basket.len_max = 0;
        seeds_make(target, &fixture, &sink);
        seeds_dictionary(&dictionary, target);
        printf("%-10s %3zu seeds of at most %5zu bytes, dictionary of %5zu bytes\n",
               seed_target_name(target), basket.count, basket.len_max, dictionary.len);
        CHECK_ROW(target, basket.count >= 10);
        CHECK_ROW(target, !dictionary.overflow);
        bool has_words = target != SEED_TRIAL && target != SEED_SEQUENCE;
        CHECK_ROW(target, (dictionary.len != 0) == has_words);
    }
    unsigned pair_count = 0;
    struct seed_sink sink = {put_trial, &pair_count};
    seeds_make(SEED_TRIAL, &fixture, &sink);
    printf("%u trials of one axis\n", pair_count);
    CHECK(pair_count > 80);
}

// Every line of a dictionary is name="value" with only what both engines can read.
static void check_dictionary(void)
{
    static char space[SEED_DICTIONARY_LEN_MAX];
    struct buf out = BUF(space);
    seeds_dictionary(&out, SEED_HANDLER);
    struct view rest = buf_view(&out);
    size_t row = 0;
    for (; rest.len != 0; row++) {
        struct view line = view_first(rest, view_index(rest, '\n'));
        rest = view_from(rest, line.len + 1);
        size_t at = view_index(line, '=');
        for (size_t i = 0; i < at; i++)
            CHECK_ROW(row, byte_is_letter(line.data[i]) || byte_is_digit(line.data[i]) ||
                               line.data[i] == '_');
        CHECK_ROW(row, at != 0 && at + 3 < line.len);
        CHECK_ROW(row, line.data[at + 1] == '"' && line.data[line.len - 1] == '"');
        for (size_t i = at + 2; i + 1 < line.len; i++)
            CHECK_ROW(row, line.data[i] >= ' ' && line.data[i] <= '~' && line.data[i] != '"');
    }
    CHECK(row > 100);
    CHECK(view_find(buf_view(&out), VIEW("limit_minus_1=\"=-1\"\n")) < out.len);
    CHECK(view_find(buf_view(&out), VIEW("line_end=\"\\x0D\\x0A\"\n")) < out.len);
}

int main(void)
{
    check_rows();
    check_targets();
    check_dictionary();
    return unit_end();
}

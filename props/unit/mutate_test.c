// SPDX-License-Identifier: Apache-2.0
// The mutator: sizes, the same again for the same seed, and that what it makes is worth running.
#define _DEFAULT_SOURCE // scandir
#include "fuzz/mutate.h"

#include <dirent.h>
#include <stdlib.h>

#include "base/buf.h"
#include "http/head.h"
#include "http/query.h"
#include "props/case/intent.h"
#include "props/unit/unit.h"
#include "value/duration.h"
#include "json/json_read.h"

enum { INPUT_LEN_MAX = 4096, PATH_LEN_MAX = 4096, ROUNDS = 1000 };

struct input {
    uint8_t bytes[INPUT_LEN_MAX];
    size_t len;
};

static struct input before; // the last file: cross-over's second input
static size_t file_count;

// check_once changes an input in a block of just its capacity, twice, and crosses it with another.
static void check_once(const struct input *input, size_t cap, uint64_t seed)
{
    size_t copied = input->len < cap ? input->len : cap;
    uint8_t *blocks[3];
    size_t lens[3];
    for (unsigned i = 0; i < 3; i++) {
        blocks[i] = malloc(cap == 0 ? 1 : cap);
        if (blocks[i] == NULL)
            abort();
        memset(blocks[i], (int)i, cap);
        memcpy(blocks[i], input->bytes, copied);
    }
    uint8_t *second = malloc(before.len == 0 ? 1 : before.len);
    if (second == NULL)
        abort();
    memcpy(second, before.bytes, before.len);
    lens[0] = bp_mutate(blocks[0], input->len, cap, seed);
    lens[1] = bp_mutate(blocks[1], input->len, cap, seed);
    CHECK_ROW(seed, lens[0] <= cap && lens[0] == lens[1]);
    CHECK_ROW(seed, memcmp(blocks[0], blocks[1], lens[0]) == 0);
    lens[1] = bp_cross_over(blocks[2], copied, second, before.len, blocks[1], cap, seed);
    lens[2] = bp_cross_over(blocks[2], copied, second, before.len, blocks[0], cap, seed);
    CHECK_ROW(seed, lens[1] <= cap && lens[1] == lens[2]);
    CHECK_ROW(seed, memcmp(blocks[0], blocks[1], lens[1]) == 0);
    CHECK_ROW(seed, bp_mutate_bytes(blocks[2], copied, cap, seed) <= cap);
    for (unsigned i = 0; i < 3; i++)
        free(blocks[i]);
    free(second);
}

static void check_file(const char *path)
{
    enum { SEEDS_OF_EACH = 8 };
    static struct input input;
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    if (file == NULL)
        return;
    input.len = fread(input.bytes, 1, sizeof input.bytes, file);
    fclose(file);
    const size_t caps[] = {input.len + 512, input.len, 2 * input.len + 16, 7, 1, 0, 4096, 64};
    for (uint64_t i = 0; i < SEEDS_OF_EACH; i++)
        check_once(&input, caps[i % 8], file_count * SEEDS_OF_EACH + i);
    before = input;
    file_count++;
}

static void check_folder(const char *path, unsigned depth)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char inner[PATH_LEN_MAX];
        int len = snprintf(inner, sizeof inner, "%s/%s", path, entries[i]->d_name);
        bool is_hidden = entries[i]->d_name[0] == '.';
        unsigned char type = entries[i]->d_type;
        free(entries[i]);
        if (is_hidden || len < 0 || (size_t)len >= sizeof inner)
            continue;
        if (type == DT_DIR && depth < 3)
            check_folder(inner, depth + 1);
        else if (type == DT_REG)
            check_file(inner);
    }
    free(entries);
}

static bool takes_request(struct view text)
{
    struct bp_head head;
    struct bp_head_reader reader;
    struct bp_fault fault;
    size_t used;
    bp_head_start(&reader, &head, BP_REQUEST);
    return text.len != 0 && bp_head_read(&head, &used, &fault, &reader, text) == BP_READ_DONE;
}

static bool takes_query(struct view text)
{
    struct bp_query query;
    struct bp_fault fault;
    return bp_query_read(&query, &fault, text);
}

static bool takes_json(struct view text)
{
    enum { NODE_COUNT_MAX = 1024 };
    static struct bp_json_reader *reader;
    static void *space;
    if (reader == NULL) {
        size_t size = bp_json_space(INPUT_LEN_MAX, NODE_COUNT_MAX);
        space = malloc(size);
        if (space == NULL)
            abort();
        reader = bp_json_open(space, INPUT_LEN_MAX, NODE_COUNT_MAX);
    }
    const struct bp_json_node *nodes;
    size_t node_count;
    struct bp_fault fault;
    return bp_json_read(reader, &fault, &nodes, &node_count, text);
}

static bool takes_duration(struct view text)
{
    struct bp_duration duration;
    struct bp_fault fault;
    return bp_duration_read(&duration, &fault, text);
}

// Of 1,000 changes of a good input many are good and many are not, and few are the same.
static const struct {
    struct view input;
    bool (*takes)(struct view text);
    unsigned taken_min;
    unsigned refused_min;
} readers[] = {
    {VIEW_INIT("GET /v1/sims/8988247000100003319/balances?limit=1 HTTP/1.1\r\nHost: mo.example\r\n"
               "X-MS-DM-TransactionId: MSFT-1\r\n\r\n"),
     takes_request, 600, 120},
    {VIEW_INIT("fieldsTemplate=basic&limit=2&location=US"), takes_query, 450, 250},
    {VIEW_INIT("{\"balances\":[{\"type\":\"MODIRECT\",\"dataRemainingInMB\":1.5,"
               "\"timeRemaining\":\"P30D\",\"locations\":[\"US\",\"CA\"]}]}"),
     takes_json, 400, 250},
    {VIEW_INIT("P23DT23H"), takes_duration, 200, 400},
};

static void check_readers(void)
{
    for (size_t row = 0; row < sizeof readers / sizeof readers[0]; row++) {
        unsigned taken = 0;
        unsigned same = 0;
        struct view text = readers[row].input;
        for (uint64_t seed = 0; seed < ROUNDS; seed++) {
            static uint8_t bytes[INPUT_LEN_MAX];
            memcpy(bytes, text.data, text.len);
            size_t len = bp_mutate(bytes, text.len, sizeof bytes, seed);
            struct view changed = view_of((const char *)bytes, len);
            taken += readers[row].takes(changed);
            same += view_equal(changed, text);
        }
        printf("changes of input %zu: %u taken, %u the same\n", row, taken, same);
        CHECK_ROW(row, taken >= readers[row].taken_min);
        CHECK_ROW(row, ROUNDS - taken >= readers[row].refused_min);
        CHECK_ROW(row, same < ROUNDS / 10);
    }
}

struct search {
    const char *name;
    enum axis axis;
    bool is_met[256];
};

// has_item says whether a parameter stands in a text, whole.
static bool has_item(struct view text, struct view item)
{
    for (;;) {
        size_t at = view_find(text, item);
        if (at == text.len)
            return false;
        text = view_from(text, at + item.len);
        if (text.len == 0 || text.data[0] == '&' || text.data[0] == ' ')
            return true;
    }
}

static bool is_searched(const struct spelling *row)
{
    return row->text.len != 0 && view_index(row->text, '{') == row->text.len;
}

// search looks for all rows of the table in a changed input; the count of those still missing.
static unsigned search(struct search *search, struct view text)
{
    unsigned missing = 0;
    for (unsigned row = 0; row < axis_row_count(search->axis); row++) {
        char space[128];
        struct buf item = BUF(space);
        buf_put_text(&item, search->name);
        buf_put(&item, axis_row(search->axis, row)->text);
        if (!search->is_met[row] && is_searched(axis_row(search->axis, row)))
            search->is_met[row] = has_item(text, buf_view(&item));
        missing += !search->is_met[row] && is_searched(axis_row(search->axis, row));
    }
    return missing;
}

// Every value of the tables of the three parameters comes from so many changes of one input, which
// are three times the number that it takes.
static void check_tables(void)
{
    static const struct {
        struct view input;
        unsigned rounds;
    } rows[] = {
        {VIEW_INIT("limit=1&location=US"), 8000},
        {VIEW_INIT("/v1/sims/8988247000100003319/balances"), 8000},
        {VIEW_INIT("GET /v1/sims/8988247000100003319/balances?limit=1 HTTP/1.1\r\nHost: a\r\n\r\n"),
         40000},
    };
    for (size_t row = 0; row < sizeof rows / sizeof rows[0]; row++) {
        struct search searches[] = {
            {"limit", AXIS_LIMIT, {false}},
            {"location", AXIS_LOCATION, {false}},
            {"fieldsTemplate", AXIS_FIELDS, {false}},
        };
        unsigned missing = 1;
        unsigned seed = 0;
        for (; missing != 0 && seed < rows[row].rounds; seed++) {
            static uint8_t bytes[INPUT_LEN_MAX];
            memcpy(bytes, rows[row].input.data, rows[row].input.len);
            size_t len = bp_mutate(bytes, rows[row].input.len, sizeof bytes, seed);
            missing = 0;
            for (size_t i = 0; i < sizeof searches / sizeof searches[0]; i++)
                missing += search(&searches[i], view_of((const char *)bytes, len));
        }
        CHECK_ROW(row, missing == 0);
        printf("table values from input %zu: all after %u changes\n", row, seed);
    }
}

// Of 1,000 changes of a text so many are of one octet, which is among the last six.
static void check_tail(void)
{
    enum { LEN = 64, TAIL_LEN = 6, CHANGES_MIN = 120 };
    char text[LEN];
    unsigned changes = 0;
    memset(text, 'a', sizeof text);
    for (uint64_t seed = 0; seed < ROUNDS; seed++) {
        uint8_t bytes[LEN];
        memcpy(bytes, text, sizeof text);
        bool is_same_len = bp_mutate(bytes, LEN, LEN, seed) == LEN;
        unsigned others = 0;
        for (size_t i = LEN - TAIL_LEN; i < LEN; i++)
            others += bytes[i] != 'a';
        changes += is_same_len && others == 1 && memcmp(bytes, text, LEN - TAIL_LEN) == 0;
    }
    CHECK(changes >= CHANGES_MIN);
    printf("changes of the tail: %u of %u\n", changes, (unsigned)ROUNDS);
}

// Hosts of all forms come from so many changes of one request.
static void check_hosts(void)
{
    enum { CHANGES = 20000 };
    static const struct view hosts[] = {
        VIEW_INIT("Host: [::1]\r"),     VIEW_INIT("Host: [1:2:3:4:5:6:7:8]\r"),
        VIEW_INIT("Host: 192.0.2.7\r"), VIEW_INIT("Host: mo.example:65536\r"),
        VIEW_INIT("Host: a:a\r"),       VIEW_INIT("Host: \r")};
    bool is_met[sizeof hosts / sizeof hosts[0]] = {false};
    struct view request = VIEW("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    for (uint64_t seed = 0; seed < CHANGES; seed++) {
        static uint8_t bytes[INPUT_LEN_MAX];
        memcpy(bytes, request.data, request.len);
        size_t len = bp_mutate(bytes, request.len, sizeof bytes, seed);
        struct view text = view_of((const char *)bytes, len);
        for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++)
            is_met[i] = is_met[i] || view_find(text, hosts[i]) < text.len;
    }
    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++)
        CHECK_ROW(i, is_met[i]);
}

int main(void)
{
    check_folder(BALPROBE_SOURCE_DIR "/corpus", 0);
    CHECK(file_count > 1000);
    check_readers();
    check_tables();
    check_tail();
    check_hosts();
    return unit_end();
}

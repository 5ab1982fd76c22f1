// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_inventory_read, bp_sim_add, bp_sim_find, bp_sim_consume, bp_country_read,
// bp_country_at, bp_inventory_put, bp_converse, buf_put_escaped.
//
// The bytes are an inventory file. Asserts:
//   round trip: an inventory that is read, written at once or a day later, and read back then, is
//   the same inventory; one that needs one SIM more than there is room for is refused for that;
//   independent model: members found by their names have the values; SIMs are found by a walk too,
//   and as many balances are answered as plans count, before and after consumption, all of which is
//   booked in order; values are within limits, and refusals have the place the header promises.
#include "account_checks.h"
#include "inventory_checks.h"

enum { IN_LEN_MAX = 1 << 16, TEXT_LEN_MAX = 1 << 18, NODE_COUNT_MAX = 1 << 16, SIM_COUNT_MAX = 64 };

static char text[TEXT_LEN_MAX];
static struct bp_inventory inventories[2];
static struct bp_json_reader *reader;
static struct bp_fault fault;

static bool read_inventory(unsigned which, struct view from, size_t sim_max, int64_t now_ms)
{
    static struct bp_sim sims[2][SIM_COUNT_MAX];
    static uint16_t slots[2][2 * SIM_COUNT_MAX];
    struct bp_inventory *out = &inventories[which];
    bp_sim_table_init(&out->table, sims[which], sim_max, slots[which], 2 * SIM_COUNT_MAX);
    return bp_inventory_read(out, &fault, reader, from, now_ms);
}

static void check_round_trip(const struct bp_inventory *read, int64_t now_ms)
{
    struct view written = inventory_write(BUF(text), read, now_ms);
    FUZZ_ASSERT(read_inventory(1, written, SIM_COUNT_MAX, now_ms));
    inventory_check_same(read, &inventories[1], now_ms);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const size_t space_len = bp_json_space(TEXT_LEN_MAX, NODE_COUNT_MAX);
    static char *space;
    if (space == NULL) {
        space = aligned_alloc(16, space_len);
        reader = bp_json_open(space, TEXT_LEN_MAX, NODE_COUNT_MAX);
    }
    struct view input = fuzz_view(data, size < IN_LEN_MAX ? size : IN_LEN_MAX);
    struct bp_inventory *read = &inventories[0];
    if (!read_inventory(0, input, SIM_COUNT_MAX, SAMPLE_NOW_MS)) {
        inventory_check_refusal(BUF(text), &fault, input, view_of(space, space_len));
        return 0;
    }
    inventory_check_source(read, reader, input);
    check_round_trip(read, SAMPLE_NOW_MS);
    check_round_trip(read, SAMPLE_NOW_MS + 86399999);
    FUZZ_ASSERT(read->table.count == 0 ||
                (!read_inventory(1, input, read->table.count - 1, SAMPLE_NOW_MS) &&
                 fault.reason == BP_REASON_INVENTORY_SPACE));
    inventory_check_sims(&read->table);
    account_check_all(BUF(text), read);
    return 0;
}

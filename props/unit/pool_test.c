// SPDX-License-Identifier: Apache-2.0
#include "props/hunt/pool.h"

#include "props/unit/unit.h"

enum { PICK_COUNT = 3000, SEED = 5 };

static struct pool pool;
static struct choices dice;
static const struct sighting common = {.count = 40};
static const struct sighting rare = {.count = 1};

// Inputs with rare signatures are picked more often, but not for ever: what was picked counts, too.
static void check_picks(void)
{
    uint64_t rare_count = 0;
    memset(&pool, 0, sizeof pool);
    for (unsigned i = 0; i < 100; i++)
        CHECK(pool_add(&pool, VIEW("x"), i < 10 ? &rare : &common, true));
    for (unsigned i = 0; i < PICK_COUNT; i++) {
        choices_next_seed(&dice);
        rare_count += pool_pick(&pool, &dice)->rarest == &rare;
    }
    CHECK(rare_count > PICK_COUNT / 6 && rare_count < PICK_COUNT / 4);
    for (unsigned i = 0; i < 100; i++)
        CHECK_ROW(i, pool.inputs[i].picked_count != 0);
}

static void check_room(void)
{
    static const char bytes[POOL_INPUT_LEN_MAX + 1] = "a";
    memset(&pool, 0, sizeof pool);
    CHECK(!pool_add(&pool, view_of(bytes, sizeof bytes), &rare, true));
    CHECK(pool_add(&pool, view_of(bytes, sizeof bytes - 1), &rare, true));
    CHECK(pool.inputs[0].len == POOL_INPUT_LEN_MAX);
    CHECK(pool_add(&pool, view_of(NULL, 0), &rare, true));
    for (unsigned i = 2; i < POOL_COUNT_MAX; i++)
        CHECK_ROW(i, pool_add(&pool, VIEW("pair"), &common, i >= POOL_COUNT_MAX - 2));
    CHECK(!pool_add(&pool, VIEW("pair"), &common, false));
    for (unsigned i = 4; i < POOL_COUNT_MAX; i++)
        CHECK_ROW(i, pool_add(&pool, VIEW("founder"), &rare, true));
    CHECK(!pool_add(&pool, VIEW("founder"), &rare, true));
    CHECK(pool.count == POOL_COUNT_MAX);
    CHECK(view_equal(pool_bytes(&pool.inputs[2]), VIEW("founder")));
    CHECK(view_equal(pool_bytes(&pool.inputs[POOL_COUNT_MAX - 1]), VIEW("pair")));
}

int main(void)
{
    choices_from_seed(&dice, SEED);
    check_picks();
    check_room();
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
#include "props/hunt/pool.h"

enum { LOT_COUNT = 4 };

static struct pool_input *find_place(struct pool *pool, bool is_founder)
{
    if (pool->count < POOL_COUNT_MAX)
        return &pool->inputs[pool->count++];
    for (size_t i = 0; i < POOL_COUNT_MAX && is_founder; i++) {
        struct pool_input *input = &pool->inputs[pool->turn];
        pool->turn = (pool->turn + 1) % POOL_COUNT_MAX;
        if (!input->is_founder)
            return input;
    }
    return NULL;
}

bool pool_add(struct pool *pool, struct view bytes, const struct sighting *rarest, bool is_founder)
{
    struct pool_input *input = bytes.len > POOL_INPUT_LEN_MAX ? NULL : find_place(pool, is_founder);
    if (input == NULL)
        return false;
    input->picked_count = 0;
    input->rarest = rarest;
    input->is_founder = is_founder;
    input->len = (uint16_t)bytes.len;
    if (bytes.len != 0)
        memcpy(input->bytes, bytes.data, bytes.len);
    return true;
}

struct pool_input *pool_pick(struct pool *pool, struct choices *dice)
{
    struct pool_input *best = NULL;
    uint64_t least = UINT64_MAX;
    for (unsigned lot = 0; lot < LOT_COUNT; lot++) {
        struct pool_input *input = &pool->inputs[choose_wide(dice, (unsigned)pool->count)];
        uint64_t weight = input->rarest->count + input->picked_count;
        if (weight < least) {
            least = weight;
            best = input;
        }
    }
    best->picked_count++;
    return best;
}

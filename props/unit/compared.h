// SPDX-License-Identifier: Apache-2.0
// The honest endpoints of the sample operator, and whether what stands in front of one answers the
// same requests in another way.
#ifndef BP_PROPS_UNIT_COMPARED_H
#define BP_PROPS_UNIT_COMPARED_H

#include "props/liar/liar.h"
#include "props/subject/local.h"
#include "props/unit/sample.h"
#include "props/unit/unit.h"

static struct world honest[LOCAL_KIND_COUNT];
static void *lie_space;
static char honest_space[EXCHANGE_LEN_MAX];
static char lying_space[EXCHANGE_LEN_MAX];

static inline bool open_worlds(void)
{
    struct bp_fault fault;
    lie_space = malloc(lie_size());
    for (unsigned i = 0; i < LOCAL_KIND_COUNT; i++) {
        void *space = malloc(local_size());
        if (space == NULL || lie_space == NULL)
            return false;
        struct local *local = local_open(space, &fault, sample_text(), (enum local_kind)i);
        if (local == NULL)
            return false;
        local_world(&honest[i], local);
    }
    return true;
}

static inline void close_worlds(void)
{
    for (unsigned i = 0; i < LOCAL_KIND_COUNT; i++)
        free(honest[i].subject.context);
    free(lie_space);
}

#define GET(sim, query) "GET /v1/sims/" sim "/balances" query " HTTP/1.1\r\nHost: mo.example\r\n"
#define REQUEST(id) GET("8988247000100003319", "") id "\r\n"
#define TXN(id) "X-MS-DM-TransactionId: " id "\r\n"
#define LONG_ID "0123456789012345678901234567890123456789"
#define LONGER_ID LONG_ID LONG_ID LONG_ID LONG_ID LONG_ID LONG_ID LONG_ID
#define LONGEST_ID LONGER_ID LONGER_ID LONGER_ID LONGER_ID

// One request after the other, behind a reset.
static inline void answer(struct buf *out, const struct subject *subject,
                          const struct view *requests, size_t count)
{
    buf_clear(out);
    subject->reset(subject->context);
    for (size_t i = 0; i < count; i++) {
        struct sending sending = {.request = requests[i], .answer_count = 1};
        CHECK(subject->exchange(subject->context, out, &sending));
    }
}

static inline bool differs(const struct liar *liar, const struct world *world,
                           const struct view *requests, size_t count)
{
    struct buf plain = BUF(honest_space);
    struct buf changed = BUF(lying_space);
    struct subject lying = lie_subject(lie_init(lie_space, liar, &world->fixture, world->subject));
    answer(&plain, &world->subject, requests, count);
    answer(&changed, &lying, requests, count);
    return !view_equal(buf_view(&plain), buf_view(&changed));
}

#endif

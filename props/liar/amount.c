// SPDX-License-Identifier: Apache-2.0
#include "props/liar/amount.h"

#include "value/duration.h"

enum { PLACE_COUNT = 6, MB_BYTES = 1000000 };

uint64_t amount_bytes(struct view text)
{
    uint64_t bytes = 0;
    size_t point = view_index(text, '.');
    struct view fraction = point < text.len ? view_from(text, point + 1) : view_of(NULL, 0);
    for (size_t i = 0; i < point; i++)
        bytes = bytes * 10 + (uint64_t)(text.data[i] - '0');
    for (size_t i = 0; i < PLACE_COUNT; i++)
        bytes = bytes * 10 + (i < fraction.len ? (uint64_t)(fraction.data[i] - '0') : 0);
    return bytes;
}

struct view amount_put(struct buf *space, uint64_t bytes)
{
    size_t start = space->len;
    buf_put_unsigned(space, bytes / MB_BYTES);
    if (bytes % MB_BYTES != 0) {
        buf_put_byte(space, '.');
        buf_put_padded(space, bytes % MB_BYTES, PLACE_COUNT);
        while (!space->overflow && space->data[space->len - 1] == '0')
            space->len--;
    }
    return space->overflow ? view_of(NULL, 0) : view_of(space->data + start, space->len - start);
}

uint64_t amount_s(struct view text)
{
    struct bp_duration duration;
    struct bp_fault fault;
    return bp_duration_read(&duration, &fault, view_trim(text, VIEW("\""))) ? duration.whole_s : 0;
}

struct view amount_put_s(struct buf *space, uint64_t seconds)
{
    return text_join(space, VIEW("\"PT"), text_unsigned(space, seconds), VIEW("S\""));
}

// SPDX-License-Identifier: Apache-2.0
#include "props/liar/amount.h"

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
    static const char units[] = "DHMS";
    static const uint64_t unit_s[] = {86400, 3600, 60, 1};
    uint64_t seconds = 0;
    uint64_t number = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char *unit = strchr(units, text.data[i]);
        if (byte_is_digit(text.data[i])) {
            number = number * 10 + (uint64_t)(text.data[i] - '0');
        } else if (unit != NULL && *unit != '\0') {
            seconds += number * unit_s[unit - units];
            number = 0;
        }
    }
    return seconds;
}

struct view amount_put_s(struct buf *space, uint64_t seconds)
{
    return text_join(space, VIEW("\"PT"), text_unsigned(space, seconds), VIEW("S\""));
}

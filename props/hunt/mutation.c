// SPDX-License-Identifier: Apache-2.0
#include "props/hunt/mutation.h"

enum { SMALL_COUNT = 16, PIECE_LEN_MAX = 8, EXTENSION_LEN_MAX = 24, CHANGE_COUNT_MAX = 4 };

static char throw_answer(struct choices *dice)
{
    return (char)choose(dice, choose(dice, 2) == 0 ? SMALL_COUNT : 256);
}

// A piece of `len` bytes: where it begins and how long it is. `len` is not 0.
static size_t throw_piece(struct choices *dice, size_t len, size_t *piece_len)
{
    size_t begin = choose_wide(dice, (unsigned)len);
    size_t most = len - begin < PIECE_LEN_MAX ? len - begin : PIECE_LEN_MAX;
    *piece_len = 1 + choose_wide(dice, (unsigned)most);
    return begin;
}

static void extend(struct buf *bytes, struct choices *dice)
{
    size_t room = bytes->cap - bytes->len;
    size_t more = 1 + choose(dice, EXTENSION_LEN_MAX);
    for (size_t i = 0; i < more && i < room; i++)
        buf_put_byte(bytes, throw_answer(dice));
}

static void copy(struct buf *bytes, struct choices *dice)
{
    size_t len = 0;
    size_t from = throw_piece(dice, bytes->len, &len);
    size_t to = choose_wide(dice, (unsigned)(bytes->len + 1));
    size_t room = bytes->cap - to;
    len = len < room ? len : room;
    memmove(bytes->data + to, bytes->data + from, len);
    bytes->len = to + len > bytes->len ? to + len : bytes->len;
}

static void splice(struct buf *bytes, struct view other, struct choices *dice)
{
    size_t keep = choose_wide(dice, (unsigned)(bytes->len + 1));
    size_t from = other.len == 0 ? 0 : choose_wide(dice, (unsigned)other.len);
    size_t room = bytes->cap - keep;
    size_t len = other.len - from < room ? other.len - from : room;
    bytes->len = keep;
    buf_put(bytes, view_first(view_from(other, from), len));
}

static void drop(struct buf *bytes, struct choices *dice)
{
    size_t len = 0;
    size_t begin = throw_piece(dice, bytes->len, &len);
    memmove(bytes->data + begin, bytes->data + begin + len, bytes->len - begin - len);
    bytes->len -= len;
}

void mutation_apply(struct buf *bytes, enum mutation mutation, struct view other,
                    struct choices *dice)
{
    if (bytes->len == 0)
        mutation = MUTATION_EXTEND;
    size_t at = bytes->len == 0 ? 0 : choose_wide(dice, (unsigned)bytes->len);
    switch (mutation) {
    case MUTATION_SET:
        bytes->data[at] = throw_answer(dice);
        return;
    case MUTATION_STEP:
        bytes->data[at] = (char)(bytes->data[at] + (choose(dice, 2) == 0 ? 1 : -1));
        return;
    case MUTATION_COPY:
        copy(bytes, dice);
        return;
    case MUTATION_SPLICE:
        splice(bytes, other, dice);
        return;
    case MUTATION_TRUNCATE:
        bytes->len = at;
        return;
    case MUTATION_DROP:
        drop(bytes, dice);
        return;
    case MUTATION_EXTEND:
    case MUTATION_COUNT:
        extend(bytes, dice);
        return;
    }
}

void mutation_make(struct buf *out, struct view base, struct view other, struct choices *dice)
{
    choices_next_seed(dice);
    buf_clear(out);
    buf_put(out, view_first(base, base.len < out->cap ? base.len : out->cap));
    for (unsigned left = 1 + choose(dice, CHANGE_COUNT_MAX); left != 0; left--)
        mutation_apply(out, (enum mutation)choose(dice, MUTATION_COUNT), other, dice);
}

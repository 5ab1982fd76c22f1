// SPDX-License-Identifier: Apache-2.0
#include "props/choice/shrink.h"

#include <assert.h>

#include "props/choice/choices.h"

enum { SEEN_COUNT = 1024, REACH = 4, CHUNK_LEN_MAX = 64 };

struct shrinker {
    struct buf *best;
    const struct shrink_test *test;
    unsigned calls;
    unsigned calls_max;
    uint64_t seen[SEEN_COUNT]; // hashes of candidates that did not fail
    size_t len;
    char candidate[CHOICES_LEN_MAX];
    char used[CHOICES_LEN_MAX];
};

// is_simpler is the order of cases: shorter first, then the smaller byte string.
static bool is_simpler(struct view a, struct view b)
{
    if (a.len != b.len)
        return a.len < b.len;
    return a.len != 0 && memcmp(a.data, b.data, a.len) < 0;
}

static struct view without_zeros_behind(struct view bytes)
{
    while (bytes.len != 0 && bytes.data[bytes.len - 1] == 0)
        bytes.len--;
    return bytes;
}

static uint64_t hash_of(struct view bytes)
{
    uint64_t hash = 0xCBF29CE484222325u ^ bytes.len;
    for (size_t i = 0; i < bytes.len; i++)
        hash = (hash ^ (unsigned char)bytes.data[i]) * 0x100000001B3u;
    return hash | 1;
}

static void keep(struct shrinker *s, struct view bytes)
{
    if (bytes.len != 0)
        memmove(s->best->data, bytes.data, bytes.len);
    s->best->len = bytes.len;
}

// try_candidate runs s->candidate when it is simpler than the best and new, and keeps it when it
// fails too.
static bool try_candidate(struct shrinker *s)
{
    struct view bytes = without_zeros_behind(view_of(s->candidate, s->len));
    if (s->calls == s->calls_max || !is_simpler(bytes, buf_view(s->best)))
        return false;
    uint64_t hash = hash_of(bytes);
    uint64_t *slot = &s->seen[hash >> 32 & (SEEN_COUNT - 1)];
    if (*slot == hash)
        return false;
    struct buf used = BUF(s->used);
    s->calls++;
    if (!s->test->fails(s->test->context, &used, bytes)) {
        *slot = hash;
        return false;
    }
    struct view tape = without_zeros_behind(buf_view(&used));
    keep(s, is_simpler(tape, bytes) ? tape : bytes);
    return true;
}

static void copy_best(struct shrinker *s)
{
    s->len = s->best->len;
    if (s->len != 0)
        memcpy(s->candidate, s->best->data, s->len);
}

// best_at is a byte of the best case; past its end every answer is 0.
static unsigned best_at(const struct shrinker *s, size_t at)
{
    return at < s->best->len ? (unsigned char)s->best->data[at] : 0;
}

static void cut(struct shrinker *s, size_t at, size_t len)
{
    memmove(s->candidate + at, s->candidate + at + len, s->len - at - len);
    s->len -= len;
}

static bool try_without(struct shrinker *s, size_t at, size_t len)
{
    copy_best(s);
    cut(s, at, len);
    return try_candidate(s);
}

// delete_chunks drops what does not matter, from the end, large chunks first.
static bool delete_chunks(struct shrinker *s)
{
    bool gained = false;
    size_t chunk = 1;
    while (chunk * 2 <= s->best->len && chunk < CHUNK_LEN_MAX)
        chunk *= 2;
    for (; chunk != 0; chunk = chunk > REACH ? chunk / 2 : chunk - 1) {
        size_t step = chunk > REACH ? chunk : 1;
        for (size_t end = s->best->len; end >= chunk;) {
            bool shorter = try_without(s, end - chunk, chunk);
            gained |= shorter;
            if (!shorter)
                end -= end < step ? end : step;
            else if (end > s->best->len)
                end = s->best->len;
        }
    }
    return gained;
}

// try_lower sets the byte at `at` to `lower`, and with `all` every later byte that equals it.
static bool try_lower(struct shrinker *s, size_t at, bool all, unsigned lower)
{
    unsigned value = best_at(s, at);
    if (lower >= value)
        return false;
    copy_best(s);
    for (size_t i = at; i < s->len; i++)
        if (i == at || (all && best_at(s, i) == value))
            s->candidate[i] = (char)lower;
    return try_candidate(s);
}

// lower_byte finds the smallest value that still fails, by halving once one step down has worked.
static bool lower_byte(struct shrinker *s, size_t at, bool all)
{
    if (try_lower(s, at, all, 0))
        return true;
    if (best_at(s, at) == 0 || !try_lower(s, at, all, best_at(s, at) - 1))
        return false;
    unsigned low = 0;
    while (low + 1 < best_at(s, at)) {
        unsigned middle = low + (best_at(s, at) - low) / 2;
        if (!try_lower(s, at, all, middle))
            low = middle;
    }
    return true;
}

static bool lower_bytes(struct shrinker *s)
{
    bool gained = false;
    for (size_t at = 0; at < s->best->len; at++)
        gained |= lower_byte(s, at, false);
    return gained;
}

// lower_equals lowers equal bytes together, for cases in which they have to be equal.
static bool lower_equals(struct shrinker *s)
{
    bool gained = false;
    for (size_t at = 0; at + 1 < s->best->len; at++) {
        struct view rest = view_from(buf_view(s->best), at + 1);
        if (best_at(s, at) != 0 && view_index(rest, s->best->data[at]) != rest.len)
            gained |= lower_byte(s, at, true);
    }
    return gained;
}

// borrow lowers a byte by one and fills the next one up: a wide number one step down.
static bool borrow(struct shrinker *s)
{
    bool gained = false;
    for (size_t at = 0; at + 1 < s->best->len; at++) {
        if (best_at(s, at) == 0)
            continue;
        copy_best(s);
        s->candidate[at]--;
        s->candidate[at + 1] = (char)255;
        gained |= try_candidate(s);
    }
    return gained;
}

// try_move takes `amount` from one byte and gives it to a later one. Both may be the low half of a
// wide number: the first borrows from the byte before it, the other carries into it.
static bool try_move(struct shrinker *s, size_t from, size_t to, unsigned amount)
{
    unsigned sum = best_at(s, to) + amount;
    bool borrows = amount > best_at(s, from);
    bool carries = sum > 255;
    if (to >= s->best->len || (borrows && (from == 0 || best_at(s, from - 1) == 0)))
        return false;
    if (carries && (to - 1 == from || best_at(s, to - 1) == 255))
        return false;
    copy_best(s);
    s->candidate[from] = (char)((best_at(s, from) - amount) & 255);
    s->candidate[to] = (char)(sum & 255);
    if (borrows)
        s->candidate[from - 1]--;
    if (carries)
        s->candidate[to - 1]++;
    return try_candidate(s);
}

// move_amounts keeps sums: the first byte gets as small as a later one can make up for.
static bool move_amounts(struct shrinker *s)
{
    bool gained = false;
    for (size_t from = 0; from < s->best->len; from++) {
        for (size_t to = from + 1; to <= from + REACH; to++) {
            if (!try_move(s, from, to, 1))
                continue;
            gained = true;
            try_move(s, from, to, best_at(s, from));
            for (unsigned amount = 128; amount != 0; amount /= 2)
                if (amount <= best_at(s, from))
                    try_move(s, from, to, amount);
        }
    }
    return gained;
}

static bool try_shorter_list(struct shrinker *s, size_t at, size_t from, size_t len)
{
    if (best_at(s, at) == 0 || from + len > s->best->len)
        return false;
    copy_best(s);
    s->candidate[at]--;
    cut(s, from, len);
    return try_candidate(s);
}

// shorten_lists drops an element while a byte before it goes down by one: that of a list whose
// length, two or more, stands in front.
static bool shorten_lists(struct shrinker *s)
{
    bool gained = false;
    for (size_t at = 0; at < s->best->len; at++) {
        if (best_at(s, at) < 2)
            continue;
        for (size_t len = 1; len <= REACH; len++) {
            for (size_t from = at + 1; from + len <= s->best->len; from++) {
                while (try_shorter_list(s, at, from, len))
                    gained = true;
            }
        }
    }
    return gained;
}

// swap_chunks puts the smaller of two neighbours first.
static bool swap_chunks(struct shrinker *s)
{
    bool gained = false;
    for (size_t len = 1; len <= REACH; len++) {
        for (size_t at = 0; at + 2 * len <= s->best->len; at++) {
            if (memcmp(s->best->data + at, s->best->data + at + len, len) <= 0)
                continue;
            copy_best(s);
            memcpy(s->candidate + at, s->best->data + at + len, len);
            memcpy(s->candidate + at + len, s->best->data + at, len);
            gained |= try_candidate(s);
        }
    }
    return gained;
}

unsigned shrink(struct buf *best, const struct shrink_test *test, unsigned calls_max)
{
    // Those that make cases shorter come first: they make all others cheaper.
    static bool (*const passes[])(struct shrinker *) = {
        delete_chunks, lower_bytes, lower_equals, borrow, swap_chunks, move_amounts, shorten_lists,
    };
    assert(best->len <= CHOICES_LEN_MAX);
    struct shrinker s;
    s.best = best;
    s.test = test;
    s.calls = 0;
    s.calls_max = calls_max;
    memset(s.seen, 0, sizeof s.seen);
    keep(&s, without_zeros_behind(buf_view(best)));
    bool gained = true;
    while (gained && s.calls < calls_max) {
        gained = false;
        for (size_t i = 0; i < sizeof passes / sizeof passes[0]; i++)
            gained |= passes[i](&s);
    }
    return s.calls;
}

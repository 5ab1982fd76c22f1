// SPDX-License-Identifier: Apache-2.0
// An edit: an input that is being changed in place, and the random numbers for it.
//
// The bytes are the caller's, `cap` of them; nothing is allocated, and what does not fit is not
// done. The same seed gives the same numbers.
#ifndef BP_FUZZ_EDIT_H
#define BP_FUZZ_EDIT_H

#include "base/view.h"

struct edit {
    char *bytes;
    size_t len; // at most cap
    size_t cap;
    uint64_t state; // of the random numbers
};

// A span is a part of an edit's bytes.
struct span {
    size_t at;
    size_t len;
};

static inline struct span span_of(size_t begin, size_t end)
{
    return (struct span){begin, end - begin};
}

static inline size_t span_end(struct span span) { return span.at + span.len; }

// span_view is the bytes of a span.
static inline struct view span_view(struct view bytes, struct span span)
{
    return view_first(view_from(bytes, span.at), span.len);
}

// edit_whole is all of it, edit_bytes its bytes and edit_view those of a span, until the next
// change.
static inline struct span edit_whole(const struct edit *edit)
{
    return (struct span){0, edit->len};
}

static inline struct view edit_bytes(const struct edit *edit)
{
    return view_of(edit->bytes, edit->len);
}

static inline struct view edit_view(const struct edit *edit, struct span span)
{
    return view_of(edit->bytes + span.at, span.len);
}

// edit_random is the next random number (splitmix64), edit_below one in [0, n), n not 0, and
// edit_chance true once in n times.
uint64_t edit_random(struct edit *edit);
size_t edit_below(struct edit *edit, size_t n);
bool edit_chance(struct edit *edit, size_t n);

// edit_replace puts `with`, which is not part of the bytes, in place of a span; an empty span
// inserts, an empty `with` deletes. False, and nothing happens, when it does not fit. Cost: the
// bytes behind the span.
bool edit_replace(struct edit *edit, struct span span, struct view with);

// edit_insert is edit_replace of nothing.
bool edit_insert(struct edit *edit, size_t at, struct view with);

// edit_repeat puts `count` further copies behind a span, each behind a separator, which is not part
// of the bytes. False when they do not fit.
bool edit_repeat(struct edit *edit, struct span span, struct view separator, size_t count);

// edit_swap exchanges two spans, the first of which ends where the second starts or before.
void edit_swap(struct edit *edit, struct span first, struct span second);

#endif

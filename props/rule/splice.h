// SPDX-License-Identifier: Apache-2.0
// Requests that the grammar does not write: an ordinary one with something put in.
#ifndef BP_PROPS_RULE_SPLICE_H
#define BP_PROPS_RULE_SPLICE_H

#include "base/buf.h"

// splice inserts `text` at `at` (at most request->len); nothing when it does not fit.
static inline void splice(struct buf *request, size_t at, struct view text)
{
    size_t behind = request->len - at;
    if (buf_claim(request, text.len) == NULL || text.len == 0)
        return;
    memmove(request->data + at + text.len, request->data + at, behind);
    memcpy(request->data + at, text.data, text.len);
}

// splice_over replaces the first `from` (not empty) in the request by `to`. False: it is not there.
static inline bool splice_over(struct buf *request, struct view from, struct view to)
{
    size_t at = view_find(buf_view(request), from);
    if (at == request->len)
        return false;
    size_t behind = request->len - at - from.len;
    memmove(request->data + at, request->data + at + from.len, behind);
    request->len -= from.len;
    splice(request, at, to);
    return !request->overflow;
}

#endif

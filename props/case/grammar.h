// SPDX-License-Identifier: Apache-2.0
// The two halves of a request as bytes. Private to props/case: intent_write joins them.
#ifndef BP_PROPS_CASE_GRAMMAR_H
#define BP_PROPS_CASE_GRAMMAR_H

#include "props/case/intent.h"

// grammar_target appends the request target: prefix of the absolute form, path and query.
// `line_at` is where the request line starts in `out`.
void grammar_target(struct buf *out, const struct intent *intent, const struct fixture *fixture,
                    size_t line_at);

// grammar_iccid appends the ICCID of the intent's role.
void grammar_iccid(struct buf *out, const struct intent *intent, const struct fixture *fixture);

// grammar_literal appends `*text` up to its next placeholder, moves `*text` behind that, and
// returns the placeholder's letter, or 0 when the text has ended.
char grammar_literal(struct buf *out, struct view *text);

// grammar_repeat appends `len` octets of `pattern`, which is not empty, again and again.
void grammar_repeat(struct buf *out, struct view pattern, size_t len);

#endif

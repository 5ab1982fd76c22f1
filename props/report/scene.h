// SPDX-License-Identifier: Apache-2.0
// Scenes: one exchange put before people. Foreign bytes are always escaped.
#ifndef BP_PROPS_REPORT_SCENE_H
#define BP_PROPS_REPORT_SCENE_H

#include "props/rule/trial.h"

// scene_put_sent appends what was sent, as labelled rows: the intent in words, the request line,
// and the fields too when they are part of the case.
void scene_put_sent(struct buf *out, const struct exchange *x);

// scene_put_received appends what came back: the status and the beginning of the body, what Windows
// would show of it, and the fields when the request's fields were part of the case.
void scene_put_received(struct buf *out, const struct exchange *x);

// scene_put_shown appends a row about what Windows would show of an answer with a list (flyout.h),
// else nothing.
void scene_put_shown(struct buf *out, const struct exchange *x);

// scene_put_whole appends every line of the request with "> " before it and every line of the
// response with "< ", each cut at `len_max` octets.
void scene_put_whole(struct buf *out, const struct exchange *x, size_t len_max);

// scene_put_acts appends what the back office did in the trial up to now, as labelled rows: "before
// request 2: consume 8988... 0.5 MB". Nothing where it did nothing.
void scene_put_acts(struct buf *out, const struct trial *trial);

// scene_put_whole_acts appends the trial's acts from number `begin` on, each as a line with "! "
// before it, and returns how many acts there are by now.
size_t scene_put_whole_acts(struct buf *out, const struct trial *trial, size_t begin);

#endif

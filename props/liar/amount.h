// SPDX-License-Identifier: Apache-2.0
// Amounts of data and durations for liars: the JSON number of a balance as bytes, the JSON string
// of a duration as seconds.
#ifndef BP_PROPS_LIAR_AMOUNT_H
#define BP_PROPS_LIAR_AMOUNT_H

#include "props/liar/said.h"

// amount_bytes reads "1367.25" and the like, without exponent: 1367250000; what stands behind six
// places is left out.
uint64_t amount_bytes(struct view text);

// amount_put is the number for so many bytes; empty when there is no room.
struct view amount_put(struct buf *space, uint64_t bytes);

// amount_s reads the whole seconds of a duration in quotes, 0 when it is none (duration.h);
// amount_put_s writes it, empty when there is no room.
uint64_t amount_s(struct view text);
struct view amount_put_s(struct buf *space, uint64_t seconds);

#endif

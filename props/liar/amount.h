// SPDX-License-Identifier: Apache-2.0
// Amounts of data for liars: the JSON number of a balance, as bytes.
#ifndef BP_PROPS_LIAR_AMOUNT_H
#define BP_PROPS_LIAR_AMOUNT_H

#include "props/liar/said.h"

// amount_bytes reads "1367.25" and the like, without exponent: 1367250000; what stands behind six
// places is left out.
uint64_t amount_bytes(struct view text);

// amount_put is the number for so many bytes.
struct view amount_put(struct buf *space, uint64_t bytes);

// amount_s reads a duration of days, hours, minutes and seconds in quotes, amount_put_s writes it.
uint64_t amount_s(struct view text);
struct view amount_put_s(struct buf *space, uint64_t seconds);

#endif

// SPDX-License-Identifier: Apache-2.0
// Sizes of the images in an icon file (ICO, or PNG for a single one), read from its header alone.
#ifndef BP_PROPS_LAUNCH_ICON_H
#define BP_PROPS_LAUNCH_ICON_H

#include "base/view.h"

enum { ICON_SIZE_COUNT = 5, ICON_ALL_SIZES = (1 << ICON_SIZE_COUNT) - 1 };

// The sizes that Windows wants of an operator's icon: 256, 48, 32, 24, 16 pixels, by bit.
extern const unsigned icon_sizes[ICON_SIZE_COUNT];

// icon_read adds the bits of the sizes that are in the file to `*sizes`. It returns NULL, or what
// is wrong with the file in one clause. Other sizes are allowed and add nothing.
const char *icon_read(unsigned *sizes, struct view bytes);

#endif

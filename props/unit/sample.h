// SPDX-License-Identifier: Apache-2.0
// The sample operator for unit tests: corpus/sims.json, read and opened.
#ifndef BP_PROPS_UNIT_SAMPLE_H
#define BP_PROPS_UNIT_SAMPLE_H

#include <stdio.h>
#include <stdlib.h>

#include "operator/inventory.h"

// sample_text is the text of corpus/sims.json; the program ends when it cannot be read.
static inline struct view sample_text(void)
{
    static char text[65536];
    static size_t len;
    if (len != 0)
        return view_of(text, len);
    FILE *file = fopen(BALPROBE_SOURCE_DIR "/corpus/sims.json", "rb");
    if (file != NULL) {
        len = fread(text, 1, sizeof text, file);
        fclose(file);
    }
    if (len == 0 || len == sizeof text)
        exit(2);
    return view_of(text, len);
}

enum { SAMPLE_SIM_COUNT_MAX = 32 };

// sample_inventory_read reads `text` into `*out`, with room for SAMPLE_SIM_COUNT_MAX SIMs; the
// space lasts until the next call.
BP_MUST_USE static inline bool sample_inventory_read(struct bp_inventory *out,
                                                     struct bp_fault *fault, struct view text,
                                                     int64_t now_ms)
{
    static struct bp_sim sims[SAMPLE_SIM_COUNT_MAX];
    static uint16_t slots[2 * SAMPLE_SIM_COUNT_MAX];
    static void *space;
    if (space == NULL)
        space = malloc(bp_json_space(65536, 4096));
    if (space == NULL)
        exit(2);
    bp_sim_table_init(&out->table, sims, SAMPLE_SIM_COUNT_MAX, slots, 2 * SAMPLE_SIM_COUNT_MAX);
    return bp_inventory_read(out, fault, bp_json_open(space, 65536, 4096), text, now_ms);
}

#endif

// SPDX-License-Identifier: Apache-2.0
// AFL++'s folder of a target: work/in has the inputs it begins with, work/out is its own.
#ifndef BP_PROPS_ENGINE_AFL_H
#define BP_PROPS_ENGINE_AFL_H

#include "props/engine/engine.h"

enum { AFL_SAVED_COUNT_MAX = 256 };

// What AFL++ has saved: crashes first.
struct afl_saved {
    size_t count; // at most AFL_SAVED_COUNT_MAX are listed
    size_t crash_count;
    char paths[AFL_SAVED_COUNT_MAX][CAMPAIGN_PATH_LEN_MAX];
};

// afl_prepare empties the work folder and copies seeds and pool into it; one input of ours stands
// there when both have none. False, and told, when that fails.
BP_MUST_USE bool afl_prepare(const struct engine_places *places);

// afl_listen opens a socket for its datagrams on loopback and tells the port; -1: there is none.
int afl_listen(uint16_t *port);

// afl_hear reads the datagrams that have come; false: none. afl_read_stats reads its statistics at
// the end; false: there are none.
BP_MUST_USE bool afl_hear(struct vitals *vitals, int fd);
BP_MUST_USE bool afl_read_stats(struct vitals *vitals, const struct engine_places *places);

// afl_list lists what it has saved as crashes and hangs.
void afl_list(struct afl_saved *out, const struct engine_places *places);

// afl_list_merged lists the inputs on which a merge failed (engine_merge_words), all as crashes.
void afl_list_merged(struct afl_saved *out, const struct engine_places *places);

// afl_keep copies an input to the findings, under a name made of its octets, and writes its path.
BP_MUST_USE bool afl_keep(char out[CAMPAIGN_PATH_LEN_MAX], const struct engine_places *places,
                          const char *path);

#endif

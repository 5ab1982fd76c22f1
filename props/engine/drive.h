// SPDX-License-Identifier: Apache-2.0
// Driving a campaign: the engine is started, listened to, begun anew behind a finding, and ended;
// what AFL++ saved is run by the libFuzzer build. An exit status of 0 says little: AFL++'s says
// nothing about the target, and both engines' is 0 also where they ended before their time.
#ifndef BP_PROPS_ENGINE_DRIVE_H
#define BP_PROPS_ENGINE_DRIVE_H

#include "props/engine/afl.h"
#include "props/engine/child.h"

enum { DRIVE_OPTIONS_LEN_MAX = 4096 };

enum drive_phase { DRIVE_IDLE, DRIVE_FUZZES, DRIVE_CHECKS, DRIVE_MERGES, DRIVE_OVER };

// All zero to begin with, but for `campaign` and `plan`.
struct drive {
    struct campaign *campaign;
    const struct engine_plan *plan;
    enum drive_phase phase;
    struct engine_places places;
    size_t options_len;
    char options[DRIVE_OPTIONS_LEN_MAX]; // the text of fuzz_TARGET.options
    struct child child;
    int stats_fd;           // where AFL++ tells its figures, or -1
    uint16_t stats_port;    // 0: none
    int64_t begin_ms;       // of the whole
    int64_t child_begin_ms; // of the child
    int64_t stop_ms;        // when it was asked to end; 0: it was not
    uint64_t runs_before;   // of the children before this one
    unsigned child_count;
    unsigned again_count; // starts in a row that failed on the input of the one before
    bool has_begun;       // the child has read its corpus
    bool has_cause;       // the child said what is wrong
    char words[CAMPAIGN_WORDS_LEN_MAX];  // that, or what it said last
    char written[CAMPAIGN_PATH_LEN_MAX]; // the input that it wrote, or ""
    char written_before[CAMPAIGN_PATH_LEN_MAX];
    struct afl_saved *saved; // to be checked; NULL with libFuzzer
    size_t saved_at;
    struct words *space; // for the words of commands
    struct words *settings;
};

// drive_start starts the engine. What cannot be started is over at once, and its campaign broken.
void drive_start(struct drive *drive, int64_t now_ms);

// drive_step takes what there is to hear and goes on to the next thing when a child has ended. To
// be called several times a second, with a clock that never goes back.
void drive_step(struct drive *drive, int64_t now_ms);

// drive_stop asks for the end; steps are to follow until it is over. What AFL++ has saved counts as
// found then, for there is no time to run it again.
void drive_stop(struct drive *drive, int64_t now_ms);

// drive_end ends whatever still runs, and frees what it has.
void drive_end(struct drive *drive);

#endif

// SPDX-License-Identifier: Apache-2.0
// The papers of a launch, read from their files and linted: what launch cosa, iccid, portal and
// readiness share.
#ifndef BP_PROPS_CLI_LAUNCH_PAPERS_H
#define BP_PROPS_CLI_LAUNCH_PAPERS_H

#include "props/launch/cosa.h"
#include "props/launch/garden_list.h"
#include "props/launch/iccid_list.h"
#include "props/launch/portal.h"
#include "props/rule/profile.h"
#include "tool/cli.h"

enum { PAPERS_TEXT_LEN_MAX = 1 << 18, PAPERS_BLOCK_COUNT_MAX = OPERAND_COUNT_MAX + 16 };

struct papers {
    struct buf out; // what the lints write
    struct lint lint;
    struct ranges ranges;
    struct iccid_list list;
    const char *cosa_path;
    char *icon;
    size_t block_count;
    void *blocks[PAPERS_BLOCK_COUNT_MAX]; // freed at the end
    char text[PAPERS_TEXT_LEN_MAX];
};

// launch_profile reads the profile that the two rows of the options choose (reading.h), and returns
// an exit status after having told what is wrong.
int launch_profile(struct profile *out, const struct options *given, size_t profile_row,
                   size_t set_row);

// launch_garden_version finds the list of hosts called `list`, or when that is NULL the one that
// the profile reads, and returns an exit status in the same way.
int launch_garden_version(enum garden_version *out, const struct profile *profile,
                          const char *list);

// papers_new is empty papers, or NULL. papers_free takes NULL too.
struct papers *papers_new(void);
void papers_free(struct papers *papers);

// papers_open begins another lint: text and counts are empty again; ranges stay.
void papers_open(struct papers *papers);

// Each of the following lints files and returns an exit status: EXIT_PASSED when they could be
// read, whatever the lint says, or another one after having told what is wrong.

// papers_cosa lints COSA rows and keeps their ranges. Icons are looked for in the file's folder.
int papers_cosa(struct papers *papers, const char *path, bool accepts_true);

// papers_ranges reads the ranges of COSA rows; all that their lint had to say is that it failed.
int papers_ranges(struct papers *papers, const char *path);

// papers_add_iccids adds a file of ICCIDs to the list, papers_add_sims those of an inventory; its
// SIMs for the load test are the list, unless `has_list`. papers_iccids lints them; `has_ranges`
// says that papers_ranges or papers_cosa was called.
int papers_add_iccids(struct papers *papers, const char *path);
int papers_add_sims(struct papers *papers, const char *path, bool has_list);
int papers_iccids(struct papers *papers, bool has_ranges);

// papers_portal lints the record of the user cases.
int papers_portal(struct papers *papers, const char *path);

// papers_read reads a file that stays until the papers are freed.
bool papers_read(struct papers *papers, struct view *text, const char *path, size_t len_max);

#endif

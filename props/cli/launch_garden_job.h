// SPDX-License-Identifier: Apache-2.0
// What was asked of `launch garden`, shared by its two files.
#ifndef BP_PROPS_CLI_LAUNCH_GARDEN_JOB_H
#define BP_PROPS_CLI_LAUNCH_GARDEN_JOB_H

#include "props/launch/garden_lint.h"
#include "props/launch/garden_probe.h"
#include "tool/cli.h"

enum garden_row {
    GARDEN_ROW_LIST,
    GARDEN_ROW_PROFILE,
    GARDEN_ROW_SET,
    GARDEN_ROW_SHOW,
    GARDEN_ROW_ALLOW,
    GARDEN_ROW_ENDPOINT,
    GARDEN_ROW_PORTAL,
    GARDEN_ROW_PROBE_HEADING,
    GARDEN_ROW_PROBE,
    GARDEN_ROW_OPEN,
    GARDEN_ROW_CLOSED,
    GARDEN_ROW_INTERFACE,
    GARDEN_ROW_PROXY,
    GARDEN_ROW_CONNECT_TO,
    GARDEN_ROW_RESOLVE,
    GARDEN_ROW_TIMEOUT,
    GARDEN_ROW_MAX_TIME,
    GARDEN_ROW_YES,
    GARDEN_ROW_COUNT
};

enum { GARDEN_JOB_TEXT_LEN_MAX = 1 << 18, GARDEN_QUESTION_LEN_MAX = 1 << 16 };

struct garden_job {
    struct options given;
    bool refuses_addresses;
    enum garden_version version;
    struct garden_places places;
    struct garden_way way;
    struct lint lint;
    struct buf out;
    size_t untested_count;
    struct garden_entries entries;
    struct garden_target targets[GARDEN_PLACE_COUNT_MAX];
    char text[GARDEN_JOB_TEXT_LEN_MAX];
    char question[GARDEN_QUESTION_LEN_MAX];
};

extern const struct option garden_rows[GARDEN_ROW_COUNT];

// garden_has says that an option was given.
static inline bool garden_has(const struct garden_job *job, enum garden_row row)
{
    return job->given.values[row] != NULL;
}

// garden_job_read reads what was given: the reading, the places and the way to them. It returns an
// exit status, after having told what is wrong.
int garden_job_read(struct garden_job *job);

#endif

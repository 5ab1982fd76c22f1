// SPDX-License-Identifier: Apache-2.0
// The options of balprobe fuzz --remote. Private to fuzz_remote.c.
#ifndef BP_PROPS_CLI_FUZZ_REMOTE_TABLE_H
#define BP_PROPS_CLI_FUZZ_REMOTE_TABLE_H

#include "props/cli/connect.h"
#include "props/cli/reading.h"

enum {
    REMOTE,
    TIME,
    PATIENCE,
    CASES,
    SEED,
    CORPUS,
    OUT,
    ONLY,
    SKIP,
    PROFILE,
    SET,
    SIMS,
    SAFETY,
    AGGRESSIVE,
    PRODUCTION,
    YES,
    CONNECT,
    ROW_COUNT = CONNECT + CONNECT_ROW_COUNT
};

static const struct option rows[ROW_COUNT] = {
    [REMOTE] = {"--remote", "URL", "the endpoint: https://HOST[:PORT][/PATH]"},
    [TIME] = {"--time", "SECONDS",
              "how long; the default is 60, Ctrl-C ends it with a report; an endpoint that goes "
              "away is looked after for 300 seconds more at most"},
    [PATIENCE] = {"--patience", "SECONDS",
                  "how long an endpoint that went down may need to be there again; the default is "
                  "20"},
    [CASES] = {"--cases", "N", "inputs to play at most"},
    [SEED] = {"--seed", "N", "where the dice start; the default is 0x5eed"},
    [CORPUS] = {"--corpus", "DIR",
                "begin with the inputs of this folder, and keep new ones there, 1024 files at "
                "most; without it they are forgotten at the end"},
    [OUT] = {"--out", "DIR", "where the cases of findings are kept; the default is balprobe-out"},
    [ONLY] = {"--only", "ID[,ID]", "judge these clauses only, as in check"},
    [SKIP] = {"--skip", "ID[,ID]", "leave these clauses out"},
    [PROFILE] = {"--profile", "NAME", "how ambiguities are read, as in check"},
    [SET] = READING_SET_ROW,
    [SIMS] = {"--sims", "FILE", "inventory of SIMs, as in check"},
    [SAFETY] = {NULL, NULL, "Care"},
    [AGGRESSIVE] = {"--aggressive", NULL,
                    "off this machine also hostile framing, oversized and malformed requests"},
    [PRODUCTION] = {"--production", NULL,
                    "go on where the inventory says that this is the production environment"},
    [YES] = {"--yes", NULL, "do not ask before leaving this machine"},
    CONNECT_ROWS(CONNECT),
};

#endif

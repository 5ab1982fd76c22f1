// SPDX-License-Identifier: Apache-2.0
// The options of balprobe check. Private to check.c.
#ifndef BP_PROPS_CLI_CHECK_TABLE_H
#define BP_PROPS_CLI_CHECK_TABLE_H

#include "props/cli/connect.h"
#include "props/cli/reading.h"

enum {
    IN_PROCESS,
    FAULT,
    SEED,
    CASES,
    EXHAUSTIVE,
    TIME,
    ONLY,
    SKIP,
    PROFILE,
    SET,
    SIMS,
    OUT,
    JSON,
    SAFETY,
    AGGRESSIVE,
    PRODUCTION,
    HOOKS,
    HOOK_TIMEOUT,
    DRY_RUN,
    YES,
    PKI,
    PKI_LIST,
    CONNECT,
    ROW_COUNT = CONNECT + CONNECT_ROW_COUNT
};

static const struct option rows[ROW_COUNT] = {
    [IN_PROCESS] = {"--in-process", NULL, "check the reference endpoint in this process"},
    [FAULT] = {"--fault", "LIAR",
               "in process: an endpoint that is wrong in one way; balprobe explain lists the liars "
               "of a clause"},
    [SEED] = {"--seed", "N", "where the random cases start; the default is 0x5eed"},
    [CASES] =
        {"--cases", "N",
         "random cases beside the enumerated ones; the default is 100000 in process, 12000 on "
         "this machine, 300 elsewhere"},
    [EXHAUSTIVE] = {"--exhaustive", NULL,
                    "enumerated cases only: every pair of spellings and every run of a program"},
    [TIME] = {"--time", "SECONDS", "begin no further case after that long"},
    [ONLY] = {"--only", "ID[,ID]", "judge these clauses only; GB-LIMIT means all that begin so"},
    [SKIP] = {"--skip", "ID[,ID]", "leave these clauses out"},
    [PROFILE] = {"--profile", "NAME",
                 "how ambiguities are read: seed (default), seed-literal, current, legacy-2017, "
                 "field"},
    [SET] = READING_SET_ROW,
    [SIMS] =
        {"--sims", "FILE",
         "inventory of SIMs; without it the sample operator's, not for a URL off this machine"},
    [OUT] = {"--out", "DIR", "where the cases of findings are kept; the default is balprobe-out"},
    [JSON] = {"--json", "FILE",
              "write the standing of every clause, for machines and launch readiness"},
    [SAFETY] = {NULL, NULL, "Care"},
    [AGGRESSIVE] = {"--aggressive", NULL,
                    "off this machine also hostile framing, oversized and malformed requests"},
    [PRODUCTION] = {"--production", NULL,
                    "go on where the inventory says that this is the production environment"},
    [HOOKS] = {"--hooks", NULL,
               "off this machine also run the inventory's hook commands, which change SIMs"},
    [HOOK_TIMEOUT] = {"--hook-timeout", "SECONDS", "for one hook command; the default is 30"},
    [DRY_RUN] = {"--dry-run", NULL,
                 "print every request that would be sent, as far as they can be known without "
                 "answers, and send nothing"},
    [YES] = {"--yes", NULL, "do not ask before leaving this machine"},
    [PKI] = {"--pki", "DIR",
             "certificates for the matrix, made by balprobe pki; without them it is smaller"},
    [PKI_LIST] = {"--pki-crl", NULL, "the endpoint reads the revocation list of that folder"},
    CONNECT_ROWS(CONNECT),
};

#endif

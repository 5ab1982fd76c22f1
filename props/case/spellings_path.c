// SPDX-License-Identifier: Apache-2.0
#include "props/case/spellings.h"

static const struct spelling role_rows[] = {
    SERVED("", PLAIN, ROLE_A, "role A"), SERVED("", PLAIN, ROLE_A1, "role A1"),
    SERVED("", PLAIN, ROLE_P, "role P"), SERVED("", PLAIN, ROLE_Z, "role Z"),
    SERVED("", PLAIN, ROLE_X, "role X"), SERVED("", PLAIN, ROLE_E, "role E"),
    SERVED("", PLAIN, ROLE_W, "role W"), SERVED("", PLAIN, ROLE_B, "role B"),
    SERVED("", PLAIN, ROLE_N, "role N"), MUST_NOT("", PLAIN, ROLE_U, S404, "role U"),
};

enum {
    SIM_UNSURE = S400 | S404,
    ESCAPE_REFUSALS = S400 | S404,
    MOVED = S301 | S302 | S307 | S308,
    RESOURCE_REFUSALS = S400 | S401 | S403 | S404 | S405 | S501 | MOVED,
};

static const struct spelling sim_rows[] = {
    SERVED("{p}{i}", PLAIN, 0, "bare id"),
    SERVED("{q}{i}", SIM_OTHER, 0, "id behind iccid:"),
    MAY("iccid:%20{i}", SIM_BLANK, 0, SIM_UNSURE, "id behind iccid: and %20"),
    MAY("iccid%3A{i}", SIM_BLANK, 0, SIM_UNSURE, "id behind iccid%3A"),
    MAY("iccid%3a{i}", SIM_BLANK, 0, SIM_UNSURE, "id behind iccid%3a"),
    MAY("iccid%3A%20{i}", SIM_BLANK, 0, SIM_UNSURE, "id behind iccid%3A%20"),
    MAY("{p}%3{i}", SIM_ENCODED, 0, SIM_UNSURE, "first digit of the id encoded"),
    MAY("{p}{E}", SIM_ENCODED, 0, SIM_UNSURE, "all digits of the id encoded"),
    MAY("{p}{e}", SIM_ENCODED, 0, SIM_UNSURE, "some digits of the id encoded"),
    MAY("{p}{i}F", SIM_FILLER, 0, SIM_UNSURE, "id with filler F"),
    MAY("{p}{i}f", SIM_FILLER, 0, SIM_UNSURE, "id with filler f"),
    MUST_NOT("{p}abc", SIM_MALFORMED, 0, SIM_UNSURE, "id of letters"),
    MUST_NOT("{p}898824700010000331", SIM_MALFORMED, 0, SIM_UNSURE, "id of 18 digits"),
    MUST_NOT("{p}89882470001000033190000", SIM_MALFORMED, 0, SIM_UNSURE, "id of 23 digits"),
    MUST_NOT("{p}{j}x", SIM_MALFORMED, 0, SIM_UNSURE, "id with x for its last digit"),
    MUST_NOT("{p}x{v}", SIM_MALFORMED, 0, SIM_UNSURE, "id with x for its first digit"),
    MUST_NOT("{p}-{i}", SIM_MALFORMED, 0, SIM_UNSURE, "id behind a minus sign"),
    MUST_NOT("", SIM_MALFORMED, 0, SIM_UNSURE | MOVED, "no id"),
    MUST_NOT("{p}0", SIM_MALFORMED, 0, SIM_UNSURE, "id 0"),
    MUST_NOT("iccid:", SIM_MALFORMED, 0, SIM_UNSURE, "iccid: without id"),
    MUST_NOT("iccid:iccid:{i}", SIM_MALFORMED, 0, SIM_UNSURE, "iccid: twice"),
    MUST_NOT("iccid:{j}x", SIM_MALFORMED, 0, SIM_UNSURE, "iccid: and x for the last digit"),
    MUST_NOT("imsi:{i}", SIM_MALFORMED, 0, SIM_UNSURE, "id behind imsi:"),
    MUST_NOT("{p}%EF%BC%98{v}", SIM_MALFORMED, 0, SIM_UNSURE, "id with a fullwidth digit"),
    MUST_NOT("{p}{i}0", SIM_NEIGHBOUR, 0, SIM_UNSURE, "id with 0 behind"),
    MUST_NOT("{p}0{i}", SIM_NEIGHBOUR, 0, SIM_UNSURE, "id with 0 in front"),
    MUST_NOT("{p}{j}", SIM_NEIGHBOUR, 0, SIM_UNSURE, "id without its last digit"),
    MUST_NOT("{p}{v}", SIM_NEIGHBOUR, 0, SIM_UNSURE, "id without its first digit"),
    MUST_NOT("{p}{k}", SIM_NEIGHBOUR, 0, SIM_UNSURE, "id plus 2^64"),
    MUST_NOT("iccid:{i}0", SIM_NEIGHBOUR, 0, SIM_UNSURE, "iccid: and id with 0 behind"),
    MUST_NOT("{p}{u}", SIM_NO_LUHN, 0, S404, "unknown id with a wrong Luhn digit"),
    MUST_NOT("{p}{i}%2Fbalances", SIM_ESCAPE, 0, ESCAPE_REFUSALS, "id with %2Fbalances behind"),
    MUST_NOT("{p}%253{i}", SIM_ESCAPE, 0, ESCAPE_REFUSALS, "id encoded twice"),
    MUST_NOT("{p}{i}%00", SIM_ESCAPE, 0, ESCAPE_REFUSALS, "id with %00 behind"),
    MUST_NOT("{p}{i}%00x", SIM_ESCAPE, 0, ESCAPE_REFUSALS, "id with %00x behind"),
    MUST_NOT("{p}..%2f{i}", SIM_ESCAPE, 0, ESCAPE_REFUSALS, "id behind ..%2f"),
    MUST_NOT("{p}{i}%3Flimit=1", SIM_ESCAPE, 0, ESCAPE_REFUSALS, "id with %3F behind"),
    MUST_NOT("{p}{i}%", SIM_ESCAPE, 0, ESCAPE_REFUSALS, "id with a lone percent sign behind"),
    MUST_NOT("{p}{j}%3", SIM_ESCAPE, 0, ESCAPE_REFUSALS, "id with a cut percent sequence"),
    MUST_NOT("{p}%GG{i}", SIM_ESCAPE, 0, ESCAPE_REFUSALS, "id behind %GG"),
};

static const struct spelling path_rows[] = {
    SERVED("{b}/sims/{s}/balances", PLAIN, 0, "plain path"),
    MAY("{b}/%73ims/{s}/balances", PATH_ENCODED, 0, S400 | S404, "path with %73ims"),
    MAY("{b}/sims/{s}/b%61lances", PATH_ENCODED, 0, S400 | S404, "path with b%61lances"),
    MAY("{b}/sims/{s}/balance%73", PATH_ENCODED, 0, S400 | S404, "path with balance%73"),
    MAY("{b}/sims/{s}/balances/", PATH_SLASH, 0, S404 | MOVED, "path with a slash behind"),
    MUST_NOT("{b}/sims/{s}/Balances", PATH_CASE, 0, S404 | MOVED, "path with Balances"),
    MUST_NOT("{b}/sims/{s}/BALANCES", PATH_CASE, 0, S404 | MOVED, "path with BALANCES"),
    MUST_NOT("{b}/SIMS/{s}/balances", PATH_CASE, 0, S404 | MOVED, "path with SIMS"),
    MUST_NOT("{b}/sims/{s}/balance", PATH_OTHER, 0, S404 | MOVED, "path with balance"),
    MUST_NOT("{b}/sims/{s}/balances2", PATH_OTHER, 0, S404 | MOVED, "path with balances2"),
    MUST_NOT("{b}/sims/{s}/xbalances", PATH_OTHER, 0, S404 | MOVED, "path with xbalances"),
    MUST_NOT("{b}/sim/{s}/balances", PATH_OTHER, 0, S404 | MOVED, "path with sim"),
    MUST_NOT("{b}/simss/{s}/balances", PATH_OTHER, 0, S404 | MOVED, "path with simss"),
    MUST_NOT("{b}/{s}/balances", PATH_OTHER, 0, S404 | MOVED, "path without sims"),
    MUST_NOT("{b}/sims/{s}/balances%00", PATH_OTHER, 0, S400 | S404, "path with balances%00"),
    MUST_NOT("{b}/sims", PATH_RESOURCE, 0, RESOURCE_REFUSALS, "path /sims"),
    MUST_NOT("{b}/sims/", PATH_RESOURCE, 0, RESOURCE_REFUSALS, "path /sims/"),
    MUST_NOT("{b}/sims/{s}", PATH_RESOURCE, 0, RESOURCE_REFUSALS, "path of the SIM"),
    MUST_NOT("{b}/sims/{s}/balances/1", PATH_RESOURCE, 0, RESOURCE_REFUSALS, "path of one balance"),
    MUST_NOT("{b}/sims/{s}/microbalance", PATH_RESOURCE, 0, RESOURCE_REFUSALS,
             "path of the microbalance"),
    MUST_NOT("{b}/orders", PATH_RESOURCE, 0, RESOURCE_REFUSALS, "path /orders"),
    MUST_NOT("{b}/", PATH_RESOURCE, 0, RESOURCE_REFUSALS, "path of the base"),
    MUST_NOT("/sims/{s}/balances", PATH_BASE, 0, S400 | S404 | MOVED, "path without the base"),
    MUST_NOT("{b}x/sims/{s}/balances", PATH_BASE, 0, S400 | S404 | MOVED, "path with another base"),
    MUST_NOT("{b}{b}/sims/{s}/balances", PATH_BASE, 0, S400 | S404 | MOVED,
             "path with the base twice"),
};

enum {
    KNOWN_REFUSALS = S403 | S404 | S405 | S411 | S501,
    UNKNOWN_REFUSALS = S400 | S403 | S404 | S405 | S501,
};

static const struct spelling method_rows[] = {
    SERVED("GET", PLAIN, 0, "method GET"),
    MAY("HEAD", METHOD_HEAD, 0, S405, "method HEAD"),
    MUST_NOT("POST", METHOD_KNOWN, 0, KNOWN_REFUSALS, "method POST"),
    MUST_NOT("PUT", METHOD_KNOWN, 0, KNOWN_REFUSALS, "method PUT"),
    MUST_NOT("DELETE", METHOD_KNOWN, 0, KNOWN_REFUSALS, "method DELETE"),
    MUST_NOT("PATCH", METHOD_KNOWN, 0, KNOWN_REFUSALS, "method PATCH"),
    MUST_NOT("FOO", METHOD_UNKNOWN, 0, UNKNOWN_REFUSALS, "method FOO"),
    MUST_NOT("GETT", METHOD_UNKNOWN, 0, UNKNOWN_REFUSALS, "method GETT"),
    MUST_NOT("get", METHOD_CASE, 0, UNKNOWN_REFUSALS, "method get"),
    MUST_NOT("Get", METHOD_CASE, 0, UNKNOWN_REFUSALS, "method Get"),
};

const struct axis_table spellings_path[] = {
    {"role", role_rows, ROW_COUNT(role_rows), 9},
    {"sim", sim_rows, ROW_COUNT(sim_rows), 2},
    {"path", path_rows, ROW_COUNT(path_rows), 1},
    {"method", method_rows, ROW_COUNT(method_rows), 1},
};

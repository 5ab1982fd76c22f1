// SPDX-License-Identifier: Apache-2.0
#include "props/unit/rule_rows.h"

#define NO_TIME "{\"type\":\"NONE\",\"dataRemainingInMB\":0}"
#define BAD(words) HEAD("400 Bad Request") words
#define NAMED BAD("{\"error\":\"FIELDSTEMPLATE\"}")
#define BROKEN HEAD("500 Oops") "{}"
#define PAYG_ID(id)                                                                             \
    "{\"type\":\"MODIRECTPAYG\",\"dataRemainingInMB\":5,\"timeRemaining\":\"P1D\",\"id\":\"" id \
    "\"}"

static const struct rule_row rules[] = {
    {"GB-FT-1", GRADE_PASS, LIST(PAYG "," ZERO), {AS(FIELDS, FIELDS_BASIC)}, NULL},
    {"GB-FT-1", GRADE_FAIL, LIST(PAYG "," NO_TIME), {AS(FIELDS, FIELDS_BASIC)}, NULL},
    {"GB-FT-1", GRADE_FAIL, LIST("{}"), {AS(FIELDS, FIELDS_BASIC)}, NULL},
    {"GB-FT-1", GRADE_FAIL, LIST("1"), {AS(FIELDS, FIELDS_BASIC)}, NULL},
    {"GB-FT-1", GRADE_NONE, LIST(""), {AS(FIELDS, FIELDS_BASIC)}, NULL},
    {"GB-FT-2", GRADE_PASS, LIST(PAYG_IN("\"US\"")), {AS(FIELDS, FIELDS_FULL)}, NULL},
    {"GB-FT-2", GRADE_FAIL, LIST(PAYG), {AS(FIELDS, FIELDS_FULL)}, NULL},
    {"GB-FT-2", GRADE_TOLERATED, LIST(ZERO), {AS(FIELDS, FIELDS_FULL)}, NULL},
    {"GB-FT-2", GRADE_PASS, LIST(PAYG_ID("1")), {AS(FIELDS, FIELDS_FULL)}, "current"},
    {"GB-FT-2", GRADE_FAIL, LIST(PAYG_IN("\"US\"")), {AS(FIELDS, FIELDS_FULL)}, "current"},
    {"GB-FT-3", GRADE_PASS, BAD("{}"), {AS(FIELDS, FIELDS_BAD)}, NULL},
    {"GB-FT-3", GRADE_FAIL, LIST(PAYG), {AS(FIELDS, FIELDS_BAD)}, NULL},
    {"GB-FT-3", GRADE_FAIL, BROKEN, {AS(FIELDS, FIELDS_BAD)}, NULL},
    {"GB-FT-3", GRADE_FAIL, NULL, {AS(FIELDS, FIELDS_BAD)}, NULL},
    {"GB-FT-3", GRADE_NONE, LIST(ASIDE), {AS(FIELDS, FIELDS_BAD), ROLE(N)}, NULL},
    {"GB-FT-3", GRADE_NONE, BROKEN, {AS(FIELDS, FIELDS_BAD), AS(LIMIT, LIMIT_BAD)}, NULL},
    {"GB-FT-4", GRADE_PASS, NAMED, {AS(FIELDS, FIELDS_BAD)}, NULL},
    {"GB-FT-4", GRADE_PASS, HEAD("400 No") "<p>fieldstemplate</p>", {AS(FIELDS, FIELDS_BAD)}, NULL},
    {"GB-FT-4", GRADE_FAIL, BAD("{}"), {AS(FIELDS, FIELDS_BAD)}, NULL},
    {"GB-FT-4", GRADE_FAIL, BAD(""), {AS(FIELDS, FIELDS_BAD)}, NULL},
    {"GB-FT-4", GRADE_NONE, LIST(PAYG), {AS(FIELDS, FIELDS_BAD)}, NULL},
    {"GB-FT-5", GRADE_PASS, LIST(PAYG), {AS(FIELDS, FIELDS_BASIC)}, NULL},
    {"GB-FT-5", GRADE_FAIL, NAMED, {AS(FIELDS, FIELDS_BASIC)}, NULL},
    {"GB-FT-5", GRADE_FAIL, NAMED, {ROW(FIELDS, 3)}, NULL},
    {"GB-FT-5", GRADE_NONE, HEAD("404 No"), {AS(FIELDS, FIELDS_BASIC)}, NULL},
    {"GB-FT-6", GRADE_PASS, LIST(PAYG), {AS(FIELDS, FIELDS_CASE)}, NULL},
    {"GB-FT-6", GRADE_PASS, NAMED, {AS(FIELDS, FIELDS_CASE)}, NULL},
    {"GB-FT-6", GRADE_FAIL, BROKEN, {AS(FIELDS, FIELDS_CASE)}, NULL},
    {"GB-FT-1",
     GRADE_NONE,
     LIST(NO_TIME),
     {AS(FIELDS, FIELDS_BASIC), AS(EXTRA, EXTRA_TWICE)},
     NULL},
    {"GB-FT-1", GRADE_NONE, LIST(NO_TIME), {{0}}, NULL},
    {"GB-FT-2", GRADE_NONE, LIST(PAYG), {AS(FIELDS, FIELDS_BASIC)}, NULL},
    {"GB-FT-2", GRADE_NONE, HEAD("500 No") "{\"balances\":[{}]}", {AS(FIELDS, FIELDS_FULL)}, NULL},
    {"GB-FT-3", GRADE_NONE, LIST(PAYG), {{0}}, NULL},
    {"GB-FT-4", GRADE_NONE, BAD(""), {AS(FIELDS, EMPTY)}, NULL},
    {"GB-FT-5", GRADE_TOLERATED, NAMED, {ROW(FIELDS, 3)}, "ft.case=exact-lower"},
    {"GB-FT-5", GRADE_TOLERATED, NAMED, {ROW(FIELDS, 4)}, "ft.case=exact-lower"},
    {"GB-FT-5", GRADE_FAIL, NAMED, {ROW(FIELDS, 1)}, "ft.case=exact-lower"},
    {"GB-FT-5", GRADE_NONE, NAMED, {{0}}, NULL},
    {"GB-FT-5", GRADE_NONE, NAMED, {AS(FIELDS, FIELDS_FULL), AS(ORDER, ORDER_OTHER)}, NULL},
    {"GB-FT-5", GRADE_NONE, NAMED, {AS(FIELDS, FIELDS_FULL), AS(LOCATION, LOCATION_GOOD)}, "field"},
    {"GB-FT-6", GRADE_FAIL, NAMED, {AS(FIELDS, FIELDS_CASE)}, "ft.case=ci"},
    {"GB-FT-6", GRADE_FAIL, LIST(PAYG), {AS(FIELDS, FIELDS_CASE)}, "ft.case=exact-lower"},
    {"GB-FT-6", GRADE_PASS, NAMED, {AS(FIELDS, FIELDS_CASE)}, "ft.case=exact-lower"},
    {"GB-FT-6", GRADE_NONE, BROKEN, {{0}}, NULL},
    {"GB-FT-7", GRADE_NONE, NAMED, {AS(FIELDS, FIELDS_FULL)}, NULL},
    {"GB-FT-7", GRADE_NONE, NAMED, {AS(SIM, SIM_SCHEME)}, NULL},
    {"GB-FT-7", GRADE_NONE, NAMED, {AS(LOCATION, LOCATION_GOOD)}, "field"},
    {"GB-FT-7", GRADE_PASS, LIST(""), {AS(LIMIT, LIMIT_GOOD)}, NULL},
    {"GB-FT-7", GRADE_PASS, HEAD("200 OK") "{}", {{0}}, NULL},
    {"GB-FT-8", GRADE_NONE, BROKEN, {{0}}, NULL},
    {"GB-FT-9", GRADE_FAIL, NAMED, {AS(EXTRA, EXTRA_MISSPELT)}, "query.unknown=ignore"},
    {"GB-FT-9", GRADE_NONE, BROKEN, {{0}}, NULL},
    {"GB-FT-9",
     GRADE_NONE,
     HEAD("404 No"),
     {AS(EXTRA, EXTRA_MISSPELT), AS(SIM, SIM_ENCODED)},
     NULL},
    {"GB-FT-7", GRADE_PASS, LIST(PAYG), {{0}}, NULL},
    {"GB-FT-7", GRADE_PASS, LIST(PAYG), {AS(LIMIT, LIMIT_GOOD)}, NULL},
    {"GB-FT-7", GRADE_FAIL, LIST(NO_TIME), {{0}}, NULL},
    {"GB-FT-7", GRADE_FAIL, NAMED, {{0}}, NULL},
    {"GB-FT-7", GRADE_NONE, HEAD("403 No"), {{0}}, NULL},
    {"GB-FT-8", GRADE_PASS, NAMED, {AS(FIELDS, EMPTY)}, NULL},
    {"GB-FT-8", GRADE_TOLERATED, LIST(PAYG), {AS(FIELDS, EMPTY)}, NULL},
    {"GB-FT-8", GRADE_FAIL, LIST(PAYG), {AS(FIELDS, EMPTY)}, "seed-literal"},
    {"GB-FT-8", GRADE_FAIL, LIST("{}"), {AS(FIELDS, EMPTY)}, NULL},
    {"GB-FT-8", GRADE_FAIL, BROKEN, {AS(FIELDS, EMPTY)}, NULL},
    {"GB-FT-9", GRADE_PASS, LIST(PAYG), {AS(EXTRA, EXTRA_MISSPELT)}, NULL},
    {"GB-FT-9", GRADE_TOLERATED, NAMED, {AS(EXTRA, EXTRA_MISSPELT)}, NULL},
    {"GB-FT-9", GRADE_FAIL, BROKEN, {AS(EXTRA, EXTRA_MISSPELT)}, NULL},
};

static const struct program_row programs[] = {
    {"GB-FT-5", GRADE_PASS, "01", {LIST(PAYG), LIST(PAYG)}, NULL, false},
    {"GB-FT-5", GRADE_FAIL, "01", {LIST(PAYG), LIST(PAYG_OTHER)}, NULL, false},
    {"GB-FT-5", GRADE_SKIP, "", {LIST(PAYG)}, NULL, true},
    {"GB-FT-6", GRADE_PASS, "", {LIST(PAYG), LIST(PAYG)}, NULL, false},
    {"GB-FT-6", GRADE_FAIL, "02", {LIST(PAYG), LIST(PAYG_IN("\"US\""))}, NULL, false},
    {"GB-FT-6", GRADE_NONE, "02", {LIST(PAYG), NAMED}, NULL, false},
    {"GB-FT-9", GRADE_PASS, "", {LIST(PAYG), LIST(PAYG)}, NULL, false},
    {"GB-FT-9", GRADE_FAIL, "", {LIST(PAYG), LIST(PAYG_IN("\"US\""))}, NULL, false},
    {"GB-FT-10", GRADE_PASS, "", {LIST(PAYG), LIST(PAYG_IN("\"US\""))}, NULL, false},
    {"GB-FT-10", GRADE_NONE, "", {LIST(PAYG), NAMED}, NULL, false},
    {"GB-FT-10", GRADE_NONE, "", {NAMED, LIST(PAYG)}, NULL, false},
    {"GB-FT-10", GRADE_FAIL, "", {LIST(PAYG), LIST(PAYG_OTHER)}, NULL, false},
    {"GB-FT-10", GRADE_FAIL, "", {LIST(PAYG_ID("1")), LIST(PAYG_ID("2"))}, NULL, false},
    {"GB-FT-10", GRADE_FAIL, "", {LIST(PAYG "," ZERO), LIST(ZERO "," PAYG)}, NULL, false},
};

int main(void)
{
    check_family(&fields_family, rules, COUNT(rules), programs, COUNT(programs));
    return unit_end();
}

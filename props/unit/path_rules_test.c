// SPDX-License-Identifier: Apache-2.0
#include "props/unit/rule_rows.h"

#define NOT_FOUND HEAD("404 Not Found") "{}"
#define BAD HEAD("400 Bad Request") "{}"
#define BROKEN HEAD("500 Oops") "{}"
#define MOVED "HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n"
#define EMPTY LIST("")

static const struct rule_row rules[] = {
    {"GB-PATH-1", GRADE_PASS, LIST(PAYG), {{0}}, NULL},
    {"GB-PATH-1", GRADE_FAIL, NOT_FOUND, {{0}}, NULL},
    {"GB-PATH-1", GRADE_FAIL, NULL, {{0}}, NULL},
    {"GB-PATH-1", GRADE_FAIL, "no HTTP", {{0}}, NULL},
    {"GB-PATH-1", GRADE_FAIL, HEAD("401 No") "{}", {{0}}, NULL},
    {"GB-PATH-1", GRADE_FAIL, HEAD("403 No") "{}", {{0}}, NULL},
    {"GB-PATH-1", GRADE_NONE, HEAD("429 Slow") "{}", {{0}}, NULL},
    {"GB-PATH-1", GRADE_TOLERATED, HEAD("503 Busy"), {{0}}, NULL},
    {"GB-PATH-1", GRADE_TOLERATED, HEAD("504 Late"), {{0}}, NULL},
    {"GB-PATH-1", GRADE_FAIL, HEAD("502 Bad Gateway"), {{0}}, NULL},
    {"GB-PATH-1", GRADE_FAIL, HEAD("200 OK") "[{\"balances\":[]}]", {{0}}, NULL},
    {"GB-PATH-1", GRADE_FAIL, HEAD("200 OK") "<html>", {{0}}, NULL},
    {"GB-PATH-1", GRADE_NONE, NOT_FOUND, {ROLE(U)}, NULL},
    {"GB-PATH-1", GRADE_NONE, BAD, {AS(LOCATION, LOCATION_GOOD)}, "field"},
    {"GB-PATH-1", GRADE_FAIL, BAD, {AS(LOCATION, LOCATION_GOOD)}, NULL},
    {"GB-PATH-2", GRADE_PASS, LIST(PAYG), {{0}}, NULL},
    {"GB-PATH-2", GRADE_FAIL, NOT_FOUND, {{0}}, NULL},
    {"GB-PATH-2", GRADE_PASS, NOT_FOUND, {AS(PATH, PATH_BASE)}, NULL},
    {"GB-PATH-2", GRADE_FAIL, LIST(PAYG), {AS(PATH, PATH_BASE)}, NULL},
    {"GB-PATH-3", GRADE_PASS, LIST(PAYG), {AS(SIM, SIM_OTHER)}, NULL},
    {"GB-PATH-3", GRADE_FAIL, NOT_FOUND, {AS(SIM, SIM_OTHER)}, NULL},
    {"GB-PATH-3", GRADE_PASS, NOT_FOUND, {AS(SIM, SIM_OTHER)}, "path.form=bare"},
    {"GB-PATH-3", GRADE_FAIL, LIST(PAYG), {AS(SIM, SIM_OTHER)}, "path.form=bare"},
    {"GB-PATH-3", GRADE_PASS, LIST(PAYG), {AS(SIM, SIM_OTHER)}, "path.form=iccid"},
    {"GB-PATH-3", GRADE_PASS, NOT_FOUND, {{0}}, "path.form=iccid"},
    {"GB-PATH-3", GRADE_FAIL, LIST(PAYG), {{0}}, "path.form=iccid"},
    {"GB-PATH-1", GRADE_PASS, NOT_FOUND, {{0}}, "path.form=iccid"},
    {"GB-PATH-1", GRADE_FAIL, NOT_FOUND, {{0}}, "path.form=bare"},
    {"GB-PATH-3", GRADE_NONE, HEAD("429 Slow"), {AS(SIM, SIM_OTHER)}, NULL},
    {"GB-PATH-4", GRADE_PASS, LIST(PAYG), {AS(SIM, SIM_BLANK)}, NULL},
    {"GB-PATH-4", GRADE_PASS, BAD, {AS(SIM, SIM_BLANK)}, NULL},
    {"GB-PATH-4", GRADE_FAIL, BROKEN, {AS(SIM, SIM_BLANK)}, NULL},
    {"GB-PATH-4", GRADE_FAIL, LIST(PAYG), {AS(SIM, SIM_BLANK)}, "path.blank=reject"},
    {"GB-PATH-4", GRADE_PASS, LIST(PAYG), {ROW(SIM, 3)}, "path.blank=reject"},
    {"GB-PATH-4", GRADE_PASS, NOT_FOUND, {ROW(SIM, 3)}, "path.blank=accept"},
    {"GB-PATH-4", GRADE_FAIL, LIST(PAYG), {ROW(SIM, 5)}, "path.blank=reject"},
    {"GB-PATH-4", GRADE_PASS, NOT_FOUND, {ROW(SIM, 5)}, "path.blank=accept"},
    {"GB-PATH-4", GRADE_FAIL, BAD, {AS(SIM, SIM_BLANK)}, "path.blank=accept"},
    {"GB-PATH-4", GRADE_FAIL, NOT_FOUND, {AS(SIM, SIM_BLANK)}, "path.blank=accept"},
    {"GB-PATH-4", GRADE_NONE, HEAD("401 No"), {AS(SIM, SIM_BLANK)}, NULL},
    {"GB-PATH-4", GRADE_NONE, BROKEN, {{0}}, NULL},
    {"GB-PATH-3", GRADE_NONE, BROKEN, {{0}}, NULL},
    {"GB-PATH-3", GRADE_NONE, BAD, {AS(SIM, SIM_OTHER), AS(LIMIT, LIMIT_BAD)}, NULL},
    {"GB-PATH-3", GRADE_NONE, BAD, {AS(SIM, SIM_OTHER), AS(LOCATION, LOCATION_GOOD)}, "field"},
    {"GB-PATH-6", GRADE_TOLERATED, MOVED, {ROW(SIM, 17)}, NULL},
    {"GB-PATH-8", GRADE_FAIL, LIST(PAYG), {AS(SIM, SIM_FILLER)}, "iccid.filler=404"},
    {"GB-PATH-8", GRADE_FAIL, NOT_FOUND, {AS(SIM, SIM_FILLER)}, "iccid.filler=strip"},
    {"GB-PATH-8", GRADE_PASS, NOT_FOUND, {AS(SIM, SIM_FILLER), ROLE(U)}, "iccid.filler=strip"},
    {"GB-PATH-8", GRADE_PASS, LIST(PAYG), {AS(SIM, SIM_FILLER)}, "iccid.filler=strip"},
    {"GB-PATH-2", GRADE_NONE, BROKEN, {{0}}, NULL},
    {"GB-PATH-2", GRADE_NONE, NULL, {AS(PATH, PATH_BASE)}, NULL},
    {"GB-PATH-11", GRADE_NONE, BROKEN, {AS(PATH, PATH_ENCODED), AS(SIM, SIM_OTHER)}, NULL},
    {"GB-PATH-12", GRADE_FAIL, LIST(""), {AS(PATH, PATH_RESOURCE)}, NULL},
    {"GB-PATH-12", GRADE_FAIL, HEAD("200 OK") PAYG, {AS(PATH, PATH_RESOURCE)}, NULL},
    {"GB-PATH-12", GRADE_NONE, LIST(PAYG), {{0}}, NULL},
    {"GB-PATH-5", GRADE_PASS, NOT_FOUND, {ROLE(U)}, NULL},
    {"GB-PATH-5", GRADE_PASS, "HTTP/1.1 404 No\r\n\r\n", {ROLE(U)}, NULL},
    {"GB-PATH-5", GRADE_INFO, "HTTP/1.1 404 No\r\n\r\n<html>", {ROLE(U)}, NULL},
    {"GB-PATH-5", GRADE_FAIL, EMPTY, {ROLE(U)}, NULL},
    {"GB-PATH-5", GRADE_FAIL, BAD, {ROLE(U), AS(LIMIT, LIMIT_GOOD)}, NULL},
    {"GB-PATH-5", GRADE_NONE, BAD, {ROLE(U), AS(LIMIT, LIMIT_BAD)}, NULL},
    {"GB-PATH-6", GRADE_PASS, NOT_FOUND, {AS(SIM, SIM_MALFORMED)}, NULL},
    {"GB-PATH-6", GRADE_TOLERATED, BAD, {AS(SIM, SIM_MALFORMED)}, NULL},
    {"GB-PATH-6", GRADE_FAIL, BAD, {AS(SIM, SIM_MALFORMED)}, "seed-literal"},
    {"GB-PATH-6", GRADE_FAIL, LIST(PAYG), {AS(SIM, SIM_MALFORMED)}, NULL},
    {"GB-PATH-6", GRADE_FAIL, BROKEN, {AS(SIM, SIM_MALFORMED)}, NULL},
    {"GB-PATH-6", GRADE_FAIL, MOVED, {AS(SIM, SIM_MALFORMED)}, NULL},
    {"GB-PATH-7", GRADE_PASS, NOT_FOUND, {AS(SIM, SIM_NEIGHBOUR)}, NULL},
    {"GB-PATH-7", GRADE_PASS, NOT_FOUND, {AS(SIM, SIM_NEIGHBOUR), ROLE(U)}, NULL},
    {"GB-PATH-7", GRADE_TOLERATED, BAD, {AS(SIM, SIM_NEIGHBOUR)}, NULL},
    {"GB-PATH-7", GRADE_FAIL, LIST(PAYG), {AS(SIM, SIM_NEIGHBOUR)}, NULL},
    {"GB-PATH-8", GRADE_PASS, NOT_FOUND, {AS(SIM, SIM_FILLER)}, NULL},
    {"GB-PATH-8", GRADE_PASS, LIST(PAYG), {AS(SIM, SIM_FILLER)}, NULL},
    {"GB-PATH-8", GRADE_FAIL, LIST(PAYG), {AS(SIM, SIM_FILLER), ROLE(U)}, NULL},
    {"GB-PATH-8", GRADE_FAIL, BROKEN, {AS(SIM, SIM_FILLER)}, NULL},
    {"GB-PATH-9", GRADE_PASS, NOT_FOUND, {AS(SIM, SIM_NO_LUHN)}, NULL},
    {"GB-PATH-9", GRADE_FAIL, BAD, {AS(SIM, SIM_NO_LUHN)}, NULL},
    {"GB-PATH-9", GRADE_PASS, LIST(ZERO), {ROLE(Z)}, NULL},
    {"GB-PATH-9", GRADE_FAIL, BAD, {ROLE(Z)}, NULL},
    {"GB-PATH-9", GRADE_NONE, BAD, {ROLE(A)}, NULL},
    {"GB-PATH-10", GRADE_PASS, NOT_FOUND, {AS(SIM, SIM_ESCAPE)}, NULL},
    {"GB-PATH-10", GRADE_PASS, BAD, {AS(SIM, SIM_ESCAPE)}, NULL},
    {"GB-PATH-10", GRADE_TOLERATED, MOVED, {AS(SIM, SIM_ESCAPE)}, NULL},
    {"GB-PATH-10", GRADE_FAIL, LIST(PAYG), {AS(SIM, SIM_ESCAPE)}, NULL},
    {"GB-PATH-10", GRADE_FAIL, BROKEN, {AS(SIM, SIM_ESCAPE)}, NULL},
    {"GB-PATH-11", GRADE_PASS, LIST(PAYG), {AS(SIM, SIM_ENCODED)}, NULL},
    {"GB-PATH-11", GRADE_PASS, LIST(PAYG), {AS(PATH, PATH_ENCODED)}, NULL},
    {"GB-PATH-11", GRADE_TOLERATED, NOT_FOUND, {AS(PATH, PATH_ENCODED)}, NULL},
    {"GB-PATH-11", GRADE_FAIL, BROKEN, {AS(PATH, PATH_ENCODED)}, NULL},
    {"GB-PATH-12", GRADE_PASS, NOT_FOUND, {AS(PATH, PATH_RESOURCE)}, NULL},
    {"GB-PATH-12", GRADE_PASS, HEAD("501 No"), {AS(PATH, PATH_RESOURCE)}, NULL},
    {"GB-PATH-12", GRADE_INFO, HEAD("200 OK") "hello", {AS(PATH, PATH_RESOURCE)}, NULL},
    {"GB-PATH-12", GRADE_FAIL, BROKEN, {AS(PATH, PATH_RESOURCE)}, NULL},
    {"GB-PATH-12", GRADE_FAIL, NULL, {AS(PATH, PATH_RESOURCE)}, NULL},
    {"GB-PATH-12",
     GRADE_FAIL,
     HEAD("200 OK") "8988247000100003555",
     {AS(PATH, PATH_RESOURCE)},
     NULL},
    {"GB-PATH-13", GRADE_PASS, NOT_FOUND, {AS(PATH, PATH_OTHER)}, NULL},
    {"GB-PATH-13", GRADE_PASS, NOT_FOUND, {AS(PATH, PATH_CASE)}, NULL},
    {"GB-PATH-13", GRADE_FAIL, LIST(PAYG), {AS(PATH, PATH_CASE)}, NULL},
    {"GB-PATH-13", GRADE_TOLERATED, LIST(PAYG), {AS(PATH, PATH_CASE)}, "field"},
    {"GB-PATH-13", GRADE_FAIL, LIST(PAYG), {AS(PATH, PATH_OTHER)}, "field"},
    {"GB-PATH-13", GRADE_TOLERATED, LIST(PAYG), {AS(PATH, PATH_SLASH)}, NULL},
    {"GB-PATH-13", GRADE_TOLERATED, MOVED, {AS(PATH, PATH_SLASH)}, NULL},
};

static const struct program_row programs[] = {
    {"GB-PATH-3", GRADE_PASS, "", {LIST(PAYG), LIST(PAYG)}, NULL, false},
    {"GB-PATH-3", GRADE_FAIL, "", {LIST(PAYG), LIST(PAYG_OTHER)}, NULL, false},
    {"GB-PATH-3", GRADE_NONE, "", {LIST(PAYG), NOT_FOUND}, NULL, false},
    {"GB-PATH-3", GRADE_NONE, "", {NOT_FOUND, LIST(PAYG)}, NULL, false},
    {"GB-PATH-3", GRADE_SKIP, "", {LIST(PAYG)}, NULL, true},
    {"GB-PATH-4", GRADE_PASS, "3", {LIST(ZERO), LIST(ZERO)}, NULL, false},
    {"GB-PATH-4", GRADE_FAIL, "31", {LIST(ZERO), LIST(PAYG)}, NULL, false},
    {"GB-PATH-8", GRADE_PASS, "", {LIST(PAYG), LIST(PAYG)}, NULL, false},
    {"GB-PATH-8", GRADE_FAIL, "01", {LIST(PAYG), LIST(PAYG ", " PAYG)}, NULL, false},
    {"GB-PATH-11", GRADE_PASS, "", {LIST(PAYG), LIST(PAYG)}, NULL, false},
    {"GB-PATH-11", GRADE_FAIL, "002", {LIST(PAYG), LIST("")}, NULL, false},
    {"GB-PATH-11", GRADE_PASS, "1", {LIST(PAYG), LIST(PAYG)}, NULL, false},
    {"GB-PATH-11", GRADE_FAIL, "102", {LIST(PAYG), HEAD("200 OK") "{}"}, NULL, false},
};

// Where plain ids stand behind iccid:, the other form is the bare one.
static const struct rule_row scheme_rules[] = {
    {"GB-PATH-1", GRADE_PASS, LIST(PAYG), {{0}}, "path.form=iccid"},
    {"GB-PATH-1", GRADE_FAIL, NOT_FOUND, {{0}}, "path.form=iccid"},
    {"GB-PATH-1", GRADE_FAIL, NOT_FOUND, {{0}}, NULL},
    {"GB-PATH-1", GRADE_PASS, NOT_FOUND, {{0}}, "path.form=bare"},
    {"GB-PATH-3", GRADE_PASS, LIST(PAYG), {{0}}, "path.form=iccid"},
    {"GB-PATH-3", GRADE_FAIL, NOT_FOUND, {{0}}, "path.form=iccid"},
    {"GB-PATH-3", GRADE_NONE, BROKEN, {{0}}, "path.form=iccid"},
    {"GB-PATH-3", GRADE_FAIL, LIST(PAYG), {AS(SIM, SIM_OTHER)}, "path.form=iccid"},
    {"GB-PATH-3", GRADE_PASS, NOT_FOUND, {AS(SIM, SIM_OTHER)}, "path.form=iccid"},
    {"GB-PATH-3", GRADE_FAIL, NOT_FOUND, {AS(SIM, SIM_OTHER)}, NULL},
    {"GB-PATH-3", GRADE_PASS, LIST(PAYG), {AS(SIM, SIM_OTHER)}, NULL},
    {"GB-PATH-3", GRADE_FAIL, LIST(PAYG), {{0}}, "path.form=bare"},
    {"GB-PATH-3", GRADE_PASS, LIST(PAYG), {AS(SIM, SIM_OTHER)}, "path.form=bare"},
    {"GB-PATH-7", GRADE_PASS, NOT_FOUND, {AS(SIM, SIM_NEIGHBOUR)}, "path.form=iccid"},
};

static void check_scheme(void)
{
    struct fixture fixture;
    rule_fixture(&fixture, false);
    fixture.sim_prefix = FIXTURE_SIM_SCHEME;
    check_rules_of(&path_family, scheme_rules, COUNT(scheme_rules), &fixture);
}

int main(void)
{
    check_scheme();
    check_family(&path_family, rules, COUNT(rules), programs, COUNT(programs));
    return unit_end();
}

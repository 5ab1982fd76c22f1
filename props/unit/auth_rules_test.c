// SPDX-License-Identifier: Apache-2.0
#include "props/unit/judged.h"

#define ASKED "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"mo\"\r\n"
#define AUTH(which) .wishes = {{AXIS_AUTH, SENSE_##which}}
#define BASIC .has_basic = true

static const struct judged_row rows[] = {
    {ROW("GB-AUTH-1", PASS), JSON, LIST(PAYG)},
    {ROW("GB-AUTH-1", PASS), JSON, LIST(PAYG), AUTH(ABSENT)},
    {ROW("GB-AUTH-1", PASS), JSON, LIST(PAYG), AUTH(AUTH_WRONG)},
    {ROW("GB-AUTH-1", PASS), JSON, LIST(PAYG), BASIC},
    {ROW("GB-AUTH-1", PASS), JSON, LIST(PAYG), BASIC, AUTH(AUTH_RIGHT)},
    {ROW("GB-AUTH-1", PASS), ASKED, "", BASIC, AUTH(ABSENT)},
    {ROW("GB-AUTH-1", TOLERATED), "403 Forbidden\r\n", "", BASIC, AUTH(ABSENT)},
    {ROW("GB-AUTH-1", TOLERATED), "400 Bad Request\r\n", "", AUTH(AUTH_SYNTAX)},
    {ROW("GB-AUTH-1", FAIL), ASKED, ""},
    {ROW("GB-AUTH-1", FAIL), ASKED, "", AUTH(ABSENT)},
    {ROW("GB-AUTH-1", FAIL), ASKED, "", AUTH(AUTH_SYNTAX)},
    {ROW("GB-AUTH-1", FAIL), "403 Forbidden\r\n", "", AUTH(AUTH_WRONG)},
    {ROW("GB-AUTH-1", FAIL), JSON, LIST(PAYG), BASIC, AUTH(ABSENT)},
    {ROW("GB-AUTH-1", FAIL), ASKED, "", BASIC},
    {ROW("GB-AUTH-1", NONE), "403 Forbidden\r\n", ""},
    {ROW("GB-AUTH-1", NONE), "404 Not Found\r\n", "", AUTH(AUTH_WRONG)},
    {ROW("GB-AUTH-1", NONE), "500 Oops\r\n", "", BASIC},
    {ROW("GB-AUTH-1", NONE), ASKED, "", BASIC, AUTH(AUTH_WRONG)},
    {ROW("GB-AUTH-1", NONE), ASKED, "", .raw = "x"},
    {ROW("GB-AUTH-1", NONE), "400 Bad Request\r\n", "", AUTH(AUTH_WRONG)},
    {ROW("GB-AUTH-1", NONE), ASKED, "", .role = ROLE_U, AUTH(AUTH_WRONG)},
    {ROW("GB-AUTH-2", PASS), ASKED, "", BASIC, AUTH(AUTH_WRONG)},
    {ROW("GB-AUTH-2", PASS), ASKED, "", BASIC, AUTH(AUTH_SCHEME)},
    {ROW("GB-AUTH-2", PASS), ASKED, "", BASIC, AUTH(AUTH_SYNTAX)},
    {ROW("GB-AUTH-2", TOLERATED), "400 Bad Request\r\n", "", BASIC, AUTH(AUTH_SYNTAX)},
    {ROW("GB-AUTH-2", FAIL), "400 Bad Request\r\n", "", BASIC, AUTH(AUTH_WRONG)},
    {ROW("GB-AUTH-2", FAIL), JSON, LIST(PAYG), BASIC, AUTH(AUTH_SCHEME)},
    {ROW("GB-AUTH-2", FAIL), JSON, LIST(PAYG), BASIC,
     .wishes = {{AXIS_AUTH, SENSE_AUTH_SYNTAX}, {AXIS_LIMIT, SENSE_LIMIT_BAD}}},
    {ROW("GB-AUTH-2", FAIL), "403 Forbidden\r\n", "", BASIC, AUTH(AUTH_WRONG)},
    {ROW("GB-AUTH-2", FAIL), "500 Oops\r\n", "", BASIC, AUTH(AUTH_SYNTAX)},
    {ROW("GB-AUTH-2", NONE), "400 Bad Request\r\n", "", BASIC,
     .wishes = {{AXIS_AUTH, SENSE_AUTH_WRONG}, {AXIS_LIMIT, SENSE_LIMIT_BAD}}},
    {ROW("GB-AUTH-2", NONE), "429 Slow\r\n", "", BASIC, AUTH(AUTH_WRONG)},
    {ROW("GB-AUTH-2", NONE), JSON, LIST(PAYG), AUTH(AUTH_WRONG)},
    {ROW("GB-AUTH-2", NONE), ASKED, "", BASIC, AUTH(ABSENT)},
    {ROW("GB-AUTH-3", PASS), ASKED, "", BASIC, AUTH(ABSENT)},
    {ROW("GB-AUTH-3", PASS), "401 No\r\nwww-authenticate:Negotiate\r\n", "", .raw = "x"},
    {ROW("GB-AUTH-3", FAIL), "401 No\r\n", "", BASIC, AUTH(ABSENT)},
    {ROW("GB-AUTH-3", FAIL), "401 No\r\nWWW-Authenticate:\r\n", "", BASIC, .raw = "x"},
    {ROW("GB-AUTH-3", FAIL), "401 No\r\nWWW-Authenticate: =\r\n", "", BASIC},
    {ROW("GB-AUTH-3", TOLERATED), "401 No\r\n", ""},
    {ROW("GB-AUTH-3", TOLERATED), "401 No\r\n", "", BASIC, .profile = "field"},
    {ROW("GB-AUTH-3", NONE), "403 No\r\n", "", BASIC},
    {ROW("GB-AUTH-4", PASS), JSON, LIST(PAYG), BASIC, AUTH(AUTH_CASE)},
    {ROW("GB-AUTH-4", PASS), JSON, LIST(PAYG), BASIC},
    {ROW("GB-AUTH-4", PASS), ASKED, "", BASIC, AUTH(AUTH_WRONG)},
    {ROW("GB-AUTH-4", FAIL), ASKED, "", BASIC, AUTH(AUTH_CASE)},
    {ROW("GB-AUTH-4", FAIL), ASKED, "", BASIC, AUTH(AUTH_RIGHT)},
    {ROW("GB-AUTH-4", FAIL), JSON, LIST(PAYG), BASIC, AUTH(AUTH_WRONG)},
    {ROW("GB-AUTH-4", NONE), "500 Oops\r\n", "", BASIC, AUTH(AUTH_CASE)},
    {ROW("GB-AUTH-4", NONE), "500 Oops\r\n", "", BASIC, AUTH(AUTH_WRONG)},
    {ROW("GB-AUTH-4", NONE), ASKED, "", BASIC, AUTH(AUTH_SCHEME)},
    {ROW("GB-AUTH-4", NONE), JSON, LIST(PAYG), AUTH(AUTH_CASE)},
    {ROW("GB-AUTH-5", PASS), ASKED, "", .role = ROLE_U, BASIC, AUTH(AUTH_WRONG)},
    {ROW("GB-AUTH-5", PASS), "403 Forbidden\r\n", "", BASIC, AUTH(AUTH_WRONG)},
    {ROW("GB-AUTH-5", FAIL), "404 Not Found\r\n", "", .role = ROLE_U, BASIC, AUTH(AUTH_WRONG)},
    {ROW("GB-AUTH-5", NONE), "404 Not Found\r\n", "", BASIC,
     .wishes = {{AXIS_AUTH, SENSE_AUTH_WRONG}, {AXIS_LINE, SENSE_LINE_BLANK}}},
    {ROW("GB-AUTH-5", FAIL), JSON, LIST(PAYG), BASIC, AUTH(AUTH_SYNTAX)},
    {ROW("GB-AUTH-5", NONE), "404 Not Found\r\n", "", BASIC,
     .wishes = {{AXIS_AUTH, SENSE_AUTH_WRONG}, {AXIS_PATH, SENSE_PATH_RESOURCE}}},
    {ROW("GB-AUTH-5", NONE), "404 Not Found\r\n", "", BASIC,
     .wishes = {{AXIS_AUTH, SENSE_AUTH_WRONG}, {AXIS_SIM, SENSE_SIM_MALFORMED}}},
    {ROW("GB-AUTH-5", NONE), "400 Bad Request\r\n", "", BASIC, AUTH(AUTH_WRONG)},
    {ROW("GB-AUTH-5", NONE), "404 Not Found\r\n", "", .role = ROLE_U, AUTH(AUTH_WRONG)},
};

#define ANSWER(body) LINE(JSON, body)
#define WRONG "\0\6" // of AXIS_AUTH: the row behind that without credentials

static const struct script scripts[] = {
    {ROW("GB-AUTH-1", PASS), TAPE("\0\7"), {ANSWER(LIST(PAYG))}},
    {ROW("GB-AUTH-1", FAIL), TAPE("\0\7"), {ANSWER(LIST(PAYG)), ANSWER(LIST(NONE))}},
    {ROW("GB-AUTH-1", PASS), TAPE("\0\1"), {ANSWER(LIST(PAYG))}, BASIC},
    {ROW("GB-AUTH-1", NONE), TAPE(WRONG), {ANSWER(LIST(PAYG))}, BASIC},
    {ROW("GB-AUTH-2", PASS), TAPE("\0\1"), {ANSWER(LIST(PAYG)), LINE(ASKED, "")}, BASIC},
    {ROW("GB-AUTH-2", FAIL), TAPE("\0\1"), {ANSWER(LIST(PAYG))}, BASIC},
    {ROW("GB-AUTH-2", PASS), TAPE("\0\1\1"), {LINE(ASKED, ""), ANSWER(LIST(PAYG))}, BASIC},
    {ROW("GB-AUTH-2", FAIL), TAPE("\0\1\1"), {LINE(ASKED, "")}, BASIC},
    {ROW("GB-AUTH-2", NONE), TAPE("\0\1\1"), {ANSWER(LIST(PAYG))}, BASIC},
    {ROW("GB-AUTH-2", NONE), TAPE("\0\1"), {ANSWER(LIST(PAYG)), LINE("429 Slow\r\n", "")}, BASIC},
    {ROW("GB-AUTH-2", SKIP), TAPE(""), {ANSWER(LIST(PAYG))}},
    {ROW("GB-AUTH-4", PASS), TAPE(""), {LINE(ASKED, "")}, BASIC},
    {ROW("GB-AUTH-4", FAIL), TAPE(""), {ANSWER(LIST(PAYG))}, BASIC},
    {ROW("GB-AUTH-4", FAIL), TAPE("\0\2"), {ANSWER(LIST(PAYG))}, BASIC},
    {ROW("GB-AUTH-4", FAIL), TAPE("\0\3"), {ANSWER(LIST(PAYG))}, BASIC},
    {ROW("GB-AUTH-4", FAIL), TAPE("\0\4"), {ANSWER(LIST(PAYG))}, BASIC},
    {ROW("GB-AUTH-4", NONE), TAPE("\0\4"), {LINE("400 Bad Request\r\n", "")}, BASIC},
    {ROW("GB-AUTH-4", SKIP), TAPE(""), {ANSWER(LIST(PAYG))}},
    {ROW("GB-AUTH-5", PASS), TAPE(WRONG), {LINE(ASKED, "no")}, BASIC},
    {ROW("GB-AUTH-5", TOLERATED),
     TAPE(WRONG),
     {LINE(ASKED, "no, request 12af"), LINE(ASKED, "no, request 7")},
     BASIC},
    {ROW("GB-AUTH-5", TOLERATED),
     TAPE(WRONG),
     {LINE(ASKED, "at 2026-11-22T00:25:16.7Z, no"), LINE(ASKED, "at 12+0:1, no")},
     BASIC},
    {ROW("GB-AUTH-5", FAIL), TAPE(WRONG), {LINE(ASKED, "no"), LINE(ASKED, "no SIM")}, BASIC},
    {ROW("GB-AUTH-5", NONE), TAPE(WRONG), {LINE(ASKED, "no"), ""}, BASIC},
    {ROW("GB-AUTH-5", FAIL),
     TAPE(WRONG),
     {LINE(ASKED, "wrong password"), LINE(ASKED, "no such SIM")},
     BASIC},
    {ROW("GB-AUTH-5", FAIL), TAPE(WRONG), {LINE(ASKED, ""), LINE("404 Not Found\r\n", "")}, BASIC},
    {ROW("GB-AUTH-5", NONE), TAPE(WRONG), {LINE(ASKED, ""), LINE("503 Busy\r\n", "")}, BASIC},
    {ROW("GB-AUTH-5", NONE), TAPE("\0\0"), {LINE(ASKED, "")}, BASIC},
    {ROW("GB-AUTH-5", SKIP), TAPE(""), {LINE(ASKED, "")}},
};

static void check_readings(void)
{
    struct profile profile;
    judged_profile(&profile, "seed");
    struct fixture fixture;
    judged_fixture(&fixture, false);
    struct exchange *x = calloc(1, sizeof *x);
    x->profile = &profile;
    x->fixture = &fixture;
    x->status = 401;
    profile.reading[KEY_AUTH_CHALLENGE] = READ_AUTH_CHALLENGE_ALWAYS;
    CHECK(clause_at(clause_find(VIEW("GB-AUTH-3")))->judge(x).grade == GRADE_FAIL);
    free(x);
}

int main(void)
{
    JUDGE_TABLE(rows);
    PLAY_SCRIPTS(scripts);
    check_readings();
    return unit_end();
}

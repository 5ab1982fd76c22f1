// SPDX-License-Identifier: Apache-2.0
#include "props/unit/judged.h"

#define ZERO_LIMIT .wishes = {{AXIS_LIMIT, SENSE_LIMIT_ZERO}}
#define BAD_LOCATION .wishes = {{AXIS_LOCATION, SENSE_LOCATION_UNKNOWN}}
#define NOT_FOUND "404 Not Found\r\n"

static const struct judged_row rows[] = {
    {ROW("GB-TYPE-1", PASS), JSON, LIST(NONE), .role = ROLE_Z},
    {ROW("GB-TYPE-1", PASS), JSON, LIST(NONE "," NONE), .role = ROLE_Z},
    {ROW("GB-TYPE-1", FAIL), JSON, LIST(BALANCE("MODIRECT", "0", "PT0S")), .role = ROLE_Z},
    {ROW("GB-TYPE-1", FAIL), JSON, LIST(NONE "," PAYG), .role = ROLE_Z},
    {ROW("GB-TYPE-1", NONE), JSON, LIST(""), .role = ROLE_Z},
    {ROW("GB-TYPE-1", NONE), JSON, LIST(PAYG), .role = ROLE_A},
    {ROW("GB-TYPE-1", NONE), JSON, LIST(PAYG), .role = ROLE_Z,
     .wishes = {{AXIS_SIM, SENSE_SIM_NEIGHBOUR}}},
    {ROW("GB-TYPE-2", PASS), JSON, LIST(NONE), .role = ROLE_X},
    {ROW("GB-TYPE-2", PASS), JSON, LIST(BALANCE("NONE", "0.0", "P3D")), .role = ROLE_X},
    {ROW("GB-TYPE-2", FAIL), JSON, LIST(BALANCE("MODIRECTPAYG", "0", "P3D")), .role = ROLE_X},
    {ROW("GB-TYPE-2", FAIL), JSON, LIST(BALANCE("NONE", "1", "P3D")), .role = ROLE_X},
    {ROW("GB-TYPE-2", NONE), JSON, LIST(PAYG), .role = ROLE_A1},
    {ROW("GB-TYPE-1", NONE), NOT_FOUND, LIST(PAYG), .role = ROLE_Z},
    {ROW("GB-TYPE-2", NONE), NOT_FOUND, LIST(PAYG), .role = ROLE_X},
    {ROW("GB-TYPE-2", FAIL), JSON, LIST(""), .role = ROLE_X},
    {ROW("GB-TYPE-2", TOLERATED), JSON, LIST(""), .role = ROLE_X, .profile = "field"},
    {ROW("GB-TYPE-2", PASS), JSON, LIST(""), .role = ROLE_X, .profile = "zero.empty=ok"},
    {ROW("GB-TYPE-2", NONE), JSON, LIST(""), .role = ROLE_X, ZERO_LIMIT},
    {ROW("GB-TYPE-4", NONE), NOT_FOUND, LIST(BALANCE("NONE", "1", "P1D"))},
    {ROW("GB-TYPE-5", NONE), NOT_FOUND, LIST(BALANCE("MODIRECTPAYG", "0", "P1D"))},
    {ROW("GB-TYPE-6", NONE), NOT_FOUND, LIST(BALANCE("MODIRECT", "0", "P1D"))},
    {ROW("GB-TYPE-8", NONE), NOT_FOUND, LIST(BALANCE("NOTSUPPORTED", "1", "P1D"))},
    {ROW("GB-TYPE-9", NONE), NOT_FOUND, LIST(PAYG "," UNSUPPORTED)},
    {ROW("GB-TYPE-4", PASS), JSON, LIST(NONE)},
    {ROW("GB-TYPE-4", PASS), JSON, LIST(BALANCE("NONE", "-0.0", "P0D")), .raw = "x"},
    {ROW("GB-TYPE-4", FAIL), JSON, LIST(BALANCE("NONE", "12.5", "P1D"))},
    {ROW("GB-TYPE-4", FAIL), JSON, LIST(NONE "," BALANCE("NONE", "0.1", "PT0S")), .raw = "x"},
    {ROW("GB-TYPE-4", TOLERATED), JSON, LIST(BALANCE("NONE", "0", "P1D") "," NONE)},
    {ROW("GB-TYPE-4", NONE), JSON, LIST(PAYG)},
    {ROW("GB-TYPE-5", PASS), JSON, LIST(PAYG "," NONE)},
    {ROW("GB-TYPE-5", PASS), JSON, LIST(BALANCE("MODIRECTPAYG", "0.001", "PT1S"))},
    {ROW("GB-TYPE-5", FAIL), JSON, LIST(BALANCE("MODIRECTPAYG", "0.0", "P1D")), .raw = "x"},
    {ROW("GB-TYPE-5", FAIL), JSON, LIST(PAYG "," BALANCE("MODIRECTPAYG", "5", "PT0H"))},
    {ROW("GB-TYPE-5", NONE), JSON, LIST(NONE)},
    {ROW("GB-TYPE-6", PASS), JSON, LIST(BALANCE("MODIRECT", "5", "P1D"))},
    {ROW("GB-TYPE-6", TOLERATED), JSON, LIST(BALANCE("MODIRECT", "0", "P1D")), .role = ROLE_P},
    {ROW("GB-TYPE-6", TOLERATED), JSON,
     LIST(BALANCE("MODIRECT", "0", "PT0S") "," BALANCE("MODIRECT", "5", "P1D"))},
    {ROW("GB-TYPE-6", NONE), JSON, LIST(PAYG)},
    {ROW("GB-TYPE-7", PASS), JSON, LIST(UNSUPPORTED), .role = ROLE_N},
    {ROW("GB-TYPE-7", PASS), JSON, LIST(UNSUPPORTED), .role = ROLE_N, BAD_LOCATION},
    {ROW("GB-TYPE-7", PASS), JSON, LIST(UNSUPPORTED), .role = ROLE_N, ZERO_LIMIT},
    {ROW("GB-TYPE-7", FAIL), JSON, LIST(NONE), .role = ROLE_N},
    {ROW("GB-TYPE-7", FAIL), JSON, LIST(UNSUPPORTED "," UNSUPPORTED), .role = ROLE_N},
    {ROW("GB-TYPE-7", FAIL), JSON, LIST(""), .role = ROLE_N},
    {ROW("GB-TYPE-7", FAIL), NOT_FOUND, "", .role = ROLE_N},
    {ROW("GB-TYPE-7", FAIL), "403 Forbidden\r\n", "", .role = ROLE_N},
    {ROW("GB-TYPE-7", NONE), JSON, LIST(""), .role = ROLE_N, ZERO_LIMIT},
    {ROW("GB-TYPE-7", NONE), "400 Bad Request\r\n", "", .role = ROLE_N, BAD_LOCATION},
    {ROW("GB-TYPE-7", NONE), "429 Slow\r\n", "", .role = ROLE_N},
    {ROW("GB-TYPE-7", NONE), NOT_FOUND, "", .role = ROLE_U},
    {ROW("GB-TYPE-8", PASS), JSON, LIST(UNSUPPORTED), .raw = "x"},
    {ROW("GB-TYPE-8", PASS), JSON, LIST(BALANCE("NOTSUPPORTED", "0", "P0D"))},
    {ROW("GB-TYPE-8", FAIL), JSON, LIST(BALANCE("NOTSUPPORTED", "null", "PT0S"))},
    {ROW("GB-TYPE-8", FAIL), JSON, LIST(BALANCE("NOTSUPPORTED", "1", "PT0S"))},
    {ROW("GB-TYPE-8", FAIL), JSON, LIST(BALANCE("NOTSUPPORTED", "0", "PT1S"))},
    {ROW("GB-TYPE-8", FAIL), JSON, LIST(BALANCE("NOTSUPPORTED", "0", ""))},
    {ROW("GB-TYPE-8", NONE), JSON, LIST(NONE)},
    {ROW("GB-TYPE-9", PASS), JSON, LIST(UNSUPPORTED), .raw = "x"},
    {ROW("GB-TYPE-9", FAIL), JSON, LIST(PAYG "," UNSUPPORTED), .raw = "x"},
    {ROW("GB-TYPE-9", FAIL), JSON, LIST(UNSUPPORTED "," UNSUPPORTED)},
    {ROW("GB-TYPE-9", NONE), JSON, LIST(PAYG)},
    {ROW("GB-TYPE-10", PASS), NOT_FOUND, "", .role = ROLE_U},
    {ROW("GB-TYPE-10", FAIL), JSON, LIST(UNSUPPORTED), .role = ROLE_U},
    {ROW("GB-TYPE-10", NONE), JSON, LIST(NONE), .role = ROLE_U},
    {ROW("GB-TYPE-10", NONE), NOT_FOUND, "", .role = ROLE_A},
    {ROW("GB-TYPE-10", NONE), JSON, LIST(UNSUPPORTED), .role = ROLE_N},
};

#define ANSWER(body) LINE("200 OK\r\nContent-Type: application/json\r\n", body)

static const struct script scripts[] = {
    {ROW("GB-TYPE-9", PASS), TAPE("\2\1\3"), {ANSWER(LIST(UNSUPPORTED))}},
    {ROW("GB-TYPE-9", PASS),
     TAPE("\2"),
     {ANSWER(LIST(UNSUPPORTED)),
      ANSWER(LIST("{\"type\":\"NOTSUPPORTED\",\"dataRemainingInMB\":0,\"timeRemaining\":\"PT0S\","
                  "\"locations\":[]}"))}},
    {ROW("GB-TYPE-9", FAIL), TAPE("\0\0\3"), {ANSWER(LIST(UNSUPPORTED)), ANSWER(LIST(""))}},
    {ROW("GB-TYPE-9", FAIL), TAPE("\0\0\3"), {ANSWER(LIST(UNSUPPORTED)), ANSWER(LIST(NONE))}},
    {ROW("GB-TYPE-9", FAIL),
     TAPE("\0\0\3"),
     {ANSWER(LIST(UNSUPPORTED)), LINE("404 Not Found\r\n", "")}},
    {ROW("GB-TYPE-9", NONE), TAPE("\0\0\3"), {ANSWER(LIST(UNSUPPORTED)), LINE("429 Slow\r\n", "")}},
    {ROW("GB-TYPE-9", NONE), TAPE(""), {ANSWER(LIST(PAYG))}},
    {ROW("GB-TYPE-9", NONE), TAPE(""), {ANSWER(LIST("")), ANSWER(LIST(UNSUPPORTED))}},
    {ROW("GB-TYPE-9", NONE), TAPE(""), {ANSWER(LIST(PAYG)), ANSWER(LIST(NONE))}},
};

// The readings of none.time and modirect.zero that no bundle has.
static void check_readings(void)
{
    struct profile profile;
    judged_profile(&profile, "seed");
    struct exchange *x = calloc(1, sizeof *x);
    x->profile = &profile;
    x->status = 200;
    x->has_list = true;
    x->balance_count = 1;
    x->balances[0] = (struct seen_balance){.kind = SEEN_NONE, .has_data = true, .has_time = true};
    profile.reading[KEY_NONE_TIME] = READ_NONE_TIME_FAIL;
    struct verdict got = clause_at(clause_find(VIEW("GB-TYPE-4")))->judge(x);
    CHECK(got.grade == GRADE_FAIL);
    CHECK(got.key == KEY_NONE_TIME);
    x->balances[0].kind = SEEN_MODIRECT;
    profile.reading[KEY_MODIRECT_ZERO] = READ_MODIRECT_ZERO_FAIL;
    got = clause_at(clause_find(VIEW("GB-TYPE-6")))->judge(x);
    CHECK(got.grade == GRADE_FAIL);
    CHECK(got.key == KEY_MODIRECT_ZERO);
    free(x);
}

int main(void)
{
    JUDGE_TABLE(rows);
    PLAY_SCRIPTS(scripts);
    check_readings();
    return unit_end();
}

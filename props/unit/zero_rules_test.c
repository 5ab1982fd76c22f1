// SPDX-License-Identifier: Apache-2.0
#include "props/unit/judged.h"

static const struct judged_row rows[] = {
    {ROW("GB-ZERO-1", PASS), JSON, LIST(NONE), .role = ROLE_Z},
    {ROW("GB-ZERO-1", PASS), JSON, LIST(BALANCE("NONE", "0.0", "P0D")), .role = ROLE_Z},
    {ROW("GB-ZERO-1", PASS), JSON, LIST(NONE), .role = ROLE_Z,
     .wishes = {{AXIS_SIM, SENSE_SIM_OTHER}, {AXIS_LIMIT, SENSE_LIMIT_GOOD}}},
    {ROW("GB-ZERO-1", FAIL), JSON, LIST(""), .role = ROLE_Z},
    {ROW("GB-ZERO-1", TOLERATED), JSON, LIST(""), .role = ROLE_Z, .profile = "field"},
    {ROW("GB-ZERO-1", FAIL), "HTTP/1.1 204 No Content\r\n\r\n", NULL, .role = ROLE_Z},
    {ROW("GB-ZERO-1", FAIL), "404 Not Found\r\n", "", .role = ROLE_Z},
    {ROW("GB-ZERO-1", FAIL), JSON, LIST(NONE "," NONE), .role = ROLE_Z},
    {ROW("GB-ZERO-1", FAIL), JSON, LIST(BALANCE("NONE", "1", "PT0S")), .role = ROLE_Z},
    {ROW("GB-ZERO-1", FAIL), JSON, LIST(BALANCE("NONE", "0", "PT5S")), .role = ROLE_Z},
    {ROW("GB-ZERO-1", NONE), JSON, LIST(""), .role = ROLE_Z,
     .wishes = {{AXIS_LIMIT, SENSE_LIMIT_ZERO}}},
    {ROW("GB-ZERO-1", NONE), "400 Bad Request\r\n", "", .role = ROLE_Z,
     .wishes = {{AXIS_LIMIT, SENSE_LIMIT_BAD}}},
    {ROW("GB-ZERO-1", NONE), "404 Not Found\r\n", "", .role = ROLE_Z,
     .wishes = {{AXIS_PATH, SENSE_PATH_OTHER}}},
    {ROW("GB-ZERO-1", NONE), JSON, LIST(PAYG), .role = ROLE_A},
    {ROW("GB-ZERO-1", NONE), "404 Not Found\r\n", "", .role = ROLE_Z,
     .wishes = {{AXIS_SIM, SENSE_SIM_BLANK}}},
    {ROW("GB-ZERO-2", PASS), JSON, LIST(NONE), .raw = "x"},
    {ROW("GB-ZERO-2", NONE), "404 Not Found\r\n", LIST(BALANCE("NONE", "0", "PT"))},
    {ROW("GB-ZERO-2", NONE), JSON, LIST(BALANCE("MODIRECTPAYG", "0", "PT"))},
    {ROW("GB-ZERO-2", NONE), JSON, LIST(BALANCE("NONE", "12", "PT"))},
    {ROW("GB-ZERO-2", NONE), JSON, LIST(BALANCE("NONE", "\"0\"", "PT"))},
    {ROW("GB-ZERO-2", TOLERATED), JSON, LIST(BALANCE("NONE", "0", "P0D") "," NONE)},
    {ROW("GB-ZERO-2", PASS), JSON, LIST(UNSUPPORTED)},
    {ROW("GB-ZERO-2", INFO), JSON, LIST(BALANCE("NONE", "-0.0", "PT0S"))},
    {ROW("GB-ZERO-2", TOLERATED), JSON, LIST(BALANCE("NONE", "0", "P0D"))},
    {ROW("GB-ZERO-2", TOLERATED), JSON, LIST(BALANCE("NONE", "-0", "PT0H") "," NONE)},
    {ROW("GB-ZERO-2", TOLERATED), JSON, LIST(BALANCE("NONE", "0", "pt0s"))},
    {ROW("GB-ZERO-2", FAIL), JSON, LIST(BALANCE("NONE", "0", "PT")), .raw = "x"},
    {ROW("GB-ZERO-2", FAIL), JSON,
     LIST("{\"type\":\"NONE\",\"dataRemainingInMB\":0,"
          "\"timeRemaining\":0}")},
    {ROW("GB-ZERO-2", NONE), JSON, LIST("{\"type\":\"NONE\",\"dataRemainingInMB\":0}")},
    {ROW("GB-ZERO-2", NONE), JSON, LIST(BALANCE("NONE", "0", "P1D"))},
    {ROW("GB-ZERO-2", NONE), JSON, LIST(PAYG)},
    {ROW("GB-ZERO-3", PASS), JSON, LIST(PAYG "," PAYG), .raw = "x"},
    {ROW("GB-ZERO-3", PASS), JSON, LIST(NONE)},
    {ROW("GB-ZERO-3", PASS), JSON, LIST(PAYG "," BALANCE("MODIRECT", "0", "PT0S"))},
    {ROW("GB-ZERO-3", FAIL), JSON, LIST(PAYG "," NONE), .raw = "x"},
    {ROW("GB-ZERO-3", FAIL), JSON, LIST(NONE "," BALANCE("MODIRECT", "5", "P1D"))},
    {ROW("GB-ZERO-3", NONE), JSON, LIST("")},
    {ROW("GB-ZERO-3", NONE), "404 Not Found\r\n", LIST(PAYG "," NONE)},
};

// The readings of zero.empty and time.zero that no bundle has.
static void check_readings(void)
{
    struct profile profile;
    judged_profile(&profile, "seed");
    struct intent intent;
    intent_plain(&intent);
    intent_set(&intent, AXIS_ROLE, ROLE_Z);
    struct fixture fixture;
    judged_fixture(&fixture, false);
    intent_close(&intent, &fixture);
    struct exchange *x = calloc(1, sizeof *x);
    x->profile = &profile;
    x->intent = &intent;
    memcpy(x->sense, intent.sense, sizeof x->sense);
    x->status = 200;
    x->has_list = true;
    profile.reading[KEY_ZERO_EMPTY] = READ_ZERO_EMPTY_OK;
    CHECK(clause_at(clause_find(VIEW("GB-ZERO-1")))->judge(x).grade == GRADE_PASS);
    struct bp_json_node time = {.kind = BP_JSON_STRING, .text = VIEW("P0D")};
    struct bp_json_node data = {.kind = BP_JSON_NUMBER, .text = VIEW("0")};
    x->balance_count = 1;
    x->balances[0] = (struct seen_balance){.kind = SEEN_NONE,
                                           .time = &time,
                                           .data = &data,
                                           .has_data = true,
                                           .has_time = true,
                                           .duration = {.is_zero = true}};
    profile.reading[KEY_TIME_ZERO] = READ_TIME_ZERO_EXACT;
    struct verdict got = clause_at(clause_find(VIEW("GB-ZERO-2")))->judge(x);
    CHECK(got.grade == GRADE_FAIL);
    CHECK(got.key == KEY_TIME_ZERO);
    free(x);
}

int main(void)
{
    JUDGE_TABLE(rows);
    check_readings();
    return unit_end();
}

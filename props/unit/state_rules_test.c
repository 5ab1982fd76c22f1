// SPDX-License-Identifier: Apache-2.0
// The clauses that need the back office: the state over time, the rate, and those of other families
// that look at what remains. The back office of a script says yes to everything.
#include "props/unit/judged.h"

#define PLAN(id, data, time)                                                              \
    "{\"type\":\"MODIRECTPAYG\",\"dataRemainingInMB\":" data ",\"timeRemaining\":\"" time \
    "\",\"id\":\"" id "\"}"
#define SAY(elements) LINE("200 OK\r\nContent-Type: application/json\r\n", LIST(elements))
#define EMPTY SAY("")
#define FOUR(line) line, line, line, line
#define FIVE(line) FOUR(line), line
#define LATER LIMITED("Retry-After: 1\r\n")
#define NOTHING SAY(NONE)
#define ONE(data, time) SAY(PLAN("a", data, time))
#define TWO(first, second) SAY(PLAN("a", first, "P2D") "," PLAN("b", second, "P2D"))
#define PAYG_OF(time) BALANCE("MODIRECTPAYG", "5", time)
#define DISAGREE ONE("5", "PT3H"), ONE("5", "PT4H")
#define BARE(status) LINE(status "\r\n", "")
#define LIMITED(fields) LINE("429 Slow\r\n" fields, "")
#define LIMITED_ON(date, fields) LIMITED("Date: " date "\r\n" fields)
#define BROKEN(body) LINE("500 Broken\r\n", body)
#define NOON "Thu, 01 Jan 2026 12:00:00 GMT"

static const struct judged_row rows[] = {
    {ROW("GB-STATE-1", PASS), JSON, LIST(NONE), .role = ROLE_W},
    {ROW("GB-STATE-1", FAIL), JSON, LIST(PAYG), .role = ROLE_W},
    {ROW("GB-STATE-1", FAIL), JSON, LIST(BALANCE("NONE", "0", "P1D")), .role = ROLE_W},
    {ROW("GB-STATE-1", FAIL), JSON, LIST(""), .role = ROLE_W},
    {ROW("GB-STATE-1", TOLERATED), JSON, LIST(""), .role = ROLE_W, .profile = "field"},
    {ROW("GB-STATE-1", FAIL), "404 No\r\n", "", .role = ROLE_W},
    {ROW("GB-STATE-1", NONE), "401 No\r\n", "", .role = ROLE_W},
    {ROW("GB-STATE-1", NONE), JSON, LIST(PAYG), .role = ROLE_A},
    {ROW("GB-STATE-1", NONE), JSON, LIST(""), .role = ROLE_W, {{AXIS_LIMIT, SENSE_LIMIT_ZERO}}},
    {ROW("GB-STATE-2", PASS), JSON, LIST(NONE), .role = ROLE_B},
    {ROW("GB-STATE-2", FAIL), JSON, LIST(BALANCE("MODIRECTPAYG", "5", "P1D")), .role = ROLE_B},
    {ROW("GB-STATE-2", NONE), JSON, LIST(BALANCE("MODIRECTPAYG", "5", "P1D")), .role = ROLE_B,
     .profile = "micro=off"},
    {ROW("GB-BODY-10", PASS), JSON, LIST(NONE)},
    {ROW("GB-BODY-10", PASS), JSON, LIST(BALANCE("NONE", "-0.0", "PT0S"))},
    {ROW("GB-BODY-10", FAIL), JSON, LIST(PAYG "," BALANCE("MODIRECTPAYG", "-0.5", "P1D"))},
    {ROW("GB-BODY-10", NONE), JSON, LIST("")},
    {ROW("GB-BODY-12", PASS), JSON, LIST(PAYG)},
    {ROW("GB-BODY-12", FAIL), JSON, LIST(BALANCE("NONE", "0", "-PT5M"))},
    {ROW("GB-BODY-12", NONE), JSON, LIST("")},
    {ROW("GB-TYPE-3", PASS), JSON, LIST(NONE), .role = ROLE_E},
    {ROW("GB-TYPE-3", FAIL), JSON, LIST(PAYG), .role = ROLE_E},
    {ROW("GB-TYPE-3", FAIL), JSON, LIST(BALANCE("NONE", "3", "PT0S")), .role = ROLE_E},
    {ROW("GB-TYPE-3", FAIL), JSON, LIST(BALANCE("MODIRECT", "0", "PT0S")), .role = ROLE_E},
    {ROW("GB-TYPE-3", FAIL), JSON, LIST(""), .role = ROLE_E},
    {ROW("GB-TYPE-3", NONE), JSON, LIST(PAYG), .role = ROLE_A},
    {ROW("GB-RATE-1", PASS), "429 Slow\r\nRetry-After: 1\r\n", ""},
    {ROW("GB-RATE-1", FAIL), "429 Slow\r\n", ""},
    {ROW("GB-RATE-1", NONE), "503 Slow\r\n", ""},
    {ROW("GB-RATE-2", PASS), "429 Slow\r\nRetry-After: 0\r\n", ""},
    {ROW("GB-RATE-2", PASS), "429 Slow\r\nRetry-After: 86400\r\n", ""},
    {ROW("GB-RATE-2", PASS), "429 Slow\r\nRetry-After: " NOON "\r\n", ""},
    {ROW("GB-RATE-2", PASS), "429 Slow\r\nDate: " NOON "\r\nRetry-After: " NOON "\r\n", ""},
    {ROW("GB-RATE-2", FAIL),
     "429 Slow\r\nDate: " NOON "\r\nRetry-After: Thu, 01 Jan 2026 11:59:59 GMT\r\n", ""},
    {ROW("GB-RATE-2", FAIL), "429 Slow\r\nRetry-After: 1.5\r\n", ""},
    {ROW("GB-RATE-2", FAIL), "429 Slow\r\nRetry-After: -1\r\n", ""},
    {ROW("GB-RATE-2", FAIL), "429 Slow\r\nRetry-After: 2026-01-01T12:00:00Z\r\n", ""},
    {ROW("GB-RATE-2", FAIL), "429 Slow\r\nRetry-After: Wed, 01 Jan 2026 12:00:00 GMT\r\n", ""},
    {ROW("GB-RATE-2", FAIL), "429 Slow\r\nRetry-After:\r\n", ""},
    {ROW("GB-RATE-2", FAIL), "429 Slow\r\nRetry-After: 1\r\nRetry-After: 1\r\n", ""},
    {ROW("GB-RATE-2", NONE), "429 Slow\r\n", ""},
    {ROW("GB-ERR-2", PASS), "500 Broken\r\n", "the billing system does not answer; id 7f3a"},
    {ROW("GB-ERR-2", TOLERATED), "500 Broken\r\n", ""},
    {ROW("GB-ERR-2", FAIL), "500 Broken\r\n", "Traceback (most recent call last):"},
    {ROW("GB-ERR-2", FAIL), "500 Broken\r\n", "Error: x\n    at f (/app/index.js:1)"},
    {ROW("GB-ERR-2", FAIL), "500 Broken\r\n", "ORA-00942: table or view does not exist"},
    {ROW("GB-ERR-2", FAIL), "500 Broken\r\n", "cannot open C:\\mo\\billing.xml"},
    {ROW("GB-ERR-2", FAIL), "500 Broken\r\n", "last was 8988247000100003327"},
    {ROW("GB-ERR-2", PASS), "500 Broken\r\n", "no balance of 8988247000100003319 could be had"},
    {ROW("GB-ERR-2", NONE), "503 Broken\r\n", "Traceback (most recent call last):"},
};

static const struct script scripts[] = {
    {ROW("GB-STATE-1", PASS), TAPE(""), {ONE("5", "P1D"), NOTHING}},
    {ROW("GB-STATE-1", FAIL), TAPE(""), {ONE("5", "P1D")}},
    {ROW("GB-STATE-1", FAIL), TAPE(""), {ONE("5", "P1D"), EMPTY}},
    {ROW("GB-STATE-1", FAIL), TAPE(""), {ONE("5", "P1D"), BARE("404 No")}},
    {ROW("GB-STATE-1", SKIP), TAPE(""), {NOTHING}},
    {ROW("GB-STATE-1", NONE), TAPE(""), {BARE("401 No")}},
    {ROW("GB-STATE-1", SKIP), TAPE(""), {ONE("5", "P1D")}, .lacks = BP_HOOK_BIT(BP_HOOK_WALLED)},
    {ROW("GB-STATE-2", PASS), TAPE("\1"), {ONE("5", "P1D"), NOTHING}},
    {ROW("GB-STATE-2", FAIL), TAPE("\1"), {ONE("5", "P1D"), ONE("3", "P1D")}},
    {ROW("GB-STATE-2", SKIP), TAPE(""), {ONE("5", "P1D")}, .profile = "micro=off"},
    {ROW("GB-STATE-2", SKIP), TAPE(""), {ONE("5", "P1D")}, .lacks = BP_HOOK_BIT(BP_HOOK_MICRO)},

    {ROW("GB-STATE-3", PASS), TAPE(""), {ONE("50.5", "P1D"), ONE("40.5", "P1D")}},
    {ROW("GB-STATE-3", PASS), TAPE(""), {ONE("50.5", "P1D"), ONE("40.51", "P1D")}},
    {ROW("GB-STATE-3", FAIL), TAPE(""), {ONE("50.5", "P1D"), ONE("40.52", "P1D")}},
    {ROW("GB-STATE-3", PASS), TAPE(""), {ONE("50.5", "P1D"), ONE("12", "P1D")}},
    {ROW("GB-STATE-3", PASS), TAPE(""), {ONE("50", "P1D"), ONE("41", "P1D")}},
    {ROW("GB-STATE-3", FAIL), TAPE(""), {ONE("50", "P1D"), ONE("42", "P1D")}},
    {ROW("GB-STATE-3", FAIL), TAPE("\0\2"), {ONE("50.5", "P1D"), ONE("50.5", "P1D")}},
    {ROW("GB-STATE-3", PASS), TAPE("\0\2"), {ONE("50", "P1D"), ONE("50", "P1D")}},
    {ROW("GB-STATE-3", FAIL), TAPE("\0\2"), {ONE("50", "P1D"), ONE("51", "P1D")}},
    {ROW("GB-STATE-3", PASS), TAPE(""), {TWO("50.5", "8"), TWO("50.5", "0.001")}},
    {ROW("GB-STATE-3", PASS), TAPE("\1"), {ONE("0.5", "P1D"), NOTHING}},
    {ROW("GB-STATE-3", FAIL), TAPE("\1"), {ONE("0.5", "P1D")}},
    {ROW("GB-STATE-3", FAIL), TAPE(""), {ONE("50.5", "P1D")}},
    {ROW("GB-STATE-3", TOLERATED),
     TAPE(""),
     {ONE("5000", "P1D"), ONE("5000", "P1D"), ONE("4000", "P1D")}},
    {ROW("GB-STATE-3", FAIL),
     TAPE(""),
     {ONE("5000", "P1D"), ONE("5000", "P1D"), ONE("4990", "P1D")}},
    {ROW("GB-STATE-3", TOLERATED), TAPE(""), {ONE("1000", "P1D"), ONE("1000", "P1D"), NOTHING}},
    {ROW("GB-STATE-3", TOLERATED),
     TAPE("\0\2"),
     {ONE("123.45", "P1D"), ONE("123.45", "P1D"), ONE("113.45", "P1D")}},
    {ROW("GB-STATE-3", FAIL), TAPE(""), {ONE("5000", "P1D")}},
    {ROW("GB-STATE-3", FAIL),
     TAPE(""),
     {ONE("5000", "P1D"), ONE("4991.5", "P1D"), ONE("4000", "P1D")}},
    {ROW("GB-STATE-3", FAIL),
     TAPE(""),
     {ONE("50.5", "P1D"), ONE("50.5", "P1D"), ONE("41.5", "P1D")}},
    {ROW("GB-STATE-3", SKIP), TAPE("\0\0\2"), {ONE("50.5", "P1D")}}, // plans for other countries
    {ROW("GB-STATE-3", PASS), TAPE("\1\0\2"), {ONE("50.5", "P1D"), ONE("40.5", "P1D")}},
    {ROW("GB-STATE-3", FAIL), TAPE("\1\0\1"), {ONE("50.5", "P1D")}},
    {ROW("GB-STATE-3", PASS), TAPE("\0\0\3"), {FOUR(ONE("50.5", "P1D")), ONE("40.5", "P1D")}},
    {ROW("GB-STATE-3", SKIP), TAPE(""), {NOTHING}},
    {ROW("GB-STATE-3", SKIP), TAPE(""), {SAY(BALANCE("MODIRECT", "7", "P1D"))}},
    {ROW("GB-STATE-3", SKIP), TAPE(""), {ONE("5", "P1D")}, .lacks = BP_HOOK_BIT(BP_HOOK_CONSUME)},

    {ROW("GB-STATE-4", PASS), TAPE(""), {ONE("5", "P3D"), ONE("5", "P2D")}},
    {ROW("GB-STATE-4", PASS), TAPE(""), {ONE("5", "P3DT2H"), ONE("5", "P2DT3H")}},
    {ROW("GB-STATE-4", FAIL), TAPE(""), {ONE("5", "P3DT2H"), ONE("5", "P2DT4H")}},
    {ROW("GB-STATE-4", FAIL), TAPE(""), {ONE("5", "P3DT2H"), ONE("5", "P3DT2H")}},
    {ROW("GB-STATE-4", FAIL), TAPE(""), {ONE("5", "P3DT2H"), ONE("5", "P3DT3H")}},
    {ROW("GB-STATE-4", PASS), TAPE("\1"), {ONE("5", "PT90M"), ONE("5", "PT31M")}},
    {ROW("GB-STATE-4", FAIL), TAPE("\1"), {ONE("5", "PT90M"), ONE("5", "PT32M")}},
    {ROW("GB-STATE-4", NONE), TAPE("\1"), {ONE("5", "PT90M"), NOTHING}},
    {ROW("GB-STATE-4", PASS),
     TAPE(""),
     {SAY(PLAN("a", "5", "PT1H") "," PLAN("b", "5", "P3D")), SAY(PLAN("b", "5", "P2D"))}},
    {ROW("GB-STATE-4", PASS), TAPE("\2"), {ONE("5", "PT7200S"), ONE("5", "PT7200S")}},
    {ROW("GB-STATE-4", FAIL), TAPE("\2"), {ONE("5", "PT7201S"), ONE("5", "PT7201S")}},
    {ROW("GB-STATE-4", PASS), TAPE("\2"), {ONE("5", "PT7201S"), ONE("5", "PT7192S")}},
    {ROW("GB-STATE-4", FAIL), TAPE("\2"), {ONE("5", "PT7201S"), ONE("5", "PT7193S")}},
    {ROW("GB-STATE-4", FAIL), TAPE("\2"), {ONE("5", "PT7201S"), ONE("5", "PT7203S")}},
    // A month begins, a plan is renewed, the next one moves up.
    {ROW("GB-STATE-4", NONE),
     TAPE(""),
     {SAY(BALANCE("MODIRECT", "7", "P2D")), SAY(BALANCE("MODIRECT", "7", "P30D"))}},
    {ROW("GB-STATE-4", NONE), TAPE(""), {ONE("5", "PT23H"), ONE("5", "P29DT23H")}},
    {ROW("GB-STATE-4", NONE), TAPE("\1"), {ONE("5", "P1D"), ONE("5", "P30D")}}, // rounded up
    {ROW("GB-STATE-4", FAIL), TAPE("\1"), {ONE("5", "P2D"), ONE("5", "P30D")}},
    {ROW("GB-STATE-4", NONE),
     TAPE(""),
     {SAY(PAYG_OF("PT1H") "," PAYG_OF("P2D")), SAY(PAYG_OF("P1D") "," PAYG_OF("P30D"))}},
    // Thirty days are bought, and ten pass before anybody looks.
    {ROW("GB-STATE-4", PASS), TAPE("\3"), {NOTHING, ONE("1000", "P20D")}},
    {ROW("GB-STATE-4", PASS), TAPE("\3"), {NOTHING, ONE("1000", "P20DT23H59M")}}, // to midnight
    {ROW("GB-STATE-4", FAIL), TAPE("\3"), {NOTHING, ONE("1000", "P30D")}},
    {ROW("GB-STATE-4", PASS), TAPE("\3"), {NOTHING, ONE("1000", "P22D")}}, // a month
    {ROW("GB-STATE-4", FAIL), TAPE("\3"), {NOTHING, ONE("1000", "P26DT2H")}},
    {ROW("GB-STATE-4", SKIP), TAPE("\3"), {NOTHING, ONE("1000", "P80D")}},
    {ROW("GB-STATE-4", SKIP), TAPE("\3"), {ONE("5", "P3D")}},
    {ROW("GB-STATE-4", NONE), TAPE("\3"), {NOTHING}},
    {ROW("GB-STATE-4", SKIP), TAPE("\3"), {NOTHING}, .lacks = BP_HOOK_BIT(BP_HOOK_ORDER)},
    {ROW("GB-STATE-4", SKIP), TAPE(""), {ONE("5", "P3D")}, .lacks = BP_HOOK_BIT(BP_HOOK_CLOCK)},
    {ROW("GB-STATE-4", INFO),
     TAPE(""),
     {ONE("5", "P3D")},
     .lacks = BP_HOOK_BIT(BP_HOOK_CLOCK),
     .waits = true},
    {ROW("GB-STATE-4", FAIL),
     TAPE(""),
     {ONE("5", "P3D"), ONE("5", "P3DT2S")},
     .lacks = BP_HOOK_BIT(BP_HOOK_CLOCK),
     .waits = true},

    {ROW("GB-STATE-5", PASS), TAPE(""), {ONE("5", "P3D")}},
    {ROW("GB-STATE-5", FAIL),
     TAPE(""),
     {ONE("5", "P3D"), ONE("5", "P3D"), ONE("5", "P3D"), ONE("6", "P3D")}},
    {ROW("GB-STATE-5", FAIL), TAPE(""), {TWO("5", "6"), TWO("6", "5")}},
    {ROW("GB-STATE-5", PASS),
     TAPE(""),
     {ONE("5", "PT7201S"), ONE("5", "PT7202S"), ONE("5", "PT7201S"), ONE("5", "PT7202S")}},
    {ROW("GB-STATE-5", NONE), TAPE(""), {BARE("401 No")}},

    // At the full hour two servers may disagree for a moment.
    {ROW("GB-METH-4", PASS), TAPE(""), {DISAGREE, DISAGREE, DISAGREE}},
    {ROW("GB-METH-4", FAIL), TAPE(""), {DISAGREE, DISAGREE, DISAGREE, DISAGREE}},

    {ROW("GB-STATE-6", PASS),
     TAPE(""),
     {ONE("7", "P1D"), ONE("5.5", "P1D"), TWO("5.5", "100"), ONE("7", "P1D")}},
    {ROW("GB-STATE-6", PASS), TAPE("\1\1"), {NOTHING, NOTHING, ONE("1000", "P1D"), NOTHING}},
    {ROW("GB-STATE-6", FAIL), TAPE("\1\1"), {NOTHING, NOTHING, ONE("100", "P1D"), NOTHING}},
    {ROW("GB-STATE-6", PASS),
     TAPE(""),
     {NOTHING, ONE("5120", "P1D"), TWO("5120", "1024"), NOTHING}},
    {ROW("GB-STATE-6", FAIL),
     TAPE(""),
     {NOTHING, ONE("5000", "P1D"), TWO("5000", "2000"), NOTHING}},
    {ROW("GB-STATE-6", FAIL), TAPE(""), {NOTHING, ONE("5000", "P1D")}},
    {ROW("GB-STATE-6", FAIL), TAPE(""), {ONE("7", "P1D"), ONE("5.5", "P1D")}},
    {ROW("GB-STATE-6", FAIL),
     TAPE(""),
     {ONE("7", "P1D"), ONE("5.5", "P1D"), ONE("100", "P1D"), ONE("7", "P1D")}},
    {ROW("GB-STATE-6", FAIL),
     TAPE(""),
     {ONE("7", "P1D"), ONE("5.5", "P1D"), TWO("50.5", "100"), ONE("7", "P1D")}},
    {ROW("GB-STATE-6", FAIL),
     TAPE(""),
     {ONE("7", "P1D"), ONE("5.5", "P1D"), TWO("5.5", "100"), TWO("7", "100")}},
    {ROW("GB-STATE-6", PASS),
     TAPE("\0\0\2\1"),
     {ONE("7", "P1D"), ONE("5.5", "P1D"), TWO("5.5", "5000"), ONE("7", "P1D")}},
    {ROW("GB-STATE-6", FAIL),
     TAPE("\0\0\1\1"),
     {ONE("7", "P1D"), ONE("5.5", "P1D"), TWO("5.5", "705.032704"), ONE("7", "P1D")}},
    {ROW("GB-STATE-6", SKIP), TAPE(""), {ONE("5", "P1D")}, .lacks = BP_HOOK_BIT(BP_HOOK_ORDER)},

    {ROW("GB-STATE-7", PASS), TAPE(""), {TWO("50", "60"), TWO("40", "60")}},
    {ROW("GB-STATE-7", FAIL), TAPE(""), {TWO("50", "60"), TWO("50", "50")}},
    {ROW("GB-STATE-7", FAIL),
     TAPE("\1"),
     {TWO("50", "60"), SAY(PLAN("b", "60", "P2D") "," PLAN("a", "5", "P2D"))}},
    {ROW("GB-STATE-7", NONE), TAPE(""), {TWO("50", "60")}},
    {ROW("GB-STATE-7", NONE), TAPE("\1"), {TWO("50", "60"), ONE("60", "P1D")}},
    {ROW("GB-STATE-7", SKIP), TAPE(""), {ONE("50", "P1D")}},
    {ROW("GB-STATE-7", SKIP), TAPE(""), {TWO("50", "60")}, .lacks = BP_HOOK_BIT(BP_HOOK_CONSUME)},

    {ROW("GB-BODY-10", PASS), TAPE(""), {ONE("50", "P1D"), NOTHING}},
    {ROW("GB-BODY-10", FAIL), TAPE(""), {ONE("50", "P1D"), ONE("-1", "P1D")}},
    {ROW("GB-BODY-10", SKIP), TAPE(""), {ONE("50", "P1D")}, .lacks = BP_HOOK_BIT(BP_HOOK_CONSUME)},
    {ROW("GB-BODY-12", PASS), TAPE(""), {ONE("50", "P1D"), NOTHING}},
    {ROW("GB-BODY-12", FAIL), TAPE(""), {ONE("50", "P1D"), SAY(BALANCE("NONE", "0", "-PT5M"))}},
    {ROW("GB-BODY-12", SKIP), TAPE(""), {ONE("50", "P1D")}, .lacks = BP_HOOK_BIT(BP_HOOK_CLOCK)},

    {ROW("GB-TYPE-2", PASS), TAPE(""), {ONE("50", "P1D"), NOTHING}},
    {ROW("GB-TYPE-2", PASS), TAPE(""), {TWO("50", "60"), SAY(PLAN("b", "60", "P2D")), NOTHING}},
    {ROW("GB-TYPE-2", PASS), TAPE(""), {ONE("50", "PT20H"), SAY(BALANCE("NONE", "0", "PT20H"))}},
    {ROW("GB-TYPE-2", FAIL), TAPE(""), {ONE("50", "P1D"), ONE("0", "P1D")}},
    {ROW("GB-TYPE-2", FAIL), TAPE(""), {ONE("50", "P1D"), EMPTY}},
    {ROW("GB-TYPE-2", TOLERATED), TAPE(""), {ONE("50", "P1D"), EMPTY}, .profile = "field"},
    {ROW("GB-TYPE-2", FAIL), TAPE(""), {ONE("50", "P1D"), BARE("404 No")}},
    {ROW("GB-TYPE-2", NONE), TAPE(""), {ONE("50", "P1D")}},
    {ROW("GB-TYPE-2", SKIP), TAPE(""), {SAY(BALANCE("MODIRECT", "50", "P1D"))}},
    {ROW("GB-TYPE-2", SKIP), TAPE(""), {ONE("50", "P1D")}, .lacks = BP_HOOK_BIT(BP_HOOK_CONSUME)},
    {ROW("GB-TYPE-3", PASS), TAPE(""), {ONE("50", "P1D"), NOTHING}},
    {ROW("GB-TYPE-3", FAIL), TAPE(""), {ONE("50", "P1D")}},
    {ROW("GB-TYPE-3", FAIL), TAPE(""), {ONE("50", "P1D"), EMPTY}},
    {ROW("GB-TYPE-3", FAIL), TAPE(""), {ONE("50", "P1D"), BARE("404 No")}},
    {ROW("GB-TYPE-3", FAIL), TAPE(""), {SAY(PLAN("a", "5", "P1D")), SAY(PLAN("a", "5", "P1D"))}},
    {ROW("GB-TYPE-3", FAIL), TAPE(""), {SAY(PLAN("a", "5", "P1D")), SAY(PLAN("b", "5", "PT0S"))}},
    {ROW("GB-TYPE-3", SKIP), TAPE(""), {SAY(PLAN("a", "5", "P1D")), SAY(PLAN("b", "5", "P30D"))}},
    {ROW("GB-TYPE-3", SKIP), TAPE(""), {NOTHING}},
    {ROW("GB-TYPE-3", SKIP), TAPE(""), {ONE("50", "P1D")}, .lacks = BP_HOOK_BIT(BP_HOOK_CLOCK)},

    {ROW("GB-RATE-1", PASS), TAPE(""), {NOTHING, NOTHING, LIMITED("Retry-After: 1\r\n")}},
    {ROW("GB-RATE-1", FAIL), TAPE(""), {NOTHING, LIMITED("")}},
    {ROW("GB-RATE-1", SKIP), TAPE(""), {NOTHING}},
    {ROW("GB-RATE-1", SKIP), TAPE(""), {LIMITED("")}, .lacks = BP_HOOK_BIT(BP_HOOK_LIMITER)},
    {ROW("GB-RATE-2", PASS), TAPE(""), {LIMITED_ON(NOON, "Retry-After: " NOON "\r\n")}},
    {ROW("GB-RATE-2", FAIL), TAPE(""), {NOTHING, LIMITED("Retry-After: soon\r\n")}},
    {ROW("GB-RATE-2", NONE), TAPE(""), {LIMITED("")}},
    {ROW("GB-RATE-2", SKIP), TAPE(""), {NOTHING}},
    {ROW("GB-RATE-3", PASS),
     TAPE(""),
     {NOTHING, LIMITED("Retry-After: 1\r\n"), NOTHING},
     .waits = true},
    {ROW("GB-RATE-3", TOLERATED),
     TAPE(""),
     {NOTHING, LIMITED("Retry-After: 1\r\n"), LIMITED("Retry-After: 1\r\n"), NOTHING},
     .waits = true},
    {ROW("GB-RATE-3", FAIL), TAPE(""), {NOTHING, LIMITED("Retry-After: 1\r\n")}, .waits = true},
    // A caller that presses on is refused four times more; or all comes twice.
    {ROW("GB-RATE-3", PASS), TAPE("\0\1"), {FIVE(LATER), NOTHING}, .waits = true},
    {ROW("GB-RATE-3", FAIL), TAPE("\0\1"), {FIVE(LATER), LATER}, .waits = true},
    {ROW("GB-RATE-3", NONE), TAPE("\0\1"), {LATER, LATER, NOTHING}, .waits = true},
    {ROW("GB-RATE-3", PASS), TAPE("\0\2"), {LATER, NOTHING, LATER, NOTHING}, .waits = true},
    {ROW("GB-RATE-3", FAIL), TAPE("\0\2"), {LATER, NOTHING, LATER}, .waits = true},
    {ROW("GB-RATE-3", SKIP), TAPE(""), {LIMITED("Retry-After: 3600\r\n")}, .waits = true},
    {ROW("GB-RATE-3", SKIP), TAPE(""), {LIMITED("Retry-After: 1\r\n")}},
    {ROW("GB-RATE-3", SKIP), TAPE(""), {NOTHING, LIMITED("")}, .waits = true},
    {ROW("GB-RATE-3", SKIP), TAPE(""), {NOTHING, LIMITED("Retry-After: soon\r\n")}, .waits = true},
    {ROW("GB-RATE-3", NONE),
     TAPE(""),
     {LIMITED("Retry-After: 1\r\n"), BARE("503 No")},
     .waits = true},

    {ROW("GB-ERR-2", PASS), TAPE(""), {BROKEN("no answer from billing")}},
    {ROW("GB-ERR-2", TOLERATED), TAPE(""), {BROKEN("")}},
    {ROW("GB-ERR-2", FAIL), TAPE(""), {BROKEN("SQLSTATE[HY000]")}},
    {ROW("GB-ERR-2", PASS), TAPE(""), {BROKEN("{\"message\":\"{\\\"code\\\":\\\"E1\\\"}\"}")}},
    {ROW("GB-ERR-2", FAIL), TAPE(""), {BROKEN("{\"stack\":\"Error: no\\n    at serve\"}")}},
    {ROW("GB-ERR-2", FAIL), TAPE(""), {BROKEN("no file C:\\inetpub")}},
    {ROW("GB-ERR-2", INFO), TAPE(""), {BARE("503 No")}},
    {ROW("GB-ERR-2", SKIP), TAPE(""), {NOTHING}},
    {ROW("GB-ERR-2", NONE), TAPE(""), {BARE("404 No")}},
    {ROW("GB-ERR-2", SKIP), TAPE(""), {BROKEN("")}, .lacks = BP_HOOK_BIT(BP_HOOK_FAULT)},

    {ROW("GB-TXN-4", PASS), TAPE(""), {BARE("400 Bad"), NOTHING}},
    {ROW("GB-TXN-4", FAIL), TAPE("\1"), {BARE("400 Bad"), BARE("409 Again")}},
    {ROW("GB-TXN-4", FAIL), TAPE("\3"), {BARE("401 Who"), BARE("409 Again")}, .has_basic = true},
    {ROW("GB-TXN-4", TOLERATED),
     TAPE("\1"),
     {BARE("400 Bad"), BARE("409 Again")},
     .profile = "seed-literal"},
    {ROW("GB-TXN-4", NONE), TAPE("\2"), {NOTHING}},
    {ROW("GB-TXN-4", NONE), TAPE("\2"), {BARE("400 Bad"), BARE("503 No")}},
    {ROW("GB-TXN-3", PASS), TAPE(""), {NOTHING}},
    {ROW("GB-TXN-3", FAIL), TAPE(""), {NOTHING, NOTHING, NOTHING, BARE("409 Again")}},
    {ROW("GB-TXN-3", FAIL), TAPE(""), {NOTHING, NOTHING, NOTHING, BARE("500 Full")}},
    {ROW("GB-TXN-3", SKIP), TAPE(""), {NOTHING}, .lacks = BP_HOOK_BIT(BP_HOOK_CLOCK)},
};

// An id that comes again after a day may still be known.
struct counted {
    unsigned count;
};

static bool know_forever(void *context, struct buf *response, const struct sending *sending)
{
    struct counted *counted = context;
    (void)sending;
    counted->count++;
    buf_put_text(response, counted->count < 22 ? NOTHING : BARE("409 Again"));
    return true;
}

static void check_long_memory(void)
{
    struct counted counted = {0};
    struct world world;
    judged_world(&world, NULL, false,
                 (struct subject){.exchange = know_forever, .context = &counted});
    world.hooks = (struct bp_hooks){.there = BP_HOOK_BIT(BP_HOOK_CLOCK), .act = script_act};
    CHECK(play_world("GB-TXN-3", &world, VIEW("")).grade == GRADE_INFO);
    CHECK(counted.count == 22);
}

int main(void)
{
    JUDGE_TABLE(rows);
    PLAY_SCRIPTS(scripts);
    check_long_memory();
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
#include "net/presented.h"

#include "props/unit/unit.h"

enum { NOW_S = 1000, EXPIRED = BP_PRESENTED_EXPIRED, REVOKED = 23, SELF_SIGNED = 18 };

#define GOOD .has_certificate = true, .is_documented_subject = true, .not_after_s = NOW_S + 1

static const struct {
    struct bp_presented presented;
    bool checks_subject;
    enum bp_reason want;
} rows[] = {
    {{GOOD}, true, BP_REASON_NONE},
    {{.has_certificate = false}, false, BP_REASON_CERT_MISSING},
    {{.is_resumed = true}, false, BP_REASON_CERT_MISSING},
    {{GOOD, .error_count = 1, .errors = {{EXPIRED, 0}}}, false, BP_REASON_CERT_EXPIRED},
    {{GOOD, .error_count = 1, .errors = {{EXPIRED, 1}}}, false, BP_REASON_CERT_REFUSED},
    {{GOOD, .error_count = 1, .errors = {{REVOKED, 0}}}, false, BP_REASON_CERT_REFUSED},
    {{GOOD, .error_count = 2, .errors = {{EXPIRED, 0}, {REVOKED, 0}}},
     false,
     BP_REASON_CERT_REFUSED},
    {{GOOD, .error_count = 2, .errors = {{SELF_SIGNED, 0}, {EXPIRED, 0}}},
     false,
     BP_REASON_CERT_REFUSED},
    {{GOOD, .error_count = 2, .errors = {{EXPIRED, 0}, {EXPIRED, 1}}},
     false,
     BP_REASON_CERT_REFUSED},
    {{GOOD, .error_count = 1, .errors = {{EXPIRED, 0}}, .has_overflow = true},
     false,
     BP_REASON_CERT_REFUSED},
    {{GOOD, .has_overflow = true}, false, BP_REASON_CERT_REFUSED},
    {{GOOD, .is_resumed = true}, false, BP_REASON_CERT_REFUSED},
    {{.has_certificate = true, .not_after_s = NOW_S}, false, BP_REASON_NONE},
    {{.has_certificate = true, .not_after_s = NOW_S - 1}, false, BP_REASON_CERT_EXPIRED},
    {{.has_certificate = true, .not_after_s = NOW_S - 1, .is_resumed = true},
     false,
     BP_REASON_CERT_EXPIRED},
    {{.has_certificate = true,
      .not_after_s = NOW_S - 1,
      .error_count = 1,
      .errors = {{REVOKED, 0}}},
     false,
     BP_REASON_CERT_REFUSED},
    {{.has_certificate = true, .not_after_s = NOW_S + 1}, false, BP_REASON_NONE},
    {{.has_certificate = true, .not_after_s = NOW_S + 1}, true, BP_REASON_CERT_SUBJECT},
    {{.has_certificate = true, .not_after_s = NOW_S - 1}, true, BP_REASON_CERT_EXPIRED},
};

static void test_note(void)
{
    struct bp_presented presented = {.has_certificate = true};
    for (int twice = 0; twice < 2; twice++)
        for (int i = 0; i < BP_PRESENTED_ERROR_COUNT_MAX; i++)
            bp_presented_note(&presented, 10 + i % 2, i / 2);
    CHECK(presented.error_count == BP_PRESENTED_ERROR_COUNT_MAX);
    CHECK(!presented.has_overflow);
    CHECK(presented.errors[3].error == 11);
    CHECK(presented.errors[3].depth == 1);
    bp_presented_note(&presented, 99, 0);
    CHECK(presented.error_count == BP_PRESENTED_ERROR_COUNT_MAX);
    CHECK(presented.has_overflow);
}

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct bp_gate gate = {bp_gate_decide, rows[i].checks_subject};
        CHECK_ROW(i, gate.decide(&gate, &rows[i].presented, NOW_S) == rows[i].want);
    }
    test_note();
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
#include "operator/limiter.h"

#include "props/unit/unit.h"

// One step: at a time after the start, as many requests, of which so many pass.
struct step {
    int64_t after_ms;
    unsigned asked, passed;
};

static const struct {
    uint32_t rate_per_s, burst;
    struct step steps[6];
} rows[] = {
    {0, 1, {{0, 1000, 1000}, {1, 1000, 1000}}},
    {1, 1, {{0, 2, 1}, {999, 1, 0}, {1000, 2, 1}, {1999, 1, 0}, {2000, 1, 1}}},
    {3, 3, {{0, 5, 3}, {333, 1, 0}, {334, 2, 1}, {1000, 5, 2}, {10000, 5, 3}}},
    {1000000, 1, {{0, 2, 1}, {1, 2, 1}, {2, 2, 1}}},
    {3, 25, {{0, 30, 25}, {1000, 30, 3}, {9000, 30, 24}, {9001, 1, 0}}},
    {2, 4, {{0, 9, 4}, {-1000, 9, 0}, {-500, 9, 1}, {500, 9, 2}}},
    {2, 4, {{0, 2, 2}, {10000, 9, 4}, {10000, 1, 0}}},
    {1, 4294967295, {{0, 3, 3}, {9000000000000, 3, 3}}},
};

static void test_steps(void)
{
    const int64_t start_ms = 1767225600000;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bp_limiter limiter;
        bp_limiter_init(&limiter, rows[i].rate_per_s, rows[i].burst, start_ms);
        for (size_t s = 0; s < 6 && rows[i].steps[s].asked != 0; s++) {
            unsigned passed = 0;
            for (unsigned n = 0; n < rows[i].steps[s].asked; n++) {
                uint32_t retry_s = 0;
                bool may =
                    bp_limiter_take(&limiter, &retry_s, start_ms + rows[i].steps[s].after_ms);
                passed += may;
                CHECK_ROW(i, may == (retry_s == 0));
            }
            CHECK_ROW(i, passed == rows[i].steps[s].passed);
        }
    }
}

// Whoever waits as long as he was told is answered (GB-RATE-3).
static void test_promise(void)
{
    for (uint32_t rate_per_s = 1; rate_per_s < 1000; rate_per_s = rate_per_s * 3 + 1) {
        struct bp_limiter limiter;
        int64_t now_ms = 17;
        uint32_t retry_s = 0;
        bp_limiter_init(&limiter, rate_per_s, 2, now_ms);
        for (unsigned n = 0; n < 100; n++) {
            while (bp_limiter_take(&limiter, &retry_s, now_ms))
                now_ms += n % 3 == 0;
            CHECK(retry_s >= 1);
            now_ms += (int64_t)retry_s * 1000;
            CHECK(bp_limiter_take(&limiter, &retry_s, now_ms));
        }
    }
}

int main(void)
{
    test_steps();
    test_promise();
    return unit_end();
}

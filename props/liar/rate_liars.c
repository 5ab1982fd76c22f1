// SPDX-License-Identifier: Apache-2.0
// Liars about the rate: they have the honest limiter, and say something else of it.
#include "props/liar/liar.h"

#define RETRY "Retry-After"

static bool is_limited(const struct lie *lie) { return lie->reply.status == 429; }

static void say_nothing(struct lie *lie)
{
    if (is_limited(lie))
        reply_drop(&lie->reply, RETRY);
}

static void say(struct lie *lie, const char *value)
{
    if (is_limited(lie))
        reply_set(&lie->reply, RETRY, value);
}

static void say_fraction(struct lie *lie) { say(lie, "1.5"); }

static void say_negative(struct lie *lie) { say(lie, "-1"); }

static void say_iso_date(struct lie *lie) { say(lie, "2026-01-01T00:00:01Z"); }

static void say_past(struct lie *lie) { say(lie, "Sun, 06 Nov 1994 08:49:37 GMT"); }

static void say_words(struct lie *lie) { say(lie, "1 second"); }

// Once limited, always limited; kept is that it happened.
static void never_end(struct lie *lie)
{
    lie->kept_len = lie->kept_len != 0 || is_limited(lie);
    if (lie->kept_len == 0 || !lie_is_served(lie))
        return;
    reply_refuse(&lie->reply, 429, "too many requests");
    reply_set(&lie->reply, RETRY, "1");
}

const struct liar rate_liars[] = {
    {"rate-bare", "GB-RATE-1", "429 does not say when to come back", .reply = say_nothing},
    {"rate-fraction", "GB-RATE-2", "Retry-After: 1.5", .reply = say_fraction},
    {"rate-negative", "GB-RATE-2", "Retry-After: -1", .reply = say_negative},
    {"rate-iso", "GB-RATE-2", "Retry-After is a date of ISO 8601", .reply = say_iso_date},
    {"rate-past", "GB-RATE-2", "Retry-After is a date in the past", .reply = say_past},
    {"rate-words", "GB-RATE-2", "Retry-After: 1 second", .reply = say_words},
    {"rate-endless", "GB-RATE-3", "once refused, every request is", .reply = never_end},
    {.name = NULL},
};

// SPDX-License-Identifier: Apache-2.0
// Liars about the rate: they have the honest limiter, and say something else of it.
#include "props/liar/liar.h"
#include "value/date.h"

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

static void refuse(struct lie *lie)
{
    reply_refuse(&lie->reply, 429, "too many requests");
    reply_set(&lie->reply, RETRY, "1");
}

// Once limited, always limited; kept is that it happened.
static void never_end(struct lie *lie)
{
    lie->kept_len = lie->kept_len != 0 || is_limited(lie);
    if (lie->kept_len == 0 || !lie_is_served(lie))
        return;
    refuse(lie);
}

// The server and something in front of it both say it.
static void say_twice(struct lie *lie)
{
    if (is_limited(lie))
        lines_add(&lie->reply.fields, &lie->reply.space, RETRY, VIEW("1"));
}

// Each refused request costs a second as a served one does; kept is when the last one is paid for.
static void count_refused(struct lie *lie)
{
    int64_t now_s = 0;
    int64_t until_s = 0;
    if (!bp_date_read(&now_s, reply_get(&lie->reply, "Date")))
        return;
    if (lie->kept_len == sizeof until_s)
        memcpy(&until_s, lie->kept, sizeof until_s);
    bool is_early = until_s > now_s && lie_is_served(lie);
    if (!is_limited(lie) && !is_early)
        return;
    until_s = (until_s > now_s ? until_s : now_s) + 1;
    memcpy(lie->kept, &until_s, sizeof until_s);
    lie->kept_len = sizeof until_s;
    refuse(lie);
}

// The counter of the second window never ends; kept is how far it has come.
static void end_once(struct lie *lie)
{
    enum { FIRST_REFUSED = 1, SERVED_AGAIN, SECOND_REFUSED };
    bool goes_on = lie->kept_len == SERVED_AGAIN ? is_limited(lie) : lie_is_served(lie);
    if (lie->kept_len == 0)
        lie->kept_len = is_limited(lie) ? FIRST_REFUSED : 0;
    else if (lie->kept_len != SECOND_REFUSED && goes_on)
        lie->kept_len++;
    if (lie->kept_len == SECOND_REFUSED && lie_is_served(lie))
        refuse(lie);
}

const struct liar rate_liars[] = {
    {"rate-bare", "GB-RATE-1", "429 does not say when to come back", .reply = say_nothing},
    {"rate-fraction", "GB-RATE-2", "Retry-After: 1.5", .reply = say_fraction},
    {"rate-negative", "GB-RATE-2", "Retry-After: -1", .reply = say_negative},
    {"rate-iso", "GB-RATE-2", "Retry-After is a date of ISO 8601", .reply = say_iso_date},
    {"rate-past", "GB-RATE-2", "Retry-After is a date in the past", .reply = say_past},
    {"rate-words", "GB-RATE-2", "Retry-After: 1 second", .reply = say_words},
    {"rate-twice", "GB-RATE-2", "says Retry-After two times", .reply = say_twice},
    {"rate-counts-refused", "GB-RATE-3", "refused requests count, and Retry-After does not know",
     .reply = count_refused},
    {"rate-ends-once", "GB-RATE-3", "the second window never ends", .reply = end_once},
    {"rate-endless", "GB-RATE-3", "once refused, every request is", .reply = never_end},
    {.name = NULL},
};

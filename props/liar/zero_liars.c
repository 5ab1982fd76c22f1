// SPDX-License-Identifier: Apache-2.0
#include "props/liar/liar.h"

static bool is_nothing(const struct lie *lie)
{
    return lie->list.count == 1 && said_is(lie->list.items[0].type, "NONE");
}

static void empty_list(struct lie *lie)
{
    if (is_nothing(lie))
        lie->list.count = 0;
}

static void no_content(struct lie *lie)
{
    if (lie_is_served(lie) && text_has(lie->reply.body, "\"NONE\""))
        reply_say(&lie->reply, 204, "", view_of(NULL, 0));
}

static void not_found(struct lie *lie)
{
    if (lie_is_served(lie) && lie_role(lie) == ROLE_Z)
        reply_refuse(&lie->reply, 404, "no balance");
}

static void two_elements(struct lie *lie)
{
    if (is_nothing(lie) && lie_role(lie) == ROLE_Z)
        lie->list.items[lie->list.count++] = said_nothing();
}

static void say_time(struct lie *lie, const char *text)
{
    for (size_t i = 0; i < lie->list.count; i++)
        if (said_is(lie->list.items[i].time, "PT0S"))
            lie->list.items[i].time = view_of_text(text);
}

static void bare_time(struct lie *lie) { say_time(lie, "\"PT\""); }

static void empty_time(struct lie *lie) { say_time(lie, "\"\""); }

static void clock_time(struct lie *lie) { say_time(lie, "\"00:00:00\""); }

static void append_placeholder(struct lie *lie)
{
    struct said_list *list = &lie->list;
    if (!is_nothing(lie) && list->count > 0 && list->count < SAID_COUNT_MAX) {
        list->items[list->count] = said_nothing();
        list->items[list->count].locations = lie_wants_full(lie) ? VIEW("[]") : VIEW("");
        list->count++;
    }
}

const struct liar zero_liars[] = {
    {"zero-empty", "GB-ZERO-1", "no balance: []", .list = empty_list},
    {"zero-204", "GB-ZERO-1", "no balance: 204", .reply = no_content},
    {"zero-404", "GB-ZERO-1", "no balance: 404", .reply = not_found},
    {"zero-twice", "GB-ZERO-1", "no balance: two elements", .list = two_elements},
    {"zero-time-bare", "GB-ZERO-2", "a zero time is PT", .list = bare_time},
    {"zero-time-empty", "GB-ZERO-2", "a zero time is empty", .list = empty_time},
    {"zero-time-clock", "GB-ZERO-2", "a zero time is 00:00:00", .list = clock_time},
    {"zero-placeholder", "GB-ZERO-3", "a zero element behind the others",
     .list = append_placeholder},
    {.name = NULL},
};

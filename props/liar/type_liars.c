// SPDX-License-Identifier: Apache-2.0
#include "props/liar/liar.h"

static void say(struct lie *lie, const char *kind, const char *type, const char *data,
                const char *time)
{
    for (size_t i = 0; i < lie->list.count; i++) {
        struct said *item = &lie->list.items[i];
        if (!said_is(item->type, kind))
            continue;
        item->type = view_of_text(type);
        item->data = view_of_text(data);
        item->time = view_of_text(time);
    }
}

static void none_as_modirect(struct lie *lie)
{
    if (lie_role(lie) == ROLE_Z)
        say(lie, "NONE", "\"MODIRECT\"", "0", "\"PT0S\"");
}

static void none_as_notsupported(struct lie *lie)
{
    if (lie_role(lie) == ROLE_Z)
        say(lie, "NONE", "\"NOTSUPPORTED\"", "0", "\"PT0S\"");
}

static void used_up_as_payg(struct lie *lie)
{
    if (lie_role(lie) == ROLE_X)
        say(lie, "NONE", "\"MODIRECTPAYG\"", "0", "\"P10D\"");
}

static void used_up_as_modirect(struct lie *lie)
{
    if (lie_role(lie) == ROLE_X)
        say(lie, "NONE", "\"MODIRECT\"", "0", "\"P10D\"");
}

static void none_with_data(struct lie *lie) { say(lie, "NONE", "\"NONE\"", "12.5", "\"PT0S\""); }

static void none_keeps_data(struct lie *lie)
{
    if (lie_role(lie) == ROLE_E)
        say(lie, "NONE", "\"NONE\"", "680", "\"PT0S\"");
}

static void payg_without_data(struct lie *lie)
{
    say(lie, "MODIRECTPAYG", "\"MODIRECTPAYG\"", "0", "\"P10D\"");
}

static void payg_without_time(struct lie *lie)
{
    say(lie, "MODIRECTPAYG", "\"MODIRECTPAYG\"", "5", "\"PT0S\"");
}

static struct verdict refuse_postpaid_zero(const struct exchange *x)
{
    for (size_t i = 0; i < x->balance_count && i < EXCHANGE_BALANCE_COUNT_MAX; i++)
        if (x->balances[i].kind == SEEN_MODIRECT && x->balances[i].data_mb == 0)
            return fail("a balance of type MODIRECT has no data");
    return pass();
}

static void unsupported_refused(struct lie *lie, unsigned status)
{
    if (lie_is_served(lie) && lie_role(lie) == ROLE_N)
        reply_refuse(&lie->reply, status, "this SIM does not take part");
}

static void unsupported_as_404(struct lie *lie) { unsupported_refused(lie, 404); }

static void unsupported_as_403(struct lie *lie) { unsupported_refused(lie, 403); }

static void unsupported_as_none(struct lie *lie)
{
    say(lie, "NOTSUPPORTED", "\"NONE\"", "0", "\"PT0S\"");
}

static void unsupported_null(struct lie *lie)
{
    say(lie, "NOTSUPPORTED", "\"NOTSUPPORTED\"", "null", "\"PT0S\"");
}

static void unsupported_with_data(struct lie *lie)
{
    say(lie, "NOTSUPPORTED", "\"NOTSUPPORTED\"", "80", "\"PT0S\"");
}

static void unsupported_with_time(struct lie *lie)
{
    say(lie, "NOTSUPPORTED", "\"NOTSUPPORTED\"", "0", "\"P9D\"");
}

static bool is_unsupported(const struct lie *lie)
{
    return lie->list.count == 1 && said_is(lie->list.items[0].type, "NOTSUPPORTED");
}

static void unsupported_filtered(struct lie *lie)
{
    if (is_unsupported(lie) && ask_value(&lie->ask, "location").len == 2)
        lie->list.count = 0;
}

static void unsupported_mixed(struct lie *lie)
{
    if (is_unsupported(lie))
        lie->list.items[lie->list.count++] = said_nothing();
}

static void unsupported_elsewhere(struct lie *lie)
{
    if (is_unsupported(lie) && text_is(ask_value(&lie->ask, "location"), "FR"))
        lie->list.items[0].type = VIEW("\"NONE\"");
}

static void unknown_as_notsupported(struct lie *lie)
{
    static const char text[] = "{\"balances\":[{\"type\":\"NOTSUPPORTED\",\"dataRemainingInMB\":0,"
                               "\"timeRemaining\":\"PT0S\",\"locations\":[]}]}";
    if (lie->reply.status == 404 && lie_role(lie) == ROLE_U && lie_is_resource(lie))
        reply_say(&lie->reply, 200, "application/json", view_of_text(text));
}

const struct liar type_liars[] = {
    {"type-none-modirect", "GB-TYPE-1", "no balance is MODIRECT", .list = none_as_modirect},
    {"type-none-notsupported", "GB-TYPE-1", "no balance is NOTSUPPORTED",
     .list = none_as_notsupported},
    {"type-used-up-payg", "GB-TYPE-2", "used up stays MODIRECTPAYG", .list = used_up_as_payg},
    {"type-used-up-modirect", "GB-TYPE-2", "used up is MODIRECT", .list = used_up_as_modirect},
    {"type-none-data", "GB-TYPE-4", "NONE with 12.5 MB", .list = none_with_data},
    {"type-none-keeps", "GB-TYPE-4", "an expired plan keeps its data", .list = none_keeps_data},
    {"type-payg-no-data", "GB-TYPE-5", "MODIRECTPAYG without data", .list = payg_without_data},
    {"type-payg-no-time", "GB-TYPE-5", "MODIRECTPAYG without time", .list = payg_without_time},
    {"judge-postpaid", "GB-TYPE-6", "a judge who refuses MODIRECT with 0",
     .judge = refuse_postpaid_zero},
    {"type-unsupported-404", "GB-TYPE-7", "a SIM not taking part: 404",
     .reply = unsupported_as_404},
    {"type-unsupported-403", "GB-TYPE-7", "a SIM not taking part: 403",
     .reply = unsupported_as_403},
    {"type-unsupported-none", "GB-TYPE-7", "a SIM not taking part: NONE",
     .list = unsupported_as_none},
    {"type-unsupported-null", "GB-TYPE-8", "NOTSUPPORTED with data null", .list = unsupported_null},
    {"type-unsupported-data", "GB-TYPE-8", "NOTSUPPORTED with data", .list = unsupported_with_data},
    {"type-unsupported-time", "GB-TYPE-8", "NOTSUPPORTED with time", .list = unsupported_with_time},
    {"type-unsupported-filtered", "GB-TYPE-9", "a location hides NOTSUPPORTED",
     .list = unsupported_filtered},
    {"type-unsupported-mixed", "GB-TYPE-9", "NOTSUPPORTED and NONE together",
     .list = unsupported_mixed},
    {"type-unsupported-fr", "GB-TYPE-9", "NOTSUPPORTED becomes NONE in FR",
     .list = unsupported_elsewhere},
    {"type-unknown", "GB-TYPE-10", "an unknown SIM is NOTSUPPORTED",
     .reply = unknown_as_notsupported},
    {.name = NULL},
};

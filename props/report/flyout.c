// SPDX-License-Identifier: Apache-2.0
#include "props/report/flyout.h"

#include "json/json_write.h"

// Data and time have to be readable by the consumer; a duration with a sign is none to show.
static struct flyout of_payg(const struct seen_balance *b)
{
    struct flyout out = {"the account link, and ", true, b->data_mb, b->duration.whole_s};
    bool has_time = b->has_time && b->duration.form != BP_DURATION_NEGATIVE;
    if (b->has_data && has_time && b->data_mb >= 0)
        return out;
    return (struct flyout){"the account link, and no balance: data or time cannot be read", false,
                           0, 0};
}

struct flyout flyout_of(const struct exchange *x)
{
    static const char *const words[] = {
        [SEEN_OTHER] = "nothing of it: the first type is none of the four",
        [SEEN_MODIRECT] = "the account link, and no balance",
        [SEEN_NONE] = "an offer to buy a plan",
        [SEEN_NOTSUPPORTED] = "the account link; Mobile Plans is off for this SIM",
    };
    struct flyout out = {NULL, false, 0, 0};
    if (x->status != 200 || !x->has_list)
        return out;
    if (x->balance_count == 0)
        out.words = "nothing: the list is empty";
    else if (x->balances[0].kind == SEEN_MODIRECTPAYG)
        out = of_payg(&x->balances[0]);
    else
        out.words = words[x->balances[0].kind];
    return out;
}

// The two greatest parts that are not zero say enough.
static void put_left(struct buf *out, uint64_t left_s)
{
    static const struct {
        uint64_t s;
        const char *name;
    } units[] = {{86400, " d"}, {3600, " h"}, {60, " min"}, {1, " s"}};
    unsigned count = 0;
    for (size_t i = 0; i < sizeof units / sizeof units[0] && count < 2; i++) {
        uint64_t n = left_s / units[i].s;
        left_s %= units[i].s;
        if (n == 0)
            continue;
        buf_put_text(out, count++ == 0 ? "" : " ");
        buf_put_unsigned(out, n);
        buf_put_text(out, units[i].name);
    }
    buf_put_text(out, count == 0 ? "0 s" : "");
}

void flyout_put(struct buf *out, const struct flyout *flyout)
{
    if (flyout->words == NULL)
        return;
    buf_put_text(out, flyout->words);
    if (!flyout->has_amounts)
        return;
    bp_json_put_number(out, flyout->data_mb);
    buf_put_text(out, " MB and ");
    put_left(out, flyout->left_s);
    buf_put_text(out, " left");
}

// SPDX-License-Identifier: Apache-2.0
#include "props/report/flyout.h"

#include <stdlib.h>

#include "props/report/scene.h"
#include "props/unit/judged.h"

#define PAYG_OF(data, time) LIST(BALANCE("MODIRECTPAYG", data, time))

static const struct {
    const char *head;
    const char *body;
    const char *want; // "": nothing is said
} rows[] = {
    {JSON, PAYG_OF("123.5", "P23DT23H"), "the account link, and 123.5 MB and 23 d 23 h left"},
    {JSON, PAYG_OF("1", "PT90M30S"), "the account link, and 1 MB and 1 h 30 min left"},
    {JSON, PAYG_OF("0.25", "P1DT5S"), "the account link, and 0.25 MB and 1 d 5 s left"},
    {JSON, PAYG_OF("0", "PT0S"), "the account link, and 0 MB and 0 s left"},
    {JSON, PAYG_OF("1e300", "P400D"), "the account link, and 1e300 MB and 400 d left"},
    {JSON, PAYG_OF("-1", "P1D"), "the account link, and no balance: data or time cannot be read"},
    {JSON, PAYG_OF("1", "-P1D"), "the account link, and no balance: data or time cannot be read"},
    {JSON, PAYG_OF("1", "soon"), "the account link, and no balance: data or time cannot be read"},
    {JSON, LIST("{\"type\":\"MODIRECTPAYG\"}"),
     "the account link, and no balance: data or time cannot be read"},
    {JSON, LIST(BALANCE("MODIRECT", "5", "P1D")), "the account link, and no balance"},
    {JSON, LIST(NONE), "an offer to buy a plan"},
    {JSON, LIST(UNSUPPORTED), "the account link; Mobile Plans is off for this SIM"},
    {JSON, LIST(BALANCE("payg", "5", "P1D")), "nothing of it: the first type is none of the four"},
    {JSON, LIST("7"), "nothing of it: the first type is none of the four"},
    {JSON, LIST(NONE "," PAYG), "an offer to buy a plan"},
    {JSON, LIST(PAYG "," NONE), "the account link, and 123 MB and 23 d 23 h left"},
    {JSON, LIST(""), "nothing: the list is empty"},
    {JSON, "{}", ""},
    {JSON, "", ""},
    {"404 Not Found\r\n", LIST(PAYG), ""},
};

static void open_row(struct exchange *x, const char *head, const char *body)
{
    static char space[4096];
    static struct opener opener;
    static struct fixture fixture;
    static struct profile profile;
    static void *opener_space;
    if (opener_space == NULL) {
        opener_space = aligned_alloc(16, (opener_size() + 15) & ~(size_t)15);
        opener_init(&opener, opener_space);
    }
    struct buf response = BUF(space);
    judged_respond(&response, head, body, view_of(NULL, 0));
    exchange_open(x, &opener, &fixture, &profile, NULL, VIEW("GET / HTTP/1.1\r\n\r\n"),
                  buf_view(&response));
}

static void check_rows(void)
{
    static struct exchange x;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char space[256];
        struct buf out = BUF(space);
        open_row(&x, rows[i].head, rows[i].body);
        struct flyout flyout = flyout_of(&x);
        flyout_put(&out, &flyout);
        if (!view_equal(buf_view(&out), view_of_text(rows[i].want)))
            fprintf(stderr, "got %.*s\n", (int)out.len, out.data);
        CHECK_ROW(i, view_equal(buf_view(&out), view_of_text(rows[i].want)));
    }
}

// A scene has a line of it under what was received, where there is anything to show.
static void check_scene(void)
{
    static struct exchange x;
    char space[8192];
    struct buf out = BUF(space);
    open_row(&x, JSON, LIST(NONE));
    scene_put_received(&out, &x);
    CHECK(view_find(buf_view(&out), VIEW("   shows     an offer to buy a plan\n")) < out.len);
    buf_clear(&out);
    open_row(&x, "404 Not Found\r\n", LIST(NONE));
    scene_put_received(&out, &x);
    CHECK(view_find(buf_view(&out), VIEW("shows")) == out.len);
}

int main(void)
{
    check_rows();
    check_scene();
    return unit_end();
}

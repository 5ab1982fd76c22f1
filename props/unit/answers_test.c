// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include "props/rule/answers.h"
#include "props/unit/unit.h"

#define OK(elements) "HTTP/1.1 200 OK\r\n\r\n{\"balances\":[" elements "]}"
#define AT(time, elements) \
    "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 " time " GMT\r\n\r\n{\"balances\":[" elements "]}"
#define ONE(data, time) \
    "{\"type\":\"MODIRECTPAYG\",\"dataRemainingInMB\":" data ",\"timeRemaining\":\"" time "\"}"
#define SWAPPED \
    "{\"timeRemaining\":\"P1D\",\"x\":[],\"dataRemaininginMB\":5.0,\"type\":\"MODIRECTPAYG\"}"
#define IN(codes)                                                                   \
    "{\"type\":\"MODIRECTPAYG\",\"dataRemainingInMB\":5,\"timeRemaining\":\"P1D\"," \
    "\"locations\":" codes "}"
#define ID(id) \
    "{\"type\":\"NONE\",\"dataRemainingInMB\":0,\"timeRemaining\":\"PT0S\",\"id\":" id "}"

struct row {
    const char *first;
    const char *later;
    bool is_same;       // same_answer
    bool has_same_list; // same_lists by same_basics
};

static const struct row rows[] = {
    {OK(ONE("5", "P1D")), OK(ONE("5", "P1D")), true, true},
    {OK(ONE("5", "P1D")), OK(SWAPPED), true, true},
    {OK(ONE("5", "P1D")), OK(ONE("5", "PT24H")), true, true},
    {OK(ONE("5", "P1D")), OK(ONE("5", "PT23H59M55S")), true, true},
    {OK(ONE("5", "P1D")), OK(ONE("5", "PT23H59M54S")), false, false},
    // Two servers whose clocks differ a little: one step of what they print, never two.
    {OK(ONE("5", "P1D")), OK(ONE("5", "P1DT1S")), true, true},
    {OK(ONE("5", "P1D")), OK(ONE("5", "P1DT2S")), false, false},
    {OK(ONE("5", "PT2H3S")), OK(ONE("5", "PT2H1M3S")), false, false},
    {OK(ONE("5", "PT1H59M")), OK(ONE("5", "PT2H")), true, true},
    {OK(ONE("5", "PT1H58M")), OK(ONE("5", "PT2H")), false, false},
    {OK(ONE("5", "PT0S")), OK(ONE("5", "P1D")), false, false},
    // One step of a coarse clock, never two.
    {OK(ONE("5", "PT2H1M")), OK(ONE("5", "PT2H")), true, true},
    {OK(ONE("5", "PT2H")), OK(ONE("5", "PT1H59M")), true, true},
    {OK(ONE("5", "PT2H")), OK(ONE("5", "PT1H58M")), false, false},
    {OK(ONE("5", "PT7200S")), OK(ONE("5", "PT7140S")), true, true},
    {OK(ONE("5", "PT7200S")), OK(ONE("5", "PT7080S")), false, false},
    {OK(ONE("5", "PT7200S")), OK(ONE("5", "PT7139S")), false, false},
    {OK(ONE("5", "PT7200.5S")), OK(ONE("5", "PT7140.5S")), false, false},
    {OK(ONE("5", "P2D")), OK(ONE("5", "P1DT23H")), true, true},
    {OK(ONE("5", "P2D")), OK(ONE("5", "P1D")), true, true},
    {OK(ONE("5", "P3D")), OK(ONE("5", "P1D")), false, false},
    {OK(ONE("5", "P2M")), OK(ONE("5", "P1M")), true, true},
    {OK(ONE("5", "PT1M")), OK(ONE("5", "PT0S")), true, true},
    {OK(ONE("5", "PT2M")), OK(ONE("5", "PT0S")), false, false},
    {OK(ONE("5", "PT61S")), OK(ONE("5", "PT1S")), false, false},
    // A plan that may have ended in between.
    {OK(ONE("5", "PT5S")), OK(ID("\"1\"")), true, true},
    {OK(ONE("5", "P1D") "," ONE("7", "PT3S")), OK(ONE("5", "P1D")), true, true},
    {OK(ONE("5", "PT6S")), OK(ID("\"1\"")), false, false},
    {AT("08:49:37", ONE("5", "PT1M")), AT("08:50:37", ID("\"1\"")), true, true},
    {OK(ONE("5", "PT0S")), OK(ONE("6", "PT0S")), false, false},
    // What the endpoint's own clock says has passed.
    {AT("08:49:37", ONE("5", "PT1H")), AT("08:50:37", ONE("5", "PT59M1S")), true, true},
    {AT("08:49:37", ONE("5", "PT1H")), AT("08:50:37", ONE("5", "PT58M54S")), false, false},
    {AT("08:50:37", ONE("5", "PT1H")), AT("08:49:37", ONE("5", "PT59M1S")), false, false},
    {AT("08:49:37", ONE("5", "PT1H")), OK(ONE("5", "PT59M1S")), false, false},
    {OK(ONE("5", "P1D")), OK(ONE("6", "P1D")), false, false},
    {OK(ONE("5", "P1D")), OK(ONE("\"5\"", "P1D")), false, false},
    {OK(ONE("5", "P1D")), OK(ONE("5", "soon")), false, false},
    {OK(ONE("5", "soon")), OK(ONE("5", "soon")), true, true},
    {OK(ONE("5", "P1D")), OK(""), false, false},
    {OK(ONE("5", "P1D") "," ONE("6", "P1D")), OK(ONE("6", "P1D") "," ONE("5", "P1D")), false,
     false},
    {OK(IN("[\"US\",\"CA\"]")), OK(IN("[\"CA\",\"US\"]")), true, true},
    {OK(IN("[\"US\",\"CA\"]")), OK(IN("[\"CA\",\"FR\"]")), false, true},
    {OK(IN("[\"US\"]")), OK(IN("[\"US\",\"US\"]")), false, true},
    {OK(IN("[\"US\"]")), OK(ONE("5", "P1D")), false, true},
    {OK(IN("\"US\"")), OK(IN("\"US\"")), true, true},
    {OK(IN("[[\"US\"],\"CA\"]")), OK(IN("[\"US\",\"CA\"]")), false, true},
    {OK(ID("\"1\"")), OK(ID("\"1\"")), true, true},
    {OK(ID("\"1\"")), OK(ID("\"2\"")), false, false},
    {OK(ID("\"1\"")), OK(ID("1")), false, false},
    {OK(ID("\"1\"")), OK("{\"type\":\"NONE\",\"dataRemainingInMB\":0,\"timeRemaining\":\"PT0S\"}"),
     false, true},
    {OK(IN("\"US\"")), OK(IN("[\"US\"]")), false, true},
    {OK(IN("[[\"US\"]]")), OK(IN("[[\"US\"]]")), true, true},
    {OK(IN("[[\"US\"]]")), OK(IN("[\"US\"]")), false, true},
    {OK(""), OK(""), true, true},
    {OK(""), "HTTP/1.1 200 OK\r\n\r\n{}", false, true},
    {"HTTP/1.1 400 No\r\n\r\na", "HTTP/1.1 400 No\r\n\r\nb", true, true},
    {"HTTP/1.1 400 No\r\n\r\na", "HTTP/1.1 404 No\r\n\r\na", false, true},
};

static struct exchange first;
static struct exchange later;

int main(void)
{
    struct profile profile;
    struct opener openers[2];
    char *space = malloc(2 * opener_size());
    opener_init(&openers[0], space);
    opener_init(&openers[1], space + opener_size());
    CHECK(profile_find(&profile, VIEW("seed")));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        exchange_open(&first, &openers[0], NULL, &profile, NULL, VIEW(""),
                      view_of_text(rows[i].first));
        exchange_open(&later, &openers[1], NULL, &profile, NULL, VIEW(""),
                      view_of_text(rows[i].later));
        CHECK_ROW(i, same_answer(&first, &later) == rows[i].is_same);
        CHECK_ROW(i, same_lists(&first, &later, same_basics) == rows[i].has_same_list);
        CHECK_ROW(i, same_answer(&first, &first) && same_answer(&later, &later));
    }
    exchange_open(&first, &openers[0], NULL, &profile, NULL, VIEW(""),
                  view_of_text(OK(ONE("5", "P1D") "," ID("\"1\""))));
    exchange_open(&later, &openers[1], NULL, &profile, NULL, VIEW(""),
                  view_of_text(OK(ID("\"1\"") "," ID("\"2\""))));
    CHECK(has_balance(&first, &later, 0) && !has_balance(&first, &later, 1));
    CHECK(!all_zero(&first) && all_zero(&later));
    free(space);
    return unit_end();
}

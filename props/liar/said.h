// SPDX-License-Identifier: Apache-2.0
// What the honest endpoint said of balances, as raw JSON texts that liars exchange.
//
//     {"balances":[{"type":"MODIRECTPAYG","dataRemainingInMB":123,"timeRemaining":"P23DT23H",
//                   "id":"23445","locations":["US","CA"]}]}
#ifndef BP_PROPS_LIAR_SAID_H
#define BP_PROPS_LIAR_SAID_H

#include "props/liar/rewrite.h"

enum { SAID_COUNT_MAX = 32 };

// Each text is a whole JSON value, quotes included; an empty one leaves the member out.
struct said {
    struct view id;
    struct view type;
    struct view data;
    struct view time;
    struct view locations;
    struct view more; // further members, each with a comma in front: ",\"x\":1"
};

struct said_list {
    size_t count;
    struct said items[SAID_COUNT_MAX];
};

// said_read reads a body in the honest endpoint's own form, without blanks between tokens; false
// for anything else.
bool said_read(struct said_list *out, struct view body);

// said_write is the list as a body.
struct view said_write(struct buf *space, const struct said_list *list);

// said_is says whether `text` is the JSON string `word`: said_is(item->type, "NONE").
bool said_is(struct view text, const char *word);

// said_is_zero says whether the number `text` is zero.
bool said_is_zero(struct view text);

// said_holds says whether the balance has the country `code` (two letters in any case) among its
// locations.
bool said_holds(const struct said *item, struct view code);

// said_nothing is the element of a SIM without balance, as in the basic template.
struct said said_nothing(void);

#endif

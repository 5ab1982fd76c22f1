// SPDX-License-Identifier: Apache-2.0
// An ask: one request taken apart for liars to change, and put together again.
//
//     GET /v1/sims/8988247000100003319/balances?limit=1 HTTP/1.1
//     Host: mo.example
//
// Taking apart is generous, so that a liar may serve what the honest endpoint would refuse: the
// target may hold blanks and fields may be odd. What has no such shape at all is passed on as it
// is.
#ifndef BP_PROPS_LIAR_ASK_H
#define BP_PROPS_LIAR_ASK_H

#include "props/liar/rewrite.h"

struct ask {
    bool is_read;        // false: nothing below `whole` is meaningful (all views are empty)
    struct view whole;   // the request's bytes, with its body
    struct view method;  //
    struct view origin;  // "https://mo.example" in front of an absolute target, else empty
    struct view path;    // up to the first '?', still percent-encoded
    struct view query;   // with its '?'; empty when there is none
    struct view version; // "HTTP/1.1"
    struct lines fields; //
    struct view body;    // what follows the head, as far as it belongs to this request
    struct buf space;    // scratch for the changes
};

// ask_read takes the request at the start of `bytes` apart. Its body ends where one plain
// Content-Length says, and is everything left when the framing is odd. ask->space is emptied.
void ask_read(struct ask *ask, struct view bytes);

// ask_write appends the request: the changed one, or the bytes of `whole` when it was not read or a
// change did not fit.
void ask_write(struct buf *out, const struct ask *ask);

// ask_sim is the raw segment behind "/sims/", or an empty view; ask_set_sim replaces it.
struct view ask_sim(const struct ask *ask);
void ask_set_sim(struct ask *ask, struct view sim);

// ask_iccid is that segment decoded and without "iccid:" and blanks: the SIM that is meant.
struct view ask_iccid(struct ask *ask);

// An item of the query: name=value, both raw.
struct ask_item {
    struct view name;
    struct view value;
    bool has_value; // there is an equals sign
};

// ask_items is the query without its '?'; ask_next takes the first item off `*rest`, false when
// there is none left.
struct view ask_items(const struct ask *ask);
bool ask_next(struct view *rest, struct ask_item *item);

// ask_count is how often the parameter `name` is there; ask_value is its first value, decoded
// (empty when it is absent).
unsigned ask_count(const struct ask *ask, const char *name);
struct view ask_value(struct ask *ask, const char *name);

// ask_set gives the parameter `name` a raw value: its first one is replaced, else it is appended.
// ask_drop takes all of that name away; ask_drop_first only the first.
void ask_set(struct ask *ask, const char *name, struct view value);
void ask_drop(struct ask *ask, const char *name);
void ask_drop_first(struct ask *ask, const char *name);

#endif

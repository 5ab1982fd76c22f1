// SPDX-License-Identifier: Apache-2.0
// Liars: endpoints each wrong in one way. They prove the rules.
//
// A liar wraps an honest subject: it changes the request on its way in (a parser's fault), the
// response on its way out, or both. Every clause of the table has at least one, which is caught by
// that clause. Conforming variants are made the same way: they change what the documents leave
// open, and no clause may fail them.
#ifndef BP_PROPS_LIAR_LIAR_H
#define BP_PROPS_LIAR_LIAR_H

#include "operator/act.h"
#include "props/case/fixture.h"
#include "props/liar/ask.h"
#include "props/liar/reply.h"
#include "props/liar/said.h"
#include "props/rule/clause.h"
#include "props/subject/subject.h"

// A lie is a liar at work, with the state it may keep between exchanges; that is reset with the
// subject.
struct lie {
    const struct liar *liar;
    const struct fixture *fixture;
    struct subject inner;
    struct bp_hooks inner_hooks;
    uint64_t count;               // exchanges since the reset, this one included
    uint64_t total;               // exchanges since lie_init
    unsigned acts[BP_HOOK_COUNT]; // acts of each kind since the reset, and what they amount to
    int64_t consumed_bytes;
    int64_t advanced_ms;
    struct bp_act_kept late; // an act that is put off
    uint64_t late_at;        // count of the exchange before which it is done; 0: none
    bool late_waits;         // it is done when the tester waits
    char kept[128];          // whatever it wants to remember
    size_t kept_len;         //
    char begun[512];         // the start of a request that began to arrive, if a liar keeps it
    size_t begun_len;        //
    struct ask ask;          // the request at hand
    struct reply reply;      // the response at hand
    struct said_list list;   // the balances in that response
    struct buf request;      // the changed requests
    struct buf response;     // the honest responses
};

// A liar does at least one of these. Each is called for every request or response of an exchange
// in turn (there are several when requests are pipelined).
struct liar {
    const char *name;    // "limit-wraps": lower case and dashes, unique
    const char *clause;  // the clause that must catch it; NULL for a conforming variant
    const char *words;   // what it does wrong, or differently
    const char *profile; // under which it must be caught, as profile_read has it; NULL: seed
    // `act` changes what the tester has the back office do; false: it is not done, although the
    // tester is told so.
    bool (*act)(struct lie *lie, struct bp_act *act);
    // `ask` changes lie->ask; only called when that has been read.
    void (*ask)(struct lie *lie);
    // `reply` changes lie->reply, only when that has been read; lie->ask is the request as the
    // tester sent it, and may not have been read.
    void (*reply)(struct lie *lie);
    // `list` changes lie->list, the balances of a 200; like `reply`.
    void (*list)(struct lie *lie);
    // `raw` appends all changed responses of the exchange to `out`.
    void (*raw)(struct lie *lie, struct buf *out, struct view request, struct view response);
    // `begin` is told of the bytes of a request that has begun to arrive and is not whole, while
    // others may be under way; perhaps again with more of them. The whole request comes as all
    // do.
    void (*begin)(struct lie *lie, struct view bytes);
    // A liar may also be a wrong judge: a rule that refuses what its clause permits. It is caught
    // when the honest endpoint or a conforming variant fails it. Then it does nothing else.
    struct verdict (*judge)(const struct exchange *x);
};

// The liars of all families, and the variants, numbered in the order of the tables.
size_t liar_count(void);
const struct liar *liar_at(size_t index);
const struct liar *liar_find(struct view name); // liars and variants; NULL when there is none

size_t variant_count(void);
const struct liar *variant_at(size_t index);

// lie_init prepares a lie around `inner`; `space` is lie_size() bytes aligned to 16. lie_subject is
// the wrapped subject.
size_t lie_size(void);
struct lie *lie_init(void *space, const struct liar *liar, const struct fixture *fixture,
                     struct subject inner);
struct subject lie_subject(struct lie *lie);

// lie_hooks is the way to the back office through the lie; `inner` is the way without it.
struct bp_hooks lie_hooks(struct lie *lie, struct bp_hooks inner);

// lie_begin tells the lie that bytes of a request have arrived which is not whole. The subject does
// so by itself for what is sent together or beside.
void lie_begin(struct lie *lie, struct view bytes);

// lie_settle tells the lie that the tester has waited. The subject does so by itself.
void lie_settle(struct lie *lie);

// For liars: what the request at hand asks for.

// lie_role is the role whose ICCID stands in the path, or ROLE_COUNT.
enum role lie_role(struct lie *lie);

// lie_other is the ICCID of a known SIM other than the one asked for.
struct view lie_other(struct lie *lie);

// lie_is_resource says that the path is that of some SIM's balances, in the plainest spelling.
bool lie_is_resource(const struct lie *lie);

// lie_wants_full says that the full template is asked for, in any letter case.
bool lie_wants_full(struct lie *lie);

// lie_is_served says that the response at hand is a 200.
static inline bool lie_is_served(const struct lie *lie) { return lie->reply.status == 200; }

// lie_put_off keeps an act for later: until `read_count` more exchanges have been, or, when that is
// 0, until the tester waits. One that was kept before is done at once. It returns false.
bool lie_put_off(struct lie *lie, const struct bp_act *act, unsigned read_count);

// lie_break answers 500, except where the honest endpoint refused the credentials: the fault is
// behind that gate.
void lie_break(struct lie *lie, const char *words);

// The tables, one per family, each ended by a NULL name.
extern const struct liar path_liars[], method_liars[], fields_liars[], limit_liars[],
    location_liars[], near_liars[], query_liars[], header_liars[], auth_liars[],
    transaction_liars[], http_liars[], body_liars[], error_liars[], type_liars[], zero_liars[],
    together_liars[], state_liars[], look_liars[], rate_liars[], reading_liars[], form_variants[],
    reading_variants[], state_variants[], server_variants[];

#endif

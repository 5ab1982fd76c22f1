// SPDX-License-Identifier: Apache-2.0
// The parts of the mutator, one for each kind of bytes. Private to mutate*.c.
//
// Each changes something inside a region of an edit and says whether it did; when it did, the edit
// is what counts and spans taken before are worth nothing. Cost: linear in the bytes.
#ifndef BP_FUZZ_MUTATE_PARTS_H
#define BP_FUZZ_MUTATE_PARTS_H

#include "items.h"
#include "props/case/seeds.h"

// What the bytes look like.
enum kind { KIND_HTTP, KIND_FIELDS, KIND_TARGET, KIND_QUERY, KIND_JSON, KIND_TEXT, KIND_CHOICES };
enum kind mutate_recognise(struct view bytes);

// mutate_http: one or more HTTP messages. messages_find takes them, message_split one's start line,
// fields (with the empty line) and body.
bool mutate_http(struct edit *edit, struct span region);
bool mutate_is_start_line(struct view line);
void messages_find(struct items *out, struct view bytes, struct span region);

struct message {
    struct span start;
    struct span fields;
    struct span body;
};
void message_split(struct message *out, struct view bytes, struct span message);

// mutate_fields: lines of `name: value`.
bool mutate_fields(struct edit *edit, struct span region);

// mutate_target: a request target or URL. mutate_query: a query string.
bool mutate_target(struct edit *edit, struct span region);
bool mutate_query(struct edit *edit, struct span region);

// target_query is the query of a target, behind its question mark; empty at the end without one.
struct span target_query(struct view bytes, struct span target);

// mutate_json: JSON. json_pick is some value of it, or its member with the name.
bool mutate_json(struct edit *edit, struct span region);
bool json_pick(struct span *out, struct edit *random, struct view bytes, struct span region);

// mutate_text: any text, with tokens of that target, or any when it is SEED_TARGET_COUNT.
bool mutate_text(struct edit *edit, struct span region, enum seed_target target);

// mutate_number puts a number at its limit; mutate_percent writes octets with percent signs, or
// such octets plainly, or breaks a sequence.
bool mutate_number(struct edit *edit, struct span region);
bool mutate_percent(struct edit *edit, struct span region);

// mutate_choices: bytes that are answers to questions. mutate_octets: any bytes.
bool mutate_choices(struct edit *edit, struct span region);
bool mutate_octets(struct edit *edit, struct span region);

#endif

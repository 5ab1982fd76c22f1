// SPDX-License-Identifier: Apache-2.0
// The tables of spellings, one per axis. Private to props/case.
//
// Row 0 is the plainest; then come the other rows that must be served (`served_count` of them, row
// 0 included), then those that may or must be refused.
//
// Texts are written as they stand, except for placeholders: a letter in braces, filled in by
// grammar.c. "{b}/sims/{s}/balances" is the plain path.
//
//     path   {b} base   {s} the SIM id segment
//     SIM id {p} what stands in front of an id: nothing, or iccid:   {q} the other of the two
//            {i} ICCID   {j} without its last digit   {v} without its first   {k} plus 2^64
//            {u} another unknown ICCID, Luhn digit wrong   {E} all digits as %3n   {e} some digits
//     query  {n} a made-up limit   {N} one beyond INT   {c} a made-up country   {z} made-up
//            letters that are no country   {9} 400 nines   {A} 4096 times A   {U} 100 unknown names
//     head   {h} host   {t} fresh transaction id   {o} made-up octets   {y} many octets
//            {m} method   {T} target   {F} 1,000 fields   {G} 64 KiB
//     Basic  {a} right credentials   {p} wrong password   {x} wrong user   {-} last octet missing
//            {+} one octet more   {0} NUL and more behind   {r} colon missing
//
// All credentials are written in base64.
#ifndef BP_PROPS_CASE_SPELLINGS_H
#define BP_PROPS_CASE_SPELLINGS_H

#include "props/case/intent.h"

struct axis_table {
    const char *name;
    const struct spelling *rows;
    unsigned row_count;
    unsigned served_count; // rows 0..served_count-1 have no refusals
};

// SERVED, MAY and MUST are the three kinds of rows.
#define SERVED(text, sense, value, words)                      \
    {                                                          \
        VIEW_INIT(text), SENSE_##sense, value, 0, false, words \
    }
#define MAY(text, sense, value, refusals, words)                      \
    {                                                                 \
        VIEW_INIT(text), SENSE_##sense, value, refusals, false, words \
    }
#define MUST_NOT(text, sense, value, refusals, words)                \
    {                                                                \
        VIEW_INIT(text), SENSE_##sense, value, refusals, true, words \
    }
#define ROW_COUNT(rows) ((unsigned)(sizeof(rows) / sizeof((rows)[0])))

extern const struct axis_table spellings_path[4];  // AXIS_ROLE..AXIS_METHOD
extern const struct axis_table spellings_query[5]; // AXIS_FIELDS..AXIS_ORDER
extern const struct axis_table spellings_head[5];  // AXIS_TXN..AXIS_FRAMING

extern const struct axis_table *const axis_tables[AXIS_COUNT];

// spelling_of is the row that an intent has chosen for an axis.
static inline const struct spelling *spelling_of(const struct intent *intent, enum axis axis)
{
    return &axis_tables[axis]->rows[intent->row[axis]];
}

// How a row of AXIS_ORDER writes good values: its `value`.
enum encoding { ENCODE_NONE, ENCODE_FIRST, ENCODE_ALL, ENCODE_ALL_LOWER, ENCODE_SOME };

// spelling_is_made says whether the text of a LIMIT or LOCATION row is made up.
static inline bool spelling_is_made(const struct spelling *row)
{
    return row->text.len > 1 && row->text.data[1] == '{';
}

// made_limit is a number 1..2147483647, made_country an assigned country and made_stranger two
// letters that no part of ISO 3166-1 has ever used; all are functions of `made`.
int32_t made_limit(uint32_t made);
void made_country(char code[2], uint32_t made);
void made_stranger(char code[2], uint32_t made);

#endif

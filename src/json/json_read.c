// SPDX-License-Identifier: Apache-2.0
#include "json/json_read.h"

#include <assert.h>

#include "json/plain.h"
#include "json/reader.h"

enum { ALIGNMENT = 16 };

static size_t align(size_t len) { return (len + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT; }

// Room for one blank behind the text, which ends a number that the text ends with.
static size_t text_space(size_t len_max) { return align(len_max + 1); }

static size_t node_space(size_t count) { return align(count * sizeof(struct bp_json_node)); }

size_t bp_json_space(size_t len_max, size_t node_count_max)
{
    return align(sizeof(struct bp_json_reader)) + text_space(len_max) + node_space(node_count_max) +
           bp_names_space(node_count_max) + bp_arena_space(len_max);
}

struct bp_json_reader *bp_json_open(void *space, size_t len_max, size_t node_count_max)
{
    assert(len_max <= BP_JSON_LEN_MAX);
    assert(node_count_max <= UINT32_MAX / 4);
    assert((uintptr_t)space % ALIGNMENT == 0);
    struct bp_json_reader *r = space;
    char *at = (char *)space + align(sizeof *r);
    memset(r, 0, sizeof *r);
    bp_arena_init(&r->arena, at, len_max);
    at += bp_arena_space(len_max);
    r->nodes = (void *)at;
    at += node_space(node_count_max);
    bp_names_init(&r->names, at, node_count_max);
    at += bp_names_space(node_count_max);
    r->text = at;
    r->len_max = len_max;
    r->node_count_max = node_count_max;
    r->alloc = (yajl_alloc_funcs){bp_arena_get, bp_arena_resize, bp_arena_drop, &r->arena};
    bp_json_start(r);
    return r;
}

const struct bp_arena *bp_json_arena(const struct bp_json_reader *reader) { return &reader->arena; }

void bp_json_start(struct bp_json_reader *r)
{
    bp_arena_reset(&r->arena);
    bp_names_reset(&r->names);
    r->strict = (struct bp_strict){0};
    r->text_len = 0;
    r->given_len = 0;
    r->accepted = 0;
    r->reason = BP_REASON_NONE;
    r->node_count = 0;
    r->name = view_of(NULL, 0);
    r->depth = 0;
    r->container = &r->outside;
    r->yajl = yajl_alloc(&bp_json_callbacks, &r->alloc, r);
    yajl_config(r->yajl, yajl_dont_validate_strings, 1);
}

static size_t skip_blanks(const struct bp_json_reader *r, size_t at, size_t end)
{
    while (at < end && memchr(" \t\n\r", r->text[at], 4) != NULL)
        at++;
    return at;
}

// The comma or colon that may stand behind the last token that was accepted, or NUL.
static char separator_due(const struct bp_json_reader *r)
{
    if (r->name.data != NULL)
        return ':';
    if (r->depth == 0 || r->container->count == 0)
        return '\0';
    return ',';
}

// Names the token that yajl or a callback refused. Commas and colons are not reported by yajl,
// so the one that may follow the last accepted token is stepped over.
static void locate_token(struct bp_json_reader *r, size_t end)
{
    size_t at = skip_blanks(r, r->accepted, end);
    if (at < end && r->text[at] == separator_due(r))
        at = skip_blanks(r, at + 1, end);
    r->fault_at = at;
    if (r->reason != BP_REASON_NONE) {
        r->fault_end = r->token_end;
        return;
    }
    r->reason = BP_REASON_JSON_SYNTAX;
    r->fault_end = at < end ? at + 1 : end;
    while (r->fault_end < end && bp_strict_is_word(r->text[at]) &&
           bp_strict_is_word(r->text[r->fault_end]))
        r->fault_end++;
}

// Gives yajl the text up to `end`, where a token has ended.
static bool give_tokens(struct bp_json_reader *r, size_t end)
{
    if (end == r->given_len)
        return true;
    const unsigned char *piece = (const unsigned char *)r->text + r->given_len;
    if (yajl_parse(r->yajl, piece, end - r->given_len) != yajl_status_ok) {
        locate_token(r, end);
        return false;
    }
    r->given_len = end;
    return true;
}

static bool stop(struct bp_json_reader *r, enum bp_reason reason, size_t at, size_t end)
{
    r->reason = reason;
    r->fault_at = at;
    r->fault_end = end;
    return false;
}

// The common end of a call that brings less than a word of bytes: they are plain, inside a string,
// and neither the strict layer nor yajl has to know of them yet.
static bool take_plain(struct bp_json_reader *r, struct view bytes)
{
    bool is_inside = r->strict.state == BP_STRICT_STRING && r->reason == BP_REASON_NONE;
    if (!is_inside || bytes.len >= sizeof(uint64_t) || bytes.len > r->len_max - r->text_len)
        return false;
    if (plain_len(bytes.data, bytes.len, PLAIN_TO_READ) != bytes.len)
        return false;
    for (size_t i = 0; i < bytes.len; i++)
        r->text[r->text_len++] = bytes.data[i];
    return true;
}

static bool take_bytes(struct bp_json_reader *r, struct view bytes)
{
    size_t begin = r->text_len;
    size_t room = r->len_max - begin;
    struct view taken = view_first(bytes, bytes.len < room ? bytes.len : room);
    if (taken.len == 0)
        return bytes.len == 0 || stop(r, BP_REASON_JSON_LEN, begin, begin + 1);
    memcpy(r->text + begin, taken.data, taken.len);
    size_t whole_len;
    enum bp_reason reason;
    size_t good_len =
        bp_strict_scan(&r->strict, &whole_len, &reason, view_of(r->text + begin, taken.len));
    r->text_len += good_len;
    if (whole_len != BP_STRICT_NO_END && !give_tokens(r, begin + whole_len))
        return false;
    if (reason != BP_REASON_NONE)
        return stop(r, reason, r->text_len, r->text_len + 1);
    if (taken.len < bytes.len)
        return stop(r, BP_REASON_JSON_LEN, r->text_len, r->text_len + 1);
    return true;
}

// The part of the offence that lies within the bytes from `begin` of the text on.
static struct view offence_in(const struct bp_json_reader *r, struct view bytes, size_t begin)
{
    size_t end = begin + bytes.len;
    size_t from = r->fault_at < begin ? begin : r->fault_at;
    size_t to = r->fault_end < end ? r->fault_end : end;
    return from < to ? view_of(bytes.data + (from - begin), to - from) : view_of(NULL, 0);
}

// Not inlined, so that bp_json_feed saves no registers when it only has to keep a few octets.
__attribute__((noinline)) static bool feed_bytes(struct bp_json_reader *r, struct bp_fault *fault,
                                                 struct view bytes)
{
    size_t begin = r->text_len;
    if (r->reason != BP_REASON_NONE)
        return bp_refuse(fault, r->reason, view_of(NULL, 0));
    if (take_bytes(r, bytes))
        return true;
    return bp_refuse(fault, r->reason, offence_in(r, bytes, begin));
}

bool bp_json_feed(struct bp_json_reader *r, struct bp_fault *fault, struct view bytes)
{
    return take_plain(r, bytes) || feed_bytes(r, fault, bytes);
}

static bool finish_text(struct bp_json_reader *r)
{
    if (r->reason != BP_REASON_NONE)
        return false;
    if (bp_strict_is_in_string(&r->strict))
        return stop(r, BP_REASON_JSON_CUT, r->text_len, r->text_len);
    if (bp_strict_is_in_word(&r->strict)) {
        r->text[r->text_len] = ' ';
        if (!give_tokens(r, r->text_len + 1))
            return false;
    }
    if (yajl_complete_parse(r->yajl) != yajl_status_ok)
        return stop(r, BP_REASON_JSON_CUT, r->text_len, r->text_len);
    return true;
}

bool bp_json_finish(struct bp_json_reader *r, struct bp_fault *fault,
                    const struct bp_json_node **nodes, size_t *node_count)
{
    if (!finish_text(r))
        return bp_refuse(fault, r->reason, view_of(NULL, 0));
    *nodes = r->nodes;
    *node_count = r->node_count;
    return true;
}

// Nearly every text is an object or array in printable ASCII without a backslash. There the strict
// layer has nothing left to find but depth and long numbers, which the callbacks refuse too, so
// that yajl may have all of it at once. A refusal is left to the way that all pieces go, which
// knows the place; so is a text whose end yajl has not understood, a string that breaks off for
// one, which yajl_complete_parse overlooks behind a whole value.
static bool read_tame(struct bp_json_reader *r, struct view text)
{
    if (text.len == 0 || text.len > r->len_max)
        return false;
    bool is_container = text.data[0] == '{' || text.data[0] == '[';
    if (!is_container || !plain_is_tame(text))
        return false;
    memcpy(r->text, text.data, text.len);
    r->text_len = text.len;
    const unsigned char *whole = (const unsigned char *)r->text;
    if (yajl_parse(r->yajl, whole, text.len) != yajl_status_ok)
        return false;
    if (skip_blanks(r, r->accepted, text.len) != text.len)
        return false;
    return yajl_complete_parse(r->yajl) == yajl_status_ok;
}

bool bp_json_read(struct bp_json_reader *r, struct bp_fault *fault,
                  const struct bp_json_node **nodes, size_t *node_count, struct view text)
{
    bp_json_start(r);
    if (read_tame(r, text)) {
        *nodes = r->nodes;
        *node_count = r->node_count;
        return true;
    }
    bp_json_start(r);
    if (!bp_json_feed(r, fault, text))
        return false;
    if (bp_json_finish(r, fault, nodes, node_count))
        return true;
    fault->where = offence_in(r, text, 0);
    return false;
}

size_t bp_json_offset(const struct bp_json_reader *r)
{
    return r->reason == BP_REASON_NONE ? r->text_len : r->fault_at;
}

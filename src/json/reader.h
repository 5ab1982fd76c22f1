// SPDX-License-Identifier: Apache-2.0
// The inside of a JSON reader, shared by json_read.c (text in, refusals out) and take.c (yajl's
// tokens to nodes).
#ifndef BP_JSON_READER_H
#define BP_JSON_READER_H

#include <yajl/yajl_parse.h>

#include "json/arena.h"
#include "json/json_read.h"
#include "json/names.h"
#include "json/strict.h"

struct bp_json_reader {
    struct bp_strict strict;
    struct bp_arena arena;
    yajl_alloc_funcs alloc;
    yajl_handle yajl;

    char *text; // the bytes fed; escaped strings are replaced by what they mean, in place
    size_t text_len;
    size_t len_max;
    size_t given_len; // bytes of the text that yajl has finished with
    size_t token_end; // the token yajl reports, as an offset into the text
    size_t accepted;  // end of the last token that was taken over into the nodes
    size_t fault_at;  // the offence, as offsets into the text
    size_t fault_end; //
    enum bp_reason reason;

    struct bp_json_node *nodes;
    struct bp_names names;
    size_t node_count;
    size_t node_count_max;
    struct view name; // of the member whose value comes next; data is NULL when there is none
    struct bp_json_node *container; // the innermost one that is open, or `outside`
    struct bp_json_node outside;    // stands for the container of the whole text
    size_t depth;
    struct bp_json_node *outer[BP_JSON_DEPTH_MAX]; // the containers around the open ones
};

// bp_json_callbacks make nodes of yajl's tokens; their context is the reader. A token that is
// refused cancels the parse with `reason` and `token_end` set.
extern const yajl_callbacks bp_json_callbacks;

#endif

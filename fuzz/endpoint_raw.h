// SPDX-License-Identifier: Apache-2.0
// What holds of the answers of any endpoint to bytes of which nothing is known.
#ifndef BP_FUZZ_ENDPOINT_RAW_H
#define BP_FUZZ_ENDPOINT_RAW_H

#include "http/body.h"
#include "props/rule/clause.h"
#include "props/subject/arrival.h"

// Answers on their way through the checks.
struct endpoint_raw {
    struct view rest;   // not looked at yet
    bool may_omit;      // some request may be a HEAD: an announced body need not come
    bool omits_first;   // that of the first answer did not
    bool is_last;       // the answer before `rest` ends the connection
    size_t final_count; // answers, but for 1xx
};

// endpoint_raw_count_max is the most answers that `sent` can have: a request needs the end of a
// head, which is an empty line, also one of bare line feeds; what is cut or broken gets one answer.
static inline size_t endpoint_raw_count_max(struct view sent)
{
    size_t count = 1;
    for (size_t at = 1; at < sent.len; at++) {
        size_t before = at - 1 - (at > 1 && sent.data[at - 1] == '\r');
        count += sent.data[at] == '\n' && sent.data[before] == '\n';
    }
    return count;
}

// endpoint_raw_take takes one answer off the front; NULL, or why it is none.
static inline const char *endpoint_raw_take(struct endpoint_raw *raw)
{
    static struct bp_head head;
    struct bp_head_reader reader;
    struct bp_body body;
    struct bp_fault fault;
    size_t len = 0;
    bp_head_start(&reader, &head, BP_RESPONSE);
    if (bp_head_read(&head, &len, &fault, &reader, raw->rest) != BP_READ_DONE)
        return "the head of an answer cannot be read";
    raw->rest = view_from(raw->rest, len);
    bool ends_here = raw->rest.len == 0 || view_starts(raw->rest, VIEW("HTTP/1."));
    bool omits = raw->may_omit && ends_here;
    if (!bp_body_start(&body, &fault, &head, BP_RESPONSE, omits))
        return "nobody can tell how long an answer's body is";
    if (bp_body_read(&body, NULL, &len, &fault, raw->rest, true) != BP_READ_DONE)
        return "an answer is cut, or its chunks are broken";
    raw->rest = view_from(raw->rest, len);
    if (arrival_is_interim(head.status))
        return NULL;
    raw->is_last = !head.keep_alive || body.framing == BP_FRAMING_CLOSE;
    raw->omits_first = raw->final_count == 0 ? omits : raw->omits_first;
    raw->final_count++;
    return NULL;
}

// endpoint_raw_check looks at what is answered to `sent`: whole answers, at most `count_max` of
// them, and nothing behind the last. It returns what is wrong, or NULL.
static inline const char *endpoint_raw_check(struct endpoint_raw *raw, struct view answers,
                                             struct view sent, size_t count_max)
{
    *raw = (struct endpoint_raw){.rest = answers};
    raw->may_omit = view_find_nocase(sent, VIEW("head")) < sent.len;
    while (raw->rest.len != 0) {
        if (raw->is_last)
            return "something stands behind the answer that ends the connection";
        const char *why = endpoint_raw_take(raw);
        if (why != NULL)
            return why;
        if (raw->final_count > count_max)
            return "there are more answers than requests";
    }
    return NULL;
}

// endpoint_raw_open opens the first answer for the clauses. Whether it is one to a HEAD is seen by
// its body alone: of the request's bytes nobody knows how they are read.
static inline void endpoint_raw_open(struct exchange *x, struct opener *opener,
                                     const struct fixture *fixture, const struct profile *profile,
                                     const struct endpoint_raw *raw, struct view sent,
                                     struct view answers)
{
    struct view request = raw->omits_first ? VIEW("HEAD ") : view_of(NULL, 0);
    exchange_open(x, opener, fixture, profile, NULL, request, answers);
    x->request = sent;
}

#endif

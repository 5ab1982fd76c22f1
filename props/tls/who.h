// SPDX-License-Identifier: Apache-2.0
// Who answered: the application, or a web server, proxy or gateway in front of it.
//
// A refused client certificate is mostly answered by what terminates TLS, and that decides what has
// to be configured. It is recognised by what it says of itself (Server and other fields) and by the
// pages it makes. An answer in JSON is the application's, whatever stands in Server, but for the
// gateways that speak JSON themselves.
#ifndef BP_PROPS_TLS_WHO_H
#define BP_PROPS_TLS_WHO_H

#include "base/buf.h"
#include "http/head.h"
#include "net/end.h"

struct who {
    const char *name;    // "nginx"
    bool is_application; // behind everything that terminates TLS
    // Any of these tells it; NULL: not told by that. Letter case does not matter.
    const char *server; // how the value of Server begins
    const char *field;  // a field that only it sends
    const char *body;   // what its pages say
    // What makes it give the documented 401 and 403, as lines of its configuration; NULL: nothing
    // that we have tried.
    const char *remedy;
    const char *words; // what it does with client certificates, and the limits of the remedy
};

// who_find tells who made the answer with that head and (decoded) body; NULL when nothing tells.
const struct who *who_find(const struct bp_head *head, struct view body);

// who_called is the row of a name, in any letter case; NULL when there is none.
const struct who *who_called(struct view name);

// who_guess tells from how a client with a self-signed certificate was turned away, without an
// answer, who that might have been: a weak hint. NULL: no idea.
const struct who *who_guess(const struct bp_end *end);

// The table, for printing.
size_t who_count(void);
const struct who *who_at(size_t index);

// who_put_remedy appends the name, the words wrapped, and the remedy's lines as they are.
void who_put_remedy(struct buf *out, const struct who *who);

#endif

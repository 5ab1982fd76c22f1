// SPDX-License-Identifier: Apache-2.0
// A reply: one response taken apart for liars to change, and put together again.
//
// The honest endpoint's responses are well formed and announce their length. Whatever is done to
// the body, Content-Length is made to fit, unless the liar says that it writes the framing itself.
#ifndef BP_PROPS_LIAR_REPLY_H
#define BP_PROPS_LIAR_REPLY_H

#include "props/liar/rewrite.h"

struct reply {
    bool is_read;        // false: nothing below `whole` is meaningful
    struct view whole;   // the response's bytes
    struct view version; // "HTTP/1.1"
    unsigned status;     //
    struct view phrase;  //
    struct lines fields; //
    struct view body;    //
    bool to_head;        // the body is announced, not written; false until set
    bool frames_itself;  // Content-Length and body are written as they stand
    bool ends;           // no further response is written behind this one
    bool is_silent;      // nothing is written
    struct view before;  // raw bytes written in front, as an interim response
    struct buf space;    // scratch for the changes
};

// reply_read takes the response at the start of `bytes` apart. reply->space is emptied.
void reply_read(struct reply *reply, struct view bytes);

// reply_write appends the response: the changed one, or the bytes of `whole` when it was not read
// or a change did not fit.
void reply_write(struct buf *out, const struct reply *reply);

// reply_get is the value of a field; reply_set and reply_drop change it.
struct view reply_get(const struct reply *reply, const char *name);
void reply_set(struct reply *reply, const char *name, const char *value);
void reply_drop(struct reply *reply, const char *name);

// reply_say makes it another answer: its status, content type and body (kept as borrowed views).
// An empty type leaves Content-Type out.
void reply_say(struct reply *reply, unsigned status, const char *type, struct view body);

// reply_refuse answers with a status and a small JSON body {"error":"..."}.
void reply_refuse(struct reply *reply, unsigned status, const char *words);

// reply_replace changes every `from` in the body to `to`.
void reply_replace(struct reply *reply, const char *from, const char *to);

// reply_blamed is the parameter that an honest refusal names in its body, or the word "request".
struct view reply_blamed(const struct reply *reply);

#endif

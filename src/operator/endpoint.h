// SPDX-License-Identifier: Apache-2.0
// The reference Get Balance endpoint: request bytes in, response bytes out.
//
// An endpoint is one operator's deployment; a conversation is one connection to it. The steps of an
// answer, each of which may refuse: HTTP head, Authorization, unknown methods, target and path,
// known methods, query, transaction id, limiter, replay memory, SIM. A refusal is a reason and
// takes the same last step as a balance list. The replay memory stands behind the limiter, so that
// a request that was told to come later may come with the same id (GB-TXN-4).
//
// A conversation whose owner knows a reason to refuse whatever is asked for (the certificate of the
// connection) is refused behind the HTTP head, before the Authorization: the answer tells nothing
// about a SIM (GB-TLS-10, GB-TLS-12). Every 401 carries a challenge (GB-AUTH-3): Basic where it is
// on or credentials are wrong, else ClientCertificate, a word of ours: no scheme is registered for
// certificates, and RFC 9110 wants a challenge without exception.
//
// The body of a refusal never repeats what was sent:
//     {"error":{"code":"limit.beyond","parameter":"limit","message":"limit must not exceed ..."}}
// `parameter` is left out where nobody is to blame.
#ifndef BP_OPERATOR_ENDPOINT_H
#define BP_OPERATOR_ENDPOINT_H

#include "base/buf.h"
#include "http/head.h"
#include "operator/inventory.h"
#include "operator/limiter.h"
#include "operator/replay.h"
#include "value/date.h"

struct bp_endpoint {
    const struct bp_inventory *inventory; // its SIMs may be changed between answers
    struct view credentials;              // user:password; empty: Basic is off
    struct bp_replay *replay;             // NULL: transaction ids are not remembered
    struct bp_limiter *limiter;           // NULL: no limit
    bool is_broken;                       // the back office does not answer: 500 (GB-ERR-2)
    int64_t date_s;                       // second for which `date` was written
    char date[BP_DATE_LEN];
};

// bp_endpoint_init makes an endpoint with everything optional off.
void bp_endpoint_init(struct bp_endpoint *endpoint, const struct bp_inventory *inventory);

// The longest request that is read: whoever keeps bytes for bp_converse has room for this many.
enum { BP_REQUEST_LEN_MAX = BP_HEAD_LEN_MAX + BP_BODY_LEN_MAX };

// A bp_conversation reads requests one after the other.
struct bp_conversation {
    struct bp_head_reader reader;
    struct bp_head head;
    size_t head_len;        // not 0: the head has been read, its body is still arriving
    size_t request_len;     // head and body; meaningful when head_len is not 0
    bool is_closed;         // no further request is read; the answer so far said so
    bool is_last;           // the owner's: the next answer ends the conversation
    enum bp_reason refusal; // the owner's: why every request is refused, or NONE
};

// bp_conversation_start begins a connection, with nothing to refuse.
void bp_conversation_start(struct bp_conversation *conversation);

// bp_converse reads `bytes`, the bytes that no earlier call has used, and appends one answer for
// each request that is whole, in order, until a request is unfinished, the conversation is closed,
// or less than BP_ANSWER_LEN_MAX of `out` is left. It returns how many bytes it is done with; the
// caller keeps the rest at the same address and calls again with more behind them (a caller that
// moves the rest starts the conversation again, and the rest is read from its first byte). `at_end`
// says that no more bytes will come: a request cut in the middle is then refused (HTTP_CUT). A body
// is read and dropped, never taken for a request (GB-HTTP-6): requests with up to BP_BODY_LEN_MAX
// are answered once the body has been read, longer ones are refused at once and end the
// conversation. Behind the end of a conversation all bytes count as used. Any split of the bytes
// gives the same answers. Cost: linear. Nothing is allocated.
size_t bp_converse(struct bp_conversation *conversation, struct bp_endpoint *endpoint,
                   struct buf *out, struct view bytes, bool at_end, int64_t now_ms);

// bp_answer_request answers one request whose head has been read: the steps behind the HTTP head.
// `closes` says that the connection ends behind this answer. `now_ms` is not negative. At least
// BP_ANSWER_LEN_MAX of `out` must be left.
void bp_answer_request(struct bp_endpoint *endpoint, struct buf *out, const struct bp_head *head,
                       bool closes, int64_t now_ms);

// bp_answer_slow appends the answer to a request that did not arrive in time: 408, and the end of
// the connection.
void bp_answer_slow(struct bp_endpoint *endpoint, struct buf *out, int64_t now_ms);

#endif

// SPDX-License-Identifier: Apache-2.0
// A service: who answers the bytes of a server's connections.
//
// The reference endpoint is one (bp_service_of_endpoint); an endpoint that is wrong on purpose is
// another. A conversation is the state of one connection that has something under way; between two
// requests there is none, so that thousands of idle connections cost little.
#ifndef BP_NET_SERVICE_H
#define BP_NET_SERVICE_H

#include "operator/endpoint.h"

struct bp_service {
    size_t conversation_size; // bytes; they are aligned to 16
    // start begins a conversation in space that holds anything. `refusal` is why each of its
    // requests is refused whatever it asks for (the gate's decision), or BP_REASON_NONE. It is also
    // called again before a request that has been read in part is read anew from its first byte.
    // Nothing is called at the end of a conversation.
    void (*start)(void *context, void *conversation, enum bp_reason refusal);
    // converse reads requests, one is best for the log, and appends their answers to `out`, which
    // has BP_SERVICE_OUT_LEN bytes free at least. It returns how many of `bytes` it is done with;
    // 0: the request is not whole, and comes again at the same address with more behind it.
    // `at_end` says that no more will come.
    size_t (*converse)(void *context, void *conversation, struct buf *out, struct view bytes,
                       bool at_end, int64_t now_ms);
    // is_closed says that nothing more will be read from this connection.
    bool (*is_closed)(const void *conversation);
    // finish says that the next answer is the last one of the conversation: the server stops. May
    // be NULL.
    void (*finish)(void *conversation);
    // expire appends the answer to a request that did not arrive in time (408).
    void (*expire)(void *context, struct buf *out, int64_t now_ms);
    void *context;
};

// One answer fits, and for services that are wrong on purpose whatever they make of it.
enum { BP_SERVICE_OUT_LEN = 262144 };

// bp_service_of_endpoint makes the honest service; it borrows `endpoint`.
void bp_service_of_endpoint(struct bp_service *out, struct bp_endpoint *endpoint);

#endif

// SPDX-License-Identifier: Apache-2.0
// A lie as a service: a liar answers the connections of a server.
//
// The honest reader decides when a request is whole or its head bad. Then its bytes, or with a bad
// head all that has come, are one exchange with the lie, whose honest endpoint sits inside.
// Requests that have come together are one exchange too: some liars mix up their answers. Of a
// request that is not whole the lie is told as well. An answer
// that says close, or whose end nobody could see, ends the conversation. A certificate that is
// refused is refused before the lie. A tester who asks nothing for a second has waited.
#ifndef BP_PROPS_LIAR_LIE_SERVICE_H
#define BP_PROPS_LIAR_LIE_SERVICE_H

#include "net/service.h"
#include "props/liar/liar.h"

struct lie_service;

// lie_service_size is the bytes of space for lie_service_open, aligned to 16.
size_t lie_service_size(void);

// lie_service_open prepares a liar that is no judge around `endpoint`, which is borrowed and keeps
// its SIMs. What the liar remembers it remembers of all connections.
struct lie_service *lie_service_open(void *space, const struct liar *liar,
                                     struct bp_endpoint *endpoint);

// lie_service_of is the service; it borrows `lying`.
struct bp_service lie_service_of(struct lie_service *lying);

// lie_service_hooks is the way to the back office through the lie; `inner` is the way without it.
struct bp_hooks lie_service_hooks(struct lie_service *lying, struct bp_hooks inner);

#endif

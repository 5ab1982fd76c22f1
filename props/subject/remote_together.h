// SPDX-License-Identifier: Apache-2.0
// Several sendings at the same time over the network. Private to props/subject.
#ifndef BP_PROPS_SUBJECT_REMOTE_TOGETHER_H
#define BP_PROPS_SUBJECT_REMOTE_TOGETHER_H

#include "props/subject/link.h"

// How long the endpoint has to begin to read what is not whole yet.
enum { REMOTE_TOGETHER_MS = 20 };

// remote_together is the `together` of a remote subject. The turns of all sendings are waited for
// first, so that no connection stands idle. The connections are fresh and are closed behind the
// answers, which have the deadlines and bounds of an exchange; what comes unasked later is not
// seen. A connection that cannot be had fails the whole, and says nothing about the endpoint being
// there: it may take fewer of them. Whatever the other side does, this ends.
BP_MUST_USE bool remote_together(struct link *link, struct buf *const responses[],
                                 const struct sending *sendings, size_t count);

#endif

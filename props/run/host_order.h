// SPDX-License-Identifier: Apache-2.0
// An order: what the parent of a host has its operator do, over a pair of SOCK_SEQPACKET sockets.
//
// Parent and child are the same program, so a message is a struct. Each is answered with one octet:
// done, or not.
#ifndef BP_PROPS_RUN_HOST_ORDER_H
#define BP_PROPS_RUN_HOST_ORDER_H

#include "operator/act.h"

struct host_order {
    bool is_undo; // else an act
    struct bp_act_kept
        kept; // its views mean nothing outside the process; host_order_act mends them
};

// host_order_give gives an order (NULL: undo) and waits for the answer, ten seconds at most. False:
// it was not done, one of its texts is too long, or nobody is there.
bool host_order_give(int fd, const struct bp_act *act);

// host_order_take takes an order; 1: there is one, 0: not now, -1: the parent is gone.
int host_order_take(struct host_order *out, int fd);

// host_order_act is the act of an order that was taken; its views point into `order`.
struct bp_act host_order_act(const struct host_order *order);

// host_order_answer answers it.
void host_order_answer(int fd, bool is_done);

#endif

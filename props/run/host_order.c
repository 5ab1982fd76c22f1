// SPDX-License-Identifier: Apache-2.0
#include "props/run/host_order.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/time.h>

enum { PATIENCE_S = 10 };

static bool fits(const struct bp_act *act)
{
    return act->iccid.len <= BP_ACT_TEXT_LEN_MAX && act->id.len <= BP_ACT_TEXT_LEN_MAX &&
           act->countries.len <= BP_ACT_TEXT_LEN_MAX;
}

static ssize_t receive(int fd, void *out, size_t len, int flags)
{
    ssize_t got;
    do
        got = recv(fd, out, len, flags);
    while (got < 0 && errno == EINTR);
    return got;
}

bool host_order_give(int fd, const struct bp_act *act)
{
    struct host_order order;
    const struct timeval patience = {.tv_sec = PATIENCE_S};
    char is_done = 0;
    memset(&order, 0, sizeof order);
    order.is_undo = act == NULL;
    if (act != NULL && !fits(act))
        return false;
    if (act != NULL)
        bp_act_keep(&order.kept, act);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    return send(fd, &order, sizeof order, MSG_NOSIGNAL) == (ssize_t)sizeof order &&
           receive(fd, &is_done, sizeof is_done, 0) == (ssize_t)sizeof is_done && is_done == 1;
}

int host_order_take(struct host_order *out, int fd)
{
    ssize_t len = receive(fd, out, sizeof *out, MSG_DONTWAIT);
    if (len == (ssize_t)sizeof *out)
        return 1;
    return len < 0 && errno == EAGAIN ? 0 : -1;
}

struct bp_act host_order_act(const struct host_order *order)
{
    struct bp_act act = order->kept.act;
    act.iccid.data = order->kept.iccid;
    act.id.data = order->kept.id;
    act.countries.data = order->kept.countries;
    return act;
}

void host_order_answer(int fd, bool is_done)
{
    char answer = is_done ? 1 : 0;
    (void)!send(fd, &answer, sizeof answer, MSG_NOSIGNAL);
}

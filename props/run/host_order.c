// SPDX-License-Identifier: Apache-2.0
#include "props/run/host_order.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/time.h>

enum { PATIENCE_S = 10 };

static bool put_text(char *out, struct view text)
{
    if (text.len > HOST_ORDER_TEXT_LEN_MAX)
        return false;
    if (text.len != 0)
        memcpy(out, text.data, text.len);
    return true;
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
    if (act != NULL) {
        order.act = *act;
        bool fits = put_text(order.iccid, act->iccid) && put_text(order.id, act->id) &&
                    put_text(order.countries, act->countries);
        if (!fits)
            return false;
    }
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
    struct bp_act act = order->act;
    act.iccid.data = order->iccid;
    act.id.data = order->id;
    act.countries.data = order->countries;
    return act;
}

void host_order_answer(int fd, bool is_done)
{
    char answer = is_done ? 1 : 0;
    (void)!send(fd, &answer, sizeof answer, MSG_NOSIGNAL);
}

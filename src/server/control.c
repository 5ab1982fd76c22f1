// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "server/control.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

static void close_client(struct control *control, struct control_client *client)
{
    bp_server_unwatch(control->server, client->fd);
    close(client->fd);
    client->fd = -1;
    client->len = 0;
}

static bool answer(struct control *control, struct control_client *client, struct view line)
{
    char space[OFFICE_ANSWER_LEN_MAX];
    struct buf words = BUF(space);
    if (line.len != 0 && line.data[line.len - 1] == '\r')
        line.len--;
    uint64_t change_count = control->office->change_count;
    office_obey(&words, control->office, line);
    if (control->office->change_count != change_count && !control->save(control->context)) {
        buf_clear(&words);
        buf_put_text(&words, "error it is done, but the state cannot be written\n");
    }
    ssize_t sent = send(client->fd, words.data, words.len, MSG_NOSIGNAL);
    return sent >= 0 && (size_t)sent == words.len;
}

// Answers the lines that are whole; false: the client has gone, or takes no answers.
static bool answer_lines(struct control *control, struct control_client *client)
{
    for (;;) {
        struct view bytes = view_of(client->line, client->len);
        size_t len = view_index(bytes, '\n');
        if (len == bytes.len)
            return bytes.len < sizeof client->line;
        if (!answer(control, client, view_first(bytes, len)))
            return false;
        client->len -= len + 1;
        memmove(client->line, client->line + len + 1, client->len);
    }
}

static void client_ready(void *context, int fd)
{
    struct control *control = context;
    struct control_client *client = control->clients;
    while (client->fd != fd)
        if (++client == control->clients + CONTROL_CLIENT_COUNT_MAX)
            return;
    ssize_t len = recv(fd, client->line + client->len, sizeof client->line - client->len, 0);
    if (len < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    client->len += len > 0 ? (size_t)len : 0;
    if (len <= 0 || !answer_lines(control, client))
        close_client(control, client);
}

static void port_ready(void *context, int fd)
{
    struct control *control = context;
    int accepted = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (accepted < 0)
        return;
    for (size_t i = 0; i < CONTROL_CLIENT_COUNT_MAX; i++) {
        if (control->clients[i].fd >= 0)
            continue;
        if (!bp_server_watch(control->server, accepted, client_ready, control))
            break;
        control->clients[i].fd = accepted;
        return;
    }
    close(accepted);
}

bool control_open(struct control *out, const struct place *place)
{
    for (size_t i = 0; i < CONTROL_CLIENT_COUNT_MAX; i++)
        out->clients[i] = (struct control_client){.fd = -1};
    out->fd = place_listen(place);
    return out->fd >= 0 && bp_server_watch(out->server, out->fd, port_ready, out);
}

void control_close(struct control *control)
{
    for (size_t i = 0; i < CONTROL_CLIENT_COUNT_MAX; i++)
        if (control->clients[i].fd >= 0)
            close_client(control, &control->clients[i]);
    if (control->fd < 0)
        return;
    bp_server_unwatch(control->server, control->fd);
    close(control->fd);
    control->fd = -1;
}

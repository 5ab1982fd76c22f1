// SPDX-License-Identifier: Apache-2.0
// The control port: lines of words for the back office (office.h) over TCP on loopback, one answer
// a line. It lives in the server's loop, so a command stands between two requests, never inside
// one. What a command changes is saved before it is answered with ok.
#ifndef BP_SERVER_CONTROL_H
#define BP_SERVER_CONTROL_H

#include "net/server.h"
#include "server/office.h"
#include "server/place.h"

enum { CONTROL_CLIENT_COUNT_MAX = 8 }; // at once; further ones are closed

struct control_client {
    int fd; // -1: free
    size_t len;
    char line[OFFICE_LINE_LEN_MAX];
};

struct control {
    struct bp_server *server;
    struct office *office;
    bool (*save)(void *context); // after a change; false: it could not be saved
    void *context;
    int fd;
    struct control_client clients[CONTROL_CLIENT_COUNT_MAX];
};

// control_open listens at `place` and adds itself to the loop of the server, which must stay as
// long as `out` does, at its address; the caller has filled in `server`, `office`, `save` and
// `context`. False with errno.
BP_MUST_USE bool control_open(struct control *out, const struct place *place);
void control_close(struct control *control);

#endif

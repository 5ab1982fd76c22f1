// SPDX-License-Identifier: Apache-2.0
#include "props/cli/listing.h"

#include "props/report/secret.h"
#include "tool/cli.h"

enum { LINE_LEN_MAX = 300, REQUEST_LEN_MAX = 2000 };

void listing_put(void *context, const struct sending *sending)
{
    struct listing *listing = context;
    char space[4 * REQUEST_LEN_MAX + 4 * LINE_LEN_MAX];
    struct buf out = BUF(space);
    struct view rest = sending->request;
    listing->count++;
    while (rest.len != 0 && out.len < REQUEST_LEN_MAX) {
        size_t at = view_index(rest, '\n');
        struct view line = view_first(rest, at < rest.len ? at + 1 : at);
        rest = view_from(rest, line.len);
        secret_put_line(&out, listing->fixture, line, LINE_LEN_MAX);
    }
    buf_put_text(&out, rest.len == 0 ? "\n" : "...\n");
    cli_print(&out);
}

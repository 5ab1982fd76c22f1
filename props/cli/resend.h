// SPDX-License-Identifier: Apache-2.0
// Lines that send a request again without balprobe.
#ifndef BP_PROPS_CLI_RESEND_H
#define BP_PROPS_CLI_RESEND_H

#include "props/cli/connect.h"
#include "props/rule/exchange.h"

enum { RESEND_REQUEST_LEN_MAX = 4096 }; // of longer requests there is no line

// resend_put appends a line for the request of `x`: a curl command where curl can send exactly
// that but for the order of the fields, else printf into openssl s_client. Nothing is appended when
// the request is too long, or has to go in the clear and is not for curl. Secrets are left out.
void resend_put(struct buf *out, const struct connect *connect, const struct exchange *x);

// resend_put_command is resend_put as the `put_command` of a report; `connect` is its context.
void resend_put_command(void *connect, struct buf *out, const struct exchange *x);

#endif

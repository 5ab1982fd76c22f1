// SPDX-License-Identifier: Apache-2.0
// The wire under a stream: a socket, or two queues in memory. TLS reaches it through a BIO of our
// own, because OpenSSL's writes raise SIGPIPE and hide what happened.
//
// A write that fails because the other side is gone counts as done: what it said before is still
// to be read, and tells more than the failed write. The reader then finds an alert or the end.
#ifndef BP_NET_WIRE_H
#define BP_NET_WIRE_H

#include <openssl/bio.h>

#include "net/stream.h"

// bp_wire_method is how BIOs on wires work, to be freed after them; NULL: no memory.
BIO_METHOD *bp_wire_method(void);
void bp_wire_method_free(BIO_METHOD *method);

// bp_wire_bio is a BIO on the stream's wire, NULL without memory. The stream must stay where it is.
BIO *bp_wire_bio(BIO_METHOD *method, struct bp_stream *stream);

// bp_wire_read and bp_wire_write move bytes now or say what to wait for. ENDED: nothing will come
// any more, or nothing can be written; wire.read_error and wire.write_error have the errno.
enum bp_step bp_wire_read(struct bp_stream *stream, char *space, size_t cap, size_t *len);
enum bp_step bp_wire_write(struct bp_stream *stream, struct view bytes, size_t *len);

// bp_wire_set_wait makes the socket wait up to `wait_ms` in a read for which `wire.may_wait` is
// set. All others, and writes, never wait.
void bp_wire_set_wait(struct bp_stream *stream, int wait_ms);

// bp_wire_end is what the wire tells of an end: EOF, RESET, TIMEOUT, UNREACHABLE or LOCAL; NONE
// when it goes on.
struct bp_end bp_wire_end(const struct bp_stream *stream);

#endif

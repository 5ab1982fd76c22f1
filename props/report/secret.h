// SPDX-License-Identifier: Apache-2.0
// Secrets: credentials and fields of the user's own, which are never shown, whoever says them. An
// endpoint may well send back what it was sent.
#ifndef BP_PROPS_REPORT_SECRET_H
#define BP_PROPS_REPORT_SECRET_H

#include "props/case/fixture.h"

// A secret shorter than this would be found everywhere.
enum { SECRET_LEN_MIN = 4 };

// secret_is_line says that the value of a request's line is not to be shown: credentials, right or
// nearly so, and fields of the user's own.
bool secret_is_line(const struct fixture *fixture, struct view line);

// secret_put_line appends one line of a request, escaped and cut at `len_max` octets, without what
// is secret in it: "Authorization: ***".
void secret_put_line(struct buf *out, const struct fixture *fixture, struct view line,
                     size_t len_max);

// secret_put appends bytes of the other side, escaped, with "***" in the place of each secret:
// credentials, plain or as base64, their password alone, and values of the user's own fields. What
// begins behind the first `len_max` octets is left out, and it is said how many octets there are,
// as text_put_bytes does. Cost: bytes times secrets.
void secret_put(struct buf *out, const struct fixture *fixture, struct view bytes, size_t len_max);

#endif

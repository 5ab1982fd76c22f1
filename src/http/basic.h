// SPDX-License-Identifier: Apache-2.0
// Basic credentials (RFC 7617): the Authorization field against the expected user and password.
//
//     Authorization: Basic bW86c2VjcmV0
#ifndef BP_HTTP_BASIC_H
#define BP_HTTP_BASIC_H

#include "base/buf.h"
#include "base/reason.h"

// bp_basic_check compares the credentials in `field` (the value of the Authorization field) with
// `expected`, the octets user:password. The scheme word takes any letter case; the first colon ends
// the user id, so a password may hold more. The comparison looks at every octet whatever differs,
// and NUL ends nothing (GB-AUTH-4). Refusals: AUTH_SCHEME, AUTH_SYNTAX (not canonical base64 with
// padding, no colon, longer than BP_CREDENTIAL_LEN_MAX), AUTH_WRONG. Cost: linear.
BP_MUST_USE bool bp_basic_check(struct bp_fault *fault, struct view field, struct view expected);

// bp_base64_read appends the octets of the base64 text `text` (RFC 4648 section 4, padded, no line
// ends, unused bits zero); false when it is malformed.
BP_MUST_USE bool bp_base64_read(struct buf *out, struct view text);

// bp_base64_write appends `octets` as padded base64.
void bp_base64_write(struct buf *out, struct view octets);

#endif

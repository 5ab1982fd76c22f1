// SPDX-License-Identifier: Apache-2.0
// The preflight put before people.
#ifndef BP_PROPS_REPORT_STEPS_H
#define BP_PROPS_REPORT_STEPS_H

#include "props/run/preflight.h"

// steps_put appends the steps, one line each or several, with cause and remedy where there are any:
//
//     Preflight
//       ok       connect   0.3 ms to 127.0.0.1:8443
//       FAILED   chain     untrusted: self-signed certificate
//                          cause: ...
//                          remedy: ...
void steps_put(struct buf *out, const struct preflight *preflight);

#endif

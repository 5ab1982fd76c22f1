// SPDX-License-Identifier: Apache-2.0
// The durations of RFC 3339, appendix A.
#ifndef BP_PROPS_RULE_RFC3339_H
#define BP_PROPS_RULE_RFC3339_H

#include "base/view.h"

// is_rfc3339_duration says that `text` is one: P1DT2H, PT5M, P3W. There are no fractions, weeks
// stand alone, and no part may be left out between two others: neither PT1H5S nor P1Y5D. Letter
// case does not matter, as in all grammars of that kind. Cost: linear.
bool is_rfc3339_duration(struct view text);

#endif

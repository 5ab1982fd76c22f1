// SPDX-License-Identifier: Apache-2.0
// The Get Balance query string: raw bytes in, a checked value out.
//
//     fieldsTemplate=basic&limit=1&location=US
//
// Names are case-sensitive (GB-QRY-4), unknown names are ignored (GB-QRY-3), a known name may stand
// once (GB-QRY-2). Values are percent-decoded once; '+' is a plus sign, not a blank. Values of
// fieldsTemplate and location take any letter case (GB-FT-6, GB-LOC-8). A limit is digits only, as
// many as wanted, and at most INT32_MAX (GB-LIMIT-4, GB-LIMIT-8). An empty location counts as
// absent (GB-LOC-7); an empty limit or fieldsTemplate is refused. A bad percent sign is refused in
// every item (GB-QRY-5): as a bad value where the name is a known one, so that the answer names it.
#ifndef BP_HTTP_QUERY_H
#define BP_HTTP_QUERY_H

#include "base/reason.h"
#include "base/view.h"

enum bp_fields {
    BP_FIELDS_BASIC, // type, data remaining, time remaining
    BP_FIELDS_FULL,  // every property of the Balance resource
};

// A bp_query is self-contained: it keeps no view into the bytes it was read from.
struct bp_query {
    enum bp_fields fields; // BP_FIELDS_BASIC when the parameter is absent
    bool has_limit;
    bool has_location;
    int32_t limit_count; // balances, 0..INT32_MAX; meaningful when has_limit
    char location[2];    // an assigned country in upper case; meaningful when has_location
};

// bp_query_read reads `raw`, the bytes behind '?' (may be empty). It returns true on success.
// Otherwise it returns false and describes the first offence: items in their order, and of one item
// its name, its standing twice, then its value; `*out` is then unspecified. Any bytes are safe
// input. Cost: linear.
BP_MUST_USE bool bp_query_read(struct bp_query *out, struct bp_fault *fault, struct view raw);

#endif

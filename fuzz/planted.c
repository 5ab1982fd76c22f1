// SPDX-License-Identifier: Apache-2.0
// A planted fault that needs three values at once: proof that the mutator is of use
// (ci/planted.sh).
//
// Target functions: bp_query_read
// Asserts something false on purpose: that no accepted query has the largest limit, the template
// full and a location that starts with Z. The three are one decision without branches, so that
// coverage shows nobody that two of them are right.
#include "fuzz.h"
#include "http/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bp_query query = {.has_limit = false};
    struct bp_fault fault;
    if (!bp_query_read(&query, &fault, fuzz_view(data, size)))
        return 0;
    bool is_met = (query.limit_count == INT32_MAX) & (query.fields == BP_FIELDS_FULL) &
                  (query.location[0] == 'Z');
    FUZZ_ASSERT(!is_met);
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
// A planted fault: proof that the engine, the sanitizers and the assertions of this build find
// things.
//
// Target functions: bp_query_read
// Asserts something false on purpose: that no accepted query has a limit of 7. An engine that does
// not report it within seconds is broken, and ci/run.sh fails.
#include "fuzz.h"
#include "http/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bp_query query;
    struct bp_fault fault;
    if (!bp_query_read(&query, &fault, fuzz_view(data, size)))
        return 0;
    FUZZ_ASSERT(!query.has_limit || query.limit_count != 7);
    return 0;
}

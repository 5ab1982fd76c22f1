// SPDX-License-Identifier: Apache-2.0
// Target functions: none. The target that does nothing: what an execution costs without us, which
// is the measure for the speed of the others (ci/floors.sh).
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)data;
    (void)size;
    return 0;
}

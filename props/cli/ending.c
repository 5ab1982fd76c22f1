// SPDX-License-Identifier: Apache-2.0
#include "props/cli/ending.h"

#include "tool/cli.h"
#include "tool/files.h"
#include "tool/interrupt.h"

bool ending_keep_one(const struct finding *finding, const char *folder)
{
    char space[64];
    struct buf name = BUF(space);
    finding_name(&name, finding);
    return file_write_in(folder, buf_view(&name), finding_case(finding));
}

bool ending_keep(const struct check_result *result, const char *folder)
{
    if (result->finding_count == 0 || !folder_make(folder))
        return false;
    bool is_kept = true;
    for (size_t i = 0; i < result->finding_count; i++)
        is_kept = ending_keep_one(&result->findings[i], folder) && is_kept;
    return is_kept;
}

int ending_status(const struct check_result *result, const bool *only)
{
    static const int statuses[OUTCOME_COUNT] = {[OUTCOME_PASS] = EXIT_PASSED,
                                                [OUTCOME_FAIL] = EXIT_FAILED,
                                                [OUTCOME_PARTIAL] = EXIT_UNTESTED,
                                                [OUTCOME_INCONCLUSIVE] = EXIT_UNTESTED};
    size_t counts[STANDING_COUNT];
    enum outcome outcome = check_outcome(counts, result, only);
    if (result->was_stopped)
        return EXIT_SIGNAL + interrupt_signal();
    return statuses[outcome];
}

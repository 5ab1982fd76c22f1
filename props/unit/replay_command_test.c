// SPDX-License-Identifier: Apache-2.0
// What `replay` prints of a case: every run of it, with its acts.
#include <unistd.h>

#include "props/cli/commands.h"
#include "props/rule/clause.h"
#include "props/unit/unit.h"
#include "tool/files.h"

enum { OUT_LEN_MAX = 1 << 16 };

static char out_space[OUT_LEN_MAX];

// Writes the case of a clause's program and plays it at a liar. `printed` is what is said of it.
static int replay(struct view *printed, const char *id, const char *liar)
{
    static const char path[] = "replay_command_test.case";
    static const char out_path[] = "replay_command_test.out";
    const char tape[] = {0, (char)clause_at(clause_find(view_of_text(id)))->program, 1};
    char *argv[] = {"replay_command_test.case", "--fault", (char *)(uintptr_t)liar, NULL};
    CHECK(file_write(path, view_of(tape, sizeof tape)));
    fflush(stdout);
    int kept = dup(STDOUT_FILENO);
    CHECK(kept >= 0 && freopen(out_path, "w", stdout) != NULL);
    int status = replay_command.run(&replay_command, 3, argv);
    fflush(stdout);
    dup2(kept, STDOUT_FILENO);
    close(kept);
    FILE *file = fopen(out_path, "r");
    *printed = view_of(out_space, file == NULL ? 0 : fread(out_space, 1, OUT_LEN_MAX, file));
    if (file != NULL)
        fclose(file);
    unlink(path);
    unlink(out_path);
    return status;
}

static unsigned count_of(struct view text, struct view part)
{
    unsigned count = 0;
    for (size_t at = 0; (at = view_find(text, part)) != text.len; count++)
        text = view_from(text, at + part.len);
    return count;
}

int main(void)
{
    struct view again = VIEW("\nagain, with seconds behind each act\n");
    struct view printed;
    CHECK(replay(&printed, "GB-STATE-3", "consume-late") == EXIT_FAILED);
    CHECK(count_of(printed, VIEW("\n! consume ")) == 2 && count_of(printed, again) == 1);
    CHECK(view_find(printed, again) < view_find(printed, VIEW("FAILED GB-STATE-3")));
    CHECK(replay(&printed, "GB-STATE-3", "limit-ignored") == EXIT_PASSED);
    CHECK(count_of(printed, VIEW("\n! consume ")) == 1 && count_of(printed, again) == 0);
    return unit_end();
}

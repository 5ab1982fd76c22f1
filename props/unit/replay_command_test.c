// SPDX-License-Identifier: Apache-2.0
// What `replay` prints of a case: every run of it, with its acts.
#include <stdlib.h>

#include "props/cli/commands.h"
#include "props/rule/clause.h"
#include "props/unit/played.h"
#include "props/unit/unit.h"
#include "tool/files.h"
#include "tool/scratch.h"

static struct scratch scratch;
static struct played played;

// Writes the case of a clause's program and plays it at a liar.
static int replay(const char *id, const char *liar)
{
    char path[sizeof scratch.path + 16];
    const char tape[] = {0, (char)clause_at(clause_find(view_of_text(id)))->program, 1};
    snprintf(path, sizeof path, "%s/one.case", scratch.path);
    CHECK(file_write(path, view_of(tape, sizeof tape)));
    return played_run(&played, &replay_command, (const char *const[]){path, "--fault", liar, NULL});
}

static unsigned count_of(const char *part)
{
    unsigned count = 0;
    for (const char *at = played.output; (at = strstr(at, part)) != NULL; count++)
        at += strlen(part);
    return count;
}

int main(void)
{
    static const char again[] = "\nagain, with seconds behind each act\n";
    if (!scratch_open(&scratch))
        return 2;
    CHECK(replay("GB-STATE-3", "consume-late") == EXIT_FAILED);
    CHECK(count_of("\n! consume ") == 2 && count_of(again) == 1);
    const char *end = strstr(played.output, "FAILED GB-STATE-3");
    CHECK(end != NULL && strstr(played.output, again) < end);
    CHECK(replay("GB-STATE-3", "limit-ignored") == EXIT_PASSED);
    CHECK(count_of("\n! consume ") == 1 && count_of(again) == 0);
    // Nobody is there: the preflight says so, and no case is played.
    const char *const nowhere[] = {scratch.path, "https://127.0.0.1:1", "-k", NULL};
    CHECK(played_run(&played, &replay_command, nowhere) == EXIT_UNTESTED);
    CHECK(played_says(&played, "FAILED") && count_of("\n> ") == 0);
    CHECK(played_ends_with(&played, "INCONCLUSIVE  this endpoint cannot be tested as it is"));
    scratch_close(&scratch);
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
// The options --profile and --set: how the documents are read.
#ifndef BP_PROPS_CLI_READING_H
#define BP_PROPS_CLI_READING_H

#include "props/rule/profile.h"
#include "tool/options.h"

enum { READING_LEN_MAX = 512 };

#define READING_SET_ROW                                                                  \
    {                                                                                    \
        "--set", "KEY=VALUE...",                                                         \
            "read one ambiguity in another way, as in limit.zero=400; balprobe explain " \
            "--keys lists them"                                                          \
    }

// What was given, as profile_read takes it: "field,limit.zero=400".
struct reading_choice {
    const char *spec; // NULL: nothing was given
    char space[READING_LEN_MAX];
};

// reading_read joins the values of the two rows of the options; --set may be given several times,
// and hold several readings with commas between them. It returns an exit status: EXIT_PASSED, or
// another one after having told what there is no profile, key or reading for.
int reading_read(struct reading_choice *out, const struct options *given, size_t profile_row,
                 size_t set_row);

// reading_put_again appends the options that choose `spec` again, each with a blank before it;
// nothing for NULL.
void reading_put_again(struct buf *out, const char *spec);

#endif

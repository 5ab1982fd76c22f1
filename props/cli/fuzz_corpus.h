// SPDX-License-Identifier: Apache-2.0
// The folder where a hunt keeps its inputs from one run to the next: one file each, called by a
// digest of its bytes, a case for balprobe replay.
#ifndef BP_PROPS_CLI_FUZZ_CORPUS_H
#define BP_PROPS_CLI_FUZZ_CORPUS_H

#include "base/buf.h"

enum {
    FUZZ_CORPUS_COUNT_MAX = 1024, // files
    FUZZ_CORPUS_COMMON_MAX = 768  // beyond that many only inputs that found a signature
};

struct fuzz_corpus {
    const char *folder;  // NULL: nothing is kept
    size_t loaded_count; // files that were there
    size_t added_count;
    size_t left_count; // not written, for want of room or because they could not be
    bool is_loading;
    bool (*play)(void *context, struct view input);
    void *context;
};

// fuzz_corpus_open plays every input of the folder, which it makes; NULL: there is none. It returns
// false after having told why it cannot. `play` returns false when no more are wanted.
BP_MUST_USE bool fuzz_corpus_open(struct fuzz_corpus *out, const char *folder,
                                  bool (*play)(void *context, struct view input), void *context);

// fuzz_corpus_keep writes an input, unless it came from the folder. `is_founder`: it was the first
// to show a signature.
void fuzz_corpus_keep(struct fuzz_corpus *corpus, struct view input, bool is_founder);

// fuzz_corpus_put appends where the inputs are: ", 12 of them new in corpus/mo".
void fuzz_corpus_put(struct buf *out, const struct fuzz_corpus *corpus);

#endif

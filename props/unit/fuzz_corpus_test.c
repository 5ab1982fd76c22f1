// SPDX-License-Identifier: Apache-2.0
#include "props/cli/fuzz_corpus.h"

#include <stdlib.h>

#include "props/choice/choices.h"
#include "props/unit/kept.h"
#include "props/unit/unit.h"
#include "tool/files.h"
#include "tool/scratch.h"

static struct scratch scratch;
static char folder[512];
static struct fuzz_corpus corpus;
static unsigned played_count;
static unsigned wanted_count;

static bool play(void *context, struct view input)
{
    (void)context;
    played_count++;
    // What comes from the folder is there already.
    fuzz_corpus_keep(&corpus, input, true);
    return played_count < wanted_count;
}

static void open_corpus(unsigned wanted, size_t loaded_count)
{
    played_count = 0;
    wanted_count = wanted;
    CHECK(fuzz_corpus_open(&corpus, folder, play, NULL));
    CHECK(played_count == loaded_count && corpus.loaded_count == loaded_count);
    CHECK(corpus.added_count == 0 && corpus.left_count == 0);
}

static bool says(const char *words)
{
    char space[1024];
    struct buf out = BUF(space);
    fuzz_corpus_put(&out, &corpus);
    return view_find(buf_view(&out), view_of_text(words)) < out.len;
}

int main(void)
{
    if (!scratch_open(&scratch))
        return 2;
    snprintf(folder, sizeof folder, "%s/made", scratch.path);
    open_corpus(9, 0);
    fuzz_corpus_keep(&corpus, VIEW("\0\1\2"), true);
    fuzz_corpus_keep(&corpus, VIEW("\0\1\2\3"), true);
    fuzz_corpus_keep(&corpus, VIEW(""), true);
    CHECK(corpus.added_count == 3 && kept_count(folder) == 3);
    CHECK(says(", 3 of them new in ") && !says("not written"));
    open_corpus(9, 3);
    open_corpus(2, 2);
    // Files of other names count, too; those that are too long are passed over.
    static const char much[CHOICES_LEN_MAX + 1] = "";
    CHECK(file_write_in(folder, VIEW("mine"), VIEW("\0\1")));
    CHECK(file_write_in(folder, VIEW("much"), view_of(much, sizeof much)));
    played_count = 0;
    wanted_count = 9;
    CHECK(fuzz_corpus_open(&corpus, folder, play, NULL) && played_count == 4);
    CHECK(corpus.loaded_count == 5 && kept_count(folder) == 5);
    corpus.loaded_count = FUZZ_CORPUS_COMMON_MAX;
    fuzz_corpus_keep(&corpus, VIEW("c"), false);
    CHECK(corpus.added_count == 0 && corpus.left_count == 1);
    corpus.loaded_count = FUZZ_CORPUS_COUNT_MAX - 1;
    fuzz_corpus_keep(&corpus, VIEW("a"), true);
    fuzz_corpus_keep(&corpus, VIEW("b"), true);
    CHECK(corpus.added_count == 1 && corpus.left_count == 2 && says("; 2 were not written"));
    CHECK(fuzz_corpus_open(&corpus, NULL, play, NULL));
    fuzz_corpus_keep(&corpus, VIEW("a"), true);
    CHECK(corpus.added_count == 0 && says("--corpus DIR"));
    CHECK(!fuzz_corpus_open(&corpus, "/dev/null/x", play, NULL));
    scratch_close(&scratch);
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
#include "props/cli/fuzz_corpus.h"

#include <stdlib.h>

#include "props/choice/choices.h"
#include "tool/files.h"
#include "tool/text.h"

static bool load_file(void *context, const char *path)
{
    struct fuzz_corpus *corpus = context;
    struct view bytes = {NULL, 0};
    char *data = file_read(&bytes.len, path, CHOICES_LEN_MAX);
    bytes.data = data;
    bool wants_more = data == NULL || corpus->play(corpus->context, bytes);
    free(data);
    corpus->loaded_count++;
    return wants_more && corpus->loaded_count < FUZZ_CORPUS_COUNT_MAX;
}

bool fuzz_corpus_open(struct fuzz_corpus *out, const char *folder,
                      bool (*play)(void *context, struct view input), void *context)
{
    *out = (struct fuzz_corpus){.folder = folder, .play = play, .context = context};
    if (folder == NULL)
        return true;
    out->is_loading = true;
    bool is_open = folder_make(folder) && folder_visit(folder, load_file, out);
    out->is_loading = false;
    return is_open;
}

void fuzz_corpus_keep(struct fuzz_corpus *corpus, struct view input, bool is_founder)
{
    char space[32];
    struct buf name = BUF(space);
    if (corpus->folder == NULL || corpus->is_loading)
        return;
    text_put_digest(&name, input);
    buf_put_text(&name, ".case");
    size_t count_max = is_founder ? FUZZ_CORPUS_COUNT_MAX : FUZZ_CORPUS_COMMON_MAX;
    bool has_room = corpus->loaded_count + corpus->added_count < count_max;
    bool is_added = has_room && file_write_in(corpus->folder, buf_view(&name), input);
    corpus->added_count += is_added;
    corpus->left_count += !is_added;
}

void fuzz_corpus_put(struct buf *out, const struct fuzz_corpus *corpus)
{
    if (corpus->folder == NULL) {
        buf_put_text(out, " until now; --corpus DIR keeps them for another run");
        return;
    }
    buf_put_text(out, ", ");
    text_put_count(out, corpus->added_count);
    buf_put_text(out, " of them new in ");
    text_put_bytes(out, view_of_text(corpus->folder), FILE_PATH_LEN_MAX);
    if (corpus->left_count == 0)
        return;
    buf_put_text(out, "; ");
    text_put_count(out, corpus->left_count);
    buf_put_text(out, " were not written");
}

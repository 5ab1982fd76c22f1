// SPDX-License-Identifier: Apache-2.0
#include "props/report/steps.h"

#include "tool/text.h"

enum { GRADE_COLUMN = 2, NAME_COLUMN = 11, WORDS_COLUMN = 21, ADVICE_LEN_MAX = 512 };

static void put_advice(struct buf *out, const char *label, const char *words)
{
    if (words == NULL || words[0] == '\0')
        return;
    char space[ADVICE_LEN_MAX];
    struct buf line = buf_of(space, sizeof space - 1);
    buf_put_text(&line, label);
    buf_put_text(&line, words);
    space[line.len] = '\0';
    text_pad(out, WORDS_COLUMN);
    text_put_words(out, WORDS_COLUMN + 2, space);
    buf_put_byte(out, '\n');
}

void steps_put(struct buf *out, const struct preflight *preflight)
{
    static const char *const grades[] = {
        [STEP_OK] = "ok", [STEP_WARNING] = "warning", [STEP_FAILED] = "FAILED"};
    buf_put_text(out, "Preflight\n");
    for (size_t i = 0; i < preflight->step_count; i++) {
        const struct preflight_step *step = &preflight->steps[i];
        text_pad(out, GRADE_COLUMN);
        buf_put_text(out, grades[step->grade]);
        text_pad(out, NAME_COLUMN);
        buf_put_text(out, step->name);
        text_pad(out, WORDS_COLUMN);
        text_put_words(out, WORDS_COLUMN, step->words);
        buf_put_byte(out, '\n');
        put_advice(out, "cause: ", step->remedy.cause);
        put_advice(out, "remedy: ", step->remedy.remedy);
    }
    buf_put_byte(out, '\n');
}

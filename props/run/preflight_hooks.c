// SPDX-License-Identifier: Apache-2.0
#include "props/run/preflight.h"

enum { WORDS_LEN_MAX = 512 };

static void put_names(struct buf *out, unsigned hooks)
{
    for (unsigned hook = 0; hook < BP_HOOK_COUNT; hook++) {
        if ((hooks & BP_HOOK_BIT(hook)) == 0)
            continue;
        buf_put_byte(out, ' ');
        buf_put_text(out, bp_hook_name((enum bp_hook)hook));
    }
}

// The clauses whose programs need one of the hooks that are not used.
static size_t count_skipped(unsigned used)
{
    size_t count = 0;
    for (size_t i = 0; i < clause_count(); i++)
        count += (clause_at(i)->hooks & ~used) != 0;
    return count;
}

static void put_skipped(struct buf *out, unsigned used)
{
    size_t count = count_skipped(used);
    buf_put_unsigned(out, count);
    buf_put_text(out, count == 1 ? " clause will be skipped" : " clauses will be skipped");
}

void preflight_hooks(struct preflight *preflight, const struct bp_hooks *used, unsigned there)
{
    char space[WORDS_LEN_MAX];
    struct buf words = BUF(space);
    if (used->there != there) {
        buf_put_text(&words, "the inventory has hooks, which are not run here, and ");
        put_skipped(&words, used->there);
        buf_put_text(&words, ":");
        put_names(&words, there);
        struct preflight_step *step =
            preflight_add(preflight, "data", STEP_WARNING, buf_view(&words), MISHAP_NONE);
        step->remedy =
            (struct remedy){"hooks change SIMs, and this endpoint is not on this machine",
                            "if they may be changed, say so with --hooks"};
        return;
    }
    buf_put_text(&words, there == 0 ? "no hooks" : "hooks:");
    put_names(&words, there);
    if (there != 0)
        buf_put_text(&words,
                     used->undo == NULL ? "; no undo: the SIMs stay changed" : ", and undo");
    if (there != BP_HOOK_ALL) {
        buf_put_text(&words, there == 0 ? "; " : "; without");
        put_names(&words, there == 0 ? 0 : (unsigned)BP_HOOK_ALL & ~there);
        buf_put_text(&words, there == 0 ? "" : " ");
        put_skipped(&words, there);
    }
    preflight_add(preflight, "data", STEP_OK, buf_view(&words), MISHAP_NONE);
}

// SPDX-License-Identifier: Apache-2.0
#include "props/cli/select.h"

#include "props/cli/commands.h"
#include "props/rule/clause.h"
#include "tool/nearest.h"

enum { ID_LEN_MAX = 32 };

static const char *id_at(const void *table, size_t index)
{
    (void)table;
    return clause_at(index)->id;
}

int select_refuse(const char *id)
{
    char upper[ID_LEN_MAX + 1];
    size_t len = strlen(id) < ID_LEN_MAX ? strlen(id) : ID_LEN_MAX;
    for (size_t i = 0; i < len; i++)
        upper[i] = byte_upper(id[i]);
    upper[len] = '\0';
    return cli_refuse("there is no clause ", id, nearest_word(upper, id_at, NULL, clause_count()));
}

// Whether `word` is the clause `id` or the beginning of it up to a dash.
static bool means(struct view word, struct view id)
{
    if (word.len > id.len || !view_equal_nocase(word, view_first(id, word.len)))
        return false;
    return word.len == id.len || id.data[word.len] == '-';
}

static int mark(bool *selected, const char *list, bool value)
{
    struct view rest = view_of_text(list);
    for (;;) {
        struct view word = view_first(rest, view_index(rest, ','));
        size_t count = 0;
        for (size_t i = 0; i < clause_count(); i++) {
            if (!means(word, view_of_text(clause_at(i)->id)))
                continue;
            selected[i] = value;
            count++;
        }
        if (count == 0) {
            char id[ID_LEN_MAX + 1] = {0};
            memcpy(id, word.data, word.len < ID_LEN_MAX ? word.len : ID_LEN_MAX);
            return select_refuse(id);
        }
        if (word.len == rest.len)
            return EXIT_PASSED;
        rest = view_from(rest, word.len + 1);
    }
}

int select_clauses(bool *selected, const char *only, const char *skip)
{
    for (size_t i = 0; i < CLAUSE_COUNT_MAX; i++)
        selected[i] = only == NULL && i < clause_count();
    int status = only == NULL ? EXIT_PASSED : mark(selected, only, true);
    if (status == EXIT_PASSED && skip != NULL)
        status = mark(selected, skip, false);
    return status;
}

// SPDX-License-Identifier: Apache-2.0
#include "props/launch/rows.h"

#include "props/rule/clause.h"
#include "props/unit/unit.h"

static bool is_sentence(const char *text, bool ends_with_stop)
{
    size_t len = strlen(text);
    return len > 3 && (text[len - 1] == '.') == ends_with_stop;
}

static void check_texts(void)
{
    static const char *const strengths[] = {"MUST", "SHOULD", "MAY", "DERIVED"};
    for (size_t i = 0; i < launch_row_count; i++) {
        const struct launch_row *row = &launch_rows[i];
        bool is_known = false;
        for (size_t j = 0; j < sizeof strengths / sizeof strengths[0]; j++)
            is_known = is_known || strcmp(row->strength, strengths[j]) == 0;
        CHECK_ROW(i, is_known);
        CHECK_ROW(i, is_sentence(row->statement, true));
        CHECK_ROW(i, is_sentence(row->source, false) && is_sentence(row->checked, false));
        CHECK_ROW(i, is_sentence(row->likely, false));
        // A name is a row here, or a clause that is judged, never both.
        CHECK_ROW(i, clause_find(view_of_text(row->id)) == clause_count());
        CHECK_ROW(i, launch_row_find(view_of_text(row->id)) == row);
    }
}

// Where a row says that it is checked, and where it is listed, is the same.
static void check_places(void)
{
    static const char *const words[LAUNCH_PLACE_COUNT] = {[LAUNCH_COMMAND] = "by balprobe launch ",
                                                          [LAUNCH_LOAD] = "by load: ",
                                                          [LAUNCH_RECORD] = "recorded in ",
                                                          [LAUNCH_SHOWN] = "shown, not judged: "};
    for (size_t i = 0; i < launch_row_count; i++) {
        const struct launch_row *row = &launch_rows[i];
        CHECK_ROW(i, row->place < LAUNCH_PLACE_COUNT &&
                         view_starts(view_of_text(row->checked), view_of_text(words[row->place])));
    }
}

static void check_names(void)
{
    static const struct {
        const char *given;
        const char *want; // NULL: none
    } rows[] = {
        {"WG-1", "WG-1"},
        {"wg-6", "WG-6"},
        {"WG-7", NULL},
        {"COSA-6", "COSA-6"},
        {"PORTAL-1", "PORTAL-1"},
        {"PORTAL-2", "PORTAL-2..5"},
        {"portal-5", "PORTAL-2..5"},
        {"PORTAL-6", NULL},
        {"PORTAL-22", NULL},
        {"PORTAL-", NULL},
        {"PORTAL-2..5", "PORTAL-2..5"},
        {"GB-LOAD-11", "GB-LOAD-11"},
        {"GB-LOAD-1", "GB-LOAD-1"},
        {"GB-RATE-4", "GB-RATE-4"},
        {"GB-MON-1", "GB-MON-1"},
        {"UX-1", "UX-1"},
        {"ENV-1", "ENV-1"},
        {"PRE-2", "PRE-2"},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct launch_row *row = launch_row_find(view_of_text(rows[i].given));
        CHECK_ROW(i, (row != NULL) == (rows[i].want != NULL));
        CHECK_ROW(i, row == NULL || rows[i].want == NULL || strcmp(row->id, rows[i].want) == 0);
    }
}

int main(void)
{
    check_texts();
    check_places();
    check_names();
    return unit_end();
}

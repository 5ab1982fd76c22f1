// SPDX-License-Identifier: Apache-2.0
#include "json/strict.h"

#include "props/unit/unit.h"

// The pieces of one text, until it is refused.
static const struct {
    struct view piece;
    size_t good_len, whole_len;
    enum bp_reason reason;
    bool is_in_word, is_in_string; // behind the piece
} rows[] = {
    {VIEW_INIT("[12"), 3, 1, BP_REASON_NONE, true, false},
    {VIEW_INIT("3"), 1, BP_STRICT_NO_END, BP_REASON_NONE, true, false},
    {VIEW_INIT("4 ,\""), 4, 3, BP_REASON_NONE, false, true},
    {VIEW_INIT("a longer piece"), 14, BP_STRICT_NO_END, BP_REASON_NONE, false, true},
    {VIEW_INIT("e\xc3"), 2, BP_STRICT_NO_END, BP_REASON_NONE, false, true},
    {VIEW_INIT("\xa9\" "), 3, 3, BP_REASON_NONE, false, false},
    {VIEW_INIT("]\f]"), 1, 1, BP_REASON_JSON_SYNTAX, false, false},
};

int main(void)
{
    struct bp_strict strict = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t whole_len = 77;
        enum bp_reason reason = BP_REASON_JSON_LEN;
        size_t good_len = bp_strict_scan(&strict, &whole_len, &reason, rows[i].piece);
        CHECK_ROW(i, good_len == rows[i].good_len);
        CHECK_ROW(i, whole_len == rows[i].whole_len);
        CHECK_ROW(i, reason == rows[i].reason);
        CHECK_ROW(i, bp_strict_is_in_word(&strict) == rows[i].is_in_word);
        CHECK_ROW(i, bp_strict_is_in_string(&strict) == rows[i].is_in_string);
    }
    return unit_end();
}

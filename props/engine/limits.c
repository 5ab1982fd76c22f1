// SPDX-License-Identifier: Apache-2.0
#include "props/engine/limits.h"

static const struct view blanks = VIEW_INIT(" \t\r");

static void read_row(struct limits *out, struct view line)
{
    size_t equals = view_index(line, '=');
    if (equals == line.len || out->count == LIMIT_COUNT_MAX)
        return;
    struct limit row = {view_trim(view_first(line, equals), blanks),
                        view_trim(view_from(line, equals + 1), blanks)};
    if (row.name.len != 0 && row.name.data[0] != '#' && row.value.len != 0)
        out->rows[out->count++] = row;
}

void limits_read(struct limits *out, struct view text)
{
    bool is_ours = false;
    out->count = 0;
    while (text.len != 0) {
        size_t len = view_index(text, '\n');
        struct view line = view_trim(view_first(text, len), blanks);
        text = view_from(text, len < text.len ? len + 1 : len);
        if (line.len != 0 && line.data[0] == '[')
            is_ours = view_equal(line, VIEW("[libfuzzer]"));
        else if (is_ours)
            read_row(out, line);
    }
}

struct view limits_find(const struct limits *limits, struct view name)
{
    for (size_t i = 0; i < limits->count; i++)
        if (view_equal(limits->rows[i].name, name))
            return limits->rows[i].value;
    return view_of(NULL, 0);
}

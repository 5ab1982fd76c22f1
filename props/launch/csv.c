// SPDX-License-Identifier: Apache-2.0
#include "props/launch/csv.h"

static enum csv_step refuse(struct csv *csv, const char *words, size_t line, size_t column)
{
    bool is_within = column < CSV_COLUMN_COUNT_MAX; // else a cell too many is refused
    bool has_name = is_within && column < csv->column_count;
    csv->words = words;
    csv->fault_line = line;
    csv->column = has_name ? csv->columns[column] : view_of(NULL, 0);
    return CSV_FAULT;
}

// A fault behind which nobody can tell where the next cell begins.
static enum csv_step give_up(struct csv *csv, const char *words, size_t line, size_t column)
{
    csv->rest = view_from(csv->rest, csv->rest.len);
    return refuse(csv, words, line, column);
}

// Reads a quoted cell; the opening quote is gone.
static enum csv_step read_quoted(struct csv *csv, struct view *cell, size_t column)
{
    size_t begin = csv->space.len;
    size_t line = csv->line;
    for (;;) {
        size_t len = view_index(csv->rest, '"');
        if (len == csv->rest.len)
            return give_up(csv, "a quote is opened and not closed", line, column);
        for (size_t i = 0; i < len; i++)
            csv->line += csv->rest.data[i] == '\n';
        buf_put(&csv->space, view_first(csv->rest, len));
        csv->rest = view_from(csv->rest, len + 1);
        if (csv->rest.len == 0 || csv->rest.data[0] != '"')
            break;
        buf_put_byte(&csv->space, '"');
        csv->rest = view_from(csv->rest, 1);
    }
    *cell = view_of(csv->space.data + begin, csv->space.len - begin);
    return CSV_ROW;
}

static enum csv_step read_plain(struct csv *csv, struct view *cell, size_t column)
{
    size_t len = 0;
    while (len < csv->rest.len && memchr(",\r\n\"", csv->rest.data[len], 4) == NULL)
        len++;
    if (len < csv->rest.len && csv->rest.data[len] == '"')
        return give_up(csv, "a quote stands within a cell that is not quoted", csv->line, column);
    *cell = view_first(csv->rest, len);
    csv->rest = view_from(csv->rest, len);
    return CSV_ROW;
}

static enum csv_step read_cell(struct csv *csv, struct view *cell, size_t column)
{
    size_t line = csv->line;
    bool is_quoted = csv->rest.len != 0 && csv->rest.data[0] == '"';
    if (is_quoted)
        csv->rest = view_from(csv->rest, 1);
    enum csv_step step = is_quoted ? read_quoted(csv, cell, column) : read_plain(csv, cell, column);
    if (step == CSV_ROW && cell->len > CSV_CELL_LEN_MAX)
        return give_up(csv, "a cell has more than 4,096 octets", line, column);
    return step;
}

// Takes the line end, if one is there; CR alone is none.
static bool take_line_end(struct csv *csv)
{
    size_t len = view_starts(csv->rest, VIEW("\r\n")) ? 2 : view_starts(csv->rest, VIEW("\n"));
    csv->rest = view_from(csv->rest, len);
    csv->line += len != 0;
    return len != 0;
}

static enum csv_step read_row(struct csv *csv)
{
    csv->row_line = csv->line;
    csv->cell_count = 0;
    for (;;) {
        struct view cell = {NULL, 0};
        size_t column = csv->cell_count;
        if (column == CSV_COLUMN_COUNT_MAX)
            return give_up(csv, "there are more than 64 columns", csv->line, column);
        enum csv_step step = read_cell(csv, &cell, column);
        if (step == CSV_FAULT)
            return step;
        csv->cells[csv->cell_count++] = cell;
        if (csv->rest.len == 0 || take_line_end(csv))
            return CSV_ROW;
        if (csv->rest.data[0] == '\r')
            return give_up(csv, "a carriage return without a line feed", csv->line, column);
        if (csv->rest.data[0] != ',')
            return give_up(csv, "something stands behind the closing quote", csv->line, column);
        csv->rest = view_from(csv->rest, 1);
    }
}

static const struct view blanks = VIEW_INIT(" \t");

static bool row_is_blank(const struct csv *csv)
{
    for (size_t i = 0; i < csv->cell_count; i++)
        if (view_trim(csv->cells[i], blanks).len != 0)
            return false;
    return true;
}

bool csv_open(struct csv *out, struct view text, char *space)
{
    memset(out, 0, sizeof *out);
    out->rest = view_without_mark(text);
    out->space = buf_of(space, text.len);
    out->line = 1;
    if (text.len > CSV_TEXT_LEN_MAX)
        return give_up(out, "the file is longer than 4 MiB", 1, 0) == CSV_ROW;
    if (read_row(out) == CSV_FAULT)
        return false;
    if (row_is_blank(out))
        return give_up(out, "there is no header row", 1, 0) == CSV_ROW;
    if (out->cell_count == 1 && view_index(out->cells[0], ';') < out->cells[0].len)
        return give_up(out, "there are semicolons where commas should be", 1, 0) == CSV_ROW;
    memcpy(out->columns, out->cells, out->cell_count * sizeof out->cells[0]);
    out->column_count = out->cell_count;
    return true;
}

enum csv_step csv_next(struct csv *csv)
{
    do {
        if (csv->rest.len == 0)
            return CSV_END;
        enum csv_step step = read_row(csv);
        if (step == CSV_FAULT)
            return step;
    } while (row_is_blank(csv));
    if (csv->row_count == CSV_ROW_COUNT_MAX)
        return give_up(csv, "there are more than 4,096 rows", csv->row_line, 0);
    csv->row_count++;
    if (csv->cell_count < csv->column_count)
        return refuse(csv, "the row ends before this column", csv->row_line, csv->cell_count);
    if (csv->cell_count > csv->column_count)
        return refuse(csv, "the row has more cells than there are columns", csv->row_line,
                      csv->column_count);
    return CSV_ROW;
}

// Moves on to the next letter or digit; false at the end.
static bool skip_to_word(struct view *v)
{
    while (v->len != 0 && !byte_is_letter(v->data[0])) {
        if (byte_is_digit(v->data[0]))
            return true;
        *v = view_from(*v, 1);
    }
    return v->len != 0;
}

bool csv_same_name(struct view a, struct view b)
{
    for (;;) {
        bool has_a = skip_to_word(&a);
        bool has_b = skip_to_word(&b);
        if (!has_a || !has_b)
            return has_a == has_b;
        if (byte_lower(a.data[0]) != byte_lower(b.data[0]))
            return false;
        a = view_from(a, 1);
        b = view_from(b, 1);
    }
}

size_t csv_column(const struct csv *csv, struct view name, bool *is_twice)
{
    size_t found = CSV_COLUMN_COUNT_MAX;
    *is_twice = false;
    for (size_t i = 0; i < csv->column_count; i++) {
        if (!csv_same_name(csv->columns[i], name))
            continue;
        *is_twice = found != CSV_COLUMN_COUNT_MAX;
        if (found == CSV_COLUMN_COUNT_MAX)
            found = i;
    }
    return found;
}

struct view csv_cell(const struct csv *csv, size_t column)
{
    return column < csv->cell_count ? view_trim(csv->cells[column], blanks) : view_of(NULL, 0);
}

// SPDX-License-Identifier: Apache-2.0
// A strict reader of comma-separated values (RFC 4180) with a header row.
//
//     id,category,result
//     1,"install ""A"", eSIM",passed
//
// Lines end with CR LF or LF; a byte order mark is skipped, and so are rows without any content. A
// cell may hold any octet; a quote, comma, CR or LF only within quotes. Columns are found by the
// letters and digits of their name alone, so that "ICCID Range - Start" may be written with a dash
// of any kind.
#ifndef BP_PROPS_LAUNCH_CSV_H
#define BP_PROPS_LAUNCH_CSV_H

#include "base/buf.h"

enum {
    CSV_TEXT_LEN_MAX = 1 << 22, // of a file
    CSV_COLUMN_COUNT_MAX = 64,  // the COSA spreadsheet has about 40
    CSV_CELL_LEN_MAX = 4096,
    CSV_ROW_COUNT_MAX = 4096
};

enum csv_step { CSV_ROW, CSV_END, CSV_FAULT };

struct csv {
    struct view rest;
    struct buf space; // unquoted cells
    size_t line;      // of `rest`, counted from 1
    size_t row_line;  // where the row in `cells` begins
    size_t row_count;
    size_t column_count;
    struct view columns[CSV_COLUMN_COUNT_MAX]; // names as they are written
    size_t cell_count;
    struct view cells[CSV_COLUMN_COUNT_MAX]; // of the row; as many as there are columns
    // On a fault:
    const char *words;  // one clause without a full stop
    size_t fault_line;  // where
    struct view column; // name of the column, empty in the header row or behind the last one
};

// csv_open reads the header row. `space` has text.len bytes and keeps cells that were quoted; cells
// and names are views of `text` and `space`, valid as long as these are. It returns false with a
// fault when there is no header row, when it is no comma-separated one, or more columns than there
// is room for. `text` is at most CSV_TEXT_LEN_MAX octets. Cost: linear.
BP_MUST_USE bool csv_open(struct csv *out, struct view text, char *space);

// csv_next reads the next row. CSV_FAULT: `words`, `fault_line` and `column` say
// what is wrong and where. Behind a row with too few or too many cells reading may go on; behind
// any other fault CSV_END follows.
enum csv_step csv_next(struct csv *csv);

// csv_column is the index of the column called `name`, or CSV_COLUMN_COUNT_MAX. `*is_twice` says
// that there is another one. Names are compared by letters and digits, without case.
size_t csv_column(const struct csv *csv, struct view name, bool *is_twice);

// csv_same_name says whether two names have the same letters and digits, without case, in order.
bool csv_same_name(struct view a, struct view b);

// csv_cell is a cell of the row without the blanks around it; empty for a column that is not there.
struct view csv_cell(const struct csv *csv, size_t column);

#endif

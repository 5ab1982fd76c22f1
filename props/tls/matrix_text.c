// SPDX-License-Identifier: Apache-2.0
#include "props/rule/clause.h"
#include "props/tls/matrix.h"
#include "tool/text.h"

enum {
    WORDS_COLUMN = 2,
    MORE_COLUMN = 4,
    CELLS_COLUMN = 37,
    CELL_WIDTH = 15,
    NOTE_COLUMN = 14,
    WHY_COLUMN = 26
};

static const char *const version_names[MATRIX_VERSION_COUNT] = {"TLS 1.2", "TLS 1.3"};

static const char *const grade_words[GRADE_COUNT] = {
    [GRADE_NONE] = "",           [GRADE_PASS] = " ok",   [GRADE_INFO] = " info",
    [GRADE_TOLERATED] = " warn", [GRADE_SKIP] = " skip", [GRADE_FAIL] = " FAIL",
};

static const struct cell *find_cell(const struct matrix *matrix, unsigned row,
                                    enum matrix_version version, bool is_resumed)
{
    for (size_t i = 0; i < matrix->cell_count; i++) {
        const struct cell *cell = &matrix->cells[i];
        if (cell->row == row && cell->version == version && cell->is_resumed == is_resumed)
            return cell;
    }
    return NULL;
}

// The cell of both versions that is shown: the one with the graver verdict.
static const struct cell *graver_resumed(const struct matrix *matrix, unsigned row)
{
    const struct cell *found = NULL;
    for (unsigned v = 0; v < MATRIX_VERSION_COUNT; v++) {
        const struct cell *cell = find_cell(matrix, row, v, true);
        if (cell == NULL)
            continue;
        bool is_first = found == NULL || found->turn.class_of == VISIT_NONE;
        if (is_first || cell->verdict.grade > found->verdict.grade)
            found = cell;
    }
    return found;
}

static void put_cell(struct buf *out, const struct cell *cell)
{
    if (cell == NULL) {
        buf_put_byte(out, '-');
        return;
    }
    if (cell->is_resumed && cell->turn.class_of == VISIT_NONE) {
        buf_put_text(out, "no");
        return;
    }
    visit_put(out, cell->turn.class_of, cell->turn.status, &cell->end);
    buf_put_text(out, matrix_is_critical(cell) ? " CRIT" : grade_words[cell->verdict.grade]);
}

// How much of `words` stands in front of the cells: up to the last blank that fits.
static size_t label_len(struct view words)
{
    size_t len = CELLS_COLUMN - WORDS_COLUMN - 1;
    if (words.len <= len)
        return words.len;
    while (len != 0 && words.data[len] != ' ')
        len--;
    return len;
}

static void put_row(struct buf *out, const struct matrix *matrix, unsigned row)
{
    struct view words = view_of_text(matrix_row_words(row));
    struct view label = view_first(words, label_len(words));
    text_pad(out, WORDS_COLUMN);
    buf_put(out, label);
    for (unsigned v = 0; v < MATRIX_VERSION_COUNT; v++) {
        text_pad(out, CELLS_COLUMN + v * CELL_WIDTH);
        put_cell(out, find_cell(matrix, row, v, false));
    }
    text_pad(out, CELLS_COLUMN + MATRIX_VERSION_COUNT * CELL_WIDTH);
    put_cell(out, graver_resumed(matrix, row));
    buf_put_byte(out, '\n');
    if (label.len == words.len)
        return;
    text_pad(out, MORE_COLUMN);
    buf_put(out, view_from(words, label.len + 1));
    buf_put_byte(out, '\n');
}

static void put_head(struct buf *out)
{
    buf_put_text(out, "Client certificate");
    for (unsigned v = 0; v < MATRIX_VERSION_COUNT; v++) {
        text_pad(out, CELLS_COLUMN + v * CELL_WIDTH);
        buf_put_text(out, version_names[v]);
    }
    text_pad(out, CELLS_COLUMN + MATRIX_VERSION_COUNT * CELL_WIDTH);
    buf_put_text(out, "resumed\n");
}

static void put_legend(struct buf *out, const struct matrix *matrix)
{
    buf_put_text(out, "  200, 401...: HTTP status; alert N: TLS alert in the handshake; late N: "
                      "TLS\n  alert behind it; closed, reset: the connection ended without an "
                      "answer;\n  no: the session is not resumed; -: not tried\n");
    for (unsigned v = 0; v < MATRIX_VERSION_COUNT; v++) {
        if (matrix->speaks[v])
            continue;
        text_pad(out, WORDS_COLUMN);
        buf_put_text(out, version_names[v]);
        buf_put_text(out, " was not tried: the endpoint does not speak it, or it is excluded\n");
    }
    if (matrix_has_critical(matrix))
        buf_put_text(out, "  CRIT: CRITICAL, somebody is served who must not be\n");
}

static bool is_notable(const struct cell *cell)
{
    return cell->verdict.why != NULL && cell->verdict.grade != GRADE_NONE;
}

static bool same_note(const struct cell *a, const struct cell *b)
{
    return a->clause == b->clause && a->verdict.grade == b->verdict.grade &&
           a->verdict.why == b->verdict.why;
}

// The rows with the same note, each once, behind the reason.
static void put_note(struct buf *out, const struct matrix *matrix, size_t first)
{
    const struct cell *cell = &matrix->cells[first];
    static const char *const words[GRADE_COUNT] = {[GRADE_INFO] = "info",
                                                   [GRADE_TOLERATED] = "tolerated",
                                                   [GRADE_SKIP] = "skipped",
                                                   [GRADE_FAIL] = "FAILED"};
    text_pad(out, WORDS_COLUMN);
    buf_put_text(out, clause_at(cell->clause)->id);
    text_pad(out, NOTE_COLUMN);
    buf_put_text(out, words[cell->verdict.grade]);
    text_pad(out, WHY_COLUMN);
    text_put_words(out, WHY_COLUMN, cell->verdict.why);
    if (cell->verdict.key != KEY_NONE) {
        text_put_words(out, WHY_COLUMN, "by the reading of");
        text_put_words(out, WHY_COLUMN, profile_key_name(cell->verdict.key));
    }
    buf_put_byte(out, ':');
    unsigned last_row = GRADE_ROW_COUNT;
    for (size_t i = first; i < matrix->cell_count; i++) {
        const struct cell *other = &matrix->cells[i];
        if (!same_note(cell, other) || other->row == last_row)
            continue;
        buf_put_text(out, last_row == GRADE_ROW_COUNT ? "" : ";");
        text_put_words(out, WHY_COLUMN, matrix_row_words(other->row));
        last_row = other->row;
    }
    buf_put_byte(out, '\n');
}

static bool was_noted(const struct matrix *matrix, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (same_note(&matrix->cells[i], &matrix->cells[index]))
            return true;
    return false;
}

static void put_notes(struct buf *out, const struct matrix *matrix)
{
    static const enum grade order[] = {GRADE_FAIL, GRADE_TOLERATED, GRADE_INFO, GRADE_SKIP};
    for (size_t g = 0; g < sizeof order / sizeof order[0]; g++)
        for (size_t i = 0; i < matrix->cell_count; i++) {
            const struct cell *cell = &matrix->cells[i];
            bool is_turn = cell->verdict.grade == order[g] && is_notable(cell);
            if (is_turn && !was_noted(matrix, i))
                put_note(out, matrix, i);
        }
}

static bool deviates(const struct cell *cell)
{
    return cell->verdict.grade == GRADE_TOLERATED || cell->verdict.grade == GRADE_FAIL;
}

// The first gateway that answered otherwise than documented.
static const struct who *find_gateway(const struct matrix *matrix)
{
    for (size_t i = 0; i < matrix->cell_count; i++)
        if (matrix->cells[i].turn.class_of == VISIT_GATEWAY && deviates(&matrix->cells[i]))
            return matrix->cells[i].who;
    return NULL;
}

// What answers nothing at all tells little: whoever does it that way is only a guess.
static const struct who *guess_gateway(const struct matrix *matrix)
{
    for (size_t i = 0; i < matrix->cell_count; i++)
        if (matrix->cells[i].row == PKI_SELF_SIGNED && deviates(&matrix->cells[i]))
            return who_guess(&matrix->cells[i].end);
    return NULL;
}

void matrix_put_table(struct buf *out, const struct matrix *matrix)
{
    if (matrix->cell_count == 0) {
        buf_put_text(out, "Client certificates: none was tried\n");
        text_put_row(out, "trouble", matrix->trouble.words);
        return;
    }
    put_head(out);
    if (find_cell(matrix, GRADE_OWN, MATRIX_1_2, false) != NULL ||
        find_cell(matrix, GRADE_OWN, MATRIX_1_3, false) != NULL)
        put_row(out, matrix, GRADE_OWN);
    for (unsigned row = 0; row < PKI_CLIENT_COUNT; row++)
        put_row(out, matrix, row);
    put_legend(out, matrix);
    put_notes(out, matrix);
    if (matrix->trouble.words[0] != '\0')
        text_put_row(out, "trouble", matrix->trouble.words);
    const struct who *who = find_gateway(matrix);
    if (who != NULL) {
        who_put_remedy(out, who);
        return;
    }
    who = guess_gateway(matrix);
    if (who != NULL) {
        text_put_row(out, "perhaps", "this is the way of:");
        who_put_remedy(out, who);
    }
}

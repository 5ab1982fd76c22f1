// SPDX-License-Identifier: Apache-2.0
// Target functions: config_next, csv_open, csv_next, cosa_lint, icon_read, portal_lint,
// iccid_list_read, iccid_list_lint, garden_lint, garden_entry_read, attest_read,
// hook_commands_read, hook_command_fill, lint_put.
//
// The bytes are a paper that somebody wrote, and at their end, so that the paper looks like itself,
// the digit of its reader. Asserts:
//   lines: what is said names lines that exist, in printable words;
//   independent count: no line and no row is lost;
//   metamorphic: a byte order mark changes nothing, nor do line feeds that become CR LF;
//   round trip: what was accepted, written another way, has the same items.
#include "paper_readers.h"

static size_t count_lines(size_t *line_sum, struct view text)
{
    return paper_walk(line_sum, text, VIEW(""), false);
}

static size_t count_full(size_t *line_sum, struct view text)
{
    return paper_walk(line_sum, text, VIEW(" \t\r"), false);
}

static size_t count_options(size_t *line_sum, struct view text)
{
    return paper_walk(line_sum, text, VIEW(" \t\r"), true);
}

static const struct paper papers[] = {
    {.read = read_config, .count = count_options, .has_mark = true},
    {.read = read_hooks},
    {.read = read_cosa, .count = paper_walk_rows, .has_quotes = true, .has_mark = true},
    {.read = read_iccids, .count = count_lines, .has_mark = true},
    {.read = read_garden, .count = garden_count, .has_mark = true},
    {.read = read_attest, .count = count_full, .has_mark = true},
    {.read = read_portal, .count = paper_walk_rows, .has_quotes = true, .has_mark = true},
};

static void read_paper(struct gist *gist, const struct paper *paper, struct view text)
{
    const struct gist empty = {
        .items = buf_of(gist->items.data, GIST_LEN_MAX),
        .words = buf_of(gist->words.data, GIST_LEN_MAX),
        .again = buf_of(gist->again.data, GIST_LEN_MAX),
    };
    *gist = empty;
    paper->read(gist, text);
    said_check_text(&gist->words);
    FUZZ_ASSERT(!gist->items.overflow && !gist->again.overflow);
    FUZZ_ASSERT(gist->last_line <= paper_line_count(text));
}

static bool is_same(const struct gist *a, const struct gist *b)
{
    return view_equal(buf_view(&a->items), buf_view(&b->items)) &&
           view_equal(buf_view(&a->words), buf_view(&b->words));
}

// The paper with CR LF for each line feed that ends a line.
static struct view with_returns(struct buf *out, const struct paper *paper, struct view text)
{
    bool is_quoted = false;
    for (size_t i = 0; i < text.len; i++) {
        is_quoted = is_quoted != (paper->has_quotes && text.data[i] == '"');
        buf_put_text(out, text.data[i] == '\n' && !is_quoted ? "\r" : "");
        buf_put_byte(out, text.data[i]);
    }
    return buf_view(out);
}

static void check_paper(struct gist *gist, struct gist *other, const struct paper *paper,
                        struct view text)
{
    static char space[2 * PAPER_LEN_MAX + 4];
    struct buf variant = BUF(space);
    read_paper(gist, paper, text);
    bool is_whole = gist->fault_count == 0 && !gist->is_cut;
    bool is_counted = paper->count != NULL && !gist->is_cut && (is_whole || !paper->has_quotes);
    if (is_counted) {
        size_t line_sum = 0;
        size_t count = paper->count(&line_sum, view_without_mark(text));
        FUZZ_ASSERT(gist->item_count + gist->fault_count == count);
        FUZZ_ASSERT(paper->read == read_attest || gist->line_sum == line_sum);
    }
    if (paper->has_mark && view_without_mark(text).len == text.len) {
        buf_put_text(&variant, "\xEF\xBB\xBF");
        buf_put(&variant, text);
        read_paper(other, paper, buf_view(&variant));
        FUZZ_ASSERT(is_same(gist, other));
    }
    buf_clear(&variant);
    if (view_index(text, '\r') == text.len && (is_whole || !paper->has_quotes)) {
        read_paper(other, paper, with_returns(&variant, paper, text));
        FUZZ_ASSERT(is_same(gist, other));
    }
    if (!is_whole)
        return;
    read_paper(other, paper, buf_view(&gist->again));
    FUZZ_ASSERT(other->fault_count == 0 && other->item_count == gist->item_count);
    FUZZ_ASSERT(view_equal(buf_view(&gist->items), buf_view(&other->items)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char spaces[6][GIST_LEN_MAX];
    struct gist gists[2];
    for (size_t i = 0; i < 2; i++)
        gists[i] = (struct gist){.items = BUF(spaces[3 * i]),
                                 .words = BUF(spaces[3 * i + 1]),
                                 .again = BUF(spaces[3 * i + 2])};
    struct view text = fuzz_view(data, size == 0 ? 0 : size - 1);
    text = view_first(text, text.len < PAPER_LEN_MAX ? text.len : PAPER_LEN_MAX);
    size_t which = size == 0 ? 0 : (size_t)(data[size - 1] - '0');
    check_paper(&gists[0], &gists[1], &papers[which % (sizeof papers / sizeof papers[0])], text);
    return 0;
}

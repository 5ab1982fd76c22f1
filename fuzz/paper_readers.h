// SPDX-License-Identifier: Apache-2.0
// The readers of papers that people write, each as a gist of what it read.
#ifndef BP_FUZZ_PAPER_READERS_H
#define BP_FUZZ_PAPER_READERS_H

#include "paper.h"
#include "props/launch/attest.h"
#include "props/launch/cosa.h"
#include "props/launch/garden_lint.h"
#include "props/launch/iccid_list.h"
#include "props/launch/portal.h"
#include "props/report/readiness.h"
#include "props/subject/hook_command.h"
#include "tool/config.h"
#include "json/json_write.h"

// A value in quotes, with all escapes that there are.
static inline void gist_escape(struct gist *gist, struct view value)
{
    const struct view raw = VIEW("\t\n\r\v\"\\");
    buf_put_byte(&gist->again, '"');
    for (size_t i = 0; i < value.len; i++) {
        size_t at = view_index(raw, value.data[i]);
        buf_put_text(&gist->again, at < raw.len ? "\\" : "");
        buf_put_byte(&gist->again, at < raw.len ? "tnrv\"\\"[at] : value.data[i]);
    }
    buf_put_byte(&gist->again, '"');
}

static inline void read_config(struct gist *gist, struct view text)
{
    static char space[2 * PAPER_LEN_MAX + 4];
    struct config config;
    enum config_step step;
    FUZZ_ASSERT(text.len < sizeof space);
    memcpy(space, text.data == NULL ? "" : text.data, text.len);
    space[text.len] = '\0';
    config_start(&config, space, text.len);
    while ((step = config_next(&config)) != CONFIG_END) {
        if (step == CONFIG_BAD) {
            gist_fault(gist, config.line, config.why);
            continue;
        }
        gist_item(gist, config.line);
        gist_value(gist, config.name);
        buf_put_text(&gist->again, "# \r\n\t");
        buf_put(&gist->again, config.name);
        if (config.value != NULL) {
            gist_value(gist, view_of_text(config.value));
            buf_put_text(&gist->again, ": ");
            gist_escape(gist, view_of_text(config.value));
        }
        buf_put_byte(&gist->again, '\n');
    }
}

static inline void read_rows(struct gist *gist, struct view text)
{
    static char space[2 * PAPER_LEN_MAX + 4];
    static struct csv csv;
    if (!csv_open(&csv, text, space)) {
        gist_fault(gist, csv.fault_line, csv.words);
        return;
    }
    struct view *cells = csv.columns;
    size_t count = csv.column_count;
    size_t line = 1;
    for (enum csv_step step = CSV_ROW; step != CSV_END; step = csv_next(&csv)) {
        if (step == CSV_FAULT) {
            gist_fault(gist, csv.fault_line, csv.words);
            continue;
        }
        gist_item(gist, line = csv.row_line);
        for (size_t i = 0; i < count; i++) {
            gist_value(gist, cells[i]);
            buf_put_text(&gist->again, i == 0 ? "" : ",");
            gist_quote(gist, cells[i]);
        }
        buf_put_text(&gist->again, "\n\r\n");
        cells = csv.cells;
    }
}

static inline bool read_icon(void *context, struct view *bytes, struct view name)
{
    *bytes = *(const struct view *)context;
    FUZZ_ASSERT(name.len != 0 && name.data[0] != '/');
    return true;
}

static inline void read_cosa(struct gist *gist, struct view text)
{
    static char space[2 * PAPER_LEN_MAX + 4];
    static struct ranges ranges;
    struct lint lint;
    const struct cosa_config config = {true, read_icon, &text};
    read_rows(gist, text);
    ranges.count = 0;
    lint_open(&lint, &gist->words);
    cosa_lint(&lint, &ranges, text, space, &config);
    (void)lint_close(&lint);
    for (size_t i = 0; i < ranges.count; i++)
        gist_line(gist, ranges.items[i].line);
    FUZZ_ASSERT(gist->fault_count == 0 || lint.counts[LINT_FAILED] != 0);
}

static inline void read_portal(struct gist *gist, struct view text)
{
    static char space[2 * PAPER_LEN_MAX + 4];
    struct lint lint;
    read_rows(gist, text);
    lint_open(&lint, &gist->words);
    portal_lint(&lint, text, space);
    bool is_passed = lint_close(&lint);
    FUZZ_ASSERT(!is_passed || (gist->fault_count == 0 && gist->item_count > PORTAL_CASE_COUNT));
}

static inline void read_iccids(struct gist *gist, struct view text)
{
    static struct iccid_list list;
    struct lint lint;
    iccid_list_start(&list);
    iccid_list_read(&list, VIEW("list"), text);
    for (size_t i = 0; i < list.count; i++) {
        gist_item(gist, list.entries[i].line);
        gist_value(gist, list.entries[i].text);
        buf_put_text(&gist->again, "#\n\n");
        buf_put(&gist->again, list.entries[i].text);
        buf_put_text(&gist->again, "\r\n");
    }
    gist->is_cut = list.lost_count != 0;
    lint_open(&lint, &gist->words);
    iccid_list_lint(&lint, &list, NULL);
    bool is_passed = lint_close(&lint);
    FUZZ_ASSERT(!is_passed || list.count >= ICCID_LOAD_COUNT);
}

static inline void put_entry(struct buf *out, const struct garden_entry *entry)
{
    bool is_ipv6 = entry->kind == GARDEN_ADDRESS && view_index(entry->host, ':') < entry->host.len;
    buf_put_text(out, entry->kind == GARDEN_PATTERN ? "*" : is_ipv6 ? "[" : "");
    buf_put(out, entry->host);
    buf_put_text(out, is_ipv6 ? "]" : "");
    if (entry->port != 0) {
        buf_put_byte(out, ':');
        buf_put_unsigned(out, entry->port);
    }
    buf_put_text(out, " # x\r\n\n");
}

static inline void read_garden(struct gist *gist, struct view text)
{
    static struct garden_entries entries;
    static struct garden_places places;
    struct lint lint;
    if (places.count == 0)
        garden_places_list(&places, GARDEN_2018_09);
    lint_open(&lint, &gist->words);
    garden_lint(&lint, &entries, text, &places, true);
    (void)lint_close(&lint);
    for (size_t i = 0; i < entries.count; i++) {
        const struct garden_entry *entry = &entries.items[i];
        gist_item(gist, entry->line);
        gist_value(gist, entry->host);
        buf_put_unsigned(&gist->items, entry->port);
        put_entry(&gist->again, entry);
        FUZZ_ASSERT(entry->kind != GARDEN_NAME || entry->host.data[entry->host.len - 1] != '.');
        FUZZ_ASSERT(entry->kind != GARDEN_NAME ||
                    garden_entry_covers(entry, entry->host) == GARDEN_COVERS);
    }
    gist->is_cut = entries.count == GARDEN_ENTRY_COUNT_MAX;
}

// Lines that are entries by themselves.
static inline size_t garden_count(size_t *line_sum, struct view text)
{
    size_t count = 0;
    for (size_t number = 1; text.len != 0; number++) {
        struct garden_entry entry;
        struct view line = view_first(text, view_index(text, '\n'));
        text = view_from(text, line.len < text.len ? line.len + 1 : line.len);
        line = view_trim(view_first(line, view_index(line, '#')), VIEW(" \t\r"));
        bool is_entry = line.len != 0 && garden_entry_read(&entry, line) == NULL;
        count += is_entry;
        *line_sum += is_entry ? number : 0;
    }
    return count;
}

static inline void read_attest(struct gist *gist, struct view text)
{
    const char *keys[READINESS_KEY_COUNT_MAX];
    static struct attest attest;
    const struct view today = VIEW("2026-12-31");
    if (!attest_read(&attest, text, keys, readiness_keys(keys), today)) {
        gist_fault(gist, attest.line, attest.why);
        const char *at = attest.given.data;
        FUZZ_ASSERT(at >= text.data && at + attest.given.len <= text.data + text.len);
        FUZZ_ASSERT(paper_line_count(view_between(text.data, at)) == attest.line);
        gist->is_cut = true;
        return;
    }
    for (size_t i = 0; i < attest.count; i++) {
        const struct attest_row *row = &attest.rows[i];
        FUZZ_ASSERT(attest_find(&attest, row->key) == row && portal_is_date(row->day));
        FUZZ_ASSERT(memcmp(row->day.data, today.data, today.len) <= 0);
        gist_item(gist, 1);
        const struct view values[] = {row->key, VIEW("="), row->day, VIEW("\t"), row->words};
        buf_put_text(&gist->again, "# \n \t");
        for (size_t part = 0; part < 5; part++) {
            gist_value(gist, values[part]);
            buf_put(&gist->again, values[part]);
        }
        buf_put_text(&gist->again, " \r\n");
    }
}

// Hooks have no lines: the text is JSON, whose lines do not matter.
static inline void read_hooks(struct gist *gist, struct view text)
{
    enum { NODE_COUNT_MAX = 4096 };
    static struct bp_json_reader *reader;
    static struct hook_commands commands;
    static char filled[1 << 16];
    const struct bp_act act = {.iccid = VIEW("8988"), .id = VIEW("x"), .countries = VIEW("US")};
    struct bp_trouble trouble;
    if (reader == NULL)
        reader = bp_json_open(malloc(bp_json_space(GIST_LEN_MAX, NODE_COUNT_MAX)), GIST_LEN_MAX,
                              NODE_COUNT_MAX);
    if (!hook_commands_read(&commands, &trouble, reader, text)) {
        gist_fault(gist, 1, trouble.words);
        return;
    }
    buf_put_text(&gist->again, "{\"hooks\":{");
    for (unsigned row = 0; row < HOOK_COMMAND_COUNT; row++) {
        const struct hook_command *command = &commands.rows[row];
        if (command->word_count == 0)
            continue;
        buf_put_text(&gist->again, gist->item_count == 0 ? "\"" : ",\n\"");
        buf_put_text(&gist->again, hook_command_name(row));
        gist_item(gist, 1);
        bool has_iccid = false;
        for (size_t i = 0; i < command->word_count; i++) {
            gist_value(gist, command->words[i]);
            struct view word = command->words[i];
            has_iccid = has_iccid || view_find(word, VIEW("{iccid}")) < word.len;
            buf_put_text(&gist->again, i == 0 ? "\":[" : ",");
            bp_json_put_string(&gist->again, command->words[i]);
        }
        buf_put_text(&gist->again, "]");
        FUZZ_ASSERT(has_iccid == (row >= BP_HOOK_WALLED && row <= BP_HOOK_CONSUME));
        hook_command_put(&gist->words, command);
        struct buf out = BUF(filled);
        FUZZ_ASSERT(hook_command_fill(&out, command, &act) == command->word_count);
        size_t nul_count = 0;
        for (size_t i = 0; i < out.len; i++)
            nul_count += out.data[i] == '\0';
        FUZZ_ASSERT(out.overflow || nul_count == command->word_count);
        FUZZ_ASSERT(view_find(buf_view(&out), VIEW("{iccid}")) == out.len);
    }
    buf_put_text(&gist->again, "}}");
}

#endif

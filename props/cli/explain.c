// SPDX-License-Identifier: Apache-2.0
// balprobe explain: what a clause says, where it comes from and how it is proved.
#include <stdio.h>
#include <stdlib.h>

#include "props/cli/commands.h"
#include "props/cli/select.h"
#include "props/launch/rows.h"
#include "props/liar/liar.h"
#include "props/liar/tls_liars.h"
#include "props/report/keys.h"
#include "props/report/terminal.h"
#include "tool/text.h"

enum {
    TEXT_LEN_MAX = 1 << 18,
    STRENGTH_COLUMN = 14,
    PLACE_COLUMN = 23,
    STATEMENT_COLUMN = 30,
    COUNT_COLUMN = 10,
    WORDS_COLUMN = 15,
    LIAR_COLUMN = 28
};

enum { LIST, KEYS, MD, ROW_COUNT };

static const struct option rows[ROW_COUNT] = {
    [LIST] = {"--list", NULL, "every row of the table on one line, and where it is checked"},
    [KEYS] = {"--keys", NULL, "every question that the documents leave open, and its readings"},
    [MD] = {"--md", NULL, "the areas and their numbers as a Markdown table"},
};

static bool is_tls_liar_of(const struct tls_liar *liar, const struct clause *clause)
{
    return liar->clause != NULL && strcmp(liar->clause, clause->id) == 0;
}

static size_t count_liars(const struct clause *clause)
{
    size_t count = 0;
    for (size_t i = 0; i < liar_count(); i++)
        count += strcmp(liar_at(i)->clause, clause->id) == 0;
    for (size_t i = 0; i < tls_liar_count(); i++)
        count += is_tls_liar_of(&tls_liars[i], clause);
    return count;
}

static void put_liar(struct buf *out, const char *name, const char *words, const char *remark)
{
    text_pad(out, 5);
    buf_put_text(out, name);
    text_pad(out, LIAR_COLUMN);
    text_put_words(out, LIAR_COLUMN, words);
    text_put_words(out, LIAR_COLUMN, remark);
    buf_put_byte(out, '\n');
}

static void put_liars(struct buf *out, const struct clause *clause)
{
    if (clause->over_tls)
        buf_put_text(out, "\n   servers that prove it, each wrong in one way\n");
    else
        buf_put_text(out, "\n   liars that prove it (balprobe check --in-process --fault LIAR)\n");
    for (size_t i = 0; i < liar_count(); i++) {
        const struct liar *liar = liar_at(i);
        if (strcmp(liar->clause, clause->id) == 0)
            put_liar(out, liar->name, liar->words, liar->judge != NULL ? "(a wrong judge)" : "");
    }
    for (size_t i = 0; i < tls_liar_count(); i++)
        if (is_tls_liar_of(&tls_liars[i], clause))
            put_liar(out, tls_liars[i].name, tls_liars[i].words, "");
}

// Where a row is checked: the third column of the list.
enum place { EVERYWHERE, OVER_TLS, BY_HOOK, BY_LAUNCH, BY_LOAD, RECORDED, SHOWN, PLACE_COUNT };

static const struct {
    const char *name;
    const char *words;
} places[PLACE_COUNT] = {
    [EVERYWHERE] = {"both", "in process and at a URL"},
    [OVER_TLS] = {"TLS", "at a URL, by the certificate matrix and probes"},
    [BY_HOOK] = {"hook", "in process, and at a URL by hook commands"},
    [BY_LAUNCH] = {"launch", "by balprobe launch"},
    [BY_LOAD] = {"load", "by a load test, which this version does not have"},
    [RECORDED] = {"record", "attested in balprobe launch readiness"},
    [SHOWN] = {"shown", "told, but not judged"},
};

static enum place place_of(const struct clause *clause)
{
    if (clause->over_tls)
        return OVER_TLS;
    return clause->judge == NULL && clause->hooks != 0 ? BY_HOOK : EVERYWHERE;
}

static enum place place_of_row(const struct launch_row *row)
{
    static const enum place by_row[LAUNCH_PLACE_COUNT] = {[LAUNCH_COMMAND] = BY_LAUNCH,
                                                          [LAUNCH_LOAD] = BY_LOAD,
                                                          [LAUNCH_RECORD] = RECORDED,
                                                          [LAUNCH_SHOWN] = SHOWN};
    return by_row[row->place];
}

static void put_words_row(struct buf *out, const char *label, unsigned bits, size_t count,
                          struct view (*name)(unsigned bit))
{
    if (bits == 0)
        return;
    text_put_label(out, label);
    for (unsigned bit = 0; bit < count; bit++) {
        if ((bits >> bit & 1) == 0)
            continue;
        buf_put(out, name(bit));
        buf_put_byte(out, ' ');
    }
    out->len--;
    buf_put_byte(out, '\n');
}

static struct view name_hook(unsigned bit) { return view_of_text(bp_hook_name((enum bp_hook)bit)); }

static struct view name_role(unsigned bit) { return role_name((enum role)bit); }

static void put_keys(struct buf *out, const struct clause *clause)
{
    if (clause->keys == 0)
        return;
    text_put_label(out, "readings");
    for (enum profile_key key = 0; key < KEY_COUNT; key++)
        if ((clause->keys & KEY_BIT(key)) != 0)
            text_put_words(out, TEXT_ROW_COLUMN, profile_key_name(key));
    buf_put_byte(out, '\n');
}

static void put_launch_row(struct buf *out, const struct launch_row *row)
{
    buf_put_text(out, row->id);
    buf_put_byte(out, ' ');
    buf_put_text(out, row->strength);
    buf_put_text(out, "\n\n");
    text_put_words(out, TEXT_LABEL_COLUMN, row->statement);
    buf_put_text(out, "\n\n");
    text_put_row(out, "source", row->source);
    text_put_row(out, "matters", row->why);
    text_put_row(out, "likely", row->likely);
    text_put_row(out, "checked", row->checked);
}

static void put_clause(struct buf *out, const struct clause *clause)
{
    buf_put_text(out, clause->id);
    buf_put_byte(out, ' ');
    buf_put_text(out, strength_name(clause->strength));
    buf_put_text(out, "\n\n");
    text_put_words(out, TEXT_LABEL_COLUMN, clause->statement);
    buf_put_text(out, "\n\n");
    text_put_row(out, "source", clause->source);
    text_put_row(out, "expected", clause->expect);
    text_put_row(out, "matters", clause->why);
    text_put_row(out, "likely", clause->likely);
    text_put_row(out, "checked", places[place_of(clause)].words);
    text_put_row(out, "judged",
                 clause->over_tls        ? "by the certificate matrix and probes, over TLS"
                 : clause->run == NULL   ? "on each exchange"
                 : clause->judge == NULL ? "by a program of several exchanges"
                                         : "on each exchange, and by a program of several");
    put_words_row(out, "roles", clause->roles, ROLE_COUNT, name_role);
    put_words_row(out, "hooks", clause->hooks, BP_HOOK_COUNT, name_hook);
    put_words_row(out, "more with", clause->also_hooks, BP_HOOK_COUNT, name_hook);
    put_keys(out, clause);
    put_liars(out, clause);
}

static void put_list_row(struct buf *out, const char *id, const char *strength, enum place place,
                         const char *statement)
{
    buf_put_text(out, id);
    text_pad(out, STRENGTH_COLUMN);
    buf_put_text(out, strength);
    text_pad(out, PLACE_COLUMN);
    buf_put_text(out, places[place].name);
    text_pad(out, STATEMENT_COLUMN);
    buf_put_text(out, statement);
}

static void put_list(struct buf *out)
{
    size_t counts[PLACE_COUNT] = {0};
    for (size_t i = 0; i < clause_count(); i++) {
        const struct clause *clause = clause_at(i);
        enum place place = place_of(clause);
        counts[place]++;
        put_list_row(out, clause->id, strength_name(clause->strength), place, clause->statement);
        for (enum profile_key key = 0; key < KEY_COUNT; key++) {
            if ((clause->keys & KEY_BIT(key)) == 0)
                continue;
            buf_put_text(out, " [");
            buf_put_text(out, profile_key_name(key));
            buf_put_byte(out, ']');
        }
        buf_put_byte(out, '\n');
    }
    for (size_t i = 0; i < launch_row_count; i++) {
        const struct launch_row *row = &launch_rows[i];
        counts[place_of_row(row)]++;
        put_list_row(out, row->id, row->strength, place_of_row(row), row->statement);
        buf_put_byte(out, '\n');
    }
    buf_put_byte(out, '\n');
    buf_put_unsigned(out, clause_count() + launch_row_count);
    buf_put_text(out, " rows; words in brackets are open questions (balprobe explain KEY)\n");
    for (size_t i = 0; i < PLACE_COUNT; i++) {
        text_pad(out, 2);
        buf_put_text(out, places[i].name);
        text_pad(out, COUNT_COLUMN);
        buf_put_unsigned(out, counts[i]);
        text_pad(out, WORDS_COLUMN);
        buf_put_text(out, places[i].words);
        buf_put_byte(out, '\n');
    }
}

static void put_markdown_row(struct buf *out, const char *name, size_t clauses, size_t rules,
                             size_t programs, size_t liars)
{
    const size_t numbers[] = {clauses, rules, programs, liars};
    buf_put_text(out, "| ");
    buf_put_text(out, name);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        buf_put_text(out, " | ");
        buf_put_unsigned(out, numbers[i]);
    }
    buf_put_text(out, " |\n");
}

static void put_markdown(struct buf *out)
{
    size_t totals[4] = {0};
    buf_put_text(out, "| area | clauses | rules | programs | liars |\n"
                      "| --- | ---: | ---: | ---: | ---: |\n");
    for (size_t i = 0; i < family_count; i++) {
        size_t counts[4] = {families[i]->clause_count, 0, 0, 0};
        for (size_t j = 0; j < families[i]->clause_count; j++) {
            const struct clause *clause = &families[i]->clauses[j];
            counts[1] += clause->judge != NULL;
            counts[2] += clause->run != NULL;
            counts[3] += count_liars(clause);
        }
        put_markdown_row(out, families[i]->name, counts[0], counts[1], counts[2], counts[3]);
        for (size_t j = 0; j < 4; j++)
            totals[j] += counts[j];
    }
    put_markdown_row(out, "all", totals[0], totals[1], totals[2], totals[3]);
}

// What one word on the command line stands for; false: nothing.
static bool explain_word(struct buf *out, struct view word)
{
    enum profile_key key = profile_key_find(word);
    size_t clause = clause_find(word);
    const struct launch_row *row = launch_row_find(word);
    if (key != KEY_NONE)
        keys_put(out, key);
    else if (clause != clause_count())
        put_clause(out, clause_at(clause));
    else if (row != NULL)
        put_launch_row(out, row);
    return key != KEY_NONE || clause != clause_count() || row != NULL;
}

static int explain(struct buf *out, const struct options *given)
{
    for (size_t i = 0; i < given->operand_count; i++) {
        buf_put_text(out, i == 0 ? "" : "\n");
        if (!explain_word(out, view_of_text(given->operands[i])))
            return select_refuse(given->operands[i]);
    }
    if (given->values[LIST] != NULL)
        put_list(out);
    if (given->values[KEYS] != NULL)
        keys_put_all(out);
    if (given->values[MD] != NULL)
        put_markdown(out);
    return EXIT_PASSED;
}

static int run_explain(const struct command *command, int argc, char **argv)
{
    struct options given;
    int status = EXIT_PASSED;
    if (!cli_options(&given, &status, command, argc, argv))
        return status;
    bool is_listing =
        given.values[LIST] != NULL || given.values[KEYS] != NULL || given.values[MD] != NULL;
    if (given.operand_count == 0 && !is_listing)
        return cli_refuse("say which clause or key to explain, or ", rows[LIST].name, NULL);
    char *text = malloc(TEXT_LEN_MAX);
    if (text == NULL)
        return cli_out_of_memory();
    struct buf out = buf_of(text, TEXT_LEN_MAX);
    status = explain(&out, &given);
    cli_print(&out);
    free(text);
    return status;
}

const struct command explain_command = {
    "explain",
    "[ID|KEY...]",
    "Tells what a clause says, its source, and the liars that prove it; or what a key such as "
    "limit.zero decides.",
    rows,
    ROW_COUNT,
    run_explain};

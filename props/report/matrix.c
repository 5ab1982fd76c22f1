// SPDX-License-Identifier: Apache-2.0
#include "props/report/matrix.h"

#include "tool/text.h"

enum { KILLS_COLUMN = 14, LIARS_COLUMN = 24 };

static void put_liar(struct buf *out, const struct prove_row *row, size_t clause)
{
    char space[128];
    struct buf word = BUF(space);
    buf_put_text(&word, row->liar->name);
    if (row->first[clause] == 0) {
        buf_put_text(&word, ":ALIVE");
    } else {
        buf_put_byte(&word, ':');
        buf_put_unsigned(&word, row->first[clause]);
    }
    buf_put_byte(&word, '\0');
    if (!word.overflow)
        text_put_words(out, LIARS_COLUMN, space);
}

static void put_clause(struct buf *out, const struct prove_result *result, size_t clause)
{
    size_t kill_count = prove_kill_count(result, clause);
    buf_put_text(out, clause_at(clause)->id);
    text_pad(out, KILLS_COLUMN);
    buf_put_unsigned(out, kill_count);
    buf_put_text(out, kill_count == 0 ? " NONE" : "");
    text_pad(out, LIARS_COLUMN);
    struct view id = view_of_text(clause_at(clause)->id);
    for (size_t i = 0; i < result->liar_count; i++)
        if (view_equal_nocase(view_of_text(result->liars[i].liar->clause), id))
            put_liar(out, &result->liars[i], clause);
    buf_put_byte(out, '\n');
}

static const char *name_of(const struct prove_row *row)
{
    return row->liar == NULL ? "honest" : row->liar->name;
}

// What makes a row without failures prove nothing.
static void put_gap(struct buf *out, const struct prove_row *row)
{
    if (row->saw_200 && row->failed_count == 0)
        return;
    text_pad(out, 2);
    buf_put_text(out, name_of(row));
    buf_put_text(out, " PROVES NOTHING: ");
    text_put_count(out, row->failed_count);
    buf_put_text(out,
                 row->saw_200 ? " requests were lost\n" : " requests were lost, no 200 came\n");
}

static void put_failures(struct buf *out, const struct prove_row *row)
{
    put_gap(out, row);
    for (size_t i = 0; i < clause_count(); i++) {
        if (row->first[i] == 0)
            continue;
        text_pad(out, 2);
        buf_put_text(out, name_of(row));
        buf_put_text(out, " FAILS ");
        buf_put_text(out, clause_at(i)->id);
        buf_put_text(out, " in case ");
        buf_put_unsigned(out, row->first[i]);
        buf_put_text(out, ": ");
        text_put_words(out, LIARS_COLUMN, row->why[i]);
        buf_put_byte(out, '\n');
    }
}

static void put_conforming(struct buf *out, const struct prove_result *result)
{
    size_t wrong_count = 0;
    uint64_t case_count = 0;
    for (size_t i = 0; i < result->variant_count; i++) {
        wrong_count += !prove_is_right(&result->variants[i]);
        case_count += result->variants[i].case_count;
    }
    buf_put_text(out, "\nhonest endpoint: ");
    text_put_count(out, prove_failure_count(&result->honest));
    buf_put_text(out, " clauses fail in ");
    text_put_count(out, result->honest.case_count);
    buf_put_text(out, " cases\n");
    put_failures(out, &result->honest);
    text_put_count(out, result->variant_count);
    buf_put_text(out, " conforming variants: ");
    text_put_count(out, wrong_count);
    buf_put_text(out, " of them fail in ");
    text_put_count(out, case_count);
    buf_put_text(out, " cases\n");
    for (size_t i = 0; i < result->variant_count; i++) {
        put_failures(out, &result->variants[i]);
        text_pad(out, 2);
        buf_put_text(out, result->variants[i].liar->name);
        text_pad(out, LIARS_COLUMN);
        text_put_words(out, LIARS_COLUMN, result->variants[i].liar->words);
        buf_put_byte(out, '\n');
    }
}

static size_t count_judged(const struct prove_result *result)
{
    size_t count = 0;
    for (size_t i = 0; i < clause_count(); i++)
        count += prove_is_judged(result, i);
    return count;
}

static void put_interrupted(struct buf *out, const struct prove_result *result)
{
    size_t played_count = 0;
    for (size_t i = 0; i < result->liar_count; i++)
        played_count += result->liars[i].case_count != 0;
    buf_put_text(out, "\nPARTIAL  interrupted after ");
    text_put_count(out, played_count);
    buf_put_text(out, " of ");
    text_put_count(out, result->liar_count);
    buf_put_text(out, " liars\n");
}

static void put_pass(struct buf *out, const struct prove_result *result)
{
    buf_put_text(out, "\nPASS  ");
    text_put_count(out, count_judged(result));
    buf_put_text(out, " clauses; ");
    text_put_count(out, result->liar_count);
    buf_put_text(out, " liars, all killed by their own clause; ");
    text_put_count(out, result->variant_count);
    buf_put_text(out, " variants pass\n");
}

static void put_fail(struct buf *out, const struct prove_result *result)
{
    size_t alive_count = 0;
    size_t idle_count = 0;
    size_t wrong_count = !prove_is_right(&result->honest);
    for (size_t i = 0; i < result->liar_count; i++)
        alive_count += !prove_is_caught(&result->liars[i]);
    for (size_t i = 0; i < clause_count(); i++)
        idle_count += prove_is_idle(result, i);
    for (size_t i = 0; i < result->variant_count; i++)
        wrong_count += !prove_is_right(&result->variants[i]);
    buf_put_text(out, "\nFAIL  ");
    text_put_count(out, alive_count);
    buf_put_text(out, " of ");
    text_put_count(out, result->liar_count);
    buf_put_text(out, " liars alive; ");
    text_put_count(out, idle_count);
    buf_put_text(out, " of ");
    text_put_count(out, count_judged(result));
    buf_put_text(out, " clauses kill none; ");
    text_put_count(out, wrong_count);
    buf_put_text(out, " right endpoints fail\n");
}

static void put_verdict(struct buf *out, const struct prove_result *result)
{
    if (result->was_stopped)
        put_interrupted(out, result);
    else if (prove_passes(result))
        put_pass(out, result);
    else
        put_fail(out, result);
}

// The requests that it took until the liars were left: how many liars took at most so many.
static void put_effort(struct buf *out, const struct prove_result *result)
{
    static const uint64_t bounds[] = {15, 50, 150, 500, 1500, 5000, UINT64_MAX};
    enum { BOUND_COUNT = sizeof bounds / sizeof bounds[0] };
    size_t counts[BOUND_COUNT] = {0};
    uint64_t most = 0;
    for (size_t i = 0; i < result->liar_count; i++) {
        const struct prove_row *row = &result->liars[i];
        if (row->request_count == 0)
            continue;
        size_t at = 0;
        while (row->request_count > bounds[at])
            at++;
        counts[at]++;
        most = row->request_count > most ? row->request_count : most;
    }
    buf_put_text(out, "\nrequests to a liar, at most:");
    for (size_t i = 0; i < BOUND_COUNT; i++) {
        if (counts[i] == 0)
            continue;
        buf_put_byte(out, ' ');
        buf_put_unsigned(out, bounds[i] < most ? bounds[i] : most);
        buf_put_text(out, " (");
        buf_put_unsigned(out, counts[i]);
        buf_put_text(out, ")");
    }
    buf_put_byte(out, '\n');
}

void matrix_put(struct buf *out, const struct prove_result *result)
{
    buf_put_text(out, "clause        kills     its own liars, with the case that killed each\n");
    for (size_t i = 0; i < clause_count(); i++)
        if (prove_is_judged(result, i))
            put_clause(out, result, i);
    put_conforming(out, result);
    for (size_t i = 0; i < result->liar_count; i++) {
        const struct liar *liar = result->liars[i].liar;
        if (clause_find(view_of_text(liar->clause)) < clause_count())
            continue;
        buf_put_text(out, liar->name);
        buf_put_text(out, ":ALIVE  there is no clause ");
        buf_put_text(out, liar->clause);
        buf_put_byte(out, '\n');
    }
    if (result->over_tls)
        put_effort(out, result);
    put_verdict(out, result);
}

void matrix_put_tsv(struct buf *out, const struct prove_result *result)
{
    buf_put_text(out, "liar\tclause\trequests");
    for (size_t i = 0; i < clause_count(); i++) {
        if (!prove_is_judged(result, i))
            continue;
        buf_put_byte(out, '\t');
        buf_put_text(out, clause_at(i)->id);
    }
    buf_put_byte(out, '\n');
    for (size_t i = 0; i < result->liar_count; i++) {
        const struct prove_row *row = &result->liars[i];
        buf_put_text(out, row->liar->name);
        buf_put_byte(out, '\t');
        buf_put_text(out, row->liar->clause);
        buf_put_byte(out, '\t');
        buf_put_unsigned(out, row->request_count);
        for (size_t j = 0; j < clause_count(); j++) {
            if (!prove_is_judged(result, j))
                continue;
            buf_put_byte(out, '\t');
            buf_put_unsigned(out, row->first[j]);
        }
        buf_put_byte(out, '\n');
    }
}

// SPDX-License-Identifier: Apache-2.0
#include "props/tls/probe_run.h"

#include "props/rule/clause.h"
#include "tool/text.h"

void probe_add(struct probe_run *run, const char *clause, struct verdict verdict,
               const struct buf *words)
{
    struct probe *row = &run->out->rows[run->out->count++];
    size_t len = words->len < PROBE_WORDS_LEN_MAX ? words->len : PROBE_WORDS_LEN_MAX - 1;
    *row = (struct probe){.clause = clause_find(view_of_text(clause)), .verdict = verdict};
    memcpy(row->words, words->data, len);
    row->words[len] = '\0';
}

void probe_add_text(struct probe_run *run, const char *clause, struct verdict verdict,
                    const char *text)
{
    char space[PROBE_WORDS_LEN_MAX];
    struct buf words = BUF(space);
    buf_put_text(&words, text);
    probe_add(run, clause, verdict, &words);
}

bool probe_visit(struct probe_run *run, unsigned number, const struct bp_tls *tls, enum role role,
                 struct view credentials)
{
    struct buf request = BUF(run->request_space);
    visit_ask(&request, run->options->fixture, role, credentials);
    bool is_made = visit_make(&run->visits[number], &run->pace, tls, NULL, buf_view(&request));
    visit_end(&run->visits[number]);
    run->out->was_stopped = run->out->was_stopped || !is_made;
    return is_made;
}

void probe_put_visit(struct buf *words, const struct visit *made)
{
    visit_put(words, made->class_of, made->status, &made->end);
    if (made->class_of == VISIT_OTHER) {
        buf_put_text(words, ": ");
        bp_end_put(words, &made->end);
    }
}

bool probe_open(struct bp_tls *out, const struct probe_run *run, bool has_certificate,
                bool is_insecure)
{
    struct bp_trouble trouble;
    struct bp_tls_client_config config = run->options->target->tls_config;
    config.is_insecure = is_insecure;
    if (!has_certificate)
        config.cert_path = config.key_path = config.passphrase = NULL;
    memset(out, 0, sizeof *out);
    bool is_made = bp_tls_client_init(out, &trouble, &config);
    if (!is_made)
        bp_tls_free(out);
    return is_made;
}

void probes_run(struct probes *out, const struct matrix_options *options, int64_t now_s)
{
    static void (*const steps[])(struct probe_run * run) = {probe_bypasses,        probe_hellos,
                                                            probe_own_certificate, probe_silence,
                                                            probe_clear_text,      probe_both};
    struct probe_run run = {
        .out = out, .options = options, .pace = {.target = options->target}, .now_s = now_s};
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && !out->was_stopped; i++)
        steps[i](&run);
}

void probes_tell(const struct probes *probes,
                 void (*told)(void *context, size_t clause, struct verdict verdict), void *context)
{
    for (size_t i = 0; i < probes->count; i++)
        told(context, probes->rows[i].clause, probes->rows[i].verdict);
}

void probes_put_table(struct buf *out, const struct probes *probes)
{
    enum { ID_COLUMN = 2, GRADE_COLUMN = 13, WORDS_COLUMN = 23 };
    static const char *const grades[GRADE_COUNT] = {
        [GRADE_NONE] = "",          [GRADE_PASS] = "ok",      [GRADE_INFO] = "info",
        [GRADE_TOLERATED] = "warn", [GRADE_SKIP] = "skipped", [GRADE_FAIL] = "FAILED"};
    buf_put_text(out, "Probes\n");
    for (size_t i = 0; i < probes->count; i++) {
        const struct probe *row = &probes->rows[i];
        text_pad(out, ID_COLUMN);
        buf_put_text(out, clause_at(row->clause)->id);
        text_pad(out, GRADE_COLUMN);
        buf_put_text(out, grades[row->verdict.grade]);
        text_pad(out, WORDS_COLUMN);
        text_put_words(out, WORDS_COLUMN, row->words);
        if (row->verdict.why != NULL) {
            buf_put_text(out, ":");
            text_put_words(out, WORDS_COLUMN, row->verdict.why);
        }
        buf_put_byte(out, '\n');
    }
}

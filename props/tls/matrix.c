// SPDX-License-Identifier: Apache-2.0
#include "props/tls/matrix.h"

#include "props/rule/clause.h"

enum { PATH_LEN_MAX = 1024 };

static const enum bp_tls_version versions[MATRIX_VERSION_COUNT] = {BP_TLS_1_2, BP_TLS_1_3};

struct run {
    struct matrix *out;
    const struct matrix_options *options;
    struct pace pace;
    struct view request;
    bool is_open[MATRIX_VERSION_COUNT];                // the good client's handshake was completed
    struct ssl_session_st *good[MATRIX_VERSION_COUNT]; // its sessions
    struct visit visit;                                // the one under way
    char cert_path[PATH_LEN_MAX];
    char key_path[PATH_LEN_MAX];
    char request_space[VISIT_REQUEST_LEN_MAX];
};

const char *matrix_row_words(unsigned row)
{
    return row == GRADE_OWN ? "the certificate given" : pki_row((enum pki_kind)row)->words;
}

static bool has_own(const struct run *run)
{
    return run->options->target->tls_config.cert_path != NULL;
}

// The certificate that is known to be good, or most likely to be.
static unsigned good_row(const struct run *run) { return has_own(run) ? GRADE_OWN : PKI_CLIENT; }

static bool has_file(const struct run *run, unsigned row)
{
    return row == GRADE_OWN || row == PKI_NONE || run->options->folder != NULL;
}

static bool is_allowed(const struct run *run, enum matrix_version version)
{
    const struct bp_tls_client_config *config = &run->options->target->tls_config;
    if (config->min != BP_TLS_ANY && versions[version] < config->min)
        return false;
    return config->max == BP_TLS_ANY || versions[version] <= config->max;
}

// The context that shows the row's certificate and speaks one version.
static bool open_tls(struct bp_tls *out, struct run *run, unsigned row, enum matrix_version version)
{
    struct bp_trouble trouble = {.words = ""};
    struct bp_tls_client_config config = run->options->target->tls_config;
    memset(out, 0, sizeof *out);
    config.min = config.max = versions[version];
    config.takes_weak = true;
    config.keeps_sessions = true;
    bool is_named = true;
    if (row != GRADE_OWN) {
        config.cert_path = config.key_path = config.passphrase = NULL;
        if (row != PKI_NONE) {
            const char *folder = run->options->folder;
            is_named = pki_path(run->cert_path, PATH_LEN_MAX, folder, row, ".pem") &&
                       pki_path(run->key_path, PATH_LEN_MAX, folder, row, ".key");
            config.cert_path = run->cert_path;
            config.key_path = run->key_path;
        }
    }
    if (is_named && bp_tls_client_init(out, &trouble, &config))
        return true;
    if (!is_named)
        bp_trouble_say(&trouble, "the path of this folder is too long: ", run->options->folder, "");
    if (run->out->trouble.words[0] == '\0')
        run->out->trouble = trouble;
    bp_tls_free(out);
    return false;
}

// One connection into run->visit; false when the run was stopped.
static bool visit(struct run *run, const struct bp_tls *tls, struct ssl_session_st *session)
{
    bool is_made = visit_make(&run->visit, &run->pace, tls, session, run->request);
    run->out->was_stopped = run->out->was_stopped || !is_made;
    return is_made;
}

static struct cell *add_cell(struct run *run, unsigned row, enum matrix_version version,
                             bool is_resumed)
{
    struct cell *cell = &run->out->cells[run->out->cell_count++];
    *cell = (struct cell){.row = row, .version = version, .is_resumed = is_resumed};
    cell->clause = is_resumed ? clause_find(VIEW("GB-TLS-9")) : grade_clause(row);
    return cell;
}

static void fill_cell(struct cell *cell, const struct visit *made)
{
    cell->turn = (struct turn){made->class_of, made->status};
    cell->end = made->end;
    cell->who = made->who;
}

// Whether the endpoint speaks each version, told by the good client; its sessions are kept.
static bool find_versions(struct run *run)
{
    enum { PROTOCOL_VERSION = 70 };
    struct matrix *out = run->out;
    bool is_alert[MATRIX_VERSION_COUNT] = {false};
    unsigned row = has_file(run, good_row(run)) ? good_row(run) : PKI_NONE;
    for (unsigned v = 0; v < MATRIX_VERSION_COUNT && !out->was_stopped; v++) {
        struct bp_tls tls;
        if (!is_allowed(run, v) || !open_tls(&tls, run, row, v))
            continue;
        if (visit(run, &tls, NULL)) {
            const struct bp_end *end = &run->visit.end;
            run->is_open[v] = run->visit.is_open;
            is_alert[v] = end->kind == BP_END_ALERT && end->code != PROTOCOL_VERSION;
            run->good[v] = run->visit.session;
            if (!run->is_open[v] && !is_alert[v] && out->trouble.words[0] == '\0') {
                struct buf words = buf_of(out->trouble.words, sizeof out->trouble.words - 1);
                bp_end_put(&words, end);
                out->trouble.words[words.len] = '\0';
            }
        }
        bp_tls_free(&tls);
    }
    for (unsigned v = 0; v < MATRIX_VERSION_COUNT; v++)
        out->speaks[v] = run->is_open[v] || is_alert[v];
    bool speaks_any = out->speaks[MATRIX_1_2] || out->speaks[MATRIX_1_3];
    if (speaks_any)
        out->trouble.words[0] = '\0';
    return speaks_any;
}

// A resumed connection says nothing new where nothing is resumed; `had_chance` tells that there
// could have been a session.
static void try_resumed(struct run *run, const struct bp_tls *tls, const struct cell *fresh,
                        struct ssl_session_st *session, bool had_chance)
{
    struct cell *cell = add_cell(run, fresh->row, fresh->version, true);
    if (session == NULL) {
        cell->verdict = had_chance ? pass() : not_spoken();
        return;
    }
    if (!visit(run, tls, session))
        return;
    if (run->visit.is_resumed) {
        fill_cell(cell, &run->visit);
        cell->verdict = grade_resumed(fresh->row, &fresh->turn, &cell->turn);
    } else {
        bool has_failed = !run->visit.is_open && run->visit.class_of == VISIT_OTHER;
        cell->verdict = has_failed ? skip("the connection failed on the way") : pass();
    }
    visit_end(&run->visit);
}

static void fill_version(struct run *run, unsigned row, enum matrix_version version)
{
    const struct matrix_options *options = run->options;
    struct bp_tls tls;
    struct cell *cell = add_cell(run, row, version, false);
    if (!open_tls(&tls, run, row, version)) {
        cell->verdict = skip("this certificate cannot be shown from here");
        return;
    }
    if (visit(run, &tls, NULL)) {
        fill_cell(cell, &run->visit);
        cell->verdict = grade_fresh(row, options->profile, &cell->turn, options->reads_crl);
        struct ssl_session_st *own = run->visit.session;
        run->visit.session = NULL;
        if (row == PKI_NONE)
            try_resumed(run, &tls, cell, run->good[version], run->is_open[version]);
        else
            try_resumed(run, &tls, cell, own, run->visit.is_open);
        bp_session_free(own);
    }
    bp_tls_free(&tls);
}

static const char *why_not(const struct run *run, unsigned row)
{
    if (!has_file(run, row))
        return "there is no folder of test certificates";
    bool is_first = row == PKI_CLIENT || row == PKI_NONE || row == GRADE_OWN;
    if (is_first || pki_row((enum pki_kind)row)->need == PKI_NEED_NOTHING || run->out->trusts_ca)
        return NULL;
    return "the endpoint does not trust the test CA";
}

static void fill_row(struct run *run, unsigned row)
{
    const char *why = why_not(run, row);
    size_t first = run->out->cell_count;
    for (unsigned v = 0; v < MATRIX_VERSION_COUNT && !run->out->was_stopped; v++) {
        if (!run->out->speaks[v])
            continue;
        if (why == NULL)
            fill_version(run, row, v);
        else
            add_cell(run, row, v, false)->verdict = skip(why);
    }
    if (row != PKI_CLIENT || why != NULL)
        return;
    bool is_served = false;
    for (size_t i = first; i < run->out->cell_count; i++)
        is_served = is_served || run->out->cells[i].turn.class_of == VISIT_ACCEPTED;
    run->out->trusts_ca = is_served || run->options->claims_trust;
    for (size_t i = first; i < run->out->cell_count && !run->out->trusts_ca; i++)
        run->out->cells[i].verdict = skip("the endpoint does not trust the test CA");
}

bool matrix_run(struct matrix *out, const struct matrix_options *options)
{
    struct run run = {.out = out, .options = options, .pace = {.target = options->target}};
    memset(out, 0, sizeof *out);
    struct buf request = BUF(run.request_space);
    visit_ask(&request, options->fixture, ROLE_A, options->fixture->credentials);
    run.request = buf_view(&request);
    bool is_spoken = !request.overflow && find_versions(&run);
    if (is_spoken && has_own(&run))
        fill_row(&run, GRADE_OWN);
    for (unsigned row = 0; row < PKI_CLIENT_COUNT && is_spoken; row++)
        fill_row(&run, row);
    for (unsigned v = 0; v < MATRIX_VERSION_COUNT; v++)
        bp_session_free(run.good[v]);
    return is_spoken;
}

bool matrix_is_critical(const struct cell *cell)
{
    bool is_bad = !grade_is_good(cell->row);
    return is_bad && cell->turn.class_of == VISIT_ACCEPTED && cell->verdict.grade == GRADE_FAIL;
}

bool matrix_has_critical(const struct matrix *matrix)
{
    for (size_t i = 0; i < matrix->cell_count; i++)
        if (matrix_is_critical(&matrix->cells[i]))
            return true;
    return false;
}

void matrix_tell(const struct matrix *matrix,
                 void (*told)(void *context, size_t clause, struct verdict verdict), void *context)
{
    for (size_t i = 0; i < matrix->cell_count; i++)
        if (matrix->cells[i].verdict.grade != GRADE_NONE)
            told(context, matrix->cells[i].clause, matrix->cells[i].verdict);
}

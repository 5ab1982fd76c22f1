// SPDX-License-Identifier: Apache-2.0
// GB-TLS-10, -11 and -12: what a refusal tells, clear text, and certificate and Basic together.
#include "props/rule/answers.h"
#include "props/tls/probe_run.h"

// Whether a connection was closed or reset is a matter of timing.
static enum visit_class way_of(const struct visit *made)
{
    return made->class_of == VISIT_RESET ? VISIT_CLOSED : made->class_of;
}

struct verdict probe_alike(const struct visit *known, const struct visit *unknown)
{
    if (known->class_of == VISIT_ACCEPTED)
        return skip("nothing was refused");
    if (known->class_of == VISIT_OTHER || unknown->class_of == VISIT_OTHER)
        return skip("a connection failed on the way");
    if (known->status >= 429 || unknown->status >= 429)
        return skip("the endpoint was busy or away");
    if (known->status != unknown->status)
        return fail("the status tells a refused client whether the SIM is known");
    bool is_alert = way_of(known) == VISIT_ALERT || way_of(known) == VISIT_ALERT_LATE;
    if (way_of(known) != way_of(unknown) || (is_alert && known->end.code != unknown->end.code))
        return fail("the way of refusing tells whether the SIM is known");
    if (view_equal(known->body, unknown->body))
        return pass();
    return same_but_numbers(known->body, unknown->body)
               ? tolerated(KEY_NONE, "the bodies for two SIMs differ in numbers")
               : fail("the body tells a refused client whether the SIM is known");
}

struct verdict probe_alike_again(const struct visit *known, const struct visit *unknown,
                                 const struct visit *again)
{
    struct verdict verdict = probe_alike(known, unknown);
    if (verdict.grade != GRADE_FAIL)
        return verdict;
    struct verdict control = probe_alike(known, again);
    if (control.grade == GRADE_SKIP)
        return control;
    if (control.grade != GRADE_FAIL)
        return verdict;
    return tolerated(KEY_NONE, "refusals differ from one to the next, for the same SIM too");
}

static void compare_sims(struct probe_run *run, const struct bp_tls *tls, const char *whom)
{
    struct view credentials = run->options->fixture->credentials;
    if (!probe_visit(run, 0, tls, ROLE_A, credentials) ||
        !probe_visit(run, 1, tls, ROLE_U, credentials))
        return;
    bool differs = probe_alike(&run->visits[0], &run->visits[1]).grade == GRADE_FAIL;
    // Two nodes that serve by turns would show the same page to each ask for the known SIM; so one
    // more ask comes in between.
    bool has_control = !differs || (probe_visit(run, 2, tls, ROLE_U, credentials) &&
                                    probe_visit(run, 2, tls, ROLE_A, credentials));
    if (!has_control)
        return;
    char space[PROBE_WORDS_LEN_MAX];
    struct buf words = BUF(space);
    buf_put_text(&words, whom);
    buf_put_text(&words, ": ");
    probe_put_visit(&words, &run->visits[0]);
    buf_put_text(&words, " for a known SIM, ");
    probe_put_visit(&words, &run->visits[1]);
    buf_put_text(&words, " for an unknown one");
    probe_add(run, "GB-TLS-10",
              probe_alike_again(&run->visits[0], &run->visits[1], &run->visits[2]), &words);
}

static bool open_self_signed(struct bp_tls *out, struct probe_run *run)
{
    enum { PATH_LEN_MAX = 1024 };
    char cert_path[PATH_LEN_MAX];
    char key_path[PATH_LEN_MAX];
    struct bp_trouble trouble;
    struct bp_tls_client_config config = run->options->target->tls_config;
    const char *folder = run->options->folder;
    memset(out, 0, sizeof *out);
    bool is_named = folder != NULL &&
                    pki_path(cert_path, PATH_LEN_MAX, folder, PKI_SELF_SIGNED, ".pem") &&
                    pki_path(key_path, PATH_LEN_MAX, folder, PKI_SELF_SIGNED, ".key");
    config.cert_path = cert_path;
    config.key_path = key_path;
    config.passphrase = NULL;
    bool is_made = is_named && bp_tls_client_init(out, &trouble, &config);
    if (!is_made)
        bp_tls_free(out);
    return is_made;
}

void probe_silence(struct probe_run *run)
{
    const struct fixture *fixture = run->options->fixture;
    if (fixture->iccid[ROLE_A].len == 0 || fixture->iccid[ROLE_U].len == 0) {
        probe_add_text(run, "GB-TLS-10", skip("the fixture lacks a known or an unknown SIM"),
                       "not tried");
        return;
    }
    struct bp_tls tls;
    if (probe_open(&tls, run, false, run->options->target->tls_config.is_insecure))
        compare_sims(run, &tls, "no certificate");
    bp_tls_free(&tls);
    if (!run->out->was_stopped && open_self_signed(&tls, run)) {
        compare_sims(run, &tls, "a self-signed one");
        bp_tls_free(&tls);
    }
}

struct verdict probe_clear(const struct visit *made)
{
    if (!made->is_open)
        return skip("no connection could be made");
    return made->class_of == VISIT_ACCEPTED ? fail("a request in the clear is served") : pass();
}

void probe_clear_text(struct probe_run *run)
{
    if (!probe_visit(run, 0, NULL, ROLE_A, run->options->fixture->credentials))
        return;
    char space[PROBE_WORDS_LEN_MAX];
    struct buf words = BUF(space);
    buf_put_text(&words, "plain HTTP on the TLS port: ");
    probe_put_visit(&words, &run->visits[0]);
    probe_add(run, "GB-TLS-11", probe_clear(&run->visits[0]), &words);
}

static struct verdict judge_both(const struct visit *made)
{
    if (made->class_of == VISIT_ACCEPTED)
        return fail("one of the two is enough");
    if (made->class_of == VISIT_OTHER || made->status >= 429)
        return skip("the endpoint was busy or away");
    return made->status == 401 ? pass()
                               : tolerated(KEY_NONE, "refused in another way than with 401");
}

static void try_both(struct probe_run *run, bool has_certificate, struct view credentials,
                     const char *whom)
{
    struct bp_tls tls;
    char space[PROBE_WORDS_LEN_MAX];
    struct buf words = BUF(space);
    if (!probe_open(&tls, run, has_certificate, run->options->target->tls_config.is_insecure))
        return;
    if (probe_visit(run, 0, &tls, ROLE_A, credentials)) {
        buf_put_text(&words, whom);
        buf_put_text(&words, ": ");
        probe_put_visit(&words, &run->visits[0]);
        probe_add(run, "GB-TLS-12", judge_both(&run->visits[0]), &words);
    }
    bp_tls_free(&tls);
}

void probe_both(struct probe_run *run)
{
    struct view right = run->options->fixture->credentials;
    if (right.len == 0 || run->options->target->tls_config.cert_path == NULL) {
        probe_add_text(run, "GB-TLS-12", skip("certificate and Basic are not both configured"),
                       "not tried");
        return;
    }
    try_both(run, true, VIEW("nobody:wrong"), "good certificate, wrong credentials");
    if (!run->out->was_stopped)
        try_both(run, true, view_of(NULL, 0), "good certificate, no credentials");
    if (!run->out->was_stopped)
        try_both(run, false, right, "no certificate, right credentials");
}

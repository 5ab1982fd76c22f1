// SPDX-License-Identifier: Apache-2.0
// GB-TLS-8: the endpoint's own certificate.
#include "props/tls/probe_run.h"
#include "props/tls/remedy.h"

enum { DAY_S = 86400, DAYS_LEFT_MIN = 30 };

static struct verdict judge_error(int error, bool has_ca)
{
    enum mishap what = mishap_of_verify(error);
    bool is_about_ca = what == MISHAP_SELF_SIGNED || what == MISHAP_ISSUER || what == MISHAP_CHAIN;
    return is_about_ca && !has_ca ? skip("no CA was given to verify it with")
                                  : fail(remedy_of(what)->cause);
}

struct verdict probe_own(const struct bp_stream_facts *facts, int64_t now_s, bool has_ca)
{
    if (facts->server_not_after_s != 0 && facts->server_not_after_s < now_s)
        return fail(remedy_of(MISHAP_EXPIRED)->cause);
    if (facts->verify_error != 0)
        return judge_error(facts->verify_error, has_ca);
    if (facts->server_not_after_s == 0)
        return skip("its certificate was not seen");
    return (facts->server_not_after_s - now_s) / DAY_S < DAYS_LEFT_MIN
               ? tolerated(KEY_NONE, "fewer than 30 days are left")
               : pass();
}

static void put_own(struct buf *words, const struct bp_stream_facts *facts, int64_t now_s)
{
    if (facts->server_not_after_s == 0) {
        buf_put_text(words, "no handshake got as far as its certificate");
        return;
    }
    int64_t left_s = facts->server_not_after_s - now_s;
    buf_put_signed(words, left_s / DAY_S);
    buf_put_text(words, " days left, ");
    buf_put_unsigned(words, facts->server_chain_count);
    buf_put_text(words,
                 facts->server_chain_count == 1 ? " certificate sent" : " certificates sent");
    buf_put_text(words, ", subject ");
    buf_put_text(words, facts->server_subject);
}

// A verified handshake says that all is well; otherwise an unverified one shows what there is.
void probe_own_certificate(struct probe_run *run)
{
    const struct bp_tls_client_config *config = &run->options->target->tls_config;
    struct view credentials = run->options->fixture->credentials;
    struct bp_stream_facts facts = {.version = ""};
    for (unsigned is_insecure = 0; is_insecure < 2; is_insecure++) {
        struct bp_tls tls;
        if (!probe_open(&tls, run, true, is_insecure != 0))
            continue;
        if (probe_visit(run, 0, &tls, ROLE_A, credentials)) {
            const struct visit *made = &run->visits[0];
            int error = facts.verify_error;
            if (made->is_open)
                facts = made->facts;
            if (made->end.kind == BP_END_UNTRUSTED)
                facts.verify_error = made->end.code;
            else if (is_insecure != 0 && error != 0)
                facts.verify_error = error;
        }
        bp_tls_free(&tls);
        if (facts.server_not_after_s != 0 || run->out->was_stopped)
            break;
    }
    if (run->out->was_stopped)
        return;
    bool has_ca = !config->is_insecure || config->ca_path != NULL || config->ca_folder != NULL;
    char space[PROBE_WORDS_LEN_MAX];
    struct buf words = BUF(space);
    put_own(&words, &facts, run->now_s);
    probe_add(run, "GB-TLS-8", probe_own(&facts, run->now_s, has_ca), &words);
}

// SPDX-License-Identifier: Apache-2.0
// What the probes share while they run; only they include it.
#ifndef BP_PROPS_TLS_PROBE_RUN_H
#define BP_PROPS_TLS_PROBE_RUN_H

#include "props/tls/probes.h"

struct probe_run {
    struct probes *out;
    const struct matrix_options *options;
    struct pace pace;
    int64_t now_s;
    struct visit visits[3];
    char request_space[VISIT_REQUEST_LEN_MAX];
};

// probe_add adds a row; probe_add_text is the same with words that are there already.
void probe_add(struct probe_run *run, const char *clause, struct verdict verdict,
               const struct buf *words);
void probe_add_text(struct probe_run *run, const char *clause, struct verdict verdict,
                    const char *words);

// probe_open makes the target's own context, with or without its certificate, with verification of
// the server on or off. bp_tls_free is to be called in any case.
BP_MUST_USE bool probe_open(struct bp_tls *out, const struct probe_run *run, bool has_certificate,
                            bool is_insecure);

// probe_visit makes visits[number]: the plain request for a SIM. False: the run is to stop.
BP_MUST_USE bool probe_visit(struct probe_run *run, unsigned number, const struct bp_tls *tls,
                             enum role role, struct view credentials);

// probe_put_visit appends what became of a visit.
void probe_put_visit(struct buf *words, const struct visit *made);

// The probes of one clause each.
void probe_bypasses(struct probe_run *run);        // GB-TLS-2
void probe_hellos(struct probe_run *run);          // GB-TLS-7
void probe_own_certificate(struct probe_run *run); // GB-TLS-8
void probe_silence(struct probe_run *run);         // GB-TLS-10
void probe_clear_text(struct probe_run *run);      // GB-TLS-11
void probe_both(struct probe_run *run);            // GB-TLS-12

#endif

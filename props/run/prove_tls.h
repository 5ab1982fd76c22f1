// SPDX-License-Identifier: Apache-2.0
// Proving the clauses on TLS: the certificate matrix and the probes against every TLS liar, and
// against servers that are right in every way that there is.
#ifndef BP_PROPS_RUN_PROVE_TLS_H
#define BP_PROPS_RUN_PROVE_TLS_H

#include "props/run/hosted.h"
#include "props/run/prove.h"

struct prove_tls_options {
    struct hosted *hosted;
    const struct world *open;  // honest worlds to be hosted: without Basic
    const struct world *basic; // and with it
    int64_t now_s;
    // goes_on is asked before each endpoint; false ends the run. May be NULL.
    bool (*goes_on)(void *context, uint64_t case_count, size_t row_count);
    void *context;
};

// prove_tls adds rows to the result of a prove_run: the TLS liars, each in the open world and, as
// long as its clause has not caught it, in the one with Basic; the conforming variants and the
// honest server in both. A case of such a row is one verdict of matrix or probes.
void prove_tls(struct prove_result *out, const struct prove_tls_options *options);

// prove_tls_one adds the row of one liar or variant (NULL: the honest server). False: the run is to
// end.
bool prove_tls_one(struct prove_result *out, const struct prove_tls_options *options,
                   const struct tls_liar *liar);

#endif

// SPDX-License-Identifier: Apache-2.0
// The part of a check that makes connections of its own: certificate matrix and probes.
#ifndef BP_PROPS_CLI_TLS_TESTS_H
#define BP_PROPS_CLI_TLS_TESTS_H

#include "props/cli/site.h"
#include "props/run/check.h"

struct tls_tests;

// tls_tests_new is an empty one, to be freed with free(), or NULL.
struct tls_tests *tls_tests_new(void);

// tls_tests_run tries the site with every certificate of `folder` (balprobe pki; NULL: what needs
// none), when one of the TLS clauses is in `only` and the site speaks TLS, and adds the verdicts on
// these clauses to `result`. `reads_crl` says that the endpoint has the folder's revocation list.
void tls_tests_run(struct tls_tests *tests, const struct site *site, const char *folder,
                   bool reads_crl, struct check_result *result, const bool *only);

// tls_tests_put appends what was run, as tables.
void tls_tests_put(struct buf *out, const struct tls_tests *tests);

#endif

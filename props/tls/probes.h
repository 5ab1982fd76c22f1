// SPDX-License-Identifier: Apache-2.0
// The probes: what the certificate matrix does not ask. Other ways to ask without a certificate
// (GB-TLS-2), versions and suites (-7), the endpoint's own certificate (-8), what a refusal tells
// (-10), clear text (-11), and certificate and Basic together (-12). A session of the good client
// replayed without a certificate (-9) is a cell of the matrix.
#ifndef BP_PROPS_TLS_PROBES_H
#define BP_PROPS_TLS_PROBES_H

#include "props/tls/hello.h"
#include "props/tls/matrix.h"

enum { PROBE_COUNT_MAX = 32, PROBE_WORDS_LEN_MAX = 400 };

struct probe {
    size_t clause; // index in the clause table
    struct verdict verdict;
    char words[PROBE_WORDS_LEN_MAX]; // what was tried and what came, printable
};

struct probes {
    bool was_stopped;
    size_t count;
    struct probe rows[PROBE_COUNT_MAX];
};

// probes_run makes about 30 connections, at the target's rate. The options are those of the
// matrix; a folder is needed for GB-TLS-10 with a refused certificate only. `now_s` is the time,
// for the days that the endpoint's certificate has left.
void probes_run(struct probes *out, const struct matrix_options *options, int64_t now_s);

// probes_tell is matrix_tell for probes.
void probes_tell(const struct probes *probes,
                 void (*told)(void *context, size_t clause, struct verdict verdict), void *context);

// probes_put_table appends a line for each probe, 80 columns wide.
void probes_put_table(struct buf *out, const struct probes *probes);

// The decisions, for tests.

// probe_hello judges the answer to a ClientHello that has to be refused. HELLO_MORE: the
// connection ended before an answer was whole.
struct verdict probe_hello(const struct hello_answer *answer, unsigned version);

// probe_own judges the endpoint's own certificate. `has_ca` says that there is something to verify
// it with.
struct verdict probe_own(const struct bp_stream_facts *facts, int64_t now_s, bool has_ca);

// probe_alike judges that two refusals of the same client, for a known and for an unknown SIM, are
// equal. Digits (dates, correlation ids) may differ.
struct verdict probe_alike(const struct visit *known, const struct visit *unknown);

// probe_alike_again is probe_alike that does not believe in a difference which `again`, another
// refusal for the known SIM, shows as well: correlation ids may be any letters, and a connection
// may end in one way or another. `again` is looked at only when there is a difference; when it says
// nothing, neither does this.
struct verdict probe_alike_again(const struct visit *known, const struct visit *unknown,
                                 const struct visit *again);

// probe_has_list says that a member "balances" of a JSON text stands somewhere in it.
bool probe_has_list(struct view text);

// probe_clear judges what became of a request in the clear.
struct verdict probe_clear(const struct visit *made);

#endif

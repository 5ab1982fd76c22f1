// SPDX-License-Identifier: Apache-2.0
// Grading what became of a client certificate, under the readings of the profile.
//
//     status \ tls.refusal   tolerate    http-exact   http-any    alert-ok
//     the documented one     pass        pass         pass        pass
//     401 or 403 instead     tolerated   fail         pass        pass
//     another refusal        tolerated   fail         tolerated   tolerated
//     alert                  tolerated   fail         fail        pass
//     closed, reset          tolerated   fail         fail        tolerated
//     served                 fail        fail         fail        fail
//     served, but weak       tolerated   tolerated    tolerated   tolerated
#ifndef BP_PROPS_TLS_GRADE_H
#define BP_PROPS_TLS_GRADE_H

#include "certs/pki.h"
#include "props/rule/verdict.h"
#include "props/tls/visit.h"

// The rows of the matrix: the kinds of certificate, and the certificate that the tester was given
// for this endpoint.
enum { GRADE_OWN = PKI_CLIENT_COUNT, GRADE_ROW_COUNT };

// What became of a connection, without what else is known of it.
struct turn {
    enum visit_class class_of;
    unsigned status;
};

// grade_clause is the clause that a row's fresh connections are graded against, as an index of the
// clause table. Those on a resumed session are GB-TLS-9's.
size_t grade_clause(unsigned row);

// grade_is_good says that the row's certificate is one that has to be served.
bool grade_is_good(unsigned row);

// grade_refusal judges how somebody was turned away who had to be: `wanted` is the documented
// status.
struct verdict grade_refusal(const struct profile *profile, const struct turn *turn,
                             unsigned wanted);

// grade_fresh judges a row. `reads_crl` says that the endpoint was given the revocation list.
struct verdict grade_fresh(unsigned row, const struct profile *profile, const struct turn *turn,
                           bool reads_crl);

// grade_keys is the readings (KEY_BITs) that grade_fresh asks for.
uint64_t grade_keys(unsigned row);

// grade_resumed judges a connection that resumed a session of its own (without a certificate: one
// of the good client), after the fresh one went as `fresh` says.
struct verdict grade_resumed(unsigned row, const struct turn *fresh, const struct turn *turn);

#endif

// SPDX-License-Identifier: Apache-2.0
// The certificate matrix: every kind of client certificate x TLS version x fresh or resumed.
//
// Each cell is one connection with one plain GET for the SIM of role A. What became of it is a
// class, and the class is graded against the clauses GB-TLS-1 to -6 (fresh) and -9 (resumed) under
// the profile's readings. A bad certificate that is served is critical.
//
// The kinds come from a folder of test certificates (certs/pki.h). Those whose answer depends on
// the test CA are tried only where the endpoint trusts it, which is found out with the folder's
// good client; the others need nobody's trust.
#ifndef BP_PROPS_TLS_MATRIX_H
#define BP_PROPS_TLS_MATRIX_H

#include "props/tls/grade.h"

struct matrix_options {
    const struct target *target; // its tls_config's certificate is the row GRADE_OWN
    const struct fixture *fixture;
    const struct profile *profile;
    const char *folder; // of pki_make; NULL: only what needs no file
    bool claims_trust;  // the tester says that the endpoint trusts the folder's CA: then a good
                        // client of the folder that is refused is a failure
    bool reads_crl;     // the tester says that the endpoint has the folder's revocation list
};

enum matrix_version { MATRIX_1_2, MATRIX_1_3, MATRIX_VERSION_COUNT };

struct cell {
    unsigned row; // enum pki_kind, or GRADE_OWN
    enum matrix_version version;
    bool is_resumed;       // tried on a session: its own, or without a certificate the good one's
    struct turn turn;      // class VISIT_NONE: not tried, or not resumed
    struct bp_end end;     //
    const struct who *who; // who answered, or NULL
    size_t clause;         // index in the clause table: whose cell it is
    struct verdict verdict;
};

enum { MATRIX_CELL_COUNT_MAX = GRADE_ROW_COUNT * MATRIX_VERSION_COUNT * 2 };

struct matrix {
    bool speaks[MATRIX_VERSION_COUNT]; // the endpoint's versions; a column of another is not tried
    bool trusts_ca;                    // the folder's
    bool was_stopped;
    struct bp_trouble trouble; // the first certificate that could not be used, in words
    size_t cell_count;
    struct cell cells[MATRIX_CELL_COUNT_MAX];
};

// matrix_run makes about 90 connections, at the target's rate. It returns false when the endpoint
// cannot be spoken to at all, with the reason as `out->trouble`.
bool matrix_run(struct matrix *out, const struct matrix_options *options);

// matrix_is_critical says that a bad certificate was served where it must not be.
bool matrix_is_critical(const struct cell *cell);

// matrix_has_critical says that there is such a cell.
bool matrix_has_critical(const struct matrix *matrix);

// matrix_row_words is what stands in front of a row: "no certificate".
const char *matrix_row_words(unsigned row);

// matrix_tell calls `told` with each verdict other than GRADE_NONE, as a check's cases do.
void matrix_tell(const struct matrix *matrix,
                 void (*told)(void *context, size_t clause, struct verdict verdict), void *context);

// matrix_put_table appends the table, 80 columns wide: a line for each row, columns for the
// versions and resumption, a legend, what deviates and why, and who answered with his remedy.
void matrix_put_table(struct buf *out, const struct matrix *matrix);

enum { MATRIX_TABLE_LEN_MAX = 32768 };

#endif

// SPDX-License-Identifier: Apache-2.0
// The kill matrix for people, and as tab-separated text for machines.
#ifndef BP_PROPS_REPORT_MATRIX_H
#define BP_PROPS_REPORT_MATRIX_H

#include "base/buf.h"
#include "props/run/prove.h"

enum { MATRIX_LEN_MAX = 1 << 20 }; // bytes of either text

// matrix_put appends one line for each clause that was to be proved: how many liars it
// kills, and its own liars with the number of the case that killed them, or ALIVE. Then the honest
// endpoint and the variants, and the verdict.
void matrix_put(struct buf *out, const struct prove_result *result);

// matrix_put_tsv appends a line for each liar: its clause, the requests that it got, and a column
// for each clause: the number of the case in which the clause first failed, or 0.
void matrix_put_tsv(struct buf *out, const struct prove_result *result);

#endif

// SPDX-License-Identifier: Apache-2.0
// The open questions of the documents, for people: balprobe explain KEY.
#ifndef BP_PROPS_REPORT_KEYS_H
#define BP_PROPS_REPORT_KEYS_H

#include "props/rule/profile.h"

// keys_put appends the question of one key: how it may be read, what each bundle does, where the
// reading is asked for, and by which clauses.
void keys_put(struct buf *out, enum profile_key key);

// keys_put_all appends all questions of the ledger, those without a key too, a line or two each.
void keys_put_all(struct buf *out);

#endif

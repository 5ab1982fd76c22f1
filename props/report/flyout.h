// SPDX-License-Identifier: Apache-2.0
// What a user would see of an answer in Windows' network flyout (UX-1).
//
// The flyout shows one balance, the first of the list, and its type decides: MODIRECTPAYG the link
// to the account, data and time left; MODIRECT the link alone; NONE an offer to buy a plan;
// NOTSUPPORTED the link alone, for Mobile Plans is turned off for that SIM. An empty list is read
// without an error and shows nothing.
#ifndef BP_PROPS_REPORT_FLYOUT_H
#define BP_PROPS_REPORT_FLYOUT_H

#include "props/rule/exchange.h"

struct flyout {
    const char *words; // static, without a full stop; NULL: the answer is no list with 200
    bool has_amounts;  // the words end with the two amounts below
    double data_mb;
    uint64_t left_s;
};

// flyout_of tells what the answer would show. Pure; cost: constant.
struct flyout flyout_of(const struct exchange *x);

// flyout_put appends it: "the account link, and 123.5 MB and 23 d 23 h left". Without words it
// appends nothing.
void flyout_put(struct buf *out, const struct flyout *flyout);

#endif

// SPDX-License-Identifier: Apache-2.0
// A small independent model of answers that conform: 200 to a plain request, with one good element.
//
// Far more conforms than this accepts; of what it accepts there is no doubt under any bundle.
#ifndef BP_FUZZ_EXCHANGE_MODEL_H
#define BP_FUZZ_EXCHANGE_MODEL_H

#include "props/case/fixture.h"

// Takes `text` off the front of `*rest`; false: it does not stand there.
static inline bool model_take(struct view *rest, struct view text)
{
    bool is_there = view_starts(*rest, text);
    *rest = view_from(*rest, is_there ? text.len : 0);
    return is_there;
}

// Takes a number of up to four digits that does not begin with 0; 0: there is none.
static inline unsigned model_take_number(struct view *rest)
{
    unsigned n = 0;
    if (rest->len != 0 && rest->data[0] == '0')
        return 0;
    for (; rest->len != 0 && byte_is_digit(rest->data[0]) && n < 1000; *rest = view_from(*rest, 1))
        n = n * 10 + (unsigned)(rest->data[0] - '0');
    return n;
}

// Status line and fields, each of them once and in this order but for the first two.
static inline bool model_take_head(struct view *rest, unsigned *body_len, struct view id)
{
    bool is_typed = model_take(rest, VIEW("HTTP/1.1 200 OK\r\n")) &&
                    model_take(rest, VIEW("Content-Type: application/json\r\n")) &&
                    model_take(rest, VIEW("Content-Length: "));
    *body_len = is_typed ? model_take_number(rest) : 0;
    return *body_len != 0 && model_take(rest, VIEW("\r\nX-MS-DM-TransactionId: ")) &&
           model_take(rest, id) && model_take(rest, VIEW("\r\n\r\n"));
}

// The amounts of a plan with something left: "1500.5" and "P23DT4H".
static inline bool model_take_amounts(struct view *rest)
{
    if (model_take_number(rest) == 0)
        return false;
    if (model_take(rest, VIEW(".")) && model_take_number(rest) == 0)
        return false;
    if (!model_take(rest, VIEW(",\"timeRemaining\":\"P")) || model_take_number(rest) == 0)
        return false;
    if (!model_take(rest, VIEW("D")))
        return false;
    if (!model_take(rest, VIEW("T")))
        return true;
    return model_take_number(rest) != 0 && model_take(rest, VIEW("H"));
}

// exchange_model_conforms says whether `answer` is such an answer about the SIM of `role`, to a
// request with the transaction id `id`.
static inline bool exchange_model_conforms(struct view answer, enum role role, struct view id)
{
    static const struct view types[ROLE_COUNT] = {
        [ROLE_A] = VIEW_INIT("MODIRECTPAYG"), [ROLE_A1] = VIEW_INIT("MODIRECTPAYG"),
        [ROLE_P] = VIEW_INIT("MODIRECT"),     [ROLE_Z] = VIEW_INIT("NONE"),
        [ROLE_N] = VIEW_INIT("NOTSUPPORTED"),
    };
    unsigned body_len;
    if (types[role].len == 0 || !model_take_head(&answer, &body_len, id) || body_len != answer.len)
        return false;
    bool is_begun = model_take(&answer, VIEW("{\"balances\":[{\"type\":\"")) &&
                    model_take(&answer, types[role]) &&
                    model_take(&answer, VIEW("\",\"dataRemainingInMB\":"));
    bool is_zero = role == ROLE_Z || role == ROLE_N;
    if (is_begun && is_zero)
        return view_equal(answer, VIEW("0,\"timeRemaining\":\"PT0S\"}]}"));
    return is_begun && model_take_amounts(&answer) && view_equal(answer, VIEW("\"}]}"));
}

#endif

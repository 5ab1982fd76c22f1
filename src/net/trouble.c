// SPDX-License-Identifier: Apache-2.0
#include "net/trouble.h"

#include <openssl/err.h>

// A foreign text gives way to our words before and behind it: the remedy stands at the end.
static void say(struct bp_trouble *trouble, const char *before, const char *given,
                const char *between, const char *after)
{
    struct buf out = buf_of(trouble->words, sizeof trouble->words - 1);
    buf_put_text(&out, before);
    size_t own_len = out.len + strlen(between) + strlen(after);
    if (own_len < out.cap) {
        struct buf middle = buf_of(out.data + out.len, out.cap - own_len);
        buf_put_escaped(&middle, view_of_text(given == NULL ? "" : given));
        out.len += middle.len;
    }
    buf_put_text(&out, between);
    buf_put_text(&out, after);
    trouble->words[out.len] = '\0';
}

bool bp_trouble_say(struct bp_trouble *trouble, const char *before, const char *given,
                    const char *after)
{
    say(trouble, before, given, "", after);
    return false;
}

bool bp_trouble_tls(struct bp_trouble *trouble, const char *before, const char *given)
{
    // The first error is the cause, those behind it are what came of it.
    unsigned long error = ERR_peek_error();
    char system[128] = "";
    const char *reason = ERR_reason_error_string(error);
    if (ERR_SYSTEM_ERROR(error) && strerror_r(ERR_GET_REASON(error), system, sizeof system) == 0)
        reason = system;
    say(trouble, before, given, ": ", reason == NULL ? "unknown to OpenSSL" : reason);
    ERR_clear_error();
    return false;
}

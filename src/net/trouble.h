// SPDX-License-Identifier: Apache-2.0
// What is wrong with the world: files, names, keys, ports. One text that says what happened, why,
// and what to do next. It never holds a passphrase or a password.
#ifndef BP_NET_TROUBLE_H
#define BP_NET_TROUBLE_H

#include "base/buf.h"

struct bp_trouble {
    char words[512]; // NUL-terminated, printable; "" when nothing is wrong
};

// bp_trouble_say writes three parts as the words, `given` (a path, a name) escaped, and returns
// false, so that a function can end with `return bp_trouble_say(...)`. Too long ones are cut.
bool bp_trouble_say(struct bp_trouble *trouble, const char *before, const char *given,
                    const char *after);

// bp_trouble_tls is bp_trouble_say with what OpenSSL's error queue says behind it, and empties the
// queue.
bool bp_trouble_tls(struct bp_trouble *trouble, const char *before, const char *given);

#endif

// SPDX-License-Identifier: Apache-2.0
// Config files in curl's syntax, as far as options need it: one option a line.
//
//     # comment
//     cert = "client.pem"
//     --resolve mo.example:443:127.0.0.1
//     header: "X-Stage: \"blue\""
//     -H "X-Stage: 2"
//     insecure
//
// Dashes in front of a long name may be left out. Between name and value stand blanks, '=' or ':'.
// A value in quotes may hold blanks; in it \" \\ \t \n \r \v are escapes and a backslash before
// any other octet is left out. A value without quotes ends at a blank.
#ifndef BP_TOOL_CONFIG_H
#define BP_TOOL_CONFIG_H

#include "base/view.h"

enum config_step {
    CONFIG_LINE, // an option was read
    CONFIG_END,  // there are no more
    CONFIG_BAD   // `why` tells what is wrong with `line`
};

struct config {
    char *at;  // what is not read yet, NUL-terminated
    char *end; // its NUL
    unsigned line;
    struct view name;  // "cert", "--cert", "-H"
    const char *value; // NUL-terminated; NULL: there is none
    const char *why;
};

// config_start begins to read the `len` octets at `text`, behind which a NUL stands. They are
// changed while they are read: values are unescaped where they stand. A byte order mark in front is
// passed over.
void config_start(struct config *config, char *text, size_t len);

// config_next reads the next option. A NUL inside the text is refused. Cost: linear.
enum config_step config_next(struct config *config);

#endif

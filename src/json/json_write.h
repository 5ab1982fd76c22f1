// SPDX-License-Identifier: Apache-2.0
// Writing JSON values: strings that cannot break out, numbers that read back equal.
//
// Structure (braces, commas) is put by the caller as plain text. Nothing here depends on the
// locale.
#ifndef BP_JSON_JSON_WRITE_H
#define BP_JSON_JSON_WRITE_H

#include "base/buf.h"

// bp_json_put_string appends `text` as a JSON string with its quotes. Quotes, backslashes and
// control characters are escaped, and U+2028, U+2029, '<' and DEL too, so that the text is also
// safe inside a script element; octets that are not well-formed UTF-8 are replaced by U+FFFD, one
// for each. Well-formed text reads back equal. Cost: linear; text without such octets is copied.
void bp_json_put_string(struct buf *out, struct view text);

// bp_json_put_number appends the shortest JSON number that reads back as `number` (finite).
void bp_json_put_number(struct buf *out, double number);

#endif

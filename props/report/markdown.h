// SPDX-License-Identifier: Apache-2.0
// Foreign bytes inside Markdown: neither markup nor the end of a table's cell.
#ifndef BP_PROPS_REPORT_MARKDOWN_H
#define BP_PROPS_REPORT_MARKDOWN_H

#include "base/buf.h"

// markdown_put appends `v` on one line: letters, digits, blanks and harmless marks as they are,
// other printable ASCII behind a backslash, every other octet as \\xHH. At most 5 octets for each.
void markdown_put(struct buf *out, struct view v);

#endif

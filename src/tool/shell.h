// SPDX-License-Identifier: Apache-2.0
// Lines to copy into a shell.
#ifndef BP_TOOL_SHELL_H
#define BP_TOOL_SHELL_H

#include "base/buf.h"

// shell_put_word appends a word as a POSIX shell reads it back: in single quotes, unless it is made
// of harmless octets only. Octets below 20 and 7F are written as they are; see shell_is_printable.
void shell_put_word(struct buf *out, struct view word);

// shell_put_reference appends a word that is ${NAME} in double quotes, so that the shell puts the
// value there.
void shell_put_reference(struct buf *out, struct view word);

// shell_is_reference says whether a word is ${NAME} as a whole.
bool shell_is_reference(struct view word);

// shell_put_format appends what makes printf write `bytes`, in any POSIX shell, for a place between
// single quotes.
void shell_put_format(struct buf *out, struct view bytes);

// shell_is_printable says whether all octets are printable ASCII.
bool shell_is_printable(struct view word);

#endif

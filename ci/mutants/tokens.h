// SPDX-License-Identifier: Apache-2.0
// C source as tokens: enough of C to find what can be mutated.
//
// Comments, blanks and preprocessor lines are no tokens. Tokens point into the text.
#ifndef BP_CI_MUTANTS_TOKENS_H
#define BP_CI_MUTANTS_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_STRING, TOKEN_CHAR, TOKEN_PUNCTUATION };

struct token {
    enum token_kind kind;
    const char *text;
    size_t len;
    unsigned line;     // from 1
    unsigned column;   // from 1
    size_t mate;       // of a bracket: its other end; else the token itself
    size_t function;   // the token that names the function around it, TOKEN_NONE outside of one
    bool is_statement; // an expression, jump or declaration begins here
    bool is_left_out;  // inside an assertion or attribute: not to be mutated
};

#define TOKEN_NONE ((size_t)-1)

struct tokens {
    struct token *at;
    size_t count;
};

// tokens_read cuts NUL-terminated `text` into tokens; free(out->at) in the end. It returns false
// when brackets do not match or there is no memory.
bool tokens_read(struct tokens *out, const char *text);

// token_is says whether `token` is spelled `text`.
bool token_is(const struct token *token, const char *text);

// token_is_any says whether the token is one of the words in `list`, which are separated and
// enclosed by blanks.
bool token_is_any(const struct token *token, const char *list);

// tokens_are_type says whether tokens [begin, end) can only be a type, as in a cast.
bool tokens_are_type(const struct tokens *all, size_t begin, size_t end);

#endif

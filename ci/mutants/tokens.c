// SPDX-License-Identifier: Apache-2.0
#include "ci/mutants/tokens.h"

#include <stdlib.h>
#include <string.h>

// Longest first.
static const char *const punctuation[] = {
    "<<=", ">>=", "...", "->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=",
    "&&",  "||",  "*=",  "/=", "%=", "+=", "-=", "&=", "^=", "|=", "##",
};

static const char type_words[] =
    " const volatile static register struct enum union unsigned signed "
    "int char bool _Bool void short long float double ";
static const char left_out[] = " assert static_assert _Static_assert __attribute__ ";

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_word(char c)
{
    char lower = (char)(c | 0x20);
    return (lower >= 'a' && lower <= 'z') || c == '_' || is_digit(c);
}

bool token_is(const struct token *token, const char *text)
{
    return token->len == strlen(text) && memcmp(token->text, text, token->len) == 0;
}

bool token_is_any(const struct token *token, const char *list)
{
    for (const char *at = list; at[0] == ' ' && at[1] != '\0'; at = strchr(at + 1, ' '))
        if (strncmp(at + 1, token->text, token->len) == 0 && at[1 + token->len] == ' ')
            return true;
    return false;
}

// Where comments, blanks and preprocessor lines from `at` on end.
static const char *skip_blanks(const char *at, bool is_line_begin)
{
    for (; *at != '\0';) {
        if (*at == '\n' || *at == ' ' || *at == '\t' || *at == '\r') {
            is_line_begin |= *at++ == '\n';
        } else if (at[0] == '/' && at[1] == '/') {
            at += strcspn(at, "\n");
        } else if (at[0] == '/' && at[1] == '*') {
            const char *end = strstr(at + 2, "*/");
            at = end == NULL ? at + strlen(at) : end + 2;
        } else if (*at == '#' && is_line_begin) {
            at += strcspn(at, "\n");
            while (*at == '\n' && at[-1] == '\\')
                at += 1 + strcspn(at + 1, "\n");
        } else {
            break;
        }
    }
    return at;
}

static size_t quoted_len(const char *at)
{
    const char *end = at + 1;
    while (*end != *at && *end != '\0' && *end != '\n')
        end += end[0] == '\\' && end[1] != '\0' ? 2 : 1;
    return (size_t)(end - at) + (*end == *at);
}

static size_t number_len(const char *at)
{
    size_t len = 0;
    while (is_word(at[len]) || at[len] == '.' ||
           ((at[len] == '+' || at[len] == '-') && len != 0 && at[1] != 'x' &&
            (at[len - 1] | 0x20) == 'e'))
        len++;
    return len;
}

static void measure_token(struct token *token)
{
    const char *at = token->text;
    token->len = 1;
    token->kind = TOKEN_PUNCTUATION;
    if (is_digit(at[0]) || (at[0] == '.' && is_digit(at[1]))) {
        token->kind = TOKEN_NUMBER;
        token->len = number_len(at);
    } else if (is_word(*at)) {
        token->kind = TOKEN_WORD;
        while (is_word(at[token->len]))
            token->len++;
    } else if (*at == '"' || *at == '\'') {
        token->kind = *at == '"' ? TOKEN_STRING : TOKEN_CHAR;
        token->len = quoted_len(at);
    } else {
        for (size_t i = 0; i < sizeof punctuation / sizeof punctuation[0]; i++) {
            size_t len = strlen(punctuation[i]);
            if (len > token->len && strncmp(at, punctuation[i], len) == 0)
                token->len = len;
        }
    }
}

static bool cut(struct tokens *out, const char *text)
{
    size_t cap = strlen(text) + 1;
    unsigned line = 1;
    const char *line_begin = text;
    const char *seen = text;
    out->count = 0;
    out->at = calloc(cap, sizeof *out->at);
    if (out->at == NULL)
        return false;
    for (const char *at = skip_blanks(text, true); *at != '\0'; at = skip_blanks(at, false)) {
        for (; seen < at; seen++)
            if (*seen == '\n') {
                line++;
                line_begin = seen + 1;
            }
        struct token *token = &out->at[out->count];
        *token = (struct token){.text = at, .line = line, .mate = out->count};
        token->column = (unsigned)(at - line_begin) + 1;
        token->function = TOKEN_NONE;
        measure_token(token);
        out->count++;
        at += token->len;
    }
    return true;
}

static bool match_brackets(struct tokens *all)
{
    size_t *open = calloc(all->count + 1, sizeof *open);
    size_t depth = 0;
    bool ok = open != NULL;
    for (size_t i = 0; ok && i < all->count; i++) {
        struct token *token = &all->at[i];
        if (token->kind != TOKEN_PUNCTUATION)
            continue;
        if (token_is_any(token, " ( [ { ")) {
            open[depth++] = i;
        } else if (token_is_any(token, " ) ] } ")) {
            ok = depth != 0;
            if (!ok)
                break;
            token->mate = open[--depth];
            all->at[token->mate].mate = i;
        }
    }
    free(open);
    return ok && depth == 0;
}

bool tokens_are_type(const struct tokens *all, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++) {
        const struct token *token = &all->at[i];
        bool is_named = i > begin && token_is_any(token - 1, " struct enum union ");
        bool is_typedef = token->len > 2 && memcmp(token->text + token->len - 2, "_t", 2) == 0;
        bool is_star = i > begin && token_is(token, "*");
        if (!is_named && !is_typedef && !is_star && !token_is_any(token, type_words))
            return false;
    }
    return begin < end;
}

// A `{` that holds statements, not members or initialisers.
static bool is_block(const struct tokens *all, size_t i)
{
    const struct token *before = &all->at[i - 1];
    if (before->function == TOKEN_NONE)
        return true;
    if (token_is(before, ")"))
        return before->mate > 0 &&
               token_is_any(&all->at[before->mate - 1], " if for while switch ");
    return token_is_any(before, " else do ; } : ") ||
           (token_is(before, "{") && before->is_statement);
}

// Marks what lies in functions, and what is left out.
static void mark_functions(struct tokens *all)
{
    for (size_t i = 0; i < all->count; i++) {
        struct token *token = &all->at[i];
        if (token_is_any(token, left_out) && i + 1 < all->count)
            for (size_t n = i; n <= all->at[i + 1].mate; n++)
                all->at[n].is_left_out = true;
    }
    size_t name = TOKEN_NONE;
    for (size_t i = 0; i < all->count; i++) {
        struct token *token = &all->at[i];
        if (token_is(token, ";"))
            name = TOKEN_NONE;
        if (token_is(token, "(") && name == TOKEN_NONE && i > 0 && !token->is_left_out)
            name = i - 1;
        if (!token_is(token, "{"))
            continue;
        if (name != TOKEN_NONE && token_is(token - 1, ")"))
            for (size_t n = i; n <= token->mate; n++)
                all->at[n].function = name;
        i = token->mate;
        name = TOKEN_NONE;
    }
}

// Marks where statements begin; the `{` of a block is marked too.
static void mark_statements(struct tokens *all)
{
    bool is_case = false;
    size_t header_end = TOKEN_NONE; // of if, for, while, switch
    for (size_t i = 1; i < all->count; i++) {
        struct token *token = &all->at[i];
        const struct token *before = token - 1;
        if (token->function == TOKEN_NONE)
            continue;
        if (token_is_any(token, " if for while switch "))
            header_end = all->at[i + 1].mate;
        is_case |= token_is_any(before, " case default ");
        bool is_label = token_is(before, ":") && is_case;
        is_case &= !token_is(before, ":");
        if (token_is(token, "{")) {
            token->is_statement = is_block(all, i);
            if (!token->is_statement)
                i = token->mate;
            continue;
        }
        token->is_statement =
            i - 1 == header_end || is_label || token_is_any(before, " ; { } else do ");
        if (token_is_any(token, " ( [ ") && !token->is_statement)
            i = token->mate - 1;
    }
}

bool tokens_read(struct tokens *out, const char *text)
{
    if (!cut(out, text) || !match_brackets(out)) {
        free(out->at);
        return false;
    }
    mark_functions(out);
    mark_statements(out);
    return true;
}

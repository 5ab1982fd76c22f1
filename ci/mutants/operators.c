// SPDX-License-Identifier: Apache-2.0
#include "ci/mutants/mutants.h"

#include <stdio.h>

static const struct {
    const char *kind;
    const char *before;
    const char *after[2];
} binary_rows[] = {
    {"relation", "<", {"<=", ">="}},
    {"relation", "<=", {"<", ">"}},
    {"relation", ">", {">=", "<="}},
    {"relation", ">=", {">", "<"}},
    {"relation", "==", {"!="}},
    {"relation", "!=", {"=="}},
    {"arithmetic", "+", {"-"}},
    {"arithmetic", "-", {"+"}},
    {"arithmetic", "*", {"+"}},
    {"arithmetic", "/", {"*"}},
    {"arithmetic", "%", {"*"}},
    {"arithmetic", "+=", {"-="}},
    {"arithmetic", "-=", {"+="}},
    {"arithmetic", "*=", {"+="}},
    {"arithmetic", "/=", {"*="}},
    {"arithmetic", "%=", {"*="}},
    {"logic", "&&", {"||"}},
    {"logic", "||", {"&&"}},
    {"bits", "&", {"|"}},
    {"bits", "|", {"&"}},
    {"bits", "^", {"|"}},
    {"bits", "<<", {">>"}},
    {"bits", ">>", {"<<"}},
    {"bits", "&=", {"|="}},
    {"bits", "|=", {"&="}},
    {"bits", "^=", {"|="}},
    {"bits", "<<=", {">>="}},
    {"bits", ">>=", {"<<="}},
};

static void offer_text(struct source *s, const char *kind, size_t i, const char *text)
{
    s->kind = kind;
    mutant_offer(s, &(struct change){i, i, {text_piece(text)}});
}

// Whether an operator at `i` has something on its left.
static bool is_binary(const struct source *s, size_t i)
{
    const struct token *before = &s->tokens.at[i - 1];
    if (s->tokens.at[i].is_statement)
        return false;
    if (token_is(before, ")"))
        return !tokens_are_type(&s->tokens, before->mate + 1, i - 1);
    if (before->kind == TOKEN_WORD) {
        size_t begin = i >= 2 && token_is_any(before - 1, " struct enum union ") ? i - 2 : i - 1;
        return !token_is_any(before, " return case else do sizeof ") &&
               !tokens_are_type(&s->tokens, begin, i);
    }
    return before->kind != TOKEN_PUNCTUATION || token_is(before, "]");
}

static void offer_operators(struct source *s, size_t i)
{
    const struct token *token = &s->tokens.at[i];
    if (token_is(token, "++"))
        offer_text(s, "arithmetic", i, "--");
    if (token_is(token, "--"))
        offer_text(s, "arithmetic", i, "++");
    if (token_is(token, "!"))
        offer_text(s, "logic", i, "");
    if (token_is(token, "~"))
        offer_text(s, "bits", i, "");
    if (token_is(token, "-") && !is_binary(s, i))
        offer_text(s, "sign", i, "");
    if (!is_binary(s, i))
        return;
    for (size_t row = 0; row < sizeof binary_rows / sizeof binary_rows[0]; row++)
        for (size_t n = 0; n < 2 && token_is(token, binary_rows[row].before); n++)
            if (binary_rows[row].after[n] != NULL)
                offer_text(s, binary_rows[row].kind, i, binary_rows[row].after[n]);
}

// One element more than declared is never wrong.
static bool is_declared_len(const struct source *s, size_t i)
{
    const struct token *token = &s->tokens.at[i];
    if (i < 3 || !token_is(token - 1, "[") || !token_is(token + 1, "]"))
        return false;
    bool is_typed = token[-3].kind == TOKEN_WORD && !token_is_any(token - 3, " return else ");
    return (is_typed || token_is(token - 3, "*")) && token_is_any(token + 2, " ; = , ) ");
}

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

static void offer_number(struct source *s, size_t i)
{
    const struct token *token = &s->tokens.at[i];
    bool is_hex = token->len > 2 && (token->text[1] | 0x20) == 'x';
    uint64_t value = 0;
    size_t at = is_hex ? 2 : 0;
    for (; at < token->len && digit_value(token->text[at]) < (is_hex ? 16 : 10); at++)
        value = value * (is_hex ? 16 : 10) + (uint64_t)digit_value(token->text[at]);
    bool is_fraction = memchr(token->text, '.', token->len) != NULL ||
                       (at < token->len && (token->text[at] | 0x20) == 'e');
    if (is_fraction) {
        offer_text(s, "constant", i, "0");
        return;
    }
    const char *format = is_hex ? "0x%llx%.*s" : "%llu%.*s";
    uint64_t others[3] = {value + 1, value - 1, 0};
    for (size_t n = 0; n < (value == 0 ? 1 : value == 1 ? 2 : 3); n++) {
        char text[48];
        if (n == 0 && is_declared_len(s, i))
            continue;
        snprintf(text, sizeof text, format, (unsigned long long)others[n], (int)(token->len - at),
                 token->text + at);
        offer_text(s, "constant", i, text);
    }
}

static size_t statement_end(const struct source *s, size_t i)
{
    while (i < s->tokens.count && !token_is(&s->tokens.at[i], ";"))
        i = s->tokens.at[i].mate > i ? s->tokens.at[i].mate : i + 1;
    return i;
}

static bool is_declaration(const struct source *s, size_t i)
{
    const struct token *token = &s->tokens.at[i];
    bool is_two_words = token[1].kind == TOKEN_WORD && token->kind == TOKEN_WORD;
    return tokens_are_type(&s->tokens, i, i + 1) || is_two_words;
}

static void offer_statement(struct source *s, size_t i)
{
    const struct token *token = &s->tokens.at[i];
    size_t end = statement_end(s, i);
    s->kind = "delete";
    if (token_is_any(token, " break continue goto ") ||
        (token_is(token, "return") && end == i + 1)) {
        mutant_offer(s, &(struct change){i, end, {text_piece(";")}});
    } else if (token_is(token, "return")) {
        struct piece value = token_piece(s, i + 1, end - 1);
        bool is_plain = end == i + 2 && (token[1].kind != TOKEN_WORD ||
                                         token_is_any(token + 1, " true false NULL "));
        s->kind = "return";
        if (is_plain)
            return;
        mutant_offer(s, &(struct change){i + 1, end - 1, {text_piece("0")}});
        mutant_offer(s,
                     &(struct change){i + 1, end - 1, {text_piece("!("), value, text_piece(")")}});
    } else if (!token_is_any(token, " if for while switch do else case default { } ; ) , ") &&
               !token_is(token + 1, ":") && !is_declaration(s, i)) {
        bool is_unused = token_is(token, "(") && token_is(token + 1, "void");
        if (!is_unused)
            mutant_offer(s, &(struct change){i, end, {text_piece(";")}});
    }
}

static void offer_negation(struct source *s, size_t first, size_t last)
{
    s->kind = "negate";
    if (first <= last)
        mutant_offer(
            s, &(struct change){
                   first, last, {text_piece("!("), token_piece(s, first, last), text_piece(")")}});
}

static void offer_condition(struct source *s, size_t i)
{
    size_t open = i + 1;
    size_t close = s->tokens.at[open].mate;
    if (!token_is(&s->tokens.at[i], "for")) {
        offer_negation(s, open + 1, close - 1);
        return;
    }
    size_t first = statement_end(s, open + 1);
    size_t second = statement_end(s, first + 1);
    offer_negation(s, first + 1, second - 1);
}

// a ? b : c becomes a ? c : b. An if with an else is swapped by negating its condition.
static void offer_swap(struct source *s, size_t i)
{
    const struct token *at = s->tokens.at;
    size_t colon = i + 1;
    for (unsigned open = 1; colon < s->tokens.count; colon++) {
        if (token_is(&at[colon], "?"))
            open++;
        if (token_is(&at[colon], ":") && --open == 0)
            break;
        if (at[colon].mate > colon)
            colon = at[colon].mate;
    }
    size_t end = colon + 1;
    for (unsigned open = 0; end < s->tokens.count; end++) {
        if (token_is(&at[end], "?"))
            open++;
        if (token_is_any(&at[end], " ; , ) ] } ") || (token_is(&at[end], ":") && open-- == 0))
            break;
        if (at[end].mate > end)
            end = at[end].mate;
    }
    s->kind = "swap";
    mutant_offer(s, &(struct change){i + 1,
                                     end - 1,
                                     {token_piece(s, colon + 1, end - 1), text_piece(" : "),
                                      token_piece(s, i + 1, colon - 1)}});
}

void mutants_offer_all(struct source *s)
{
    for (size_t i = 2; i + 2 < s->tokens.count; i++) {
        const struct token *token = &s->tokens.at[i];
        if (token->is_left_out)
            continue;
        if (token->is_statement)
            offer_statement(s, i);
        if (token->function != TOKEN_NONE && token_is_any(token, " if for while "))
            offer_condition(s, i);
        if (token->kind == TOKEN_NUMBER)
            offer_number(s, i);
        if (token->kind == TOKEN_CHAR) {
            s->kind = "constant";
            mutant_offer(s,
                         &(struct change){
                             i, i, {text_piece("("), token_piece(s, i, i), text_piece(" + 1)")}});
        }
        if (token_is(token, "true"))
            offer_text(s, "boolean", i, "false");
        if (token_is(token, "false"))
            offer_text(s, "boolean", i, "true");
        if (token_is(token, "?"))
            offer_swap(s, i);
        if (token->kind == TOKEN_PUNCTUATION)
            offer_operators(s, i);
    }
}

// SPDX-License-Identifier: Apache-2.0
// Source mutants of C: one small fault each.
//
//     mutants list FILE...     one line each, separated by tabs: number, name, FILE:LINE:COLUMN,
//                              function, operator, before, after
//     mutants apply FILE N     the source with mutant N of the list; 0 is the source itself
//
// The name is made from what the mutant is, not where: it stays when lines elsewhere change. A
// mutated source has as many lines as before. Exit status 1 when a file cannot be read, 2 usage.

#include "ci/mutants/mutants.h"

#include <stdio.h>
#include <stdlib.h>

enum { TEXT_LEN_MAX = 96, MUTANT_COUNT_MAX = 1 << 14 };

struct piece token_piece(const struct source *s, size_t first, size_t last)
{
    const struct token *end = &s->tokens.at[last];
    const char *begin = s->tokens.at[first].text;
    return (struct piece){begin, (size_t)(end->text + end->len - begin)};
}

// Appends `piece` with every run of blanks as one, as far as there is room.
static void append_line(char out[TEXT_LEN_MAX], struct piece piece)
{
    size_t len = strlen(out);
    for (size_t i = 0; i < piece.len && len + 1 < TEXT_LEN_MAX; i++) {
        bool is_blank = strchr(" \t\r\n", piece.text[i]) != NULL;
        if (is_blank && (len == 0 || out[len - 1] == ' '))
            continue;
        out[len++] = is_blank ? ' ' : piece.text[i];
    }
    out[len] = '\0';
}

// Blanks count as one, however long: formatting changes no name.
static uint64_t hash_piece(uint64_t hash, struct piece piece)
{
    bool was_blank = false;
    for (size_t i = 0; i < piece.len; i++) {
        bool is_blank = strchr(" \t\r\n", piece.text[i]) != NULL;
        unsigned char octet = is_blank ? ' ' : (unsigned char)piece.text[i];
        if (!is_blank || !was_blank)
            hash = (hash ^ octet) * UINT64_C(0x100000001b3);
        was_blank = is_blank;
    }
    return (hash ^ 0xff) * UINT64_C(0x100000001b3);
}

// The multiplications leave the first bits poor, and sampling goes by them.
static uint64_t finish_hash(uint64_t hash)
{
    hash = (hash ^ (hash >> 32)) * UINT64_C(0xd6e8feb86659fd93);
    return hash ^ (hash >> 32);
}

static size_t line_count(struct piece piece)
{
    size_t count = 0;
    for (size_t i = 0; i < piece.len; i++)
        count += piece.text[i] == '\n';
    return count;
}

static void print_mutated(const struct source *s, const struct change *change)
{
    struct piece old = token_piece(s, change->first, change->last);
    size_t lines = line_count(old);
    printf("#line 1 \"%s\"\n%.*s", s->path, (int)(old.text - s->text), s->text);
    for (size_t i = 0; i < 5; i++) {
        if (change->pieces[i].len != 0)
            fwrite(change->pieces[i].text, 1, change->pieces[i].len, stdout);
        size_t kept = line_count(change->pieces[i]);
        lines -= kept < lines ? kept : lines;
    }
    for (; lines > 0; lines--)
        putchar('\n');
    fputs(old.text + old.len, stdout);
}

// Names see two tokens on either side, so that most mutants of a function differ in them.
static void list_mutant(struct source *s, const struct change *change)
{
    const struct token *token = &s->tokens.at[change->first];
    struct piece old = token_piece(s, change->first, change->last);
    size_t begin = change->first < 2 ? 0 : change->first - 2;
    size_t end = change->last + 2 < s->tokens.count ? change->last + 2 : s->tokens.count - 1;
    struct piece around = token_piece(s, begin, end);
    struct piece ahead = {around.text, (size_t)(old.text - around.text)};
    const char *behind = old.text + old.len;
    struct piece after = {behind, (size_t)(around.text + around.len - behind)};
    struct piece function = text_piece("-");
    if (token->function != TOKEN_NONE)
        function = token_piece(s, token->function, token->function);
    char before_line[TEXT_LEN_MAX] = "";
    char after_line[TEXT_LEN_MAX] = "";
    append_line(before_line, around);
    append_line(after_line, ahead);
    uint64_t hash = hash_piece(UINT64_C(0xcbf29ce484222325), text_piece(s->path));
    hash = hash_piece(hash, function);
    hash = hash_piece(hash, text_piece(s->kind));
    hash = hash_piece(hash, around);
    for (size_t i = 0; i < 5; i++) {
        append_line(after_line, change->pieces[i]);
        hash = hash_piece(hash, change->pieces[i]);
    }
    append_line(after_line, after);
    unsigned occurrence = 0;
    for (unsigned i = 1; i < s->count; i++)
        occurrence += s->hashes[i] == hash;
    s->hashes[s->count] = hash;
    printf("%u\t%016llx\t%s:%u:%u\t%.*s\t%s\t%s\t%s\n", s->count,
           (unsigned long long)finish_hash(hash + occurrence), s->path, token->line, token->column,
           (int)function.len, function.text, s->kind, before_line, after_line);
}

void mutant_offer(struct source *s, const struct change *change)
{
    if (s->count + 1 < MUTANT_COUNT_MAX)
        s->count++;
    if (s->wanted == 0)
        list_mutant(s, change);
    else if (s->wanted == s->count)
        print_mutated(s, change);
}

static char *read_text(const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t cap = (size_t)1 << 20;
    char *text = calloc(cap, 1);
    size_t len = file == NULL || text == NULL ? 0 : fread(text, 1, cap - 1, file);
    if (file != NULL)
        fclose(file);
    if (len != 0)
        return text;
    free(text);
    return NULL;
}

static int work_on(const char *path, unsigned wanted, bool is_plain)
{
    struct source s = {.path = path, .text = read_text(path), .wanted = wanted};
    s.hashes = calloc(MUTANT_COUNT_MAX, sizeof *s.hashes);
    if (s.text == NULL || s.hashes == NULL || !tokens_read(&s.tokens, s.text)) {
        fprintf(stderr, "mutants: %s: cannot be read as C\n", path);
        free(s.hashes);
        free(s.text);
        return 1;
    }
    if (is_plain)
        printf("#line 1 \"%s\"\n%s", path, s.text);
    else
        mutants_offer_all(&s);
    bool is_missing = wanted > s.count;
    if (is_missing)
        fprintf(stderr, "mutants: %s has %u mutants\n", path, s.count);
    free(s.tokens.at);
    free(s.hashes);
    free(s.text);
    return is_missing;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "apply") == 0) {
        unsigned wanted = 0;
        for (const char *at = argv[3]; *at >= '0' && *at <= '9'; at++)
            wanted = wanted * 10 + (unsigned)(*at - '0');
        return work_on(argv[2], wanted, wanted == 0);
    }
    if (argc < 3 || strcmp(argv[1], "list") != 0) {
        fputs("usage: mutants list FILE... | mutants apply FILE N\n", stderr);
        return 2;
    }
    int status = 0;
    for (int i = 2; i < argc; i++)
        status |= work_on(argv[i], 0, false);
    return status;
}

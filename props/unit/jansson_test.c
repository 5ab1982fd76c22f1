// SPDX-License-Identifier: Apache-2.0
// The JSON reader agrees with jansson, an independent strict parser, on which texts are accepted:
// every file of corpus/json, texts composed from a table, and mutations of valid texts with a fixed
// seed. Where the two may differ is listed, with the reason.
#include "json/json_read.h"

#include <dirent.h>
#include <jansson.h>
#include <stdlib.h>

#include "props/unit/unit.h"

enum { TEXT_LEN_MAX = 65536, SEED_COUNT_MAX = 512, MUTATION_COUNT = 20000 };

// Why our answer may differ from jansson's.
static const struct exception {
    const char *why;
    bool is_accepted_here;
    enum bp_reason reason;     // ours, when we refuse
    size_t where_len;          // and how much we blame
    enum json_error_code code; // jansson's, when we accept
    const char *message;       // and how its message begins
} exceptions[] = {
    {"we end at 32 levels, jansson at 2,048", false, BP_REASON_JSON_DEPTH, 1, 0, ""},
    {"we end numbers at 512 octets", false, BP_REASON_JSON_NUMBER, 1, 0, ""},
    {"jansson skips a NUL octet behind a token", false, BP_REASON_JSON_SYNTAX, 1, 0, ""},
    {"jansson reads integers into 64 bits, we into a double", true, BP_REASON_NONE, 0,
     json_error_numeric_overflow, "too big"},
    {"jansson takes no NUL in a member name", true, BP_REASON_NONE, 0, json_error_null_byte_in_key,
     ""},
};

enum { EXCEPTION_COUNT = sizeof exceptions / sizeof exceptions[0] };

static struct {
    struct bp_json_reader *reader;
    unsigned exception_counts[EXCEPTION_COUNT];
    unsigned text_count, accepted_count, file_count;
    char *seed_texts[SEED_COUNT_MAX];
} test;

static bool is_met(const struct exception *e, bool ok, const struct bp_fault *fault,
                   const json_error_t *error)
{
    if (ok != e->is_accepted_here)
        return false;
    if (ok)
        return json_error_code(error) == e->code &&
               strncmp(error->text, e->message, strlen(e->message)) == 0;
    bool is_nul = fault->where.len != 0 && fault->where.data[0] == '\0';
    return fault->reason == e->reason && fault->where.len == e->where_len &&
           is_nul == (e->reason == BP_REASON_JSON_SYNTAX);
}

static bool is_excepted(bool ok, const struct bp_fault *fault, const json_error_t *error)
{
    for (size_t i = 0; i < EXCEPTION_COUNT; i++)
        if (is_met(&exceptions[i], ok, fault, error)) {
            test.exception_counts[i]++;
            return true;
        }
    return false;
}

// Compares the two on one text; `name` is for the message. Returns whether we accept.
static bool compare(struct view text, const char *name)
{
    const struct bp_json_node *nodes;
    size_t count;
    struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
    json_error_t error;
    bool ok = bp_json_read(test.reader, &fault, &nodes, &count, text);
    json_t *theirs = json_loadb(text.data, text.len,
                                JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    bool agrees = ok == (theirs != NULL) || is_excepted(ok, &fault, &error);
    if (!agrees)
        fprintf(stderr, "%s: we %s, jansson: %s: %.*s\n", name, ok ? "accept" : "refuse",
                theirs != NULL ? "accepts" : error.text, (int)(text.len < 300 ? text.len : 300),
                text.data);
    CHECK_ROW(test.text_count, agrees);
    test.text_count++;
    test.accepted_count += ok;
    json_decref(theirs);
    return ok;
}

// Texts are composed: every value in every frame.
static const struct view values[] = {
    VIEW_INIT("null"),
    VIEW_INIT("true"),
    VIEW_INIT("0"),
    VIEW_INIT("-0"),
    VIEW_INIT("1e5"),
    VIEW_INIT("1.5E-2"),
    VIEW_INIT("9223372036854775807"),
    VIEW_INIT("9223372036854775808"),
    VIEW_INIT("-9223372036854775808"),
    VIEW_INIT("-9223372036854775809"),
    VIEW_INIT("1e308"),
    VIEW_INIT("1e309"),
    VIEW_INIT("1e-999"),
    VIEW_INIT("\"\""),
    VIEW_INIT("\"a\""),
    VIEW_INIT("\"\\u0000\""),
    VIEW_INIT("\"\\ud83d\\ude00\""),
    VIEW_INIT("\"\xf0\x9f\x98\x80\""),
    VIEW_INIT("[]"),
    VIEW_INIT("{}"),
    VIEW_INIT("[null,[{}]]"),
    VIEW_INIT("{\"a\":{\"a\":[]}}"),
    VIEW_INIT(""),
    VIEW_INIT("01"),
    VIEW_INIT("-"),
    VIEW_INIT("1."),
    VIEW_INIT(".1"),
    VIEW_INIT("1e"),
    VIEW_INIT("+1"),
    VIEW_INIT("0x1"),
    VIEW_INIT("NaN"),
    VIEW_INIT("nul"),
    VIEW_INIT("nulll"),
    VIEW_INIT("True"),
    VIEW_INIT("'a'"),
    VIEW_INIT("\"\\x\""),
    VIEW_INIT("\"\\u12\""),
    VIEW_INIT("\"\\ud800\""),
    VIEW_INIT("\"\\udc00\""),
    VIEW_INIT("\"\xc0\x80\""),
    VIEW_INIT("\"\xed\xa0\x80\""),
    VIEW_INIT("\"\xff\""),
    VIEW_INIT("\"\n\""),
    VIEW_INIT("\"\0\""),
    VIEW_INIT("\""),
    VIEW_INIT("[1,]"),
    VIEW_INIT("{\"a\":1,\"a\":1}"),
    VIEW_INIT("{\"a\":1,}"),
    VIEW_INIT("{\"a\"}"),
    VIEW_INIT("{1:2}"),
    VIEW_INIT("["),
    VIEW_INIT("]"),
    VIEW_INIT("{"),
    VIEW_INIT("}"),
    VIEW_INIT("1 2"),
    VIEW_INIT("\"a\"\"b\""),
    VIEW_INIT("/**/1"),
    VIEW_INIT("1//"),
    VIEW_INIT("\f1"),
    VIEW_INIT("\v1"),
    VIEW_INIT("\xef\xbb\xbf"
              "1"),
    VIEW_INIT("1\0"),
};
static const struct view frames[][2] = {
    {VIEW_INIT(""), VIEW_INIT("")},
    {VIEW_INIT(" \t\r\n"), VIEW_INIT(" \t\r\n")},
    {VIEW_INIT("["), VIEW_INIT("]")},
    {VIEW_INIT("[0,"), VIEW_INIT(",0]")},
    {VIEW_INIT("{\"a\":"), VIEW_INIT("}")},
    {VIEW_INIT("{\"b\":0,\"a\":"), VIEW_INIT(",\"c\":0}")},
    {VIEW_INIT("{\"a\":0,\"b\":"), VIEW_INIT(",\"\\u0061\":0}")},
    {VIEW_INIT("{\"\\u0000\":"), VIEW_INIT("}")},
    {VIEW_INIT("["), VIEW_INIT("")},
    {VIEW_INIT("[{\"a\":["), VIEW_INIT("]}]]")},
};

static void compare_composed(void)
{
    for (size_t f = 0; f < sizeof frames / sizeof frames[0]; f++)
        for (size_t v = 0; v < sizeof values / sizeof values[0]; v++) {
            char text[128];
            size_t head = frames[f][0].len, body = values[v].len, tail = frames[f][1].len;
            memcpy(text, frames[f][0].data, head);
            memcpy(text + head, values[v].data, body);
            memcpy(text + head + body, frames[f][1].data, tail);
            compare(view_of(text, head + body + tail), "composed");
        }
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

// Files named y_ must be accepted, files named n_ refused; others are only compared. Accepted ones
// are kept as seeds.
static bool compare_file(struct view *seed, char *text, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", BALPROBE_SOURCE_DIR "/corpus/json", name);
    FILE *file = fopen(path, "rb");
    size_t len = file == NULL ? 0 : fread(text, 1, TEXT_LEN_MAX, file);
    bool is_read = file != NULL && !ferror(file);
    if (file != NULL)
        fclose(file);
    if (!is_read) // a folder
        return false;
    test.file_count++;
    bool ok = compare(view_of(text, len), name);
    CHECK_ROW(test.file_count, strncmp(name, "y_", 2) != 0 || ok);
    CHECK_ROW(test.file_count, strncmp(name, "n_", 2) != 0 || !ok);
    *seed = view_of(text, len);
    return ok && len < TEXT_LEN_MAX / 2;
}

static size_t compare_corpus(struct view *seeds)
{
    struct dirent **entries = NULL;
    int count = scandir(BALPROBE_SOURCE_DIR "/corpus/json", &entries, NULL, by_name);
    size_t seed_count = 0;
    for (int i = 0; i < count; i++) {
        char *text = malloc(TEXT_LEN_MAX);
        bool has_room = seed_count < SEED_COUNT_MAX;
        struct view seed;
        if (compare_file(&seed, text, entries[i]->d_name) && has_room) {
            test.seed_texts[seed_count] = text;
            seeds[seed_count++] = seed;
        } else {
            free(text);
        }
        free(entries[i]);
    }
    free(entries);
    CHECK(test.file_count >= 200);
    printf("%u files of corpus/json\n", test.file_count);
    return seed_count;
}

static uint64_t random_state = 20240229;

static size_t random_below(size_t n)
{
    uint64_t z = (random_state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (size_t)((z ^ z >> 31) % n);
}

// Replaces `cut` bytes at `at` by `piece`.
static size_t splice(char *text, size_t len, size_t at, size_t cut, struct view piece)
{
    if (len - cut + piece.len > TEXT_LEN_MAX)
        return len;
    memmove(text + at + piece.len, text + at + cut, len - at - cut);
    memcpy(text + at, piece.data, piece.len);
    return len - cut + piece.len;
}

static size_t mutate(char *text, size_t len, const struct view *seeds, size_t seed_count)
{
    static const char octets[] =
        "{}[]:,\"\\/ \t\n\r\f\v\b0123456789-+.eEutfnrabd\0\x7f\x80\xc0\xed\xff";
    size_t at = random_below(len + 1);
    size_t rest = len - at;
    size_t cut = random_below((rest < 8 ? rest : 8) + 1);
    char octet = octets[random_below(sizeof octets - 1)];
    switch (random_below(6)) {
    case 0:
        return splice(text, len, at, cut, VIEW(""));
    case 1:
        return splice(text, len, at, 0, view_of(&octet, 1));
    case 2:
        return splice(text, len, at, rest != 0, view_of(&octet, 1));
    case 3:
        return splice(text, len, at, cut, values[random_below(sizeof values / sizeof values[0])]);
    case 4: {
        struct view other = seeds[random_below(seed_count)];
        size_t from = random_below(other.len + 1);
        size_t take = other.len - from < 40 ? other.len - from : 40;
        return splice(text, len, at, 0, view_first(view_from(other, from), take));
    }
    default:
        if (rest != 0)
            text[at] = (char)(text[at] ^ 1 << random_below(8));
        return len;
    }
}

static void compare_mutations(const struct view *seeds, size_t seed_count)
{
    static char text[TEXT_LEN_MAX + 1];
    for (unsigned i = 0; i < MUTATION_COUNT; i++) {
        struct view seed = seeds[random_below(seed_count)];
        size_t len = seed.len;
        memcpy(text, seed.data, len);
        for (size_t left = 1 + random_below(3); left > 0; left--)
            len = mutate(text, len, seeds, seed_count);
        compare(view_of(text, len), "mutated");
    }
}

int main(void)
{
    static struct view seeds[SEED_COUNT_MAX];
    void *space = aligned_alloc(16, bp_json_space(TEXT_LEN_MAX, TEXT_LEN_MAX));
    test.reader = bp_json_open(space, TEXT_LEN_MAX, TEXT_LEN_MAX);
    size_t seed_count = compare_corpus(seeds);
    compare_composed();
    CHECK(seed_count >= 50);
    if (seed_count != 0)
        compare_mutations(seeds, seed_count);
    printf("%u texts compared with jansson, %u accepted\n", test.text_count, test.accepted_count);
    for (size_t i = 0; i < EXCEPTION_COUNT; i++) {
        printf("%u times: %s\n", test.exception_counts[i], exceptions[i].why);
        CHECK_ROW(i, test.exception_counts[i] != 0);
    }
    while (seed_count > 0)
        free(test.seed_texts[--seed_count]);
    free(space);
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
#include "props/cli/reading.h"

#include "tool/cli.h"
#include "tool/nearest.h"

enum { WORD_LEN_MAX = 64 };

static const char *bundle_name_at(const void *table, size_t index)
{
    (void)table;
    return bundle_at(index)->name;
}

static const char *key_name_at(const void *table, size_t index)
{
    (void)table;
    return profile_key_name((enum profile_key)index);
}

struct words {
    char items[ALTERNATIVE_COUNT_MAX][WORD_LEN_MAX];
};

static const char *word_at(const void *table, size_t index)
{
    return ((const struct words *)table)->items[index];
}

// A text that ends with a zero, cut where it is too long to be meant.
static void copy_word(char out[WORD_LEN_MAX], struct view word)
{
    struct buf b = buf_of(out, WORD_LEN_MAX - 1);
    buf_put(&b, view_first(word, word.len < b.cap ? word.len : b.cap));
    out[b.len] = '\0';
}

static int refuse_value(enum profile_key key, struct view value)
{
    struct words words;
    char given[WORD_LEN_MAX];
    char space[256];
    struct buf message = buf_of(space, sizeof space - 1);
    unsigned count = profile_alternative_count(key);
    buf_put_text(&message, profile_key_name(key));
    buf_put_text(&message, " is read as ");
    for (unsigned i = 0; i < count; i++) {
        copy_word(words.items[i], profile_alternative(key, i));
        buf_put_text(&message, i == 0 ? "" : i + 1 == count ? " or " : ", ");
        buf_put_text(&message, words.items[i]);
    }
    buf_put_text(&message, ", not as ");
    space[message.len] = '\0';
    copy_word(given, value);
    return cli_refuse(space, given, nearest_word(given, word_at, &words, count));
}

static int check_item(struct view item)
{
    char given[WORD_LEN_MAX];
    size_t equals = view_index(item, '=');
    enum profile_key key = profile_key_find(view_first(item, equals));
    copy_word(given, equals == item.len ? item : view_first(item, equals));
    if (key == KEY_NONE)
        return cli_refuse("balprobe explain --keys lists what can be set; there is no key ", given,
                          nearest_word(given, key_name_at, NULL, KEY_COUNT));
    if (equals == item.len)
        return cli_refuse("--set wants KEY=VALUE: ", given, NULL);
    struct profile profile = *bundle_at(0);
    struct view value = view_from(item, equals + 1);
    return profile_set(&profile, key, value) ? EXIT_PASSED : refuse_value(key, value);
}

static int add_items(struct buf *spec, const char *text)
{
    struct view left = view_of_text(text);
    while (left.len != 0) {
        size_t comma = view_index(left, ',');
        struct view item = view_first(left, comma);
        int status = check_item(item);
        if (status != EXIT_PASSED)
            return status;
        if (spec->len != 0)
            buf_put_byte(spec, ',');
        buf_put(spec, item);
        left = view_from(left, comma < left.len ? comma + 1 : comma);
    }
    return EXIT_PASSED;
}

int reading_read(struct reading_choice *out, const struct options *given, size_t profile_row,
                 size_t set_row)
{
    struct buf spec = buf_of(out->space, sizeof out->space - 1);
    const char *name = given->values[profile_row];
    struct profile profile;
    out->spec = NULL;
    if (name != NULL && !profile_find(&profile, view_of_text(name)))
        return cli_refuse("there is no profile called ", name,
                          nearest_word(name, bundle_name_at, NULL, BUNDLE_COUNT));
    buf_put_text(&spec, name == NULL ? "" : name);
    size_t at = 0;
    const struct option_item *item = NULL;
    while ((item = options_next(given, set_row, &at)) != NULL) {
        int status = add_items(&spec, item->value);
        if (status != EXIT_PASSED)
            return status;
    }
    if (spec.overflow)
        return cli_refuse("too many readings are set: ", "--set", NULL);
    out->space[spec.len] = '\0';
    if (spec.len != 0)
        out->spec = out->space;
    return EXIT_PASSED;
}

void reading_put_again(struct buf *out, const char *spec)
{
    struct view text = view_of_text(spec == NULL ? "" : spec);
    struct view name = view_first(text, view_index(text, ','));
    struct profile profile;
    if (profile_find(&profile, name)) {
        buf_put_text(out, " --profile ");
        buf_put(out, name);
        text = view_from(text, name.len < text.len ? name.len + 1 : name.len);
    }
    if (text.len == 0)
        return;
    buf_put_text(out, " --set ");
    buf_put(out, text);
}

// SPDX-License-Identifier: Apache-2.0
#include "tool/options.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "tool/config.h"
#include "tool/nearest.h"
#include "tool/shell.h"
#include "tool/text.h"

enum { HELP_COLUMN = 24, FRACTION_DIGIT_COUNT = 3, SECONDS_MAX = 86400 };

static const char help_name[] = "--help";

bool options_refuse(struct options *options, const char *before, const char *given,
                    const char *after)
{
    struct buf message = buf_of(options->message, sizeof options->message - 1);
    buf_put_text(&message, before);
    text_put_bytes(&message, view_of_text(given), 40);
    buf_put_text(&message, after);
    options->message[message.len] = '\0';
    return false;
}

const char *option_name(const struct option *option)
{
    bool has_letter = option->name != NULL && option->name[1] != '-';
    return has_letter ? option->name + sizeof "-H, " - 1 : option->name;
}

bool option_is_list(const struct option *option)
{
    struct view argument = view_of_text(option->argument == NULL ? "" : option->argument);
    return view_find(argument, VIEW("...")) < argument.len;
}

// Headings have no name; the help's stands for them.
static const char *option_name_at(const void *table, size_t index)
{
    const struct command *command = table;
    bool is_option = index < command->option_count && command->options[index].name != NULL;
    return is_option ? option_name(&command->options[index]) : help_name;
}

static bool refuse_unknown(struct options *options, const struct command *command, const char *name)
{
    const char *nearest = nearest_word(name, option_name_at, command, command->option_count + 1);
    if (nearest == NULL || name[1] != '-')
        return options_refuse(options, "unknown option ", name, "; see --help");
    char after[NEAREST_LEN_MAX + 32];
    struct buf b = buf_of(after, sizeof after - 1);
    buf_put_text(&b, "; did you mean ");
    buf_put_text(&b, nearest);
    buf_put_byte(&b, '?');
    after[b.len] = '\0';
    return options_refuse(options, "unknown option ", name, after);
}

static bool is_called(const struct option *option, struct view name)
{
    if (option->name == NULL)
        return false;
    bool is_letter = name.len == 2 && name.data[1] != '-';
    return is_letter ? view_starts(view_of_text(option->name), name)
                     : view_equal(name, view_of_text(option_name(option)));
}

static size_t find_option(const struct command *command, struct view name)
{
    size_t i = 0;
    while (i < command->option_count && !is_called(&command->options[i], name))
        i++;
    return i;
}

// Replaces a value that is ${NAME} as a whole by that of the environment variable.
static bool look_up(struct options *options, const char **value)
{
    char name[NEAREST_LEN_MAX + 1];
    struct view word = view_of_text(*value);
    if (!shell_is_reference(word) || word.len - 3 > NEAREST_LEN_MAX)
        return true;
    memcpy(name, word.data + 2, word.len - 3);
    name[word.len - 3] = '\0';
    *value = getenv(name);
    if (*value != NULL)
        return true;
    return options_refuse(options, "the environment variable ", name,
                          " is not set; export it, or give the value itself");
}

// Keeps a value. What the command line says stands already when config files are read.
static bool keep(struct options *out, const struct command *command, size_t row, const char *word,
                 bool is_config)
{
    const char *value = word;
    if (!look_up(out, &value))
        return false;
    if (option_is_list(&command->options[row])) {
        if (out->item_count == OPTION_ITEM_COUNT_MAX)
            return options_refuse(out, "option ", option_name(&command->options[row]),
                                  ": there are too many of this kind");
        out->items[out->item_count++] = (struct option_item){row, value, word};
    }
    if (is_config && out->values[row] != NULL)
        return true;
    out->values[row] = value;
    out->words[row] = word;
    return true;
}

// Reads the option at argv[*at], and its value; *at ends at the last word used.
static bool read_option(struct options *out, const struct command *command, int argc, char **argv,
                        int *at)
{
    char name[NEAREST_LEN_MAX + 1];
    struct view word = view_of_text(argv[*at]);
    bool is_long = word.data[1] == '-';
    size_t len = is_long ? view_index(word, '=') : 2;
    const char *value = len < word.len ? argv[*at] + len + is_long : NULL;
    size_t row = find_option(command, view_first(word, len));
    bool is_unknown = row == command->option_count;
    size_t name_len = is_unknown && !is_long ? word.len : len;
    struct buf b = buf_of(name, sizeof name - 1);
    buf_put(&b, view_first(word, name_len < sizeof name ? name_len : sizeof name - 1));
    name[b.len] = '\0';
    if (is_unknown)
        return refuse_unknown(out, command, name);
    bool takes_value = command->options[row].argument != NULL;
    if (!takes_value && value != NULL)
        return options_refuse(out, "option ", name, " takes no value");
    if (takes_value && value == NULL) {
        if (*at + 1 >= argc)
            return options_refuse(out, "option ", name, " needs a value");
        value = argv[++*at];
    }
    return keep(out, command, row, takes_value ? value : "", false);
}

static bool read_operand(struct options *out, const struct command *command, const char *word)
{
    if (command->operands[0] == '\0')
        return options_refuse(out, "", word, ": this command takes options only; see --help");
    if (out->operand_count == OPERAND_COUNT_MAX)
        return options_refuse(out, "", word, ": too many files at once; name their folder");
    out->operands[out->operand_count++] = word;
    return true;
}

// Says where in a config file something is wrong, before what is in `message` or `why`.
static bool refuse_line(struct options *out, const char *path, const struct config *config,
                        const char *why)
{
    char said[OPTION_MESSAGE_LEN_MAX];
    char after[OPTION_MESSAGE_LEN_MAX];
    memcpy(said, out->message, sizeof said);
    struct buf b = buf_of(after, sizeof after - 1);
    buf_put_text(&b, " line ");
    buf_put_unsigned(&b, config->line);
    buf_put_text(&b, ": ");
    buf_put_text(&b, why == NULL ? said : why);
    after[b.len] = '\0';
    return options_refuse(out, "", path, after);
}

static bool apply_line(struct options *out, const struct command *command, size_t config_row,
                       const struct config *config)
{
    char name[NEAREST_LEN_MAX + 1];
    struct buf b = buf_of(name, sizeof name - 1);
    if (config->name.data[0] != '-')
        buf_put_text(&b, "--");
    size_t room = b.cap - b.len;
    buf_put(&b, view_first(config->name, config->name.len < room ? config->name.len : room));
    name[b.len] = '\0';
    size_t row = find_option(command, buf_view(&b));
    if (row == command->option_count)
        return refuse_unknown(out, command, name);
    if (row == config_row)
        return options_refuse(out, "option ", name, " is not read inside a config file");
    bool takes_value = command->options[row].argument != NULL;
    if (takes_value != (config->value != NULL))
        return options_refuse(out, "option ", name,
                              takes_value ? " needs a value" : " takes no value");
    return keep(out, command, row, takes_value ? config->value : "", true);
}

// Reads a config file behind those that are there.
static bool load_config(struct options *out, struct config *config, const char *path)
{
    char *text = out->config + out->config_len;
    size_t room = sizeof out->config - out->config_len;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return options_refuse(out, "the config file ", path, " cannot be opened");
    size_t len = fread(text, 1, room, file);
    bool is_read = ferror(file) == 0 && len < room;
    fclose(file);
    if (!is_read)
        return options_refuse(out, "the config file ", path, " cannot be read, or is too long");
    text[len] = '\0';
    out->config_len += len + 1;
    config_start(config, text, len);
    return true;
}

static bool read_config(struct options *out, const struct command *command, size_t config_row,
                        const char *path)
{
    struct config config;
    if (!load_config(out, &config, path))
        return false;
    for (;;) {
        switch (config_next(&config)) {
        case CONFIG_END:
            return true;
        case CONFIG_BAD:
            return refuse_line(out, path, &config, config.why);
        case CONFIG_LINE:
            if (!apply_line(out, command, config_row, &config))
                return refuse_line(out, path, &config, NULL);
        }
    }
}

static bool read_configs(struct options *out, const struct command *command)
{
    size_t row = find_option(command, VIEW("--config"));
    size_t at = 0;
    const struct option_item *item = NULL;
    while ((item = options_next(out, row, &at)) != NULL)
        if (!read_config(out, command, row, item->value))
            return false;
    return true;
}

bool options_read(struct options *out, const struct command *command, int argc, char **argv)
{
    assert(command->option_count <= OPTION_COUNT_MAX);
    memset(out, 0, sizeof *out);
    bool only_operands = false;
    for (int i = 0; i < argc; i++) {
        struct view word = view_of_text(argv[i]);
        bool is_option = !only_operands && word.len > 1 && word.data[0] == '-';
        bool is_good = true;
        if (is_option && view_equal(word, VIEW("--")))
            only_operands = true;
        else if (is_option && (view_equal(word, VIEW("--help")) || view_equal(word, VIEW("-h"))))
            out->asks_help = true;
        else if (is_option)
            is_good = read_option(out, command, argc, argv, &i);
        else
            is_good = read_operand(out, command, argv[i]);
        if (!is_good)
            return false;
    }
    return out->asks_help || read_configs(out, command);
}

const struct option_item *options_next(const struct options *options, size_t row, size_t *at)
{
    while (*at < options->item_count)
        if (options->items[(*at)++].row == row)
            return &options->items[*at - 1];
    return NULL;
}

bool options_number(uint64_t *out, const char *text)
{
    struct view digits = view_of_text(text);
    unsigned base = 10;
    if (view_starts(digits, VIEW("0x"))) {
        base = 16;
        digits = view_from(digits, 2);
    }
    uint64_t n = 0;
    for (size_t i = 0; i < digits.len; i++) {
        int digit = byte_hex(digits.data[i]);
        if (digit < 0 || (unsigned)digit >= base)
            return false;
        if (n > (UINT64_MAX - (unsigned)digit) / base)
            return false;
        n = n * base + (unsigned)digit;
    }
    *out = n;
    return digits.len != 0;
}

bool options_seconds(int *out_ms, const char *text)
{
    struct view word = view_of_text(text);
    size_t dot = view_index(word, '.');
    size_t digit_count = dot;
    int64_t ms = 0;
    for (size_t i = 0; i < word.len; i++) {
        if (i == dot)
            continue;
        if (!byte_is_digit(word.data[i]) || ms > (int64_t)SECONDS_MAX * 1000)
            return false;
        ms = ms * 10 + (word.data[i] - '0');
    }
    size_t fraction = dot < word.len ? word.len - dot - 1 : 0;
    if (digit_count == 0 || fraction > FRACTION_DIGIT_COUNT || (dot < word.len && fraction == 0))
        return false;
    for (size_t i = fraction; i < FRACTION_DIGIT_COUNT; i++)
        ms *= 10;
    *out_ms = ms > 0 && ms <= (int64_t)SECONDS_MAX * 1000 ? (int)ms : 0;
    return *out_ms != 0;
}

static void put_option(struct buf *out, const char *name, const char *argument, const char *help)
{
    size_t begin = out->len;
    text_pad(out, 2);
    buf_put_text(out, name);
    if (argument != NULL) {
        buf_put_byte(out, ' ');
        buf_put_text(out, argument);
    }
    if (out->len - begin >= HELP_COLUMN)
        buf_put_byte(out, '\n');
    text_pad(out, HELP_COLUMN);
    text_put_words(out, HELP_COLUMN, help);
    buf_put_byte(out, '\n');
}

static void put_row(struct buf *out, const struct option *option)
{
    if (option->name != NULL) {
        put_option(out, option->name, option->argument, option->help);
        return;
    }
    buf_put_byte(out, '\n');
    text_put_words(out, 0, option->help);
    buf_put_byte(out, '\n');
}

void options_help(struct buf *out, const struct command *command)
{
    buf_put_text(out, "balprobe ");
    buf_put_text(out, command->name);
    buf_put_text(out, " [options]");
    if (command->operands[0] != '\0') {
        buf_put_byte(out, ' ');
        buf_put_text(out, command->operands);
    }
    buf_put_text(out, "\n\n");
    text_put_words(out, 0, command->about);
    buf_put_text(out, "\n\n");
    for (size_t i = 0; i < command->option_count; i++)
        put_row(out, &command->options[i]);
    put_option(out, help_name, NULL, "this text");
}

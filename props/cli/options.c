// SPDX-License-Identifier: Apache-2.0
#include "props/cli/options.h"

#include <assert.h>

#include "props/cli/nearest.h"
#include "props/report/text.h"

enum { HELP_COLUMN = 22 };

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

static const char *option_name_at(const void *table, size_t index)
{
    const struct command *command = table;
    return index < command->option_count ? command->options[index].name : help_name;
}

static bool refuse_unknown(struct options *options, const struct command *command, const char *name)
{
    const char *nearest = nearest_word(name, option_name_at, command, command->option_count + 1);
    if (nearest == NULL)
        return options_refuse(options, "unknown option ", name, "; see --help");
    char after[NEAREST_LEN_MAX + 32];
    struct buf b = buf_of(after, sizeof after - 1);
    buf_put_text(&b, "; did you mean ");
    buf_put_text(&b, nearest);
    buf_put_byte(&b, '?');
    after[b.len] = '\0';
    return options_refuse(options, "unknown option ", name, after);
}

static size_t find_option(const struct command *command, struct view name)
{
    size_t i = 0;
    while (i < command->option_count && !view_equal(name, view_of_text(command->options[i].name)))
        i++;
    return i;
}

// Reads the option at argv[*at], and its value; *at ends at the last word used.
static bool read_option(struct options *out, const struct command *command, int argc, char **argv,
                        int *at)
{
    char name[NEAREST_LEN_MAX + 1];
    struct view word = view_of_text(argv[*at]);
    size_t len = view_index(word, '=');
    const char *value = len < word.len ? argv[*at] + len + 1 : NULL;
    struct buf b = buf_of(name, sizeof name - 1);
    buf_put(&b, view_first(word, len < sizeof name ? len : sizeof name - 1));
    name[b.len] = '\0';
    size_t row = find_option(command, view_first(word, len));
    if (row == command->option_count)
        return refuse_unknown(out, command, name);
    bool takes_value = command->options[row].argument != NULL;
    if (!takes_value && value != NULL)
        return options_refuse(out, "option ", name, " takes no value");
    if (takes_value && value == NULL) {
        if (*at + 1 >= argc)
            return options_refuse(out, "option ", name, " needs a value");
        value = argv[++*at];
    }
    out->values[row] = takes_value ? value : "";
    return true;
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
    return true;
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

static void put_option(struct buf *out, const char *name, const char *argument, const char *help)
{
    text_pad(out, 2);
    buf_put_text(out, name);
    if (argument != NULL) {
        buf_put_byte(out, ' ');
        buf_put_text(out, argument);
    }
    text_pad(out, HELP_COLUMN);
    text_put_words(out, HELP_COLUMN, help);
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
        put_option(out, command->options[i].name, command->options[i].argument,
                   command->options[i].help);
    put_option(out, help_name, NULL, "this text");
}

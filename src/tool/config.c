// SPDX-License-Identifier: Apache-2.0
#include "tool/config.h"

void config_start(struct config *config, char *text, size_t len)
{
    size_t mark_len = len - view_without_mark(view_of(text, len)).len;
    *config = (struct config){.at = text + mark_len, .end = text + len};
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

static char *skip_blanks(char *at)
{
    while (is_blank(*at))
        at++;
    return at;
}

static enum config_step refuse(struct config *config, const char *why)
{
    config->why = why;
    return CONFIG_BAD;
}

static char unescape(char c)
{
    switch (c) {
    case 't':
        return '\t';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 'v':
        return '\v';
    default:
        return c;
    }
}

// Unescapes the text behind the quote at `at` where it stands. Returns what follows the closing
// quote, or NULL without one.
static char *take_quoted(char *at)
{
    char *to = at;
    for (at++; *at != '"'; at++) {
        if (*at == '\\' && at[1] != '\0')
            *to++ = unescape(*++at);
        else if (*at == '\0')
            return NULL;
        else
            *to++ = *at;
    }
    *to = '\0';
    return at + 1;
}

// The value and what may follow it: nothing or a comment.
static enum config_step take_value(struct config *config, char *at)
{
    char *rest = at;
    config->value = at;
    if (*at == '"') {
        rest = take_quoted(at);
        if (rest == NULL)
            return refuse(config, "the closing quote is missing");
    } else {
        while (*rest != '\0' && !is_blank(*rest))
            rest++;
        if (*rest != '\0')
            *rest++ = '\0';
    }
    rest = skip_blanks(rest);
    if (*rest != '\0' && *rest != '#')
        return refuse(config, "something stands behind the value; put it in quotes");
    return CONFIG_LINE;
}

static enum config_step take_line(struct config *config, char *at)
{
    char *name = at;
    while (*at != '\0' && !is_blank(*at) && *at != '=' && *at != ':')
        at++;
    config->name = view_between(name, at);
    if (config->name.len == 0)
        return refuse(config, "there is no option name");
    at = skip_blanks(at);
    if (*at == '=' || *at == ':')
        at = skip_blanks(at + 1);
    else if (*at == '\0' || *at == '#')
        return CONFIG_LINE;
    return take_value(config, at);
}

enum config_step config_next(struct config *config)
{
    while (config->at < config->end) {
        char *line = config->at;
        char *end = memchr(line, '\n', (size_t)(config->end - line));
        if (end == NULL)
            end = config->end;
        config->at = end < config->end ? end + 1 : end;
        config->line++;
        config->value = NULL;
        if (memchr(line, '\0', (size_t)(end - line)) != NULL)
            return refuse(config, "there is a NUL in this line");
        *end = '\0';
        line = skip_blanks(line);
        if (*line != '\0' && *line != '#')
            return take_line(config, line);
    }
    return CONFIG_END;
}

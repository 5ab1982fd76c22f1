// SPDX-License-Identifier: Apache-2.0
#include "tool/shell.h"

#include <stdlib.h>

#include "props/unit/unit.h"

static const struct {
    struct view word;
    const char *text;
    bool is_reference;
} words[] = {
    {VIEW_INIT(""), "''", false},
    {VIEW_INIT("plain-1.0_x/y:z@%+=,"), "plain-1.0_x/y:z@%+=,", false},
    {VIEW_INIT("a b"), "'a b'", false},
    {VIEW_INIT("it's"), "'it'\\''s'", false},
    {VIEW_INIT("$(id)"), "'$(id)'", false},
    {VIEW_INIT("a&b;c|d>e\\"), "'a&b;c|d>e\\'", false},
    {VIEW_INIT("~"), "'~'", false},
    {VIEW_INIT("${NAME}"), "'${NAME}'", true},
    {VIEW_INIT("${N_1}"), "'${N_1}'", true},
    {VIEW_INIT("${}"), "'${}'", false},
    {VIEW_INIT("${A-$(id)}"), "'${A-$(id)}'", false},
    {VIEW_INIT("x${A}"), "'x${A}'", false},
    {VIEW_INIT("${A"), "'${A'", false},
};

static void check_words(void)
{
    char space[256];
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct buf out = BUF(space);
        shell_put_word(&out, words[i].word);
        CHECK_ROW(i, view_equal(buf_view(&out), view_of_text(words[i].text)));
        CHECK_ROW(i, shell_is_reference(words[i].word) == words[i].is_reference);
    }
}

// Every octet comes back from a real shell: words one by one, and all of them through printf.
static void check_with_shell(void)
{
    char command_space[4096];
    char octets[255];
    char back[512];
    for (unsigned i = 0; i < sizeof octets; i++)
        octets[i] = (char)(unsigned char)(i + 1);
    struct buf command = buf_of(command_space, sizeof command_space - 1);
    buf_put_text(&command, "printf '");
    shell_put_format(&command, view_of(octets, sizeof octets));
    buf_put_text(&command, "\\000'");
    command_space[command.len] = '\0';
    FILE *shell = popen(command_space, "r");
    CHECK(shell != NULL);
    if (shell == NULL)
        return;
    size_t len = fread(back, 1, sizeof back, shell);
    CHECK(pclose(shell) == 0);
    CHECK(len == sizeof octets + 1 && memcmp(back, octets, sizeof octets) == 0);
    CHECK(len == sizeof octets + 1 && back[sizeof octets] == '\0');
    buf_clear(&command);
    buf_put_text(&command, "printf %s ");
    shell_put_word(&command, view_of(octets, sizeof octets));
    command_space[command.len] = '\0';
    shell = popen(command_space, "r");
    CHECK(shell != NULL);
    if (shell == NULL)
        return;
    len = fread(back, 1, sizeof back, shell);
    CHECK(pclose(shell) == 0);
    CHECK(len == sizeof octets && memcmp(back, octets, len) == 0);
}

int main(void)
{
    check_words();
    check_with_shell();
    CHECK(shell_is_printable(VIEW("a b~")));
    CHECK(!shell_is_printable(VIEW("a\x7f")) && !shell_is_printable(VIEW("\xc3\xa9")));
    return unit_end();
}

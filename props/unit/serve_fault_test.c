// SPDX-License-Identifier: Apache-2.0
// balprobe serve --fault: which names are refused, before anything is served.
#include <stdio.h>

#include "props/cli/commands.h"
#include "props/unit/unit.h"

// Every row would have to read an inventory that is not there before it could serve.
static const struct {
    const char *words[6];
    const char *tells; // on standard error
} rows[] = {
    {{"--fault", "limit-ignord"}, "did you mean limit-ignored?"},
    {{"--fault", "tls-expired-4O3"}, "did you mean tls-expired-403?"},
    {{"--fault", "judge-id"}, "this liar is a wrong judge"},
    {{"--fault", "tls-none-403", "--plain"}, "--plain is without"},
    {{"--fault", "tls-own-name"}, "needs --pki DIR"},
    {{"--fault", "limit-ignored", "--plain", "--sims", "/nowhere/sims.json"}, "/nowhere/sims.json"},
    {{"--fault", "tls-none-403", "--pki", "/nowhere", "--sims", "/nowhere/sims.json"},
     "/nowhere/sims.json"},
    {{"--plain", "--sims", "/nowhere/sims.json"}, "/nowhere/sims.json"},
};

static bool told(FILE *file, const char *words)
{
    char text[1024];
    rewind(file);
    size_t len = fread(text, 1, sizeof text - 1, file);
    text[len] = '\0';
    return strstr(text, words) != NULL;
}

static int run(const char *const *words)
{
    char copies[6][64];
    char *argv[6];
    int argc = 0;
    for (; argc < 6 && words[argc] != NULL; argc++) {
        snprintf(copies[argc], sizeof copies[argc], "%s", words[argc]);
        argv[argc] = copies[argc];
    }
    return serve_fault_command.run(&serve_fault_command, argc, argv);
}

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        FILE *file = freopen("serve_fault_test.err", "w+", stderr);
        CHECK_ROW(i, file != NULL);
        CHECK_ROW(i, run(rows[i].words) == EXIT_USAGE);
        fflush(stderr);
        CHECK_ROW(i, told(stderr, rows[i].tells));
    }
    remove("serve_fault_test.err");
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
// balprobe pki: a throw-away CA with certificates right and wrong.
#include <stdio.h>
#include <time.h>

#include "certs/pki.h"
#include "props/cli/commands.h"
#include "tool/files.h"
#include "tool/shell.h"

enum { HOST, ROW_COUNT };

static const struct option rows[ROW_COUNT] = {
    [HOST] = {"--host", "NAME,...",
              "names and addresses of the server certificates; the default is "
              "localhost,127.0.0.1,::1"},
};

static const char default_folder[] = "balprobe-pki";

enum { HOST_COUNT_MAX = 32, HOSTS_LEN_MAX = 4096, TEXT_LEN_MAX = 1 << 16 };

struct hosts {
    char text[HOSTS_LEN_MAX];
    const char *names[HOST_COUNT_MAX];
    size_t count;
};

// Splits "a,b"; false when there is an empty name, or too much.
static bool split_hosts(struct hosts *out, const char *given)
{
    struct buf text = BUF(out->text);
    struct view rest = view_of_text(given);
    out->count = 0;
    for (bool is_more = true; is_more;) {
        size_t len = view_index(rest, ',');
        is_more = len < rest.len;
        if (len == 0 || out->count == HOST_COUNT_MAX)
            return false;
        out->names[out->count++] = out->text + text.len;
        buf_put(&text, view_first(rest, len));
        buf_put_byte(&text, '\0');
        rest = view_from(rest, is_more ? len + 1 : len);
    }
    return !text.overflow;
}

// A path in the folder as a shell reads it back; `name` empty: the folder itself.
static void put_path(struct buf *out, const char *folder, const char *name)
{
    char space[FILE_PATH_LEN_MAX];
    struct buf path = BUF(space);
    buf_put_text(&path, folder);
    if (name[0] != '\0')
        buf_put_byte(&path, '/');
    buf_put_text(&path, name);
    shell_put_word(out, buf_view(&path));
}

static void put_client(struct buf *out, const char *folder)
{
    static const char *const parts[][2] = {
        {" --cert ", "client.pem"}, {" --key ", "client.key"}, {" --cacert ", "ca.pem"}};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        buf_put_text(out, parts[i][0]);
        put_path(out, folder, parts[i][1]);
    }
}

static void put_result(struct buf *out, const char *folder, bool has_hosts)
{
    pki_put_table(out);
    buf_put_text(out,
                 "\nEach .pem has its .key. The passphrase of the .p12 files and of\n"
                 "client-encrypted.key is \"" PKI_PASSPHRASE "\". All of it ends in 61 days.\n"
                 "Let staging alone trust ca.pem; certs/README.md tells how, and how to end it.\n"
                 "\n");
    // Copied and pasted: not broken into lines.
    buf_put_text(out, "balprobe serve --pki ");
    put_path(out, folder, "");
    buf_put_text(out, has_hosts ? "\nbalprobe check https://HOST:PORT/v1"
                                : "\nbalprobe check https://localhost:PORT/v1");
    put_client(out, folder);
    buf_put_text(out, " --pki ");
    put_path(out, folder, "");
    buf_put_byte(out, '\n');
}

static int run_pki(const struct command *command, int argc, char **argv)
{
    struct options given;
    struct hosts hosts = {.count = 0};
    char message[PKI_MESSAGE_LEN_MAX];
    char text[TEXT_LEN_MAX];
    int status = EXIT_PASSED;
    if (!cli_options(&given, &status, command, argc, argv))
        return status;
    if (given.operand_count > 1)
        return cli_refuse("name one folder, not also ", given.operands[1], NULL);
    if (given.values[HOST] != NULL && !split_hosts(&hosts, given.values[HOST]))
        return cli_refuse("--host takes names and addresses with a comma between two, not ",
                          given.values[HOST], NULL);
    const char *folder = given.operand_count == 1 ? given.operands[0] : default_folder;
    struct pki_options options = {(int64_t)time(NULL), hosts.names, hosts.count};
    if (!pki_make(folder, &options, message, sizeof message)) {
        fprintf(stderr, "balprobe: %s\n", message);
        return EXIT_USAGE;
    }
    struct buf out = BUF(text);
    put_result(&out, folder, hosts.count != 0);
    cli_print(&out);
    return EXIT_PASSED;
}

const struct command pki_command = {
    "pki",
    "[DIR]",
    "Makes a throw-away CA with certificates right and wrong in a folder (balprobe-pki).",
    rows,
    ROW_COUNT,
    run_pki};

// SPDX-License-Identifier: Apache-2.0
// balprobe launch monitor at endpoints over mutual TLS, with a short period.
#include "props/cli/launch_commands.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "props/subject/remote.h"
#include "props/unit/hosting.h"
#include "props/unit/pair.h"
#include "props/unit/played.h"

enum { WORD_COUNT_MAX = 32, LINE_COUNT_MAX = 64 };

static struct pki_folder folder;
static struct played played;
static struct host host;
static char journal[FOLDER_LEN_MAX + 32];
static char sims[FOLDER_LEN_MAX + 32];
static char url[HOSTING_URL_LEN];

// The options that reach the host, and `more` behind them.
static const char *const *words_of(const char *const *more)
{
    static const char *words[WORD_COUNT_MAX];
    const char *const first[] = {url,
                                 "--cert",
                                 pair_path(&folder, PKI_CLIENT, ".pem", 0),
                                 "--key",
                                 pair_path(&folder, PKI_CLIENT, ".key", 1),
                                 "--cacert",
                                 pair_path(&folder, PKI_ROOT, ".pem", 2),
                                 "--journal",
                                 journal};
    size_t count = sizeof first / sizeof first[0];
    memcpy(words, first, sizeof first);
    while (*more != NULL)
        words[count++] = *more++;
    words[count] = NULL;
    return words;
}

#define RUN(...) \
    played_run(&played, &launch_monitor_command, words_of((const char *const[]){__VA_ARGS__, NULL}))

static void serve(const char *liar)
{
    hosting_serve(&host, url, folder.path, liar);
    remove(journal);
}

// The journal's lines: how many there are, how many have `piece`, and whether the transaction ids
// are all there and differ.
static size_t count_lines(const char *piece, size_t *with_piece, bool *has_fresh_ids)
{
    static char text[1 << 15];
    struct view ids[LINE_COUNT_MAX];
    size_t count = 0;
    FILE *file = fopen(journal, "rb");
    struct view rest = view_of(text, file == NULL ? 0 : fread(text, 1, sizeof text, file));
    if (file != NULL)
        fclose(file);
    *with_piece = 0;
    *has_fresh_ids = true;
    for (; rest.len != 0 && count < LINE_COUNT_MAX; count++) {
        struct view line = view_first(rest, view_index(rest, '\n'));
        rest = view_from(rest, line.len < rest.len ? line.len + 1 : line.len);
        *with_piece += view_find(line, view_of_text(piece)) < line.len;
        size_t at = view_find(line, VIEW("\"transaction\":\""));
        ids[count] = at == line.len ? view_of(NULL, 0) : view_from(line, at + 15);
        ids[count] = view_first(ids[count], view_index(ids[count], '"'));
        *has_fresh_ids = *has_fresh_ids && ids[count].len != 0;
        for (size_t i = 0; i < count; i++)
            *has_fresh_ids = *has_fresh_ids && !view_equal(ids[i], ids[count]);
    }
    return count;
}

// This endpoint remembers transaction ids, and answers 409 to one that comes again.
static void check_right(void)
{
    size_t right = 0;
    bool has_fresh_ids = false;
    serve(NULL);
    CHECK(RUN("--period", "0.02", "--count", "6") == EXIT_PASSED);
    CHECK(played_ends_with(&played, "PASS  6 of 6 "));
    CHECK(played_says(&played, "6  200  right  "));
    CHECK(count_lines("\"status\":200,\"ms\":", &right, &has_fresh_ids) == 6);
    CHECK(right == 6 && has_fresh_ids);
    // A second run appends, and its ids are new ones, too.
    CHECK(RUN("--period", "0.02", "--count", "3", "--role", "Z") == EXIT_PASSED);
    CHECK(count_lines("\"right\":true", &right, &has_fresh_ids) == 9);
    CHECK(right == 9 && has_fresh_ids);
}

static void check_stop(void)
{
    char byte = 0;
    CHECK(played_start(&played, &launch_monitor_command,
                       words_of((const char *const[]){"--period", "60", "--count", "9", NULL})));
    // The progress of the first request is there: then it waits for the second.
    CHECK(read(played.fd, &byte, 1) == 1 && byte == '1');
    kill(played.pid, SIGINT);
    CHECK(played_end(&played) == EXIT_SIGNAL + SIGINT);
    CHECK(played_ends_with(&played, "PARTIAL  1 of 1 request was answered right; 9 were"));
    host_stop(&host);
}

static void check_wrong(void)
{
    size_t wrong = 0;
    bool has_fresh_ids = false;
    serve("fields-basic-no-type");
    CHECK(RUN("--period", "0.02", "--count", "13") == EXIT_FAILED);
    CHECK(played_ends_with(&played, "FAIL  0 of 13 "));
    CHECK(played_says(&played, "WRONG"));
    CHECK(played_says(&played, "ALARM      12 failures in a row (launch page of 2025)"));
    CHECK(count_lines("\"clause\":\"GB-", &wrong, &has_fresh_ids) == 13);
    CHECK(wrong == 13 && has_fresh_ids);
    host_stop(&host);
}

// One answer to one request on a connection of its own.
static void answer(int listener)
{
    static const char text[] =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 90\r\n"
        "Connection: close\r\n\r\n{\"balances\":[{\"type\":\"MODIRECTPAYG\","
        "\"dataRemainingInMB\":12.5,\"timeRemaining\":\"P23DT23H\"}]}";
    char request[4096];
    int fd = accept(listener, NULL, NULL);
    CHECK(fd >= 0 && read(fd, request, sizeof request) > 0);
    CHECK(write(fd, text, sizeof text - 1) == (ssize_t)sizeof text - 1);
    close(fd);
}

// An endpoint that comes back behind more failures than the remote bears.
static void check_recovery(void)
{
    const struct timeval patience = {.tv_sec = 10};
    remove(journal);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    CHECK(bind(listener, (struct sockaddr *)&address, len) == 0);
    CHECK(getsockname(listener, (struct sockaddr *)&address, &len) == 0);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/v1", ntohs(address.sin_port));
    CHECK(played_start(
        &played, &launch_monitor_command,
        (const char *const[]){url, "--period", "0.2", "--count", "7", "--journal", journal, NULL}));
    char byte = 0;
    size_t silent = 0;
    bool has_fresh_ids = false;
    for (unsigned wrong = 0; wrong < REMOTE_LOST_COUNT && read(played.fd, &byte, 1) == 1;)
        wrong += byte == 'W';
    CHECK(byte == 'W' && listen(listener, 5) == 0);
    answer(listener);
    answer(listener);
    close(listener);
    CHECK(played_end(&played) == EXIT_FAILED);
    CHECK(played_says(&played, "RECOVERED  after "));
    CHECK(played_ends_with(&played, "FAIL  2 of 7 "));
    CHECK(count_lines("\"status\":0,", &silent, &has_fresh_ids) == 7);
    CHECK(silent == REMOTE_LOST_COUNT && has_fresh_ids);
    CHECK(count_lines("\"why\":\"nobody listens there\"", &silent, &has_fresh_ids) == 7);
    CHECK(silent == REMOTE_LOST_COUNT);
}

static void check_usage(void)
{
    static const struct {
        const char *words[4];
        const char *said;
    } rows[] = {
        {{"--role", "U"}, "no SIM of role U"},
        {{"--role", "K"}, "no SIM of role K"},
        {{"--period", "0"}, "--period wants seconds"},
        {{"--count", "0"}, "--count wants a number above 0"},
        {{"--journal", "/nowhere/at/all"}, "No such file"},
        {{"--profile", "none"}, "no profile called none"},
        {{"https://other.example"}, "say which endpoint"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_ROW(i, played_run(&played, &launch_monitor_command, words_of(rows[i].words)) ==
                         EXIT_USAGE);
        CHECK_ROW(i, played_says(&played, rows[i].said));
    }
}

// It only warns: one plain request is what production gets from Microsoft, too.
static void check_production(void)
{
    static const char text[] = "{\"base\":\"/v1\",\"environment\":\"production\",\"sims\":[{"
                               "\"role\":\"A\",\"iccid\":\"8988247000100003319\"}]}";
    CHECK(file_write(sims, view_of_text(text)));
    serve(NULL);
    CHECK(RUN("--count", "1", "--sims", sims) == EXIT_PASSED);
    CHECK(played_says(&played, "production environment"));
    CHECK(RUN("--count", "1", "--sims", sims, "--role", "Z") == EXIT_USAGE);
    CHECK(played_says(&played, "the inventory names no SIM of role Z"));
    host_stop(&host);
}

int main(void)
{
    CHECK(pair_folder_make(&folder));
    snprintf(journal, sizeof journal, "%s/journal", folder.path);
    snprintf(sims, sizeof sims, "%s/sims", folder.path);
    check_right();
    check_stop();
    check_wrong();
    check_usage();
    check_recovery();
    check_production();
    pki_folder_close(&folder);
    return unit_end();
}

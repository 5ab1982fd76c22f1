// SPDX-License-Identifier: Apache-2.0
// The command `serve` as a program runs it: files, control port, state, signals.
#include "server/serve.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "props/cli/commands.h"
#include "props/unit/served.h"
#include "props/unit/unit.h"
#include "tool/files.h"
#include "tool/scratch.h"

static struct scratch folder;

static const char *in_folder(const char *name, unsigned slot)
{
    static char paths[6][sizeof folder.path + 16];
    snprintf(paths[slot], sizeof paths[slot], "%s/%s", folder.path, name);
    return paths[slot];
}

// The value of a line "name value" in the ready file.
static bool ready_value(char *out, size_t cap, const char *name)
{
    size_t len;
    char *text = file_read(&len, in_folder("ready", 0), 4096);
    bool is_found = false;
    if (text == NULL)
        return false;
    struct view rest = view_of(text, len);
    while (rest.len != 0) {
        size_t line_len = view_index(rest, '\n');
        struct view line = view_first(rest, line_len);
        size_t name_len = strlen(name);
        if (view_starts(line, view_of_text(name)) && line.len > name_len + 1) {
            snprintf(out, cap, "%.*s", (int)(line.len - name_len - 1), line.data + name_len + 1);
            is_found = true;
        }
        rest = view_from(rest, line_len < rest.len ? line_len + 1 : line_len);
    }
    free(text);
    return is_found;
}

static int serve(const struct command *command, const char *const *words)
{
    char *argv[32];
    int argc = 0;
    while (words[argc] != NULL) {
        argv[argc] = strdup(words[argc]);
        argc++;
    }
    int status = command->run(command, argc, argv);
    for (int i = 0; i < argc; i++)
        free(argv[i]);
    return status;
}

// Runs a command in a child and waits until it listens.
static pid_t start_as(const struct command *command, const char *const *words)
{
    remove(in_folder("ready", 0));
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        if (freopen("/dev/null", "w", stderr) == NULL)
            _exit(99);
        int status = serve(command, words);
        fflush(stdout);
        _exit(status);
    }
    struct stat info;
    int64_t end_us = bp_clock_us() + SERVED_PATIENCE_S * 1000000;
    while (stat(in_folder("ready", 0), &info) != 0 && bp_clock_us() < end_us)
        served_nap();
    return child;
}

static pid_t start(void)
{
    const char *const words[] = {"--plain",
                                 "--ready-file",
                                 in_folder("ready", 0),
                                 "--state",
                                 in_folder("state.json", 1),
                                 "--control",
                                 "127.0.0.1:0",
                                 "--access-log",
                                 in_folder("log", 2),
                                 NULL};
    return start_as(&serve_command, words);
}

static int stop(pid_t child)
{
    int status = 0;
    kill(child, SIGTERM);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static struct view ask(const char *request)
{
    static char bytes[65536];
    struct buf answers = BUF(bytes);
    char port[16] = "";
    uint64_t number = 0;
    CHECK(ready_value(port, sizeof port, "port") && options_number(&number, port));
    const struct timeval patience = {.tv_sec = SERVED_PATIENCE_S};
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)number),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0 && served_say(fd, request))
        CHECK(served_hear(&answers, fd, 1) == 0);
    close(fd);
    return buf_view(&answers);
}

static bool answers(const char *request, const char *want)
{
    struct view answer = ask(request);
    return view_find(answer, view_of_text(want)) < answer.len;
}

// Runs `control` with words separated by blanks; its answer goes to standard output.
static int control(const char *text)
{
    char words[256];
    char place[64] = "";
    char *argv[16] = {place};
    int argc = 1;
    CHECK(ready_value(place, sizeof place, "control"));
    snprintf(words, sizeof words, "%s", text);
    for (char *at = words; at != NULL && argc < 16; argc++) {
        argv[argc] = at;
        at = strchr(at, ' ');
        if (at != NULL)
            *at++ = '\0';
    }
    return control_command.run(&control_command, argc, argv);
}

#define A "8988247000100003319"
#define GET_A SERVED_GET(SERVED_A "?limit=1", "")
#define GET_ID SERVED_GET(SERVED_A, "X-MS-DM-TransactionId: once\r\n")

static void test_life(void)
{
    char url[128] = "";
    pid_t child = start();
    CHECK(ready_value(url, sizeof url, "url") && strncmp(url, "http://127.0.0.1:", 17) == 0);
    CHECK(strstr(url, "/v1") != NULL);
    CHECK(answers(GET_A, "\"dataRemainingInMB\":1367.25,"));
    CHECK(answers(GET_ID, "HTTP/1.1 200 "));
    CHECK(answers(GET_ID, "HTTP/1.1 409 "));
    CHECK(control("consume " A " 7.25") == EXIT_PASSED);
    CHECK(answers(GET_A, "\"dataRemainingInMB\":1360,"));
    CHECK(control("consume " A " much") == EXIT_USAGE);
    CHECK(control("consume " A "  7") == EXIT_USAGE);
    CHECK(control("limiter 1") == EXIT_PASSED);
    CHECK(answers(GET_A, "HTTP/1.1 200 ") && answers(GET_A, "Retry-After: 1\r\n"));
    CHECK(control("limiter off") == EXIT_PASSED && control("break on") == EXIT_PASSED);
    CHECK(answers(GET_A, "HTTP/1.1 500 "));
    CHECK(control("clock +60") == EXIT_PASSED);
    CHECK(stop(child) == EXIT_PASSED);
    child = start();
    CHECK(answers(GET_A, "\"dataRemainingInMB\":1360,"));
    CHECK(answers(GET_ID, "HTTP/1.1 409 "));
    CHECK(control("state") == EXIT_PASSED);
    CHECK(stop(child) == EXIT_PASSED);
    struct stat info;
    CHECK(stat(in_folder("state.json", 1), &info) == 0 && (info.st_mode & 0777) == 0600);
}

static char *read_state(size_t *len)
{
    *len = 0;
    return file_read(len, in_folder("state.json", 1), SERVED_SPACE_LEN);
}

// Waits until a state is saved that is not `before`.
static bool wait_for_save(struct view before)
{
    int64_t end_us = bp_clock_us() + SERVED_PATIENCE_S * 1000000;
    bool is_saved = false;
    while (!is_saved && bp_clock_us() < end_us) {
        size_t len;
        served_nap();
        char *text = read_state(&len);
        is_saved = text != NULL && !view_equal(view_of(text, len), before);
        free(text);
    }
    return is_saved;
}

// Killed without a word, it has what the back office did, and all ids but the last second's.
static void test_kill(void)
{
    int status;
    size_t len;
    pid_t child = start();
    CHECK(control("consume " A " 60") == EXIT_PASSED);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    child = start();
    CHECK(answers(GET_A, "\"dataRemainingInMB\":1300,"));
    char *before = read_state(&len);
    CHECK(before != NULL);
    CHECK(answers(SERVED_GET(SERVED_A, "X-MS-DM-TransactionId: late\r\n"), "HTTP/1.1 200 "));
    CHECK(wait_for_save(view_of(before, len)));
    free(before);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    child = start();
    CHECK(answers(SERVED_GET(SERVED_A, "X-MS-DM-TransactionId: late\r\n"), "HTTP/1.1 409 "));
    CHECK(stop(child) == EXIT_PASSED);
}

// A liar is also wrong about what its back office has done, and says that it is done.
static void test_faults(void)
{
    static const struct {
        const char *fault;
        const char *line;
        const char *shown[5]; // by one answer after the other
    } faults[] = {
        {NULL, "consume " A " 7.25", {":1360,"}},
        {"consume-unnoticed", "consume " A " 7.25", {":1367.25,", ":1367.25,"}},
        {"consume-half", "consume " A " 7.25", {":1363.625,"}},
        {"consume-other", "consume " A " 0.25", {":1367.25,"}},
        {"consume-late", "consume " A " 7.25", {":1367.25,", ":1367.25,", ":1367.25,", ":1360,"}},
        {NULL, "garden " A " on", {"\"NONE\""}},
        {"garden-unnoticed", "garden " A " on", {":1367.25,"}},
        {"overdrawn", "consume " A " 1e8", {"\"dataRemainingInMB\":-1.5,"}},
        {NULL, "clock +400000000", {"\"NONE\""}},
        {"clock-frozen", "clock +400000000", {":1367.25,"}},
        {"expired-vanishes", "clock +400000000", {"\"balances\":[]"}},
    };
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        const char *const words[] = {"--plain",
                                     "--ready-file",
                                     in_folder("ready", 0),
                                     "--control",
                                     "127.0.0.1:0",
                                     faults[i].fault ? "--fault" : NULL,
                                     faults[i].fault,
                                     NULL};
        pid_t child = start_as(&serve_fault_command, words);
        CHECK_ROW(i, answers(GET_A, ":1367.25,"));
        for (unsigned round = 0; round < 2; round++) {
            CHECK_ROW(i, control("consume " A " 1 XX") == EXIT_USAGE);
            CHECK_ROW(i, control(faults[i].line) == EXIT_PASSED);
            for (size_t at = 0; faults[i].shown[at] != NULL; at++)
                CHECK_ROW(i, answers(GET_A, faults[i].shown[at]));
            CHECK_ROW(i, control("undo") == EXIT_PASSED);
            CHECK_ROW(i, answers(GET_A, ":1367.25,"));
        }
        CHECK_ROW(i, stop(child) == EXIT_PASSED);
    }
}

static void test_log(void)
{
    size_t len;
    char *text = file_read(&len, in_folder("log", 2), SERVED_SPACE_LEN);
    CHECK(text != NULL);
    if (text == NULL)
        return;
    struct view log = view_of(text, len);
    CHECK(view_starts(log, VIEW("{\"time\":\"20")));
    CHECK(view_find(log, VIEW(",\"request\":\"GET " SERVED_A " HTTP/1.1\",\"status\":409,")) < len);
    CHECK(len != 0 && text[len - 1] == '\n');
    free(text);
}

// Wrong words end with 2 before anything is opened.
static void test_usage(void)
{
    static const char *const rows[][6] = {
        {NULL},
        {"--plain", "--cert", "x", NULL},
        {"--plain", "--listen", "localhost:0", NULL},
        {"--plain", "--listen", "127.0.0.1", NULL},
        {"--plain", "--listen", "127.0.0.1:65536", NULL},
        {"--plain", "--control", "192.0.2.1:0", NULL},
        {"--plain", "--rate", "0", NULL},
        {"--plain", "--max-connections", "x", NULL},
        {"--plain", "--idle-time", "0", NULL},
        {"--plain", "--user", "secret", NULL},
        {"--plain", "--sims", "/nonexistent", NULL},
        {"--pki", "/nonexistent", NULL},
        {"--cert", "/nonexistent", "--key", "/nonexistent", NULL},
        {"--pki", "/nonexistent", "--tls-max", "1.1", NULL},
        {"--pki", "/nonexistent", "--client-auth", "maybe", NULL},
        {"--frob", NULL},
        {"word", NULL},
    };
    fflush(stderr);
    int kept = dup(STDERR_FILENO);
    if (freopen(in_folder("errors", 3), "w", stderr) == NULL)
        exit(2);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        CHECK_ROW(i, serve(&serve_command, rows[i]) == EXIT_USAGE);
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
    size_t len;
    char *text = file_read(&len, in_folder("errors", 3), 65536);
    CHECK(text != NULL && view_find(view_of(text, len), VIEW("secret")) == len);
    free(text);
}

int main(void)
{
    if (!scratch_open(&folder))
        return 2;
    test_life();
    test_kill();
    test_log();
    test_faults();
    test_usage();
    scratch_close(&folder);
    return unit_end();
}

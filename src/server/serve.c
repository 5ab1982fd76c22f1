// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "server/serve.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "net/numeric.h"
#include "server/access_log.h"
#include "server/serve_internal.h"

static int64_t now_ms(void *context)
{
    const struct serve *serve = context;
    return office_now_ms(&serve->office);
}

static void write_log(void *context, const struct bp_access *access)
{
    const struct serve *serve = context;
    char space[ACCESS_LOG_LINE_LEN_MAX];
    struct buf line = BUF(space);
    access_log_put(&line, access);
    fwrite(line.data, 1, line.len, serve->log);
    fflush(serve->log);
}

static bool open_log(struct serve *serve, int *status)
{
    const char *path = serve->given.values[SERVE_ACCESS_LOG];
    if (path == NULL)
        return true;
    bool is_output = strcmp(path, "-") == 0;
    serve->log = is_output ? stdout : fopen(path, "ae");
    serve->config.log = write_log;
    if (serve->log != NULL)
        return true;
    *status = cli_refuse("the access log cannot be opened; is there such a folder? ", path, NULL);
    return false;
}

// The first signal stops gracefully; as they are let through again, a second one ends the program.
static void take_signal(void *context, int fd)
{
    struct serve *serve = context;
    struct signalfd_siginfo info;
    sigset_t signals;
    if (read(fd, &info, sizeof info) != (ssize_t)sizeof info)
        return;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_UNBLOCK, &signals, NULL);
    bp_server_stop(serve->server);
}

static bool save(void *context) { return serve_save(context); }

static void take_tick(void *context, int fd)
{
    uint64_t count;
    if (read(fd, &count, sizeof count) == (ssize_t)sizeof count)
        serve_save(context);
}

static bool watch_signals(struct serve *serve)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    serve->signal_fd = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
    return sigprocmask(SIG_BLOCK, &signals, NULL) == 0 && serve->signal_fd >= 0 &&
           bp_server_watch(serve->server, serve->signal_fd, take_signal, serve);
}

// What requests change, the ids that are remembered, is written once a second.
static bool watch_state(struct serve *serve)
{
    const struct itimerspec every = {.it_interval = {.tv_sec = 1}, .it_value = {.tv_sec = 1}};
    if (serve->given.values[SERVE_STATE] == NULL)
        return true;
    serve->timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    return serve->timer_fd >= 0 && timerfd_settime(serve->timer_fd, 0, &every, NULL) == 0 &&
           bp_server_watch(serve->server, serve->timer_fd, take_tick, serve);
}

static bool tell(int *status, const struct bp_trouble *trouble)
{
    fprintf(stderr, "balprobe: %s\n", trouble->words);
    *status = EXIT_USAGE;
    return false;
}

static bool open_control(struct serve *serve, int *status)
{
    const char *given = serve->given.values[SERVE_CONTROL];
    serve->control.server = serve->server;
    serve->control.office = &serve->office;
    serve->control.save = save;
    serve->control.context = serve;
    if (given == NULL || control_open(&serve->control, &serve->control_place))
        return true;
    *status = cli_refuse(
        "the control port cannot be opened; choose another one, or 0 for any: ", given, NULL);
    return false;
}

static bool open_server(struct serve *serve, int *status)
{
    struct bp_trouble trouble;
    const struct serve_hook *hook = serve->hook;
    bp_service_of_endpoint(&serve->config.service, &serve->office.deployment->endpoint);
    serve->config.now_ms = now_ms;
    serve->config.context = serve;
    if (hook != NULL && hook->change_tls != NULL)
        hook->change_tls(hook->context, &serve->tls_config);
    if (hook != NULL && hook->change_server != NULL)
        hook->change_server(hook->context, &serve->config, &serve->office.hooks,
                            serve->office.deployment);
    bool is_secure = serve->config.tls != NULL;
    if (is_secure && !bp_tls_server_init(&serve->tls, &trouble, &serve->tls_config))
        return tell(status, &trouble);
    serve->server = bp_server_new(&trouble, &serve->config);
    if (serve->server == NULL)
        return tell(status, &trouble);
    if (!open_control(serve, status))
        return false;
    if (watch_signals(serve) && watch_state(serve))
        return true;
    *status = cli_refuse("the loop cannot be prepared: ", strerror(errno), NULL);
    return false;
}

static void put_place(struct buf *out, const struct place *place, uint16_t port)
{
    bool is_v6 = strchr(place->address, ':') != NULL;
    buf_put_text(out, is_v6 ? "[" : "");
    buf_put_text(out, place->address);
    buf_put_text(out, is_v6 ? "]:" : ":");
    buf_put_unsigned(out, port);
}

static void put_ready(struct buf *out, const struct serve *serve)
{
    const struct bp_inventory *inventory = &serve->office.deployment->inventory;
    uint16_t port = bp_server_port(serve->server);
    buf_put_text(out, serve->config.tls == NULL ? "url http://" : "url https://");
    put_place(out, &serve->place, port);
    buf_put(out, view_of(inventory->base, inventory->base_len));
    buf_put_text(out, "\nport ");
    buf_put_unsigned(out, port);
    buf_put_byte(out, '\n');
    if (serve->control.fd < 0)
        return;
    buf_put_text(out, "control ");
    put_place(out, &serve->control_place, bp_numeric_port(serve->control.fd));
    buf_put_byte(out, '\n');
}

// Tells where it listens: on standard error for people, in the file for scripts.
static bool tell_ready(const struct serve *serve)
{
    char space[1024];
    struct buf text = BUF(space);
    const char *path = serve->given.values[SERVE_READY_FILE];
    put_ready(&text, serve);
    fwrite(text.data, 1, text.len, stderr);
    return path == NULL || file_write(path, buf_view(&text));
}

static int run_server(struct serve *serve)
{
    struct bp_trouble trouble;
    bool is_saved = serve_save(serve);
    if (!is_saved || !tell_ready(serve))
        return EXIT_USAGE;
    if (!bp_server_run(serve->server, &trouble)) {
        fprintf(stderr, "balprobe: %s\n", trouble.words);
        return EXIT_FAULT;
    }
    return serve_save(serve) ? EXIT_PASSED : EXIT_FAULT;
}

static void close_fd(int fd)
{
    if (fd >= 0)
        close(fd);
}

static void close_all(struct serve *serve)
{
    control_close(&serve->control);
    bp_server_free(serve->server);
    bp_tls_free(&serve->tls);
    close_fd(serve->signal_fd);
    close_fd(serve->timer_fd);
    if (serve->log != NULL && serve->log != stdout)
        fclose(serve->log);
    free(serve->kept_sims);
    free(serve->space);
    free(serve);
}

static bool prepare(struct serve *serve, int *status)
{
    const struct serve_hook *hook = serve->hook;
    if (hook != NULL && hook->prepare != NULL &&
        !hook->prepare(hook->context, status, &serve->given))
        return false;
    return serve_configure(serve, status) && open_log(serve, status) &&
           serve_open_operator(serve, status) && open_server(serve, status);
}

int serve_run(const struct command *command, int argc, char **argv, const struct serve_hook *hook)
{
    struct serve *serve = calloc(1, sizeof *serve);
    int status = EXIT_PASSED;
    if (serve == NULL)
        return cli_out_of_memory();
    serve->hook = hook;
    serve->signal_fd = serve->timer_fd = serve->control.fd = -1;
    for (size_t i = 0; i < CONTROL_CLIENT_COUNT_MAX; i++)
        serve->control.clients[i].fd = -1;
    if (cli_options(&serve->given, &status, command, argc, argv) && prepare(serve, &status))
        status = run_server(serve);
    close_all(serve);
    return status;
}

static int run_serve(const struct command *command, int argc, char **argv)
{
    return serve_run(command, argc, argv, NULL);
}

static const struct option rows[SERVE_ROW_COUNT] = {SERVE_ROWS};

const struct command serve_command = {
    "serve",
    "",
    "Serves the reference endpoint over mutual TLS until SIGTERM or SIGINT, and then answers what "
    "is under way.",
    rows,
    SERVE_ROW_COUNT,
    run_serve};

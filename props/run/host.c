// SPDX-License-Identifier: Apache-2.0
#include "props/run/host.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "net/clock.h"
#include "operator/deployment.h"
#include "props/liar/lie_service.h"
#include "props/run/host_order.h"

enum { PATH_LEN_MAX = 4096, REPLAY_KEY = 0x5eed };

// What the child says first: its port, or why there is none.
struct ready {
    uint16_t port; // 0: none
    struct bp_trouble trouble;
};

// Everything a child has; it goes with the process.
struct child {
    const struct host_options *options;
    void *space; // of the deployment
    struct bp_deployment *deployment;
    int64_t ahead_ms;      // of the machine's clock
    struct bp_hooks hooks; // of the operator, perhaps through a lie
    struct tls_lie tls_lie;
    struct bp_tls tls;
    struct bp_tls_server_config tls_config;
    struct bp_server_config config;
    struct bp_server *server;
    char cert[PATH_LEN_MAX];
    char key[PATH_LEN_MAX];
    char ca[PATH_LEN_MAX];
    char crl[PATH_LEN_MAX];
};

static int64_t now_ms(void *context)
{
    return bp_clock_wall_ms() + ((const struct child *)context)->ahead_ms;
}

// Reads the inventory, also again: what borrows from the deployment stays valid.
static bool read_operator(struct child *child)
{
    const struct host_options *options = child->options;
    const struct fixture *fixture = options->fixture;
    const struct bp_deployment_config config = {.start_ms = bp_clock_wall_ms(),
                                                .replay_key = {REPLAY_KEY, REPLAY_KEY},
                                                .credentials = fixture->credentials};
    struct bp_fault fault;
    child->ahead_ms = 0;
    child->deployment = bp_deployment_open(child->space, &fault, options->sims, &config);
    if (child->deployment == NULL)
        return false;
    struct bp_inventory *inventory = &child->deployment->inventory;
    if (fixture->base.len < inventory->base_len)
        inventory->base_len = fixture->base.len;
    return true;
}

static bool open_operator(struct child *child, struct bp_trouble *trouble)
{
    child->space = malloc(bp_deployment_size());
    if (child->space == NULL)
        return bp_trouble_say(trouble, "there is no memory for an operator", "", "");
    return read_operator(child) || bp_trouble_say(trouble, "the inventory is refused", "", "");
}

static bool do_act(void *context, const struct bp_act *act)
{
    struct child *child = context;
    if (act->hook != BP_HOOK_CLOCK)
        return bp_act_apply(child->deployment, act, now_ms(child));
    child->ahead_ms += act->ms;
    return true;
}

static bool undo(void *context) { return read_operator(context); }

static const struct bp_hooks all_hooks = {.there = BP_HOOK_ALL, .act = do_act, .undo = undo};

static bool open_service(struct child *child, struct bp_trouble *trouble)
{
    const struct host_options *options = child->options;
    struct bp_endpoint *endpoint = &child->deployment->endpoint;
    bp_server_defaults(&child->config);
    child->config.gate.checks_subject = true;
    child->config.now_ms = now_ms;
    child->config.context = child;
    child->hooks = all_hooks;
    child->hooks.context = child;
    bp_service_of_endpoint(&child->config.service, endpoint);
    if (options->liar == NULL)
        return true;
    void *space = malloc(lie_service_size());
    if (space == NULL)
        return bp_trouble_say(trouble, "there is no memory for a liar", "", "");
    struct lie_service *lying = lie_service_open(space, options->liar, endpoint);
    child->config.service = lie_service_of(lying);
    child->hooks = lie_service_hooks(lying, child->hooks);
    return true;
}

static bool open_tls(struct child *child, struct bp_trouble *trouble)
{
    const struct host_options *options = child->options;
    const char *folder = options->folder;
    const struct tls_liar *spoiler = options->spoiler;
    bool has_own = spoiler != NULL && spoiler->serves != PKI_CLIENT;
    enum pki_kind kind = has_own ? spoiler->serves : PKI_SERVER;
    bool fits = pki_path(child->cert, PATH_LEN_MAX, folder, kind, ".pem") &&
                pki_path(child->key, PATH_LEN_MAX, folder, kind, ".key") &&
                pki_path(child->ca, PATH_LEN_MAX, folder, PKI_ROOT, ".pem") &&
                pki_file_path(child->crl, PATH_LEN_MAX, folder, PKI_CRL);
    if (!fits)
        return bp_trouble_say(trouble, "the path of the certificates is too long", "", "");
    const char *issuer = options->client_ca_path;
    child->tls_config =
        (struct bp_tls_server_config){.cert_path = child->cert,
                                      .key_path = child->key,
                                      .client_ca_path = issuer == NULL ? child->ca : issuer,
                                      .crl_path = options->ignores_crl ? NULL : child->crl};
    if (spoiler != NULL) {
        tls_liar_spoil(spoiler, &child->tls_config, &child->config);
        if (spoiler->talk != TLS_TALK_HONEST) {
            tls_lie_start(&child->tls_lie, spoiler, &child->deployment->endpoint,
                          options->fixture->iccid[ROLE_U]);
            child->config.service = child->tls_lie.service;
        }
    }
    child->config.tls = &child->tls;
    return bp_tls_server_init(&child->tls, trouble, &child->tls_config);
}

static void take_order(void *context, int fd)
{
    struct child *child = context;
    struct host_order order;
    int taken = host_order_take(&order, fd);
    if (taken < 0)
        bp_server_unwatch(child->server, fd);
    if (taken <= 0)
        return;
    const struct bp_hooks *hooks = &child->hooks;
    struct bp_act act = host_order_act(&order);
    host_order_answer(fd, order.is_undo ? hooks->undo(hooks->context)
                                        : hooks->act(hooks->context, &act));
}

static _Noreturn void serve(const struct host_options *options, int fd)
{
    static struct child child;
    struct ready ready = {.port = 0};
    child.options = options;
    bool is_open = open_operator(&child, &ready.trouble) && open_service(&child, &ready.trouble) &&
                   open_tls(&child, &ready.trouble);
    if (is_open)
        child.server = bp_server_new(&ready.trouble, &child.config);
    if (child.server != NULL && bp_server_watch(child.server, fd, take_order, &child))
        ready.port = bp_server_port(child.server);
    ssize_t written = write(fd, &ready, sizeof ready);
    if (written == (ssize_t)sizeof ready && ready.port != 0)
        (void)!bp_server_run(child.server, &ready.trouble);
    _exit(1);
}

// A signal to the whole group (a terminal, timeout(1), a CI runner) is the parent's to see: it ends
// its children itself.
static _Noreturn void live(const struct host_options *options, pid_t parent, int fd)
{
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
        _exit(1);
    serve(options, fd);
}

bool host_start(struct host *out, struct bp_trouble *trouble, const struct host_options *options)
{
    struct ready ready = {.port = 0};
    int fds[2];
    pid_t parent = getpid();
    *out = (struct host){.pid = 0};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) != 0)
        return bp_trouble_say(trouble, "there are no sockets for another process", "", "");
    pid_t pid = fork();
    if (pid == 0) {
        close(fds[0]);
        live(options, parent, fds[1]);
    }
    close(fds[1]);
    ssize_t len;
    do
        len = pid > 0 ? read(fds[0], &ready, sizeof ready) : 0;
    while (len < 0 && errno == EINTR);
    if (pid > 0) {
        out->pid = pid;
        out->fd = fds[0];
    } else {
        close(fds[0]);
    }
    if (len != (ssize_t)sizeof ready)
        return bp_trouble_say(trouble, "a process that serves could not be started", "", "");
    out->port = ready.port;
    *trouble = ready.trouble;
    return ready.port != 0;
}

static bool give_act(void *context, const struct bp_act *act)
{
    const struct host *host = context;
    return host->pid != 0 && host_order_give(host->fd, act);
}

static bool give_undo(void *context)
{
    const struct host *host = context;
    return host->pid != 0 && host_order_give(host->fd, NULL);
}

struct bp_hooks host_hooks(struct host *host)
{
    return (struct bp_hooks){
        .there = BP_HOOK_ALL, .act = give_act, .undo = give_undo, .context = host};
}

void host_stop(struct host *host)
{
    if (host->pid == 0)
        return;
    kill(host->pid, SIGKILL);
    while (waitpid(host->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    close(host->fd);
    host->pid = 0;
}

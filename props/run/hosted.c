// SPDX-License-Identifier: Apache-2.0
#include "props/run/hosted.h"

#include <assert.h>
#include <stdlib.h>

enum { CONNECT_MS = 5000, ANSWER_MS = 5000 };

bool hosted_open(struct hosted *out, const char *folder, struct view sims,
                 bool (*stopped)(void *context))
{
    memset(out, 0, sizeof *out);
    out->folder = folder;
    out->sims = sims;
    out->stopped = stopped;
    return pki_path(out->cert, sizeof out->cert, folder, PKI_CLIENT, ".pem") &&
           pki_path(out->key, sizeof out->key, folder, PKI_CLIENT, ".key") &&
           pki_path(out->ca, sizeof out->ca, folder, PKI_ROOT, ".pem");
}

static bool read_url(struct hosted_world *at, struct view base)
{
    struct bp_fault fault;
    struct buf url = BUF(at->url);
    buf_put_text(&url, "https://127.0.0.1:");
    buf_put_unsigned(&url, at->host.port);
    buf_put(&url, base);
    return !url.overflow && bp_url_read(&at->target.url, &fault, buf_view(&url));
}

static bool pass_time(void *clock, int64_t seconds)
{
    const struct bp_hooks hooks = host_hooks(clock);
    return hooks.act(hooks.context, &(struct bp_act){.hook = BP_HOOK_CLOCK, .ms = seconds * 1000});
}

static bool open_target(struct hosted *hosted, struct hosted_world *at, struct view base)
{
    struct target *target = &at->target;
    struct bp_route_config route = {.host = "127.0.0.1", .port = at->host.port};
    if (!read_url(at, base))
        return bp_trouble_say(&hosted->trouble, "the base path is too long", "", "");
    target->times = (struct bp_client_times){CONNECT_MS, ANSWER_MS};
    target->stopped = hosted->stopped;
    target->pass = pass_time;
    target->clock = &at->host;
    target->tls_config = (struct bp_tls_client_config){
        .cert_path = hosted->cert, .key_path = hosted->key, .ca_path = hosted->ca};
    return bp_route_find(&target->route, &hosted->trouble, &route) &&
           bp_tls_client_init(&target->tls, &hosted->trouble, &target->tls_config);
}

static bool mount(struct hosted *hosted, struct hosted_world *at, struct world *world,
                  const struct liar *liar, const struct tls_liar *spoiler)
{
    const struct host_options options = {.folder = hosted->folder,
                                         .sims = hosted->sims,
                                         .fixture = &world->fixture,
                                         .liar = liar,
                                         .spoiler = spoiler};
    if (!host_start(&at->host, &hosted->trouble, &options) ||
        !open_target(hosted, at, world->fixture.base))
        return false;
    at->space = malloc(remote_size());
    if (at->space == NULL)
        return bp_trouble_say(&hosted->trouble, "there is no memory for a connection", "", "");
    at->remote = remote_open(at->space, &at->target);
    world->subject = remote_subject(at->remote);
    world->hooks = host_hooks(&at->host);
    return true;
}

bool hosted_mount(struct hosted *hosted, struct world *worlds, size_t world_count,
                  const struct liar *liar, const struct tls_liar *spoiler)
{
    bool is_mounted = true;
    assert(world_count <= WORLD_COUNT_MAX);
    hosted_close(hosted);
    for (size_t i = 0; i < world_count && is_mounted; i++)
        is_mounted = mount(hosted, &hosted->worlds[i], &worlds[i], liar, spoiler);
    return is_mounted;
}

void hosted_close(struct hosted *hosted)
{
    for (size_t i = 0; i < WORLD_COUNT_MAX; i++) {
        struct hosted_world *at = &hosted->worlds[i];
        if (at->remote != NULL)
            remote_close(at->remote);
        free(at->space);
        bp_tls_free(&at->target.tls);
        host_stop(&at->host);
        memset(at, 0, sizeof *at);
    }
}

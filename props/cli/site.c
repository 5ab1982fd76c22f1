// SPDX-License-Identifier: Apache-2.0
#include "props/cli/site.h"

#include <stdio.h>
#include <stdlib.h>

#include "props/cli/commands.h"
#include "props/cli/consent.h"
#include "props/cli/reading.h"
#include "props/cli/stage.h"
#include "props/report/steps.h"
#include "sample_inventory.h"
#include "tool/files.h"
#include "tool/interrupt.h"
#include "tool/shell.h"

enum { STEPS_LEN_MAX = 65536 };

static int tell(const char *words)
{
    fprintf(stderr, "balprobe: %s\n", words);
    return EXIT_USAGE;
}

static bool is_stopped(void *context)
{
    (void)context;
    return interrupt_signal() != 0;
}

static int read_hooks(struct site *site)
{
    const struct site_choice *choice = &site->choice;
    struct view text = view_of(site->sims, site->sims_len);
    return site_hooks_read(&site->hooks, text, choice->hook_timeout, &site->world.fixture,
                           is_stopped);
}

// The inventory is read as the reference endpoint reads it: only its fixture is used.
static int read_sims(struct site *site)
{
    struct view text = view_of((const char *)sample_inventory_text, (size_t)sample_inventory_len);
    struct bp_fault fault;
    const char *path = site->choice.sims_path;
    if (path != NULL) {
        site->sims = file_read(&text.len, path, BP_JSON_LEN_MAX);
        if (site->sims == NULL)
            return EXIT_USAGE;
        text.data = site->sims;
        site->sims_len = text.len;
    }
    struct local *local = local_open(site->local_space, &fault, text, LOCAL_OPEN);
    if (local == NULL)
        return stage_refuse_inventory(path, &fault);
    local_world(&site->world, local);
    site->world.hooks = (struct bp_hooks){.there = 0};
    return read_hooks(site);
}

static int read_profile(struct site *site)
{
    const char *name = site->choice.profile_name;
    if (name == NULL)
        site->choice.profile_name = name = "seed";
    struct profile profile;
    if (!profile_read(&profile, view_of_text(name)))
        return cli_refuse("there is no profile called ", name, NULL);
    world_read_as(&site->world, &profile);
    return EXIT_PASSED;
}

static void fill_world(struct site *site)
{
    const struct bp_url *url = &site->connect.target.url;
    struct fixture *fixture = &site->world.fixture;
    site->world.name = "remote";
    fixture->base = url->path;
    fixture->host = url->authority;
    fixture->fields = site->connect.fields;
    fixture->credentials = site->connect.credentials;
    fixture->hides_secrets = true;
    // Nobody answers before site_ask.
    guard_init(&site->guard, (struct subject){.exchange = NULL}, fixture);
    site->world.subject = guard_subject(&site->guard);
}

int site_read(struct site *out, const struct options *given, size_t base,
              const struct site_choice *choice)
{
    struct bp_trouble trouble;
    memset(out, 0, sizeof *out);
    out->choice = *choice;
    if (!connect_read(&out->connect, &trouble, given, base, choice->url))
        return tell(trouble.words);
    if (!connect_open(&out->connect, &trouble))
        return tell(trouble.words);
    out->trial_space = malloc(trial_size());
    out->local_space = malloc(local_size());
    out->remote_space = malloc(remote_size());
    if (out->trial_space == NULL || out->local_space == NULL || out->remote_space == NULL)
        return cli_out_of_memory();
    out->trial = trial_init(out->trial_space);
    int status = read_sims(out);
    if (status == EXIT_PASSED)
        status = read_profile(out);
    if (status == EXIT_PASSED)
        fill_world(out);
    return status;
}

bool site_is_near(const struct site *site) { return site->connect.target.route.is_loopback; }

static int be_careful(struct site *site)
{
    struct target *target = &site->connect.target;
    site->has_sims = site->choice.sims_path != NULL;
    if (!target->url.is_secure)
        return tell("the URL says http, and the endpoint is not on this machine: it has to be "
                    "https (GB-PATH-2)");
    if (!site->has_sims && site->choice.needs_sims)
        return tell("say which SIMs may be asked for: --sims FILE; only on this machine there is a "
                    "sample");
    if (!site->connect.has_rate)
        target->rate = CONNECT_RATE_DEFAULT;
    site->guard.only_known = true;
    site->guard.only_plain = !site->choice.is_aggressive;
    return EXIT_PASSED;
}

int site_resolve(struct site *site)
{
    struct target *target = &site->connect.target;
    preflight_resolve(&site->preflight, target, &site->connect.route_config);
    target->stopped = is_stopped;
    target->use = &site->use;
    site->hooks.runner.use = &site->use;
    site->has_sims = true;
    if (site_is_near(site) || site->choice.uses_hooks)
        site_hooks_use(&site->hooks, &site->world);
    if (site->preflight.has_ended || site_is_near(site))
        return EXIT_PASSED;
    return be_careful(site);
}

static const struct bp_end *last_end(void *context)
{
    return remote_last_end(((const struct site *)context)->remote);
}

void site_connect(struct site *site)
{
    if (site->remote != NULL)
        remote_close(site->remote);
    site->remote = remote_open(site->remote_space, &site->connect.target);
    site->guard.inner = remote_subject(site->remote);
    site->world.subject = guard_subject(&site->guard);
}

void site_ask(struct site *site)
{
    const struct target *target = &site->connect.target;
    bool has_certificate = target->tls_config.cert_path != NULL;
    preflight_reach(&site->preflight, target);
    if (site->preflight.has_ended)
        return;
    site_connect(site);
    if (site->has_sims)
        preflight_ask(&site->preflight, site->trial, &site->world, last_end, site, has_certificate);
    if (site->has_sims && !site->preflight.has_ended)
        preflight_hooks(&site->preflight, &site->world.hooks,
                        hook_commands_there(&site->hooks.commands));
}

int site_begin(struct site *site, bool says_yes, struct progress *progress)
{
    int status = site_resolve(site);
    if (status != EXIT_PASSED || site->preflight.has_ended)
        return status;
    status = consent_ask(site, says_yes);
    if (status != EXIT_PASSED)
        return status;
    if (progress != NULL)
        progress_start(progress, progress->done, progress->found);
    interrupt_watch();
    site_ask(site);
    return EXIT_PASSED;
}

int site_tell_steps(const struct site *site)
{
    char space[STEPS_LEN_MAX];
    struct buf out = BUF(space);
    steps_put(&out, &site->preflight);
    if (site->preflight.has_ended)
        buf_put_text(&out, "INCONCLUSIVE  this endpoint cannot be tested as it is; see the step "
                           "that FAILED\n");
    cli_print(&out);
    fflush(stdout);
    if (!site->preflight.has_ended)
        return EXIT_PASSED;
    return interrupt_signal() != 0 ? EXIT_SIGNAL + interrupt_signal() : EXIT_UNTESTED;
}

void site_list(struct site *site, void (*list)(void *context, const struct sending *sending),
               void *context)
{
    site->guard.list = list;
    site->guard.context = context;
    site->hooks.runner.only_pretends = true;
    preflight_ask(&site->preflight, site->trial, &site->world, NULL, NULL, true);
}

void site_put_again(struct buf *out, const struct site *site)
{
    connect_put_again(out, &site->connect);
    if (strcmp(site->choice.profile_name, "seed") != 0)
        reading_put_again(out, site->choice.profile_name);
    if (site->choice.sims_path != NULL) {
        buf_put_text(out, " --sims ");
        shell_put_word(out, view_of_text(site->choice.sims_path));
    }
    if (site->choice.is_aggressive)
        buf_put_text(out, " --aggressive");
    if (site->choice.uses_hooks)
        buf_put_text(out, " --hooks");
    if (site->choice.hook_timeout != NULL) {
        buf_put_text(out, " --hook-timeout ");
        shell_put_word(out, view_of_text(site->choice.hook_timeout));
    }
    if (site->world.fixture.environment == BP_ENVIRONMENT_PRODUCTION)
        buf_put_text(out, " --production");
}

const char *site_gap(const struct site *site)
{
    if (remote_counts(site->remote)->failure_count != 0)
        return "connections failed on the way";
    if (hook_runner_failure(&site->hooks.runner) != HOOK_COMMAND_COUNT)
        return "a hook failed";
    switch (site->preflight.roles.rows[ROLE_A].state) {
    case ROLE_TAKEN_OUT:
        return "the SIM of role A is not what the inventory says";
    case ROLE_ABSENT:
        return "the inventory has no SIM of role A";
    default:
        return NULL;
    }
}

void site_settle(struct site *site)
{
    if (site->hooks.are_used)
        hook_runner_settle(&site->hooks.runner);
}

void site_close(struct site *site)
{
    site_settle(site);
    if (site->remote != NULL)
        remote_close(site->remote);
    connect_close(&site->connect);
    free(site->remote_space);
    free(site->local_space);
    free(site->trial_space);
    free(site->sims);
}

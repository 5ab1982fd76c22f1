// SPDX-License-Identifier: Apache-2.0
#include "props/cli/consent.h"

#include <stdio.h>
#include <unistd.h>

#include "props/cli/commands.h"
#include "tool/text.h"

enum { QUESTION_LEN_MAX = 65536 };

static void put_sims(struct buf *out, const struct fixture *fixture)
{
    for (unsigned role = 0; role < ROLE_COUNT; role++) {
        if (fixture->iccid[role].len == 0)
            continue;
        buf_put_text(out, " ");
        buf_put(out, role_name((enum role)role));
        buf_put_byte(out, '=');
        buf_put_escaped(out, fixture->iccid[role]);
    }
}

static void put_hooks(struct buf *out, const struct site_hooks *hooks)
{
    size_t begin = out->len;
    buf_put_text(out, "\nThese commands are run behind it, and change SIMs:\n");
    size_t empty = out->len;
    site_hooks_put(out, hooks);
    out->len = out->len == empty ? begin : out->len - 1; // the line goes on elsewhere
}

static void put_question(struct buf *out, const struct site *site)
{
    const struct target *target = &site->connect.target;
    buf_put_text(out, "This will send requests to ");
    buf_put_escaped(out, target->url.authority);
    for (size_t i = 0; i < target->route.address_count; i++) {
        buf_put_text(out, i == 0 ? " (" : " ");
        buf_put_text(out, target->route.addresses[i].text);
    }
    buf_put_text(out, "), which is not this machine,\nat most ");
    buf_put_unsigned(out, target->rate);
    buf_put_text(out, " a second, for these SIMs and ids that are no SIM's:\n ");
    put_sims(out, &site->world.fixture);
    put_hooks(out, &site->hooks);
    buf_put_text(out, site->guard.only_plain
                          ? "\nOnly well-formed HTTP is sent; "
                          : "\nHostile framing, malformed and oversized requests are sent too; ");
    buf_put_text(out, "--dry-run lists every request.\nGo on? [y/N] ");
}

static bool is_yes(void)
{
    int first = getchar();
    for (int c = first; c != '\n' && c != EOF;)
        c = getchar();
    return first == 'y' || first == 'Y';
}

int consent_production(const struct site *site)
{
    bool is_production = site->world.fixture.environment == BP_ENVIRONMENT_PRODUCTION;
    if (!is_production || site->choice.is_production)
        return EXIT_PASSED;
    fputs("balprobe: the inventory says that this is the production environment; validation is "
          "done\nin staging (ENV-1): take that inventory, or say that production is meant: "
          "--production\n",
          stderr);
    return EXIT_USAGE;
}

int consent_put(struct view question, const char *nobody)
{
    if (isatty(STDIN_FILENO) == 0) {
        fprintf(stderr, "balprobe: %s\n", nobody);
        return EXIT_USAGE;
    }
    fwrite(question.data, 1, question.len, stderr);
    if (is_yes())
        return EXIT_PASSED;
    fputs("balprobe: nothing was sent\n", stderr);
    return EXIT_USAGE;
}

int consent_ask(const struct site *site, bool says_yes)
{
    if (says_yes || site_is_near(site))
        return EXIT_PASSED;
    char space[QUESTION_LEN_MAX];
    struct buf question = BUF(space);
    put_question(&question, site);
    return consent_put(buf_view(&question),
                       "this endpoint is not on this machine, and nobody can be asked whether to "
                       "go on: give --yes, or see --dry-run");
}

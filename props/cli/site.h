// SPDX-License-Identifier: Apache-2.0
// A site: somebody's endpoint over the network with what is needed to test it: connection, test
// SIMs, guard, remote subject, and one world called "remote".
//
//     site_read -> site_begin -> ... -> site_close
//
// or, for those who do otherwise with the user, site_resolve -> site_ask in the place of
// site_begin.
#ifndef BP_PROPS_CLI_SITE_H
#define BP_PROPS_CLI_SITE_H

#include "props/cli/connect.h"
#include "props/cli/progress.h"
#include "props/cli/site_hooks.h"
#include "props/run/preflight.h"
#include "props/subject/guard.h"
#include "props/subject/local.h"
#include "props/subject/remote.h"

// What a subcommand says of its site beside the connection options.
struct site_choice {
    const char *url;
    const char *sims_path;    // NULL: the sample inventory, on this machine only
    const char *profile_name; // as profile_read takes it; NULL: seed
    bool is_aggressive;       // hostile framing and malformed bytes also off this machine
    bool is_production;       // the inventory may be of the production environment
    bool uses_hooks;          // the inventory's hook commands are run also off this machine
    const char *hook_timeout; // seconds of one; NULL: the default
    bool needs_sims;          // false: off this machine the roles are not asked for
};

struct site {
    struct connect connect;
    struct site_choice choice;
    struct world world;
    struct guard guard;
    struct site_hooks hooks;
    struct preflight preflight;
    struct time_use use; // of preflight, remote, hooks, matrix and probes
    struct trial *trial;
    struct remote *remote; // NULL before site_ask
    bool has_sims;         // there is an inventory that may be used here
    char *sims;            // text of the inventory file
    size_t sims_len;
    void *trial_space;
    void *local_space;
    void *remote_space;
};

// site_read reads URL, options, certificates, profile and inventory, and sends nothing. It returns
// an exit status: EXIT_PASSED, or another one after having told what is wrong. site_close is to be
// called in any case. `given` is borrowed; the site must not be moved.
int site_read(struct site *out, const struct options *given, size_t base,
              const struct site_choice *choice);

// site_resolve finds the addresses, and by them how careful to be: off this machine https and an
// inventory are demanded, the rate is limited, and the guard holds back what might name another
// subscriber and, unless the choice is aggressive, what no ordinary client sends. When the name
// cannot be resolved the preflight has ended.
int site_resolve(struct site *site);

// site_ask connects, and asks for the roles: the rest of the preflight.
void site_ask(struct site *site);

// site_begin does all that comes before the first case: site_resolve, consent_ask, interrupt_watch,
// site_ask. What the user takes to answer is not the run's: `progress` starts anew behind it; NULL:
// there is none yet. It returns an exit status: EXIT_PASSED, also when the preflight has ended, or
// another one after having told what is wrong.
int site_begin(struct site *site, bool says_yes, struct progress *progress);

// site_tell_steps prints the steps of the preflight. Where that has ended, the last line is
// INCONCLUSIVE, and the answer is the exit status to end with; EXIT_PASSED otherwise.
int site_tell_steps(const struct site *site);

// site_connect makes the remote without asking anything, or anew: for those who ask on their own.
void site_connect(struct site *site);

// site_list does not connect: from now on each request is given to `list`, those for the roles at
// once.
void site_list(struct site *site, void (*list)(void *context, const struct sending *sending),
               void *context);

// site_gap says why a run that has ended cannot pass although nothing failed; NULL: it can.
const char *site_gap(const struct site *site);

// site_is_near says that the endpoint is on this machine.
bool site_is_near(const struct site *site);

// site_settle takes back what hooks did, as far as that can be done; site_close does it too.
void site_settle(struct site *site);

// site_put_again appends what follows the file in a replay command.
void site_put_again(struct buf *out, const struct site *site);

void site_close(struct site *site);

#endif

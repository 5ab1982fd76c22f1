// SPDX-License-Identifier: Apache-2.0
#include "props/launch/rows.h"

#define S0 "integration, "
#define S1 "prepaid experience, "
#define BOTH "integration and prepaid experience, "
#define BY_LOAD "by load: not in this version; attested in balprobe launch readiness"

const struct launch_row launch_rows[] = {
    {"WG-1", "MUST", LAUNCH_COMMAND, BOTH "Walled Garden",
     "A user without balance still reaches the hosts of the list.",
     "by balprobe launch garden --probe from behind such a SIM; attested in launch readiness",
     "a name that resolves in the garden to addresses that are not open; open by name, not by the "
     "addresses of one day, and let DNS through",
     "A subscriber at zero who cannot reach these hosts cannot buy data over the mobile network, "
     "and is stuck without Wi-Fi."},
    {"WG-2", "MUST", LAUNCH_COMMAND, S1 "Walled Garden, table",
     "The allow-list has every host of the table, with its ports: http is 80, https is 443.",
     "by balprobe launch garden --allow; --list takes the list of another document version",
     "the list of an older document, or https hosts opened on port 443 only where http is asked "
     "for, too; compare with balprobe launch garden --show",
     "One missing host or port can break sign-in, certificate checks or the purchase half-way, "
     "with an error that names none of them."},
    {"WG-3", "MUST", LAUNCH_COMMAND, S1 "Walled Garden",
     "The operator's web portal and the Get Balance endpoint are inside the garden as well.",
     "by balprobe launch garden --allow with --endpoint and --portal",
     "the portal moved to another host, or loads scripts from one that is closed; open every host "
     "that the portal needs",
     "With the portal or the endpoint shut, a subscriber at zero is led to a page that does not "
     "load, and calls support."},
    {"WG-4", "DERIVED", LAUNCH_COMMAND, "a note of 2019-03 on the walled garden",
     "Entries are host names, not addresses or networks.",
     "by balprobe launch garden --allow; fails under --profile current, warns otherwise",
     "a firewall that knows addresses only; the services move, so filter by name (SNI, Host, or "
     "the answers of the operator's own DNS)",
     "Addresses of such services change: a list of numbers works on the day of the test and fails "
     "when they move."},
    {"WG-5", "DERIVED", LAUNCH_COMMAND, "what a garden is",
     "In that state everything else is closed.",
     "by balprobe launch garden --probe with --closed, for hosts that you name",
     "a wildcard that opens more than was meant, or DNS over HTTPS as a way out; list what is "
     "open and close the rest",
     "A garden with holes gives data away for nothing, and whoever finds one has no reason to buy "
     "a plan."},
    {"WG-6", "DERIVED", LAUNCH_SHOWN, BOTH "Getting Balance 1",
     "The state of the network and the balance reported agree: a SIM that is confined to the "
     "garden has nothing left.",
     "shown, not judged: WG-1 and GB-STATE-1 stand in one step of balprobe launch readiness; see "
     "that both are about the same SIM",
     "policy control and balance come from two systems; let both follow the same event",
     "Where network and balance disagree, somebody surfs for free or a paying subscriber is locked "
     "in with data left."},
    {"COSA-1", "MUST", LAUNCH_COMMAND, S1 "COSA database settings",
     "SupportDataMarketplace is set to Yes.",
     "by balprobe launch cosa; the key cosa.flag says whether true is taken for Yes",
     "a blank cell, which means false; write Yes",
     "A blank or a No counts as false, and then the flyout has no entry however good the endpoint "
     "behind it is."},
    {"COSA-2", "MUST", LAUNCH_COMMAND, S1 "COSA database settings; 0 or 1: the COSA settings page",
     "DataMarketplaceRoamingUIEnabled is there: 0 or 1.", "by balprobe launch cosa",
     "a blank cell, which means 1; write what is meant",
     "A blank counts as 1, so that a choice on roaming which nobody made reaches the PCs with the "
     "database."},
    {"COSA-3", "MUST", LAUNCH_COMMAND,
     S1 "COSA database settings; form of the range: the COSA settings page",
     "Start and end of the SIM's ICCID range are there: 19 or 20 digits beginning with 89, equally "
     "long, the start ending with 00 and the end with 99, no range over another.",
     "by balprobe launch cosa",
     "a spreadsheet that made numbers of the ICCIDs and rounded them; format the columns as text",
     "A wrong bound leaves subscribers out or claims SIMs of somebody else, and a correction takes "
     "about three months."},
    {"COSA-4", "MAY", LAUNCH_COMMAND, S1 "COSA database settings",
     "AccountExperienceURL, BrandingName, BrandingIcon and UseBrandingNameOnRoaming, where they "
     "are used, are well formed; icons come along in five sizes.",
     "by balprobe launch cosa, which looks at the icon files, too",
     "an icon of one size renamed to .ico; make one file with 256, 48, 32, 24 and 16 pixels",
     "A broken link, a missing icon size or a rival AppID travels with the database and stays "
     "until its next slow update."},
    {"COSA-5", "DERIVED", LAUNCH_COMMAND, "COSA database settings and load test together",
     "Every test SIM and every SIM of the load test lies in a COSA range, the unknown one in none.",
     "by balprobe launch iccid --cosa FILE --sims FILE",
     "test SIMs of another batch than the one submitted; take SIMs of the range, or submit theirs",
     "Results for SIMs outside the submitted range say nothing about the SIMs for which Windows "
     "will show the flyout entry."},
    {"COSA-6", "SHOULD", LAUNCH_RECORD, S1 "COSA database, tip",
     "The COSA update is asked for as early as possible; a newer plan says about three months.",
     "recorded in balprobe launch readiness: cosa.submitted",
     "the update was taken for a formality; submit it first of all",
     "Submitted last, the database update is what holds up the launch while everything else is "
     "ready."},
    {"ENV-1", "MUST", LAUNCH_COMMAND, S0 "Mobile Plans service environments",
     "Integration and validation are done in the staging environment; production is for the "
     "launch.",
     "by balprobe launch readiness, from the member environment of each run's inventory; check and "
     "replay refuse production without --production",
     "one configuration for both; keep two inventories, and name the environment in each",
     "A fuzz or load run against production meets real subscribers, and its faults are found where "
     "they hurt."},
    {"PORTAL-1", "MUST", LAUNCH_COMMAND, S0 "Mobile Operator web portal",
     "50 end-to-end user cases that the operator defined pass.",
     "by balprobe launch portal, from the operator's record; balprobe cannot run them",
     "cases counted twice, or without date and evidence; give each an id, a day and a file",
     "Balances can be right while nobody can buy; only cases played to the end show where the "
     "portal leaves a customer stuck."},
    {"PORTAL-2..5", "MUST", LAUNCH_COMMAND, S0 "Mobile Operator web portal",
     "Among the cases: an eSIM profile is installed, a warm SIM is activated, balance is added, a "
     "transaction is cancelled.",
     "by balprobe launch portal, by the category of each case",
     "another word for the category; write eSIM, warm SIM, top-up or cancel",
     "A new profile, a warm SIM, a top-up, a change of mind: what is not tried here is first tried "
     "by a customer with money at stake."},
    {"PRE-1", "MUST", LAUNCH_RECORD, S1 "Prerequisites",
     "The test PC runs Windows 10, version 1607 or later, and before general availability the "
     "latest Insider build.",
     "recorded in balprobe launch readiness: pre.windows and pre.insider",
     "a company image that is held back; take a PC of your own for the test",
     "On another Windows than the one named a missing flyout entry may be the PC's fault, and days "
     "go into the wrong system."},
    {"PRE-2", "MUST", LAUNCH_COMMAND, S1 "steps 1 to 5",
     "COSA, Get Balance, walled garden, validation and load are done in this order.",
     "by balprobe launch readiness, which has a line for each step",
     "the load test before the negative tests; what fails there changes what was measured",
     "Load figures of an endpoint that still fails negative tests are void as soon as the repair "
     "has changed it."},
    {"UX-1", "DERIVED", LAUNCH_SHOWN, S1 "Balance resource, and the later table of the flyout",
     "The flyout shows the first balance: MODIRECTPAYG the account link, data and time; MODIRECT "
     "the link; NONE an offer to buy; NOTSUPPORTED the link, and Mobile Plans is off.",
     "shown, not judged: balprobe check at a failure, and replay, tell what the answer would show",
     "a list ordered by size or date, so that an exhausted plan comes first; put the balance in "
     "use first",
     "A right amount under the wrong type or in second place misleads: what the flyout makes of it "
     "is what the subscriber sees."},
    {"GB-MON-1", "MAY", LAUNCH_COMMAND, "launch page of 2025, test plan of 2017",
     "Once live, the endpoint is asked twice a minute for one fixed SIM with the basic template, "
     "and answers 200.",
     "by balprobe launch monitor",
     "the SIM of the monitor was cleaned up, its certificate expired, or its transaction ids "
     "collide; keep the SIM, and watch notAfter",
     "When the watched SIM is cleaned up, or its requests count as repeats, an outage is reported "
     "that no subscriber has."},
    {"GB-LOAD-1", "MUST", LAUNCH_LOAD, S1 "load test",
     "Phase 1: 1 hour, 100 ICCIDs, 1 request a second; at most 3 of 3,600 fail.", BY_LOAD,
     "connections that are opened for each request; keep them",
     "The mildest phase meets the projected rate of every day; what fails here would fail in "
     "ordinary use."},
    {"GB-LOAD-2", "MUST", LAUNCH_LOAD, S1 "load test",
     "Phase 2: 4 hours, 500 ICCIDs, 1 request a second; at most 14 of 14,400 fail.", BY_LOAD,
     "a leak, or a log that fills the disk; run it once over night",
     "Four hours bring out leaks of memory, handles and connections that one hour hides and that "
     "stop a service at night."},
    {"GB-LOAD-3", "MUST", LAUNCH_LOAD, BOTH "load test",
     "Phase 3, the peak: 1 hour, 1,000 ICCIDs, 3 requests a second; at most 10 of 10,800 fail.",
     BY_LOAD, "a cache for fewer SIMs than the list has; size it for the list",
     "This is the one phase of the newer document: caches and pools sized for a demonstration give "
     "way here, before the launch."},
    {"GB-LOAD-4", "MUST", LAUNCH_LOAD, S1 "load test", "The three phases are 6 hours together.",
     BY_LOAD, "a phase was cut short; run it again to its end",
     "A run shorter than the six hours of its plan proves less than was agreed and has to be "
     "repeated."},
    {"GB-LOAD-5", "MUST", LAUNCH_LOAD, BOTH "load test",
     "25 test agents share the load; the rate is that of all of them together.", BY_LOAD,
     "the rate was multiplied by the agents; 3 requests a second are meant in all",
     "Counting the rate per agent sends 75 requests a second instead of 3 and condemns an endpoint "
     "that is good enough."},
    {"GB-LOAD-6", "MUST", LAUNCH_LOAD, BOTH "load test",
     "99.9 % of the requests succeed: 200 with a right list.", BY_LOAD,
     "any answer was counted as success; judge status and body",
     "Counting any answer as success lets an endpoint pass that serves error pages, and "
     "subscribers are the ones to find out."},
    {"GB-LOAD-7", "MUST", LAUNCH_LOAD, S0 "load test", "The mean latency is 400 ms at most.",
     BY_LOAD, "a look-up in a distant system for each request; cache it for seconds",
     "The answer is asked for while the flyout opens; a mean without the timeouts looks best when "
     "the service is worst."},
    {"GB-LOAD-8", "DERIVED", LAUNCH_LOAD, BOTH "load test",
     "The peak is three times what 10,000 SIMs are expected to ask, and Get Balance is 96 % of it.",
     BY_LOAD, "a plan for fewer SIMs; scale it to the launch",
     "A test at the rate of a few test SIMs says nothing about a launch with ten thousand of "
     "them."},
    {"GB-LOAD-9", "MUST", LAUNCH_COMMAND, S0 "load test",
     "The operator supplies 1,000 ICCIDs for it: distinct, well formed, in the COSA ranges.",
     "by balprobe launch iccid", "duplicates, or SIMs that are no longer active; renew the list",
     "Duplicates make the test smaller than it claims, and two unknown SIMs among a thousand "
     "already break 99.9 %."},
    {"GB-LOAD-10", "DERIVED", LAUNCH_LOAD, "what a rate means",
     "Requests are sent on schedule, not when the last answer has come, so that a slow endpoint "
     "does not lower its own load.",
     BY_LOAD, "a load tool that waits for answers; take one with an open model",
     "A tool that waits for each answer slows down with the server, so the worst stalls drop out "
     "of its figures."},
    {"GB-LOAD-11", "DERIVED", LAUNCH_LOAD, "what a load test is for",
     "Under load, too, every answer belongs to its request.", BY_LOAD,
     "a buffer that requests share; keep it with the request",
     "A quick answer for the wrong SIM is a success to a tool that counts statuses, and a privacy "
     "breach to two subscribers."},
    {"GB-RATE-4", "DERIVED", LAUNCH_LOAD, BOTH "load test",
     "The limiter lets the projected peak pass: 3 requests a second of 25 agents, no 429.", BY_LOAD,
     "a limit for each client address, which all agents share; raise it for the client "
     "certificate of Mobile Plans",
     "A limit below the projected peak answers ordinary use with 429, and each 429 counts against "
     "99.9 % in the load test."},
};
const size_t launch_row_count = sizeof launch_rows / sizeof launch_rows[0];

// "PORTAL-2..5" is PORTAL-2 to PORTAL-5, and itself.
static bool is_called(const struct launch_row *row, struct view id)
{
    struct view name = view_of_text(row->id);
    size_t dots = view_find(name, VIEW(".."));
    if (view_equal_nocase(name, id) || dots == name.len)
        return view_equal_nocase(name, id);
    size_t at = dots - 1;
    return id.len == dots && view_equal_nocase(view_first(id, at), view_first(name, at)) &&
           id.data[at] >= name.data[at] && id.data[at] <= name.data[dots + 2];
}

const struct launch_row *launch_row_find(struct view id)
{
    for (size_t i = 0; i < launch_row_count; i++)
        if (is_called(&launch_rows[i], id))
            return &launch_rows[i];
    return NULL;
}

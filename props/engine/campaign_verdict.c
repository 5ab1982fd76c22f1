// SPDX-License-Identifier: Apache-2.0
#include "props/engine/campaign.h"

#include "tool/shell.h"
#include "tool/text.h"

struct sums {
    uint64_t runs;
    unsigned findings;
    unsigned found;   // targets with any
    unsigned broken;  // targets
    unsigned stopped; // targets, those that never began among them
    unsigned plateau; // targets
};

static struct sums sum(const struct campaign *campaigns, size_t count)
{
    struct sums sums = {0};
    for (size_t i = 0; i < count; i++) {
        const struct campaign *campaign = &campaigns[i];
        sums.runs += campaign->vitals.runs;
        sums.findings += campaign->finding_count;
        sums.found += campaign->finding_count != 0;
        sums.broken += campaign->state == CAMPAIGN_BROKEN;
        sums.stopped += campaign->state != CAMPAIGN_BROKEN && campaign->state != CAMPAIGN_DONE;
        sums.plateau += growth_verdict(&campaign->growth) == GROWTH_PLATEAU;
    }
    return sums;
}

static void put_finding(struct buf *out, const struct campaign *campaign,
                        const struct campaign_finding *finding)
{
    char space[CAMPAIGN_PATH_LEN_MAX + CAMPAIGN_NAME_LEN_MAX + 8];
    struct buf program = BUF(space);
    buf_put_text(&program, campaign->programs);
    buf_put_text(&program, "/fuzz_");
    buf_put_text(&program, campaign->target);
    buf_put_text(out, campaign->target);
    buf_put_text(out, ": ");
    buf_put_escaped(out, view_of_text(finding->words));
    if (finding->count > 1) {
        buf_put_text(out, "\n   inputs    ");
        text_put_count(out, finding->count);
    }
    buf_put_text(out, "\n   input     ");
    buf_put_escaped(out, view_of_text(finding->path));
    buf_put_text(out, "\n   again     ");
    shell_put_word(out, buf_view(&program));
    buf_put_byte(out, ' ');
    shell_put_word(out, view_of_text(finding->path));
    buf_put_byte(out, '\n');
}

void campaign_put_findings(struct buf *out, const struct campaign *campaign)
{
    for (unsigned i = 0; i < campaign->known_count; i++)
        put_finding(out, campaign, &campaign->findings[i]);
    if (campaign->not_again_count != 0) {
        buf_put_text(out, campaign->target);
        buf_put_text(out, ": AFL++ saved ");
        buf_put_unsigned(out, campaign->not_again_count);
        buf_put_text(out, " more, which did not fail again\n");
    }
    if (campaign->state == CAMPAIGN_BROKEN) {
        buf_put_text(out, campaign->target);
        buf_put_text(out, " could not be run: ");
        buf_put_escaped(out, view_of_text(campaign->trouble));
        buf_put_byte(out, '\n');
    }
}

enum campaigns_verdict campaigns_verdict(const struct campaign *campaigns, size_t count,
                                         bool has_lost)
{
    struct sums sums = sum(campaigns, count);
    if (sums.stopped != 0)
        return CAMPAIGNS_PARTIAL;
    if (sums.findings != 0)
        return CAMPAIGNS_FAIL;
    bool is_known = sums.broken == 0 && count != 0 && !has_lost;
    return is_known ? CAMPAIGNS_PASS : CAMPAIGNS_INCONCLUSIVE;
}

static void put_targets(struct buf *out, size_t count, const char *words)
{
    text_put_count(out, count);
    buf_put_text(out, count == 1 ? " target" : " targets");
    buf_put_text(out, words);
}

void campaigns_put_verdict(struct buf *out, const struct campaign *campaigns, size_t count,
                           bool has_lost)
{
    static const char *const names[] = {"PASS  ", "FAIL  ", "PARTIAL  ", "INCONCLUSIVE  "};
    struct sums sums = sum(campaigns, count);
    buf_put_text(out, names[campaigns_verdict(campaigns, count, has_lost)]);
    put_targets(out, count, ", ");
    text_put_count(out, sums.runs);
    buf_put_text(out, " runs, ");
    text_put_count(out, sums.findings);
    buf_put_text(out, sums.findings == 1 ? " finding" : " findings");
    if (sums.found > 1) {
        buf_put_text(out, " in ");
        put_targets(out, sums.found, "");
    }
    if (sums.plateau != 0) {
        buf_put_text(out, ", ");
        text_put_count(out, sums.plateau);
        buf_put_text(out, " on a plateau");
    }
    if (sums.broken != 0) {
        buf_put_text(out, ", ");
        text_put_count(out, sums.broken);
        buf_put_text(out, " could not be run");
    }
    if (sums.stopped != 0) {
        buf_put_text(out, ", ");
        text_put_count(out, sums.stopped);
        buf_put_text(out, " stopped before the time was over");
    }
    buf_put_text(out, has_lost ? ", a file was not written" : "");
    buf_put_byte(out, '\n');
}

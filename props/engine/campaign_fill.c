// SPDX-License-Identifier: Apache-2.0
#include "props/engine/campaign.h"

void campaign_keep_words(char out[CAMPAIGN_WORDS_LEN_MAX], struct view words)
{
    size_t len = 0;
    for (size_t i = 0; i < words.len && len < CAMPAIGN_WORDS_LEN_MAX - 1; i++) {
        char c = words.data[i];
        while (c == '\x1b' && i + 1 < words.len && !byte_is_letter(words.data[i]))
            i++;
        if (c != '\x1b')
            out[len++] = c >= ' ' && c <= '~' ? c : '?';
    }
    out[len] = '\0';
}

void campaign_add_finding(struct campaign *campaign, const char *path, const char *words)
{
    char kept[CAMPAIGN_WORDS_LEN_MAX];
    unsigned at = 0;
    campaign_keep_words(kept, view_of_text(words));
    while (at < campaign->known_count && strcmp(campaign->findings[at].words, kept) != 0)
        at++;
    campaign->finding_count++;
    if (at == CAMPAIGN_FINDING_COUNT_MAX)
        return;
    struct campaign_finding *finding = &campaign->findings[at];
    finding->count++;
    if (at < campaign->known_count)
        return;
    campaign->known_count++;
    memcpy(finding->words, kept, sizeof kept);
    struct buf where = buf_of(finding->path, sizeof finding->path - 1);
    buf_put_text(&where, path);
    finding->path[where.len] = '\0';
}

void campaign_take(struct campaign *campaign, const struct vitals *said, uint64_t runs_before)
{
    struct vitals *all = &campaign->vitals;
    uint64_t runs = runs_before + said->runs;
    all->runs = runs > all->runs ? runs : all->runs;
    all->edges = said->edges > all->edges ? said->edges : all->edges;
    all->features = said->features > all->features ? said->features : all->features;
    all->corpus = said->corpus;
    all->exec_per_s = said->exec_per_s;
    all->crashes = said->crashes;
    if (said->stability_part != 0)
        all->stability_part = said->stability_part;
}

void campaign_grow(struct campaign *campaign, uint64_t ms)
{
    const struct growth_point point = {ms, campaign->vitals.runs, campaign->vitals.edges,
                                       campaign->vitals.features};
    if (campaign->state == CAMPAIGN_LOADING)
        campaign->state = CAMPAIGN_RUNNING;
    growth_add(&campaign->growth, &point);
}

// SPDX-License-Identifier: Apache-2.0
#include "props/engine/campaign.h"

#include "tool/stamp.h"
#include "tool/text.h"
#include "json/json_write.h"

enum { NAME_WIDTH = 12, SECOND_MS = 1000, MINUTE_MS = 60 * SECOND_MS, HOUR_MS = 60 * MINUTE_MS };

const char *campaign_engine_name(enum campaign_engine engine)
{
    static const char *const names[] = {"libfuzzer", "afl"};
    return names[engine];
}

void campaign_put_age(struct buf *out, uint64_t ms)
{
    bool is_hours = ms >= 2 * HOUR_MS;
    bool is_minutes = ms >= 2 * MINUTE_MS;
    uint64_t unit_ms = is_hours ? HOUR_MS : is_minutes ? MINUTE_MS : SECOND_MS;
    buf_put_unsigned(out, ms / unit_ms);
    buf_put_text(out, is_hours ? " h" : is_minutes ? " min" : " s");
}

static const char *state_words(const struct campaign *campaign)
{
    static const char *const words[] = {[CAMPAIGN_WAITING] = "waits",
                                        [CAMPAIGN_LOADING] = "reads seeds",
                                        [CAMPAIGN_CHECKING] = "checking",
                                        [CAMPAIGN_STOPPED] = "stopped",
                                        [CAMPAIGN_BROKEN] = "BROKEN"};
    if (campaign->finding_count != 0 && campaign->state != CAMPAIGN_CHECKING)
        return "FOUND";
    if (campaign->state == CAMPAIGN_RUNNING && campaign->vitals.crashes != 0)
        return "saved some";
    bool is_judged = campaign->state == CAMPAIGN_RUNNING || campaign->state == CAMPAIGN_DONE;
    return is_judged ? growth_verdict_name(growth_verdict(&campaign->growth))
                     : words[campaign->state];
}

static uint64_t since_new_ms(const struct campaign *campaign)
{
    return campaign->growth.last.ms - campaign->growth.new_ms;
}

static void put_count_or_none(struct buf *out, bool has_count, uint64_t n)
{
    if (has_count)
        text_put_count(out, n);
    else
        buf_put_byte(out, '-');
}

void campaign_put_cell(struct buf *out, const struct campaign *campaign,
                       enum campaign_column column)
{
    const struct vitals *vitals = &campaign->vitals;
    switch (column) {
    case COLUMN_TARGET:
        buf_put_escaped(out, view_of_text(campaign->target));
        break;
    case COLUMN_TIME:
        campaign_put_age(out, campaign->elapsed_ms);
        break;
    case COLUMN_EDGES:
        text_put_count(out, vitals->edges);
        break;
    case COLUMN_FEATURES:
        put_count_or_none(out, campaign->engine != CAMPAIGN_AFL, vitals->features);
        break;
    case COLUMN_CORPUS:
        text_put_count(out, vitals->corpus);
        break;
    case COLUMN_RATE:
        text_put_count(out, vitals->exec_per_s);
        break;
    case COLUMN_NEW:
        if (campaign->growth.count == 0)
            buf_put_byte(out, '-');
        else
            campaign_put_age(out, since_new_ms(campaign));
        break;
    case COLUMN_FOUND:
        text_put_count(out, campaign->finding_count);
        break;
    case COLUMN_STATE:
        buf_put_text(out, state_words(campaign));
        break;
    case COLUMN_COUNT:
        break;
    }
}

// Columns of a row: where they end, and where the last one begins.
static const struct {
    size_t end;
    const char *name;
} columns[COLUMN_COUNT] = {
    [COLUMN_TARGET] = {0, "target"},  [COLUMN_TIME] = {17, "time"},
    [COLUMN_EDGES] = {25, "edges"},   [COLUMN_FEATURES] = {34, "features"},
    [COLUMN_CORPUS] = {41, "corpus"}, [COLUMN_RATE] = {50, "exec/s"},
    [COLUMN_NEW] = {58, "new"},       [COLUMN_FOUND] = {64, "found"},
    [COLUMN_STATE] = {0, ""},
};

const char *campaign_column_name(enum campaign_column column) { return columns[column].name; }

// A name that is too long for its column is cut; numbers push what follows.
static void put_in_row(struct buf *out, size_t begin, enum campaign_column column, struct view text)
{
    size_t len = column == COLUMN_TARGET && text.len > NAME_WIDTH ? NAME_WIDTH : text.len;
    size_t blank_count = column == COLUMN_TARGET ? 0 : column == COLUMN_STATE ? 2 : 1;
    for (size_t i = 0; i < blank_count; i++)
        buf_put_byte(out, ' ');
    while (out->len - begin + len < columns[column].end && !out->overflow)
        buf_put_byte(out, ' ');
    buf_put(out, view_first(text, len));
}

void campaign_put_head(struct buf *out)
{
    size_t begin = out->len;
    for (unsigned i = 0; i < COLUMN_STATE; i++)
        put_in_row(out, begin, (enum campaign_column)i, view_of_text(columns[i].name));
    buf_put_byte(out, '\n');
}

void campaign_put_row(struct buf *out, const struct campaign *campaign)
{
    size_t begin = out->len;
    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        char space[CAMPAIGN_ROW_LEN_MAX];
        struct buf cell = BUF(space);
        campaign_put_cell(&cell, campaign, (enum campaign_column)i);
        put_in_row(out, begin, (enum campaign_column)i, buf_view(&cell));
    }
}

static void put_member(struct buf *out, const char *name, uint64_t n)
{
    buf_put_text(out, ",\"");
    buf_put_text(out, name);
    buf_put_text(out, "\":");
    buf_put_unsigned(out, n);
}

void campaign_put_json(struct buf *out, const struct campaign *campaign, int64_t wall_ms)
{
    const struct vitals *vitals = &campaign->vitals;
    buf_put_text(out, "{\"time\":\"");
    stamp_put_ms(out, wall_ms);
    buf_put_text(out, "\",\"target\":");
    bp_json_put_string(out, view_of_text(campaign->target));
    buf_put_text(out, ",\"engine\":\"");
    buf_put_text(out, campaign_engine_name(campaign->engine));
    buf_put_byte(out, '"');
    put_member(out, "runs", vitals->runs);
    put_member(out, "edges", vitals->edges);
    if (campaign->engine == CAMPAIGN_AFL)
        buf_put_text(out, ",\"features\":null");
    else
        put_member(out, "features", vitals->features);
    put_member(out, "corpus", vitals->corpus);
    put_member(out, "exec_per_s", vitals->exec_per_s);
    put_member(out, "since_new_s", since_new_ms(campaign) / SECOND_MS);
    put_member(out, "findings", campaign->finding_count);
    buf_put_text(out, "}\n");
}

static uint64_t runs_of(const struct campaign *campaign) { return campaign->vitals.runs; }
static uint64_t edges_of(const struct campaign *campaign) { return campaign->vitals.edges; }
static uint64_t features_of(const struct campaign *campaign) { return campaign->vitals.features; }
static uint64_t corpus_of(const struct campaign *campaign) { return campaign->vitals.corpus; }
static uint64_t rate_of(const struct campaign *campaign) { return campaign->vitals.exec_per_s; }
static uint64_t since_new_of(const struct campaign *campaign)
{
    return since_new_ms(campaign) / SECOND_MS;
}
static uint64_t findings_of(const struct campaign *campaign) { return campaign->finding_count; }
static uint64_t plateau_of(const struct campaign *campaign)
{
    return growth_verdict(&campaign->growth) == GROWTH_PLATEAU;
}
static uint64_t broken_of(const struct campaign *campaign)
{
    return campaign->state == CAMPAIGN_BROKEN;
}

static const struct metric {
    const char *name;
    const char *type;
    const char *help;
    uint64_t (*value)(const struct campaign *campaign);
    bool wants_features; // left out where the engine has none
} metrics[] = {
    {"runs_total", "counter", "Inputs run by this engine.", runs_of, false},
    {"edges", "gauge", "Edges of the program that its inputs reach.", edges_of, false},
    {"features", "gauge", "Edges, and how often they are passed.", features_of, true},
    {"corpus_inputs", "gauge", "Inputs that the engine keeps.", corpus_of, false},
    {"runs_per_second", "gauge", "Speed, as the engine says it.", rate_of, false},
    {"since_new_seconds", "gauge", "Time since something new was reached.", since_new_of, false},
    {"findings_total", "counter", "Inputs on which the target failed.", findings_of, false},
    {"plateau", "gauge", "1: no new edge in the last third of the run.", plateau_of, false},
    {"broken", "gauge", "1: the target could not be run.", broken_of, false},
};

static void put_sample(struct buf *out, const struct metric *metric,
                       const struct campaign *campaign)
{
    buf_put_text(out, "balprobe_fuzz_");
    buf_put_text(out, metric->name);
    buf_put_text(out, "{target=\"");
    buf_put_text(out, campaign->target);
    buf_put_text(out, "\",engine=\"");
    buf_put_text(out, campaign_engine_name(campaign->engine));
    buf_put_text(out, "\"} ");
    buf_put_unsigned(out, metric->value(campaign));
    buf_put_byte(out, '\n');
}

static void put_comment(struct buf *out, const char *kind, const char *name, const char *text)
{
    buf_put_text(out, kind);
    buf_put_text(out, name);
    buf_put_byte(out, ' ');
    buf_put_text(out, text);
    buf_put_byte(out, '\n');
}

void campaigns_put_prometheus(struct buf *out, const struct campaign *campaigns, size_t count)
{
    for (size_t i = 0; i < sizeof metrics / sizeof metrics[0]; i++) {
        put_comment(out, "# HELP balprobe_fuzz_", metrics[i].name, metrics[i].help);
        put_comment(out, "# TYPE balprobe_fuzz_", metrics[i].name, metrics[i].type);
        for (size_t j = 0; j < count; j++) {
            bool is_left_out = metrics[i].wants_features && campaigns[j].engine == CAMPAIGN_AFL;
            if (!is_left_out)
                put_sample(out, &metrics[i], &campaigns[j]);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
#include "props/engine/page.h"

#include "tool/stamp.h"
#include "tool/text.h"

enum { CURVE_WIDTH = 720, CURVE_HEIGHT = 120, CURVE_EDGE = 4 };

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<title>balprobe fuzz</title>\n<style>\n"
    ":root{color-scheme:light dark;--edges:#0b65c2;--features:#b4540a}\n"
    "@media(prefers-color-scheme:dark){:root{--edges:#6cb2ff;--features:#ffb070}}\n"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}\n"
    "table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}\n"
    "th,td{padding:.2rem .5rem;text-align:right;white-space:nowrap;border-bottom:1px solid #8886}\n"
    "th:first-child,td:first-child,th:last-child,td:last-child{text-align:left}\n"
    ".table{overflow-x:auto}pre{overflow-x:auto;border:1px solid #8886;padding:.5rem}\n"
    "figure{margin:1rem 0}svg{width:100%;height:auto;border:1px solid #8886}\n"
    "path{fill:none;stroke-width:2;vector-effect:non-scaling-stroke}\n"
    ".e{stroke:var(--edges)}.f{stroke:var(--features);stroke-dasharray:5 3}\n"
    "b.e{color:var(--edges)}b.f{color:var(--features)}\n"
    "</style></head><body>\n<h1>balprobe fuzz</h1>\n";

static void put_html(struct buf *out, struct view text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        bool is_plain = (c >= ' ' && c <= '~') || c == '\n';
        if (c == '<' || c == '>' || c == '&' || c == '"') {
            buf_put_text(out, "&#");
            buf_put_unsigned(out, (unsigned char)c);
            buf_put_byte(out, ';');
        } else {
            buf_put_byte(out, is_plain ? c : '?');
        }
    }
}

static uint64_t edges_at(const struct growth_point *point) { return point->edges; }
static uint64_t features_at(const struct growth_point *point) { return point->features; }

// A step for each rise: what is reached stays reached.
static void put_path(struct buf *out, const struct growth *growth, const char *name,
                     uint64_t (*at)(const struct growth_point *point))
{
    const struct growth_point *points = growth->points;
    const struct growth_point *end = &points[growth->count - 1];
    uint64_t low = at(&points[0]);
    uint64_t span = at(end) > low ? at(end) - low : 1;
    uint64_t span_ms = end->ms > points[0].ms ? end->ms - points[0].ms : 1;
    uint64_t height = CURVE_HEIGHT - 2 * CURVE_EDGE;
    uint64_t before = low;
    buf_put_text(out, "<path class=\"");
    buf_put_text(out, name);
    buf_put_text(out, "\" d=\"M0 ");
    buf_put_unsigned(out, CURVE_HEIGHT - CURVE_EDGE);
    for (size_t i = 1; i < growth->count; i++) {
        if (at(&points[i]) == before)
            continue;
        before = at(&points[i]);
        buf_put_byte(out, 'H');
        buf_put_unsigned(out, (points[i].ms - points[0].ms) * CURVE_WIDTH / span_ms);
        buf_put_byte(out, 'V');
        buf_put_unsigned(out, CURVE_HEIGHT - CURVE_EDGE - (before - low) * height / span);
    }
    buf_put_byte(out, 'H');
    buf_put_unsigned(out, CURVE_WIDTH);
    buf_put_text(out, "\"/>\n");
}

void page_put_curve(struct buf *out, const struct growth *growth)
{
    if (growth->count < 2)
        return;
    buf_put_text(out, "<svg viewBox=\"0 0 ");
    buf_put_unsigned(out, CURVE_WIDTH);
    buf_put_byte(out, ' ');
    buf_put_unsigned(out, CURVE_HEIGHT);
    buf_put_text(out, "\" role=\"img\" aria-label=\"growth\">\n");
    if (growth->last.features != 0)
        put_path(out, growth, "f", features_at);
    put_path(out, growth, "e", edges_at);
    buf_put_text(out, "</svg>\n");
}

// "<b class="e">edges</b> 800 to 812"
static void put_span(struct buf *out, const char *name, const char *words, uint64_t from,
                     uint64_t to)
{
    buf_put_text(out, "<b class=\"");
    buf_put_text(out, name);
    buf_put_text(out, "\">");
    buf_put_text(out, words);
    buf_put_text(out, "</b> ");
    text_put_count(out, from);
    buf_put_text(out, " to ");
    text_put_count(out, to);
    buf_put_text(out, ", ");
}

static void put_odds(struct buf *out, const struct growth *growth)
{
    uint64_t odds = growth_odds(growth);
    buf_put_text(out, ": ");
    buf_put_text(out, growth_verdict_name(growth_verdict(growth)));
    buf_put_text(out, ", ");
    text_put_count(out, growth->last.runs - growth->edge_runs);
    buf_put_text(out, " runs since the last new edge");
    if (odds == 0)
        return;
    buf_put_text(out, ", so fewer than one run in ");
    text_put_count(out, odds);
    buf_put_text(out, " brings one (95 %)");
}

static void put_figure(struct buf *out, const struct campaign *campaign)
{
    const struct growth *growth = &campaign->growth;
    if (growth->count < 2)
        return;
    buf_put_text(out, "<figure>\n");
    page_put_curve(out, growth);
    buf_put_text(out, "<figcaption><b>");
    put_html(out, view_of_text(campaign->target));
    buf_put_text(out, "</b>: ");
    put_span(out, "e", "edges", growth->points[0].edges, growth->last.edges);
    if (growth->last.features != 0)
        put_span(out, "f", "features", growth->points[0].features, growth->last.features);
    buf_put_text(out, "in ");
    campaign_put_age(out, growth->last.ms - growth->points[0].ms);
    put_odds(out, growth);
    if (campaign->vitals.stability_part != 0) {
        buf_put_text(out, "; stability ");
        buf_put_unsigned(out, campaign->vitals.stability_part / 100);
        buf_put_byte(out, '.');
        buf_put_padded(out, campaign->vitals.stability_part % 100, 2);
        buf_put_text(out, " %");
    }
    buf_put_text(out, ".</figcaption>\n</figure>\n");
}

static void put_row(struct buf *out, const struct campaign *campaign)
{
    char space[CAMPAIGN_ROW_LEN_MAX];
    buf_put_text(out, "<tr>");
    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        struct buf cell = BUF(space);
        campaign_put_cell(&cell, campaign, (enum campaign_column)i);
        buf_put_text(out, "<td>");
        put_html(out, buf_view(&cell));
        buf_put_text(out, "</td>");
    }
    buf_put_text(out, "</tr>\n");
}

static void put_table(struct buf *out, const struct campaign *campaigns, size_t count)
{
    buf_put_text(out, "<div class=\"table\"><table>\n<tr>");
    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        buf_put_text(out, "<th>");
        buf_put_text(out, campaign_column_name((enum campaign_column)i));
        buf_put_text(out, "</th>");
    }
    buf_put_text(out, "</tr>\n");
    for (size_t i = 0; i < count; i++)
        put_row(out, &campaigns[i]);
    buf_put_text(out, "</table></div>\n");
}

static void put_settings(struct buf *out, const struct page *page)
{
    buf_put_text(out, "<p>balprobe ");
    put_html(out, view_of_text(page->version));
    buf_put_text(out, ", ");
    stamp_put(out, page->wall_ms);
    buf_put_text(out, ", ");
    put_html(out, page->settings);
    buf_put_text(out, "</p>\n");
}

// One target after the other, for each has room then.
static void put_findings(struct buf *out, const struct campaign *campaigns, size_t count)
{
    char space[CAMPAIGN_FINDINGS_LEN_MAX];
    bool has_any = false;
    for (size_t i = 0; i < count; i++) {
        struct buf text = BUF(space);
        campaign_put_findings(&text, &campaigns[i]);
        if (text.len == 0)
            continue;
        buf_put_text(out, has_any ? "" : "<h2>Findings</h2>\n<pre>");
        put_html(out, buf_view(&text));
        has_any = true;
    }
    buf_put_text(out, has_any ? "</pre>\n" : "");
}

void page_put(struct buf *out, const struct page *page, const struct campaign *campaigns,
              size_t count)
{
    char space[CAMPAIGN_ROW_LEN_MAX];
    struct buf text = BUF(space);
    buf_put_text(out, head);
    campaigns_put_verdict(&text, campaigns, count, page->has_lost);
    buf_put_text(out, "<p><strong>");
    put_html(out, view_trim(buf_view(&text), VIEW("\n")));
    buf_put_text(out, "</strong></p>\n");
    put_settings(out, page);
    put_table(out, campaigns, count);
    put_findings(out, campaigns, count);
    buf_put_text(out,
                 "<h2>Growth</h2>\n<p>Each curve goes from what the inputs at hand reach, at the "
                 "bottom, to what was reached at last. A plateau: the last third of the run, "
                 "of at least 10 s, brought no new edge.</p>\n");
    for (size_t i = 0; i < count; i++)
        put_figure(out, &campaigns[i]);
    buf_put_text(out, "</body></html>\n");
}

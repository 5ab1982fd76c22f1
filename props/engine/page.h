// SPDX-License-Identifier: Apache-2.0
// The report of a fuzzing run as one HTML file that needs nothing else: verdict, table, growth
// curves, findings.
#ifndef BP_PROPS_ENGINE_PAGE_H
#define BP_PROPS_ENGINE_PAGE_H

#include "props/engine/campaign.h"

enum { PAGE_LEN_MAX = 1 << 21 };

// What the page says about the run beside its figures.
struct page {
    const char *version;
    struct view settings; // "engine libfuzzer, 60 s each, seed 1"
    int64_t wall_ms;      // the run's end, since 1970
    bool has_lost;        // another file was not written
};

// page_put appends the page. Foreign octets are escaped.
void page_put(struct buf *out, const struct page *page, const struct campaign *campaigns,
              size_t count);

// page_put_curve appends how edges and features grew, as SVG: each from what the inputs at hand
// reach, at the bottom, to what was reached at last, at the top; nothing when there are no two
// points.
void page_put_curve(struct buf *out, const struct growth *growth);

#endif

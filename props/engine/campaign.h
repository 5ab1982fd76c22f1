// SPDX-License-Identifier: Apache-2.0
// A campaign: one target being fuzzed by one engine, as figures. Who runs the engine fills it in;
// everybody who tells about it reads it: the screen, the journal, Prometheus, the page.
#ifndef BP_PROPS_ENGINE_CAMPAIGN_H
#define BP_PROPS_ENGINE_CAMPAIGN_H

#include "base/buf.h"
#include "props/engine/growth.h"
#include "props/engine/vitals.h"

enum {
    CAMPAIGN_COUNT_MAX = 64,
    CAMPAIGN_NAME_LEN_MAX = 64,
    CAMPAIGN_FINDING_COUNT_MAX = 8, // after so many a target is not begun anew
    CAMPAIGN_WORDS_LEN_MAX = 160,
    CAMPAIGN_PATH_LEN_MAX = 1024,
    CAMPAIGN_ROW_LEN_MAX = 512,
    CAMPAIGN_JSON_LEN_MAX = 512,
    CAMPAIGN_FINDINGS_LEN_MAX = 1 << 17, // of one campaign
};

enum campaign_engine { CAMPAIGN_LIBFUZZER, CAMPAIGN_AFL, CAMPAIGN_ENGINE_COUNT };

enum campaign_state {
    CAMPAIGN_WAITING,
    CAMPAIGN_LOADING, // the engine reads its corpus
    CAMPAIGN_RUNNING,
    CAMPAIGN_CHECKING, // what AFL++ saved is run by the libFuzzer build
    CAMPAIGN_DONE,
    CAMPAIGN_STOPPED, // before its time was over
    CAMPAIGN_BROKEN   // it could not be run: `trouble` says why
};

struct campaign_finding {
    char path[CAMPAIGN_PATH_LEN_MAX];   // of the input
    char words[CAMPAIGN_WORDS_LEN_MAX]; // what went wrong, as the program said it
    unsigned count;                     // of inputs with these words; `path` is the first
};

struct campaign {
    char target[CAMPAIGN_NAME_LEN_MAX]; // letters, digits, - and _
    const char *programs;               // folder of the program that shows a finding again
    enum campaign_engine engine;
    enum campaign_state state;
    struct vitals vitals; // of all its runs together
    struct growth growth;
    uint64_t elapsed_ms;      // since the engine was started
    unsigned finding_count;   // candidates of AFL++ only once they were run again
    unsigned not_again_count; // of those, how many did not fail
    unsigned known_count;     // of `findings`, which differ in their words
    struct campaign_finding findings[CAMPAIGN_FINDING_COUNT_MAX];
    char trouble[CAMPAIGN_WORDS_LEN_MAX];
};

const char *campaign_engine_name(enum campaign_engine engine);

// campaign_keep_words keeps the printable octets of foreign words, as many as there is room for; a
// terminal's colours are left out.
void campaign_keep_words(char out[CAMPAIGN_WORDS_LEN_MAX], struct view words);

// campaign_add_finding counts an input that made the target fail; one with new words is kept while
// there is room.
void campaign_add_finding(struct campaign *campaign, const char *path, const char *words);

// campaign_take puts what an engine said beside what is known; it was begun anew after
// `runs_before`. Nothing that was reached is lost.
void campaign_take(struct campaign *campaign, const struct vitals *said, uint64_t runs_before);

// campaign_grow notes the figures in the growth, at `ms` since the engine was started: it runs.
void campaign_grow(struct campaign *campaign, uint64_t ms);

// What a row tells.
enum campaign_column {
    COLUMN_TARGET,
    COLUMN_TIME,
    COLUMN_EDGES,
    COLUMN_FEATURES,
    COLUMN_CORPUS,
    COLUMN_RATE,
    COLUMN_NEW,
    COLUMN_FOUND,
    COLUMN_STATE,
    COLUMN_COUNT
};

// campaign_put_cell appends one of them; campaign_column_name is its heading, that of the state "".
void campaign_put_cell(struct buf *out, const struct campaign *campaign,
                       enum campaign_column column);
const char *campaign_column_name(enum campaign_column column);

// campaign_put_head appends the names of the columns of campaign_put_row, with a line feed.
void campaign_put_head(struct buf *out);

// campaign_put_row appends a target on one line of at most 79 columns, without its end:
//
//     query          20 s      812     3,201      341    12,345     3 s      0  growing
void campaign_put_row(struct buf *out, const struct campaign *campaign);

// campaign_put_age appends a time that has passed: "12 s", "3 min", "2 h".
void campaign_put_age(struct buf *out, uint64_t ms);

// campaign_put_findings appends each finding: what went wrong, its input, and how to see it again;
// then why the campaign could not be run, if so.
void campaign_put_findings(struct buf *out, const struct campaign *campaign);

// campaign_put_json appends the figures at `wall_ms` (since 1970) as one line of JSON, with its
// end:
//
//     {"time":"2026-11-22T05:34:11.000Z","target":"query","engine":"libfuzzer","runs":100,
//      "edges":812,"features":3201,"corpus":341,"exec_per_s":12345,"since_new_s":3,"findings":0}
//
// AFL++ has no features: null.
void campaign_put_json(struct buf *out, const struct campaign *campaign, int64_t wall_ms);

// campaigns_put_prometheus appends the figures of all in Prometheus' text format, version 0.0.4.
void campaigns_put_prometheus(struct buf *out, const struct campaign *campaigns, size_t count);

enum campaigns_verdict {
    CAMPAIGNS_PASS,
    CAMPAIGNS_FAIL,
    CAMPAIGNS_PARTIAL,
    CAMPAIGNS_INCONCLUSIVE
};

// campaigns_verdict judges all together: stopped is PARTIAL, any finding FAIL, and anything that
// could not be run, or not be written down (`has_lost`), INCONCLUSIVE.
enum campaigns_verdict campaigns_verdict(const struct campaign *campaigns, size_t count,
                                         bool has_lost);

// campaigns_put_verdict appends the last line: ^(PASS|FAIL|PARTIAL|INCONCLUSIVE).
void campaigns_put_verdict(struct buf *out, const struct campaign *campaigns, size_t count,
                           bool has_lost);

#endif

// SPDX-License-Identifier: Apache-2.0
#include "props/report/terminal.h"

#include "props/report/scene.h"
#include "tool/files.h"
#include "tool/shell.h"
#include "tool/text.h"

enum { AREA_COUNT_COLUMN = 28, AREA_WORDS_COLUMN = 37, AREA_IDS_COLUMN = 49 };

const char *strength_name(enum strength strength)
{
    static const char *const names[] = {[MUST] = "MUST",
                                        [SHOULD] = "SHOULD",
                                        [MAY] = "MAY",
                                        [DERIVED] = "DERIVED",
                                        [STANDARD] = "STANDARD"};
    return names[strength];
}

const char *outcome_name(enum outcome outcome)
{
    static const char *const names[OUTCOME_COUNT] = {[OUTCOME_PASS] = "PASS",
                                                     [OUTCOME_FAIL] = "FAIL",
                                                     [OUTCOME_PARTIAL] = "PARTIAL",
                                                     [OUTCOME_INCONCLUSIVE] = "INCONCLUSIVE"};
    return names[outcome];
}

static void put_seed(struct buf *out, uint64_t seed)
{
    unsigned digits = 16;
    while (digits != 1 && seed >> 4 * (digits - 1) == 0)
        digits--;
    buf_put_text(out, "0x");
    text_put_hex(out, seed, digits);
}

void terminal_put_head(struct buf *out, const struct terminal_run *run)
{
    buf_put_text(out, "balprobe ");
    buf_put_text(out, run->version);
    buf_put_text(out, "   ");
    buf_put_text(out, run->subject);
    buf_put_text(out, "   seed ");
    put_seed(out, run->seed);
    buf_put_text(out, "   profile ");
    buf_put_text(out, run->profile);
    if (run->environment != BP_ENVIRONMENT_UNKNOWN) {
        buf_put_text(out, "\nenvironment ");
        buf_put_text(out, bp_environment_name(run->environment));
    }
    buf_put_text(out, "\n\n");
}

// How a clause stands in its area's line: a standing, or that it was left out for want of TLS.
enum { NEEDS_TLS = STANDING_COUNT, PLACE_COUNT };

struct area {
    size_t first; // index of its first clause
    size_t count; // clauses in it
    size_t wanted;
    size_t places[PLACE_COUNT];
};

static unsigned place_of(const struct check_result *result, size_t clause)
{
    if (check_is_left_out(result, clause))
        return NEEDS_TLS;
    return check_standing(result, clause);
}

// One part of an area's line: "3 FAILED   GB-LIMIT-4 ...". Its ids follow where there are any.
static void put_place(struct buf *out, const struct terminal_run *run,
                      const struct check_result *result, const struct area *area, unsigned place,
                      const char *words)
{
    size_t count = area->places[place];
    if (count == 0)
        return;
    text_pad(out, AREA_WORDS_COLUMN);
    buf_put_unsigned(out, count);
    buf_put_byte(out, ' ');
    buf_put_text(out, words);
    text_pad(out, AREA_IDS_COLUMN);
    for (size_t i = area->first; i < area->first + area->count; i++)
        if (run->only[i] && place_of(result, i) == place)
            text_put_words(out, AREA_IDS_COLUMN, clause_at(i)->id);
    buf_put_byte(out, '\n');
}

// Whether the run ended before all was asked.
static bool has_ended(const struct check_result *result)
{
    return result->was_stopped || result->state != CHECK_GOES_ON;
}

static void put_area(struct buf *out, const struct terminal_run *run,
                     const struct check_result *result, const char *name, struct area *area)
{
    for (size_t i = area->first; i < area->first + area->count; i++) {
        area->wanted += run->only[i];
        area->places[place_of(result, i)] += run->only[i];
    }
    if (area->wanted == 0)
        return;
    size_t good = area->places[STANDING_PASSED] + area->places[STANDING_TOLERATED];
    text_pad(out, 2);
    buf_put_text(out, name);
    text_pad(out, AREA_COUNT_COLUMN);
    buf_put_unsigned(out, good);
    buf_put_byte(out, '/');
    buf_put_unsigned(out, area->wanted);
    if (good == area->wanted) {
        text_pad(out, AREA_WORDS_COLUMN);
        buf_put_text(out, "ok\n");
    }
    put_place(out, run, result, area, STANDING_FAILED, "FAILED");
    put_place(out, run, result, area, STANDING_UNTESTED, "untested");
    put_place(out, run, result, area, NEEDS_TLS,
              run->use != NULL && has_ended(result) ? "not reached" : "needs TLS");
}

static void put_tolerated(struct buf *out, const struct terminal_run *run,
                          const struct check_result *result)
{
    bool is_first = true;
    for (size_t i = 0; i < clause_count(); i++) {
        if (!run->only[i] || result->tolerated_why[i] == NULL)
            continue;
        buf_put_text(out, is_first ? "\nTolerated, by the reading of the key\n" : "");
        is_first = false;
        text_pad(out, 2);
        buf_put_text(out, clause_at(i)->id);
        text_pad(out, 16);
        if (result->tolerated_key[i] != KEY_NONE)
            buf_put_text(out, profile_key_name(result->tolerated_key[i]));
        text_pad(out, 33);
        text_put_words(out, 33, result->tolerated_why[i]);
        buf_put_byte(out, '\n');
    }
}

static void put_untested(struct buf *out, const struct terminal_run *run,
                         const struct check_result *result)
{
    bool is_first = true;
    for (size_t i = 0; i < clause_count(); i++) {
        if (!run->only[i] || place_of(result, i) != STANDING_UNTESTED)
            continue;
        const char *why = result->untested_why[i];
        if (why == NULL && has_ended(result))
            continue;
        buf_put_text(out, is_first ? "\nUntested, because\n" : "");
        is_first = false;
        text_pad(out, 2);
        buf_put_text(out, clause_at(i)->id);
        text_pad(out, 16);
        text_put_words(out, 16,
                       why != NULL ? why : "nothing that was asked or answered is about it");
        buf_put_byte(out, '\n');
    }
}

static void put_act_cap(struct buf *out, const struct check_result *result)
{
    if (result->act_cap == 0)
        return;
    buf_put_text(out, ", or with hooks ");
    text_put_count(out, result->act_cap);
    buf_put_byte(out, ',');
}

static void put_capped(struct buf *out, const struct terminal_run *run,
                       const struct check_result *result)
{
    bool is_first = true;
    for (size_t i = 0; i < clause_count(); i++) {
        if (!run->only[i] || !result->is_capped[i])
            continue;
        if (is_first) {
            buf_put_text(out, "\nNot enumerated to the end: the first ");
            text_put_count(out, result->run_cap);
            put_act_cap(out, result);
            buf_put_text(out, " runs of\n  ");
        }
        is_first = false;
        text_put_words(out, 2, clause_at(i)->id);
    }
    buf_put_text(out, is_first ? "" : "\n");
    if (result->pair_cap == 0)
        return;
    buf_put_text(out, "\nOf the pairs of spellings only the first ");
    text_put_count(out, result->pair_cap);
    buf_put_text(out, " were enumerated\n");
}

void terminal_put_areas(struct buf *out, const struct terminal_run *run,
                        const struct check_result *result)
{
    size_t wanted = 0;
    for (size_t i = 0; i < clause_count(); i++)
        wanted += run->only[i];
    buf_put_text(out, "Clauses: ");
    text_put_count(out, wanted);
    buf_put_text(out, ", judged in ");
    text_put_count(out, result->case_count);
    buf_put_text(out, " cases of ");
    text_put_count(out, result->request_count);
    buf_put_text(out, " requests, in ");
    text_put_seconds(out, run->elapsed_ms);
    buf_put_byte(out, '\n');
    size_t first = 0;
    for (size_t i = 0; i < family_count; i++) {
        struct area area = {.first = first, .count = families[i]->clause_count};
        put_area(out, run, result, families[i]->name, &area);
        first += area.count;
    }
    put_tolerated(out, run, result);
    put_untested(out, run, result);
    put_capped(out, run, result);
    if (result->state == CHECK_TIME_IS_UP)
        buf_put_text(out, "\nThe time was up before all cases were run\n");
    if (result->found_too_much)
        buf_put_text(out, "\nThere are more findings than can be kept; the rest is only counted\n");
    buf_put_byte(out, '\n');
}

struct display {
    struct buf *out;
    const struct terminal_run *run;
    const struct clause *clause;
};

static void put_command(struct buf *out, const struct terminal_run *run, const struct exchange *x)
{
    if (run->put_command == NULL)
        return;
    size_t begin = out->len;
    text_put_label(out, "by hand");
    size_t empty = out->len;
    run->put_command(run->context, out, x);
    if (out->len == empty)
        out->len = begin;
    else
        buf_put_byte(out, '\n');
}

static void show_scene(void *context, const struct exchange *x, const struct trial *trial)
{
    const struct display *display = context;
    struct buf *out = display->out;
    text_put_label(out, "world");
    buf_put_text(out, trial->world->name);
    if (trial->send_count > 1) {
        buf_put_text(out, ", request ");
        text_put_count(out, trial->send_count);
        buf_put_text(out, " of the case; balprobe replay shows them all");
    }
    buf_put_byte(out, '\n');
    scene_put_acts(out, trial);
    scene_put_sent(out, x);
    text_put_row(out, "expected", display->clause->expect);
    scene_put_received(out, x);
    put_command(out, display->run, x);
}

void terminal_put_again(struct buf *out, const struct terminal_run *run,
                        const struct finding *finding)
{
    char space[FILE_PATH_LEN_MAX];
    struct buf path = BUF(space);
    if (run->folder == NULL)
        return;
    buf_put_text(&path, run->folder);
    buf_put_byte(&path, '/');
    finding_name(&path, finding);
    if (path.overflow)
        return;
    text_put_label(out, "again");
    buf_put_text(out, "balprobe replay ");
    shell_put_word(out, buf_view(&path));
    buf_put_text(out, run->again);
    buf_put_byte(out, '\n');
}

static void put_frequency(struct buf *out, const struct check_result *result,
                          const struct finding *finding)
{
    const uint64_t *graded = result->graded[finding->clause];
    uint64_t judged = 0;
    for (size_t grade = GRADE_PASS; grade < GRADE_COUNT; grade++)
        judged += graded[grade];
    text_put_label(out, "seen");
    text_put_count(out, finding->count);
    buf_put_text(out, " of ");
    text_put_count(out, judged);
    buf_put_text(out, finding->count == judged ? " times judged: always\n" : " times judged\n");
}

void terminal_put_finding(struct buf *out, const struct terminal_run *run,
                          const struct check_result *result, size_t index, struct trial *trial,
                          const struct world *worlds, size_t world_count)
{
    const struct finding *finding = &result->findings[index];
    const struct clause *clause = clause_at(finding->clause);
    buf_put_unsigned(out, index + 1);
    buf_put_text(out, ". ");
    buf_put_text(out, clause->id);
    buf_put_byte(out, ' ');
    buf_put_text(out, strength_name(clause->strength));
    buf_put_text(out, "  ");
    text_put_words(out, TEXT_ROW_COLUMN, finding->why);
    buf_put_byte(out, '\n');
    struct display display = {out, run, clause};
    if (result->state == CHECK_IS_LOST)
        text_put_row(out, "now", "not run again, for the endpoint is gone");
    else if (result->state == CHECK_IS_REFUSED)
        text_put_row(out, "now", "not run again, for the endpoint refuses what it served before");
    else if (finding_is_for_good(finding, worlds, world_count))
        text_put_row(out, "now", "not run again, for what its hooks do cannot be undone");
    else if (!finding_show(finding, trial, worlds, world_count, show_scene, &display))
        text_put_row(out, "now",
                     result->was_stopped ? "not run again, for the run was interrupted"
                                         : "the case does not fail any more when it is run again");
    put_frequency(out, result, finding);
    text_put_row(out, "source", clause->source);
    text_put_row(out, "likely", clause->likely);
    terminal_put_again(out, run, finding);
    buf_put_byte(out, '\n');
}

// Why a run says less than it might; "" when it does not.
static const char *reservation(const struct check_result *result, enum outcome outcome)
{
    if (result->was_stopped)
        return "interrupted";
    if (result->state == CHECK_IS_LOST)
        return "the endpoint is gone";
    if (result->state == CHECK_IS_REFUSED)
        return "the endpoint refuses what it served before";
    return outcome == OUTCOME_PARTIAL ? result->gap : "";
}

void terminal_put_verdict(struct buf *out, const struct terminal_run *run,
                          const struct check_result *result)
{
    size_t counts[STANDING_COUNT];
    enum outcome outcome = check_outcome(counts, result, run->only);
    buf_put_text(out, outcome_name(outcome));
    buf_put_text(out, "  ");
    const char *doubt = reservation(result, outcome);
    buf_put_text(out, doubt);
    buf_put_text(out, *doubt == 0 ? "" : ": ");
    if (outcome == OUTCOME_INCONCLUSIVE)
        buf_put_text(out, result->saw_200 ? "nothing was judged: " : "no answer was ever 200: ");
    text_put_count(out, counts[STANDING_PASSED]);
    buf_put_text(out, " passed, ");
    text_put_count(out, counts[STANDING_FAILED]);
    buf_put_text(out, " failed, ");
    text_put_count(out, counts[STANDING_TOLERATED]);
    buf_put_text(out, " tolerated, ");
    text_put_count(out, counts[STANDING_UNTESTED]);
    buf_put_text(out, " not tested\n");
}

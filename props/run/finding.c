// SPDX-License-Identifier: Apache-2.0
#include "props/run/finding.h"

#include "props/choice/shrink.h"
#include "props/run/panel.h"
#include "tool/text.h"

static bool is_simpler(struct view a, struct view b)
{
    if (a.len != b.len)
        return a.len < b.len;
    return a.len != 0 && memcmp(a.data, b.data, a.len) < 0;
}

static void keep_case(struct finding *finding, struct view tape)
{
    finding->case_len = tape.len < CASE_LEN_MAX ? tape.len : CASE_LEN_MAX;
    if (finding->case_len != 0)
        memcpy(finding->case_bytes, tape.data, finding->case_len);
}

// A reason is a static text; two texts with the same words are the same reason.
static bool is_finding(const struct finding *finding, size_t clause, const char *why)
{
    return finding->clause == clause && (finding->why == why || strcmp(finding->why, why) == 0);
}

bool finding_note(struct finding *rows, size_t *count, size_t clause, const char *why,
                  struct view tape)
{
    for (size_t i = 0; i < *count; i++) {
        if (is_finding(&rows[i], clause, why)) {
            rows[i].count++;
            if (is_simpler(tape, finding_case(&rows[i])))
                keep_case(&rows[i], tape);
            return true;
        }
    }
    if (*count == FINDING_COUNT_MAX)
        return false;
    struct finding *finding = &rows[(*count)++];
    finding->clause = clause;
    finding->why = why;
    finding->count = 1;
    keep_case(finding, tape);
    return true;
}

void finding_name(struct buf *out, const struct finding *finding)
{
    uint32_t digest = 2166136261u; // FNV-1a: tells files apart, protects nothing
    for (size_t i = 0; i < finding->case_len; i++)
        digest = (digest ^ finding->case_bytes[i]) * 16777619u;
    buf_put_text(out, clause_at(finding->clause)->id);
    buf_put_byte(out, '-');
    text_put_hex(out, digest, 2 * sizeof digest);
    buf_put_text(out, ".case");
}

// A rerun plays a finding's case again and looks for its failure.
struct rerun {
    const struct finding *finding;
    struct trial *trial;
    const struct world *worlds;
    size_t world_count;
    struct panel panel;
    struct choices choices;
    bool has_failed;
    void (*show)(void *context, const struct exchange *x, const struct trial *trial);
    void *context;
};

static void look_for_failure(void *context, size_t clause, struct verdict verdict,
                             const struct exchange *x)
{
    struct rerun *rerun = context;
    if (rerun->has_failed || verdict.grade != GRADE_FAIL)
        return;
    if (!is_finding(rerun->finding, clause, verdict.why))
        return;
    rerun->has_failed = true;
    if (rerun->show != NULL)
        rerun->show(rerun->context, x, rerun->trial);
}

static void prepare_rerun(struct rerun *rerun, const struct finding *finding, struct trial *trial,
                          const struct world *worlds, size_t world_count)
{
    bool only[CLAUSE_COUNT_MAX] = {false};
    only[finding->clause] = true;
    panel_init(&rerun->panel, only, look_for_failure, rerun);
    rerun->panel.is_hasty = true;
    rerun->finding = finding;
    rerun->trial = trial;
    rerun->worlds = worlds;
    rerun->world_count = world_count;
    rerun->show = NULL;
}

static bool fails_again(struct rerun *rerun, struct view bytes)
{
    rerun->has_failed = false;
    choices_from_bytes(&rerun->choices, bytes);
    panel_play(&rerun->panel, rerun->trial, &rerun->choices, rerun->worlds, rerun->world_count);
    return rerun->has_failed;
}

static bool shrink_fails(void *context, struct buf *used, struct view bytes)
{
    struct rerun *rerun = context;
    bool fails = fails_again(rerun, bytes);
    buf_clear(used);
    buf_put(used, choices_tape(&rerun->choices));
    return fails;
}

bool finding_is_for_good(const struct finding *finding, const struct world *worlds,
                         size_t world_count)
{
    struct choices choices;
    choices_from_bytes(&choices, finding_case(finding));
    unsigned index = choose(&choices, WORLD_COUNT_MAX);
    const struct world *world = &worlds[index < world_count ? index : 0];
    unsigned program = choose(&choices, PROGRAM_COUNT);
    if (world_can_undo(world))
        return false;
    const struct clause *clause = clause_of_program(program);
    return clause != NULL && clause->hooks != 0;
}

unsigned finding_shrink(struct finding *finding, struct trial *trial, const struct world *worlds,
                        size_t world_count, unsigned calls_max)
{
    struct rerun rerun;
    if (finding_is_for_good(finding, worlds, world_count))
        return 0;
    prepare_rerun(&rerun, finding, trial, worlds, world_count);
    char space[CASE_LEN_MAX];
    struct buf best = BUF(space);
    buf_put(&best, finding_case(finding));
    struct shrink_test test = {shrink_fails, &rerun};
    unsigned used = shrink(&best, &test, calls_max);
    rerun.panel.is_hasty = false; // smaller, it might fail only because nobody waits
    if (!best.overflow && fails_again(&rerun, buf_view(&best)))
        keep_case(finding, buf_view(&best));
    return used;
}

bool finding_show(const struct finding *finding, struct trial *trial, const struct world *worlds,
                  size_t world_count,
                  void (*show)(void *context, const struct exchange *x, const struct trial *trial),
                  void *context)
{
    struct rerun rerun;
    if (finding_is_for_good(finding, worlds, world_count))
        return false;
    prepare_rerun(&rerun, finding, trial, worlds, world_count);
    rerun.show = show;
    rerun.context = context;
    return fails_again(&rerun, finding_case(finding));
}

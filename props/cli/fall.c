// SPDX-License-Identifier: Apache-2.0
#include "props/cli/fall.h"

#include "props/cli/ending.h"
#include "props/report/hunted.h"
#include "tool/files.h"
#include "tool/text.h"

enum { SHOWN_COUNT_MAX = 8 };

// No request makes a server fail.
static size_t failing_clause(void) { return clause_find(VIEW("GB-ERR-3")); }

// It refuses what it served before: a token that ran out, a limiter, maintenance. As in GB-ERR-3,
// 503 and 504 are no failures.
static bool is_refusal(const struct hunt *hunt)
{
    unsigned status = hunt->bad_status;
    bool is_fault = status >= 500 && status != 503 && status != 504;
    return status != 0 && !is_fault;
}

static const char *gap_of_fall(const struct hunt *hunt)
{
    return is_refusal(hunt) ? "the endpoint refuses what it served before"
                            : "the endpoint went down, and no input is known to be the cause";
}

static void settle_blame(struct check_result *result, const struct hunt *hunt, bool *only)
{
    size_t clause = failing_clause();
    if (is_refusal(hunt)) {
        result->gap = gap_of_fall(hunt);
        return;
    }
    only[clause] = true;
    result->saw_200 = true; // or nobody would know that it went down
    check_note(result, clause, fail("a request brings the endpoint down"));
}

void fall_settle(struct check_result *result, const struct hunt *hunt, bool *only)
{
    bool puts_off = hunt->known_status == 429 || hunt->known_status == 503;
    switch (hunt->state) {
    case HUNT_HAS_BLAMED:
        settle_blame(result, hunt, only);
        break;
    case HUNT_IS_DOWN:
        result->gap = gap_of_fall(hunt);
        break;
    case HUNT_STOPPED:
        result->gap = "the time was up while the endpoint was looked after";
        break;
    case HUNT_IS_OVER:
    case HUNT_GOES_ON:
        if (puts_off)
            result->gap = "at the end the endpoint asked for less haste";
        else if (hunt->away_count != 0 && result->gap == NULL)
            result->gap = "the endpoint was away for moments; inputs before them were not judged";
        break;
    }
    if (hunt->is_away)
        result->state = is_refusal(hunt) ? CHECK_IS_REFUSED : CHECK_IS_LOST;
}

static void put_suspect(struct buf *out, const struct hunt *hunt, const struct terminal_run *run,
                        const struct fixture *fixture, size_t index, bool is_shown)
{
    struct view tape = hunt_suspect(hunt, index);
    struct finding finding = {.clause = failing_clause(), .case_len = tape.len};
    if (tape.len != 0)
        memcpy(finding.case_bytes, tape.data, tape.len);
    bool is_kept = run->folder != NULL && ending_keep_one(&finding, run->folder);
    if (!is_shown)
        return;
    text_put_label(out, "sent");
    hunted_put_case(out, tape, fixture);
    buf_put_byte(out, '\n');
    if (is_kept)
        terminal_put_again(out, run, &finding);
}

static void put_answer(struct buf *out, const struct hunt *hunt)
{
    if (hunt->bad_status == 0)
        return;
    text_put_label(out, "answered");
    buf_put_unsigned(out, hunt->bad_status);
    buf_put_byte(out, '\n');
}

static void put_culprit(struct buf *out, const struct hunt *hunt, const struct terminal_run *run,
                        const struct fixture *fixture)
{
    bool refuses = is_refusal(hunt);
    buf_put_text(out, refuses ? "BARRED  behind one input the endpoint refuses what it serves\n"
                              : "DOWN  one input brings the endpoint down\n");
    text_put_row(out, "seen",
                 "it stopped serving a request that it serves; of the inputs before that, sent "
                 "again one at a time, this one made it stop again, and the plain request did not");
    put_answer(out, hunt);
    text_put_row(out, "likely",
                 refuses ? "a limiter or a firewall bars the sender of such requests for a while"
                         : "it crashes, or is restarted by whoever watches it, or bars "
                           "the sender of such requests for a while");
    put_suspect(out, hunt, run, fixture, hunt->culprit, true);
}

static const char *why_nobody(const struct hunt *hunt, bool was_interrupted)
{
    if (hunt->is_gone)
        return hunt->culprit == hunt->suspect_count
                   ? "it did not come back, so that nothing could be sent again"
                   : "it went down again while the inputs were sent again, the last one first, and "
                     "did not come back";
    if (hunt->is_cut_short)
        return was_interrupted ? "interrupted before all were sent again"
                               : "the time was up before all were sent again";
    return hunt->is_fickle ? "it goes away behind the plain request, too, so that none of them can "
                             "be blamed"
                           : "it came back, and no input alone brought it down once more";
}

static void put_suspects(struct buf *out, const struct hunt *hunt, const struct terminal_run *run,
                         const struct fixture *fixture)
{
    bool refuses = is_refusal(hunt);
    buf_put_text(out, refuses ? "BARRED  " : "DOWN  ");
    buf_put_text(out, gap_of_fall(hunt));
    buf_put_byte(out, '\n');
    text_put_row(out, "seen", why_nobody(hunt, hunt->result->was_stopped));
    put_answer(out, hunt);
    if (refuses)
        text_put_row(out, "likely",
                     "a token or certificate has run out, a limiter or a firewall bars the sender, "
                     "or it is being maintained");
    text_put_row(out, "suspects", "the inputs since the last good answer, the last one first");
    for (size_t i = 0; i < hunt->suspect_count; i++)
        put_suspect(out, hunt, run, fixture, hunt->suspect_count - 1 - i, i < SHOWN_COUNT_MAX);
    if (hunt->suspect_count > SHOWN_COUNT_MAX)
        text_put_row(out, "",
                     run->folder != NULL ? "and others before them, in the same folder"
                                         : "and others before them");
}

bool fall_put(struct buf *out, const struct hunt *hunt, const struct terminal_run *run,
              const char *folder, const struct fixture *fixture)
{
    struct terminal_run kept = *run;
    bool has_fallen = hunt->state == HUNT_HAS_BLAMED || hunt->state == HUNT_IS_DOWN;
    if (!has_fallen)
        return false;
    kept.folder = folder_make(folder) ? folder : NULL;
    if (hunt->state == HUNT_HAS_BLAMED)
        put_culprit(out, hunt, &kept, fixture);
    else
        put_suspects(out, hunt, &kept, fixture);
    buf_put_byte(out, '\n');
    return true;
}

// SPDX-License-Identifier: Apache-2.0
// Target functions: exchange_open, exchange_cut, panel_play with every judge and program,
// scene_put_sent, scene_put_received, scene_put_whole, terminal_put_finding, result_json_put,
// result_json_read, markdown_put.
//
// The bytes are what a hostile endpoint answers to each request of a case. The last five are the
// profile and whether the answer was cut, and the case: its program and what that asks. Asserts:
//   independent model: nobody fails an answer that exchange_model.h accepts;
//   determinism: the same answer has the same verdicts, once its body is known, too;
//   rest: what stands behind an answer changes nothing; an answer has a head that can be read;
//   reports: nothing but printable text reaches a terminal, nothing but strict JSON a machine, and
//   a finding fails again when it is shown.
#include "exchange_play.h"

static uint64_t play_once(struct exchange_play *play, struct view tape)
{
    static struct panel panel;
    play->verdicts = 0;
    play->seen_count = 0;
    play->is_conforming = false;
    memset(play->result.graded, 0, sizeof play->result.graded);
    play->result.finding_count = 0;
    readings_start(&play->result.readings);
    panel_init(&panel, NULL, exchange_hear, play);
    panel.seen = exchange_see;
    panel.readings = &play->result.readings;
    choices_from_bytes(&play->choices, tape);
    panel_play(&panel, play->trial, &play->choices, &play->world, 1);
    return play->verdicts;
}

static void check_report(struct exchange_play *play)
{
    static char space[SAID_LEN_MAX];
    static char name[64];
    static bool only[CLAUSE_COUNT_MAX];
    struct buf said = BUF(space);
    memset(only, true, sizeof only);
    memset(name, 0, sizeof name);
    memcpy(name, play->answer.data, play->answer.len < 63 ? play->answer.len : 63);
    const struct terminal_run run = {.version = "0",
                                     .profile = play->world.profile.name,
                                     .subject = name[0] == '\0' ? "-" : name,
                                     .only = only,
                                     .folder = "out",
                                     .again = ""};
    said_check_json(&run, &play->result);
    if (play->result.finding_count == 0)
        return;
    terminal_put_finding(&said, &run, &play->result, 0, play->trial, &play->world, 1);
    said_check_text(&said);
    // "now  the case does not fail any more": foreign bytes begin no line.
    FUZZ_ASSERT(view_find(buf_view(&said), VIEW("\n   now ")) == said.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { CHOICE_COUNT = 5, IS_CUT = 128 };
    static struct exchange_play play;
    char tape[CHOICE_COUNT] = {0};
    size_t len = size < CHOICE_COUNT ? 0 : size - CHOICE_COUNT;
    if (size >= CHOICE_COUNT)
        memcpy(tape, data + len, CHOICE_COUNT);
    if (play.trial == NULL)
        exchange_play_open(&play);
    play.answer = fuzz_view(data, len < CHECKED_LEN_MAX ? len : CHECKED_LEN_MAX);
    play.is_cut = ((unsigned char)tape[0] & IS_CUT) != 0;
    world_read_as(&play.world, bundle_at((unsigned char)tape[0] % BUNDLE_COUNT));
    tape[0] = 0; // the one world there is
    uint64_t verdicts = play_once(&play, view_of(tape, CHOICE_COUNT));
    FUZZ_ASSERT(play_once(&play, view_of(tape, CHOICE_COUNT)) == verdicts);
    check_report(&play);
    return 0;
}

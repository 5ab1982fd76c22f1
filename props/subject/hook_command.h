// SPDX-License-Identifier: Apache-2.0
// Hook commands: the programs with which a tester's inventory file says how acts are done at
// somebody's endpoint.
//
//     "hooks": { "consume": ["./consume.sh", "{iccid}", "{mb}"],
//                "order": ["./order.sh", "{iccid}", "{id}", "{type}", "{mb}", "{duration}",
//                          "{locations}"],
//                "clock": ["ssh", "staging", "advance", "--by={seconds}s"],
//                "walled": ["./garden.sh", "{iccid}", "{switch}"],
//                "micro": ["./micro.sh", "{iccid}", "{switch}"],
//                "limiter": ["./limit.sh", "{rate}"],
//                "fault": ["./fault.sh", "{switch}"],
//                "undo": ["./restore.sh"] }
//
// Each may be left out. A command is the words of a program, found as a shell finds it; inside its
// words stand placeholders in braces, all that its row above has and no others. What stands in
// braces otherwise than as lower-case letters is no placeholder. No shell reads the words.
//
//     {iccid}     89...                    {switch}    on, off
//     {mb}        0.5, never an exponent   {rate}      requests a second, or off
//     {seconds}   whole, rounded up        {id}        of the plan to be bought
//     {duration}  P1DT2H: the same         {type}      MODIRECT, MODIRECTPAYG
//     {locations} US,CA
//
// `undo` brings back what was before the first act; without it the SIMs stay changed.
#ifndef BP_PROPS_SUBJECT_HOOK_COMMAND_H
#define BP_PROPS_SUBJECT_HOOK_COMMAND_H

#include "net/trouble.h"
#include "operator/act.h"
#include "json/json_read.h"

enum {
    HOOK_UNDO = BP_HOOK_COUNT, // a command, but no act
    HOOK_COMMAND_COUNT,
    HOOK_WORD_COUNT_MAX = 32,  // of one command
    HOOK_WORDS_LEN_MAX = 8192, // of all commands together
};

struct hook_command {
    size_t word_count; // 0: there is no such command
    struct view words[HOOK_WORD_COUNT_MAX];
};

// The words stand in `space`: the struct must not be moved.
struct hook_commands {
    struct hook_command rows[HOOK_COMMAND_COUNT];
    char space[HOOK_WORDS_LEN_MAX];
};

// hook_commands_read reads the member "hooks" of an inventory file that bp_inventory_read accepts;
// without one there are no commands. `reader` has room for the text, which is not needed
// afterwards. It returns false with the trouble: a hook that is none, no list of words, an empty
// one, placeholders that are unknown, not for this hook or missing, a NUL, too many words. Cost:
// linear.
BP_MUST_USE bool hook_commands_read(struct hook_commands *out, struct bp_trouble *trouble,
                                    struct bp_json_reader *reader, struct view text);

// hook_command_put_act appends an act in the words of its placeholders: "consume 8988... 0.5 MB".
void hook_command_put_act(struct buf *out, const struct bp_act *act);

// hook_commands_there is the BP_HOOK_BITs of the acts that have a command.
uint8_t hook_commands_there(const struct hook_commands *commands);

// hook_command_name is the member's name: a hook's, or "undo".
const char *hook_command_name(unsigned row);

// hook_command_fill writes the command's words, each with a NUL behind it, to `out`, with the
// values of `act` (NULL: undo) in the place of the placeholders. It returns their number; they
// overflow `out` when they are too long.
size_t hook_command_fill(struct buf *out, const struct hook_command *command,
                         const struct bp_act *act);

// hook_command_put appends the command as it was given, its words escaped, a blank between two.
void hook_command_put(struct buf *out, const struct hook_command *command);

#endif

// SPDX-License-Identifier: Apache-2.0
// How engines are started: the words of the commands and their environments. One instance of one
// engine; ci/batch.sh runs both side by side, with comparison logging.
#ifndef BP_PROPS_ENGINE_ENGINE_H
#define BP_PROPS_ENGINE_ENGINE_H

#include "props/engine/campaign.h"
#include "props/engine/words.h"

// Where everything is, and for how long. The texts are the caller's.
struct engine_plan {
    enum campaign_engine engine;
    const char *programs; // folder with fuzz_TARGET, fuzz_TARGET.options, fuzz_TARGET.dict
    const char *checkers; // the same of libFuzzer, for what AFL++ saves; NULL: there is none
    const char *corpus;   // folder of the folders TARGET with seeds
    const char *out;      // new inputs go to TARGET in it, findings to findings
    uint64_t seed;
    uint64_t time_ms; // for each target
};

// Places of a target, each with its NUL.
struct engine_places {
    char program[CAMPAIGN_PATH_LEN_MAX];
    char checker[CAMPAIGN_PATH_LEN_MAX];    // "": none
    char options[CAMPAIGN_PATH_LEN_MAX];    // "": none
    char dictionary[CAMPAIGN_PATH_LEN_MAX]; // "": none
    char mutator[CAMPAIGN_PATH_LEN_MAX];    // "": none
    char seeds[CAMPAIGN_PATH_LEN_MAX];      // "": none
    char pool[CAMPAIGN_PATH_LEN_MAX];       // new inputs
    char findings[CAMPAIGN_PATH_LEN_MAX];   // what the names of findings begin with
    char log[CAMPAIGN_PATH_LEN_MAX];        // of the engine
    char work[CAMPAIGN_PATH_LEN_MAX];       // AFL++'s own folder, which is ours to empty
};

// engine_path writes three parts as one path; false: it is too long, or nothing is there although
// `has_to_be_there`. `out` is "" then.
bool engine_path(char out[CAMPAIGN_PATH_LEN_MAX], const char *a, const char *b, const char *c,
                 bool has_to_be_there);

// engine_places_of finds the places of a target; false: the program is not there, or a path is too
// long.
BP_MUST_USE bool engine_places_of(struct engine_places *out, const struct engine_plan *plan,
                                  const char *target);

// engine_fuzz_words are the words that start the engine for `seconds`.
void engine_fuzz_words(struct words *out, const struct engine_plan *plan,
                       const struct engine_places *places, struct view options, uint64_t seed,
                       uint64_t seconds);

// engine_check_words run one input with the libFuzzer build.
void engine_check_words(struct words *out, const struct engine_places *places, struct view options,
                        const char *input);

// engine_merge_words take into the pool what AFL++'s queue has and the pool lacks. Inputs on which
// the libFuzzer build fails become files merge-* of the work folder.
void engine_merge_words(struct words *out, const struct engine_places *places, struct view options);

// engine_settings is our environment with what libFuzzer or AFL++ needs. AFL++ sends its datagrams
// to `port` of this machine, or none when it is 0.
void engine_settings(struct words *out, enum campaign_engine engine,
                     const struct engine_places *places, uint16_t port);

#endif

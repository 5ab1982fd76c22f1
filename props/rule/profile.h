// SPDX-License-Identifier: Apache-2.0
// Profiles: how the ambiguities of the documents are read.
//
// Where the two source documents contradict themselves or are silent, the ledger names a key with
// alternatives. A profile is one alternative per key; a bundle is a named profile. A rule asks for
// the reading and a verdict names the key that decided it.
#ifndef BP_PROPS_RULE_PROFILE_H
#define BP_PROPS_RULE_PROFILE_H

#include "base/buf.h"

// BP_KEYS lists X(NAME, "key", "alternatives, separated by blanks"). The first alternative is the
// reading of the bundle `seed`. What each asks is in profile_rows.
#define BP_KEYS(X)                                                             \
    X(PATH_BLANK, "path.blank", "either reject accept")                        \
    X(ICCID_MALFORMED, "iccid.malformed", "either 404")                        \
    X(ICCID_FILLER, "iccid.filler", "either 404 strip")                        \
    X(FT_CASE, "ft.case", "seed ci exact-lower")                               \
    X(FT_EMPTY, "ft.empty", "tolerate 400")                                    \
    X(LIMIT_ZERO, "limit.zero", "either empty 400")                            \
    X(LIMIT_SYNTAX, "limit.syntax", "either strict net")                       \
    X(LIMIT_EMPTY, "limit.empty", "tolerate 400")                              \
    X(LOC_EMPTY, "loc.empty", "tolerate absent 400 either")                    \
    X(LOC_CASE, "loc.case", "insensitive sensitive-400 sensitive-zero either") \
    X(LOC_UK, "loc.uk", "either accept alias-GB reject")                       \
    X(LOC_UNSERVED, "loc.unserved", "zero 400 either")                         \
    X(QUERY_DUP, "query.dup", "either 400 first last")                         \
    X(QUERY_UNKNOWN, "query.unknown", "tolerate ignore 400 either")            \
    X(TXN_REPEAT, "txn.repeat", "either 409 200")                              \
    X(TXN_ECHO, "txn.echo", "should must off")                                 \
    X(AUTH_CHALLENGE, "auth.challenge", "basic always never")                  \
    X(DATA_NAME, "data.name", "either table example ci")                       \
    X(NAMES, "names", "exact ci")                                              \
    X(TIME_GRAMMAR, "time.grammar", "tolerate net iso rfc3339")                \
    X(TIME_ZERO, "time.zero", "tolerate exact")                                \
    X(ZERO_EMPTY, "zero.empty", "fail warn ok")                                \
    X(MODIRECT_ZERO, "modirect.zero", "tolerate fail")                         \
    X(NONE_TIME, "none.time", "tolerate fail")                                 \
    X(SCHEMA, "schema", "seed v1.0 legacy-2017")                               \
    X(ERR_NAME, "err.name", "should must")                                     \
    X(METHOD_CASE, "method.case", "tolerate exact")                            \
    X(TLS_REFUSAL, "tls.refusal", "tolerate http-exact http-any alert-ok")     \
    X(TLS_SUBJECT, "tls.subject", "off on")                                    \
    X(TLS_EKU, "tls.eku", "either reject accept")                              \
    X(PATH_FORM, "path.form", "both bare iccid")                               \
    X(FT_ABSENT, "ft.absent", "basic full 400")                                \
    X(TXN_SCOPE, "txn.scope", "id id+sim id+url")                              \
    X(ERR_LEAK, "err.leak", "fail warn")                                       \
    X(MICRO, "micro", "on off")                                                \
    X(PRECEDENCE, "precedence", "any")                                         \
    X(COSA_FLAG, "cosa.flag", "yes-or-true yes")                               \
    X(WG_LIST, "wg.list", "2018-09 2017-11 2018-11 2019-04 2023-12")           \
    X(MON_PERIOD, "mon.period", "30 300")                                      \
    X(LOAD_PLAN, "load.plan", "s0 s1 custom")                                  \
    X(LOAD_RPS, "load.rps", "total per-agent")                                 \
    X(LOAD_LATENCY, "load.latency", "mean400 none")                            \
    X(LOAD_CLOCK, "load.clock", "request total")

enum profile_key {
#define BP_KEY_NAME(name, key, alternatives) KEY_##name,
    BP_KEYS(BP_KEY_NAME)
#undef BP_KEY_NAME
        KEY_COUNT,
    KEY_NONE = KEY_COUNT
};

enum { ALTERNATIVE_COUNT_MAX = 5, BUNDLE_COUNT = 5 };

// Sets of keys: a bit each.
#define KEY_BIT(key) ((uint64_t)1 << (key))

// Names for the alternatives, in the order of BP_KEYS.
enum { READ_PATH_BLANK_EITHER, READ_PATH_BLANK_REJECT, READ_PATH_BLANK_ACCEPT };
enum { READ_ICCID_MALFORMED_EITHER, READ_ICCID_MALFORMED_404 };
enum { READ_ICCID_FILLER_EITHER, READ_ICCID_FILLER_404, READ_ICCID_FILLER_STRIP };
enum { READ_FT_CASE_SEED, READ_FT_CASE_CI, READ_FT_CASE_EXACT_LOWER };
enum { READ_FT_EMPTY_TOLERATE, READ_FT_EMPTY_400 };
enum { READ_LIMIT_ZERO_EITHER, READ_LIMIT_ZERO_EMPTY, READ_LIMIT_ZERO_400 };
enum { READ_LIMIT_SYNTAX_EITHER, READ_LIMIT_SYNTAX_STRICT, READ_LIMIT_SYNTAX_NET };
enum { READ_LIMIT_EMPTY_TOLERATE, READ_LIMIT_EMPTY_400 };
enum { READ_LOC_EMPTY_TOLERATE, READ_LOC_EMPTY_ABSENT, READ_LOC_EMPTY_400, READ_LOC_EMPTY_EITHER };
enum {
    READ_LOC_CASE_INSENSITIVE,
    READ_LOC_CASE_SENSITIVE_400,
    READ_LOC_CASE_SENSITIVE_ZERO,
    READ_LOC_CASE_EITHER
};
enum { READ_LOC_UK_EITHER, READ_LOC_UK_ACCEPT, READ_LOC_UK_ALIAS_GB, READ_LOC_UK_REJECT };
enum { READ_LOC_UNSERVED_ZERO, READ_LOC_UNSERVED_400, READ_LOC_UNSERVED_EITHER };
enum { READ_QUERY_DUP_EITHER, READ_QUERY_DUP_400, READ_QUERY_DUP_FIRST, READ_QUERY_DUP_LAST };
enum {
    READ_QUERY_UNKNOWN_TOLERATE,
    READ_QUERY_UNKNOWN_IGNORE,
    READ_QUERY_UNKNOWN_400,
    READ_QUERY_UNKNOWN_EITHER
};
enum { READ_TXN_REPEAT_EITHER, READ_TXN_REPEAT_409, READ_TXN_REPEAT_200 };
enum { READ_TXN_ECHO_SHOULD, READ_TXN_ECHO_MUST, READ_TXN_ECHO_OFF };
enum { READ_AUTH_CHALLENGE_BASIC, READ_AUTH_CHALLENGE_ALWAYS, READ_AUTH_CHALLENGE_NEVER };
enum { READ_DATA_NAME_EITHER, READ_DATA_NAME_TABLE, READ_DATA_NAME_EXAMPLE, READ_DATA_NAME_CI };
enum { READ_NAMES_EXACT, READ_NAMES_CI };
enum {
    READ_TIME_GRAMMAR_TOLERATE,
    READ_TIME_GRAMMAR_NET,
    READ_TIME_GRAMMAR_ISO,
    READ_TIME_GRAMMAR_RFC3339
};
enum { READ_TIME_ZERO_TOLERATE, READ_TIME_ZERO_EXACT };
enum { READ_ZERO_EMPTY_FAIL, READ_ZERO_EMPTY_WARN, READ_ZERO_EMPTY_OK };
enum { READ_MODIRECT_ZERO_TOLERATE, READ_MODIRECT_ZERO_FAIL };
enum { READ_NONE_TIME_TOLERATE, READ_NONE_TIME_FAIL };
enum { READ_SCHEMA_SEED, READ_SCHEMA_V1_0, READ_SCHEMA_LEGACY_2017 };
enum { READ_ERR_NAME_SHOULD, READ_ERR_NAME_MUST };
enum { READ_METHOD_CASE_TOLERATE, READ_METHOD_CASE_EXACT };
enum {
    READ_TLS_REFUSAL_TOLERATE,
    READ_TLS_REFUSAL_HTTP_EXACT,
    READ_TLS_REFUSAL_HTTP_ANY,
    READ_TLS_REFUSAL_ALERT_OK
};
enum { READ_TLS_SUBJECT_OFF, READ_TLS_SUBJECT_ON };
enum { READ_TLS_EKU_EITHER, READ_TLS_EKU_REJECT, READ_TLS_EKU_ACCEPT };
enum { READ_PATH_FORM_BOTH, READ_PATH_FORM_BARE, READ_PATH_FORM_ICCID };
enum { READ_FT_ABSENT_BASIC, READ_FT_ABSENT_FULL, READ_FT_ABSENT_400 };
enum { READ_TXN_SCOPE_ID, READ_TXN_SCOPE_ID_SIM, READ_TXN_SCOPE_ID_URL };
enum { READ_ERR_LEAK_FAIL, READ_ERR_LEAK_WARN };
enum { READ_MICRO_ON, READ_MICRO_OFF };
enum { READ_COSA_FLAG_YES_OR_TRUE, READ_COSA_FLAG_YES };
enum { READ_PRECEDENCE_ANY };
enum {
    READ_WG_LIST_2018_09,
    READ_WG_LIST_2017_11,
    READ_WG_LIST_2018_11,
    READ_WG_LIST_2019_04,
    READ_WG_LIST_2023_12
};
enum { READ_MON_PERIOD_30, READ_MON_PERIOD_300 };
enum { READ_LOAD_PLAN_S0, READ_LOAD_PLAN_S1, READ_LOAD_PLAN_CUSTOM };
enum { READ_LOAD_RPS_TOTAL, READ_LOAD_RPS_PER_AGENT };
enum { READ_LOAD_LATENCY_MEAN400, READ_LOAD_LATENCY_NONE };
enum { READ_LOAD_CLOCK_REQUEST, READ_LOAD_CLOCK_TOTAL };

struct profile {
    const char *name;           // of the bundle it began as
    uint8_t reading[KEY_COUNT]; // index of the alternative
};

// profile_find fills `*out` with the bundle called `name` (seed, seed-literal, current,
// legacy-2017, field); false when there is none. bundle_at numbers them, seed first.
BP_MUST_USE bool profile_find(struct profile *out, struct view name);
const struct profile *bundle_at(size_t index);

// profile_key_name is "limit.zero"; profile_key_find is the key of that name, or KEY_NONE.
const char *profile_key_name(enum profile_key key);
enum profile_key profile_key_find(struct view name);

// profile_reading is the alternative in force: "either".
struct view profile_reading(const struct profile *profile, enum profile_key key);

// profile_alternative is alternative number `index` of a key, 0 to profile_alternative_count - 1.
struct view profile_alternative(enum profile_key key, unsigned index);
unsigned profile_alternative_count(enum profile_key key);

// profile_set puts the alternative called `word` in force; false when `key` has none of that name.
BP_MUST_USE bool profile_set(struct profile *profile, enum profile_key key, struct view word);

// profile_read reads "seed-literal", "limit.zero=400" (seed with that reading) or
// "field,limit.zero=400,txn.echo=must". False when it is none of these.
BP_MUST_USE bool profile_read(struct profile *out, struct view text);

// profile_put_name appends what the profile is called: "seed", or "seed with limit.zero=400,
// txn.echo=must" where readings were changed.
void profile_put_name(struct buf *out, const struct profile *profile);

// Where a reading is asked for.
enum reading_use {
    USED_BY_CHECK,  // by rules: balprobe check
    USED_OVER_TLS,  // by the certificate matrix of balprobe check
    USED_BY_LAUNCH, // by the lints and the monitor of balprobe launch
    USED_BY_LOAD,   // by the plans of the load test
    USED_FOR_NOTE,  // nowhere: how it is read is only written down
};

// One question that the documents leave open, by its number in the ledger. A question may have
// several keys, and then several rows.
struct profile_row {
    unsigned number;      // of the ledger; 0: a question that servers ask
    enum profile_key key; // KEY_NONE: there is one answer
    enum reading_use use;
    const char *question;
    const char *answer; // what is done by default, in words
};
extern const struct profile_row profile_rows[];
extern const size_t profile_row_count;

// profile_reads says whether the alternative `alternative`, a READ constant of `key`, is in force.
static inline bool profile_reads(const struct profile *profile, enum profile_key key,
                                 unsigned alternative)
{
    return profile->reading[key] == alternative;
}

#endif

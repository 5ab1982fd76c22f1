// SPDX-License-Identifier: Apache-2.0
#include "json/strict.h"

#include "base/bounds.h"
#include "json/plain.h"

// What an octet is between tokens.
enum outside_class {
    BAD_OCTET, // refused: a control character, or what cannot stand outside a string
    BAD_UTF8,  // refused: never the first octet of a UTF-8 sequence
    SEPARATOR, // white space, comma, colon
    OPENER,
    CLOSER,
    QUOTE,
    WORD,
};

// What an octet is within a string. The hexadecimal digits fall apart because \uD800 to \uDFFF
// are halves of surrogate pairs.
enum inside_class {
    IN_CONTROL,
    IN_PLAIN,
    IN_QUOTE,
    IN_BACKSLASH,
    IN_SLASH,
    IN_0_7,
    IN_8_B, // also A and a, not b
    IN_b,   // a digit and an escape
    IN_C_F, // not d, D, f
    IN_f,   // a digit and an escape
    IN_D,   // d and D
    IN_n_r_t,
    IN_u,
    IN_80, // continuation octets 80-8F
    IN_90, // 90-9F
    IN_A0, // A0-BF
    IN_C2, // first octets: C2-DF
    IN_E0,
    IN_E1, // E1-EC, EE, EF
    IN_ED,
    IN_F0,
    IN_F1, // F1-F3
    IN_F4,
    IN_NEVER, // C0, C1, F5-FF
    INSIDE_CLASS_COUNT
};

enum state {
    OUTSIDE, // must be 0: a fresh bp_strict starts here
    IN_WORD,
    STRING = BP_STRICT_STRING,
    ESCAPE,   // behind a backslash
    HEX_1,    // behind \u
    HEX_2,    //
    HEX_3,    //
    HEX_4,    //
    HEX_D,    // behind \ud: a half of a pair, or not
    HIGH_3,   // within the first half of a pair
    HIGH_4,   //
    PAIR,     // behind the first half: a backslash must follow
    PAIR_u,   //
    PAIR_D,   //
    PAIR_LOW, //
    TAIL_1,   // one continuation octet to come
    TAIL_2,   //
    TAIL_3,   //
    TAIL_E0,  // the second octet is restricted
    TAIL_ED,  //
    TAIL_F0,  //
    TAIL_F4,  //
    STATE_COUNT,
    HALF, // refused as half of a pair, whatever the state
};

// clang-format off
static const uint8_t outside_classes[256] = {
#define B BAD_OCTET
#define U BAD_UTF8
#define S SEPARATOR
#define O OPENER
#define C CLOSER
#define Q QUOTE
#define W WORD
    B, B, B, B, B, B, B, B, B, S, S, B, B, S, B, B, // 00
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B,
    S, W, Q, W, W, W, W, W, W, W, W, W, S, W, W, W, // 20
    W, W, W, W, W, W, W, W, W, W, S, W, W, W, W, W,
    W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, // 40
    W, W, W, W, W, W, W, W, W, W, W, O, W, C, W, W,
    W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, // 60
    W, W, W, W, W, W, W, W, W, W, W, O, W, C, W, B,
    U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, // 80
    U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U,
    U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, // A0
    U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U,
    U, U, B, B, B, B, B, B, B, B, B, B, B, B, B, B, // C0
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B,
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, // E0
    B, B, B, B, B, U, U, U, U, U, U, U, U, U, U, U,
#undef B
#undef U
#undef S
#undef O
#undef C
#undef Q
#undef W
};

static const uint8_t inside_classes[256] = {
#define o IN_CONTROL
#define p IN_PLAIN
#define Q IN_QUOTE
#define K IN_BACKSLASH
#define S IN_SLASH
#define d IN_0_7
#define h IN_8_B
#define b IN_b
#define c IN_C_F
#define f IN_f
#define D IN_D
#define e IN_n_r_t
#define u IN_u
#define x IN_80
#define y IN_90
#define z IN_A0
#define T IN_C2
#define R IN_E1
#define G IN_F1
#define N IN_NEVER
    o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, // 00
    o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o,
    p, p, Q, p, p, p, p, p, p, p, p, p, p, p, p, S, // 20
    d, d, d, d, d, d, d, d, h, h, p, p, p, p, p, p,
    p, h, h, c, D, c, c, p, p, p, p, p, p, p, p, p, // 40
    p, p, p, p, p, p, p, p, p, p, p, p, K, p, p, p,
    p, h, b, c, D, c, f, p, p, p, p, p, p, p, e, p, // 60
    p, p, e, p, e, u, p, p, p, p, p, p, p, p, p, p,
    x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, // 80
    y, y, y, y, y, y, y, y, y, y, y, y, y, y, y, y,
    z, z, z, z, z, z, z, z, z, z, z, z, z, z, z, z, // A0
    z, z, z, z, z, z, z, z, z, z, z, z, z, z, z, z,
    N, N, T, T, T, T, T, T, T, T, T, T, T, T, T, T, // C0
    T, T, T, T, T, T, T, T, T, T, T, T, T, T, T, T,
    IN_E0, R, R, R, R, R, R, R, R, R, R, R, R, IN_ED, R, R, // E0
    IN_F0, G, G, G, IN_F4, N, N, N, N, N, N, N, N, N, N, N,
#undef o
#undef p
#undef Q
#undef K
#undef S
#undef d
#undef h
#undef b
#undef c
#undef f
#undef D
#undef e
#undef u
#undef x
#undef y
#undef z
#undef T
#undef R
#undef G
#undef N
};
// clang-format on

#define HEX_TO(next)                                                                           \
    [IN_0_7] = (next), [IN_8_B] = (next), [IN_b] = (next), [IN_C_F] = (next), [IN_f] = (next), \
    [IN_D] = (next)
#define TAIL_TO(next) [IN_80] = (next), [IN_90] = (next), [IN_A0] = (next)

// The state behind an octet. Where nothing is said (0) the octet is refused, for the reason of the
// state.
static const uint8_t next_states[STATE_COUNT][INSIDE_CLASS_COUNT] = {
    [STRING] = {[IN_PLAIN] = STRING,
                [IN_BACKSLASH] = ESCAPE,
                [IN_SLASH] = STRING,
                HEX_TO(STRING),
                [IN_n_r_t] = STRING,
                [IN_u] = STRING,
                [IN_C2] = TAIL_1,
                [IN_E0] = TAIL_E0,
                [IN_E1] = TAIL_2,
                [IN_ED] = TAIL_ED,
                [IN_F0] = TAIL_F0,
                [IN_F1] = TAIL_3,
                [IN_F4] = TAIL_F4},
    [ESCAPE] = {[IN_QUOTE] = STRING,
                [IN_BACKSLASH] = STRING,
                [IN_SLASH] = STRING,
                [IN_b] = STRING,
                [IN_f] = STRING,
                [IN_n_r_t] = STRING,
                [IN_u] = HEX_1},
    [HEX_1] = {[IN_0_7] = HEX_2,
               [IN_8_B] = HEX_2,
               [IN_b] = HEX_2,
               [IN_C_F] = HEX_2,
               [IN_f] = HEX_2,
               [IN_D] = HEX_D},
    [HEX_2] = {HEX_TO(HEX_3)},
    [HEX_3] = {HEX_TO(HEX_4)},
    [HEX_4] = {HEX_TO(STRING)},
    [HEX_D] = {[IN_0_7] = HEX_3,
               [IN_8_B] = HIGH_3,
               [IN_b] = HIGH_3,
               [IN_C_F] = HALF,
               [IN_f] = HALF,
               [IN_D] = HALF},
    [HIGH_3] = {HEX_TO(HIGH_4)},
    [HIGH_4] = {HEX_TO(PAIR)},
    [PAIR] = {[IN_BACKSLASH] = PAIR_u},
    [PAIR_u] = {[IN_u] = PAIR_D},
    [PAIR_D] = {[IN_D] = PAIR_LOW},
    [PAIR_LOW] = {[IN_C_F] = HEX_3, [IN_f] = HEX_3, [IN_D] = HEX_3},
    [TAIL_1] = {TAIL_TO(STRING)},
    [TAIL_2] = {TAIL_TO(TAIL_1)},
    [TAIL_3] = {TAIL_TO(TAIL_2)},
    [TAIL_E0] = {[IN_A0] = TAIL_1},
    [TAIL_ED] = {[IN_80] = TAIL_1, [IN_90] = TAIL_1},
    [TAIL_F0] = {[IN_90] = TAIL_2, [IN_A0] = TAIL_2},
    [TAIL_F4] = {[IN_80] = TAIL_2},
};

static enum bp_reason refusal(unsigned state, unsigned char octet)
{
    if (next_states[state][inside_classes[octet]] == HALF)
        return BP_REASON_JSON_SURROGATE;
    if (state >= PAIR && state <= PAIR_LOW)
        return BP_REASON_JSON_SURROGATE;
    if (state >= TAIL_1 || (state == STRING && octet >= 0x80))
        return BP_REASON_JSON_UTF8;
    return BP_REASON_JSON_SYNTAX;
}

// A scan of one piece of text.
struct scan {
    const char *data;
    size_t len;
    size_t at;
    enum bp_reason reason; // why it stopped at `at`
};

// Reads a string from `at`, behind its opening quote or in its midst, up to behind its closing
// quote or the end of the bytes. False when an octet is refused.
static inline bool scan_string(struct bp_strict *s, struct scan *scan)
{
    unsigned state = s->state;
    size_t at = scan->at;
    while (at < scan->len) {
        if (state == STRING) {
            at += plain_len(scan->data + at, scan->len - at, PLAIN_TO_READ);
            if (at == scan->len)
                break;
            if (scan->data[at] == '"') {
                state = OUTSIDE;
                at++;
                break;
            }
        }
        unsigned char octet = (unsigned char)scan->data[at];
        unsigned next = next_states[state][inside_classes[octet]];
        if (next == OUTSIDE || next == HALF) {
            scan->reason = refusal(state, octet);
            scan->at = at;
            return false;
        }
        state = next;
        at++;
    }
    s->state = (uint8_t)state;
    scan->at = at;
    return true;
}

// Reads a number or another word in the same way. A quote right behind it is never right.
static inline bool scan_word(struct bp_strict *s, struct scan *scan)
{
    size_t room = BP_JSON_NUMBER_LEN_MAX - s->word_len;
    size_t begin = scan->at;
    size_t at = begin;
    while (at < scan->len && outside_classes[(unsigned char)scan->data[at]] == WORD)
        at++;
    bool is_long = at - begin > room;
    scan->at = is_long ? begin + room : at;
    if (is_long) {
        scan->reason = s->is_number_word ? BP_REASON_JSON_NUMBER : BP_REASON_JSON_SYNTAX;
        return false;
    }
    s->word_len += (uint32_t)(at - begin);
    if (at == scan->len)
        return true;
    s->state = OUTSIDE;
    scan->reason = BP_REASON_JSON_SYNTAX;
    return scan->data[at] != '"';
}

static inline void start_word(struct bp_strict *s, char first)
{
    s->state = IN_WORD;
    s->word_len = 0;
    s->is_number_word = first == '-' || byte_is_digit(first);
}

// Reads what stands between tokens up to the start of the next one. False when an octet is refused.
static inline bool scan_outside(struct bp_strict *s, struct scan *scan)
{
    const char *data = scan->data;
    size_t at = scan->at;
    for (; at < scan->len; at++) {
        unsigned class = outside_classes[(unsigned char)data[at]];
        if (class == SEPARATOR)
            continue;
        if (class >= QUOTE) {
            scan->at = at;
            return true;
        }
        if (class == CLOSER) {
            s->depth--;
            continue;
        }
        if (class == OPENER && s->depth < BP_JSON_DEPTH_MAX) {
            s->depth++;
            continue;
        }
        scan->at = at;
        scan->reason = class == OPENER     ? BP_REASON_JSON_DEPTH
                       : class == BAD_UTF8 ? BP_REASON_JSON_UTF8
                                           : BP_REASON_JSON_SYNTAX;
        return false;
    }
    scan->at = at;
    return true;
}

static size_t scan_tokens(struct bp_strict *s, size_t *whole_len, enum bp_reason *reason,
                          struct view v)
{
    struct scan scan = {v.data, v.len, 0, BP_REASON_NONE};
    bool ok = true;
    *whole_len = BP_STRICT_NO_END;
    while (ok && scan.at < scan.len) {
        if (s->state == OUTSIDE) {
            ok = scan_outside(s, &scan);
            *whole_len = scan.at;
            if (!ok || scan.at == scan.len)
                break;
            char first = scan.data[scan.at];
            if (first == '"') {
                s->state = STRING;
                scan.at++;
            } else {
                start_word(s, first);
            }
        }
        bool is_word = s->state == IN_WORD;
        ok = is_word ? scan_word(s, &scan) : scan_string(s, &scan);
        // Only what follows a word ends it.
        if (ok && !is_word && s->state == OUTSIDE)
            *whole_len = scan.at;
    }
    *reason = ok ? BP_REASON_NONE : scan.reason;
    return scan.at;
}

size_t bp_strict_scan(struct bp_strict *s, size_t *whole_len, enum bp_reason *reason, struct view v)
{
    // The quick answer keeps small pieces of a long string cheap.
    if (s->state != STRING || plain_len(v.data, v.len, PLAIN_TO_READ) != v.len)
        return scan_tokens(s, whole_len, reason, v);
    *whole_len = BP_STRICT_NO_END;
    *reason = BP_REASON_NONE;
    return v.len;
}

bool bp_strict_is_in_string(const struct bp_strict *s) { return s->state >= STRING; }

bool bp_strict_is_in_word(const struct bp_strict *s) { return s->state == IN_WORD; }

bool bp_strict_is_word(char c) { return outside_classes[(unsigned char)c] == WORD; }

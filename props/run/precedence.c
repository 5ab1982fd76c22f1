// SPDX-License-Identifier: Apache-2.0
#include "props/run/precedence.h"

#include <assert.h>

#include "props/rule/facts.h"
#include "props/rule/query_judges.h"

// Numbers of defects: those of steady_defects, and behind them this one.
enum { UNKNOWN_SIM = PRECEDENCE_COUNT_MAX - 1 };

static const char *name_of(unsigned defect)
{
    return defect == UNKNOWN_SIM ? "unknown SIM" : steady_defects[defect].name;
}

static const char *word_of(unsigned defect)
{
    return defect == UNKNOWN_SIM ? NULL : steady_defects[defect].word;
}

static status_set statuses_of(unsigned defect)
{
    return defect == UNKNOWN_SIM ? S404 : steady_defects[defect].statuses;
}

static bool is_sim(unsigned defect)
{
    return defect == UNKNOWN_SIM || steady_defects[defect].axis == AXIS_SIM;
}

// A missing Host ends a request before anything else; and 28 pairs are enough, so that next to
// credentials one of the two defects of the SIM has to do.
static bool is_of_use(unsigned defect, const struct fixture *fixture)
{
    bool has_basic = fixture->credentials.len != 0;
    if (defect == UNKNOWN_SIM)
        return fixture->iccid[ROLE_U].len != 0;
    if (defect >= steady_defect_count)
        return false;
    switch (steady_defects[defect].axis) {
    case AXIS_HOST:
        return false;
    case AXIS_AUTH:
        return has_basic;
    case AXIS_SIM:
        return !has_basic;
    default:
        return true;
    }
}

void precedence_start(struct precedence *p)
{
    assert(steady_defect_count <= UNKNOWN_SIM);
    memset(p, 0, sizeof *p);
}

static size_t find_world(const struct world *worlds, size_t world_count)
{
    for (size_t i = 0; i < world_count; i++)
        if (worlds[i].fixture.credentials.len != 0)
            return i;
    return 0;
}

// The number of a role among those of the program that ask briefly; `wants_unknown`: ROLE_U.
static unsigned find_role(const struct fixture *fixture, bool wants_unknown)
{
    unsigned i = STEADY_BRIEF;
    while (i < STEADY_ROLE_COUNT && (steady_roles[i] == ROLE_U) != wants_unknown)
        i++;
    bool is_there = i < STEADY_ROLE_COUNT && fixture->iccid[steady_roles[i]].len != 0;
    return is_there ? i : STEADY_ROLE_COUNT;
}

static bool next_pair(struct precedence *p, const struct fixture *fixture)
{
    do {
        if (++p->two >= PRECEDENCE_COUNT_MAX) {
            p->one++;
            p->two = p->one + 1;
        }
        if (p->one >= PRECEDENCE_COUNT_MAX - 1)
            return false;
    } while (!is_of_use(p->one, fixture) || !is_of_use(p->two, fixture) ||
             (is_sim(p->one) && is_sim(p->two)));
    return true;
}

// The next defect that was never answered, alone.
static bool next_single(struct precedence *p)
{
    enum { SINGLE_COUNT_MAX = 2 };
    if (p->single_count == SINGLE_COUNT_MAX)
        return false;
    unsigned left = p->used & ~(unsigned)(p->answered | p->alone | 1u << UNKNOWN_SIM);
    if (left == 0)
        return false;
    p->single_count++;
    p->one = p->two = (unsigned)__builtin_ctz(left);
    p->alone |= (uint16_t)(1u << p->one);
    return true;
}

bool precedence_next(struct precedence *p, char tape[PRECEDENCE_TAPE_LEN],
                     const struct world *worlds, size_t world_count)
{
    size_t world = find_world(worlds, world_count);
    const struct fixture *fixture = &worlds[world].fixture;
    if (!p->is_paired && !next_pair(p, fixture))
        p->is_paired = true;
    if (p->is_paired && !next_single(p))
        return false;
    bool wants_unknown = p->two == UNKNOWN_SIM;
    unsigned role = find_role(fixture, wants_unknown);
    if (role == STEADY_ROLE_COUNT)
        return false;
    const unsigned answers[PRECEDENCE_TAPE_LEN] = {(unsigned)world, STEADY_PROGRAM, role, p->one,
                                                   wants_unknown ? p->one : p->two};
    for (size_t i = 0; i < PRECEDENCE_TAPE_LEN; i++)
        tape[i] = (char)answers[i];
    p->heard_count = 0;
    p->told = 0;
    return true;
}

static bool is_named(const struct exchange *x, unsigned defect)
{
    const char *word = word_of(defect);
    return word != NULL && names_parameter(x, view_of_text(word));
}

// tell says which of the two was answered, as struct precedence has it.
static int tell(const struct exchange *x, unsigned one, unsigned two)
{
    if (one == two)
        return status_in(x->status, statuses_of(one));
    bool is_one = status_in(x->status, statuses_of(one));
    bool is_two = status_in(x->status, statuses_of(two));
    if (is_one && is_two) {
        is_one = is_named(x, one);
        is_two = is_named(x, two);
    }
    return (int)is_one - (int)is_two;
}

void precedence_hear(struct precedence *p, const struct exchange *x)
{
    if (!is_answered(x))
        return;
    int told = tell(x, p->one, p->two);
    p->told = p->heard_count++ == 0 || p->told == told ? told : 0;
}

void precedence_end(struct precedence *p)
{
    if (p->told == 0)
        return;
    p->used |= (uint16_t)(1u << p->one | 1u << p->two);
    p->answered |= (uint16_t)(1u << (p->told > 0 ? p->one : p->two));
    if (p->one == p->two)
        return;
    if (p->told > 0)
        p->behind[p->two] |= (uint16_t)(1u << p->one);
    else
        p->behind[p->one] |= (uint16_t)(1u << p->two);
}

// Those of `left` that none of them is answered instead of.
static uint16_t front_of(const struct precedence *p, uint16_t left)
{
    uint16_t front = 0;
    for (unsigned i = 0; i < PRECEDENCE_COUNT_MAX; i++)
        if ((left >> i & 1) != 0 && (p->behind[i] & left) == 0)
            front |= (uint16_t)(1u << i);
    return front;
}

static void put_names(struct buf *out, uint16_t defects)
{
    bool is_first = true;
    for (unsigned i = 0; i < PRECEDENCE_COUNT_MAX; i++) {
        if ((defects >> i & 1) == 0)
            continue;
        buf_put_text(out, is_first ? "" : ", ");
        buf_put_text(out, name_of(i));
        is_first = false;
    }
}

void precedence_put(struct buf *out, const struct precedence *p)
{
    uint16_t left = p->used & (p->answered | 1u << UNKNOWN_SIM);
    bool is_first = true;
    while (left != 0) {
        uint16_t front = front_of(p, left);
        buf_put_text(out, is_first ? "" : " > ");
        is_first = false;
        if (front == 0) {
            buf_put_text(out, "no order among ");
            put_names(out, left);
            return;
        }
        put_names(out, front);
        left &= (uint16_t)~front;
    }
}

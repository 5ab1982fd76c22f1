// SPDX-License-Identifier: Apache-2.0
#include "props/rule/path_programs.h"

#include "props/rule/program.h"
#include "props/rule/splice.h"
#include "value/iccid.h"

enum { NEAR_LEN_MAX = 64 };

// How the end of an id is changed. In front of `tail` stands the id, or the id without its last
// digit.
struct near {
    bool is_cut;
    const char *tail;  // {d} is the last digit, {i} the id
    unsigned add;      // not 0: the last digit plus this, modulo 10
    const char *words; // why the endpoint is wrong when it serves this
};

static const struct near nears[] = {
    {true, "", 1, "an id with another last digit is answered like a known one"},
    {true, "", 9, "an id with another last digit is answered like a known one"},
    {true, "_", 0, "_ in an id stands for any digit"},
    {true, "%25", 0, "% in an id stands for any digits"},
    // Whoever pastes the id into a statement joins the two parts again.
    {true, "%27%7C%7C%27{d}", 0, "an apostrophe in an id ends the text that it stands in"},
    {false, ".0", 0, "an id with .0 behind is answered like the same number"},
    {false, ",{i}", 0, "two ids in one segment are served"},
};

enum { NEAR_COUNT = sizeof nears / sizeof nears[0] };

static bool has_luhn(struct view text)
{
    struct bp_iccid iccid;
    return bp_iccid_read(&iccid, text) && bp_iccid_has_luhn(&iccid);
}

// uses_check_digits says that two known SIMs at least, and most of them, have a right check digit.
static bool uses_check_digits(const struct fixture *fixture)
{
    unsigned right_count = 0;
    unsigned count = 0;
    for (unsigned role = 0; role < ROLE_U; role++) {
        count += fixture->iccid[role].len != 0;
        right_count += has_luhn(fixture->iccid[role]);
    }
    return right_count >= 2 && right_count * 2 > count;
}

// may_be_somebody says that an id of another last digit may be that of a SIM: where ids end with a
// check digit only one of ten is.
static bool may_be_somebody(const struct fixture *fixture, struct view known, struct view other)
{
    for (unsigned role = 0; role < ROLE_COUNT; role++)
        if (view_equal(fixture->iccid[role], other))
            return true;
    return !uses_check_digits(fixture) || !has_luhn(known) || has_luhn(other);
}

static void put_near(struct buf *out, const struct near *near, struct view known)
{
    char last = known.data[known.len - 1];
    buf_put(out, view_first(known, known.len - (near->is_cut ? 1 : 0)));
    if (near->add != 0)
        buf_put_byte(out, (char)('0' + ((unsigned)(last - '0') + near->add) % 10));
    struct view text = view_of_text(near->tail);
    size_t at = view_index(text, '{');
    buf_put(out, view_first(text, at));
    if (at == text.len)
        return;
    buf_put(out, text.data[at + 1] == 'd' ? view_of(&last, 1) : known);
}

// write_plain writes the plain request of a known SIM, chosen, into slot 0 and gives its ICCID.
// NULL: there is none.
static struct buf *write_plain(struct trial *trial, struct view *known)
{
    struct intent plain;
    if (!plain_for_any(&plain, trial))
        return NULL;
    struct buf *request = trial_request(trial, 0);
    *known = trial->world->fixture.iccid[intent_role(&plain)];
    intent_write(request, &plain, &trial->world->fixture, trial->serial++);
    return request;
}

struct verdict run_near_sim(struct trial *trial)
{
    char space[NEAR_LEN_MAX];
    struct buf other = BUF(space);
    struct view known;
    struct buf *request = write_plain(trial, &known);
    if (request == NULL)
        return skip("no role of a known SIM");
    const struct near *near = &nears[choose(trial->choices, NEAR_COUNT)];
    put_near(&other, near, known);
    if (near->add != 0 && may_be_somebody(&trial->world->fixture, known, buf_view(&other)))
        return not_spoken();
    if (!splice_over(request, known, buf_view(&other)))
        return not_spoken();
    const struct exchange *x = trial_send(trial, 0, NULL);
    if (x->status == 200)
        return fail(near->words);
    return status_in(x->status, S400 | S404) ? pass() : not_spoken();
}

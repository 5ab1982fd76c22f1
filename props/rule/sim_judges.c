// SPDX-License-Identifier: Apache-2.0
#include "props/rule/sim_judges.h"

#include "props/rule/program.h"
#include "value/iccid.h"

enum { MOVED = S301 | S302 | S307 | S308 };

// asks_for says that only the SIM id (and the role) may be refused and that it has that sense.
static bool asks_for(const struct exchange *x, enum sense sense)
{
    return sense_is(x, AXIS_SIM, sense) && open_within(x, AXIS_BIT(AXIS_SIM) | AXIS_BIT(AXIS_ROLE));
}

// A form that is not the one of the reading is no id of a SIM.
static struct verdict weigh_other_form(const struct exchange *x, const char *why)
{
    return x->status == 200 ? fail_under(KEY_PATH_FORM, why) : promise(x, S400 | S404, why);
}

struct verdict judge_scheme(const struct exchange *x)
{
    bool has_scheme = sim_has_scheme(x);
    bool has_form = has_scheme || sim_is_bare(x);
    if (!ordinary_but(x, AXIS_SIM) || may_be_unserved(x) || !has_form)
        return not_spoken();
    if (reads(x, KEY_PATH_FORM, has_scheme ? READ_PATH_FORM_BARE : READ_PATH_FORM_ICCID))
        return weigh_other_form(x, has_scheme ? "the id behind iccid: is served"
                                              : "the bare id is served");
    // Why a plain request fails otherwise is for other clauses to say.
    bool is_missed =
        sense_is(x, AXIS_SIM, SENSE_SIM_OTHER) || (has_scheme && status_in(x->status, S400 | S404));
    if (is_missed)
        return promise(x, S200,
                       has_scheme ? "the id behind iccid: is not served"
                                  : "the bare id is not served");
    return x->status == 200 ? pass() : not_spoken();
}

struct verdict judge_blank(const struct exchange *x)
{
    if (!ordinary_but(x, AXIS_SIM) || !sense_is(x, AXIS_SIM, SENSE_SIM_BLANK))
        return not_spoken();
    if (is_elsewhere(x))
        return not_spoken();
    // The key is about the blank: an encoded colon may be taken or not under any reading.
    struct view text = axis_row(AXIS_SIM, x->intent->row[AXIS_SIM])->text;
    bool has_blank = view_find(text, VIEW("%20")) < text.len;
    bool has_colon = view_index(text, ':') < text.len;
    if (x->status == 200)
        return has_blank && reads(x, KEY_PATH_BLANK, READ_PATH_BLANK_REJECT)
                   ? fail_under(KEY_PATH_BLANK, "a blank behind iccid: is taken")
                   : pass();
    if (x->status == 400 || x->status == 404)
        return has_blank && has_colon && reads(x, KEY_PATH_BLANK, READ_PATH_BLANK_ACCEPT)
                   ? fail_under(KEY_PATH_BLANK, "a blank behind iccid: is not taken")
                   : pass();
    return fail("an encoded blank or colon gives neither the SIM nor a refusal");
}

struct verdict judge_unknown_sim(const struct exchange *x)
{
    if (!is_role(x, ROLE_U) || !alone(x, AXIS_ROLE))
        return not_spoken();
    struct verdict out = promise(x, S404, "an unknown ICCID is not answered with 404");
    if (out.grade != GRADE_PASS || x->body.len == 0 || x->has_json)
        return out;
    return info("the body of the 404 is neither empty nor JSON");
}

// weigh_unknown judges an id that no SIM has; 400 is tolerated where it may count as malformed.
static struct verdict weigh_unknown(const struct exchange *x, const char *why)
{
    if (is_elsewhere(x))
        return not_spoken();
    consults(x, KEY_ICCID_MALFORMED);
    if (x->status == 404)
        return pass();
    if (x->status == 400)
        return reads(x, KEY_ICCID_MALFORMED, READ_ICCID_MALFORMED_EITHER)
                   ? tolerated(KEY_ICCID_MALFORMED, "400 instead of 404")
                   : fail_under(KEY_ICCID_MALFORMED, "400 instead of 404");
    return fail(why);
}

struct verdict judge_malformed(const struct exchange *x)
{
    if (!asks_for(x, SENSE_SIM_MALFORMED))
        return not_spoken();
    if (status_in(x->status, MOVED & axis_row(AXIS_SIM, x->intent->row[AXIS_SIM])->refusals))
        return tolerated(KEY_NONE, "an empty path segment is answered with a redirect");
    return weigh_unknown(x, "a malformed SIM id is not answered with 404");
}

struct verdict judge_neighbour(const struct exchange *x)
{
    return asks_for(x, SENSE_SIM_NEIGHBOUR)
               ? weigh_unknown(x, "an id close to a known one is not answered with 404")
               : not_spoken();
}

struct verdict judge_filler(const struct exchange *x)
{
    if (!asks_for(x, SENSE_SIM_FILLER))
        return not_spoken();
    bool strips = reads(x, KEY_ICCID_FILLER, READ_ICCID_FILLER_STRIP);
    if (x->status == 200) {
        if (is_role(x, ROLE_U))
            return fail("an unknown id with a filler is served");
        return reads(x, KEY_ICCID_FILLER, READ_ICCID_FILLER_404)
                   ? fail_under(KEY_ICCID_FILLER, "an id with a filler is served")
                   : pass();
    }
    if (x->status == 404 && strips && !is_role(x, ROLE_U))
        return fail_under(KEY_ICCID_FILLER, "the filler is not stripped");
    return weigh_unknown(x, "an id with a filler is neither served nor unknown");
}

static bool role_has_luhn(const struct exchange *x)
{
    struct bp_iccid iccid;
    return !bp_iccid_read(&iccid, x->fixture->iccid[intent_role(x->intent)]) ||
           bp_iccid_has_luhn(&iccid);
}

struct verdict judge_luhn(const struct exchange *x)
{
    static const char why[] = "a failing Luhn digit is answered unlike any other ICCID";
    if (asks_for(x, SENSE_SIM_NO_LUHN))
        return promise(x, S404, why);
    if (!is_ordinary(x) || role_has_luhn(x))
        return not_spoken();
    if (x->status == 400 || x->status == 404)
        return may_be_unserved(x) ? not_spoken() : fail(why);
    return x->status == 200 ? pass() : not_spoken();
}

struct verdict judge_escape(const struct exchange *x)
{
    // Go, Java and PHP hand out paths that are decoded whole, nginx does before proxy_pass with a
    // path: many find the resource so, and no other.
    if (is_late_slash(x))
        return tolerated(KEY_NONE, "%2F in the path is taken for a slash");
    if (!asks_for(x, SENSE_SIM_ESCAPE))
        return not_spoken();
    if (status_in(x->status, MOVED | S403))
        return tolerated(KEY_NONE, "an escaped id is answered with a redirect or 403");
    return promise(x, S400 | S404, "an escape inside the SIM id does not give 404 or 400");
}

struct verdict run_sim_form(struct trial *trial, enum sense sense, const char *why)
{
    struct intent plain;
    if (!plain_for_any(&plain, trial))
        return skip("no role of a known SIM");
    intent_set_sense(&plain, AXIS_FIELDS, SENSE_FIELDS_FULL);
    struct intent other = plain;
    pick_sense(&other, trial, AXIS_SIM, sense);
    return same_where_served(trial, &plain, &other, why);
}

struct verdict run_scheme(struct trial *trial)
{
    return run_sim_form(trial, SENSE_SIM_OTHER, "iccid: gives another answer than the bare id");
}

struct verdict run_blank(struct trial *trial)
{
    return run_sim_form(trial, SENSE_SIM_BLANK,
                        "an encoded blank or colon gives another answer than the bare id");
}

struct verdict run_filler(struct trial *trial)
{
    return run_sim_form(trial, SENSE_SIM_FILLER,
                        "an id with filler gives another answer than without");
}

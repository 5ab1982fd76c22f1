// SPDX-License-Identifier: Apache-2.0
// Clauses on Basic authentication.
#include "props/rule/auth_programs.h"
#include "props/rule/families.h"
#include "props/rule/program.h"

static bool has_basic(const struct exchange *x) { return x->fixture->credentials.len != 0; }

// has_wrong says that credentials are sent to a deployment that has to refuse them.
static bool has_wrong(const struct exchange *x)
{
    if (x->intent == NULL || (x->intent->must_axes & AXIS_BIT(AXIS_AUTH)) == 0)
        return false;
    return has_basic(x) && !sense_is(x, AXIS_AUTH, SENSE_ABSENT);
}

// has_right says that the right credentials are sent to a deployment that asks for them.
static bool has_right(const struct exchange *x) { return has_basic(x) && is_good(x); }

static struct verdict judge_without_basic(const struct exchange *x)
{
    if (!is_good(x))
        return not_spoken();
    if (x->status == 200)
        return pass();
    if (x->status == 401)
        return fail("credentials are asked for though Basic is off");
    if (sense_is(x, AXIS_AUTH, SENSE_PLAIN) || sense_is(x, AXIS_AUTH, SENSE_ABSENT))
        return not_spoken();
    if (x->status == 403)
        return fail("credentials are looked at though Basic is off");
    if (x->status == 400 && sense_is(x, AXIS_AUTH, SENSE_AUTH_SYNTAX))
        return tolerated(KEY_NONE, "malformed credentials are refused though Basic is off");
    return not_spoken();
}

static struct verdict judge_chosen(const struct exchange *x)
{
    if (x->intent == NULL)
        return not_spoken();
    if (!has_basic(x))
        return judge_without_basic(x);
    if (sense_is(x, AXIS_AUTH, SENSE_ABSENT))
        return demand_refusal(x, AXIS_AUTH, S401, "served without credentials");
    if (!has_right(x))
        return not_spoken();
    if (x->status == 200)
        return pass();
    bool is_refused = x->status == 401 || x->status == 403;
    return is_refused ? fail("the right credentials are refused") : not_spoken();
}

static struct verdict run_ignored(struct trial *trial)
{
    struct intent plain;
    if (!plain_for_any(&plain, trial))
        return skip("the fixture has no SIM");
    struct intent other = plain;
    intent_set(&other, AXIS_AUTH, 1 + choose(trial->choices, axis_row_count(AXIS_AUTH) - 1));
    intent_close(&other, &trial->world->fixture);
    if (other.open_axes != 0)
        return not_spoken();
    return same_always(trial, &plain, &other, "the answer depends on credentials of no account");
}

static struct verdict judge_wrong(const struct exchange *x)
{
    if (!has_wrong(x))
        return not_spoken();
    if (x->status >= 200 && x->status < 300)
        return fail("served with wrong credentials");
    if (!alone(x, AXIS_AUTH))
        return not_spoken();
    if (x->status == 401)
        return pass();
    if (is_elsewhere(x))
        return not_spoken();
    if (x->status == 400 && sense_is(x, AXIS_AUTH, SENSE_AUTH_SYNTAX))
        return tolerated(KEY_NONE, "credentials that cannot be decoded are answered with 400");
    return fail("wrong credentials are not answered with 401");
}

static bool starts_challenge(struct view value)
{
    return value.len != 0 && byte_is_letter(value.data[0]);
}

static struct verdict judge_challenge(const struct exchange *x)
{
    static const char why[] = "a 401 has no challenge";
    if (x->status != 401)
        return not_spoken();
    consults(x, KEY_AUTH_CHALLENGE);
    const struct view *value = bp_head_find(&x->head, VIEW("WWW-Authenticate"));
    if (value != NULL && starts_challenge(*value))
        return pass();
    if (reads(x, KEY_AUTH_CHALLENGE, READ_AUTH_CHALLENGE_ALWAYS))
        return fail_under(KEY_AUTH_CHALLENGE, why);
    if (reads(x, KEY_AUTH_CHALLENGE, READ_AUTH_CHALLENGE_BASIC) && has_basic(x))
        return fail_under(KEY_AUTH_CHALLENGE, why);
    return tolerated(KEY_AUTH_CHALLENGE, why);
}

static struct verdict judge_comparison(const struct exchange *x)
{
    if (has_wrong(x)) {
        if (!sense_is(x, AXIS_AUTH, SENSE_AUTH_WRONG))
            return not_spoken();
        if (x->status == 200)
            return fail("credentials close to the right ones are taken");
        return x->status == 401 ? pass() : not_spoken();
    }
    if (!has_right(x))
        return not_spoken();
    if (x->status == 200)
        return pass();
    if (x->status != 401 && x->status != 400)
        return not_spoken();
    return sense_is(x, AXIS_AUTH, SENSE_AUTH_CASE)
               ? fail("the scheme word is taken in one letter case only")
               : fail("the right credentials are refused");
}

static struct verdict judge_silence(const struct exchange *x)
{
    if (!has_wrong(x) || !sense_is(x, AXIS_SIM, SENSE_PLAIN) ||
        !sense_is(x, AXIS_PATH, SENSE_PLAIN))
        return not_spoken();
    // A target cut at its blank, or a Host that is no site here, is missing whatever the SIM.
    bool is_lost =
        sense_is(x, AXIS_LINE, SENSE_LINE_BLANK) || (x->open_axes & AXIS_BIT(AXIS_HOST)) != 0;
    if (x->status == 404 && is_lost)
        return not_spoken();
    if (x->status == 404 || x->status == 200)
        return fail("wrong credentials learn whether the SIM is known");
    return x->status == 401 || x->status == 403 ? pass() : not_spoken();
}

static struct verdict run_known_and_unknown(struct trial *trial)
{
    if (trial->world->fixture.credentials.len == 0)
        return skip("the deployment does not ask for credentials");
    struct intent known;
    struct intent unknown;
    plain_for(&unknown, ROLE_U);
    if (!trial_has(trial, ROLE_U) || !plain_for_any(&known, trial))
        return skip("the fixture lacks a known or an unknown SIM");
    unsigned row = 1 + choose(trial->choices, axis_row_count(AXIS_AUTH) - 1);
    intent_set(&known, AXIS_AUTH, row);
    intent_set(&unknown, AXIS_AUTH, row);
    intent_set_sense(&known, AXIS_TXN, SENSE_ABSENT);
    intent_set_sense(&unknown, AXIS_TXN, SENSE_ABSENT);
    intent_close(&known, &trial->world->fixture);
    if ((known.must_axes & AXIS_BIT(AXIS_AUTH)) == 0)
        return not_spoken();
    const struct exchange *first = ask(trial, 0, &known);
    const struct exchange *later = ask(trial, 1, &unknown);
    bool is_busy = first->status >= 429 || later->status >= 429;
    if (!is_answered(first) || !is_answered(later) || is_busy)
        return not_spoken();
    if (first->status != later->status)
        return fail("the status tells wrong credentials whether the SIM is known");
    if (view_equal(first->body, later->body))
        return pass();
    return same_but_numbers(first->body, later->body)
               ? tolerated(KEY_NONE, "the bodies for two SIMs differ in numbers")
               : fail("the body tells wrong credentials whether the SIM is known");
}

static const struct clause rows[] = {
    {
        .id = "GB-AUTH-1",
        .strength = MAY,
        .source = "prepaid experience, headers, Authorization",
        .statement = "Basic authentication is the operator's choice: where it is off, the field is "
                     "ignored; where it is on, it is needed.",
        .expect = "off: the same answer with any credentials or none; on: 401 without them",
        .why = "An unexpected demand for a password shuts out a caller that was given none; an "
               "unenforced one is a lock without a bolt.",
        .likely = "a gateway applies its own policy to this route; make it follow the deployment's "
                  "setting",
        .judge = judge_chosen,
        .run = run_ignored,
        .program = 68,
    },
    {
        .id = "GB-AUTH-2",
        .strength = MUST,
        .source = "prepaid experience, error codes, HTTP 401",
        .statement = "Wrong Basic credentials are answered with 401.",
        .expect = "401 for a wrong password, an unknown user, another scheme, bad base64",
        .why = "A 500 for bad base64 or a 403 for a wrong password points support at the server or "
               "the certificate, not at the credentials.",
        .likely =
            "bad base64 throws (Convert.FromBase64String, Java's decoder: 500), a missing colon "
            "breaks the split, or all failures map to 403; answer 401 in all of these cases, also "
            "where a cache stands in front",
        .scope = SCOPE_ODD_AXIS(AXIS_AUTH),
        .judge = judge_wrong,
        .run = run_behind,
        .program = 140,
    },
    {
        .id = "GB-AUTH-3",
        .strength = STANDARD,
        .source = "RFC 9110, section 15.5.2",
        .statement = "Every 401 carries at least one challenge.",
        .expect = "WWW-Authenticate: Basic realm=...",
        .why = "Without a challenge a standard client cannot know that Basic is wanted, and so "
               "never sends the credentials it has.",
        .likely = "the handler sets the status alone (Express sendStatus(401), Go http.Error, PHP "
                  "http_response_code); add the field WWW-Authenticate with Basic and a realm",
        .scope = SCOPE_REFUSED,
        .judge = judge_challenge,
        .keys = KEY_BIT(KEY_AUTH_CHALLENGE),
    },
    {
        .id = "GB-AUTH-4",
        .strength = STANDARD,
        .source = "RFC 7617, section 2; RFC 9110, section 11.1",
        .statement = "The scheme word takes any letter case, a password may hold colons, and the "
                     "comparison is of whole values.",
        .expect = "200 for basic and BASIC; 401 for a prefix or an extension of the password",
        .why = "Comparing a prefix accepts the first letters of a password; splitting at every "
               "colon locks out the owner of a right one.",
        .likely = "split at every colon (Node, Java, PHP explode), compared in part (strncmp, a C "
                  "string) or without letter case (equalsIgnoreCase, a collation); split at the "
                  "first colon and compare all octets (timingSafeEqual, hash_equals)",
        .judge = judge_comparison,
        .run = run_nearly,
        .program = 141,
    },
    {
        .id = "GB-AUTH-5",
        .strength = DERIVED,
        .source = "prepaid experience, error codes, HTTP 401 and 404",
        .statement = "Credentials are decided before anything about the SIM is told.",
        .expect = "the same refusal for a known and for an unknown SIM",
        .why = "A stranger who gets 404 for one ICCID and 401 for the next can list the operator's "
               "SIMs without any credentials.",
        .likely = "the SIM is looked up before the credentials are checked; check them first",
        .scope = SCOPE_ODD_AXIS(AXIS_AUTH),
        .judge = judge_silence,
        .run = run_known_and_unknown,
        .program = 69,
    },
};

const struct family auth_family = {"Authentication", rows, sizeof rows / sizeof rows[0]};

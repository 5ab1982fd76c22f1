// SPDX-License-Identifier: Apache-2.0
// Clauses on the path and the SIM id.
#include "props/rule/families.h"
#include "props/rule/path_programs.h"
#include "props/rule/program.h"
#include "props/rule/sim_judges.h"

enum { MOVED = S301 | S302 | S307 | S308 };

static struct verdict judge_resource(const struct exchange *x)
{
    bool is_other_form = (sim_is_bare(x) && reads(x, KEY_PATH_FORM, READ_PATH_FORM_ICCID)) ||
                         (sim_has_scheme(x) && reads(x, KEY_PATH_FORM, READ_PATH_FORM_BARE));
    if (is_other_form)
        return ordinary_but(x, AXIS_SIM) && status_in(x->status, S400 | S404) ? pass()
                                                                              : not_spoken();
    if (!is_ordinary(x) || x->fate == FATE_FAILED || may_be_unserved(x))
        return not_spoken();
    if (x->fate == FATE_SILENT)
        return fail("no answer to an ordinary request");
    if (x->fate == FATE_MALFORMED)
        return fail("the answer to an ordinary request is no HTTP response");
    if (x->status == 401 || x->status == 403)
        return fail("an ordinary request of the tester is not let in: check its credentials");
    if (x->status == 429)
        return not_spoken(); // what that is worth is GB-RATE's to say
    if (x->status == 503 || x->status == 504)
        return tolerated(KEY_NONE, "the endpoint was not available for an ordinary request");
    if (x->status != 200)
        return fail("an ordinary request for a known SIM is not answered with 200");
    if (!x->has_json || x->nodes[0].kind != BP_JSON_OBJECT)
        return fail("200 without a JSON object");
    return pass();
}

static struct verdict judge_base(const struct exchange *x)
{
    if (x->fixture->base.len == 0)
        return not_spoken();
    if (sense_is(x, AXIS_PATH, SENSE_PATH_BASE)) {
        if (!open_within(x, AXIS_BIT(AXIS_PATH) | AXIS_BIT(AXIS_ROLE)) || !is_answered(x))
            return not_spoken();
        return served(x) ? fail("balances are served under another path than the base") : pass();
    }
    if (!is_ordinary(x))
        return not_spoken();
    if (x->status == 404)
        return fail("the resource is not found under the base path");
    return x->status == 200 ? pass() : not_spoken();
}

static struct verdict judge_encoded(const struct exchange *x)
{
    bool has_sim = sense_is(x, AXIS_SIM, SENSE_SIM_ENCODED);
    bool has_path = sense_is(x, AXIS_PATH, SENSE_PATH_ENCODED);
    unsigned mask = (has_sim ? AXIS_BIT(AXIS_SIM) : 0u) | (has_path ? AXIS_BIT(AXIS_PATH) : 0u);
    if (mask == 0 || (x->odd_axes & ~mask) != 0)
        return not_spoken();
    if (status_in(x->status, S400 | S404 | MOVED))
        return tolerated(KEY_NONE, "encoded digits or letters of the path are not decoded");
    return promise(x, S200, "encoded digits or letters of the path give neither the SIM nor 404");
}

// A body gives SIM data away when it has a list or amount of data, or the ICCID of any role.
static bool shows_sim(const struct exchange *x)
{
    if (x->has_list || names_parameter(x, VIEW("dataRemaining")))
        return true;
    for (unsigned role = 0; role < ROLE_COUNT; role++) {
        struct view iccid = x->fixture->iccid[role];
        if (iccid.len != 0 && view_find(x->body, iccid) < x->body.len)
            return true;
    }
    return false;
}

static struct verdict judge_other_resource(const struct exchange *x)
{
    unsigned mask = AXIS_BIT(AXIS_PATH) | AXIS_BIT(AXIS_SIM) | AXIS_BIT(AXIS_ROLE);
    if (!sense_is(x, AXIS_PATH, SENSE_PATH_RESOURCE) || !open_within(x, mask))
        return not_spoken();
    if (is_elsewhere(x) || is_late_slash(x))
        return not_spoken();
    if (x->status == 0)
        return fail("no HTTP response to a request for another resource");
    if (x->status >= 500 && x->status != 501)
        return fail("another resource is answered with a server error");
    if (x->status >= 300)
        return pass();
    return shows_sim(x) ? fail("another resource shows SIM data")
                        : info("another resource is answered, without SIM data");
}

static struct verdict judge_last_segment(const struct exchange *x)
{
    bool is_slash = sense_is(x, AXIS_PATH, SENSE_PATH_SLASH);
    bool is_case = sense_is(x, AXIS_PATH, SENSE_PATH_CASE);
    if (!is_slash && !is_case && !sense_is(x, AXIS_PATH, SENSE_PATH_OTHER))
        return not_spoken();
    if (!open_within(x, AXIS_BIT(AXIS_PATH) | AXIS_BIT(AXIS_ROLE)))
        return not_spoken();
    if (status_in(x->status, MOVED))
        return tolerated(KEY_NONE, "another path is answered with a redirect");
    if (is_slash && x->status == 200)
        return tolerated(KEY_NONE, "a slash behind the path is overlooked");
    if (is_case && x->status == 200 && reads(x, KEY_NAMES, READ_NAMES_CI))
        return tolerated(KEY_NAMES, "the path is compared without regard to case");
    status_set refusals = axis_row(AXIS_PATH, x->intent->row[AXIS_PATH])->refusals;
    return promise(x, S404 | (refusals & S400), "another path than the resource's is not 404");
}

static struct verdict run_encoded(struct trial *trial)
{
    static const char why[] = "an encoded path gives another answer than the plain one";
    if (choose(trial->choices, 2) == 0)
        return run_sim_form(trial, SENSE_SIM_ENCODED, why);
    struct intent plain;
    if (!plain_for_any(&plain, trial))
        return skip("no role of a known SIM");
    struct intent other = plain;
    pick_sense(&other, trial, AXIS_PATH, SENSE_PATH_ENCODED);
    return same_where_served(trial, &plain, &other, why);
}

static const struct clause rows[] = {
    {
        .id = "GB-PATH-1",
        .strength = MUST,
        .source = "prepaid experience, Get Balance, Example 1",
        .statement = "GET on {base}/sims/{ICCID}/balances gives the balances of that SIM.",
        .expect = "200 with a JSON object for a SIM the operator knows",
        .why = "Every other promise hangs on this one: without the resource the flyout has no "
               "data, no time and no type to show for any SIM.",
        .likely = "the route has another path or version, or the gateway (nginx location, API "
                  "gateway) does not forward it; register the documented path, and after a 401 or "
                  "403 accept the tester's credentials",
        .scope = SCOPE_ORDINARY,
        .judge = judge_resource,
        .keys = KEY_BIT(KEY_LOC_UNSERVED) | KEY_BIT(KEY_PATH_FORM),
    },
    {
        .id = "GB-PATH-2",
        .strength = MUST,
        .source = "prepaid experience, Get Balance, Examples 1 to 4",
        .statement = "The base URL is https and may hold a path such as /v1, and the resource is "
                     "found below it and nowhere else.",
        .expect = "200 below the base path, no balances elsewhere",
        .why = "What is served beside the base path can slip past the proxy rules that guard the "
               "base, and a lost prefix makes every call a 404.",
        .likely = "a reverse proxy strips the prefix (nginx proxy_pass with a path, IIS "
                  "applications) and forwards every path; match the whole prefix",
        .scope = SCOPE_ORDINARY | SCOPE_ODD_AXIS(AXIS_PATH),
        .judge = judge_base,
    },
    {
        .id = "GB-PATH-3",
        .strength = MUST,
        .source = "prepaid experience, Get Balance, Examples 2 and 3",
        .statement = "The SIM id may stand behind the scheme word iccid: and means the same SIM.",
        .expect = "the answer to the bare ICCID",
        .why = "Two printed calls put iccid: in front; an endpoint that takes digits alone calls "
               "each of those SIMs unknown or malformed.",
        .likely = "a route takes digits only ([0-9]+, {id:long}), or ASP.NET on .NET Framework "
                  "refuses the colon (requestPathInvalidCharacters); take text and strip one "
                  "iccid: after decoding",
        .scope = SCOPE_ORDINARY | SCOPE_ODD_AXIS(AXIS_SIM),
        .judge = judge_scheme,
        .run = run_scheme,
        .program = 2,
        .keys = KEY_BIT(KEY_LOC_UNSERVED) | KEY_BIT(KEY_PATH_FORM),
    },
    {
        .id = "GB-PATH-4",
        .strength = DERIVED,
        .source = "prepaid experience, Get Balance, Examples 2 and 3, as printed",
        .statement = "An encoded blank or colon in front of the ICCID gives that SIM or a refusal, "
                     "never another SIM or an error.",
        .expect = "200 like the bare ICCID, or 404 or 400",
        .why = "A client built from the printed example sends %20 behind the colon; a key that "
               "keeps the blank misses the SIM or hits another one.",
        .likely = "the id is decoded after it was checked, and the look-up key keeps the blank; "
                  "decode first, then check, then look up",
        .scope = SCOPE_ODD_AXIS(AXIS_SIM),
        .judge = judge_blank,
        .run = run_blank,
        .program = 3,
        .keys = KEY_BIT(KEY_PATH_BLANK),
    },
    {
        .id = "GB-PATH-5",
        .strength = MUST,
        .source = "integration and prepaid experience, error 404 and negative tests, item 1",
        .statement = "An ICCID that the operator does not know is answered with 404.",
        .expect = "404 with a JSON body or none",
        .why = "A 200 for an unknown SIM hides provisioning mistakes: nobody can tell a missing "
               "subscriber from one without a plan.",
        .likely =
            "no row becomes 200 with [] (Express res.json(rows), a Spring List) or throws (.NET "
            "Single(), Java Optional.get()) and gives 500; ask for the SIM first and answer 404",
        .roles = 1 << ROLE_U,
        .scope = SCOPE_REFUSABLE,
        .judge = judge_unknown_sim,
    },
    {
        .id = "GB-PATH-6",
        .strength = MUST,
        .source = "integration and prepaid experience, negative tests, item 1",
        .statement = "A SIM id that is no ICCID is an invalid SIM and answered with 404.",
        .expect = "404; 400 is tolerated",
        .why = "Lenient number parsing makes some ICCID out of rubbish in the path, and the caller "
               "is shown another subscriber's balance.",
        .likely = "the id is converted to a number (strtoull, Int64.Parse, parseInt) and overflow "
                  "or trailing letters are overlooked or thrown; check 19 or 20 digits as text",
        .scope = SCOPE_ODD_AXIS(AXIS_SIM),
        .judge = judge_malformed,
        .keys = KEY_BIT(KEY_ICCID_MALFORMED),
    },
    {
        .id = "GB-PATH-7",
        .strength = DERIVED,
        .source = "prepaid experience, SIM resource: the ICCID is a string",
        .statement = "The ICCID is compared whole and as text: ids close to a known one are "
                     "unknown.",
        .expect = "404",
        .why = "ICCIDs that differ in one digit are two people: a cut or wrapped key hands one of "
               "them the other's remaining data.",
        .likely = "the key is a number (it wraps at 2^64, JavaScript and MySQL round it, leading "
                  "zeros vanish), compared in part (strncmp, CHAR(19)) or as a pattern (SQL LIKE); "
                  "store it as text and bind it as a parameter",
        .scope = SCOPE_ODD_AXIS(AXIS_SIM),
        .judge = judge_neighbour,
        .run = run_near_sim,
        .program = 142,
        .keys = KEY_BIT(KEY_ICCID_MALFORMED),
    },
    {
        .id = "GB-PATH-8",
        .strength = DERIVED,
        .source = "E.118 and the SIM file's filler nibble",
        .statement = "The filler F behind a 19-digit ICCID is no part of it.",
        .expect = "404, or the answer without the filler",
        .why = "SIM files pad 19 digits with an F; an id that keeps it, or takes it for a digit, "
               "names a SIM that nobody asked about.",
        .likely = "F is read as a hexadecimal digit of the id; strip one F or refuse the id",
        .scope = SCOPE_ODD_AXIS(AXIS_SIM),
        .judge = judge_filler,
        .run = run_filler,
        .program = 4,
        .keys = KEY_BIT(KEY_ICCID_MALFORMED) | KEY_BIT(KEY_ICCID_FILLER),
    },
    {
        .id = "GB-PATH-9",
        .strength = DERIVED,
        .source = "E.118; printed examples fail the check digit",
        .statement = "A failing Luhn digit makes no difference to the answer.",
        .expect = "200 for a known SIM, 404 for an unknown one",
        .why = "Ids without a right check digit are in use, even in printed examples; refusing "
               "them cuts off subscribers for a formality.",
        .likely = "a validator checks the Luhn digit before the look-up; drop that check",
        .scope = SCOPE_ORDINARY | SCOPE_ODD_AXIS(AXIS_SIM),
        .judge = judge_luhn,
        .keys = KEY_BIT(KEY_LOC_UNSERVED),
    },
    {
        .id = "GB-PATH-10",
        .strength = STANDARD,
        .source = "RFC 3986, sections 2.1, 2.4 and 3.3",
        .statement = "The path is split at slashes first and decoded once: %2F separates nothing, "
                     "%25 starts no second decoding, %00 ends nothing.",
        .expect = "404 or 400, never a balance",
        .why = "Decoding twice or too early lets a crafted id leave its segment and pass access "
               "rules that looked at the raw path.",
        .likely = "nginx proxy_pass with a URI and Apache AllowEncodedSlashes On decode %2F, a "
                  "second URLDecoder on getPathInfo() %25; forward the raw path (NoDecode) and "
                  "decode each segment once",
        .scope = SCOPE_ODD_AXIS(AXIS_SIM),
        .judge = judge_escape,
    },
    {
        .id = "GB-PATH-11",
        .strength = STANDARD,
        .source = "RFC 3986, section 6.2.2.2",
        .statement = "Digits and letters of the path mean the same when they are percent-encoded.",
        .expect = "the answer to the plain path; 404, 400 and redirects are tolerated",
        .why = "A proxy may encode or decode harmless octets on the way; comparing raw text makes "
               "a valid SIM vanish behind it.",
        .likely = "the raw path is compared or used as key; decode each segment once",
        .scope = SCOPE_ODD_AXIS(AXIS_SIM) | SCOPE_ODD_AXIS(AXIS_PATH),
        .judge = judge_encoded,
        .run = run_encoded,
        .program = 5,
    },
    {
        .id = "GB-PATH-12",
        .strength = DERIVED,
        .source = "prepaid experience, SIM resource",
        .statement = "Other resources (/sims, the SIM itself, one balance, orders) need not exist "
                     "and never show SIM data.",
        .expect = "404, 405 or 501",
        .why = "One generated route at /sims can hand out every ICCID of the operator in a single "
               "answer: an inventory for an attacker.",
        .likely = "a scaffold (Spring Data REST, OData) makes routes for every entity; register "
                  "the balances route only, and set exported = false on Spring's repositories",
        .scope = SCOPE_ODD_AXIS(AXIS_PATH),
        .judge = judge_other_resource,
    },
    {
        .id = "GB-PATH-13",
        .strength = DERIVED,
        .source = "prepaid experience, Get Balance, Example 1",
        .statement = "The path is exactly the documented one, letter by letter.",
        .expect = "404; a redirect, or 200 with a slash behind, is tolerated",
        .why = "Loose routes answer under names that no firewall rule, log filter or rate limit "
               "was written for: side doors that nobody watches.",
        .likely = "routes ignore letter case (ASP.NET, Express by default), match by prefix (Go "
                  "patterns with a slash at the end, nginx location) or by an unanchored regex; "
                  "match the whole path",
        .scope = SCOPE_ODD_AXIS(AXIS_PATH),
        .judge = judge_last_segment,
        .keys = KEY_BIT(KEY_NAMES),
    },
};

const struct family path_family = {"Path and SIM", rows, sizeof rows / sizeof rows[0]};

// SPDX-License-Identifier: Apache-2.0
// Clauses on the parameter fieldsTemplate.
#include "props/rule/families.h"
#include "props/rule/program.h"
#include "props/rule/query_judges.h"

static bool has_basics(const struct seen_balance *b)
{
    return b->type != NULL && b->data != NULL && b->time != NULL;
}

static struct verdict weigh_basics(const struct exchange *x)
{
    if (x->balance_count == 0)
        return not_spoken();
    for (size_t i = 0; i < seen_count(x); i++)
        if (!has_basics(&x->balances[i]))
            return fail("a balance lacks type, dataRemainingInMB or timeRemaining");
    return pass();
}

static struct verdict judge_basic(const struct exchange *x)
{
    if (!served(x))
        return not_spoken();
    bool is_asked = sense_is(x, AXIS_FIELDS, SENSE_FIELDS_BASIC) && has_clear_query(x);
    return is_asked || x->intent == NULL ? weigh_basics(x) : not_spoken();
}

// weigh_whole judges what the full template has beside the basic members. What stands for no
// balance is no plan and usable nowhere: what it lacks is only worth a note.
static struct verdict weigh_whole(const struct exchange *x)
{
    bool wants_id = reads(x, KEY_SCHEMA, READ_SCHEMA_V1_0);
    bool lacks = false;
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        if ((wants_id ? b->id : b->locations) != NULL)
            continue;
        lacks = true;
        if (b->kind == SEEN_NONE || b->kind == SEEN_NOTSUPPORTED)
            continue;
        return wants_id ? fail_under(KEY_SCHEMA, "fieldsTemplate=full gives a balance without id")
                        : fail("fieldsTemplate=full gives a balance without locations");
    }
    if (!lacks)
        return pass();
    return tolerated(KEY_SCHEMA, wants_id ? "an element without balance has no id"
                                          : "an element without balance has no locations");
}

static struct verdict judge_full(const struct exchange *x)
{
    if (!served(x) || !asks_full(x))
        return not_spoken();
    struct verdict basics = weigh_basics(x);
    if (basics.grade != GRADE_PASS)
        return basics;
    return weigh_whole(x);
}

static struct verdict judge_unknown_template(const struct exchange *x)
{
    if (!sense_is(x, AXIS_FIELDS, SENSE_FIELDS_BAD) || !is_single(x, AXIS_FIELDS))
        return not_spoken();
    return promise(x, S400, "an unknown fieldsTemplate is not answered with 400");
}

static struct verdict judge_template_named(const struct exchange *x)
{
    if (!sense_is(x, AXIS_FIELDS, SENSE_FIELDS_BAD) || !alone(x, AXIS_FIELDS))
        return not_spoken();
    if (x->status != 400 || x->to_head)
        return not_spoken();
    if (x->body.len == 0)
        return fail("the 400 for fieldsTemplate has no body");
    return names_parameter(x, VIEW("fieldsTemplate"))
               ? pass()
               : fail("the 400 for fieldsTemplate does not name it");
}

static struct verdict judge_both_spellings(const struct exchange *x)
{
    bool is_good_value =
        sense_is(x, AXIS_FIELDS, SENSE_FIELDS_BASIC) || sense_is(x, AXIS_FIELDS, SENSE_FIELDS_FULL);
    if (!is_good_value || !is_ordinary(x) || may_be_unserved(x))
        return not_spoken();
    struct view text = axis_row(AXIS_FIELDS, x->intent->row[AXIS_FIELDS])->text;
    bool is_capital = view_equal(text, VIEW("=Basic")) || view_equal(text, VIEW("=Full"));
    if (is_capital)
        consults(x, KEY_FT_CASE);
    if (x->status == 400) {
        if (is_capital && reads(x, KEY_FT_CASE, READ_FT_CASE_EXACT_LOWER))
            return tolerated(KEY_FT_CASE, "the capitalised spelling is refused");
        return fail("a spelling of fieldsTemplate that the documents use is refused");
    }
    return x->status == 200 ? pass() : not_spoken();
}

static struct verdict judge_other_case(const struct exchange *x)
{
    if (!sense_is(x, AXIS_FIELDS, SENSE_FIELDS_CASE) || !is_single(x, AXIS_FIELDS))
        return not_spoken();
    consults(x, KEY_FT_CASE);
    if (x->status == 400 && reads(x, KEY_FT_CASE, READ_FT_CASE_CI))
        return fail_under(KEY_FT_CASE, "another letter case of fieldsTemplate is refused");
    if (x->status == 200 && reads(x, KEY_FT_CASE, READ_FT_CASE_EXACT_LOWER))
        return fail_under(KEY_FT_CASE, "another letter case of fieldsTemplate is taken");
    return promise(x, S200 | S400,
                   "another letter case of fieldsTemplate gives neither 200 nor 400");
}

static struct verdict judge_absent(const struct exchange *x)
{
    if (!sense_is(x, AXIS_FIELDS, SENSE_ABSENT) || !ordinary_but(x, AXIS_FIELDS))
        return not_spoken();
    if (may_be_unserved(x))
        return not_spoken();
    consults(x, KEY_FT_ABSENT);
    if (reads(x, KEY_FT_ABSENT, READ_FT_ABSENT_400))
        return x->status == 200
                   ? fail_under(KEY_FT_ABSENT, "a request without fieldsTemplate is served")
                   : promise(x, S400, "a request without fieldsTemplate is not answered with 400");
    struct verdict out = promise(x, S200, "a request without fieldsTemplate is not served");
    if (out.grade != GRADE_PASS || x->balance_count == 0)
        return out;
    out = weigh_basics(x);
    if (out.grade != GRADE_PASS || !reads(x, KEY_FT_ABSENT, READ_FT_ABSENT_FULL))
        return out;
    return weigh_whole(x).grade == GRADE_FAIL
               ? fail_under(KEY_FT_ABSENT, "without fieldsTemplate not all members are returned")
               : out;
}

static struct verdict judge_empty_template(const struct exchange *x)
{
    if (!sense_is(x, AXIS_FIELDS, SENSE_EMPTY) || !is_single(x, AXIS_FIELDS))
        return not_spoken();
    consults(x, KEY_FT_EMPTY);
    if (served(x) && weigh_basics(x).grade == GRADE_FAIL)
        return fail("an empty fieldsTemplate gives a balance without its basic members");
    if (x->status == 200)
        return reads(x, KEY_FT_EMPTY, READ_FT_EMPTY_TOLERATE)
                   ? tolerated(KEY_FT_EMPTY, "an empty fieldsTemplate is taken as absent")
                   : fail_under(KEY_FT_EMPTY, "an empty fieldsTemplate is taken as absent");
    return promise(x, S400, "an empty fieldsTemplate gives neither 400 nor 200");
}

static struct verdict judge_misspelt(const struct exchange *x)
{
    if (!sense_is(x, AXIS_EXTRA, SENSE_EXTRA_MISSPELT) || !ordinary_but(x, AXIS_EXTRA))
        return not_spoken();
    return weigh_stranger(x, "the misspelt fieldTemplate is refused",
                          "the misspelt fieldTemplate is overlooked");
}

static struct verdict run_spellings(struct trial *trial)
{
    struct intent plain;
    if (!plain_for_any(&plain, trial))
        return skip("no role of a known SIM");
    enum sense sense = choose(trial->choices, 2) == 0 ? SENSE_FIELDS_BASIC : SENSE_FIELDS_FULL;
    intent_set_sense(&plain, AXIS_FIELDS, sense);
    struct intent other = plain;
    pick_sense(&other, trial, AXIS_FIELDS, sense);
    return same_where_served(trial, &plain, &other,
                             "two spellings of fieldsTemplate give different answers");
}

static struct verdict run_other_case(struct trial *trial)
{
    struct intent plain;
    if (!plain_for_any(&plain, trial))
        return skip("no role of a known SIM");
    struct intent other = plain;
    pick_sense(&other, trial, AXIS_FIELDS, SENSE_FIELDS_CASE);
    bool is_full = axis_row(AXIS_FIELDS, other.row[AXIS_FIELDS])->value != 0;
    intent_set_sense(&plain, AXIS_FIELDS, is_full ? SENSE_FIELDS_FULL : SENSE_FIELDS_BASIC);
    return same_where_served(trial, &plain, &other,
                             "another letter case of fieldsTemplate gives another answer");
}

static struct verdict run_misspelt(struct trial *trial)
{
    struct intent plain;
    if (!plain_for_any(&plain, trial))
        return skip("no role of a known SIM");
    pick_good(&plain, trial, AXIS_FIELDS);
    struct intent other = plain;
    pick_sense(&other, trial, AXIS_EXTRA, SENSE_EXTRA_MISSPELT);
    return same_where_served(trial, &plain, &other, "the misspelt fieldTemplate has an effect");
}

static struct verdict run_projection(struct trial *trial)
{
    struct intent basic;
    if (!plain_for_any(&basic, trial))
        return skip("no role of a known SIM");
    intent_set_sense(&basic, AXIS_FIELDS, SENSE_FIELDS_BASIC);
    pick_good(&basic, trial, AXIS_LIMIT);
    pick_good(&basic, trial, AXIS_LOCATION);
    struct intent full = basic;
    intent_set_sense(&full, AXIS_FIELDS, SENSE_FIELDS_FULL);
    const struct exchange *narrow = ask(trial, 0, &basic);
    const struct exchange *wide = ask(trial, 1, &full);
    if (!served(narrow) || !served(wide))
        return not_spoken();
    return same_lists(narrow, wide, same_basics)
               ? pass()
               : fail("basic and full differ in more than their members");
}

static const struct clause rows[] = {
    {
        .id = "GB-FT-1",
        .strength = MUST,
        .source = "prepaid experience, query parameters, fieldsTemplate",
        .statement = "With fieldsTemplate=basic each balance has its type, data remaining and time "
                     "remaining.",
        .expect = "200 with the three members in each element",
        .why = "The flyout needs all three members; one that is dropped at zero takes the figure "
               "away just when the customer has run out.",
        .likely = "a serializer leaves out zeros, nulls or defaults (omitempty, NON_DEFAULT, "
                  "DefaultValueHandling.Ignore); write the members always",
        .scope = SCOPE_SERVED,
        .judge = judge_basic,
    },
    {
        .id = "GB-FT-2",
        .strength = MUST,
        .source = "prepaid experience, query parameters, fieldsTemplate, and Example 3",
        .statement = "With fieldsTemplate=full each balance has all members, locations included.",
        .expect = "200 with a locations array in each element",
        .why = "Whoever asks for everything and gets the short form cannot tell in which countries "
               "a plan holds, and sees no error either.",
        .likely = "the value is validated but never reaches the writer, or the response class has "
                  "no locations; choose the members by the template where the answer is written",
        .scope = SCOPE_SERVED,
        .judge = judge_full,
        .keys = KEY_BIT(KEY_SCHEMA),
    },
    {
        .id = "GB-FT-3",
        .strength = MUST,
        .source = "prepaid experience, error 400",
        .statement = "Another value of fieldsTemplate than basic and full is answered with 400.",
        .expect = "400",
        .why = "A guessed template hides the caller's mistake: it receives other members than it "
               "asked for and never learns why.",
        .likely =
            "a switch default or failed parse falls back to basic; .NET Enum.TryParse also takes 0 "
            "and basic,full; compare with the documented spellings and answer 400 to anything else",
        .scope = SCOPE_ODD_AXIS(AXIS_FIELDS),
        .judge = judge_unknown_template,
    },
    {
        .id = "GB-FT-4",
        .strength = MUST,
        .source = "prepaid experience, error 400",
        .statement = "The 400 for an unknown template says in its body that fieldsTemplate is "
                     "wrong.",
        .expect = "a body that contains fieldsTemplate, in any letter case",
        .why = "Without the name in the body the developer on the other side has three parameters "
               "to suspect and no log to look at.",
        .likely = "a page takes the place of the text (IIS httpErrors, nginx "
                  "proxy_intercept_errors), or Spring Boot hides it "
                  "(server.error.include-message); name fieldsTemplate and let 400 bodies pass",
        .scope = SCOPE_ODD_AXIS(AXIS_FIELDS),
        .judge = judge_template_named,
    },
    {
        .id = "GB-FT-5",
        .strength = DERIVED,
        .source = "prepaid experience, query parameters against the URLs of the examples",
        .statement = "Basic and basic, Full and full are the same value.",
        .expect = "200 and equal bodies",
        .why = "Table and URLs spell the value differently; knowing one spelling breaks each "
               "caller that was built from the other.",
        .likely = "the value is compared with one spelling (strcmp, Java Enum.valueOf); fold the "
                  "case first",
        .scope = SCOPE_ORDINARY,
        .judge = judge_both_spellings,
        .run = run_spellings,
        .program = 9,
        .keys = KEY_BIT(KEY_FT_CASE) | KEY_BIT(KEY_LOC_UNSERVED),
    },
    {
        .id = "GB-FT-6",
        .strength = DERIVED,
        .source = "prepaid experience, query parameters: silent about other letter cases",
        .statement = "Any other letter case of the value is refused, or means the same.",
        .expect = "400, or 200 with the body of the lower-case value",
        .why = "A casing that one layer accepts and the next one throws on turns a harmless "
               "request into a server error and an alarm.",
        .likely = "a check ignores letter case and Java's Enum.valueOf behind it does not: "
                  "IllegalArgumentException, 500; let one comparison serve both and answer 400 "
                  "where it fails",
        .scope = SCOPE_ODD_AXIS(AXIS_FIELDS),
        .judge = judge_other_case,
        .run = run_other_case,
        .program = 10,
        .keys = KEY_BIT(KEY_FT_CASE),
    },
    {
        .id = "GB-FT-7",
        .strength = MUST,
        .source = "integration and prepaid experience, negative tests, item 4",
        .statement = "fieldsTemplate may be left out.",
        .expect = "200 with at least the basic members",
        .why = "The negative tests leave it out and expect 200, so an endpoint that insists on it "
               "fails the acceptance on a plain call.",
        .likely = "the framework demands the parameter ([Required], required=true, a non-null "
                  "argument); give it the default basic",
        .scope = SCOPE_ORDINARY | SCOPE_ODD_AXIS(AXIS_FIELDS),
        .judge = judge_absent,
        .keys = KEY_BIT(KEY_LOC_UNSERVED) | KEY_BIT(KEY_SCHEMA) | KEY_BIT(KEY_FT_ABSENT),
    },
    {
        .id = "GB-FT-8",
        .strength = DERIVED,
        .source = "prepaid experience, error 400",
        .statement = "fieldsTemplate without a value has a bad value.",
        .expect = "400; 200 is tolerated",
        .why = "An empty value mostly means that a client lost a variable; serving it hides that "
               "mistake and guesses what was wanted.",
        .likely = "empty passes for absent (PHP empty(), Go Get(), string.IsNullOrEmpty, "
                  "JavaScript ||) or for the first enum entry; ask whether the name is there "
                  "(isset, Has) and answer 400",
        .scope = SCOPE_ODD_AXIS(AXIS_FIELDS),
        .judge = judge_empty_template,
        .keys = KEY_BIT(KEY_FT_EMPTY),
    },
    {
        .id = "GB-FT-9",
        .strength = DERIVED,
        .source = "integration and prepaid experience, negative tests, item 4, as spelt",
        .statement = "fieldTemplate, as the test list misspells it, is an unknown parameter and no "
                     "second name.",
        .expect = "200 as if it were absent; 400 is tolerated",
        .why = "An alias that no check covers is a second way in: values refused under the right "
               "name reach the code under the wrong one.",
        .likely = "an alias was added to please the test list (a second $_GET or req.query name) "
                  "and skips the validation; drop it and let the name be unknown",
        .scope = SCOPE_ODD_AXIS(AXIS_EXTRA),
        .judge = judge_misspelt,
        .run = run_misspelt,
        .program = 11,
        .keys = KEY_BIT(KEY_QUERY_UNKNOWN),
    },
    {
        .id = "GB-FT-10",
        .strength = DERIVED,
        .source = "prepaid experience, query parameters, fieldsTemplate",
        .statement = "The template changes the members only: same balances, same order, same "
                     "values.",
        .expect = "full without its further members equals basic",
        .why = "A caller that compares the short and the full answer matches figures to the wrong "
               "plan when their order differs.",
        .likely = "the templates run two queries or fill two caches, with another ORDER BY or "
                  "none; read once in one order and leave members out when writing",
        .run = run_projection,
        .program = 12,
    },
};

const struct family fields_family = {"Fields template", rows, sizeof rows / sizeof rows[0]};

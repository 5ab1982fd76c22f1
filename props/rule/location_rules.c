// SPDX-License-Identifier: Apache-2.0
// Clauses on the parameter location and the locations of balances.
#include "props/rule/families.h"
#include "props/rule/location_judges.h"
#include "props/rule/program.h"
#include "value/country.h"

// asks_location says that location alone may be refused and that it has that sense.
static bool asks_location(const struct exchange *x, enum sense sense)
{
    return sense_is(x, AXIS_LOCATION, sense) && is_single(x, AXIS_LOCATION);
}

// means_code says that `text` is the country `code`: in any letter case, and UK for GB.
static bool means_code(struct view text, struct view code)
{
    if (view_equal_nocase(text, code))
        return true;
    return view_equal(code, VIEW("GB")) && view_equal_nocase(text, VIEW("UK"));
}

// holds_in says that one of the strings of `locations` is `code`. Where nothing can be said (no
// list, or an empty one, which GB-BODY-15 judges) it is true.
static bool holds_in(const struct exchange *x, const struct seen_balance *b, struct view code)
{
    const struct bp_json_node *list = b->locations;
    if (list == NULL || list->kind != BP_JSON_ARRAY || list->count == 0)
        return true;
    for (const struct bp_json_node *n = bp_json_first(list); n != NULL;
         n = bp_json_next(x->nodes, list, n))
        if (n->kind == BP_JSON_STRING && means_code(n->text, code))
            return true;
    return false;
}

static bool all_hold_in(const struct exchange *x, struct view code)
{
    for (size_t i = 0; i < seen_count(x); i++)
        if (!is_zero_balance(&x->balances[i]) && !holds_in(x, &x->balances[i], code))
            return false;
    return true;
}

static bool lists_locations(const struct exchange *x)
{
    for (size_t i = 0; i < seen_count(x); i++)
        if (x->balances[i].locations != NULL)
            return true;
    return false;
}

static struct verdict judge_usable_there(const struct exchange *x)
{
    if (!sense_is(x, AXIS_LOCATION, SENSE_LOCATION_GOOD) || !asks_full(x))
        return not_spoken();
    if (!served(x) || !lists_locations(x))
        return not_spoken();
    return all_hold_in(x, view_of(x->intent->location, 2))
               ? pass()
               : fail("a balance is returned that does not hold in that location");
}

// lacks_balance_there says that the SIM is known, the country assigned, and nothing holds there.
static bool lacks_balance_there(const struct exchange *x)
{
    if (!is_ordinary(x) || !sense_is(x, AXIS_LOCATION, SENSE_LOCATION_GOOD))
        return false;
    if (is_role(x, ROLE_Z))
        return true;
    return is_role(x, ROLE_A1) && !view_equal(view_of(x->intent->location, 2), VIEW("US"));
}

static struct verdict weigh_one_zero(const struct exchange *x)
{
    consults(x, KEY_ZERO_EMPTY);
    if (x->balance_count == 0) {
        static const char why[] = "no balance in a country gives an empty list";
        return reads(x, KEY_ZERO_EMPTY, READ_ZERO_EMPTY_FAIL) ? fail_under(KEY_ZERO_EMPTY, why)
                                                              : tolerated(KEY_ZERO_EMPTY, why);
    }
    if (x->balance_count != 1)
        return fail("no balance in a country gives more than one element");
    return is_zero_balance(&x->balances[0]) ? pass()
                                            : fail("a SIM without balance there has some left");
}

struct verdict judge_zero_there(const struct exchange *x)
{
    if (!lacks_balance_there(x) || is_elsewhere(x))
        return not_spoken();
    const enum profile_key key = KEY_LOC_UNSERVED;
    if (x->status == 400 && !reads(x, key, READ_LOC_UNSERVED_ZERO)) {
        static const char why[] = "a country without balance is refused";
        return reads(x, key, READ_LOC_UNSERVED_400) ? pass() : tolerated(key, why);
    }
    if (x->status == 400)
        return fail_under(key, "a country without balance is refused");
    if (x->status != 200)
        return fail("no balance in a country is not answered with 200");
    struct verdict out = x->has_list ? weigh_one_zero(x) : not_spoken();
    // Nobody knows from here which countries the operator serves.
    if (out.grade == GRADE_PASS && reads(x, key, READ_LOC_UNSERVED_400))
        return tolerated(key, "a country without balance is served");
    return out;
}

static struct verdict judge_not_404(const struct exchange *x)
{
    if (!is_ordinary(x) || !sense_is(x, AXIS_LOCATION, SENSE_LOCATION_GOOD))
        return not_spoken();
    if (x->status == 404)
        return fail("404 for a known SIM and an assigned country");
    return x->status == 200 && lacks_balance_there(x) ? pass() : not_spoken();
}

static struct verdict judge_unknown_location(const struct exchange *x)
{
    return asks_location(x, SENSE_LOCATION_UNKNOWN)
               ? promise(x, S400, "an unassigned country is not answered with 400")
               : not_spoken();
}

static struct verdict judge_bad_location(const struct exchange *x)
{
    return asks_location(x, SENSE_LOCATION_BAD)
               ? promise(x, S400, "a location that is not two letters is not answered with 400")
               : not_spoken();
}

static struct verdict judge_empty_location(const struct exchange *x)
{
    if (!sense_is(x, AXIS_LOCATION, SENSE_EMPTY) || !ordinary_but(x, AXIS_LOCATION))
        return not_spoken();
    if (x->status == 400) {
        static const char why[] = "an empty location is refused";
        if (reads(x, KEY_LOC_EMPTY, READ_LOC_EMPTY_400) ||
            reads(x, KEY_LOC_EMPTY, READ_LOC_EMPTY_EITHER))
            return pass();
        return reads(x, KEY_LOC_EMPTY, READ_LOC_EMPTY_ABSENT) ? fail_under(KEY_LOC_EMPTY, why)
                                                              : tolerated(KEY_LOC_EMPTY, why);
    }
    if (x->status == 200 && reads(x, KEY_LOC_EMPTY, READ_LOC_EMPTY_400))
        return fail_under(KEY_LOC_EMPTY, "an empty location is served");
    return promise(x, S200, "an empty location is not taken as absent");
}

static struct verdict judge_lower_case(const struct exchange *x)
{
    if (!sense_is(x, AXIS_LOCATION, SENSE_LOCATION_CASE) || !ordinary_but(x, AXIS_LOCATION))
        return not_spoken();
    enum profile_key key = KEY_LOC_CASE;
    if (is_elsewhere(x))
        return not_spoken();
    if (x->status == 400)
        return reads(x, key, READ_LOC_CASE_SENSITIVE_400) || reads(x, key, READ_LOC_CASE_EITHER)
                   ? pass()
                   : fail_under(key, "a country in lower case is refused");
    if (x->status == 200)
        return reads(x, key, READ_LOC_CASE_SENSITIVE_400)
                   ? fail_under(key, "a country in lower case is served")
                   : pass();
    return fail("a country in lower case gives neither 200 nor 400");
}

static bool takes_uk(const struct exchange *x)
{
    return reads(x, KEY_LOC_UK, READ_LOC_UK_ACCEPT) || reads(x, KEY_LOC_UK, READ_LOC_UK_ALIAS_GB);
}

static struct verdict judge_uk(const struct exchange *x)
{
    if (!sense_is(x, AXIS_LOCATION, SENSE_LOCATION_UK) || !ordinary_but(x, AXIS_LOCATION))
        return not_spoken();
    if (x->status == 400)
        return takes_uk(x) ? fail_under(KEY_LOC_UK, "UK is refused") : pass();
    if (x->status == 200) {
        if (reads(x, KEY_LOC_UK, READ_LOC_UK_REJECT))
            return fail_under(KEY_LOC_UK, "UK is served");
        bool can_tell = served(x) && asks_full(x);
        return can_tell && !all_hold_in(x, VIEW("GB")) ? fail("UK is taken for another country")
                                                       : pass();
    }
    return promise(x, S200 | S400, "UK gives neither 200 nor 400");
}

static bool is_code(struct view text)
{
    return text.len == 2 && text.data[0] >= 'A' && text.data[0] <= 'Z' && text.data[1] >= 'A' &&
           text.data[1] <= 'Z';
}

static struct verdict weigh_code(const struct exchange *x, struct view text)
{
    if (!is_code(text))
        return fail("a location is not two upper-case letters");
    if (bp_country_is_assigned(text.data))
        return pass();
    if (view_equal(text, VIEW("UK")) && takes_uk(x))
        return pass();
    if (view_equal(text, VIEW("UK")) || view_equal(text, VIEW("XK")) ||
        view_equal(text, VIEW("EU")))
        return tolerated(KEY_LOC_UK, "a location is a code that is reserved, not assigned");
    return fail("a location is no country of ISO 3166-1");
}

static struct verdict judge_codes(const struct exchange *x)
{
    struct verdict out = not_spoken();
    if (!served(x))
        return out;
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct bp_json_node *list = x->balances[i].locations;
        if (list == NULL || list->kind != BP_JSON_ARRAY)
            continue;
        for (const struct bp_json_node *n = bp_json_first(list); n != NULL;
             n = bp_json_next(x->nodes, list, n)) {
            struct verdict one = not_spoken();
            if (n->kind == BP_JSON_STRING)
                one = weigh_code(x, n->text);
            if (one.grade > out.grade)
                out = one;
        }
    }
    return out;
}

static const struct clause rows[] = {
    {
        .id = "GB-LOC-1",
        .strength = MUST,
        .source = "prepaid experience, query parameters, location",
        .statement = "With location only the balances usable in that country are returned.",
        .expect = "that country among the locations of each balance",
        .why = "A plan that does not hold in the country is shown as usable; the user goes online "
               "abroad without cover and calls support.",
        .likely = "the value is checked and then forgotten, or us is compared with US (strcmp, "
                  "equals, ===); fold it to upper case and filter the plans by their countries",
        .scope = SCOPE_SERVED,
        .judge = judge_usable_there,
    },
    {
        .id = "GB-LOC-2",
        .strength = MUST,
        .source = "prepaid experience, query parameters, location",
        .statement = "Without location the balances of all countries are returned.",
        .expect = "every balance that is returned for some country",
        .why = "Falling back to the home country hides travel plans from whoever wanted all of "
               "them, and no error says so.",
        .likely = "a missing location becomes the home country (defaultValue in Spring, ?? in C# "
                  "and JavaScript); leave the filter out where the parameter is absent",
        .run = run_location_subset,
        .program = 16,
    },
    {
        .id = "GB-LOC-3",
        .strength = MUST,
        .source = "prepaid experience, error 200",
        .statement =
            "A known SIM without balance in an assigned country is answered with 200 and a "
            "zero balance.",
        .expect = "200 with one element, data 0 and PT0S",
        .why = "A traveller without a plan for the country is a buyer; only the zero balance says "
               "so, an error leaves nothing to act on.",
        .likely = "no row becomes 404, an empty list, or 204 as ASP.NET Core does with null; "
                  "answer 200 with one zero element wherever the SIM is known",
        .scope = SCOPE_ORDINARY,
        .judge = judge_zero_there,
        .run = run_elsewhere,
        .program = 122,
        .keys = KEY_BIT(KEY_LOC_UNSERVED) | KEY_BIT(KEY_ZERO_EMPTY),
    },
    {
        .id = "GB-LOC-4",
        .strength = MUST,
        .source = "prepaid experience, error 404",
        .statement = "404 never says that there is no balance in a country.",
        .expect = "not 404",
        .why = "The status 404 says that the SIM is unknown, so a good subscriber who crosses a "
               "border is taken for a stranger instead of a buyer.",
        .likely = "one query looks SIM and country up together (an inner join), so that no plan "
                  "looks like no SIM; look the SIM up first, then its plans there",
        .scope = SCOPE_ORDINARY,
        .judge = judge_not_404,
    },
    {
        .id = "GB-LOC-5",
        .strength = MUST,
        .source = "integration and prepaid experience, negative tests, item 2",
        .statement = "A location that is no country is answered with 400.",
        .expect = "400",
        .why = "Serving ZZ as a country without plans hides that the caller had found no country "
               "at all, and the user sees a false zero.",
        .likely = "only the form is checked ([A-Z]{2}), and Java's Locale takes any two letters; "
                  "compare with ISO 3166-1 (Locale.getISOCountries(), a table of 249 codes)",
        .scope = SCOPE_ODD_AXIS(AXIS_LOCATION),
        .judge = judge_unknown_location,
    },
    {
        .id = "GB-LOC-6",
        .strength = MUST,
        .source = "integration and prepaid experience, negative tests, item 2",
        .statement = "A location that is not two letters is answered with 400.",
        .expect = "400",
        .why = "Half-checked text reaches queries and logs, and USA or US,CA that is cut to two "
               "letters answers for a place nobody named.",
        .likely = "a prefix is compared (strncmp, substr), USA and 840 are looked up too, or a C "
                  "string ends at %00; after decoding demand exactly two ASCII letters",
        .scope = SCOPE_ODD_AXIS(AXIS_LOCATION),
        .judge = judge_bad_location,
    },
    {
        .id = "GB-LOC-7",
        .strength = MUST,
        .source = "integration and prepaid experience, negative tests, item 4",
        .statement = "An empty location counts as absent.",
        .expect = "200 as without location; 400 is tolerated",
        .why = "The acceptance tests send it empty; an error or a false zero there fails them and "
               "hides the plans of every such caller.",
        .likely = "charAt(0) or [0] of the empty text throws (500), or the empty key finds no "
                  "country and gives zero; treat empty like absent before anything else",
        .scope = SCOPE_ODD_AXIS(AXIS_LOCATION),
        .judge = judge_empty_location,
        .run = run_empty_location,
        .program = 17,
        .keys = KEY_BIT(KEY_LOC_EMPTY),
    },
    {
        .id = "GB-LOC-8",
        .strength = DERIVED,
        .source = "prepaid experience, Get Balance, Example 1 against Example 2",
        .statement = "A country in lower case is the same country.",
        .expect = "200 and equal to upper case",
        .why = "One printed call has us and another US; telling them apart can show a zero balance "
               "to a subscriber who has data left.",
        .likely = "the code is compared as it came; fold it to upper case first",
        .scope = SCOPE_ODD_AXIS(AXIS_LOCATION),
        .judge = judge_lower_case,
        .run = run_lower_case,
        .weigh = weigh_lower_case,
        .program = 18,
        .keys = KEY_BIT(KEY_LOC_CASE),
    },
    {
        .id = "GB-LOC-9",
        .strength = DERIVED,
        .source = "prepaid experience, Balance resource and Example 3",
        .statement = "UK, which is reserved and not assigned, is served in some way or refused, "
                     "and never unknown.",
        .expect = "200 or 400",
        .why = "An example prints UK; matching it with a similar code such as UA shows plans that "
               "do not hold where the user is.",
        .likely = "a table has no UK and throws (500), or a similar code is taken; answer 400, or "
                  "turn UK into GB before the look-up",
        .scope = SCOPE_ODD_AXIS(AXIS_LOCATION),
        .judge = judge_uk,
        .run = run_uk,
        .weigh = weigh_uk,
        .program = 19,
        .keys = KEY_BIT(KEY_LOC_UK),
    },
    {
        .id = "GB-LOC-10",
        .strength = MUST,
        .source = "prepaid experience, Balance resource, locations",
        .statement = "The locations of a balance are two-letter codes of ISO 3166-1.",
        .expect = "two upper-case letters that are assigned; UK, XK and EU are tolerated",
        .why = "Country names or three-letter codes in the list match no request, so a caller "
               "finds no plan for a country that has one.",
        .likely =
            "names, three-letter or mobile country codes come from the tariff system (.NET "
            "EnglishName, Java getDisplayCountry()); write TwoLetterISORegionName or getCountry()",
        .scope = SCOPE_SERVED,
        .judge = judge_codes,
        .keys = KEY_BIT(KEY_LOC_UK),
    },
};

const struct family location_family = {"Location", rows, sizeof rows / sizeof rows[0]};

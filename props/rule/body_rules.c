// SPDX-License-Identifier: Apache-2.0
// Clauses on the body of an answer: strict JSON, the list, and the members of each balance.
#include "props/rule/body_judges.h"
#include "props/rule/facts.h"
#include "props/rule/families.h"
#include "props/rule/state_programs.h"

// has_rival_list says whether a second member of the top object is called like the list.
static bool has_rival_list(const struct exchange *x)
{
    unsigned found = 0;
    for (const struct bp_json_node *n = bp_json_first(x->nodes); n != NULL;
         n = bp_json_next(x->nodes, x->nodes, n))
        found += view_equal_nocase(n->name, VIEW("balances"));
    return found > 1;
}

static struct verdict judge_collection(const struct exchange *x)
{
    if (!is_balance_answer(x) || !x->has_json)
        return not_spoken();
    if (x->nodes[0].kind != BP_JSON_OBJECT)
        return fail("the top level is no object");
    if (!x->has_list)
        return fail("the object has no array called balances");
    for (size_t i = 0; i < seen_count(x); i++)
        if (x->balances[i].object == NULL)
            return fail("an element of balances is no object");
    return pass();
}

static struct verdict judge_list_name(const struct exchange *x)
{
    if (!served(x))
        return not_spoken();
    if (x->nodes[0].count > 1 && has_rival_list(x))
        return fail("balances and Balances stand side by side");
    consults(x, KEY_NAMES);
    if (view_equal(x->list_name, VIEW("balances")) || reads(x, KEY_NAMES, READ_NAMES_CI))
        return pass();
    return tolerated(KEY_NAMES, "the list is not called balances in lower case");
}

static struct verdict judge_extras(const struct exchange *x)
{
    if (!served(x) || x->balance_count == 0)
        return not_spoken();
    for (size_t i = 0; i < seen_count(x); i++) {
        const struct seen_balance *b = &x->balances[i];
        if (b->object == NULL)
            continue;
        int known = (b->type != NULL) + (b->data != NULL) + (b->time != NULL) + (b->id != NULL) +
                    (b->locations != NULL) + b->has_both_data_names;
        if (b->object->count > (unsigned)known)
            return info("balances carry members that the documents do not define");
    }
    return pass();
}

static const struct clause rows[] = {
    {
        .id = "GB-BODY-1",
        .strength = MUST,
        .source = "prepaid experience, response table and response examples",
        .statement = "The answer is a JSON object whose member balances is the collection of "
                     "balance objects.",
        .expect = "an object at the top with an array of objects called balances",
        .why = "A reader that looks for the member balances finds nothing in a bare array, and a "
               "right list is worth no more than none.",
        .likely = "the controller returns the list itself (Spring List, ASP.NET Ok(list)) or a "
                  "framework's envelope (Page, OData value); return an object with the one member "
                  "balances",
        .scope = SCOPE_SERVED,
        .judge = judge_collection,
    },
    {
        .id = "GB-BODY-2",
        .strength = DERIVED,
        .source = "prepaid experience, response table against all response examples",
        .statement = "The list is called balances in lower case, and it is there once.",
        .expect = "balances; Balances is borne, both together are not",
        .why = "Case-sensitive readers miss Balances; where both spellings are there, two clients "
               "see two different lists.",
        .likely = "plain System.Text.Json, Newtonsoft and Go fields without a tag write Balances "
                  "as in code; use JsonSerializerDefaults.Web, a camel case resolver or a json tag",
        .scope = SCOPE_SERVED,
        .judge = judge_list_name,
        .keys = KEY_BIT(KEY_NAMES),
    },
    {
        .id = "GB-BODY-3",
        .strength = STANDARD,
        .source = "RFC 8259, sections 2 and 8.1",
        .statement = "The body is one strict JSON text in UTF-8, without a byte order mark and "
                     "with nothing behind it.",
        .expect = "a body that a strict JSON parser takes whole",
        .why = "One stray octet spoils the whole answer: Newtonsoft, for one, stops at a byte "
               "order mark and at trailing garbage.",
        .likely = "text is glued together, .NET's StreamWriter with Encoding.UTF8 or a saved PHP "
                  "file puts a byte order mark first, PHP warnings join in; use a serializer and "
                  "UTF8Encoding(false)",
        .judge = judge_strict_json,
    },
    {
        .id = "GB-BODY-4",
        .strength = STANDARD,
        .source = "RFC 8259, section 4",
        .statement = "Member names are unique in each object, also when letter case is ignored.",
        .expect = "no name twice, and no two that differ in case only",
        .why = "Of two equal names some parsers keep the first and some the last, so the amount "
               "shown depends on the reader's library.",
        .likely = "both spellings of the data member are written to be on the safe side; write one",
        .scope = SCOPE_SERVED,
        .judge = judge_unique_names,
    },
    {
        .id = "GB-BODY-5",
        .strength = DERIVED,
        .source = "prepaid experience, response examples with members outside the table",
        .statement = "A balance may carry further members in both templates.",
        .expect = "any further members",
        .why = "The printed examples hold members outside the table; a check that refuses them "
               "would call conforming endpoints broken.",
        .likely = "nothing to repair",
        .scope = SCOPE_SERVED,
        .judge = judge_extras,
    },
    {
        .id = "GB-BODY-6",
        .strength = SHOULD,
        .source = "prepaid experience, examples 2 to 4; later resource table",
        .statement = "Where a balance has an id, it is a string, and ids differ within an answer.",
        .expect = "distinct strings",
        .why = "Equal ids merge two plans for whoever files them by id, and large numbers lose "
               "digits in JavaScript.",
        .likely = "the database key is written as a number, or the id of the SIM is used for each "
                  "balance; write the key of the balance as a string",
        .scope = SCOPE_SERVED,
        .judge = judge_ids,
    },
    {
        .id = "GB-BODY-7",
        .strength = MUST,
        .source = "prepaid experience, Balance resource, Type",
        .statement = "The type of each balance is one of MODIRECT, MODIRECTPAYG, NONE and "
                     "NOTSUPPORTED, in upper case, as a string.",
        .expect = "one of the four words",
        .why = "Newtonsoft fails on an enumeration word that it does not know, so one private type "
               "name costs the whole answer.",
        .likely = "enums are written as numbers (System.Text.Json, Newtonsoft) or by their names "
                  "in code (Jackson); use JsonStringEnumConverter, StringEnumConverter, "
                  "@JsonProperty with wire names",
        .scope = SCOPE_SERVED,
        .judge = judge_types,
        .keys = KEY_BIT(KEY_SCHEMA),
    },
    {
        .id = "GB-BODY-8",
        .strength = MUST,
        .source = "prepaid experience, Balance resource and response examples",
        .statement = "The data remaining is a JSON number in a member spelt in one of the two ways "
                     "of the documents.",
        .expect = "dataRemainingInMB or dataRemaininginMB with a number",
        .why = "Text in place of a number is read by some libraries and refused by others: the "
               "balance then depends on the client.",
        .likely = "decimal columns arrive as text (PHP PDO, pg and mysql2 in Node), or toFixed() "
                  "and a unit make it text; convert to a number before serializing",
        .scope = SCOPE_SERVED,
        .judge = judge_data_member,
        .keys = KEY_BIT(KEY_DATA_NAME),
    },
    {
        .id = "GB-BODY-9",
        .strength = MUST,
        .source = "prepaid experience, Balance resource, dataRemainingInMB",
        .statement = "The data remaining is finite and fits a double.",
        .expect = "0 up to 1.8e308; whole numbers are welcome",
        .why = "Infinity is no JSON and 1e400 fits no double, so the answer fails for just those "
               "who bought the largest plan.",
        .likely = "unlimited is Infinity: null from JSON.stringify, a quoted word from Jackson and "
                  "Newtonsoft, an exception in System.Text.Json and Go; send a large finite amount",
        .scope = SCOPE_SERVED,
        .judge = judge_data_range,
    },
    {
        .id = "GB-BODY-10",
        .strength = DERIVED,
        .source = "prepaid experience, Balance resource, dataRemainingInMB",
        .statement = "The data remaining is never below zero, also when more was consumed than "
                     "there was.",
        .expect = "0 or more",
        .why = "A negative amount says nothing to a subscriber, and where it is taken for unsigned "
               "a drained plan looks endless.",
        .likely = "the consumption is subtracted from the quota as it is; stop at 0",
        .scope = SCOPE_SERVED,
        .judge = judge_data_sign,
        .run = run_overdraw,
        .program = 90,
        .hooks = BP_HOOK_BIT(BP_HOOK_CONSUME),
    },
    {
        .id = "GB-BODY-11",
        .strength = MUST,
        .source = "prepaid experience, Balance resource, timeRemaining",
        .statement = "The time remaining is a string with an ISO 8601 duration.",
        .expect = "a duration such as P23DT23H or PT0S",
        .why = "XmlConvert.ToTimeSpan of .NET rejects texts like 00:00:00, so the time left is "
               "lost although the server knew it.",
        .likely = "a TimeSpan is 23.23:00:00 in System.Text.Json, a Duration may be seconds in "
                  "Jackson, nanoseconds in Go; use XmlConvert.ToString(), Duration.toString() or a "
                  "formatter of your own",
        .scope = SCOPE_SERVED,
        .judge = judge_time_member,
    },
    {
        .id = "GB-BODY-12",
        .strength = DERIVED,
        .source = "prepaid experience, Balance resource, timeRemaining",
        .statement = "The time remaining is never below zero, also behind the end of a plan.",
        .expect = "PT0S or more",
        .why = "An expired plan at minus five minutes still looks like a plan, and a reader that "
               "drops the sign shows time that is over.",
        .likely = "now is subtracted from the expiry as it is; stop at 0",
        .scope = SCOPE_SERVED,
        .judge = judge_time_sign,
        .run = run_overdue,
        .program = 91,
        .hooks = BP_HOOK_BIT(BP_HOOK_CLOCK),
    },
    {
        .id = "GB-BODY-13",
        .strength = DERIVED,
        .source = "prepaid experience, Balance resource, timeRemaining, read by .NET",
        .statement = "The duration keeps to the part of ISO 8601 that XML Schema shares: upper "
                     "case, no weeks, a fraction in the seconds only and with a dot, at most "
                     "10,675,199 days.",
        .expect = "days, hours, minutes and seconds in upper case",
        .why = "XmlConvert.ToTimeSpan refuses P1W and PT1,5S: a duration can be right by the "
               "standard and useless to a .NET client.",
        .likely =
            "weeks are printed (Luxon's toISO() keeps them: P4W), or a comma by a formatter with a "
            "locale; print days, hours, minutes and seconds, with a dot in the seconds",
        .scope = SCOPE_SERVED,
        .judge = judge_time_grammar,
        .keys = KEY_BIT(KEY_TIME_GRAMMAR),
    },
    {
        .id = "GB-BODY-14",
        .strength = MUST,
        .source = "prepaid experience, Balance resource, locations",
        .statement = "The locations of a balance are an array of strings.",
        .expect = "an array of two-letter strings; one that stands twice is reported",
        .why = "A bare string breaks each reader that walks an array, and joined codes such as "
               "US,CA match no country at all.",
        .likely =
            "one country becomes a bare string or joined text; PHP's array_unique and array_filter "
            "leave gaps that json_encode turns into an object; write an array (array_values)",
        .scope = SCOPE_SERVED,
        .judge = judge_locations,
    },
    {
        .id = "GB-BODY-15",
        .strength = DERIVED,
        .source = "prepaid experience, Balance resource, locations, with fieldsTemplate full",
        .statement = "In the full template a balance with data left names at least one location.",
        .expect = "a locations array that is not empty",
        .why = "A plan with data and without countries fits no request that names a location, so "
               "what was paid for never shows.",
        .likely = "plans that hold everywhere are stored without countries; list the countries",
        .scope = SCOPE_SERVED,
        .judge = judge_usable_somewhere,
    },
    {
        .id = "GB-BODY-16",
        .strength = DERIVED,
        .source = "RFC 8259, section 6",
        .statement = "Numbers have a dot as decimal sign, whatever the locale of the server.",
        .expect = "123.5, never 123,5",
        .why = "A decimal comma makes broken JSON of 123,5, and only on the one server whose "
               "regional settings differ.",
        .likely =
            "printf after setlocale(), ToString() in .NET, String.format in Java and PHP before 8 "
            "follow the locale; use InvariantCulture, Locale.ROOT or a JSON serializer",
        .scope = SCOPE_SERVED,
        .judge = judge_decimal_sign,
    },
    {
        .id = "GB-BODY-17",
        .strength = DERIVED,
        .source = "RFC 8259, section 7",
        .statement = "Strings are escaped: quotes, backslashes, control characters and other "
                     "scripts in the operator's data cannot break the body.",
        .expect = "strict JSON whatever the data holds",
        .why = "A quote in a plan's name breaks the answer for every SIM on that plan, and crafted "
               "data adds members of its own.",
        .likely = "strings are copied between quotes by hand; let a JSON serializer write them",
        .scope = SCOPE_SERVED,
        .judge = judge_escapes,
    },
};

const struct family body_family = {"Body", rows, sizeof rows / sizeof rows[0]};

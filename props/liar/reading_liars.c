// SPDX-License-Identifier: Apache-2.0
// Liars that only another reading than the default's catches: right by one reading of what the
// documents leave open, wrong by another one.
#include "props/liar/liar.h"

// What the honest endpoint does is wrong already.
static void as_it_is(struct lie *lie) { (void)lie; }

static bool has_name(struct lie *lie, const char *name) { return ask_count(&lie->ask, name) > 1; }

// Of a repeated parameter the last value counts.
static void take_last(struct lie *lie)
{
    static const char *const names[] = {"fieldsTemplate", "limit", "location"};
    for (unsigned i = 0; i < 3; i++)
        while (has_name(lie, names[i]))
            ask_drop_first(&lie->ask, names[i]);
}

static void refuse_scheme(struct lie *lie)
{
    struct view sim = ask_sim(&lie->ask);
    if (view_starts(sim, VIEW("iccid:")) && text_is_digits(view_from(sim, 6)))
        ask_set_sim(&lie->ask, VIEW("0"));
}

static void refuse_bare_id(struct lie *lie)
{
    if (text_is_digits(ask_sim(&lie->ask)))
        ask_set_sim(&lie->ask, VIEW("0"));
}

static void need_template(struct lie *lie)
{
    if (lie_is_served(lie) && ask_count(&lie->ask, "fieldsTemplate") == 0)
        reply_refuse(&lie->reply, 400, "fieldsTemplate is missing");
}

static void refuse_strangers(struct lie *lie)
{
    struct view rest = ask_items(&lie->ask);
    struct ask_item item;
    while (lie_is_served(lie) && ask_next(&rest, &item))
        if (text_is(item.name, "imei") || text_is(item.name, "foo"))
            reply_refuse(&lie->reply, 400, "query: unknown parameter");
}

static void serve_uk(struct lie *lie)
{
    if (text_is(ask_value(&lie->ask, "location"), "UK"))
        ask_set(&lie->ask, "location", VIEW("AQ"));
}

static bool is_two_letters(struct view code)
{
    return code.len == 2 && byte_is_letter(code.data[0]) && byte_is_letter(code.data[1]);
}

// A country in lower case is one without balance.
static void lower_case_is_nowhere(struct lie *lie)
{
    struct view code = ask_value(&lie->ask, "location");
    bool has_lower = false;
    for (size_t i = 0; i < code.len; i++)
        has_lower = has_lower || (code.data[i] >= 'a' && code.data[i] <= 'z');
    if (has_lower && is_two_letters(code))
        ask_set(&lie->ask, "location", VIEW("AQ"));
}

static void skip_parts(struct lie *lie)
{
    for (size_t i = 0; i < lie->list.count; i++)
        if (!said_is(lie->list.items[i].time, "PT0S"))
            lie->list.items[i].time = VIEW("\"PT1H5S\"");
}

const struct liar reading_liars[] = {
    {"serves-both-forms", "GB-PATH-3", "serves the id behind iccid: too", "path.form=bare",
     .reply = as_it_is},
    {"serves-bare-id", "GB-PATH-3", "serves the id without iccid: too", "path.form=iccid",
     .reply = as_it_is},
    {"refuses-scheme", "GB-PATH-3", "serves bare ids only", .ask = refuse_scheme},
    {"misses-scheme", "GB-PATH-3", "serves bare ids only", "path.form=iccid", .ask = refuse_scheme},
    {"refuses-bare-id", "GB-PATH-1", "serves ids behind iccid: only", .ask = refuse_bare_id},
    {"default-basic", "GB-FT-7", "gives basic members when no template is asked for",
     "ft.absent=full", .reply = as_it_is},
    {"needs-no-template", "GB-FT-7", "serves a request without template", "ft.absent=400",
     .reply = as_it_is},
    {"needs-template", "GB-FT-7", "refuses a request without template", .reply = need_template},
    {"conflicts-over-sims", "GB-TXN-1", "refuses an id that another SIM had", "txn.scope=id+sim",
     .reply = as_it_is},
    {"conflicts-over-queries", "GB-TXN-1", "refuses an id that another query had",
     "txn.scope=id+url", .reply = as_it_is},
    {"conflicts", "GB-TXN-1", "refuses a repeated id", "txn.repeat=200", .reply = as_it_is},
    {"refuses-twice", "GB-QRY-2", "refuses a repeated parameter", "query.dup=first",
     .reply = as_it_is},
    {"last-counts", "GB-QRY-2", "takes the last of two values", "query.dup=first",
     .ask = take_last},
    {"takes-a-stranger", "GB-QRY-3", "ignores unknown parameters", "query.unknown=400",
     .reply = as_it_is},
    {"refuses-strangers", "GB-QRY-3", "refuses unknown parameters", "query.unknown=ignore",
     .reply = refuse_strangers},
    {"uk-is-nowhere", "GB-LOC-9", "serves UK as a country without balance", "loc.uk=alias-GB",
     .ask = serve_uk},
    {"refuses-uk", "GB-LOC-9", "refuses UK", "loc.uk=accept", .reply = as_it_is},
    {"folds-case", "GB-LOC-8", "takes a country in lower case for the same",
     "loc.case=sensitive-zero", .reply = as_it_is},
    {"lower-case-is-nowhere", "GB-LOC-8", "takes a country in lower case for one without balance",
     .ask = lower_case_is_nowhere},
    {"empty-is-absent", "GB-LOC-7", "serves an empty location", "loc.empty=400", .reply = as_it_is},
    {"zero-is-served", "GB-LIMIT-7", "serves limit=0", "limit.zero=400", .reply = as_it_is},
    {"time-with-gap", "GB-BODY-13", "leaves minutes out between hours and seconds",
     "time.grammar=rfc3339", .list = skip_parts},
    {.name = NULL},
};

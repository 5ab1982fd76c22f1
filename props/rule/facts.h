// SPDX-License-Identifier: Apache-2.0
// Facts about an exchange that many rules ask for, in the words of the clauses.
//
// With several defects in one request any of them may be answered, so a rule about one defect
// speaks only when its axis is the only one with refusals (`alone`); GB-QRY-8 judges the rest. A
// rule that promises an ordinary answer speaks only where nothing else is unusual
// (`ordinary_but`).
#ifndef BP_PROPS_RULE_FACTS_H
#define BP_PROPS_RULE_FACTS_H

#include "props/rule/exchange.h"
#include "props/rule/verdict.h"

#define AXIS_BIT(axis) ((uint16_t)(1u << (axis)))

// sense_is is false for raw bytes, whose meaning nobody knows.
static inline bool sense_is(const struct exchange *x, enum axis axis, enum sense sense)
{
    return x->sense[axis] == sense;
}

// open_within says that no axis outside `mask` (AXIS_BITs) has refusals.
static inline bool open_within(const struct exchange *x, unsigned mask)
{
    return x->intent != NULL && (x->open_axes & ~mask) == 0;
}

// alone says that no other axis has refusals.
static inline bool alone(const struct exchange *x, enum axis axis)
{
    return open_within(x, AXIS_BIT(axis));
}

// is_good says that the request must be served.
static inline bool is_good(const struct exchange *x) { return open_within(x, 0); }

// ordinary_but says that every other axis is as any client would write it (a role that the operator
// knows, plain SIM id and path, GET, parameters absent or good, nothing else in the query...).
static inline bool ordinary_but(const struct exchange *x, enum axis axis)
{
    return x->intent != NULL && (x->odd_axes & ~(unsigned)AXIS_BIT(axis)) == 0;
}

// is_ordinary is the same for all axes: an ordinary good request.
static inline bool is_ordinary(const struct exchange *x)
{
    return x->intent != NULL && x->odd_axes == 0;
}

// is_role says that the SIM asked for is that of `role`, and still as the role says.
static inline bool is_role(const struct exchange *x, enum role role)
{
    return x->intent != NULL && intent_role(x->intent) == role && !x->is_changed;
}

// sim_is_bare and sim_has_scheme say which of the two forms of path.form the SIM id has; one that
// is spelt in another way has neither.
static inline bool sim_is_bare(const struct exchange *x)
{
    return sense_is(x, AXIS_SIM, x->fixture->sim_prefix.len == 0 ? SENSE_PLAIN : SENSE_SIM_OTHER);
}

static inline bool sim_has_scheme(const struct exchange *x)
{
    return sense_is(x, AXIS_SIM, x->fixture->sim_prefix.len == 0 ? SENSE_SIM_OTHER : SENSE_PLAIN);
}

// is_known_sim says that the request asks for a SIM that the operator has, in a spelling of its id
// that means this SIM.
static inline bool is_known_sim(const struct exchange *x)
{
    return x->intent != NULL && !is_role(x, ROLE_U) &&
           (sense_is(x, AXIS_SIM, SENSE_PLAIN) || sense_is(x, AXIS_SIM, SENSE_SIM_OTHER) ||
            sense_is(x, AXIS_SIM, SENSE_SIM_BLANK) || sense_is(x, AXIS_SIM, SENSE_SIM_ENCODED));
}

// is_single says that `axis` alone may be refused, of a SIM that takes part: a NOTSUPPORTED SIM may
// be answered as such before its query is looked at (GB-QRY-8).
static inline bool is_single(const struct exchange *x, enum axis axis)
{
    return alone(x, axis) && !is_role(x, ROLE_N);
}

// has_clear_query says that no parameter stands there twice, in another letter case or with a
// broken escape, so the intent's parameters are what the endpoint was asked.
static inline bool has_clear_query(const struct exchange *x)
{
    return x->intent != NULL && !sense_is(x, AXIS_EXTRA, SENSE_EXTRA_TWICE) &&
           !sense_is(x, AXIS_EXTRA, SENSE_EXTRA_TWICE_BAD) &&
           !sense_is(x, AXIS_EXTRA, SENSE_EXTRA_CASE) &&
           !sense_is(x, AXIS_EXTRA, SENSE_EXTRA_ESCAPE);
}

// is_to_head says that the answer has no body because the request was HEAD.
static inline bool is_to_head(const struct exchange *x) { return x->to_head; }

static inline bool is_answered(const struct exchange *x) { return x->fate == FATE_ANSWERED; }

// served says that a list of balances came back with 200.
static inline bool served(const struct exchange *x) { return x->status == 200 && x->has_list; }

// consults notes that a judge has come to the question of `key`. Whoever judges where some readings
// agree calls it too, so that what the endpoint does is told.
static inline void consults(const struct exchange *x, enum profile_key key)
{
    if (x->consulted != NULL)
        *x->consulted |= KEY_BIT(key);
}

// reads says which reading of an ambiguity is in force: reads(x, KEY_LIMIT_ZERO,
// READ_LIMIT_ZERO_EITHER).
static inline bool reads(const struct exchange *x, enum profile_key key, unsigned reading)
{
    consults(x, key);
    return profile_reads(x->profile, key, reading);
}

// is_elsewhere says that the answer is not about what was asked: the world failed, or credentials,
// rate or availability decided. Rules about a status say nothing then. To a request that may be
// served, 403 is such an answer too.
static inline bool is_elsewhere(const struct exchange *x)
{
    switch (x->status) {
    case 0:
        return x->fate == FATE_FAILED;
    case 401:
    case 429:
    case 503:
    case 504:
        return true;
    case 403:
        return x->intent != NULL && x->intent->must_axes == 0;
    default:
        return false;
    }
}

// promise judges a promise of one of the statuses `set`; no answer at all breaks it.
static inline struct verdict promise(const struct exchange *x, status_set set, const char *why)
{
    if (is_elsewhere(x))
        return not_spoken();
    return status_in(x->status, set) ? pass() : fail(why);
}

// may_be_unserved says that a 400 may be due to the country: the reading lets an endpoint refuse
// assigned countries.
static inline bool may_be_unserved(const struct exchange *x)
{
    return x->status == 400 && sense_is(x, AXIS_LOCATION, SENSE_LOCATION_GOOD) &&
           !reads(x, KEY_LOC_UNSERVED, READ_LOC_UNSERVED_ZERO);
}

// is_zero_balance says that nothing is left: data 0 and a duration of zero.
static inline bool is_zero_balance(const struct seen_balance *b)
{
    return b->has_data && b->data_mb == 0 && b->has_time && b->duration.is_zero;
}

// seen_count is how many elements of the list are described in x->balances.
static inline size_t seen_count(const struct exchange *x)
{
    return x->balance_count < EXCHANGE_BALANCE_COUNT_MAX ? x->balance_count
                                                         : EXCHANGE_BALANCE_COUNT_MAX;
}

// names_parameter says whether the body of the answer mentions `name`, in any letter case.
static inline bool names_parameter(const struct exchange *x, struct view name)
{
    // Nearly everybody writes it as documented, and that is found much faster.
    return view_find(x->body, name) < x->body.len || view_find_nocase(x->body, name) < x->body.len;
}

// names_sim says that the request asks for the SIM of `role`, which the operator knows, at the
// balances resource.
static inline bool names_sim(const struct exchange *x, enum role role)
{
    return is_role(x, role) && is_known_sim(x) &&
           (sense_is(x, AXIS_PATH, SENSE_PLAIN) || sense_is(x, AXIS_PATH, SENSE_PATH_ENCODED));
}

// is_to_get says that the request was a GET, as far as can be told.
static inline bool is_to_get(const struct exchange *x)
{
    return x->intent == NULL ? view_starts(x->request, VIEW("GET "))
                             : sense_is(x, AXIS_METHOD, SENSE_PLAIN);
}

// is_balance_answer says that a GET was answered with 200, so the body has to be a list of
// balances.
static inline bool is_balance_answer(const struct exchange *x)
{
    return x->status == 200 && is_to_get(x);
}

// asks_full says that every property of the balances was asked for.
static inline bool asks_full(const struct exchange *x)
{
    return sense_is(x, AXIS_FIELDS, SENSE_FIELDS_FULL) && has_clear_query(x);
}

// view_starts_nocase is view_starts with A-Z and a-z folded.
static inline bool view_starts_nocase(struct view v, struct view prefix)
{
    return v.len >= prefix.len && view_equal_nocase(view_first(v, prefix.len), prefix);
}

// type_is_json says that a content type is application/json, with or without parameters.
static inline bool type_is_json(struct view type)
{
    struct view json = VIEW("application/json");
    if (!view_starts(type, json) && !view_starts_nocase(type, json))
        return false;
    if (type.len == json.len)
        return true;
    char next = type.data[json.len];
    return next == ';' || next == ' ' || next == '\t';
}

// says_json says that the answer is labelled application/json.
static inline bool says_json(const struct exchange *x)
{
    return type_is_json(bp_head_known(&x->head, BP_KNOWN_CONTENT_TYPE));
}

// is_cut_refusal says that a message with a fault was refused with a status, and that the end of
// the answer did not come: whoever stops reading in the middle resets the connection, and over a
// network the reset overtakes what was sent.
static inline bool is_cut_refusal(const struct exchange *x)
{
    enum {
        MESSAGE_AXES = 1 << AXIS_TXN | 1 << AXIS_HOST | 1 << AXIS_LINE | 1 << AXIS_FRAMING |
                       1 << AXIS_EXTRA | 1 << AXIS_METHOD
    };
    if (x->fate != FATE_MALFORMED || x->fault.reason != BP_REASON_HTTP_CUT)
        return false;
    return x->head.status >= 400 && x->intent != NULL && (x->intent->open_axes & MESSAGE_AXES) != 0;
}

// is_headless says that what came is no HTTP/1 answer but a body without a head, as HTTP/0.9 had
// it: that is how a request line without a version is read.
static inline bool is_headless(const struct exchange *x)
{
    return x->fate == FATE_MALFORMED && !view_starts(x->response, VIEW("HTTP/"));
}

// demand_refusal judges a request that must not be served because of `axis`: serving it fails with
// `why`, the statuses `wanted` pass, other refusals and a closed connection are tolerated.
static inline struct verdict demand_refusal(const struct exchange *x, enum axis axis,
                                            status_set wanted, const char *why)
{
    if (x->status >= 200 && x->status < 300)
        return fail(why);
    if (!alone(x, axis))
        return not_spoken();
    if (status_in(x->status, wanted))
        return pass();
    if (is_elsewhere(x))
        return not_spoken();
    if (x->fate == FATE_SILENT)
        return tolerated(KEY_NONE, "the connection was closed without an answer");
    if (is_cut_refusal(x) && x->head.status < 500)
        return tolerated(KEY_NONE, "the end of the refusal was lost with its connection");
    if (x->fate == FATE_MALFORMED)
        return fail("the answer is no HTTP response");
    if (x->status < 500 || x->status == 501 || x->status == 505)
        return tolerated(KEY_NONE, "refused with another status than the one named");
    return fail("refused with a server error");
}

// is_late_slash says that SIM and path together spell the documented resource to whoever takes %2F
// for a slash, and that it was found: that is GB-PATH-10's to tell.
static inline bool is_late_slash(const struct exchange *x)
{
    if (x->status != 200 || !sense_is(x, AXIS_PATH, SENSE_PATH_RESOURCE))
        return false;
    struct view text = axis_row(AXIS_SIM, x->intent->row[AXIS_SIM])->text;
    return view_find(text, VIEW("%2Fbalances")) < text.len;
}

// is_soft_echo says that the only fault of the answer is a control octet in a field that came with
// the transaction id, and none of CR, LF and NUL: invalid, but nobody's parser is misled by it.
static inline bool is_soft_echo(const struct exchange *x)
{
    if (x->fate != FATE_MALFORMED || x->fault.reason != BP_REASON_HTTP_FIELD_VALUE)
        return false;
    if (!sense_is(x, AXIS_TXN, SENSE_TXN_CONTROL) || x->fault.where.len == 0)
        return false;
    char octet = x->fault.where.data[0];
    return octet != '\r' && octet != '\n' && octet != '\0' &&
           view_index(x->request, octet) < x->request.len;
}

#endif

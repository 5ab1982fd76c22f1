// SPDX-License-Identifier: Apache-2.0
#include "props/rule/body_judges.h"
#include "props/rule/facts.h"

static bool is_json_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static struct view skip_blanks(struct view v)
{
    while (v.len != 0 && is_json_blank(v.data[0]))
        v = view_from(v, 1);
    return v;
}

static const char *reason_words(enum bp_reason reason) { return bp_reason_row(reason)->words.data; }

struct verdict judge_strict_json(const struct exchange *x)
{
    enum bp_reason reason = x->json_fault.reason;
    if (is_balance_answer(x)) {
        if (x->has_json)
            return pass();
        if (x->body.len == 0)
            return fail("the body is empty");
        if (reason == BP_REASON_JSON_DUPLICATE || reason == BP_REASON_JSON_NUMBER)
            return not_spoken();
        if (reason == BP_REASON_JSON_DEPTH || reason == BP_REASON_JSON_LEN ||
            reason == BP_REASON_JSON_SPACE)
            return info("the body is larger or deeper than is looked at");
        return fail(reason_words(reason));
    }
    if (x->status < 400 || x->body.len == 0 || x->has_json || reason == BP_REASON_NONE)
        return not_spoken();
    if (!says_json(x))
        return not_spoken();
    return tolerated(KEY_NONE, "the body of an error is labelled JSON and is none");
}

struct verdict judge_unique_names(const struct exchange *x)
{
    if (!is_balance_answer(x))
        return not_spoken();
    if (x->json_fault.reason == BP_REASON_JSON_DUPLICATE)
        return fail("a member name stands twice in one object");
    if (!x->has_json)
        return not_spoken();
    return x->names_clash ? fail("two member names of one object differ in letter case only")
                          : pass();
}

// has_comma_number says whether a number with a comma inside follows the colon at the start of
// `v`: in an object a comma is never followed by a digit.
static bool has_comma_number(struct view v)
{
    v = skip_blanks(v);
    if (v.len == 0 || v.data[0] != ':')
        return false;
    v = skip_blanks(view_from(v, 1));
    size_t i = v.len != 0 && v.data[0] == '-';
    size_t start = i;
    while (i < v.len && byte_is_digit(v.data[i]))
        i++;
    return i > start && i + 1 < v.len && v.data[i] == ',' && byte_is_digit(v.data[i + 1]);
}

struct verdict judge_decimal_sign(const struct exchange *x)
{
    if (!is_balance_answer(x))
        return not_spoken();
    if (x->has_json)
        return x->has_list && x->balance_count != 0 ? pass() : not_spoken();
    struct view name = VIEW("dataRemainingInMB\"");
    for (struct view rest = x->body;;) {
        size_t at = view_find_nocase(rest, name);
        if (at == rest.len)
            return not_spoken();
        rest = view_from(rest, at + name.len);
        if (has_comma_number(rest))
            return fail("a number has a comma as decimal sign");
    }
}

static bool is_escape(char c)
{
    return c == '"' || c == '\\' || c == '/' || c == 'b' || c == 'f' || c == 'n' || c == 'r' ||
           c == 't' || c == 'u';
}

static bool ends_string(struct view rest)
{
    rest = skip_blanks(rest);
    if (rest.len == 0)
        return true;
    char c = rest.data[0];
    return c == ',' || c == ':' || c == '}' || c == ']';
}

// find_breakout says how a string of a text that is no JSON breaks out of its quotes, or NULL.
static const char *find_breakout(struct view body)
{
    bool is_inside = false;
    for (size_t i = 0; i < body.len; i++) {
        char c = body.data[i];
        if (!is_inside) {
            is_inside = c == '"';
        } else if (c == '\\') {
            i++;
            if (i < body.len && !is_escape(body.data[i]))
                return "a backslash in a string is not escaped";
        } else if ((unsigned char)c < 0x20) {
            return "a control character stands raw in a string";
        } else if (c == '"') {
            if (!ends_string(view_from(body, i + 1)))
                return "a quote in a string is not escaped";
            is_inside = false;
        }
    }
    return NULL;
}

struct verdict judge_escapes(const struct exchange *x)
{
    if (!is_balance_answer(x))
        return not_spoken();
    if (x->has_json)
        return x->has_list && x->balance_count != 0 ? pass() : not_spoken();
    enum bp_reason reason = x->json_fault.reason;
    if (reason == BP_REASON_JSON_UTF8 || reason == BP_REASON_JSON_SURROGATE)
        return fail("a string is not well-formed UTF-8");
    const char *why = reason == BP_REASON_JSON_SYNTAX ? find_breakout(x->body) : NULL;
    return why != NULL ? fail(why) : not_spoken();
}

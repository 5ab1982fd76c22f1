// SPDX-License-Identifier: Apache-2.0
// JSON. The text is walked, not read: what is malformed already is changed further.
#include "donor.h"
#include "mutate_parts.h"

// A walk goes over the tokens of a text.
struct walk {
    struct view text;
    size_t at;
    size_t depth;
};

static bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

static bool is_mark(char c)
{
    return c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':';
}

// walk_token gives the next token: a mark, a string, or a run of anything else.
static bool walk_token(struct span *out, struct walk *walk)
{
    struct view text = walk->text;
    while (walk->at < text.len && is_blank(text.data[walk->at]))
        walk->at++;
    if (walk->at == text.len)
        return false;
    size_t begin = walk->at++;
    char first = text.data[begin];
    if (first == '{' || first == '[') {
        walk->depth++;
    } else if (first == '}' || first == ']') {
        walk->depth -= walk->depth != 0;
    } else if (first == '"') {
        while (walk->at < text.len && text.data[walk->at] != '"')
            walk->at += text.data[walk->at] == '\\' ? 2 : 1;
        walk->at = walk->at < text.len ? walk->at + 1 : text.len;
    } else if (first != ',' && first != ':') {
        while (walk->at < text.len && !is_blank(text.data[walk->at]) &&
               !is_mark(text.data[walk->at]) && text.data[walk->at] != '"')
            walk->at++;
    }
    *out = span_of(begin, walk->at);
    return true;
}

static struct walk walk_of(struct view bytes, struct span region)
{
    return (struct walk){.text = span_view(bytes, region)};
}

static bool opens(char c) { return c == '{' || c == '['; }

// value_end is where the value ends that begins with a token.
static size_t value_end(struct view text, struct span token)
{
    if (!opens(text.data[token.at]))
        return span_end(token);
    struct walk walk = {.text = text, .at = token.at};
    while (walk_token(&token, &walk))
        if (walk.depth == 0)
            return span_end(token);
    return text.len;
}

// pick takes one of the values, or of those that hold others.
static bool pick(struct span *out, struct edit *random, struct view bytes, struct span region,
                 bool is_container)
{
    struct walk walk = walk_of(bytes, region);
    struct span token;
    struct span picked = {0, 0};
    size_t seen = 0;
    while (walk_token(&token, &walk)) {
        char first = walk.text.data[token.at];
        bool is_wanted = opens(first) || (!is_container && !is_mark(first));
        if (is_wanted && edit_chance(random, ++seen))
            picked = token;
    }
    if (seen == 0)
        return false;
    size_t end = value_end(walk.text, picked);
    *out = span_of(region.at + picked.at, region.at + end);
    return true;
}

bool json_pick(struct span *out, struct edit *random, struct view bytes, struct span region)
{
    return pick(out, random, bytes, region, false);
}

// members_of takes the members or elements of a container.
static void members_of(struct items *out, struct view bytes, struct span container)
{
    struct walk walk = walk_of(bytes, container);
    struct span token = {0, 0};
    out->count = 0;
    if (!walk_token(&token, &walk))
        return;
    size_t begin = container.len;
    size_t end = 0;
    while (walk_token(&token, &walk)) {
        char first = walk.text.data[token.at];
        bool is_end = (walk.depth == 1 && first == ',') || walk.depth == 0;
        if (is_end && begin < end)
            items_add(out, span_of(container.at + begin, container.at + end));
        if (walk.depth == 0)
            return;
        begin = is_end ? container.len : begin;
        begin = !is_end && begin == container.len ? token.at : begin;
        end = span_end(token);
    }
}

static bool edit_members(struct edit *edit, struct span region)
{
    struct items members;
    struct span container;
    if (!pick(&container, edit, edit_bytes(edit), region, true))
        return false;
    members_of(&members, edit_bytes(edit), container);
    return items_edit(edit, &members, VIEW(","));
}

// nest puts a value into arrays or objects, some of them deeper than readers go.
static bool nest(struct edit *edit, struct span value)
{
    static const struct view heads[] = {VIEW_INIT("["), VIEW_INIT("{\"id\":"), VIEW_INIT("[0,")};
    static const struct view tails[] = {VIEW_INIT("]"), VIEW_INIT("}"), VIEW_INIT("]")};
    char head[512];
    char tail[128];
    struct buf before = BUF(head);
    struct buf behind = BUF(tail);
    size_t kind = edit_below(edit, sizeof heads / sizeof heads[0]);
    size_t depth = edit_chance(edit, 3) ? 28 + edit_below(edit, 8) : 1 + edit_below(edit, 2);
    for (size_t i = 0; i < depth; i++) {
        buf_put(&before, heads[kind]);
        buf_put(&behind, tails[kind]);
    }
    if (!edit_insert(edit, span_end(value), buf_view(&behind)))
        return false;
    (void)edit_insert(edit, value.at, buf_view(&before));
    return true;
}

// unnest leaves of a container only what is in it, or one member.
static bool unnest(struct edit *edit, struct span region)
{
    struct items members;
    struct span container;
    if (!pick(&container, edit, edit_bytes(edit), region, true))
        return false;
    members_of(&members, edit_bytes(edit), container);
    if (members.count == 0)
        return false;
    struct span kept = members.at[edit_below(edit, members.count)];
    if (edit_chance(edit, 2))
        kept = span_of(members.at[0].at, span_end(members.at[members.count - 1]));
    size_t end = span_end(container);
    (void)edit_replace(edit, span_of(span_end(kept), end), view_of(NULL, 0));
    (void)edit_replace(edit, span_of(container.at, kept.at), view_of(NULL, 0));
    return true;
}

static bool replace_value(struct edit *edit, struct span value)
{
    static const struct view values[] = {VIEW_INIT("null"), VIEW_INIT("true"),  VIEW_INIT("false"),
                                         VIEW_INIT("\"\""), VIEW_INIT("0"),     VIEW_INIT("-0"),
                                         VIEW_INIT("{}"),   VIEW_INIT("[]"),    VIEW_INIT("1e2"),
                                         VIEW_INIT("-1.5"), VIEW_INIT("1e308"), VIEW_INIT("1e309"),
                                         VIEW_INIT("01"),   VIEW_INIT("1e-400")};
    static const enum seed_target quoted[] = {SEED_DURATION, SEED_ICCID};
    char space[128];
    struct buf text = BUF(space);
    switch (edit_below(edit, 4)) {
    case 0:
        return edit_replace(edit, value, donor_token(edit, SEED_JSON));
    case 1:
        buf_put_byte(&text, '"');
        buf_put(&text, donor_token(edit, quoted[edit_below(edit, 2)]));
        buf_put_byte(&text, '"');
        return edit_replace(edit, value, buf_view(&text));
    default:
        return edit_replace(edit, value,
                            values[edit_below(edit, sizeof values / sizeof values[0])]);
    }
}

// respell writes an octet of a string as an escape, or puts one in.
static bool respell(struct edit *edit, struct span value)
{
    static const struct view escapes[] = {
        VIEW_INIT("\\u0000"), VIEW_INIT("\\ud83d\\ude00"), VIEW_INIT("\\ud800"),  VIEW_INIT("\\n"),
        VIEW_INIT("\\\""),    VIEW_INIT("\xC3\xA9"),       VIEW_INIT("\xC0\x80"), VIEW_INIT("\\x"),
        VIEW_INIT("\n"),      VIEW_INIT("\xED\xA0\x80"),   VIEW_INIT("\\u00e9"),  VIEW_INIT("\"")};
    if (value.len < 2 || edit->bytes[value.at] != '"')
        return false;
    size_t at = value.at + 1 + edit_below(edit, value.len - 1);
    if (at == span_end(value) - 1 || edit_chance(edit, 2))
        return edit_insert(edit, at, escapes[edit_below(edit, sizeof escapes / sizeof escapes[0])]);
    unsigned octet = (unsigned char)edit->bytes[at];
    const char *hex = edit_chance(edit, 2) ? "0123456789abcdef" : "0123456789ABCDEF";
    char escape[6] = {'\\', 'u', '0', '0', hex[octet >> 4], hex[octet & 15]};
    return edit_replace(edit, (struct span){at, 1}, view_of(escape, sizeof escape));
}

static bool space_out(struct edit *edit, struct span value)
{
    static const struct view blanks[] = {VIEW_INIT(" "),  VIEW_INIT("\n"),   VIEW_INIT("\t"),
                                         VIEW_INIT("\r"), VIEW_INIT("\r\n"), VIEW_INIT("\f")};
    size_t at = edit_chance(edit, 2) ? value.at : span_end(value);
    return edit_insert(edit, at, blanks[edit_below(edit, sizeof blanks / sizeof blanks[0])]);
}

bool mutate_json(struct edit *edit, struct span region)
{
    struct span value;
    if (!json_pick(&value, edit, edit_bytes(edit), region))
        return false;
    switch (edit_below(edit, 12)) {
    case 0:
    case 1:
    case 2:
        return edit_members(edit, region);
    case 3:
        return nest(edit, value);
    case 4:
        return unnest(edit, region);
    case 5:
        return respell(edit, value);
    case 6:
        return space_out(edit, value);
    case 7:
    case 8:
        return mutate_number(edit, value);
    case 9:
        return mutate_text(edit, value, SEED_JSON);
    default:
        return replace_value(edit, value);
    }
}

// SPDX-License-Identifier: Apache-2.0
// JSON a second time, slow and obvious, for comparison with src/json: which texts are accepted, and
// a text written from nodes. Nothing of src/json is used to decide.
#ifndef BP_FUZZ_JSON_MODEL_H
#define BP_FUZZ_JSON_MODEL_H

#include <math.h>
#include <stdlib.h>

#include "json/json_read.h"
#include "json/json_write.h"

enum { JSON_MODEL_LEN_MAX = 1 << 16, JSON_MODEL_CUT = -1 };

// A member name: where its decoded octets lie, and how deep its object is.
struct json_model_name {
    size_t begin, len, depth;
};

struct json_model {
    struct view text;
    size_t at;
    size_t depth;
    char open[BP_JSON_DEPTH_MAX]; // '[' or '{'
    char decoded[3 * JSON_MODEL_LEN_MAX + 8];
    size_t decoded_len;
    struct json_model_name names[JSON_MODEL_LEN_MAX];
    size_t name_count;
};

static inline int model_peek(const struct json_model *m)
{
    return m->at < m->text.len ? (unsigned char)m->text.data[m->at] : JSON_MODEL_CUT;
}

static inline bool model_take(struct json_model *m, char want)
{
    bool is_there = model_peek(m) == want;
    m->at += is_there;
    return is_there;
}

static inline void model_blanks(struct json_model *m)
{
    while (model_peek(m) == ' ' || model_peek(m) == '\t' || model_peek(m) == '\n' ||
           model_peek(m) == '\r')
        m->at++;
}

// Four hexadecimal digits, or -1.
static inline long model_hex4(struct json_model *m)
{
    long value = 0;
    for (int i = 0; i < 4; i++, m->at++) {
        int digit = model_peek(m) < 0 ? -1 : byte_hex((char)model_peek(m));
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

// What follows a backslash, as a code point, or -1.
static inline long model_escape(struct json_model *m)
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    int c = model_peek(m);
    m->at++;
    const char *row = c > 0 ? strchr(from, c) : NULL;
    if (row != NULL)
        return to[row - from];
    long high = c == 'u' ? model_hex4(m) : -1;
    if (high < 0xd800 || high > 0xdfff)
        return high;
    if (high > 0xdbff || !model_take(m, '\\') || !model_take(m, 'u'))
        return -1;
    long low = model_hex4(m);
    return low < 0xdc00 || low > 0xdfff ? -1 : 0x10000 + (high - 0xd800) * 0x400 + (low - 0xdc00);
}

// A UTF-8 sequence as a code point, or -1; by the value, where the library goes by the octets.
static inline long model_sequence(struct json_model *m)
{
    static const long least[] = {0, 0x80, 0x800, 0x10000};
    int first = model_peek(m);
    int tail = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    m->at++;
    if (first < 0x80)
        return first;
    if (first < 0xc0 || first > 0xf7)
        return -1;
    long value = first & (0x3f >> tail);
    for (int i = 0; i < tail; i++, m->at++) {
        if ((model_peek(m) & ~0x3f) != 0x80)
            return -1;
        value = value * 64 + (model_peek(m) & 0x3f);
    }
    bool is_half = value >= 0xd800 && value <= 0xdfff;
    return value < least[tail] || value > 0x10ffff || is_half ? -1 : value;
}

// Behind the opening quote; code points are kept, three octets each, to compare names.
static inline bool model_string(struct json_model *m)
{
    while (!model_take(m, '"')) {
        if (model_peek(m) < 0x20)
            return false;
        long code = model_take(m, '\\') ? model_escape(m) : model_sequence(m);
        if (code < 0)
            return false;
        m->decoded[m->decoded_len++] = (char)(code >> 16);
        m->decoded[m->decoded_len++] = (char)(code >> 8);
        m->decoded[m->decoded_len++] = (char)code;
    }
    return true;
}

static inline bool model_digits(struct json_model *m)
{
    size_t begin = m->at;
    while (model_peek(m) >= '0' && model_peek(m) <= '9')
        m->at++;
    return m->at > begin;
}

static inline bool model_number(struct json_model *m)
{
    char literal[BP_JSON_NUMBER_LEN_MAX + 1];
    size_t begin = m->at;
    (void)model_take(m, '-');
    if (!model_take(m, '0') && !model_digits(m))
        return false;
    if (model_take(m, '.') && !model_digits(m))
        return false;
    if (model_take(m, 'e') || model_take(m, 'E')) {
        if (!model_take(m, '+'))
            (void)model_take(m, '-');
        if (!model_digits(m))
            return false;
    }
    size_t len = m->at - begin;
    if (len > BP_JSON_NUMBER_LEN_MAX)
        return false;
    memcpy(literal, m->text.data + begin, len);
    literal[len] = '\0';
    return isfinite(strtod(literal, NULL));
}

static inline bool model_word(struct json_model *m)
{
    static const struct view words[] = {VIEW_INIT("true"), VIEW_INIT("false"), VIEW_INIT("null")};
    for (size_t i = 0; i < 3; i++)
        if (view_starts(view_from(m->text, m->at), words[i])) {
            m->at += words[i].len;
            return true;
        }
    return model_number(m);
}

// A member name with its colon; false when the object has one like it.
static inline bool model_name(struct json_model *m)
{
    struct json_model_name name = {m->decoded_len, 0, m->depth};
    model_blanks(m);
    if (!model_take(m, '"') || !model_string(m))
        return false;
    name.len = m->decoded_len - name.begin;
    for (size_t i = m->name_count; i-- > 0 && m->names[i].depth == m->depth;)
        if (view_equal(view_of(m->decoded + m->names[i].begin, m->names[i].len),
                       view_of(m->decoded + name.begin, name.len)))
            return false;
    m->names[m->name_count++] = name;
    model_blanks(m);
    return model_take(m, ':');
}

static inline bool model_open(struct json_model *m)
{
    int c = model_peek(m);
    if (m->depth == BP_JSON_DEPTH_MAX)
        return false;
    m->at++;
    m->open[m->depth++] = (char)c;
    return true;
}

static inline void model_close(struct json_model *m)
{
    while (m->name_count > 0 && m->names[m->name_count - 1].depth == m->depth)
        m->name_count--;
    m->depth--;
    model_blanks(m);
}

// Closes containers and steps over a comma, to the start of the next value; false when the text is
// wrong or at its end.
static inline bool model_next(struct json_model *m)
{
    model_blanks(m);
    while (m->depth > 0 && model_take(m, m->open[m->depth - 1] == '[' ? ']' : '}'))
        model_close(m);
    if (m->depth == 0 || !model_take(m, ','))
        return false;
    return m->open[m->depth - 1] == '[' || model_name(m);
}

// json_model_accepts says whether `text` is strict JSON within the limits of bounds.h.
static inline bool json_model_accepts(struct json_model *m, struct view text)
{
    m->text = text;
    m->at = m->depth = m->decoded_len = m->name_count = 0;
    bool has_next = true;
    while (has_next) {
        model_blanks(m);
        int c = model_peek(m);
        if (c == '[' || c == '{') {
            if (!model_open(m))
                return false;
            model_blanks(m);
            if (!model_take(m, c == '[' ? ']' : '}')) {
                if (c == '{' && !model_name(m))
                    return false;
                continue;
            }
            model_close(m);
        } else {
            bool ok = model_take(m, '"') ? model_string(m) : model_word(m);
            if (!ok)
                return false;
        }
        has_next = model_next(m);
    }
    return m->depth == 0 && m->at == text.len;
}

static inline void model_write_value(struct buf *out, const struct bp_json_node *node)
{
    static const struct view texts[] = {
        [BP_JSON_NULL] = VIEW_INIT("null"), [BP_JSON_FALSE] = VIEW_INIT("false"),
        [BP_JSON_TRUE] = VIEW_INIT("true"), [BP_JSON_ARRAY] = VIEW_INIT("["),
        [BP_JSON_OBJECT] = VIEW_INIT("{"),
    };
    if (node->kind == BP_JSON_NUMBER)
        bp_json_put_number(out, node->number);
    else if (node->kind == BP_JSON_STRING)
        bp_json_put_string(out, node->text);
    else
        buf_put(out, texts[node->kind]);
}

// json_model_write writes the text that `nodes` stand for.
static inline void json_model_write(struct buf *out, const struct bp_json_node *nodes, size_t count)
{
    const struct bp_json_node *open[BP_JSON_DEPTH_MAX];
    size_t depth = 0;
    for (size_t i = 0; i < count; i++) {
        if (depth > 0 && open[depth - 1] + 1 != &nodes[i])
            buf_put_byte(out, ',');
        if (depth > 0 && open[depth - 1]->kind == BP_JSON_OBJECT) {
            bp_json_put_string(out, nodes[i].name);
            buf_put_byte(out, ':');
        }
        model_write_value(out, &nodes[i]);
        if (nodes[i].kind == BP_JSON_ARRAY || nodes[i].kind == BP_JSON_OBJECT)
            open[depth++] = &nodes[i];
        for (; depth > 0 && open[depth - 1]->next == i + 1; depth--)
            buf_put_byte(out, open[depth - 1]->kind == BP_JSON_ARRAY ? ']' : '}');
    }
}

// json_model_finds says whether every member is found by its name, and nothing else is found.
static inline bool json_model_finds(const struct bp_json_node *nodes, size_t count)
{
    bool ok = true;
    for (const struct bp_json_node *node = nodes; node != nodes + count; node++) {
        const struct bp_json_node *child = bp_json_first(node);
        for (; child != NULL; child = bp_json_next(nodes, node, child))
            ok &= bp_json_find(nodes, node, child->name) ==
                  (node->kind == BP_JSON_OBJECT ? child : NULL);
        ok &= bp_json_find(nodes, node, VIEW("\xff")) == NULL;
    }
    return ok;
}

// json_model_same says whether two lists of nodes mean the same.
static inline bool json_model_same(const struct bp_json_node *a, size_t a_count,
                                   const struct bp_json_node *b, size_t b_count)
{
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count; i++) {
        bool is_text = a[i].kind == BP_JSON_STRING;
        if (a[i].kind != b[i].kind || a[i].count != b[i].count || a[i].next != b[i].next)
            return false;
        if (!view_equal(a[i].name, b[i].name) || (is_text && !view_equal(a[i].text, b[i].text)))
            return false;
        if (memcmp(&a[i].number, &b[i].number, sizeof a[i].number) != 0)
            return false;
    }
    return true;
}

#endif

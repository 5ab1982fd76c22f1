// SPDX-License-Identifier: Apache-2.0
// A second reading of request heads, slow and on its own: it first looks for the end, then for what
// is forbidden, then reads line by line. And the comparison of a head with it.
#ifndef BP_FUZZ_HTTP_MODEL_H
#define BP_FUZZ_HTTP_MODEL_H

#include "fuzz.h"
#include "host_model.h"
#include "http/head.h"

struct http_model {
    size_t head_len;    // where the head ends, when it ends at all
    size_t field_count; // the rest is meaningful for heads that are accepted
    struct view names[BP_FIELD_COUNT_MAX];
    struct view values[BP_FIELD_COUNT_MAX];
};

static inline bool model_is_token(struct view text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (!model_is_letter_or_digit(c) && !model_is_one_of(c, "!#$%&'*+-.^_`|~"))
            return false;
    }
    return text.len != 0;
}

// Every CR and LF belongs to a CR LF, and HTAB is the only other control.
static inline bool model_has_clean_lines(struct view head)
{
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.data[i];
        bool is_end = c == '\r' && i + 1 < head.len && head.data[i + 1] == '\n';
        if (is_end)
            i++;
        else if ((c < 0x20 && c != '\t') || c == 0x7f)
            return false;
    }
    return true;
}

static inline bool model_request_line(bool *is_old, struct view line)
{
    size_t last = line.len;
    while (last > 0 && line.data[last - 1] != ' ')
        last--;
    size_t first = view_find(line, VIEW(" "));
    if (last < 2 || first > last - 2)
        return false;
    struct view target = view_first(view_from(line, first + 1), last - 1 - (first + 1));
    struct view version = view_from(line, last);
    *is_old = view_equal(version, VIEW("HTTP/1.0"));
    return model_is_token(view_first(line, first)) && first <= BP_METHOD_LEN_MAX &&
           target.len != 0 && target.len <= BP_TARGET_LEN_MAX &&
           view_find(target, VIEW(" ")) == target.len &&
           (*is_old || view_equal(version, VIEW("HTTP/1.1")));
}

static inline bool model_is_blank(char c) { return c == ' ' || c == '\t'; }

static inline struct view model_trim(struct view value)
{
    while (value.len != 0 && model_is_blank(value.data[0]))
        value = view_from(value, 1);
    while (value.len != 0 && model_is_blank(value.data[value.len - 1]))
        value.len--;
    return value;
}

static inline bool model_field(struct http_model *model, struct view line)
{
    size_t colon = view_find(line, VIEW(":"));
    if (model->field_count == BP_FIELD_COUNT_MAX || colon == line.len)
        return false;
    model->names[model->field_count] = view_first(line, colon);
    model->values[model->field_count++] = model_trim(view_from(line, colon + 1));
    return model_is_token(view_first(line, colon));
}

// How many fields have that name; `*value` is the value of the first.
static inline size_t model_count(const struct http_model *model, struct view *value,
                                 struct view name)
{
    size_t count = 0;
    for (size_t i = model->field_count; i-- > 0;)
        if (view_equal_nocase(model->names[i], name)) {
            *value = model->values[i];
            count++;
        }
    return count;
}

static inline bool model_is_length(struct view value)
{
    for (size_t i = 0; i < value.len; i++)
        if (!model_is_one_of(value.data[i], "0123456789"))
            return false;
    return value.len >= 1 && value.len <= 19;
}

static inline bool model_meaning(const struct http_model *model, bool is_old)
{
    struct view value = {NULL, 0};
    size_t hosts = model_count(model, &value, VIEW("host"));
    if (hosts > 1 || (hosts == 0 && !is_old) || (hosts == 1 && !model_host(value)))
        return false;
    size_t lengths = model_count(model, &value, VIEW("content-length"));
    if (lengths > 1 || (lengths == 1 && !model_is_length(value)))
        return false;
    return model_count(model, &value, VIEW("transfer-encoding")) == 0;
}

// http_model_read says whether `text` begins with a request head that is to be accepted.
static inline bool http_model_read(struct http_model *model, struct view text)
{
    size_t begin = view_starts(text, VIEW("\r\n")) ? 2 : 0;
    struct view rest = view_from(text, begin);
    size_t len = view_find(rest, VIEW("\r\n\r\n"));
    model->head_len = begin + len + 4;
    model->field_count = 0; // names and values are set as they are counted
    if (len == rest.len || model->head_len > BP_HEAD_LEN_MAX)
        return false;
    rest.len = len + 2;
    if (!model_has_clean_lines(rest))
        return false;
    bool is_old = false;
    for (bool is_first = true; rest.len != 0; is_first = false) {
        struct view line = view_first(rest, view_find(rest, VIEW("\r\n")));
        bool ok = is_first ? model_request_line(&is_old, line) : model_field(model, line);
        if (!ok)
            return false;
        rest = view_from(rest, line.len + 2);
    }
    return model_meaning(model, is_old);
}

// Whether a Connection field has that option.
static inline bool model_has_option(const struct http_model *model, struct view option)
{
    for (size_t i = 0; i < model->field_count; i++) {
        struct view list = model->values[i];
        if (!view_equal_nocase(model->names[i], VIEW("connection")))
            continue;
        for (size_t begin = 0, end = 0; end <= list.len; end++) {
            if (end < list.len && list.data[end] != ',')
                continue;
            struct view item = model_trim(view_first(view_from(list, begin), end - begin));
            if (view_equal_nocase(item, option))
                return true;
            begin = end + 1;
        }
    }
    return false;
}

static inline bool model_keeps_alive(const struct http_model *model, unsigned version_minor)
{
    if (model_has_option(model, VIEW("close")))
        return false;
    return version_minor == 1 || model_has_option(model, VIEW("keep-alive"));
}

static inline bool model_is_same(struct view a, struct view b)
{
    return a.data == b.data && a.len == b.len;
}

// http_model_check compares an accepted head with the model's.
static inline void http_model_check(const struct http_model *model, const struct bp_head *head)
{
    static const struct view names[BP_KNOWN_COUNT] = {
        VIEW_INIT("Host"),         VIEW_INIT("Content-Length"), VIEW_INIT("Transfer-Encoding"),
        VIEW_INIT("Connection"),   VIEW_INIT("Authorization"),  VIEW_INIT("X-MS-DM-TransactionId"),
        VIEW_INIT("Content-Type"),
    };
    FUZZ_ASSERT(head->field_count == model->field_count);
    FUZZ_ASSERT(head->keep_alive == model_keeps_alive(model, head->version_minor));
    for (size_t i = 0; i < model->field_count; i++) {
        FUZZ_ASSERT(model_is_same(head->fields[i].name, model->names[i]));
        FUZZ_ASSERT(model_is_same(head->fields[i].value, model->values[i]));
    }
    for (unsigned known = 0; known < BP_KNOWN_COUNT; known++) {
        struct view value = {NULL, 0};
        const struct view *found = bp_head_find(head, names[known]);
        FUZZ_ASSERT(model_count(model, &value, names[known]) == head->known_count[known]);
        FUZZ_ASSERT(model_is_same(bp_head_known(head, (enum bp_known)known), value));
        FUZZ_ASSERT(found == NULL ? value.data == NULL : model_is_same(*found, value));
    }
}

#endif

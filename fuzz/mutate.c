// SPDX-License-Identifier: Apache-2.0
#include "mutate.h"

#include "donor.h"
#include "mutate_parts.h"

enum { LOOKED_AT = 512, TRIES = 8 };

// is_choices: where one octet in eight is a small number, the bytes are no text.
static bool is_choices(struct view bytes)
{
    size_t small = 0;
    for (size_t i = 0; i < bytes.len; i++)
        small += (unsigned char)bytes.data[i] < 9;
    return small * 8 > bytes.len;
}

static bool has(struct view bytes, char byte) { return view_index(bytes, byte) < bytes.len; }

enum kind mutate_recognise(struct view bytes)
{
    bytes = view_first(bytes, bytes.len < LOOKED_AT ? bytes.len : LOOKED_AT);
    size_t blanks = 0;
    while (blanks < bytes.len && (bytes.data[blanks] == ' ' || bytes.data[blanks] == '\n'))
        blanks++;
    struct view text = view_from(bytes, blanks);
    struct view line = view_first(text, view_index(text, '\n'));
    if (mutate_is_start_line(line))
        return KIND_HTTP;
    if (is_choices(bytes))
        return KIND_CHOICES;
    if (text.len == 0)
        return KIND_TEXT;
    if (text.data[0] == '{' || text.data[0] == '[' || text.data[0] == '"')
        return KIND_JSON;
    bool is_word = !has(bytes, ' ') && !has(bytes, '\n');
    if (is_word && (text.data[0] == '/' || view_find(text, VIEW("://")) < text.len))
        return KIND_TARGET;
    if (is_word && (has(text, '=') || has(text, '&')))
        return KIND_QUERY;
    return has(line, ':') && line.len < text.len ? KIND_FIELDS : KIND_TEXT;
}

// text_target is the target whose seeds and tokens are like the text.
static enum seed_target text_target(struct edit *edit, struct view text)
{
    struct view start = view_first(text, text.len < 2 ? text.len : 2);
    if (has(start, 'P'))
        return SEED_DURATION;
    if (start.len == 2 && byte_is_digit(start.data[0]) && byte_is_digit(start.data[1]))
        return SEED_ICCID;
    struct view word = view_first(text, text.len < 6 ? text.len : 6);
    if (view_equal_nocase(word, VIEW("basic ")))
        return SEED_HEADERS;
    return (enum seed_target)edit_below(edit, SEED_TARGET_COUNT + 1);
}

// mutate_credentials is for an Authorization value with the right credentials in the next line.
static bool mutate_credentials(struct edit *edit)
{
    struct donor donor;
    struct view bytes = edit_bytes(edit);
    size_t end = view_index(bytes, '\n');
    if (end == bytes.len)
        return false;
    donor_open(&donor, bytes);
    donor.fixture.credentials = view_from(bytes, end + 1);
    struct view request = donor_row(&donor, edit, AXIS_AUTH);
    size_t at = view_find_nocase(request, VIEW("\nauthorization: "));
    if (at == request.len)
        return false;
    struct view value = view_from(request, at + sizeof "\nauthorization: " - 1);
    value = view_first(value, view_index(value, '\r'));
    return edit_replace(edit, (struct span){0, end}, value);
}

// make puts a whole new input in place of nothing.
static bool make(struct edit *edit)
{
    struct donor donor;
    donor_open(&donor, view_of(NULL, 0));
    struct view request = donor_any(&donor, edit);
    struct span whole = edit_whole(edit);
    switch (edit_below(edit, 6)) {
    case 0:
        return edit_replace(edit, whole, request);
    case 1:
        return edit_replace(edit, whole, donor_target(request));
    case 2:
        return edit_replace(edit, whole, donor_query(request));
    case 3:
        return mutate_choices(edit, whole);
    case 4:
        return edit_replace(edit, whole, donor_sample(edit));
    default:
        return edit_replace(edit, whole, donor_token(edit, SEED_TARGET_COUNT));
    }
}

static bool mutate_kind(struct edit *edit, enum kind kind)
{
    struct span whole = edit_whole(edit);
    switch (kind) {
    case KIND_HTTP:
        return mutate_http(edit, whole);
    case KIND_FIELDS:
        return mutate_fields(edit, whole);
    case KIND_TARGET:
        return mutate_target(edit, whole);
    case KIND_QUERY:
        return mutate_query(edit, whole);
    case KIND_JSON:
        return mutate_json(edit, whole);
    case KIND_CHOICES:
        return mutate_choices(edit, whole);
    case KIND_TEXT:
        break;
    }
    enum seed_target target = text_target(edit, edit_bytes(edit));
    if (target == SEED_HEADERS && edit_chance(edit, 2))
        return mutate_credentials(edit);
    return mutate_text(edit, whole, target);
}

// mutate_tail changes one of the last octets: there, inputs of many targets say what is done with
// the rest.
static bool mutate_tail(struct edit *edit)
{
    enum { TAIL_LEN = 6 };
    if (edit->len == 0)
        return false;
    size_t back = edit_below(edit, edit->len < TAIL_LEN ? edit->len : TAIL_LEN);
    edit->bytes[edit->len - 1 - back] ^= (char)(1 + edit_below(edit, 255));
    return true;
}

static struct edit edit_of(uint8_t *bytes, size_t len, size_t cap, uint64_t seed)
{
    return (struct edit){(char *)bytes, len < cap ? len : cap, cap, seed};
}

size_t bp_mutate(uint8_t *bytes, size_t len, size_t cap, uint64_t seed)
{
    struct edit edit = edit_of(bytes, len, cap, seed);
    if (cap == 0)
        return 0;
    bool is_changed = (edit.len == 0 || edit_chance(&edit, 64)) && make(&edit);
    if (is_changed || (edit_chance(&edit, 5) && mutate_tail(&edit)))
        return edit.len;
    enum kind kind = mutate_recognise(edit_bytes(&edit));
    // Now and then the bytes are not what they look like.
    if (edit_chance(&edit, 16))
        kind = edit_chance(&edit, 2) ? KIND_TEXT : KIND_CHOICES;
    for (unsigned i = 0; i < TRIES && !is_changed; i++)
        is_changed = mutate_kind(&edit, kind);
    if (!is_changed)
        (void)mutate_octets(&edit, edit_whole(&edit));
    return edit.len;
}

size_t bp_mutate_bytes(uint8_t *bytes, size_t len, size_t cap, uint64_t seed)
{
    struct edit edit = edit_of(bytes, len, cap, seed);
    if (cap != 0)
        (void)mutate_octets(&edit, edit_whole(&edit));
    return edit.len;
}

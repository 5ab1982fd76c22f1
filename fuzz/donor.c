// SPDX-License-Identifier: Apache-2.0
#include "donor.h"

#include "fuzz_samples.h"
#include "props/case/seed_values.h"
#include "sample_inventory.h"

// number_in is the digits behind `mark`, at most as many as an ICCID has.
static struct view number_in(struct view bytes, struct view mark)
{
    size_t at = view_find(bytes, mark);
    if (at == bytes.len)
        return view_of(NULL, 0);
    struct view rest = view_from(bytes, at + mark.len);
    size_t len = 0;
    while (len < rest.len && len < BP_ICCID_LEN_MAX && byte_is_digit(rest.data[len]))
        len++;
    return view_first(rest, len);
}

// take_sample_sims gives the roles behind A the SIMs of the sample inventory, in the order of its
// file. That is a walk over the whole file, so only those do it who write requests for other roles.
static void take_sample_sims(struct fixture *fixture)
{
    struct view text = view_of((const char *)sample_inventory_text, sample_inventory_len);
    for (unsigned role = 0; role < ROLE_COUNT; role++) {
        struct view number = number_in(text, VIEW("\"iccid\": \""));
        if (number.data == NULL)
            return;
        if (fixture->iccid[role].len == 0)
            fixture->iccid[role] = number;
        text = view_between(number.data + number.len, text.data + text.len);
    }
}

static struct view host_in(struct view bytes)
{
    struct view rest = bytes;
    while (rest.len != 0) {
        rest = view_from(rest, view_index(rest, '\n'));
        rest = view_from(rest, rest.len != 0);
        if (view_equal_nocase(view_first(rest, rest.len < 5 ? rest.len : 5), VIEW("host:")))
            break;
    }
    if (rest.len == 0)
        return VIEW("mo.example");
    rest = view_from(rest, sizeof "host:" - 1);
    while (rest.len != 0 && rest.data[0] == ' ')
        rest = view_from(rest, 1);
    rest = view_first(rest, view_index(rest, '\n'));
    return view_first(rest, view_index(rest, '\r'));
}

// base_in is the path in front of "/sims/": from the slash behind a blank or an authority.
static struct view base_in(struct view bytes)
{
    size_t end = view_find(bytes, VIEW("/sims/"));
    if (end == bytes.len)
        return VIEW("/v1");
    size_t begin = end;
    for (size_t i = end; i > 0 && (unsigned char)bytes.data[i - 1] > ' '; i--) {
        bool is_authority = i > 1 && bytes.data[i - 1] == '/' && bytes.data[i - 2] == '/';
        if (is_authority)
            break;
        if (bytes.data[i - 1] == '/')
            begin = i - 1;
    }
    return view_first(view_from(bytes, begin), end - begin);
}

void donor_open(struct donor *donor, struct view bytes)
{
    enum { HEAD_LEN = 4096, HOST_LEN_MAX = 256 };
    bytes = view_first(bytes, bytes.len < HEAD_LEN ? bytes.len : HEAD_LEN);
    donor->fixture = (struct fixture){.base = base_in(bytes), .host = host_in(bytes)};
    if (donor->fixture.host.len > HOST_LEN_MAX)
        donor->fixture.host = VIEW("mo.example");
    if (donor->fixture.base.len > HOST_LEN_MAX)
        donor->fixture.base = VIEW("/v1");
    size_t count;
    struct view own = number_in(bytes, VIEW("/sims/"));
    bool is_given = own.len >= BP_ICCID_LEN_MIN;
    donor->fixture.iccid[ROLE_A] = is_given ? own : seed_values(SEED_ICCID, &count)[0].bytes;
}

static struct view write_request(struct donor *donor, struct edit *edit, struct intent *intent)
{
    donor->text = BUF(donor->space);
    intent_write(&donor->text, intent, &donor->fixture, edit_below(edit, 4));
    return donor->text.overflow ? view_of(NULL, 0) : buf_view(&donor->text);
}

// some_row is a row of an axis, every other time one that must be served.
static unsigned some_row(struct edit *edit, enum axis axis)
{
    unsigned served = axis_served_count(axis);
    bool is_served = served > 1 && edit_chance(edit, 2);
    return (unsigned)edit_below(edit, is_served ? served : axis_row_count(axis));
}

struct view donor_row(struct donor *donor, struct edit *edit, enum axis axis)
{
    struct intent intent;
    intent_plain(&intent);
    if (axis == AXIS_ROLE)
        take_sample_sims(&donor->fixture);
    intent_set(&intent, axis, some_row(edit, axis));
    if (edit_chance(edit, 8))
        intent_set(&intent, AXIS_ORDER, (unsigned)edit_below(edit, axis_row_count(AXIS_ORDER)));
    intent.made = (uint32_t)edit_random(edit);
    return write_request(donor, edit, &intent);
}

// choose_parameters makes a request with all three parameters, each with a row of its own.
static void choose_parameters(struct intent *out, struct edit *edit)
{
    intent_plain(out);
    for (enum axis axis = AXIS_FIELDS; axis <= AXIS_LOCATION; axis++)
        intent_set(out, axis, some_row(edit, axis));
    intent_set(out, AXIS_ORDER, (unsigned)edit_below(edit, axis_row_count(AXIS_ORDER)));
    out->made = (uint32_t)edit_random(edit);
}

struct view donor_any(struct donor *donor, struct edit *edit)
{
    struct choices choices;
    struct intent intent;
    size_t way = edit_below(edit, 4);
    if (way < 2) {
        take_sample_sims(&donor->fixture);
        choices_from_seed(&choices, edit_random(edit));
    }
    if (way == 0)
        intent_choose(&intent, &choices, &donor->fixture);
    else if (way == 1)
        intent_choose_served(&intent, &choices, &donor->fixture);
    else
        choose_parameters(&intent, edit);
    return write_request(donor, edit, &intent);
}

struct view donor_target(struct view request)
{
    struct view behind = view_from(request, view_index(request, ' '));
    if (behind.len != 0)
        behind = view_from(behind, 1);
    return view_first(behind, view_index(behind, ' '));
}

struct view donor_path(struct view request)
{
    struct view target = donor_target(request);
    return view_first(target, view_index(target, '?'));
}

struct view donor_query(struct view request)
{
    struct view target = donor_target(request);
    size_t mark = view_index(target, '?');
    return view_from(target, mark == target.len ? mark : mark + 1);
}

struct view donor_start(struct view request)
{
    size_t len = view_index(request, '\n');
    return view_first(request, len + (len < request.len));
}

struct view donor_token(struct edit *edit, enum seed_target target)
{
    if (target == SEED_TARGET_COUNT)
        target = (enum seed_target)edit_below(edit, SEED_TARGET_COUNT);
    size_t value_count;
    size_t token_count;
    const struct seed_value *values = seed_values(target, &value_count);
    const struct seed_value *tokens = seed_tokens(target, &token_count);
    if (value_count + token_count == 0)
        return VIEW("\0");
    size_t i = edit_below(edit, value_count + token_count);
    return i < value_count ? values[i].bytes : tokens[i - value_count].bytes;
}

struct view donor_sample(struct edit *edit)
{
    const size_t count = sizeof fuzz_samples / sizeof fuzz_samples[0];
    size_t i = edit_below(edit, count + 1);
    return i < count ? fuzz_samples[i]
                     : view_of((const char *)sample_inventory_text, sample_inventory_len);
}

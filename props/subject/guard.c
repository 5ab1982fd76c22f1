// SPDX-License-Identifier: Apache-2.0
#include "props/subject/guard.h"

enum { ID_LEN_MIN = 18, ID_LEN_MAX = 20, ROUND_COUNT = 3, PREFIX_LEN = 2 };

// Takes the next octet behind `rounds` rounds of percent-decoding; -1 at the end. A percent sign
// without two digits stands for itself.
static int take_octet(struct view *rest, unsigned rounds)
{
    if (rest->len == 0)
        return -1;
    if (rounds == 0) {
        int octet = (unsigned char)rest->data[0];
        *rest = view_from(*rest, 1);
        return octet;
    }
    int octet = take_octet(rest, rounds - 1);
    if (octet != '%')
        return octet;
    struct view behind = *rest;
    int high = take_octet(&behind, rounds - 1);
    int low = take_octet(&behind, rounds - 1);
    int high_digit = high < 0 ? -1 : byte_hex((char)(unsigned char)high);
    int low_digit = low < 0 ? -1 : byte_hex((char)(unsigned char)low);
    if (high_digit < 0 || low_digit < 0)
        return octet;
    *rest = behind;
    return high_digit << 4 | low_digit;
}

static bool looks_like_id(struct view digits, const struct view *known)
{
    if (digits.len < ID_LEN_MIN || digits.len > ID_LEN_MAX)
        return false;
    bool looks = view_starts(digits, VIEW("89"));
    for (unsigned role = 0; role < ROLE_COUNT && !looks; role++)
        looks = known[role].len > PREFIX_LEN &&
                view_starts(digits, view_first(known[role], PREFIX_LEN));
    return looks;
}

static bool is_stranger(struct view digits, const struct view *known)
{
    if (!looks_like_id(digits, known))
        return false;
    for (unsigned role = 0; role < ROLE_COUNT; role++)
        if (view_equal(digits, known[role]))
            return false;
    return true;
}

static bool has_stranger(struct view bytes, unsigned rounds, const struct view *known)
{
    char digits[ID_LEN_MAX];
    size_t len = 0;
    for (int octet = 0; octet >= 0;) {
        octet = take_octet(&bytes, rounds);
        if (octet >= '0' && octet <= '9') {
            if (len < sizeof digits)
                digits[len] = (char)octet;
            len++;
            continue;
        }
        if (len <= sizeof digits && is_stranger(view_of(digits, len), known))
            return true;
        len = 0;
    }
    return false;
}

bool guard_names_stranger(struct view bytes, const struct view *known)
{
    for (unsigned rounds = 0; rounds < ROUND_COUNT; rounds++)
        if (has_stranger(bytes, rounds, known))
            return true;
    return false;
}

void guard_init(struct guard *guard, struct subject inner, const struct fixture *fixture)
{
    *guard = (struct guard){.inner = inner};
    memcpy(guard->known, fixture->iccid, sizeof guard->known);
}

// Whether a sending may leave; counted.
static bool passes(struct guard *guard, const struct sending *sending)
{
    if (guard->only_plain && !sending->is_plain) {
        guard->odd_count++;
        return false;
    }
    if (guard->only_known && guard_names_stranger(sending->request, guard->known)) {
        guard->stranger_count++;
        return false;
    }
    if (guard->list == NULL)
        return true;
    guard->list(guard->context, sending);
    return false;
}

static bool exchange(void *context, struct buf *response, const struct sending *sending)
{
    struct guard *guard = context;
    guard->has_held = !passes(guard, sending);
    return !guard->has_held && guard->inner.exchange(guard->inner.context, response, sending);
}

static bool together(void *context, struct buf *const responses[], const struct sending *sendings,
                     size_t count)
{
    struct guard *guard = context;
    bool pass = true;
    for (size_t i = 0; i < count; i++)
        pass = passes(guard, &sendings[i]) && pass;
    guard->has_held = !pass;
    return pass && guard->inner.together(guard->inner.context, responses, sendings, count);
}

// Any client's request may be cut on its way, so it is as plain as others.
static bool beside(void *context, struct buf *response, struct buf *cut,
                   const struct sending *sending, struct view begun)
{
    struct guard *guard = context;
    const struct sending slow = {.request = begun, .answer_count = 1, .is_plain = true};
    bool pass = passes(guard, &slow);
    pass = passes(guard, sending) && pass;
    guard->has_held = !pass;
    return pass && guard->inner.beside(guard->inner.context, response, cut, sending, begun);
}

static void reset(void *context)
{
    struct guard *guard = context;
    guard->inner.reset(guard->inner.context);
}

static bool wait_for(void *context, int64_t seconds)
{
    struct guard *guard = context;
    return guard->inner.wait(guard->inner.context, seconds);
}

struct subject guard_subject(struct guard *guard)
{
    const struct subject *inner = &guard->inner;
    // Where nobody answers yet, requests are only listed.
    bool is_open = inner->exchange == NULL;
    return (struct subject){.exchange = exchange,
                            .together = is_open || inner->together != NULL ? together : NULL,
                            .beside = is_open || inner->beside != NULL ? beside : NULL,
                            .reset = inner->reset == NULL ? NULL : reset,
                            .wait = inner->wait == NULL ? NULL : wait_for,
                            .context = guard,
                            .first_serial = inner->first_serial};
}

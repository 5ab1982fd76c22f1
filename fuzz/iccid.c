// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_iccid_read, bp_iccid_view, bp_iccid_equal, bp_iccid_hash, bp_iccid_has_luhn.
//
// Two texts with a line feed between them. Asserts, by an independent model: read when it is 19 or
// 20 digits, and then kept as written; equality is that of the texts, and equal numbers have equal
// hashes; with one digit changed it is another number, and a right Luhn digit becomes wrong.
#include "value/iccid.h"
#include "fuzz.h"

static bool is_iccid(struct view text)
{
    bool ok = text.len == 19 || text.len == 20;
    for (size_t i = 0; i < text.len; i++)
        ok &= text.data[i] >= '0' && text.data[i] <= '9';
    return ok;
}

static bool has_luhn(struct view digits)
{
    int sum = 0;
    for (size_t i = 0; i < digits.len; i++) {
        int digit = digits.data[i] - '0';
        sum += (digits.len - i) % 2 == 0 ? digit * 2 / 10 + digit * 2 % 10 : digit;
    }
    return sum % 10 == 0;
}

static bool check_one(struct bp_iccid *out, struct view text)
{
    bool ok = bp_iccid_read(out, text);
    FUZZ_ASSERT(ok == is_iccid(text));
    FUZZ_ASSERT(!ok || view_equal(bp_iccid_view(out), text));
    FUZZ_ASSERT(!ok || bp_iccid_has_luhn(out) == has_luhn(text));
    return ok;
}

static void check_neighbours(const struct bp_iccid *number)
{
    for (size_t i = 0; i < number->len; i++) {
        struct bp_iccid other = *number;
        other.digits[i] = other.digits[i] == '9' ? '0' : (char)(other.digits[i] + 1);
        FUZZ_ASSERT(!bp_iccid_equal(number, &other));
        FUZZ_ASSERT(!bp_iccid_has_luhn(number) || !bp_iccid_has_luhn(&other));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view input = fuzz_view(data, size);
    size_t split = view_index(input, '\n');
    struct view one = view_first(input, split);
    struct view two = split == size ? one : view_from(input, split + 1);
    struct bp_iccid a, b;
    if (check_one(&a, one) && check_one(&b, two)) {
        check_neighbours(&a);
        FUZZ_ASSERT(bp_iccid_equal(&a, &b) == view_equal(one, two));
        FUZZ_ASSERT(!bp_iccid_equal(&a, &b) || bp_iccid_hash(&a) == bp_iccid_hash(&b));
    }
    return 0;
}

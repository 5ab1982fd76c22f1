// SPDX-License-Identifier: Apache-2.0
#include "value/country.h"

#include <assert.h>

#include "value/country_table.h"

_Static_assert((int)COUNTRY_TABLE_COUNT == (int)BP_COUNTRY_COUNT, "generate country_table.h again");
_Static_assert(sizeof country_codes == 2 * BP_COUNTRY_COUNT + 1, "two letters a code");

static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

bool bp_country_is_assigned(const char code[2])
{
    if (!is_upper(code[0]) || !is_upper(code[1]))
        return false;
    return (country_rows[code[0] - 'A'] >> (code[1] - 'A') & 1) != 0;
}

bool bp_country_read(char code[2], struct view text)
{
    if (text.len != 2)
        return false;
    code[0] = byte_upper(text.data[0]);
    code[1] = byte_upper(text.data[1]);
    return bp_country_is_assigned(code);
}

struct view bp_country_at(unsigned index)
{
    assert(index < BP_COUNTRY_COUNT);
    return view_of(country_codes + 2 * (size_t)index, 2);
}

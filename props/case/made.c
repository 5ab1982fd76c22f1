// SPDX-License-Identifier: Apache-2.0
// Made-up values: functions of a number, which the choices gave.
#include "props/case/spellings.h"
#include "value/country.h"

int32_t made_limit(uint32_t made) { return (int32_t)(made % INT32_MAX) + 1; }

void made_country(char code[2], uint32_t made)
{
    struct view country = bp_country_at((made ^ made >> 16) % BP_COUNTRY_COUNT);
    memcpy(code, country.data, 2);
}

// Codes that ISO 3166-1 reserves or once assigned, and XK and EL, which are widely used: whether an
// endpoint knows them is its own affair.
static const char known_strangers[][2] = {
    {'A', 'C'}, {'A', 'N'}, {'B', 'U'}, {'C', 'P'}, {'C', 'Q'}, {'C', 'S'}, {'C', 'T'}, {'D', 'D'},
    {'D', 'G'}, {'D', 'Y'}, {'E', 'A'}, {'E', 'L'}, {'E', 'U'}, {'E', 'W'}, {'E', 'Z'}, {'F', 'L'},
    {'F', 'Q'}, {'F', 'X'}, {'H', 'V'}, {'I', 'C'}, {'J', 'A'}, {'J', 'T'}, {'L', 'F'}, {'M', 'I'},
    {'N', 'H'}, {'N', 'Q'}, {'N', 'T'}, {'P', 'C'}, {'P', 'I'}, {'P', 'U'}, {'P', 'Z'}, {'R', 'A'},
    {'R', 'B'}, {'R', 'C'}, {'R', 'H'}, {'R', 'I'}, {'R', 'L'}, {'R', 'M'}, {'R', 'N'}, {'R', 'P'},
    {'S', 'F'}, {'S', 'U'}, {'T', 'A'}, {'T', 'P'}, {'U', 'K'}, {'U', 'N'}, {'V', 'D'}, {'W', 'G'},
    {'W', 'K'}, {'W', 'L'}, {'W', 'V'}, {'X', 'K'}, {'Y', 'D'}, {'Y', 'U'}, {'Y', 'V'}, {'Z', 'R'},
};

static bool is_known_stranger(const char code[2])
{
    for (size_t i = 0; i < sizeof known_strangers / sizeof known_strangers[0]; i++)
        if (memcmp(known_strangers[i], code, 2) == 0)
            return true;
    return false;
}

void made_stranger(char code[2], uint32_t made)
{
    unsigned pair = (made ^ made >> 16) % 676;
    do {
        code[0] = (char)('A' + pair / 26);
        code[1] = (char)('A' + pair % 26);
        pair = (pair + 1) % 676;
    } while (bp_country_is_assigned(code) || is_known_stranger(code));
}

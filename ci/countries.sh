#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Generates src/value/country_table.h from Debian's iso-codes package.
#
#     sh ci/countries.sh > src/value/country_table.h
set -eu
LC_ALL=C
export LC_ALL

source=${1:-/usr/share/iso-codes/json/iso_3166-1.json}
version=$(dpkg-query -W -f '${Version}' iso-codes)

sed -n 's/^ *"alpha_2": *"\([A-Z][A-Z]\)".*/\1/p' "$source" | sort -u |
    awk -v version="$version" '
{
    codes[count++] = $1
    row = index(letters, substr($1, 1, 1)) - 1
    column = index(letters, substr($1, 2, 1)) - 1
    rows[row] += 2 ^ column
}
BEGIN { letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" }
END {
    print "// SPDX-License-Identifier: Apache-2.0"
    print "// Generated from Debian package iso-codes " version " (/usr/share/iso-codes/json/iso_3166-1.json)."
    print "// Command: sh ci/countries.sh > src/value/country_table.h"
    print "#ifndef BP_VALUE_COUNTRY_TABLE_H"
    print "#define BP_VALUE_COUNTRY_TABLE_H"
    print ""
    print "#include <stdint.h>"
    print ""
    print "// clang-format off"
    print ""
    printf "enum { COUNTRY_TABLE_COUNT = %d };\n", count
    print ""
    print "// The codes in alphabetical order, two letters each."
    print "static const char country_codes[] ="
    for (i = 0; i < count; i++)
        printf "%s%s%s", i % 32 == 0 ? "    \"" : "", codes[i], i % 32 == 31 || i == count - 1 ? "\"\n" : ""
    print "    ;"
    print ""
    print "// Bit b of row a: the code of letters a and b (A is 0) is assigned."
    print "static const uint32_t country_rows[26] = {"
    for (i = 0; i < 26; i++)
        printf "    0x%07x, // %s\n", rows[i], substr(letters, i + 1, 1)
    print "};"
    print ""
    print "// clang-format on"
    print ""
    print "#endif"
}'

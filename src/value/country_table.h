// SPDX-License-Identifier: Apache-2.0
// Generated from Debian package iso-codes 4.15.0-1 (/usr/share/iso-codes/json/iso_3166-1.json).
// Command: sh ci/countries.sh > src/value/country_table.h
#ifndef BP_VALUE_COUNTRY_TABLE_H
#define BP_VALUE_COUNTRY_TABLE_H

#include <stdint.h>

// clang-format off

enum { COUNTRY_TABLE_COUNT = 249 };

// The codes in alphabetical order, two letters each.
static const char country_codes[] =
    "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBS"
    "BTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEE"
    "EGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHM"
    "HNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLC"
    "LILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNA"
    "NCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURW"
    "SASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTO"
    "TRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW"
    ;

// Bit b of row a: the code of letters a and b (A is 0) is assigned.
static const uint32_t country_rows[26] = {
    0x2df5978, // A
    0x36f7bfb, // B
    0x3f27ded, // C
    0x2005610, // D
    0x00e00d4, // E
    0x0025700, // F
    0x15fb9fb, // G
    0x01a3400, // H
    0x00f7818, // I
    0x000d010, // J
    0x342b1d0, // K
    0x13e0507, // L
    0x3fffcfd, // M
    0x212c975, // N
    0x0001000, // O
    0x14e3cf1, // P
    0x0000001, // Q
    0x0544010, // R
    0x3ae7fdf, // S
    0x26a7eec, // T
    0x3041041, // U
    0x0102155, // V
    0x0040020, // W
    0x0000000, // X
    0x0080010, // Y
    0x0401001, // Z
};

// clang-format on

#endif

// SPDX-License-Identifier: Apache-2.0
// Octet classes against their grammar, and the searches at every offset.
#include "http/octet.h"
#include "props/unit/unit.h"

static bool is_one_of(char c, const char *set) { return c != '\0' && strchr(set, c) != NULL; }

static void check_classes(void)
{
    for (unsigned octet = 0; octet < 256; octet++) {
        char c = (char)octet;
        bool is_alnum = byte_is_letter(c) || byte_is_digit(c);
        bool is_token = is_alnum || is_one_of(c, "!#$%&'*+-.^_`|~");
        bool is_text = octet == '\t' || (octet >= 0x20 && octet != 0x7f);
        bool is_host = is_alnum || is_one_of(c, "-._~!$&'()*+;=");
        CHECK_ROW(octet, bp_octet_is(c, BP_OCTET_TOKEN) == is_token);
        CHECK_ROW(octet, bp_octet_is(c, BP_OCTET_TEXT) == is_text);
        CHECK_ROW(octet, bp_octet_is(c, BP_OCTET_HOST) == is_host);
        CHECK_ROW(octet, bp_octet_is(c, BP_OCTET_HOST | BP_OCTET_TEXT) == (is_host || is_text));
        CHECK_ROW(octet, bp_octet_is_control(c) == (octet < 0x20 || octet == 0x7f));
    }
}

// Every octet at every place of texts around one and two blocks long, behind 0xFF.
static void check_find_control(void)
{
    for (size_t len = 0; len <= 40; len++) {
        char text[41];
        memset(text, '\xff', sizeof text);
        CHECK_ROW(len, bp_octet_find_control(text, text + len) == text + len);
        for (unsigned octet = 0; octet < 256; octet++)
            for (size_t at = 0; at < len; at++) {
                text[at] = (char)octet;
                const char *want = bp_octet_is_control((char)octet) ? text + at : text + len;
                CHECK_ROW(octet, bp_octet_find_control(text, text + len) == want);
                text[at] = '\xff';
            }
    }
    static const char both[] = "0123456789\x7f"
                               "abc\x01"
                               "defghijklmnopqrs";
    CHECK(bp_octet_find_control(both, both + sizeof both - 1) == both + 10);
    CHECK(bp_octet_find_control(both + 11, both + sizeof both - 1) == both + 14);
}

// Tokens of every length, ended by every octet that is none, with every octet of a token inside.
static void check_token_end(void)
{
    for (size_t len = 0; len <= 36; len++) {
        char text[40];
        memset(text, 'Z', sizeof text);
        for (unsigned octet = 0; octet < 256; octet++) {
            bool is_token = bp_octet_is((char)octet, BP_OCTET_TOKEN);
            text[len] = (char)octet;
            text[len + 1] = ':';
            const char *want = is_token ? text + len + 1 : text + len;
            CHECK_ROW(octet, bp_octet_token_end(text, text + len + 2) == want);
            CHECK_ROW(octet, bp_octet_token_end(text, text + sizeof text) == want);
        }
    }
}

static void check_is_word(void)
{
    static const char word[] = "x-ms-dm-transactionid";
    for (size_t len = 4; len < sizeof word; len++) {
        char text[sizeof word];
        for (size_t i = 0; i < len; i++)
            text[i] = i % 2 == 0 ? byte_upper(word[i]) : word[i];
        CHECK_ROW(len, bp_octet_is_word(text, word, len));
        for (size_t i = 0; i < len; i++) {
            char kept = text[i];
            text[i] = (char)(kept ^ 1);
            CHECK_ROW(len, !bp_octet_is_word(text, word, len));
            text[i] = (char)(kept ^ 0x80);
            CHECK_ROW(len, !bp_octet_is_word(text, word, len));
            text[i] = kept;
        }
    }
}

int main(void)
{
    check_classes();
    check_find_control();
    check_token_end();
    check_is_word();
    return unit_end();
}

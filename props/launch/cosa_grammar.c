// SPDX-License-Identifier: Apache-2.0
#include "props/launch/cosa_grammar.h"

bool cosa_is_query(struct view text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c <= 0x20 || c >= 0x7f || memchr("\"<>\\^`{|}", c, 9) != NULL)
            return false;
        bool is_escape =
            i + 2 < text.len && byte_hex(text.data[i + 1]) >= 0 && byte_hex(text.data[i + 2]) >= 0;
        if (c == '%' && !is_escape)
            return false;
    }
    return true;
}

bool cosa_is_icon_name(struct view name)
{
    bool is_plain = name.len != 0 && name.len < 256 && name.data[0] != '/';
    for (size_t i = 0; i < name.len && is_plain; i++)
        is_plain = name.data[i] >= 0x20 && name.data[i] < 0x7f && name.data[i] != '\\';
    return is_plain && view_find(name, VIEW("..")) == name.len;
}

static size_t count_of(struct view text, bool (*is_in)(char c))
{
    size_t count = 0;
    while (count < text.len && is_in(text.data[count]))
        count++;
    return count;
}

static bool is_package_octet(char c)
{
    return byte_is_letter(c) || byte_is_digit(c) || c == '.' || c == '-';
}

static bool is_publisher_octet(char c) { return byte_is_digit(c) || (c >= 'a' && c <= 'z'); }

static bool is_app_octet(char c) { return byte_is_letter(c) || byte_is_digit(c) || c == '.'; }

bool cosa_is_app_id(struct view text)
{
    enum { PUBLISHER_LEN = 13 };
    size_t len = count_of(text, is_package_octet);
    struct view rest = view_from(text, len);
    if (len == 0 || !view_starts(rest, VIEW("_")))
        return false;
    rest = view_from(rest, 1);
    size_t publisher_len = count_of(rest, is_publisher_octet);
    rest = view_from(rest, publisher_len);
    if (publisher_len != PUBLISHER_LEN || !view_starts(rest, VIEW("!")))
        return false;
    rest = view_from(rest, 1);
    return rest.len != 0 && byte_is_letter(rest.data[0]) &&
           count_of(rest, is_app_octet) == rest.len;
}

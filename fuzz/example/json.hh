// SPDX-License-Identifier: Apache-2.0
// Just enough JSON to read an inventory that is known to be right, and to write texts.
#ifndef EXAMPLE_JSON_H
#define EXAMPLE_JSON_H

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

struct Json {
    std::string name, text; // of a member; of a string
    double number = 0;
    std::vector<Json> items; // of a list or an object

    // The member of that name; an empty value where there is none.
    const Json &operator[](std::string_view member) const
    {
        static const Json none;
        for (const Json &item : items)
            if (item.name == member)
                return item;
        return none;
    }
};

inline void put_utf8(std::string &out, unsigned long c)
{
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | c >> 6);
        out += static_cast<char>(0x80 | (c & 63));
    } else {
        out += static_cast<char>(0xE0 | c >> 12);
        out += static_cast<char>(0x80 | (c >> 6 & 63));
        out += static_cast<char>(0x80 | (c & 63));
    }
}

inline std::string take_string(std::string_view &rest)
{
    std::string out;
    for (rest.remove_prefix(1); rest[0] != '"'; rest.remove_prefix(1)) {
        if (rest[0] != '\\') {
            out += rest[0];
            continue;
        }
        rest.remove_prefix(1);
        if (rest[0] == 'u') {
            put_utf8(out, std::stoul(std::string(rest.substr(1, 4)), nullptr, 16));
            rest.remove_prefix(4);
        } else {
            out += rest[0];
        }
    }
    rest.remove_prefix(1);
    return out;
}

inline void skip(std::string_view &rest)
{
    size_t at = rest.find_first_not_of(" \n\r\t,:");
    rest.remove_prefix(at == rest.npos ? rest.size() : at);
}

inline Json take_json(std::string_view &rest)
{
    Json out;
    skip(rest);
    if (rest[0] == '"') {
        out.text = take_string(rest);
    } else if (rest[0] == '{' || rest[0] == '[') {
        const bool has_names = rest[0] == '{';
        for (rest.remove_prefix(1), skip(rest); rest[0] != '}' && rest[0] != ']'; skip(rest)) {
            const std::string name = has_names ? take_string(rest) : "";
            out.items.push_back(take_json(rest));
            out.items.back().name = name;
        }
        rest.remove_prefix(1);
    } else {
        const std::string number(rest.substr(0, rest.find_first_of(",}] \n")));
        out.number = std::strtod(number.c_str(), nullptr);
        rest.remove_prefix(number.size());
    }
    return out;
}

inline Json read_json(std::string_view text) { return take_json(text); }

inline std::string quoted(std::string_view text)
{
    std::string out = "\"";
    for (char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        if (octet < ' ')
            out += std::string("\\u00") + "0123456789abcdef"[octet >> 4] +
                   "0123456789abcdef"[octet & 15];
        else
            out += std::string(c == '"' || c == '\\' ? "\\" : "") + c;
    }
    return out + "\"";
}

#endif

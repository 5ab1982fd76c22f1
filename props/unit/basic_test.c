// SPDX-License-Identifier: Apache-2.0
// Base64 and Basic credentials.
#include "base/bounds.h"
#include "http/basic.h"
#include "props/unit/unit.h"

static const struct {
    struct view text;
    bool is_good;
    struct view octets;
} texts[] = {
    // RFC 4648 section 10.
    {VIEW_INIT(""), true, VIEW_INIT("")},
    {VIEW_INIT("Zg=="), true, VIEW_INIT("f")},
    {VIEW_INIT("Zm8="), true, VIEW_INIT("fo")},
    {VIEW_INIT("Zm9v"), true, VIEW_INIT("foo")},
    {VIEW_INIT("Zm9vYg=="), true, VIEW_INIT("foob")},
    {VIEW_INIT("Zm9vYmE="), true, VIEW_INIT("fooba")},
    {VIEW_INIT("Zm9vYmFy"), true, VIEW_INIT("foobar")},
    {VIEW_INIT("+/+/AP8A"), true, VIEW_INIT("\xfb\xff\xbf\0\xff\0")},

    {VIEW_INIT("Z"), false, VIEW_INIT("")},
    {VIEW_INIT("Zg"), false, VIEW_INIT("")},
    {VIEW_INIT("Zg="), false, VIEW_INIT("")},
    {VIEW_INIT("Zh=="), false, VIEW_INIT("")},
    {VIEW_INIT("Zo=="), false, VIEW_INIT("")},
    {VIEW_INIT("Zm9="), false, VIEW_INIT("")},
    {VIEW_INIT("Zm+="), false, VIEW_INIT("")},
    {VIEW_INIT("===="), false, VIEW_INIT("")},
    {VIEW_INIT("Z==="), false, VIEW_INIT("")},
    {VIEW_INIT("Zg==Zg=="), false, VIEW_INIT("")},
    {VIEW_INIT("Zg=v"), false, VIEW_INIT("")},
    {VIEW_INIT("Z m9"), false, VIEW_INIT("")},
    {VIEW_INIT("Zm9v\n"), false, VIEW_INIT("")},
    {VIEW_INIT("Zm9-"), false, VIEW_INIT("")},
    {VIEW_INIT("Zm9_"), false, VIEW_INIT("")},
    {VIEW_INIT("Zm\0v"), false, VIEW_INIT("")},
    {VIEW_INIT("Zm9\xff"), false, VIEW_INIT("")},
};

static void check_texts(void)
{
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char space[16];
        struct buf out = BUF(space);
        CHECK_ROW(i, bp_base64_read(&out, texts[i].text) == texts[i].is_good);
        if (!texts[i].is_good)
            continue;
        CHECK_ROW(i, view_equal(buf_view(&out), texts[i].octets));
        buf_clear(&out);
        bp_base64_write(&out, texts[i].octets);
        CHECK_ROW(i, view_equal(buf_view(&out), texts[i].text));
    }
}

// Every octet as a digit of base64: 64 are taken.
static void check_alphabet(void)
{
    unsigned taken = 0;
    for (unsigned octet = 0; octet < 256; octet++) {
        char text[4] = {'A', 'A', 'A', (char)octet};
        char space[3];
        struct buf out = BUF(space);
        if (octet != '=' && bp_base64_read(&out, view_of(text, 4)))
            taken++;
    }
    CHECK(taken == 64);
}

// Expected is "mo:a:b c", which is bW86YTpiIGM= in base64.
static const struct {
    struct view field;
    enum bp_reason reason;
} fields[] = {
    {VIEW_INIT("Basic bW86YTpiIGM="), BP_REASON_NONE},
    {VIEW_INIT("basic bW86YTpiIGM="), BP_REASON_NONE},
    {VIEW_INIT("BASIC   bW86YTpiIGM="), BP_REASON_NONE},
    {VIEW_INIT("Basic bW86YTpiIGQ="), BP_REASON_AUTH_WRONG},     // mo:a:b d
    {VIEW_INIT("Basic bW86YTpi"), BP_REASON_AUTH_WRONG},         // mo:a:b
    {VIEW_INIT("Basic bW86YTpiIGMA"), BP_REASON_AUTH_WRONG},     // mo:a:b c NUL
    {VIEW_INIT("Basic bW86YTpiIGNj"), BP_REASON_AUTH_WRONG},     // mo:a:b cc
    {VIEW_INIT("Basic bW8AOmE6YiBj"), BP_REASON_AUTH_WRONG},     // mo NUL :a:b c
    {VIEW_INIT("Basic TU86YTpiIGM="), BP_REASON_AUTH_WRONG},     // MO:a:b c
    {VIEW_INIT("Basic Og=="), BP_REASON_AUTH_WRONG},             // :
    {VIEW_INIT("Basic bW8="), BP_REASON_AUTH_SYNTAX},            // mo
    {VIEW_INIT("Basic"), BP_REASON_AUTH_SYNTAX},                 //
    {VIEW_INIT("Basic "), BP_REASON_AUTH_SYNTAX},                //
    {VIEW_INIT("Basic bW86YTpiIGM"), BP_REASON_AUTH_SYNTAX},     // padding missing
    {VIEW_INIT("Basic bW86YTpiIGM= "), BP_REASON_AUTH_SYNTAX},   //
    {VIEW_INIT("Basic bW86YTpiIGM=, x"), BP_REASON_AUTH_SYNTAX}, //
    {VIEW_INIT("Basic !W86YTpiIGM="), BP_REASON_AUTH_SYNTAX},    //
    {VIEW_INIT("Basic\tbW86YTpiIGM="), BP_REASON_AUTH_SCHEME},   //
    {VIEW_INIT("Basicx bW86YTpiIGM="), BP_REASON_AUTH_SCHEME},   //
    {VIEW_INIT("Bearer x"), BP_REASON_AUTH_SCHEME},              //
    {VIEW_INIT("bW86YTpiIGM="), BP_REASON_AUTH_SCHEME},          //
    {VIEW_INIT(" Basic bW86YTpiIGM="), BP_REASON_AUTH_SCHEME},   //
    {VIEW_INIT(""), BP_REASON_AUTH_SCHEME},                      //
};

// Blanks stand behind each field, which are not its own.
static void check_fields(void)
{
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
        char space[64];
        struct view field = view_of(space, fields[i].field.len);
        memset(space, ' ', sizeof space);
        memcpy(space, fields[i].field.data, field.len);
        bool is_right = bp_basic_check(&fault, field, VIEW("mo:a:b c"));
        CHECK_ROW(i, is_right == (fields[i].reason == BP_REASON_NONE));
        CHECK_ROW(i, fault.reason == fields[i].reason);
        CHECK_ROW(i, fault.where.len <= field.len);
    }
}

// Credentials of `len` octets against themselves and against longer ones.
static bool is_taken(enum bp_reason *reason, size_t len, size_t expected_len)
{
    char octets[BP_CREDENTIAL_LEN_MAX + 2];
    char space[256];
    struct buf field = BUF(space);
    struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
    memset(octets, ':', sizeof octets);
    buf_put(&field, VIEW("Basic "));
    bp_base64_write(&field, view_of(octets, len));
    bool taken = bp_basic_check(&fault, buf_view(&field), view_of(octets, expected_len));
    *reason = fault.reason;
    return taken;
}

static void check_lengths(void)
{
    enum bp_reason reason;
    const size_t most = BP_CREDENTIAL_LEN_MAX;
    for (size_t len = 1; len <= most; len++) {
        CHECK_ROW(len, is_taken(&reason, len, len));
        CHECK_ROW(len, !is_taken(&reason, len, len + 1) && reason == BP_REASON_AUTH_WRONG);
        CHECK_ROW(len, !is_taken(&reason, len, len - 1) && reason == BP_REASON_AUTH_WRONG);
    }
    CHECK(!is_taken(&reason, most + 1, most) && reason == BP_REASON_AUTH_SYNTAX);
    CHECK(!is_taken(&reason, most + 2, most) && reason == BP_REASON_AUTH_SYNTAX);
    CHECK(!is_taken(&reason, most + 1, most + 1) && reason == BP_REASON_AUTH_SYNTAX);
}

int main(void)
{
    check_texts();
    check_alphabet();
    check_fields();
    check_lengths();
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
#include "props/launch/cosa.h"

#include "props/launch/cosa_grammar.h"
#include "props/unit/printed.h"
#include "props/unit/unit.h"

#define HEAD                                                                        \
    "Operator,SupportDataMarketplace,DataMarketplaceRoamingUIEnabled,ICCID Range -" \
    " Start,ICCID Range - End,AccountExperienceURL,BrandingName,BrandingIcon,"      \
    "UseBrandingNameOnRoaming,AppID,UpdateType\n"
#define ONE "8988247000100000000,8988247000100099999,"
#define APP "Contoso.App_0123456789abc!App"

// How many items are not ok, and a piece of what is printed.
static const struct {
    struct view text;
    bool accepts_true;
    size_t warning_count;
    size_t failed_count;
    const char *piece; // NULL: nothing is asked
} rows[] = {
    {VIEW_INIT(HEAD "C,Yes,0," ONE ",,,,,\n"), false, 0, 0, "ok      COSA-3     line 2"},
    {VIEW_INIT(HEAD "C,No,0," ONE ",,,,,\n"), false, 0, 1, "FAILED  COSA-1"},
    {VIEW_INIT(HEAD "C,,0," ONE ",,,,,\n"), false, 0, 1, "blank means false"},
    {VIEW_INIT(HEAD "C,yes,0," ONE ",,,,,\n"), false, 1, 0, "warn    COSA-1"},
    {VIEW_INIT(HEAD "C,true,0," ONE ",,,,,\n"), false, 0, 1, "(cosa.flag)"},
    {VIEW_INIT(HEAD "C,TRUE,0," ONE ",,,,,\n"), true, 0, 0, NULL},
    {VIEW_INIT(HEAD "C,false,0," ONE ",,,,,\n"), true, 0, 1, "FAILED  COSA-1"},
    {VIEW_INIT(HEAD "C,Yes,1," ONE ",,,,,\n"), false, 0, 0, NULL},
    {VIEW_INIT(HEAD "C,Yes,2," ONE ",,,,,\n"), false, 0, 1, "FAILED  COSA-2"},
    {VIEW_INIT(HEAD "C,Yes,," ONE ",,,,,\n"), false, 1, 0, "warn    COSA-2"},
    {VIEW_INIT(HEAD "C,Yes,0,,,,,,,,\n"), false, 0, 1, "there is no ICCID range"},
    {VIEW_INIT(HEAD "C,Yes,0,8988247000100000000,,,,,,,\n"), false, 0, 1, "FAILED  COSA-3"},
    {VIEW_INIT(HEAD "C,Yes,0,8988247000100000001,8988247000100099998,,,,,,\n"), false, 0, 2,
     "does not end with 99"},
    {VIEW_INIT(HEAD "C,Yes,0," ONE "https://mo.example/a?b=%20#c,,,,,\n"), false, 0, 0, NULL},
    {VIEW_INIT(HEAD "C,Yes,0," ONE "https://mo.example/a?b=%2,,,,,\n"), false, 0, 1,
     "is no http or https URL"},
    {VIEW_INIT(HEAD "C,Yes,0," ONE "mo.example,,,,,\n"), false, 0, 1, "FAILED  COSA-4"},
    {VIEW_INIT(HEAD "C,Yes,0," ONE "http://mo.example,,,,,\n"), false, 1, 0, "is not https"},
    {VIEW_INIT(HEAD "C,Yes,0," ONE "https://mo.example,,,," APP ",\n"), false, 1, 0, "and wins"},
    {VIEW_INIT(HEAD "C,Yes,0," ONE ",,,,App,\n"), false, 0, 1, "PFN!AppId"},
    {VIEW_INIT(HEAD "C,Yes,0," ONE ",N,,2,,\n"), false, 0, 0, NULL},
    {VIEW_INIT(HEAD "C,Yes,0," ONE ",N,,3,,\n"), false, 0, 1, "has to be 0, 1 or 2"},
    {VIEW_INIT(HEAD "C,Yes,0," ONE ",,all.ico,,,\n"), false, 0, 0, NULL},
    {VIEW_INIT(HEAD "C,Yes,0," ONE ",,48.png,,,\n"), false, 0, 1, "of 256 32 24 16 pixels"},
    {VIEW_INIT(HEAD "C,Yes,0," ONE ",,48.png; 48.png;all.ico,,,\n"), false, 0, 0, NULL},
    {VIEW_INIT(HEAD "C,Yes,0," ONE ",,none.ico,,,\n"), false, 0, 1, "there is no such file"},
    {VIEW_INIT(HEAD "C,Yes,0," ONE ",,../all.ico,,,\n"), false, 0, 1, "is no name of a file"},
    {VIEW_INIT(HEAD "C,No,2,,,,,,,,Delete\n"), false, 0, 1, "there is no row"},
    {VIEW_INIT(HEAD "C,No,2,,,,,,,,Delete\nC,Yes,0," ONE ",,,,,\n"), false, 0, 0,
     "ok      CSV        line 2, UpdateType: Delete"},
    // Two ranges: apart, the same for two access strings, overlapping, of two operators.
    {VIEW_INIT(HEAD "C,Yes,0," ONE
                    ",,,,,\nC,Yes,0,8988247000100100000,8988247000100100099,,,,,,\n"),
     false, 0, 0, "no range overlaps"},
    {VIEW_INIT(HEAD "C,Yes,0," ONE ",,,,,\nC,Yes,0," ONE ",,,,,\n"), false, 1, 0, "line 2 again"},
    {VIEW_INIT(HEAD "C,Yes,0," ONE
                    ",,,,,\nC,Yes,0,8988247000100099900,8988247000100100099,,,,,,\n"),
     false, 0, 1, "overlaps line 2"},
    {VIEW_INIT(HEAD "C,Yes,0," ONE
                    ",,,,,\nD,Yes,0,8988247000100099900,8988247000100100099,,,,,,\n"),
     false, 1, 0, "of another operator"},
    {VIEW_INIT(HEAD "D,Yes,0," ONE ",,,,,\nC,Yes,0,8988247000100000000,8988247000100100099,,,,,,\n"
                    "C,Yes,0," ONE ",,,,,\n"),
     false, 1, 1, "overlaps line 3"},
    // The form of 2017.
    {VIEW_INIT("SupportDataMarketplace,DataMarketplaceRoamingUIEnabled,ICCID Range\n"
               "Yes,1,8988247000100000000-8988247000100099999; 8988247000200000000 - "
               "8988247000200099999;\n"),
     false, 0, 0, "ICCID Range: 8988247000200000000 to 8988247000200099999"},
    {VIEW_INIT("SupportDataMarketplace,DataMarketplaceRoamingUIEnabled,ICCID Range\n"
               "Yes,1,8988247000100000000;\n"),
     false, 0, 1, "is not 19 or 20 digits: \"\""},
    // Columns and rows.
    {VIEW_INIT("SupportDataMarketplace,ICCID Range - Start,ICCID Range - "
               "End\nYes,8988247000100000000,8988247000100099999\n"),
     false, 1, 1, "DataMarketplaceRoamingUIEnabled: there is no such column"},
    {VIEW_INIT("AppID," HEAD ",C,Yes,0," ONE ",,,,,\n"), false, 0, 1, "two columns"},
    {VIEW_INIT(HEAD), false, 0, 1, "there is no row"},
    {VIEW_INIT(""), false, 0, 1, "FAILED  CSV        line 1: there is no header row"},
    {VIEW_INIT(HEAD "C,Ye\"s\n"), false, 0, 1,
     "FAILED  CSV        line 2, SupportDataMarketplace: a quote"},
    {VIEW_INIT(HEAD "C,\x1b[31m\0,0," ONE ",,,,,\n"), false, 0, 1, "\\x1b[31m\\x00"},
};

static bool read_icon(void *context, struct view *bytes, struct view name)
{
    // Each image is the last octet of the file.
    static const struct view all = VIEW_INIT("\0\0\1\0\5\0"
                                             "\0\0\0\0\1\0\x20\0\1\0\0\0\x56\0\0\0"
                                             "\x30\x30\0\0\1\0\x20\0\1\0\0\0\x56\0\0\0"
                                             "\x20\x20\0\0\1\0\x20\0\1\0\0\0\x56\0\0\0"
                                             "\x18\x18\0\0\1\0\x20\0\1\0\0\0\x56\0\0\0"
                                             "\x10\x10\0\0\1\0\x20\0\1\0\0\0\x56\0\0\0.");
    static const struct view one = VIEW_INIT("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x30\0\0\0\x30");
    (void)context;
    *bytes = view_equal(name, VIEW("48.png")) ? one : all;
    return !view_equal(name, VIEW("none.ico"));
}

static void check_rows(void)
{
    static struct ranges ranges;
    char space[2048];
    char printed[8192];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = BUF(printed);
        struct lint lint;
        struct cosa_config config = {rows[i].accepts_true, read_icon, NULL};
        ranges.count = 0;
        lint_open(&lint, &out);
        CHECK_ROW(i, rows[i].text.len <= sizeof space);
        cosa_lint(&lint, &ranges, rows[i].text, space, &config);
        CHECK_ROW(i, lint.counts[LINT_WARNING] == rows[i].warning_count);
        CHECK_ROW(i, lint.counts[LINT_FAILED] == rows[i].failed_count);
        CHECK_ROW(i, lint_close(&lint) == (rows[i].failed_count == 0));
        CHECK_ROW(i, printed_is_tidy(&out, TEXT_WIDTH));
        // As one line: where it was broken does not matter.
        char joined[8192];
        struct buf line = BUF(joined);
        for (size_t at = 0; at < out.len; at++) {
            bool is_indent = out.data[at] == '\n' && at + 21 < out.len &&
                             view_equal(view_of(out.data + at + 1, 9), VIEW("         "));
            buf_put_byte(&line, is_indent ? ' ' : out.data[at]);
            at += is_indent ? 21 : 0;
        }
        struct view piece = rows[i].piece == NULL ? VIEW("") : view_of_text(rows[i].piece);
        bool has_piece = piece.len == 0 || view_find(buf_view(&line), piece) < line.len;
        CHECK_ROW(i, has_piece);
    }
}

static void check_grammar(void)
{
    static const struct {
        struct view text;
        bool is_app_id;
    } ids[] = {
        {VIEW_INIT(APP), true},
        {VIEW_INIT("Contoso.App_0123456789abc!"), false},
        {VIEW_INIT("Contoso.App_0123456789abc"), false},
        {VIEW_INIT("Contoso.App_0123456789ab!App"), false},
        {VIEW_INIT("Contoso.App_0123456789abcd!App"), false},
        {VIEW_INIT("Contoso.App_0123456789abC!App"), false},
        {VIEW_INIT("_0123456789abc!App"), false},
        {VIEW_INIT("Contoso.App!App"), false},
        {VIEW_INIT("Contoso.App_0123456789abc!1"), false},
        {VIEW_INIT("Contoso.App_0123456789abc!A b"), false},
        {VIEW_INIT(""), false},
    };
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
        CHECK_ROW(i, cosa_is_app_id(ids[i].text) == ids[i].is_app_id);
    static const struct {
        struct view text;
        bool is_icon_name;
    } names[] = {
        {VIEW_INIT("a.ico"), true},      {VIEW_INIT("icons/a b.ico"), true},
        {VIEW_INIT("/a.ico"), false},    {VIEW_INIT("../a.ico"), false},
        {VIEW_INIT("a/../../b"), false}, {VIEW_INIT("icons\\a.ico"), false},
        {VIEW_INIT("a\0.ico"), false},   {VIEW_INIT(""), false},
        {VIEW_INIT("a\xff.ico"), false},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        CHECK_ROW(i, cosa_is_icon_name(names[i].text) == names[i].is_icon_name);
}

int main(void)
{
    check_rows();
    check_grammar();
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
#include "props/launch/icon.h"

#include "props/unit/unit.h"

#define PNG "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
#define ICO_ONE "\0\0\1\0\1\0"
#define ENTRY(side, offset) side side "\0\0\1\0\x20\0\1\0\0\0" offset "\0\0\0"

static const struct {
    struct view bytes;
    unsigned sizes;
    const char *words; // NULL: all is well
} rows[] = {
    {VIEW_INIT(PNG "\0\0\1\0\0\0\1\0"), 1, NULL},
    {VIEW_INIT(PNG "\0\0\0\x30\0\0\0\x30"), 2, NULL},
    {VIEW_INIT(PNG "\0\0\0\x10\0\0\0\x10"), 16, NULL},
    {VIEW_INIT(PNG "\0\0\0\x11\0\0\0\x11"), 0, NULL},
    {VIEW_INIT(PNG "\0\0\0\x10\0\0\0\x18"), 0, "an image in it is not square"},
    {VIEW_INIT(PNG "\0\0\0\x10\0\0\0"), 0, "its header is cut off"},
    {VIEW_INIT(ICO_ONE ENTRY("\0", "\x16") "."), 1, NULL},
    {VIEW_INIT(ICO_ONE ENTRY("\x20", "\x16") "."), 4, NULL},
    {VIEW_INIT("\0\0\1\0\2\0" ENTRY("\x18", "\x26") ENTRY("\x10", "\x26") "."), 24, NULL},
    {VIEW_INIT("\0\0\1\0\2\0" ENTRY("\x18", "\x16") "."), 0, "its header is cut off"},
    {VIEW_INIT(ICO_ONE ENTRY("\x20", "\x16")), 0, "an image in it is cut off"},
    {VIEW_INIT(ICO_ONE ENTRY("\x20", "\xff") "."), 0, "an image in it is cut off"},
    {VIEW_INIT(ICO_ONE "\x20\x20\0\0\1\0\x20\0\0\0\0\0\x16\0\0\0."), 0,
     "an image in it is cut off"},
    {VIEW_INIT("\0\0\1\0\0\0"), 0, "there is no image in it"},
    {VIEW_INIT("\0\0\1\0\1"), 0, "its header is cut off"},
    {VIEW_INIT("\0\0\2\0\1\0"), 0, "it is neither ICO nor PNG"},
    {VIEW_INIT("GIF89a"), 0, "it is neither ICO nor PNG"},
    {VIEW_INIT(""), 0, "it is neither ICO nor PNG"},
};

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        unsigned sizes = 0;
        const char *words = icon_read(&sizes, rows[i].bytes);
        bool is_same = words == NULL || rows[i].words == NULL ? words == rows[i].words
                                                              : strcmp(words, rows[i].words) == 0;
        CHECK_ROW(i, is_same);
        CHECK_ROW(i, words != NULL || sizes == rows[i].sizes);
    }
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
#include "props/launch/icon.h"

const unsigned icon_sizes[ICON_SIZE_COUNT] = {256, 48, 32, 24, 16};

enum { PNG_HEAD_LEN = 24, ICO_HEAD_LEN = 6, ICO_ENTRY_LEN = 16 };

static const struct view png_mark = VIEW_INIT("\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
static const struct view ico_mark = VIEW_INIT("\0\0\1\0");

static uint32_t octet_at(struct view bytes, size_t at) { return (unsigned char)bytes.data[at]; }

static uint32_t big_endian_at(struct view bytes, size_t at)
{
    return octet_at(bytes, at) << 24 | octet_at(bytes, at + 1) << 16 |
           octet_at(bytes, at + 2) << 8 | octet_at(bytes, at + 3);
}

static uint32_t little_endian_at(struct view bytes, size_t at)
{
    return octet_at(bytes, at + 3) << 24 | octet_at(bytes, at + 2) << 16 |
           octet_at(bytes, at + 1) << 8 | octet_at(bytes, at);
}

static const char *add_size(unsigned *sizes, uint32_t width, uint32_t height)
{
    if (width != height)
        return "an image in it is not square";
    for (unsigned i = 0; i < ICON_SIZE_COUNT; i++)
        *sizes |= icon_sizes[i] == width ? 1u << i : 0;
    return NULL;
}

static const char *read_png(unsigned *sizes, struct view bytes)
{
    if (bytes.len < PNG_HEAD_LEN)
        return "its header is cut off";
    return add_size(sizes, big_endian_at(bytes, 16), big_endian_at(bytes, 20));
}

static const char *read_ico(unsigned *sizes, struct view bytes)
{
    if (bytes.len < ICO_HEAD_LEN)
        return "its header is cut off";
    size_t count = octet_at(bytes, 4) | octet_at(bytes, 5) << 8;
    if (count == 0)
        return "there is no image in it";
    if ((bytes.len - ICO_HEAD_LEN) / ICO_ENTRY_LEN < count)
        return "its header is cut off";
    for (size_t i = 0; i < count; i++) {
        size_t at = ICO_HEAD_LEN + i * ICO_ENTRY_LEN;
        uint32_t len = little_endian_at(bytes, at + 8);
        uint32_t offset = little_endian_at(bytes, at + 12);
        if (len == 0 || offset > bytes.len || bytes.len - offset < len)
            return "an image in it is cut off";
        // One octet a side: 0 is 256.
        uint32_t width = octet_at(bytes, at);
        uint32_t height = octet_at(bytes, at + 1);
        const char *words = add_size(sizes, width == 0 ? 256 : width, height == 0 ? 256 : height);
        if (words != NULL)
            return words;
    }
    return NULL;
}

const char *icon_read(unsigned *sizes, struct view bytes)
{
    if (view_starts(bytes, png_mark))
        return read_png(sizes, bytes);
    if (view_starts(bytes, ico_mark))
        return read_ico(sizes, bytes);
    return "it is neither ICO nor PNG";
}

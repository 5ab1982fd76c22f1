// SPDX-License-Identifier: Apache-2.0
#include "http/target.h"

#include "http/host.h"
#include "http/octet.h"

static bool is_target_octet(char c)
{
    unsigned char octet = (unsigned char)c;
    return octet > 0x20 && octet < 0x7f && octet != '#';
}

static size_t find_bad_octet(struct view raw)
{
    size_t i = 0;
    for (size_t left = raw.len / BP_OCTETS_LEN; left != 0; left--) {
        bp_octets octets = bp_octets_load(raw.data + i);
        bp_octets is_outside = (bp_octets)((octets <= 0x20) | (octets >= 0x7f));
        size_t skip = bp_octets_skip(is_outside | (bp_octets)(octets == '#'));
        i += skip;
        if (skip != BP_OCTETS_LEN)
            break;
    }
    while (i < raw.len && is_target_octet(raw.data[i]))
        i++;
    return i;
}

static size_t scheme_len(struct view raw)
{
    if (raw.len >= 7 && view_equal_nocase(view_first(raw, 7), VIEW("http://")))
        return 7;
    return raw.len >= 8 && view_equal_nocase(view_first(raw, 8), VIEW("https://")) ? 8 : 0;
}

static size_t authority_len(struct view rest)
{
    size_t len = 0;
    while (len < rest.len && rest.data[len] != '/' && rest.data[len] != '?')
        len++;
    return len;
}

bool bp_target_read(struct bp_target *out, struct bp_fault *fault, struct view raw)
{
    bool is_origin = raw.len != 0 && raw.data[0] == '/';
    size_t skip = is_origin ? 0 : scheme_len(raw);
    if (!is_origin && skip == 0)
        return bp_refuse(fault, BP_REASON_TARGET_FORM, raw);
    size_t bad_at = find_bad_octet(raw);
    if (bad_at < raw.len)
        return bp_refuse(fault, BP_REASON_TARGET_OCTET, view_of(raw.data + bad_at, 1));
    struct view rest = view_from(raw, skip);
    out->authority = view_first(rest, is_origin ? 0 : authority_len(rest));
    if (!is_origin && !bp_host_is_valid(out->authority))
        return bp_refuse(fault, BP_REASON_TARGET_FORM, out->authority);
    rest = view_from(rest, out->authority.len);
    size_t path_len = view_index(rest, '?');
    out->path = path_len == 0 ? VIEW("/") : view_first(rest, path_len);
    out->has_query = path_len < rest.len;
    out->query = view_from(rest, path_len + out->has_query);
    return true;
}

static bool is_escape(struct view raw)
{
    return raw.len >= 3 && byte_hex(raw.data[1]) >= 0 && byte_hex(raw.data[2]) >= 0;
}

size_t bp_percent_find_bad(struct view raw)
{
    size_t at = view_index(raw, '%');
    while (is_escape(view_from(raw, at)))
        at += 3 + view_index(view_from(raw, at + 3), '%');
    return at;
}

char bp_percent_take_encoded(struct view *raw)
{
    struct view all = *raw;
    if (!is_escape(all)) {
        *raw = view_from(all, 1);
        return '%';
    }
    *raw = view_from(all, 3);
    return (char)(byte_hex(all.data[1]) << 4 | byte_hex(all.data[2]));
}

bool bp_percent_decode(struct buf *out, size_t *bad_at, struct view raw)
{
    *bad_at = bp_percent_find_bad(raw);
    struct view rest = view_first(raw, *bad_at);
    while (rest.len != 0) {
        size_t plain = view_index(rest, '%');
        buf_put(out, view_first(rest, plain));
        rest = view_from(rest, plain);
        if (rest.len != 0)
            buf_put_byte(out, bp_percent_take(&rest));
    }
    return *bad_at == raw.len;
}

// Removes the segment behind the slash at the front of `*path`; false when there is no slash.
static bool take_segment(struct view *segment, struct view *path)
{
    if (path->len == 0 || path->data[0] != '/')
        return false;
    struct view rest = view_from(*path, 1);
    size_t len = view_index(rest, '/');
    *segment = view_first(rest, len);
    *path = view_from(rest, len);
    return true;
}

static bool is_same_segment(struct view a, struct view b)
{
    if (view_equal(a, b))
        return true;
    while (a.len != 0 && b.len != 0)
        if (bp_percent_take(&a) != bp_percent_take(&b))
            return false;
    return a.len == b.len;
}

static bool take_word(struct view *path, struct view word)
{
    struct view segment;
    return take_segment(&segment, path) && is_same_segment(segment, word);
}

static bool take_base(struct view *path, struct view base)
{
    struct view segment;
    while (take_segment(&segment, &base))
        if (!take_word(path, segment))
            return false;
    return true;
}

static bool read_sim(struct bp_iccid *out, struct view segment)
{
    char text[6 + BP_ICCID_LEN_MAX + 1]; // an octet more than the longest good one
    size_t len = 0;
    while (segment.len != 0 && len < sizeof text)
        text[len++] = bp_percent_take(&segment);
    struct view id = view_of(text, len);
    if (view_starts(id, VIEW("iccid:")))
        id = view_from(id, 6);
    return bp_iccid_read(out, id);
}

// The common case without any decoding; false says nothing about what is wrong.
static bool read_plain(struct bp_iccid *out, struct view path, struct view base)
{
    struct view rest = path;
    struct view end = VIEW("/balances");
    if (!view_starts(rest, base))
        return false;
    rest = view_from(rest, base.len);
    if (!view_starts(rest, VIEW("/sims/")) || rest.len < 6 + end.len)
        return false;
    rest = view_from(rest, 6);
    rest.len -= end.len;
    if (memcmp(rest.data + rest.len, "/balances", 9) != 0)
        return false;
    return bp_iccid_read(out, view_from(rest, view_starts(rest, VIEW("iccid:")) ? 6 : 0));
}

bool bp_path_read(struct bp_iccid *out, struct bp_fault *fault, struct view path, struct view base)
{
    if (read_plain(out, path, base))
        return true;
    size_t bad_at = bp_percent_find_bad(path);
    if (bad_at < path.len) {
        struct view bad = view_from(path, bad_at);
        return bp_refuse(fault, BP_REASON_TARGET_ESCAPE,
                         view_first(bad, bad.len < 3 ? bad.len : 3));
    }
    struct view rest = path;
    struct view sim;
    bool is_known = take_base(&rest, base) && take_word(&rest, VIEW("sims")) &&
                    take_segment(&sim, &rest) && sim.len != 0 &&
                    take_word(&rest, VIEW("balances")) && rest.len == 0;
    if (!is_known)
        return bp_refuse(fault, BP_REASON_PATH_UNKNOWN, path);
    if (!read_sim(out, sim))
        return bp_refuse(fault, BP_REASON_SIM_MALFORMED, sim);
    return true;
}

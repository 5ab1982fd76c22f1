// SPDX-License-Identifier: Apache-2.0
// A second reading of request targets and paths, slow and on its own: the path is taken apart into
// decoded segments first, then compared with the list of segments there should be.
#ifndef BP_FUZZ_TARGET_MODEL_H
#define BP_FUZZ_TARGET_MODEL_H

#include "host_model.h"
#include "http/target.h"

enum { TARGET_MODEL_LEN_MAX = 1 << 14, TARGET_MODEL_SEGMENT_MAX = 8 };

struct target_model {
    char space[TARGET_MODEL_LEN_MAX];
    struct view segments[TARGET_MODEL_SEGMENT_MAX];
    size_t segment_count; // also counts those there is no place for
};

// model_target says whether `raw` is a target in origin or absolute form.
static inline bool model_target(struct view raw)
{
    for (size_t i = 0; i < raw.len; i++) {
        unsigned char c = (unsigned char)raw.data[i];
        if (c <= ' ' || c >= 0x7f || c == '#')
            return false;
    }
    if (view_starts(raw, VIEW("/")))
        return true;
    size_t scheme = view_find(raw, VIEW("://"));
    if (!view_equal_nocase(view_first(raw, scheme), VIEW("http")) &&
        !view_equal_nocase(view_first(raw, scheme), VIEW("https")))
        return false;
    if (scheme == raw.len)
        return false;
    struct view rest = view_from(raw, scheme + 3);
    size_t slash = view_index(rest, '/');
    size_t mark = view_index(rest, '?');
    return model_host(view_first(rest, slash < mark ? slash : mark));
}

static inline int model_hex(char c)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *at = c == '\0' ? NULL : strchr(digits, c);
    return at == NULL ? -1 : (int)((at - digits) % 16);
}

// Every segment decoded; false when a percent sign lacks its digits.
static inline bool model_split(struct target_model *model, struct view path)
{
    size_t len = 0;
    size_t begin = 0;
    model->segment_count = 0;
    for (size_t i = 0; i <= path.len; i++) {
        if (i == path.len || path.data[i] == '/') {
            if (model->segment_count < TARGET_MODEL_SEGMENT_MAX)
                model->segments[model->segment_count] = view_of(model->space + begin, len - begin);
            model->segment_count++;
            begin = len;
        } else if (path.data[i] != '%') {
            model->space[len++] = path.data[i];
        } else {
            int high = path.len - i < 3 ? -1 : model_hex(path.data[i + 1]);
            int low = path.len - i < 3 ? -1 : model_hex(path.data[i + 2]);
            if (high < 0 || low < 0)
                return false;
            model->space[len++] = (char)(high * 16 + low);
            i += 2;
        }
    }
    return true;
}

// model_path gives the reason for which `path` is refused under the base /v1, or NONE and the SIM.
static inline enum bp_reason model_path(struct target_model *model, struct view *sim,
                                        struct view path)
{
    const struct view *segments = model->segments;
    if (!model_split(model, path))
        return BP_REASON_TARGET_ESCAPE;
    if (model->segment_count != 5 || segments[0].len != 0 || path.data[0] != '/' ||
        !view_equal(segments[1], VIEW("v1")) || !view_equal(segments[2], VIEW("sims")) ||
        segments[3].len == 0 || !view_equal(segments[4], VIEW("balances")))
        return BP_REASON_PATH_UNKNOWN;
    *sim = segments[3];
    if (view_starts(*sim, VIEW("iccid:")))
        *sim = view_from(*sim, 6);
    for (size_t i = 0; i < sim->len; i++)
        if (sim->data[i] < '0' || sim->data[i] > '9')
            return BP_REASON_SIM_MALFORMED;
    return sim->len == 19 || sim->len == 20 ? BP_REASON_NONE : BP_REASON_SIM_MALFORMED;
}

#endif

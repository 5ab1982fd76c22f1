// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "props/cli/fuzz_targets.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include "props/engine/engine.h"
#include "tool/files.h"

static const struct view before = VIEW_INIT("fuzz_");
static const struct view behind = VIEW_INIT(".options");

// The name in "fuzz_NAME" or "fuzz_NAME.options", or nothing.
static struct view name_in(struct view file)
{
    const struct view none = view_of(NULL, 0);
    if (!view_starts(file, before))
        return none;
    struct view name = view_from(file, before.len);
    size_t len = view_index(name, '.');
    if (len < name.len && !view_equal(view_from(name, len), behind))
        return none;
    name = view_first(name, len);
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];
        bool is_good = byte_is_letter(c) || byte_is_digit(c) || c == '-' || c == '_';
        if (!is_good)
            return none;
    }
    return name.len < CAMPAIGN_NAME_LEN_MAX ? name : none;
}

static int is_ours(const struct dirent *entry)
{
    return name_in(view_of_text(entry->d_name)).len != 0;
}

// A file that stands for a target: its limits, or a program that can be run.
static void add(struct fuzz_targets *targets, const char *programs, const char *file)
{
    char path[CAMPAIGN_PATH_LEN_MAX];
    struct view name = name_in(view_of_text(file));
    bool is_limits = before.len + name.len < strlen(file);
    bool is_there = engine_path(path, programs, "/", file, true) && !path_is_folder(path) &&
                    (is_limits || access(path, X_OK) == 0);
    size_t at = 0;
    while (at < targets->count && !view_equal(view_of_text(targets->list[at].name), name))
        at++;
    if (!is_there)
        return;
    struct fuzz_target *target = &targets->list[at];
    memcpy(target->name, name.data, name.len);
    target->has_limits = target->has_limits || is_limits;
    targets->count += at == targets->count;
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct fuzz_target *)a)->name, ((const struct fuzz_target *)b)->name);
}

bool fuzz_targets_find(struct fuzz_targets *out, const char *programs)
{
    struct dirent **entries = NULL;
    int count = scandir(programs, &entries, is_ours, NULL);
    *out = (struct fuzz_targets){0};
    if (count > 0)
        out->list = calloc((size_t)count, sizeof *out->list);
    for (int i = 0; i < count; i++) {
        if (out->list != NULL)
            add(out, programs, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    if (out->count != 0)
        qsort(out->list, out->count, sizeof *out->list, compare);
    return count <= 0 || out->list != NULL;
}

void fuzz_targets_end(struct fuzz_targets *targets)
{
    free(targets->list);
    *targets = (struct fuzz_targets){0};
}

const char *fuzz_targets_name(const void *targets, size_t index)
{
    return ((const struct fuzz_targets *)targets)->list[index].name;
}

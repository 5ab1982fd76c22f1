// SPDX-License-Identifier: Apache-2.0
#include "tool/scratch.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "props/unit/unit.h"
#include "tool/files.h"

static void test_life(void)
{
    struct scratch one;
    struct scratch two;
    struct stat info;
    char path[sizeof one.path + 16];
    CHECK(scratch_open(&one) && scratch_open(&two));
    CHECK(strcmp(one.path, two.path) != 0);
    CHECK(stat(one.path, &info) == 0 && (info.st_mode & 0777) == 0700);
    CHECK(file_write_in(one.path, VIEW(".hidden"), VIEW("x")));
    snprintf(path, sizeof path, "%s/inner", one.path);
    CHECK(folder_make(path) && file_write_in(path, VIEW("file"), VIEW("x")));
    snprintf(path, sizeof path, "%s", one.path);
    scratch_close(&one);
    CHECK(one.path[0] == '\0' && !path_is_folder(path));
    scratch_close(&one);
    snprintf(path, sizeof path, "%s", two.path);
    CHECK(path_is_folder(path));
    scratch_close(&two);
    CHECK(!path_is_folder(path));
}

static void test_place(void)
{
    struct scratch above;
    struct scratch inner;
    char long_path[512];
    CHECK(scratch_open(&above));
    setenv("TMPDIR", above.path, 1);
    CHECK(scratch_open(&inner));
    CHECK(view_starts(view_of_text(inner.path), view_of_text(above.path)));
    scratch_close(&inner);
    memset(long_path, 'a', sizeof long_path - 1);
    long_path[sizeof long_path - 1] = '\0';
    setenv("TMPDIR", long_path, 1);
    CHECK(!scratch_open(&inner) && inner.path[0] == '\0');
    setenv("TMPDIR", "/nowhere/at/all", 1);
    CHECK(!scratch_open(&inner) && inner.path[0] == '\0');
    scratch_close(&above);
}

int main(void)
{
    test_life();
    test_place();
    return unit_end();
}

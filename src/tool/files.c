// SPDX-License-Identifier: Apache-2.0
#include "tool/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool refuse(const char *path, const char *words)
{
    fprintf(stderr, "balprobe: %s: %s\n", path, words);
    return false;
}

// The rest of a file that is open; NULL when it is longer than there is room.
static char *read_all(size_t *len, FILE *file, size_t len_max)
{
    char *bytes = malloc(len_max + 1);
    if (bytes == NULL)
        return NULL;
    *len = fread(bytes, 1, len_max + 1, file);
    if (ferror(file) == 0 && *len <= len_max)
        return bytes;
    free(bytes);
    return NULL;
}

char *file_read(size_t *len, const char *path, size_t len_max)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        refuse(path, strerror(errno));
        return NULL;
    }
    char *bytes = read_all(len, file, len_max);
    if (bytes == NULL)
        refuse(path, "cannot be read, or is too long");
    fclose(file);
    return bytes;
}

// A file that no link stands in for: what had the name is removed first.
static FILE *open_new(const char *path, mode_t mode)
{
    if (remove(path) != 0 && errno != ENOENT)
        return NULL;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "wb");
    if (file == NULL && fd >= 0)
        close(fd);
    return file;
}

static bool write_new(const char *path, struct view bytes, mode_t mode)
{
    char temporary[FILE_PATH_LEN_MAX];
    int len = snprintf(temporary, sizeof temporary, "%s.tmp", path);
    if (len < 0 || (size_t)len >= sizeof temporary)
        return refuse(path, "the path is too long");
    FILE *file = open_new(temporary, mode);
    if (file == NULL)
        return refuse(temporary, strerror(errno));
    bool is_written = bytes.len == 0 || fwrite(bytes.data, 1, bytes.len, file) == bytes.len;
    is_written = (fclose(file) == 0) && is_written;
    if (is_written && rename(temporary, path) == 0)
        return true;
    refuse(path, strerror(errno));
    remove(temporary);
    return false;
}

bool file_write(const char *path, struct view bytes) { return write_new(path, bytes, 0666); }

bool file_write_private(const char *path, struct view bytes)
{
    return write_new(path, bytes, 0600);
}

bool file_write_in(const char *folder, struct view name, struct view bytes)
{
    char path[FILE_PATH_LEN_MAX];
    struct buf b = buf_of(path, sizeof path - 1);
    buf_put_text(&b, folder);
    buf_put_byte(&b, '/');
    buf_put(&b, name);
    path[b.len] = '\0';
    if (b.overflow)
        return refuse(folder, "the path is too long");
    return file_write(path, bytes);
}

static bool make_one(const char *path) { return mkdir(path, 0777) == 0 || errno == EEXIST; }

bool folder_make(const char *path)
{
    char part[FILE_PATH_LEN_MAX];
    size_t len = strlen(path);
    if (len >= sizeof part)
        return refuse(path, "the path is too long");
    for (size_t i = 1; i < len; i++) {
        if (path[i] != '/')
            continue;
        memcpy(part, path, i);
        part[i] = '\0';
        if (!make_one(part))
            return refuse(part, strerror(errno));
    }
    if (!make_one(path))
        return refuse(path, strerror(errno));
    return path_is_folder(path) || refuse(path, "is no folder");
}

bool path_is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int is_visible(const struct dirent *entry) { return entry->d_name[0] != '.'; }

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

bool folder_visit(const char *path, bool (*visit)(void *context, const char *path), void *context)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, is_visible, by_name);
    if (count < 0)
        return refuse(path, strerror(errno));
    bool goes_on = true;
    for (int i = 0; i < count; i++) {
        char file[FILE_PATH_LEN_MAX];
        int len = snprintf(file, sizeof file, "%s/%s", path, entries[i]->d_name);
        bool fits = len > 0 && (size_t)len < sizeof file;
        if (goes_on && fits && !path_is_folder(file))
            goes_on = visit(context, file);
        free(entries[i]);
    }
    free(entries);
    return true;
}

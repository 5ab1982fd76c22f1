// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "props/engine/afl.h"

#include <arpa/inet.h>
#include <ftw.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tool/files.h"
#include "tool/text.h"

enum {
    SEED_LEN_MAX = 65536, // larger ones only slow it down
    FINDING_LEN_MAX = 1 << 24,
    DATAGRAM_LEN_MAX = 4096,
    STATS_LEN_MAX = 65536,
    FOLDERS_OPEN_MAX = 16
};

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

struct copies {
    const char *folder;
    char mark; // tells names of one folder from those of another
    size_t count;
    bool has_failed;
};

static bool copy_seed(void *context, const char *path)
{
    struct copies *copies = context;
    struct stat status;
    if (stat(path, &status) == 0 && status.st_size > SEED_LEN_MAX)
        return true;
    size_t len;
    char *bytes = file_read(&len, path, SEED_LEN_MAX);
    copies->has_failed = bytes == NULL;
    if (bytes == NULL)
        return false;
    char space[CAMPAIGN_NAME_LEN_MAX];
    struct buf name = BUF(space);
    buf_put_byte(&name, copies->mark);
    buf_put_unsigned(&name, copies->count++);
    copies->has_failed = !file_write_in(copies->folder, buf_view(&name), view_of(bytes, len));
    free(bytes);
    return !copies->has_failed;
}

static bool copy_folder(struct copies *copies, const char *folder, const char *below, char mark)
{
    char path[CAMPAIGN_PATH_LEN_MAX];
    copies->mark = mark;
    bool is_there = folder[0] != '\0' && engine_path(path, folder, below, "", false);
    if (!is_there || !path_is_folder(path))
        return true;
    return folder_visit(path, copy_seed, copies) && !copies->has_failed;
}

bool afl_prepare(const struct engine_places *places)
{
    char in[CAMPAIGN_PATH_LEN_MAX];
    struct copies copies = {.folder = in};
    if (path_is_folder(places->work) &&
        nftw(places->work, remove_entry, FOLDERS_OPEN_MAX, FTW_DEPTH | FTW_PHYS) != 0) {
        fprintf(stderr, "balprobe: %s cannot be emptied\n", places->work);
        return false;
    }
    bool is_good = engine_path(in, places->work, "/in", "", false) && folder_make(in) &&
                   copy_folder(&copies, places->seeds, "", 's') &&
                   copy_folder(&copies, places->seeds, "/regress", 'r') &&
                   copy_folder(&copies, places->pool, "", 'n');
    if (is_good && copies.count == 0)
        is_good = file_write_in(in, VIEW("first"), VIEW("0"));
    return is_good;
}

int afl_listen(uint16_t *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    bool is_open = bind(fd, (const struct sockaddr *)&address, len) == 0 &&
                   getsockname(fd, (struct sockaddr *)&address, &len) == 0;
    if (!is_open) {
        close(fd);
        return -1;
    }
    *port = ntohs(address.sin_port);
    return fd;
}

bool afl_hear(struct vitals *vitals, int fd)
{
    char text[DATAGRAM_LEN_MAX];
    bool is_heard = false;
    ssize_t len;
    while (fd >= 0 && (len = recv(fd, text, sizeof text, 0)) >= 0)
        is_heard = vitals_read_afl(vitals, view_of(text, (size_t)len)) || is_heard;
    return is_heard;
}

bool afl_read_stats(struct vitals *vitals, const struct engine_places *places)
{
    char path[CAMPAIGN_PATH_LEN_MAX];
    size_t len = 0;
    if (!engine_path(path, places->work, "/out/default/fuzzer_stats", "", true))
        return false;
    char *text = file_read(&len, path, STATS_LEN_MAX);
    bool is_read = text != NULL && vitals_read_afl(vitals, view_of(text, len));
    free(text);
    return is_read;
}

struct listing {
    struct afl_saved *saved;
    struct view begin; // of the names that count
};

static bool list_one(void *context, const char *path)
{
    struct listing *listing = context;
    struct afl_saved *saved = listing->saved;
    const char *slash = strrchr(path, '/');
    bool is_one = slash != NULL && view_starts(view_of_text(slash + 1), listing->begin);
    if (!is_one || saved->count == AFL_SAVED_COUNT_MAX)
        return true;
    if (engine_path(saved->paths[saved->count], path, "", "", false))
        saved->count++;
    return true;
}

static void list_in(struct afl_saved *saved, const struct engine_places *places, const char *below,
                    struct view begin)
{
    char folder[CAMPAIGN_PATH_LEN_MAX];
    struct listing listing = {saved, begin};
    if (engine_path(folder, places->work, below, "", true))
        (void)!folder_visit(folder, list_one, &listing);
}

void afl_list(struct afl_saved *out, const struct engine_places *places)
{
    out->count = 0;
    list_in(out, places, "/out/default/crashes", VIEW("id"));
    out->crash_count = out->count;
    list_in(out, places, "/out/default/hangs", VIEW("id"));
}

void afl_list_merged(struct afl_saved *out, const struct engine_places *places)
{
    out->count = 0;
    list_in(out, places, "", VIEW("merge-"));
    out->crash_count = out->count;
}

bool afl_keep(char out[CAMPAIGN_PATH_LEN_MAX], const struct engine_places *places, const char *path)
{
    size_t len = 0;
    char *bytes = file_read(&len, path, FINDING_LEN_MAX);
    if (bytes == NULL)
        return false;
    char space[32];
    struct buf name = BUF(space);
    buf_put_text(&name, "afl-");
    text_put_digest(&name, view_of(bytes, len));
    buf_put_byte(&name, '\0');
    bool is_kept = engine_path(out, places->findings, space, "", false) &&
                   file_write(out, view_of(bytes, len));
    free(bytes);
    return is_kept;
}

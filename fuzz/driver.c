// SPDX-License-Identifier: Apache-2.0
// The replay driver: runs a fuzz target over files and folders, with any compiler.
//
//     fuzz_query corpus/query crash-1234
//
// Each input is copied into a block of exactly its size, so that a sanitizer sees the first byte
// read past it. Without arguments it calls balprobe_tour, where the program has one. Folders are
// walked in the order of their names, two levels deep at most (a target's folder and its regress/).
// The name of the current input is printed when a target aborts, or a sanitizer ends it.
#define _DEFAULT_SOURCE // scandir
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

enum { PATH_LEN_MAX = 4096, FILE_LEN_MAX = 1 << 24 };

bool balprobe_plays_all(void) { return true; }

static char current_path[PATH_LEN_MAX];
static size_t input_count;

// Of the sanitizers' library, where the program has one.
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static void name_input(void)
{
    static bool is_named;
    if (is_named)
        return;
    is_named = true;
    (void)!write(STDERR_FILENO, "input: ", 7);
    (void)!write(STDERR_FILENO, current_path, strlen(current_path));
    (void)!write(STDERR_FILENO, "\n", 1);
}

static struct sigaction abort_before, fault_before;

// Then comes who watched before: a sanitizer, which says where it was. A fault happens again when
// its handler returns; what was sent has to be sent again.
static void hear_signal(int number, siginfo_t *info, void *context)
{
    (void)context;
    name_input();
    sigaction(number, number == SIGABRT ? &abort_before : &fault_before, NULL);
    if (number == SIGABRT || info->si_code <= 0)
        raise(number);
}

static void watch(void)
{
    const struct sigaction ours = {.sa_sigaction = hear_signal,
                                   .sa_flags = SA_SIGINFO | SA_NODEFER};
    sigaction(SIGABRT, &ours, &abort_before);
    sigaction(SIGSEGV, &ours, &fault_before);
    if (__sanitizer_set_death_callback != NULL)
        __sanitizer_set_death_callback(name_input);
}

static bool run_file(const char *path, size_t len)
{
    snprintf(current_path, sizeof current_path, "%s", path);
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(len == 0 ? 1 : len);
    bool is_read = file != NULL && data != NULL && fread(data, 1, len, file) == len;
    if (is_read) {
        LLVMFuzzerTestOneInput(data, len);
        input_count++;
    } else {
        fprintf(stderr, "%s: cannot be read: %s\n", path, strerror(errno));
    }
    free(data);
    if (file != NULL)
        fclose(file);
    return is_read;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool run_path(const char *path, unsigned depth);

static bool run_folder(const char *path, unsigned depth)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, NULL, by_name);
    bool ok = count >= 0;
    for (int i = 0; i < count; i++) {
        char inner[PATH_LEN_MAX];
        int len = snprintf(inner, sizeof inner, "%s/%s", path, entries[i]->d_name);
        bool is_hidden = entries[i]->d_name[0] == '.';
        free(entries[i]);
        if (is_hidden)
            continue;
        if (len < 0 || (size_t)len >= sizeof inner)
            ok = false;
        else
            ok = run_path(inner, depth + 1) && ok;
    }
    free(entries);
    return ok;
}

static bool run_path(const char *path, unsigned depth)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return false;
    }
    if (S_ISDIR(status.st_mode))
        return depth > 2 || run_folder(path, depth);
    if (status.st_size > FILE_LEN_MAX) {
        fprintf(stderr, "%s: longer than %d bytes\n", path, FILE_LEN_MAX);
        return false;
    }
    return run_file(path, (size_t)status.st_size);
}

int main(int argc, char **argv)
{
    bool ok = argc > 1;
    if (argc == 1 && balprobe_tour != NULL)
        return balprobe_tour();
    watch();
    for (int i = 1; i < argc; i++)
        ok = run_path(argv[i], 0) && ok;
    printf("%zu inputs replayed\n", input_count);
    if (input_count == 0)
        fprintf(stderr, "usage: %s FILE|FOLDER...: no input was found, so nothing was tested\n",
                argv[0]);
    return !ok || input_count == 0;
}

// SPDX-License-Identifier: Apache-2.0
// The replay driver: runs a fuzz target over files and folders, with any compiler.
//
//     fuzz_query corpus/query crash-1234
//
// Each input is copied into a block of exactly its size, so that a sanitizer sees the first byte
// read past it. Without arguments it plays the tour, where the program has one. Folders are walked
// in the order of their names, two levels deep at most (a target's folder and its regress/).
// When an input ends the program - a target that aborts, a fault, a sanitizer, exit, or more than
// INPUT_S - its name is printed; a case of the tour is written to PROGRAM-case-N before.
#define _DEFAULT_SOURCE // scandir
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

enum { PATH_LEN_MAX = 4096, FILE_LEN_MAX = 1 << 24, STACK_LEN = 1 << 16, INPUT_S = 60 };

bool balprobe_plays_all(void) { return true; }

static const char *program;
static char current_path[PATH_LEN_MAX];
static size_t input_count;
static bool is_running, is_touring;

// Of the sanitizers' library, where the program has one.
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

// gcc's UBSan has callbacks of its own; it is heard when it aborts.
const char *__ubsan_default_options(void) __attribute__((weak));
const char *__ubsan_default_options(void) { return "abort_on_error=1:print_stacktrace=1"; }

static void say(const char *words) { (void)!write(STDERR_FILENO, words, strlen(words)); }

static bool save(struct view input)
{
    int file = open(current_path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    bool ok = file >= 0 && write(file, input.data, input.len) == (ssize_t)input.len;
    return file >= 0 && close(file) == 0 && ok;
}

// Calls only what may be called anywhere.
static void name_input(void)
{
    struct view played = is_touring ? balprobe_tour.playing() : view_of(NULL, 0);
    if (!is_running || (is_touring && played.data == NULL))
        return;
    is_running = false;
    say(!is_touring || save(played) ? "input: " : "the input could not be written to ");
    say(current_path);
    say("\n");
}

static void hear_exit(void)
{
    if (!is_running)
        return;
    say("exit was called\n");
    name_input();
    _exit(1);
}

static const int ends[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGALRM};
enum { END_COUNT = sizeof ends / sizeof ends[0] };
static struct sigaction before[END_COUNT];

// Then comes who watched before: a sanitizer, which says where it was. A fault happens again when
// its handler returns; what was sent has to be sent again.
static void hear_signal(int number, siginfo_t *info, void *context)
{
    (void)context;
    bool is_sent = number == SIGABRT || number == SIGALRM || info->si_code <= 0;
    if (number == SIGALRM)
        say("it did not end in a minute\n");
    name_input();
    for (size_t i = 0; i < END_COUNT; i++)
        if (ends[i] == number)
            sigaction(number, &before[i], NULL);
    if (is_sent)
        raise(number);
}

static void watch(void)
{
    static char space[STACK_LEN]; // for a stack that is full
    const stack_t ours = {.ss_sp = space, .ss_size = sizeof space};
    const struct sigaction action = {.sa_sigaction = hear_signal,
                                     .sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK};
    stack_t theirs;
    if (sigaltstack(NULL, &theirs) == 0 && (theirs.ss_flags & SS_DISABLE) != 0)
        sigaltstack(&ours, NULL);
    for (size_t i = 0; i < END_COUNT; i++)
        sigaction(ends[i], &action, &before[i]);
    if (__sanitizer_set_death_callback != NULL)
        __sanitizer_set_death_callback(name_input);
    atexit(hear_exit);
}

// Whoever hears a signal sees what was written before these.
static void begin_input(void)
{
    is_running = true;
    alarm(INPUT_S);
    atomic_signal_fence(memory_order_seq_cst);
}

static void end_input(void)
{
    is_running = false;
    input_count++;
    atomic_signal_fence(memory_order_seq_cst);
}

static bool run_file(const char *path, size_t len)
{
    snprintf(current_path, sizeof current_path, "%s", path);
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(len == 0 ? 1 : len);
    bool is_read = file != NULL && data != NULL && fread(data, 1, len, file) == len;
    if (is_read) {
        begin_input();
        LLVMFuzzerTestOneInput(data, len);
        end_input();
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

static const char *file_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static void play_tour(void)
{
    is_touring = true;
    for (bool goes_on = true; goes_on;) {
        snprintf(current_path, sizeof current_path, "%s-case-%zu", program, input_count + 1);
        begin_input();
        goes_on = balprobe_tour.play_next();
        end_input();
    }
    balprobe_tour.tell();
}

static bool run_paths(char **paths, int count)
{
    bool ok = count != 0;
    for (int i = 0; i < count; i++)
        ok = run_path(paths[i], 0) && ok;
    printf("%zu inputs replayed\n", input_count);
    if (input_count == 0)
        fprintf(stderr, "usage: %s FILE|FOLDER...: no input was found, so nothing was tested\n",
                program);
    return ok && input_count != 0;
}

int main(int argc, char **argv)
{
    program = file_of(argv[0]);
    watch();
    if (argc > 1 || &balprobe_tour == NULL)
        return !run_paths(argv + 1, argc - 1);
    play_tour();
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
// The replay driver names the input that ends the program, however it does, and keeps the case of a
// tour.
#define main driver_main
int driver_main(int argc, char **argv);
#include "fuzz/driver.c"
#undef main

#include <sys/resource.h>

#include "played.h"
#include "tool/files.h"
#include "tool/scratch.h"
#include "unit.h"

static struct scratch folder;
static struct played played;

static volatile char *volatile nowhere;

// Of ASan's library, where this program has one.
void __asan_init(void) __attribute__((weak));

static void overflow(void)
{
    volatile char *volatile block = __asan_init == NULL ? NULL : malloc(1);
    if (block != NULL)
        block[1] = 1;
    abort();
}

static unsigned fall(volatile unsigned depth) { return depth == 0 ? 0 : fall(depth - 1) + depth; }

static void fill_stack(void)
{
    const struct rlimit limit = {1 << 20, 1 << 20};
    if (setrlimit(RLIMIT_STACK, &limit) == 0)
        fall(UINT32_MAX);
}

// Ends the program as the letter says.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    switch (size == 0 ? 0 : data[0]) {
    case 'a':
        abort();
    case 's':
        *nowhere = 1;
        break;
    case 'd':
        fill_stack();
        break;
    case 'o':
        overflow();
        break;
    case 'f':
        raise(SIGFPE);
        break;
    case 'l':
        raise(SIGALRM);
        break;
    case 'x':
        exit(0);
    default:
        break;
    }
    return 0;
}

static const char *letters = "";
static size_t letter_at;
static char letter[2];

static bool play_next(void)
{
    letter[0] = letters[letter_at];
    if (letter[0] == '\0')
        return false;
    letter_at++;
    LLVMFuzzerTestOneInput((const uint8_t *)letter, 1);
    return true;
}

static struct view playing(void) { return letter_at == 0 ? view_of(NULL, 0) : view_of(letter, 1); }

static void tell(void) { printf("toured %zu\n", letter_at); }

const struct fuzz_tour balprobe_tour = {play_next, playing, tell};

static int in_folder(const struct command *command, int argc, char **argv)
{
    char *words[PLAYED_WORD_COUNT_MAX + 1] = {"programs/fuzz_x"};
    (void)command;
    for (int i = 0; i < argc; i++)
        words[i + 1] = argv[i];
    return chdir(folder.path) == 0 ? driver_main(argc + 1, words) : 99;
}

static const struct command driver_command = {.run = in_folder};

static int drive(const char *word)
{
    return played_run(&played, &driver_command, (const char *const[]){word, NULL});
}

static bool put(const char *name, const char *text)
{
    return file_write_in(folder.path, view_of_text(name), view_of_text(text));
}

// A folder, where a file cannot be.
static bool in_its_place(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder.path, name);
    return mkdir(path, 0700) == 0;
}

// How an input may end the program, and what is said of it.
static const struct {
    const char *letter;
    const char *words; // before its name
} rows[] = {{"a", ""},
            {"s", ""},
            {"d", ""},
            {"o", ""},
            {"f", ""},
            {"l", "it did not end in a minute\n"},
            {"x", "exit was called\n"}};

enum { ROW_COUNT = sizeof rows / sizeof rows[0] };

static void check_files(void)
{
    char want[128];
    CHECK(put("k", "k") && put("empty", ""));
    CHECK(drive("k") == 0 && played_says(&played, "1 inputs replayed\n"));
    CHECK(drive("empty") == 0 && !played_says(&played, "input: "));
    for (size_t i = 0; i < ROW_COUNT; i++) {
        CHECK_ROW(i, put(rows[i].letter, rows[i].letter));
        CHECK_ROW(i, drive(rows[i].letter) != 0);
        snprintf(want, sizeof want, "%sinput: %s\n", rows[i].words, rows[i].letter);
        CHECK_ROW(i, played_says(&played, want));
        CHECK_ROW(i, !played_says(&played, "inputs replayed"));
    }
    CHECK(drive("gone") != 0 && played_says(&played, "gone: No such file or directory\n"));
    CHECK(played_says(&played, "usage: fuzz_x FILE|FOLDER...: no input was found"));
}

static void check_tour(void)
{
    char text[8];
    letters = "kkk";
    CHECK(drive(NULL) == 0 && played_says(&played, "toured 3\n"));
    for (size_t i = 0; i < ROW_COUNT; i++) {
        snprintf(text, sizeof text, "kk%sk", rows[i].letter);
        letters = text;
        CHECK_ROW(i, drive(NULL) != 0 && !played_says(&played, "toured"));
        CHECK_ROW(i, played_says(&played, "input: fuzz_x-case-3\n"));
        // The file shows it again.
        CHECK_ROW(i, drive("fuzz_x-case-3") != 0);
        CHECK_ROW(i, played_says(&played, "input: fuzz_x-case-3\n"));
    }
    CHECK(in_its_place("fuzz_x-case-1"));
    letters = "a";
    CHECK(drive(NULL) != 0);
    CHECK(played_says(&played, "the input could not be written to fuzz_x-case-1\n"));
}

int main(void)
{
    CHECK(scratch_open(&folder));
    check_files();
    check_tour();
    scratch_close(&folder);
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
// Benchmark peer: llhttp's bare parse, without callbacks, over the same file of requests.
//
//     llhttp REQUESTS.http ROUNDS
#include <llhttp.h>
#include <stdio.h>

enum { FILE_LEN_MAX = 1 << 20 };

static char requests[FILE_LEN_MAX];

static unsigned rounds_of(const char *text)
{
    unsigned rounds = 0;
    for (; *text >= '0' && *text <= '9'; text++)
        rounds = rounds * 10 + (unsigned)(*text - '0');
    return rounds;
}

int main(int argc, char **argv)
{
    FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
    size_t len = file == NULL ? 0 : fread(requests, 1, FILE_LEN_MAX, file);
    if (len == 0)
        return 2;
    unsigned rounds = rounds_of(argv[2]);
    llhttp_settings_t settings;
    llhttp_settings_init(&settings);
    for (unsigned i = 0; i < rounds; i++) {
        llhttp_t parser;
        llhttp_init(&parser, HTTP_REQUEST, &settings);
        if (llhttp_execute(&parser, requests, len) != HPE_OK) {
            fprintf(stderr, "llhttp: %s\n", llhttp_get_error_reason(&parser));
            return 3;
        }
    }
    return 0;
}

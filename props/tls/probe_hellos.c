// SPDX-License-Identifier: Apache-2.0
// GB-TLS-7: what a server must not speak.
#include "net/clock.h"
#include "props/tls/probe_run.h"
#include "tool/text.h"

enum { NUMBER_DIGITS = 4 }; // of versions and suites

#define OLD_SUITES                                                                              \
    {                                                                                           \
        0xc00a, 0xc014, 0x0039, 0x0035, 0xc009, 0xc013, 0x0033, 0x002f, 0xc008, 0xc012, 0x0016, \
            0x000a, 0x0005, 0x00ff                                                              \
    }

static const struct {
    const char *name;
    unsigned version;
    uint16_t suites[16]; // ended by 0
} hellos[] = {
    {"SSL 3.0", HELLO_SSL_3_0, OLD_SUITES},
    {"TLS 1.0", HELLO_TLS_1_0, OLD_SUITES},
    {"TLS 1.1", HELLO_TLS_1_1, OLD_SUITES},
    {"suites without encryption (NULL)", HELLO_TLS_1_2, {0x003b, 0x0002, 0xc010, 0xc006, 0x00ff}},
    {"suites without authentication",
     HELLO_TLS_1_2,
     {0x00a7, 0x00a6, 0x006d, 0x006c, 0xc019, 0xc018, 0x003a, 0x0034, 0x001b, 0x0018, 0x00ff}},
    {"export suites", HELLO_TLS_1_2, {0x0003, 0x0006, 0x0008, 0x0014, 0x0011, 0x0019, 0x00ff}},
    {"RC4 suites", HELLO_TLS_1_2, {0xc011, 0xc007, 0x0005, 0x0004, 0x00ff}},
    {"3DES suites", HELLO_TLS_1_2, {0xc012, 0xc008, 0x0016, 0x000a, 0x0009, 0x00ff}},
};

struct verdict probe_hello(const struct hello_answer *answer, unsigned version)
{
    if (answer->reply != HELLO_TAKEN)
        return pass();
    return version < HELLO_TLS_1_2 ? fail("an old version of TLS is spoken")
                                   : fail("a suite that protects nothing is taken");
}

static void put_hello(struct buf *words, const struct hello_answer *answer,
                      const struct bp_end *end)
{
    switch (answer->reply) {
    case HELLO_TAKEN:
        buf_put_text(words, "taken with version 0x");
        text_put_hex(words, answer->version, NUMBER_DIGITS);
        buf_put_text(words, " and suite 0x");
        text_put_hex(words, answer->suite, NUMBER_DIGITS);
        break;
    case HELLO_REFUSED:
        buf_put_text(words, "refused with alert ");
        buf_put_signed(words, answer->alert);
        break;
    case HELLO_FOREIGN:
        buf_put_text(words, "answered with something that is no TLS");
        break;
    case HELLO_MORE:
        buf_put_text(words, "no answer: ");
        bp_end_put(words, end);
    }
}

static struct view server_name(const struct target *target)
{
    struct view host = target->url.host;
    bool is_address = view_index(host, ':') != host.len;
    bool has_letter = false;
    for (size_t i = 0; i < host.len; i++)
        has_letter = has_letter || byte_is_letter(host.data[i]);
    return is_address || !has_letter ? view_of(NULL, 0) : host;
}

static void read_hello(struct hello_answer *answer, struct bp_connection *connection,
                       const struct target *target)
{
    char space[HELLO_ANSWER_LEN_MAX];
    struct buf in = BUF(space);
    int64_t begin_us = bp_clock_us();
    hello_read(answer, view_of(NULL, 0));
    while (answer->reply == HELLO_MORE && visit_hear(&in, connection, target, begin_us) != 0)
        hello_read(answer, buf_view(&in));
}

static void try_hello(struct probe_run *run, size_t index)
{
    const struct target *target = run->options->target;
    char words_space[PROBE_WORDS_LEN_MAX];
    char hello_space[HELLO_LEN_MAX];
    struct buf words = BUF(words_space);
    struct buf hello = BUF(hello_space);
    size_t suite_count = 0;
    while (hellos[index].suites[suite_count] != 0)
        suite_count++;
    hello_put(&hello, hellos[index].version, hellos[index].suites, suite_count,
              server_name(target));
    run->out->was_stopped = !pace_turn(&run->pace);
    if (run->out->was_stopped)
        return;
    buf_put_text(&words, hellos[index].name);
    buf_put_text(&words, ": ");
    struct bp_connection connection;
    struct verdict verdict = skip("no connection could be made");
    if (bp_connection_open(&connection, &target->route, NULL, NULL, &target->times)) {
        struct hello_answer answer;
        bool is_sent =
            bp_connection_send(&connection, buf_view(&hello), 0, 0, target->times.answer_ms);
        (void)is_sent;
        read_hello(&answer, &connection, target);
        verdict = probe_hello(&answer, hellos[index].version);
        put_hello(&words, &answer, &connection.stream.end);
    } else {
        bp_end_put(&words, &connection.stream.end);
    }
    target_note_wait(target, TIME_ENDPOINT, &connection);
    bp_connection_close(&connection);
    probe_add(run, "GB-TLS-7", verdict, &words);
}

void probe_hellos(struct probe_run *run)
{
    for (size_t i = 0; i < sizeof hellos / sizeof hellos[0] && !run->out->was_stopped; i++)
        try_hello(run, i);
}

// SPDX-License-Identifier: Apache-2.0
// Streams: bytes both ways, how they end, in memory and over sockets. No signal is ever raised: the
// test does not ignore SIGPIPE.
#include <arpa/inet.h>
#include <fcntl.h>
#include <openssl/sslerr.h>
#include <poll.h>
#include <sys/socket.h>

#include "props/unit/pair.h"
#include "props/unit/unit.h"

enum { LONG_LEN = 100000 };

static struct pki_folder folder;
static struct bp_tls client_tls;
static struct bp_tls server_tls;
static struct bp_tls strict_tls;
static char long_bytes[LONG_LEN];
static char same_bytes[LONG_LEN]; // at another address
static char space[LONG_LEN + 1];

// TLS 1.2, TLS 1.3 and in the clear.
enum kind { KIND_1_2, KIND_1_3, KIND_CLEAR, KIND_COUNT };

static bool begin(enum kind kind, enum bp_client_auth client_auth)
{
    struct bp_trouble trouble = {""};
    enum bp_tls_version max = kind == KIND_1_2 ? BP_TLS_1_2 : BP_TLS_ANY;
    struct bp_tls_server_config theirs = pair_server(&folder, PKI_SERVER);
    theirs.max = max;
    theirs.client_auth = client_auth;
    struct bp_tls_client_config mine = pair_client(&folder, PKI_CLIENT);
    return bp_tls_server_init(&server_tls, &trouble, &theirs) &&
           bp_tls_client_init(&client_tls, &trouble, &mine);
}

static void end(void)
{
    bp_tls_free(&server_tls);
    bp_tls_free(&client_tls);
}

static bool open_memory(struct pair *pair, enum kind kind, size_t piece_len)
{
    const struct bp_tls *client = kind == KIND_CLEAR ? NULL : &client_tls;
    const struct bp_tls *server = kind == KIND_CLEAR ? NULL : &server_tls;
    if (!pair_open(pair, client, server, "localhost", NULL))
        return false;
    pair_shake(pair, piece_len);
    return pair->client.is_open && pair->server.is_open;
}

static bool hears_end(struct bp_stream *stream, enum bp_end_kind kind)
{
    size_t len;
    char byte;
    return bp_stream_read(stream, &byte, 1, &len) == BP_STEP_ENDED && stream->end.kind == kind &&
           !stream->end.in_handshake;
}

static bool says(struct bp_stream *from, struct bp_stream *to, struct view bytes, size_t piece_len)
{
    size_t len = pair_say(from, to, bytes, space, sizeof space, piece_len);
    return view_equal(view_of(space, len), bytes);
}

static void test_bytes(enum kind kind)
{
    static const size_t piece_lens[] = {1, 2, 5, 1000, 4096};
    for (size_t i = 0; i < sizeof piece_lens / sizeof piece_lens[0]; i++) {
        struct pair pair;
        CHECK_ROW(i, open_memory(&pair, kind, piece_lens[i]));
        CHECK_ROW(i, says(&pair.client, &pair.server, VIEW("GET / HTTP/1.1"), piece_lens[i]));
        CHECK_ROW(i, says(&pair.server, &pair.client, VIEW("x"), piece_lens[i]));
        struct view bytes = view_of(long_bytes, i == 0 ? 1000 : LONG_LEN);
        CHECK_ROW(i, says(&pair.server, &pair.client, bytes, piece_lens[i]));
        CHECK_ROW(i, !bp_stream_buffered(&pair.client));
        CHECK_ROW(i, pair.client.end.kind == BP_END_NONE);
        pair_close(&pair);
    }
}

// What does not fit into the reader's space is buffered.
static void test_buffered(enum kind kind)
{
    struct pair pair;
    size_t len;
    char byte;
    CHECK(open_memory(&pair, kind, 4096));
    CHECK(bp_stream_write(&pair.client, VIEW("ab"), &len) == BP_STEP_DONE);
    CHECK(len == 2);
    while (pair_carry(&pair.client, &pair.server, 4096))
        ;
    CHECK(bp_stream_read(&pair.server, &byte, 1, &len) == BP_STEP_DONE);
    CHECK(byte == 'a');
    CHECK(bp_stream_buffered(&pair.server));
    CHECK(bp_stream_read(&pair.server, &byte, 1, &len) == BP_STEP_DONE);
    CHECK(byte == 'b');
    CHECK(!bp_stream_buffered(&pair.server));
    CHECK(bp_stream_read(&pair.server, &byte, 1, &len) == BP_STEP_WANT_READ);
    pair_close(&pair);
}

// One side is done and still hears the other out. `is_polite`: it says so, not only the wire.
static void test_half_close(enum kind kind, bool is_polite)
{
    struct pair pair;
    size_t len;
    CHECK(open_memory(&pair, kind, 4096));
    CHECK(bp_stream_write(&pair.client, VIEW("last words"), &len) == BP_STEP_DONE);
    if (is_polite) {
        CHECK(bp_stream_finish(&pair.client) == BP_STEP_DONE);
        CHECK(pair.client.is_half_closed);
        CHECK(bp_stream_finish(&pair.client) == BP_STEP_DONE);
        CHECK(bp_stream_write(&pair.client, VIEW("more"), &len) == BP_STEP_ENDED);
    }
    while (pair_carry(&pair.client, &pair.server, 4096))
        ;
    bp_stream_feed_end(&pair.server);
    CHECK(bp_stream_read(&pair.server, space, sizeof space, &len) == BP_STEP_DONE);
    CHECK(len == 10);
    bool is_told = is_polite && kind != KIND_CLEAR;
    CHECK(hears_end(&pair.server, is_told ? BP_END_CLOSED : BP_END_EOF));
    CHECK(hears_end(&pair.server, is_told ? BP_END_CLOSED : BP_END_EOF));
    CHECK(says(&pair.server, &pair.client, VIEW("an answer"), 4096));
    CHECK(pair.client.end.kind == BP_END_NONE);
    pair_close(&pair);
}

// The wire ends or says something else in the middle of a handshake.
static void test_handshake_ends(void)
{
    static const struct {
        struct view bytes;
        bool is_server;
        enum bp_end_kind want;
        int code;
    } rows[] = {
        {{"", 0}, true, BP_END_EOF, 0},
        {{"", 0}, false, BP_END_EOF, 0},
        {{"\x16\x03", 2}, true, BP_END_EOF, 0},
        {{"GET / HTTP/1.1\r\n\r\n", 18}, true, BP_END_PROTOCOL, SSL_R_HTTP_REQUEST},
        {{"HTTP/1.1 400 Bad Request\r\n", 26}, false, BP_END_PROTOCOL, SSL_R_WRONG_VERSION_NUMBER},
        {{"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", 11}, true, BP_END_PROTOCOL, -1},
        {{"\x15\x03\x03\x00\x02\x02\x28", 7}, false, BP_END_ALERT, 40},
        {{"\x15\x03\x03\x00\x02\x02\x46", 7}, true, BP_END_PROTOCOL, SSL_R_UNEXPECTED_MESSAGE},
        {{"\x15\x03\x03\x00\x02\x01\x00", 7}, false, BP_END_CLOSED, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bp_stream stream;
        const struct bp_tls *tls = rows[i].is_server ? &server_tls : &client_tls;
        const char *name = rows[i].is_server ? NULL : "localhost";
        CHECK_ROW(i, bp_stream_init_memory(&stream, tls, name, NULL));
        CHECK_ROW(i, bp_stream_handshake(&stream) == BP_STEP_WANT_READ);
        CHECK_ROW(i, bp_stream_feed(&stream, rows[i].bytes));
        bp_stream_feed_end(&stream);
        CHECK_ROW(i, bp_stream_handshake(&stream) == BP_STEP_ENDED);
        CHECK_ROW(i, bp_stream_handshake(&stream) == BP_STEP_ENDED);
        CHECK_ROW(i, stream.end.kind == rows[i].want);
        CHECK_ROW(i, rows[i].code == -1 ? stream.end.code != 0 : stream.end.code == rows[i].code);
        CHECK_ROW(i, stream.end.in_handshake);
        CHECK_ROW(i, !stream.is_open);
        bp_stream_close(&stream);
    }
}

// A flipped bit in a record is noticed, and told to the other side.
static void test_tampering(enum kind kind)
{
    struct pair pair;
    size_t len;
    char record[128];
    CHECK(open_memory(&pair, kind, 4096));
    CHECK(bp_stream_write(&pair.client, VIEW("hello"), &len) == BP_STEP_DONE);
    len = bp_stream_drain(&pair.client, record, sizeof record);
    record[len - 1] ^= 1;
    CHECK(bp_stream_feed(&pair.server, view_of(record, len)));
    CHECK(hears_end(&pair.server, BP_END_PROTOCOL));
    CHECK(bp_stream_write(&pair.server, VIEW("x"), &len) == BP_STEP_ENDED);
    while (pair_carry(&pair.server, &pair.client, 4096))
        ;
    CHECK(hears_end(&pair.client, BP_END_ALERT));
    CHECK(pair.client.end.code == 20);
    pair_close(&pair);
}

// Two connected sockets over loopback, so that there is such a thing as a reset.
static bool connect_both(int *client, int *server)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    *client = socket(AF_INET, SOCK_STREAM, 0);
    bool ok = bind(listener, (struct sockaddr *)&address, len) == 0 && listen(listener, 1) == 0 &&
              getsockname(listener, (struct sockaddr *)&address, &len) == 0 &&
              connect(*client, (struct sockaddr *)&address, len) == 0;
    *server = ok ? accept(listener, NULL, NULL) : -1;
    close(listener);
    return *server >= 0 && fcntl(*client, F_SETFL, O_NONBLOCK) == 0 &&
           fcntl(*server, F_SETFL, O_NONBLOCK) == 0;
}

static bool open_sockets(struct pair *pair, enum kind kind)
{
    int client;
    int server;
    if (!connect_both(&client, &server) ||
        !bp_stream_init(&pair->client, kind == KIND_CLEAR ? NULL : &client_tls, client, "localhost",
                        NULL) ||
        !bp_stream_init(&pair->server, kind == KIND_CLEAR ? NULL : &server_tls, server, NULL, NULL))
        return false;
    for (int i = 0; i < 1000; i++) {
        enum bp_step mine = bp_stream_handshake(&pair->client);
        enum bp_step theirs = bp_stream_handshake(&pair->server);
        if (mine == BP_STEP_DONE && theirs == BP_STEP_DONE)
            return true;
        struct pollfd both[] = {{.fd = client, .events = POLLIN}, {.fd = server, .events = POLLIN}};
        poll(both, 2, 10);
    }
    return false;
}

static enum bp_step await(struct bp_stream *stream, size_t *len)
{
    for (int i = 0; i < 100; i++) {
        enum bp_step step = bp_stream_read(stream, space, sizeof space, len);
        if (step != BP_STEP_WANT_READ)
            return step;
        struct pollfd one = {.fd = stream->fd, .events = POLLIN};
        poll(&one, 1, 100);
    }
    return BP_STEP_WANT_READ;
}

static void reset(struct bp_stream *stream)
{
    const struct linger at_once = {.l_onoff = 1};
    setsockopt(stream->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    bp_stream_close(stream);
}

static void test_sockets(enum kind kind)
{
    struct pair pair;
    size_t len;
    CHECK(open_sockets(&pair, kind));
    CHECK(bp_stream_write(&pair.client, VIEW("hello"), &len) == BP_STEP_DONE);
    CHECK(await(&pair.server, &len) == BP_STEP_DONE && len == 5);
    CHECK(bp_stream_finish(&pair.client) == BP_STEP_DONE);
    CHECK(await(&pair.server, &len) == BP_STEP_ENDED);
    CHECK(pair.server.end.kind == (kind == KIND_CLEAR ? BP_END_EOF : BP_END_CLOSED));
    CHECK(bp_stream_write(&pair.server, VIEW("bye"), &len) == BP_STEP_DONE);
    bp_stream_close(&pair.server);
    CHECK(await(&pair.client, &len) == BP_STEP_DONE && len == 3);
    CHECK(await(&pair.client, &len) == BP_STEP_ENDED);
    CHECK(pair.client.end.kind == BP_END_EOF);
    pair_close(&pair);
}

// The other side resets, and is found out by reading, or by writing first.
static void test_reset(enum kind kind, bool writes_first)
{
    struct pair pair;
    size_t len;
    CHECK(open_sockets(&pair, kind));
    reset(&pair.server);
    struct pollfd one = {.fd = pair.client.fd, .events = POLLIN};
    poll(&one, 1, 1000);
    for (int i = 0; writes_first && i < 3; i++)
        CHECK(bp_stream_write(&pair.client, VIEW("hello"), &len) == BP_STEP_WANT_READ);
    CHECK(await(&pair.client, &len) == BP_STEP_ENDED);
    CHECK(pair.client.end.kind == BP_END_RESET);
    CHECK(bp_stream_write(&pair.client, VIEW("hello"), &len) == BP_STEP_ENDED);
    pair_close(&pair);
}

// A writer that nobody reads is told to wait, and everything arrives in the end.
static void test_full_socket(enum kind kind)
{
    struct pair pair;
    size_t sent_len = 0;
    size_t heard_len = 0;
    CHECK(open_sockets(&pair, kind));
    size_t total_len = (size_t)100 * LONG_LEN;
    bool has_waited = false;
    bool has_split = false;
    bool is_same = true;
    while (heard_len < total_len && is_same) {
        size_t len = 0;
        size_t at = sent_len % LONG_LEN;
        enum bp_step step = BP_STEP_WANT_WRITE;
        // The caller may move what could not be written.
        const char *bytes = has_waited ? same_bytes : long_bytes;
        if (sent_len < total_len)
            step = bp_stream_write(&pair.client, view_of(bytes + at, LONG_LEN - at), &len);
        has_split = has_split || (len != 0 && len < LONG_LEN - at);
        sent_len += len;
        if (step == BP_STEP_DONE)
            continue;
        has_waited = has_waited || sent_len < total_len;
        if (await(&pair.server, &len) != BP_STEP_DONE)
            break;
        for (size_t i = 0; i < len; i++)
            is_same = is_same && space[i] == long_bytes[(heard_len + i) % LONG_LEN];
        heard_len += len;
    }
    CHECK(is_same);
    CHECK(has_waited);
    CHECK(has_split);
    CHECK(heard_len == total_len);
    pair_close(&pair);
}

// The server refuses, closes, and what the client writes meets a closed socket: the alert is read
// all the same.
static void test_alert_behind_failed_write(void)
{
    struct bp_trouble trouble = {""};
    struct bp_tls nobody;
    struct bp_tls_client_config none = pair_client(&folder, PKI_NONE);
    CHECK(bp_tls_client_init(&nobody, &trouble, &none));
    for (size_t round = 0; round < 20; round++) {
        struct pair pair;
        int client;
        int server;
        size_t len;
        CHECK_ROW(round, connect_both(&client, &server));
        CHECK_ROW(round, bp_stream_init(&pair.client, &nobody, client, "localhost", NULL));
        CHECK_ROW(round, bp_stream_init(&pair.server, &strict_tls, server, NULL, NULL));
        for (int i = 0; i < 1000 && pair.server.end.kind == BP_END_NONE; i++) {
            bp_stream_handshake(&pair.client);
            bp_stream_handshake(&pair.server);
        }
        CHECK_ROW(round, pair.server.end.kind == BP_END_UNTRUSTED);
        CHECK_ROW(round, pair.client.is_open);
        bp_stream_close(&pair.server);
        enum bp_step step = BP_STEP_DONE;
        for (int i = 0; i < 1000 && step == BP_STEP_DONE; i++)
            step = bp_stream_write(&pair.client, VIEW("GET / HTTP/1.1\r\n\r\n"), &len);
        CHECK_ROW(round, step == BP_STEP_WANT_READ);
        CHECK_ROW(round, await(&pair.client, &len) == BP_STEP_ENDED);
        CHECK_ROW(round, pair.client.end.kind == BP_END_ALERT);
        CHECK_ROW(round, pair.client.end.code == 116);
        pair_close(&pair);
    }
    bp_tls_free(&nobody);
}

static void test_zero(void)
{
    struct bp_stream stream = {.fd = -1};
    bp_stream_close(&stream);
    bp_stream_close(&stream);
    struct bp_tls tls = {.context = NULL};
    bp_tls_free(&tls);
    bp_session_free(NULL);
    CHECK(bp_stream_init_memory(&stream, &client_tls, "", NULL) == false);
    bp_stream_close(&stream);
}

static void test_kind(enum kind kind)
{
    CHECK(begin(kind, BP_CLIENT_AUTH_ASK));
    test_bytes(kind);
    test_buffered(kind);
    test_half_close(kind, true);
    test_half_close(kind, false);
    test_sockets(kind);
    test_reset(kind, false);
    test_reset(kind, true);
    test_full_socket(kind);
    if (kind != KIND_CLEAR) {
        test_handshake_ends();
        test_tampering(kind);
    }
    test_zero();
    end();
}

int main(void)
{
    CHECK(pair_folder_make(&folder));
    for (size_t i = 0; i < LONG_LEN; i++)
        long_bytes[i] = (char)(i * 2654435761U >> 13);
    memcpy(same_bytes, long_bytes, LONG_LEN);
    for (int kind = 0; kind < KIND_COUNT; kind++)
        test_kind((enum kind)kind);
    struct bp_trouble trouble = {""};
    struct bp_tls_server_config strict = pair_server(&folder, PKI_SERVER);
    strict.client_auth = BP_CLIENT_AUTH_REQUIRE;
    CHECK(bp_tls_server_init(&strict_tls, &trouble, &strict));
    test_alert_behind_failed_write();
    bp_tls_free(&strict_tls);
    pki_folder_close(&folder);
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
// A bare HTTPS client on libssl: the same request again and again, nothing judged but "200".
// It is the load for servers, and what the client of `check` is measured beside.
//
//   bare PORT FOLDER PID requests|handshakes COUNT
//
// FOLDER holds ca.pem, client.pem and client.key. It prints two numbers: nanoseconds of CPU for
// each request, or for each connection with one request, of the server's process PID and of its
// own. The connection is made, and a thousandth of the requests sent, before it begins to measure.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "meter.h"

enum { ANSWER_LEN_MAX = 16384, SERIAL_LEN = 12 };

// The transaction id is fresh in each request: its last group counts.
static char request[] = "GET /v1/sims/8988247000100003319/balances?location=US HTTP/1.1\r\n"
                        "Host: localhost\r\n"
                        "X-MS-DM-TransactionId: MSFT-0ba2e0c0-1234-1234-1234-000000000000\r\n"
                        "Accept: application/json\r\n\r\n";

static void count_serial(void)
{
    char *digits = strstr(request, "\r\nAccept") - SERIAL_LEN;
    for (size_t i = SERIAL_LEN; i-- > 0;) {
        digits[i]++;
        if (digits[i] <= '9')
            return;
        digits[i] = '0';
    }
}

static bool set_serial(uint64_t begin)
{
    char *digits = strstr(request, "\r\nAccept") - SERIAL_LEN;
    for (size_t i = SERIAL_LEN; i-- > 0; begin /= 10)
        digits[i] = (char)('0' + begin % 10);
    return begin == 0;
}

static bool is_whole(const char *answer, size_t len)
{
    static const char field[] = "\r\nContent-Length: ";
    const char *body = memmem(answer, len, "\r\n\r\n", 4);
    const char *at = body == NULL ? NULL : memmem(answer, len, field, sizeof field - 1);
    size_t body_len = 0;
    if (at == NULL)
        return false;
    for (at += sizeof field - 1; *at >= '0' && *at <= '9'; at++)
        body_len = body_len * 10 + (size_t)(*at - '0');
    return len >= (size_t)(body + 4 - answer) + body_len;
}

static bool ask(SSL *ssl)
{
    char answer[ANSWER_LEN_MAX];
    size_t len = 0;
    count_serial();
    if (SSL_write(ssl, request, (int)sizeof request - 1) <= 0)
        return false;
    do {
        int n = SSL_read(ssl, answer + len, (int)(sizeof answer - len));
        if (n <= 0)
            return false;
        len += (size_t)n;
    } while (!is_whole(answer, len));
    return memcmp(answer, "HTTP/1.1 200", 12) == 0;
}

static SSL *dial(SSL_CTX *context, uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    const int on = 1;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    SSL *ssl = SSL_new(context);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    bool is_there = connect(fd, (const struct sockaddr *)&address, sizeof address) == 0 &&
                    ssl != NULL && SSL_set_fd(ssl, fd) == 1 && SSL_connect(ssl) == 1;
    if (is_there)
        return ssl;
    perror("bare: no connection");
    return NULL;
}

static void hang_up(SSL *ssl)
{
    int fd = SSL_get_fd(ssl);
    SSL_shutdown(ssl);
    SSL_free(ssl);
    close(fd);
}

static bool ask_again(SSL_CTX *context, uint16_t port, uint64_t pid, uint64_t count)
{
    SSL *ssl = dial(context, port);
    uint64_t server_ns = 0;
    uint64_t own_ns = 0;
    for (uint64_t i = 0; ssl != NULL && i < count + count / 1000; i++) {
        if (i == count / 1000) {
            server_ns = meter_cpu_ns(pid);
            own_ns = meter_own_cpu_ns();
        }
        if (!ask(ssl))
            return false;
    }
    if (ssl == NULL)
        return false;
    own_ns = meter_own_cpu_ns() - own_ns;
    hang_up(ssl);
    server_ns = meter_cpu_ns(pid) - server_ns;
    printf("%" PRIu64 " %" PRIu64 "\n", server_ns / count, own_ns / count);
    return true;
}

static bool dial_again(SSL_CTX *context, uint16_t port, uint64_t pid, uint64_t count)
{
    uint64_t server_ns = meter_cpu_ns(pid);
    uint64_t own_ns = meter_own_cpu_ns();
    for (uint64_t i = 0; i < count; i++) {
        SSL *ssl = dial(context, port);
        if (ssl == NULL || !ask(ssl))
            return false;
        hang_up(ssl);
    }
    own_ns = meter_own_cpu_ns() - own_ns;
    usleep(20000); // it may still be closing the last one
    server_ns = meter_cpu_ns(pid) - server_ns;
    printf("%" PRIu64 " %" PRIu64 "\n", server_ns / count, own_ns / count);
    return true;
}

static SSL_CTX *prepare(const char *folder)
{
    char path[1024];
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    snprintf(path, sizeof path, "%s/ca.pem", folder);
    bool is_ready = SSL_CTX_load_verify_file(context, path) == 1;
    snprintf(path, sizeof path, "%s/client.pem", folder);
    is_ready = is_ready && SSL_CTX_use_certificate_chain_file(context, path) == 1;
    snprintf(path, sizeof path, "%s/client.key", folder);
    is_ready = is_ready && SSL_CTX_use_PrivateKey_file(context, path, SSL_FILETYPE_PEM) == 1;
    if (is_ready)
        return context;
    fprintf(stderr, "bare: cannot use %s: balprobe pki makes such a folder\n", path);
    return NULL;
}

int main(int argc, char **argv)
{
    uint64_t port;
    uint64_t pid;
    uint64_t count;
    bool is_command = argc == 6 && meter_number(&port, argv[1]) && port < 65536 &&
                      meter_number(&pid, argv[3]) && meter_number(&count, argv[5]) && count != 0;
    if (!is_command) {
        fprintf(stderr, "usage: bare PORT FOLDER PID requests|handshakes COUNT\n");
        return 2;
    }
    SSL_CTX *context = prepare(argv[2]);
    if (context == NULL || !set_serial((uint64_t)meter_now_us() % 1000000000000))
        return 1;
    bool is_done = strcmp(argv[4], "requests") == 0
                       ? ask_again(context, (uint16_t)port, pid, count)
                       : dial_again(context, (uint16_t)port, pid, count);
    SSL_CTX_free(context);
    return is_done ? 0 : 1;
}

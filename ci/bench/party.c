// SPDX-License-Identifier: Apache-2.0
#include "party.h"

#include <stdio.h>
#include <unistd.h>

#include "meter.h"

enum { ANSWER_LEN_MAX = 16384, PROCESS_LEN = 8, SERIAL_LEN = 12, MEASURE_COUNT_MAX = 10000 };

bool party_init(struct party *out, const char *folder, uint16_t port)
{
    struct bp_trouble trouble = {.words = ""};
    char paths[3][1024];
    static const char *const names[3] = {"ca.pem", "client.pem", "client.key"};
    for (size_t i = 0; i < 3; i++)
        snprintf(paths[i], sizeof paths[i], "%s/%s", folder, names[i]);
    const struct bp_tls_client_config config = {
        .ca_path = paths[0], .cert_path = paths[1], .key_path = paths[2]};
    const struct bp_route_config route = {.host = "127.0.0.1", .port = port};
    *out = (struct party){.times = {.connect_ms = 30000, .answer_ms = 30000},
                          .serial = (uint64_t)meter_now_us() % 1000000000000};
    if (bp_tls_client_init(&out->tls, &trouble, &config) &&
        bp_route_find(&out->route, &trouble, &route))
        return true;
    fprintf(stderr, "soak: %s\n", trouble.words);
    return false;
}

void party_free(struct party *party) { bp_tls_free(&party->tls); }

static void put_digits(char *out, size_t len, uint64_t number)
{
    for (size_t i = len; i-- > 0; number /= 10)
        out[i] = (char)('0' + number % 10);
}

struct view party_request(struct party *party, char space[512])
{
    struct buf out = buf_of(space, 512);
    char process[PROCESS_LEN]; // so that two clients at once differ
    char digits[SERIAL_LEN];
    put_digits(process, sizeof process, (uint64_t)getpid());
    put_digits(digits, sizeof digits, ++party->serial);
    buf_put_text(&out, "GET /v1/sims/8988247000100003319/balances?location=US HTTP/1.1\r\n"
                       "Host: localhost\r\n"
                       "X-MS-DM-TransactionId: MSFT-");
    buf_put(&out, view_of(process, sizeof process));
    buf_put_text(&out, "-1234-1234-1234-");
    buf_put(&out, view_of(digits, sizeof digits));
    buf_put_text(&out, "\r\nAccept: application/json\r\n\r\n");
    return buf_view(&out);
}

// Where `what` ends in `bytes`; 0: nowhere.
static size_t end_of(struct view bytes, struct view what)
{
    for (size_t i = 0; i + what.len <= bytes.len; i++)
        if (memcmp(bytes.data + i, what.data, what.len) == 0)
            return i + what.len;
    return 0;
}

static bool is_whole(struct view answer)
{
    size_t head_len = end_of(answer, VIEW("\r\n\r\n"));
    size_t at = end_of(answer, VIEW("\r\nContent-Length: "));
    size_t body_len = 0;
    if (head_len == 0 || at == 0)
        return false;
    for (; byte_is_digit(answer.data[at]); at++)
        body_len = body_len * 10 + (size_t)(answer.data[at] - '0');
    return answer.len >= head_len + body_len;
}

static unsigned status_of(struct view answer)
{
    unsigned status = 0;
    for (size_t i = 9; i < 12; i++)
        status = status * 10 + (unsigned)(answer.data[i] - '0');
    return status;
}

unsigned party_ask(struct party *party, struct bp_connection *connection)
{
    char request[512];
    char answer[ANSWER_LEN_MAX];
    size_t len = 0;
    if (!bp_connection_send(connection, party_request(party, request), 0, 0,
                            party->times.answer_ms))
        return 0;
    while (!is_whole(view_of(answer, len))) {
        size_t more = bp_connection_receive(connection, answer + len, sizeof answer - len,
                                            party->times.answer_ms);
        if (more == 0)
            return 0;
        len += more;
    }
    return status_of(view_of(answer, len));
}

bool party_dial(struct party *party, struct bp_connection *out)
{
    if (bp_connection_open(out, &party->route, &party->tls, NULL, &party->times))
        return true;
    bp_connection_close(out);
    return false;
}

size_t party_measure(struct party *party, struct bp_connection *connection, size_t count,
                     uint32_t *p99_us)
{
    uint32_t taken_us[MEASURE_COUNT_MAX];
    size_t good_count = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t begin_us = meter_now_us();
        good_count += party_ask(party, connection) == 200;
        taken_us[i] = (uint32_t)(meter_now_us() - begin_us);
    }
    *p99_us = meter_percentile(taken_us, count, 99);
    return good_count;
}

// SPDX-License-Identifier: Apache-2.0
// Hostile and odd answers over the network, in the clear and over TLS: an exchange ends in time and
// in bounded space, and its fate tells what happened.
#include "props/subject/remote.h"

#include <sys/resource.h>

#include "net/clock.h"
#include "props/report/scene.h"
#include "props/rule/trial.h"
#include "props/unit/pair.h"
#include "props/unit/scripted.h"
#include "props/unit/unit.h"

enum {
    ANSWER_MS = 5000, // nothing that ends by itself takes that long
    SHORT_MS = 150,   // where nothing but this ends it
    UNASKED_MS = 200, // for what the server does between two asks
    GROWTH_KIB_MAX = 65536
};

#define LINE "HTTP/1.1 200 OK\r\n"
#define MOST LINE "Content-Length: 2\r\n\r\n{"
#define GOOD MOST "}"
#define CHUNKED LINE "Transfer-Encoding: chunked\r\n\r\n"
#define LONG "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"
#define X4(text) text text text text
#define X16(text) X4(X4(text))
#define BULK X16(LONG)
#define DRIPS X4(LONG) LONG // for longer than ANSWER_MS

enum kind { PLAIN, HEAD, BODY, KIND_COUNT };

static const struct row {
    const char *name;
    struct cue acts[SCRIPT_ACT_COUNT_MAX];
    enum kind kind;
    unsigned ask_count; // 0: one; only the last answer is looked at
    enum fate fate;
    enum bp_reason reason;
    unsigned status;
    unsigned interim_count;
    size_t rest_len;
    unsigned connection_count; // 0: one
    unsigned resent_count;
    unsigned unasked_count;
    bool is_kept;    // the connection is open afterwards
    bool is_slow;    // only the timeout ends it
    bool is_unasked; // the server closes or speaks between two asks
} rows[] = {
    {"good", {HEAR, SAY(GOOD)}, .status = 200, .is_kept = true},
    {"twice", {HEAR, SAY(GOOD), HEAR, SAY(GOOD)}, .ask_count = 2, .status = 200, .is_kept = true},
    {"bytes", {HEAR, BYTES(GOOD)}, .status = 200, .is_kept = true},
    {"interim",
     {HEAR, SAY("HTTP/1.1 100 Continue\r\n\r\n"), PAUSE,
      SAY("HTTP/1.1 103 E\r\nA: b\r\n\r\n" GOOD)},
     .status = 200,
     .interim_count = 2,
     .is_kept = true},
    {"trailers",
     {HEAR, SAY(CHUNKED "2;a=b\r\n{}\r\n0\r\nX: y\r\n"), PAUSE, SAY("\r\n")},
     .status = 200,
     .is_kept = true},
    {"no content", {HEAR, SAY("HTTP/1.1 204 No\r\n\r\n")}, .status = 204, .is_kept = true},
    {"unchanged",
     {HEAR, SAY("HTTP/1.1 304 N\r\nContent-Length: 9\r\n\r\n")},
     .status = 304,
     .is_kept = true},
    {"1.0", {HEAR, SAY("HTTP/1.0 200 OK\r\n\r\n{"), PAUSE, SAY("}"), CLOSE}, .status = 200},
    {"1.0 kept",
     {HEAR, SAY("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\n{}")},
     .status = 200,
     .is_kept = true},
    {"says close",
     {HEAR, SAY(LINE "Connection: close\r\nContent-Length: 2\r\n\r\n{}"), CLOSE, HEAR, SAY(GOOD)},
     .ask_count = 2,
     .status = 200,
     .connection_count = 2,
     .is_kept = true},
    {"gzip",
     {HEAR, SAY(LINE "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\037\213\010\0")},
     .status = 200,
     .is_kept = true},
    {"two answers", {HEAR, SAY(GOOD GOOD)}, .status = 200, .rest_len = sizeof GOOD - 1},
    {"two answers, then another",
     {HEAR, SAY(GOOD GOOD), HEAR_END, CLOSE, HEAR, SAY(GOOD)},
     .ask_count = 2,
     .status = 200,
     .connection_count = 2,
     .is_kept = true},
    {"head with body", {HEAR, SAY(GOOD), CLOSE}, .kind = HEAD, .status = 200, .rest_len = 2},
    {"smuggled",
     {HEAR, SAY(GOOD), HEAR_END, SAY(GOOD), CLOSE},
     .kind = BODY,
     .status = 200,
     .rest_len = sizeof GOOD - 1},
    {"waits for the body",
     {HEAR_END, SAY("HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n"), CLOSE},
     .kind = BODY,
     .status = 400},
    {"never ends", {HEAR, SAY(GOOD)}, .kind = BODY, .status = 200},
    {"idle race",
     {HEAR, SAY(GOOD), HEAR, CLOSE, HEAR, SAY(GOOD)},
     .ask_count = 2,
     .status = 200,
     .connection_count = 2,
     .resent_count = 1,
     .is_kept = true},
    {"idle reset",
     {HEAR, SAY(GOOD), HEAR, RESET, HEAR, SAY(GOOD)},
     .ask_count = 2,
     .status = 200,
     .connection_count = 2,
     .resent_count = 1,
     .is_kept = true},
    {"kept, then cut",
     {HEAR, SAY(GOOD), HEAR, SAY("H"), CLOSE},
     .ask_count = 2,
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_CUT},
    {"closed at once", {HEAR, CLOSE}, .fate = FATE_SILENT},
    {"reset at once", {HEAR, RESET}, .fate = FATE_SILENT},
    {"says nothing", {HEAR}, .fate = FATE_SILENT, .is_slow = true},
    {"cut head", {HEAR, SAY("HTTP/1.1 200"), CLOSE}, .fate = FATE_MALFORMED, BP_REASON_HTTP_CUT},
    {"cut body",
     {HEAR, SAY(LINE "Content-Length: 9\r\n\r\n{}"), CLOSE},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_CUT},
    {"reset in the body",
     {HEAR, SAY(LINE "Content-Length: 9\r\n\r\n{}"), PAUSE, RESET},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_CUT},
    {"reset in an open body",
     {HEAR, SAY(LINE "\r\n{}"), PAUSE, RESET},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_CUT},
    {"open body that stays open",
     {HEAR, SAY(LINE "\r\n{}")},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_CUT,
     .is_slow = true},
    {"only interim",
     {HEAR, SAY("HTTP/1.1 100 Continue\r\n\r\n")},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_CUT,
     .is_slow = true},
    {"3 GB, nothing",
     {HEAR, SAY(LINE "Content-Length: 3221225472\r\n\r\n")},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_CUT,
     .is_slow = true},
    {"3 GB",
     {HEAR, SAY(LINE "Content-Length: 3221225472\r\n\r\n"), REPEAT(BULK)},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_BODY_LEN},
    {"endless body",
     {HEAR, SAY(LINE "\r\n"), REPEAT(BULK)},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_BODY_LEN},
    {"endless chunks",
     {HEAR, SAY(CHUNKED), REPEAT("100\r\n" X16("zzzzzzzzzzzzzzzz") "\r\n")},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_BODY_LEN},
    {"endless chunk",
     {HEAR, SAY(CHUNKED "FFFFFFFFFFFFFFFF\r\n"), REPEAT(BULK)},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_BODY_LEN},
    {"endless chunk line",
     {HEAR, SAY(CHUNKED "2;"), REPEAT(BULK)},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_CHUNK},
    {"endless trailer",
     {HEAR, SAY(CHUNKED "0\r\n"), REPEAT("X: " LONG "\r\n")},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_CHUNK},
    {"endless fields",
     {HEAR, SAY(LINE), REPEAT("X: " LONG "\r\n")},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_FIELD_COUNT},
    {"endless field",
     {HEAR, SAY(LINE "X: "), REPEAT(BULK)},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_HEAD_LEN},
    {"endless interim",
     {HEAR, REPEAT(X4("HTTP/1.1 100 Continue\r\nX: " X4(LONG) "\r\n\r\n"))},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_BODY_LEN},
    {"endless behind the answer",
     {HEAR, SAY(GOOD), REPEAT(BULK)},
     .kind = BODY,
     .status = 200,
     .rest_len = 1},
    {"late second answer",
     {HEAR, SAY(MOST), DRIP("}"), SAY(GOOD), HEAR_END, CLOSE, HEAR, SAY(GOOD), PAUSE, SAY(GOOD)},
     .ask_count = 2,
     .status = 200,
     .rest_len = sizeof GOOD - 1,
     .connection_count = 2,
     .unasked_count = 1,
     .is_unasked = true},
    {"idle close with 408",
     {HEAR, SAY(GOOD), PAUSE, SAY("HTTP/1.1 408 Slow\r\n\r\n"), CLOSE, HEAR, SAY(GOOD)},
     .ask_count = 2,
     .status = 200,
     .connection_count = 2,
     .is_kept = true,
     .is_unasked = true},
    {"idle close",
     {HEAR, SAY(GOOD), CLOSE, HEAR, SAY(GOOD)},
     .ask_count = 2,
     .status = 200,
     .connection_count = 2,
     .is_kept = true,
     .is_unasked = true},
    {"dripping head",
     {HEAR, DRIP(LINE "X: " DRIPS "\r\n")},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_CUT,
     .is_slow = true},
    {"dripping body",
     {HEAR, SAY(LINE "Content-Length: 1000\r\n\r\n"), DRIP(DRIPS)},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_CUT,
     .is_slow = true},
    {"dripping open body",
     {HEAR, SAY(LINE "\r\n"), DRIP(DRIPS)},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_CUT,
     .is_slow = true},
    {"bad chunk",
     {HEAR, SAY(CHUNKED "2\r\n{}\r\nzz\r\n")},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_CHUNK},
    {"two lengths",
     {HEAR, SAY(LINE "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}")},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_LENGTH_TWICE},
    {"0.9", {HEAR, SAY("<html>\n"), CLOSE}, .fate = FATE_MALFORMED, BP_REASON_HTTP_STATUS_LINE},
    {"0.9 without a line",
     {HEAR, SAY("{}")},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_CUT,
     .is_slow = true},
    {"binary",
     {HEAR, SAY("\0\377\376\x15\n\x03\x01\0\n")},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_STATUS_LINE},
    {"escape in a field",
     {HEAR, SAY(LINE "X: \033[2J\033]0;owned\a\r\n\r\n")},
     .fate = FATE_MALFORMED,
     .reason = BP_REASON_HTTP_FIELD_VALUE},
    {"escape in the phrase and the body",
     {HEAR, SAY("HTTP/1.1 400 \302\233\r\nContent-Length: 8\r\n\r\n\033[31m\a\r\n")},
     .status = 400,
     .is_kept = true},
};

static struct bp_tls server_tls;
static struct target target = {.times = {.connect_ms = 2000}};

static bool aim(const struct scripted *server, bool is_secure)
{
    struct bp_trouble trouble;
    struct bp_route_config config = {.host = "127.0.0.1", .port = server->port};
    target.url.is_secure = is_secure;
    return bp_route_find(&target.route, &trouble, &config);
}

static void choose_kind(struct intent *intent, enum kind kind)
{
    intent_plain(intent);
    if (kind == HEAD)
        intent_set_sense(intent, AXIS_METHOD, SENSE_METHOD_HEAD);
    if (kind == BODY)
        intent_set_sense(intent, AXIS_FRAMING, SENSE_FRAMING_BODY);
}

// Nothing of the other side reaches a terminal as it came.
static bool is_harmless(const struct exchange *x)
{
    static char space[65536];
    struct buf out = BUF(space);
    scene_put_received(&out, x);
    scene_put_whole(&out, x, 200);
    for (size_t i = 0; i < out.len; i++) {
        unsigned char octet = (unsigned char)space[i];
        if ((octet < 0x20 && octet != '\n') || octet >= 0x7f)
            return false;
    }
    return out.len != 0;
}

static void check_exchange(const struct row *row, size_t number, const struct exchange *x)
{
    CHECK_ROW(number, x->fate == row->fate);
    CHECK_ROW(number, x->status == row->status);
    CHECK_ROW(number, x->status == 0 || x->interim_count == row->interim_count);
    CHECK_ROW(number, row->fate != FATE_MALFORMED || x->fault.reason == row->reason);
    CHECK_ROW(number, row->rest_len == 1 ? x->rest.len > 1 : x->rest.len == row->rest_len);
    CHECK_ROW(number, is_harmless(x));
}

static void check_counts(const struct row *row, size_t number, const struct remote *remote)
{
    const struct remote_counts *counts = remote_counts(remote);
    unsigned ask_count = row->ask_count == 0 ? 1 : row->ask_count;
    unsigned connection_count = row->connection_count == 0 ? 1 : row->connection_count;
    CHECK_ROW(number, counts->connection_count == connection_count);
    CHECK_ROW(number, counts->request_count == ask_count + row->resent_count);
    CHECK_ROW(number, counts->resent_count == row->resent_count);
    CHECK_ROW(number, counts->unasked_count == row->unasked_count);
    CHECK_ROW(number, counts->failure_count == 0 && !remote_is_lost(remote));
    CHECK_ROW(number, (remote_last_end(remote)->kind == BP_END_NONE) >= row->is_kept);
    CHECK_ROW(number, (remote_last_trip(remote)->first_us < 0) == (row->fate == FATE_SILENT));
}

static void check_row(size_t number, bool is_secure, struct trial *trial)
{
    const struct row *row = &rows[number];
    static uint64_t space[4096];
    struct scripted server;
    struct intent intent;
    bool is_ready = remote_size() <= sizeof space &&
                    scripted_start(&server, is_secure ? &server_tls : NULL, row->acts) &&
                    aim(&server, is_secure);
    CHECK_ROW(number, is_ready);
    if (!is_ready)
        return;
    target.times.answer_ms = row->is_slow ? SHORT_MS : ANSWER_MS;
    struct remote *remote = remote_open(space, &target);
    struct world world = {.name = "remote", .subject = remote_subject(remote)};
    world.fixture = (struct fixture){.base = VIEW("/v1"), .host = VIEW("mo.example")};
    world.fixture.iccid[ROLE_A] = VIEW("8988247000100003319");
    CHECK(profile_find(&world.profile, VIEW("seed")));
    trial_start(trial, NULL, &world);
    choose_kind(&intent, row->kind);
    int64_t begin_ms = bp_clock_ms();
    const struct exchange *x = trial_ask(trial, 0, &intent);
    for (unsigned i = 1; i < row->ask_count; i++) {
        if (row->is_unasked)
            scripted_sleep(UNASKED_MS);
        x = trial_ask(trial, 0, &intent);
    }
    CHECK_ROW(number, bp_clock_ms() - begin_ms < ANSWER_MS);
    unsigned failed_count = unit_failure_count;
    check_exchange(row, number, x);
    check_counts(row, number, remote);
    if (unit_failure_count != failed_count)
        fprintf(stderr, "  in row %s, %s: fate %d reason %d status %u rest %zu len %zu\n",
                row->name, is_secure ? "TLS" : "clear", (int)x->fate, (int)x->fault.reason,
                x->status, x->rest.len, x->response.len);
    remote_close(remote);
    scripted_stop(&server);
}

static bool make_tls(struct pki_folder *folder)
{
    struct bp_trouble trouble = {""};
    if (!pair_folder_make(folder))
        return false;
    struct bp_tls_server_config own = pair_server(folder, PKI_SERVER);
    struct bp_tls_client_config other = pair_client(folder, PKI_CLIENT);
    return bp_tls_server_init(&server_tls, &trouble, &own) &&
           bp_tls_client_init(&target.tls, &trouble, &other);
}

static long resident_kib(void)
{
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : 0;
}

static int check_rows(bool is_secure)
{
    void *space = malloc(trial_size());
    struct trial *trial = trial_init(space);
    long before_kib = resident_kib();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_row(i, is_secure, trial);
    CHECK(resident_kib() - before_kib < GROWTH_KIB_MAX);
    free(space);
    return unit_end();
}

// Most of the time is waiting: both ways at once.
int main(void)
{
    struct pki_folder folder;
    int clear_status = 1;
    pid_t clear = fork();
    if (clear == 0)
        return check_rows(false);
    CHECK(make_tls(&folder));
    int secure_status = check_rows(true);
    bp_tls_free(&server_tls);
    bp_tls_free(&target.tls);
    pki_folder_close(&folder);
    waitpid(clear, &clear_status, 0);
    return clear_status != 0 || secure_status != 0;
}

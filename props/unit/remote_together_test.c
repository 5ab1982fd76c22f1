// SPDX-License-Identifier: Apache-2.0
// Several connections at once over the network: to a real server, and to one whose connections do
// different things. Whatever they do, it ends in time, and no connection stays behind.
#include "props/subject/remote.h"
#include "props/subject/remote_together.h"

#include <fcntl.h>

#include "props/unit/pair.h"
#include "props/unit/scripted.h"
#include "props/unit/served.h"
#include "props/unit/unit.h"

enum {
    COUNT = 4,        // of a crowd
    ANSWER_MS = 8000, // nothing that ends by itself takes that long
    SHORT_MS = 500,   // where nothing but this ends it
    RESPONSE_LEN_MAX = 65536,
    FD_COUNT_MAX = 256
};

#define LINE "HTTP/1.1 200 OK\r\n"
#define GOOD LINE "Content-Length: 2\r\n\r\n{}"
#define LONG "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"
#define DRIPS LONG LONG LONG LONG LONG LONG LONG LONG // for longer than ANSWER_MS
#define ASK "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

static struct bp_tls server_tls;
static struct target target;
static struct time_use use;
static struct remote *remote;
static struct subject subject;
static char spaces[TOGETHER_COUNT_MAX][RESPONSE_LEN_MAX];
static struct buf responses[TOGETHER_COUNT_MAX];

static bool aim(uint16_t port, bool is_secure)
{
    static uint64_t space[4096];
    struct bp_trouble trouble;
    struct bp_route_config config = {.host = "127.0.0.1", .port = port};
    target.url.is_secure = is_secure;
    target.times = (struct bp_client_times){.connect_ms = 2000, .answer_ms = ANSWER_MS};
    target.rate = 0;
    target.stopped = NULL;
    target.use = &use;
    use = (struct time_use){{0}};
    if (remote_size() > sizeof space || !bp_route_find(&target.route, &trouble, &config))
        return false;
    remote = remote_open(space, &target);
    subject = remote_subject(remote);
    for (size_t i = 0; i < TOGETHER_COUNT_MAX; i++)
        responses[i] = buf_of(spaces[i], RESPONSE_LEN_MAX);
    return true;
}

static bool ask_together(const char *const *requests, size_t count)
{
    struct sending sendings[TOGETHER_COUNT_MAX];
    struct buf *outs[TOGETHER_COUNT_MAX];
    for (size_t i = 0; i < count; i++) {
        sendings[i] = (struct sending){
            .request = view_of_text(requests[i]), .answer_count = 1, .is_plain = true};
        outs[i] = &responses[i];
    }
    return subject.together(subject.context, outs, sendings, count);
}

static bool ask_same(void)
{
    static const char *const requests[COUNT] = {ASK, ASK, ASK, ASK};
    return ask_together(requests, COUNT);
}

static unsigned open_fd_count(void)
{
    unsigned count = 0;
    for (int fd = 0; fd < FD_COUNT_MAX; fd++)
        count += fcntl(fd, F_GETFD) != -1;
    return count;
}

#define FOR_A(id) SERVED_GET(SERVED_A "?limit=1", "X-MS-DM-TransactionId: " id "\r\n")
#define FOR_U(id) SERVED_GET(SERVED_U, "X-MS-DM-TransactionId: " id "\r\n")

// Each connection has its own answer; all are gone afterwards, the kept one stays.
static void check_served(void)
{
    static const char *const requests[TOGETHER_COUNT_MAX] = {
        FOR_A("id-0"), FOR_U("id-1"), FOR_A("id-2"), FOR_U("id-3"),
        FOR_A("id-4"), FOR_U("id-5"), FOR_A("id-6"), FOR_U("id-7")};
    static struct served served;
    char one_space[4096];
    struct buf one = BUF(one_space);
    struct sending single = {view_of_text(FOR_A("id-8")), 1, false, true};
    served_prepare(&served);
    served_start(&served);
    CHECK(aim(bp_server_port(served.server), false));
    CHECK(subject.exchange(subject.context, &one, &single));
    CHECK(ask_together(requests, TOGETHER_COUNT_MAX));
    for (unsigned i = 0; i < TOGETHER_COUNT_MAX; i++) {
        const char id[] = {'i', 'd', '-', (char)('0' + i), '\0'};
        CHECK_ROW(i, served_status(buf_view(&responses[i])) == (i % 2 == 0 ? 200 : 404));
        CHECK_ROW(i, served_has(&responses[i], id));
        CHECK_ROW(i, served_answer_count(buf_view(&responses[i])) == 1);
        CHECK_ROW(i, !responses[i].overflow);
    }
    const struct remote_counts *counts = remote_counts(remote);
    CHECK(counts->request_count == TOGETHER_COUNT_MAX + 1 &&
          counts->connection_count == TOGETHER_COUNT_MAX + 1);
    CHECK(counts->failure_count == 0 && counts->cut_count == 0 && counts->timeout_count == 0);
    CHECK(served_wait_open(&served, 1));
    CHECK(subject.exchange(subject.context, &one, &single));
    CHECK(counts->connection_count == TOGETHER_COUNT_MAX + 1);
    remote_close(remote);
    served_stop(&served);
    served_free(&served);
}

// What is open while another request is not whole, and what becomes of that.
static void check_beside(void)
{
    static const char *const begun[] = {"G", "GET /v1/si", "GET " SERVED_A " HTTP/1.1\r\nHost: m",
                                        "GET " SERVED_A " HTTP/1.1\r\n" SERVED_HOST "\r"};
    static struct served served;
    served_prepare(&served);
    served_start(&served);
    CHECK(aim(bp_server_port(served.server), false));
    for (unsigned i = 0; i < sizeof begun / sizeof begun[0]; i++) {
        char cut_space[4096];
        struct buf cut = BUF(cut_space);
        struct sending sending = {VIEW(SERVED_GET(SERVED_A, "")), 1, false, true};
        buf_clear(&responses[0]);
        CHECK_ROW(i, subject.beside(subject.context, &responses[0], &cut, &sending,
                                    view_of_text(begun[i])));
        CHECK_ROW(i, served_status(buf_view(&responses[0])) == 200);
        CHECK_ROW(i, served_status(buf_view(&cut)) == 400);
        CHECK_ROW(i, served_wait_open(&served, 1));
    }
    remote_close(remote);
    served_stop(&served);
    served_free(&served);
}

// A crowd is a listener and children, each of which plays a script on one connection.
struct crowd {
    uint16_t port;
    pid_t pids[COUNT];
};

static bool crowd_start(struct crowd *out, const struct bp_tls *tls,
                        void (*play)(int listener, const struct bp_tls *tls,
                                     const struct cue *cues),
                        const struct cue *odd, const struct cue *others)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr *plain = (struct sockaddr *)(void *)&address;
    bool listens = listener >= 0 && bind(listener, plain, len) == 0 && listen(listener, 16) == 0 &&
                   getsockname(listener, plain, &len) == 0;
    if (!listens)
        return false;
    out->port = ntohs(address.sin_port);
    for (size_t i = 0; i < COUNT; i++) {
        const struct cue *cues = i == 0 ? odd : others;
        out->pids[i] = cues == NULL ? 0 : fork();
        if (cues != NULL && out->pids[i] == 0) {
            alarm(20);
            play(listener, tls, cues);
            _exit(0);
        }
    }
    close(listener);
    return true;
}

static void crowd_stop(struct crowd *crowd)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (crowd->pids[i] <= 0)
            continue;
        kill(crowd->pids[i], SIGKILL);
        waitpid(crowd->pids[i], NULL, 0);
    }
}

// Unlike scripted_play this takes no second connection: that would be somebody else's.
static void play_once(int listener, const struct bp_tls *tls, const struct cue *cues)
{
    struct scripted_peer peer = {.listener = listener, .tls = tls, .stream.fd = -1};
    bool goes_on = scripted_accept(&peer);
    for (size_t i = 0; i < SCRIPT_ACT_COUNT_MAX && goes_on; i++) {
        scripted_act(&peer, &cues[i]);
        goes_on = peer.stream.fd >= 0;
    }
    scripted_close(&peer, false);
}

static const struct row {
    const char *name;
    struct cue odd[SCRIPT_ACT_COUNT_MAX]; // what one of the connections does
    unsigned good_count;                  // 0: all but that one
    bool is_cut;                          // its answer is cut by us
    bool is_silent;                       // it says nothing
    bool is_late;                         // until its time was over
} rows[] = {
    {"all good", {HEAR, SAY(GOOD)}, .good_count = COUNT},
    {"good in bytes", {HEAR, BYTES(GOOD)}, .good_count = COUNT},
    {"late", {HEAR, PAUSE, PAUSE, SAY(GOOD)}, .good_count = COUNT},
    {"answers early", {SAY(GOOD), HEAR}, .good_count = COUNT},
    {"says nothing", {HEAR}, .is_silent = true, .is_late = true},
    {"never reads", {ACT(HEAR_BODY), ACT(END)}, .is_silent = true, .is_late = true},
    {"closes", {HEAR, CLOSE}, .is_silent = true},
    {"closes at once", {CLOSE}, .is_silent = true},
    {"resets", {HEAR, RESET}, .is_silent = true},
    {"cut body", {HEAR, SAY(LINE "Content-Length: 9\r\n\r\n{}"), CLOSE}, .good_count = COUNT - 1},
    {"never whole", {HEAR, SAY(LINE "Content-Length: 9\r\n\r\n{}")}, .is_cut = true},
    {"drips", {HEAR, DRIP(LINE "X: " DRIPS "\r\n")}, .is_cut = true},
    {"endless", {HEAR, SAY(LINE "\r\n"), REPEAT(LONG LONG)}, .is_cut = true},
    {"open ended", {HEAR, SAY(LINE "\r\n{}"), CLOSE}, .good_count = COUNT - 1},
    {"no HTTP", {HEAR, SAY("\0\377\n")}, .good_count = COUNT - 1},
};

static void check_row(size_t number, bool is_secure)
{
    static const struct cue good[SCRIPT_ACT_COUNT_MAX] = {HEAR, SAY(GOOD)};
    const struct row *row = &rows[number];
    struct crowd crowd;
    unsigned before_count = open_fd_count();
    bool is_ready =
        crowd_start(&crowd, is_secure ? &server_tls : NULL, play_once, row->odd, good) &&
        aim(crowd.port, is_secure);
    CHECK_ROW(number, is_ready);
    if (row->is_late || row->is_cut)
        target.times.answer_ms = SHORT_MS;
    int64_t begin_ms = bp_clock_ms();
    CHECK_ROW(number, ask_same());
    CHECK_ROW(number, bp_clock_ms() - begin_ms < ANSWER_MS);
    unsigned good_count = 0;
    unsigned cut_count = 0;
    unsigned silent_count = 0;
    for (size_t i = 0; i < COUNT; i++) {
        good_count += view_equal(buf_view(&responses[i]), VIEW(GOOD));
        cut_count += responses[i].overflow;
        silent_count += responses[i].len == 0;
    }
    const struct remote_counts *counts = remote_counts(remote);
    CHECK_ROW(number, good_count == (row->good_count == 0 ? COUNT - 1 : row->good_count));
    CHECK_ROW(number, cut_count == row->is_cut && counts->cut_count == row->is_cut);
    CHECK_ROW(number, silent_count == row->is_silent && counts->timeout_count == row->is_late);
    CHECK_ROW(number, counts->request_count == COUNT && counts->connection_count == COUNT);
    CHECK_ROW(number, !remote_is_lost(remote));
    remote_close(remote);
    CHECK_ROW(number, open_fd_count() == before_count);
    crowd_stop(&crowd);
}

static bool is_told_to_stop(void *context)
{
    int *left_count = context;
    return (*left_count)-- <= 0;
}

// Nobody is there; there is no turn; the target says stop while it waits.
static void check_failures(void)
{
    static const struct cue silent[SCRIPT_ACT_COUNT_MAX] = {HEAR};
    struct crowd crowd;
    unsigned before_count = open_fd_count();
    CHECK(crowd_start(&crowd, NULL, play_once, NULL, NULL) && aim(crowd.port, false));
    for (unsigned i = 0; i < 2 * REMOTE_LOST_COUNT; i++)
        CHECK(!ask_same());
    CHECK(remote_counts(remote)->failure_count == 0 && !remote_is_lost(remote));
    remote_close(remote);
    for (unsigned ask_count = 0; ask_count < 19; ask_count += 9) {
        int left_count = (int)ask_count;
        CHECK(crowd_start(&crowd, NULL, play_once, silent, silent) && aim(crowd.port, false));
        target.stopped = is_told_to_stop;
        target.context = &left_count;
        int64_t begin_ms = bp_clock_ms();
        CHECK_ROW(ask_count, !ask_same());
        CHECK_ROW(ask_count, bp_clock_ms() - begin_ms < ANSWER_MS);
        remote_close(remote);
        CHECK_ROW(ask_count, open_fd_count() == before_count);
        crowd_stop(&crowd);
    }
}

// Each sending has a turn.
static void check_rate(void)
{
    static const struct cue good[SCRIPT_ACT_COUNT_MAX] = {HEAR, SAY(GOOD)};
    struct crowd crowd;
    CHECK(crowd_start(&crowd, NULL, play_once, good, good) && aim(crowd.port, false));
    target.rate = 50;
    CHECK(ask_same());
    int64_t least_us = (COUNT - 1) * 20000 + REMOTE_TOGETHER_MS * 1000;
    CHECK(use.us[TIME_PAUSE] >= least_us - 2000 && use.us[TIME_ENDPOINT] > 0);
    CHECK(remote_counts(remote)->connection_count == COUNT);
    remote_close(remote);
    crowd_stop(&crowd);
}

// One connection after the other is served to its end: nobody else gets through a handshake.
static void serve_in_turn(int listener, const struct bp_tls *tls, const struct cue *cues)
{
    for (;;) {
        struct scripted_peer peer = {.listener = listener, .tls = tls, .stream.fd = -1};
        bool is_heard = scripted_accept(&peer) && scripted_hear_head(&peer);
        if (is_heard)
            (void)scripted_say(&peer, cues->text);
        scripted_close(&peer, false);
    }
}

static void check_blocked(bool is_secure)
{
    static const struct cue good = SAY(GOOD);
    char cut_space[64];
    struct buf cut = BUF(cut_space);
    struct crowd crowd;
    struct sending sending = {VIEW(ASK), 1, false, true};
    CHECK(crowd_start(&crowd, is_secure ? &server_tls : NULL, serve_in_turn, &good, NULL));
    CHECK(aim(crowd.port, is_secure));
    target.times = (struct bp_client_times){.connect_ms = 1000, .answer_ms = SHORT_MS};
    CHECK(subject.beside(subject.context, &responses[0], &cut, &sending, VIEW("GET /")));
    CHECK(responses[0].len == 0 && cut.len == 0);
    CHECK(remote_counts(remote)->failure_count == 0);
    target.times.answer_ms = ANSWER_MS;
    CHECK(subject.exchange(subject.context, &responses[0], &sending));
    CHECK(view_equal(buf_view(&responses[0]), VIEW(GOOD)));
    remote_close(remote);
    crowd_stop(&crowd);
    // Nobody at all is no answer either.
    CHECK(aim(crowd.port, is_secure));
    CHECK(!subject.beside(subject.context, &responses[0], &cut, &sending, VIEW("GET /")));
    remote_close(remote);
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

static int check_ways(bool is_secure)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_row(i, is_secure);
    check_blocked(is_secure);
    return unit_end();
}

// Most of the time is waiting: both ways at once.
int main(void)
{
    struct pki_folder folder;
    int clear_status = 1;
    pid_t clear = fork();
    if (clear == 0) {
        check_failures();
        check_rate();
        return check_ways(false);
    }
    CHECK(make_tls(&folder));
    int secure_status = check_ways(true);
    waitpid(clear, &clear_status, 0);
    // The last ones have threads, behind all that forks.
    check_served();
    check_beside();
    bp_tls_free(&server_tls);
    bp_tls_free(&target.tls);
    pki_folder_close(&folder);
    return clear_status != 0 || secure_status != 0 || unit_end() != 0;
}

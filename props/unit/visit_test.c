// SPDX-License-Identifier: Apache-2.0
// A visit: what becomes of a connection, whatever the other side does.
#include "props/tls/visit.h"

#include "net/clock.h"
#include "props/unit/scripted.h"
#include "props/unit/unit.h"

enum {
    ANSWER_MS = 5000, // nothing that ends by itself takes that long
    SHORT_MS = 400,   // where nothing but this ends it
};

#define LINE "HTTP/1.1 200 OK\r\n"
#define LONG "0123456789012345678901234567890123456789012345678901234567890123456789"
#define DRIPS LONG LONG LONG LONG LONG // for longer than ANSWER_MS
#define HINTS "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n"

static const struct {
    struct cue cues[SCRIPT_ACT_COUNT_MAX];
    enum visit_class class_of;
    unsigned status;
    const char *body; // NULL: there is none, and only the timeout ends it
} rows[] = {
    {{HEAR, SAY(LINE "Content-Length: 2\r\n\r\n{}")}, VISIT_ACCEPTED, 200, "{}"},
    {{HEAR, BYTES(LINE "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")},
     VISIT_ACCEPTED,
     200,
     "{}"},
    {{HEAR, SAY(HINTS LINE "Content-Length: 2\r\n\r\n{}")}, VISIT_ACCEPTED, 200, "{}"},
    {{HEAR, BYTES(HINTS "HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n")}, VISIT_APP, 401, ""},
    {{HEAR, SAY("HTTP/1.1 101 Other\r\nUpgrade: x\r\n\r\n")}, VISIT_APP, 101, ""},
    {{HEAR, SAY(HINTS)}, VISIT_OTHER, 0, NULL},
    {{HEAR, SAY("HTTP/1.0 400 Bad\r\nServer: nginx\r\n\r\nno"), CLOSE}, VISIT_GATEWAY, 400, "no"},
    {{HEAR, CLOSE}, VISIT_CLOSED, 0, ""},
    {{HEAR, RESET}, VISIT_RESET, 0, ""},
    {{HEAR}, VISIT_SILENT, 0, NULL},
    {{HEAR, SAY("220 hello\r\n")}, VISIT_OTHER, 0, ""},
    // Always another byte in time: a head, interim heads, and a body that never end.
    {{HEAR, SAY(LINE "X: "), REPEAT("x")}, VISIT_OTHER, 0, ""},
    {{HEAR, REPEAT("HTTP/1.1 100 C\r\n\r\n")}, VISIT_OTHER, 0, ""},
    {{HEAR, DRIP(LINE "X-Long: " DRIPS)}, VISIT_OTHER, 0, NULL},
};

static bool begin(struct target *target, struct scripted *server, const struct cue *cues,
                  bool is_slow)
{
    struct bp_trouble trouble;
    target->times =
        (struct bp_client_times){.connect_ms = 2000, .answer_ms = is_slow ? SHORT_MS : ANSWER_MS};
    if (!scripted_start(server, NULL, cues))
        return false;
    struct bp_route_config config = {.host = "127.0.0.1", .port = server->port};
    return bp_route_find(&target->route, &trouble, &config);
}

int main(void)
{
    static struct visit made;
    signal(SIGPIPE, SIG_IGN);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct target target = {.rate = 0};
        struct scripted server;
        struct pace pace = {.target = &target};
        bool is_slow = rows[i].body == NULL;
        bool has_begun = begin(&target, &server, rows[i].cues, is_slow);
        CHECK_ROW(i, has_begun);
        if (!has_begun)
            continue;
        int64_t begin_ms = bp_clock_ms();
        CHECK_ROW(i, visit_make(&made, &pace, NULL, NULL, VIEW("GET / HTTP/1.1\r\n\r\n")));
        CHECK_ROW(i, bp_clock_ms() - begin_ms < ANSWER_MS);
        CHECK_ROW(i, made.class_of == rows[i].class_of && made.status == rows[i].status);
        const char *body = is_slow ? "" : rows[i].body;
        bool is_cut = made.len == VISIT_LEN_MAX;
        CHECK_ROW(i, is_cut || view_equal(made.body, view_of_text(body)));
        visit_end(&made);
        scripted_stop(&server);
    }
    return unit_end();
}

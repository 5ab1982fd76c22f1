// SPDX-License-Identifier: Apache-2.0
// GB-TLS-2: ways around the question for a certificate. A client without one asks in forms that a
// gate by path may not know, claims a certificate in the fields with which a gateway tells the
// application of one, and asks again on the same connection.
#include <stdlib.h>

#include "net/clock.h"
#include "props/tls/probe_run.h"
#include "tool/files.h"

struct bypass {
    const char *words;
    const char *before; // between base and "/sims/"
    const char *prefix; // in front of the ICCID
    const char *after;  // behind it
    bool is_absolute;   // the target has scheme and host
    bool is_claimed;    // fields claim a certificate
    bool is_second;     // behind another request on the same connection
};

#define PLAIN_AFTER "/balances"

static const struct bypass bypasses[] = {
    {"fields that claim a certificate", "", "", PLAIN_AFTER, .is_claimed = true},
    {"a second request on the connection", "", "", PLAIN_AFTER, .is_second = true},
    {"the id behind iccid:", "", "iccid:", PLAIN_AFTER, .is_absolute = false},
    {"the bare id", "", "", PLAIN_AFTER, .is_absolute = false},
    {"all parameters", "", "", PLAIN_AFTER "?fieldsTemplate=full&limit=9&location=US",
     .is_absolute = false},
    {"a slash more", "/", "", PLAIN_AFTER, .is_absolute = false},
    {"dot segments", "/x/..", "", PLAIN_AFTER, .is_absolute = false},
    {"a slash behind", "", "", PLAIN_AFTER "/", .is_absolute = false},
    {"a semicolon behind", "", "", PLAIN_AFTER ";x", .is_absolute = false},
    {"an encoded letter", "", "", "/%62alances", .is_absolute = false},
    {"capital letters", "", "", "/BALANCES", .is_absolute = false},
    {"an absolute target", "", "", PLAIN_AFTER, .is_absolute = true},
};

enum { BYPASS_COUNT = sizeof bypasses / sizeof bypasses[0], CERT_LEN_MAX = 4096 };

// Appends what stands between the marks of the first certificate of a PEM file, in one line.
static void put_certificate(struct buf *out, const char *path)
{
    static const struct view begin = VIEW_INIT("-----BEGIN CERTIFICATE-----");
    size_t len = 0;
    char *text = path == NULL ? NULL : file_read(&len, path, 65536);
    struct view rest = text == NULL ? view_of(NULL, 0) : view_of(text, len);
    rest = view_from(rest, view_find(rest, begin));
    rest = view_from(rest, begin.len < rest.len ? begin.len : rest.len);
    rest = view_first(rest, view_index(rest, '-'));
    for (size_t i = 0; i < rest.len && rest.len <= CERT_LEN_MAX; i++)
        if (rest.data[i] > ' ')
            buf_put_byte(out, rest.data[i]);
    free(text);
}

// The names that nginx, HAProxy, Apache, Envoy, Azure and RFC 9440 are told to use.
static void put_claims(struct buf *out, const char *cert_path)
{
#define DOCUMENTED "CN=partners.datamart.windows.com,O=Microsoft Corporation,L=Redmond,ST=WA,C=US"
    buf_put_text(out, "X-SSL-Client-Verify: SUCCESS\r\n"
                      "X-Client-Verify: SUCCESS\r\n"
                      "SSL-Client-Verify: SUCCESS\r\n"
                      "X-SSL-Client-Cert-Verified: 1\r\n"
                      "X-SSL-Client-S-DN: " DOCUMENTED "\r\n"
                      "X-SSL-Client-DN: " DOCUMENTED "\r\n"
                      "X-Client-DN: " DOCUMENTED "\r\n"
                      "X-Forwarded-Client-Cert: Subject=\"" DOCUMENTED "\"\r\n"
                      "X-ARR-ClientCert: ");
    put_certificate(out, cert_path);
    buf_put_text(out, "\r\nClient-Cert: :");
    put_certificate(out, cert_path);
    buf_put_text(out, ":\r\n");
}

static void put_request(struct buf *out, const struct probe_run *run, const struct bypass *way,
                        bool is_last)
{
    const struct fixture *fixture = run->options->fixture;
    buf_put_text(out, "GET ");
    if (way->is_absolute) {
        buf_put_text(out, "https://");
        buf_put(out, fixture->host);
    }
    buf_put(out, fixture->base);
    buf_put_text(out, way->before);
    buf_put_text(out, "/sims/");
    buf_put_text(out, way->prefix);
    buf_put(out, fixture->iccid[ROLE_A]);
    buf_put_text(out, way->after);
    buf_put_text(out, " HTTP/1.1\r\nHost: ");
    buf_put(out, fixture->host);
    buf_put_text(out, "\r\nAccept: application/json\r\n");
    buf_put(out, fixture->fields);
    if (way->is_claimed)
        put_claims(out, run->options->target->tls_config.cert_path);
    visit_put_basic(out, fixture->credentials);
    buf_put_text(out, is_last ? "Connection: close\r\n\r\n" : "\r\n");
}

bool probe_has_list(struct view text)
{
    static const struct view name = VIEW_INIT("\"balances\"");
    for (size_t i = 0; i < text.len; i++) {
        struct view rest = view_from(text, i);
        if (!view_equal_nocase(view_first(rest, name.len), name))
            continue;
        rest = view_from(rest, name.len);
        while (rest.len != 0 && (rest.data[0] == ' ' || rest.data[0] == '\n'))
            rest = view_from(rest, 1);
        if (view_starts(rest, VIEW(":")))
            return true;
    }
    return false;
}

// Two requests in one go: all that comes until the end. False: the run is to end.
static bool visit_twice(struct probe_run *run, const struct bp_tls *tls, struct view requests)
{
    const struct target *target = run->options->target;
    struct visit *made = &run->visits[0];
    struct bp_connection connection;
    struct buf in = BUF(made->bytes);
    memset(made, 0, sizeof *made);
    if (!pace_turn(&run->pace))
        return false;
    if (bp_connection_open(&connection, &target->route, tls, NULL, &target->times)) {
        int64_t begin_us = bp_clock_us();
        bool is_sent = bp_connection_send(&connection, requests, 0, 0, target->times.answer_ms);
        (void)is_sent; // what was not sent shows in what does not come back
        while (visit_hear(&in, &connection, target, begin_us) != 0)
            continue;
    }
    target_note_wait(target, TIME_ENDPOINT, &connection);
    bp_connection_close(&connection);
    made->len = in.len;
    made->body = buf_view(&in);
    return true;
}

// One way, into run->visits[0]. False: the run is to end.
static bool try_way(struct probe_run *run, const struct bp_tls *tls, const struct bypass *way)
{
    struct buf request = BUF(run->request_space);
    if (way->is_second)
        put_request(&request, run, way, false);
    put_request(&request, run, way, true);
    bool is_made = way->is_second
                       ? visit_twice(run, tls, buf_view(&request))
                       : visit_make(&run->visits[0], &run->pace, tls, NULL, buf_view(&request));
    visit_end(&run->visits[0]);
    run->out->was_stopped = run->out->was_stopped || !is_made;
    return is_made;
}

// Whoever ends the connection instead of answering looks at no request. A failure on the way, and
// a busy endpoint, say nothing.
static bool has_ended(const struct visit *made)
{
    return made->class_of == VISIT_ALERT || made->class_of == VISIT_ALERT_LATE ||
           made->class_of == VISIT_CLOSED || made->class_of == VISIT_RESET;
}

static struct verdict weigh_bypasses(struct buf *words, const struct buf *served,
                                     unsigned refused_count, bool ends_connections)
{
    buf_put_text(words, "no certificate, asked in other ways: ");
    if (served->len != 0) {
        buf_put_text(words, "served for ");
        buf_put(words, buf_view(served));
        return fail("a client without a certificate is served when it asks in another way");
    }
    if (ends_connections) {
        buf_put_text(words, "the connection ends before a request is read");
        return pass();
    }
    buf_put_unsigned(words, refused_count);
    buf_put_text(words, refused_count == 1 ? " refusal" : " refusals");
    return refused_count == 0 ? skip("the endpoint was busy or away") : pass();
}

static void try_all(struct probe_run *run, const struct bp_tls *tls)
{
    char served_space[PROBE_WORDS_LEN_MAX];
    char words_space[PROBE_WORDS_LEN_MAX];
    struct buf served = BUF(served_space);
    struct buf words = BUF(words_space);
    const struct visit *made = &run->visits[0];
    unsigned refused_count = 0;
    bool ends_connections = false;
    for (size_t i = 0; i < BYPASS_COUNT && !ends_connections; i++) {
        if (!try_way(run, tls, &bypasses[i]))
            return;
        ends_connections = i == 0 && has_ended(made);
        refused_count += made->status >= 300 && made->status < 429;
        if (!probe_has_list(made->body))
            continue;
        buf_put_text(&served, served.len == 0 ? "" : ", ");
        buf_put_text(&served, bypasses[i].words);
    }
    struct verdict verdict = weigh_bypasses(&words, &served, refused_count, ends_connections);
    probe_add(run, "GB-TLS-2", verdict, &words);
}

void probe_bypasses(struct probe_run *run)
{
    struct bp_tls tls;
    if (run->options->fixture->iccid[ROLE_A].len == 0) {
        probe_add_text(run, "GB-TLS-2", skip("the fixture lacks the role A"), "not tried");
        return;
    }
    if (probe_open(&tls, run, false, run->options->target->tls_config.is_insecure))
        try_all(run, &tls);
    bp_tls_free(&tls);
}

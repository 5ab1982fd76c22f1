// SPDX-License-Identifier: Apache-2.0
#include "props/run/preflight.h"

#include <assert.h>

#include "net/clock.h"
#include "tool/text.h"

enum {
    DAY_S = 86400,
    DAY_COUNT_LOW = 30,
    OWN_DAY_COUNT_LOW = 7,
    WORDS_LEN_MAX = 512,
    FOREIGN_LEN_MAX = 56
};

struct preflight_step *preflight_add(struct preflight *preflight, const char *name,
                                     enum step_grade grade, struct view words, enum mishap mishap)
{
    assert(preflight->step_count < PREFLIGHT_STEP_COUNT_MAX);
    struct preflight_step *step = &preflight->steps[preflight->step_count++];
    size_t len = words.len < sizeof step->words - 1 ? words.len : sizeof step->words - 1;
    step->name = name;
    step->grade = grade;
    step->remedy = *remedy_of(mishap);
    memcpy(step->words, words.data, len);
    step->words[len] = '\0';
    return step;
}

static void begin(struct preflight *preflight, const char *step)
{
    if (preflight->begins != NULL)
        preflight->begins(preflight->context, step);
}

static void fail_step(struct preflight *preflight, const char *name, struct view words,
                      enum mishap mishap)
{
    preflight_add(preflight, name, STEP_FAILED, words, mishap);
    preflight->has_ended = true;
}

void preflight_resolve(struct preflight *preflight, struct target *target,
                       const struct bp_route_config *config)
{
    struct bp_trouble trouble;
    char space[WORDS_LEN_MAX];
    struct buf words = BUF(space);
    begin(preflight, "resolve");
    if (!bp_route_find(&target->route, &trouble, config)) {
        fail_step(preflight, "resolve", view_of_text(trouble.words), MISHAP_NAME);
        return;
    }
    for (size_t i = 0; i < target->route.address_count; i++) {
        buf_put_text(&words, i == 0 ? "" : " ");
        buf_put_text(&words, target->route.addresses[i].text);
    }
    buf_put_text(&words, target->route.is_loopback ? ", this machine" : "");
    preflight_add(preflight, "resolve", STEP_OK, buf_view(&words), MISHAP_NONE);
}

static void put_ms(struct buf *out, int64_t us)
{
    buf_put_signed(out, us / 1000);
    buf_put_byte(out, '.');
    buf_put_signed(out, us / 100 % 10);
    buf_put_text(out, " ms");
}

static void add_connect(struct preflight *preflight, const struct bp_connection *connection)
{
    char space[WORDS_LEN_MAX];
    struct buf words = BUF(space);
    put_ms(&words, connection->connected_us);
    if (connection->address != NULL) {
        buf_put_text(&words, " to ");
        buf_put_text(&words, connection->address->text);
    }
    preflight_add(preflight, "connect", STEP_OK, buf_view(&words), MISHAP_NONE);
}

static void add_tls(struct preflight *preflight, const struct bp_connection *connection,
                    const struct bp_stream_facts *facts)
{
    char space[WORDS_LEN_MAX];
    struct buf words = BUF(space);
    buf_put_text(&words, facts->version);
    buf_put_byte(&words, ' ');
    buf_put_text(&words, facts->cipher);
    buf_put_text(&words, ", ");
    put_ms(&words, connection->handshake_us);
    preflight_add(preflight, "TLS", STEP_OK, buf_view(&words), MISHAP_NONE);
}

static void put_chain(struct buf *out, const struct bp_stream_facts *facts)
{
    buf_put_text(out, facts->server_subject);
    buf_put_text(out, ", issued by ");
    buf_put_text(out, facts->server_issuer);
    buf_put_text(out, ", ");
    buf_put_unsigned(out, facts->server_chain_count);
    buf_put_text(out, facts->server_chain_count == 1 ? " certificate sent" : " certificates sent");
}

// What is wrong with a certificate decides which step has failed.
static const char *step_of_verify(enum mishap mishap)
{
    if (mishap == MISHAP_OTHER_NAME)
        return "name";
    return mishap == MISHAP_EXPIRED || mishap == MISHAP_NOT_YET ? "validity" : "chain";
}

static void put_verify(struct buf *out, int error)
{
    struct bp_end end = {.kind = BP_END_UNTRUSTED, .in_handshake = true, .code = error};
    bp_end_put(out, &end);
}

static void add_days(struct preflight *preflight, const struct bp_stream_facts *facts)
{
    char space[WORDS_LEN_MAX];
    struct buf words = BUF(space);
    int64_t left_s = facts->server_not_after_s - bp_clock_wall_ms() / 1000;
    int64_t days = left_s / DAY_S;
    if (left_s < 0) {
        preflight_add(preflight, "validity", STEP_WARNING,
                      VIEW("the server's certificate has expired"), MISHAP_EXPIRED);
        return;
    }
    buf_put_signed(&words, days);
    buf_put_text(&words, days == 1 ? " day left" : " days left");
    struct preflight_step *step =
        preflight_add(preflight, "validity", days < DAY_COUNT_LOW ? STEP_WARNING : STEP_OK,
                      buf_view(&words), MISHAP_NONE);
    if (days < DAY_COUNT_LOW)
        step->remedy = (struct remedy){"the server's certificate ends soon", "renew it in time"};
}

// The certificate that the server showed, of a handshake that is complete.
static void add_certificate(struct preflight *preflight, const struct target *target,
                            const struct bp_stream_facts *facts)
{
    char space[WORDS_LEN_MAX];
    struct buf words = BUF(space);
    enum mishap mishap = mishap_of_verify(facts->is_verified ? 0 : facts->verify_error);
    put_chain(&words, facts);
    preflight_add(preflight, "chain", STEP_OK, buf_view(&words), MISHAP_NONE);
    buf_clear(&words);
    if (facts->is_verified) {
        buf_put_text(&words, "the certificate is for ");
        buf_put_escaped(&words, target->url.host);
        preflight_add(preflight, "name", STEP_OK, buf_view(&words), MISHAP_NONE);
    } else if (mishap == MISHAP_NONE) {
        preflight_add(preflight, "name", STEP_WARNING, VIEW("not verified (-k)"), MISHAP_NONE);
    } else {
        put_verify(&words, facts->verify_error);
        buf_put_text(&words, "; goes on because of -k");
        preflight_add(preflight, step_of_verify(mishap), STEP_WARNING, buf_view(&words), mishap);
    }
    add_days(preflight, facts);
}

static void add_own(struct preflight *preflight, const struct target *target,
                    const struct bp_stream_facts *facts)
{
    bool has_own = target->tls_config.cert_path != NULL;
    int64_t left_s = target->tls.own_not_after_s - bp_clock_wall_ms() / 1000;
    if (!facts->was_asked) {
        struct preflight_step *step =
            preflight_add(preflight, "asked for", STEP_WARNING,
                          VIEW("the server asks for no client certificate"), MISHAP_NONE);
        step->remedy = (struct remedy){
            "client authentication is off; the documents want mutual TLS (GB-TLS-1)",
            "switch it on where TLS ends"};
        return;
    }
    if (!has_own) {
        preflight_add(preflight, "asked for", STEP_WARNING,
                      VIEW("the server asks for a client certificate, and none was given"),
                      MISHAP_CLIENT_MISSING);
        return;
    }
    bool is_low = left_s < (int64_t)OWN_DAY_COUNT_LOW * DAY_S;
    struct preflight_step *step = preflight_add(
        preflight, "asked for", is_low ? STEP_WARNING : STEP_OK,
        is_low ? VIEW("the server asks for a client certificate; ours has ended or ends soon")
               : VIEW("the server asks for a client certificate"),
        MISHAP_NONE);
    if (is_low)
        step->remedy =
            (struct remedy){"the client certificate has less than a week left", "use a newer one"};
}

// Connects again without verifying, to tell people which certificate was refused.
static void describe_refused(struct preflight *preflight, const struct target *target)
{
    struct bp_tls_client_config config = target->tls_config;
    struct bp_tls tls = {0};
    struct bp_trouble trouble;
    config.is_insecure = true;
    if (!bp_tls_client_init(&tls, &trouble, &config))
        return;
    struct bp_connection connection;
    if (bp_connection_open(&connection, &target->route, &tls, NULL, &target->times)) {
        char space[WORDS_LEN_MAX];
        struct buf words = BUF(space);
        struct bp_stream_facts facts;
        bp_stream_facts(&facts, &connection.stream);
        put_chain(&words, &facts);
        preflight_add(preflight, "sent", STEP_OK, buf_view(&words), MISHAP_NONE);
    }
    target_note_wait(target, TIME_ENDPOINT, &connection);
    bp_connection_close(&connection);
    bp_tls_free(&tls);
}

static void add_failure(struct preflight *preflight, const struct target *target,
                        const struct bp_connection *connection)
{
    struct bp_end end = connection->stream.end;
    bool has_own = target->tls_config.cert_path != NULL;
    enum mishap mishap = mishap_of_end(&end, connection->stream.is_open, has_own);
    // Without a TCP connection there was no handshake either.
    end.in_handshake = end.in_handshake && connection->connected_us != 0;
    char space[WORDS_LEN_MAX];
    struct buf words = BUF(space);
    bp_end_put(&words, &end);
    bool is_untrusted = end.kind == BP_END_UNTRUSTED;
    const char *name = is_untrusted ? step_of_verify(mishap) : end.in_handshake ? "TLS" : "connect";
    fail_step(preflight, name, buf_view(&words), mishap);
    if (is_untrusted)
        describe_refused(preflight, target);
}

void preflight_reach(struct preflight *preflight, const struct target *target)
{
    struct bp_connection connection;
    const struct bp_tls *tls = target->url.is_secure ? &target->tls : NULL;
    begin(preflight, "connect");
    if (!bp_connection_open(&connection, &target->route, tls, NULL, &target->times)) {
        add_failure(preflight, target, &connection);
        target_note_wait(target, TIME_ENDPOINT, &connection);
        bp_connection_close(&connection);
        return;
    }
    add_connect(preflight, &connection);
    if (tls == NULL) {
        struct preflight_step *step = preflight_add(preflight, "TLS", STEP_WARNING,
                                                    VIEW("none: this is plain HTTP"), MISHAP_NONE);
        step->remedy = (struct remedy){"the URL says http", "the documents want https (GB-PATH-2)"};
    } else {
        struct bp_stream_facts facts;
        bp_stream_facts(&facts, &connection.stream);
        add_tls(preflight, &connection, &facts);
        add_certificate(preflight, target, &facts);
        add_own(preflight, target, &facts);
    }
    bp_connection_finish(&connection);
    target_note_wait(target, TIME_ENDPOINT, &connection);
    bp_connection_close(&connection);
}

static void put_roles(struct buf *out, const struct roles *roles, enum role_state state)
{
    for (unsigned role = 0; role < ROLE_COUNT; role++) {
        if (roles->rows[role].state != state)
            continue;
        buf_put_text(out, out->len == 0 ? "" : " ");
        buf_put(out, role_name((enum role)role));
    }
}

static void add_role(struct preflight *preflight, enum role role)
{
    const struct role_row *row = &preflight->roles.rows[role];
    char space[WORDS_LEN_MAX];
    struct buf words = BUF(space);
    buf_put(&words, role_name(role));
    buf_put_text(&words, ": the inventory claims \"");
    buf_put_text(&words, role_claim_words(role));
    buf_put_byte(&words, '"');
    bool is_kept = row->state == ROLE_OTHERWISE;
    if (is_kept && role == ROLE_A && row->kind == KIND_ACTIVE) {
        buf_put_text(&words, ", but it lists one active balance: clauses about order and limit say "
                             "less");
    } else {
        buf_put_text(&words, ", but the answer (");
        buf_put_unsigned(&words, row->status);
        buf_put_text(&words, ") shows ");
        buf_put_text(&words, role_kind_words(row->kind));
        buf_put_text(&words, is_kept ? "; the clauses judge that"
                                     : "; it is left out, its clauses are skipped");
    }
    struct preflight_step *step =
        preflight_add(preflight, "data", STEP_WARNING, buf_view(&words), MISHAP_NONE);
    if (!is_kept)
        step->remedy = (struct remedy){"the inventory names another SIM, or the SIM has changed",
                                       "bring the test SIM into that state, or correct its ICCID"};
}

static void add_roles(struct preflight *preflight)
{
    char space[WORDS_LEN_MAX];
    struct buf words = BUF(space);
    put_roles(&words, &preflight->roles, ROLE_AS_CLAIMED);
    if (words.len != 0) {
        buf_put_text(&words, " answer as claimed");
        preflight_add(preflight, "data", STEP_OK, buf_view(&words), MISHAP_NONE);
    }
    for (unsigned role = 0; role < ROLE_COUNT; role++) {
        enum role_state state = preflight->roles.rows[role].state;
        if (state == ROLE_OTHERWISE || state == ROLE_TAKEN_OUT)
            add_role(preflight, (enum role)role);
    }
    buf_clear(&words);
    put_roles(&words, &preflight->roles, ROLE_ABSENT);
    if (words.len == 0)
        return;
    buf_put_text(&words, ": not in the inventory; their clauses are skipped");
    preflight_add(preflight, "data", STEP_OK, buf_view(&words), MISHAP_NONE);
}

// What the first request for a known SIM came to, when none was answered 200.
struct first_answer {
    bool is_there;
    enum mishap mishap;
    char words[WORDS_LEN_MAX];
};

static void note_first(struct first_answer *first, const struct exchange *x,
                       const struct bp_end *end, bool has_certificate)
{
    struct buf words = buf_of(first->words, sizeof first->words - 1);
    first->is_there = true;
    first->mishap = mishap_of_answer(x, has_certificate);
    if (x->fate == FATE_ANSWERED) {
        buf_put_text(&words, "the plain request is answered ");
        buf_put_unsigned(&words, x->status);
        buf_put_text(&words, x->body.len == 0 ? "" : ": ");
        text_put_bytes(&words, x->body, FOREIGN_LEN_MAX);
    } else if (x->fate == FATE_MALFORMED) {
        buf_put_text(&words, "what came back is no HTTP response: ");
        text_put_bytes(&words, x->response, FOREIGN_LEN_MAX);
    } else if (end != NULL) {
        first->mishap = mishap_of_end(end, !end->in_handshake, has_certificate);
        buf_put_text(&words, "the plain request got no answer: ");
        bp_end_put(&words, end);
    } else {
        buf_put_text(&words, "the plain request got no answer");
    }
    first->words[words.len] = '\0';
}

void preflight_ask(struct preflight *preflight, struct trial *trial, struct world *world,
                   const struct bp_end *(*last_end)(void *context), void *context,
                   bool has_certificate)
{
    struct first_answer first = {.is_there = false};
    trial_start(trial, NULL, world);
    if (trial->serial < world->subject.first_serial)
        trial->serial = world->subject.first_serial;
    for (unsigned role = 0; role < ROLE_COUNT; role++) {
        if (world->fixture.iccid[role].len == 0)
            continue;
        begin(preflight, "data");
        const struct exchange *x = roles_look(&preflight->roles, trial, (enum role)role);
        if (!first.is_there && role != ROLE_U)
            note_first(&first, x, last_end == NULL ? NULL : last_end(context), has_certificate);
        // Nothing but failures so far: the other roles would fail alike.
        if (last_end != NULL && x->fate == FATE_FAILED && !preflight->roles.saw_200)
            break;
    }
    world->subject.first_serial = trial->serial;
    if (!preflight->roles.saw_200) {
        if (!first.is_there)
            memcpy(first.words, "the inventory names no SIM", sizeof "the inventory names no SIM");
        fail_step(preflight, "identity", view_of_text(first.words), first.mishap);
        return;
    }
    preflight_add(preflight, "identity", STEP_OK,
                  has_certificate ? VIEW("client certificate accepted")
                                  : VIEW("answers without a client certificate"),
                  MISHAP_NONE);
    add_roles(preflight);
    for (unsigned role = 0; role < ROLE_COUNT; role++)
        if (preflight->roles.rows[role].state == ROLE_TAKEN_OUT)
            world->fixture.iccid[role] = view_of(NULL, 0);
}

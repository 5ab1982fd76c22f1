// SPDX-License-Identifier: Apache-2.0
#include "props/launch/garden_probe.h"

#include "net/clock.h"

enum { REQUEST_LEN_MAX = 512, ANSWER_LEN_MAX = 8192, PLACE_LEN_MAX = 288, SHOWN_LEN_MAX = 64 };

static bool has_star(const struct garden_place *place)
{
    return view_starts(place->host, VIEW("*"));
}

static bool copy_host(char *out, struct view host)
{
    if (host.len == 0 || host.len > GARDEN_NAME_LEN_MAX)
        return false;
    memcpy(out, host.data, host.len);
    out[host.len] = '\0';
    return true;
}

void garden_resolve(struct garden_target *out, const struct garden_way *way,
                    const struct garden_place *place)
{
    bool has_proxy = way->proxy.kind != GARDEN_PROXY_NONE;
    struct bp_route_config config = way->config;
    struct bp_trouble trouble;
    out->place = *place;
    out->has_route = false;
    config.host = out->host;
    config.port = has_proxy ? way->proxy.port : place->port;
    if (has_star(place) || !copy_host(out->host, has_proxy ? way->proxy.host : place->host))
        return;
    out->has_route = bp_route_find(&out->route, &trouble, &config);
}

// Words are cut where they end.
static void settle(struct garden_reach *out, enum garden_outcome outcome, struct buf *words)
{
    out->outcome = outcome;
    out->words[words->len] = '\0';
}

static void put_end(struct buf *words, const struct bp_connection *connection)
{
    bp_end_put(words, &connection->stream.end);
}

// What an end says about the way to a host.
static enum garden_outcome outcome_of(const struct bp_end *end)
{
    switch (end->kind) {
    case BP_END_ALERT:
        return GARDEN_REACHED;
    case BP_END_PROTOCOL:
        return GARDEN_DOUBTFUL;
    case BP_END_LOCAL:
    case BP_END_STOPPED:
        return GARDEN_UNTESTED;
    default:
        return GARDEN_BLOCKED;
    }
}

static void judge_tls(struct garden_reach *out, struct buf *words, struct bp_connection *connection,
                      bool is_open)
{
    if (!is_open) {
        put_end(words, connection);
        settle(out, outcome_of(&connection->stream.end), words);
        return;
    }
    struct bp_stream_facts facts;
    bp_stream_facts(&facts, &connection->stream);
    buf_put_text(words, facts.version);
    if (!facts.is_verified) {
        struct bp_end end = {.kind = BP_END_UNTRUSTED, .code = facts.verify_error};
        buf_put_text(words, ", certificate ");
        bp_end_put(words, &end);
    }
    settle(out, GARDEN_REACHED, words);
}

// receive_head reads until the empty line, the end or no more room.
static struct view receive_head(struct bp_connection *connection, char *space, int timeout_ms)
{
    int64_t deadline_ms = bp_clock_ms() + timeout_ms;
    size_t len = 0;
    while (len < ANSWER_LEN_MAX) {
        int64_t left_ms = deadline_ms - bp_clock_ms();
        struct view head = view_of(space, len);
        if (left_ms <= 0 || view_find(head, VIEW("\r\n\r\n")) < len)
            break;
        size_t step =
            bp_connection_receive(connection, space + len, ANSWER_LEN_MAX - len, (int)left_ms);
        if (step == 0)
            break;
        len += step;
    }
    return view_of(space, len);
}

enum redirect { REDIRECT_NONE, REDIRECT_READ, REDIRECT_UNREADABLE };

// Where a colon no longer ends a scheme (RFC 3986, section 4.2).
static size_t begin_of_path(struct view reference)
{
    struct view begin = view_first(reference, view_index(reference, '/'));
    begin = view_first(begin, view_index(begin, '?'));
    return view_index(begin, '#');
}

// The host of what stands behind Location:, whose path nobody asks for; `space` keeps it.
static enum redirect read_redirect(struct view *host, struct buf *space, struct view head)
{
    struct view name = VIEW("\nlocation:");
    struct garden_places found = {.count = 0};
    size_t at = view_find_nocase(head, name);
    if (at == head.len)
        return REDIRECT_NONE;
    struct view value = view_from(head, at + name.len);
    value = view_first(value, view_index(value, '\n'));
    value = view_trim(view_first(value, view_index(value, '\r')), VIEW(" \t"));
    bool has_scheme = view_index(value, ':') < begin_of_path(value);
    bool is_relative = !has_scheme && !view_starts(value, VIEW("//"));
    if (is_relative) // it stays at the same host
        return REDIRECT_NONE;
    size_t slashes = view_find(value, VIEW("//"));
    size_t begin = slashes == value.len ? slashes : slashes + 2;
    size_t end = begin + view_index(view_from(value, begin), '/');
    buf_put_text(space, has_scheme ? "" : "http:");
    buf_put(space, view_first(value, end));
    bool is_read = !space->overflow && garden_places_url(&found, buf_view(space), GARDEN_OF_LIST);
    *host = is_read ? found.items[0].host : view_of(NULL, 0);
    return is_read ? REDIRECT_READ : REDIRECT_UNREADABLE;
}

static void judge_redirect(struct garden_reach *out, struct buf *words,
                           const struct garden_way *way, enum redirect redirect, struct view host)
{
    bool is_read = redirect == REDIRECT_READ;
    bool is_portal = is_read && view_equal_nocase(host, way->portal);
    buf_put_text(words, is_portal ? ", sent to the portal"
                        : is_read ? ", sent to "
                                  : ", sent to what cannot be read");
    if (!is_portal) {
        buf_put_escaped(words,
                        view_first(host, host.len < SHOWN_LEN_MAX ? host.len : SHOWN_LEN_MAX));
        buf_put_text(words, ": is that somebody who answers in its place?");
    }
    settle(out, is_portal ? GARDEN_BLOCKED : GARDEN_DOUBTFUL, words);
}

static void judge_answer(struct garden_reach *out, struct buf *words, const struct garden_way *way,
                         const struct garden_place *place, struct view head)
{
    char location[REQUEST_LEN_MAX];
    struct buf space = BUF(location);
    unsigned status = 0;
    struct view host = view_of(NULL, 0);
    if (!garden_tunnel_status(&status, head)) {
        buf_put_text(words, "what answered is not HTTP/1");
        settle(out, GARDEN_DOUBTFUL, words);
        return;
    }
    buf_put_text(words, "HTTP status ");
    buf_put_unsigned(words, status);
    enum redirect redirect = status / 100 == 3 ? read_redirect(&host, &space, head) : REDIRECT_NONE;
    if (redirect != REDIRECT_NONE && !view_equal_nocase(host, place->host)) {
        judge_redirect(out, words, way, redirect, host);
        return;
    }
    bool is_portal = status == 511;
    buf_put_text(words, is_portal ? ": the network wants a login" : "");
    settle(out, is_portal ? GARDEN_BLOCKED : GARDEN_REACHED, words);
}

static void judge_http(struct garden_reach *out, struct buf *words, const struct garden_way *way,
                       const struct garden_place *place, struct bp_connection *connection)
{
    char request_space[REQUEST_LEN_MAX];
    char answer[ANSWER_LEN_MAX];
    struct buf request = BUF(request_space);
    bool is_6 = view_index(place->host, ':') < place->host.len;
    buf_put_text(&request, "HEAD / HTTP/1.1\r\nHost: ");
    buf_put_text(&request, is_6 ? "[" : "");
    buf_put(&request, place->host);
    buf_put_text(&request, is_6 ? "]" : "");
    if (place->port != 80) {
        buf_put_byte(&request, ':');
        buf_put_unsigned(&request, place->port);
    }
    buf_put_text(&request, "\r\nUser-Agent: balprobe\r\nAccept: */*\r\nConnection: close\r\n\r\n");
    (void)!bp_connection_send(connection, buf_view(&request), 0, 0, way->times.answer_ms);
    struct view head = receive_head(connection, answer, way->times.answer_ms);
    if (head.len != 0) {
        judge_answer(out, words, way, place, head);
        return;
    }
    buf_put_text(words, "connected, but no answer: ");
    put_end(words, connection);
    settle(out, outcome_of(&connection->stream.end), words);
}

// Connected as far as the first hop; goes on to the host itself.
static void probe_on(struct garden_reach *out, struct buf *words, const struct garden_way *way,
                     const struct garden_place *place, struct bp_connection *connection)
{
    char name[GARDEN_NAME_LEN_MAX + 1];
    bool has_proxy = way->proxy.kind != GARDEN_PROXY_NONE;
    if (has_proxy) {
        enum garden_tunnel_end end = garden_tunnel_open(
            connection, words, way->proxy.kind, place->host, place->port, way->times.connect_ms);
        if (end != GARDEN_TUNNEL_OPEN) {
            settle(out, end == GARDEN_TUNNEL_REFUSED ? GARDEN_BLOCKED : GARDEN_UNTESTED, words);
            return;
        }
    }
    if (!place->is_secure) {
        judge_http(out, words, way, place, connection);
        return;
    }
    bool is_open = copy_host(name, place->host) &&
                   bp_connection_secure(connection, &way->tls, name, way->times.answer_ms);
    judge_tls(out, words, connection, is_open);
}

void garden_probe(struct garden_reach *out, const struct garden_way *way,
                  const struct garden_target *target)
{
    struct buf words = buf_of(out->words, sizeof out->words - 1);
    bool has_proxy = way->proxy.kind != GARDEN_PROXY_NONE;
    struct bp_connection connection;
    out->taken_us = 0;
    if (has_star(&target->place)) {
        settle(out, GARDEN_UNTESTED, &words);
        return;
    }
    if (!target->has_route) {
        buf_put_text(&words, has_proxy ? "the proxy's name cannot be resolved"
                                       : "the name cannot be resolved");
        settle(out, has_proxy ? GARDEN_UNTESTED : GARDEN_NAMELESS, &words);
        return;
    }
    int64_t begin_us = bp_clock_us();
    if (bp_connection_open(&connection, &target->route, NULL, NULL, &way->times)) {
        probe_on(out, &words, way, &target->place, &connection);
    } else {
        buf_put_text(&words, has_proxy ? "the proxy cannot be reached: " : "");
        connection.stream.end.in_handshake = false;
        put_end(&words, &connection);
        settle(out, has_proxy ? GARDEN_UNTESTED : outcome_of(&connection.stream.end), &words);
    }
    out->taken_us = bp_clock_us() - begin_us;
    bp_connection_close(&connection);
}

static const char *id_of(enum garden_origin origin)
{
    static const char *const ids[] = {
        [GARDEN_OF_LIST] = "WG-1", [GARDEN_OF_ENDPOINT] = "WG-3", [GARDEN_OF_PORTAL] = "WG-3",
        [GARDEN_OF_OPEN] = "WG-1", [GARDEN_OF_CLOSED] = "WG-5",
    };
    return ids[origin];
}

// What is found, against what is wanted.
static enum lint_grade grade_of(enum garden_outcome outcome, bool is_closed)
{
    static const enum lint_grade grades[][2] = {
        [GARDEN_REACHED] = {LINT_OK, LINT_FAILED},
        [GARDEN_DOUBTFUL] = {LINT_WARNING, LINT_WARNING},
        [GARDEN_BLOCKED] = {LINT_FAILED, LINT_OK},
        [GARDEN_NAMELESS] = {LINT_FAILED, LINT_WARNING},
        [GARDEN_UNTESTED] = {LINT_WARNING, LINT_WARNING},
    };
    return grades[outcome][is_closed];
}

static void put_time(struct buf *out, int64_t us)
{
    if (us != 0) {
        buf_put_text(out, " after ");
        buf_put_signed(out, us / 1000);
        buf_put_byte(out, '.');
        buf_put_signed(out, us / 100 % 10);
        buf_put_text(out, " ms");
    }
    buf_put_text(out, ": ");
}

bool garden_probe_put(struct lint *lint, const struct garden_place *place,
                      const struct garden_reach *reach, bool is_stood_for)
{
    static const char *const outcomes[] = {
        [GARDEN_REACHED] = "reached",     [GARDEN_DOUBTFUL] = "doubtful",
        [GARDEN_BLOCKED] = "blocked",     [GARDEN_NAMELESS] = "not reached",
        [GARDEN_UNTESTED] = "not tested",
    };
    bool is_closed = place->origin == GARDEN_OF_CLOSED;
    char column_space[PLACE_LEN_MAX];
    char words_space[GARDEN_WORDS_LEN_MAX + 64];
    struct buf column = BUF(column_space);
    struct buf words = buf_of(words_space, sizeof words_space - 1);
    buf_put(&column, place->host);
    buf_put_byte(&column, ':');
    buf_put_unsigned(&column, place->port);
    struct lint_item item = {.grade = grade_of(reach->outcome, is_closed),
                             .id = id_of(place->origin),
                             .column = buf_view(&column),
                             .words = words_space};
    buf_put_text(&words, outcomes[reach->outcome]);
    if (has_star(place)) {
        item.grade = is_stood_for ? LINT_OK : LINT_WARNING;
        buf_put_text(&words, is_stood_for ? ": --open names one of its hosts"
                                          : ": a star has no address; name a host with --open");
    } else {
        put_time(&words, reach->taken_us);
        buf_put_text(&words, reach->words);
    }
    words_space[words.len] = '\0';
    lint_put(lint, &item);
    return reach->outcome != GARDEN_UNTESTED || has_star(place);
}

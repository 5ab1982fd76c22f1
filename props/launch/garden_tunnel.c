// SPDX-License-Identifier: Apache-2.0
#include "props/launch/garden_tunnel.h"

#include "net/clock.h"

enum { REQUEST_LEN_MAX = 1024, HEAD_LEN_MAX = 8192, NAME_LEN_MAX = 255 };

bool garden_proxy_read(struct garden_proxy *out, struct view text)
{
    static const struct {
        struct view scheme;
        enum garden_proxy_kind kind;
    } schemes[] = {{VIEW_INIT("http://"), GARDEN_PROXY_CONNECT},
                   {VIEW_INIT("socks5://"), GARDEN_PROXY_SOCKS5},
                   {VIEW_INIT("socks5h://"), GARDEN_PROXY_SOCKS5}};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        struct bp_url url;
        struct bp_fault fault;
        char space[REQUEST_LEN_MAX];
        struct buf plain = BUF(space);
        struct view authority = text;
        if (!view_starts(text, schemes[i].scheme))
            continue;
        authority = view_from(text, schemes[i].scheme.len);
        buf_put_text(&plain, "http://");
        buf_put(&plain, authority);
        bool is_url = !plain.overflow && bp_url_read(&url, &fault, buf_view(&plain));
        if (!is_url || url.path.len != 0)
            return false;
        // The same place in the text that outlives us; a port must be there.
        size_t offset = (size_t)(url.host.data - plain.data) - VIEW("http://").len;
        size_t end = offset + url.host.len;
        bool is_bracketed = end < authority.len && authority.data[end] == ']';
        size_t colon = end + (is_bracketed ? 1 : 0);
        *out = (struct garden_proxy){schemes[i].kind,
                                     view_of(authority.data + offset, url.host.len), url.port};
        return colon + 1 < authority.len && authority.data[colon] == ':' &&
               byte_is_digit(authority.data[colon + 1]);
    }
    return false;
}

bool garden_tunnel_status(unsigned *status, struct view head)
{
    bool is_answer = view_starts(head, VIEW("HTTP/1.")) && head.len >= 12 && head.data[8] == ' ';
    *status = 0;
    for (size_t i = 9; i < 12 && is_answer; i++) {
        is_answer = byte_is_digit(head.data[i]);
        *status = *status * 10 + (unsigned)(head.data[i] - '0');
    }
    return is_answer;
}

// receive_exactly reads `len` bytes.
static bool receive_exactly(struct bp_connection *connection, char *space, size_t len,
                            int timeout_ms)
{
    int64_t deadline_ms = bp_clock_ms() + timeout_ms;
    for (size_t got = 0; got < len;) {
        int64_t left_ms = deadline_ms - bp_clock_ms();
        size_t step = left_ms <= 0
                          ? 0
                          : bp_connection_receive(connection, space + got, len - got, (int)left_ms);
        if (step == 0)
            return false;
        got += step;
    }
    return true;
}

static enum garden_tunnel_end fail(struct buf *words, const char *text)
{
    buf_put_text(words, text);
    return GARDEN_TUNNEL_FAILED;
}

// The head of the proxy's answer, octet by octet: what follows belongs to the tunnel.
static size_t receive_head(struct bp_connection *connection, char *space, int timeout_ms)
{
    int64_t deadline_ms = bp_clock_ms() + timeout_ms;
    for (size_t len = 0; len < HEAD_LEN_MAX; len++) {
        int64_t left_ms = deadline_ms - bp_clock_ms();
        if (left_ms <= 0 || bp_connection_receive(connection, space + len, 1, (int)left_ms) == 0)
            return 0;
        bool is_end = len >= 3 && memcmp(space + len - 3, "\r\n\r\n", 4) == 0;
        if (is_end)
            return len + 1;
    }
    return 0;
}

static void put_authority(struct buf *out, struct view host, uint16_t port)
{
    bool is_6 = view_index(host, ':') < host.len;
    buf_put_text(out, is_6 ? "[" : "");
    buf_put(out, host);
    buf_put_text(out, is_6 ? "]:" : ":");
    buf_put_unsigned(out, port);
}

// Statuses that speak of the host, not of us.
static bool is_about_host(unsigned status)
{
    return status == 403 || status == 404 || status == 451 || status == 500 ||
           (status >= 502 && status <= 504);
}

static enum garden_tunnel_end ask_connect(struct bp_connection *connection, struct buf *words,
                                          struct view host, uint16_t port, int timeout_ms)
{
    char request_space[REQUEST_LEN_MAX];
    char head[HEAD_LEN_MAX];
    struct buf request = BUF(request_space);
    buf_put_text(&request, "CONNECT ");
    put_authority(&request, host, port);
    buf_put_text(&request, " HTTP/1.1\r\nHost: ");
    put_authority(&request, host, port);
    buf_put_text(&request, "\r\n\r\n");
    if (request.overflow)
        return fail(words, "the host name is too long");
    (void)!bp_connection_send(connection, buf_view(&request), 0, 0, timeout_ms);
    size_t len = receive_head(connection, head, timeout_ms);
    unsigned status = 0;
    if (!garden_tunnel_status(&status, view_of(head, len)))
        return fail(words, "the proxy did not answer CONNECT with HTTP/1");
    if (status / 100 == 2)
        return GARDEN_TUNNEL_OPEN;
    buf_put_text(words, "the proxy answered CONNECT with ");
    buf_put_unsigned(words, status);
    return is_about_host(status) ? GARDEN_TUNNEL_REFUSED : GARDEN_TUNNEL_FAILED;
}

// Replies of RFC 1928 section 6.
static enum garden_tunnel_end judge_reply(struct buf *words, unsigned char reply)
{
    static const struct {
        const char *words;
        enum garden_tunnel_end end;
    } replies[] = {
        {"", GARDEN_TUNNEL_OPEN},
        {"the proxy says: general failure", GARDEN_TUNNEL_REFUSED},
        {"the proxy says: not allowed by its rules", GARDEN_TUNNEL_REFUSED},
        {"the proxy says: network unreachable", GARDEN_TUNNEL_REFUSED},
        {"the proxy says: host unreachable", GARDEN_TUNNEL_REFUSED},
        {"the proxy says: connection refused", GARDEN_TUNNEL_REFUSED},
        {"the proxy says: it took too long", GARDEN_TUNNEL_REFUSED},
        {"the proxy does not know the command CONNECT", GARDEN_TUNNEL_FAILED},
        {"the proxy does not know this kind of address", GARDEN_TUNNEL_FAILED},
    };
    if (reply >= sizeof replies / sizeof replies[0])
        return fail(words, "the proxy answered with a reply that SOCKS5 does not have");
    buf_put_text(words, replies[reply].words);
    return replies[reply].end;
}

static enum garden_tunnel_end ask_socks5(struct bp_connection *connection, struct buf *words,
                                         struct view host, uint16_t port, int timeout_ms)
{
    enum { VERSION = 5, NO_AUTHENTICATION = 0, CONNECT = 1, IPV4 = 1, NAME = 3, IPV6 = 4 };
    char request_space[REQUEST_LEN_MAX];
    char answer[NAME_LEN_MAX + 4];
    struct buf request = BUF(request_space);
    if (host.len > NAME_LEN_MAX)
        return fail(words, "the host name is too long");
    (void)!bp_connection_send(connection, VIEW("\x05\x01\x00"), 0, 0, timeout_ms);
    if (!receive_exactly(connection, answer, 2, timeout_ms) || answer[0] != VERSION)
        return fail(words, "the proxy did not answer with SOCKS5");
    if (answer[1] != NO_AUTHENTICATION)
        return fail(words, "the proxy wants credentials");
    const char head[] = {VERSION, CONNECT, 0, NAME, (char)host.len};
    buf_put(&request, view_of(head, sizeof head));
    buf_put(&request, host);
    buf_put_byte(&request, (char)(port >> 8));
    buf_put_byte(&request, (char)(port & 0xff));
    (void)!bp_connection_send(connection, buf_view(&request), 0, 0, timeout_ms);
    // Version, reply, reserved, kind of address and the first octet of it.
    if (!receive_exactly(connection, answer, 5, timeout_ms) || answer[0] != VERSION)
        return fail(words, "the proxy did not answer with SOCKS5");
    if (answer[1] != 0)
        return judge_reply(words, (unsigned char)answer[1]);
    size_t rest_len = answer[3] == IPV4   ? 3 + 2
                      : answer[3] == IPV6 ? 15 + 2
                      : answer[3] == NAME ? (size_t)(unsigned char)answer[4] + 2
                                          : 0;
    if (rest_len == 0 || !receive_exactly(connection, answer, rest_len, timeout_ms))
        return fail(words, "the proxy's answer is not SOCKS5");
    return GARDEN_TUNNEL_OPEN;
}

enum garden_tunnel_end garden_tunnel_open(struct bp_connection *connection, struct buf *words,
                                          enum garden_proxy_kind kind, struct view host,
                                          uint16_t port, int timeout_ms)
{
    return kind == GARDEN_PROXY_CONNECT ? ask_connect(connection, words, host, port, timeout_ms)
                                        : ask_socks5(connection, words, host, port, timeout_ms);
}

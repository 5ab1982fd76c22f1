// SPDX-License-Identifier: Apache-2.0
#include "props/cli/resend.h"

#include "http/octet.h"
#include "props/report/secret.h"
#include "tool/shell.h"

// What makes a transaction id fresh each time the line is run.
#define FRESH_ID "$(date +%s)"

// A request as curl has to be told of it; the views are parts of its bytes.
struct request {
    struct view method;
    struct view target;
    struct view fields; // the lines behind the first one, without the empty line
};

// Takes the next line off `*rest`, without its CR LF; false when it does not end so.
static bool take_line(struct view *line, struct view *rest)
{
    size_t len = view_find(*rest, VIEW("\r\n"));
    if (len == rest->len)
        return false;
    *line = view_first(*rest, len);
    *rest = view_from(*rest, len + 2);
    return true;
}

static bool is_upper_word(struct view word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.data[i] < 'A' || word.data[i] > 'Z')
            return false;
    return word.len != 0;
}

static bool read_first_line(struct request *out, struct view line)
{
    size_t blank = view_index(line, ' ');
    struct view rest = view_from(line, blank < line.len ? blank + 1 : blank);
    size_t target_len = view_index(rest, ' ');
    out->method = view_first(line, blank);
    out->target = view_first(rest, target_len);
    return is_upper_word(out->method) && view_starts(out->target, VIEW("/")) &&
           shell_is_printable(out->target) && view_index(out->target, '#') == out->target.len &&
           view_equal(view_from(rest, target_len), VIEW(" HTTP/1.1"));
}

// "Name: value", which curl writes as it is told.
static bool is_plain_field(struct view line)
{
    size_t name_len = view_index(line, ':');
    if (name_len == 0 || name_len + 2 >= line.len || line.data[name_len + 1] != ' ')
        return false;
    for (size_t i = 0; i < name_len; i++)
        if (!bp_octet_is(line.data[i], BP_OCTET_TOKEN))
            return false;
    char first = line.data[name_len + 2];
    return first != ' ' && line.data[line.len - 1] != ' ' && shell_is_printable(line);
}

// Whether curl can send the request: one Host field, the right one, and no body.
static bool read_for_curl(struct request *out, const struct exchange *x)
{
    struct view rest = x->request;
    struct view line;
    if (!take_line(&line, &rest) || !read_first_line(out, line))
        return false;
    unsigned host_count = 0;
    out->fields = rest;
    while (take_line(&line, &rest)) {
        if (line.len == 0) {
            out->fields.len -= rest.len + 2;
            return rest.len == 0 && host_count == 1;
        }
        if (!is_plain_field(line))
            return false;
        bool is_host = view_equal_nocase(view_first(line, view_index(line, ':')), VIEW("Host"));
        if (is_host && !view_equal(view_from(line, sizeof "Host: " - 1), x->fixture->host))
            return false;
        host_count += is_host;
    }
    return false;
}

static struct view id_of(const struct exchange *x)
{
    return x->intent == NULL ? view_of(NULL, 0)
                             : view_of(x->intent->transaction, x->intent->transaction_len);
}

// Whether a line ends with the id of this send: an endpoint may refuse it the second time.
static bool has_fresh_id(const struct exchange *x, struct view line)
{
    struct view id = id_of(x);
    return id.len != 0 && view_find(line, id) + id.len == line.len;
}

static void put_user(struct buf *out, const struct connect *connect)
{
    const char *word = connect->given->words[connect->base + CONNECT_USER];
    if (word == NULL)
        return;
    buf_put_text(out, " -u ");
    connect_put_secret(out, CONNECT_USER, word);
}

// Fields of the user's own come from the options again.
static void put_own_fields(struct buf *out, const struct connect *connect)
{
    size_t at = 0;
    const struct option_item *item = NULL;
    while ((item = options_next(connect->given, connect->base + CONNECT_HEADER, &at)) != NULL) {
        buf_put_text(out, " -H ");
        connect_put_secret(out, CONNECT_HEADER, item->word);
    }
}

static void put_field(struct buf *out, const struct connect *connect, const struct exchange *x,
                      struct view line)
{
    struct view name = view_first(line, view_index(line, ':'));
    bool is_authorization = view_equal_nocase(name, VIEW("Authorization"));
    if (view_equal_nocase(name, VIEW("Host")))
        return;
    if (view_find(x->fixture->fields, line) < x->fixture->fields.len)
        return;
    if (has_fresh_id(x, line)) {
        buf_put_text(out, " -H \"");
        buf_put(out, name);
        buf_put_text(out, ": MSFT-" FRESH_ID "\"");
    } else if (!is_authorization) {
        buf_put_text(out, " -H ");
        shell_put_word(out, line);
    } else if (x->sense[AXIS_AUTH] == SENSE_PLAIN || x->sense[AXIS_AUTH] == SENSE_AUTH_RIGHT) {
        put_user(out, connect);
    } else {
        buf_put_text(out, " -H 'Authorization: ***'");
    }
}

static void put_curl(struct buf *out, const struct connect *connect, const struct exchange *x,
                     const struct request *request)
{
    struct view rest = request->fields;
    struct view line;
    buf_put_text(out, "curl -i -g --path-as-is");
    connect_put_curl(out, connect);
    if (view_equal(request->method, VIEW("HEAD"))) {
        buf_put_text(out, " -I");
    } else if (!view_equal(request->method, VIEW("GET"))) {
        buf_put_text(out, " -X ");
        buf_put(out, request->method);
    }
    while (take_line(&line, &rest))
        put_field(out, connect, x, line);
    put_own_fields(out, connect);
    buf_put_byte(out, ' ');
    char space[RESEND_REQUEST_LEN_MAX + BP_HOST_LEN_MAX + 16];
    struct buf url = BUF(space);
    buf_put_text(&url, connect->target.url.is_secure ? "https://" : "http://");
    buf_put(&url, connect->target.url.authority);
    buf_put(&url, request->target);
    shell_put_word(out, buf_view(&url));
}

// The request with asterisks where secrets stand.
static void put_masked_lines(struct buf *out, const struct exchange *x)
{
    struct view rest = x->request;
    while (rest.len != 0) {
        size_t at = view_index(rest, '\n');
        struct view line = view_first(rest, at < rest.len ? at + 1 : at);
        rest = view_from(rest, line.len);
        if (secret_is_line(x->fixture, line)) {
            buf_put(out, view_first(line, view_index(line, ':')));
            buf_put_text(out, ": ***\r\n");
        } else {
            buf_put(out, line);
        }
    }
}

// The bytes with another id in place of `id`, which stands there at most once.
static void put_printf(struct buf *out, struct view bytes, struct view id)
{
    size_t at = id.len == 0 ? bytes.len : view_find(bytes, id);
    bool has_id = at < bytes.len;
    buf_put_text(out, "printf '");
    shell_put_format(out, view_first(bytes, at));
    if (has_id) {
        buf_put_text(out, "MSFT-%s");
        shell_put_format(out, view_from(bytes, at + id.len));
    }
    buf_put_text(out, has_id ? "' \"" FRESH_ID "\"" : "'");
}

void resend_put(struct buf *out, const struct connect *connect, const struct exchange *x)
{
    struct request request;
    if (x->request.len > RESEND_REQUEST_LEN_MAX)
        return;
    if (read_for_curl(&request, x)) {
        put_curl(out, connect, x, &request);
    } else if (connect->target.url.is_secure) {
        char space[RESEND_REQUEST_LEN_MAX + 256];
        struct buf bytes = BUF(space);
        put_masked_lines(&bytes, x);
        put_printf(out, buf_view(&bytes), id_of(x));
        buf_put_text(out, " | openssl s_client -quiet");
        connect_put_s_client(out, connect);
    }
}

void resend_put_command(void *connect, struct buf *out, const struct exchange *x)
{
    resend_put(out, connect, x);
}

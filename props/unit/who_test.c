// SPDX-License-Identifier: Apache-2.0
#include "props/tls/who.h"

#include "props/unit/unit.h"

#define NGINX_PAGE                                                                             \
    "<html>\r\n<head><title>400 No required SSL certificate was sent</title></head>\r\n"       \
    "<body>\r\n<center><h1>400 Bad Request</h1></center>\r\n"                                  \
    "<center>No required SSL certificate was sent</center>\r\n<hr><center>nginx/1.22.1</cente" \
    "r>\r\n</body>\r\n</html>\r\n"
#define HAPROXY_PAGE                                                                   \
    "<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n" \
    "</body></html>\n"
#define LIGHTTPD_PAGE                                                                       \
    "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD " \
    "XHTML 1.0 Transitional//EN\"\n         \"http://www.w3.org/TR/xhtml1/DTD/"             \
    "xhtml1-transitional.dtd\">\n<html xmlns=\"http://www.w3.org/1999/xhtml\" "             \
    "xml:lang=\"en\" lang=\"en\">\n"
#define JSON "Content-Type: application/json\r\n"
#define ERROR "{\"error\":{\"code\":\"cert.missing\"}}"

struct row {
    const char *fields;
    const char *body;
    const char *want; // NULL: nobody
};

static const struct row rows[] = {
    {"Server: nginx/1.22.1\r\n", NGINX_PAGE, "nginx"},
    {"Server: nginx\r\n", "", "nginx"},
    {"", NGINX_PAGE, "nginx"},
    {"Server: openresty/1.21\r\n", "", "nginx"},
    {"", HAPROXY_PAGE, "HAProxy"},
    {"Server: Apache/2.4.62 (Debian)\r\n", "", "Apache"},
    {"", "<html><hr>\n<address>Apache/2.4.62 Server at a Port 443</address>", "Apache"},
    {"Server: lighttpd/1.4.69\r\n", LIGHTTPD_PAGE, "lighttpd"},
    {"", LIGHTTPD_PAGE, "lighttpd"},
    {"Server: Caddy\r\n", "", "Caddy"},
    {"Server: Microsoft-IIS/10.0\r\n", "<h2>403.7</h2>", "IIS"},
    {"Server: Microsoft-HTTPAPI/2.0\r\n", "<h2>Bad Request - Invalid URL</h2>", "HTTP.sys"},
    {"Server: awselb/2.0\r\n", "<html>\r\n<head>", "AWS Application Load Balancer"},
    {"x-amz-apigw-id: a=\r\nx-amzn-ErrorType: ForbiddenException\r\n" JSON,
     "{\"message\":\"Forbidden\"}", "AWS API Gateway"},
    {"x-amz-apigw-id: a=\r\n" JSON, ERROR, "the application"},
    {"Server: cloudflare\r\nCF-RAY: 1-FRA\r\n", NGINX_PAGE, "Cloudflare"},
    {"Server: Microsoft-Azure-Application-Gateway/v2\r\n", "", "Azure Application Gateway"},
    {"X-Azure-Ref: 0a\r\n", "", "Azure Front Door"},
    {"server: envoy\r\n", "", "Envoy"},
    {"server: istio-envoy\r\n", "", "Envoy"},
    {"Server: Kestrel\r\n", "", "Kestrel"},
    {"Server: Jetty(9.4)\r\n", "", "Jetty"},
    {JSON, ERROR, "the application"},
    {"Content-Type: application/json; charset=utf-8\r\n", "[]", "the application"},
    {"Content-Type: application/problem+json\r\n", "{}", "the application"},
    {"Server: nginx\r\n" JSON, ERROR, "the application"},
    {"Server: nginx\r\n" JSON, NGINX_PAGE, "nginx"},
    {"Server: nginx\r\n" JSON, "", "nginx"},
    {"Server: mine\r\n", HAPROXY_PAGE, NULL},
    {"Server: mine\r\n", "", NULL},
    {"", "", NULL},
    {"", "<html>no</html>", NULL},
    {"Server: ng\r\n", "", NULL},
};

static const struct who *find(const char *fields, const char *body)
{
    char space[1024];
    struct buf text = BUF(space);
    struct bp_head_reader reader;
    struct bp_head head;
    struct bp_fault fault;
    size_t used = 0;
    buf_put_text(&text, "HTTP/1.1 400 Bad Request\r\n");
    buf_put_text(&text, fields);
    buf_put_text(&text, "\r\n");
    bp_head_start(&reader, &head, BP_RESPONSE);
    CHECK(bp_head_read(&head, &used, &fault, &reader, buf_view(&text)) == BP_READ_DONE);
    return who_find(&head, view_of_text(body));
}

static void check_table(void)
{
    for (size_t i = 0; i < who_count(); i++) {
        const struct who *who = who_at(i);
        CHECK_ROW(i, who->name[0] != '\0' && who->words[0] != '\0');
        CHECK_ROW(i, who_called(view_of_text(who->name)) != NULL);
        bool is_guessed = view_equal(view_of_text(who->name), VIEW("Node"));
        CHECK_ROW(i, is_guessed || who->server != NULL || who->field != NULL || who->body != NULL);
    }
    static const char *const tried[] = {"nginx", "haproxy", "Apache", "lighttpd", "Node"};
    for (size_t i = 0; i < sizeof tried / sizeof tried[0]; i++)
        CHECK_ROW(i, who_called(view_of_text(tried[i]))->remedy != NULL);
    CHECK(who_called(VIEW("Caddy"))->remedy == NULL);
    CHECK(who_called(VIEW("nobody")) == NULL);
}

static void check_guesses(void)
{
    const struct bp_end ends[] = {
        {.kind = BP_END_EOF},
        {.kind = BP_END_CLOSED},
        {.kind = BP_END_ALERT, .code = 42},
        {.kind = BP_END_ALERT, .code = 116},
        {.kind = BP_END_RESET},
        {.kind = BP_END_NONE},
    };
    static const char *const names[] = {"Node", "Node", "Caddy", NULL, NULL, NULL};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        const struct who *who = who_guess(&ends[i]);
        CHECK_ROW(i, (who == NULL) == (names[i] == NULL));
        if (who != NULL)
            CHECK_ROW(i, view_equal(view_of_text(who->name), view_of_text(names[i])));
    }
}

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct who *who = find(rows[i].fields, rows[i].body);
        CHECK_ROW(i, (who == NULL) == (rows[i].want == NULL));
        if (who == NULL || rows[i].want == NULL)
            continue;
        CHECK_ROW(i, view_equal(view_of_text(who->name), view_of_text(rows[i].want)));
        bool is_app = view_equal(view_of_text(who->name), VIEW("the application"));
        CHECK_ROW(i, !is_app || who->is_application);
    }
    check_table();
    check_guesses();
    return unit_end();
}

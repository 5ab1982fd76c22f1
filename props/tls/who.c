// SPDX-License-Identifier: Apache-2.0
#include "props/tls/who.h"

#include "props/tls/who_remedies.h"
#include "tool/text.h"

enum { REMEDY_COLUMN = 5 };

// Gateways that stand in front of others come first: their fields are on the answers of all.
static const struct who rows[] = {
    {.name = "Cloudflare",
     .server = "cloudflare",
     .field = "CF-RAY",
     .body = "cloudflare",
     .words = "its edge ends TLS and answers 403 by a firewall rule on cf.tls_client_auth; what "
              "reaches the origin is Cloudflare's own certificate. Rules can tell a missing "
              "certificate from a bad one; we have not tried them"},
    {.name = "AWS API Gateway",
     .field = "x-amz-apigw-id",
     .words = "refuses every bad certificate with 403 or an alert before your code runs; only a "
              "TLS terminator of your own can answer 401"},
    {.name = "AWS Application Load Balancer",
     .server = "awselb",
     .words = "in verify mode it resets the connection; in passthrough mode it hands the "
              "certificate to the application (X-Amzn-Mtls-Clientcert), which then has to verify "
              "it and answer 401 or 403 itself. We have not tried it"},
    {.name = "Azure Front Door",
     .field = "X-Azure-Ref",
     .words = "ends TLS at the edge; let the endpoint's own server do mutual TLS"},
    {.name = "Azure Application Gateway",
     .server = "Microsoft-Azure-Application-Gateway",
     .words = "answers 400 to a missing certificate and to one it does not trust; its passthrough "
              "mode leaves the decision to the application. We have not tried it"},
    {.name = "Envoy",
     .server = "envoy",
     .field = "x-envoy-upstream-service-time",
     .words = "with require_client_certificate it sends alerts; without it, and with "
              "trust_chain_verification ACCEPT_UNTRUSTED, the decision can be made by an RBAC "
              "filter or the application from x-forwarded-client-cert. We have not tried it"},
    {.name = "Envoy", .server = "istio-envoy", .words = "behind Istio; see Envoy"},
    {.name = "IIS",
     .server = "Microsoft-IIS",
     .body = "<h3>HTTP Error 403",
     .words = "answers 403.7 to a missing certificate, 403.16 to an untrusted and 403.17 to an "
              "expired one, before your code runs. For 401, put nginx or HAProxy in front"},
    {.name = "HTTP.sys",
     .server = "Microsoft-HTTPAPI",
     .body = "<h2>Bad Request - ",
     .words = "the Windows driver below IIS answered; for 401, put nginx or HAProxy in front"},
    {.name = "nginx",
     .server = "nginx",
     .body = "<center>nginx",
     .remedy = NGINX_REMEDY,
     .words = "answers 400 with a page of its own to a missing or bad certificate. With the remedy "
              "an expired certificate that has another fault as well (another CA, taken back) gets "
              "401 all the same: nginx keeps the last error only"},
    {.name = "nginx",
     .server = "openresty",
     .body = "<center>openresty",
     .remedy = NGINX_REMEDY,
     .words = "OpenResty is nginx; see there"},
    {.name = "Apache",
     .server = "Apache",
     .body = "<address>Apache",
     .remedy = APACHE_REMEDY,
     .words = "sends an alert. It can answer 401 to a missing certificate, and 403 to one of an "
              "unknown CA (no_crl_for_cert_ok is for that; every CA of yours needs its list in the "
              "file all the same). Any other fault, expired among them, stays an alert whatever "
              "is configured: for 401, put nginx or HAProxy in front"},
    {.name = "Caddy",
     .server = "Caddy",
     .words = "sends the alert bad_certificate for everything. With client_auth { mode request } "
              "every handshake passes and nothing is verified: the application then has to verify "
              "the certificate that it is handed, or put nginx or HAProxy in front"},
    {.name = "lighttpd",
     .server = "lighttpd",
     .remedy = LIGHTTPD_REMEDY,
     .words = "sends an alert. With the remedy (Debian: lighttpd-modules-lua) a script decides by "
              "the last error: what has another fault as well, or an issuer that has expired, "
              "gets 401 all the same when it has expired. After a broken signature it may close "
              "the connection instead"},
    {.name = "lighttpd",
     .body = "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n<html xmlns=",
     .remedy = LIGHTTPD_REMEDY,
     .words = "recognised by its error page"},
    {.name = "HAProxy",
     .body = "<html><body><h1>",
     .remedy = HAPROXY_REMEDY,
     .words = "sends an alert with verify required. With the remedy every certificate gets its "
              "documented status"},
    {.name = "Kestrel",
     .server = "Kestrel",
     .is_application = true,
     .words = "with ClientCertificateMode.AllowCertificate and a validation callback that says "
              "yes, the handshake passes; decide in the first middleware from the connection's "
              "certificate: none or expired 401, anything else 403. We have not tried it"},
    {.name = "Node",
     .is_application = true,
     .remedy = NODE_REMEDY,
     .words = "closes the connection without a byte when rejectUnauthorized is on. With the remedy "
              "an expired certificate that has another fault as well (another CA, taken back) gets "
              "401 all the same: Node keeps the last error only. After a broken signature it may "
              "close the connection. crl is a list for each string"},
    {.name = "Jetty",
     .server = "Jetty",
     .is_application = true,
     .words = "with setWantClientAuth(true) and a trust manager that records instead of throwing, "
              "a filter can answer 401 and 403. We have not tried it"},
};

static const struct who application = {
    .name = "the application",
    .is_application = true,
    .words = "the answer is JSON",
};

static bool begins(struct view value, const char *word)
{
    struct view wanted = view_of_text(word);
    return value.len >= wanted.len && view_equal_nocase(view_first(value, wanted.len), wanted);
}

static bool is_told(const struct who *row, const struct bp_head *head, struct view body)
{
    const struct view *server = bp_head_find(head, VIEW("Server"));
    if (row->server != NULL && server != NULL && begins(*server, row->server))
        return true;
    if (row->field != NULL && bp_head_find(head, view_of_text(row->field)) != NULL)
        return true;
    // A page tells who made it only as long as nobody has put his name on the answer.
    if (row->body == NULL || body.len == 0)
        return false;
    bool is_signed = server != NULL && row->server == NULL;
    return !is_signed && view_find_nocase(body, view_of_text(row->body)) < body.len;
}

static bool is_json(const struct bp_head *head, struct view body)
{
    struct view type = bp_head_known(head, BP_KNOWN_CONTENT_TYPE);
    bool says_json = begins(type, "application/json") || begins(type, "application/problem+json");
    return says_json && body.len != 0 && (body.data[0] == '{' || body.data[0] == '[');
}

// Gateways in the cloud answer in JSON themselves, and every answer has their fields.
static bool speaks_json(const struct bp_head *head)
{
    return bp_head_find(head, VIEW("x-amz-apigw-id")) != NULL &&
           bp_head_find(head, VIEW("x-amzn-ErrorType")) != NULL;
}

const struct who *who_find(const struct bp_head *head, struct view body)
{
    if (is_json(head, body) && !speaks_json(head))
        return &application;
    for (size_t i = 0; i < who_count(); i++)
        if (is_told(&rows[i], head, body))
            return &rows[i];
    return NULL;
}

const struct who *who_called(struct view name)
{
    for (size_t i = 0; i < who_count(); i++)
        if (view_equal_nocase(name, view_of_text(rows[i].name)))
            return &rows[i];
    return NULL;
}

const struct who *who_guess(const struct bp_end *end)
{
    enum { BAD_CERTIFICATE = 42 };
    if (end->kind == BP_END_ALERT && end->code == BAD_CERTIFICATE)
        return who_called(VIEW("Caddy"));
    bool is_silent = end->kind == BP_END_EOF || end->kind == BP_END_CLOSED;
    return is_silent ? who_called(VIEW("Node")) : NULL;
}

size_t who_count(void) { return sizeof rows / sizeof rows[0]; }

const struct who *who_at(size_t index) { return &rows[index]; }

static void put_lines(struct buf *out, const char *text)
{
    struct view rest = view_of_text(text);
    while (rest.len != 0) {
        size_t len = view_index(rest, '\n');
        if (len != 0)
            text_pad(out, REMEDY_COLUMN);
        buf_put(out, view_first(rest, len));
        buf_put_byte(out, '\n');
        rest = view_from(rest, len == rest.len ? len : len + 1);
    }
}

void who_put_remedy(struct buf *out, const struct who *who)
{
    text_put_row(out, "answered", who->name);
    text_put_row(out, "it", who->words);
    if (who->remedy == NULL)
        return;
    text_put_row(out, "remedy",
                 "in its configuration, with your own paths, and without what names crl.pem if "
                 "there is no revocation list:");
    put_lines(out, who->remedy);
}

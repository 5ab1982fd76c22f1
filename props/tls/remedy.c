// SPDX-License-Identifier: Apache-2.0
#include "props/tls/remedy.h"

static const struct remedy remedies[MISHAP_COUNT] = {
    [MISHAP_NONE] = {"", ""},
    [MISHAP_NAME] = {"the name is misspelt, or known only inside the operator's network",
                     "correct the URL, or give the address: --resolve HOST:PORT:ADDRESS"},
    [MISHAP_REFUSED] = {"the service is not running, listens on another port, or a firewall "
                        "refuses",
                        "check the port in the URL and that the service runs"},
    [MISHAP_UNREACHABLE] = {"there is no route to that address from here",
                            "check network and VPN; --interface, -4 and -6 choose another way"},
    [MISHAP_TIMEOUT] = {"a firewall drops the packets: often this address is not on the "
                        "endpoint's allow-list",
                        "ask the operator to allow this address; --connect-timeout waits longer"},
    [MISHAP_NO_TLS] = {"this port speaks no TLS, perhaps plain HTTP",
                       "use the port of HTTPS; behind a TLS terminator test the terminator"},
    [MISHAP_CLOSED] = {"the server gave up without a word: no TLS there, a client certificate that "
                       "it wants, or a name that it does not serve",
                       "check --cert and --key, and the host name in the URL"},
    [MISHAP_LOCAL] = {"this machine could not go on", "see the words above"},
    [MISHAP_SELF_SIGNED] = {"the server sends a certificate that it signed itself",
                            "give it to --cacert if it is meant to be so; a real endpoint needs a "
                            "certificate of a public authority"},
    [MISHAP_ISSUER] = {"the issuer of the server's certificate is not among those trusted, or the "
                       "server does not send the intermediate in between",
                       "give the issuer to --cacert; a real endpoint needs a public authority"},
    [MISHAP_CHAIN] = {"the server does not send its intermediate certificate, or the CA given is "
                      "not the one that issued it",
                      "let the server send the whole chain: its own certificate first, then the "
                      "intermediates"},
    [MISHAP_EXPIRED] = {"the server's certificate has expired", "renew it"},
    [MISHAP_NOT_YET] = {"the server's certificate is not valid yet, or a clock is wrong",
                        "check the clocks of both machines"},
    [MISHAP_OTHER_NAME] = {"the certificate is for another host than the one in the URL",
                           "use the name in the certificate, with --resolve or --connect-to when "
                           "it leads elsewhere, or issue one with this name"},
    [MISHAP_UNTRUSTED] = {"the server's certificate is not to be trusted",
                          "see the reason above; -k goes on nevertheless, in tests only"},
    [MISHAP_CLIENT_MISSING] = {"the endpoint wants a client certificate and got none",
                               "give --cert and --key"},
    [MISHAP_CLIENT_ISSUER] = {"the endpoint does not trust the issuer of the client certificate",
                              "let the endpoint trust the authority that issued it, and send the "
                              "whole chain in --cert"},
    [MISHAP_CLIENT_EXPIRED] = {"the client certificate has expired", "use one that is valid"},
    [MISHAP_CLIENT_BAD] = {"the endpoint does not like the client certificate: its key usage, its "
                           "signature, its key",
                           "it needs clientAuth and at least SHA-256 with RSA-2048 or P-256"},
    [MISHAP_CLIENT_REVOKED] = {"the endpoint holds the client certificate for revoked",
                               "use another one"},
    [MISHAP_HANDSHAKE] = {"no TLS version or cipher in common; under TLS 1.2 also a missing or "
                          "refused client certificate",
                          "check --cert, --key, and the server's versions and ciphers"},
    [MISHAP_VERSION] = {"the server does not speak the TLS versions that were offered",
                        "enable TLS 1.2 or 1.3 there; look at --tls-max"},
    [MISHAP_NAME_UNKNOWN] = {"the server does not serve this host name",
                             "use the host name that it is set up for"},
    [MISHAP_ALERT] = {"the server refused the handshake", "its log should say why"},
    [MISHAP_CLOSED_LATE] = {"the server closed the connection when it saw the request: often a "
                            "client certificate is missing or refused",
                            "check --cert and --key, and the server's log"},
    [MISHAP_SILENT] = {"the server took the request and did not answer in time",
                       "check what stands behind it; --max-time waits longer"},
    [MISHAP_GATEWAY_400] = {"a gateway in front of the application refused the client certificate, "
                            "or there was none",
                            "give --cert and --key; if they are right, let the gateway trust their "
                            "issuer. The documents want 401 or 403 here, not 400"},
    [MISHAP_400] =
        {"the plain request is refused as malformed",
         "the body of the answer may say why; is a field (-H) missing, or https in the URL?"},
    [MISHAP_401] = {"the endpoint does not accept the client certificate, or wants credentials",
                    "check that --cert is the one it was told of; give -u when it asks for Basic"},
    [MISHAP_401_BASIC] = {"the endpoint asks for Basic credentials",
                          "give them with -u '${NAME}', or --header for another scheme"},
    [MISHAP_403] = {"the endpoint does not trust the client certificate, or does not know its "
                    "subject",
                    "let it trust the issuer and allow the subject; check the allow-list of "
                    "addresses"},
    [MISHAP_404] = {"the base path in the URL is wrong, or the operator does not know the SIM",
                    "check the path in the URL, and the ICCID of role A in the inventory"},
    [MISHAP_405] = {"GET is not served at this path", "check the path in the URL"},
    [MISHAP_429] = {"the endpoint limits the rate", "lower --rate, or raise its limit for tests"},
    [MISHAP_MOVED] = {"the endpoint sends clients elsewhere",
                      "use the URL that the field Location names; it has to serve directly"},
    [MISHAP_5XX] = {"the endpoint or what stands behind it is broken", "its log should say why"},
    [MISHAP_STATUS] = {"the plain request gets a status that is not documented",
                       "check the URL: does another service answer there?"},
    [MISHAP_NO_HTTP] = {"what answers is no HTTP/1.1", "check the port in the URL"},
    [MISHAP_NO_LIST] = {"the answer holds no list of balances: another service, or a fault that "
                        "the clauses will name",
                        "check the path in the URL"},
};

const struct remedy *remedy_of(enum mishap mishap) { return &remedies[mishap]; }

struct code_row {
    int code;
    enum mishap mishap;
};

static enum mishap find_code(const struct code_row *rows, size_t count, int code,
                             enum mishap otherwise)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].code == code)
            return rows[i].mishap;
    return otherwise;
}

enum mishap mishap_of_verify(int error)
{
    // X509_V_ERR_... of OpenSSL, which only net/ includes; the numbers are part of its interface.
    static const struct code_row rows[] = {
        {0, MISHAP_NONE},        {2, MISHAP_ISSUER},       {9, MISHAP_NOT_YET},
        {10, MISHAP_EXPIRED},    {18, MISHAP_SELF_SIGNED}, {19, MISHAP_ISSUER},
        {20, MISHAP_ISSUER},     {21, MISHAP_CHAIN},       {62, MISHAP_OTHER_NAME},
        {64, MISHAP_OTHER_NAME},
    };
    return find_code(rows, sizeof rows / sizeof rows[0], error, MISHAP_UNTRUSTED);
}

static enum mishap mishap_of_alert(int alert, bool has_certificate)
{
    static const struct code_row rows[] = {
        {40, MISHAP_HANDSHAKE},     {41, MISHAP_CLIENT_MISSING},  {42, MISHAP_CLIENT_BAD},
        {43, MISHAP_CLIENT_BAD},    {44, MISHAP_CLIENT_REVOKED},  {45, MISHAP_CLIENT_EXPIRED},
        {46, MISHAP_CLIENT_BAD},    {48, MISHAP_CLIENT_ISSUER},   {49, MISHAP_CLIENT_ISSUER},
        {51, MISHAP_CLIENT_BAD},    {70, MISHAP_VERSION},         {71, MISHAP_HANDSHAKE},
        {112, MISHAP_NAME_UNKNOWN}, {116, MISHAP_CLIENT_MISSING},
    };
    enum mishap mishap = find_code(rows, sizeof rows / sizeof rows[0], alert, MISHAP_ALERT);
    bool is_about_ours = mishap == MISHAP_CLIENT_BAD || mishap == MISHAP_HANDSHAKE;
    return is_about_ours && !has_certificate ? MISHAP_CLIENT_MISSING : mishap;
}

enum mishap mishap_of_end(const struct bp_end *end, bool is_open, bool has_certificate)
{
    switch ((enum bp_end_kind)end->kind) {
    case BP_END_ALERT:
        return mishap_of_alert(end->code, has_certificate);
    case BP_END_UNTRUSTED:
        return mishap_of_verify(end->code);
    case BP_END_NAME:
        return MISHAP_NAME;
    case BP_END_REFUSED:
        return MISHAP_REFUSED;
    case BP_END_UNREACHABLE:
        return MISHAP_UNREACHABLE;
    case BP_END_TIMEOUT:
        return is_open ? MISHAP_SILENT : MISHAP_TIMEOUT;
    case BP_END_PROTOCOL:
        return is_open ? MISHAP_NO_HTTP : MISHAP_NO_TLS;
    case BP_END_CLOSED:
    case BP_END_EOF:
    case BP_END_RESET:
        return is_open ? MISHAP_CLOSED_LATE : MISHAP_CLOSED;
    case BP_END_NONE:
        return MISHAP_SILENT;
    default:
        return MISHAP_LOCAL;
    }
}

static bool is_certificate_page(const struct exchange *x)
{
    static const struct view words[] = {VIEW_INIT("SSL certificate"),
                                        VIEW_INIT("client certificate"),
                                        VIEW_INIT("TLS certificate")};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (view_find_nocase(x->body, words[i]) < x->body.len)
            return true;
    return false;
}

static bool has_basic_challenge(const struct exchange *x)
{
    struct view basic = VIEW("Basic");
    for (size_t i = 0; i < x->head.field_count; i++) {
        struct view value = x->head.fields[i].value;
        if (view_equal_nocase(x->head.fields[i].name, VIEW("WWW-Authenticate")) &&
            view_find_nocase(value, basic) < value.len)
            return true;
    }
    return false;
}

static enum mishap mishap_of_status(const struct exchange *x)
{
    static const struct code_row rows[] = {
        {401, MISHAP_401},   {403, MISHAP_403},   {404, MISHAP_404},   {405, MISHAP_405},
        {429, MISHAP_429},   {301, MISHAP_MOVED}, {302, MISHAP_MOVED}, {303, MISHAP_MOVED},
        {307, MISHAP_MOVED}, {308, MISHAP_MOVED},
    };
    if (x->status == 400)
        return is_certificate_page(x) ? MISHAP_GATEWAY_400 : MISHAP_400;
    if (x->status == 401 && has_basic_challenge(x))
        return MISHAP_401_BASIC;
    if (x->status >= 500)
        return MISHAP_5XX;
    return find_code(rows, sizeof rows / sizeof rows[0], (int)x->status, MISHAP_STATUS);
}

enum mishap mishap_of_answer(const struct exchange *x, bool has_certificate)
{
    if (x->fate == FATE_MALFORMED)
        return MISHAP_NO_HTTP;
    if (x->fate != FATE_ANSWERED)
        return MISHAP_SILENT;
    if (x->status != 200) {
        enum mishap mishap = mishap_of_status(x);
        bool is_about_ours =
            mishap == MISHAP_401 || mishap == MISHAP_403 || mishap == MISHAP_GATEWAY_400;
        return is_about_ours && !has_certificate ? MISHAP_CLIENT_MISSING : mishap;
    }
    return x->has_list ? MISHAP_NONE : MISHAP_NO_LIST;
}

// SPDX-License-Identifier: Apache-2.0
// Clauses on TLS and certificates. The certificate matrix and the probes (props/tls) judge them: a
// rule sees answers, and here half of the answers are alerts.
#include "props/rule/families.h"

static const struct clause rows[] = {
    {
        .id = "GB-TLS-1",
        .strength = MUST,
        .source = "prepaid experience, authentication",
        .statement = "The connection is mutually authenticated TLS: a client with a valid "
                     "certificate is served.",
        .expect = "200 for the good certificate, under each TLS version that the endpoint speaks",
        .why = "If the right certificate is not accepted, no request of the service gets through "
               "and every other promise is void.",
        .likely = "the issuing CA is not in nginx's ssl_client_certificate, HAProxy's ca-file, "
                  "Apache's SSLCACertificateFile or the trust store of Java, Node or Kestrel; or "
                  "an intermediate is expected that the client sends itself (verify depth 1)",
        .over_tls = true,
    },
    {
        .id = "GB-TLS-2",
        .strength = MUST,
        .source = "integration and prepaid experience, MTLS tests, item 1",
        .statement = "A client that shows no certificate is answered with 401, in whatever form it "
                     "asks.",
        .expect = "401 over HTTP; an alert is read by tls.refusal",
        .why = "Serving without a certificate opens the balances of all SIMs to the internet; "
               "another refusal than 401 fails a certificate test.",
        .likely = "nginx with ssl_verify_client on answers 400, IIS 403.7; HAProxy, Apache, Go's "
                  "RequireAndVerifyClientCert and Java's needClientAuth send an alert, Node "
                  "(rejectUnauthorized) closes. Ask for the certificate without requiring it, "
                  "let the handshake complete, and answer 401 from the request handler. Balances "
                  "for a claimed certificate: the gateway lets X-SSL-Client-Verify and the like "
                  "through from outside; for another path: it asks in one location only",
        .over_tls = true,
        .keys = KEY_BIT(KEY_TLS_REFUSAL),
    },
    {
        .id = "GB-TLS-3",
        .strength = MUST,
        .source = "integration and prepaid experience, MTLS tests, item 2",
        .statement = "A client whose certificate has expired is answered with 401.",
        .expect = "401 over HTTP; an alert is read by tls.refusal",
        .why = "An expired certificate that works shows that nobody reads the result of "
               "verification, and an old stolen key stays useful.",
        .likely = "the terminator ends the handshake (Apache always does) or maps every failed "
                  "verification to one status (nginx 400, IIS 403.17); map the verify result 10 "
                  "to 401: $ssl_client_verify in nginx, ssl_c_verify in HAProxy, "
                  "socket.authorizationError in Node, the validation callback in Kestrel",
        .over_tls = true,
        .keys = KEY_BIT(KEY_TLS_REFUSAL),
    },
    {
        .id = "GB-TLS-4",
        .strength = MUST,
        .source = "prepaid experience, error codes, HTTP 403",
        .statement = "A client whose certificate is not to be trusted, or is invalid in any way "
                     "but expiry alone, is answered with 403.",
        .expect = "403 over HTTP; an alert is read by tls.refusal; never 200",
        .why = "A certificate that anybody can make at home must open nothing, or mutual TLS is a "
               "lock with its key beside it.",
        .likely = "any certificate is taken (nginx optional_no_ca, Go's RequestClientCert or "
                  "RequireAnyClientCert, Node's rejectUnauthorized: false, Kestrel's "
                  "AllowAnyClientCertificate, an X509TrustManager in Java that does nothing) and "
                  "nobody looks at the verify result; or only the last of several errors is "
                  "looked at. Serve a request only when the whole chain was verified",
        .over_tls = true,
        .keys = KEY_BIT(KEY_TLS_REFUSAL),
    },
    {
        .id = "GB-TLS-5",
        .strength = SHOULD,
        .source = "prepaid experience, authentication; account management page of 2022-04",
        .statement = "The identity in the certificate is checked, not only who issued it.",
        .expect = "403 for another subject of the same CA, where tls.subject is on",
        .why = "A public CA has many customers; where only the issuer is looked at, each of them "
               "may read subscribers' balances.",
        .likely = "every certificate of a public CA is let in, or the name is searched in one "
                  "line of text (nginx $ssl_client_s_dn ~ name, strstr), or cut at a NUL; compare "
                  "the parts of the subject one by one, lengths included",
        .over_tls = true,
        .keys = KEY_BIT(KEY_TLS_REFUSAL) | KEY_BIT(KEY_TLS_SUBJECT),
    },
    {
        .id = "GB-TLS-6",
        .strength = DERIVED,
        .source = "account management page of 2023-05; RFC 5280, section 4.2.1.12",
        .statement = "A client certificate made for servers only is treated as the operator "
                     "decided.",
        .expect = "403, or 200 on purpose (tls.eku)",
        .why = "DigiCert takes client authentication out of its public TLS certificates; who is "
               "not prepared goes offline at a renewal.",
        .likely = "nobody decided: OpenSSL, Go and Java refuse such a certificate by default, and "
                  "public CAs stop issuing certificates for clients; decide, and say so in the "
                  "profile",
        .over_tls = true,
        .keys = KEY_BIT(KEY_TLS_REFUSAL) | KEY_BIT(KEY_TLS_EKU),
    },
    {
        .id = "GB-TLS-7",
        .strength = STANDARD,
        .source = "RFC 8996; RFC 9325, sections 3.1.1 and 4.1",
        .statement = "TLS 1.2 or 1.3 is spoken and nothing older, without suites that do not "
                     "encrypt, do not authenticate or are broken.",
        .expect = "an alert or a closed connection for SSL 3.0, TLS 1.0 and 1.1, and for NULL, "
                  "anonymous, export, RC4 and 3DES suites",
        .why = "Broken versions and suites let somebody on the path read or alter ICCIDs and "
               "balances, and any scan finds them.",
        .likely = "an old ssl_protocols (nginx), ssl-min-ver (HAProxy), SSLProtocol and "
                  "SSLCipherSuite (Apache), SCHANNEL registry (IIS) or jdk.tls.disabledAlgorithms "
                  "(Java) is still in force; name TLSv1.2 and TLSv1.3 with AEAD suites",
        .over_tls = true,
    },
    {
        .id = "GB-TLS-8",
        .strength = STANDARD,
        .source = "RFC 5280, section 6; RFC 9525; prepaid experience, base URL",
        .statement = "The endpoint's own certificate is valid for the host of the base URL, has "
                     "not expired, and comes with its chain.",
        .expect = "verified with the given CA; 30 days left or more",
        .why = "A missing intermediate or a passed date makes the caller hang up before its first "
               "request, for all subscribers at once.",
        .likely = "the intermediate is not in the file that is served (nginx ssl_certificate and "
                  "HAProxy crt want leaf and chain in one file), the name is missing in "
                  "subjectAltName, or renewal does not reload the server",
        .over_tls = true,
    },
    {
        .id = "GB-TLS-9",
        .strength = DERIVED,
        .source = "RFC 8446, section 4.6.1; RFC 5246, section 7.4.1.2",
        .statement = "A resumed session does not bypass the decision on the certificate.",
        .expect = "sessions are not resumed, or what was refused stays refused, and a client "
                  "without certificate is not served on the session of another",
        .why = "A ticket that outlives its check brings a client back in whose certificate is "
               "revoked, expired or was never there.",
        .likely = "the verify result in the ticket is believed: nginx ssl_session_tickets off and "
                  "ssl_session_cache off, HAProxy no-tls-tickets and tune.ssl.cachesize 0, Apache "
                  "SSLSessionTickets off and SSLSessionCache none, Go SessionTicketsDisabled, Java "
                  "-Djdk.tls.server.enableSessionTicketExtension=false and "
                  "SSLSession.invalidate()",
        .over_tls = true,
    },
    {
        .id = "GB-TLS-10",
        .strength = DERIVED,
        .source = "integration and prepaid experience, MTLS tests; prepaid experience, HTTP 404",
        .statement = "A refused certificate learns nothing about the SIM that was asked for.",
        .expect = "the same refusal for a known and for an unknown SIM",
        .why = "A refusal that differs by SIM is an oracle: anybody without a certificate can test "
               "which ICCIDs the operator knows.",
        .likely = "the SIM is looked up before the certificate is judged; make the decision the "
                  "first step of the request (middleware in Node, Go, Kestrel; a filter in Java)",
        .over_tls = true,
    },
    {
        .id = "GB-TLS-11",
        .strength = DERIVED,
        .source = "prepaid experience, base URL",
        .statement = "Nothing is served in the clear on the endpoint's port.",
        .expect = "anything but 200 to a plain HTTP request",
        .why = "One answer in the clear shows ICCID and balance to everybody on the path and skips "
               "the certificate altogether.",
        .likely = "the listener detects the protocol and serves both (HAProxy without ssl on one "
                  "bind, Node with a multiplexer, Java with port unification); serve TLS only",
        .over_tls = true,
    },
    {
        .id = "GB-TLS-12",
        .strength = DERIVED,
        .source = "prepaid experience, authentication and headers, Authorization",
        .statement = "Where both are configured, certificate and Basic credentials are needed "
                     "together.",
        .expect = "401 for a good certificate with wrong credentials, no 200 for right "
                  "credentials without a certificate",
        .why = "With one instead of both, a stolen password or a stolen key is enough by itself "
               "and the second lock was for show.",
        .likely = "the schemes are alternatives (nginx satisfy any, Apache SSLOptions "
                  "FakeBasicAuth or RequireAny, several schemes in one Kestrel policy); demand "
                  "all of them",
        .over_tls = true,
    },
};

const struct family tls_family = {"TLS", rows, sizeof rows / sizeof rows[0]};

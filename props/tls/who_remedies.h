// SPDX-License-Identifier: Apache-2.0
// Configurations that give the documented answers to client certificates, as far as each server
// can: none and expired 401, anything else that is wrong 403, and no resumption. The paths are
// examples. ci/peers.sh tests them, and that what stands here is what it tests (between >> and <<
// in ci/peers).
#ifndef BP_PROPS_TLS_WHO_REMEDIES_H
#define BP_PROPS_TLS_WHO_REMEDIES_H

#define NGINX_REMEDY                                                  \
    "# in http { }\n"                                                 \
    "map $ssl_client_verify:$ssl_client_v_remain $mtls_status {\n"    \
    "    default                            403;\n"                   \
    "    \"NONE:\"                            401;\n"                 \
    "    \"FAILED:certificate has expired:0\" 401;\n"                 \
    "}\n"                                                             \
    "# in server { }\n"                                               \
    "ssl_client_certificate ca.pem;\n"                                \
    "ssl_crl                crl.pem;\n"                               \
    "ssl_verify_client      on;\n"                                    \
    "ssl_verify_depth       2;\n"                                     \
    "ssl_protocols          TLSv1.2 TLSv1.3;\n"                       \
    "ssl_session_tickets    off;\n"                                   \
    "ssl_session_cache      off;\n"                                   \
    "error_page 495 496 = @mtls;\n"                                   \
    "location @mtls {\n"                                              \
    "    if ($mtls_status = 401) {\n"                                 \
    "        add_header WWW-Authenticate ClientCertificate always;\n" \
    "        return 401;\n"                                           \
    "    }\n"                                                         \
    "    return 403;\n"                                               \
    "}\n"

// (A line of HAProxy's cannot be broken.)
#define HAPROXY_REMEDY                                                          \
    "global\n"                                                                  \
    "    tune.ssl.cachesize 0\n"                                                \
    "frontend mtls\n"                                                           \
    "    bind :8443 ssl crt server.pem ca-file ca.pem crl-file crl.pem verify"  \
    " optional crt-ignore-err all ca-ignore-err all no-tls-tickets ssl-min-ver" \
    " TLSv1.2\n"                                                                \
    "    http-request return status 401 hdr WWW-Authenticate ClientCertificate" \
    " unless { ssl_c_used }\n"                                                  \
    "    http-request return status 401 hdr WWW-Authenticate ClientCertificate" \
    " if { ssl_c_err 10 } { ssl_c_ca_err 0 }\n"                                 \
    "    http-request return status 403 unless { ssl_c_verify 0 }\n"

#define APACHE_REMEDY                                      \
    "SSLVerifyClient       optional_no_ca\n"               \
    "SSLVerifyDepth        2\n"                            \
    "SSLCACertificateFile  ca.pem\n"                       \
    "SSLCARevocationFile   crl.pem\n"                      \
    "SSLCARevocationCheck  chain no_crl_for_cert_ok\n"     \
    "SSLProtocol           -all +TLSv1.2 +TLSv1.3\n"       \
    "SSLSessionTickets     off\n"                          \
    "SSLSessionCache       none\n"                         \
    "RewriteEngine on\n"                                   \
    "RewriteCond %{SSL:SSL_CLIENT_VERIFY} =NONE\n"         \
    "RewriteRule ^ - [R=401,L]\n"                          \
    "RewriteCond %{SSL:SSL_CLIENT_VERIFY} !=SUCCESS\n"     \
    "RewriteRule ^ - [R=403,L]\n"                          \
    "Header always set WWW-Authenticate ClientCertificate" \
    " \"expr=%{SSL_CLIENT_VERIFY} == 'NONE'\"\n"

#define LIGHTTPD_REMEDY                                                              \
    "server.modules += ( \"mod_openssl\", \"mod_magnet\" )\n"                        \
    "ssl.verifyclient.activate    = \"enable\"\n"                                    \
    "ssl.verifyclient.enforce     = \"disable\"\n"                                   \
    "ssl.verifyclient.depth       = 2\n"                                             \
    "ssl.verifyclient.ca-file     = \"ca.pem\"\n"                                    \
    "ssl.verifyclient.ca-crl-file = \"crl.pem\"\n"                                   \
    "ssl.openssl.ssl-conf-cmd     = ( \"Options\" => \"-SessionTicket\" )\n"         \
    "magnet.attract-raw-url-to    = ( \"mtls.lua\" )\n"                              \
    "-- mtls.lua:\n"                                                                 \
    "local verify = lighty.r.req_env[\"SSL_CLIENT_VERIFY\"]\n"                       \
    "if verify == \"SUCCESS\" then return 0 end\n"                                   \
    "if verify == nil or verify == \"NONE\" or verify:find(\"reason(10)\", 1, true)" \
    " then\n"                                                                        \
    "    lighty.r.resp_header[\"WWW-Authenticate\"] = \"ClientCertificate\"\n"       \
    "    return 401\n"                                                               \
    "end\n"                                                                          \
    "return 403\n"

#define NODE_REMEDY                                                                \
    "const remedy = {\n"                                                           \
    "    key, cert, ca, crl, requestCert: true, rejectUnauthorized: false,\n"      \
    "    minVersion: 'TLSv1.2', secureOptions: constants.SSL_OP_NO_TICKET,\n"      \
    "};\n"                                                                         \
    "const decide = (req, res) => {\n"                                             \
    "    const shown = req.socket.getPeerCertificate();\n"                         \
    "    const ended = new Date(shown && shown.valid_to) < new Date();\n"          \
    "    const expired = req.socket.authorizationError === 'CERT_HAS_EXPIRED'"     \
    " && ended;\n"                                                                 \
    "    if (req.socket.authorized) return serve(req, res);\n"                     \
    "    if (shown && shown.raw && !expired) return res.writeHead(403).end();\n"   \
    "    res.writeHead(401, { 'WWW-Authenticate': 'ClientCertificate' }).end();\n" \
    "};\n"

#endif

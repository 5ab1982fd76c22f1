// SPDX-License-Identifier: Apache-2.0
// The client's side of a handshake: whom it trusts, which versions, sessions, what it learns.
#include <openssl/ssl.h>

#include "props/unit/pair.h"
#include "props/unit/unit.h"

static struct pki_folder folder;

// Which server, asked for under which name, and what comes of it: 0 is trusted.
static const struct {
    enum pki_kind server;
    const char *name;
    int error;
} names[] = {
    {PKI_SERVER, "localhost", 0},
    {PKI_SERVER, "LOCALHOST", 0},
    {PKI_SERVER, "localhost.", 0},
    {PKI_SERVER, "127.0.0.1", 0},
    {PKI_SERVER, "::1", 0},
    {PKI_SERVER_RSA, "localhost", 0},
    {PKI_SERVER_CHAIN, "localhost", 0},
    {PKI_SERVER, "127.0.0.2", X509_V_ERR_IP_ADDRESS_MISMATCH},
    {PKI_SERVER, "localhost.example", X509_V_ERR_HOSTNAME_MISMATCH},
    {PKI_SERVER_WRONG_NAME, "localhost", X509_V_ERR_HOSTNAME_MISMATCH},
    {PKI_SERVER_EXPIRED, "localhost", X509_V_ERR_CERT_HAS_EXPIRED},
    {PKI_SERVER_SELF_SIGNED, "localhost", X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT},
    {PKI_SERVER_LEAF_ONLY, "localhost", X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY},
    {PKI_CLIENT, "localhost", X509_V_ERR_INVALID_PURPOSE},
};

static void check_name(size_t row, const struct bp_tls *server, bool is_insecure)
{
    struct bp_trouble trouble = {""};
    struct bp_tls client;
    struct bp_tls_client_config config = pair_client(&folder, PKI_CLIENT);
    config.is_insecure = is_insecure;
    CHECK_ROW(row, bp_tls_client_init(&client, &trouble, &config));
    struct pair pair;
    CHECK_ROW(row, pair_open(&pair, &client, server, names[row].name, NULL));
    pair_shake(&pair, 4096);
    const char *told = SSL_get_servername(pair.server.ssl, TLSEXT_NAMETYPE_host_name);
    CHECK_ROW(row, (told != NULL) == (byte_lower(names[row].name[0]) == 'l'));
    CHECK_ROW(row, told == NULL || told[strlen(told) - 1] != '.');
    bool is_trusted = names[row].error == 0;
    CHECK_ROW(row, pair.client.is_open == (is_trusted || is_insecure));
    struct bp_stream_facts facts;
    bp_stream_facts(&facts, &pair.client);
    CHECK_ROW(row, facts.was_asked == pair.client.is_open);
    if (pair.client.is_open) {
        CHECK_ROW(row, facts.is_verified == is_trusted);
        CHECK_ROW(row, is_trusted ? facts.verify_error == 0 : facts.verify_error != 0);
        CHECK_ROW(row,
                  facts.server_chain_count == (names[row].server == PKI_SERVER_CHAIN ? 2U : 1U));
        CHECK_ROW(row, facts.server_not_after_s == server->own_not_after_s);
    } else {
        CHECK_ROW(row, pair.client.end.kind == BP_END_UNTRUSTED);
        CHECK_ROW(row, pair.client.end.in_handshake);
        CHECK_ROW(row, pair.client.end.code == names[row].error ||
                           names[row].server == PKI_SERVER_LEAF_ONLY);
        CHECK_ROW(row, pair.server.end.kind == BP_END_ALERT);
        CHECK_ROW(row, pair.server.end.in_handshake);
    }
    pair_close(&pair);
    bp_tls_free(&client);
}

static void test_names(void)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct bp_trouble trouble = {""};
        struct bp_tls server;
        struct bp_tls_server_config config = pair_server(&folder, names[i].server);
        CHECK_ROW(i, bp_tls_server_init(&server, &trouble, &config));
        check_name(i, &server, false);
        check_name(i, &server, true);
        bp_tls_free(&server);
    }
}

// Versions from and to of client and server; what is spoken, or the alert to the client.
static const struct {
    enum bp_tls_version client_min, client_max, server_min, server_max;
    bool offers_weak;
    const char *version;
    int alert;
} versions[] = {
    {BP_TLS_ANY, BP_TLS_ANY, BP_TLS_ANY, BP_TLS_ANY, false, "TLSv1.3", 0},
    {BP_TLS_ANY, BP_TLS_1_2, BP_TLS_ANY, BP_TLS_ANY, false, "TLSv1.2", 0},
    {BP_TLS_ANY, BP_TLS_ANY, BP_TLS_ANY, BP_TLS_1_2, false, "TLSv1.2", 0},
    {BP_TLS_1_3, BP_TLS_ANY, BP_TLS_ANY, BP_TLS_ANY, false, "TLSv1.3", 0},
    {BP_TLS_1_3, BP_TLS_ANY, BP_TLS_ANY, BP_TLS_1_2, false, NULL, 70},
    {BP_TLS_ANY, BP_TLS_1_2, BP_TLS_1_3, BP_TLS_ANY, false, NULL, 70},
    {BP_TLS_1_0, BP_TLS_1_0, BP_TLS_ANY, BP_TLS_ANY, true, NULL, 70},
    {BP_TLS_1_1, BP_TLS_1_1, BP_TLS_ANY, BP_TLS_ANY, true, NULL, 70},
    {BP_TLS_ANY, BP_TLS_1_2, BP_TLS_ANY, BP_TLS_ANY, true, NULL, 40},
    {BP_TLS_ANY, BP_TLS_1_0, BP_TLS_1_0, BP_TLS_ANY, true, "TLSv1", 0},
    {BP_TLS_1_1, BP_TLS_1_1, BP_TLS_1_0, BP_TLS_ANY, true, "TLSv1.1", 0},
};

static void test_versions(void)
{
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        struct bp_trouble trouble = {""};
        struct bp_tls client;
        struct bp_tls server;
        struct bp_tls_server_config theirs = pair_server(&folder, PKI_SERVER);
        theirs.min = versions[i].server_min;
        theirs.max = versions[i].server_max;
        struct bp_tls_client_config mine = pair_client(&folder, PKI_CLIENT);
        mine.min = versions[i].client_min;
        mine.max = versions[i].client_max;
        mine.offers_weak = versions[i].offers_weak;
        CHECK_ROW(i, bp_tls_server_init(&server, &trouble, &theirs));
        CHECK_ROW(i, bp_tls_client_init(&client, &trouble, &mine));
        struct pair pair;
        CHECK_ROW(i, pair_open(&pair, &client, &server, "localhost", NULL));
        pair_shake(&pair, 4096);
        struct bp_stream_facts facts;
        bp_stream_facts(&facts, &pair.client);
        CHECK_ROW(i, pair.client.is_open == (versions[i].version != NULL));
        if (versions[i].version != NULL) {
            CHECK_ROW(i,
                      view_equal(view_of_text(facts.version), view_of_text(versions[i].version)));
        } else {
            CHECK_ROW(i, pair.client.end.kind == BP_END_ALERT);
            CHECK_ROW(i, pair.client.end.code == versions[i].alert);
            CHECK_ROW(i, pair.client.end.in_handshake);
            CHECK_ROW(i, pair.server.end.kind == BP_END_PROTOCOL);
            CHECK_ROW(i, pair.server.end.code != 0);
        }
        pair_close(&pair);
        bp_tls_free(&client);
        bp_tls_free(&server);
    }
}

// A session of one handshake, offered in the next. Only a server that keeps sessions resumes, and
// then says so, because nothing was verified.
static void test_resumption(enum bp_tls_version version, bool keeps_sessions)
{
    struct bp_trouble trouble = {""};
    struct bp_tls client;
    struct bp_tls nobody;
    struct bp_tls server;
    struct bp_tls_server_config theirs = pair_server(&folder, PKI_SERVER);
    theirs.max = version;
    theirs.keeps_sessions = keeps_sessions;
    struct bp_tls_client_config mine = pair_client(&folder, PKI_CLIENT);
    mine.keeps_sessions = true;
    struct bp_tls_client_config none = pair_client(&folder, PKI_NONE);
    none.keeps_sessions = true;
    CHECK(bp_tls_server_init(&server, &trouble, &theirs));
    CHECK(bp_tls_client_init(&client, &trouble, &mine));
    CHECK(bp_tls_client_init(&nobody, &trouble, &none));
    struct pair pair;
    char space[16];
    CHECK(pair_open(&pair, &client, &server, "localhost", NULL));
    pair_shake(&pair, 4096);
    CHECK(pair_say(&pair.server, &pair.client, VIEW("hello"), space, sizeof space, 4096) == 5);
    struct ssl_session_st *session = bp_stream_session(&pair.client);
    CHECK((session != NULL) == keeps_sessions);
    pair_close(&pair);

    CHECK(pair_open(&pair, &nobody, &server, "localhost", session));
    pair_shake(&pair, 4096);
    CHECK(pair.server.is_open);
    CHECK(pair.server.presented.is_resumed == keeps_sessions);
    CHECK(pair.server.presented.has_certificate == keeps_sessions);
    struct bp_stream_facts facts;
    bp_stream_facts(&facts, &pair.client);
    CHECK(facts.is_resumed == keeps_sessions);
    const struct bp_gate gate = {bp_gate_decide, false};
    enum bp_reason reason = gate.decide(&gate, &pair.server.presented, time(NULL));
    CHECK(reason == (keeps_sessions ? BP_REASON_CERT_REFUSED : BP_REASON_CERT_MISSING));
    pair_close(&pair);
    bp_session_free(session);
    bp_tls_free(&nobody);
    bp_tls_free(&client);
    bp_tls_free(&server);
}

// Who asks for nothing gets nothing; who takes anything records no weakness.
static void test_lenient_servers(void)
{
    static const struct {
        enum pki_kind kind;
        enum bp_client_auth client_auth;
        bool takes_weak;
    } rows[] = {
        {PKI_CLIENT, BP_CLIENT_AUTH_NONE, false},
        {PKI_WEAK, BP_CLIENT_AUTH_ASK, true},
    };
    for (size_t i = 0; i < 2; i++) {
        struct bp_trouble trouble = {""};
        struct bp_tls client;
        struct bp_tls server;
        struct bp_tls_server_config theirs = pair_server(&folder, PKI_SERVER);
        theirs.client_auth = rows[i].client_auth;
        theirs.takes_weak = rows[i].takes_weak;
        struct bp_tls_client_config mine = pair_client(&folder, rows[i].kind);
        mine.takes_weak = true;
        CHECK_ROW(i, bp_tls_server_init(&server, &trouble, &theirs));
        CHECK_ROW(i, bp_tls_client_init(&client, &trouble, &mine));
        struct pair pair;
        CHECK_ROW(i, pair_open(&pair, &client, &server, "localhost", NULL));
        pair_shake(&pair, 4096);
        bool is_asked = rows[i].client_auth != BP_CLIENT_AUTH_NONE;
        CHECK_ROW(i, pair.server.is_open);
        CHECK_ROW(i, pair.client.was_asked == is_asked);
        CHECK_ROW(i, pair.server.presented.has_certificate == is_asked);
        CHECK_ROW(i, pair.server.presented.error_count == 0);
        pair_close(&pair);
        bp_tls_free(&client);
        bp_tls_free(&server);
    }
}

static bool is_documented_suite(const SSL_CIPHER *suite)
{
    int exchange = SSL_CIPHER_get_kx_nid(suite);
    return SSL_CIPHER_is_aead(suite) == 1 && (exchange == NID_kx_ecdhe || exchange == NID_kx_any);
}

// What both sides offer is what they may offer.
static void test_offers(void)
{
    struct bp_trouble trouble = {""};
    struct bp_tls both[2];
    struct bp_tls_server_config theirs = pair_server(&folder, PKI_SERVER);
    struct bp_tls_client_config mine = pair_client(&folder, PKI_CLIENT);
    CHECK(bp_tls_client_init(&both[0], &trouble, &mine));
    CHECK(bp_tls_server_init(&both[1], &trouble, &theirs));
    for (size_t i = 0; i < 2; i++) {
        STACK_OF(SSL_CIPHER) *suites = SSL_CTX_get_ciphers(both[i].context);
        CHECK_ROW(i, sk_SSL_CIPHER_num(suites) >= 6);
        for (int k = 0; k < sk_SSL_CIPHER_num(suites); k++)
            CHECK_ROW(i, is_documented_suite(sk_SSL_CIPHER_value(suites, k)));
    }
    struct pair pair;
    CHECK(pair_open(&pair, &both[0], &both[1], "localhost", NULL));
    pair_shake(&pair, 4096);
    int count = SSL_get_sigalgs(pair.client.ssl, 0, NULL, NULL, NULL, NULL, NULL);
    CHECK(count >= 6);
    for (int i = 0; i < count; i++) {
        int key;
        int digest;
        SSL_get_sigalgs(pair.client.ssl, i, &key, &digest, NULL, NULL, NULL);
        CHECK_ROW((size_t)i, key != NID_dsa);
        CHECK_ROW((size_t)i, digest != NID_sha1 && digest != NID_sha224);
    }
    pair_close(&pair);
    bp_tls_free(&both[0]);
    bp_tls_free(&both[1]);
}

static void test_facts(void)
{
    struct bp_trouble trouble = {""};
    struct bp_tls client;
    struct bp_tls server;
    struct bp_tls_server_config theirs = pair_server(&folder, PKI_SERVER);
    struct bp_tls_client_config mine = pair_client(&folder, PKI_CLIENT);
    CHECK(bp_tls_server_init(&server, &trouble, &theirs));
    CHECK(bp_tls_client_init(&client, &trouble, &mine));
    CHECK(client.own_not_after_s > time(NULL));
    struct pair pair;
    CHECK(pair_open(&pair, &client, &server, "localhost", NULL));
    pair_shake(&pair, 4096);
    struct bp_stream_facts facts;
    bp_stream_facts(&facts, &pair.client);
    CHECK(view_starts(view_of_text(facts.cipher), VIEW("TLS_")));
    struct view subject = view_of_text(facts.server_subject);
    struct view issuer = view_of_text(facts.server_issuer);
    CHECK(view_find(subject, VIEW("CN=balprobe test server")) < subject.len);
    CHECK(view_find(issuer, VIEW("CN=balprobe test CA")) < issuer.len);
    bp_stream_facts(&facts, &pair.server);
    CHECK(facts.server_subject[0] == '\0');
    pair_close(&pair);
    CHECK(pair_open(&pair, NULL, NULL, NULL, NULL));
    bp_stream_facts(&facts, &pair.client);
    CHECK(facts.version[0] == '\0' && facts.cipher[0] == '\0');
    CHECK(bp_stream_session(&pair.client) == NULL);
    pair_close(&pair);
    bp_tls_free(&client);
    bp_tls_free(&server);
}

int main(void)
{
    CHECK(pair_folder_make(&folder));
    test_names();
    test_versions();
    test_resumption(BP_TLS_1_2, true);
    test_resumption(BP_TLS_1_3, true);
    test_resumption(BP_TLS_1_2, false);
    test_resumption(BP_TLS_1_3, false);
    test_lenient_servers();
    test_offers();
    test_facts();
    pki_folder_close(&folder);
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
// What is said about files that cannot be used: which one, why, what to do.
#include <fcntl.h>

#include "props/unit/pair.h"
#include "props/unit/unit.h"

#define WRONG "open sesame"

static struct pki_folder folder;

// Names of files in the folder; "" is the folder itself, NULL is nothing.
static const struct {
    const char *cert;
    const char *key;
    const char *pass;
    const char *ca;
    const char *want[3]; // all of them are said; none: nothing is wrong
} clients[] = {
    {"client.pem", "client.key", NULL, "ca.pem", {NULL}},
    {"both.pem", NULL, NULL, "ca.pem", {NULL}},
    {"client.p12", NULL, PKI_PASSPHRASE, "ca.pem", {NULL}},
    {"client.p12", "client.key", PKI_PASSPHRASE, "ca.pem", {NULL}},
    {"client-chain.p12", NULL, PKI_PASSPHRASE, "ca.pem", {NULL}},
    {"client.pem", "client-encrypted.key", PKI_PASSPHRASE, "ca.pem", {NULL}},
    {"expired.pem", "expired.key", NULL, "ca.pem", {NULL}},
    {NULL, NULL, NULL, "ca.pem", {NULL}},
    {"client.pem",
     "client-encrypted.key",
     NULL,
     "ca.pem",
     {"client-encrypted.key", "is encrypted", "--pass"}},
    {"client.pem",
     "client-encrypted.key",
     WRONG,
     "ca.pem",
     {"passphrase does not open", "client-encrypted.key", "--pass"}},
    {"client.pem", "client-encrypted.key", "", "ca.pem", {"passphrase does not open", "--pass"}},
    {"client.p12", NULL, NULL, "ca.pem", {"client.p12", "is encrypted", "--pass"}},
    {"client.p12", NULL, WRONG, "ca.pem", {"passphrase does not open", "client.p12"}},
    {"client.p12",
     "client-rsa.key",
     PKI_PASSPHRASE,
     "ca.pem",
     {"client-rsa.key", "does not belong"}},
    {"client.pem", "client-rsa.key", NULL, "ca.pem", {"client-rsa.key", "does not belong"}},
    {"client.pem", "expired.key", NULL, "ca.pem", {"expired.key", "does not belong"}},
    {"client.pem", NULL, NULL, "ca.pem", {"no private key", "client.pem", "--key"}},
    {"client.pem", "ca.pem", NULL, "ca.pem", {"no private key", "ca.pem", "PEM"}},
    {"client.key", "client.key", NULL, "ca.pem", {"no certificate", "client.key"}},
    {"absent.pem", NULL, NULL, "ca.pem", {"certificate", "absent.pem", "No such file"}},
    {"client.pem", "absent.key", NULL, "ca.pem", {"key", "absent.key", "No such file"}},
    {"", NULL, NULL, "ca.pem", {"it is a folder"}},
    {"client.pem", "", NULL, "ca.pem", {"key", "it is a folder"}},
    {"empty.pem", NULL, NULL, "ca.pem", {"empty.pem", "it is empty"}},
    {"noise.pem", NULL, NULL, "ca.pem", {"no certificate", "noise.pem", "PEM or PKCS#12"}},
    {"cut.pem", "client.key", NULL, "ca.pem", {"cannot read", "cut.pem"}},
    {"second-cut.pem", "client.key", NULL, "ca.pem", {"cannot read", "second-cut.pem"}},
    {"client.der", "client.key", NULL, "ca.pem", {"client.der", "openssl x509 -inform DER"}},
    {"esc\x1b[2J.pem", NULL, NULL, "ca.pem", {"esc\\x1b[2J.pem"}},
    {"weak.pem", "weak.key", NULL, "ca.pem", {"weak.pem", "too small"}},
    {NULL, NULL, NULL, "absent.pem", {"CA file", "absent.pem", "No such file"}},
    {NULL, NULL, NULL, "client.key", {"no certificate", "client.key"}},
    {NULL, NULL, NULL, "", {"CA file", "it is a folder"}},
    {NULL, NULL, NULL, "second-cut.pem", {"cannot read", "second-cut.pem"}},
};

static const struct {
    const char *cert;
    const char *key;
    const char *ca;
    const char *crl;
    const char *want[3];
} servers[] = {
    {"server.pem", "server.key", "ca.pem", "crl.pem", {NULL}},
    {"server.pem", "server.key", "ca.pem", NULL, {NULL}},
    {"server-expired.pem", "server-expired.key", "ca.pem", NULL, {NULL}},
    {"server.pem", "client-encrypted.key", "ca.pem", NULL, {"is encrypted", "openssl pkey"}},
    {"server.pem", "client.key", "ca.pem", NULL, {"client.key", "does not belong"}},
    {"server.pem", "server.key", "absent.pem", NULL, {"CA file", "absent.pem"}},
    {"server.pem", "server.key", "ca.pem", "absent.pem", {"revocation list", "absent.pem"}},
    {"server.pem", "server.key", "ca.pem", "ca.pem", {"no revocation list", "ca.pem"}},
    {"server.pem", "server.key", "ca.pem", "crl-cut.pem", {"cannot read", "crl-cut.pem"}},
    {"weak.pem", "weak.key", "ca.pem", NULL, {"weak.pem", "too small"}},
};

static const char *path_of(const char *name, unsigned slot)
{
    static char paths[4][FOLDER_LEN_MAX + 64];
    if (name == NULL)
        return NULL;
    snprintf(paths[slot], sizeof paths[slot], "%s/%s", folder.path, name);
    return paths[slot];
}

static size_t read_file(const char *name, char *space, size_t cap)
{
    FILE *file = fopen(path_of(name, 3), "rb");
    size_t len = file == NULL ? 0 : fread(space, 1, cap, file);
    if (file != NULL)
        fclose(file);
    return len;
}

static bool write_file(const char *name, struct view first, struct view second)
{
    FILE *file = fopen(path_of(name, 3), "wb");
    if (file == NULL)
        return false;
    bool ok = fwrite(first.data, 1, first.len, file) == first.len;
    ok = fwrite(second.data, 1, second.len, file) == second.len && ok;
    return fclose(file) == 0 && ok;
}

static bool write_der(void)
{
    X509 *own = pki_folder_own(&folder, PKI_CLIENT);
    unsigned char *der = NULL;
    int len = i2d_X509(own, &der);
    bool ok = len > 0 && write_file("client.der", view_of((char *)der, (size_t)len), VIEW(""));
    OPENSSL_free(der);
    X509_free(own);
    return ok;
}

static void make_files(void)
{
    static char cert[8192];
    static char key[8192];
    static char crl[8192];
    struct view certificate = view_of(cert, read_file("client.pem", cert, sizeof cert));
    struct view private_key = view_of(key, read_file("client.key", key, sizeof key));
    struct view list = view_of(crl, read_file("crl.pem", crl, sizeof crl));
    CHECK(certificate.len > 300 && private_key.len > 100 && list.len > 300);
    CHECK(write_file("both.pem", private_key, certificate));
    CHECK(write_file("cut.pem", view_first(certificate, 200), VIEW("")));
    CHECK(write_file("second-cut.pem", certificate, view_first(certificate, 200)));
    CHECK(write_file("crl-cut.pem", list, view_first(list, 200)));
    CHECK(write_file("empty.pem", VIEW(""), VIEW("")));
    CHECK(write_file("noise.pem", VIEW("no PEM at all\n"), VIEW("\x1b[2J")));
    CHECK(write_der());
}

static void check_words(size_t row, bool ok, const struct bp_trouble *trouble,
                        const char *const want[3])
{
    struct view words = view_of_text(trouble->words);
    CHECK_ROW(row, ok == (want[0] == NULL));
    CHECK_ROW(row, ok == (words.len == 0));
    bool says_all = true;
    for (size_t i = 0; i < 3 && want[i] != NULL; i++)
        says_all = says_all && view_find(words, view_of_text(want[i])) < words.len;
    CHECK_ROW(row, says_all);
    if (!says_all)
        fprintf(stderr, "said: %s\n", trouble->words);
    CHECK_ROW(row, view_find(words, VIEW(WRONG)) == words.len);
    for (size_t i = 0; i < words.len; i++)
        CHECK_ROW(row, words.data[i] >= 0x20 && words.data[i] < 0x7f);
}

static void test_clients(void)
{
    for (size_t i = 0; i < sizeof clients / sizeof clients[0]; i++) {
        struct bp_trouble trouble = {""};
        struct bp_tls tls;
        struct bp_tls_client_config config = {.cert_path = path_of(clients[i].cert, 0),
                                              .key_path = path_of(clients[i].key, 1),
                                              .passphrase = clients[i].pass,
                                              .ca_path = path_of(clients[i].ca, 2)};
        bool ok = bp_tls_client_init(&tls, &trouble, &config);
        check_words(i, ok, &trouble, clients[i].want);
        CHECK_ROW(i, !ok || (tls.own_not_after_s != 0) == (config.cert_path != NULL));
        bp_tls_free(&tls);
    }
}

static void test_servers(void)
{
    for (size_t i = 0; i < sizeof servers / sizeof servers[0]; i++) {
        struct bp_trouble trouble = {""};
        struct bp_tls tls;
        char ca[FOLDER_LEN_MAX + 64];
        snprintf(ca, sizeof ca, "%s", path_of(servers[i].ca, 2));
        struct bp_tls_server_config config = {.cert_path = path_of(servers[i].cert, 0),
                                              .key_path = path_of(servers[i].key, 1),
                                              .client_ca_path = ca,
                                              .crl_path = path_of(servers[i].crl, 2)};
        bool ok = bp_tls_server_init(&tls, &trouble, &config);
        check_words(i, ok, &trouble, servers[i].want);
        bp_tls_free(&tls);
    }
}

// Whom a client trusts that names nobody, and folders of authorities.
static void test_trust(void)
{
    static const char *const empty[3] = {"trusts no authority", "--cacert", "ca-certificates"};
    static const char *const unhashed[3] = {"no hashed certificate", "openssl rehash"};
    static const char *const absent[3] = {"cannot read the CA folder", "absent"};
    static const char *const nothing[3] = {NULL};
    char path[FOLDER_LEN_MAX + 64];
    snprintf(path, sizeof path, "%s/absent", folder.path);
    setenv("SSL_CERT_FILE", path, 1);
    setenv("SSL_CERT_DIR", folder.above.path, 1);
    const struct {
        struct bp_tls_client_config config;
        const char *const *want;
    } rows[] = {
        {{.ca_path = NULL}, empty},
        {{.is_insecure = true}, nothing},
        {{.ca_folder = folder.path}, unhashed},
        {{.ca_folder = path}, absent},
        {{.min = BP_TLS_1_3, .max = BP_TLS_1_2, .is_insecure = true},
         (const char *const[3]){"lowest TLS version"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bp_trouble trouble = {""};
        struct bp_tls tls;
        bool ok = bp_tls_client_init(&tls, &trouble, &rows[i].config);
        check_words(i, ok, &trouble, rows[i].want);
        bp_tls_free(&tls);
    }
    struct bp_trouble trouble = {""};
    struct bp_tls tls;
    struct bp_tls_client_config config = {.is_insecure = false};
    setenv("SSL_CERT_FILE", path_of("ca.pem", 0), 1);
    check_words(0, bp_tls_client_init(&tls, &trouble, &config), &trouble, nothing);
    bp_tls_free(&tls);
}

// However long the foreign text is, the remedy is said.
static void test_cut(void)
{
    char given[2000];
    memset(given, '\x01', sizeof given - 1);
    given[sizeof given - 1] = '\0';
    struct bp_trouble trouble;
    CHECK(!bp_trouble_say(&trouble, "before ", given, " remedy"));
    struct view words = view_of_text(trouble.words);
    CHECK(words.len > sizeof trouble.words - 8);
    CHECK(view_starts(words, VIEW("before \\x01")));
    CHECK(view_find(words, VIEW(" remedy")) == words.len - 7);
    CHECK(!bp_trouble_say(&trouble, "only this", NULL, ""));
    CHECK(view_equal(view_of_text(trouble.words), VIEW("only this")));
    CHECK(!bp_trouble_say(&trouble, given, given, given));
    CHECK(strlen(trouble.words) < sizeof trouble.words);
}

int main(void)
{
    CHECK(pair_folder_make(&folder));
    make_files();
    test_clients();
    test_servers();
    test_trust();
    test_cut();
    pki_folder_close(&folder);
    return unit_end();
}

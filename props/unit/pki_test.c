// SPDX-License-Identifier: Apache-2.0
// The files of the test PKI: names, modes, keys, subjects, dates, revocation, passphrases; and what
// pki_make refuses.
#include <dirent.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

#include "props/unit/pki_folder.h"
#include "props/unit/unit.h"

enum { DAY_S = 86400 };

#define US "\x31\x0b\x30\x09\x06\x03\x55\x04\x06\x13\x02US"
#define WA "\x31\x0b\x30\x09\x06\x03\x55\x04\x08\x0c\x02WA"
#define REDMOND "\x31\x10\x30\x0e\x06\x03\x55\x04\x07\x0c\x07Redmond"
#define MICROSOFT "\x31\x1e\x30\x1c\x06\x03\x55\x04\x0a\x0c\x15Microsoft Corporation"
#define PARTNERS "\x31\x26\x30\x24\x06\x03\x55\x04\x03\x0c\x1dpartners.datamart.windows.com"
#define ATTACKER                                   \
    "\x31\x11\x30\x0f\x06\x03\x55\x04\x03\x0c\x08" \
    "attacker"
#define NUL \
    "\x31\x38\x30\x36\x06\x03\x55\x04\x03\x0c\x2fpartners.datamart.windows.com\0.attacker.invalid"

static const struct {
    enum pki_kind kind;
    struct view der;
} subjects[] = {
    {PKI_CLIENT, VIEW_INIT("\x30\x74" US WA REDMOND MICROSOFT PARTNERS)},
    {PKI_CLIENT_RSA, VIEW_INIT("\x30\x74" US WA REDMOND MICROSOFT PARTNERS)},
    {PKI_CLIENT_CHAIN, VIEW_INIT("\x30\x74" US WA REDMOND MICROSOFT PARTNERS)},
    {PKI_CLIENT_REORDERED, VIEW_INIT("\x30\x74" PARTNERS MICROSOFT REDMOND WA US)},
    {PKI_EXPIRED, VIEW_INIT("\x30\x74" US WA REDMOND MICROSOFT PARTNERS)},
    {PKI_CA_AS_LEAF, VIEW_INIT("\x30\x74" US WA REDMOND MICROSOFT PARTNERS)},
    {PKI_OTHER_SUBJECT, VIEW_INIT("\x30\x5f" US WA REDMOND MICROSOFT ATTACKER)},
    {PKI_NUL_SUBJECT, VIEW_INIT("\x30\x81\x86" US WA REDMOND MICROSOFT NUL)},
};

static void test_subjects(const struct pki_folder *folder)
{
    for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++) {
        X509 *own = pki_folder_own(folder, subjects[i].kind);
        unsigned char *der = NULL;
        int len = i2d_X509_NAME(X509_get_subject_name(own), &der);
        struct view made = view_of((const char *)der, len < 0 ? 0 : (size_t)len);
        CHECK_ROW(i, view_equal(made, subjects[i].der));
        OPENSSL_free(der);
        X509_free(own);
    }
}

static mode_t mode_of(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 ? status.st_mode & 07777 : 0;
}

// Each file is one that the tables name, and one that holds a key is for its owner alone.
static void test_files(const struct pki_folder *folder)
{
    char path[FOLDER_LEN_MAX + 64];
    size_t count = 2; // the mark and .gitignore
    for (unsigned kind = 0; kind < PKI_COUNT; kind++) {
        if (!pki_path(path, sizeof path, folder->path, kind, ".key"))
            continue;
        CHECK_ROW(kind, mode_of(path) == 0600);
        CHECK_ROW(kind, pki_path(path, sizeof path, folder->path, kind, ".pem"));
        CHECK_ROW(kind, mode_of(path) == 0666);
        count += 2;
    }
    for (unsigned file = 0; file < PKI_FILE_COUNT; file++, count++) {
        CHECK_ROW(file, pki_file_path(path, sizeof path, folder->path, file));
        CHECK_ROW(file, mode_of(path) == (file == PKI_CRL ? 0666 : 0600));
    }
    CHECK(mode_of(folder->path) == 0700);
    DIR *entries = opendir(folder->path);
    size_t there = 0;
    while (readdir(entries) != NULL)
        there++;
    closedir(entries);
    CHECK(there == count + 2);
}

static EVP_PKEY *read_key(const struct pki_folder *folder, const char *name, const char *passphrase)
{
    char words[32];
    snprintf(words, sizeof words, "%s", passphrase);
    BIO *bio = pki_folder_read(folder, name);
    EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, NULL, words);
    BIO_free(bio);
    return key;
}

// Its key fits, its dates are the recipe's, its serial number is a new one of 128 bits.
static void test_certificates(const struct pki_folder *folder)
{
    static const time_t begins[] = {-3600, -31 * DAY_S, 61 * DAY_S};
    static const time_t ends[] = {61 * DAY_S, -DAY_S, 122 * DAY_S};
    X509 *all[PKI_COUNT] = {NULL};
    for (unsigned kind = 0; kind < PKI_COUNT; kind++) {
        const struct pki_row *row = pki_row(kind);
        char name[64];
        if (row->stem == NULL)
            continue;
        all[kind] = pki_folder_own(folder, kind);
        snprintf(name, sizeof name, "%s.key", row->stem);
        EVP_PKEY *key = read_key(folder, name, "");
        CHECK_ROW(kind, X509_check_private_key(all[kind], key) == 1);
        EVP_PKEY_free(key);
        time_t begin = PKI_NOW_S + begins[row->recipe.time];
        time_t end = PKI_NOW_S + ends[row->recipe.time];
        CHECK_ROW(kind, ASN1_TIME_cmp_time_t(X509_get0_notBefore(all[kind]), begin) == 0);
        CHECK_ROW(kind, ASN1_TIME_cmp_time_t(X509_get0_notAfter(all[kind]), end) == 0);
        BIGNUM *serial = ASN1_INTEGER_to_BN(X509_get0_serialNumber(all[kind]), NULL);
        CHECK_ROW(kind, BN_num_bits(serial) == 128);
        BN_free(serial);
        for (unsigned other = 0; other < kind; other++)
            CHECK_ROW(kind, all[other] == NULL ||
                                ASN1_INTEGER_cmp(X509_get0_serialNumber(all[kind]),
                                                 X509_get0_serialNumber(all[other])) != 0);
    }
    for (unsigned kind = 0; kind < PKI_COUNT; kind++)
        X509_free(all[kind]);
}

static void test_chains(const struct pki_folder *folder)
{
    static const struct {
        enum pki_kind kind;
        int count;
        int bits;
    } rows[] = {
        {PKI_CLIENT, 1, 256},           {PKI_CLIENT_RSA, 1, 2048}, {PKI_CLIENT_CHAIN, 2, 256},
        {PKI_LEAF_ONLY, 1, 256},        {PKI_WEAK, 1, 1024},       {PKI_EXPIRED_ISSUER, 2, 256},
        {PKI_SERVER, 1, 256},           {PKI_SERVER_RSA, 1, 2048}, {PKI_SERVER_CHAIN, 2, 256},
        {PKI_SERVER_LEAF_ONLY, 1, 256}, {PKI_ISSUER, 1, 256},      {PKI_ROOT, 1, 256}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        STACK_OF(X509) *chain = pki_folder_chain(folder, rows[i].kind);
        CHECK_ROW(i, sk_X509_num(chain) == rows[i].count);
        EVP_PKEY *key = X509_get0_pubkey(sk_X509_value(chain, 0));
        CHECK_ROW(i, EVP_PKEY_get_bits(key) == rows[i].bits);
        sk_X509_pop_free(chain, X509_free);
    }
}

static void test_lists(const struct pki_folder *folder)
{
    static const struct {
        enum pki_kind issuer;
        int count;
    } rows[] = {{PKI_ROOT, 2}, {PKI_ISSUER, 0}, {PKI_ISSUER_EXPIRED, 0}};
    BIO *bio = pki_folder_read(folder, pki_file_name(PKI_CRL));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        X509_CRL *crl = PEM_read_bio_X509_CRL(bio, NULL, NULL, NULL);
        X509 *issuer = pki_folder_own(folder, rows[i].issuer);
        CHECK_ROW(i, X509_CRL_verify(crl, X509_get0_pubkey(issuer)) == 1);
        int count = sk_X509_REVOKED_num(X509_CRL_get_REVOKED(crl));
        CHECK_ROW(i, (count < 0 ? 0 : count) == rows[i].count);
        CHECK_ROW(i,
                  ASN1_TIME_cmp_time_t(X509_CRL_get0_nextUpdate(crl), PKI_NOW_S + PKI_LIFE_S) == 0);
        X509_free(issuer);
        X509_CRL_free(crl);
    }
    CHECK(PEM_read_bio_X509_CRL(bio, NULL, NULL, NULL) == NULL);
    BIO_free(bio);
}

static void test_passphrases(const struct pki_folder *folder)
{
    static const struct {
        enum pki_file file;
        enum pki_kind kind;
        int others_count;
    } rows[] = {{PKI_P12, PKI_CLIENT, 0}, {PKI_CHAIN_P12, PKI_CLIENT_CHAIN, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        BIO *bio = pki_folder_read(folder, pki_file_name(rows[i].file));
        PKCS12 *p12 = d2i_PKCS12_bio(bio, NULL);
        X509 *own = pki_folder_own(folder, rows[i].kind);
        EVP_PKEY *key = NULL;
        X509 *certificate = NULL;
        STACK_OF(X509) *others = NULL;
        CHECK_ROW(i, PKCS12_parse(p12, "Balprobe", &key, &certificate, &others) == 0);
        CHECK_ROW(i, PKCS12_parse(p12, "", &key, &certificate, &others) == 0);
        CHECK_ROW(i, PKCS12_parse(p12, PKI_PASSPHRASE, &key, &certificate, &others) == 1);
        CHECK_ROW(i, X509_cmp(certificate, own) == 0);
        CHECK_ROW(i, X509_check_private_key(own, key) == 1);
        CHECK_ROW(i, (others == NULL ? 0 : sk_X509_num(others)) == rows[i].others_count);
        sk_X509_pop_free(others, X509_free);
        X509_free(certificate);
        X509_free(own);
        EVP_PKEY_free(key);
        PKCS12_free(p12);
        BIO_free(bio);
    }
    EVP_PKEY *plain = read_key(folder, "client.key", "");
    EVP_PKEY *opened = read_key(folder, pki_file_name(PKI_ENCRYPTED_KEY), PKI_PASSPHRASE);
    CHECK(opened != NULL && EVP_PKEY_eq(opened, plain) == 1);
    CHECK(read_key(folder, pki_file_name(PKI_ENCRYPTED_KEY), "Balprobe") == NULL);
    CHECK(read_key(folder, pki_file_name(PKI_ENCRYPTED_KEY), "") == NULL);
    EVP_PKEY_free(opened);
    EVP_PKEY_free(plain);
}

static void test_hosts(const struct pki_folder *folder)
{
    static const struct {
        const char *host;
        bool is_address;
        bool is_good;
    } rows[] = {{"staging.example", false, true}, {"a.b.example", false, true},
                {"10.1.2.3", true, true},         {"2001:db8::1", true, true},
                {"localhost", false, false},      {"127.0.0.1", true, false},
                {"b.example", false, false}};
    X509 *server = pki_folder_own(folder, PKI_SERVER);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int found = rows[i].is_address ? X509_check_ip_asc(server, rows[i].host, 0)
                                       : X509_check_host(server, rows[i].host, 0, 0, NULL);
        CHECK_ROW(i, (found == 1) == rows[i].is_good);
    }
    X509_free(server);
}

static bool put_file(const struct pki_folder *folder, const char *name)
{
    return file_write_in(folder->path, view_of_text(name), VIEW("mine\n"));
}

static bool tells(const struct pki_folder *folder, const char *words)
{
    return strstr(folder->message, words) != NULL;
}

static void test_refusals(void)
{
    static const char *const bad_hosts[] = {"", ".", "a b", "a/b", "*.", "*", "a.*", "\x1b[31m"};
    struct pki_folder folder;
    char path[FOLDER_LEN_MAX + 64];
    CHECK(pki_folder_open(&folder));
    for (size_t i = 0; i < sizeof bad_hosts / sizeof bad_hosts[0]; i++) {
        CHECK_ROW(i, !pki_folder_make(&folder, &bad_hosts[i], 1));
        CHECK_ROW(i, tells(&folder, "neither a host name nor an address"));
        CHECK_ROW(i, !tells(&folder, "\x1b"));
        CHECK_ROW(i, !path_is_folder(folder.path));
    }
    CHECK(file_write(folder.path, VIEW("mine\n")));
    CHECK(!pki_folder_make(&folder, NULL, 0) && tells(&folder, "is no folder"));
    CHECK(remove(folder.path) == 0);
    CHECK(folder_make(folder.path) && put_file(&folder, "mine"));
    CHECK(!pki_folder_make(&folder, NULL, 0) && tells(&folder, "holds other files"));
    CHECK(!pki_path(path, sizeof path, folder.path, PKI_NONE, ".pem"));
    CHECK(!pki_path(path, strlen(folder.path), folder.path, PKI_CLIENT, ".pem"));
    CHECK(pki_path(path, sizeof path, folder.path, PKI_CLIENT, ".pem") && access(path, F_OK) != 0);
    pki_folder_close(&folder);
}

// A second making replaces the first, also when there is something else by now.
static void test_again(struct pki_folder *folder)
{
    X509 *first = pki_folder_own(folder, PKI_ROOT);
    CHECK(put_file(folder, "mine"));
    CHECK(pki_folder_make(folder, NULL, 0));
    X509 *second = pki_folder_own(folder, PKI_ROOT);
    CHECK(X509_cmp(first, second) != 0);
    CHECK(X509_NAME_cmp(X509_get_subject_name(first), X509_get_subject_name(second)) != 0);
    X509_free(first);
    X509_free(second);
}

static void test_table(void)
{
    char space[8192];
    struct buf out = BUF(space);
    pki_put_table(&out);
    CHECK(!out.overflow);
    for (struct view rest = buf_view(&out); rest.len != 0;) {
        size_t len = view_index(rest, '\n');
        CHECK(len <= 80);
        rest = view_from(rest, len < rest.len ? len + 1 : len);
    }
    for (unsigned kind = 0; kind < PKI_COUNT; kind++)
        CHECK_ROW(kind, pki_row(kind)->stem == NULL ||
                            view_find(buf_view(&out), view_of_text(pki_row(kind)->stem)) < out.len);
}

int main(void)
{
    static const char *const hosts[] = {"staging.example", "*.b.example", "10.1.2.3",
                                        "2001:db8::1"};
    struct pki_folder folder;
    umask(0); // Modes are ours, not the mask's.
    if (!pki_folder_open(&folder))
        return 1;
    CHECK(folder_make(folder.path)); // An empty folder will do.
    CHECK(pki_folder_make(&folder, hosts, sizeof hosts / sizeof hosts[0]));
    CHECK(folder.message[0] == '\0');
    test_files(&folder);
    test_subjects(&folder);
    test_certificates(&folder);
    test_chains(&folder);
    test_lists(&folder);
    test_passphrases(&folder);
    test_hosts(&folder);
    test_again(&folder);
    pki_folder_close(&folder);
    test_refusals();
    test_table();
    ERR_clear_error();
    return unit_end();
}

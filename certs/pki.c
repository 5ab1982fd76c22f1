// SPDX-License-Identifier: Apache-2.0
#include "certs/pki.h"

#include "tool/text.h"

// Kind, stem, words, status, status without, need, issuer, subject, use, and the rest by name.
#define ROW(kind, stem, words, status, without, need, issuer, subject, use, ...) \
    [PKI_##kind] = {stem,                                                        \
                    words,                                                       \
                    status,                                                      \
                    without,                                                     \
                    PKI_NEED_##need,                                             \
                    {PKI_##issuer, PKI_SUBJECT_##subject, PKI_USE_##use, __VA_ARGS__}}

static const struct pki_row rows[PKI_COUNT] = {
    ROW(CLIENT, "client", "the documented client", 200, 200, CA, ROOT, DOCUMENTED, CLIENT,
        .key = PKI_KEY_P256),
    ROW(CLIENT_RSA, "client-rsa", "the same with RSA-2048", 200, 200, CA, ROOT, DOCUMENTED, CLIENT,
        .key = PKI_KEY_RSA_2048),
    ROW(CLIENT_CHAIN, "client-chain", "issued by an intermediate, which is sent along", 200, 200,
        CA, ISSUER, DOCUMENTED, CLIENT, .key = PKI_KEY_P256),
    ROW(CLIENT_REORDERED, "client-reordered", "the subject's parts in another order", 200, 200, CA,
        ROOT, REORDERED, CLIENT, .key = PKI_KEY_P256),
    [PKI_NONE] = {.words = "no certificate", .status = 401, .status_without = 401},
    ROW(EXPIRED, "expired", "ended yesterday", 401, 401, CA, ROOT, DOCUMENTED, CLIENT,
        .time = PKI_TIME_PAST),
    ROW(NOT_YET_VALID, "not-yet-valid", "begins in two months", 403, 403, CA, ROOT, DOCUMENTED,
        CLIENT, .time = PKI_TIME_FUTURE),
    ROW(OTHER_CA, "other-ca", "right but for its CA", 403, 403, NOTHING, ROOT_OTHER, DOCUMENTED,
        CLIENT, .key = PKI_KEY_P256),
    ROW(SELF_SIGNED, "self-signed", "right but for its CA: itself", 403, 403, NOTHING, SELF_SIGNED,
        DOCUMENTED, CLIENT, .key = PKI_KEY_P256),
    ROW(BROKEN_SIGNATURE, "broken-signature", "one bit of its signature is wrong", 403, 403, CA,
        ROOT, DOCUMENTED, CLIENT, .is_broken = true),
    ROW(SERVER_EKU, "server-eku", "extended key usage serverAuth", 403, 200, EKU, ROOT, DOCUMENTED,
        SERVER, .key = PKI_KEY_P256),
    ROW(LEAF_ONLY, "leaf-only", "issued by an intermediate, which is missing", 403, 403, CA, ISSUER,
        DOCUMENTED, CLIENT, .is_short = true),
    ROW(EXPIRED_ISSUER, "expired-issuer", "issued by an intermediate that ended yesterday", 403,
        403, CA, ISSUER_EXPIRED, DOCUMENTED, CLIENT, .key = PKI_KEY_P256),
    ROW(CA_AS_LEAF, "ca-as-leaf", "an authority's own certificate", 403, 403, CA, ROOT, DOCUMENTED,
        ISSUER, .key = PKI_KEY_P256),
    ROW(WEAK, "weak", "RSA-1024, signed with SHA-1", 403, 403, CA, ROOT, DOCUMENTED, CLIENT,
        .key = PKI_KEY_RSA_1024, .is_sha1 = true),
    ROW(REVOKED, "revoked", "taken back by its CA", 403, 200, CRL, ROOT, DOCUMENTED, CLIENT,
        .is_revoked = true),
    ROW(EXPIRED_OTHER_CA, "expired-other-ca", "ended yesterday, of another CA", 403, 403, NOTHING,
        ROOT_OTHER, DOCUMENTED, CLIENT, .time = PKI_TIME_PAST),
    ROW(EXPIRED_REVOKED, "expired-revoked", "ended yesterday, taken back", 403, 401, CRL, ROOT,
        DOCUMENTED, CLIENT, .time = PKI_TIME_PAST, .is_revoked = true),
    ROW(OTHER_SUBJECT, "other-subject", "CN=attacker", 403, 200, SUBJECT, ROOT, ATTACKER, CLIENT,
        .key = PKI_KEY_P256),
    ROW(NUL_SUBJECT, "nul-subject", "NUL and another domain behind the CN", 403, 200, SUBJECT, ROOT,
        NUL, CLIENT, .key = PKI_KEY_P256),

    ROW(SERVER, "server", "the server of the hosts asked for", 200, 200, CA, ROOT, SERVER, SERVER,
        .key = PKI_KEY_P256),
    ROW(SERVER_RSA, "server-rsa", "the same with RSA-2048", 200, 200, CA, ROOT, SERVER, SERVER,
        .key = PKI_KEY_RSA_2048),
    ROW(SERVER_CHAIN, "server-chain", "issued by an intermediate, which is sent along", 200, 200,
        CA, ISSUER, SERVER, SERVER, .key = PKI_KEY_P256),
    ROW(SERVER_EXPIRED, "server-expired", "ended yesterday", 0, 0, CA, ROOT, SERVER, SERVER,
        .time = PKI_TIME_PAST),
    ROW(SERVER_WRONG_NAME, "server-wrong-name", "the server of wrong-name.invalid", 0, 0, CA, ROOT,
        SERVER, SERVER, .is_for_elsewhere = true),
    ROW(SERVER_SELF_SIGNED, "server-self-signed", "its CA is itself", 0, 0, NOTHING,
        SERVER_SELF_SIGNED, SERVER, SERVER, .key = PKI_KEY_P256),
    ROW(SERVER_LEAF_ONLY, "server-leaf-only", "issued by an intermediate, which is missing", 0, 0,
        CA, ISSUER, SERVER, SERVER, .is_short = true),

    ROW(ISSUER_EXPIRED, "intermediate-expired", "an intermediate that ended yesterday", 0, 0, CA,
        ROOT, ISSUER_EXPIRED, ISSUER, .time = PKI_TIME_PAST),
    ROW(ISSUER, "intermediate", "the intermediate", 0, 0, CA, ROOT, ISSUER, ISSUER,
        .key = PKI_KEY_P256),
    ROW(ROOT_OTHER, "ca-other", "another CA, which nobody is to trust", 0, 0, NOTHING, ROOT_OTHER,
        ROOT_OTHER, ROOT, .key = PKI_KEY_P256),
    ROW(ROOT, "ca", "the CA, which a staging endpoint is to trust", 0, 0, CA, ROOT, ROOT, ROOT,
        .key = PKI_KEY_P256),
};

enum { ANSWER_COLUMN = 27, WORDS_COLUMN = 32, STEM_COLUMN = 2 };

// What a table says behind a row whose answer depends on more than the CA.
static const char *const need_words[] = {
    [PKI_NEED_NOTHING] = "",
    [PKI_NEED_CA] = "",
    [PKI_NEED_CRL] = "without crl.pem",
    [PKI_NEED_EKU] = "when tls.eku is accept",
    [PKI_NEED_SUBJECT] = "when tls.subject is off",
};

static const struct {
    const char *title;
    enum pki_kind begin;
    enum pki_kind end;
    const char *go_on; // what stands for status 200; NULL: the status itself does
    const char *stop;
} parts[] = {
    {"clients, and the documented answer to each", PKI_CLIENT, PKI_CLIENT_COUNT, NULL, NULL},
    {"servers, and whether clients that trust ca.pem go on", PKI_SERVER, PKI_SERVER_END, "yes",
     "no"},
    {"authorities", PKI_ISSUER_EXPIRED, PKI_COUNT, "", ""},
};
enum { PART_COUNT = sizeof parts / sizeof parts[0] };

static const struct {
    const char *name;
    const char *words;
} files[PKI_FILE_COUNT] = {
    [PKI_CRL] = {"crl.pem", "what the CA and its intermediates took back"},
    [PKI_P12] = {"client.p12", "client.pem and its key as PKCS#12"},
    [PKI_CHAIN_P12] = {"client-chain.p12", "client-chain.pem and its key as PKCS#12"},
    [PKI_ENCRYPTED_KEY] = {"client-encrypted.key", "the key of client.pem, encrypted"},
};

const struct pki_row *pki_row(enum pki_kind kind) { return &rows[kind]; }

const char *pki_file_name(enum pki_file file) { return files[file].name; }

unsigned pki_status(enum pki_kind kind, const struct pki_policy *policy)
{
    const struct pki_row *row = &rows[kind];
    const bool is_done[] = {
        [PKI_NEED_NOTHING] = true,
        [PKI_NEED_CA] = true,
        [PKI_NEED_CRL] = policy->reads_crl,
        [PKI_NEED_EKU] = policy->rejects_eku,
        [PKI_NEED_SUBJECT] = policy->compares_subject,
    };
    if (row->need != PKI_NEED_NOTHING && !policy->trusts_ca)
        return 403;
    return is_done[row->need] ? row->status : row->status_without;
}

static bool join(char *out, size_t cap, const char *folder, const char *stem, const char *ending)
{
    struct buf b = buf_of(out, cap);
    buf_put_text(&b, folder);
    buf_put_byte(&b, '/');
    buf_put_text(&b, stem);
    buf_put_text(&b, ending);
    buf_put_byte(&b, '\0');
    return !b.overflow;
}

bool pki_path(char *out, size_t cap, const char *folder, enum pki_kind kind, const char *ending)
{
    return rows[kind].stem != NULL && join(out, cap, folder, rows[kind].stem, ending);
}

bool pki_file_path(char *out, size_t cap, const char *folder, enum pki_file file)
{
    return join(out, cap, folder, files[file].name, "");
}

static void put_words(struct buf *out, const struct pki_row *row)
{
    text_pad(out, WORDS_COLUMN);
    text_put_words(out, WORDS_COLUMN, row->words);
    if (row->status_without == row->status)
        return;
    buf_put_text(out, "; ");
    buf_put_unsigned(out, row->status_without);
    text_put_words(out, WORDS_COLUMN, need_words[row->need]);
}

static void put_row(struct buf *out, const struct pki_row *row, size_t part)
{
    text_pad(out, STEM_COLUMN);
    buf_put_text(out, row->stem == NULL ? "(none)" : row->stem);
    buf_put_text(out, row->stem == NULL ? "" : ".pem");
    text_pad(out, ANSWER_COLUMN);
    if (parts[part].go_on == NULL)
        buf_put_unsigned(out, row->status);
    else
        buf_put_text(out, row->status == 200 ? parts[part].go_on : parts[part].stop);
    put_words(out, row);
    buf_put_byte(out, '\n');
}

void pki_put_table(struct buf *out)
{
    for (size_t i = 0; i < PART_COUNT; i++) {
        buf_put_text(out, parts[i].title);
        buf_put_byte(out, '\n');
        for (unsigned kind = parts[i].begin; kind < parts[i].end; kind++)
            put_row(out, &rows[kind], i);
    }
    buf_put_text(out, "more\n");
    for (size_t i = 0; i < PKI_FILE_COUNT; i++) {
        text_pad(out, STEM_COLUMN);
        buf_put_text(out, files[i].name);
        text_pad(out, WORDS_COLUMN);
        text_put_words(out, WORDS_COLUMN, files[i].words);
        buf_put_byte(out, '\n');
    }
}

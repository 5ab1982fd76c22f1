// SPDX-License-Identifier: Apache-2.0
// The test PKI: a throw-away CA in a folder, with certificates right and wrong on purpose.
//
// One table tells each certificate: its file, its purpose, what a conforming endpoint answers to
// it, and how it is made. Its first PKI_CLIENT_COUNT rows, "no certificate" among them, are the
// first dimension of the certificate matrix. Of a row with the stem "client" there are, in the
// folder,
//
//     client.pem   the certificate, and behind it what the sender has to send of the chain
//     client.key   its private key, PKCS#8, mode 0600
//
// and beside the rows' files stand those of enum pki_file. Everything is EC P-256 and SHA-256
// unless the row says otherwise. All of it ends PKI_LIFE_S after it was made: a test CA that
// somebody forgets to take away again must not work for long.
#ifndef BP_CERTS_PKI_H
#define BP_CERTS_PKI_H

#include "base/buf.h"

enum { PKI_MESSAGE_LEN_MAX = 512, PKI_LIFE_S = 61 * 86400 };

// The passphrase of PKI_P12, PKI_CHAIN_P12 and PKI_ENCRYPTED_KEY.
#define PKI_PASSPHRASE "balprobe"

// Makers of certificates stand behind what they issue: the folder is made from the end.
enum pki_kind {
    PKI_CLIENT, // the documented client; the good ones first
    PKI_CLIENT_RSA,
    PKI_CLIENT_CHAIN,
    PKI_CLIENT_REORDERED,
    PKI_NONE, // no certificate, no file
    PKI_EXPIRED,
    PKI_NOT_YET_VALID,
    PKI_OTHER_CA,
    PKI_SELF_SIGNED,
    PKI_BROKEN_SIGNATURE,
    PKI_SERVER_EKU,
    PKI_LEAF_ONLY,
    PKI_EXPIRED_ISSUER,
    PKI_CA_AS_LEAF,
    PKI_WEAK,
    PKI_REVOKED,
    PKI_EXPIRED_OTHER_CA,
    PKI_EXPIRED_REVOKED,
    PKI_OTHER_SUBJECT,
    PKI_NUL_SUBJECT,
    PKI_CLIENT_COUNT,

    PKI_SERVER = PKI_CLIENT_COUNT,
    PKI_SERVER_RSA,
    PKI_SERVER_CHAIN,
    PKI_SERVER_EXPIRED,
    PKI_SERVER_WRONG_NAME,
    PKI_SERVER_SELF_SIGNED,
    PKI_SERVER_LEAF_ONLY,
    PKI_SERVER_END,

    PKI_ISSUER_EXPIRED = PKI_SERVER_END, // the authorities
    PKI_ISSUER,
    PKI_ROOT_OTHER,
    PKI_ROOT,
    PKI_COUNT
};

// What else is in the folder.
enum pki_file {
    PKI_CRL,           // what the CA and its intermediates took back, three lists in one PEM file
    PKI_P12,           // PKI_CLIENT as PKCS#12
    PKI_CHAIN_P12,     // PKI_CLIENT_CHAIN as PKCS#12, the intermediate included
    PKI_ENCRYPTED_KEY, // the key of PKI_CLIENT, encrypted
    PKI_FILE_COUNT
};

// What an endpoint has to do, before a row's answer can be asked of it. All but PKI_NEED_NOTHING
// include PKI_NEED_CA.
enum pki_need {
    PKI_NEED_NOTHING, // the answer is the same whomever it trusts
    PKI_NEED_CA,      // trust PKI_ROOT
    PKI_NEED_CRL,     // read PKI_CRL
    PKI_NEED_EKU,     // demand clientAuth where there is an extended key usage (tls.eku)
    PKI_NEED_SUBJECT, // compare the subject (tls.subject)
};

enum pki_time {
    PKI_TIME_NOW,    // from an hour ago, for clocks that are behind, to PKI_LIFE_S from now
    PKI_TIME_PAST,   // to yesterday
    PKI_TIME_FUTURE, // from PKI_LIFE_S on, so that no waiting makes it valid as long as the CA is
};

enum pki_key { PKI_KEY_P256, PKI_KEY_RSA_2048, PKI_KEY_RSA_1024 };

enum pki_use { PKI_USE_CLIENT, PKI_USE_SERVER, PKI_USE_ISSUER, PKI_USE_ROOT };

enum pki_subject {
    PKI_SUBJECT_DOCUMENTED, // C=US, ST=WA, L=Redmond, O=Microsoft Corporation, CN=...
    PKI_SUBJECT_REORDERED,  // the same from its end
    PKI_SUBJECT_ATTACKER,   // CN=attacker, the rest as documented
    PKI_SUBJECT_NUL,        // NUL and another domain behind the documented CN
    PKI_SUBJECT_SERVER,
    PKI_SUBJECT_ISSUER_EXPIRED, // the authorities; a number at the end of their names, one for each
    PKI_SUBJECT_ISSUER,         // pki_make, tells the CAs of two folders apart
    PKI_SUBJECT_ROOT_OTHER,
    PKI_SUBJECT_ROOT,
    PKI_SUBJECT_COUNT
};

// How a certificate is made.
struct pki_recipe {
    enum pki_kind issuer; // itself: self-signed
    enum pki_subject subject;
    enum pki_use use;
    enum pki_key key;
    enum pki_time time;
    bool is_short;         // the chain is not in the file
    bool is_revoked;       // in the CRL
    bool is_sha1;          // signed with SHA-1
    bool is_broken;        // the signature's last bit is wrong
    bool is_for_elsewhere; // a server of another name than asked for
};

struct pki_row {
    const char *stem;  // of the file names; NULL: there is no file
    const char *words; // what it is, for tables
    // A client: the status of the answer to it, as long as the endpoint does what `need` says, and
    // what it is when the endpoint trusts the CA but does not do that. A server: 200 when a client
    // that trusts the CA goes on, 0 when it must not. An authority: 0.
    unsigned status;
    unsigned status_without;
    enum pki_need need;
    struct pki_recipe recipe;
};

// What an endpoint does about client certificates.
struct pki_policy {
    bool trusts_ca;
    bool reads_crl;
    bool rejects_eku;
    bool compares_subject;
};

// pki_row is the row of a kind; for PKI_NONE the stem is NULL.
const struct pki_row *pki_row(enum pki_kind kind);

// pki_status is the documented answer of an endpoint with such a policy to a client's kind: 200
// (let in), 401 or 403.
unsigned pki_status(enum pki_kind kind, const struct pki_policy *policy);

// pki_path writes "folder/stem.pem" with a closing NUL. `ending` is ".pem" or ".key". False when it
// is longer than `cap` or the kind has no file.
BP_MUST_USE bool pki_path(char *out, size_t cap, const char *folder, enum pki_kind kind,
                          const char *ending);

// pki_file_name is "crl.pem". pki_file_path is pki_path for it.
const char *pki_file_name(enum pki_file file);
BP_MUST_USE bool pki_file_path(char *out, size_t cap, const char *folder, enum pki_file file);

// pki_put_table appends a table of all files, 80 columns wide: name, documented answer, what it is.
void pki_put_table(struct buf *out);

// What the caller of pki_make decides.
struct pki_options {
    int64_t now_s;            // since 1970
    const char *const *hosts; // names ("*.example.net") and addresses of the servers
    size_t host_count;        // 0: localhost, 127.0.0.1 and ::1
};

// pki_make fills `folder`, made when it is not there, with mode 0700, and takes about half a
// second, most of it for RSA keys. It replaces what an earlier pki_make left there, and refuses a
// folder that holds anything else. The folder tells git to ignore it. False with what is wrong and
// what to do in `message` (PKI_MESSAGE_LEN_MAX bytes hold any, with the NUL; foreign bytes
// escaped); what the system says about a file is told on standard error.
BP_MUST_USE bool pki_make(const char *folder, const struct pki_options *options, char *message,
                          size_t cap);

#endif

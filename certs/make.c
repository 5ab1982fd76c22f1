// SPDX-License-Identifier: Apache-2.0
// pki_make: first everything in memory, then the files.
#include <dirent.h>
#include <errno.h>
#include <openssl/err.h>
#include <openssl/rand.h>
#include <sys/stat.h>

#include "certs/issue.h"
#include "certs/store.h"
#include "tool/files.h"
#include "tool/text.h"

enum { NUMBER_BYTES = 4, TOLD_LEN_MAX = 120 };

static const char *const default_hosts[] = {"localhost", "127.0.0.1", "::1"};

// Who takes certificates back. (PKI_ROOT_OTHER does not: nobody trusts it.)
static const enum pki_kind listers[] = {PKI_ROOT, PKI_ISSUER, PKI_ISSUER_EXPIRED};
enum { LISTER_COUNT = sizeof listers / sizeof listers[0] };

struct maker {
    const char *folder;
    struct issue_terms terms;
    struct issued made[PKI_COUNT];
    X509_CRL *lists[LISTER_COUNT];
    struct buf message;
};

static bool refuse(struct maker *maker, const char *what, const char *given, const char *then)
{
    buf_put_text(&maker->message, what);
    text_put_bytes(&maker->message, view_of_text(given), TOLD_LEN_MAX);
    buf_put_text(&maker->message, then);
    return false;
}

static bool refuse_library(struct maker *maker, const char *what)
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());
    buf_put_text(&maker->message, "OpenSSL could not make ");
    buf_put_text(&maker->message, what);
    buf_put_text(&maker->message, ": ");
    buf_put_text(&maker->message, reason != NULL ? reason : "no reason given");
    buf_put_text(&maker->message, "; is a policy of this machine stricter than OpenSSL's own?");
    return false;
}

static bool check_hosts(struct maker *maker)
{
    for (size_t i = 0; i < maker->terms.host_count; i++)
        if (!issue_is_host(maker->terms.hosts[i]))
            return refuse(maker, "", maker->terms.hosts[i],
                          " is neither a host name nor an address; say --host NAME,ADDRESS");
    return true;
}

static bool is_empty(const char *folder)
{
    DIR *entries = opendir(folder);
    if (entries == NULL)
        return false;
    size_t count = 0;
    while (readdir(entries) != NULL)
        count++;
    closedir(entries);
    return count <= 2; // itself and the one above
}

// A new folder, an empty one, or one of ours.
static bool take_folder(struct maker *maker)
{
    struct stat status;
    bool is_there = stat(maker->folder, &status) == 0;
    if (is_there && !path_is_folder(maker->folder))
        return refuse(maker, "", maker->folder, " is no folder; name another one");
    bool is_ours = is_there && store_is_ours(maker->folder);
    bool is_free = !is_there || is_ours || is_empty(maker->folder);
    if (!is_free)
        return refuse(maker, "", maker->folder,
                      " holds other files than a PKI of balprobe; name a new or empty folder");
    if (!folder_make(maker->folder) || chmod(maker->folder, 0700) != 0)
        return refuse(maker, "the folder ", maker->folder,
                      " cannot be made for its owner alone (mode 0700); name another one");
    return true;
}

static bool make_number(char *digits)
{
    static const char hex[] = "0123456789abcdef";
    unsigned char bytes[NUMBER_BYTES];
    if (RAND_bytes(bytes, NUMBER_BYTES) != 1)
        return false;
    for (size_t i = 0; i < NUMBER_BYTES; i++) {
        digits[2 * i] = hex[bytes[i] >> 4];
        digits[2 * i + 1] = hex[bytes[i] & 15];
    }
    return true;
}

static bool make_certificates(struct maker *maker)
{
    for (unsigned i = PKI_COUNT; i-- > 0;) {
        const struct pki_row *row = pki_row((enum pki_kind)i);
        const struct issued *issuer = &maker->made[row->recipe.issuer];
        bool is_self_signed = issuer == &maker->made[i];
        if (row->stem == NULL)
            continue;
        if (!issue_certificate(&maker->made[i], &row->recipe, is_self_signed ? NULL : issuer,
                               &maker->terms))
            return refuse_library(maker, row->stem);
    }
    return true;
}

static bool make_lists(struct maker *maker)
{
    for (size_t i = 0; i < LISTER_COUNT; i++) {
        X509 *revoked[PKI_COUNT];
        size_t count = 0;
        for (unsigned kind = 0; kind < PKI_COUNT; kind++) {
            const struct pki_recipe *recipe = &pki_row((enum pki_kind)kind)->recipe;
            if (recipe->is_revoked && recipe->issuer == listers[i])
                revoked[count++] = maker->made[kind].certificate;
        }
        maker->lists[i] = issue_crl(&maker->made[listers[i]], revoked, count, maker->terms.now_s);
        if (maker->lists[i] == NULL)
            return refuse_library(maker, pki_file_name(PKI_CRL));
    }
    return true;
}

static bool write_all(struct maker *maker)
{
    bool is_written = store_begin(maker->folder);
    for (unsigned i = 0; i < PKI_COUNT && is_written; i++)
        if (pki_row((enum pki_kind)i)->stem != NULL)
            is_written = store_issued(maker->folder, (enum pki_kind)i, maker->made);
    is_written = is_written && store_lists(maker->folder, maker->lists, LISTER_COUNT) &&
                 store_p12(maker->folder, PKI_P12, PKI_CLIENT, maker->made) &&
                 store_p12(maker->folder, PKI_CHAIN_P12, PKI_CLIENT_CHAIN, maker->made) &&
                 store_encrypted_key(maker->folder, &maker->made[PKI_CLIENT]);
    return is_written || refuse(maker, "the files in ", maker->folder,
                                " could not be written whole; make room, or name another folder");
}

static bool make(struct maker *maker)
{
    char digits[2 * NUMBER_BYTES];
    if (!make_number(digits))
        return refuse_library(maker, "a random number");
    maker->terms.number = view_of(digits, sizeof digits);
    return check_hosts(maker) && take_folder(maker) && make_certificates(maker) &&
           make_lists(maker) && write_all(maker);
}

bool pki_make(const char *folder, const struct pki_options *options, char *message, size_t cap)
{
    bool has_hosts = options->host_count != 0;
    struct maker maker = {
        .folder = folder,
        .terms = {.now_s = options->now_s,
                  .hosts = has_hosts ? options->hosts : default_hosts,
                  .host_count = has_hosts ? options->host_count
                                          : sizeof default_hosts / sizeof default_hosts[0]},
        .message = buf_of(message, cap - 1),
    };
    bool is_made = make(&maker);
    message[maker.message.len] = '\0';
    for (size_t i = 0; i < PKI_COUNT; i++)
        issued_free(&maker.made[i]);
    for (size_t i = 0; i < LISTER_COUNT; i++)
        X509_CRL_free(maker.lists[i]);
    ERR_clear_error();
    return is_made;
}

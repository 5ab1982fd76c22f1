// SPDX-License-Identifier: Apache-2.0
#include "certs/subject.h"

#include <openssl/objects.h>

#include "base/buf.h"

enum { PART_COUNT_MAX = 5, COMMON_NAME_LEN_MAX = 64 };

struct part {
    int nid; // 0: no more
    struct view text;
};

#define COUNTRY                          \
    {                                    \
        NID_countryName, VIEW_INIT("US") \
    }
#define STATE                                    \
    {                                            \
        NID_stateOrProvinceName, VIEW_INIT("WA") \
    }
#define LOCALITY                               \
    {                                          \
        NID_localityName, VIEW_INIT("Redmond") \
    }
#define OPERATOR                                                 \
    {                                                            \
        NID_organizationName, VIEW_INIT("Microsoft Corporation") \
    }
#define OURS                                                            \
    {                                                                   \
        NID_organizationName, VIEW_INIT("balprobe throw-away test PKI") \
    }
#define COMMON_NAME(text)               \
    {                                   \
        NID_commonName, VIEW_INIT(text) \
    }
#define DOCUMENTED_CN "partners.datamart.windows.com"

static const struct {
    struct part parts[PART_COUNT_MAX];
    bool is_numbered;
} subjects[PKI_SUBJECT_COUNT] = {
    [PKI_SUBJECT_DOCUMENTED] = {{COUNTRY, STATE, LOCALITY, OPERATOR, COMMON_NAME(DOCUMENTED_CN)},
                                false},
    [PKI_SUBJECT_REORDERED] = {{COMMON_NAME(DOCUMENTED_CN), OPERATOR, LOCALITY, STATE, COUNTRY},
                               false},
    [PKI_SUBJECT_ATTACKER] = {{COUNTRY, STATE, LOCALITY, OPERATOR, COMMON_NAME("attacker")}, false},
    [PKI_SUBJECT_NUL] = {{COUNTRY, STATE, LOCALITY, OPERATOR,
                          COMMON_NAME(DOCUMENTED_CN "\0.attacker.invalid")},
                         false},
    [PKI_SUBJECT_SERVER] = {{OURS, COMMON_NAME("balprobe test server")}, false},
    [PKI_SUBJECT_ISSUER_EXPIRED] = {{OURS, COMMON_NAME("balprobe ended intermediate ")}, true},
    [PKI_SUBJECT_ISSUER] = {{OURS, COMMON_NAME("balprobe test intermediate ")}, true},
    [PKI_SUBJECT_ROOT_OTHER] = {{OURS, COMMON_NAME("balprobe other test CA ")}, true},
    [PKI_SUBJECT_ROOT] = {{OURS, COMMON_NAME("balprobe test CA ")}, true},
};

bool subject_put(X509_NAME *name, enum pki_subject subject, struct view number)
{
    const struct part *parts = subjects[subject].parts;
    for (size_t i = 0; i < PART_COUNT_MAX && parts[i].nid != 0; i++) {
        char space[COMMON_NAME_LEN_MAX];
        struct buf text = BUF(space);
        buf_put(&text, parts[i].text);
        if (subjects[subject].is_numbered && parts[i].nid == NID_commonName)
            buf_put(&text, number);
        if (X509_NAME_add_entry_by_NID(name, parts[i].nid, MBSTRING_UTF8,
                                       (const unsigned char *)text.data, (int)text.len, -1, 0) != 1)
            return false;
    }
    return true;
}

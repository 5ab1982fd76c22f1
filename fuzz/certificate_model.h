// SPDX-License-Identifier: Apache-2.0
// An independent account of what is wrong with a certificate, and of what that means.
#ifndef BP_FUZZ_CERTIFICATE_MODEL_H
#define BP_FUZZ_CERTIFICATE_MODEL_H

#include <openssl/x509v3.h>

#include "fuzz.h"
#include "net/presented.h"

enum { FAULT_COUNT_MAX = 256 };

// Every error that OpenSSL tells, each once.
struct fault_set {
    size_t count;
    struct {
        int error, depth;
    } items[FAULT_COUNT_MAX];
};

static inline void fault_set_add(struct fault_set *set, int error, int depth)
{
    for (size_t i = 0; i < set->count; i++)
        if (set->items[i].error == error && set->items[i].depth == depth)
            return;
    FUZZ_ASSERT(set->count < FAULT_COUNT_MAX);
    set->items[set->count].error = error;
    set->items[set->count++].depth = depth;
}

// fault_set_decide is the documented decision: 401 without a certificate or for one that is only
// expired, 403 for every other fault, NONE without any. A certificate may expire behind its check.
static inline enum bp_reason fault_set_decide(const struct fault_set *set, bool is_there,
                                              bool is_over)
{
    if (!is_there)
        return BP_REASON_CERT_MISSING;
    if (set->count == 0)
        return is_over ? BP_REASON_CERT_EXPIRED : BP_REASON_NONE;
    bool is_expired = set->items[0].error == X509_V_ERR_CERT_HAS_EXPIRED;
    bool is_own = set->items[0].depth == 0;
    return set->count == 1 && is_expired && is_own ? BP_REASON_CERT_EXPIRED
                                                   : BP_REASON_CERT_REFUSED;
}

// fault_set_is_same says whether both know the same faults: all of them, or the first eight.
static inline bool fault_set_is_same(const struct fault_set *set,
                                     const struct bp_presented *presented)
{
    bool fits = set->count <= BP_PRESENTED_ERROR_COUNT_MAX;
    if (presented->error_count != (fits ? set->count : (size_t)BP_PRESENTED_ERROR_COUNT_MAX))
        return false;
    for (size_t i = 0; i < presented->error_count; i++)
        if (presented->errors[i].error != set->items[i].error ||
            presented->errors[i].depth != set->items[i].depth)
            return false;
    return presented->has_overflow == !fits;
}

// subject_check_documented: a name that is taken for the documented one has its five parts.
static inline void subject_check_documented(const X509_NAME *name)
{
    static const struct {
        int nid;
        const char *text;
    } parts[] = {{NID_countryName, "US"},
                 {NID_stateOrProvinceName, "WA"},
                 {NID_localityName, "Redmond"},
                 {NID_organizationName, "Microsoft Corporation"},
                 {NID_commonName, "partners.datamart.windows.com"}};
    FUZZ_ASSERT(X509_NAME_entry_count(name) == 5);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        int at = X509_NAME_get_index_by_NID(name, parts[i].nid, -1);
        FUZZ_ASSERT(at >= 0);
        const ASN1_STRING *value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at));
        FUZZ_ASSERT(view_equal(
            view_of((const char *)ASN1_STRING_get0_data(value), (size_t)ASN1_STRING_length(value)),
            view_of_text(parts[i].text)));
    }
}

#endif

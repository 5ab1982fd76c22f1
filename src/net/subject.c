// SPDX-License-Identifier: Apache-2.0
#include "net/subject.h"

#include <openssl/objects.h>

static const struct {
    int type;
    struct view value;
} parts[] = {
    {NID_countryName, {"US", 2}},
    {NID_stateOrProvinceName, {"WA", 2}},
    {NID_localityName, {"Redmond", 7}},
    {NID_organizationName, {"Microsoft Corporation", 21}},
    {NID_commonName, {"partners.datamart.windows.com", 29}},
};

enum { PART_COUNT = sizeof parts / sizeof parts[0] };

// Which documented part an entry is; PART_COUNT: none.
static size_t part_of(const X509_NAME_ENTRY *entry)
{
    int type = OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry));
    const ASN1_STRING *text = X509_NAME_ENTRY_get_data(entry);
    struct view value =
        view_of((const char *)ASN1_STRING_get0_data(text), (size_t)ASN1_STRING_length(text));
    size_t i = 0;
    while (i < PART_COUNT && (parts[i].type != type || !view_equal(parts[i].value, value)))
        i++;
    return i;
}

bool bp_subject_is_documented(const X509_NAME *name)
{
    if (X509_NAME_entry_count(name) != PART_COUNT)
        return false;
    unsigned seen = 0;
    for (int i = 0; i < PART_COUNT; i++) {
        const X509_NAME_ENTRY *entry = X509_NAME_get_entry(name, i);
        // Entries of one RDN share its number.
        if (X509_NAME_ENTRY_set(entry) != i)
            return false;
        seen |= 1U << part_of(entry);
    }
    return seen == (1U << PART_COUNT) - 1;
}

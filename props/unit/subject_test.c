// SPDX-License-Identifier: Apache-2.0
// Which names are the documented client's.
#include "net/subject.h"

#include "props/unit/unit.h"

enum { PART_COUNT_MAX = 6 };

struct part {
    const char *type; // NULL: there are no more
    struct view value;
    int coding; // MBSTRING_... or V_ASN1_...; 0: UTF-8
    int set;    // -1: in the RDN of the part before
};

#define PART(type, value)                      \
    {                                          \
        type, {value, sizeof(value) - 1}, 0, 0 \
    }
#define C PART("C", "US")
#define ST PART("ST", "WA")
#define L PART("L", "Redmond")
#define O PART("O", "Microsoft Corporation")
#define CN PART("CN", "partners.datamart.windows.com")

static const struct {
    struct part parts[PART_COUNT_MAX];
    bool want;
} rows[] = {
    {{C, ST, L, O, CN}, true},
    {{CN, O, L, ST, C}, true},
    {{O, C, CN, ST, L}, true},
    {{{"C", {"US", 2}, V_ASN1_PRINTABLESTRING, 0}, ST, L, O, CN}, true},
    {{C, ST, L, O, {"CN", {"partners.datamart.windows.com", 29}, V_ASN1_IA5STRING, 0}}, true},
    {{{NULL, {NULL, 0}, 0, 0}}, false},
    {{C, ST, L, O}, false},
    {{C, ST, L, CN}, false},
    {{C, ST, L, O, CN, PART("OU", "x")}, false},
    {{C, ST, L, O, CN, CN}, false},
    {{C, ST, L, CN, CN}, false},
    {{C, C, C, C, C}, false},
    {{C, ST, L, O, PART("OU", "partners.datamart.windows.com")}, false},
    {{C, ST, L, O, PART("CN", "attacker")}, false},
    {{C, ST, L, O, PART("CN", "Partners.datamart.windows.com")}, false},
    {{C, ST, L, O, PART("CN", "partners.datamart.windows.com.")}, false},
    {{C, ST, L, O, PART("CN", "partners.datamart.windows.com\0.attacker.example")}, false},
    {{C, ST, L, O, PART("CN", "partners.datamart.windows.com\0")}, false},
    {{C, ST, L, O, PART("CN", "partners.datamart.windows.co")}, false},
    {{PART("C", "us"), ST, L, O, CN}, false},
    {{C, ST, L, PART("O", "Microsoft Corporation "), CN}, false},
    {{C, PART("ST", "Washington"), L, O, CN}, false},
    // In UTF-16 the same letters are other bytes.
    {{C, ST, L, O, {"CN", {"\0p\0a", 4}, V_ASN1_BMPSTRING, 0}}, false},
    // Two parts in one RDN.
    {{C, {"ST", {"WA", 2}, 0, -1}, L, O, CN}, false},
};

static X509_NAME *make_name(const struct part *parts)
{
    X509_NAME *name = X509_NAME_new();
    for (size_t i = 0; i < PART_COUNT_MAX && parts[i].type != NULL; i++) {
        int coding = parts[i].coding == 0 ? V_ASN1_UTF8STRING : parts[i].coding;
        const unsigned char *value = (const unsigned char *)parts[i].value.data;
        CHECK(X509_NAME_add_entry_by_txt(name, parts[i].type, coding, value,
                                         (int)parts[i].value.len, -1, parts[i].set) == 1);
    }
    return name;
}

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        X509_NAME *name = make_name(rows[i].parts);
        CHECK_ROW(i, bp_subject_is_documented(name) == rows[i].want);
        X509_NAME_free(name);
    }
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
// The families of clauses, one file each. clause.c lists them in this order.
#ifndef BP_PROPS_RULE_FAMILIES_H
#define BP_PROPS_RULE_FAMILIES_H

#include "props/rule/clause.h"

extern const struct family path_family;        // path_rules.c: GB-PATH-*
extern const struct family method_family;      // method_rules.c: GB-METH-*
extern const struct family fields_family;      // fields_rules.c: GB-FT-*
extern const struct family limit_family;       // limit_rules.c: GB-LIMIT-*
extern const struct family location_family;    // location_rules.c: GB-LOC-*
extern const struct family query_family;       // query_rules.c: GB-QRY-*
extern const struct family header_family;      // header_rules.c: GB-HDR-*
extern const struct family auth_family;        // auth_rules.c: GB-AUTH-*
extern const struct family transaction_family; // transaction_rules.c: GB-TXN-*
extern const struct family http_family;        // http_rules.c: GB-HTTP-*
extern const struct family body_family;        // body_rules.c: GB-BODY-*
extern const struct family error_family;       // error_rules.c: GB-ERR-*
extern const struct family type_family;        // type_rules.c: GB-TYPE-*
extern const struct family zero_family;        // zero_rules.c: GB-ZERO-*
extern const struct family state_family;       // state_rules.c: GB-STATE-*
extern const struct family rate_family;        // rate_rules.c: GB-RATE-*
extern const struct family tls_family;         // tls_rules.c: GB-TLS-*

#endif

// SPDX-License-Identifier: Apache-2.0
// The documented client's name (GB-TLS-5).
#ifndef BP_NET_SUBJECT_H
#define BP_NET_SUBJECT_H

#include <openssl/x509.h>

#include "base/view.h"

// bp_subject_is_documented says whether a name has exactly these five parts, in any order, each
// alone in its RDN, compared byte by byte with their lengths:
//     C=US, ST=WA, L=Redmond, O=Microsoft Corporation, CN=partners.datamart.windows.com
bool bp_subject_is_documented(const X509_NAME *name);

#endif

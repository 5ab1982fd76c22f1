// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_presented_note, bp_gate_decide, bp_subject_is_documented, bp_identity_time,
// and the server's callback that notes what OpenSSL finds wrong (tls_server.c).
//
// The bytes are what a client sends as its chain in DER, its own certificate first; where they are
// none, they are errors to be noted, two octets each. It is 2026-01-01. Asserts:
//   independent model (certificate_model.h): a callback of our own hears the same faults; no
//   certificate or nothing but "expired" at the leaf is 401, any other fault 403, no fault
//   accepted; nothing accepted is an authority, out of its time, or has another subject where that
//   counts; round trip: a certificate that is written and read again has the same bytes and
//   verdict.
#include "certificate_ca.h"
#include "certificate_checks.h"
#include "tls_pki.h"

static void check_errors(struct view bytes)
{
    struct bp_presented presented = {.not_after_s = CERTIFICATE_NOW_S};
    struct fault_set set = {.count = 0};
    FUZZ_ASSERT(certificate_decide(&presented, false) == BP_REASON_CERT_MISSING);
    presented.has_certificate = true;
    for (size_t i = 0; i + 2 <= bytes.len && set.count < FAULT_COUNT_MAX; i += 2) {
        bp_presented_note(&presented, (uint8_t)bytes.data[i], bytes.data[i + 1] & 7);
        fault_set_add(&set, (uint8_t)bytes.data[i], bytes.data[i + 1] & 7);
        FUZZ_ASSERT(fault_set_is_same(&set, &presented));
        FUZZ_ASSERT(certificate_decide(&presented, false) == fault_set_decide(&set, true, false));
    }
}

// The chain written as DER once more, which is what was read if that was DER.
static void check_again(const struct bp_tls *tls, STACK_OF(X509) * chain, enum bp_reason reason)
{
    struct view written[2];
    unsigned char *bytes[2] = {NULL, NULL};
    STACK_OF(X509) *again = sk_X509_new_null();
    for (int i = 0; i < sk_X509_num(chain); i++) {
        for (unsigned turn = 0; turn < 2; turn++) {
            X509 *from = turn == 0 ? sk_X509_value(chain, i) : sk_X509_value(again, i);
            int len = i2d_X509(from, &bytes[turn]);
            FUZZ_ASSERT(len > 0);
            written[turn] = view_of((const char *)bytes[turn], (size_t)len);
            const unsigned char *at = bytes[turn];
            if (turn == 0)
                sk_X509_push(again, d2i_X509(NULL, &at, len));
            FUZZ_ASSERT(sk_X509_value(again, i) != NULL);
        }
        FUZZ_ASSERT(view_equal(written[0], written[1]));
        for (unsigned turn = 0; turn < 2; turn++) {
            OPENSSL_free(bytes[turn]);
            bytes[turn] = NULL;
        }
    }
    FUZZ_ASSERT(certificate_judge(tls, again) == reason);
    sk_X509_pop_free(again, X509_free);
}

static struct tls_ends ends;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    tls_open(&ends, certificate_ca_text);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (ends.server.context == NULL)
        LLVMFuzzerInitialize(NULL, NULL);
    struct view bytes = fuzz_view(data, size);
    STACK_OF(X509) *chain = certificate_read(bytes);
    if (sk_X509_num(chain) == 0)
        check_errors(bytes);
    else
        check_again(&ends.server, chain, certificate_judge(&ends.server, chain));
    sk_X509_pop_free(chain, X509_free);
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
// The authority of the certificates in corpus/certificate and its revocation lists, as of
// 2026-01-01. Nobody has their keys any more: what is to be accepted can only be one of the seeds.
#ifndef BP_FUZZ_CERTIFICATE_CA_H
#define BP_FUZZ_CERTIFICATE_CA_H

static const char certificate_ca_text[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIB/DCCAaGgAwIBAgIRAK+pZsZkj5ck7hrogwnD0kgwCgYIKoZIzj0EAwIwSzEl\n"
    "MCMGA1UECgwcYmFscHJvYmUgdGhyb3ctYXdheSB0ZXN0IFBLSTEiMCAGA1UEAwwZ\n"
    "YmFscHJvYmUgdGVzdCBDQSA5ZDMzOWIwYzAeFw0yNTEyMzEyMzAwMDBaFw0yNjAz\n"
    "MDMwMDAwMDBaMEsxJTAjBgNVBAoMHGJhbHByb2JlIHRocm93LWF3YXkgdGVzdCBQ\n"
    "S0kxIjAgBgNVBAMMGWJhbHByb2JlIHRlc3QgQ0EgOWQzMzliMGMwWTATBgcqhkjO\n"
    "PQIBBggqhkjOPQMBBwNCAAR0gfRTwWQecCpn5G2yZg96lYYB7URlWyH3nyHLmDDC\n"
    "FFYEnEA44dJHmzeRbg8cfMcPiOE/kvP4y8L/f5MpYf+wo2YwZDASBgNVHRMBAf8E\n"
    "CDAGAQH/AgEBMA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQUp46abjkKoVayAv/h\n"
    "930EHlBpm24wHwYDVR0jBBgwFoAUp46abjkKoVayAv/h930EHlBpm24wCgYIKoZI\n"
    "zj0EAwIDSQAwRgIhAI0mHGxX83KP5p/mcYyehjJs4JnFy+PaWL1T8zyFdRyZAiEA\n"
    "qwzrhCWWWQuEM/NBbLdb+Shu7RJm1pjMlISaJ0Ewkz8=\n"
    "-----END CERTIFICATE-----\n"
    "-----BEGIN X509 CRL-----\n"
    "MIIBbzCCARQCAQEwCgYIKoZIzj0EAwIwSzElMCMGA1UECgwcYmFscHJvYmUgdGhy\n"
    "b3ctYXdheSB0ZXN0IFBLSTEiMCAGA1UEAwwZYmFscHJvYmUgdGVzdCBDQSA5ZDMz\n"
    "OWIwYxcNMjUxMjMxMjMwMDAwWhcNMjYwMzAzMDAwMDAwWjBkMDACEQC4DgG8WkLw\n"
    "2cPP5h/IfqCKFw0yNTEyMzEyMzAwMDBaMAwwCgYDVR0VBAMKAQEwMAIRALoS3bTv\n"
    "cTE4QSOcEDb+VfgXDTI1MTIzMTIzMDAwMFowDDAKBgNVHRUEAwoBAaAyMDAwHwYD\n"
    "VR0jBBgwFoAUp46abjkKoVayAv/h930EHlBpm24wDQYDVR0UBAYCBGlVuQAwCgYI\n"
    "KoZIzj0EAwIDSQAwRgIhANmJeKfj8ba6/X+waanAk/lLnbR0Yg5hnY8vc+kAiqN9\n"
    "AiEAwdpR8BBnxYCTpnBAHQqXmP4CS0BBT6uRfsBJJP2eRCQ=\n"
    "-----END X509 CRL-----\n"
    "-----BEGIN X509 CRL-----\n"
    "MIIBETCBuAIBATAKBggqhkjOPQQDAjBVMSUwIwYDVQQKDBxiYWxwcm9iZSB0aHJv\n"
    "dy1hd2F5IHRlc3QgUEtJMSwwKgYDVQQDDCNiYWxwcm9iZSB0ZXN0IGludGVybWVk\n"
    "aWF0ZSA5ZDMzOWIwYxcNMjUxMjMxMjMwMDAwWhcNMjYwMzAzMDAwMDAwWqAyMDAw\n"
    "HwYDVR0jBBgwFoAU9dZm9U6rOO2m4rDWkBm2RM/xME0wDQYDVR0UBAYCBGlVuQAw\n"
    "CgYIKoZIzj0EAwIDSAAwRQIhAP+2hCGACxpUC/WnSrxVgln1w5cPUQ6vC/S+wuNX\n"
    "GK6dAiBwTcQZLMXKfg23YnB/8T0umDRhm9xcm1yqtdHvQRDBPg==\n"
    "-----END X509 CRL-----\n"
    "-----BEGIN X509 CRL-----\n"
    "MIIBEjCBuQIBATAKBggqhkjOPQQDAjBWMSUwIwYDVQQKDBxiYWxwcm9iZSB0aHJv\n"
    "dy1hd2F5IHRlc3QgUEtJMS0wKwYDVQQDDCRiYWxwcm9iZSBlbmRlZCBpbnRlcm1l\n"
    "ZGlhdGUgOWQzMzliMGMXDTI1MTIzMTIzMDAwMFoXDTI2MDMwMzAwMDAwMFqgMjAw\n"
    "MB8GA1UdIwQYMBaAFIC16Xe4xwCr2ICAnScc2WKN9p5HMA0GA1UdFAQGAgRpVbkA\n"
    "MAoGCCqGSM49BAMCA0gAMEUCIQD1H0pxXlkleUFpI8PbTSlm573SevX9KcLKEGzg\n"
    "YAh4AwIgfZaVDmBf32aA5KA5ouTCxp1IGTXGXOGpxOho/odCcxg=\n"
    "-----END X509 CRL-----\n"
    "";

#endif

// SPDX-License-Identifier: Apache-2.0
// What went wrong on the way to an endpoint, its likely cause, and what to do about it.
#ifndef BP_PROPS_TLS_REMEDY_H
#define BP_PROPS_TLS_REMEDY_H

#include "net/end.h"
#include "props/rule/exchange.h"

enum mishap {
    MISHAP_NONE,
    MISHAP_NAME,        // the host name is unknown
    MISHAP_REFUSED,     // nobody listens
    MISHAP_UNREACHABLE, //
    MISHAP_TIMEOUT,     // nothing came, before or during the handshake
    MISHAP_NO_TLS,      // what answers speaks no TLS
    MISHAP_CLOSED,      // closed in the handshake without a word
    MISHAP_LOCAL,       // this machine failed

    MISHAP_SELF_SIGNED, // the server's certificate
    MISHAP_ISSUER,      //
    MISHAP_CHAIN,       // an intermediate is missing
    MISHAP_EXPIRED,     //
    MISHAP_NOT_YET,     //
    MISHAP_OTHER_NAME,  //
    MISHAP_UNTRUSTED,   // for another reason

    MISHAP_CLIENT_MISSING, // the endpoint refused our certificate: none was sent
    MISHAP_CLIENT_ISSUER,  // its issuer
    MISHAP_CLIENT_EXPIRED, //
    MISHAP_CLIENT_BAD,     //
    MISHAP_CLIENT_REVOKED, //
    MISHAP_HANDSHAKE,      // no version or suite in common, or a certificate is missing
    MISHAP_VERSION,        //
    MISHAP_NAME_UNKNOWN,   // unrecognized_name
    MISHAP_ALERT,          // any other alert
    MISHAP_CLOSED_LATE,    // closed behind the handshake, before an answer
    MISHAP_SILENT,         // no answer in time

    MISHAP_GATEWAY_400, // a gateway's page about the certificate
    MISHAP_400,         //
    MISHAP_401,         //
    MISHAP_401_BASIC,   // with a challenge for Basic
    MISHAP_403,         //
    MISHAP_404,         //
    MISHAP_405,         //
    MISHAP_429,         //
    MISHAP_MOVED,       // 3xx
    MISHAP_5XX,         //
    MISHAP_STATUS,      // any other status
    MISHAP_NO_HTTP,     // bytes that are no HTTP response
    MISHAP_NO_LIST,     // 200 without a list of balances
    MISHAP_COUNT
};

struct remedy {
    const char *cause;  // one sentence without a full stop
    const char *remedy; // what to do, the same
};

// remedy_of is the row of a mishap; both texts are empty for MISHAP_NONE.
const struct remedy *remedy_of(enum mishap mishap);

// mishap_of_end says what a connection's end means before an answer came. `is_open` tells that the
// handshake was complete on our side, `has_certificate` that we have one to show.
enum mishap mishap_of_end(const struct bp_end *end, bool is_open, bool has_certificate);

// mishap_of_verify says what is wrong with a server's certificate; `error` is X509_V_ERR_....
enum mishap mishap_of_verify(int error);

// mishap_of_answer says what is wrong with the answer to a plain request for a known SIM, or
// MISHAP_NONE when a list of balances came. `has_certificate` tells that we showed one.
enum mishap mishap_of_answer(const struct exchange *x, bool has_certificate);

#endif

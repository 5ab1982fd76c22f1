// SPDX-License-Identifier: Apache-2.0
// A signature: how an endpoint answered, without what it said. Two answers with the same signature
// probably came from the same code on the other side; one that was not seen before is new ground.
//
//     200, kept, JSON {balances:[{dataRemainingInMB:number,type:string,...}]}, fields
//     content-length content-type date
#ifndef BP_PROPS_HUNT_SIGNATURE_H
#define BP_PROPS_HUNT_SIGNATURE_H

#include "net/end.h"
#include "props/rule/exchange.h"

// What became of the connection.
enum signature_end {
    SIGNATURE_KEPT,
    SIGNATURE_CLOSED,
    SIGNATURE_RESET,
    SIGNATURE_ALERT,
    SIGNATURE_TIMEOUT,
    SIGNATURE_BROKEN, // any other way
    SIGNATURE_END_COUNT
};

enum signature_body { SIGNATURE_EMPTY, SIGNATURE_JSON, SIGNATURE_TEXT, SIGNATURE_BODY_COUNT };

struct signature {
    uint16_t status;  // 0: no whole answer
    uint8_t fate;     // enum fate
    uint16_t reason;  // of FATE_MALFORMED
    bool has_rest;    // bytes came behind the answer
    uint8_t end;      // enum signature_end
    uint8_t body;     // enum signature_body
    uint8_t len_bits; // SIGNATURE_TEXT: binary digits of its length
    uint8_t tempo;    // class of the time it took (tempo.h); 0: as usual
    uint64_t shape;   // SIGNATURE_JSON: digest of its shape
    uint64_t fields;  // digest of the set of field names
};

// A shaper holds what digesting a shape needs.
struct shaper {
    uint64_t digests[EXCHANGE_NODE_COUNT_MAX];
};

// shape_digest tells JSON texts of different shapes apart: names and types of members in any order,
// and of arrays which shapes of elements there are. Values, the number of elements beyond none, and
// digits in names make no difference. Cost: linear.
uint64_t shape_digest(struct shaper *shaper, const struct bp_json_node *nodes, size_t node_count);

// signature_read makes the signature of an exchange whose connection ended as `end` says; its tempo
// is 0.
void signature_read(struct signature *out, struct shaper *shaper, const struct exchange *x,
                    const struct bp_end *end);

// signature_key is one number for all of it.
uint64_t signature_key(const struct signature *signature);

// signature_is_bad says that the exchange ended in a way after which one looks whether the endpoint
// is still there: no whole answer, a server error, or a connection that was torn down.
bool signature_is_bad(const struct signature *signature);

// signature_end_name is "kept", signature_body_name "JSON".
const char *signature_end_name(enum signature_end end);
const char *signature_body_name(enum signature_body body);

// digest_mix makes one number of two, so that small differences become large ones.
uint64_t digest_mix(uint64_t a, uint64_t b);

#endif

// SPDX-License-Identifier: Apache-2.0
// The seam: an implementer's own handler, tested by balprobe's oracle inside a fuzzer.
//
// This is all that an implementer includes, from C or C++; other languages give the same C symbol.
// CMake's balprobe_add_fuzz_target(NAME SOURCES ...) makes a program of it; in balprobe's own
// sources fuzz/example has whole projects. The handler is this function and what it points to:
//
//     static void *open_it(const struct balprobe_deployment *deployment) { ... }
//     static size_t answer_it(void *endpoint, char *response, size_t response_cap,
//                             const char *request, size_t request_len, int64_t now_ms) { ... }
//     const struct balprobe_endpoint *balprobe_endpoint_get(void)
//     {
//         static const struct balprobe_endpoint endpoint = {open_it, answer_it, NULL, NULL, NULL};
//         return &endpoint;
//     }
//
// Nothing that is passed either way changes its owner: what the handler is given is valid during
// the call, what it returns is its own. All calls come from one thread, one after the other.
#ifndef BALPROBE_ENDPOINT_H
#define BALPROBE_ENDPOINT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The least space that there is for all answers to what is sent on one connection.
enum { BALPROBE_RESPONSE_MIN = 262144 };

// What is to be served.
struct balprobe_deployment {
    // The operator's data: the test SIMs, one for each role of the clauses, and the path in front
    // of /sims. It is the sample inventory as JSON, installed as share/balprobe/sims.json and made
    // from corpus/sims.json; in the sources src/operator/inventory.h explains it. Plans begin at
    // `now_ms`: "time" is what is left of them then. A handler may as well have these SIMs in a
    // data base of its own.
    const char *inventory;
    size_t inventory_len;
    const char *base;        // its base path: "/v1" or ""
    const char *credentials; // "user:password" that Basic asks for; "": no Basic
    int64_t now_ms;          // Unix time
};

enum balprobe_act_kind {
    BALPROBE_ACT_LIMITER, // answer 429 beyond `rate_per_s` requests a second; 0: no limit
    BALPROBE_ACT_FAULT,   // the back office breaks down (`is_on`): answer 500; or is mended
    BALPROBE_ACT_WALLED,  // SIM `iccid` goes into the walled garden (`is_on`), or out of it
    BALPROBE_ACT_MICRO,   // it is granted a microbalance (`is_on`), or that ends
    BALPROBE_ACT_ORDER,   // a plan is bought for it
    BALPROBE_ACT_CONSUME, // `bytes` of its data are used up in `countries`, or anywhere
    BALPROBE_ACT_CLOCK    // `ms` have passed; the next `now_ms` says so, too
};

// What the operator's back office is to do. Texts end with a zero.
struct balprobe_act {
    enum balprobe_act_kind kind;
    int is_on;
    uint32_t rate_per_s;
    int64_t bytes; // ORDER: bought; a megabyte has 1,000,000
    int64_t ms;    // ORDER: how long the plan holds; CLOCK
    int is_payg;   // ORDER: of type MODIRECTPAYG, else MODIRECT
    char iccid[64];
    char id[64];        // ORDER: of the plan, unlike the SIM's others
    char countries[64]; // ORDER: "US,CA"; CONSUME: "US" or ""
};

struct balprobe_endpoint {
    // open makes an endpoint for a deployment. It is called once for each of three: one as the
    // inventory says, one that asks for Basic, one without base path. NULL: that one cannot be
    // served, and is left out; the first must be.
    void *(*open)(const struct balprobe_deployment *deployment);

    // answer is given all the bytes that come on one new connection, no matter what they are: one
    // request, several, or none that is whole; no more will come. It writes all answers, which are
    // HTTP/1.1 as on the wire, and returns their length: at most `response_cap`, which is at least
    // BALPROBE_RESPONSE_MIN. 0: the connection is closed without an answer. `request` ends where
    // its last byte is: a sanitizer sees who reads on. `now_ms` is the time, and never goes back
    // but for a reset and a clock that `act` refused.
    size_t (*answer)(void *endpoint, char *response, size_t response_cap, const char *request,
                     size_t request_len, int64_t now_ms);

    // reset makes the endpoint as it was when it was opened: transaction ids, limits, acts are
    // forgotten. It is called before each case. NULL: nothing is ever remembered.
    void (*reset)(void *endpoint);

    // act does what the back office is to do, and returns 0; else it cannot, and what needs it is
    // not tested. NULL: it can do nothing of it; clauses on state over time are not tested.
    int (*act)(void *endpoint, const struct balprobe_act *act, int64_t now_ms);

    // profile is how the open questions of the documents are read, as with balprobe check
    // --profile: "current" or "seed,limit.zero=400". NULL: seed.
    const char *profile;
};

// balprobe_endpoint_get is what the implementer defines.
const struct balprobe_endpoint *balprobe_endpoint_get(void);

#ifdef __cplusplus
}
#endif

#endif

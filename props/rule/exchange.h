// SPDX-License-Identifier: Apache-2.0
// An exchange: one request and its response, opened for reading.
//
// Opening is done once; rules then look at plain facts. Only the library's readers of responses are
// used (HTTP head and body, JSON, durations): never the code that understands requests.
#ifndef BP_PROPS_RULE_EXCHANGE_H
#define BP_PROPS_RULE_EXCHANGE_H

#include "http/body.h"
#include "http/head.h"
#include "props/case/intent.h"
#include "props/rule/profile.h"
#include "value/duration.h"
#include "json/json_read.h"

struct memo;

enum {
    EXCHANGE_LEN_MAX = 262144,      // bytes of one request or response that are looked at
    EXCHANGE_BODY_LEN_MAX = 131072, // octets of a decoded body
    EXCHANGE_NODE_COUNT_MAX = 4096, // JSON values in a body
    EXCHANGE_BALANCE_COUNT_MAX = 64,
};

// What became of the request, before anything is said about meaning.
enum fate {
    FATE_ANSWERED,  // a whole response
    FATE_SILENT,    // not a byte came back
    FATE_MALFORMED, // bytes that are not a whole HTTP/1 response; `fault` says why
    FATE_FAILED,    // the world failed: nothing can be said about the endpoint
};

// A balance as it was sent. A NULL node means that the member is missing.
struct seen_balance {
    const struct bp_json_node *object;    // NULL when the element is no object
    const struct bp_json_node *type;      //
    const struct bp_json_node *data;      // dataRemainingInMB or dataRemaininginMB
    const struct bp_json_node *time;      //
    const struct bp_json_node *id;        //
    const struct bp_json_node *locations; //
    bool has_both_data_names;             //
    bool has_data;                        // `data` is a number
    bool has_time;                        // `time` is a string with a duration in any form
    double data_mb;                       //
    struct bp_duration duration;          //
    enum seen_type {
        SEEN_OTHER,
        SEEN_MODIRECT,
        SEEN_MODIRECTPAYG,
        SEEN_NONE,
        SEEN_NOTSUPPORTED,
        SEEN_TYPE_COUNT
    } kind;
};

struct exchange {
    const struct fixture *fixture;
    const struct profile *profile;
    const struct intent *intent; // NULL: raw bytes, nothing is known of their meaning
    uint64_t *consulted;         // keys that judges ask for are added (KEY_BIT); NULL: untold
    uint8_t sense[AXIS_COUNT];   // enum sense of each axis; SENSE_COUNT for raw bytes
    uint16_t odd_axes;           // bit per axis that is not as any client would write it
    uint16_t open_axes;          // bit per axis that may or must be refused, also by a reading
    bool to_head;                // the request was HEAD: the answer has no body
    bool is_broken;              // the back office had been broken on purpose
    bool is_changed;             // something was done to the SIM: it need not be as its role says
    struct view request;
    struct view response; // everything that came back
    struct view rest;     // what stands behind the first final response
    enum fate fate;
    struct bp_fault fault;
    unsigned interim_count; // 1xx responses before the final one
    struct bp_head head;    // of the final response
    unsigned status;        // of the final response; 0 unless FATE_ANSWERED
    enum bp_framing framing;
    struct view body;           // decoded
    bool has_json;              // the body is strict JSON
    struct bp_fault json_fault; // why it is not
    const struct bp_json_node *nodes;
    size_t node_count;
    bool names_clash; // two member names of one object differ in letter case only
    bool has_list; // a JSON object with an array called `balances`, or `Balances` (see list_name)
    struct view list_name;
    uint8_t kinds;        // bit per kind (enum seen_type) of which there is one in `balances`
    size_t balance_count; // elements; only the first EXCHANGE_BALANCE_COUNT_MAX are in `balances`
    struct seen_balance balances[EXCHANGE_BALANCE_COUNT_MAX];
};

// An opener holds the space that opening needs; one opener serves one exchange at a time.
struct opener {
    struct bp_json_reader *reader;
    struct memo *memo; // of bodies that were read before
    struct buf body;
};

// opener_size is the bytes of space for opener_init, aligned to 16.
size_t opener_size(void);
void opener_init(struct opener *opener, void *space);

// exchange_open reads `response`. `intent` may be NULL; `to_head` comes from it. The exchange
// borrows all views, and the opener until it is used again. Cost: linear in the response.
void exchange_open(struct exchange *x, struct opener *opener, const struct fixture *fixture,
                   const struct profile *profile, const struct intent *intent, struct view request,
                   struct view response);

// EXCHANGE_KEYS are the readings that opening asks for: how members are called, and what may be
// refused. exchange_read_as looks at the open exchange again as `profile` reads it. Cost: linear in
// the list.
#define EXCHANGE_KEYS                                                                             \
    (KEY_BIT(KEY_NAMES) | KEY_BIT(KEY_DATA_NAME) | KEY_BIT(KEY_SCHEMA) | KEY_BIT(KEY_PATH_FORM) | \
     KEY_BIT(KEY_FT_ABSENT))
void exchange_read_as(struct exchange *x, const struct profile *profile);

// exchange_cut says of an exchange just opened that `response` is not all that came, or would have
// come: `for_room`, or because it took too long. Unless a whole response stands there whose end can
// be seen, its fate is FATE_MALFORMED, by BP_REASON_HTTP_BODY_LEN when it was for room.
void exchange_cut(struct exchange *x, bool for_room);

#endif

// SPDX-License-Identifier: Apache-2.0
// The operator's inventory file: who has which SIM, in JSON.
//
//     { "base": "/v1", "host": "mo.example", "environment": "staging",
//       "sims": [
//         { "role": "A", "iccid": "8988247000100003319",
//           "plans": [ { "id": "23445", "type": "MODIRECTPAYG", "dataMB": 123, "usedMB": 0,
//                        "time": "P23DT23H", "locations": ["US", "CA"] } ] },
//         { "role": "N", "iccid": "8988247000100105734", "state": "notsupported" },
//         { "role": "U", "iccid": "8988247009900001233", "state": "absent" } ] }
//
// `state` is one of active (default), notsupported, garden, micro, garden+micro, absent. An absent
// SIM is not in the operator's table: the file only names it for testers. `time` counts from the
// moment the file is read; PT0S is a plan that is over. `environment` is staging or production.
// `base`, `host`, `environment`, `plans` and `usedMB` may be left out. corpus/sims.json is the
// sample.
#ifndef BP_OPERATOR_INVENTORY_H
#define BP_OPERATOR_INVENTORY_H

#include "base/buf.h"
#include "operator/sim.h"
#include "json/json_read.h"

enum { BP_BASE_LEN_MAX = 64, BP_HOST_LEN_MAX = 256, BP_ABSENT_COUNT_MAX = 4 };

// Which of the two environments the SIMs and the endpoint belong to.
enum bp_environment {
    BP_ENVIRONMENT_UNKNOWN,
    BP_ENVIRONMENT_STAGING,
    BP_ENVIRONMENT_PRODUCTION,
    BP_ENVIRONMENT_COUNT
};

struct bp_inventory {
    struct bp_sim_table table;
    char base[BP_BASE_LEN_MAX]; // "" or "/v1": no slash at the end
    size_t base_len;
    char host[BP_HOST_LEN_MAX];
    size_t host_len;
    enum bp_environment environment;
    struct bp_sim absent[BP_ABSENT_COUNT_MAX]; // role and ICCID only
    size_t absent_count;
};

// bp_inventory_read fills `*out`, whose table has been initialised and is empty, from a JSON text
// read with `reader` at the time `now_ms`. On failure it returns false with a fault whose `where`
// is the offending text (a view into the reader's space), the name of the member that is wrong or
// missing, or empty, and `*out` is unspecified. Unknown members are ignored. Refused with
// INVENTORY: a member of another kind, a base with a slash at its end, another environment, ICCIDs
// that are malformed or stand twice, plans without id, data, time or location, ids or locations
// that stand twice, data that is negative or above 1,000,000,000 MB, durations outside the strict
// grammar, codes that ISO 3166-1 does not assign. INVENTORY_SPACE: more SIMs, plans or locations
// than there is room for. Cost: linear.
BP_MUST_USE bool bp_inventory_read(struct bp_inventory *out, struct bp_fault *fault,
                                   struct bp_json_reader *reader, struct view text, int64_t now_ms);

// bp_environment_name is "staging" or "production", and "" for BP_ENVIRONMENT_UNKNOWN.
const char *bp_environment_name(enum bp_environment environment);

// bp_inventory_put appends the members of an inventory's object, without its braces, so that others
// may stand beside them: what is read back at `now_ms` (in a reader with room) is equal to
// `inventory`, but for the plans of absent SIMs and how long ago plans ended. Cost: linear, at most
// 5,000 octets for each SIM.
void bp_inventory_put(struct buf *out, const struct bp_inventory *inventory, int64_t now_ms);

// bp_inventory_put_sim appends one SIM as an object of the list.
void bp_inventory_put_sim(struct buf *out, const struct bp_sim *sim, int64_t now_ms);

#endif

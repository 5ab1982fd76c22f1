// SPDX-License-Identifier: Apache-2.0
// A fixture: what the tester knows about an endpoint and its test SIMs.
//
// Rules name SIMs by role, never by number. The roles are those of the inventory file.
#ifndef BP_PROPS_CASE_FIXTURE_H
#define BP_PROPS_CASE_FIXTURE_H

#include "operator/inventory.h"

// The word that may stand in front of an ICCID (GB-PATH-3).
#define FIXTURE_SIM_SCHEME VIEW("iccid:")

enum role {
    ROLE_A,  // PAYG, two or more active balances that hold in the US, each with data and time left
    ROLE_A1, // PAYG, active in the US and nowhere else
    ROLE_P,  // MODIRECT (postpaid)
    ROLE_Z,  // known SIM without any balance
    ROLE_X,  // data used up, plan not expired
    ROLE_E,  // plan expired
    ROLE_W,  // confined to the walled garden
    ROLE_B,  // a microbalance is granted
    ROLE_N,  // NOTSUPPORTED
    ROLE_U,  // well-formed ICCID that the operator does not know
    ROLE_COUNT
};

struct fixture {
    struct view base;              // path prefix: "" or "/v1"
    struct view host;              // for the Host field and absolute targets
    struct view iccid[ROLE_COUNT]; // empty: the role is not there
    struct view sim_prefix;  // in front of an ICCID as clients write it: "" or "iccid:" (path.form)
    struct view credentials; // user:password when the deployment asks for Basic, else empty
    struct view fields;      // whole lines for every request: "X-Stage: 2\r\n"; may be empty
    enum bp_environment environment; // that the inventory says it is
    bool hides_secrets;              // credentials and values of fields are never shown
};

// fixture_from_inventory takes base, host and the roles' ICCIDs; everything borrows from
// `inventory`.
void fixture_from_inventory(struct fixture *out, const struct bp_inventory *inventory);

// role_name is the role's label in the inventory: "A", "A1"...
struct view role_name(enum role role);

#endif

// SPDX-License-Identifier: Apache-2.0
// What the endpoint does where the documents leave a choice, for people and for machines.
//
//     Readings: what fits this endpoint where the documents leave a choice
//       limit.zero       either, empty             limit=0 is served
//       txn.repeat       either, 409               409
//
//     conforms under seed, current, legacy-2017 and field
//     violates seed-literal at GB-HDR-2 GB-TXN-1
#ifndef BP_PROPS_REPORT_READINGS_H
#define BP_PROPS_REPORT_READINGS_H

#include "base/buf.h"
#include "props/run/precedence.h"
#include "props/run/readings.h"

// readings_put appends a line for each key that was consulted: its alternatives that fit, and how
// the endpoint was seen to differ from one of the others, or its status. Behind them stand the
// order of its checks and what the bundles say. Where no verdict was heard, no bundle is spoken of.
void readings_put(struct buf *out, const struct readings *readings, const struct precedence *order,
                  const bool *only);

// readings_put_json appends the members "readings", "bundles" and "order" of a result, each with a
// comma in front; "bundles" is empty where no verdict was heard:
//
//     "readings":{"limit.zero":{"fits":["either","empty"],"does":["limit=0 is served"]}},
//     "bundles":{"seed":[],"seed-literal":["GB-HDR-2","GB-TXN-1"]},
//     "order":"authentication > SIM > limit"
void readings_put_json(struct buf *out, const struct readings *readings,
                       const struct precedence *order, const bool *only);

#endif

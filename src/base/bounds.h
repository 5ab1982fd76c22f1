// SPDX-License-Identifier: Apache-2.0
// Every limit of the library, with the reason for its size. Lengths are bytes, counts are things.
#ifndef BP_BASE_BOUNDS_H
#define BP_BASE_BOUNDS_H

enum {
    // HTTP heads. RFC 9112 section 3 asks for request lines of at least 8,000 octets.
    BP_TARGET_LEN_MAX = 8000,      // longer: 414
    BP_METHOD_LEN_MAX = 32,        // the longest registered method has 18 octets; longer: 400
    BP_HEAD_LEN_MAX = 16384,       // start line and fields with their line ends; longer: 431
    BP_FIELD_COUNT_MAX = 64,       // more: 431; browsers and gateways stay below 40
    BP_BODY_LEN_MAX = 65536,       // body of a request, read and dropped; longer: 413 and close
    BP_ANSWER_LEN_MAX = 24576,     // head and body of one answer of the reference endpoint
    BP_TRANSACTION_LEN_MAX = 8000, // longer: 400; who reads an answer has to take the echo

    // Values.
    BP_ICCID_LEN_MIN = 19, // E.118 numbers on eSIM profiles have 19 digits, or 20 with a filler
    BP_ICCID_LEN_MAX = 20,
    BP_DURATION_TEXT_LEN_MAX = 64, // the widest duration of the strict grammar has 31 octets

    // JSON read.
    BP_JSON_DEPTH_MAX = 32,       // a balance answer needs 4
    BP_JSON_LEN_MAX = 1048576,    // the inventory with its 1,000 load SIMs has about 300 KiB
    BP_JSON_NUMBER_LEN_MAX = 512, // digits of one number; a double never needs more than 17

    // The operator.
    BP_SIM_COUNT_MAX = 4096,     // ten roles and 1,000 load SIMs, with room
    BP_PLAN_COUNT_MAX = 8,       // purchased plans per SIM
    BP_COUNTRY_COUNT_MAX = 16,   // countries per plan
    BP_DATA_MB_MAX = 1000000000, // bought or used of a plan: a double counts its bytes exactly
    BP_BALANCE_ID_LEN_MAX = 32,  // octets of a balance id
    BP_REPLAY_COUNT_MAX = 16384, // remembered transaction ids; power of two
    BP_CREDENTIAL_LEN_MAX = 128, // user:password of Basic, decoded
};

#endif

// SPDX-License-Identifier: Apache-2.0
// A request of HTTP/1.1, and the texts that it is made of.
#ifndef EXAMPLE_REQUEST_H
#define EXAMPLE_REQUEST_H

#include <stddef.h>

// The faults that BUG=1..9 in the environment puts in.
enum bug {
    BUG_LIMIT_WRAPS = 1,    // a limit is read modulo 2^32
    BUG_SIM_PREFIX = 2,     // of a SIM's number only the first 19 digits are compared
    BUG_LIMIT_FIRST = 3,    // the limit counts balances that do not hold in the country, too
    BUG_LOCATION_STAYS = 4, // without a location, that of the request before is taken
    BUG_BODY_IS_NEXT = 5,   // the body of a request is read as the next request
    BUG_HEAD_HAS_BODY = 6,  // HEAD is answered like GET
    BUG_BODY_NOT_THERE = 7, // a body is skipped although it has not come: reads what is not there
    BUG_LONG_LIMIT = 8,     // a limit is copied to where there is room for 15 digits
    BUG_TWO_VALUES = 9      // the largest limit and full together have no balances
};

struct text {
    const char *at;
    size_t len;
};

enum { FIELD_COUNT = 64 };

struct request {
    struct text method, target, fields[FIELD_COUNT][2];
    size_t field_count, body_len;
    int is_head, closes;
};

int is(struct text t, const char *word);
int is_nocase(struct text t, const char *word);

// Takes what stands before the first `c` off the front, and `c` with it.
struct text cut(struct text *rest, char c);

// The first field of that name, and how many there are.
struct text find_field(const struct request *r, const char *name, size_t *count);

// Reads one request off the front; 0, or the status that ends the connection.
int read_request(struct request *r, struct text *rest, int bug);

#endif

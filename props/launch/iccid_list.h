// SPDX-License-Identifier: Apache-2.0
// A list of ICCIDs, such as the 1,000 of the load test, and what is to be said of it (GB-LOAD-9,
// COSA-3, COSA-5, GB-PATH-9).
#ifndef BP_PROPS_LAUNCH_ICCID_LIST_H
#define BP_PROPS_LAUNCH_ICCID_LIST_H

#include "props/launch/lint.h"
#include "props/launch/ranges.h"

enum {
    ICCID_COUNT_MAX = 16384,
    ICCID_SLOT_COUNT = 2 * ICCID_COUNT_MAX, // power of two
    ICCID_LOAD_COUNT = 1000,                // what the documents ask for
    ICCID_TEXT_LEN_MAX = 1 << 20
};

// Where an ICCID comes from decides what is asked of it.
enum iccid_kind {
    ICCID_GIVEN, // on the command line
    ICCID_LOAD,  // in a list for the load test
    ICCID_ROLE,  // a SIM of the inventory
    ICCID_ABSENT // one of the inventory that the operator does not know: in no range
};

struct iccid_entry {
    struct view text; // as it was given; borrowed
    struct view from; // name of a file or role; borrowed
    size_t line;      // 0: no line
    enum iccid_kind kind;
    bool is_number; // 19 or 20 digits
    struct bp_iccid iccid;
};

struct iccid_list {
    struct iccid_entry entries[ICCID_COUNT_MAX];
    size_t count;
    size_t lost_count;                // entries for which there was no room
    uint16_t slots[ICCID_SLOT_COUNT]; // index + 1 of entries that were given or are for the load
};

void iccid_list_start(struct iccid_list *out);

// iccid_list_add appends an entry. The views are borrowed.
void iccid_list_add(struct iccid_list *list, enum iccid_kind kind, struct view from, size_t line,
                    struct view text);

// iccid_list_read appends the lines of `text`, one ICCID each; blank lines and lines that begin
// with # are passed over, and so is a byte order mark. Lines end with CR LF or LF.
void iccid_list_read(struct iccid_list *list, struct view from, struct view text);

// iccid_list_lint puts what is to be said. `ranges` may be NULL: membership is not looked at. Cost:
// entries times ranges.
void iccid_list_lint(struct lint *lint, struct iccid_list *list, const struct ranges *ranges);

#endif

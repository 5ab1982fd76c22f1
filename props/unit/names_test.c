// SPDX-License-Identifier: Apache-2.0
// The table of member names against a plain list, also with all names in one bucket, as a hostile
// text could have them.
#include "json/names.h"

#include <stdlib.h>

#include "props/unit/unit.h"

enum { NODE_COUNT_MAX = 4096, MEMBER_COUNT = 600, TEXT_LEN_MAX = 1 << 16 };

static struct bp_json_node nodes[NODE_COUNT_MAX];
static char text[TEXT_LEN_MAX];
static size_t text_used;
static uint64_t random_state = 20240229;

static size_t random_below(size_t n)
{
    uint64_t z = (random_state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (size_t)((z ^ z >> 31) % n);
}

// Names that are hard to tell apart: runs of one octet, NUL among them, and the same octets as an
// index of an object has.
static struct view random_name(unsigned shape)
{
    static const char octets[] = {'a', 'b', '\0', '\1', '\2', (char)0xff};
    char *begin = text + text_used;
    size_t len = random_below(shape == 0 ? 40 : 7);
    for (size_t i = 0; i < len; i++)
        begin[i] = shape == 0 ? 'a' : octets[random_below(sizeof octets)];
    text_used += len;
    return view_of(begin, len);
}

static bool is_listed(const struct bp_json_node *object, struct view name)
{
    for (uint32_t i = 1; i <= object->count; i++)
        if (view_equal(object[i].name, name))
            return true;
    return false;
}

// A branch asks for a later bit than the one above it.
static void check_order(const struct bp_names *names)
{
    static uint32_t waiting[NODE_COUNT_MAX];
    size_t waiting_count = 0;
    for (uint32_t i = 0; i <= names->bucket_mask; i++)
        if (names->buckets[i].text == names->text)
            waiting[waiting_count++] = names->buckets[i].root;
    while (waiting_count != 0) {
        uint32_t ref = waiting[--waiting_count];
        if (ref % 2 != 0)
            continue;
        const struct bp_branch *above = &names->branches[ref / 2];
        for (unsigned side = 0; side < 2; side++) {
            uint32_t child = above->children[side];
            waiting[waiting_count++] = child;
            if (child % 2 != 0)
                continue;
            const struct bp_branch *below = &names->branches[child / 2];
            CHECK_ROW(ref, below->at > above->at ||
                               (below->at == above->at && below->mask < above->mask));
        }
    }
}

static void check_object(struct bp_names *names, uint32_t at, unsigned shape)
{
    struct bp_json_node *object = &nodes[at];
    unsigned refused_count = 0;
    *object = (struct bp_json_node){.kind = BP_JSON_OBJECT};
    for (unsigned i = 0; i < MEMBER_COUNT; i++) {
        struct view name = random_name(shape);
        uint32_t index = at + 1 + object->count;
        // The reader stops at the first refusal; here only the step into the table must not fail.
        if (object->count == BP_NAMES_FEW && is_listed(object, name))
            continue;
        bool is_new = object->count < BP_NAMES_FEW
                          ? !bp_names_has(object, nodes, name)
                          : bp_names_add(names, object, nodes, name, index);
        CHECK_ROW(i, is_new == !is_listed(object, name));
        refused_count += !is_new;
        if (is_new) {
            nodes[index] = (struct bp_json_node){.name = name, .next = index + 1};
            object->count++;
        }
    }
    CHECK(refused_count > 10 && object->count > BP_NAMES_FEW);
    check_order(names);
}

// The same names in objects whose indices differ in one bit. The last is the first with the end
// that stands behind it in the table, and the index of an object, as octets.
static void check_owners(struct bp_names *names)
{
    static const struct view members[] = {VIEW_INIT("x"), VIEW_INIT(""), VIEW_INIT("x\0\1\0\0\0")};
    names->bucket_mask = 0;
    for (uint32_t owner = 0, index = 3000; owner < 3000; owner = owner == 0 ? 1 : owner * 2) {
        nodes[owner] = (struct bp_json_node){.kind = BP_JSON_OBJECT, .count = BP_NAMES_FEW + 1};
        for (unsigned i = 0; i < 6; i++, index++) {
            nodes[index].name = members[i / 2];
            bool is_new = bp_names_add(names, &nodes[owner], nodes, members[i / 2], index);
            CHECK_ROW(owner, is_new == (i % 2 == 0));
        }
    }
}

// Whatever was in the space, the table is empty; each node has its branch, and so has a name that
// comes when there is no node any more; each has about one bucket, and few nodes have some too.
static void check_space(size_t count)
{
    struct bp_names names;
    size_t len = bp_names_space(count);
    char *space = aligned_alloc(16, len + 16);
    memset(space, 0xff, len + 16);
    bp_names_init(&names, space, count);
    CHECK_ROW(count, len % 16 == 0 && space[len] == (char)0xff);
    CHECK_ROW(count, (char *)(names.branches + count + 1) <= (char *)names.buckets);
    CHECK_ROW(count, (char *)(names.buckets + names.bucket_mask + 1) <= space + len);
    CHECK_ROW(count, names.bucket_mask + 1 >= count);
    CHECK_ROW(count, (names.bucket_mask & (names.bucket_mask + 1)) == 0);
    for (uint32_t i = 0; i <= names.bucket_mask; i++)
        CHECK_ROW(count, names.buckets[i].text != names.text);
    // Another text costs nothing for each bucket.
    names.buckets[0] = (struct bp_bucket){.root = 1, .text = names.text};
    bp_names_reset(&names);
    CHECK_ROW(count, names.buckets[0].root == 1 && names.buckets[0].text != names.text);
    free(space);
}

int main(void)
{
    struct bp_names names;
    void *space = aligned_alloc(16, bp_names_space(NODE_COUNT_MAX));
    for (uint32_t mask = 0; mask < NODE_COUNT_MAX; mask = mask * 2 + 1)
        for (unsigned shape = 0; shape < 2; shape++) {
            bp_names_init(&names, space, NODE_COUNT_MAX);
            CHECK(names.bucket_mask == NODE_COUNT_MAX - 1);
            names.bucket_mask = mask;
            text_used = 0;
            check_object(&names, 1, shape);
            check_object(&names, 1 + nodes[1].count + 1, shape);
            bp_names_reset(&names);
            check_object(&names, 0x101, shape);
            names.text = UINT32_MAX; // the serial begins anew
            bp_names_reset(&names);
            CHECK(names.text == 1);
            for (uint32_t i = 0; i <= mask; i++)
                CHECK(names.buckets[i].root == 0 && names.buckets[i].text == 0);
            check_object(&names, 0x101, shape);
        }
    memset(space, 0, bp_names_space(NODE_COUNT_MAX));
    bp_names_init(&names, space, NODE_COUNT_MAX);
    check_owners(&names);
    free(space);
    for (size_t count = 0; count < 40; count++)
        check_space(count);
    return unit_end();
}

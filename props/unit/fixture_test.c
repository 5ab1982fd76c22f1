// SPDX-License-Identifier: Apache-2.0
#include "props/case/fixture.h"

#include "props/unit/sample.h"
#include "props/unit/unit.h"

static struct bp_inventory inventory;

static void test_names(void)
{
    static const char *const names[ROLE_COUNT] = {"A", "A1", "P", "Z", "X",
                                                  "E", "W",  "B", "N", "U"};
    for (unsigned role = 0; role < ROLE_COUNT; role++)
        CHECK_ROW(role, view_equal(role_name((enum role)role), view_of_text(names[role])));
}

// No two roles share an ICCID, and none is another one with a digit in front, behind or missing.
static void test_sample(void)
{
    struct fixture fixture;
    struct bp_fault fault;
    CHECK(sample_inventory_read(&inventory, &fault, sample_text(), 0));
    fixture_from_inventory(&fixture, &inventory);
    CHECK(view_equal(fixture.base, VIEW("/v1")));
    CHECK(view_equal(fixture.host, VIEW("mo.example")));
    CHECK(fixture.credentials.len == 0);
    CHECK(view_equal(fixture.iccid[ROLE_A], VIEW("8988247000100003319")));
    for (unsigned a = 0; a < ROLE_COUNT; a++) {
        CHECK_ROW(a, fixture.iccid[a].len != 0);
        for (unsigned b = 0; b < ROLE_COUNT; b++)
            CHECK_ROW(a, a == b ||
                             view_find(fixture.iccid[a], fixture.iccid[b]) == fixture.iccid[a].len);
    }
}

// Roles that are not there stay empty; of several SIMs with one label the first counts; a label of
// four letters is no other's beginning.
static void test_partial(void)
{
    struct fixture fixture;
    struct bp_fault fault;
    CHECK(sample_inventory_read(
        &inventory, &fault,
        VIEW(
            "{\"sims\":["
            "{\"role\":\"LOAD\",\"iccid\":\"8988247000100000001\"},{\"role\":\"Z1\",\"iccid\":"
            "\"8988247000100000002\"},{\"role\":\"Z\",\"iccid\":\"8988247000100000003\"},{\"role\":"
            "\"Z\",\"iccid\":\"8988247000100000004\"},{\"role\":\"A\",\"iccid\":"
            "\"8988247000100000005\",\"state\":\"absent\"}]}"),
        0));
    fixture_from_inventory(&fixture, &inventory);
    CHECK(fixture.base.len == 0 && fixture.host.len == 0);
    CHECK(view_equal(fixture.iccid[ROLE_Z], VIEW("8988247000100000003")));
    CHECK(view_equal(fixture.iccid[ROLE_A], VIEW("8988247000100000005")));
    for (unsigned role = 0; role < ROLE_COUNT; role++)
        CHECK_ROW(role, (fixture.iccid[role].len != 0) == (role == ROLE_Z || role == ROLE_A));
}

int main(void)
{
    test_names();
    test_sample();
    test_partial();
    return unit_end();
}

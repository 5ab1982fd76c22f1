// SPDX-License-Identifier: Apache-2.0
#include "props/launch/garden_list.h"

#include "props/launch/garden_entry.h"
#include "props/rule/profile.h"
#include "props/unit/unit.h"

enum { H = GARDEN_HTTP, S = GARDEN_HTTPS, HS = GARDEN_HTTP | GARDEN_HTTPS };

// The prepaid experience document's table, in its order.
static const struct {
    const char *name;
    unsigned schemes;
} seed[] = {
    {"service.datamart.windows.com", S},
    {"dogfood.datamart.windows.com", S},
    {"windows.policies.live.net", S},
    {"ctldl.windowsupdate.com", H},
    {"msftncsi.com", H},
    {"login.live.com", HS},
    {"storagetos.datamart.windows.com", HS},
    {"cdp1.public-trust.com", H},
    {"ocsp.omniroot.com", H},
    {"vassg142.ocsp.omniroot.com", H},
    {"vassg142.crl.omniroot.com", H},
    {"mscrl.microsoft.com", H},
    {"crl.microsoft.com", H},
    {"msftconnecttest.com", H},
    {"crl3.digicert.com", H},
    {"Ocsp.digicert.com", H},
};

static void check_seed(void)
{
    size_t at = 0;
    for (size_t i = 0; i < sizeof seed / sizeof seed[0]; i++) {
        const struct garden_host *host = garden_next(GARDEN_2018_09, &at);
        CHECK_ROW(i, host != NULL && view_equal(host->name, view_of_text(seed[i].name)));
        CHECK_ROW(i, host != NULL && host->schemes == seed[i].schemes);
    }
    CHECK(garden_next(GARDEN_2018_09, &at) == NULL);
}

static bool is_listed(enum garden_version version, struct view name)
{
    size_t at = 0;
    for (const struct garden_host *host = garden_next(version, &at); host != NULL;
         host = garden_next(version, &at))
        if (view_equal_nocase(host->name, name))
            return true;
    return false;
}

static const struct {
    enum garden_version version;
    const char *name;
    size_t count;
    struct view with, without;
} versions[] = {
    {GARDEN_2017_11, "2017-11", 14, VIEW_INIT("msftncsi.com"), VIEW_INIT("ocsp.digicert.com")},
    {GARDEN_2018_09, "2018-09", 16, VIEW_INIT("OCSP.digicert.com"),
     VIEW_INIT("mps.datamart.windows.com")},
    {GARDEN_2018_11, "2018-11", 19, VIEW_INIT("mps-staging.datamart.windows.com"),
     VIEW_INIT("msftncsi.com")},
    {GARDEN_2019_04, "2019-04", 19, VIEW_INIT("www.msftconnecttest.com"),
     VIEW_INIT("msftconnecttest.com")},
    {GARDEN_2023_12, "2023-12", 15, VIEW_INIT("*smartscreen.microsoft.com"),
     VIEW_INIT("service.datamart.windows.com")},
};

static void check_versions(void)
{
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        enum garden_version version = GARDEN_VERSION_COUNT;
        size_t at = 0;
        size_t count = 0;
        const struct garden_host *host = NULL;
        while ((host = garden_next(versions[i].version, &at)) != NULL) {
            struct garden_entry entry;
            CHECK_ROW(i, garden_entry_read(&entry, host->name) == NULL);
            CHECK_ROW(i, garden_host_find(host->name) == host);
            CHECK_ROW(i, host->schemes >= H && host->schemes <= HS);
            count++;
        }
        CHECK_ROW(i, count == versions[i].count);
        CHECK_ROW(i, is_listed(versions[i].version, versions[i].with));
        CHECK_ROW(i, !is_listed(versions[i].version, versions[i].without));
        CHECK_ROW(i, strcmp(garden_version_name(versions[i].version), versions[i].name) == 0);
        CHECK_ROW(i, garden_version_find(&version, view_of_text(versions[i].name)));
        CHECK_ROW(i, version == versions[i].version);
    }
    enum garden_version version;
    CHECK(!garden_version_find(&version, VIEW("2018")) && !garden_version_find(&version, VIEW("")));
    CHECK(garden_host_find(VIEW("mo.example")) == NULL);
}

static void check_readings(void)
{
    static const struct {
        const char *profile;
        enum garden_version version;
        bool refuses_addresses;
    } rows[] = {
        {"seed", GARDEN_2018_09, false},   {"seed-literal", GARDEN_2018_09, false},
        {"current", GARDEN_2023_12, true}, {"legacy-2017", GARDEN_2017_11, false},
        {"field", GARDEN_2018_09, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct profile profile;
        struct view name = view_of_text(rows[i].profile);
        enum garden_version version = GARDEN_VERSION_COUNT;
        CHECK_ROW(i, garden_refuses_addresses(name) == rows[i].refuses_addresses);
        CHECK_ROW(i, profile_find(&profile, name));
        CHECK_ROW(i, garden_version_find(&version, profile_reading(&profile, KEY_WG_LIST)));
        CHECK_ROW(i, version == rows[i].version);
    }
}

int main(void)
{
    check_seed();
    check_versions();
    check_readings();
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
#include "props/launch/garden_list.h"

enum { BOTH = GARDEN_HTTP | GARDEN_HTTPS };

#define HOST(name, schemes, first, last)                        \
    {                                                           \
        VIEW_INIT(name), schemes, GARDEN_##first, GARDEN_##last \
    }

static const struct garden_host hosts[] = {
    HOST("service.datamart.windows.com", GARDEN_HTTPS, 2017_11, 2019_04),
    HOST("dogfood.datamart.windows.com", GARDEN_HTTPS, 2017_11, 2019_04),
    HOST("windows.policies.live.net", GARDEN_HTTPS, 2017_11, 2019_04),
    HOST("ctldl.windowsupdate.com", GARDEN_HTTP, 2017_11, 2023_12),
    HOST("msftncsi.com", GARDEN_HTTP, 2017_11, 2018_09),
    HOST("login.live.com", BOTH, 2017_11, 2023_12),
    HOST("storagetos.datamart.windows.com", BOTH, 2017_11, 2023_12),
    HOST("cdp1.public-trust.com", GARDEN_HTTP, 2017_11, 2023_12),
    HOST("ocsp.omniroot.com", GARDEN_HTTP, 2017_11, 2023_12),
    HOST("vassg142.ocsp.omniroot.com", GARDEN_HTTP, 2017_11, 2023_12),
    HOST("vassg142.crl.omniroot.com", GARDEN_HTTP, 2017_11, 2023_12),
    HOST("mscrl.microsoft.com", GARDEN_HTTP, 2017_11, 2023_12),
    HOST("crl.microsoft.com", GARDEN_HTTP, 2017_11, 2023_12),
    HOST("msftconnecttest.com", GARDEN_HTTP, 2017_11, 2018_11),
    HOST("www.msftconnecttest.com", GARDEN_HTTP, 2019_04, 2023_12),
    HOST("crl3.digicert.com", GARDEN_HTTP, 2018_09, 2023_12),
    HOST("Ocsp.digicert.com", GARDEN_HTTP, 2018_09, 2023_12),
    HOST("mps.datamart.windows.com", BOTH, 2018_11, 2023_12),
    HOST("mps-service.datamart.windows.com", BOTH, 2018_11, 2019_04),
    HOST("staging.datamart.windows.com", BOTH, 2018_11, 2023_12),
    HOST("mps-staging.datamart.windows.com", BOTH, 2018_11, 2019_04),
    HOST("*smartscreen.microsoft.com", GARDEN_HTTPS, 2023_12, 2023_12),
};

static const char *const version_names[GARDEN_VERSION_COUNT] = {
    [GARDEN_2017_11] = "2017-11", [GARDEN_2018_09] = "2018-09", [GARDEN_2018_11] = "2018-11",
    [GARDEN_2019_04] = "2019-04", [GARDEN_2023_12] = "2023-12",
};

const struct garden_host *garden_next(enum garden_version version, size_t *at)
{
    while (*at < sizeof hosts / sizeof hosts[0]) {
        const struct garden_host *host = &hosts[(*at)++];
        if (host->first <= version && version <= host->last)
            return host;
    }
    return NULL;
}

const struct garden_host *garden_host_find(struct view name)
{
    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++)
        if (view_equal_nocase(hosts[i].name, name))
            return &hosts[i];
    return NULL;
}

const char *garden_version_name(enum garden_version version) { return version_names[version]; }

bool garden_version_find(enum garden_version *out, struct view name)
{
    for (size_t i = 0; i < GARDEN_VERSION_COUNT; i++) {
        if (!view_equal(name, view_of_text(version_names[i])))
            continue;
        *out = (enum garden_version)i;
        return true;
    }
    return false;
}

bool garden_refuses_addresses(struct view profile) { return view_equal(profile, VIEW("current")); }

// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "props/cli/launch_garden_job.h"
#include "props/cli/launch_papers.h"
#include "props/cli/reading.h"

const struct option garden_rows[GARDEN_ROW_COUNT] = {
    [GARDEN_ROW_LIST] = {"--list", "VERSION",
                         "whose list: 2017-11, 2018-09 (the default), 2018-11, 2019-04 or 2023-12"},
    [GARDEN_ROW_PROFILE] =
        {"--profile", "NAME",
         "how the documents are read; current takes the list of 2023-12 and fails "
         "addresses, legacy-2017 takes that of 2017-11"},
    [GARDEN_ROW_SET] = READING_SET_ROW,
    [GARDEN_ROW_SHOW] = {"--show", NULL, "print the list"},
    [GARDEN_ROW_ALLOW] =
        {"--allow", "FILE",
         "lint this allow-list: one HOST, HOST:PORT, SCHEME://HOST[:PORT] or *.HOST a line, "
         "# begins a comment"},
    [GARDEN_ROW_ENDPOINT] = {"--endpoint", "URL", "the Get Balance endpoint, which must be inside"},
    [GARDEN_ROW_PORTAL] = {"--portal", "URL", "the web portal, which must be inside"},
    [GARDEN_ROW_PROBE_HEADING] = {NULL, NULL, "The probe"},
    [GARDEN_ROW_PROBE] = {"--probe", NULL,
                          "connect to each host and port, and say what is reached"},
    [GARDEN_ROW_OPEN] =
        {"--open", "HOST[:PORT]...",
         "a further host that must be reached, for instance one that a star stands for"},
    [GARDEN_ROW_CLOSED] = {"--closed", "HOST[:PORT]...", "a host that must not be reached"},
    [GARDEN_ROW_INTERFACE] = {"--interface", "NAME", "interface or address to leave from"},
    [GARDEN_ROW_PROXY] =
        {"--proxy", "URL",
         "go through http://HOST:PORT (CONNECT) or socks5://HOST:PORT, which resolves names"},
    [GARDEN_ROW_CONNECT_TO] = {"--connect-to", "HOST1:PORT1:HOST2:PORT2...",
                               "connect to the second where the first is asked for"},
    [GARDEN_ROW_RESOLVE] = {"--resolve", "HOST:PORT:ADDRESS...",
                            "use this address for that host and port"},
    [GARDEN_ROW_TIMEOUT] = {"--connect-timeout", "SECONDS", "for connecting; the default is 5"},
    [GARDEN_ROW_MAX_TIME] = {"--max-time", "SECONDS", "for TLS or an answer; the default is 5"},
    [GARDEN_ROW_YES] = {"-y, --yes", NULL, "do not ask before leaving this machine"},
};

enum { TIMEOUT_MS = 5000 };

static int read_reading(struct garden_job *job)
{
    struct profile profile;
    int status = launch_profile(&profile, &job->given, GARDEN_ROW_PROFILE, GARDEN_ROW_SET);
    if (status != EXIT_PASSED)
        return status;
    job->refuses_addresses = garden_refuses_addresses(view_of_text(profile.name));
    return launch_garden_version(&job->version, &profile, job->given.values[GARDEN_ROW_LIST]);
}

static int add_words(struct garden_job *job, size_t row, enum garden_origin origin)
{
    size_t at = 0;
    const struct option_item *item = NULL;
    while ((item = options_next(&job->given, row, &at)) != NULL) {
        const char *words = garden_places_word(&job->places, view_of_text(item->value), origin);
        if (words == NULL)
            continue;
        fprintf(stderr, "balprobe: %s: %s\n", option_name(&garden_rows[row]), words);
        return cli_refuse("HOST or HOST:PORT is wanted, not ", item->value, NULL);
    }
    return EXIT_PASSED;
}

static int read_places(struct garden_job *job)
{
    static const struct {
        enum garden_row row;
        enum garden_origin origin;
    } urls[] = {{GARDEN_ROW_ENDPOINT, GARDEN_OF_ENDPOINT}, {GARDEN_ROW_PORTAL, GARDEN_OF_PORTAL}};
    garden_places_list(&job->places, job->version);
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        const char *url = job->given.values[urls[i].row];
        if (url == NULL)
            continue;
        // Not shown: what stands before an @ may be a password.
        if (!garden_places_url(&job->places, view_of_text(url), urls[i].origin))
            return cli_refuse("a URL like https://HOST[:PORT][/PATH] is wanted by ",
                              option_name(&garden_rows[urls[i].row]), NULL);
        if (urls[i].origin == GARDEN_OF_PORTAL)
            job->way.portal = job->places.items[job->places.count - 1].host;
    }
    int status = add_words(job, GARDEN_ROW_OPEN, GARDEN_OF_OPEN);
    return status != EXIT_PASSED ? status : add_words(job, GARDEN_ROW_CLOSED, GARDEN_OF_CLOSED);
}

static int tell(const struct bp_trouble *trouble)
{
    fprintf(stderr, "balprobe: %s\n", trouble->words);
    return EXIT_USAGE;
}

static int read_overrides(struct garden_job *job)
{
    struct bp_route_config *config = &job->way.config;
    for (size_t i = 0; i < job->given.item_count; i++) {
        const struct option_item *item = &job->given.items[i];
        bool is_connect_to = item->row == GARDEN_ROW_CONNECT_TO;
        if (!is_connect_to && item->row != GARDEN_ROW_RESOLVE)
            continue;
        if (config->override_count == BP_ROUTE_OVERRIDE_COUNT_MAX)
            return cli_refuse("there are too many --resolve and --connect-to, from ", item->value,
                              NULL);
        config->overrides[config->override_count++] =
            (struct bp_route_override){item->value, is_connect_to};
    }
    return EXIT_PASSED;
}

// What is wrong with interface and overrides is wrong for every place, and told once.
static int try_way(const struct garden_job *job)
{
    struct bp_route route;
    struct bp_trouble trouble;
    struct bp_route_config config = job->way.config;
    bool is_6 = config.interface != NULL && strchr(config.interface, ':') != NULL;
    config.host = is_6 ? "::1" : "127.0.0.1";
    config.port = 443;
    return bp_route_find(&route, &trouble, &config) ? EXIT_PASSED : tell(&trouble);
}

static int read_way(struct garden_job *job)
{
    const char *proxy = job->given.values[GARDEN_ROW_PROXY];
    const char *connect = job->given.values[GARDEN_ROW_TIMEOUT];
    const char *answer = job->given.values[GARDEN_ROW_MAX_TIME];
    job->way.times = (struct bp_client_times){TIMEOUT_MS, TIMEOUT_MS};
    job->way.config.interface = job->given.values[GARDEN_ROW_INTERFACE];
    if (proxy != NULL && !garden_proxy_read(&job->way.proxy, view_of_text(proxy)))
        return cli_refuse("--proxy wants http://HOST:PORT or socks5://HOST:PORT, without "
                          "credentials",
                          "", NULL);
    if (connect != NULL && !options_seconds(&job->way.times.connect_ms, connect))
        return cli_refuse("--connect-timeout wants seconds, as in 2.5: ", connect, NULL);
    if (answer != NULL && !options_seconds(&job->way.times.answer_ms, answer))
        return cli_refuse("--max-time wants seconds, as in 2.5: ", answer, NULL);
    int status = read_overrides(job);
    return status != EXIT_PASSED ? status : try_way(job);
}

int garden_job_read(struct garden_job *job)
{
    bool needs_probe = garden_has(job, GARDEN_ROW_OPEN) || garden_has(job, GARDEN_ROW_CLOSED) ||
                       garden_has(job, GARDEN_ROW_INTERFACE) || garden_has(job, GARDEN_ROW_PROXY);
    if (!garden_has(job, GARDEN_ROW_SHOW) && !garden_has(job, GARDEN_ROW_ALLOW) &&
        !garden_has(job, GARDEN_ROW_PROBE))
        return cli_refuse("say what to do: --show, --allow FILE or --probe", "", NULL);
    if (needs_probe && !garden_has(job, GARDEN_ROW_PROBE))
        return cli_refuse("--open, --closed, --interface and --proxy belong to ", "--probe", NULL);
    int status = read_reading(job);
    if (status == EXIT_PASSED)
        status = read_places(job);
    return status != EXIT_PASSED ? status : read_way(job);
}

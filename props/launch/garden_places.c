// SPDX-License-Identifier: Apache-2.0
#include "props/launch/garden_places.h"

#include <assert.h>

#include "http/url.h"
#include "props/launch/garden_entry.h"

enum { HTTP_PORT = 80, HTTPS_PORT = 443 };

static void add(struct garden_places *places, struct view host, uint16_t port, bool is_secure,
                enum garden_origin origin)
{
    assert(places->count < GARDEN_PLACE_COUNT_MAX);
    places->items[places->count++] = (struct garden_place){host, port, is_secure, origin};
}

void garden_places_list(struct garden_places *places, enum garden_version version)
{
    size_t at = 0;
    const struct garden_host *host = NULL;
    while ((host = garden_next(version, &at)) != NULL) {
        if ((host->schemes & GARDEN_HTTP) != 0)
            add(places, host->name, HTTP_PORT, false, GARDEN_OF_LIST);
        if ((host->schemes & GARDEN_HTTPS) != 0)
            add(places, host->name, HTTPS_PORT, true, GARDEN_OF_LIST);
    }
}

bool garden_places_url(struct garden_places *places, struct view url, enum garden_origin origin)
{
    struct bp_url read;
    struct bp_fault fault;
    struct view text = view_first(url, view_index(url, '#'));
    text = view_first(text, view_index(text, '?'));
    if (!bp_url_read(&read, &fault, text) || !garden_host_is_usable(read.host))
        return false;
    add(places, read.host, read.port, read.is_secure, origin);
    return true;
}

const char *garden_places_word(struct garden_places *places, struct view word,
                               enum garden_origin origin)
{
    struct garden_entry entry;
    const char *words = garden_entry_read(&entry, word);
    if (words != NULL)
        return words;
    if (entry.kind == GARDEN_PATTERN || entry.kind == GARDEN_NETWORK)
        return "one host is wanted, without a star";
    if (entry.port == 0 || entry.port == HTTP_PORT)
        add(places, entry.host, HTTP_PORT, false, origin);
    if (entry.port != HTTP_PORT)
        add(places, entry.host, entry.port == 0 ? HTTPS_PORT : entry.port, true, origin);
    return NULL;
}

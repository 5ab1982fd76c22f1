// SPDX-License-Identifier: Apache-2.0
#include "props/launch/garden_lint.h"

#include "tool/text.h"

enum { WORDS_LEN_MAX = 256, INFO_COLUMN = 2, INFO_ID_COLUMN = 10, INFO_WORDS_COLUMN = 21 };

static const char *origin_id(enum garden_origin origin)
{
    return origin == GARDEN_OF_LIST ? "WG-2" : "WG-3";
}

// What is known of an entry by itself.
static void judge_entry(struct lint *lint, const struct garden_entry *entry, bool refuses_addresses)
{
    struct lint_item item = {.line = entry->line, .given = entry->host};
    bool is_address = entry->kind == GARDEN_ADDRESS || entry->kind == GARDEN_NETWORK;
    bool is_wide =
        entry->kind == GARDEN_PATTERN &&
        view_index(view_from(entry->host, entry->host.len != 0), '.') + 1 >= entry->host.len;
    if (is_address) {
        item.id = "WG-4";
        item.grade = refuses_addresses ? LINT_FAILED : LINT_WARNING;
        item.words = entry->kind == GARDEN_ADDRESS ? "an address, where a host name has to stand"
                                                   : "a network, where host names have to stand";
        lint_put(lint, &item);
    }
    if (is_wide) {
        item.id = "WG-5";
        item.grade = LINT_WARNING;
        item.words = "the star opens far more than a garden";
        lint_put(lint, &item);
    }
}

// An earlier entry for the same host that opens the same port.
static const struct garden_entry *find_earlier(const struct garden_entries *entries, size_t index)
{
    const struct garden_entry *entry = &entries->items[index];
    for (size_t i = 0; i < index; i++) {
        const struct garden_entry *other = &entries->items[i];
        bool is_same = other->kind == entry->kind && view_equal_nocase(other->host, entry->host);
        if (is_same && garden_entry_opens_port(other, entry->port))
            return other;
    }
    return NULL;
}

static void judge_duplicate(struct lint *lint, const struct garden_entries *entries, size_t index)
{
    char space[WORDS_LEN_MAX];
    struct buf words = buf_of(space, sizeof space - 1);
    const struct garden_entry *earlier = find_earlier(entries, index);
    if (earlier == NULL)
        return;
    buf_put_text(&words, "line ");
    buf_put_unsigned(&words, earlier->line);
    buf_put_text(&words, " opens that already");
    space[words.len] = '\0';
    lint_put(lint, &(struct lint_item){.grade = LINT_WARNING,
                                       .id = "WG-2",
                                       .line = entries->items[index].line,
                                       .words = space,
                                       .given = entries->items[index].host});
}

// read_entries takes the lines one by one and judges each.
static void read_entries(struct lint *lint, struct garden_entries *out, struct view text,
                         bool refuses_addresses)
{
    out->count = out->info_count = 0;
    text = view_without_mark(text);
    for (size_t line = 1; text.len != 0; line++) {
        struct view rest = view_first(text, view_index(text, '\n'));
        text = view_from(text, rest.len < text.len ? rest.len + 1 : rest.len);
        rest = view_trim(view_first(rest, view_index(rest, '#')), VIEW(" \t\r"));
        if (rest.len == 0)
            continue;
        struct lint_item item = {.grade = LINT_FAILED, .id = "WG-2", .line = line, .given = rest};
        if (out->count == GARDEN_ENTRY_COUNT_MAX) {
            item.words = "there are too many entries; what follows is not read, from here on";
            lint_put(lint, &item);
            return;
        }
        struct garden_entry *entry = &out->items[out->count];
        item.words = garden_entry_read(entry, rest);
        if (item.words != NULL) {
            lint_put(lint, &item);
            continue;
        }
        entry->line = line;
        out->is_needed[out->count] = false;
        judge_entry(lint, entry, refuses_addresses);
        judge_duplicate(lint, out, out->count++);
    }
}

// How well a place is covered by all entries together.
struct covering {
    const struct garden_entry *whole;
    const struct garden_entry *below; // *.name
    const struct garden_entry *name;  // the name itself, of a host with a star
    const struct garden_entry *other; // the host with another port
};

static struct covering cover(struct garden_entries *entries, const struct garden_place *place)
{
    struct covering found = {NULL, NULL, NULL, NULL};
    bool has_star = view_starts(place->host, VIEW("*"));
    struct view name = view_from(place->host, has_star ? 1 : 0);
    for (size_t i = 0; i < entries->count; i++) {
        const struct garden_entry *entry = &entries->items[i];
        enum garden_cover covers = garden_entry_covers(entry, place->host);
        bool is_name = has_star && garden_entry_covers(entry, name) == GARDEN_COVERS;
        if (covers == GARDEN_COVERS_NOT && !is_name)
            continue;
        const struct garden_entry **slot = covers == GARDEN_COVERS         ? &found.whole
                                           : covers == GARDEN_COVERS_BELOW ? &found.below
                                                                           : &found.name;
        if (garden_entry_opens_port(entry, place->port)) {
            entries->is_needed[i] = true;
            *slot = *slot == NULL ? entry : *slot;
        } else if (covers == GARDEN_COVERS) {
            found.other = entry;
        }
    }
    return found;
}

static void put_port(struct buf *out, uint16_t port, bool is_secure)
{
    buf_put_text(out, is_secure ? "https, port " : "http, port ");
    buf_put_unsigned(out, port);
}

// judge_place returns whether the place is open.
static bool judge_place(struct lint *lint, struct garden_entries *entries,
                        const struct garden_place *place)
{
    char space[WORDS_LEN_MAX];
    struct buf words = buf_of(space, sizeof space - 1);
    struct covering found = cover(entries, place);
    bool has_both = found.below != NULL && found.name != NULL;
    if (found.whole != NULL || has_both)
        return true;
    struct lint_item item = {.grade = LINT_FAILED,
                             .id = origin_id(place->origin),
                             .column = place->host,
                             .words = space};
    if (found.below != NULL) {
        item.grade = LINT_WARNING;
        item.line = found.below->line;
        buf_put_text(&words, "only the names below it are opened, not the one without a label in "
                             "front; add that too");
    } else if (found.other != NULL) {
        item.line = found.other->line;
        buf_put_text(&words, "only port ");
        buf_put_unsigned(&words, found.other->port);
        buf_put_text(&words, " is opened; needed is ");
        put_port(&words, place->port, place->is_secure);
    } else {
        buf_put_text(&words, place->origin == GARDEN_OF_ENDPOINT ? "the endpoint is missing ("
                             : place->origin == GARDEN_OF_PORTAL ? "the portal is missing ("
                                                                 : "missing (");
        put_port(&words, place->port, place->is_secure);
        buf_put_byte(&words, ')');
    }
    space[words.len] = '\0';
    lint_put(lint, &item);
    return false;
}

static void judge_places(struct lint *lint, struct garden_entries *entries,
                         const struct garden_places *places)
{
    char space[WORDS_LEN_MAX];
    struct buf words = buf_of(space, sizeof space - 1);
    size_t count = 0;
    size_t open_count = 0;
    for (size_t i = 0; i < places->count; i++) {
        const struct garden_place *place = &places->items[i];
        if (place->origin == GARDEN_OF_OPEN || place->origin == GARDEN_OF_CLOSED)
            continue;
        bool is_open = judge_place(lint, entries, place);
        count += place->origin == GARDEN_OF_LIST;
        open_count += is_open && place->origin == GARDEN_OF_LIST;
        if (is_open && place->origin != GARDEN_OF_LIST)
            lint_put(lint, &(struct lint_item){.grade = LINT_OK,
                                               .id = origin_id(place->origin),
                                               .column = place->host,
                                               .words = place->origin == GARDEN_OF_PORTAL
                                                            ? "the portal is in the list"
                                                            : "the endpoint is in the list"});
    }
    if (open_count == 0 || open_count < count)
        return;
    buf_put_text(&words, "all ");
    buf_put_unsigned(&words, count);
    buf_put_text(&words, " hosts and ports of the document are in the list");
    space[words.len] = '\0';
    lint_put(lint, &(struct lint_item){.grade = LINT_OK, .id = "WG-2", .words = space});
}

static void put_versions(struct buf *out, const struct garden_host *host)
{
    buf_put_text(out, host->first == host->last ? "; it is in the list of "
                                                : "; it is in the lists from ");
    buf_put_text(out, garden_version_name((enum garden_version)host->first));
    if (host->first == host->last)
        return;
    buf_put_text(out, " to ");
    buf_put_text(out, garden_version_name((enum garden_version)host->last));
}

static void put_extra(struct buf *out, const struct garden_entry *entry)
{
    char space[WORDS_LEN_MAX + 6 * 64];
    struct buf words = buf_of(space, sizeof space - 1);
    const struct garden_host *host =
        entry->kind == GARDEN_NAME ? garden_host_find(entry->host) : NULL;
    buf_put_text(&words, "line ");
    buf_put_unsigned(&words, entry->line);
    buf_put_text(&words, ": not needed: \"");
    buf_put_text(&words, entry->kind == GARDEN_PATTERN ? "*" : "");
    text_put_bytes(&words, entry->host, 64);
    if (entry->port != 0) {
        buf_put_byte(&words, ':');
        buf_put_unsigned(&words, entry->port);
    }
    buf_put_byte(&words, '"');
    if (host != NULL)
        put_versions(&words, host);
    space[words.len] = '\0';
    text_pad(out, INFO_COLUMN);
    buf_put_text(out, "info");
    text_pad(out, INFO_ID_COLUMN);
    buf_put_text(out, "WG-2");
    text_pad(out, INFO_WORDS_COLUMN);
    text_put_words(out, INFO_WORDS_COLUMN, space);
    buf_put_byte(out, '\n');
}

static void put_extras(struct lint *lint, struct garden_entries *entries)
{
    for (size_t i = 0; i < entries->count; i++) {
        if (entries->is_needed[i])
            continue;
        if (entries->info_count++ < GARDEN_INFO_COUNT_MAX)
            put_extra(lint->out, &entries->items[i]);
    }
    if (entries->info_count <= GARDEN_INFO_COUNT_MAX)
        return;
    buf_put_text(lint->out, "  info    and ");
    text_put_count(lint->out, entries->info_count - GARDEN_INFO_COUNT_MAX);
    buf_put_text(lint->out, " more that are not needed\n");
}

void garden_lint(struct lint *lint, struct garden_entries *space, struct view text,
                 const struct garden_places *places, bool refuses_addresses)
{
    read_entries(lint, space, text, refuses_addresses);
    judge_places(lint, space, places);
    put_extras(lint, space);
}

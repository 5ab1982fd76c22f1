// SPDX-License-Identifier: Apache-2.0
#include "props/subject/hook_command.h"

#include <assert.h>

#include "value/decimal.h"
#include "value/duration.h"

enum place {
    PLACE_ICCID,
    PLACE_MB,
    PLACE_SECONDS,
    PLACE_DURATION,
    PLACE_SWITCH,
    PLACE_RATE,
    PLACE_ID,
    PLACE_TYPE,
    PLACE_LOCATIONS,
    PLACE_COUNT
};

#define BIT(place) (1u << (place))

static void put_iccid(struct buf *out, const struct bp_act *act) { buf_put(out, act->iccid); }

static void put_mb(struct buf *out, const struct bp_act *act)
{
    bp_decimal_write(out, (double)act->bytes / (double)BP_MB);
}

static uint64_t whole_s(const struct bp_act *act) { return ((uint64_t)act->ms + 999) / 1000; }

static void put_seconds(struct buf *out, const struct bp_act *act)
{
    buf_put_unsigned(out, whole_s(act));
}

static void put_duration(struct buf *out, const struct bp_act *act)
{
    bp_duration_write(out, whole_s(act));
}

static void put_switch(struct buf *out, const struct bp_act *act)
{
    buf_put_text(out, act->is_on ? "on" : "off");
}

static void put_rate(struct buf *out, const struct bp_act *act)
{
    if (act->rate_per_s == 0)
        buf_put_text(out, "off");
    else
        buf_put_unsigned(out, act->rate_per_s);
}

static void put_id(struct buf *out, const struct bp_act *act) { buf_put(out, act->id); }

static void put_type(struct buf *out, const struct bp_act *act)
{
    buf_put_text(out, act->is_payg ? "MODIRECTPAYG" : "MODIRECT");
}

static void put_locations(struct buf *out, const struct bp_act *act)
{
    buf_put(out, act->countries);
}

static const struct {
    struct view name;
    void (*put)(struct buf *out, const struct bp_act *act);
    const char *unit; // behind it, for people; NULL: none
} places[PLACE_COUNT] = {
    [PLACE_ICCID] = {VIEW_INIT("iccid"), put_iccid, NULL},
    [PLACE_MB] = {VIEW_INIT("mb"), put_mb, " MB"},
    [PLACE_SECONDS] = {VIEW_INIT("seconds"), put_seconds, " s"},
    [PLACE_DURATION] = {VIEW_INIT("duration"), put_duration, NULL},
    [PLACE_SWITCH] = {VIEW_INIT("switch"), put_switch, NULL},
    [PLACE_RATE] = {VIEW_INIT("rate"), put_rate, NULL},
    [PLACE_ID] = {VIEW_INIT("id"), put_id, NULL},
    [PLACE_TYPE] = {VIEW_INIT("type"), put_type, NULL},
    [PLACE_LOCATIONS] = {VIEW_INIT("locations"), put_locations, NULL},
};

// The placeholders of each command: they are needed, and no others are allowed.
static const unsigned places_of[HOOK_COMMAND_COUNT] = {
    [BP_HOOK_LIMITER] = BIT(PLACE_RATE),
    [BP_HOOK_FAULT] = BIT(PLACE_SWITCH),
    [BP_HOOK_WALLED] = BIT(PLACE_ICCID) | BIT(PLACE_SWITCH),
    [BP_HOOK_MICRO] = BIT(PLACE_ICCID) | BIT(PLACE_SWITCH),
    [BP_HOOK_ORDER] = BIT(PLACE_ICCID) | BIT(PLACE_ID) | BIT(PLACE_TYPE) | BIT(PLACE_MB) |
                      BIT(PLACE_DURATION) | BIT(PLACE_LOCATIONS),
    [BP_HOOK_CONSUME] = BIT(PLACE_ICCID) | BIT(PLACE_MB),
    [BP_HOOK_CLOCK] = BIT(PLACE_SECONDS),
    [HOOK_UNDO] = 0,
};

const char *hook_command_name(unsigned row)
{
    assert(row < HOOK_COMMAND_COUNT);
    return row == HOOK_UNDO ? "undo" : bp_hook_name((enum bp_hook)row);
}

void hook_command_put_act(struct buf *out, const struct bp_act *act)
{
    buf_put_text(out, bp_hook_name(act->hook));
    for (enum place place = 0; place < PLACE_COUNT; place++) {
        if ((places_of[act->hook] & BIT(place)) == 0)
            continue;
        buf_put_byte(out, ' ');
        places[place].put(out, act);
        buf_put_text(out, places[place].unit == NULL ? "" : places[place].unit);
    }
}

uint8_t hook_commands_there(const struct hook_commands *commands)
{
    uint8_t there = 0;
    for (unsigned hook = 0; hook < BP_HOOK_COUNT; hook++)
        if (commands->rows[hook].word_count != 0)
            there |= BP_HOOK_BIT(hook);
    return there;
}

// The length of the placeholder at the start of `text`, braces included; 0: there is none.
static size_t place_len(struct view text)
{
    size_t len = 1;
    if (text.len == 0 || text.data[0] != '{')
        return 0;
    while (len < text.len && text.data[len] >= 'a' && text.data[len] <= 'z')
        len++;
    return len > 1 && len < text.len && text.data[len] == '}' ? len + 1 : 0;
}

static enum place find_place(struct view name)
{
    enum place place = PLACE_ICCID;
    while (place < PLACE_COUNT && !view_equal(places[place].name, name))
        place++;
    return place;
}

// A complaint about a hook of the file: its name, what is wrong, and the text that is.
static bool refuse(struct bp_trouble *trouble, const char *name, const char *words,
                   struct view given, const char *remedy)
{
    char space[256];
    struct buf text = buf_of(space, sizeof space - 1);
    char shown[64];
    size_t len = given.len < sizeof shown - 1 ? given.len : sizeof shown - 1;
    buf_put_text(&text, "the inventory's hook ");
    buf_put_text(&text, name);
    buf_put_text(&text, words);
    space[text.len] = '\0';
    memset(shown, 0, sizeof shown);
    for (size_t i = 0; i < len; i++)
        shown[i] = given.data[i] == '\0' ? '?' : given.data[i];
    return bp_trouble_say(trouble, space, shown, remedy);
}

// Looks at the placeholders of one word, and adds their bits to `seen`.
static bool check_word(unsigned *seen, struct bp_trouble *trouble, unsigned row, struct view word)
{
    const char *name = hook_command_name(row);
    if (view_index(word, '\0') != word.len)
        return refuse(trouble, name, " has a NUL in its word ", word, "");
    for (size_t at = 0; at < word.len; at++) {
        size_t len = place_len(view_from(word, at));
        if (len == 0)
            continue;
        struct view text = view_first(view_from(word, at), len);
        enum place place = find_place(view_of(text.data + 1, len - 2));
        if (place == PLACE_COUNT)
            return refuse(
                trouble, name, " has a placeholder that does not exist: ", text,
                "; there are {iccid} {mb} {seconds} {duration} {switch} {rate} {id} {type} "
                "{locations}");
        if ((places_of[row] & BIT(place)) == 0)
            return refuse(trouble, name, " has a placeholder that is not for it: ", text, "");
        *seen |= BIT(place);
    }
    return true;
}

static bool check_command(struct bp_trouble *trouble, unsigned row,
                          const struct hook_command *command)
{
    unsigned seen = 0;
    if (command->words[0].len == 0)
        return refuse(trouble, hook_command_name(row), " names no program: its first word is empty",
                      view_of(NULL, 0), "");
    for (size_t i = 0; i < command->word_count; i++)
        if (!check_word(&seen, trouble, row, command->words[i]))
            return false;
    for (enum place place = 0; place < PLACE_COUNT; place++)
        if ((places_of[row] & ~seen & BIT(place)) != 0)
            return refuse(trouble, hook_command_name(row), " lacks the placeholder {",
                          places[place].name,
                          "}, without which its program cannot know what to do");
    return true;
}

static bool read_command(struct hook_commands *out, struct buf *space, struct bp_trouble *trouble,
                         unsigned row, const struct bp_json_node *nodes,
                         const struct bp_json_node *list)
{
    struct hook_command *command = &out->rows[row];
    const char *name = hook_command_name(row);
    if (list->kind != BP_JSON_ARRAY || list->count == 0)
        return refuse(trouble, name, " is no list of words, as [\"./consume.sh\", \"{iccid}\"]",
                      view_of(NULL, 0), "");
    for (const struct bp_json_node *n = bp_json_first(list); n != NULL;
         n = bp_json_next(nodes, list, n)) {
        if (n->kind != BP_JSON_STRING)
            return refuse(trouble, name, " has a word that is no text: ", n->text,
                          "; write it in quotes");
        char *at = buf_claim(space, n->text.len);
        if (at == NULL || command->word_count == HOOK_WORD_COUNT_MAX)
            return refuse(trouble, name, " has too many or too long words", view_of(NULL, 0),
                          "; put them into a script of their own");
        if (n->text.len != 0)
            memcpy(at, n->text.data, n->text.len);
        command->words[command->word_count++] = view_of(at, n->text.len);
    }
    return check_command(trouble, row, command);
}

static unsigned find_row(struct view name)
{
    unsigned row = 0;
    while (row < HOOK_COMMAND_COUNT && !view_equal(view_of_text(hook_command_name(row)), name))
        row++;
    return row;
}

bool hook_commands_read(struct hook_commands *out, struct bp_trouble *trouble,
                        struct bp_json_reader *reader, struct view text)
{
    const struct bp_json_node *nodes;
    struct bp_fault fault;
    size_t node_count;
    struct buf space = BUF(out->space);
    memset(out->rows, 0, sizeof out->rows);
    if (!bp_json_read(reader, &fault, &nodes, &node_count, text))
        return bp_trouble_say(trouble, "the inventory is no JSON", "", "");
    const struct bp_json_node *hooks = bp_json_find(nodes, &nodes[0], VIEW("hooks"));
    if (hooks == NULL)
        return true;
    if (hooks->kind != BP_JSON_OBJECT)
        return bp_trouble_say(trouble, "\"hooks\" of the inventory is no object of commands", "",
                              "");
    for (const struct bp_json_node *n = bp_json_first(hooks); n != NULL;
         n = bp_json_next(nodes, hooks, n)) {
        unsigned row = find_row(n->name);
        if (row == HOOK_COMMAND_COUNT)
            return refuse(trouble, "", "does not exist: ", n->name,
                          "; there are limiter, fault, walled, micro, order, consume, clock and "
                          "undo");
        if (!read_command(out, &space, trouble, row, nodes, n))
            return false;
    }
    return true;
}

static void put_word(struct buf *out, struct view word, const struct bp_act *act)
{
    while (word.len != 0) {
        size_t len = place_len(word);
        if (len != 0)
            places[find_place(view_of(word.data + 1, len - 2))].put(out, act);
        else
            buf_put_byte(out, word.data[0]);
        word = view_from(word, len == 0 ? 1 : len);
    }
    buf_put_byte(out, '\0');
}

size_t hook_command_fill(struct buf *out, const struct hook_command *command,
                         const struct bp_act *act)
{
    for (size_t i = 0; i < command->word_count; i++)
        put_word(out, command->words[i], act);
    return command->word_count;
}

void hook_command_put(struct buf *out, const struct hook_command *command)
{
    for (size_t i = 0; i < command->word_count; i++) {
        buf_put_text(out, i == 0 ? "" : " ");
        buf_put_escaped(out, command->words[i]);
    }
}

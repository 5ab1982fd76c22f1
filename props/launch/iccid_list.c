// SPDX-License-Identifier: Apache-2.0
#include "props/launch/iccid_list.h"

#include "tool/text.h"

static const struct view no_view;

void iccid_list_start(struct iccid_list *out)
{
    out->count = 0;
    out->lost_count = 0;
}

void iccid_list_add(struct iccid_list *list, enum iccid_kind kind, struct view from, size_t line,
                    struct view text)
{
    if (list->count == ICCID_COUNT_MAX) {
        list->lost_count++;
        return;
    }
    struct iccid_entry *entry = &list->entries[list->count++];
    *entry = (struct iccid_entry){text, from, line, kind, false, {{0}, 0}};
    entry->is_number = bp_iccid_read(&entry->iccid, text);
}

void iccid_list_read(struct iccid_list *list, struct view from, struct view text)
{
    text = view_without_mark(text);
    for (size_t number = 1; text.len != 0; number++) {
        size_t len = view_index(text, '\n');
        struct view line = view_first(text, len);
        text = view_from(text, len < text.len ? len + 1 : len);
        if (line.len != 0 && line.data[line.len - 1] == '\r')
            line.len--;
        if (line.len != 0 && line.data[0] != '#')
            iccid_list_add(list, ICCID_LOAD, from, number, line);
    }
}

static void say(struct lint *lint, enum lint_grade grade, const char *id, const char *words)
{
    lint_put(lint, &(struct lint_item){grade, id, 0, no_view, words, no_view});
}

static void say_entry(struct lint *lint, const char *id, const struct iccid_entry *entry,
                      const char *words)
{
    lint_put(lint,
             &(struct lint_item){LINT_FAILED, id, entry->line, entry->from, words, entry->text});
}

// A sentence with numbers in it: texts and counts in turn, as many as are not NULL.
static void say_counts(struct lint *lint, enum lint_grade grade, const char *id,
                       const char *const texts[4], const size_t counts[4])
{
    char space[LINT_WORDS_LEN_MAX];
    struct buf words = buf_of(space, sizeof space - 1);
    for (size_t i = 0; i < 4 && texts[i] != NULL; i++) {
        text_put_count(&words, counts[i]);
        buf_put_text(&words, texts[i]);
    }
    space[words.len] = '\0';
    say(lint, grade, id, space);
}

static const char *const ids[] = {[ICCID_GIVEN] = "GB-PATH-6",
                                  [ICCID_LOAD] = "GB-LOAD-9",
                                  [ICCID_ROLE] = "COSA-5",
                                  [ICCID_ABSENT] = "COSA-5"};

// The slot of the equal number, or the free one where it belongs.
static uint16_t *find_slot(struct iccid_list *list, const struct bp_iccid *iccid)
{
    size_t at = bp_iccid_hash(iccid) % ICCID_SLOT_COUNT;
    for (;; at = (at + 1) % ICCID_SLOT_COUNT) {
        uint16_t slot = list->slots[at];
        if (slot == 0 || bp_iccid_equal(&list->entries[slot - 1].iccid, iccid))
            return &list->slots[at];
    }
}

static void say_duplicate(struct lint *lint, const struct iccid_entry *entry,
                          const struct iccid_entry *earlier)
{
    char space[64];
    struct buf words = buf_of(space, sizeof space - 1);
    buf_put_text(&words, "stands there a second time");
    if (earlier->line != 0) {
        buf_put_text(&words, ", first in line ");
        buf_put_unsigned(&words, earlier->line);
    }
    space[words.len] = '\0';
    say_entry(lint, ids[entry->kind], entry, space);
}

// How many distinct numbers there are of a kind, the ones that are none or stand twice told.
static size_t count_distinct(struct lint *lint, struct iccid_list *list, enum iccid_kind kind)
{
    size_t count = 0;
    memset(list->slots, 0, sizeof list->slots);
    for (size_t i = 0; i < list->count; i++) {
        struct iccid_entry *entry = &list->entries[i];
        if (entry->kind != kind)
            continue;
        if (!entry->is_number) {
            say_entry(lint, ids[kind], entry, "is not 19 or 20 digits");
            continue;
        }
        uint16_t *slot = find_slot(list, &entry->iccid);
        if (*slot != 0) {
            say_duplicate(lint, entry, &list->entries[*slot - 1]);
            continue;
        }
        *slot = (uint16_t)(i + 1);
        count++;
    }
    return count;
}

static void check_load(struct lint *lint, struct iccid_list *list)
{
    size_t total = 0;
    for (size_t i = 0; i < list->count; i++)
        total += list->entries[i].kind == ICCID_LOAD;
    if (total == 0)
        return;
    size_t distinct = count_distinct(lint, list, ICCID_LOAD);
    enum lint_grade grade = distinct > ICCID_LOAD_COUNT ? LINT_WARNING : LINT_OK;
    say_counts(
        lint, distinct < ICCID_LOAD_COUNT ? LINT_FAILED : grade, "GB-LOAD-9",
        (const char *const[4]){" distinct ICCIDs for the load test; the documents ask for ", ""},
        (const size_t[4]){distinct, ICCID_LOAD_COUNT});
}

static void check_shape(struct lint *lint, const struct iccid_list *list)
{
    size_t lens[2] = {0, 0};
    size_t luhn_count = 0;
    size_t stray_count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct iccid_entry *entry = &list->entries[i];
        // The unknown SIM is nobody's: it is only asked that it lies in no range.
        if (!entry->is_number || entry->kind == ICCID_ABSENT)
            continue;
        lens[entry->iccid.len - BP_ICCID_LEN_MIN]++;
        luhn_count += bp_iccid_has_luhn(&entry->iccid);
        if (view_starts(entry->text, VIEW("89")))
            continue;
        stray_count++;
        say_entry(lint, "COSA-3", entry, "does not begin with 89");
    }
    size_t total = lens[0] + lens[1];
    if (total == 0)
        return;
    if (stray_count == 0)
        say(lint, LINT_OK, "COSA-3", "all begin with 89");
    bool is_mixed = lens[0] != 0 && lens[1] != 0;
    say_counts(lint, is_mixed ? LINT_WARNING : LINT_OK, "COSA-3",
               (const char *const[4]){" of 19 digits, ",
                                      is_mixed ? " of 20; one issuer uses one length" : " of 20"},
               (const size_t[4]){lens[0], lens[1]});
    say_counts(lint, LINT_OK, "GB-PATH-9",
               (const char *const[4]){" with a right Luhn digit, ",
                                      " without; information, no reason to refuse a SIM"},
               (const size_t[4]){luhn_count, total - luhn_count});
}

static void check_member(struct lint *lint, const struct iccid_entry *entry,
                         const struct ranges *ranges, size_t *good_count)
{
    char space[64];
    struct buf words = buf_of(space, sizeof space - 1);
    const struct range *range = ranges_find(ranges, &entry->iccid);
    bool is_absent = entry->kind == ICCID_ABSENT;
    *good_count += (range == NULL) == is_absent;
    if ((range == NULL) == is_absent)
        return;
    buf_put_text(&words, is_absent ? "is unknown but lies in the range of line "
                                   : "lies in no ICCID range");
    if (is_absent)
        buf_put_unsigned(&words, range->line);
    space[words.len] = '\0';
    say_entry(lint, "COSA-5", entry, space);
}

static void check_members(struct lint *lint, const struct iccid_list *list,
                          const struct ranges *ranges)
{
    size_t counts[2] = {0, 0};
    for (size_t i = 0; i < list->count; i++) {
        const struct iccid_entry *entry = &list->entries[i];
        if (entry->is_number)
            check_member(lint, entry, ranges, &counts[entry->kind == ICCID_ABSENT]);
    }
    for (size_t i = 0; i < 2; i++)
        if (counts[i] != 0)
            say_counts(lint, LINT_OK, "COSA-5",
                       (const char *const[4]){i == 0 ? " known to the operator lie in a range"
                                                     : " unknown lie in none"},
                       (const size_t[4]){counts[i]});
}

void iccid_list_lint(struct lint *lint, struct iccid_list *list, const struct ranges *ranges)
{
    if (list->lost_count != 0)
        say_counts(lint, LINT_FAILED, "GB-LOAD-9",
                   (const char *const[4]){" ICCIDs are more than there is room for"},
                   (const size_t[4]){list->count + list->lost_count});
    count_distinct(lint, list, ICCID_GIVEN);
    check_load(lint, list);
    check_shape(lint, list);
    if (ranges != NULL)
        check_members(lint, list, ranges);
}

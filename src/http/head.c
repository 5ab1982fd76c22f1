// SPDX-License-Identifier: Apache-2.0
#include "http/head.h"

#include <assert.h>

#include "http/host.h"
#include "http/octet.h"
#include "http/start_line.h"

void bp_head_start(struct bp_head_reader *reader, struct bp_head *head, enum bp_side side)
{
    *reader = (struct bp_head_reader){.side = side};
    head->method = head->target = head->phrase = view_of(NULL, 0);
    head->status = head->version_minor = head->field_count = 0;
    head->says_close = head->says_keep_alive = head->keep_alive = false;
    head->has_length = head->is_chunked = false;
    head->length = 0;
    memset(head->known_count, 0, sizeof head->known_count);
}

// No two of the known names have the same length.
static enum bp_known find_known(const char *name, size_t len)
{
    static const struct {
        char lower[31];
        unsigned char known;
    } words[] = {
        [4] = {"host", BP_KNOWN_HOST},
        [10] = {"connection", BP_KNOWN_CONNECTION},
        [12] = {"content-type", BP_KNOWN_CONTENT_TYPE},
        [13] = {"authorization", BP_KNOWN_AUTHORIZATION},
        [14] = {"content-length", BP_KNOWN_CONTENT_LENGTH},
        [17] = {"transfer-encoding", BP_KNOWN_TRANSFER_ENCODING},
        [21] = {"x-ms-dm-transactionid", BP_KNOWN_TRANSACTION_ID},
    };
    if (len >= sizeof words / sizeof words[0] || (name[0] | 0x20) != words[len].lower[0])
        return BP_KNOWN_COUNT;
    return bp_octet_is_word(name, words[len].lower, len) ? (enum bp_known)words[len].known
                                                         : BP_KNOWN_COUNT;
}

bool bp_length_read(uint64_t *length, struct view value)
{
    *length = 0;
    for (size_t i = 0; i < value.len; i++) {
        if (i == 19 || !byte_is_digit(value.data[i]))
            return false;
        *length = *length * 10 + (unsigned)(value.data[i] - '0');
    }
    return value.len != 0;
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

// The options of one Connection field.
static void note_connection(struct bp_head *head, struct view list)
{
    const char *end = list.data + list.len;
    for (const char *at = list.data; at < end; at++) {
        const char *begin = at;
        at += view_index(view_between(at, end), ',');
        const char *behind = at;
        while (begin < behind && is_blank(*begin))
            begin++;
        while (begin < behind && is_blank(behind[-1]))
            behind--;
        if (behind - begin == 5)
            head->says_close |= bp_octet_is_word(begin, "close", 5);
        if (behind - begin == 10)
            head->says_keep_alive |= bp_octet_is_word(begin, "keep-alive", 10);
    }
}

static struct view whole_field(const struct bp_field *field)
{
    return view_between(field->name.data, field->value.data + field->value.len);
}

// The meaning of a field of a request (GB-HTTP-1, GB-HTTP-5).
static bool check_known(struct bp_head *head, struct bp_fault *fault, enum bp_known known,
                        const struct bp_field *field)
{
    bool is_again = head->known_count[known] > 1;
    switch (known) {
    case BP_KNOWN_HOST:
        if (is_again)
            return bp_refuse(fault, BP_REASON_HTTP_HOST_TWICE, whole_field(field));
        if (!bp_host_is_valid(field->value))
            return bp_refuse(fault, BP_REASON_HTTP_HOST, field->value);
        return true;
    case BP_KNOWN_CONTENT_LENGTH:
        if (is_again)
            return bp_refuse(fault, BP_REASON_HTTP_LENGTH_TWICE, whole_field(field));
        head->has_length = bp_length_read(&head->length, field->value);
        if (!head->has_length)
            return bp_refuse(fault, BP_REASON_HTTP_LENGTH, field->value);
        return true;
    case BP_KNOWN_TRANSFER_ENCODING:
        if (head->has_length)
            return bp_refuse(fault, BP_REASON_HTTP_LENGTH_AND_TRANSFER, whole_field(field));
        return bp_refuse(fault, BP_REASON_HTTP_TRANSFER, whole_field(field));
    default:
        return true;
    }
}

static bool note_known(struct bp_head *head, struct bp_fault *fault, enum bp_side side,
                       enum bp_known known)
{
    const struct bp_field *field = &head->fields[head->field_count - 1];
    if (head->known_count[known]++ == 0)
        head->known_first[known] = (uint8_t)(head->field_count - 1);
    if (known == BP_KNOWN_CONNECTION)
        note_connection(head, field->value);
    return side == BP_RESPONSE || check_known(head, fault, known, field);
}

// `at` is where the token at the front of `line` is not followed by a colon.
static bool refuse_name(struct bp_fault *fault, struct view line, const char *at)
{
    const char *end = line.data + line.len;
    const char *behind = at;
    while (is_blank(*behind)) // the line end stops it
        behind++;
    struct view blanks = view_between(at, behind);
    if (at == line.data && blanks.len != 0)
        return bp_refuse(fault, BP_REASON_HTTP_FIELD_FOLD, blanks);
    if (blanks.len != 0 && *behind == ':')
        return bp_refuse(fault, BP_REASON_HTTP_FIELD_BLANK, blanks);
    return bp_refuse(fault, BP_REASON_HTTP_FIELD_NAME, view_of(at, at < end));
}

// The line is not empty. Its line end, which stands before `limit`, stops the searches.
static bool read_field(struct bp_head *head, struct bp_fault *fault, enum bp_side side,
                       struct bp_line line, const char *limit)
{
    if (head->field_count == BP_FIELD_COUNT_MAX)
        return bp_refuse(fault, BP_REASON_HTTP_FIELD_COUNT, line.text);
    const char *colon = bp_octet_token_end(line.text.data, limit);
    if (colon == line.text.data || *colon != ':')
        return refuse_name(fault, line.text, colon);
    if (line.control != NULL)
        return bp_refuse(fault, BP_REASON_HTTP_FIELD_VALUE, view_of(line.control, 1));
    const char *value = colon + 1;
    value += *value == ' ';
    const char *end = line.text.data + line.text.len;
    while (is_blank(*value))
        value++;
    while (value < end && (unsigned char)end[-1] <= ' ') // a blank: there is no control
        end--;
    struct view name = view_between(line.text.data, colon);
    head->fields[head->field_count++] = (struct bp_field){name, view_between(value, end)};
    enum bp_known known = find_known(name.data, name.len);
    return known == BP_KNOWN_COUNT || note_known(head, fault, side, known);
}

// The empty line behind the fields.
static bool finish(struct bp_head *head, struct bp_fault *fault, enum bp_side side,
                   struct view behind)
{
    head->keep_alive = (head->version_minor == 1 || head->says_keep_alive) && !head->says_close;
    if (side == BP_REQUEST) {
        if (head->known_count[BP_KNOWN_HOST] == 0 && head->version_minor != 0)
            return bp_refuse(fault, BP_REASON_HTTP_HOST_MISSING, behind);
        return true;
    }
    struct view length = bp_head_known(head, BP_KNOWN_CONTENT_LENGTH);
    struct view coding = bp_head_known(head, BP_KNOWN_TRANSFER_ENCODING);
    if (head->known_count[BP_KNOWN_CONTENT_LENGTH] == 1)
        head->has_length = bp_length_read(&head->length, length);
    if (head->known_count[BP_KNOWN_TRANSFER_ENCODING] == 1)
        head->is_chunked = view_equal_nocase(coding, VIEW("chunked"));
    return true;
}

static bool read_start(struct bp_head *head, struct bp_fault *fault, struct bp_head_reader *reader,
                       struct bp_line line, const char *first)
{
    bool is_skipped = line.text.len == 0 && reader->side == BP_REQUEST && line.text.data == first;
    if (is_skipped)
        return true;
    reader->has_start = true;
    return reader->side == BP_REQUEST ? bp_request_line_read(head, fault, line)
                                      : bp_status_line_read(head, fault, line);
}

// Where the search for the line end stands, and the first forbidden control it has met, or NULL.
struct search {
    const char *at;
    const char *control;
};

// Searches on for controls and the line end, CR LF or LF, and gives where that starts; NULL when
// there is none before `limit`. A CR in front of the limit is left for the next time: the octet
// behind it decides what it is.
static const char *find_line_end(struct search *search, const char *limit)
{
    for (;; search->at++) {
        const char *at = search->at = bp_octet_find_control(search->at, limit);
        if (at == limit || *at == '\n')
            return at == limit ? NULL : at;
        if (*at == '\r') {
            if (at + 1 == limit)
                return NULL;
            if (at[1] == '\n')
                return at;
        }
        if (*at != '\t' && search->control == NULL)
            search->control = at;
    }
}

// The line at `begin` is not whole within `window`, the bytes a head may have.
static enum bp_read wait_for_line(struct bp_head *head, struct bp_fault *fault,
                                  struct bp_head_reader *reader, struct search search,
                                  const char *begin, struct view window, struct view bytes)
{
    size_t old_scanned = reader->scanned;
    reader->scanned = (size_t)(search.at - window.data);
    reader->line = (size_t)(begin - window.data);
    reader->has_control = search.control != NULL;
    if (search.control != NULL)
        reader->control = (size_t)(search.control - window.data);
    bool is_long = window.len - reader->line > BP_TARGET_LEN_MAX;
    if (is_long && reader->side == BP_REQUEST && !reader->has_start) {
        struct bp_line line = {view_from(window, reader->line), search.control};
        size_t old_len = old_scanned > reader->line ? old_scanned - reader->line : 0;
        if (bp_request_line_is_too_long(head, fault, line, old_len))
            return BP_READ_BAD;
    }
    if (window.len == bytes.len)
        return BP_READ_MORE;
    *fault = (struct bp_fault){BP_REASON_HTTP_HEAD_LEN, view_of(bytes.data + window.len, 1)};
    return BP_READ_BAD;
}

// Not inlined, so that bp_head_read_on saves no registers when it only has to look at a few octets.
__attribute__((noinline)) static enum bp_read read_lines(struct bp_head *head, size_t *used,
                                                         struct bp_fault *fault,
                                                         struct bp_head_reader *reader,
                                                         struct view bytes)
{
    assert(reader->scanned <= bytes.len);
    struct view window =
        view_first(bytes, bytes.len < BP_HEAD_LEN_MAX ? bytes.len : BP_HEAD_LEN_MAX);
    const char *limit = window.data + window.len;
    const char *begin = bytes.data + reader->line;
    struct search search = {bytes.data + reader->scanned,
                            reader->has_control ? bytes.data + reader->control : NULL};
    for (;;) {
        const char *end = find_line_end(&search, limit);
        if (end == NULL)
            return wait_for_line(head, fault, reader, search, begin, window, bytes);
        struct bp_line line = {view_between(begin, end), search.control};
        bool is_end = begin == end && reader->has_start;
        bool is_bare = *end == '\n';
        begin = end + (is_bare ? 1 : 2);
        search = (struct search){begin, NULL};
        if (!reader->has_start) {
            if (!read_start(head, fault, reader, line, bytes.data))
                return BP_READ_BAD;
        } else if (!is_end) {
            if (!read_field(head, fault, reader->side, line, limit))
                return BP_READ_BAD;
        }
        if (is_bare && reader->side == BP_REQUEST) {
            *fault = (struct bp_fault){BP_REASON_HTTP_LINE_END, view_of(end, 1)};
            return BP_READ_BAD;
        }
        if (is_end)
            break;
    }
    *used = (size_t)(begin - bytes.data);
    return finish(head, fault, reader->side, view_of(begin, 0)) ? BP_READ_DONE : BP_READ_BAD;
}

// The common end of a call that brings a few bytes: they are inside a line that is not too long.
static bool is_inside_line(const struct bp_head_reader *reader, struct view bytes)
{
    size_t at = reader->scanned;
    if (bytes.len >= at + BP_OCTETS_LEN || bytes.len > BP_TARGET_LEN_MAX)
        return false;
    while (at < bytes.len && bp_octet_is(bytes.data[at], BP_OCTET_TEXT))
        at++;
    return at == bytes.len;
}

enum bp_read bp_head_read_on(struct bp_head *head, size_t *used, struct bp_fault *fault,
                             struct bp_head_reader *reader, struct view bytes)
{
    if (!is_inside_line(reader, bytes))
        return read_lines(head, used, fault, reader, bytes);
    reader->scanned = bytes.len;
    return BP_READ_MORE;
}

const struct view *bp_head_find(const struct bp_head *head, struct view name)
{
    for (unsigned i = 0; i < head->field_count; i++)
        if (view_equal_nocase(head->fields[i].name, name))
            return &head->fields[i].value;
    return NULL;
}

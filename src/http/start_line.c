// SPDX-License-Identifier: Apache-2.0
#include "http/start_line.h"

#include "http/octet.h"

// Refuses a start line because of `where`, unless a control stands before its end.
static bool refuse_start(struct bp_fault *fault, enum bp_reason reason, struct view where,
                         struct bp_line line)
{
    if (line.control == NULL || line.control >= where.data + where.len)
        return bp_refuse(fault, reason, where);
    bool is_cr = *line.control == '\r';
    return bp_refuse(fault, is_cr ? BP_REASON_HTTP_LINE_END : BP_REASON_HTTP_LINE,
                     view_of(line.control, 1));
}

// The method is the token in front of the first blank; its length, or 0 when there is none.
static size_t method_len(struct view line)
{
    size_t len = 0;
    while (len < line.len && len < BP_METHOD_LEN_MAX && bp_octet_is(line.data[len], BP_OCTET_TOKEN))
        len++;
    return len < line.len && line.data[len] == ' ' ? len : 0;
}

static bool read_request_version(struct bp_head *head, struct bp_fault *fault, struct view text,
                                 struct bp_line line)
{
    bool is_version = text.len == 8 && view_starts(text, VIEW("HTTP/")) && text.data[6] == '.';
    if (!is_version || !byte_is_digit(text.data[5]) || !byte_is_digit(text.data[7]))
        return refuse_start(fault, BP_REASON_HTTP_LINE, text, line);
    if (text.data[5] != '1' || text.data[7] > '1')
        return refuse_start(fault, BP_REASON_HTTP_VERSION, text, line);
    head->version_minor = (unsigned)(text.data[7] - '0');
    if (line.control != NULL)
        return refuse_start(fault, BP_REASON_HTTP_LINE, line.text, line);
    return true;
}

static struct view first_octet_beyond(struct view target)
{
    return view_of(target.data + BP_TARGET_LEN_MAX, 1);
}

bool bp_request_line_read(struct bp_head *head, struct bp_fault *fault, struct bp_line line)
{
    size_t len = method_len(line.text);
    if (len == 0)
        return refuse_start(fault, BP_REASON_HTTP_LINE, line.text, line);
    head->method = view_first(line.text, len);
    struct view rest = view_from(line.text, len + 1);
    head->target = view_first(rest, view_index(rest, ' '));
    if (head->target.len > BP_TARGET_LEN_MAX)
        return refuse_start(fault, BP_REASON_HTTP_TARGET_LEN, first_octet_beyond(rest), line);
    if (head->target.len == 0 || head->target.len == rest.len)
        return refuse_start(fault, BP_REASON_HTTP_LINE, rest, line);
    return read_request_version(head, fault, view_from(rest, head->target.len + 1), line);
}

bool bp_status_line_read(struct bp_head *head, struct bp_fault *fault, struct bp_line line)
{
    const char *at = line.text.data;
    bool is_line = line.text.len >= 12 && view_starts(line.text, VIEW("HTTP/1.")) && at[8] == ' ' &&
                   (line.text.len == 12 || at[12] == ' ');
    bool is_version = is_line && (at[7] == '0' || at[7] == '1');
    head->status = 0;
    for (size_t i = 9; is_version && i < 12 && byte_is_digit(at[i]); i++)
        head->status = head->status * 10 + (unsigned)(at[i] - '0');
    if (head->status < 100 || line.control != NULL)
        return bp_refuse(fault, BP_REASON_HTTP_STATUS_LINE, line.text);
    head->version_minor = (unsigned)(at[7] - '0');
    head->phrase = view_from(line.text, line.text.len > 12 ? 13 : 12);
    return true;
}

bool bp_request_line_is_too_long(struct bp_head *head, struct bp_fault *fault, struct bp_line line,
                                 size_t old_len)
{
    size_t len = method_len(line.text);
    size_t certain = len + 1 + BP_TARGET_LEN_MAX + 2;
    if (len == 0 || line.text.len < certain || old_len > certain)
        return false;
    struct view target = view_first(view_from(line.text, len + 1), BP_TARGET_LEN_MAX + 1);
    if (view_index(target, ' ') != target.len)
        return false;
    head->method = view_first(line.text, len);
    return !refuse_start(fault, BP_REASON_HTTP_TARGET_LEN, first_octet_beyond(target), line);
}

// SPDX-License-Identifier: Apache-2.0
// Start lines by themselves: what stands behind a line, or was read before it, changes nothing.
#include "http/start_line.h"
#include "props/unit/unit.h"

static struct bp_line first_octets(struct view text, size_t len)
{
    return (struct bp_line){view_first(text, len), NULL};
}

static void check_request_lines(void)
{
    struct view text = VIEW("GET / HTTP/1.1");
    static struct bp_head head;
    for (size_t len = 0; len <= text.len; len++) {
        struct bp_fault fault = {BP_REASON_NONE, {text.data, 0}};
        bool is_taken = bp_request_line_read(&head, &fault, first_octets(text, len));
        CHECK_ROW(len, is_taken == (len == text.len));
        CHECK_ROW(len, fault.reason == (is_taken ? BP_REASON_NONE : BP_REASON_HTTP_LINE));
        size_t where_at = (size_t)(fault.where.data - text.data);
        CHECK_ROW(len, where_at <= len && fault.where.len <= len - where_at);
    }
}

static void check_status_lines(void)
{
    static const struct {
        struct view text;
        size_t len;      // of the line
        unsigned status; // 0: refused
        struct view phrase;
    } rows[] = {
        {VIEW_INIT("HTTP/1.1 200 OK"), 15, 200, VIEW_INIT("OK")},
        {VIEW_INIT("HTTP/1.1 200 OK"), 14, 200, VIEW_INIT("O")},
        {VIEW_INIT("HTTP/1.1 200 OK"), 13, 200, VIEW_INIT("")},
        {VIEW_INIT("HTTP/1.1 200 OK"), 12, 200, VIEW_INIT("")},
        {VIEW_INIT("HTTP/1.1 2005"), 12, 200, VIEW_INIT("")},
        {VIEW_INIT("HTTP/1.1 2005"), 13, 0, VIEW_INIT("")},
        {VIEW_INIT("HTTP/1.1 200 OK"), 11, 0, VIEW_INIT("")},
        {VIEW_INIT("HTTP/1.1 200 OK"), 9, 0, VIEW_INIT("")},
        {VIEW_INIT("HTTP/1.1 200 OK"), 7, 0, VIEW_INIT("")},
        {VIEW_INIT("HTTP/1.1 200 OK"), 0, 0, VIEW_INIT("")},
    };
    static struct bp_head head;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
        struct bp_line line = first_octets(rows[i].text, rows[i].len);
        bool is_taken = bp_status_line_read(&head, &fault, line);
        CHECK_ROW(i, is_taken == (rows[i].status != 0));
        CHECK_ROW(i, fault.reason == (is_taken ? BP_REASON_NONE : BP_REASON_HTTP_STATUS_LINE));
        if (!is_taken)
            continue;
        CHECK_ROW(i, head.status == rows[i].status);
        CHECK_ROW(i, view_equal(head.phrase, rows[i].phrase));
    }
}

int main(void)
{
    check_request_lines();
    check_status_lines();
    return unit_end();
}

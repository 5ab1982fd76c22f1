// SPDX-License-Identifier: Apache-2.0
#include "props/subject/arrival.h"

#include "props/unit/unit.h"

#define LINE "HTTP/1.1 200 OK\r\n"
#define GOOD LINE "Content-Length: 2\r\n\r\n{}"
#define CHUNKS LINE "Transfer-Encoding: chunked\r\n\r\n2;a=b\r\n{}\r\n0\r\nX: y\r\n\r\n"
#define EMPTY "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"
#define LAST LINE "Connection: close\r\nContent-Length: 2\r\n\r\n{}"

static const struct row {
    struct view text;
    unsigned answer_count;
    bool to_head;
    enum arrival_state state;
    size_t behind; // octets behind the last answer
    bool is_last;
} rows[] = {
    {VIEW_INIT(""), 1, false, ARRIVAL_MORE, 0, false},
    {VIEW_INIT(GOOD), 1, false, ARRIVAL_WHOLE, 0, false},
    {VIEW_INIT(GOOD "H"), 1, false, ARRIVAL_WHOLE, 1, false},
    {VIEW_INIT(GOOD), 2, false, ARRIVAL_MORE, 0, false},
    {VIEW_INIT(GOOD CHUNKS EMPTY "xyz"), 3, false, ARRIVAL_WHOLE, 3, false},
    {VIEW_INIT(CHUNKS), 1, false, ARRIVAL_WHOLE, 0, false},
    {VIEW_INIT(CHUNKS GOOD), 1, false, ARRIVAL_WHOLE, sizeof GOOD - 1, false},
    {VIEW_INIT("HTTP/1.1 100 C\r\n\r\n" GOOD), 1, false, ARRIVAL_WHOLE, 0, false},
    {VIEW_INIT("HTTP/1.1 100 C\r\n\r\n"), 1, false, ARRIVAL_MORE, 0, false},
    {VIEW_INIT("HTTP/1.1 100 C\r\nConnection: close\r\n\r\n" GOOD), 1, false, ARRIVAL_WHOLE, 0,
     false},
    {VIEW_INIT("HTTP/1.1 101 S\r\n\r\nabc"), 1, false, ARRIVAL_WHOLE, 3, true},
    {VIEW_INIT("HTTP/1.1 204 N\r\n\r\n"), 1, false, ARRIVAL_WHOLE, 0, false},
    {VIEW_INIT("HTTP/1.1 304 N\r\nContent-Length: 5\r\n\r\n"), 1, false, ARRIVAL_WHOLE, 0, false},
    {VIEW_INIT(GOOD), 1, true, ARRIVAL_WHOLE, 2, false},
    {VIEW_INIT(LAST GOOD), 2, false, ARRIVAL_WHOLE, sizeof GOOD - 1, true},
    {VIEW_INIT("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}"), 1, false, ARRIVAL_WHOLE, 0, true},
    {VIEW_INIT("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n"), 1, false,
     ARRIVAL_WHOLE, 0, false},
    {VIEW_INIT(LINE "\r\n{}" GOOD), 1, false, ARRIVAL_MORE, 0, true},
    {VIEW_INIT(LINE "Content-Length: 9\r\n\r\n{}"), 1, false, ARRIVAL_MORE, 0, false},
    {VIEW_INIT(LINE "Transfer-Encoding: chunked\r\n\r\nzz"), 1, false, ARRIVAL_BROKEN, 0, false},
    {VIEW_INIT(LINE "Content-Length: x\r\n\r\n"), 1, false, ARRIVAL_BROKEN, 0, false},
    {VIEW_INIT("<html>\n"), 1, false, ARRIVAL_BROKEN, 0, false},
    {VIEW_INIT(GOOD "<html>\n"), 2, false, ARRIVAL_BROKEN, 0, false},
};

static void check_row(size_t number, size_t first_len, size_t step)
{
    const struct row *row = &rows[number];
    struct arrival arrival;
    size_t len = first_len;
    arrival_start(&arrival, row->answer_count, row->to_head);
    for (;; len += step) {
        bool is_all = len >= row->text.len;
        arrival_read(&arrival, is_all ? row->text : view_first(row->text, len));
        if (is_all)
            break;
    }
    CHECK_ROW(number, arrival.state == row->state);
    if (row->state == ARRIVAL_WHOLE)
        CHECK_ROW(number, row->text.len - arrival.begin == row->behind);
    if (row->state != ARRIVAL_BROKEN)
        CHECK_ROW(number, arrival.is_last == row->is_last);
}

// Any split gives the same.
int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        check_row(i, 0, 1);
        for (size_t len = 0; len <= rows[i].text.len; len++)
            check_row(i, len, rows[i].text.len + 1);
    }
    return unit_end();
}

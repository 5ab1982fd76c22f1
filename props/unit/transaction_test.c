// SPDX-License-Identifier: Apache-2.0
// The transaction id: opaque, taken as it is, once.
#include "http/transaction.h"

#include "base/buf.h"
#include "props/unit/unit.h"

#define HEAD "GET / HTTP/1.0\r\n"

static const struct {
    struct view text;
    bool is_taken;
    struct view id;
} rows[] = {
    {VIEW_INIT(HEAD "\r\n"), true, VIEW_INIT("")},
    {VIEW_INIT(HEAD "X-MS-DM-TransactionId:\r\n\r\n"), true, VIEW_INIT("")},
    {VIEW_INIT(HEAD "X-MS-DM-TransactionId: MSFT-1\r\n\r\n"), true, VIEW_INIT("MSFT-1")},
    {VIEW_INIT(HEAD "x-ms-dm-transactionid:\"a b\tc\" \r\n\r\n"), true, VIEW_INIT("\"a b\tc\"")},
    {VIEW_INIT(HEAD "X-MS-DM-TransactionId: \xe2\x80\x9c"
                    "abc\xe2\x80\x9d\r\n\r\n"),
     true,
     VIEW_INIT("\xe2\x80\x9c"
               "abc\xe2\x80\x9d")},
    {VIEW_INIT(HEAD "X-MS-DM-TransactionId: a%0d%0aB: c\r\n\r\n"), true, VIEW_INIT("a%0d%0aB: c")},
    {VIEW_INIT(HEAD "X-MS-DM-TransactionIds: a\r\n\r\n"), true, VIEW_INIT("")},
    {VIEW_INIT(HEAD "X-MS-DM-TransactionId: a\r\nX-MS-DM-TransactionId: a\r\n\r\n"), false,
     VIEW_INIT("")},
    {VIEW_INIT(HEAD "X-MS-DM-TransactionId:\r\nX-MS-DM-TransactionId:\r\n\r\n"), false,
     VIEW_INIT("")},
};

static bool takes(struct view *id, struct bp_fault *fault, struct view text)
{
    static struct bp_head head;
    struct bp_head_reader reader;
    size_t used;
    bp_head_start(&reader, &head, BP_REQUEST);
    CHECK(bp_head_read(&head, &used, fault, &reader, text) == BP_READ_DONE);
    return bp_transaction_read(id, fault, &head);
}

// The longest id, and one octet more.
static void check_longest(void)
{
    for (size_t len = 8000; len <= 8001; len++) {
        static char space[8192];
        struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
        struct buf text = BUF(space);
        struct view id;
        buf_put_text(&text, HEAD "X-MS-DM-TransactionId: ");
        memset(buf_claim(&text, len), 'i', len);
        const char *end = text.data + text.len;
        buf_put_text(&text, "\r\n\r\n");
        CHECK_ROW(len, takes(&id, &fault, buf_view(&text)) == (len == 8000));
        CHECK_ROW(len, fault.reason == (len == 8000 ? BP_REASON_NONE : BP_REASON_TRANSACTION_LEN));
        CHECK_ROW(len, len == 8000 || (fault.where.data == end - 1 && fault.where.len == 1));
    }
}

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
        struct view id;
        CHECK_ROW(i, takes(&id, &fault, rows[i].text) == rows[i].is_taken);
        if (rows[i].is_taken)
            CHECK_ROW(i, view_equal(id, rows[i].id));
        else
            CHECK_ROW(i, fault.reason == BP_REASON_TRANSACTION_TWICE);
    }
    check_longest();
    return unit_end();
}

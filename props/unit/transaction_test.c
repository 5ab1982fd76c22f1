// SPDX-License-Identifier: Apache-2.0
// The transaction id: opaque, taken as it is, once.
#include "http/transaction.h"
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

int main(void)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        static struct bp_head head;
        struct bp_head_reader reader;
        struct bp_fault fault = {BP_REASON_NONE, {NULL, 0}};
        struct view id;
        size_t used;
        bp_head_start(&reader, &head, BP_REQUEST);
        CHECK_ROW(i, bp_head_read(&head, &used, &fault, &reader, rows[i].text) == BP_READ_DONE);
        CHECK_ROW(i, bp_transaction_read(&id, &fault, &head) == rows[i].is_taken);
        if (rows[i].is_taken)
            CHECK_ROW(i, view_equal(id, rows[i].id));
        else
            CHECK_ROW(i, fault.reason == BP_REASON_TRANSACTION_TWICE);
    }
    return unit_end();
}

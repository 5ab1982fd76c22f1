// SPDX-License-Identifier: Apache-2.0
// How intents are written: exact bytes for some, promises for all.
#include "props/unit/unit.h"

#include "http/body.h"
#include "props/case/intent.h"

enum { REQUEST_LEN_MAX = 1 << 18 };

static char space[REQUEST_LEN_MAX];

static const struct fixture open_fixture = {
    .base = VIEW_INIT("/v1"),
    .host = VIEW_INIT("mo.example"),
    .iccid = {VIEW_INIT("8988247000100003319"), [ROLE_U] = VIEW_INIT("8988247000100009999")},
};

static struct fixture basic_fixture(void)
{
    struct fixture fixture = open_fixture;
    fixture.credentials = VIEW("u:p:q");
    return fixture;
}

// row_called is the row with those words.
static unsigned row_called(enum axis axis, const char *words)
{
    unsigned row = 0;
    while (row < axis_row_count(axis) && strcmp(axis_row(axis, row)->words, words) != 0)
        row++;
    CHECK(row < axis_row_count(axis));
    return row;
}

static struct view write_request(struct intent *intent, const struct fixture *fixture,
                                 uint64_t serial)
{
    struct buf out = BUF(space);
    intent_write(&out, intent, fixture, serial);
    CHECK(!out.overflow);
    return buf_view(&out);
}

#define HOST "Host: mo.example\r\n"
#define ID "X-MS-DM-TransactionId: MSFT-00000000deadbeef\r\n"
#define PATH "/v1/sims/8988247000100003319/balances"

struct bytes_row {
    enum axis axis;
    const char *words;
    bool is_basic;
    struct view request;
};

static const struct bytes_row bytes_rows[] = {
    {AXIS_ROLE, "role A", false, VIEW_INIT("GET " PATH " HTTP/1.1\r\n" HOST ID "\r\n")},
    {AXIS_ROLE, "role A", true,
     VIEW_INIT("GET " PATH " HTTP/1.1\r\n" HOST ID "Authorization: Basic dTpwOnE=\r\n\r\n")},
    {AXIS_ROLE, "role U", false,
     VIEW_INIT("GET /v1/sims/8988247000100009999/balances HTTP/1.1\r\n" HOST ID "\r\n")},
    {AXIS_SIM, "id plus 2^64", false,
     VIEW_INIT("GET /v1/sims/27434991073809554935/balances HTTP/1.1\r\n" HOST ID "\r\n")},
    {AXIS_SIM, "unknown id with a wrong Luhn digit", false,
     VIEW_INIT("GET /v1/sims/8988247000100009990/balances HTTP/1.1\r\n" HOST ID "\r\n")},
    {AXIS_SIM, "first digit of the id encoded", false,
     VIEW_INIT("GET /v1/sims/%38988247000100003319/balances HTTP/1.1\r\n" HOST ID "\r\n")},
    {AXIS_SIM, "id encoded twice", false,
     VIEW_INIT("GET /v1/sims/%2538988247000100003319/balances HTTP/1.1\r\n" HOST ID "\r\n")},
    {AXIS_PATH, "path with another base", false,
     VIEW_INIT("GET /v1x/sims/8988247000100003319/balances HTTP/1.1\r\n" HOST ID "\r\n")},
    {AXIS_METHOD, "method HEAD", false, VIEW_INIT("HEAD " PATH " HTTP/1.1\r\n" HOST ID "\r\n")},
    {AXIS_FIELDS, "fieldsTemplate without equals sign", false,
     VIEW_INIT("GET " PATH "?fieldsTemplate HTTP/1.1\r\n" HOST ID "\r\n")},
    {AXIS_LIMIT, "limit in range", false,
     VIEW_INIT("GET " PATH "?limit=1 HTTP/1.1\r\n" HOST ID "\r\n")},
    {AXIS_LIMIT, "limit beyond INT", false,
     VIEW_INIT("GET " PATH "?limit=2147483648 HTTP/1.1\r\n" HOST ID "\r\n")},
    {AXIS_LOCATION, "location of some country", false,
     VIEW_INIT("GET " PATH "?location=AD HTTP/1.1\r\n" HOST ID "\r\n")},
    {AXIS_LOCATION, "location of no country", false,
     VIEW_INIT("GET " PATH "?location=AA HTTP/1.1\r\n" HOST ID "\r\n")},
    {AXIS_EXTRA, "empty parameter", false, VIEW_INIT("GET " PATH "? HTTP/1.1\r\n" HOST ID "\r\n")},
    {AXIS_TXN, "no transaction id", false, VIEW_INIT("GET " PATH " HTTP/1.1\r\n" HOST "\r\n")},
    {AXIS_AUTH, "credentials right", true,
     VIEW_INIT("GET " PATH " HTTP/1.1\r\n" HOST ID "Authorization: Basic dTpwOnE=\r\n\r\n")},
    {AXIS_AUTH, "credentials with a wrong password", true,
     VIEW_INIT("GET " PATH " HTTP/1.1\r\n" HOST ID "Authorization: Basic dTpwOn4=\r\n\r\n")},
    {AXIS_AUTH, "credentials of an unknown user", true,
     VIEW_INIT("GET " PATH " HTTP/1.1\r\n" HOST ID "Authorization: Basic eDpwOnE=\r\n\r\n")},
    {AXIS_AUTH, "credentials without a colon", true,
     VIEW_INIT("GET " PATH " HTTP/1.1\r\n" HOST ID "Authorization: Basic dQ==\r\n\r\n")},
    {AXIS_AUTH, "credentials without their last octet", true,
     VIEW_INIT("GET " PATH " HTTP/1.1\r\n" HOST ID "Authorization: Basic dTpwOg==\r\n\r\n")},
    {AXIS_AUTH, "credentials with an octet behind", true,
     VIEW_INIT("GET " PATH " HTTP/1.1\r\n" HOST ID "Authorization: Basic dTpwOnF4\r\n\r\n")},
    {AXIS_AUTH, "credentials with a NUL behind", true,
     VIEW_INIT("GET " PATH " HTTP/1.1\r\n" HOST ID "Authorization: Basic dTpwOnEAeA==\r\n\r\n")},
    {AXIS_AUTH, "no credentials", true, VIEW_INIT("GET " PATH " HTTP/1.1\r\n" HOST ID "\r\n")},
    {AXIS_HOST, "absolute target and another Host", false,
     VIEW_INIT("GET https://mo.example" PATH " HTTP/1.1\r\nHost: other.example\r\n" ID "\r\n")},
    {AXIS_LINE, "blank behind iccid:", false,
     VIEW_INIT("GET /v1/sims/iccid: 8988247000100003319/balances HTTP/1.1\r\n" HOST ID "\r\n")},
    {AXIS_FRAMING, "fields before Host", false,
     VIEW_INIT("GET " PATH " HTTP/1.1\r\nAccept: */*\r\nX-Empty:\r\n" HOST ID "\r\n")},
    {AXIS_FRAMING, "body of 5 octets", false,
     VIEW_INIT("GET " PATH " HTTP/1.1\r\n" HOST ID "Content-Length: 5\r\n\r\nhello")},
};

static void check_bytes(void)
{
    struct fixture basic = basic_fixture();
    for (size_t i = 0; i < sizeof bytes_rows / sizeof bytes_rows[0]; i++) {
        const struct bytes_row *row = &bytes_rows[i];
        struct intent intent;
        intent_plain(&intent);
        intent_set(&intent, row->axis, row_called(row->axis, row->words));
        struct view request =
            write_request(&intent, row->is_basic ? &basic : &open_fixture, 0xDEADBEEF);
        CHECK_ROW(i, view_equal(request, row->request));
    }
}

// Where plain ids stand behind iccid:, so do all that are spelt in another way.
static void check_scheme(void)
{
    static const struct bytes_row rows[] = {
        {AXIS_SIM, "bare id", false, VIEW_INIT("/sims/iccid:8988247000100003319/balances ")},
        {AXIS_SIM, "id behind iccid:", false, VIEW_INIT("/sims/8988247000100003319/balances ")},
        {AXIS_SIM, "id behind iccid: and %20", false,
         VIEW_INIT("/sims/iccid:%208988247000100003319/balances ")},
        {AXIS_SIM, "id with 0 behind", false,
         VIEW_INIT("/sims/iccid:89882470001000033190/balances ")},
        {AXIS_SIM, "first digit of the id encoded", false,
         VIEW_INIT("/sims/iccid:%38988247000100003319/balances ")},
        {AXIS_SIM, "iccid: twice", false,
         VIEW_INIT("/sims/iccid:iccid:8988247000100003319/balances ")},
        {AXIS_ROLE, "role U", false, VIEW_INIT("/sims/iccid:8988247000100009999/balances ")},
        {AXIS_PATH, "path with balance", false,
         VIEW_INIT("/sims/iccid:8988247000100003319/balance ")},
        {AXIS_LINE, "tab in the target", false,
         VIEW_INIT("/sims/iccid:8988247000100003319\t/balances ")},
    };
    struct fixture fixture = open_fixture;
    fixture.sim_prefix = FIXTURE_SIM_SCHEME;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct intent intent;
        intent_plain(&intent);
        intent_set(&intent, rows[i].axis, row_called(rows[i].axis, rows[i].words));
        struct view request = write_request(&intent, &fixture, 0xDEADBEEF);
        CHECK_ROW(i, view_starts(view_from(request, sizeof "GET /v1" - 1), rows[i].request));
    }
}

struct query_row {
    const char *order;
    const char *extra;
    uint32_t made;
    struct view query;
};

static const struct query_row query_rows[] = {
    {"plain order", "parameter foo", 0,
     VIEW_INIT("?fieldsTemplate=full&limit=1000&location=US&foo=1 ")},
    {"location, limit, fieldsTemplate", "parameter foo", 0,
     VIEW_INIT("?location=US&limit=1000&fieldsTemplate=full&foo=1 ")},
    {"what else there is in front", "parameter foo", 0,
     VIEW_INIT("?foo=1&fieldsTemplate=full&limit=1000&location=US ")},
    {"first octet of values encoded", "nothing else in the query", 0,
     VIEW_INIT("?fieldsTemplate=%66ull&limit=%31000&location=%55S ")},
    {"values encoded", "nothing else in the query", 0,
     VIEW_INIT("?fieldsTemplate=%66%75%6C%6C&limit=%31%30%30%30&location=%55%53 ")},
    {"values encoded in lower case", "nothing else in the query", 0,
     VIEW_INIT("?fieldsTemplate=%66%75%6c%6c&limit=%31%30%30%30&location=%55%53 ")},
    {"some octets of values encoded", "nothing else in the query", 2,
     VIEW_INIT("?fieldsTemplate=%66u%6Cl&limit=%310%300&location=%55S ")},
    {"plain order", "empty parameter", 0,
     VIEW_INIT("?fieldsTemplate=full&limit=1000&location=US& ")},
};

static void check_queries(void)
{
    for (size_t i = 0; i < sizeof query_rows / sizeof query_rows[0]; i++) {
        const struct query_row *row = &query_rows[i];
        struct intent intent;
        intent_plain(&intent);
        intent.made = row->made;
        intent_set_sense(&intent, AXIS_FIELDS, SENSE_FIELDS_FULL);
        intent_set(&intent, AXIS_LIMIT, row_called(AXIS_LIMIT, "limit 1000"));
        intent_set_sense(&intent, AXIS_LOCATION, SENSE_LOCATION_GOOD);
        intent_set(&intent, AXIS_ORDER, row_called(AXIS_ORDER, row->order));
        intent_set(&intent, AXIS_EXTRA, row_called(AXIS_EXTRA, row->extra));
        struct view request = write_request(&intent, &open_fixture, 1);
        size_t at = view_index(request, '?');
        CHECK_ROW(i, view_starts(view_from(request, at), row->query));
    }
}

// What must be served is well-formed HTTP whose head and body end where the bytes end; the id that
// the intent remembers is the one that was written.
static void check_wire(struct intent *intent, size_t row)
{
    static struct bp_head head;
    struct bp_head_reader reader;
    struct bp_fault fault;
    struct bp_body body;
    size_t used = 0;
    struct view request = write_request(intent, &open_fixture, row);
    bp_head_start(&reader, &head, BP_REQUEST);
    CHECK_ROW(row, bp_head_read(&head, &used, &fault, &reader, request) == BP_READ_DONE);
    struct view rest = view_from(request, used);
    CHECK_ROW(row, bp_body_start(&body, &fault, &head, BP_REQUEST, false));
    CHECK_ROW(row, bp_body_read(&body, NULL, &used, &fault, rest, true) == BP_READ_DONE);
    CHECK_ROW(row, used == rest.len);
    struct view id = view_first(view_from(request, intent->sent_id_at), intent->sent_id_len);
    bool has_id = head.known_count[BP_KNOWN_TRANSACTION_ID] == 1;
    CHECK_ROW(row, intent->has_transaction_id == (has_id && id.len != 0));
    if (has_id)
        CHECK_ROW(row,
                  view_equal(id, head.fields[head.known_first[BP_KNOWN_TRANSACTION_ID]].value));
    enum sense sense = intent_sense(intent, AXIS_TXN);
    if (sense == SENSE_PLAIN || sense == SENSE_TXN_NAME)
        CHECK_ROW(row, view_equal(id, view_of(intent->transaction, intent->transaction_len)));
}

static void check_served(void)
{
    for (enum axis axis = 0; axis < AXIS_COUNT; axis++) {
        for (unsigned row = 0; row < axis_row_count(axis); row++) {
            struct intent intent;
            intent_plain(&intent);
            intent_set(&intent, axis, row);
            enum sense sense = intent_sense(&intent, axis);
            if (row < axis_served_count(axis) || sense == SENSE_TXN_OPAQUE ||
                sense == SENSE_TXN_INJECT || sense == SENSE_FRAMING_BODY ||
                (axis >= AXIS_SIM && axis <= AXIS_ORDER && sense != SENSE_EXTRA_HUGE))
                check_wire(&intent, row);
        }
    }
}

static size_t line_len(struct view request) { return view_index(request, '\r'); }

static void check_lengths(void)
{
    struct intent intent;
    const char *const fillers[] = {"7,900 octets of one parameter", "7,900 octets of parameters"};
    for (size_t i = 0; i < 2; i++) {
        intent_plain(&intent);
        intent_set(&intent, AXIS_EXTRA, row_called(AXIS_EXTRA, fillers[i]));
        size_t len = line_len(write_request(&intent, &open_fixture, 1));
        CHECK_ROW(i, len > 7900 && len < 8000);
        CHECK_ROW(i, view_find(view_of(space, len),
                               view_of_text(i == 0 ? "?pad=aaaaa" : "?p=1&p=1&p=1")) < len);
        intent_set(&intent, AXIS_LOCATION, row_called(AXIS_LOCATION, "location of 4096 letters"));
        CHECK_ROW(i, line_len(write_request(&intent, &open_fixture, 1)) == len);
    }
    intent_plain(&intent);
    intent_set_sense(&intent, AXIS_EXTRA, SENSE_EXTRA_HUGE);
    CHECK(line_len(write_request(&intent, &open_fixture, 1)) > 65536);
    intent_plain(&intent);
    intent_set(&intent, AXIS_TXN, row_called(AXIS_TXN, "transaction id of 64 octets"));
    write_request(&intent, &open_fixture, 1);
    CHECK(intent.sent_id_len == 64);
    intent_set(&intent, AXIS_TXN, row_called(AXIS_TXN, "transaction id of 8,000 octets"));
    write_request(&intent, &open_fixture, 1);
    CHECK(intent.sent_id_len == 8000);
    struct buf small = buf_of(space, 60);
    intent_write(&small, &intent, &open_fixture, 1);
    CHECK(small.overflow);
}

// Different serials make different ids; the same serial makes the same bytes.
static void check_serials(void)
{
    struct intent intent;
    char ids[3][24];
    const uint64_t serials[3] = {1, UINT64_C(1) << 40, 1};
    for (size_t i = 0; i < 3; i++) {
        intent_plain(&intent);
        write_request(&intent, &open_fixture, serials[i]);
        memcpy(ids[i], intent.transaction, sizeof ids[i]);
    }
    CHECK(memcmp(ids[0], ids[1], 24) != 0);
    CHECK(memcmp(ids[0], ids[2], 24) == 0);
}

int main(void)
{
    check_bytes();
    check_scheme();
    check_queries();
    check_served();
    check_lengths();
    check_serials();
    return unit_end();
}

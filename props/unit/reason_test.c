// SPDX-License-Identifier: Apache-2.0
// Reasons: every row is fit for an answer, and the statuses are the documented ones.
#include "base/reason.h"
#include "props/unit/unit.h"

// GB-ERR-4, without what only other servers send.
static bool is_documented(unsigned status)
{
    static const unsigned statuses[] = {0,   400, 401, 403, 404, 405, 408, 409,
                                        413, 414, 429, 431, 500, 501, 505};
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
        if (statuses[i] == status)
            return true;
    return false;
}

static bool is_code(struct view code)
{
    for (size_t i = 0; i < code.len; i++)
        if ((code.data[i] < 'a' || code.data[i] > 'z') && code.data[i] != '.' &&
            code.data[i] != '_' && !byte_is_digit(code.data[i]))
            return false;
    return code.len != 0;
}

// Words go into JSON and HTTP as they are.
static bool is_plain(struct view words)
{
    for (size_t i = 0; i < words.len; i++)
        if (words.data[i] < 0x20 || words.data[i] > 0x7e || words.data[i] == '"' ||
            words.data[i] == '\\')
            return false;
    return true;
}

static void check_rows(void)
{
    for (unsigned i = 0; i < BP_REASON_COUNT; i++) {
        const struct bp_reason_row *row = bp_reason_row((enum bp_reason)i);
        CHECK_ROW(i, is_documented(row->status));
        CHECK_ROW(i, is_code(row->code));
        CHECK_ROW(i, row->words.len != 0 && is_plain(row->words) && is_plain(row->parameter));
        CHECK_ROW(i, row->words.len != 0 && row->words.data[row->words.len - 1] != '.');
        for (unsigned k = 0; k < i; k++)
            CHECK_ROW(i, !view_equal(row->code, bp_reason_row((enum bp_reason)k)->code));
    }
}

static const struct {
    enum bp_reason reason;
    unsigned status;
    struct view parameter;
    struct view code;
} samples[] = {
    {BP_REASON_NONE, 0, VIEW_INIT(""), VIEW_INIT("none")},
    {BP_REASON_HTTP_VERSION, 505, VIEW_INIT(""), VIEW_INIT("http.version")},
    {BP_REASON_HTTP_TARGET_LEN, 414, VIEW_INIT(""), VIEW_INIT("http.target_len")},
    {BP_REASON_HTTP_HEAD_LEN, 431, VIEW_INIT(""), VIEW_INIT("http.head_len")},
    {BP_REASON_HTTP_FIELD_COUNT, 431, VIEW_INIT(""), VIEW_INIT("http.field_count")},
    {BP_REASON_HTTP_HOST_MISSING, 400, VIEW_INIT("Host"), VIEW_INIT("http.host_missing")},
    {BP_REASON_SIM_UNKNOWN, 404, VIEW_INIT("sim id"), VIEW_INIT("sim.unknown")},
    {BP_REASON_LIMIT_BEYOND, 400, VIEW_INIT("limit"), VIEW_INIT("limit.beyond")},
    {BP_REASON_LOCATION_TWICE, 400, VIEW_INIT("location"), VIEW_INIT("location.twice")},
    {BP_REASON_FIELDS_EMPTY, 400, VIEW_INIT("fieldsTemplate"), VIEW_INIT("fields.empty")},
    {BP_REASON_HTTP_SLOW, 408, VIEW_INIT(""), VIEW_INIT("http.slow")},
    {BP_REASON_CERT_MISSING, 401, VIEW_INIT("client certificate"), VIEW_INIT("cert.missing")},
    {BP_REASON_CERT_EXPIRED, 401, VIEW_INIT("client certificate"), VIEW_INIT("cert.expired")},
    {BP_REASON_CERT_REFUSED, 403, VIEW_INIT("client certificate"), VIEW_INIT("cert.refused")},
    {BP_REASON_CERT_SUBJECT, 403, VIEW_INIT("client certificate"), VIEW_INIT("cert.subject")},
    {BP_REASON_INVENTORY_SPACE, 0, VIEW_INIT(""), VIEW_INIT("inventory.space")},
};

static void check_samples(void)
{
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        const struct bp_reason_row *row = bp_reason_row(samples[i].reason);
        CHECK_ROW(i, row->status == samples[i].status);
        CHECK_ROW(i, view_equal(row->parameter, samples[i].parameter));
        CHECK_ROW(i, view_equal(row->code, samples[i].code));
    }
}

int main(void)
{
    check_rows();
    check_samples();
    struct bp_fault fault;
    struct view where = VIEW("here");
    CHECK(!bp_refuse(&fault, BP_REASON_LIMIT_EMPTY, where));
    CHECK(fault.reason == BP_REASON_LIMIT_EMPTY && fault.where.data == where.data);
    return unit_end();
}

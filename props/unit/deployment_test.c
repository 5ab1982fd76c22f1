// SPDX-License-Identifier: Apache-2.0
#include "operator/deployment.h"

#include "props/unit/sample.h"
#include "props/unit/unit.h"

#define SIM_A "/v1/sims/8988247000100003319/balances"
#define GET(fields) "GET " SIM_A " HTTP/1.1\r\nHost: mo.example\r\n" fields "\r\n"
#define BASIC "Authorization: Basic YTpi\r\n"
#define ID "X-MS-DM-TransactionId: t\r\n"

static const int64_t start_ms = 1767225600000;

static void *space;

static struct bp_deployment *open_with(const struct bp_deployment_config *config)
{
    struct bp_fault fault;
    struct bp_deployment *deployment = bp_deployment_open(space, &fault, sample_text(), config);
    if (deployment == NULL)
        exit(2);
    return deployment;
}

static bool answers(struct bp_deployment *deployment, const char *request, const char *want)
{
    static char bytes[65536];
    struct buf out = BUF(bytes);
    struct bp_conversation conversation;
    struct view all = view_of_text(request);
    bp_conversation_start(&conversation);
    size_t used = bp_converse(&conversation, &deployment->endpoint, &out, all, true, start_ms);
    return used == all.len && view_find(buf_view(&out), view_of_text(want)) < out.len;
}

static void test_config(void)
{
    static const struct {
        const char *credentials;
        uint32_t rate_per_s;
        const char *request;
        const char *want;
    } rows[] = {
        {"", 0, GET(""), "HTTP/1.1 200 "},
        {"", 0, GET("") GET("") GET(""), "HTTP/1.1 200 "},
        {"", 0, GET(ID) GET(ID), "HTTP/1.1 409 "},
        {"", 2, GET("") GET("") GET(""), "HTTP/1.1 429 "},
        {"a:b", 0, GET(""), "HTTP/1.1 401 "},
        {"a:b", 0, GET(BASIC), "HTTP/1.1 200 "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct bp_deployment_config config = {.start_ms = start_ms,
                                                    .credentials =
                                                        view_of_text(rows[i].credentials),
                                                    .rate_per_s = rows[i].rate_per_s};
        CHECK_ROW(i, answers(open_with(&config), rows[i].request, rows[i].want));
    }
}

static void test_limit(void)
{
    const struct bp_deployment_config config = {.start_ms = start_ms};
    struct bp_deployment *deployment = open_with(&config);
    bp_deployment_limit(deployment, 1, start_ms);
    CHECK(answers(deployment, GET("") GET(""), "HTTP/1.1 429 "));
    bp_deployment_limit(deployment, 0, start_ms);
    CHECK(answers(deployment, GET(""), "HTTP/1.1 200 "));
}

static void test_refused(void)
{
    const struct bp_deployment_config config = {.start_ms = start_ms};
    struct bp_fault fault;
    CHECK(bp_deployment_open(space, &fault, VIEW("{"), &config) == NULL);
    CHECK(fault.reason == BP_REASON_JSON_CUT);
    CHECK(bp_deployment_open(space, &fault, VIEW("{}"), &config) == NULL);
    CHECK(fault.reason == BP_REASON_INVENTORY);
}

// The reader stands right behind the struct and is aligned, and nothing more is asked for.
static void test_layout(void)
{
    const struct bp_deployment_config config = {.start_ms = start_ms};
    struct bp_deployment *deployment = open_with(&config);
    size_t offset = (size_t)((char *)deployment->reader - (char *)deployment);
    CHECK(offset >= sizeof *deployment && offset - sizeof *deployment < 16 && offset % 16 == 0);
    CHECK(bp_deployment_size() ==
          offset + bp_json_space(BP_JSON_LEN_MAX, BP_DEPLOYMENT_NODE_COUNT_MAX));
}

// A memory full of transaction ids leaves every SIM where it is.
static void test_full_memory(void)
{
    const struct bp_deployment_config config = {.start_ms = start_ms};
    struct bp_deployment *deployment = open_with(&config);
    const struct bp_sim_table *table = &deployment->inventory.table;
    for (unsigned n = 0; n < BP_DEPLOYMENT_REPLAY_COUNT; n++)
        CHECK_ROW(
            n, !bp_replay_is_repeat(&deployment->replay, view_of((char *)&n, sizeof n), start_ms));
    for (size_t i = 0; i < table->count; i++)
        CHECK_ROW(i, bp_sim_find(table, &table->sims[i].iccid) == &table->sims[i]);
}

int main(void)
{
    space = malloc(bp_deployment_size());
    if (space == NULL)
        return 2;
    test_config();
    test_limit();
    test_refused();
    test_layout();
    test_full_memory();
    free(space);
    return unit_end();
}

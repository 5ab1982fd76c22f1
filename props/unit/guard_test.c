// SPDX-License-Identifier: Apache-2.0
#include "props/subject/guard.h"

#include "props/case/intent.h"
#include "props/unit/stage.h"
#include "props/unit/unit.h"

static const struct view known[ROLE_COUNT] = {
    [ROLE_A] = VIEW_INIT("8988247000100003319"), [ROLE_B] = VIEW_INIT("89882470001000927487")};

static const struct {
    const char *text;
    bool is_stranger;
} texts[] = {
    {"", false},
    {"GET /v1/sims/8988247000100003319/balances HTTP/1.1", false},
    {"/sims/89882470001000927487/", false},
    {"/sims/8988247000100003318/", true},
    {"8988247000100003318", true},
    {"/sims/898824700010000331/", true},
    {"/sims/89882470001000033190/", true},
    {"/sims/08988247000100003319/", false},
    {"/sims/988247000100003319/", false},
    {"/sims/27434991073809554935/", false},
    {"/sims/898824700010009274870/", false},
    {"/sims/8988247000100003319F/", false},
    {"/sims/898824700010000331x/", true},
    {"/sims/%38988247000100003319/", false},
    {"/sims/%38988247000100003318/", true},
    {"/sims/%2538988247000100003318/", true},
    {"/sims/%2538988247000100003319/", false},
    {"/sims/%38%39%38%38%32%34%37%30%30%30%31%30%30%30%30%33%33%31%38/", true},
    {"/sims/iccid:%208988247000100003319/", false},
    {"/sims/8988247000100003319%", false},
    {"/sims/8988247000100003319%3", false},
    {"/sims/898824700010000331%3", true},
    {"?limit=9223372036854775808&x=18446744073709551616", false},
    {"8900000000000000000", true},
    {"8988247000100003319 8988247000100003319\r\n8988247000100003320", true},
};

static void check_texts(void)
{
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        CHECK_ROW(i,
                  guard_names_stranger(view_of_text(texts[i].text), known) == texts[i].is_stranger);
}

static bool answer(void *context, struct buf *response, const struct sending *sending)
{
    (void)sending;
    ++*(unsigned *)context;
    buf_put_text(response, "HTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n");
    return true;
}

static bool ask(struct guard *guard, struct intent *intent, const struct fixture *fixture,
                bool is_plain)
{
    char space[512];
    static char request_space[1 << 18];
    struct buf response = BUF(space);
    struct buf request = BUF(request_space);
    intent_write(&request, intent, fixture, 7);
    struct subject subject = guard_subject(guard);
    struct sending sending = {buf_view(&request), 1, false, is_plain};
    return subject.exchange(subject.context, &response, &sending);
}

// The rows of the SIM axis that pass name the SIM itself or nobody.
static void check_rows(void)
{
    static const char *const held[] = {"id of 18 digits",
                                       "id with x for its last digit",
                                       "iccid: and x for the last digit",
                                       "id with 0 behind",
                                       "id without its last digit",
                                       "iccid: and id with 0 behind",
                                       "unknown id with a wrong Luhn digit",
                                       "id with a cut percent sequence"};
    unsigned asked_count = 0;
    struct subject inner = {.exchange = answer, .context = &asked_count};
    struct guard guard;
    guard_init(&guard, inner, &honest[0].fixture);
    guard.only_known = true;
    unsigned passed_count = 0;
    for (unsigned row = 0; row < axis_row_count(AXIS_SIM); row++) {
        struct intent intent;
        intent_plain(&intent);
        intent_set(&intent, AXIS_SIM, row);
        bool is_held = false;
        for (size_t i = 0; i < sizeof held / sizeof held[0]; i++)
            is_held = is_held || strcmp(axis_row(AXIS_SIM, row)->words, held[i]) == 0;
        bool came = ask(&guard, &intent, &honest[0].fixture, true);
        CHECK_ROW(row, came == !is_held);
        passed_count += came;
    }
    CHECK(guard.stranger_count == sizeof held / sizeof held[0]);
    CHECK(asked_count == passed_count);
}

static bool answer_together(void *context, struct buf *const responses[],
                            const struct sending *sendings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        (void)!answer(context, responses[i], &sendings[i]);
    return true;
}

static bool answer_beside(void *context, struct buf *response, struct buf *cut,
                          const struct sending *sending, struct view begun)
{
    const struct sending slow = {.request = begun};
    return answer(context, response, sending) && answer(context, cut, &slow);
}

// All of them leave, or none.
static void check_several(void)
{
    static const struct {
        struct view requests[2];
        bool is_plain;
        unsigned stranger_count;
        unsigned odd_count;
    } rows[] = {
        {{VIEW_INIT("/8988247000100003319/"), VIEW_INIT("/89882470001000927487/")}, true, 0, 0},
        {{VIEW_INIT("/8988247000100003319/"), VIEW_INIT("/8988247000100003318/")}, true, 1, 0},
        {{VIEW_INIT("/8988247000100003318/"), VIEW_INIT("/8988247000100003319/")}, true, 1, 0},
        {{VIEW_INIT("/8988247000100003318/"), VIEW_INIT("/8988247000100003318/")}, true, 2, 0},
        {{VIEW_INIT("/8988247000100003319/"), VIEW_INIT("/8988247000100003319/")}, false, 0, 2},
    };
    for (size_t i = 0; i < 2 * sizeof rows / sizeof rows[0]; i++) {
        char space[512];
        struct buf response = BUF(space);
        struct buf *responses[] = {&response, &response};
        unsigned asked_count = 0;
        struct guard guard;
        bool is_beside = i % 2 != 0;
        bool is_plain = rows[i / 2].is_plain;
        struct sending sendings[] = {{rows[i / 2].requests[0], 1, false, is_plain},
                                     {rows[i / 2].requests[1], 1, false, is_plain}};
        guard_init(&guard,
                   (struct subject){.exchange = answer,
                                    .together = answer_together,
                                    .beside = answer_beside,
                                    .context = &asked_count},
                   &honest[0].fixture);
        guard.only_known = guard.only_plain = true;
        struct subject subject = guard_subject(&guard);
        bool passes = rows[i / 2].stranger_count + rows[i / 2].odd_count == 0;
        bool came = is_beside ? subject.beside(subject.context, &response, &response, &sendings[0],
                                               sendings[1].request)
                              : subject.together(subject.context, responses, sendings, 2);
        CHECK_ROW(i, came == passes && asked_count == (passes ? 2u : 0u));
        CHECK_ROW(i, guard.has_held == !passes);
        CHECK_ROW(i, guard.stranger_count == rows[i / 2].stranger_count);
        // A request that is cut is as plain as any.
        CHECK_ROW(i, guard.odd_count ==
                         (is_beside ? rows[i / 2].odd_count / 2 : rows[i / 2].odd_count));
    }
}

// What nobody could do here cannot be done; where nobody is there yet, it is listed.
static void check_unable(void)
{
    struct guard guard;
    guard_init(&guard, (struct subject){.exchange = answer}, &honest[0].fixture);
    CHECK(guard_subject(&guard).together == NULL && guard_subject(&guard).beside == NULL);
    guard_init(&guard, (struct subject){.exchange = NULL}, &honest[0].fixture);
    CHECK(guard_subject(&guard).together != NULL && guard_subject(&guard).beside != NULL);
}

static void count_listed(void *context, const struct sending *sending)
{
    ++*(unsigned *)context;
    CHECK(view_starts(sending->request, VIEW("GET ")));
}

static void check_kinds(void)
{
    unsigned asked_count = 0;
    unsigned listed_count = 0;
    struct guard guard;
    struct intent intent;
    intent_plain(&intent);
    guard_init(&guard, (struct subject){.exchange = answer, .context = &asked_count},
               &honest[0].fixture);
    CHECK(ask(&guard, &intent, &honest[0].fixture, false));
    guard.only_plain = true;
    CHECK(!ask(&guard, &intent, &honest[0].fixture, false) && guard.has_held);
    CHECK(ask(&guard, &intent, &honest[0].fixture, true) && !guard.has_held);
    CHECK(asked_count == 2 && guard.odd_count == 1);
    guard.list = count_listed;
    guard.context = &listed_count;
    CHECK(!ask(&guard, &intent, &honest[0].fixture, true) && guard.has_held);
    CHECK(asked_count == 2 && listed_count == 1);
}

int main(void)
{
    check_texts();
    CHECK(open_worlds());
    check_rows();
    check_kinds();
    check_several();
    check_unable();
    close_worlds();
    return unit_end();
}

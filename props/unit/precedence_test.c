// SPDX-License-Identifier: Apache-2.0
// Endpoints that check in one order or another, told apart by their answers to two defects at once.
#include "props/run/precedence.h"

#include "props/run/panel.h"
#include "props/unit/judged.h"

enum { CHECK_COUNT_MAX = 8, REQUEST_COUNT_MAX = 60 };

// A check finds its defect in a request and answers it.
struct check_row {
    const char *found; // in the request, or behind '!' what is not found there
    const char *answer;
};

#define AUTH                                                                     \
    {                                                                            \
        "!Authorization: Basic bW9iaWxlcGxhbnM6YTpiIGM=", "401 Unauthorized\r\n" \
    }
#define METHOD                                       \
    {                                                \
        "!GET ", "405 Not Allowed\r\nAllow: GET\r\n" \
    }
#define TXN                                                \
    {                                                      \
        "", "400 Bad Request\r\n\r\nX-MS-DM-TransactionId" \
    } // an octet that is 0
#define PATH                              \
    {                                     \
        "!/balances", "404 Not Found\r\n" \
    }
#define SIM                                        \
    {                                              \
        "8988247000100009999", "404 Not Found\r\n" \
    }
#define LETTERS                           \
    {                                     \
        "/sims/abc/", "404 Not Found\r\n" \
    }
#define FIELDS                                                     \
    {                                                              \
        "fieldsTemplate=", "400 Bad Request\r\n\r\nfieldsTemplate" \
    }
#define LIMIT                                     \
    {                                             \
        "limit=-", "400 Bad Request\r\n\r\nlimit" \
    }
#define PLACE                                          \
    {                                                  \
        "location=", "400 Bad Request\r\n\r\nlocation" \
    }

struct endpoint {
    struct check_row checks[CHECK_COUNT_MAX];
    bool flaps; // the order is turned round with each request
    bool has_basic;
    bool is_wrong; // some defects are overlooked
    const char *order;
};

static const struct endpoint endpoints[] = {
    {{TXN, AUTH, METHOD, PATH, SIM, FIELDS, LIMIT, PLACE},
     .has_basic = true,
     .order = "transaction id > authentication > method > path, unknown SIM > fieldsTemplate > "
              "limit > location"},
    {{PATH, PLACE, LIMIT, FIELDS, LETTERS, SIM, METHOD, TXN},
     .order = "path > location > limit > fieldsTemplate > malformed SIM, unknown SIM > method > "
              "transaction id"},
    {{TXN, LIMIT, PLACE, FIELDS, LETTERS, SIM, METHOD, PATH},
     .flaps = true,
     .is_wrong = true,
     .order = ""},
    {{PATH, LIMIT, PLACE, METHOD, LETTERS, SIM, FIELDS},
     .order = "path > limit > location > method > malformed SIM, unknown SIM > fieldsTemplate"},
};

struct asked {
    const struct endpoint *endpoint;
    unsigned request_count;
    unsigned fault_count;
    struct precedence precedence;
};

static bool is_found(const struct check_row *row, struct view request)
{
    bool is_absence = row->found[0] == '!';
    struct view text = view_of_text(row->found + is_absence);
    if (text.len == 0)
        return view_index(request, '\0') < request.len;
    return (view_find(request, text) < request.len) != is_absence;
}

static bool answer(void *context, struct buf *response, const struct sending *sending)
{
    struct asked *asked = context;
    const struct endpoint *endpoint = asked->endpoint;
    unsigned nth = asked->request_count++;
    const char *said = "200 OK\r\n\r\n{\"balances\":[]}";
    for (unsigned i = 0; i < CHECK_COUNT_MAX; i++) {
        bool is_turned = endpoint->flaps && nth % 2 == 0;
        const struct check_row *row = &endpoint->checks[is_turned ? CHECK_COUNT_MAX - 1 - i : i];
        if (row->found == NULL || !is_found(row, sending->request))
            continue;
        said = row->answer;
        break;
    }
    buf_put_text(response, "HTTP/1.1 ");
    buf_put_text(response, said);
    buf_put_text(response,
                 view_find(view_of_text(said), VIEW("\r\n\r\n")) < strlen(said) ? "" : "\r\n");
    return true;
}

static void hear(void *context, const struct exchange *x)
{
    precedence_hear(&((struct asked *)context)->precedence, x);
}

static void count_faults(void *context, size_t clause, struct verdict verdict,
                         const struct exchange *x)
{
    (void)x;
    struct asked *asked = context;
    bool is_told = clause == clause_find(VIEW("GB-QRY-8")) && verdict.grade == GRADE_FAIL;
    asked->fault_count += is_told;
}

static void ask_pairs(struct asked *asked, const struct world *world, void *space)
{
    struct trial *trial = trial_init(space);
    struct choices *choices = malloc(sizeof *choices);
    struct panel *panel = malloc(sizeof *panel);
    char tape[PRECEDENCE_TAPE_LEN];
    panel_init(panel, NULL, count_faults, asked);
    panel->seen = hear;
    precedence_start(&asked->precedence);
    while (precedence_next(&asked->precedence, tape, world, 1)) {
        choices_from_bytes(choices, view_of(tape, sizeof tape));
        panel_play(panel, trial, choices, world, 1);
        precedence_end(&asked->precedence);
    }
    free(panel);
    free(choices);
}

int main(void)
{
    void *space = malloc(trial_size());
    for (size_t i = 0; i < sizeof endpoints / sizeof endpoints[0]; i++) {
        struct asked asked = {.endpoint = &endpoints[i]};
        struct world world = {.name = "scripted",
                              .subject = {.exchange = answer, .context = &asked}};
        judged_fixture(&world.fixture, endpoints[i].has_basic);
        judged_profile(&world.profile, NULL);
        ask_pairs(&asked, &world, space);
        char text[256];
        struct buf order = BUF(text);
        precedence_put(&order, &asked.precedence);
        bool is_right = view_equal(buf_view(&order), view_of_text(endpoints[i].order));
        CHECK_ROW(i, is_right);
        if (!is_right)
            fprintf(stderr, "  %.*s\n", (int)order.len, order.data);
        CHECK_ROW(i, asked.request_count > 20 && asked.request_count <= REQUEST_COUNT_MAX);
        CHECK_ROW(i, (asked.fault_count != 0) == endpoints[i].is_wrong);
    }
    free(space);
    return unit_end();
}

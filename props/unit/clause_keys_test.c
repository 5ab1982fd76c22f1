// SPDX-License-Identifier: Apache-2.0
// A clause declares the keys whose readings it asks for. Here every judge and every program is
// asked about many exchanges, to see which ones it does ask for.
#include "props/run/panel.h"
#include "props/run/tour.h"
#include "props/unit/stage.h"
#include "props/unit/unit.h"

enum { CASE_COUNT = 1500, WHOLE_COUNT = 8, PROGRAM_RUN_COUNT = 40 };

#define JSON(status, body) "HTTP/1.1 " status "\r\nContent-Type: application/json\r\n\r\n" body
#define BALANCE(type, time, locations)                                                        \
    "{\"balances\":[{\"type\":\"" type "\",\"dataRemainingInMB\":0,\"timeRemaining\":\"" time \
    "\",\"locations\":[" locations "]}]}"

// What endpoints other than the honest one might answer to the same request.
static const char *const answers[] = {
    JSON("200 OK", "{\"balances\":[]}"),
    JSON("200 OK", BALANCE("NONE", "PT0S", "\"UK\"")),
    JSON("200 OK", BALANCE("PREPAID", "P0D", "")),
    JSON("400 Bad Request", "{}"),
    JSON("401 Unauthorized", "{}"),
    JSON("404 Not Found", "{}"),
    "HTTP/1.1 200 OK\r\nX-MS-DM-TransactionId: other\r\n\r\n{\"balances\":[]}",
};
enum { ANSWER_COUNT = sizeof answers / sizeof answers[0] };

static uint64_t consulted[CLAUSE_COUNT_MAX];

struct asking {
    struct opener opener;
    struct exchange x;
    struct profile profile; // seed, with one reading changed in turn
    unsigned key;
    unsigned whole_count;
};

static void ask_all(struct asking *asking)
{
    for (size_t i = 0; i < clause_count(); i++) {
        asking->x.consulted = &consulted[i];
        if (clause_at(i)->judge != NULL)
            (void)clause_at(i)->judge(&asking->x);
    }
}

static void change_reading(struct asking *asking)
{
    uint8_t *reading = &asking->profile.reading[asking->key];
    if (++*reading < profile_alternative_count((enum profile_key)asking->key))
        return;
    *reading = 0;
    asking->key = (asking->key + 1) % KEY_COUNT;
}

static void ask_under_reading(struct asking *asking, const struct exchange *x)
{
    asking->x = *x;
    exchange_read_as(&asking->x, &asking->profile);
    ask_all(asking);
    for (size_t i = 0; i < ANSWER_COUNT; i++) {
        exchange_open(&asking->x, &asking->opener, x->fixture, &asking->profile, x->intent,
                      x->request, view_of_text(answers[i]));
        ask_all(asking);
    }
}

// What any client would ask is asked under every reading a few times, the rest under one.
static void hear_exchange(void *context, const struct exchange *x)
{
    struct asking *asking = context;
    unsigned key = asking->key;
    bool is_ordinary = x->intent != NULL && x->odd_axes == 0 && asking->whole_count < WHOLE_COUNT;
    asking->whole_count += is_ordinary;
    do {
        change_reading(asking);
        ask_under_reading(asking, x);
    } while (is_ordinary && (asking->key != key || asking->profile.reading[key] != 0));
}

static void hear(void *context, size_t clause, struct verdict verdict, const struct exchange *x)
{
    (void)context;
    (void)clause;
    (void)verdict;
    (void)x;
}

static void play(struct asking *asking)
{
    struct panel panel;
    panel_init(&panel, NULL, hear, asking);
    panel_clear(&panel);
    panel.seen = hear_exchange;
    struct trial *trial = trial_init(trial_space);
    struct tour tour;
    tour_init(&tour,
              &(struct tour_options){.world_count = LOCAL_KIND_COUNT, .random_count = CASE_COUNT});
    while (tour_next(&tour))
        panel_play(&panel, trial, &tour.choices, honest, LOCAL_KIND_COUNT);
}

// Runs a clause's program by itself, so that no judge asks for anything.
static void run_program(const struct world *world, size_t clause)
{
    struct trial *trial = trial_init(trial_space);
    struct choices choices;
    choices_from_odometer(&choices, view_of(NULL, 0));
    for (unsigned count = 0; count < PROGRAM_RUN_COUNT; count++) {
        if (world->subject.reset != NULL)
            world->subject.reset(world->subject.context);
        trial_start(trial, &choices, world);
        trial->consulted = &consulted[clause];
        (void)clause_at(clause)->run(trial);
        if (!choices_next_run(&choices))
            return;
    }
}

static void run_programs(const struct world *worlds)
{
    for (size_t i = 0; i < clause_count(); i++)
        if (clause_at(i)->run != NULL)
            run_program(&worlds[0], i);
}

static void check_keys(void)
{
    for (size_t i = 0; i < clause_count(); i++) {
        const struct clause *clause = clause_at(i);
        uint64_t wrong = clause->over_tls ? 0 : clause->keys ^ consulted[i];
        for (; wrong != 0; wrong &= wrong - 1) {
            unsigned key = (unsigned)__builtin_ctzll(wrong);
            fprintf(stderr, "%s %s %s\n", clause->id,
                    (clause->keys >> key & 1) != 0 ? "does not ask for" : "does not declare",
                    profile_key_name((enum profile_key)key));
            CHECK_ROW(i, false);
        }
    }
}

int main(void)
{
    static struct asking asking;
    CHECK(open_worlds());
    void *space = malloc(opener_size());
    opener_init(&asking.opener, space);
    CHECK(profile_find(&asking.profile, VIEW("seed")));
    play(&asking);
    run_programs(honest);
    check_keys();
    free(space);
    close_worlds();
    return unit_end();
}

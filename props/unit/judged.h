// SPDX-License-Identifier: Apache-2.0
// Judging written answers: a row says what was asked and what came back, and which grade the clause
// must give.
#ifndef BP_PROPS_UNIT_JUDGED_H
#define BP_PROPS_UNIT_JUDGED_H

#include <stdlib.h>

#include "props/rule/facts.h"
#include "props/rule/program.h"
#include "props/unit/unit.h"

// A wish takes an axis off its plain row, to the first row of a sense. An axis 0 ends the wishes.
struct wish {
    enum axis axis;
    enum sense sense;
};

struct judged_row {
    const char *clause;
    enum grade want;
    const char *head; // status, phrase and fields: "200 OK\r\nA: b\r\n"; {t} is the sent id
    const char *body; // NULL: `head` is all that came back, as it stands
    enum role role;
    struct wish wishes[3];
    unsigned nth;        // the first wish takes this row of its sense, counted from 0
    const char *raw;     // raw bytes were sent instead of an intent
    const char *profile; // NULL: seed
    const char *behind;  // what stands behind the answer
    bool has_basic;      // the deployment asks for credentials
    bool is_failed;      // the world failed
};

// ROW begins a row; the designators also tell compilers that the other members may be left out.
#define ROW(id, grade) .clause = id, .want = GRADE_##grade

#define JSON "200 OK\r\nContent-Type: application/json\r\n"
#define LIST(elements) "{\"balances\":[" elements "]}"
#define PAYG \
    "{\"type\":\"MODIRECTPAYG\",\"dataRemainingInMB\":123.0,\"timeRemaining\":\"P23DT23H\"}"
#define NONE "{\"type\":\"NONE\",\"dataRemainingInMB\":0,\"timeRemaining\":\"PT0S\"}"
#define UNSUPPORTED \
    "{\"type\":\"NOTSUPPORTED\",\"dataRemainingInMB\":0.0,\"timeRemaining\":\"PT0S\"}"
#define BALANCE(type, data, time) \
    "{\"type\":\"" type "\",\"dataRemainingInMB\":" data ",\"timeRemaining\":\"" time "\"}"

static inline void judged_fixture(struct fixture *out, bool has_basic)
{
    static const char iccids[ROLE_COUNT][20] = {
        "8988247000100003319", "8988247000100003327", "8988247000100003335", "8988247000100003343",
        "8988247000100003350", "8988247000100003368", "8988247000100003376", "8988247000100003384",
        "8988247000100003897", "8988247000100009999",
    };
    *out = (struct fixture){.base = VIEW("/v1"), .host = VIEW("mo.example")};
    for (unsigned i = 0; i < ROLE_COUNT; i++)
        out->iccid[i] = view_of(iccids[i], 19);
    if (has_basic)
        out->credentials = VIEW("mobileplans:a:b c");
}

static inline void judged_profile(struct profile *out, const char *name)
{
    if (!profile_read(out, view_of_text(name == NULL ? "seed" : name)))
        abort();
}

// judged_respond writes the response of a row.
static inline void judged_respond(struct buf *out, const char *head, const char *body,
                                  struct view id)
{
    struct view text = view_of_text(head);
    if (body != NULL)
        buf_put_text(out, "HTTP/1.1 ");
    for (;;) {
        size_t at = view_find(text, VIEW("{t}"));
        buf_put(out, view_first(text, at));
        if (at == text.len)
            break;
        buf_put(out, id);
        text = view_from(text, at + 3);
    }
    if (body == NULL)
        return;
    buf_put_text(out, "Content-Length: ");
    buf_put_unsigned(out, strlen(body));
    buf_put_text(out, "\r\n\r\n");
    buf_put_text(out, body);
}

static inline void judged_intend(struct intent *out, const struct judged_row *row,
                                 const struct fixture *fixture)
{
    intent_plain(out);
    intent_set(out, AXIS_ROLE, row->role);
    for (size_t i = 0; i < sizeof row->wishes / sizeof row->wishes[0]; i++) {
        const struct wish *wish = &row->wishes[i];
        if (wish->axis == AXIS_ROLE)
            break;
        intent_set_sense(out, wish->axis, wish->sense);
    }
    enum axis first = row->wishes[0].axis;
    if (row->nth != 0)
        intent_set(out, first, out->row[first] + row->nth);
    intent_close(out, fixture);
}

static inline struct verdict judge_row(const struct judged_row *row)
{
    static char request_space[262144];
    static char response_space[65536];
    static void *space;
    static struct opener opener;
    static struct exchange x;
    if (space == NULL) {
        space = aligned_alloc(16, (opener_size() + 15) & ~(size_t)15);
        opener_init(&opener, space);
    }
    struct fixture fixture;
    struct profile profile;
    struct intent intent;
    struct buf request = BUF(request_space);
    struct buf response = BUF(response_space);
    struct view id = view_of(NULL, 0);
    judged_fixture(&fixture, row->has_basic);
    judged_profile(&profile, row->profile);
    if (row->raw != NULL) {
        buf_put_text(&request, row->raw);
    } else {
        judged_intend(&intent, row, &fixture);
        intent_write(&request, &intent, &fixture, 7);
        if (intent.sent_id_len != 0)
            id = view_of(request.data + intent.sent_id_at, intent.sent_id_len);
    }
    judged_respond(&response, row->head, row->body, id);
    if (row->behind != NULL)
        buf_put_text(&response, row->behind);
    exchange_open(&x, &opener, &fixture, &profile, row->raw != NULL ? NULL : &intent,
                  buf_view(&request), buf_view(&response));
    if (row->is_failed)
        x.fate = FATE_FAILED;
    size_t clause = clause_find(view_of_text(row->clause));
    return clause == clause_count() ? not_spoken() : clause_at(clause)->judge(&x);
}

static inline const char *judged_name(enum grade grade)
{
    static const char *const names[GRADE_COUNT] = {"none",      "pass", "info",
                                                   "tolerated", "skip", "fail"};
    return names[grade];
}

// judge_table checks every row.
static inline void judge_table(const struct judged_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct verdict got = judge_row(&rows[i]);
        if (got.grade != rows[i].want)
            fprintf(stderr, "%s: wanted %s, got %s: %s\n", rows[i].clause,
                    judged_name(rows[i].want), judged_name(got.grade),
                    got.why == NULL ? "" : got.why);
        CHECK_ROW(i, got.grade == rows[i].want);
        CHECK_ROW(i, (got.why != NULL) == (got.grade > GRADE_PASS));
    }
}

#define JUDGE_TABLE(rows) judge_table(rows, sizeof(rows) / sizeof((rows)[0]))

// A script is an endpoint that answers the same whatever is asked: its lines one after the other,
// each everything that comes back on one connection. The last one is answered again and again.
enum { SCRIPT_LINE_COUNT_MAX = 24 };

struct script {
    const char *clause;
    enum grade want;
    const char *tape; // choices of the program
    size_t tape_len;
    const char *lines[SCRIPT_LINE_COUNT_MAX];
    const char *profile;
    bool has_basic;
    uint8_t lacks; // BP_HOOK_BITs that the back office does not have
    bool waits;    // the subject can wait
};

struct script_state {
    const struct script *script;
    size_t next;
};

static inline bool script_answer(void *context, struct buf *response, const struct sending *sending)
{
    struct script_state *state = context;
    (void)sending;
    buf_put_text(response, state->script->lines[state->next]);
    if (state->next + 1 < SCRIPT_LINE_COUNT_MAX && state->script->lines[state->next + 1] != NULL)
        state->next++;
    return true;
}

// Each connection gets the next line, the one that hangs last.
static inline bool script_together(void *context, struct buf *const responses[],
                                   const struct sending *sendings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        (void)!script_answer(context, responses[i], &sendings[i]);
    return true;
}

static inline bool script_beside(void *context, struct buf *response, struct buf *cut,
                                 const struct sending *sending, struct view begun)
{
    (void)begun;
    return script_answer(context, response, sending) && script_answer(context, cut, sending);
}

// play_world runs the program of a clause in a world with the choices `tape`, play_program in one
// of `subject` without a back office.
static inline struct verdict play_world(const char *id, const struct world *world, struct view tape)
{
    static struct trial *trial;
    static struct choices choices;
    if (trial == NULL)
        trial = trial_init(aligned_alloc(16, (trial_size() + 15) & ~(size_t)15));
    choices_from_bytes(&choices, tape);
    trial_start(trial, &choices, world);
    size_t clause = clause_find(view_of_text(id));
    return clause == clause_count() ? not_spoken() : clause_at(clause)->run(trial);
}

static inline void judged_world(struct world *out, const char *profile, bool has_basic,
                                struct subject subject)
{
    *out = (struct world){.name = "script", .subject = subject};
    judged_fixture(&out->fixture, has_basic);
    judged_profile(&out->profile, profile);
}

static inline struct verdict play_program(const char *id, const char *profile, bool has_basic,
                                          struct view tape, struct subject subject)
{
    struct world world;
    judged_world(&world, profile, has_basic, subject);
    return play_world(id, &world, tape);
}

// The back office of a script does all it is told.
static inline bool script_act(void *context, const struct bp_act *act)
{
    (void)context;
    return act->hook < BP_HOOK_COUNT;
}

static inline bool script_undo(void *context)
{
    (void)context;
    return true;
}

static inline bool script_wait(void *context, int64_t seconds)
{
    (void)context;
    return seconds >= 0;
}

static inline struct verdict play_script(const struct script *script)
{
    struct script_state state = {script, 0};
    struct subject subject = {.exchange = script_answer,
                              .together = script_together,
                              .beside = script_beside,
                              .wait = script->waits ? script_wait : NULL,
                              .context = &state};
    struct world world;
    judged_world(&world, script->profile, script->has_basic, subject);
    world.hooks.there = (uint8_t)(BP_HOOK_ALL & ~(unsigned)script->lacks);
    world.hooks.act = script_act;
    return play_world(script->clause, &world, view_of(script->tape, script->tape_len));
}

static inline void play_scripts(const struct script *scripts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct verdict got = play_script(&scripts[i]);
        if (got.grade != scripts[i].want)
            fprintf(stderr, "%s: wanted %s, got %s: %s\n", scripts[i].clause,
                    judged_name(scripts[i].want), judged_name(got.grade),
                    got.why == NULL ? "" : got.why);
        CHECK_ROW(i, got.grade == scripts[i].want);
    }
}

#define PLAY_SCRIPTS(scripts) play_scripts(scripts, sizeof(scripts) / sizeof((scripts)[0]))
#define TAPE(literal) "" literal, sizeof(literal) - 1

// An answer as a line of a script; the length of the body is told by closing the connection.
#define LINE(head, body) "HTTP/1.1 " head "\r\n" body

#endif

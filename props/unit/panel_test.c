// SPDX-License-Identifier: Apache-2.0
// A panel asks only those judges in whose scope an exchange is; here all are asked, to see that the
// others would have said nothing.
#include "props/run/panel.h"

#include "props/run/tour.h"
#include "props/unit/stage.h"
#include "props/unit/unit.h"

enum { HONEST_CASE_COUNT = 3000, LIAR_CASE_COUNT = 150 };

// What the judges said about the exchange that was seen last, asked directly and by the panel.
struct grades {
    bool has_exchange;
    uint8_t direct[CLAUSE_COUNT_MAX];
    uint8_t told[CLAUSE_COUNT_MAX];
    uint64_t spoken_count[CLAUSE_COUNT_MAX]; // of all exchanges
    uint64_t last_told;                      // 1 + the clause told last
};

static void compare(struct grades *grades)
{
    for (size_t i = 0; grades->has_exchange && i < clause_count(); i++) {
        if (grades->direct[i] != grades->told[i])
            fprintf(stderr, "%s is not asked although it speaks\n", clause_at(i)->id);
        CHECK_ROW(i, grades->direct[i] == grades->told[i]);
    }
}

static void ask_all(void *context, const struct exchange *x)
{
    struct grades *grades = context;
    compare(grades);
    grades->has_exchange = x->fate != FATE_FAILED;
    grades->last_told = 0;
    memset(grades->told, GRADE_NONE, sizeof grades->told);
    for (size_t i = 0; i < clause_count(); i++) {
        const struct clause *clause = clause_at(i);
        // Of a back office that was broken on purpose only those are asked who speak about failing.
        bool is_asked = !x->is_broken || x->status < 500 || clause->scope == SCOPE_FAILING;
        grades->direct[i] = GRADE_NONE;
        if (clause->judge != NULL && is_asked)
            grades->direct[i] = (uint8_t)clause->judge(x).grade;
        grades->spoken_count[i] += grades->direct[i] != GRADE_NONE;
    }
}

static void hear(void *context, size_t clause, struct verdict verdict, const struct exchange *x)
{
    (void)x;
    struct grades *grades = context;
    grades->told[clause] = (uint8_t)verdict.grade;
    CHECK_ROW(clause, clause >= grades->last_told);
    grades->last_told = clause + 1;
}

static void play(struct grades *grades, const struct world *worlds, uint64_t case_count,
                 uint64_t seed)
{
    struct panel panel;
    panel_init(&panel, NULL, hear, grades);
    panel.seen = ask_all;
    memset(panel.only, 0, sizeof panel.only); // programs have no say
    struct trial *trial = trial_init(trial_space);
    struct tour tour;
    tour_init(&tour, &(struct tour_options){.world_count = LOCAL_KIND_COUNT,
                                            .random_count = case_count,
                                            .seed = seed});
    while (tour_next(&tour))
        panel_play(&panel, trial, &tour.choices, worlds, LOCAL_KIND_COUNT);
    compare(grades);
    grades->has_exchange = false;
}

// The passes of some exchanges, as they were told, and as they were counted.
struct passes {
    uint64_t told[CLAUSE_COUNT_MAX];
    uint64_t counted[CLAUSE_COUNT_MAX][GRADE_COUNT];
};

static void hear_pass(void *context, size_t clause, struct verdict verdict,
                      const struct exchange *x)
{
    (void)x;
    ((struct passes *)context)->told[clause] += verdict.grade == GRADE_PASS;
}

static void play_plain(struct passes *passes, uint64_t (*counted)[GRADE_COUNT])
{
    static const struct view no_choices = {NULL, 0};
    static struct choices choices;
    struct panel panel;
    panel_init(&panel, NULL, hear_pass, passes);
    panel.passes = counted;
    choices_from_bytes(&choices, no_choices);
    panel_play(&panel, trial_init(trial_space), &choices, honest, LOCAL_KIND_COUNT);
}

static void check_passes(void)
{
    static struct passes passes;
    uint64_t pass_count = 0;
    play_plain(&passes, NULL);
    struct passes told = passes;
    play_plain(&passes, passes.counted);
    for (size_t i = 0; i < clause_count(); i++) {
        CHECK_ROW(i, passes.told[i] == told.told[i]);
        CHECK_ROW(i, passes.counted[i][GRADE_PASS] == told.told[i]);
        pass_count += told.told[i];
    }
    CHECK(pass_count > 10);
}

int main(void)
{
    static struct grades grades;
    CHECK(open_worlds());
    check_passes();
    play(&grades, honest, HONEST_CASE_COUNT, 0);
    for (size_t i = 0; i < liar_count(); i++) {
        if (liar_at(i)->judge != NULL)
            continue;
        wrap_worlds(liar_at(i)->name);
        play(&grades, lying, LIAR_CASE_COUNT, 1 + i);
    }
    for (size_t i = 0; i < clause_count(); i++)
        CHECK_ROW(i, clause_at(i)->judge == NULL || grades.spoken_count[i] != 0);
    close_worlds();
    return unit_end();
}

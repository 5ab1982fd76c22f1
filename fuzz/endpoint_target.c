// SPDX-License-Identifier: Apache-2.0
// Target functions: an implementer's handler behind fuzz/endpoint.h.
//
// An input whose first byte is below 8 is choices, a case of `balprobe replay`; each exchange is
// judged by every clause, as with `balprobe check`. Any other input is the bytes that come on one
// connection. Asserts:
//   clauses: none fails; of mere bytes every clause says what holds of any answer;
//   framing: answers are whole, no more of them than requests, none behind the last;
//   bodies: the same bytes behind a Content-Length that covers them are never requests.
// A failure prints the clause and the exchange. BALPROBE_SKIP=GB-LIMIT-4,GB-TXN-2 in the
// environment leaves clauses out.
#include "endpoint_raw.h"
#include "endpoint_world.h"
#include "props/run/panel.h"
#include "props/run/tour.h"

// A transaction id as long as the input may be sent back in a head, which is read up to 16 KiB.
enum { RAW_LEN_MAX = 1 << 13, SAID_LEN_MAX = 1 << 16, LINE_LEN_MAX = 4000 };

struct bench {
    struct endpoint_world worlds[LOCAL_KIND_COUNT]; // the first again where one is not served
    struct world played[LOCAL_KIND_COUNT];
    struct trial *trial;
    struct panel panel;
    bool only[CLAUSE_COUNT_MAX];
    struct choices choices;
    struct exchange exchange; // of mere bytes
    size_t case_count;        // that were played
};

// Appends each line behind `mark`, escaped and cut at LINE_LEN_MAX. (What reports say it with needs
// OpenSSL, which an implementer need not have.)
static void put_lines(struct buf *out, const char *mark, struct view bytes)
{
    while (bytes.len != 0) {
        size_t len = view_index(bytes, '\n');
        len += len < bytes.len;
        buf_put_text(out, mark);
        buf_put_escaped(out, view_first(bytes, len < LINE_LEN_MAX ? len : LINE_LEN_MAX));
        buf_put_text(out, "\n");
        bytes = view_from(bytes, len);
    }
}

// Appends what the back office did before.
static void put_acts(struct buf *out, const struct trial *trial)
{
    for (size_t i = 0; i < trial->act_count && i < TRIAL_ACT_COUNT_MAX; i++) {
        const struct trial_act *act = &trial->acts[i];
        buf_put_text(out, "! ");
        buf_put_text(out, bp_hook_name(act->kept.act.hook));
        buf_put_text(out, " ");
        buf_put(out, act->kept.act.iccid);
        buf_put_text(out, act->is_done ? " behind request " : " failed behind request ");
        buf_put_unsigned(out, act->send_count);
        buf_put_text(out, "\n");
    }
}

// Ends the program with what is wrong, and the exchange that shows it: one of the trial, or of mere
// bytes.
static void complain(const struct bench *bench, const char *id, const char *why,
                     const struct exchange *x)
{
    static char space[SAID_LEN_MAX];
    struct buf said = BUF(space);
    bool is_raw = x == &bench->exchange;
    const char *world = is_raw ? bench->played[0].name : bench->trial->world->name;
    if (!is_raw)
        put_acts(&said, bench->trial);
    put_lines(&said, "> ", x->request);
    put_lines(&said, "< ", x->response);
    fprintf(stderr, "%.*s%s: %s (world %s, case %zu)\n", (int)said.len, said.data, id, why, world,
            bench->case_count);
    abort();
}

static void hear(void *context, size_t clause, struct verdict verdict, const struct exchange *x)
{
    const struct bench *bench = context;
    if (verdict.grade == GRADE_FAIL)
        complain(bench, clause_at(clause)->id, verdict.why, x);
}

static void skip_clauses(struct bench *bench)
{
    const char *text = getenv("BALPROBE_SKIP");
    struct view rest = view_of_text(text == NULL ? "" : text);
    for (size_t i = 0; i < clause_count(); i++)
        bench->only[i] = true;
    while (rest.len != 0) {
        size_t len = view_index(rest, ',');
        size_t clause = clause_find(view_first(rest, len));
        if (clause == clause_count())
            endpoint_stop_at("BALPROBE_SKIP names a clause that does not exist: ",
                             view_first(rest, len));
        bench->only[clause] = false;
        rest = view_from(rest, len < rest.len ? len + 1 : len);
    }
}

// The bench is made once.
static struct bench *open_bench(void)
{
    static struct bench *bench;
    if (bench != NULL)
        return bench;
    bench = calloc(1, sizeof *bench);
    FUZZ_ASSERT(bench != NULL);
    void *space = aligned_alloc(16, (trial_size() + 15) & ~(size_t)15);
    FUZZ_ASSERT(space != NULL);
    bench->trial = trial_init(space);
    for (enum local_kind kind = 0; kind < LOCAL_KIND_COUNT; kind++) {
        struct endpoint_world *w = &bench->worlds[kind];
        if (!endpoint_world_open(w, kind) && kind == 0)
            endpoint_stop("open refuses the sample deployment");
        bench->played[kind] = bench->worlds[w->self == NULL ? 0 : kind].world;
    }
    skip_clauses(bench);
    panel_init(&bench->panel, bench->only, hear, bench);
    return bench;
}

static struct view ask(struct endpoint_world *w, struct view sent)
{
    endpoint_reset(w);
    return endpoint_answer(w, sent);
}

static void check_framing(struct bench *bench, struct endpoint_raw *raw, struct view answers,
                          struct view sent, size_t count_max)
{
    const struct world *world = &bench->played[0];
    const char *why = endpoint_raw_check(raw, answers, sent, count_max);
    endpoint_raw_open(&bench->exchange, &bench->trial->slots[0].opener, &world->fixture,
                      &world->profile, raw, sent, answers);
    if (why != NULL)
        complain(bench, "framing", why, &bench->exchange);
}

static void check_body_is_no_request(struct bench *bench, struct view bytes)
{
    static char wrapped[RAW_LEN_MAX + 128];
    struct buf in = BUF(wrapped);
    struct endpoint_raw raw;
    buf_put_text(&in, "GET / HTTP/1.1\r\nHost: mo.example\r\nContent-Length: ");
    buf_put_unsigned(&in, bytes.len);
    buf_put_text(&in, "\r\n\r\n");
    buf_put(&in, bytes);
    struct view answers = ask(&bench->worlds[0], buf_view(&in));
    check_framing(bench, &raw, answers, buf_view(&in), 1);
}

static void play_raw(struct bench *bench, struct view sent)
{
    struct endpoint_raw raw;
    sent = view_first(sent, sent.len < RAW_LEN_MAX ? sent.len : RAW_LEN_MAX);
    struct view answers = ask(&bench->worlds[0], sent);
    check_framing(bench, &raw, answers, sent, endpoint_raw_count_max(sent));
    for (size_t i = 0; i < clause_count(); i++) {
        const struct clause *clause = clause_at(i);
        if (clause->judge == NULL || !bench->only[i])
            continue;
        struct verdict verdict = clause->judge(&bench->exchange);
        if (verdict.grade == GRADE_FAIL)
            complain(bench, clause->id, verdict.why, &bench->exchange);
    }
    check_body_is_no_request(bench, sent);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bench *bench = open_bench();
    bench->case_count++;
    if (size != 0 && data[0] >= WORLD_COUNT_MAX) {
        play_raw(bench, fuzz_view(data, size));
        return 0;
    }
    choices_from_bytes(&bench->choices, fuzz_view(data, size));
    panel_play(&bench->panel, bench->trial, &bench->choices, bench->played, LOCAL_KIND_COUNT);
    return 0;
}

// Made with the first case.
static struct tour *tour;

// Every program of every clause, up to RUN_CAP runs of each, and every pair of spellings in each
// world, and random cases.
static struct tour *open_tour(const struct bench *bench)
{
    enum { RUN_CAP = 500, RANDOM_COUNT = 2000 };
    struct tour *out = malloc(sizeof *out);
    FUZZ_ASSERT(out != NULL);
    tour_init(out, &(struct tour_options){.world_count = LOCAL_KIND_COUNT,
                                          .exhaustive = true,
                                          .only = bench->only,
                                          .run_cap = RUN_CAP,
                                          .order = TOUR_APART,
                                          .random_count = RANDOM_COUNT,
                                          .seed = 1});
    return out;
}

static bool play_next(void)
{
    struct bench *bench = open_bench();
    if (tour == NULL)
        tour = open_tour(bench);
    if (!tour_next(tour))
        return false;
    bench->case_count++;
    panel_play(&bench->panel, bench->trial, &tour->choices, bench->played, LOCAL_KIND_COUNT);
    return true;
}

static struct view playing(void)
{
    return tour == NULL ? view_of(NULL, 0) : choices_tape(&tour->choices);
}

static void tell(void)
{
    static const char *const kinds[LOCAL_KIND_COUNT] = {
        [LOCAL_OPEN] = "the sample", [LOCAL_BASIC] = "Basic", [LOCAL_ROOT] = "no base path"};
    const struct bench *bench = open_bench();
    printf("no clause failed in %zu cases\n", bench->case_count);
    if (balprobe_endpoint_get()->act == NULL)
        printf("not tested: state over time, for act is NULL\n");
    for (enum local_kind kind = 0; kind < LOCAL_KIND_COUNT; kind++)
        if (bench->worlds[kind].self == NULL)
            printf("not tested: %s, for open gave NULL\n", kinds[kind]);
    for (size_t i = 0; i < clause_count(); i++)
        if (!bench->only[i])
            printf("not tested: %s, which BALPROBE_SKIP names\n", clause_at(i)->id);
}

const struct fuzz_tour balprobe_tour = {play_next, playing, tell};

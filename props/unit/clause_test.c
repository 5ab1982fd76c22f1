// SPDX-License-Identifier: Apache-2.0
#include "props/rule/clause.h"
#include "props/rule/trial.h"
#include "props/unit/unit.h"

// The areas of the ledger and how many clauses each numbers without a gap.
struct area {
    const char *prefix;
    unsigned count;
};
static const struct area areas[] = {
    {"GB-PATH-", 13}, {"GB-METH-", 4}, {"GB-FT-", 10},   {"GB-LIMIT-", 11}, {"GB-LOC-", 10},
    {"GB-QRY-", 9},   {"GB-HDR-", 7},  {"GB-AUTH-", 5},  {"GB-TXN-", 4},    {"GB-ZERO-", 3},
    {"GB-TLS-", 12},  {"GB-HTTP-", 9}, {"GB-BODY-", 17}, {"GB-ERR-", 6},    {"GB-TYPE-", 10},
    {"GB-STATE-", 8}, {"GB-RATE-", 3},
};

static bool is_text(const char *text) { return text != NULL && text[0] != '\0'; }

static void check_rows(void)
{
    bool is_used[PROGRAM_COUNT] = {false};
    size_t local_count = 0;
    for (size_t i = 0; i < clause_count(); i++) {
        const struct clause *c = clause_at(i);
        CHECK_ROW(i, is_text(c->id) && is_text(c->source) && is_text(c->statement));
        CHECK_ROW(i, is_text(c->expect) && is_text(c->likely));
        CHECK_ROW(i, (c->judge != NULL || c->run != NULL) == !c->over_tls);
        CHECK_ROW(i, c->judge != NULL || c->scope == SCOPE_ANY);
        CHECK_ROW(i, c->scope < (uint64_t)1 << SCOPE_COUNT);
        CHECK_ROW(i, c->over_tls == view_starts(view_of_text(c->id), VIEW("GB-TLS-")));
        local_count += !c->over_tls;
        CHECK_ROW(i, (c->run != NULL) == (c->program != 0));
        CHECK_ROW(i, c->run == NULL || c->program >= PROGRAM_FIRST);
        CHECK_ROW(i, c->run == NULL || !is_used[c->program]);
        is_used[c->program] = true;
        CHECK_ROW(i, clause_find(view_of_text(c->id)) == i);
        CHECK_ROW(i, c->run == NULL || clause_of_program(c->program) == c);
        CHECK_ROW(i, view_starts(view_of_text(c->id), VIEW("GB-")));
        size_t len = view_of_text(c->statement).len;
        CHECK_ROW(i, len != 0 && c->statement[len - 1] == '.');
    }
    CHECK(local_count == clause_local_count());
    CHECK(local_count + 12 == clause_count());
}

int main(void)
{
    check_rows();
    CHECK(clause_count() <= CLAUSE_COUNT_MAX);
    for (size_t a = 0; a < sizeof areas / sizeof areas[0]; a++)
        for (unsigned n = 1; n <= areas[a].count; n++) {
            char id[32];
            struct buf b = BUF(id);
            buf_put_text(&b, areas[a].prefix);
            buf_put_unsigned(&b, n);
            CHECK_ROW(a * 100 + n, clause_find(buf_view(&b)) < clause_count());
        }
    CHECK(clause_find(VIEW("gb-limit-4")) == clause_find(VIEW("GB-LIMIT-4")));
    CHECK(clause_of_program(PROGRAM_ANY) == NULL && clause_of_program(PROGRAM_PAIR) == NULL);
    CHECK(clause_find(VIEW("GB-LIMIT-99")) == clause_count());
    CHECK(clause_find(VIEW("GB-LIMIT")) == clause_count());
    CHECK(clause_find(VIEW("")) == clause_count());
    for (size_t f = 0; f < family_count; f++)
        CHECK_ROW(f, is_text(families[f]->name) && families[f]->clause_count != 0);
    return unit_end();
}

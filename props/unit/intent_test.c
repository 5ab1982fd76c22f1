// SPDX-License-Identifier: Apache-2.0
// Intents: the tables of spellings, what closing makes of rows, and how intents are chosen.
#include "props/case/intent.h"

#include "props/case/spellings.h"
#include "props/unit/unit.h"
#include "value/country.h"

static struct choices c;

static const struct fixture open_fixture = {
    .base = VIEW_INIT("/v1"),
    .host = VIEW_INIT("mo.example"),
    .iccid = {VIEW_INIT("8988247000100000000"), VIEW_INIT("8988247000100000001"),
              VIEW_INIT("8988247000100000002"), VIEW_INIT("8988247000100000003"),
              VIEW_INIT("8988247000100000004"), VIEW_INIT("8988247000100000005"),
              VIEW_INIT("8988247000100000006"), VIEW_INIT("8988247000100000007"),
              VIEW_INIT("8988247000100000008"), VIEW_INIT("8988247000100000009")},
};

static struct fixture with(struct view base, struct view credentials)
{
    struct fixture fixture = open_fixture;
    fixture.base = base;
    fixture.credentials = credentials;
    return fixture;
}

// Every table: the rows that must be served stand in front, all words differ.
static void check_tables(void)
{
    size_t row_count = 0;
    for (enum axis axis = 0; axis < AXIS_COUNT; axis++) {
        unsigned count = axis_row_count(axis);
        row_count += count;
        CHECK_ROW(axis, count > 1 && count <= 256);
        for (unsigned row = 0; row < count; row++) {
            const struct spelling *spelling = axis_row(axis, row);
            CHECK_ROW(row, (spelling->refusals == 0) == (row < axis_served_count(axis)));
            CHECK_ROW(row, !spelling->must_refuse || spelling->refusals != 0);
            CHECK_ROW(row, (spelling->refusals & (S200 | S201 | S500)) == 0);
            CHECK_ROW(row, spelling->sense < SENSE_COUNT);
            CHECK_ROW(row, spelling->words[0] != 0);
            for (unsigned other = 0; other < row; other++)
                CHECK_ROW(row, strcmp(spelling->words, axis_row(axis, other)->words) != 0);
        }
    }
    printf("%zu spellings\n", row_count);
    CHECK(axis_row_count(AXIS_ROLE) == ROLE_COUNT);
}

// Every sense of the header has a row, of one axis only, except those that several share.
static void check_senses(void)
{
    unsigned axes[SENSE_COUNT] = {0};
    for (enum axis axis = 0; axis < AXIS_COUNT; axis++)
        for (unsigned row = 0; row < axis_row_count(axis); row++)
            axes[axis_row(axis, row)->sense] |= 1u << axis;
    for (unsigned sense = SENSE_EMPTY + 1; sense < SENSE_COUNT; sense++) {
        CHECK_ROW(sense, axes[sense] != 0);
        CHECK_ROW(sense, (axes[sense] & (axes[sense] - 1)) == 0);
    }
    struct intent intent;
    intent_plain(&intent);
    for (enum axis axis = 0; axis < AXIS_COUNT; axis++)
        CHECK_ROW(axis, intent_sense(&intent, axis) == axis_row(axis, 0)->sense);
}

struct close_row {
    struct view base;
    struct view credentials;
    enum axis axes[2];
    enum sense senses[2];
    unsigned open;
    unsigned must;
    status_set refusals;
};

#define BIT(axis) (1u << AXIS_##axis)
#define CASE(axis, sense, other, other_sense) \
    {AXIS_##axis, AXIS_##other}, { SENSE_##sense, SENSE_##other_sense }

static const struct close_row close_rows[] = {
    {VIEW_INIT("/v1"), VIEW_INIT(""), CASE(SIM, PLAIN, PATH, PLAIN), 0, 0, 0},
    {VIEW_INIT("/v1"), VIEW_INIT(""), CASE(LIMIT, LIMIT_NEGATIVE, PATH, PLAIN), BIT(LIMIT),
     BIT(LIMIT), S400},
    {VIEW_INIT("/v1"), VIEW_INIT(""), CASE(LIMIT, LIMIT_LAX, LOCATION, LOCATION_UNKNOWN),
     BIT(LIMIT) | BIT(LOCATION), BIT(LOCATION), S400},
    {VIEW_INIT("/v1"), VIEW_INIT(""), CASE(SIM, SIM_NO_LUHN, LIMIT, LIMIT_BEYOND),
     BIT(SIM) | BIT(LIMIT), BIT(SIM) | BIT(LIMIT), S400 | S404},
    {VIEW_INIT("/v1"), VIEW_INIT(""), CASE(PATH, PATH_BASE, SIM, PLAIN), BIT(PATH), BIT(PATH),
     S301 | S302 | S307 | S308 | S400 | S404},
    {VIEW_INIT(""), VIEW_INIT(""), CASE(PATH, PATH_BASE, SIM, PLAIN), 0, 0, 0},
    {VIEW_INIT(""), VIEW_INIT(""), CASE(PATH, PATH_OTHER, SIM, PLAIN), BIT(PATH), BIT(PATH),
     S301 | S302 | S307 | S308 | S404},
    {VIEW_INIT("/v1"), VIEW_INIT(""), CASE(AUTH, AUTH_WRONG, SIM, PLAIN), 0, 0, 0},
    {VIEW_INIT("/v1"), VIEW_INIT("u:p"), CASE(AUTH, AUTH_WRONG, SIM, PLAIN), BIT(AUTH), BIT(AUTH),
     S401},
    {VIEW_INIT("/v1"), VIEW_INIT("u:p"), CASE(AUTH, ABSENT, LIMIT, LIMIT_BAD),
     BIT(AUTH) | BIT(LIMIT), BIT(AUTH) | BIT(LIMIT), S400 | S401},
    {VIEW_INIT("/v1"), VIEW_INIT("u:p"), CASE(AUTH, AUTH_SYNTAX, SIM, PLAIN), BIT(AUTH), BIT(AUTH),
     S400 | S401},
    {VIEW_INIT("/v1"), VIEW_INIT("u:p"), CASE(AUTH, AUTH_CASE, SIM, PLAIN), 0, 0, 0},
    {VIEW_INIT("/v1"), VIEW_INIT(""), CASE(HOST, HOST_MISSING, LINE, PLAIN), BIT(HOST), BIT(HOST),
     S400},
    {VIEW_INIT("/v1"), VIEW_INIT(""), CASE(HOST, HOST_MISSING, LINE, LINE_OLD), BIT(HOST), 0, S400},
    {VIEW_INIT("/v1"), VIEW_INIT(""), CASE(HOST, HOST_TWICE, LINE, LINE_OLD), BIT(HOST), BIT(HOST),
     S400},
    {VIEW_INIT("/v1"), VIEW_INIT(""), CASE(METHOD, METHOD_HEAD, FRAMING, FRAMING_BLANK),
     BIT(METHOD) | BIT(FRAMING), BIT(FRAMING), S400 | S405},
};

static void check_close(void)
{
    for (size_t i = 0; i < sizeof close_rows / sizeof close_rows[0]; i++) {
        const struct close_row *row = &close_rows[i];
        struct fixture fixture = with(row->base, row->credentials);
        struct intent intent;
        intent_plain(&intent);
        for (unsigned j = 0; j < 2; j++)
            intent_set_sense(&intent, row->axes[j], row->senses[j]);
        intent_close(&intent, &fixture);
        CHECK_ROW(i, intent.open_axes == row->open);
        CHECK_ROW(i, intent.must_axes == row->must);
        CHECK_ROW(i, intent.refusals == row->refusals);
        for (unsigned j = 0; j < 2; j++)
            CHECK_ROW(i, intent_sense(&intent, row->axes[j]) == row->senses[j]);
    }
}

// A SIM that takes no part may answer so before its query is looked at; an unknown one is refused.
static void check_roles(void)
{
    struct intent intent;
    intent_plain(&intent);
    intent_set_sense(&intent, AXIS_LIMIT, SENSE_LIMIT_NEGATIVE);
    intent_set(&intent, AXIS_ROLE, ROLE_N);
    intent_close(&intent, &open_fixture);
    CHECK(intent.must_axes == 0);
    CHECK(intent.open_axes == BIT(LIMIT));
    CHECK(intent.changed_axes == (BIT(LIMIT) | BIT(ROLE)));
    intent_set_sense(&intent, AXIS_SIM, SENSE_SIM_MALFORMED);
    intent_close(&intent, &open_fixture);
    CHECK(intent.must_axes == BIT(SIM));
    intent_set(&intent, AXIS_ROLE, ROLE_U);
    intent_set(&intent, AXIS_LIMIT, 0);
    intent_set(&intent, AXIS_SIM, 0);
    intent_close(&intent, &open_fixture);
    CHECK(intent.must_axes == BIT(ROLE));
    CHECK(intent.refusals == S404);
    CHECK(intent.changed_axes == BIT(ROLE));
}

// What the rows of LIMIT and LOCATION mean, made-up ones included.
static void check_values(void)
{
    struct intent intent;
    for (uint32_t made = 0; made < 3000; made += 7) {
        intent_plain(&intent);
        intent.made = made * 1000003u;
        for (unsigned row = 0; row < axis_row_count(AXIS_LIMIT); row++) {
            intent_set(&intent, AXIS_LIMIT, row);
            intent_close(&intent, &open_fixture);
            bool has_limit = intent_sense(&intent, AXIS_LIMIT) == SENSE_LIMIT_GOOD ||
                             intent_sense(&intent, AXIS_LIMIT) == SENSE_LIMIT_LAX;
            CHECK_ROW(row, (intent.limit > 0) == has_limit);
        }
        for (unsigned row = 0; row < axis_row_count(AXIS_LOCATION); row++) {
            intent_set(&intent, AXIS_LOCATION, row);
            intent_close(&intent, &open_fixture);
            bool has_location = intent_sense(&intent, AXIS_LOCATION) == SENSE_LOCATION_GOOD ||
                                intent_sense(&intent, AXIS_LOCATION) == SENSE_LOCATION_CASE;
            CHECK_ROW(row, (intent.location[0] != 0) == has_location);
            CHECK_ROW(row, !has_location || bp_country_is_assigned(intent.location));
        }
    }
}

// Made-up letters are no country, nor letters about which endpoints may differ.
static void check_strangers(void)
{
    static const char *const reserved[] = {"UK", "EU", "XK", "SU", "AN", "EL"};
    for (uint32_t made = 0; made < 70000; made += 3) {
        char code[2];
        made_stranger(code, made);
        CHECK_ROW(made, byte_is_letter(code[0]) && byte_is_letter(code[1]));
        CHECK_ROW(made, !bp_country_is_assigned(code));
        for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++)
            CHECK_ROW(made, memcmp(code, reserved[i], 2) != 0);
    }
}

// Choosing keeps its promises, and the same answers make the same intent.
static void check_choosing(void)
{
    struct fixture fixture = with(VIEW("/v1"), VIEW("u:p"));
    fixture.iccid[ROLE_B] = VIEW("");
    struct intent intent;
    struct intent again;
    unsigned served = 0;
    unsigned huge = 0;
    unsigned roles = 0;
    choices_from_seed(&c, 3);
    for (size_t i = 0; i < 20000; i++) {
        choices_next_seed(&c);
        intent_choose(&intent, &c, &fixture);
        CHECK_ROW(i, intent_role(&intent) != ROLE_B);
        served += intent.open_axes == 0;
        huge += intent_sense(&intent, AXIS_EXTRA) == SENSE_EXTRA_HUGE ||
                intent_sense(&intent, AXIS_FRAMING) == SENSE_FRAMING_HUGE;
        static struct choices tape;
        choices_from_bytes(&tape, choices_tape(&c));
        intent_choose(&again, &tape, &fixture);
        CHECK_ROW(i, memcmp(&intent, &again, sizeof intent) == 0);
        choices_next_seed(&c);
        intent_choose_served(&intent, &c, &fixture);
        CHECK_ROW(i, intent.open_axes == 0 && intent.refusals == 0);
        CHECK_ROW(i, intent_role(&intent) != ROLE_U);
        roles |= 1u << intent_role(&intent);
    }
    printf("%u of 20000 random cases must be served, %u are huge\n", served, huge);
    CHECK(served > 5000 && served < 12000);
    CHECK(huge > 0 && huge < 40); // rare, because each costs as much as hundreds of others
    CHECK(roles == (1u << ROLE_U) - 1 - (1u << ROLE_B));
    choices_from_bytes(&c, VIEW(""));
    intent_choose(&intent, &c, &fixture);
    CHECK(intent.changed_axes == 0);
}

// The odometer sees every spelling alone, every pair of spellings once, and the table of GB-QRY-6.
static void check_pairs(void)
{
    size_t want = 64;
    for (enum axis a = 0; a < AXIS_COUNT; a++) {
        want += axis_row_count(a);
        for (enum axis b = a + 1; b < AXIS_COUNT; b++)
            want += (axis_row_count(a) - 1) * (axis_row_count(b) - 1);
    }
    size_t runs = 0;
    size_t empty_and_bad = 0;
    choices_from_odometer(&c, VIEW(""));
    do {
        struct intent intent;
        intent_choose_pair(&intent, &c, &open_fixture);
        runs++;
        empty_and_bad += intent_sense(&intent, AXIS_FIELDS) == SENSE_FIELDS_BAD &&
                         intent_sense(&intent, AXIS_LIMIT) == SENSE_EMPTY &&
                         intent_sense(&intent, AXIS_LOCATION) == SENSE_LOCATION_UNKNOWN;
    } while (choices_next_run(&c));
    printf("%zu runs of pairs\n", runs);
    CHECK(runs == want);
    CHECK(empty_and_bad == 1);
}

static void check_words(void)
{
    char space[256];
    struct buf out = BUF(space);
    struct intent intent;
    intent_plain(&intent);
    intent_describe(&out, &intent, &open_fixture);
    CHECK(view_equal(buf_view(&out), VIEW("the plain request")));
    intent_set_sense(&intent, AXIS_LIMIT, SENSE_LIMIT_NEGATIVE);
    intent_set(&intent, AXIS_ROLE, ROLE_U);
    buf_clear(&out);
    intent_describe(&out, &intent, &open_fixture);
    CHECK(view_equal(buf_view(&out), VIEW("role U, limit -1")));
    struct fixture scheme = open_fixture;
    scheme.sim_prefix = FIXTURE_SIM_SCHEME;
    intent_plain(&intent);
    intent_set_sense(&intent, AXIS_SIM, SENSE_SIM_OTHER);
    buf_clear(&out);
    intent_describe(&out, &intent, &scheme);
    CHECK(view_equal(buf_view(&out), VIEW("bare id")));
    buf_clear(&out);
    intent_describe(&out, &intent, &open_fixture);
    CHECK(view_equal(buf_view(&out), VIEW("id behind iccid:")));
    CHECK(strcmp(axis_name(AXIS_LIMIT), "limit") == 0);
    CHECK(strcmp(axis_name(AXIS_FRAMING), "framing") == 0);
}

int main(void)
{
    check_tables();
    check_senses();
    check_close();
    check_roles();
    check_values();
    check_strangers();
    check_choosing();
    check_pairs();
    check_words();
    return unit_end();
}

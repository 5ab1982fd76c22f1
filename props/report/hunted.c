// SPDX-License-Identifier: Apache-2.0
#include "props/report/hunted.h"

#include "tool/text.h"

enum {
    COUNT_COLUMN = 9, // where counts end
    ANSWER_COLUMN = 11,
    END_COLUMN = 22,
    BODY_COLUMN = 31,
    FIELDS_COLUMN = 42,
    TIME_COLUMN = 50,
    WORDS_COLUMN = 58,
    DIGEST_DIGITS = 4 // the last ones of a digest, to tell rows apart
};

void hunted_put_line(struct buf *out, const struct hunt *hunt, uint64_t request_count,
                     uint64_t elapsed_ms, uint64_t since_new_ms)
{
    buf_put_unsigned(out, elapsed_ms / 1000);
    buf_put_text(out, " s  ");
    text_put_count(out, request_count);
    buf_put_text(out, " sent, ");
    text_put_count(out, elapsed_ms == 0 ? 0 : request_count * 1000 / elapsed_ms);
    buf_put_text(out, "/s, ");
    text_put_count(out, hunt->sightings.count);
    buf_put_text(out, " kinds, ");
    text_put_count(out, hunt->pool.count);
    buf_put_text(out, " kept, ");
    text_put_count(out, hunt->result->finding_count);
    buf_put_text(out, " found, new ");
    buf_put_unsigned(out, since_new_ms / 1000);
    buf_put_text(out, " s");
}

void hunted_put_watch(struct buf *out, const struct hunt *hunt, uint64_t elapsed_ms)
{
    text_put_seconds(out, elapsed_ms);
    buf_put_text(out, hunt->is_away ? "  the endpoint is away, asking again; "
                                    : "  looking after the endpoint; ");
    buf_put_unsigned(out, hunt->suspect_count - hunt->culprit);
    buf_put_text(out, " of ");
    buf_put_unsigned(out, hunt->suspect_count);
    buf_put_text(out, " inputs sent again");
}

static void put_answer(struct buf *out, const struct signature *signature)
{
    if (signature->status != 0)
        buf_put_unsigned(out, signature->status);
    else
        buf_put_text(out, signature->fate == FATE_SILENT ? "nothing" : "malformed");
    buf_put_text(out, signature->has_rest ? " + more" : "");
}

static void put_body(struct buf *out, const struct signature *signature)
{
    buf_put_text(out, signature_body_name((enum signature_body)signature->body));
    if (signature->body == SIGNATURE_JSON) {
        buf_put_byte(out, ' ');
        text_put_hex(out, signature->shape, DIGEST_DIGITS);
    } else if (signature->body == SIGNATURE_TEXT) {
        buf_put_text(out, " <");
        buf_put_unsigned(out, (uint64_t)1 << signature->len_bits);
    }
}

static void put_sighting(struct buf *out, const struct sighting *row)
{
    const struct signature *signature = &row->signature;
    char space[32];
    struct buf count = BUF(space);
    text_put_count(&count, row->count);
    text_pad(out, count.len < COUNT_COLUMN ? COUNT_COLUMN - count.len : 0);
    buf_put(out, buf_view(&count));
    text_pad(out, ANSWER_COLUMN);
    put_answer(out, signature);
    text_pad(out, END_COLUMN);
    buf_put_text(out, signature_end_name((enum signature_end)signature->end));
    text_pad(out, BODY_COLUMN);
    put_body(out, signature);
    text_pad(out, FIELDS_COLUMN);
    text_put_hex(out, signature->fields, DIGEST_DIGITS);
    text_pad(out, TIME_COLUMN);
    if (signature->tempo == 0) {
        buf_put_text(out, "usual");
    } else {
        buf_put_text(out, "x");
        buf_put_unsigned(out, (uint64_t)1 << signature->tempo);
    }
    text_pad(out, WORDS_COLUMN);
    size_t room = TEXT_WIDTH - WORDS_COLUMN;
    size_t len = row->words_len < room ? row->words_len : room;
    buf_put(out, view_of(row->words, len));
    buf_put_byte(out, '\n');
}

void hunted_put_signatures(struct buf *out, const struct hunt *hunt)
{
    const struct sightings *sightings = &hunt->sightings;
    uint16_t order[SIGHTING_COUNT_MAX];
    for (size_t i = 0; i < sightings->count; i++) {
        size_t at = i;
        for (; at != 0 && sightings->rows[order[at - 1]].count < sightings->rows[i].count; at--)
            order[at] = order[at - 1];
        order[at] = (uint16_t)i;
    }
    buf_put_text(out, "Signatures: ");
    text_put_count(out, sightings->count);
    buf_put_text(out, " of answers, ");
    text_put_count(out, sightings->pair_count);
    buf_put_text(out, " beside what was asked\n");
    buf_put_text(out,
                 "     seen  answer     end      body       fields  time    first seen with\n");
    size_t shown =
        sightings->count < HUNTED_ROW_COUNT_MAX ? sightings->count : (size_t)HUNTED_ROW_COUNT_MAX;
    for (size_t i = 0; i < shown; i++)
        put_sighting(out, &sightings->rows[order[i]]);
    if (shown != sightings->count) {
        buf_put_text(out, "  and ");
        text_put_count(out, sightings->count - shown);
        buf_put_text(out, " that were seen less often\n");
    }
    if (sightings->count == SIGHTING_COUNT_MAX)
        buf_put_text(out, "  Further ones were not told apart\n");
    buf_put_byte(out, '\n');
}

void hunted_put_case(struct buf *out, struct view tape, const struct fixture *fixture)
{
    struct choices choices;
    struct intent intent;
    choices_from_bytes(&choices, tape);
    (void)choose(&choices, WORLD_COUNT_MAX);
    unsigned program = choose(&choices, PROGRAM_COUNT);
    const struct clause *clause = clause_of_program(program);
    if (clause != NULL) {
        buf_put_text(out, "the requests of ");
        buf_put_text(out, clause->id);
        return;
    }
    trial_choose(&intent, &choices, program, fixture);
    intent_describe(out, &intent, fixture);
}

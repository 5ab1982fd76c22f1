// SPDX-License-Identifier: Apache-2.0
#include "props/subject/arrival.h"

void arrival_start(struct arrival *arrival, unsigned answer_count, bool to_head)
{
    arrival->state = ARRIVAL_MORE;
    arrival->left_count = answer_count;
    arrival->to_head = to_head;
    arrival->is_open_ended = false;
    arrival->is_last = false;
    arrival->is_in_body = false;
    arrival->begin = 0;
    bp_head_start(&arrival->reader, &arrival->head, BP_RESPONSE);
}

// The head has been read whole: what follows it?
static enum arrival_state begin_body(struct arrival *arrival)
{
    struct bp_fault ignored;
    if (!bp_body_start(&arrival->body, &ignored, &arrival->head, BP_RESPONSE, arrival->to_head))
        return ARRIVAL_BROKEN;
    bool is_open_ended = arrival->body.framing == BP_FRAMING_CLOSE;
    arrival->is_open_ended = is_open_ended;
    arrival->is_in_body = true;
    if (!arrival_is_interim(arrival->head.status))
        arrival->is_last =
            is_open_ended || !arrival->head.keep_alive || arrival->head.status == 101;
    return ARRIVAL_MORE;
}

static enum arrival_state end_message(struct arrival *arrival)
{
    arrival->is_in_body = false;
    if (!arrival_is_interim(arrival->head.status))
        arrival->left_count--;
    if (arrival->left_count == 0 || arrival->is_last)
        return ARRIVAL_WHOLE;
    bp_head_start(&arrival->reader, &arrival->head, BP_RESPONSE);
    return ARRIVAL_MORE;
}

// read_part reads the head or the body that is under way; MORE: look at `is_waiting`.
static enum arrival_state read_part(struct arrival *arrival, struct view bytes, bool *is_waiting)
{
    struct bp_fault ignored;
    size_t used = 0;
    struct view left = view_from(bytes, arrival->begin);
    enum bp_read part = arrival->is_in_body
                            ? bp_body_read(&arrival->body, NULL, &used, &ignored, left, false)
                            : bp_head_read(&arrival->head, &used, &ignored, &arrival->reader, left);
    if (part == BP_READ_BAD)
        return ARRIVAL_BROKEN;
    *is_waiting = part == BP_READ_MORE;
    if (arrival->is_in_body || !*is_waiting)
        arrival->begin += used;
    if (*is_waiting)
        return ARRIVAL_MORE;
    return arrival->is_in_body ? end_message(arrival) : begin_body(arrival);
}

enum arrival_state arrival_read(struct arrival *arrival, struct view bytes)
{
    bool is_waiting = false;
    while (arrival->state == ARRIVAL_MORE && !is_waiting)
        arrival->state = read_part(arrival, bytes, &is_waiting);
    return arrival->state;
}

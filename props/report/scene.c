// SPDX-License-Identifier: Apache-2.0
#include "props/report/scene.h"

#include "props/report/flyout.h"
#include "props/report/secret.h"
#include "props/subject/hook_command.h"
#include "tool/text.h"

enum { LINE_LEN_MAX = 300, LINE_COUNT_MAX = 12, WHOLE_LINE_COUNT_MAX = 80, WORDS_LEN_MAX = 512 };

// Axes that are seen only in the fields, the framing or the exact bytes of the request line.
static const uint16_t field_axes = 1u << AXIS_TXN | 1u << AXIS_AUTH | 1u << AXIS_HOST |
                                   1u << AXIS_LINE | 1u << AXIS_FRAMING | 1u << AXIS_METHOD;

static bool is_about_fields(const struct exchange *x)
{
    return x->intent == NULL || (x->intent->changed_axes & field_axes) != 0;
}

// Takes the next line off `*rest`, its line feed included.
static struct view take_line(struct view *rest)
{
    size_t at = view_index(*rest, '\n');
    struct view line = view_first(*rest, at < rest->len ? at + 1 : at);
    *rest = view_from(*rest, line.len);
    return line;
}

static struct view without_line_end(struct view line)
{
    if (line.len != 0 && line.data[line.len - 1] == '\n')
        line.len--;
    if (line.len != 0 && line.data[line.len - 1] == '\r')
        line.len--;
    return line;
}

static void put_lines(struct buf *out, const char *label, const struct fixture *fixture,
                      struct view bytes, size_t line_count)
{
    text_put_label(out, label);
    for (size_t i = 0; i == 0 || (i < line_count && bytes.len != 0); i++) {
        struct view line = without_line_end(take_line(&bytes));
        if (i != 0 && line.len != 0)
            text_pad(out, TEXT_ROW_COLUMN);
        secret_put_line(out, fixture, line, LINE_LEN_MAX);
        buf_put_byte(out, '\n');
    }
    if (line_count > 1 && bytes.len != 0) {
        text_pad(out, TEXT_ROW_COLUMN);
        text_put_bytes(out, fixture->hides_secrets ? VIEW("...") : bytes, LINE_LEN_MAX);
        buf_put_byte(out, '\n');
    }
}

void scene_put_sent(struct buf *out, const struct exchange *x)
{
    if (x->intent != NULL) {
        char space[WORDS_LEN_MAX];
        struct buf words = BUF(space);
        intent_describe(&words, x->intent, x->fixture);
        buf_put_byte(&words, '\0');
        if (!words.overflow && words.len > 1)
            text_put_row(out, "case", space);
    }
    put_lines(out, "sent", x->fixture, x->request, is_about_fields(x) ? LINE_COUNT_MAX : 1);
}

void scene_put_shown(struct buf *out, const struct exchange *x)
{
    struct flyout flyout = flyout_of(x);
    if (flyout.words == NULL)
        return;
    text_put_label(out, "shows");
    flyout_put(out, &flyout);
    buf_put_byte(out, '\n');
}

static void put_answer(struct buf *out, const struct exchange *x)
{
    text_put_label(out, "received");
    buf_put_unsigned(out, x->status);
    buf_put_byte(out, ' ');
    if (x->body.len == 0)
        buf_put_text(out, "without a body");
    else
        secret_put(out, x->fixture, x->body, LINE_LEN_MAX);
    buf_put_byte(out, '\n');
    scene_put_shown(out, x);
    if (!is_about_fields(x))
        return;
    for (size_t i = 0; i < x->head.field_count && i < LINE_COUNT_MAX; i++) {
        text_pad(out, TEXT_ROW_COLUMN);
        text_put_bytes(out, x->head.fields[i].name, LINE_LEN_MAX);
        buf_put_text(out, ": ");
        secret_put(out, x->fixture, x->head.fields[i].value, LINE_LEN_MAX);
        buf_put_byte(out, '\n');
    }
    if (x->rest.len != 0)
        put_lines(out, "and then", x->fixture, x->rest, LINE_COUNT_MAX);
}

void scene_put_received(struct buf *out, const struct exchange *x)
{
    switch (x->fate) {
    case FATE_ANSWERED:
        put_answer(out, x);
        return;
    case FATE_SILENT:
        text_put_row(out, "received", "nothing: not a byte came back");
        return;
    case FATE_MALFORMED:
        text_put_label(out, "received");
        buf_put_text(out, "no whole HTTP response: ");
        buf_put(out, bp_reason_row(x->fault.reason)->words);
        buf_put_byte(out, '\n');
        put_lines(out, "", x->fixture, x->response, LINE_COUNT_MAX);
        return;
    case FATE_FAILED:
        text_put_row(out, "received", "nothing can be said: the connection failed");
        return;
    }
}

static void put_marked(struct buf *out, const char *mark, const struct fixture *fixture,
                       struct view bytes, size_t len_max)
{
    for (size_t i = 0; i < WHOLE_LINE_COUNT_MAX && bytes.len != 0; i++) {
        buf_put_text(out, mark);
        secret_put_line(out, fixture, take_line(&bytes), len_max);
        buf_put_byte(out, '\n');
    }
    if (bytes.len == 0)
        return;
    buf_put_text(out, mark);
    buf_put_text(out, "... (");
    text_put_count(out, bytes.len);
    buf_put_text(out, " bytes more)\n");
}

void scene_put_whole(struct buf *out, const struct exchange *x, size_t len_max)
{
    put_marked(out, "> ", x->fixture, x->request, len_max);
    put_marked(out, "< ", x->fixture, x->response, len_max);
}

static size_t kept_count(const struct trial *trial)
{
    return trial->act_count < TRIAL_ACT_COUNT_MAX ? trial->act_count : TRIAL_ACT_COUNT_MAX;
}

static void put_act(struct buf *out, const struct trial_act *act)
{
    hook_command_put_act(out, &act->kept.act);
    buf_put_text(out, act->is_done ? "\n" : " (could not be done)\n");
}

void scene_put_acts(struct buf *out, const struct trial *trial)
{
    for (size_t i = 0; i < kept_count(trial); i++) {
        if (i == 0)
            text_put_label(out, "done");
        else
            text_pad(out, TEXT_ROW_COLUMN);
        buf_put_text(out, "before request ");
        buf_put_unsigned(out, trial->acts[i].send_count + 1);
        buf_put_text(out, ": ");
        put_act(out, &trial->acts[i]);
    }
}

size_t scene_put_whole_acts(struct buf *out, const struct trial *trial, size_t begin)
{
    for (; begin < kept_count(trial); begin++) {
        buf_put_text(out, "! ");
        put_act(out, &trial->acts[begin]);
    }
    return begin;
}

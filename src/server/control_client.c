// SPDX-License-Identifier: Apache-2.0
// balprobe control: one command for the back office of a server, and its answer.
#include <stdio.h>

#include "net/client.h"
#include "server/office.h"
#include "server/place.h"
#include "server/serve.h"

enum { PATIENCE_MS = 10000 };

// The operands behind the first one as a line; false when a word cannot stand in it.
static bool put_line(struct buf *line, const struct options *given)
{
    for (size_t i = 1; i < given->operand_count; i++) {
        struct view word = view_of_text(given->operands[i]);
        bool is_good = word.len != 0;
        for (size_t at = 0; at < word.len; at++)
            is_good = is_good && (unsigned char)word.data[at] > ' ';
        if (!is_good)
            return false;
        if (i != 1)
            buf_put_byte(line, ' ');
        buf_put(line, word);
    }
    buf_put_byte(line, '\n');
    return !line->overflow;
}

// Reads up to the line end, without it.
static bool receive_line(struct buf *out, struct bp_connection *connection)
{
    for (;;) {
        size_t len = view_index(buf_view(out), '\n');
        if (len < out->len) {
            out->len = len;
            return true;
        }
        size_t left = out->cap - out->len;
        size_t got =
            left == 0 ? 0
                      : bp_connection_receive(connection, out->data + out->len, left, PATIENCE_MS);
        if (got == 0)
            return false;
        out->len += got;
    }
}

static bool converse(struct buf *answer, const struct place *place, struct view line)
{
    const struct bp_client_times times = {.connect_ms = PATIENCE_MS};
    const struct bp_route_config config = {.host = place->address, .port = place->port};
    struct bp_trouble trouble;
    struct bp_route route;
    struct bp_connection connection;
    if (!bp_route_find(&route, &trouble, &config))
        return false;
    bool is_done = bp_connection_open(&connection, &route, NULL, NULL, &times) &&
                   bp_connection_send(&connection, line, 0, 0, PATIENCE_MS) &&
                   receive_line(answer, &connection);
    bp_connection_close(&connection);
    return is_done;
}

static int run_control(const struct command *command, int argc, char **argv)
{
    struct options given;
    struct place place;
    char line_space[OFFICE_LINE_LEN_MAX];
    char answer_space[OFFICE_ANSWER_LEN_MAX];
    struct buf line = BUF(line_space);
    struct buf answer = BUF(answer_space);
    int status = EXIT_PASSED;
    if (!cli_options(&given, &status, command, argc, argv))
        return status;
    if (given.operand_count < 2)
        return cli_refuse("control takes ADDR:PORT and a command; see ", "--help", NULL);
    if (!place_read(&place, given.operands[0]) || !place.is_loopback)
        return cli_refuse("the control port is an address on loopback, as 127.0.0.1:8444, not ",
                          given.operands[0], NULL);
    if (!put_line(&line, &given))
        return cli_refuse(
            "a word of the command is empty, too long or holds a blank: ", given.operands[1], NULL);
    if (!converse(&answer, &place, buf_view(&line))) {
        cli_refuse("no answer from the control port; is the server running? ", given.operands[0],
                   NULL);
        return EXIT_UNTESTED;
    }
    bool is_good = view_starts(buf_view(&answer), VIEW("ok"));
    char shown_space[4 * OFFICE_ANSWER_LEN_MAX + 1];
    struct buf shown = BUF(shown_space);
    buf_put_escaped(&shown, buf_view(&answer));
    buf_put_byte(&shown, '\n');
    if (is_good)
        cli_print(&shown);
    else
        fwrite(shown.data, 1, shown.len, stderr);
    return is_good ? EXIT_PASSED : EXIT_USAGE;
}

const struct command control_command = {
    "control",
    "ADDR:PORT COMMAND...",
    "Changes the back office of a running server: consume ICCID MB [LOCATION]; order ICCID ID TYPE "
    "MB DURATION LOCATIONS; garden ICCID on|off; micro ICCID on|off; clock +SECONDS; limiter "
    "N|off; break on|off; undo; state [ICCID].",
    NULL,
    0,
    run_control};

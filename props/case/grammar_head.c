// SPDX-License-Identifier: Apache-2.0
#include "props/case/grammar.h"

#include <assert.h>

#include "http/basic.h"
#include "props/case/spellings.h"

enum { CREDENTIALS_LEN_MAX = 256 };

static void put_line(struct buf *out, const struct intent *intent, const struct fixture *fixture)
{
    size_t line_at = out->len;
    if (intent->row[AXIS_LINE] == 0) {
        buf_put(out, spelling_of(intent, AXIS_METHOD)->text);
        buf_put_byte(out, ' ');
        grammar_target(out, intent, fixture, line_at);
        buf_put(out, VIEW(" HTTP/1.1\r\n"));
        return;
    }
    struct view text = spelling_of(intent, AXIS_LINE)->text;
    for (;;) {
        switch (grammar_literal(out, &text)) {
        case 0:
            return;
        case 'm':
            buf_put(out, spelling_of(intent, AXIS_METHOD)->text);
            break;
        case 'T':
            grammar_target(out, intent, fixture, line_at);
            break;
        case 'b':
            buf_put(out, fixture->base);
            break;
        case 'p':
            buf_put(out, fixture->sim_prefix);
            break;
        case 'i':
            grammar_iccid(out, intent, fixture);
            break;
        default:
            assert(false); // no placeholder of request lines
        }
    }
}

static void put_hosts(struct buf *out, const struct intent *intent, const struct fixture *fixture)
{
    if (intent->row[AXIS_HOST] == 0) {
        buf_put(out, VIEW("Host: "));
        buf_put(out, fixture->host);
        buf_put(out, VIEW("\r\n"));
        return;
    }
    struct view text = spelling_of(intent, AXIS_HOST)->text;
    text = view_from(text, view_index(text, '|') + 1);
    while (grammar_literal(out, &text) == 'h')
        buf_put(out, fixture->host);
}

// put_hex8 writes the eight digits of `n`: nibbles are turned round and spread over eight octets,
// which a compiler stores at once.
static void put_hex8(char *to, uint32_t n)
{
    n = n >> 16 | n << 16;
    n = (n >> 8 & 0x00FF00FFu) | (n & 0x00FF00FFu) << 8;
    n = (n >> 4 & 0x0F0F0F0Fu) | (n & 0x0F0F0F0Fu) << 4;
    uint64_t x = n;
    x = (x | x << 16) & 0x0000FFFF0000FFFFu;
    x = (x | x << 8) & 0x00FF00FF00FF00FFu;
    x = (x | x << 4) & 0x0F0F0F0F0F0F0F0Fu;
    uint64_t letters = (x + 0x0606060606060606u) >> 4 & 0x0101010101010101u;
    x += 0x3030303030303030u + letters * ('a' - '0' - 10);
    to[0] = (char)x;
    to[1] = (char)(x >> 8);
    to[2] = (char)(x >> 16);
    to[3] = (char)(x >> 24);
    to[4] = (char)(x >> 32);
    to[5] = (char)(x >> 40);
    to[6] = (char)(x >> 48);
    to[7] = (char)(x >> 56);
}

// name_transaction writes the fresh id of this send into the intent.
static void name_transaction(struct intent *intent, uint64_t serial)
{
    enum { PREFIX_LEN = 5, ID_LEN = PREFIX_LEN + 16 };
    memcpy(intent->transaction, "MSFT-", PREFIX_LEN);
    put_hex8(intent->transaction + PREFIX_LEN, (uint32_t)(serial >> 32));
    put_hex8(intent->transaction + PREFIX_LEN + 8, (uint32_t)serial);
    intent->transaction_len = ID_LEN;
}

// put_opaque appends four octets, visible or above 7F.
static void put_opaque(struct buf *out, uint32_t made)
{
    for (unsigned i = 0; i < 4; i++, made >>= 8) {
        unsigned octet = made & 255;
        if ((octet & 0x80) == 0)
            octet = 0x21 + octet % 0x5E;
        buf_put_byte(out, (char)(unsigned char)octet);
    }
}

// put_transaction appends the field and notes where its value stands.
static void put_transaction(struct buf *out, struct intent *intent, size_t begin)
{
    struct view fresh = view_of(intent->transaction, intent->transaction_len);
    struct view text = spelling_of(intent, AXIS_TXN)->text;
    size_t value_at = out->len + sizeof "X-MS-DM-TransactionId:" - 1;
    intent->sent_id_at = intent->sent_id_len = 0;
    if (text.len == 0)
        return;
    if (intent->row[AXIS_TXN] == 0) {
        buf_put(out, VIEW("X-MS-DM-TransactionId: "));
        buf_put(out, fresh);
        buf_put(out, VIEW("\r\n"));
    } else {
        for (char letter; (letter = grammar_literal(out, &text)) != 0;) {
            if (letter == 't')
                buf_put(out, fresh);
            else if (letter == 'o')
                put_opaque(out, intent->made);
            else
                grammar_repeat(out, VIEW("a"), 8000 - fresh.len);
        }
    }
    if (out->overflow)
        return;
    if (out->data[value_at] == ' ')
        value_at++;
    intent->sent_id_at = (uint32_t)(value_at - begin);
    intent->sent_id_len = (uint32_t)(out->len - 2 - value_at);
}

// put_credentials appends right or nearly right credentials in base64.
static void put_credentials(struct buf *out, const struct fixture *fixture, char letter)
{
    char space[CREDENTIALS_LEN_MAX + 2];
    struct buf octets = BUF(space);
    struct view right = fixture->credentials;
    if (right.len == 0)
        right = VIEW("mobileplans:secret");
    if (letter == 'a') {
        bp_base64_write(out, right);
        return;
    }
    size_t len = right.len < CREDENTIALS_LEN_MAX ? right.len : CREDENTIALS_LEN_MAX;
    if (letter == '-')
        len--;
    if (letter == 'r')
        len = view_index(view_first(right, len), ':');
    if (letter == 'x')
        buf_put_byte(&octets, right.data[0] == 'x' ? 'y' : 'x');
    buf_put(&octets, letter == 'x' ? view_between(right.data + 1, right.data + len)
                                   : view_first(right, len));
    if (letter == 'p')
        space[len - 1] = (char)(space[len - 1] == '~' ? 'x' : '~');
    if (letter == '+')
        buf_put_byte(&octets, 'x');
    if (letter == '0')
        buf_put(&octets, VIEW("\0x"));
    bp_base64_write(out, buf_view(&octets));
}

static void put_authorization(struct buf *out, const struct intent *intent,
                              const struct fixture *fixture)
{
    unsigned row = intent->row[AXIS_AUTH];
    if (row == 0 && fixture->credentials.len == 0)
        return;
    struct view text = spelling_of(intent, AXIS_AUTH)->text;
    for (char letter; (letter = grammar_literal(out, &text)) != 0;)
        put_credentials(out, fixture, letter);
}

static void put_framing(struct buf *out, struct view text)
{
    for (char letter; (letter = grammar_literal(out, &text)) != 0;) {
        if (letter == 'F')
            grammar_repeat(out, VIEW("X-A: 1\r\nX-B: 2\r\n"), 8 * 1000);
        else
            grammar_repeat(out, VIEW("g"), 65536);
    }
}

void intent_write(struct buf *out, struct intent *intent, const struct fixture *fixture,
                  uint64_t serial)
{
    size_t begin = out->len;
    if (!intent->is_closed)
        intent_close(intent, fixture);
    name_transaction(intent, serial);
    put_line(out, intent, fixture);
    if (intent->row[AXIS_FRAMING] == 0) {
        put_hosts(out, intent, fixture);
        buf_put(out, fixture->fields);
        put_transaction(out, intent, begin);
        put_authorization(out, intent, fixture);
        buf_put(out, VIEW("\r\n"));
        return;
    }
    struct view framing = spelling_of(intent, AXIS_FRAMING)->text;
    size_t bar = view_index(framing, '|');
    put_framing(out, view_first(framing, bar));
    put_hosts(out, intent, fixture);
    buf_put(out, fixture->fields);
    put_transaction(out, intent, begin);
    put_authorization(out, intent, fixture);
    put_framing(out, view_from(framing, bar + 1));
}

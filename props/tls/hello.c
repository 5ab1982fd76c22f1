// SPDX-License-Identifier: Apache-2.0
#include "props/tls/hello.h"

enum { RECORD_ALERT = 21, RECORD_HANDSHAKE = 22, CLIENT_HELLO = 1, SERVER_HELLO = 2 };

enum { RECORD_HEAD_LEN = 5, HANDSHAKE_HEAD_LEN = 4, RANDOM_LEN = 32, SESSION_LEN_MAX = 32 };

static void put16(struct buf *out, size_t n)
{
    buf_put_byte(out, (char)(unsigned char)(n >> 8));
    buf_put_byte(out, (char)(unsigned char)n);
}

// A length is written once what it counts stands behind it.
static size_t open_length(struct buf *out)
{
    put16(out, 0);
    return out->len;
}

static void close_length(struct buf *out, size_t begin)
{
    if (out->overflow)
        return;
    size_t len = out->len - begin;
    out->data[begin - 2] = (char)(unsigned char)(len >> 8);
    out->data[begin - 1] = (char)(unsigned char)len;
}

static void put_name(struct buf *out, struct view name)
{
    if (name.len == 0)
        return;
    put16(out, 0); // server_name
    put16(out, name.len + 5);
    put16(out, name.len + 3);
    buf_put_byte(out, 0);
    put16(out, name.len);
    buf_put(out, name);
}

static void put_list(struct buf *out, unsigned type, const uint16_t *list, size_t count)
{
    put16(out, type);
    put16(out, 2 + 2 * count);
    put16(out, 2 * count);
    for (size_t i = 0; i < count; i++)
        put16(out, list[i]);
}

static void put_extensions(struct buf *out, struct view name)
{
    static const uint16_t groups[] = {0x001d, 0x0017, 0x0018};
    static const uint16_t signatures[] = {0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501,
                                          0x0806, 0x0601, 0x0203, 0x0201, 0x0202};
    put_name(out, name);
    put_list(out, 10, groups, sizeof groups / sizeof groups[0]);
    buf_put(out, VIEW("\0\x0b\0\2\1\0")); // points: uncompressed
    put_list(out, 13, signatures, sizeof signatures / sizeof signatures[0]);
    buf_put(out, VIEW("\xff\1\0\1\0")); // no renegotiation under way
}

void hello_put(struct buf *out, unsigned version, const uint16_t *suites, size_t suite_count,
               struct view name)
{
    buf_put_byte(out, RECORD_HANDSHAKE);
    put16(out, version == HELLO_SSL_3_0 ? HELLO_SSL_3_0 : HELLO_TLS_1_0);
    size_t record = open_length(out);
    buf_put_byte(out, CLIENT_HELLO);
    buf_put_byte(out, 0);
    size_t message = open_length(out);
    put16(out, version);
    // Nothing is kept secret on this connection, so these octets need not be random.
    for (unsigned i = 0; i < RANDOM_LEN; i++)
        buf_put_byte(out, (char)(unsigned char)(0xb5 ^ 7 * i));
    buf_put_byte(out, 0);
    put16(out, 2 * suite_count);
    for (size_t i = 0; i < suite_count; i++)
        put16(out, suites[i]);
    buf_put(out, VIEW("\1\0")); // no compression
    if (version != HELLO_SSL_3_0) {
        size_t extensions = open_length(out);
        put_extensions(out, name);
        close_length(out, extensions);
    }
    close_length(out, message);
    close_length(out, record);
}

static unsigned get8(struct view bytes, size_t at) { return (unsigned char)bytes.data[at]; }

static unsigned get16(struct view bytes, size_t at)
{
    return get8(bytes, at) << 8 | get8(bytes, at + 1);
}

static void read_server_hello(struct hello_answer *out, struct view hello)
{
    enum { VERSION_AT = HANDSHAKE_HEAD_LEN, SESSION_AT = VERSION_AT + 2 + RANDOM_LEN };
    if (hello.len <= SESSION_AT)
        return;
    size_t suite_at = SESSION_AT + 1 + get8(hello, SESSION_AT);
    if (get8(hello, 0) != SERVER_HELLO || get8(hello, SESSION_AT) > SESSION_LEN_MAX) {
        out->reply = HELLO_FOREIGN;
        return;
    }
    if (hello.len < suite_at + 2)
        return;
    out->reply = HELLO_TAKEN;
    out->version = get16(hello, VERSION_AT);
    out->suite = get16(hello, suite_at);
}

void hello_read(struct hello_answer *out, struct view bytes)
{
    *out = (struct hello_answer){.reply = HELLO_MORE};
    if (bytes.len == 0)
        return;
    unsigned type = get8(bytes, 0);
    bool is_tls = type == RECORD_ALERT || type == RECORD_HANDSHAKE;
    if (bytes.len > 1)
        is_tls = is_tls && get8(bytes, 1) == 3;
    if (!is_tls) {
        out->reply = HELLO_FOREIGN;
        return;
    }
    if (bytes.len < RECORD_HEAD_LEN + 2)
        return;
    struct view fragment = view_from(bytes, RECORD_HEAD_LEN);
    if (type == RECORD_HANDSHAKE) {
        read_server_hello(out, fragment);
        return;
    }
    out->reply = HELLO_REFUSED;
    out->alert = (int)get8(fragment, 1);
}

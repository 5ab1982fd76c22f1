// SPDX-License-Identifier: Apache-2.0
// Target functions: bp_url_read, bp_port_read.
//
// The bytes are the URL of an endpoint. Asserts:
//   independent model: url_model.h takes the same URLs and ports, and reads the same parts;
//   round trip: scheme, authority and path written behind each other read back as the same parts;
//   idempotence: written a second time they are the same text;
//   place: a refusal names a part of the text, and never anything that stands before an @.
#include "base/buf.h"
#include "fuzz.h"
#include "http/host.h"
#include "url_model.h"

enum { URL_LEN_MAX = 1 << 12 };

static char texts[2][URL_LEN_MAX + 1];

static struct view write_url(struct buf out, const struct bp_url *url)
{
    buf_put_text(&out, url->is_secure ? "https://" : "http://");
    buf_put(&out, url->authority);
    buf_put(&out, url->path);
    FUZZ_ASSERT(!out.overflow);
    return buf_view(&out);
}

static void check_same(const struct bp_url *a, const struct bp_url *b)
{
    FUZZ_ASSERT(a->is_secure == b->is_secure && a->port == b->port);
    FUZZ_ASSERT(view_equal(a->authority, b->authority) && view_equal(a->host, b->host));
    FUZZ_ASSERT(view_equal(a->path, b->path));
}

static void check_refusal(const struct bp_fault *fault, struct view text)
{
    const char *end = text.data + text.len;
    FUZZ_ASSERT(fault->reason == BP_REASON_URL);
    FUZZ_ASSERT(fault->where.data >= text.data && fault->where.data + fault->where.len <= end);
    struct view rest = view_between(fault->where.data, end);
    rest = view_from(rest, view_starts(rest, VIEW("@")) ? 1 : 0);
    FUZZ_ASSERT(view_index(rest, '@') == rest.len);
}

// Options name ports alone, too.
static void check_port(struct view text)
{
    uint16_t got = 0;
    size_t digits = 0;
    while (digits < text.len && model_is_one_of(text.data[digits], "0123456789"))
        digits++;
    bool is_short = text.len != 0 && text.len <= 5 && digits == text.len;
    uint16_t want = is_short ? model_url_port(text, 0) : 0;
    FUZZ_ASSERT(bp_port_read(&got, text) == (want != 0));
    FUZZ_ASSERT(want == 0 || got == want);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view text = fuzz_view(data, size < URL_LEN_MAX ? size : URL_LEN_MAX);
    struct bp_url got, want, back;
    struct bp_fault fault;
    check_port(text);
    bool ok = bp_url_read(&got, &fault, text);
    FUZZ_ASSERT(ok == model_url(&want, text));
    if (!ok) {
        check_refusal(&fault, text);
        return 0;
    }
    struct view written = write_url(BUF(texts[0]), &got);
    FUZZ_ASSERT(bp_url_read(&back, &fault, written));
    FUZZ_ASSERT(view_equal(write_url(BUF(texts[1]), &back), written));
    check_same(&got, &want);
    check_same(&got, &back);
    return 0;
}

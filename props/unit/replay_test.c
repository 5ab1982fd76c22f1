// SPDX-License-Identifier: Apache-2.0
#include "operator/replay.h"

#include "props/unit/unit.h"

enum { ENTRY_COUNT = 64, WINDOW_MS = 1000 };

static const uint64_t key[2] = {0x0706050403020100, 0x0f0e0d0c0b0a0908};

static struct bp_replay_entry entries[ENTRY_COUNT];
static uint32_t slots[2 * ENTRY_COUNT];

// The digests of 00 01 02 ... under the key 00 01 ... 0f, as OpenSSL's SIPHASH prints them.
static const struct {
    size_t len;
    const char *want;
} vectors[] = {
    {0, "A3817F04BA25A8E66DF67214C7550293"},  {1, "DA87C1D86B99AF44347659119B22FC45"},
    {2, "8177228DA4A45DC7FCA38BDEF60AFFE4"},  {7, "A1F1EBBED8DBC153C0B84AA61FF08239"},
    {8, "3B62A9BA6258F5610F83E264F31497B4"},  {9, "264499060AD9BAABC47F8B02BB6D71ED"},
    {15, "5493E99933B0A8117E08EC0F97CFC3D9"}, {16, "6EE2A4CA67B054BBFD3315BF85230577"},
    {17, "473D06E8738DB89854C066C47AE47740"}, {31, "2939B0183223FAFC1723DE4F52C43D35"},
    {32, "7C3956CA5EEAFC3E363E9D556546EB68"}, {40, "DF6A301E95C95DAD97AE0CC8C6913BD8"},
    {63, "5150D1772F50834A503E069A973FBD7C"},
};

static void test_siphash(void)
{
    static const char hex[] = "0123456789ABCDEF";
    char bytes[64];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)i;
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        uint64_t digest[2];
        char text[32];
        bp_siphash128(digest, key, view_of(bytes, vectors[i].len));
        for (size_t n = 0; n < 16; n++) {
            unsigned octet = (unsigned)(digest[n / 8] >> (8 * (n % 8))) & 0xff;
            text[2 * n] = hex[octet >> 4];
            text[2 * n + 1] = hex[octet & 15];
        }
        CHECK_ROW(i, memcmp(text, vectors[i].want, sizeof text) == 0);
    }
}

static struct bp_replay opened(size_t entry_count)
{
    struct bp_replay replay;
    memset(slots, 0xff, sizeof slots);
    bp_replay_init(&replay, entries, slots, entry_count, key, WINDOW_MS);
    return replay;
}

// One after the other, in one memory of four ids.
static const struct {
    const char *id;
    int64_t after_ms;
    bool is_repeat;
} rows[] = {
    {"MSFT-1", 0, false},
    {"MSFT-1", 0, true},
    {"MSFT-2", 0, false},
    {"msft-1", 1, false},
    {"MSFT-1", 999, true},
    {"MSFT-1", 1000, false},  // the window is over, and a repeat did not
                              // prolong it
    {"MSFT-1", 1999, true},   //
    {"MSFT-2", 500, true},    // a clock that goes backwards makes nothing younger
    {"MSFT-10", 1500, false}, // the fifth id remembered: MSFT-1 of the start gives way
    {"MSFT-1", 1500, true},   //
    {"MSFT-11", 1500, false}, // MSFT-2 gives way
    {"MSFT-2", 999, false},   // msft-1 gives way
    {"msft-1", 999, false},   // the second MSFT-1 gives way
    {"MSFT-1", 1999, false},
};

// What is kept of an id is its digest under the whole key.
static void test_whole_key(void)
{
    struct bp_replay replay = opened(4);
    uint64_t digest[2];
    bp_siphash128(digest, key, VIEW("MSFT-1"));
    CHECK(!bp_replay_is_repeat(&replay, VIEW("MSFT-1"), 7));
    CHECK(entries[0].digest[0] == digest[0] && entries[0].digest[1] == digest[1]);
    CHECK(entries[0].seen_ms == 7);
}

static void test_rows(void)
{
    struct bp_replay replay = opened(4);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        CHECK_ROW(i, bp_replay_is_repeat(&replay, view_of_text(rows[i].id), rows[i].after_ms) ==
                         rows[i].is_repeat);
}

// Ids that differ in one late octet, and the empty rest of them, do not collide (GB-TXN-2).
static void test_long(void)
{
    static char id[8000];
    struct bp_replay replay = opened(ENTRY_COUNT);
    memset(id, 'x', sizeof id);
    CHECK(!bp_replay_is_repeat(&replay, view_of(id, sizeof id), 0));
    CHECK(bp_replay_is_repeat(&replay, view_of(id, sizeof id), 0));
    CHECK(!bp_replay_is_repeat(&replay, view_of(id, sizeof id - 1), 0));
    id[sizeof id - 1] = 'y';
    CHECK(!bp_replay_is_repeat(&replay, view_of(id, sizeof id), 0));
}

// Both halves of a digest count.
static void test_digest(void)
{
    struct bp_replay replay = opened(ENTRY_COUNT);
    CHECK(!bp_replay_is_repeat(&replay, VIEW("a"), 0));
    entries[0].digest[1] ^= 1;
    CHECK(!bp_replay_is_repeat(&replay, VIEW("a"), 0));
    entries[1].digest[0] ^= (uint64_t)1 << 63;
    CHECK(!bp_replay_is_repeat(&replay, VIEW("a"), 0));
    CHECK(bp_replay_is_repeat(&replay, VIEW("a"), 0));
}

static size_t used_slot_count(void)
{
    size_t count = 0;
    for (size_t i = 0; i < 2 * ENTRY_COUNT; i++)
        count += slots[i] != 0;
    return count;
}

// A slow model: a list of (id, time), newest last, of which the last ENTRY_COUNT count.
struct memory {
    uint32_t ids[20000];
    int64_t times_ms[20000];
    size_t count;
};

static bool memory_is_repeat(struct memory *memory, uint32_t id, int64_t now_ms)
{
    size_t oldest = memory->count < ENTRY_COUNT ? 0 : memory->count - ENTRY_COUNT;
    for (size_t i = memory->count; i > oldest; i--)
        if (memory->ids[i - 1] == id) {
            if (now_ms - memory->times_ms[i - 1] < WINDOW_MS)
                return true;
            break;
        }
    memory->ids[memory->count] = id;
    memory->times_ms[memory->count++] = now_ms;
    return false;
}

// How many ids are remembered: of one that came again when its window was over, the last counts.
static size_t memory_id_count(const struct memory *memory)
{
    size_t count = 0;
    size_t oldest = memory->count < ENTRY_COUNT ? 0 : memory->count - ENTRY_COUNT;
    for (size_t i = oldest; i < memory->count; i++) {
        size_t later = i + 1;
        while (later < memory->count && memory->ids[later] != memory->ids[i])
            later++;
        count += later == memory->count;
    }
    return count;
}

// Many ids in a small memory, against the model. No id leaves its slot behind, so that searches
// stay short; nor does a clear now and then.
static void test_model(void)
{
    static struct memory memory;
    struct bp_replay replay = opened(ENTRY_COUNT);
    uint32_t state = 1;
    int64_t now_ms = 0;
    unsigned repeat_count = 0;
    for (unsigned n = 0; n < 20000; n++) {
        state = state * 1664525 + 1013904223;
        uint32_t id = (state >> 16) % 200;
        now_ms += state >> 27;
        bool is_repeat = bp_replay_is_repeat(&replay, view_of((char *)&id, sizeof id), now_ms);
        CHECK_ROW(n, is_repeat == memory_is_repeat(&memory, id, now_ms));
        repeat_count += is_repeat;
        if (n % 31 == 0)
            CHECK_ROW(n, used_slot_count() == memory_id_count(&memory));
        if (n % 1777 == 0) {
            bp_replay_clear(&replay);
            memory.count = 0;
            CHECK_ROW(n, replay.written == 0);
            CHECK_ROW(n, used_slot_count() == 0);
        }
    }
    CHECK(repeat_count > 1000 && repeat_count < 19000);
}

// A million ids: the memory is the caller's and stays as it is (GB-TXN-3).
static void test_million(void)
{
    struct bp_replay replay = opened(ENTRY_COUNT);
    uint32_t repeat_count = 0;
    for (uint32_t n = 0; n < 1000000; n++)
        repeat_count += bp_replay_is_repeat(&replay, view_of((char *)&n, sizeof n), 5);
    CHECK(repeat_count == 0);
    for (uint32_t n = 1000000 - ENTRY_COUNT; n < 1000000; n++)
        CHECK_ROW(n, bp_replay_is_repeat(&replay, view_of((char *)&n, sizeof n), 5));
    bp_replay_clear(&replay);
    CHECK(used_slot_count() == 0);
}

int main(void)
{
    test_siphash();
    test_whole_key();
    test_rows();
    test_long();
    test_digest();
    test_model();
    test_million();
    return unit_end();
}

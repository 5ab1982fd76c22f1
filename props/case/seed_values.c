// SPDX-License-Identifier: Apache-2.0
#include "props/case/seed_values.h"

#define ROW(words, bytes)       \
    {                           \
        words, VIEW_INIT(bytes) \
    }
#define LIST(rows)                               \
    {                                            \
        (rows), sizeof(rows) / sizeof((rows)[0]) \
    }

static const struct seed_value json_values[] = {
    ROW("no balance", "{\"balances\":[{\"type\":\"NONE\",\"dataRemainingInMB\":0,"
                      "\"timeRemaining\":\"PT0S\"}]}"),
    ROW("not supported", "{\"balances\":[{\"type\":\"NOTSUPPORTED\",\"dataRemainingInMB\":0.0,"
                         "\"timeRemaining\":\"PT0S\",\"id\":\"0\"}]}"),
    ROW("full",
        "{\"balances\":[{\"type\":\"MODIRECTPAYG\",\"dataRemainingInMB\":1367.25,"
        "\"timeRemaining\":\"P23DT23H\",\"id\":\"23445\",\"locations\":[\"US\",\"CA\"]},"
        "{\"type\":\"MODIRECT\",\"dataRemaininginMB\":-0.5e-3,\"timeRemaining\":\"P30D\"}]}"),
    ROW("empty list", "{\"balances\":[]}"),
    ROW("escapes", "{\"id\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"}"),
    ROW("lone surrogate", "{\"id\":\"\\ud800\"}"),
    ROW("member twice", "{\"type\":\"NONE\",\"type\":\"NONE\"}"),
    ROW("member twice by escape", "{\"type\":1,\"t\\u0079pe\":2}"),
    ROW("curly quotes", "{\xE2\x80\x9C"
                        "balances\xE2\x80\x9D:[]}"),
    ROW("byte order mark", "\xEF\xBB\xBF{}"),
    ROW("tail", "{}x"),
    ROW("nested 33 deep", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"),
    ROW("number too large", "1e400"),
    ROW("numbers", "[0,-0,1.5,1e2,1E+2,1e-2,123456789012345678901234567890,5e-324]"),
    ROW("numbers that are none", "[01]"),
    ROW("overlong UTF-8", "\"\xC0\x80\""),
    ROW("cut", "{\"balances\":[{\"type\":\"NO"),
};

static const struct seed_value duration_values[] = {
    ROW("zero", "PT0S"),
    ROW("zero days", "P0D"),
    ROW("documents", "P23DT23H"),
    ROW("every part", "P1Y2M10DT2H30M15S"),
    ROW("weeks", "P4W"),
    ROW("weeks and days", "P1W2D"),
    ROW("fraction", "PT1.5S"),
    ROW("fraction without digit before", "PT.5S"),
    ROW("comma", "PT1,5S"),
    ROW("fraction of hours", "PT1.5H"),
    ROW("negative", "-PT5M"),
    ROW("sign inside", "PT-1S"),
    ROW("plus", "+PT1S"),
    ROW("lower case", "pt0s"),
    ROW("P alone", "P"),
    ROW("T without parts", "P1DT"),
    ROW("wrong order", "PT1S1H"),
    ROW("part twice", "P1D1D"),
    ROW("time span", "23.23:00:00"),
    ROW("longest", "P10675199D"),
    ROW("beyond", "P10675200D"),
    ROW("beyond by seconds", "P10675199DT86400S"),
    ROW("many digits", "PT99999999999999999999999999999999999999S"),
    ROW("blank behind", "PT1S "),
    ROW("many zeros", "P0000000000000000000001D"),
    ROW("nanoseconds", "PT0.123456789123S"),
    ROW("empty", ""),
};

static const struct seed_value iccid_values[] = {
    ROW("documents", "8988247000100003319"),
    ROW("wrong Luhn digit", "8988247000100003555"),
    ROW("twenty digits", "89882470001000033190"),
    ROW("eighteen digits", "898824700010000331"),
    ROW("twenty-one digits", "898824700010000331900"),
    ROW("plus 2^64", "27434991073809554935"),
    ROW("filler", "8988247000100003319F"),
    ROW("letter", "898824700010000331x"),
    ROW("zeros", "0000000000000000000"),
    ROW("nines", "99999999999999999999"),
    ROW("NUL behind", "8988247000100003319\0"),
    ROW("NUL inside", "898824700\00000003319"),
    ROW("empty", ""),
};

// Tapes: the number of steps, then each step with its answers (sequence.h).
static const struct seed_value sequence_values[] = {
    ROW("ask", "\1\0\0\0"),
    ROW("ask twice", "\2\0\0\0\0\0\1"),
    ROW("ask every role", "\12\0\0\0\0\1\0\0\2\0\0\3\0\0\4\0\0\5\0\0\6\0\0\7\0\0\10\0\0\11\0"),
    ROW("consume one MB", "\3\0\0\0\2\0\3\0\0\1"),
    ROW("consume one byte", "\3\0\1\0\2\1\0\0\1\1"),
    ROW("consume everything", "\3\0\0\0\2\0\6\0\0\0"),
    ROW("consume of postpaid", "\3\0\2\0\2\2\4\0\2\0"),
    ROW("one second", "\3\0\0\0\3\0\0\0\0"),
    ROW("half seconds", "\5\0\0\0\3\1\3\2\0\0\0\3\2"),
    ROW("a day", "\3\0\0\0\3\5\0\0\1"),
    ROW("until it expires", "\4\0\1\0\3\4\3\4\0\1\0"),
    ROW("a year", "\3\0\2\0\3\10\0\2\0"),
    ROW("order for nobody", "\3\0\3\0\4\3\0\0\0\0\3\0"),
    ROW("order postpaid", "\3\0\0\0\4\0\1\2\3\0\0\0"),
    ROW("order of nothing", "\3\0\3\0\4\3\0\3\0\0\3\0"),
    ROW("order that ends soon", "\4\0\3\0\4\3\0\0\1\3\0\0\3\0"),
    ROW("order leaves the garden", "\3\0\6\0\4\6\0\0\0\0\6\0"),
    ROW("order ends a microbalance", "\3\0\7\0\4\7\0\0\0\0\7\0"),
    ROW("order for a SIM that takes no part", "\3\0\10\0\4\10\0\0\0\0\10\0"),
    ROW("order for an unknown SIM", "\3\0\11\0\4\11\0\0\0\0\11\0"),
    ROW("ten orders", "\12\4\0\0\0\0\4\0\0\0\0\4\0\0\0\0\4\0\0\0\0\4\0\0\0\0\4\0\0\0\0\4\0\0\0\0"
                      "\4\0\0\0\0\4\0\0\0\0\0\0\0"),
    ROW("into the garden and out", "\5\0\0\0\5\0\0\0\0\0\5\0\1\0\0\0"),
    ROW("out of the garden", "\3\0\6\0\5\6\1\0\6\0"),
    ROW("microbalance granted and ended", "\5\0\0\0\6\0\0\0\0\0\6\0\1\0\0\0"),
    ROW("microbalance ended", "\3\0\7\0\6\7\1\0\7\0"),
    ROW("filter", "\3\0\0\0\1\0\1\1\1\0\3\0"),
    ROW("consume, then filter", "\3\0\0\0\2\0\5\1\0\1\2"),
    ROW("another request between", "\3\0\0\0\7\0\0\3\0\11\0\0\0"),
    ROW("consume of another SIM", "\4\0\0\0\0\1\0\2\1\3\0\0\0"),
    ROW("read again", "\0\0\0"),
    ROW("read postpaid again", "\0\2\1"),
    ROW("limited, later not", "\6\10\0\0\0\0\0\0\0\3\0\0\0\0\10\1"),
    ROW("broken, then mended", "\5\0\0\0\11\0\0\0\0\11\1\0\0\0"),
};

static const struct seed_value http_tokens[] = {
    ROW("line end", "\r\n"),
    ROW("head end", "\r\n\r\n"),
    ROW("GET", "GET "),
    ROW("version", " HTTP/1.1\r\n"),
    ROW("status line", "HTTP/1.1 200 OK\r\n"),
    ROW("Host", "Host: mo.example\r\n"),
    ROW("Content-Length", "Content-Length: "),
    ROW("Transfer-Encoding", "Transfer-Encoding: "),
    ROW("chunked", "chunked"),
    ROW("last chunk", "0\r\n\r\n"),
    ROW("Connection", "Connection: close\r\n"),
    ROW("Authorization", "Authorization: Basic "),
    ROW("transaction id", "X-MS-DM-TransactionId: "),
};

static const struct seed_value headers_tokens[] = {
    ROW("scheme", "Basic "),           ROW("line feed", "\n"), ROW("user", "user:"),
    ROW("base64 of user", "dXNlcjo="), ROW("padding", "=="),   ROW("curly quote", "\xE2\x80\x9C"),
    ROW("line end", "\r\n"),
};

static const struct seed_value target_tokens[] = {
    ROW("sims", "/sims/"),
    ROW("balances", "/balances"),
    ROW("base", "/v1"),
    ROW("scheme", "iccid:"),
    ROW("id", "8988247000100003319"),
    ROW("absolute", "https://"),
    ROW("slash", "%2F"),
    ROW("percent", "%25"),
    ROW("NUL", "%00"),
    ROW("colon", "%3A"),
    ROW("blank", "%20"),
    ROW("mark", "?"),
};

static const struct seed_value query_tokens[] = {
    ROW("name of fieldsTemplate", "fieldsTemplate="),
    ROW("name of limit", "limit="),
    ROW("name of location", "location="),
    ROW("and", "&"),
    ROW("NUL", "%00"),
    ROW("good limit", "limit=1"),
    ROW("good location", "location=US"),
};

static const struct seed_value json_tokens[] = {
    ROW("balances", "\"balances\":["),
    ROW("type", "\"type\":"),
    ROW("data", "\"dataRemainingInMB\":"),
    ROW("data of examples", "\"dataRemaininginMB\":"),
    ROW("time", "\"timeRemaining\":"),
    ROW("id", "\"id\":"),
    ROW("locations", "\"locations\":"),
    ROW("MODIRECT", "\"MODIRECT\""),
    ROW("MODIRECTPAYG", "\"MODIRECTPAYG\""),
    ROW("NONE", "\"NONE\""),
    ROW("NOTSUPPORTED", "\"NOTSUPPORTED\""),
    ROW("zero", "\"PT0S\""),
    ROW("true", "true"),
    ROW("false", "false"),
    ROW("null", "null"),
    ROW("exponent", "e+"),
    ROW("high surrogate", "\\ud83d"),
    ROW("low surrogate", "\\ude00"),
    ROW("escape of y", "\\u0079"),
};

static const struct seed_value duration_tokens[] = {
    ROW("P", "P"),          ROW("T", "T"),         ROW("Y", "1Y"),     ROW("M", "2M"),
    ROW("W", "3W"),         ROW("D", "10675199D"), ROW("H", "23H"),    ROW("S", "59S"),
    ROW("fraction", ".5S"), ROW("comma", ",5S"),   ROW("minus", "-P"),
};

static const struct seed_value iccid_tokens[] = {
    ROW("issuer", "8988247"),
    ROW("documents", "8988247000100003319"),
    ROW("filler", "F"),
};

struct list {
    const struct seed_value *rows;
    size_t count;
};

const struct seed_value *seed_values(enum seed_target target, size_t *count)
{
    static const struct list lists[SEED_TARGET_COUNT] = {
        [SEED_JSON] = LIST(json_values),
        [SEED_DURATION] = LIST(duration_values),
        [SEED_ICCID] = LIST(iccid_values),
        [SEED_SEQUENCE] = LIST(sequence_values),
    };
    *count = lists[target].count;
    return lists[target].rows;
}

const struct seed_value *seed_tokens(enum seed_target target, size_t *count)
{
    static const struct list lists[SEED_TARGET_COUNT] = {
        [SEED_HTTP] = LIST(http_tokens),         [SEED_HEADERS] = LIST(headers_tokens),
        [SEED_HANDLER] = LIST(http_tokens),      [SEED_TARGET] = LIST(target_tokens),
        [SEED_QUERY] = LIST(query_tokens),       [SEED_JSON] = LIST(json_tokens),
        [SEED_DURATION] = LIST(duration_tokens), [SEED_ICCID] = LIST(iccid_tokens),
    };
    *count = lists[target].count;
    return lists[target].rows;
}

static const char *sign_name(char sign)
{
    switch (sign) {
    case '-':
        return "minus";
    case '+':
        return "plus";
    case '%':
        return "percent";
    case '/':
        return "slash";
    case '.':
        return "dot";
    case ',':
        return "comma";
    case ':':
        return "colon";
    case ';':
        return "semicolon";
    case '=':
        return "equals";
    case '^':
        return "to";
    default:
        return "";
    }
}

void seed_name(struct buf *out, const char *words, char joint)
{
    bool begins_word = false;
    for (size_t i = 0; words[i] != 0; i++) {
        char c = words[i];
        bool is_hyphen = c == '-' && i != 0 && byte_is_letter(words[i - 1]);
        bool is_pause = c == ',' && words[i + 1] == ' ';
        if (byte_is_letter(c) || byte_is_digit(c)) {
            if (begins_word)
                buf_put_byte(out, joint);
            begins_word = false;
            buf_put_byte(out, c);
            continue;
        }
        const char *name = is_hyphen || is_pause ? "" : sign_name(c);
        if (name[0] != 0 && i != 0)
            buf_put_byte(out, joint);
        buf_put_text(out, name);
        begins_word = true;
    }
}

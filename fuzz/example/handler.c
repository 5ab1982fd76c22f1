// SPDX-License-Identifier: Apache-2.0
// An implementer's handler in C, as small as it can be: its own test SIMs in a table, no Basic, no
// back office to be reached. Behind the one function of <balprobe/endpoint.h> it is tested with
// balprobe's oracle. BUG=1..9 in the environment puts in one of the faults of enum bug.
#define _POSIX_C_SOURCE 200809L // strncasecmp
#include <balprobe/endpoint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "countries.h"
#include "request.h"

struct plan {
    const char *type, *mb, *id, *countries; // the id as it stands in JSON
    long seconds;                           // that it holds from the beginning
};

enum { DAY = 86400, PLAN_COUNT = 3 };

static const struct sim {
    const char *iccid, *zero; // what is said where there is no balance
    struct plan plans[PLAN_COUNT];
} sims[] = {
    {"8988247000100003319",
     "NONE",
     {{"MODIRECTPAYG", "1367.25", "23445", "US,CA", 23 * DAY + 23 * 3600},
      {"MODIRECTPAYG", "512", "23446", "US", 7 * DAY + 4 * 3600 + 30 * 60 + 15},
      {"MODIRECTPAYG", "250.125", "d'\u00e9t\u00e9 \\\"3\\\\4\\\"\\u0001\u2028", "GB,FR",
       30 * DAY}}},
    {"8988247000100042176", "NONE", {{"MODIRECTPAYG", "0.5", "24001", "US", 5400}}},
    {"8988247000100056200", "NONE", {{"MODIRECT", "0", "25001", "US,GB,DE,FR,JP", 30 * DAY}}},
    {"8988247000100003555", "NONE", {{0}}},
    {"8988247000100068346", "NONE", {{0}}},         // used up
    {"8988247000100074518", "NONE", {{0}}},         // expired
    {"8988247000100080697", "NONE", {{0}}},         // in the walled garden
    {"89882470001000927487", "NONE", {{0}}},        // a microbalance
    {"8988247000100105734", "NOTSUPPORTED", {{0}}}, //
};

struct query {
    long limit; // -1: none
    int is_full;
    char location[3];
};

struct endpoint {
    int bug;
    const char *base;
    long now_s, start_s;
    char last_location[3];
};

struct out {
    char *at;
    size_t len, cap;
};

static void put(struct out *out, const char *text)
{
    size_t len = strlen(text);
    if (len <= out->cap - out->len)
        memcpy(out->at + out->len, text, len), out->len += len;
}

static void answer(struct out *out, const struct request *r, int bug, int status, const char *body)
{
    char head[600];
    size_t count;
    struct text id = find_field(r, "X-MS-DM-TransactionId", &count);
    snprintf(head, sizeof head,
             "HTTP/1.1 %d Status\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n"
             "Cache-Control: no-store\r\n%s%s",
             status, strlen(body), status == 405 ? "Allow: GET, HEAD\r\n" : "",
             r->closes ? "Connection: close\r\n" : "");
    put(out, head);
    if (count == 1 && id.len != 0 && id.len < 500) {
        snprintf(head, sizeof head, "X-MS-DM-TransactionId: %.*s\r\n", (int)id.len, id.at);
        put(out, head);
    }
    put(out, "\r\n");
    if (!r->is_head || bug == BUG_HEAD_HAS_BODY)
        put(out, body);
}

static void refuse(struct out *out, const struct request *r, int bug, int status, const char *what)
{
    char body[200];
    snprintf(body, sizeof body, "{\"error\":{\"code\":\"%d\",\"parameter\":\"%s\"}}", status, what);
    answer(out, r, bug, status, body);
}

static int digit(char c)
{
    const char *hex = "0123456789ABCDEF0123456789abcdef";
    const char *at = c == '\0' ? NULL : strchr(hex, c);
    return at == NULL ? -1 : (int)((at - hex) % 16);
}

// Decodes `in` to a text without zeros; 0: it cannot be.
static int decode(char *out, size_t cap, struct text in, int plus)
{
    size_t len = 0;
    for (size_t i = 0; i < in.len; i++) {
        int c = plus && in.at[i] == '+' ? ' ' : (unsigned char)in.at[i];
        if (c == '%') {
            int high = i + 2 < in.len ? digit(in.at[i + 1]) : -1;
            int low = i + 2 < in.len ? digit(in.at[i + 2]) : -1;
            c = high < 0 || low < 0 ? 0 : high * 16 + low;
            i += 2;
        }
        if (c == 0 || len + 1 >= cap)
            return 0;
        out[len++] = (char)c;
    }
    out[len] = '\0';
    return 1;
}

static int read_limit(struct query *q, const char *text, int bug)
{
    char small[16];
    unsigned long long value = 0;
    size_t len = strlen(text);
    if (bug == BUG_LONG_LIMIT)
        memcpy(small, text, len + 1), text = small;
    if (len == 0 || strspn(text, "0123456789") != len)
        return 0;
    for (size_t i = 0; i < len; i++)
        if (bug == BUG_LIMIT_WRAPS || value <= 2147483647)
            value = value * 10 + (unsigned long long)(text[i] - '0');
    if (bug == BUG_LIMIT_WRAPS)
        value %= 4294967296;
    q->limit = (long)value;
    return value <= 2147483647;
}

static int is_country(const char *text)
{
    for (size_t i = 0; i + 1 < sizeof countries; i += 2)
        if (strncasecmp(countries + i, text, 2) == 0)
            return strlen(text) == 2;
    return 0;
}

// The parameter that is wrong, or NULL.
static const char *read_query(struct query *q, struct text rest, int bug)
{
    static const char *const names[] = {"fieldsTemplate", "limit", "location"};
    int seen[3] = {0};
    *q = (struct query){.limit = -1};
    while (rest.len != 0) {
        char name[8192], value[8192];
        struct text item = cut(&rest, '&');
        struct text key = cut(&item, '=');
        if (!decode(name, sizeof name, key, 1) || !decode(value, sizeof value, item, 1))
            return "query, as limit, location and fieldsTemplate,";
        for (int i = 0; i < 3; i++) {
            int is_good = 1;
            if (strcmp(name, names[i]) != 0)
                continue;
            if (i == 0)
                is_good = strcasecmp(value, "basic") == 0 || strcasecmp(value, "full") == 0;
            if (i == 0)
                q->is_full = strcasecmp(value, "full") == 0;
            if (i == 1)
                is_good = read_limit(q, value, bug);
            if (i == 2 && value[0] != '\0')
                is_good = is_country(value);
            if (!is_good || seen[i]++)
                return names[i];
            for (int j = 0; i == 2 && value[0] != '\0' && j < 2; j++)
                q->location[j] = (char)(value[j] & ~0x20);
        }
    }
    return NULL;
}

static void put_balance(struct out *out, const struct query *q, const struct plan *p, long left)
{
    char text[600], places[64] = "";
    size_t len = 0;
    for (const char *at = p->countries; *at != '\0'; at += at[2] == ',' ? 3 : 2)
        len +=
            (size_t)snprintf(places + len, sizeof places - len, "%s\"%.2s\"", len ? "," : "", at);
    snprintf(text, sizeof text,
             "%s{\"type\":\"%s\",\"dataRemainingInMB\":%s,\"timeRemaining\":\"P%ldDT%ldS\"",
             out->at[out->len - 1] == '}' ? "," : "", p->type, p->mb, left / DAY, left % DAY);
    put(out, left == 0 ? "" : text);
    snprintf(text, sizeof text,
             "{\"type\":\"%s\",\"dataRemainingInMB\":0,\"timeRemaining\":\"PT0S\"", p->type);
    put(out, left == 0 ? text : "");
    snprintf(text, sizeof text, ",\"id\":\"%s\",\"locations\":[%s]", p->id, places);
    put(out, q->is_full ? text : "");
    put(out, "}");
}

static void put_balances(struct out *out, const struct endpoint *e, const struct query *q,
                         const struct sim *sim)
{
    const struct plan zero = {sim->zero, "0", "0", "", 0};
    long count = 0, counted = 0;
    put(out, "{\"balances\":[");
    int is_odd = e->bug == BUG_TWO_VALUES && q->limit == 2147483647 && q->is_full;
    for (int i = 0; i < PLAN_COUNT && sim->plans[i].type != NULL && !is_odd; i++) {
        const struct plan *p = &sim->plans[i];
        long left = p->seconds - (e->now_s - e->start_s);
        int holds = strstr(p->countries, q->location) != NULL && left > 0;
        if (q->limit >= 0 && (e->bug == BUG_LIMIT_FIRST ? counted : count) >= q->limit)
            break;
        counted++;
        if (holds)
            put_balance(out, q, p, left);
        count += holds;
    }
    if (count == 0 && q->limit != 0)
        put_balance(out, q, &zero, 0);
    put(out, "]}");
}

// The SIM of the path, or NULL.
static const struct sim *find_sim(const struct endpoint *e, struct text path)
{
    struct text base = {e->base, strlen(e->base)};
    char id[64], word[64];
    if (path.len < base.len || memcmp(path.at, base.at, base.len) != 0)
        return NULL;
    path.at += base.len;
    path.len -= base.len;
    if (cut(&path, '/').len != 0 || !is(cut(&path, '/'), "sims"))
        return NULL;
    if (!decode(word, sizeof word, cut(&path, '/'), 0) || !is(path, "balances"))
        return NULL;
    snprintf(id, sizeof id, "%s", strncmp(word, "iccid:", 6) == 0 ? word + 6 : word);
    for (size_t i = 0; i < sizeof sims / sizeof sims[0]; i++)
        if (strcmp(sims[i].iccid, id) == 0 ||
            (e->bug == BUG_SIM_PREFIX && strncmp(sims[i].iccid, id, 19) == 0))
            return &sims[i];
    return NULL;
}

static int method_status(struct text method)
{
    static const char *const known[] = {"POST",    "PUT",   "DELETE", "PATCH",
                                        "OPTIONS", "TRACE", "CONNECT"};
    if (is(method, "GET") || is(method, "HEAD"))
        return 200;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (is(method, known[i]))
            return 405;
    return 501;
}

// The target without scheme and host, which stand there when it came through a proxy.
static struct text without_origin(struct text target)
{
    struct text rest = target;
    struct text scheme = cut(&rest, ':');
    if (!is_nocase(scheme, "http") && !is_nocase(scheme, "https"))
        return target;
    const char *slash = rest.len > 2 ? memchr(rest.at + 2, '/', rest.len - 2) : NULL;
    size_t skipped = slash == NULL ? rest.len : (size_t)(slash - rest.at);
    return (struct text){rest.at + skipped, rest.len - skipped};
}

static void serve_sim(struct out *out, struct endpoint *e, const struct request *r,
                      const struct sim *sim, struct query *q)
{
    char body[2000];
    struct out json = {body, 0, sizeof body - 1};
    if (e->bug == BUG_LOCATION_STAYS && q->location[0] == '\0')
        memcpy(q->location, e->last_location, sizeof q->location);
    memcpy(e->last_location, q->location, sizeof q->location);
    put_balances(&json, e, q, sim);
    body[json.len] = '\0';
    answer(out, r, e->bug, 200, body);
}

static void serve(struct out *out, struct endpoint *e, const struct request *r)
{
    struct query q;
    size_t id_count;
    struct text query = without_origin(r->target);
    struct text path = cut(&query, '?');
    const struct sim *sim = find_sim(e, path);
    const char *wrong = read_query(&q, query, e->bug);
    const int method = method_status(r->method);
    find_field(r, "X-MS-DM-TransactionId", &id_count);
    if (method != 200)
        refuse(out, r, e->bug, method, "method");
    else if (sim == NULL)
        refuse(out, r, e->bug, 404, "sim id");
    else if (wrong != NULL)
        refuse(out, r, e->bug, 400, wrong);
    else if (id_count > 1)
        refuse(out, r, e->bug, 400, "X-MS-DM-TransactionId");
    else
        serve_sim(out, e, r, sim, &q);
}

static size_t answer_all(void *endpoint, char *response, size_t response_cap, const char *request,
                         size_t request_len, int64_t now_ms)
{
    struct endpoint *e = endpoint;
    struct out out = {response, 0, response_cap};
    struct text rest = {request, request_len};
    e->now_s = (long)(now_ms / 1000);
    while (rest.len != 0) {
        struct request r;
        if (rest.len >= 2 && memcmp(rest.at, "\r\n", 2) == 0) {
            rest.at += 2, rest.len -= 2;
            continue;
        }
        int status = read_request(&r, &rest, e->bug);
        r.closes = r.closes || status != 0;
        if (status != 0)
            refuse(&out, &r, e->bug, status, "request");
        else
            serve(&out, e, &r);
        if (r.closes)
            break;
    }
    return out.len;
}

static void *open_endpoint(const struct balprobe_deployment *deployment)
{
    static struct endpoint endpoints[2]; // below a base path, and without
    const char *bug = getenv("BUG");
    struct endpoint *e = &endpoints[deployment->base[0] == '\0'];
    e->bug = bug == NULL ? 0 : bug[0] - '0';
    e->base = deployment->base[0] == '\0' ? "" : "/v1";
    e->start_s = (long)(deployment->now_ms / 1000);
    return deployment->credentials[0] == '\0' ? e : NULL;
}

static void forget(void *endpoint)
{
    struct endpoint *e = endpoint;
    memset(e->last_location, 0, sizeof e->last_location);
}

const struct balprobe_endpoint *balprobe_endpoint_get(void)
{
    static const struct balprobe_endpoint endpoint = {open_endpoint, answer_all, forget, NULL,
                                                      NULL};
    return &endpoint;
}

// SPDX-License-Identifier: Apache-2.0
// An implementer's handler in C++, with a back office: it reads the operator's SIMs, asks for
// Basic, remembers transaction ids, limits rates, and does all that the oracle may ask of a back
// office. BUG=1..9 in the environment puts in one of the faults of enum Bug.
#include <balprobe/endpoint.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

extern "C" {
#include "request.h"
}
#include "countries.h"
#include "json.hh"

namespace
{
enum Bug {
    LIMIT_THROWS = 1,   // a limit that is too long for a number throws: 500
    TIME_STANDS = 2,    // the time left is that of the beginning
    LOSES_USE = 3,      // what is used up of a plan with more than a gigabyte left is lost
    NO_RETRY = 4,       // 429 does not say when to come again
    NO_CHALLENGE = 5,   // 401 does not say what is asked for
    GARDEN_IS_OPEN = 6, // the full list of a SIM in the walled garden has its plans
    ID_ENDS = 7,        // of transaction ids only the last character is remembered
    SAYS_WHY = 8,       // a failure of the back office is told with its place in the source
    DANGLES = 9         // the location is a view of a text that is gone
};

struct Plan {
    bool is_payg;
    std::string id;
    std::vector<std::string> countries;
    int64_t quota, used, expires_ms;

    int64_t left() const { return used < quota ? quota - used : 0; }
    bool is_active(int64_t now_ms) const
    {
        return expires_ms - now_ms >= 1000 && (!is_payg || left() > 0);
    }
    bool holds_in(std::string_view country) const
    {
        for (const std::string &c : countries)
            if (c == country)
                return true;
        return country.empty();
    }
};

struct Sim {
    std::string iccid;
    bool is_supported, in_garden, has_micro;
    std::vector<Plan> plans;
};

struct Endpoint {
    int bug;
    std::string base, authorization; // "" : no Basic
    int64_t start_ms;
    std::vector<Sim> at_first, sims;
    std::set<std::string> ids;
    bool is_broken = false;
    uint32_t rate = 0;
    int64_t second = 0, in_second = 0;

    Sim *find(std::string_view iccid)
    {
        for (Sim &sim : sims)
            if (sim.iccid == iccid)
                return &sim;
        return nullptr;
    }
};

struct Refusal {
    int status;
    std::string what;
};

std::string base64(std::string_view in)
{
    const char *digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (size_t i = 0; i < in.size(); i += 3) {
        unsigned bits = 0;
        for (size_t j = i; j < i + 3; j++)
            bits = bits << 8 | (j < in.size() ? static_cast<unsigned char>(in[j]) : 0u);
        for (size_t j = 0; j < 4; j++)
            out += i + j <= in.size() ? digits[bits >> (18 - 6 * j) & 63] : '=';
    }
    return out;
}

int64_t seconds_of(const std::string &duration) // P30D, PT1H30M, P7DT4H30M15S
{
    int64_t sum = 0, n = 0;
    for (char c : duration) {
        if (c >= '0' && c <= '9')
            n = n * 10 + (c - '0');
        else
            sum += n * (c == 'D' ? 86400 : c == 'H' ? 3600 : c == 'M' ? 60 : 1), n = 0;
    }
    return sum;
}

int64_t bytes_of(const Json &mb) { return std::llround(mb.number * 1e6); }

std::vector<Sim> read_sims(const Json &inventory, int64_t now_ms)
{
    std::vector<Sim> sims;
    for (const Json &one : inventory["sims"].items) {
        const std::string state = one["state"].text;
        Sim sim = {
            one["iccid"].text, state != "notsupported", state == "garden", state == "micro", {}};
        for (const Json &p : one["plans"].items) {
            Plan plan = {p["type"].text == "MODIRECTPAYG",
                         p["id"].text,
                         {},
                         bytes_of(p["dataMB"]),
                         bytes_of(p["usedMB"]),
                         now_ms + 1000 * seconds_of(p["time"].text)};
            for (const Json &country : p["locations"].items)
                plan.countries.push_back(country.text);
            sim.plans.push_back(plan);
        }
        if (state != "absent")
            sims.push_back(sim);
    }
    return sims;
}

std::string decode(std::string_view in, bool plus)
{
    std::string out;
    for (size_t i = 0; i < in.size(); i++) {
        char c = plus && in[i] == '+' ? ' ' : in[i];
        if (c == '%') {
            const std::string hex(in.substr(i + 1, 2));
            if (hex.size() != 2 || hex.find_first_not_of("0123456789abcdefABCDEF") != hex.npos)
                throw Refusal{400, "limit, location, fieldsTemplate: an escape"};
            c = static_cast<char>(std::stoi(hex, nullptr, 16));
            i += 2;
        }
        out += c;
    }
    return out;
}

std::string fold(std::string text, char from, char to)
{
    for (char &c : text)
        if (c >= from && c <= to)
            c = static_cast<char>(c ^ 0x20);
    return text;
}

struct Query {
    long limit = -1;
    bool is_full = false;
    std::string location;
    std::string_view seen_location; // what is used of it
};

long read_limit(const std::string &text, int bug)
{
    bool is_number = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
    if (!is_number || (bug != LIMIT_THROWS && text.size() > 18))
        throw Refusal{400, "limit"};
    long value = std::stol(text);
    if (value > 2147483647)
        throw Refusal{400, "limit"};
    return value;
}

std::string read_location(const std::string &text)
{
    std::string up = fold(text, 'a', 'z');
    for (size_t i = 0; up.size() == 2 && i + 1 < sizeof countries; i += 2)
        if (up.compare(0, 2, countries + i, 2) == 0)
            return up;
    if (!up.empty())
        throw Refusal{400, "location"};
    return up;
}

void read_query(Query &q, std::string_view rest, int bug)
{
    std::set<std::string> seen;
    while (!rest.empty()) {
        std::string_view item = rest.substr(0, rest.find('&'));
        rest.remove_prefix(item.size() < rest.size() ? item.size() + 1 : item.size());
        size_t sign = item.find('=');
        const std::string name = decode(item.substr(0, sign), true);
        const std::string value = sign == item.npos ? "" : decode(item.substr(sign + 1), true);
        bool is_known = name == "limit" || name == "location" || name == "fieldsTemplate";
        if (is_known && !seen.insert(name).second)
            throw Refusal{400, name};
        if (name == "limit")
            q.limit = read_limit(value, bug);
        if (name == "location")
            q.seen_location = bug == DANGLES ? std::string_view(read_location(value))
                                             : std::string_view(q.location = read_location(value));
        const std::string word = fold(value, 'A', 'Z');
        if (name == "fieldsTemplate" && word != "basic" && word != "full")
            throw Refusal{400, name};
        q.is_full = name == "fieldsTemplate" ? word == "full" : q.is_full;
    }
}

std::string megabytes(int64_t bytes)
{
    std::string places = std::to_string(1000000 + bytes % 1000000).substr(1);
    places.erase(places.find_last_not_of('0') + 1);
    return std::to_string(bytes / 1000000) + (places.empty() ? "" : "." + places);
}

std::string balance(const Query &q, const std::string &type, int64_t bytes, int64_t s,
                    const std::string &id, const std::vector<std::string> &where)
{
    std::string out = "{\"type\":\"" + type + "\",\"dataRemainingInMB\":" + megabytes(bytes) +
                      ",\"timeRemaining\":\"PT" + std::to_string(s) + "S\",\"id\":" + quoted(id);
    if (q.is_full) {
        out += ",\"locations\":[";
        for (const std::string &country : where)
            out += (out.back() == '[' ? "\"" : ",\"") + country + "\"";
        out += "]";
    }
    return out + "}";
}

std::string balances(const Endpoint &e, const Sim &sim, const Query &q, int64_t now_ms)
{
    std::string list;
    long count = 0;
    bool in_garden = sim.in_garden && !(e.bug == GARDEN_IS_OPEN && q.is_full);
    for (const Plan &plan : sim.plans) {
        bool is_there = sim.is_supported && !in_garden && !sim.has_micro &&
                        plan.is_active(now_ms) && plan.holds_in(q.seen_location);
        if (!is_there || (q.limit >= 0 && count >= q.limit))
            continue;
        int64_t from_ms = e.bug == TIME_STANDS ? e.start_ms : now_ms;
        list += (count++ == 0 ? "" : ",") + balance(q, plan.is_payg ? "MODIRECTPAYG" : "MODIRECT",
                                                    plan.left(), (plan.expires_ms - from_ms) / 1000,
                                                    plan.id, plan.countries);
    }
    if (count == 0 && q.limit != 0)
        list = balance(q, sim.is_supported ? "NONE" : "NOTSUPPORTED", 0, 0, "0", {});
    return "{\"balances\":[" + list + "]}";
}

std::string_view view(struct text t) { return {t.at, t.len}; }

void check_authorization(const Endpoint &e, const struct request &r)
{
    size_t count;
    std::string_view value = view(find_field(&r, "Authorization", &count));
    std::string scheme = fold(std::string(value.substr(0, 6)), 'A', 'Z');
    if (!e.authorization.empty() &&
        (count != 1 || scheme != "basic " || value.substr(6) != e.authorization))
        throw Refusal{401, "Authorization"};
}

Sim *find_sim(Endpoint &e, std::string_view path)
{
    const size_t colon = path.find("://");
    const std::string scheme = fold(std::string(path.substr(0, colon)), 'A', 'Z');
    if (scheme == "http" || scheme == "https") {
        size_t slash = path.find('/', colon + 3);
        path.remove_prefix(slash == path.npos ? path.size() : slash);
    }
    const std::string begin = e.base + "/sims/", end = "/balances";
    if (path.size() < begin.size() + end.size() || path.substr(0, begin.size()) != begin ||
        path.substr(path.size() - end.size()) != end)
        throw Refusal{404, "path"};
    path = path.substr(begin.size(), path.size() - begin.size() - end.size());
    if (path.find('/') != path.npos)
        throw Refusal{404, "path"};
    std::string id = decode(path, false);
    if (id.compare(0, 6, "iccid:") == 0)
        id.erase(0, 6);
    return e.find(id);
}

void check_method(std::string_view method)
{
    for (const char *known : {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"})
        if (method == known)
            throw Refusal{405, "method"};
    if (method != "GET" && method != "HEAD")
        throw Refusal{501, "method"};
}

std::string serve(Endpoint &e, const struct request &r, int64_t now_ms)
{
    Query q;
    size_t count;
    const std::string_view target = view(r.target);
    const size_t mark = target.find('?');
    const std::string id(view(find_field(&r, "X-MS-DM-TransactionId", &count)));
    check_authorization(e, r);
    check_method(view(r.method));
    Sim *sim = find_sim(e, target.substr(0, mark));
    read_query(q, mark == target.npos ? "" : target.substr(mark + 1), e.bug);
    if (count > 1)
        throw Refusal{400, "X-MS-DM-TransactionId"};
    if (e.rate != 0 && e.second == now_ms / 1000 && e.in_second >= e.rate)
        throw Refusal{429, "rate"};
    e.in_second = e.second == now_ms / 1000 ? e.in_second + 1 : 1;
    e.second = now_ms / 1000;
    const std::string kept = e.bug == ID_ENDS && !id.empty() ? id.substr(id.size() - 1) : id;
    if (!id.empty() && !e.ids.insert(kept).second)
        throw Refusal{409, "X-MS-DM-TransactionId"};
    if (e.is_broken)
        throw std::runtime_error("std::runtime_error at /srv/balance/store.cc:118");
    if (sim == nullptr)
        throw Refusal{404, "sim id"};
    return balances(e, *sim, q, now_ms);
}

void put_answer(std::string &out, const Endpoint &e, const struct request &r, int status,
                const std::string &body)
{
    size_t count;
    const std::string id(view(find_field(&r, "X-MS-DM-TransactionId", &count)));
    out += "HTTP/1.1 " + std::to_string(status) + " Status\r\nContent-Type: application/json\r\n";
    out += "Cache-Control: no-store\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    if (status == 401 && e.bug != NO_CHALLENGE)
        out += "WWW-Authenticate: Basic realm=\"balances\"\r\n";
    if (status == 405)
        out += "Allow: GET, HEAD\r\n";
    if (status == 429 && e.bug != NO_RETRY)
        out += "Retry-After: 1\r\n";
    if (r.closes)
        out += "Connection: close\r\n";
    if (count == 1 && !id.empty())
        out += "X-MS-DM-TransactionId: " + id + "\r\n";
    out += "\r\n" + (r.is_head ? "" : body);
}

void put_refusal(std::string &out, const Endpoint &e, const struct request &r, int status,
                 const std::string &what)
{
    put_answer(out, e, r, status,
               "{\"error\":{\"code\":\"" + std::to_string(status) +
                   "\",\"parameter\":" + quoted(what) + "}}");
}

std::string converse(Endpoint &e, struct text rest, int64_t now_ms)
{
    std::string out;
    while (rest.len != 0) {
        struct request r;
        if (view(rest).substr(0, 2) == "\r\n") {
            rest.at += 2, rest.len -= 2;
            continue;
        }
        int status = read_request(&r, &rest, 0);
        r.closes = r.closes || status != 0;
        try {
            if (status != 0)
                throw Refusal{status, "request"};
            put_answer(out, e, r, 200, serve(e, r, now_ms));
        } catch (const Refusal &refusal) {
            put_refusal(out, e, r, refusal.status, refusal.what);
        } catch (const std::exception &error) {
            put_refusal(out, e, r, 500, e.bug == SAYS_WHY ? error.what() : "back office");
        }
        if (r.closes)
            break;
    }
    return out;
}

bool consume(const Endpoint &e, Sim &sim, int64_t bytes, std::string_view country, int64_t now_ms)
{
    Plan *last = nullptr;
    for (Plan &plan : sim.plans) {
        if (!plan.is_active(now_ms) || !plan.holds_in(country) || (last != nullptr && bytes == 0))
            continue;
        int64_t taken = bytes < plan.left() ? bytes : plan.left();
        bool is_lost = e.bug == LOSES_USE && plan.left() > 1000000000;
        plan.used += is_lost ? 0 : taken;
        bytes -= taken;
        last = &plan;
    }
    if (last != nullptr)
        last->used += bytes;
    return last != nullptr;
}

Plan ordered(const balprobe_act &act, int64_t now_ms)
{
    Plan plan = {act.is_payg != 0, act.id, {}, act.bytes, 0, now_ms + act.ms};
    for (const char *at = act.countries; *at != '\0'; at += at[2] == ',' ? 3 : 2)
        plan.countries.push_back(std::string(at, 2));
    return plan;
}

int do_act(void *endpoint, const balprobe_act *act, int64_t now_ms)
{
    Endpoint &e = *static_cast<Endpoint *>(endpoint);
    Sim *sim = e.find(act->iccid);
    bool needs_sim = act->iccid[0] != '\0';
    if (needs_sim && sim == nullptr)
        return -1;
    switch (act->kind) {
    case BALPROBE_ACT_LIMITER:
        e.rate = act->rate_per_s;
        e.in_second = 0;
        return 0;
    case BALPROBE_ACT_FAULT:
        e.is_broken = act->is_on != 0;
        return 0;
    case BALPROBE_ACT_WALLED:
        sim->in_garden = act->is_on != 0;
        return 0;
    case BALPROBE_ACT_MICRO:
        sim->has_micro = act->is_on != 0;
        return 0;
    case BALPROBE_ACT_ORDER:
        sim->in_garden = sim->has_micro = false;
        sim->plans.push_back(ordered(*act, now_ms));
        return 0;
    case BALPROBE_ACT_CONSUME:
        return consume(e, *sim, act->bytes, act->countries, now_ms) ? 0 : -1;
    case BALPROBE_ACT_CLOCK:
        return 0;
    }
    return -1;
}

void *open_endpoint(const balprobe_deployment *deployment)
{
    const char *bug = std::getenv("BUG");
    Endpoint *e = new Endpoint();
    const std::string_view text(deployment->inventory, deployment->inventory_len);
    e->bug = bug == nullptr ? 0 : bug[0] - '0';
    e->base = deployment->base;
    if (deployment->credentials[0] != '\0')
        e->authorization = base64(deployment->credentials);
    e->start_ms = deployment->now_ms;
    e->sims = e->at_first = read_sims(read_json(text), deployment->now_ms);
    return e;
}

size_t answer(void *endpoint, char *response, size_t response_cap, const char *request,
              size_t request_len, int64_t now_ms)
{
    const std::string out =
        converse(*static_cast<Endpoint *>(endpoint), {request, request_len}, now_ms);
    if (out.size() > response_cap)
        return 0;
    std::memcpy(response, out.data(), out.size());
    return out.size();
}

void reset(void *endpoint)
{
    Endpoint &e = *static_cast<Endpoint *>(endpoint);
    e.sims = e.at_first;
    e.ids.clear();
    e.is_broken = false;
    e.rate = 0;
    e.second = e.in_second = 0;
}
} // namespace

extern "C" const struct balprobe_endpoint *balprobe_endpoint_get(void)
{
    static const struct balprobe_endpoint endpoint = {open_endpoint, answer, reset, do_act,
                                                      nullptr};
    return &endpoint;
}

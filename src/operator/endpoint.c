// SPDX-License-Identifier: Apache-2.0
#include "operator/endpoint.h"

#include <assert.h>

#include "http/answer.h"
#include "http/basic.h"
#include "http/query.h"
#include "http/target.h"
#include "http/transaction.h"
#include "operator/balance.h"

// Eight elements with escaped ids and sixteen locations each stay below 3,600 octets.
enum { ANSWER_BODY_LEN_MAX = 4096 };

// A request on its way through the steps.
struct request {
    const struct bp_head *head;
    struct view transaction_id; // empty: none, or not usable
    struct bp_fault id_fault;   // why it is not usable; NONE: it is
    struct bp_iccid iccid;
    struct bp_query query;
    const struct bp_sim *sim;
    uint32_t retry_s; // meaningful when the limiter refuses
};

void bp_endpoint_init(struct bp_endpoint *endpoint, const struct bp_inventory *inventory)
{
    *endpoint = (struct bp_endpoint){
        .inventory = inventory,
        .date_s = -1,
    };
}

static struct view date_at(struct bp_endpoint *endpoint, int64_t now_ms)
{
    assert(now_ms >= 0);
    int64_t now_s = now_ms / 1000;
    if (endpoint->date_s != now_s) {
        bp_date_write(endpoint->date, now_s);
        endpoint->date_s = now_s;
    }
    return view_of(endpoint->date, BP_DATE_LEN);
}

static void write_refusal(struct buf *out, const struct bp_reason_row *row)
{
    buf_put(out, VIEW("{\"error\":{\"code\":\""));
    buf_put(out, row->code);
    if (row->parameter.len != 0) {
        buf_put(out, VIEW("\",\"parameter\":\""));
        buf_put(out, row->parameter);
    }
    buf_put(out, VIEW("\",\"message\":\""));
    buf_put(out, row->words);
    buf_put(out, VIEW("\"}}"));
}

static void put_answer(struct bp_endpoint *endpoint, struct buf *out, struct bp_answer *answer,
                       const struct buf *body, int64_t now_ms)
{
    assert(!body->overflow);
    answer->date = date_at(endpoint, now_ms);
    answer->content_type = VIEW("application/json");
    answer->body = buf_view(body);
    bp_answer_write(out, answer);
    assert(!out->overflow);
}

static void put_refusal(struct bp_endpoint *endpoint, struct buf *out, struct bp_answer *answer,
                        enum bp_reason reason, int64_t now_ms)
{
    char space[ANSWER_BODY_LEN_MAX];
    struct buf body = BUF(space);
    const struct bp_reason_row *row = bp_reason_row(reason);
    write_refusal(&body, row);
    answer->status = row->status;
    bool is_about_certificate =
        reason == BP_REASON_CERT_MISSING || reason == BP_REASON_CERT_EXPIRED;
    answer->asks_certificate = is_about_certificate && endpoint->credentials.len == 0;
    answer->asks_basic = row->status == 401 && !answer->asks_certificate;
    answer->allows_get = row->status == 405;
    answer->has_retry_after = row->status == 429;
    put_answer(endpoint, out, answer, &body, now_ms);
}

static void put_balances(struct bp_endpoint *endpoint, struct buf *out, struct bp_answer *answer,
                         const struct request *request, int64_t now_ms)
{
    char space[ANSWER_BODY_LEN_MAX];
    struct buf body = BUF(space);
    struct bp_balance_list list;
    bp_balances_at(&list, request->sim, &request->query, now_ms);
    bp_balances_write(&body, &list, request->query.fields);
    answer->status = 200;
    put_answer(endpoint, out, answer, &body, now_ms);
}

static bool check_credentials(struct bp_fault *fault, const struct bp_endpoint *endpoint,
                              const struct bp_head *head)
{
    if (endpoint->credentials.len == 0)
        return true;
    if (head->known_count[BP_KNOWN_AUTHORIZATION] == 0)
        return bp_refuse(fault, BP_REASON_AUTH_MISSING, view_of(NULL, 0));
    if (head->known_count[BP_KNOWN_AUTHORIZATION] > 1)
        return bp_refuse(fault, BP_REASON_AUTH_SYNTAX, view_of(NULL, 0));
    return bp_basic_check(fault, bp_head_known(head, BP_KNOWN_AUTHORIZATION),
                          endpoint->credentials);
}

// NONE for GET and HEAD.
static enum bp_reason method_refusal(struct view method)
{
    static const struct view known[] = {
        VIEW_INIT("POST"),    VIEW_INIT("PUT"),   VIEW_INIT("DELETE"), VIEW_INIT("PATCH"),
        VIEW_INIT("OPTIONS"), VIEW_INIT("TRACE"), VIEW_INIT("CONNECT")};
    if (view_equal(method, VIEW("GET")) || view_equal(method, VIEW("HEAD")))
        return BP_REASON_NONE;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (view_equal(method, known[i]))
            return BP_REASON_METHOD_KNOWN;
    return BP_REASON_METHOD_UNKNOWN;
}

static bool read_resource(struct request *request, struct bp_fault *fault,
                          const struct bp_endpoint *endpoint)
{
    const struct bp_inventory *inventory = endpoint->inventory;
    struct view base = view_of(inventory->base, inventory->base_len);
    struct bp_target target;
    enum bp_reason method = method_refusal(request->head->method);
    if (method == BP_REASON_METHOD_UNKNOWN)
        return bp_refuse(fault, method, request->head->method);
    if (!bp_target_read(&target, fault, request->head->target))
        return false;
    if (!bp_path_read(&request->iccid, fault, target.path, base))
        return false;
    if (method != BP_REASON_NONE)
        return bp_refuse(fault, method, request->head->method);
    return bp_query_read(&request->query, fault, target.query);
}

static bool may_proceed(struct request *request, struct bp_fault *fault,
                        struct bp_endpoint *endpoint, int64_t now_ms)
{
    struct view id = request->transaction_id;
    bool has_token =
        endpoint->limiter == NULL || bp_limiter_take(endpoint->limiter, &request->retry_s, now_ms);
    if (!has_token)
        return bp_refuse(fault, BP_REASON_RATE, view_of(NULL, 0));
    bool is_repeat = endpoint->replay != NULL && id.len != 0 &&
                     bp_replay_is_repeat(endpoint->replay, id, now_ms);
    return !is_repeat || bp_refuse(fault, BP_REASON_TRANSACTION_REPEAT, id);
}

static bool find_sim(struct request *request, struct bp_fault *fault,
                     const struct bp_endpoint *endpoint)
{
    if (endpoint->is_broken)
        return bp_refuse(fault, BP_REASON_INTERNAL, view_of(NULL, 0));
    request->sim = bp_sim_find(&endpoint->inventory->table, &request->iccid);
    return request->sim != NULL ||
           bp_refuse(fault, BP_REASON_SIM_UNKNOWN, bp_iccid_view(&request->iccid));
}

static bool check_id(const struct request *request, struct bp_fault *fault)
{
    *fault = request->id_fault;
    return fault->reason == BP_REASON_NONE;
}

static bool take_steps(struct request *request, struct bp_fault *fault,
                       struct bp_endpoint *endpoint, int64_t now_ms)
{
    return check_credentials(fault, endpoint, request->head) &&
           read_resource(request, fault, endpoint) && check_id(request, fault) &&
           may_proceed(request, fault, endpoint, now_ms) && find_sim(request, fault, endpoint);
}

// What every answer behind a readable head has, also a refusal: the echo, and no body for HEAD.
static void begin_answer(struct bp_answer *answer, struct request *request,
                         const struct bp_head *head, bool closes)
{
    request->head = head;
    request->id_fault.reason = BP_REASON_NONE;
    if (!bp_transaction_read(&request->transaction_id, &request->id_fault, head))
        request->transaction_id = view_of(NULL, 0);
    *answer = (struct bp_answer){
        .transaction_id = request->transaction_id,
        .omits_body = view_equal(head->method, VIEW("HEAD")),
        .closes = closes,
    };
}

void bp_answer_request(struct bp_endpoint *endpoint, struct buf *out, const struct bp_head *head,
                       bool closes, int64_t now_ms)
{
    struct request request;
    struct bp_answer answer;
    struct bp_fault fault;
    begin_answer(&answer, &request, head, closes);
    if (take_steps(&request, &fault, endpoint, now_ms)) {
        put_balances(endpoint, out, &answer, &request, now_ms);
        return;
    }
    answer.retry_after_s = fault.reason == BP_REASON_RATE ? request.retry_s : 0;
    put_refusal(endpoint, out, &answer, fault.reason, now_ms);
}

void bp_answer_slow(struct bp_endpoint *endpoint, struct buf *out, int64_t now_ms)
{
    struct bp_answer answer = {.closes = true};
    put_refusal(endpoint, out, &answer, BP_REASON_HTTP_SLOW, now_ms);
}

void bp_conversation_start(struct bp_conversation *conversation)
{
    bp_head_start(&conversation->reader, &conversation->head, BP_REQUEST);
    conversation->head_len = 0;
    conversation->is_closed = false;
    conversation->is_last = false;
    conversation->refusal = BP_REASON_NONE;
}

// Ends the conversation with a refusal that HTTP itself asks for; everything sent counts as read.
static size_t refuse_rest(struct bp_conversation *conversation, struct bp_endpoint *endpoint,
                          struct buf *out, enum bp_reason reason, struct view rest, int64_t now_ms)
{
    bool is_to_head = view_equal(conversation->head.method, VIEW("HEAD"));
    struct bp_answer answer = {.closes = true, .omits_body = is_to_head};
    struct request request;
    if (conversation->head_len != 0)
        begin_answer(&answer, &request, &conversation->head, true);
    put_refusal(endpoint, out, &answer, reason, now_ms);
    conversation->is_closed = true;
    return rest.len;
}

// The empty line that may stand before a request is no request when nothing follows it.
static bool is_begun(struct view rest) { return !view_starts(VIEW("\r\n"), rest); }

// Reads one request, its body included, from the start of `rest`.
static enum bp_read read_request(struct bp_conversation *conversation, enum bp_reason *reason,
                                 struct view rest)
{
    const struct bp_head *head = &conversation->head;
    struct bp_fault fault;
    size_t head_len = 0;
    if (conversation->head_len == 0) {
        enum bp_read read =
            bp_head_read(&conversation->head, &head_len, &fault, &conversation->reader, rest);
        if (read == BP_READ_BAD)
            *reason = fault.reason;
        if (read != BP_READ_DONE)
            return read;
        conversation->head_len = head_len;
    }
    uint64_t body_len = head->has_length ? head->length : 0;
    if (body_len > BP_BODY_LEN_MAX) {
        *reason = BP_REASON_HTTP_BODY_LEN;
        return BP_READ_BAD;
    }
    conversation->request_len = conversation->head_len + (size_t)body_len;
    return rest.len < conversation->request_len ? BP_READ_MORE : BP_READ_DONE;
}

static void answer_whole(const struct bp_conversation *conversation, struct bp_endpoint *endpoint,
                         struct buf *out, int64_t now_ms)
{
    struct bp_answer answer;
    struct request request;
    if (conversation->refusal == BP_REASON_NONE) {
        bp_answer_request(endpoint, out, &conversation->head, conversation->is_closed, now_ms);
        return;
    }
    begin_answer(&answer, &request, &conversation->head, conversation->is_closed);
    put_refusal(endpoint, out, &answer, conversation->refusal, now_ms);
}

// Reads and answers one request; 0: it is not whole yet.
static size_t converse_once(struct bp_conversation *conversation, struct bp_endpoint *endpoint,
                            struct buf *out, struct view rest, bool at_end, int64_t now_ms)
{
    enum bp_reason reason = BP_REASON_HTTP_CUT;
    enum bp_read read = read_request(conversation, &reason, rest);
    if (read == BP_READ_MORE && !at_end)
        return 0;
    if (read == BP_READ_MORE && !is_begun(rest))
        return rest.len;
    if (read != BP_READ_DONE)
        return refuse_rest(conversation, endpoint, out, reason, rest, now_ms);
    conversation->is_closed = !conversation->head.keep_alive || conversation->is_last;
    answer_whole(conversation, endpoint, out, now_ms);
    bp_head_start(&conversation->reader, &conversation->head, BP_REQUEST);
    conversation->head_len = 0;
    return conversation->request_len;
}

size_t bp_converse(struct bp_conversation *conversation, struct bp_endpoint *endpoint,
                   struct buf *out, struct view bytes, bool at_end, int64_t now_ms)
{
    size_t used = 0;
    while (!conversation->is_closed && used < bytes.len) {
        if (out->cap - out->len < BP_ANSWER_LEN_MAX)
            return used;
        size_t step =
            converse_once(conversation, endpoint, out, view_from(bytes, used), at_end, now_ms);
        if (step == 0)
            return used;
        used += step;
    }
    return conversation->is_closed ? bytes.len : used;
}

// SPDX-License-Identifier: Apache-2.0
#include "props/rule/exchange.h"

#include "props/rule/facts.h"
#include "props/rule/memo.h"

static size_t align(size_t n) { return (n + 15) & ~(size_t)15; }

static size_t reader_size(void)
{
    return align(bp_json_space(EXCHANGE_BODY_LEN_MAX, EXCHANGE_NODE_COUNT_MAX));
}

size_t opener_size(void) { return reader_size() + memo_size() + EXCHANGE_BODY_LEN_MAX; }

void opener_init(struct opener *opener, void *space)
{
    char *at = space;
    opener->reader = bp_json_open(at, EXCHANGE_BODY_LEN_MAX, EXCHANGE_NODE_COUNT_MAX);
    at += reader_size();
    opener->memo = memo_init(at);
    at += memo_size();
    opener->body = buf_of(at, EXCHANGE_BODY_LEN_MAX);
}

// A sense is ordinary when any client might write it and every endpoint has to serve it.
static bool is_ordinary_sense(enum sense sense)
{
    switch (sense) {
    case SENSE_PLAIN:
    case SENSE_ABSENT:
    case SENSE_FIELDS_BASIC:
    case SENSE_FIELDS_FULL:
    case SENSE_LIMIT_GOOD:
    case SENSE_LOCATION_GOOD:
    case SENSE_AUTH_RIGHT:
    case SENSE_FRAMING_FIELDS:
        return true;
    default:
        return false;
    }
}

// What only a reading lets be refused: a form of the SIM id, or a request without a template.
static unsigned axes_open_by_reading(const struct exchange *x)
{
    unsigned open = 0;
    if (sim_has_scheme(x) && profile_reads(x->profile, KEY_PATH_FORM, READ_PATH_FORM_BARE))
        open |= 1u << AXIS_SIM;
    if (sim_is_bare(x) && profile_reads(x->profile, KEY_PATH_FORM, READ_PATH_FORM_ICCID))
        open |= 1u << AXIS_SIM;
    if (x->sense[AXIS_FIELDS] == SENSE_ABSENT &&
        profile_reads(x->profile, KEY_FT_ABSENT, READ_FT_ABSENT_400))
        open |= 1u << AXIS_FIELDS;
    return open;
}

static void note_senses(struct exchange *x)
{
    if (x->intent == NULL) {
        memset(x->sense, SENSE_COUNT, sizeof x->sense);
        x->odd_axes = 0;
        x->open_axes = 0;
        x->to_head = view_starts(x->request, VIEW("HEAD "));
        return;
    }
    memcpy(x->sense, x->intent->sense, sizeof x->sense);
    unsigned odd = x->intent->open_axes | axes_open_by_reading(x);
    x->open_axes = (uint16_t)odd;
    for (unsigned left = x->intent->changed_axes & ~odd; left != 0; left &= left - 1) {
        unsigned axis = (unsigned)__builtin_ctz(left);
        if (!is_ordinary_sense((enum sense)x->sense[axis]))
            odd |= 1u << axis;
    }
    x->odd_axes = (uint16_t)odd;
    x->to_head = x->sense[AXIS_METHOD] == SENSE_METHOD_HEAD;
}

// Interim responses (1xx) precede the final one; 101 would end HTTP here and counts as final.
static bool read_heads(struct exchange *x, struct view *left)
{
    for (;;) {
        struct bp_head_reader reader;
        size_t used = 0;
        bp_head_start(&reader, &x->head, BP_RESPONSE);
        switch (bp_head_read(&x->head, &used, &x->fault, &reader, *left)) {
        case BP_READ_DONE:
            break;
        case BP_READ_MORE:
            return bp_refuse(&x->fault, BP_REASON_HTTP_CUT, view_from(*left, left->len));
        case BP_READ_BAD:
            return false;
        }
        *left = view_from(*left, used);
        if (x->head.status >= 200 || x->head.status == 101)
            return true;
        x->interim_count++;
    }
}

// A chunked body is copied without its framing; any other stays where it is.
static bool read_body(struct exchange *x, struct opener *opener, struct view left)
{
    struct bp_body body;
    if (!bp_body_start(&body, &x->fault, &x->head, BP_RESPONSE, x->to_head))
        return false;
    x->framing = body.framing;
    size_t used = 0;
    bool is_chunked = body.framing == BP_FRAMING_CHUNKED;
    buf_clear(&opener->body);
    if (body.framing != BP_FRAMING_NONE) {
        enum bp_read end =
            bp_body_read(&body, is_chunked ? &opener->body : NULL, &used, &x->fault, left, true);
        if (end == BP_READ_MORE)
            return bp_refuse(&x->fault, BP_REASON_HTTP_CUT, view_from(left, left.len));
        if (end == BP_READ_BAD)
            return false;
    }
    x->body = is_chunked ? buf_view(&opener->body) : view_first(left, used);
    x->rest = view_from(left, used);
    return true;
}

static inline bool is_name(struct view name, struct view wanted, bool ci)
{
    return view_equal(name, wanted) || (ci && view_equal_nocase(name, wanted));
}

static const struct bp_json_node **member_place(struct seen_balance *b, struct view name, bool ci)
{
    if (is_name(name, VIEW("id"), ci))
        return &b->id;
    if (is_name(name, VIEW("type"), ci))
        return &b->type;
    if (is_name(name, VIEW("locations"), ci))
        return &b->locations;
    return is_name(name, VIEW("timeRemaining"), ci) ? &b->time : NULL;
}

static bool is_data_name(struct view name, bool ci)
{
    return is_name(name, VIEW("dataRemainingInMB"), ci) ||
           view_equal(name, VIEW("dataRemaininginMB"));
}

static enum seen_type kind_of(struct view text, bool has_payg)
{
    if (view_equal(text, VIEW("MODIRECTPAYG")))
        return SEEN_MODIRECTPAYG;
    if (view_equal(text, VIEW("NONE")))
        return SEEN_NONE;
    if (view_equal(text, VIEW("MODIRECT")))
        return SEEN_MODIRECT;
    if (view_equal(text, VIEW("NOTSUPPORTED")))
        return SEEN_NOTSUPPORTED;
    if (has_payg)
        return view_equal(text, VIEW("PAYG")) ? SEEN_MODIRECTPAYG : SEEN_OTHER;
    return SEEN_OTHER;
}

// What of the profile decides how a list is read. Whatever is noted of one must depend on its nodes
// and on this alone: it is remembered with them.
enum { READS_NAMES_CI = 1, READS_DATA_NAME_CI = 2, READS_PAYG = 4 };

static unsigned reading_of(const struct profile *profile)
{
    bool names_ci = profile_reads(profile, KEY_NAMES, READ_NAMES_CI);
    bool data_ci = names_ci || profile_reads(profile, KEY_DATA_NAME, READ_DATA_NAME_CI);
    bool has_payg = profile_reads(profile, KEY_SCHEMA, READ_SCHEMA_LEGACY_2017);
    return (names_ci ? READS_NAMES_CI : 0u) | (data_ci ? READS_DATA_NAME_CI : 0u) |
           (has_payg ? READS_PAYG : 0u);
}

static void note_values(struct seen_balance *b, unsigned reading)
{
    struct bp_fault ignored;
    b->kind = SEEN_OTHER;
    if (b->type != NULL && b->type->kind == BP_JSON_STRING)
        b->kind = kind_of(b->type->text, (reading & READS_PAYG) != 0);
    b->has_data = b->data != NULL && b->data->kind == BP_JSON_NUMBER;
    b->data_mb = b->has_data ? b->data->number : 0;
    b->has_time = false;
    if (b->time != NULL && b->time->kind == BP_JSON_STRING)
        b->has_time = bp_duration_read(&b->duration, &ignored, b->time->text);
}

static void note_balance(struct seen_balance *b, const struct bp_json_node *nodes,
                         const struct bp_json_node *element, unsigned reading)
{
    bool ci = (reading & READS_NAMES_CI) != 0;
    bool data_ci = (reading & READS_DATA_NAME_CI) != 0;
    b->object = b->type = b->data = b->time = b->id = b->locations = NULL;
    b->has_both_data_names = false;
    if (element->kind == BP_JSON_OBJECT) {
        b->object = element;
        for (const struct bp_json_node *n = bp_json_first(element); n != NULL;
             n = bp_json_next(nodes, element, n)) {
            const struct bp_json_node **place = &b->data;
            if (is_data_name(n->name, data_ci))
                b->has_both_data_names = b->data != NULL;
            else
                place = member_place(b, n->name, ci);
            if (place != NULL && *place == NULL)
                *place = n;
        }
    }
    note_values(b, reading);
}

// The list's name is taken in any letter case; GB-BODY-2 judges how it is written.
static const struct bp_json_node *find_list(const struct exchange *x)
{
    const struct bp_json_node *root = x->nodes;
    if (root->kind != BP_JSON_OBJECT)
        return NULL;
    const struct bp_json_node *list = bp_json_find(x->nodes, root, VIEW("balances"));
    for (const struct bp_json_node *n = bp_json_first(root); n != NULL && list == NULL;
         n = bp_json_next(x->nodes, root, n))
        if (view_equal_nocase(n->name, VIEW("balances")))
            list = n;
    return list;
}

static void note_list(struct exchange *x, unsigned reading)
{
    const struct bp_json_node *list = find_list(x);
    if (list == NULL || list->kind != BP_JSON_ARRAY)
        return;
    x->has_list = true;
    x->list_name = list->name;
    for (const struct bp_json_node *n = bp_json_first(list); n != NULL;
         n = bp_json_next(x->nodes, list, n)) {
        if (x->balance_count < EXCHANGE_BALANCE_COUNT_MAX) {
            struct seen_balance *balance = &x->balances[x->balance_count];
            note_balance(balance, x->nodes, n, reading);
            x->kinds |= (uint8_t)(1u << balance->kind);
        }
        x->balance_count++;
    }
}

void exchange_read_as(struct exchange *x, const struct profile *profile)
{
    x->profile = profile;
    note_senses(x);
    if (!x->has_list)
        return;
    x->has_list = false;
    x->kinds = 0;
    x->balance_count = 0;
    note_list(x, reading_of(profile));
}

static void keep_list(struct memo_list *kept, const struct exchange *x, unsigned reading)
{
    if (x->balance_count > MEMO_BALANCE_COUNT_MAX)
        return;
    kept->is_kept = true;
    kept->reading = reading;
    kept->names_clash = x->names_clash;
    kept->has_list = x->has_list;
    kept->list_name = x->list_name;
    kept->kinds = x->kinds;
    kept->balance_count = x->balance_count;
    memcpy(kept->balances, x->balances, x->balance_count * sizeof x->balances[0]);
}

static void recall_list(struct exchange *x, const struct memo_list *kept)
{
    x->names_clash = kept->names_clash;
    x->has_list = kept->has_list;
    x->list_name = kept->list_name;
    x->kinds = kept->kinds;
    x->balance_count = kept->balance_count;
    for (size_t i = 0; i < kept->balance_count; i++)
        x->balances[i] = kept->balances[i];
}

static bool is_named_before(const struct bp_json_node *nodes, const struct bp_json_node *object,
                            const struct bp_json_node *child)
{
    for (const struct bp_json_node *n = object + 1; n != child; n = &nodes[n->next])
        if (view_equal_nocase(n->name, child->name))
            return true;
    return false;
}

// has_twins compares a name with those before it only when one of them is as long.
static bool has_twins(const struct bp_json_node *nodes, const struct bp_json_node *object)
{
    uint64_t seen = 0;
    const struct bp_json_node *n = object + 1;
    for (uint32_t left = object->count; left != 0; left--, n = &nodes[n->next]) {
        uint64_t mark = (uint64_t)1 << (n->name.len & 63);
        if ((seen & mark) != 0 && is_named_before(nodes, object, n))
            return true;
        seen |= mark;
    }
    return false;
}

static bool names_clash(const struct exchange *x)
{
    for (size_t i = 0; i < x->node_count; i++) {
        const struct bp_json_node *node = &x->nodes[i];
        if (node->kind == BP_JSON_OBJECT && node->count > 1 && has_twins(x->nodes, node))
            return true;
    }
    return false;
}

// A text that was read before under the same readings has the same list.
static void find_balances(struct exchange *x, struct memo *memo)
{
    unsigned reading = reading_of(x->profile);
    struct memo_list *kept = memo_list(memo);
    if (kept != NULL && kept->is_kept && kept->reading == reading) {
        recall_list(x, kept);
        return;
    }
    x->names_clash = names_clash(x);
    note_list(x, reading);
    if (kept != NULL)
        keep_list(kept, x, reading);
}

static enum fate read_response(struct exchange *x, struct opener *opener)
{
    if (x->response.len == 0)
        return FATE_SILENT;
    struct view left = x->response;
    if (!read_heads(x, &left))
        return FATE_MALFORMED;
    if (!read_body(x, opener, left))
        return FATE_MALFORMED;
    x->status = x->head.status;
    if (x->body.len == 0)
        return FATE_ANSWERED;
    x->has_json =
        memo_read(opener->memo, opener->reader, &x->json_fault, &x->nodes, &x->node_count, x->body);
    if (x->has_json)
        find_balances(x, opener->memo);
    return FATE_ANSWERED;
}

// Fields one by one: clearing the whole exchange would cost more than reading it.
void exchange_open(struct exchange *x, struct opener *opener, const struct fixture *fixture,
                   const struct profile *profile, const struct intent *intent, struct view request,
                   struct view response)
{
    x->fixture = fixture;
    x->profile = profile;
    x->intent = intent;
    x->request = request;
    x->response = response;
    x->rest = view_of(NULL, 0);
    x->fault = (struct bp_fault){BP_REASON_NONE, view_of(NULL, 0)};
    x->consulted = NULL;
    x->is_broken = false;
    x->is_changed = false;
    x->interim_count = 0;
    x->status = 0;
    x->framing = BP_FRAMING_NONE;
    x->body = view_of(NULL, 0);
    x->has_json = false;
    x->json_fault = (struct bp_fault){BP_REASON_NONE, view_of(NULL, 0)};
    x->nodes = NULL;
    x->node_count = 0;
    x->names_clash = false;
    x->has_list = false;
    x->list_name = view_of(NULL, 0);
    x->kinds = 0;
    x->balance_count = 0;
    note_senses(x);
    x->fate = read_response(x, opener);
}

void exchange_cut(struct exchange *x, bool for_room)
{
    bool is_cut_answer = x->fate == FATE_ANSWERED && x->framing == BP_FRAMING_CLOSE;
    bool is_cut_short = x->fate == FATE_MALFORMED && x->fault.reason == BP_REASON_HTTP_CUT;
    if (!is_cut_answer && !is_cut_short)
        return;
    x->fate = FATE_MALFORMED;
    x->fault = (struct bp_fault){for_room ? BP_REASON_HTTP_BODY_LEN : BP_REASON_HTTP_CUT,
                                 view_from(x->response, x->response.len)};
    x->status = 0;
    x->body = view_of(NULL, 0);
    x->has_json = false;
    x->has_list = false;
    x->kinds = 0;
    x->balance_count = 0;
}

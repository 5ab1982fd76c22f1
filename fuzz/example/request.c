// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE // memmem
#include "request.h"

#include <string.h>
#include <strings.h>

enum { HEAD_MAX = 16384, BODY_MAX = 65536 };

int is(struct text t, const char *word)
{
    return t.len == strlen(word) && memcmp(t.at, word, t.len) == 0;
}

int is_nocase(struct text t, const char *word)
{
    return t.len == strlen(word) && strncasecmp(t.at, word, t.len) == 0;
}

struct text cut(struct text *rest, char c)
{
    const char *end = rest->len == 0 ? NULL : memchr(rest->at, c, rest->len);
    struct text first = {rest->at, end == NULL ? rest->len : (size_t)(end - rest->at)};
    size_t used = first.len + (end != NULL);
    rest->at += used;
    rest->len -= used;
    return first;
}

struct text find_field(const struct request *r, const char *name, size_t *count)
{
    struct text value = {"", 0};
    *count = 0;
    for (size_t i = 0; i < r->field_count; i++)
        if (is_nocase(r->fields[i][0], name) && (*count)++ == 0)
            value = r->fields[i][1];
    return value;
}

static int is_token(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (t.at[i] <= ' ' || t.at[i] == 127 || strchr("\"(),/:;<=>?@[\\]{}", t.at[i]) != NULL)
            return 0;
    return t.len != 0;
}

static int is_clean(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (((unsigned char)t.at[i] < ' ' && t.at[i] != '\t') || t.at[i] == 127)
            return 0;
    return 1;
}

static struct text trim(struct text t)
{
    for (; t.len != 0 && (t.at[0] == ' ' || t.at[0] == '\t'); t.at++, t.len--)
        ;
    while (t.len != 0 && (t.at[t.len - 1] == ' ' || t.at[t.len - 1] == '\t'))
        t.len--;
    return t;
}

static int is_host(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (strchr(" \t,/@?#<>\\", t.at[i]) != NULL)
            return 0;
    return t.len != 0;
}

static int read_fields(struct request *r, struct text lines)
{
    while (lines.len != 0) {
        struct text line = cut(&lines, '\n');
        if (line.len == 0 || line.at[--line.len] != '\r' || !is_clean(line))
            return 400;
        if (r->field_count == FIELD_COUNT)
            return 431;
        struct text name = cut(&line, ':');
        if (!is_token(name) || line.at[-1] != ':')
            return 400;
        r->fields[r->field_count][0] = name;
        r->fields[r->field_count++][1] = trim(line);
    }
    return 0;
}

static int read_body_len(struct request *r)
{
    size_t count, coding_count;
    struct text length = find_field(r, "Content-Length", &count);
    find_field(r, "Transfer-Encoding", &coding_count);
    if (coding_count != 0)
        return 400;
    if (count > 1 || (count == 1 && length.len == 0))
        return 400;
    for (size_t i = 0; i < length.len; i++) {
        if (length.at[i] < '0' || length.at[i] > '9')
            return 400;
        if (r->body_len <= BODY_MAX)
            r->body_len = r->body_len * 10 + (size_t)(length.at[i] - '0');
    }
    return r->body_len > BODY_MAX ? 413 : 0;
}

int read_request(struct request *r, struct text *rest, int bug)
{
    memset(r, 0, sizeof *r);
    const char *end = memmem(rest->at, rest->len, "\r\n\r\n", 4);
    size_t len = end == NULL ? 0 : (size_t)(end - rest->at) + 4;
    r->is_head = rest->len > 5 && memcmp(rest->at, "HEAD ", 5) == 0;
    if (len == 0 || len > HEAD_MAX)
        return rest->len > HEAD_MAX ? 431 : 400;
    struct text head = {rest->at, len - 2};
    struct text line = cut(&head, '\n');
    if (line.len == 0 || line.at[--line.len] != '\r' || !is_clean(line))
        return 400;
    r->method = cut(&line, ' ');
    r->target = cut(&line, ' ');
    if (r->target.len > 8000)
        return 414;
    if (!is_token(r->method) || r->target.len == 0)
        return 400;
    int is_old = is(line, "HTTP/1.0");
    if (!is_old && !is(line, "HTTP/1.1"))
        return line.len == 8 && memcmp(line.at, "HTTP/", 5) == 0 && line.at[6] == '.' ? 505 : 400;
    int status = read_fields(r, head);
    size_t host_count, count;
    struct text host = find_field(r, "Host", &host_count);
    if (status == 0 && host_count > 1)
        status = 400;
    if (status == 0 && (host_count == 0 ? !is_old : !is_host(host)))
        status = 400;
    if (status == 0)
        status = read_body_len(r);
    if (status != 0)
        return status;
    struct text connection = find_field(r, "Connection", &count);
    r->closes = is_old || (count != 0 && memmem(connection.at, connection.len, "close", 5));
    size_t body_len = bug == BUG_BODY_IS_NEXT ? 0 : r->body_len;
    if (body_len > rest->len - len && bug != BUG_BODY_NOT_THERE)
        return 400;
    rest->at += len + body_len;
    rest->len =
        bug == BUG_BODY_NOT_THERE && body_len > rest->len - len ? 1 : rest->len - len - body_len;
    return 0;
}

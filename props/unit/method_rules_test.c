// SPDX-License-Identifier: Apache-2.0
#include "props/unit/rule_rows.h"

#define ALLOW "HTTP/1.1 405 No\r\nAllow: GET, HEAD\r\nContent-Length: 0\r\n\r\n"
#define NO_ALLOW "HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n"
#define HEAD_OK "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n"
#define HEAD_LONG "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n"
#define HEAD_SAME "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 82\r\n\r\n"
#define LEFT(hours) \
    "{\"type\":\"MODIRECTPAYG\",\"dataRemainingInMB\":5,\"timeRemaining\":\"PT" hours "H\"}"
#define HEAD_HTML "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"

static const struct rule_row rules[] = {
    {"GB-METH-1", GRADE_PASS, ALLOW, {AS(METHOD, METHOD_KNOWN)}, NULL},
    {"GB-METH-1", GRADE_PASS, ALLOW, {AS(METHOD, METHOD_UNKNOWN)}, NULL},
    {"GB-METH-1", GRADE_PASS, HEAD("501 No"), {AS(METHOD, METHOD_UNKNOWN)}, NULL},
    {"GB-METH-1", GRADE_TOLERATED, HEAD("501 No"), {AS(METHOD, METHOD_KNOWN)}, NULL},
    {"GB-METH-1", GRADE_TOLERATED, HEAD("400 No"), {AS(METHOD, METHOD_UNKNOWN)}, NULL},
    {"GB-METH-1", GRADE_TOLERATED, HEAD("403 No"), {AS(METHOD, METHOD_KNOWN)}, NULL},
    {"GB-METH-1", GRADE_FAIL, HEAD("400 No"), {AS(METHOD, METHOD_KNOWN)}, NULL},
    {"GB-METH-1", GRADE_FAIL, NO_ALLOW, {AS(METHOD, METHOD_KNOWN)}, NULL},
    {"GB-METH-1", GRADE_FAIL, LIST(PAYG), {AS(METHOD, METHOD_KNOWN)}, NULL},
    {"GB-METH-1", GRADE_FAIL, HEAD("204 No"), {AS(METHOD, METHOD_KNOWN)}, NULL},
    {"GB-METH-1", GRADE_NONE, LIST(PAYG), {{0}}, NULL},
    {"GB-METH-1", GRADE_NONE, HEAD("429 Slow"), {AS(METHOD, METHOD_KNOWN)}, NULL},
    {"GB-METH-2", GRADE_NONE, HEAD("401 No"), {AS(METHOD, METHOD_HEAD)}, NULL},
    {"GB-METH-2",
     GRADE_NONE,
     HEAD("404 No"),
     {AS(METHOD, METHOD_HEAD), AS(SIM, SIM_ENCODED)},
     NULL},
    {"GB-METH-2",
     GRADE_NONE,
     HEAD("400 No") "{}",
     {AS(METHOD, METHOD_HEAD), AS(HOST, HOST_MISSING)},
     NULL},
    {"GB-METH-3", GRADE_NONE, LIST(PAYG), {{0}}, NULL},
    {"GB-METH-2", GRADE_PASS, HEAD_OK, {AS(METHOD, METHOD_HEAD)}, NULL},
    {"GB-METH-2", GRADE_TOLERATED, ALLOW, {AS(METHOD, METHOD_HEAD)}, NULL},
    {"GB-METH-2", GRADE_FAIL, LIST(PAYG), {AS(METHOD, METHOD_HEAD)}, NULL},
    {"GB-METH-2",
     GRADE_TOLERATED,
     HEAD("400 Bad\r\nConnection: close") "no URL",
     {AS(METHOD, METHOD_HEAD), AS(SIM, SIM_ESCAPE)},
     NULL},
    {"GB-METH-2",
     GRADE_FAIL,
     HEAD("400 Bad") "no URL",
     {AS(METHOD, METHOD_HEAD), AS(SIM, SIM_ESCAPE)},
     NULL},
    {"GB-METH-2",
     GRADE_FAIL,
     HEAD("404 No\r\nConnection: close") "{}",
     {AS(METHOD, METHOD_HEAD), ROLE(U)},
     NULL},
    {"GB-METH-2", GRADE_FAIL, HEAD("404 No"), {AS(METHOD, METHOD_HEAD)}, NULL},
    {"GB-METH-2", GRADE_FAIL, HEAD("404 No") "{}", {AS(METHOD, METHOD_HEAD), ROLE(U)}, NULL},
    {"GB-METH-2", GRADE_NONE, HEAD("404 No"), {AS(METHOD, METHOD_HEAD), ROLE(U)}, NULL},
    {"GB-METH-2", GRADE_NONE, HEAD("403 No"), {AS(METHOD, METHOD_HEAD)}, NULL},
    {"GB-METH-3", GRADE_PASS, HEAD("400 No"), {AS(METHOD, METHOD_CASE)}, NULL},
    {"GB-METH-3", GRADE_PASS, HEAD("501 No"), {AS(METHOD, METHOD_CASE)}, NULL},
    {"GB-METH-3", GRADE_TOLERATED, HEAD("404 No"), {AS(METHOD, METHOD_CASE)}, NULL},
    {"GB-METH-3", GRADE_TOLERATED, LIST(PAYG), {AS(METHOD, METHOD_CASE)}, NULL},
    {"GB-METH-3", GRADE_FAIL, LIST(PAYG), {AS(METHOD, METHOD_CASE)}, "method.case=exact"},
    {"GB-METH-3", GRADE_FAIL, HEAD("500 No"), {AS(METHOD, METHOD_CASE)}, NULL},
};

static const struct program_row programs[] = {
    {"GB-METH-1", GRADE_PASS, "", {LIST(PAYG), ALLOW, LIST(PAYG)}, NULL, false},
    {"GB-METH-1", GRADE_FAIL, "", {LIST(PAYG), ALLOW, LIST("")}, NULL, false},
    {"GB-METH-1", GRADE_FAIL, "01", {LIST(PAYG), ALLOW, HEAD("404 No") "{}"}, NULL, false},
    {"GB-METH-1", GRADE_SKIP, "", {LIST(PAYG)}, NULL, true},
    {"GB-METH-1", GRADE_PASS, "020", {LIST(PAYG), HEAD("204 Ok"), LIST(PAYG)}, NULL, false},
    {"GB-METH-1", GRADE_FAIL, "020", {LIST(PAYG)}, NULL, false},
    {"GB-METH-1", GRADE_PASS, "021", {LIST(PAYG), HEAD("200 OK") "{}", LIST(PAYG)}, NULL, false},
    {"GB-METH-1", GRADE_PASS, "022", {LIST(PAYG), ALLOW, LIST(PAYG)}, NULL, false},
    {"GB-METH-1", GRADE_FAIL, "023", {LIST(PAYG), HEAD("201 Made") "{}"}, NULL, false},
    {"GB-METH-1", GRADE_FAIL, "025", {LIST(PAYG), ALLOW, LIST("")}, NULL, false},
    {"GB-METH-2", GRADE_PASS, "", {LIST(PAYG), HEAD("200 OK")}, NULL, false},
    {"GB-METH-2", GRADE_FAIL, "", {LIST(PAYG), HEAD_LONG, LIST(PAYG)}, NULL, false},
    {"GB-METH-2", GRADE_PASS, "", {LIST(PAYG "," PAYG), HEAD_SAME, LIST(PAYG)}, NULL, false},
    {"GB-METH-2", GRADE_NONE, "", {LIST(PAYG "," PAYG), HEAD_LONG, LIST(PAYG)}, NULL, false},
    {"GB-METH-2", GRADE_NONE, "", {LIST(PAYG), HEAD_LONG, HEAD("429 Slow")}, NULL, false},
    {"GB-METH-2", GRADE_FAIL, "", {LIST(PAYG), HEAD_HTML}, NULL, false},
    {"GB-METH-2", GRADE_TOLERATED, "", {LIST(PAYG), "HTTP/1.1 200 OK\r\n\r\n"}, NULL, false},
    {"GB-METH-1", GRADE_FAIL, "001", {LIST(PAYG), ALLOW, LIST(PAYG_OTHER)}, NULL, false},
    {"GB-METH-2",
     GRADE_FAIL,
     "",
     {"HTTP/1.1 200 OK\r\n\r\n{\"balances\":[]}", HEAD("200 OK")},
     NULL,
     false},
    {"GB-METH-2", GRADE_NONE, "", {LIST(PAYG), ALLOW}, NULL, false},
    {"GB-METH-4", GRADE_PASS, "", {LIST(PAYG)}, NULL, false},
    {"GB-METH-4", GRADE_FAIL, "", {LIST(PAYG), LIST(PAYG_OTHER)}, NULL, false},
    {"GB-METH-4", GRADE_FAIL, "", {LIST(PAYG), LIST(PAYG), LIST(PAYG), LIST("")}, NULL, false},
    {"GB-METH-4", GRADE_NONE, "", {LIST(PAYG), HEAD("429 Slow")}, NULL, false},
    {"GB-METH-4", GRADE_PASS, "", {LIST(LEFT("4")), LIST(LEFT("4")), LIST(LEFT("3"))}, NULL, false},
    {"GB-METH-4", GRADE_PASS, "", {LIST(LEFT("4")), LIST(LEFT("3")), LIST(LEFT("4"))}, NULL, false},
    {"GB-METH-4", GRADE_FAIL, "", {LIST(LEFT("4")), LIST(LEFT("2")), LIST(LEFT("4"))}, NULL, false},
};

int main(void)
{
    check_family(&method_family, rules, COUNT(rules), programs, COUNT(programs));
    return unit_end();
}

// SPDX-License-Identifier: Apache-2.0
// A tunnel: how an HTTP (CONNECT) or SOCKS5 proxy is asked to connect to a host. The proxy resolves
// the name.
#ifndef BP_PROPS_LAUNCH_GARDEN_TUNNEL_H
#define BP_PROPS_LAUNCH_GARDEN_TUNNEL_H

#include "http/url.h"
#include "net/client.h"

enum garden_proxy_kind { GARDEN_PROXY_NONE, GARDEN_PROXY_CONNECT, GARDEN_PROXY_SOCKS5 };

struct garden_proxy {
    enum garden_proxy_kind kind;
    struct view host;
    uint16_t port;
};

// garden_proxy_read reads http://HOST:PORT or socks5://HOST:PORT (socks5h:// is the same), without
// credentials. The view borrows from `text`.
BP_MUST_USE bool garden_proxy_read(struct garden_proxy *out, struct view text);

// garden_tunnel_status reads the status of an HTTP/1 answer; false: it is none.
BP_MUST_USE bool garden_tunnel_status(unsigned *status, struct view head);

enum garden_tunnel_end {
    GARDEN_TUNNEL_OPEN,
    GARDEN_TUNNEL_REFUSED, // the proxy could not or would not connect to the host
    GARDEN_TUNNEL_FAILED   // the proxy itself is the trouble
};

// garden_tunnel_open asks for `host` and `port` over a connection to the proxy, in the clear. What
// happened is appended to `words`. `timeout_ms` is for each answer of the proxy.
enum garden_tunnel_end garden_tunnel_open(struct bp_connection *connection, struct buf *words,
                                          enum garden_proxy_kind kind, struct view host,
                                          uint16_t port, int timeout_ms);

#endif

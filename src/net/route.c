// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "net/route.h"

#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/host.h"

enum { HOST_LEN_MAX = 255 };

// Host and port on their way to addresses.
struct place {
    struct view host;
    uint16_t port;
};

static bool text_is(struct view text, char *out, size_t cap)
{
    if (text.len == 0 || text.len >= cap)
        return false;
    memcpy(out, text.data, text.len);
    out[text.len] = 0;
    return true;
}

static struct view without_brackets(struct view text)
{
    bool is_bracketed = text.len >= 2 && text.data[0] == '[' && text.data[text.len - 1] == ']';
    return is_bracketed ? view_of(text.data + 1, text.len - 2) : text;
}

// take_part takes what stands before the next colon that is not in brackets, and the colon.
static bool take_part(struct view *part, struct view *rest)
{
    size_t close = 0;
    if (rest->len != 0 && rest->data[0] == '[')
        close = view_index(*rest, ']');
    size_t len = close + view_index(view_from(*rest, close), ':');
    if (len == rest->len)
        return false;
    *part = without_brackets(view_first(*rest, len));
    *rest = view_from(*rest, len + 1);
    return true;
}

// An override, read. An empty port is 0: any, or as it was.
struct override {
    struct view host;
    uint16_t port;
    struct view target; // HOST2, or the addresses
    uint16_t target_port;
};

static bool read_port_or_empty(uint16_t *port, struct view digits)
{
    *port = 0;
    return digits.len == 0 || bp_port_read(port, digits);
}

static bool read_connect_to(struct override *out, struct view rest)
{
    struct view port;
    if (!take_part(&out->host, &rest) || !take_part(&port, &rest))
        return false;
    return read_port_or_empty(&out->port, port) && take_part(&out->target, &rest) &&
           read_port_or_empty(&out->target_port, rest);
}

static bool read_resolve(struct override *out, struct view rest)
{
    struct view port;
    if (view_starts(rest, VIEW("+")))
        rest = view_from(rest, 1);
    if (!take_part(&out->host, &rest) || !take_part(&port, &rest))
        return false;
    out->target = rest;
    return out->host.len != 0 && bp_port_read(&out->port, port) && rest.len != 0;
}

static bool read_override(struct override *out, const struct bp_route_override *given)
{
    struct view text = view_of_text(given->text);
    return given->is_connect_to ? read_connect_to(out, text) : read_resolve(out, text);
}

static bool connect_to_matches(const struct override *override, const struct place *place)
{
    if (override->host.len != 0 && !view_equal_nocase(override->host, place->host))
        return false;
    return override->port == 0 || override->port == place->port;
}

static void rename_place(struct place *place, const struct bp_route_config *config)
{
    for (size_t i = 0; i < config->override_count; i++) {
        struct override override;
        if (!config->overrides[i].is_connect_to)
            continue;
        bool is_read = read_override(&override, &config->overrides[i]);
        if (!is_read || !connect_to_matches(&override, place))
            continue;
        if (override.target.len != 0)
            place->host = override.target;
        if (override.target_port != 0)
            place->port = override.target_port;
        return;
    }
}

// find_resolved is the list of addresses given for a place, or an empty view.
static struct view find_resolved(const struct place *place, const struct bp_route_config *config)
{
    struct view exact = view_of(NULL, 0);
    struct view wild = view_of(NULL, 0);
    for (size_t i = 0; i < config->override_count; i++) {
        struct override override;
        if (config->overrides[i].is_connect_to)
            continue;
        bool is_read = read_override(&override, &config->overrides[i]);
        if (!is_read || override.port != place->port)
            continue;
        if (view_equal_nocase(override.host, place->host))
            exact = override.target;
        else if (view_equal(override.host, VIEW("*")))
            wild = override.target;
    }
    return exact.len != 0 ? exact : wild;
}

static void describe(struct bp_address *address)
{
    char host[NI_MAXHOST] = "";
    char port[NI_MAXSERV] = "";
    const struct sockaddr *sockaddr = (const struct sockaddr *)(const void *)address->bytes;
    struct buf text = buf_of(address->text, sizeof address->text - 1);
    if (getnameinfo(sockaddr, (socklen_t)address->len, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) == 0) {
        bool is_6 = sockaddr->sa_family == AF_INET6;
        buf_put_text(&text, is_6 ? "[" : "");
        buf_put_text(&text, host);
        buf_put_text(&text, is_6 ? "]:" : ":");
        buf_put_text(&text, port);
    }
    address->text[text.len] = 0;
}

static bool is_loopback(const struct bp_address *address)
{
    const struct sockaddr *sockaddr = (const struct sockaddr *)(const void *)address->bytes;
    if (sockaddr->sa_family == AF_INET) {
        const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)address->bytes;
        return ntohl(in->sin_addr.s_addr) >> 24 == 127;
    }
    const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)(const void *)address->bytes;
    if (IN6_IS_ADDR_V4MAPPED(&in6->sin6_addr))
        return in6->sin6_addr.s6_addr[12] == 127;
    return IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr);
}

static int family_of(const struct bp_route *route)
{
    if (route->config.family != BP_FAMILY_ANY)
        return route->config.family == BP_FAMILY_4 ? AF_INET : AF_INET6;
    return route->source.len != 0
               ? ((const struct sockaddr *)(const void *)route->source.bytes)->sa_family
               : AF_UNSPEC;
}

// add_addresses appends what getaddrinfo finds; its answer, 0 when all went well.
static int add_addresses(struct bp_route *out, struct view host, uint16_t port, int flags)
{
    char name[HOST_LEN_MAX + 1];
    char service[8] = "";
    struct buf digits = buf_of(service, sizeof service - 1);
    struct addrinfo *found = NULL;
    struct addrinfo hints = {.ai_flags = flags | AI_NUMERICSERV,
                             .ai_family = family_of(out),
                             .ai_socktype = SOCK_STREAM};
    buf_put_unsigned(&digits, port);
    if (!text_is(host, name, sizeof name))
        return EAI_NONAME;
    int error = getaddrinfo(name, service, &hints, &found);
    if (error != 0)
        return error;
    for (const struct addrinfo *a = found; a != NULL; a = a->ai_next) {
        struct bp_address *address = &out->addresses[out->address_count];
        if (out->address_count == BP_ROUTE_ADDRESS_COUNT_MAX ||
            a->ai_addrlen > sizeof address->bytes)
            break;
        memcpy(address->bytes, a->ai_addr, a->ai_addrlen);
        address->len = (unsigned)a->ai_addrlen;
        describe(address);
        out->is_loopback = out->is_loopback && is_loopback(address);
        out->address_count++;
    }
    freeaddrinfo(found);
    return 0;
}

static bool say_reason(struct bp_trouble *trouble, const char *before, const char *given,
                       const char *reason, const char *remedy)
{
    char space[256];
    struct buf after = buf_of(space, sizeof space - 1);
    buf_put_text(&after, ": ");
    buf_put_text(&after, reason);
    buf_put_text(&after, remedy);
    space[after.len] = 0;
    return bp_trouble_say(trouble, before, given, space);
}

static bool add_given(struct bp_route *out, struct bp_trouble *trouble, struct view list,
                      uint16_t port)
{
    while (list.len != 0) {
        size_t len = view_index(list, ',');
        struct view given = view_first(list, len);
        int error = add_addresses(out, without_brackets(given), port, AI_NUMERICHOST);
        // An address of the family that is not wanted is left out, as curl does.
        bool is_other = error == EAI_ADDRFAMILY || error == EAI_FAMILY;
        if (error != 0 && !is_other) {
            char text[HOST_LEN_MAX + 1] = "";
            (void)text_is(given, text, sizeof text);
            return bp_trouble_say(trouble, "--resolve gives ", text,
                                  ", which is no address: write numbers, IPv6 in brackets");
        }
        list = view_from(list, len < list.len ? len + 1 : len);
    }
    return out->address_count != 0 || bp_trouble_say(trouble,
                                                     "--resolve gives no address of the "
                                                     "family asked for, for ",
                                                     out->config.host, ": leave -4 or -6 out");
}

static bool find_interface(struct bp_route *out, struct bp_trouble *trouble, const char *given)
{
    struct view name = view_of_text(given);
    if (view_starts(name, VIEW("if!")))
        name = view_from(name, 3);
    else if (view_starts(name, VIEW("host!")))
        name = view_from(name, 5);
    struct bp_route found = {.config.family = out->config.family};
    if (add_addresses(&found, without_brackets(name), 0, AI_NUMERICHOST) == 0) {
        out->source = found.addresses[0];
        return true;
    }
    out->device = name.data;
    return if_nametoindex(name.data) != 0 ||
           bp_trouble_say(trouble, "--interface ", given,
                          " is neither a network interface nor an address here: ip address lists "
                          "them");
}

// try_interface finds out at once whether the machine lets us leave from there.
static bool try_interface(const struct bp_route *route, struct bp_trouble *trouble)
{
    const char *given = route->config.interface;
    if (given == NULL)
        return true;
    int fd = bp_route_socket(route, &route->addresses[0]);
    if (fd >= 0) {
        close(fd);
        return true;
    }
    bool is_forbidden = errno == EPERM || errno == EACCES;
    if (is_forbidden)
        return bp_trouble_say(trouble, "binding to the interface ", given,
                              " is not allowed for this user: give one of its addresses instead, "
                              "or the capability CAP_NET_RAW");
    if (errno == EADDRNOTAVAIL)
        return bp_trouble_say(trouble, "--interface ", given,
                              " is not an address of this machine: ip address lists them");
    return say_reason(trouble, "cannot leave from the interface ", given, strerror(errno), "");
}

static bool check_overrides(const struct bp_route_config *config, struct bp_trouble *trouble)
{
    for (size_t i = 0; i < config->override_count; i++) {
        const struct bp_route_override *given = &config->overrides[i];
        struct override override;
        if (read_override(&override, given))
            continue;
        return given->is_connect_to
                   ? bp_trouble_say(trouble, "--connect-to ", given->text,
                                    " is malformed: it is HOST1:PORT1:HOST2:PORT2")
                   : bp_trouble_say(trouble, "--resolve ", given->text,
                                    " is malformed: it is HOST:PORT:ADDRESS[,ADDRESS]");
    }
    return true;
}

bool bp_route_find(struct bp_route *out, struct bp_trouble *trouble,
                   const struct bp_route_config *config)
{
    *out = (struct bp_route){.config = *config, .is_loopback = true};
    if (!check_overrides(config, trouble))
        return false;
    if (config->interface != NULL && !find_interface(out, trouble, config->interface))
        return false;
    struct place place = {view_of_text(config->host), config->port};
    rename_place(&place, config);
    struct view given = find_resolved(&place, config);
    if (given.len != 0)
        return add_given(out, trouble, given, place.port) && try_interface(out, trouble);
    int error = add_addresses(out, place.host, place.port, 0);
    if (error != 0) {
        char host[HOST_LEN_MAX + 1] = "";
        (void)text_is(place.host, host, sizeof host);
        return say_reason(trouble, "cannot resolve the host ", host, gai_strerror(error),
                          "; check the URL, or give an address with --resolve HOST:PORT:ADDRESS");
    }
    return try_interface(out, trouble);
}

static bool prepare(int fd, const struct bp_route *route)
{
    static const int on = 1;
    if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0)
        return false;
    if (route->device != NULL)
        return setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, route->device,
                          (socklen_t)strlen(route->device)) == 0;
    if (route->source.len == 0)
        return true;
    return bind(fd, (const struct sockaddr *)(const void *)route->source.bytes,
                (socklen_t)route->source.len) == 0;
}

int bp_route_socket(const struct bp_route *route, const struct bp_address *address)
{
    int family = ((const struct sockaddr *)(const void *)address->bytes)->sa_family;
    int fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || prepare(fd, route))
        return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

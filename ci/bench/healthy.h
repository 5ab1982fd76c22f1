// SPDX-License-Identifier: Apache-2.0
// A healthy client in a process of its own: two hundred requests a second, every fiftieth on a new
// connection.
#ifndef BP_CI_HEALTHY_H
#define BP_CI_HEALTHY_H

#include <stdbool.h>
#include <stdint.h>

struct healthy;

// healthy_start lets it begin; NULL: it could not.
struct healthy *healthy_start(const char *folder, uint16_t port);

// healthy_end stops it, prints what it saw, and returns whether every request was answered 200.
bool healthy_end(struct healthy *healthy);

#endif

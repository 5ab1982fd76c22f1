// SPDX-License-Identifier: Apache-2.0
#include "props/case/status.h"

#include "props/unit/unit.h"

struct row {
    unsigned status;
    status_set bit;
};

static const struct row rows[] = {
    {200, S200}, {201, S201}, {301, S301}, {302, S302}, {307, S307}, {308, S308}, {400, S400},
    {401, S401}, {403, S403}, {404, S404}, {405, S405}, {408, S408}, {409, S409}, {411, S411},
    {413, S413}, {414, S414}, {415, S415}, {417, S417}, {421, S421}, {429, S429}, {431, S431},
    {500, S500}, {501, S501}, {503, S503}, {504, S504}, {505, S505}, {0, 0},      {100, 0},
    {204, 0},    {402, 0},    {599, 0},    {65736, 0},
};

int main(void)
{
    status_set all = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        CHECK_ROW(i, status_bit(rows[i].status) == rows[i].bit);
        CHECK_ROW(i, (all & rows[i].bit) == 0);
        CHECK_ROW(i, status_in(rows[i].status, ~(status_set)0) == (rows[i].bit != 0));
        CHECK_ROW(i, !status_in(rows[i].status, ~rows[i].bit));
        all |= rows[i].bit;
    }
    CHECK(!status_in(400, S200 | S404));
    CHECK(status_in(404, S200 | S404));
    return unit_end();
}

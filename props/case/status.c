// SPDX-License-Identifier: Apache-2.0
#include "props/case/status.h"

status_set status_bit(unsigned status)
{
    switch (status) {
    case 200:
        return S200;
    case 201:
        return S201;
    case 301:
        return S301;
    case 302:
        return S302;
    case 307:
        return S307;
    case 308:
        return S308;
    case 400:
        return S400;
    case 401:
        return S401;
    case 403:
        return S403;
    case 404:
        return S404;
    case 405:
        return S405;
    case 408:
        return S408;
    case 409:
        return S409;
    case 411:
        return S411;
    case 413:
        return S413;
    case 414:
        return S414;
    case 415:
        return S415;
    case 417:
        return S417;
    case 421:
        return S421;
    case 429:
        return S429;
    case 431:
        return S431;
    case 500:
        return S500;
    case 501:
        return S501;
    case 503:
        return S503;
    case 504:
        return S504;
    case 505:
        return S505;
    default:
        return 0;
    }
}

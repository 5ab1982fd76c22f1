// SPDX-License-Identifier: Apache-2.0
#include "tool/interrupt.h"

#include <signal.h>
#include <string.h>

static volatile sig_atomic_t noted_signal;

static void note_signal(int number) { noted_signal = number; }

void interrupt_watch(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = note_signal;
    action.sa_flags = (int)SA_RESETHAND;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

int interrupt_signal(void) { return noted_signal; }

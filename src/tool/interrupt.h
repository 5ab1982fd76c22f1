// SPDX-License-Identifier: Apache-2.0
// SIGINT and SIGTERM: a run ends early and still writes its report. A second signal ends the
// program at once.
#ifndef BP_TOOL_INTERRUPT_H
#define BP_TOOL_INTERRUPT_H

// interrupt_watch starts to note the signals.
void interrupt_watch(void);

// interrupt_signal is the number of the signal that came, or 0.
int interrupt_signal(void);

#endif

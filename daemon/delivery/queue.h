/* SPDX-License-Identifier: Apache-2.0 */
/* Messages whose time has come: who leaves now, and who does not. */
#pragma once
#include "delivery/attempt.h"

/* Start what is ready, as far as there is room; put off or drop the rest. */
void queue_look(struct delivery *d, struct instant now);

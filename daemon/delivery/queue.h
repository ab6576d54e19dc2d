/* SPDX-License-Identifier: Apache-2.0 */
/* Messages whose time has come: who leaves now, and who does not. */
#pragma once
#include "delivery/attempt.h"

/* Start what is ready, as far as there is room; put off or drop the rest. */
void queue_look(struct delivery *d, struct instant now);
/* The same of what leaves at once, whatever else is ready, or kept back by hold. */
void queue_look_at_once(struct delivery *d, struct instant now);

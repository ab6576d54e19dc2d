/* SPDX-License-Identifier: Apache-2.0 */
/* Work that is to be done soon, a piece at a time, fairly beside all else that the loop does. */
#pragma once
#include <systemd/sd-event.h>

struct deferred;

/* work is called once for each time it was asked for, or for several. */
int deferred_new(struct deferred **ret, sd_event *event, void (*work)(void *userdata),
		 void *userdata);
/* Without effect when the loop has ended. */
void deferred_ask(struct deferred *s);
void deferred_cancel(struct deferred *s);
struct deferred *deferred_free(struct deferred *s);

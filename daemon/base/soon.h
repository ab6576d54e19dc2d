/* SPDX-License-Identifier: Apache-2.0 */
/* Work that is to be done soon, a piece at a time, fairly beside all else that the loop does. */
#pragma once
#include <systemd/sd-event.h>

struct soon;

/* work is called once for each time it was asked for, or for several. */
int soon_new(struct soon **ret, sd_event *event, void (*work)(void *userdata), void *userdata);
void soon_ask(struct soon *s);
void soon_cancel(struct soon *s);
struct soon *soon_free(struct soon *s);

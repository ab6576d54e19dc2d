/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Among sources of one priority sd-event serves the one that has been pending for longest, and a
 * defer source counts as pending ever since it was made: one that is always enabled again would
 * keep younger ones, and every socket, from their turn. A timer that is past becomes pending anew
 * each time, and so goes to the end of the line.
 */
#include "base/deferred.h"

#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

struct deferred {
	sd_event_source *source;
	void (*work)(void *userdata);
	void *userdata;
};

static int on_time(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct deferred *s = userdata;

	(void)source, (void)usec;
	s->work(s->userdata);
	return 0;
}

int deferred_new(struct deferred **ret, sd_event *event, void (*work)(void *userdata),
		 void *userdata)
{
	struct deferred *s = calloc(1, sizeof(*s));
	int r;

	if (!s)
		return -ENOMEM;
	s->work = work;
	s->userdata = userdata;
	/* One microsecond after the clock's beginning: past. */
	r = sd_event_add_time(event, &s->source, CLOCK_MONOTONIC, 1, 1, on_time, s);
	if (r >= 0)
		r = sd_event_source_set_enabled(s->source, SD_EVENT_OFF);
	if (r < 0) {
		deferred_free(s);
		return r;
	}
	*ret = s;
	return 0;
}

static void enable(struct deferred *s, int how)
{
	int r = sd_event_source_set_enabled(s->source, how);

	/* It allocates nothing. Once the loop has ended there is no next piece: what ends after it may ask all the same. */
	assert(r >= 0 || r == -ESTALE);
}

void deferred_ask(struct deferred *s)
{
	enable(s, SD_EVENT_ONESHOT);
}

void deferred_cancel(struct deferred *s)
{
	enable(s, SD_EVENT_OFF);
}

struct deferred *deferred_free(struct deferred *s)
{
	if (!s)
		return NULL;
	sd_event_source_disable_unref(s->source);
	free(s);
	return NULL;
}

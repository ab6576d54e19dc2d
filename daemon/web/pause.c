/* SPDX-License-Identifier: Apache-2.0 */
#include "web/pause.h"

#include "base/clock.h"
#include "web/exchange_inside.h"

static void go_on(struct exchange *x)
{
	waited_fn *waited = x->waited;

	TAILQ_REMOVE(&x->web->pausing, x, link);
	x->waited = NULL;
	x->until = (struct mono){ 0 };
	waited(x->web, x, TURN_COMMITTED);
}

/* The clock for the soonest of them: all pause equally long, so that is the first. */
static int arm(struct web *w)
{
	const struct exchange *first = TAILQ_FIRST(&w->pausing);
	const int64_t wait = first ? first->until.us - clock_mono().us : 0;
	int r;

	if (!first)
		return 0;
	r = sd_event_source_set_time_relative(w->pause, wait > 0 ? (uint64_t)wait : 0);
	return r < 0 ? r : sd_event_source_set_enabled(w->pause, SD_EVENT_ONESHOT);
}

static int on_pause(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct web *w = userdata;
	const struct mono now = clock_mono();
	struct exchange *x, *next;

	(void)source, (void)usec;
	for (x = TAILQ_FIRST(&w->pausing); x; x = next) {
		next = TAILQ_NEXT(x, link);
		if (x->until.us <= now.us)
			go_on(x);
	}
	return arm(w);
}

int pauses_begin(struct web *w)
{
	int r;

	TAILQ_INIT(&w->pausing);
	r = sd_event_add_time_relative(w->event, &w->pause, CLOCK_BOOTTIME, 0, 1000, on_pause, w);
	return r < 0 ? r : sd_event_source_set_enabled(w->pause, SD_EVENT_OFF);
}

void pauses_end(struct web *w)
{
	struct exchange *x;

	while ((x = TAILQ_FIRST(&w->pausing)))
		go_on(x);
	w->pause = sd_event_source_disable_unref(w->pause);
}

void exchange_pause(struct exchange *x, struct duration since_begun, waited_fn *waited)
{
	const struct mono until = { x->begun_at.us + since_begun.us };

	if (x->web->stopping || !x->web->pause) {
		waited(x->web, x, TURN_COMMITTED);
		return;
	}
	x->waited = waited;
	x->until = until;
	TAILQ_INSERT_TAIL(&x->web->pausing, x, link);
	arm(x->web);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A rehearsal that is killed goes on from the last note, and nothing that was committed may then lie ahead
 * of its clock: a status that was accepted later would make what is said next a thing of the past. So in
 * a rehearsal the note is the last thing in each turn, in its commit. A real clock needs no such care.
 */
#include "intake/pulse.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"

#define BEAT_SECONDS 30
#define ROOM_AFTER SECONDS(5) /* without a full disk */

struct pulse {
	struct engine *engine;
	sd_event_source *timer;
	unsigned long turns; /* that have ended */
	bool full;	     /* the disk, as was said */
	struct mono full_at; /* when it was last found so */
};

int pulse_last(struct ledger *ledger, struct instant *ret)
{
	char text[32];
	int64_t us;
	int r = ledger_fact(ledger, FACT_LAST_NOW, text, sizeof(text));

	if (r < 0)
		return r;
	*ret = sscanf(text, "%" SCNd64, &us) == 1 ? (struct instant){ us } : INSTANT_NONE;
	return 0;
}

/* Within a turn. */
static int write_note(void *userdata)
{
	struct pulse *p = userdata;
	char text[32];

	snprintf(text, sizeof(text), "%" PRId64, clock_now().us);
	return ledger_set_fact(p->engine->ledger, FACT_LAST_NOW, text);
}

static int note(struct pulse *p)
{
	int r = turn_join(p->engine->turn);

	if (r < 0)
		return r;
	r = write_note(p);
	if (r < 0)
		turn_fail(p->engine->turn, r);
	return r;
}

/* Small changes may still find room between large ones: one line for all of it. */
static void tell_room(struct pulse *p, bool full)
{
	struct mono now = clock_mono();

	if (full) {
		if (!p->full)
			log_error("storage: the disk is full; nothing new is taken in (senders "
				  "are told to try again) until there is room");
		p->full = true;
		p->full_at = now;
	} else if (p->full && now.us - p->full_at.us >= ROOM_AFTER.us) {
		p->full = false;
		log_notice("storage: there is room on the disk again");
	}
}

static void on_turn_end(void *userdata, enum turn_end end)
{
	struct pulse *p = userdata;

	p->turns++;
	tell_room(p, end == TURN_FULL);
}

static int arm(sd_event_source *timer)
{
	int r = sd_event_source_set_time_relative(timer, BEAT_SECONDS * UINT64_C(1000000));

	return r < 0 ? r : sd_event_source_set_enabled(timer, SD_EVENT_ONESHOT);
}

static int on_timer(sd_event_source *timer, uint64_t usec, void *userdata)
{
	(void)usec;
	note(userdata);
	return arm(timer);
}

int pulse_new(struct pulse **ret, struct engine *e, sd_event *event)
{
	struct pulse *p = calloc(1, sizeof(*p));
	int r;

	if (!p)
		return -ENOMEM;
	p->engine = e;
	r = sd_event_add_time_relative(event, &p->timer, CLOCK_BOOTTIME, 0, 0, on_timer, p);
	if (r >= 0)
		r = arm(p->timer);
	if (r >= 0)
		r = turn_listen(e->turn, on_turn_end, p);
	if (r < 0) {
		pulse_free(p);
		return r;
	}
	if (clock_is_rehearsal())
		turn_last(e->turn, write_note, p);
	*ret = p;
	return 0;
}

int pulse_beat(struct pulse *p)
{
	unsigned long before = p->turns;
	int r = note(p);

	if (r < 0 && r != -ENOSPC)
		return r;
	turn_end_now(p->engine->turn);
	return r == -ENOSPC || p->turns != before ? 0 : -EIO;
}

struct pulse *pulse_free(struct pulse *p)
{
	if (!p)
		return NULL;
	turn_last(p->engine->turn, NULL, NULL);
	sd_event_source_disable_unref(p->timer);
	free(p);
	return NULL;
}

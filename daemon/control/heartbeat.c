/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A rehearsal that is killed goes on from the last note, and nothing that was committed may then lie ahead
 * of its clock: a status that was accepted later would make what is said next a thing of the past. So in
 * a rehearsal the note is the last thing in each turn, in its commit. A real clock needs no such care.
 *
 * Of daemons that share a store each has a clock of its own. The note is then what the one that is ahead has shown; and
 * each compares its clock with the database's, since whoever decides does so by its own.
 */
#include "control/heartbeat.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "ledger/store_clock.h"

#define BEAT_SECONDS 30
#define BEAT_SECONDS_SHARED 1
#define BEAT_SECONDS_FULL 5 /* while the disk is: somebody may have made room */
#define APART SECONDS(5)    /* clocks, so that the log says so; until they are by no more than: */
#define TOGETHER SECONDS(2)
#define ROOM_AFTER SECONDS(5) /* without a full disk, before the log says so */

struct heartbeat {
	void (*beat)(void *userdata);
	void *userdata;
	unsigned beats; /* with a shared store */
	struct engine *engine;
	sd_event_source *timer;
	bool apart;	     /* the database's clock and ours, as the log has said */
	bool full;	     /* the disk, since something was last kept */
	bool full_said;	     /* in the log */
	struct mono full_at; /* when it was last found so */
	struct mono kept;    /* when a turn last committed */
};

int heartbeat_last(struct ledger *ledger, struct instant *ret)
{
	char text[32];
	int64_t us;
	int r = ledger_meta(ledger, META_LAST_NOW, text, sizeof(text));

	if (r < 0)
		return r;
	*ret = sscanf(text, "%" SCNd64, &us) == 1 ? (struct instant){ us } : INSTANT_NONE;
	return 0;
}

/* Within a turn. */
static int write_note(void *userdata)
{
	struct heartbeat *h = userdata;
	struct instant now = clock_now(), last = INSTANT_NONE;
	char text[32];

	int r = ledger_is_shared(h->engine->ledger) ? heartbeat_last(h->engine->ledger, &last) : 0;
	if (r < 0)
		return r;
	if (!instant_is_none(last))
		now = instant_max(now, last);
	snprintf(text, sizeof(text), "%" PRId64, now.us);
	return ledger_set_meta(h->engine->ledger, META_LAST_NOW, text);
}

/* Within a turn. */
static int compare_clocks(struct heartbeat *h)
{
	struct duration ahead;
	int r = ledger_clock_ahead(h->engine->ledger, &ahead);

	if (r < 0)
		return r;
	const int64_t by = ahead.us < 0 ? -ahead.us : ahead.us;
	if (!h->apart && by >= APART.us) {
		h->apart = true;
		log_warning("this machine's clock is %lld s %s the database's: whichever daemon "
			    "decides does so by its own clock, so see to it that they agree",
			    (long long)(by / 1000000), ahead.us < 0 ? "behind" : "ahead of");
	} else if (h->apart && by <= TOGETHER.us) {
		h->apart = false;
		log_notice("this machine's clock agrees with the database's again");
	}
	return 0;
}

static int note(struct heartbeat *h)
{
	int r = turn_join(h->engine->turn);

	if (r < 0)
		return r;
	r = write_note(h);
	if (r == 0)
		r = compare_clocks(h);
	if (r < 0)
		turn_fail(h->engine->turn, r);
	return r;
}

static int arm(struct heartbeat *h)
{
	const uint64_t seconds = ledger_is_shared(h->engine->ledger) ? BEAT_SECONDS_SHARED
				 : h->full			     ? BEAT_SECONDS_FULL
								     : BEAT_SECONDS;
	int r = sd_event_source_set_time_relative(h->timer, seconds * UINT64_C(1000000));

	return r < 0 ? r : sd_event_source_set_enabled(h->timer, SD_EVENT_ONESHOT);
}

static void be_full(struct heartbeat *h)
{
	if (!h->full_said)
		log_error("storage: the disk is full; nothing new is taken in (senders "
			  "are told to try again) until there is room");
	h->full_said = true;
	h->full_at = clock_mono();
	if (h->full)
		return;
	h->full = true;
	arm(h);
}

/* Small changes may still find room between large ones: one line in the log for all of it. */
static void have_room(struct heartbeat *h)
{
	h->full = false;
	if (!h->full_said || clock_mono().us - h->full_at.us < ROOM_AFTER.us)
		return;
	h->full_said = false;
	log_notice("storage: there is room on the disk again");
}

static void on_turn_end(void *userdata, enum turn_end end)
{
	struct heartbeat *h = userdata;

	if (end == TURN_FULL)
		be_full(h);
	if (end != TURN_COMMITTED)
		return;
	h->kept = clock_mono();
	if (ledger_has_written(h->engine->ledger))
		have_room(h);
}

static int on_timer(sd_event_source *timer, uint64_t usec, void *userdata)
{
	struct heartbeat *h = userdata;

	(void)timer, (void)usec;
	if (!ledger_is_shared(h->engine->ledger)) {
		note(h);
		return arm(h);
	}
	if (h->beats++ % BEAT_SECONDS == 0)
		note(h);
	else
		turn_join(h->engine->turn);
	h->beat(h->userdata);
	return arm(h);
}

int heartbeat_new(struct heartbeat **ret, struct engine *e, sd_event *event,
		  void (*beat)(void *userdata), void *userdata)
{
	struct heartbeat *h = calloc(1, sizeof(*h));
	int r;

	if (!h)
		return -ENOMEM;
	h->engine = e;
	h->beat = beat;
	h->userdata = userdata;
	h->kept = clock_mono();
	r = sd_event_add_time_relative(event, &h->timer, CLOCK_BOOTTIME, 0, 0, on_timer, h);
	if (r >= 0)
		r = arm(h);
	if (r >= 0)
		r = turn_listen(e->turn, on_turn_end, h);
	if (r < 0) {
		heartbeat_free(h);
		return r;
	}
	if (clock_is_rehearsal())
		turn_last(e->turn, write_note, h);
	*ret = h;
	return 0;
}

int heartbeat_note(struct heartbeat *h)
{
	int r = turn_finish(h->engine->turn, note(h));

	return r == -ENOSPC ? 0 : r;
}

bool heartbeat_is_full(const struct heartbeat *h)
{
	return h->full;
}

struct mono heartbeat_kept(const struct heartbeat *h)
{
	return h->kept;
}

struct heartbeat *heartbeat_free(struct heartbeat *h)
{
	if (!h)
		return NULL;
	turn_last(h->engine->turn, NULL, NULL);
	sd_event_source_disable_unref(h->timer);
	free(h);
	return NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two kinds of work wait in the ledger: decisions (obligations, deadlines) and messages. Decisions go
 * first, a slice a turn, so that intake is heard in between; a pass has one instant for all its
 * slices. When nothing more is to be decided, messages may leave.
 *
 *   look()  →  decisions due?  →  slice() in a turn  →  the turn ends  →  look()
 *           →  messages due?   →  deliver()
 *           →  sleep until the earlier of the two
 *
 * In a rehearsal the clock stands still from the moment something is due until it is decided, and
 * while attempts are under way: then a rehearsal tells the same story at any speed, on any machine.
 * One attempt that hangs may hold it no longer than PATIENCE.
 */
#include "engine/schedule.h"

#include <errno.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/deferred.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/zone.h"
#include "engine/erase.h"
#include "engine/freeze.h"
#include "engine/remind.h"

#define SLICE 250	    /* decisions in one turn: a few milliseconds */
#define TIDY_AT 180	    /* minutes of the day: 03:00 */
#define PAPERS 1	    /* frozen in one turn: each as long as its report takes */
#define PATIENCE SECONDS(2) /* how long attempts may hold a rehearsal's clock without any ending */
#define AFRESH SECONDS(1)   /* after a full disk, and when messages wait for something unseen */

struct schedule {
	struct engine *e;
	const struct schedule_calls *calls;
	void *userdata;
	struct timer *timer;
	struct deferred *slice; /* a slice is to be decided, in turn with what else is ready */
	sd_event_source *again; /* look again after a while of real time */
	bool passing;		/* a pass goes on; its instant is */
	struct instant pass;
	bool failed;		/* the last turn was rolled back: wait before trying again */
	struct mono busy_since; /* when attempts last began or ended */
	bool was_busy;
	struct instant tidied; /* when what is too old was last looked for; INSTANT_NONE: not yet */
};

static void look(struct schedule *s);

static void after_a_while(struct schedule *s, struct duration wait)
{
	sd_event_source_set_time_relative(s->again, (uint64_t)wait.us);
	sd_event_source_set_enabled(s->again, SD_EVENT_ONESHOT);
}

/* What is too old is looked for at the start, and then each night. */
static struct instant tidy_at(const struct schedule *s)
{
	if (!s->e->plan || !erase_is_asked(s->e->plan))
		return INSTANT_NONE;
	if (instant_is_none(s->tidied))
		return (struct instant){ 0 };
	struct civil_date day = zone_date(s->tidied);
	const struct time_of_day night = { TIDY_AT };
	if (instant_compare(zone_instant(day, night), s->tidied) <= 0)
		day.day++;
	return zone_instant(day, night);
}

static int tidy(struct schedule *s, bool *ret_more)
{
	const struct instant at = tidy_at(s);
	int r;

	if (instant_is_none(at) || instant_compare(at, s->pass) > 0)
		return 0;
	r = erase_old(s->e, s->pass, ret_more);
	if (r >= 0 && !*ret_more)
		s->tidied = s->pass;
	return r;
}

static void decide(void *userdata)
{
	struct schedule *s = userdata;
	bool more = false;
	int r = turn_join(s->e->turn);

	if (r < 0) { /* another process writes, or the disk is full: what is due stays due */
		after_a_while(s, AFRESH);
		return;
	}
	if (!ledger_decides(s->e->ledger)) { /* another daemon does */
		s->passing = false;
		return;
	}
	if (!s->passing)
		s->pass = clock_now();
	s->passing = true;
	r = remind_due(s->e, s->pass, SLICE, &more);
	if (r >= 0 && !more)
		r = freeze_due(s->e, s->pass, PAPERS, &more);
	if (r >= 0 && !more)
		r = tidy(s, &more);
	if (r < 0)
		turn_fail(s->e->turn, r);
	else
		s->passing = more;
}

static int look_again(sd_event_source *source, uint64_t usec, void *userdata)
{
	struct schedule *s = userdata;

	(void)source;
	(void)usec;
	s->failed = false;
	look(s);
	return 0;
}

static void timer_fired(void *userdata)
{
	look(userdata);
}

/* What is due next here: decisions of the daemon that decides; while hold is on, of messages only those that it does
 * not keep back. */
static int find_due(const struct schedule *s, struct due_instants *ret)
{
	int r = ledger_next_due(s->e->ledger, ret);

	if (r == 0)
		ret->decisions = ledger_decides(s->e->ledger)
					 ? instant_min(ret->decisions, tidy_at(s))
					 : INSTANT_NONE;
	return r < 0 || !ledger_is_on_hold(s->e->ledger)
		       ? r
		       : ledger_next_at_once(s->e->ledger, &ret->messages);
}

/* Do attempts under way hold the clock? Only while some of them end now and then. */
static bool is_held_by_attempts(struct schedule *s)
{
	bool busy = s->calls->busy(s->userdata);
	struct mono now = clock_mono();

	if (!busy || !s->was_busy)
		s->busy_since = now;
	s->was_busy = busy;
	return busy && now.us - s->busy_since.us < PATIENCE.us;
}

static bool is_due(struct instant at, struct instant now)
{
	return instant_compare(at, now) <= 0;
}

static void look(struct schedule *s)
{
	struct due_instants due;
	struct instant now = clock_now(), ahead;
	bool held;

	if (s->failed)
		return;
	int r = find_due(s, &due);
	if (r < 0) {
		if (r != -EAGAIN) /* whoever joins a turn tells of a database that is away */
			log_error("storage: what is due next can't be read");
		after_a_while(s, AFRESH);
		return;
	}
	if (s->passing || is_due(due.decisions, now)) {
		clock_barrier(now);
		deferred_ask(s->slice);
		return;
	}
	if (is_due(due.messages, now))
		s->calls->deliver(s->userdata);
	held = is_held_by_attempts(s);
	ahead = is_due(due.messages, now) ? due.decisions
					  : instant_min(due.decisions, due.messages);
	clock_barrier(held ? now : ahead);
	if (held || is_due(due.messages, now))
		after_a_while(s, AFRESH);
	timer_set(s->timer, ahead);
}

bool schedule_is_quiet(struct schedule *s)
{
	const struct instant now = clock_now();
	struct due_instants due;

	if (s->failed || s->passing || is_held_by_attempts(s) || find_due(s, &due) < 0)
		return false;
	return !is_due(due.decisions, now) && !is_due(due.messages, now);
}

static void turn_ended(void *userdata, enum turn_end end)
{
	struct schedule *s = userdata;

	if (end != TURN_COMMITTED) {
		s->failed = true;
		after_a_while(s, AFRESH);
		return;
	}
	look(s);
}

void schedule_wake(struct schedule *s)
{
	s->busy_since = clock_mono();
	look(s);
}

int schedule_new(struct schedule **ret, struct engine *e, sd_event *event,
		 const struct schedule_calls *calls, void *userdata)
{
	struct schedule *s = calloc(1, sizeof(*s));
	int r = s ? 0 : -ENOMEM;

	if (r == 0) {
		*s = (struct schedule){
			.e = e, .calls = calls, .userdata = userdata, .tidied = INSTANT_NONE
		};
		r = timer_new(&s->timer, event, timer_fired, s);
	}
	if (r >= 0)
		r = deferred_new(&s->slice, event, decide, s);
	if (r >= 0)
		r = sd_event_add_time_relative(event, &s->again, CLOCK_MONOTONIC, 0, 0, look_again,
					       s);
	if (r >= 0)
		r = turn_follow(e->turn, turn_ended, s);
	if (r < 0) {
		schedule_free(s);
		return r;
	}
	*ret = s;
	return 0;
}

struct schedule *schedule_free(struct schedule *s)
{
	if (s) {
		timer_free(s->timer);
		deferred_free(s->slice);
		sd_event_source_disable_unref(s->again);
		free(s);
	}
	return NULL;
}

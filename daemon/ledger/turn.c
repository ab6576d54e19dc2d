/* SPDX-License-Identifier: Apache-2.0 */
/*
 *	idle ──join──▶ open ──end──▶ idle		(listeners hear COMMITTED, FULL or LOST, then followers)
 *	                │
 *	                └──the store fails──▶ dead	(fatal is called, listeners hear nothing)
 *
 * The end is a defer source. sd-event gives a defer source the age of its creation, so among equals it
 * would always be first; its priority therefore says when its turn comes: below that of the sockets,
 * it waits until nothing else is ready, so that one flush serves all that could be read. A loop that
 * is never idle must not keep anybody waiting: when the turn has lasted PATIENCE, the prepare
 * callback, which runs before each round of the loop, lifts it above them.
 *
 * Who keeps something of the open turn until its end is a listener; who begins new work at the end is a
 * follower, and is called when every listener has heard. Were they one list, what the first of them
 * wrote in the next turn would be taken by those after it for a part of the turn that has ended: a
 * message left before its start was committed.
 *
 * A dead turn never commits again: what it held is unknown, and no answer may leave.
 */
#include "ledger/turn.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"

#define PATIENCE ((struct duration){ 10000 }) /* some hundreds of events a flush under load */
#define BUSY_PAUSE ((struct duration){ 200000 })
#define WHEN_IDLE (SD_EVENT_PRIORITY_NORMAL + 1)
#define BEFORE_OTHERS (SD_EVENT_PRIORITY_NORMAL - 1)

struct listener {
	turn_end_fn *ended;
	void *userdata;
};
struct listeners {
	struct listener *list;
	size_t count;
};

struct turn {
	struct ledger *ledger;
	sd_event_source *end;
	enum { TURN_IDLE, TURN_OPEN, TURN_DEAD } state;
	int error;   /* of the open turn, which spoils it; 0 */
	int outcome; /* of the last that ended */
	struct mono begun;
	struct mono
		busy; /* when another program held the store, and holds it still; us 0: none does */
	bool away;    /* a shared store, when last tried */
	void (*fatal)(void *userdata, int error);
	void *userdata;
	int (*last)(void *userdata);
	void *last_userdata;
	struct listeners listeners, followers;
	bool telling; /* the listeners hear of the end: nobody may join yet */
};

static void die(struct turn *t, int error)
{
	const char *what = error == -EIO || error == -ESTALE ? ledger_failure(t->ledger) : NULL;

	t->state = TURN_DEAD;
	if (error == -ESTALE)
		log_notice("storage: %s; this one stops, to begin anew with it", what);
	else if (what)
		log_error("storage: %s, stopping", what);
	else
		log_error("storage: a change could not be made (%s), stopping", strerror(-error));
	t->fatal(t->userdata, error);
}

static void call(const struct listeners *all, enum turn_end end)
{
	for (size_t i = 0; i < all->count; i++)
		all->list[i].ended(all->list[i].userdata, end);
}

/* Rows that somebody has met since the last turn ended. */
static void tell_damage(struct turn *t)
{
	const char *name;

	while ((name = ledger_next_damaged(t->ledger)))
		log_error("storage: the row %s is damaged (its checksum does not hold) and was set "
			  "aside; see DAMAGE in paminnd(8)",
			  name);
}

static void tell(struct turn *t, enum turn_end end)
{
	tell_damage(t);
	t->telling = true;
	call(&t->listeners, end);
	t->telling = false;
	call(&t->followers, end);
}

/* One line a time that the database is away, however often it is tried. */
static void be_away(struct turn *t)
{
	if (!t->away)
		log_warning("storage: the database can't be reached (%s); until it can, nothing is "
			    "stored and nothing leaves",
			    ledger_failure(t->ledger));
	t->away = true;
}

void turn_end_now(struct turn *t)
{
	if (t->state != TURN_OPEN)
		return;
	int r = t->error;
	if (r == 0 && t->last && ledger_has_written(t->ledger))
		r = t->last(t->last_userdata);
	if (r < 0)
		ledger_rollback(t->ledger);
	else
		r = ledger_commit(t->ledger);

	/* Idle before anyone hears of it: a follower may join the next turn. */
	t->state = TURN_IDLE;
	t->outcome = r;
	sd_event_source_set_enabled(t->end, SD_EVENT_OFF);
	if (r == -EAGAIN)
		be_away(t);
	if (r < 0 && r != -ENOSPC && r != -EAGAIN)
		die(t, r);
	else
		tell(t, r == 0 ? TURN_COMMITTED : r == -ENOSPC ? TURN_FULL : TURN_LOST);
}

int turn_finish(struct turn *t, int error)
{
	if (error < 0)
		turn_fail(t, error);
	if (t->state != TURN_OPEN)
		return error;
	turn_end_now(t);
	return t->outcome;
}

static int on_end(sd_event_source *source, void *userdata)
{
	(void)source;
	turn_end_now(userdata);
	return 0;
}

static int on_prepare(sd_event_source *source, void *userdata)
{
	struct turn *t = userdata;

	if (clock_mono().us - t->begun.us >= PATIENCE.us)
		sd_event_source_set_priority(source, BEFORE_OTHERS);
	return 0;
}

int turn_new(struct turn **ret, struct ledger *ledger, sd_event *loop,
	     void (*fatal)(void *userdata, int error), void *userdata)
{
	struct turn *t = calloc(1, sizeof(*t));

	if (!t)
		return -ENOMEM;
	t->ledger = ledger;
	t->fatal = fatal;
	t->userdata = userdata;
	int r = sd_event_add_defer(loop, &t->end, on_end, t);
	if (r >= 0)
		r = sd_event_source_set_enabled(t->end, SD_EVENT_OFF);
	if (r >= 0)
		r = sd_event_source_set_prepare(t->end, on_prepare);
	if (r < 0) {
		turn_free(t);
		return r;
	}
	*ret = t;
	return 0;
}

struct turn *turn_free(struct turn *t)
{
	if (!t)
		return NULL;
	if (t->state == TURN_OPEN)
		ledger_rollback(t->ledger);
	sd_event_source_disable_unref(t->end);
	free(t->listeners.list);
	free(t->followers.list);
	free(t);
	return NULL;
}

/*
 * Somebody's sqlite3, or a tool that backs up, writes in the store. Each try waits a little for them, and
 * a thousand events would try a thousand times: so there is a pause between tries.
 */
static int begin(struct turn *t)
{
	struct mono now = clock_mono();
	bool was_busy = t->busy.us != 0;

	if (was_busy && now.us - t->busy.us < BUSY_PAUSE.us)
		return -EBUSY;
	int r = ledger_begin(t->ledger);
	t->busy.us = r == -EBUSY ? clock_mono().us : 0;
	if (r == -EBUSY && !was_busy)
		log_warning("storage: another program has locked the store; until it ends, nothing "
			    "is stored and nothing leaves");
	if (r == 0 && was_busy)
		log_notice("storage: the store is free again");
	if (r == -EAGAIN)
		be_away(t);
	if (r == 0 && t->away)
		log_notice("storage: the database is there again");
	t->away = t->away && r != 0;
	return r;
}

static int open_turn(struct turn *t)
{
	int r = begin(t);

	if (r == -EIO || r == -ESTALE)
		die(t, r);
	if (r < 0)
		return r;
	t->state = TURN_OPEN;
	t->error = 0;
	t->begun = clock_mono();
	sd_event_source_set_priority(t->end, WHEN_IDLE);
	r = sd_event_source_set_enabled(t->end, SD_EVENT_ONESHOT);
	assert(r >= 0);
	return 0;
}

int turn_join(struct turn *t)
{
	assert(!t->telling);
	switch (t->state) {
	case TURN_IDLE:
		return open_turn(t);
	case TURN_OPEN:
		return t->error;
	default:
		return -EIO;
	}
}

void turn_fail(struct turn *t, int error)
{
	assert(error < 0);
	if (t->state == TURN_OPEN && t->error == 0)
		t->error = error;
}

void turn_last(struct turn *t, int (*last)(void *userdata), void *userdata)
{
	t->last = last;
	t->last_userdata = userdata;
}

static int add(struct listeners *all, turn_end_fn *ended, void *userdata)
{
	struct listener *more = reallocarray(all->list, all->count + 1, sizeof(*more));

	if (!more)
		return -ENOMEM;
	more[all->count++] = (struct listener){ ended, userdata };
	all->list = more;
	return 0;
}

int turn_listen(struct turn *t, turn_end_fn *ended, void *userdata)
{
	return add(&t->listeners, ended, userdata);
}

int turn_follow(struct turn *t, turn_end_fn *ended, void *userdata)
{
	return add(&t->followers, ended, userdata);
}

static void forget(struct listeners *all, const void *userdata)
{
	size_t kept = 0;

	for (size_t i = 0; i < all->count; i++) {
		if (all->list[i].userdata != userdata)
			all->list[kept++] = all->list[i];
	}
	all->count = kept;
}

void turn_forget(struct turn *t, const void *userdata)
{
	forget(&t->listeners, userdata);
	forget(&t->followers, userdata);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An occurrence is created when its window is SERIES_AHEAD away, opens, and is closed when it is handed
 * over, or superseded: the next one's window is open and its own papers date is past. Meetings may be
 * closer together than the ladder is long, then two and more are asked at the same time.
 *
 *	coming → created → opened → submitted
 *	                         └→ superseded: what is unanswered is withdrawn, its messages are dropped
 *
 * What a look does depends only on rows, dates and now, so that a look too many changes nothing.
 */
#include "engine/obligation/occurrences.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "engine/obligation/dates.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/series_meetings.h"

/* ---- creation --------------------------------------------------------------------------------------- */

/* The row of one that comes into being; one whose meeting was cancelled before comes back. */
static int new_row(struct engine *e, const struct occurrence *o, struct deadline_row *ret)
{
	bool found;
	int r = ledger_find_deadline(e->ledger, deadline_id(o->id), ret, &found);

	if (r < 0)
		return r;
	if (!found) {
		*ret = deadline_row_new(deadline_id(o->id));
	} else if (ret->state == DEADLINE_REMOVED) {
		deadline_restore(ret, false);
		deadline_close_window(ret);
	}
	*(o->deadline.due.kind == DUE_MEETING ? &ret->meeting_at_birth : &ret->rule_date) = o->date;
	ret->bound = o->bound;
	return 0;
}

static int create(struct engine *e, const struct deadline *series, const struct occurrence *o,
		  struct instant now, struct create_count *tally)
{
	struct owners owners = { NULL };
	const struct deadline *d;
	struct deadline_row row;
	struct creation b;
	int r = new_row(e, o, &row);

	if (r >= 0)
		r = plan_add_occurrence(e->plan, series, deadline_id(o->id),
					series_date(&o->deadline, &row));
	if (r < 0)
		return r;
	d = plan_deadline(e->plan, deadline_id(o->id));
	r = dates_refresh(e, d, &row, now, NULL);
	if (r >= 0)
		r = owners_new(&owners, e->plan);
	if (r >= 0)
		r = owners_read(&owners, e, d);
	if (r >= 0) {
		b = creation_of(e->plan, d, &row);
		r = obligations_create(e, &b, &owners, now, tally);
	}
	owners_done(&owners);
	return r;
}

/* ---- opening ------------------------------------------------------------------------------------- */

static int supersede(struct engine *e, struct deadline_row *row, struct instant now,
		     struct create_count *tally)
{
	const struct end_of_obligations end = { WITHDRAWN_SUPERSEDED,
						"the next occurrence has taken its place", now };
	int r = obligations_withdraw_all(e, deadline_id(row->id), &end, tally);

	deadline_supersede(row);
	return r < 0 ? r : ledger_put_deadline(e->ledger, row);
}

/* Windows that are open now are noted to be; *next: moved to the next one's opening. */
static int open_windows(struct engine *e, struct series *s, struct instant now,
			struct instant *next)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < s->known_count; i++) {
		struct occurred *o = &s->known[i];

		if (!instant_is_none(o->row.opened_at))
			continue;
		if (instant_compare(o->opens_at, now) > 0) {
			*next = instant_min(*next, o->opens_at);
			continue;
		}
		deadline_open_window(&o->row, now);
		r = ledger_put_deadline(e->ledger, &o->row);
	}
	return r;
}

/* What is over is superseded; *next: moved to when one will be. */
static int supersede_past(struct engine *e, struct series *s, struct instant now,
			  struct create_count *tally, struct instant *next)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < s->known_count; i++) {
		struct instant ends = series_ends(s, i);

		if (deadline_is_closed(&s->known[i].row))
			continue;
		if (instant_compare(ends, now) <= 0)
			r = supersede(e, &s->known[i].row, now, tally);
		else
			*next = instant_min(*next, ends);
	}
	return r;
}

/* The series is looked at again when something opens, is superseded or is created. */
static int plan_next_look(struct engine *e, const struct series *s, struct instant next)
{
	struct series_row row;
	int r = ledger_series(e->ledger, s->d->id, &row);

	if (r < 0)
		return r;
	if (!instant_is_none(s->further))
		next = instant_min(next,
				   instant_add(s->further, (struct duration){ -SERIES_AHEAD.us }));
	row.next_at = next;
	return ledger_put_series(e->ledger, &row);
}

int occurrences_update(struct engine *e, const struct deadline *series, struct instant now,
		       struct create_count *tally)
{
	struct instant until = instant_add(now, SERIES_AHEAD), next = INSTANT_NONE;
	struct series s;
	size_t created;
	int r = series_load(&s, e, series, now, until);

	if (r < 0)
		return r;
	created = s.coming_count;
	for (size_t i = 0; r >= 0 && i < created; i++)
		r = create(e, series, &s.coming[i], now, tally);
	if (r >= 0 && created > 0) {
		series_done(&s);
		s = (struct series){ 0 };
		r = series_load(&s, e, series, now, until);
	}
	if (r >= 0)
		r = open_windows(e, &s, now, &next);
	if (r >= 0)
		r = supersede_past(e, &s, now, tally, &next);
	if (r >= 0)
		r = plan_next_look(e, &s, next);
	series_done(&s);
	return r;
}

/* ---- meetings ------------------------------------------------------------------------------------ */

/* Has its meeting been cancelled before anybody was asked? Then there is nothing to ask for, but for
 * the first one, which waits for another meeting of its month, and one that a body has put off to another. */
static int is_moot(struct engine *e, const struct occurred *o, struct instant now)
{
	struct civil_date meeting = o->row.bound;
	bool awaited = false;
	int r;

	if (deadline_is_closed(&o->row) || !instant_is_none(o->row.opened_at) ||
	    o->row.extended_to[0] || civil_is_none(meeting) ||
	    instant_compare(o->opens_at, now) <= 0)
		return 0;
	r = series_follow(e, o->deadline->due.body->id, &meeting);
	if (r >= 0 && civil_is_none(meeting))
		r = series_first_is_awaited(e, o->deadline->series,
					    series_date(o->deadline, &o->row), now, &awaited);
	return r < 0 ? r : civil_is_none(meeting) && !awaited;
}

static int cancel(struct engine *e, struct deadline_row *row, struct instant now,
		  struct create_count *tally)
{
	const struct end_of_obligations end = { WITHDRAWN_REMOVED, "its meeting was cancelled",
						now };
	int r = obligations_withdraw_all(e, deadline_id(row->id), &end, tally);

	deadline_remove(row);
	row->bound = CIVIL_NONE;
	return r < 0 ? r : ledger_put_deadline(e->ledger, row);
}

int occurrences_cancel(struct engine *e, const struct deadline *series, struct instant now,
		       struct create_count *tally)
{
	struct series s;
	int r = series_load_known(&s, e, series);

	if (r < 0)
		return r;
	for (size_t i = 0; r >= 0 && i < s.known_count; i++) {
		if (series->every.kind == EVERY_MEETING)
			r = is_moot(e, &s.known[i], now);
		if (r > 0)
			r = cancel(e, &s.known[i].row, now, tally);
	}
	series_done(&s);
	return r < 0 ? r : 0;
}

int occurrences_follow_meetings(struct engine *e, const struct deadline *series, struct instant now,
				size_t *moved, struct create_count *tally)
{
	struct series s;
	int r = occurrences_cancel(e, series, now, tally);

	if (r >= 0)
		r = series_load_known(&s, e, series);
	if (r < 0)
		return r;
	for (size_t i = 0; r >= 0 && i < s.known_count; i++)
		if (s.known[i].row.state != DEADLINE_SUPERSEDED)
			r = dates_refresh(e, s.known[i].deadline, &s.known[i].row, now, moved);
	series_done(&s);
	return r < 0 ? r : occurrences_update(e, series, now, tally);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A body will meet, meets on another day, or not at all: every deadline that is due at its meetings is
 * bound anew, and so are the occurrences of series that follow them. What is handed in follows too,
 * since its date is what the board will read; nobody is told or reminded of that.
 */
#include "engine/apply/link_outcome.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/obligation/assignment_state.h"
#include "engine/obligation/chain.h"
#include "engine/obligation/dates.h"
#include "engine/obligation/done_by.h"
#include "engine/obligation/occurrences.h"
#include "engine/obligation/state.h"

/* ---- which deadlines a meeting concerns ---------------------------------------------------------- */

/* Those of the plan that are due at the body's meetings, or whose whole or one measure's answer was extended to
 * one. A series stands for its occurrences. */
struct concerned {
	const struct plan *plan;
	const struct body *body;
	const struct deadline **list;
	size_t count, room;
};

static void concerned_done(struct concerned *c)
{
	free(c->list);
}

/* Is it due at the meetings of the body, or is that one of its chain? */
static bool meets_at(const struct deadline *d, const struct body *body)
{
	return d->due.kind == DUE_MEETING && (d->due.body == body || chain_find(d, body->id));
}

static int add_concerned(struct concerned *c, const struct deadline *d)
{
	int r;

	for (size_t i = 0; i < c->count; i++)
		if (c->list[i] == d)
			return 0;
	r = array_grow(&c->list, c->count, &c->room);
	if (r == 0)
		c->list[c->count++] = d;
	return r;
}

/* Of what was extended: unless it is there as due at the body's meetings anyhow, or the plan has it no more. */
static int add_extended(struct concerned *c, struct deadline_id id)
{
	const struct deadline *d = plan_deadline(c->plan, id);

	return d && !meets_at(d, c->body) ? add_concerned(c, d) : 0;
}

static int add_row(void *userdata, const struct deadline_row *row)
{
	struct concerned *c = userdata;
	struct event_due due;

	if (row->state == DEADLINE_REMOVED || !event_due_parse(row->extended_to, &due) ||
	    strcmp(due.body, c->body->id.text) != 0)
		return 0;
	return add_extended(c, deadline_id(row->id));
}

static int add_own(void *userdata, const struct own_meeting *m)
{
	return add_extended(userdata, deadline_id(m->deadline));
}

static int find_concerned(struct application *a, const struct body *body, struct concerned *ret)
{
	const struct plan *plan = a->e->plan;
	int r;

	ret->plan = plan;
	ret->body = body;
	r = ledger_deadlines_at_meetings(a->e->ledger, add_row, ret);
	if (r >= 0)
		r = ledger_own_meetings_of_body(a->e->ledger, body->id, add_own, ret);
	for (size_t i = 0; r >= 0 && i < plan->deadline_count; i++) {
		if (!meets_at(&plan->deadlines[i], body))
			continue;
		r = array_grow(&ret->list, ret->count, &ret->room);
		if (r == 0)
			ret->list[ret->count++] = &plan->deadlines[i];
	}
	return r;
}

/* ---- what follows -------------------------------------------------------------------------------- */

/* An occurrence that was extended there moves, and its series, which goes on by other dates, looks again. */
static int rebind_one(struct application *a, const struct deadline *d, size_t *moved,
		      struct create_count *born)
{
	struct deadline_row row;
	int r = ledger_deadline(a->e->ledger, d->id, &row);

	if (r >= 0 && row.state != DEADLINE_REMOVED && row.state != DEADLINE_SUPERSEDED)
		r = dates_refresh(a->e, d, &row, a->now, moved);
	return r < 0 || !d->series ? r : occurrences_update(a->e, d->series, a->now, born);
}

static int rebind(struct application *a, const struct concerned *c, size_t *moved,
		  struct create_count *born)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < c->count; i++)
		r = c->list[i]->every.kind
			    ? occurrences_follow_meetings(a->e, c->list[i], a->now, moved, born)
			    : rebind_one(a, c->list[i], moved, born);
	for (size_t i = 0; r >= 0 && i < c->plan->assignment_count; i++) {
		const struct assignment *assignment = &c->plan->assignments[i];
		const struct due_spec *due = &assignment->answer_by;

		if (due->text && due->kind == DUE_MEETING && due->body == c->body)
			r = assignment_refresh(a->e, assignment, assignment, a->now);
	}
	if (r >= 0)
		r = done_by_follow(a->e, c->body, a->now);
	return r;
}

/* ---- what may not be expected ------------------------------------------------------------------ */

struct late {
	struct ledger *ledger;
	struct instant now;
	size_t count;
};

static int add_late(void *userdata, const struct obligation *o)
{
	struct late *l = userdata;

	l->count += obligation_is_late(o, l->now);
	return 0;
}

static int add_occurrence(void *userdata, const struct deadline_row *row)
{
	struct late *l = userdata;

	return ledger_obligations_of_deadline(l->ledger, deadline_id(row->id), add_late, l);
}

/* How many answers are late for the meetings of the body. */
static int count_late(struct application *a, const struct concerned *c, size_t *ret)
{
	struct late late = { .ledger = a->e->ledger, .now = a->now };
	int r = 0;

	for (size_t i = 0; r >= 0 && i < c->count; i++) {
		const struct deadline *d = c->list[i];

		r = d->every.kind
			    ? ledger_occurrences(late.ledger, d->id, add_occurrence, &late)
			    : ledger_obligations_of_deadline(late.ledger, d->id, add_late, &late);
	}
	*ret = late.count;
	return r < 0 ? r : 0;
}

/* A meeting on a day that nobody meets, in the past, or too near: it is entered, and said. */
static int warn_of_date(struct application *a, const struct body *body, size_t late)
{
	const struct event_meeting *e = &a->event->meeting;
	const bool past = civil_compare(e->from, zone_date(a->now)) < 0;
	char date[CIVIL_TEXT], follows[80] = "";
	int r = 0;

	civil_format(e->from, date);
	if (!calendar_is_workday(a->e->plan->calendar, e->from))
		r = application_warn(a, "%s is no working day: check the date of the meeting",
				     date);
	if (late)
		snprintf(follows, sizeof(follows), ": %zu %s late now", late,
			 late == 1 ? "answer is" : "answers are");
	if (r == 0 && past)
		r = application_warn(a, "the meeting of %s on %s is past%s", body->id.text, date,
				     late ? follows : "; nothing is late by that");
	else if (r == 0 && late)
		r = application_warn(a, "the papers for the meeting of %s on %s are past%s",
				     body->id.text, date, follows);
	return r;
}

/* The body's meeting to come that is nearest to another day, and within so many days of it. */
#define BESIDE 20 /* a body that meets each month has none */
struct beside {
	struct civil_date day, today, found; /* CIVIL_NONE: none is found */
	int distance;
};

static int look_beside(void *userdata, const struct meeting_row *m)
{
	struct beside *b = userdata;
	const int distance = abs(m->from.day - b->day.day);

	if (m->state != MEETING_KNOWN || distance == 0 || distance > b->distance ||
	    civil_compare(m->from, b->today) < 0)
		return 0;
	b->found = m->from;
	b->distance = distance;
	return 0;
}

/* One more may be the other one, moved, whose deadlines wait for that word. */
static int warn_of_another(struct application *a, const struct body *body)
{
	struct beside beside = { .day = a->event->meeting.from,
				 .today = zone_date(a->now),
				 .found = CIVIL_NONE,
				 .distance = BESIDE };
	char date[CIVIL_TEXT];
	int r = ledger_meetings(a->e->ledger, body->id, look_beside, &beside);

	if (r < 0 || civil_is_none(beside.found))
		return r;
	civil_format(beside.found, date);
	return application_warn(a,
				"added beside the meeting of %s on %s, whose deadlines stay: to "
				"move it instead, give --replaces %s",
				body->id.text, date, date);
}

/* ---- the meeting --------------------------------------------------------------------------------- */

/* What it does not say of a meeting that is known on that day stays as it is: its end, its place. */
static int put_meeting(struct application *a, const struct body *body, bool *ret_new)
{
	const struct event_meeting *e = &a->event->meeting;
	struct meeting_row m = { .from = e->from, .until = e->from, .replaced_by = CIVIL_NONE },
			   known;
	bool found;
	int r = ledger_find_meeting(a->e->ledger, body->id, e->from, &known, &found);

	if (r < 0)
		return r;
	*ret_new = !found || known.state != MEETING_KNOWN;
	if (!*ret_new)
		m = known;
	m.state = MEETING_KNOWN;
	if (!civil_is_none(e->until))
		m.until = e->until;
	snprintf(m.body, sizeof(m.body), "%s", body->id.text);
	if (e->place)
		snprintf(m.place, sizeof(m.place), "%s", e->place);
	return ledger_put_meeting(a->e->ledger, &m);
}

/* Can it be? Puts in the old one that it replaces, where it names one. */
static int check_meeting(struct application *a, const struct body *body,
			 struct meeting_row *ret_old)
{
	const struct event_meeting *e = &a->event->meeting;
	char date[CIVIL_TEXT];
	bool found;
	int r;

	if (!calendar_in_range(e->from))
		return (int)reject_data(a->why, CAUSE_DATE_OUT_OF_RANGE,
					"`from` %s is outside 2005-2100: check the year",
					civil_format(e->from, date));
	if (civil_is_none(e->replaces))
		return 0;
	r = ledger_find_meeting(a->e->ledger, body->id, e->replaces, ret_old, &found);
	if (r == 0 && (!found || ret_old->state != MEETING_KNOWN))
		return (int)reject_data(
			a->why, CAUSE_UNKNOWN_CHOICE,
			"%s has no meeting on %s to replace: give the date it is known by",
			body->id.text, civil_format(e->replaces, date));
	return r;
}

static int replace_old(struct application *a, struct meeting_row *old)
{
	const struct event_meeting *e = &a->event->meeting;

	if (civil_is_none(e->replaces) || (!e->cancelled && civil_equal(e->replaces, e->from)))
		return 0;
	old->state = e->cancelled ? MEETING_CANCELLED : MEETING_REPLACED;
	old->replaced_by = e->cancelled ? CIVIL_NONE : e->from;
	return ledger_put_meeting(a->e->ledger, old);
}

/* What may be a mistake in one that is held. */
static int warn_of_meeting(struct application *a, const struct concerned *concerned,
			   size_t late_before)
{
	size_t late;
	int r = count_late(a, concerned, &late);

	return r < 0 ? r
		     : warn_of_date(a, concerned->body,
				    late > late_before ? late - late_before : 0);
}

int apply_meeting(struct application *a)
{
	const struct event_meeting *e = &a->event->meeting;
	const struct body *body = plan_body(a->e->plan, body_id(a->event->subject));
	struct concerned concerned __attribute__((cleanup(concerned_done))) = { NULL };
	struct create_count born = { 0 };
	struct meeting_row old;
	size_t late_before, moved = 0;
	bool is_new = false;
	int r;

	if (!body)
		return (int)reject(a->why, REJECT_UNKNOWN_SUBJECT,
				   "there is no body %s in the plan: check the id",
				   a->event->subject);
	r = check_meeting(a, body, &old);
	if (r != 0)
		return r;
	r = find_concerned(a, body, &concerned);
	if (r >= 0)
		r = count_late(a, &concerned, &late_before);
	if (r >= 0)
		r = application_append(a);
	if (r >= 0)
		r = replace_old(a, &old);
	if (r >= 0 && !e->cancelled)
		r = put_meeting(a, body, &is_new);
	if (r >= 0)
		r = rebind(a, &concerned, &moved, &born);
	if (r >= 0)
		r = application_warn_superseded(a, &born);
	if (r >= 0)
		r = link_warn_disorder(a, body);
	if (r >= 0 && is_new && civil_is_none(e->replaces) && concerned.count > 0 && moved == 0)
		r = warn_of_another(a, body);
	return r < 0 || e->cancelled ? r : warn_of_meeting(a, &concerned, late_before);
}

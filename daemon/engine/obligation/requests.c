/* SPDX-License-Identifier: Apache-2.0 */
/*
 * That a request has become moot is seen from what it is about, whenever somebody looks: an answer would
 * otherwise have to look for requests, and answers are many where requests are few. It is written down only
 * where that could not be seen later any more: what was returned is unanswered again.
 */
#include "engine/obligation/requests.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "engine/obligation/dates.h"
#include "engine/obligation/done_by.h"
#include "engine/obligation/state.h"
#include "plan/due.h"

static const char *const names[REQUEST_STATES] = {
	[REQUEST_OPEN] = "open", [REQUEST_GRANTED] = "granted",	  [REQUEST_DENIED] = "denied",
	[REQUEST_MOOT] = "moot", [REQUEST_REPLACED] = "replaced",
};

const char *request_state_name(enum request_state state)
{
	return names[state];
}

enum request_state request_state_parse(const char *name)
{
	enum request_state state = 0;

	while (state < REQUEST_STATES && strcmp(names[state], name) != 0)
		state++;
	return state;
}

/* Of one measure: whether its answer is there, and its papers date. */
static int look_at_measure(struct engine *e, struct request_about *about)
{
	struct obligation o;
	bool found;
	int r = ledger_find_obligation_of(e->ledger, about->d->id, about->m->id, &o, &found);

	if (r < 0 || !found)
		return r;
	about->stands = o.papers;
	about->unanswered = o.phase == PHASE_LIVE;
	if (about->unanswered)
		about->obligation = o.id;
	return 0;
}

/* 1, which ends the walk, at the first that is unanswered. */
static int look_at_one(void *userdata, const struct obligation *o)
{
	struct request_about *about = userdata;

	if (o->phase != PHASE_LIVE)
		return 0;
	about->unanswered = true;
	return 1;
}

/* Of all: whether anything is unanswered, and the deliverable among it. A deadline has thousands, and as many requests
 * may be looked at: no more of them are read than it takes. */
static int look_at_whole(struct engine *e, const struct deadline_row *row,
			 struct request_about *about)
{
	struct obligation deliverable;
	bool found;
	int r = ledger_find_obligation_of(e->ledger, about->d->id, measure_id(""), &deliverable,
					  &found);

	about->stands = row->papers;
	if (r < 0)
		return r;
	if (found && deliverable.phase == PHASE_LIVE) {
		about->unanswered = true;
		about->obligation = deliverable.id;
		return 0;
	}
	r = ledger_obligations_of_deadline(e->ledger, about->d->id, look_at_one, about);
	return r < 0 ? r : 0;
}

/* The papers date that it asks for, of a meeting as it is known; CIVIL_NONE: its body has left the plan. */
static int find_asked_for(struct engine *e, const struct request_row *r,
			  const struct request_about *about, struct civil_date *ret)
{
	struct date_extend given = { .measure = measure_id(r->measure[0] ? r->measure : NULL) };
	struct dates dates = { .papers = CIVIL_NONE };
	int error = 0;

	if (event_due_parse(r->due, &given.due) &&
	    (!event_due_is_meeting(&given.due) || plan_body(e->plan, body_id(given.due.body))))
		error = dates_would_be(e, about->d, &given, r->at, &dates);
	*ret = dates.papers;
	return error;
}

/* About what is owed for a deadline. */
static int look_at_deadline(struct engine *e, const struct request_row *r,
			    struct request_about *about)
{
	struct civil_date asked_for = CIVIL_NONE;
	struct deadline_row row;
	bool found;
	int error = ledger_find_deadline(e->ledger, about->d->id, &row, &found);

	if (error < 0 || !found)
		return error;
	error = about->m ? look_at_measure(e, about) : look_at_whole(e, &row, about);
	if (error == 0 && about->unanswered)
		error = find_asked_for(e, r, about, &asked_for);
	about->later = civil_compare(asked_for, about->stands) > 0;
	return error;
}

/* About a measure's own date: not while it is closed. */
static int look_at_own_date(struct engine *e, const struct request_row *r,
			    struct request_about *about)
{
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	struct civil_date asked_for = CIVIL_NONE;
	struct event_due due;
	bool found;
	int error = ledger_find_measure(e->ledger, about->m->id, &row, &found);

	if (error < 0 || !found)
		return error;
	about->stands = row.done_by;
	about->unanswered = done_by_is_given(&row) && !measure_is_closed(&row);
	if (event_due_parse(r->due, &due) &&
	    (!event_due_is_meeting(&due) || plan_body(e->plan, body_id(due.body))))
		error = done_by_would_be(e, &row, &due, r->at, &asked_for);
	about->later = civil_compare(asked_for, row.done_by) > 0;
	return error;
}

int request_look(struct engine *e, const struct request_row *r, struct request_about *ret)
{
	struct request_about about = { .d = plan_deadline(e->plan, deadline_id(r->deadline)),
				       .m = plan_measure(e->plan, measure_id(r->measure)),
				       .stands = CIVIL_NONE,
				       .state = r->state };
	int error = 0;

	if (about.d && (about.m || !r->measure[0]))
		error = look_at_deadline(e, r, &about);
	else if (about.m && !r->deadline[0])
		error = look_at_own_date(e, r, &about);
	if (error < 0)
		return error;
	if (r->state == REQUEST_OPEN && !(about.unanswered && about.later))
		about.state = REQUEST_MOOT;
	*ret = about;
	return 0;
}

static bool is_given(const struct assignment *assignment, const struct body *body)
{
	return assignment && (assignment->given_by == body || assignment->given_to == body);
}

bool request_concerns(const struct request_about *about, const struct body *body)
{
	const struct deadline *d = about->d;

	return (d && d->due.kind == DUE_MEETING && d->due.body == body) ||
	       (d && is_given(d->assignment, body)) ||
	       (about->m && is_given(about->m->assignment, body));
}

int request_find_open(struct engine *e, struct deadline_id deadline, struct measure_id measure,
		      struct request_row *ret, bool *ret_found)
{
	struct request_about about;
	bool found;
	int r = ledger_find_open_request(e->ledger, deadline, measure, ret, &found);

	*ret_found = false;
	if (r < 0 || !found)
		return r;
	r = request_look(e, ret, &about);
	*ret_found = r == 0 && about.state == REQUEST_OPEN;
	return r;
}

static int gather(void *userdata, const struct request_row *r)
{
	struct requests *all = userdata;
	int error = array_grow(&all->list, all->count, &all->room);

	if (error == 0)
		all->list[all->count++] = *r;
	return error;
}

int requests_gather(struct engine *e, struct deadline_id deadline, bool standing,
		    struct requests *ret)
{
	struct request_about about;
	size_t kept = 0;
	int r = ledger_open_requests(e->ledger, deadline, gather, ret);

	for (size_t i = 0; r == 0 && i < ret->count; i++) {
		r = request_look(e, &ret->list[i], &about);
		if (r == 0 && (!standing || about.state == REQUEST_OPEN))
			ret->list[kept++] = ret->list[i];
	}
	ret->count = kept;
	return r;
}

void requests_done(struct requests *requests)
{
	free(requests->list);
}

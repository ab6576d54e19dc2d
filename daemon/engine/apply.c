/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One function for each type of event, in a table. Each checks all that could refuse the event before
 * it writes anything; what it then changes is what contracts § 3 "Answers" says.
 */
#include "engine/apply.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "engine/alert.h"
#include "engine/away.h"
#include "engine/dates.h"
#include "engine/gather.h"
#include "engine/owner.h"
#include "engine/post.h"
#include "engine/promise.h"
#include "engine/succession.h"

struct application {
	struct engine *e;
	const struct event *event;
	struct instant now;
	struct instant time; /* when it happened */
	int64_t seq;	     /* once appended */
	json_t *missing;     /* of a status: what it does not answer; NULL: nothing */
	struct rejection *why;
};

static int append(struct application *a)
{
	const struct event *event = a->event;
	char *body = json_dumps(event->json, JSON_COMPACT);
	int r;

	if (!body)
		return -ENOMEM;
	r = ledger_append_event(a->e->ledger, event->source, event->id,
				event_type_name(event->type), event->subject, a->time, a->now, body,
				&a->seq);
	free(body);
	return r;
}

/* The last part of a source: who said it. */
static const char *said_by(const struct event *event)
{
	const char *slash = strrchr(event->source, '/');

	return slash ? slash + 1 : event->source;
}

static const struct measure *find_measure(struct application *a, const char *id)
{
	const struct measure *m = plan_measure(a->e->plan, id);

	if (!m)
		reject(a->why, REJECT_UNKNOWN_SUBJECT,
		       plan_deadline(a->e->plan, id)
			       ? "%s is a deadline, not a measure: name one of its measures"
			       : "there is no measure %s in the plan: check the id",
		       id);
	return m;
}

static const struct deadline *find_deadline(struct application *a, const char *id)
{
	const struct deadline *d = plan_deadline(a->e->plan, id);

	if (!d)
		reject(a->why, REJECT_UNKNOWN_SUBJECT,
		       plan_measure(a->e->plan, id)
			       ? "%s is a measure, not a deadline: name the deadline"
			       : "there is no deadline %s in the plan: check the id",
		       id);
	return d;
}

/* ---- closing and restoring obligations --------------------------------------------------------- */

static int close_obligation(struct application *a, struct obligation *o,
			    enum obligation_phase phase, enum withdrawal withdrawal,
			    const char *why)
{
	int r = post_moot(a->e, o->id, o->deadline, ~0U, why, a->now);

	if (r < 0)
		return r;
	o->phase = phase;
	o->withdrawal = withdrawal;
	o->next_at = INSTANT_NONE;
	if (phase == PHASE_ANSWERED) {
		o->answered_at = a->time;
		o->answered_seq = a->seq;
	}
	return ledger_put_obligation(a->e->ledger, o);
}

/* ---- status -------------------------------------------------------------------------------------- */

static bool is_closed(enum measure_status status)
{
	return status == STATUS_DONE || status == STATUS_CANCELLED;
}

/* Open or late, and the window holds the status's time. */
static bool answers(const struct application *a, const struct obligation *o)
{
	return o->phase == PHASE_LIVE && instant_compare(o->opens_at, a->now) <= 0 &&
	       instant_compare(o->opens_at, a->time) <= 0 &&
	       (instant_is_none(o->answers_after) ||
		instant_compare(o->answers_after, a->time) < 0);
}

/* What the deadline requires and the status does not give: bits, and noted for the answer. */
static int note_missing(struct application *a, const struct obligation *o, unsigned *ret)
{
	const struct deadline *d = plan_deadline(a->e->plan, o->deadline);
	unsigned missing = d ? d->require & ~event_fields(&a->event->status) : 0;
	json_t *fields = missing ? json_array() : NULL;

	*ret = missing;
	if (!missing)
		return 0;
	for (int i = 0; i < STATUS_FIELDS; i++)
		if (missing & 1U << i)
			json_array_append_new(fields, json_string(event_field_names[i]));
	if (!a->missing)
		a->missing = json_array();
	return json_array_append_new(a->missing, json_pack("{ss so}", "deadline", o->deadline,
							   "fields", fields)) < 0
		       ? -ENOMEM
		       : 0;
}

/* The measure is under way again: what was withdrawn for its sake comes back if it can be met, and
 * its deadline is not closed; else there is another reason for it now. */
static int restore(struct application *a, struct obligation *o, const char *owner)
{
	struct deadline_row row;
	int r;

	if (o->phase != PHASE_WITHDRAWN || o->withdrawal != WITHDRAWN_MEASURE_CLOSED ||
	    civil_compare(o->papers, zone_date(a->now)) < 0)
		return 0;
	r = ledger_deadline(a->e->ledger, o->deadline, &row);
	if (r < 0)
		return r;
	if (row.closed) {
		o->withdrawal = row.removed	 ? WITHDRAWN_REMOVED
				: row.superseded ? WITHDRAWN_SUPERSEDED
						 : WITHDRAWN_SUBMITTED;
	} else {
		o->phase = PHASE_LIVE;
		o->withdrawal = WITHDRAWN_NOT;
		o->next_at = a->now;
		snprintf(o->owner, sizeof(o->owner), "%s", owner);
	}
	return ledger_put_obligation(a->e->ledger, o);
}

/* One obligation of the measure, when a status has come. What lacks a required field stays open. */
static int settle(struct application *a, struct obligation *o, bool closed)
{
	unsigned missing;
	int r;

	if (answers(a, o)) {
		r = note_missing(a, o, &missing);
		return r < 0 || missing
			       ? r
			       : close_obligation(a, o, PHASE_ANSWERED, WITHDRAWN_NOT, "answered");
	}
	if (!closed || o->phase != PHASE_LIVE)
		return 0;
	return close_obligation(a, o, PHASE_WITHDRAWN, WITHDRAWN_MEASURE_CLOSED,
				"the measure is done or cancelled");
}

static int settle_obligations(struct application *a, const char *owner, bool reopened, bool closed)
{
	struct obligations g __attribute__((cleanup(obligations_done))) = { 0 };
	const char *id = a->event->subject;
	int r = gather_of_measure(a->e, id, &g);

	for (size_t i = 0; r >= 0 && i < g.count; i++) {
		struct obligation *o = &g.list[i];

		if (reopened)
			r = restore(a, o, owner);
		if (r >= 0)
			r = settle(a, o, closed);
	}
	return r;
}

static void carry(struct optional *last, const struct optional *reported)
{
	if (reported->given)
		*last = *reported;
}

static int replace_text(char **text, const char *by)
{
	char *copy = by ? strdup(by) : NULL;

	if (by && !copy)
		return -ENOMEM;
	free(*text);
	*text = copy;
	return 0;
}

static int apply_status(struct application *a)
{
	const struct event_status *s = &a->event->status;
	const struct measure *m = find_measure(a, a->event->subject);
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	bool newest, was_closed;
	int r;

	if (!m)
		return REJECT_UNKNOWN_SUBJECT;
	r = ledger_measure(a->e->ledger, m->id, &row);
	if (r >= 0)
		r = append(a);
	if (r < 0)
		return r;
	newest = row.seq == 0 || instant_compare(a->time, row.time) >= 0;
	was_closed = is_closed(row.status);
	if (newest) {
		r = alert_on_status(a->e, m, &row, s, said_by(a->event), a->now);
		row.status = s->status;
		row.time = a->time;
		row.seq = a->seq;
		carry(&row.progress, &s->progress);
		carry(&row.effect_achieved, &s->effect_achieved);
		carry(&row.effect_forecast, &s->effect_forecast);
		if (r >= 0)
			r = replace_text(&row.needs_support, s->needs_support);
		if (r >= 0)
			r = replace_text(&row.note, s->note);
		if (r >= 0)
			r = ledger_put_measure(a->e->ledger, &row);
	}
	if (r < 0)
		return r;
	return settle_obligations(a, row.owner, newest && was_closed && !is_closed(s->status),
				  newest && is_closed(s->status));
}

/* ---- submit -------------------------------------------------------------------------------------- */

static int confirm(struct application *a, const struct deadline *d, bool supplement)
{
	const struct event_submit *s = &a->event->submit;
	const struct recipient_context context = { d->responsible, d->responsible };
	struct recipient_list to = { .count = 0 };
	struct item item = { .what = ITEM_SUBMITTED };
	json_t *detail = json_pack("{ss ss ss* sb}", "reference", s->reference, "by",
				   said_by(a->event), "note", s->note, "supplement", supplement);
	int r;

	item.detail = detail ? json_dumps(detail, JSON_COMPACT) : NULL;
	json_decref(detail);
	if (!item.detail)
		return -ENOMEM;
	snprintf(item.deadline, sizeof(item.deadline), "%s", d->id);
	recipient_add(&to, a->e->plan, d->inform, d->inform_count, &context);
	r = post_to_all(a->e, &to, &item, a->now);
	item_done(&item);
	return r;
}

static int apply_submit(struct application *a)
{
	const struct deadline *d = find_deadline(a, a->event->subject);
	struct obligations g __attribute__((cleanup(obligations_done))) = { 0 };
	struct deadline_row row;
	bool supplement;
	int r;

	if (!d)
		return REJECT_UNKNOWN_SUBJECT;
	r = ledger_deadline(a->e->ledger, d->id, &row);
	if (r >= 0)
		r = append(a);
	if (r >= 0)
		r = gather_of_deadline(a->e, d->id, &g);
	for (size_t i = 0; r >= 0 && i < g.count; i++) {
		struct obligation *o = &g.list[i];

		if (o->phase != PHASE_LIVE)
			continue;
		r = o->measure[0]
			    ? close_obligation(a, o, PHASE_WITHDRAWN, WITHDRAWN_SUBMITTED,
					       "the deadline was submitted without it")
			    : close_obligation(a, o, PHASE_ANSWERED, WITHDRAWN_NOT, "submitted");
	}
	if (r < 0)
		return r;
	supplement = row.submitted_seq != 0;
	row.closed = true;
	row.next_at = INSTANT_NONE;
	row.submitted_seq = a->seq;
	row.submitted_at = a->time;
	snprintf(row.reference, sizeof(row.reference), "%s", a->event->submit.reference);
	r = ledger_put_deadline(a->e->ledger, &row);
	return r < 0 ? r : confirm(a, d, supplement);
}

/* ---- outcome ------------------------------------------------------------------------------------- */

/* A date by which something is to be handed in: from today on. */
static int check_due(struct application *a, struct civil_date due)
{
	char date[CIVIL_TEXT];

	if (calendar_in_range(due) && civil_compare(due, zone_date(a->now)) >= 0)
		return 0;
	return (int)reject(a->why, REJECT_BAD_DATA,
			   "`due` %s has already passed: give a date from today on",
			   civil_format(due, date));
}

static int check_outcome(struct application *a, const struct deadline *d,
			 const struct deadline_row *row)
{
	const struct event_outcome *o = &a->event->outcome;

	if (!row->submitted_seq)
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "%s is not handed in%s: there is nothing yet to decide on",
				   d->id, row->outcome == OUTCOME_RETURNED ? " again" : "");
	if (o->outcome != OUTCOME_RETURNED)
		return 0;
	if (row->outcome == OUTCOME_NOTED || row->outcome == OUTCOME_APPROVED)
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "%s was %s (%s) and is closed for good: ask for more in a new "
				   "deadline",
				   d->id, event_outcome_name(row->outcome), row->outcome_reference);
	return check_due(a, o->due);
}

/* Noted or approved: those to be informed and the responsible hear of it. */
static int confirm_outcome(struct application *a, const struct deadline *d)
{
	const struct event_outcome *o = &a->event->outcome;
	const struct recipient_context context = { d->responsible, d->responsible };
	struct recipient_list to = { .count = 0 };
	struct item item = { .what = ITEM_OUTCOME };
	json_t *detail = json_pack("{ss ss ss}", "outcome", event_outcome_name(o->outcome),
				   "reference", o->reference, "by", said_by(a->event));
	int r;

	item.detail = detail ? json_dumps(detail, JSON_COMPACT) : NULL;
	json_decref(detail);
	if (!item.detail)
		return -ENOMEM;
	snprintf(item.deadline, sizeof(item.deadline), "%s", d->id);
	recipient_add(&to, a->e->plan, d->inform, d->inform_count, &context);
	if (d->responsible)
		recipient_add_one(&to, (struct recipient){ .person = d->responsible });
	r = post_to_all(a->e, &to, &item, a->now);
	item_done(&item);
	return r;
}

static int apply_outcome(struct application *a)
{
	const struct event_outcome *o = &a->event->outcome;
	const struct deadline *d = find_deadline(a, a->event->subject);
	struct deadline_row row;
	int r;

	if (!d)
		return REJECT_UNKNOWN_SUBJECT;
	r = ledger_deadline(a->e->ledger, d->id, &row);
	if (r == 0)
		r = check_outcome(a, d, &row);
	if (r == 0)
		r = append(a);
	if (r != 0)
		return r;
	row.outcome = o->outcome;
	row.outcome_at = a->time;
	row.outcome_seq = a->seq;
	snprintf(row.outcome_reference, sizeof(row.outcome_reference), "%s", o->reference);
	if (o->outcome == OUTCOME_RETURNED)
		return dates_return(a->e, d, &row, o->due, a->time, said_by(a->event), a->now);
	r = ledger_put_deadline(a->e->ledger, &row);
	return r < 0 ? r : confirm_outcome(a, d);
}

/* ---- seen ---------------------------------------------------------------------------------------- */

static const struct person *find_speaker(struct application *a)
{
	static const char people[] = "/people/";
	const char *source = a->event->source;
	const struct person *p = strncmp(source, people, strlen(people)) == 0
					 ? plan_person(a->e->plan, source + strlen(people))
					 : NULL;

	if (!p)
		reject(a->why, REJECT_NOT_ALLOWED,
		       "%s is nobody who was reminded: the person who promises the answer says so, "
		       "as /people/ID",
		       a->event->source);
	return p;
}

/* Those in the list that are open and that the person was asked for, kept; the rest left out. */
static int keep_asked(struct application *a, const struct person *person, struct obligations *g)
{
	size_t kept = 0;

	for (size_t i = 0; i < g->count; i++) {
		int r = g->list[i].phase == PHASE_LIVE
				? promise_was_asked(a->e, &g->list[i], person->id, a->now)
				: 0;

		if (r < 0)
			return r;
		if (r > 0)
			g->list[kept++] = g->list[i];
	}
	g->count = kept;
	return 0;
}

static int check_promise(struct application *a, const struct person *person,
			 const struct obligations *g)
{
	struct civil_date by = a->event->seen.answer_by;
	char date[CIVIL_TEXT], papers[CIVIL_TEXT];

	if (g->count == 0)
		return (int)reject(
			a->why, REJECT_NOT_ALLOWED,
			"%s has not been reminded of anything unanswered in %s: there is "
			"nothing to pause",
			person->id, a->event->subject);
	if (civil_compare(by, zone_date(a->now)) < 0)
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "`answer_by` %s has already passed: give a date from today on",
				   civil_format(by, date));
	for (size_t i = 0; i < g->count; i++)
		if (civil_compare(by, g->list[i].papers) > 0)
			return (int)reject(
				a->why, REJECT_BAD_DATA,
				"`answer_by` %s is after %s, the papers date of %s: give "
				"that date or an earlier one",
				civil_format(by, date), civil_format(g->list[i].papers, papers),
				g->list[i].deadline);
	return 0;
}

static int apply_seen(struct application *a)
{
	const char *id = a->event->subject;
	struct obligations g __attribute__((cleanup(obligations_done))) = { 0 };
	const struct person *person;
	int r;

	if (!plan_measure(a->e->plan, id) && !find_deadline(a, id))
		return REJECT_UNKNOWN_SUBJECT;
	person = find_speaker(a);
	if (!person)
		return REJECT_NOT_ALLOWED;
	r = plan_measure(a->e->plan, id) ? gather_of_measure(a->e, id, &g)
					 : gather_of_deadline(a->e, id, &g);
	if (r >= 0)
		r = keep_asked(a, person, &g);
	if (r >= 0)
		r = check_promise(a, person, &g);
	if (r == 0)
		r = append(a);
	for (size_t i = 0; r == 0 && i < g.count; i++)
		r = promise_make(a->e, &g.list[i], person->id, a->event->seen.answer_by, a->seq,
				 a->now);
	return r;
}

/* ---- assign -------------------------------------------------------------------------------------- */

static int apply_assign(struct application *a)
{
	const struct event_assign *s = &a->event->assign;
	const struct measure *m = find_measure(a, a->event->subject);
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	char before[ID_MAX + 1];
	int r;

	if (!m)
		return REJECT_UNKNOWN_SUBJECT;
	if (!plan_person(a->e->plan, s->owner))
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "`owner` %s is no person in the plan: check the id", s->owner);
	r = ledger_measure(a->e->ledger, m->id, &row);
	if (r >= 0)
		r = append(a);
	if (r < 0 || strcmp(row.owner, s->owner) == 0)
		return r;
	memcpy(before, row.owner, sizeof(before));
	snprintf(row.owner, sizeof(row.owner), "%s", s->owner);
	r = ledger_put_measure(a->e->ledger, &row);
	return r < 0 ? r : owner_changed(a->e, m->id, before, row.owner, said_by(a->event), a->now);
}

/* ---- absence ------------------------------------------------------------------------------------- */

static int check_deputy(struct application *a, const struct person *person)
{
	const char *deputy = a->event->absence.deputy;

	if (deputy && !plan_person(a->e->plan, deputy))
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "`deputy` %s is no person in the plan: check the id", deputy);
	if (deputy && strcmp(deputy, person->id) == 0)
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "`deputy` %s is the one who is away: name somebody else",
				   deputy);
	return 0;
}

static int apply_absence(struct application *a)
{
	const struct event_absence *s = &a->event->absence;
	const struct person *person = plan_person(a->e->plan, a->event->subject);
	struct absence absence = { .from = s->from, .until = s->until };
	char date[CIVIL_TEXT];
	int r;

	if (!person)
		return (int)reject(a->why, REJECT_UNKNOWN_SUBJECT,
				   "there is no person %s in the plan: check the id",
				   a->event->subject);
	if (!calendar_in_range(s->from) || !calendar_in_range(s->until))
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "`from` %s or `until` is outside 2005-2100: check the years",
				   civil_format(s->from, date));
	r = check_deputy(a, person);
	if (r == 0)
		r = append(a);
	if (r != 0)
		return r;
	snprintf(absence.person, sizeof(absence.person), "%s", person->id);
	snprintf(absence.deputy, sizeof(absence.deputy), "%s", s->deputy ? s->deputy : "");
	absence.seq = a->seq;
	r = ledger_put_absence(a->e->ledger, &absence);
	return r < 0 ? r : away_changed(a->e, person, a->now);
}

/* ---- extend -------------------------------------------------------------------------------------- */

static int check_extension(struct application *a, const struct deadline **ret_deadline,
			   const char **ret_measure)
{
	const struct event_extend *x = &a->event->extend;
	const char *subject = a->event->subject;
	const struct measure *m = plan_measure(a->e->plan, subject);
	const struct deadline *d;

	if (m && !x->deadline)
		return (int)reject(
			a->why, REJECT_BAD_DATA,
			"%s is a measure: say in `deadline` which of its deadlines is extended",
			subject);
	if (!m && x->deadline && strcmp(x->deadline, subject) != 0)
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "`deadline` says %s but the subject is %s: name the measure as "
				   "subject, or leave `deadline` out",
				   x->deadline, subject);
	d = find_deadline(a, m ? x->deadline : subject);
	if (!d)
		return REJECT_UNKNOWN_SUBJECT;
	if (m && !deadline_asks(d, m))
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "%s does not ask %s: there is nothing to extend", d->id, m->id);
	*ret_deadline = d;
	*ret_measure = m ? m->id : NULL;
	return check_due(a, x->due);
}

struct unanswered {
	const char *measure; /* NULL: any */
	size_t count;
};

static int count_unanswered(void *userdata, const struct obligation *o)
{
	struct unanswered *u = userdata;

	u->count += o->phase == PHASE_LIVE && (!u->measure || strcmp(o->measure, u->measure) == 0);
	return 0;
}

static int apply_extend(struct application *a)
{
	const struct deadline *d;
	struct unanswered u = { 0 };
	struct born born = { 0 };
	int r = check_extension(a, &d, &u.measure);

	if (r)
		return r;
	r = ledger_obligations_of_deadline(a->e->ledger, d->id, count_unanswered, &u);
	if (r < 0)
		return r;
	if (u.count == 0)
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "nothing is unanswered in %s%s%s: there is nothing to extend",
				   d->id, u.measure ? " for " : "", u.measure ? u.measure : "");
	r = append(a);
	if (r >= 0)
		r = dates_extend(a->e, d, u.measure, a->event->extend.due, a->now);
	return r < 0 || !d->series ? r : succession_look(a->e, d->series, a->now, &born);
}

/* ---- meeting ------------------------------------------------------------------------------------- */

static int rebind(struct application *a, const struct body *body)
{
	const struct plan *plan = a->e->plan;
	struct born born = { 0 };
	size_t moved = 0;
	int r = 0;

	for (size_t i = 0; r >= 0 && i < plan->deadline_count; i++) {
		const struct deadline *d = &plan->deadlines[i];
		struct deadline_row row;

		if (d->due.kind != DUE_MEETING || d->due.body != body)
			continue;
		if (d->every.kind) {
			r = succession_follow(a->e, d, a->now, &moved, &born);
			continue;
		}
		r = ledger_deadline(a->e->ledger, d->id, &row);
		if (r >= 0 && !row.closed)
			r = dates_refresh(a->e, d, &row, a->now, true, &moved);
	}
	return r;
}

static int put_meeting(struct application *a, const struct body *body)
{
	const struct event_meeting *e = &a->event->meeting;
	struct meeting_row m = { .from = e->from, .until = e->until, .state = MEETING_KNOWN };

	if (civil_is_none(m.until))
		m.until = m.from;
	m.replaced_by = CIVIL_NONE;
	snprintf(m.body, sizeof(m.body), "%s", body->id);
	snprintf(m.place, sizeof(m.place), "%s", e->place ? e->place : "");
	return ledger_put_meeting(a->e->ledger, &m);
}

static int apply_meeting(struct application *a)
{
	const struct event_meeting *e = &a->event->meeting;
	const struct body *body = plan_body(a->e->plan, a->event->subject);
	struct meeting_row old;
	char date[CIVIL_TEXT];
	int r = 0;

	if (!body)
		return (int)reject(a->why, REJECT_UNKNOWN_SUBJECT,
				   "there is no body %s in the plan: check the id",
				   a->event->subject);
	if (!calendar_in_range(e->from))
		return (int)reject(a->why, REJECT_BAD_DATA,
				   "`from` %s is outside 2005-2100: check the year",
				   civil_format(e->from, date));
	if (!civil_is_none(e->replaces)) {
		r = ledger_meeting(a->e->ledger, body->id, e->replaces, &old);
		if (r == -ENOENT || (r == 0 && old.state != MEETING_KNOWN))
			return (int)reject(
				a->why, REJECT_BAD_DATA,
				"%s has no meeting on %s to replace: give the date it is known by",
				body->id, civil_format(e->replaces, date));
	}
	if (r >= 0)
		r = append(a);
	if (r < 0)
		return r;
	if (!civil_is_none(e->replaces) && (e->cancelled || !civil_equal(e->replaces, e->from))) {
		old.state = e->cancelled ? MEETING_CANCELLED : MEETING_REPLACED;
		old.replaced_by = e->cancelled ? CIVIL_NONE : e->from;
		r = ledger_put_meeting(a->e->ledger, &old);
	}
	if (r >= 0 && !e->cancelled)
		r = put_meeting(a, body);
	return r < 0 ? r : rebind(a, body);
}

/* ---- note ---------------------------------------------------------------------------------------- */

static int apply_note(struct application *a)
{
	const char *id = a->event->subject;

	if (!plan_measure(a->e->plan, id) && !plan_deadline(a->e->plan, id))
		return (int)reject(a->why, REJECT_UNKNOWN_SUBJECT,
				   "there is no measure or deadline %s in the plan: check the id",
				   id);
	return append(a);
}

/* The plain id of a series means its earliest occurrence that is not closed; so it is logged. */
static int name_occurrence(struct application *a, const char **id, char out[static ITEM_ID])
{
	int r = series_resolve(a->e, *id, false, out);

	if (r == -ENOENT)
		return (int)reject(
			a->why, REJECT_UNKNOWN_SUBJECT,
			"%s has no such occurrence that is open: name one that is there, as "
			"ID@YYYY-MM-DD",
			*id);
	*id = out;
	return r;
}

static int (*const appliers[EVENT_TYPES])(struct application *a) = {
	[EVENT_STATUS] = apply_status,	 [EVENT_SUBMIT] = apply_submit,
	[EVENT_OUTCOME] = apply_outcome, [EVENT_SEEN] = apply_seen,
	[EVENT_EXTEND] = apply_extend,	 [EVENT_ASSIGN] = apply_assign,
	[EVENT_ABSENCE] = apply_absence, [EVENT_MEETING] = apply_meeting,
	[EVENT_NOTE] = apply_note,
};

int apply_event(struct engine *e, const struct event *event, struct instant now, int64_t *ret_seq,
		json_t **ret_missing, struct rejection *ret_why)
{
	char subject[ITEM_ID], deadline[ITEM_ID];
	struct event meant = *event;
	struct application a = {
		.e = e,
		.event = &meant,
		.now = now,
		.time = instant_is_none(event->time) ? now : event->time,
		.why = ret_why,
	};
	int r = name_occurrence(&a, &meant.subject, subject);

	if (r == 0 && event->type == EVENT_EXTEND && event->extend.deadline)
		r = name_occurrence(&a, &meant.extend.deadline, deadline);
	if (r == 0)
		r = appliers[event->type](&a);

	if (r == 0) {
		*ret_seq = a.seq;
		*ret_missing = json_incref(a.missing);
	}
	json_decref(a.missing);
	return r;
}

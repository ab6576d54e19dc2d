/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the rooms of events share. An event is appended to the log only once nothing can refuse it any
 * more; what follows from it carries its seq.
 */
#include "engine/apply/application.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "engine/obligation/chain.h"
#include "engine/obligation/series.h"
#include "engine/obligation/state.h"
#include "engine/outbox/post.h"

int application_remark(json_t **list, json_t *value)
{
	if (!*list)
		*list = json_array();
	return json_array_append_new(*list, value) < 0 ? -ENOMEM : 0;
}

int application_warn(struct application *a, const char *format, ...)
{
	va_list arguments;
	json_t *sentence;

	va_start(arguments, format);
	sentence = json_vsprintf(format, arguments);
	va_end(arguments);
	return application_remark(&a->remarks.warnings, sentence);
}

int application_warn_superseded(struct application *a, const struct create_count *born)
{
	if (born->superseded == 0)
		return 0;
	return application_warn(a,
				"%zu %s withdrawn unanswered: the date is past and the next "
				"occurrence is open",
				born->superseded,
				born->superseded == 1 ? "answer is" : "answers are");
}

int application_append(struct application *a)
{
	const struct event *event = a->event;
	char *body = strndup(event->json->begin, event->json->size);
	int r;

	if (!body)
		return -ENOMEM;
	r = ledger_append_event(a->e->ledger,
				&(struct logged_event){ .source = event->source,
							.id = event->id,
							.type = event_type_name(event->type),
							.subject = event->subject,
							.time = a->time,
							.received = a->now,
							.body = body },
				&a->seq);
	free(body);
	return r;
}

int application_replace_text(char **text, const char *by)
{
	char *copy = by ? strdup(by) : NULL;

	if (by && !copy)
		return -ENOMEM;
	free(*text);
	*text = copy;
	return 0;
}

const struct measure *application_measure(struct application *a, struct measure_id id)
{
	const struct measure *m = plan_measure(a->e->plan, id);

	if (!m)
		reject(a->why, REJECT_UNKNOWN_SUBJECT,
		       plan_deadline(a->e->plan, deadline_id(id.text))
			       ? "%s is a deadline, not a measure: name one of its measures"
		       : plan_assignment(a->e->plan, assignment_id(id.text))
			       ? "%s is an assignment: name one of its measures"
			       : "there is no measure %s in the plan: check the id",
		       id.text);
	return m;
}

const struct deadline *application_deadline(struct application *a, struct deadline_id id)
{
	const struct deadline *d = plan_deadline(a->e->plan, id);

	if (!d)
		reject(a->why, REJECT_UNKNOWN_SUBJECT,
		       plan_measure(a->e->plan, measure_id(id.text))
			       ? "%s is a measure, not a deadline: name the deadline"
		       : plan_assignment(a->e->plan, assignment_id(id.text))
			       ? "%s is an assignment: name one of its deadlines"
			       : "there is no deadline %s in the plan: check the id",
		       id.text);
	return d;
}

int application_check_due(struct application *a, struct civil_date due)
{
	char date[CIVIL_TEXT];

	if (!calendar_in_range(due))
		return (int)reject_data(a->why, CAUSE_DATE_OUT_OF_RANGE,
					"`due` %s is outside 2005-2100: check the year",
					civil_format(due, date));
	if (civil_compare(due, zone_date(a->now)) >= 0)
		return 0;
	return (int)reject_data(a->why, CAUSE_DATE_PAST,
				"`due` %s has already passed: give a date from today on",
				civil_format(due, date));
}

/* The bodies there are, for a sentence. */
static const char *name_bodies(const struct plan *plan, char *out, size_t size)
{
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < plan->body_count && used < size; i++)
		used += (size_t)snprintf(out + used, size - used, "%s%s", i ? ", " : "",
					 plan->bodies[i].id.text);
	return out;
}

int application_check_due_of(struct application *a, const struct deadline *d,
			     const struct event_due *due)
{
	if (event_due_is_meeting(due) && chain_find(d, body_id(due->body)))
		return (int)reject_data(
			a->why, CAUSE_BODY_BEFORE,
			"`due` names %s, which %s passes before its own body: name another "
			"body's meeting, or a date",
			due->body, d->id.text);
	return application_check_event_due(a, due);
}

int application_check_event_due(struct application *a, const struct event_due *due)
{
	int year, month, day;
	char bodies[200];

	if (!event_due_is_meeting(due))
		return application_check_due(a, due->date);
	if (!plan_body(a->e->plan, body_id(due->body)))
		return (int)reject_data(
			a->why, CAUSE_UNKNOWN_CHOICE,
			"`due` names the body %s, which is not in the plan: it is one of %s",
			due->body, name_bodies(a->e->plan, bodies, sizeof(bodies)));
	if (due->year < CALENDAR_FIRST_YEAR || due->year > CALENDAR_LAST_YEAR)
		return (int)reject_data(a->why, CAUSE_DATE_OUT_OF_RANGE,
					"`due` %04d-%02d is outside 2005-2100: check the year",
					due->year, due->month);
	civil_to_ymd(zone_date(a->now), &year, &month, &day);
	if (due->year > year || (due->year == year && due->month >= month))
		return 0;
	return (int)reject_data(
		a->why, CAUSE_DATE_PAST,
		"`due` names a meeting in %04d-%02d, which has passed: name one from %04d-%02d "
		"on",
		due->year, due->month, year, month);
}

int application_check_papers(struct application *a, const struct event_due *due,
			     const struct dates *dates)
{
	char text[EVENT_DUE_TEXT], meeting[CIVIL_TEXT], papers[CIVIL_TEXT];

	if (!event_due_is_meeting(due) || civil_compare(dates->papers, zone_date(a->now)) >= 0)
		return 0;
	return (int)reject_data(
		a->why, CAUSE_PAPERS_PAST,
		"`due` %s is the meeting on %s, whose papers were due on %s: name a "
		"later one, or give a date",
		event_due_format(due, text), civil_format(dates->due, meeting),
		civil_format(dates->papers, papers));
}

static int drop_moot(struct application *a, const struct obligation *o, const char *why)
{
	return outbox_strike(
		a->e, &(struct strike){ o->id, deadline_id(o->deadline), ~0U, .why = why }, a->now);
}

int application_check_not_superseded(struct application *a, const struct deadline *d,
				     const struct deadline_row *row)
{
	char open[ITEM_ID];
	struct deadline_row next;
	bool found;
	int r;

	if (row->state != DEADLINE_SUPERSEDED)
		return 0;
	r = series_resolve(a->e, d->series->id, false, open, &found);
	if (r >= 0 && !found)
		return (int)reject_data(a->why, CAUSE_GIVEN_WAY,
					"%s has given way to a later one, and none is open now",
					d->id.text);
	if (r >= 0)
		r = ledger_deadline(a->e->ledger, deadline_id(open), &next);
	if (r < 0)
		return r;
	if (instant_is_none(next.opened_at))
		return (int)reject_data(
			a->why, CAUSE_GIVEN_WAY,
			"%s has given way to a later one, and none is open now: the "
			"next is %s",
			d->id.text, open);
	return (int)reject_data(a->why, CAUSE_GIVEN_WAY,
				"%s has given way to a later one: %s is open, name that",
				d->id.text, open);
}

int application_answered(struct application *a, struct obligation *o, const char *why)
{
	int r = drop_moot(a, o, why);

	if (r >= 0)
		r = remarks_add_answered(&a->remarks, o->deadline);
	obligation_answer(o, a->time, a->seq);
	return r < 0 ? r : ledger_put_obligation(a->e->ledger, o);
}

int application_withdrawn(struct application *a, struct obligation *o, enum withdrawal withdrawal,
			  const char *why)
{
	int r = drop_moot(a, o, why);

	obligation_withdraw(o, withdrawal);
	return r < 0 ? r : ledger_put_obligation(a->e->ledger, o);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* show: all that is known of one measure, deadline, body or person; of an assignment: answer_assignments.c. */
#include <errno.h>
#include <string.h>

#include "base/zone.h"
#include "engine/inquiry/inquirer.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/series.h"
#include "engine/outbox/absence.h"
#include "plan/due.h"

#define SHOWN_EVENTS 50
#define SHOWN_OBLIGATIONS 500
#define COMING_DAYS 31 /* with today, as forecast has them */

enum shown {
	SHOWN_MEASURE,
	SHOWN_DEADLINE,
	SHOWN_ASSIGNMENT,
	SHOWN_BODY,
	SHOWN_PERSON,
	SHOWN_NOTHING
};

/* What has the id: of several the first, since measures and deadlines are what most questions are about. */
static enum shown what_is(const struct plan *plan, const char *id)
{
	return plan_measure(plan, measure_id(id))	  ? SHOWN_MEASURE
	       : plan_deadline(plan, deadline_id(id))	  ? SHOWN_DEADLINE
	       : plan_assignment(plan, assignment_id(id)) ? SHOWN_ASSIGNMENT
	       : plan_body(plan, body_id(id))		  ? SHOWN_BODY
	       : plan_person(plan, person_id(id))	  ? SHOWN_PERSON
							  : SHOWN_NOTHING;
}

static int begin_show(struct inquiry *q, struct rejection *ret_why)
{
	const char *item = inquiry_text(q, "item");

	if (what_is(q->e.plan, item) != SHOWN_NOTHING)
		return 0;
	return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
			   "there is no measure, deadline, assignment, body or person %s in the "
			   "plan: check the id",
			   item);
}

static int add_event(void *userdata, const struct logged_event *event)
{
	json_t *events = userdata, *json = json_loads(event->body, 0, NULL);

	json_t *row = json_pack(
		"{sI ss ss so so so}", "seq", (json_int_t)event->seq, "type", event->type, "source",
		event->source, "time", json_instant(event->time), "received",
		json_instant(event->received), "data", json_incref(json_object_get(json, "data")));
	if (event->undone != 0)
		json_object_set_new(row, "undone", json_integer((json_int_t)event->undone));
	json_array_append_new(events, row);
	json_decref(json);
	if (json_array_size(events) > SHOWN_EVENTS)
		json_array_remove(events, 0);
	return 0;
}

int inquiry_add_events(const struct inquiry *q, const char *item, json_t *row)
{
	json_t *events = json_array();
	int r = ledger_events_of(q->e.ledger, item, add_event, events);

	json_object_set_new(row, "events", events);
	return r;
}

static json_t *texts(const char *const *list, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(array, json_string(list[i]));
	return array;
}

static json_t *show_measure(const struct inquiry *q, const struct measure *m)
{
	struct measure_row row
		__attribute__((cleanup(measure_row_done))) = { .status = STATUS_NONE };
	struct optional planned = measure_effect(m, zone_year(q->now));

	json_t *shown;

	if (ledger_measure(q->e.ledger, m->id, &row) < 0)
		return NULL;
	shown = json_pack("{ss ss so so so so so so so so so so so}", "measure", m->id.text,
			  "title", m->title, "owner", json_text(row.owner), "decision",
			  json_text(m->decision), "tags", texts(m->tags, m->tag_count), "status",
			  json_status(row.status), "reported_at",
			  row.seq ? json_instant(row.time) : json_null(), "progress",
			  json_optional(row.progress), "effect_planned", json_optional(planned),
			  "effect_achieved", json_optional(row.effect_achieved), "effect_forecast",
			  json_optional(row.effect_forecast), "needs_support",
			  json_text(row.needs_support), "note", json_text(row.note));
	if (shown && m->assignment)
		json_object_set_new(shown, "assignment", json_string(m->assignment->id.text));
	if (shown) {
		inquiry_add_closing(shown, m, &row);
		inquiry_add_light(q, shown, m, &row);
	}
	if (shown && inquiry_add_requested(q, deadline_id(""), m->id, shown) < 0) {
		json_decref(shown);
		return NULL;
	}
	return shown;
}

static json_t *informed(const struct inquiry *q, const struct deadline *d)
{
	const struct recipient_context context = { d->responsible, d->responsible };
	struct recipient_list to = { .count = 0 };
	json_t *array = json_array();
	char id[RECIPIENT_ID];

	recipient_add(&to, q->e.plan, d->inform, d->inform_count, &context);
	for (size_t i = 0; i < to.count; i++)
		json_array_append_new(array, json_string(recipient_id_of(to.list[i], id).text));
	return array;
}

static json_t *required(unsigned require)
{
	json_t *array = json_array();

	for (int i = 0; i < STATUS_FIELDS; i++)
		if (require & 1U << i)
			json_array_append_new(array, json_string(event_field_names[i]));
	return array;
}

static json_t *show_deadline(const struct inquiry *q, const struct deadline *d)
{
	struct deadline_row row;
	struct dates dates;
	json_t *shown;

	if (series_standing(q->e.ledger, d, &row) < 0)
		return NULL;
	dates = deadline_dates(q->e.plan, d, &row);
	shown = json_pack(
		"{ss ss so ss so so so so sb so so so so ss so sb so so so}", "deadline",
		d->id.text, "title", d->title, "decision", json_text(d->decision), "due_as_written",
		d->due.text, "due", json_date(row.due), "papers", json_date(row.papers), "time",
		json_time(due_time_limit(dates.late_at, row.papers)), "practical",
		json_date(due_practical_shown(dates.practical, row.papers, zone_date(q->now))),
		"provisional", dates.provisional, "due_original", json_date(row.due_original),
		"papers_original", json_date(row.papers_original), "responsible",
		d->responsible ? json_string(d->responsible->id.text) : json_null(), "inform",
		informed(q, d), "ladder", d->ladder->name, "require", required(d->require),
		"closed", deadline_is_closed(&row), "submitted", json_submitted(&row, true),
		"submitted_before", json_submitted(&row, false), "outcome", json_outcome(&row));
	if (d->assignment)
		json_object_set_new(shown, "assignment", json_string(d->assignment->id.text));
	if (inquiry_add_meeting(row.extended_to, shown) < 0 || inquiry_add_via(q, d, shown) < 0 ||
	    inquiry_add_history(q, row.id, shown) < 0) {
		json_decref(shown);
		return NULL;
	}
	return shown;
}

static int add_meeting(void *userdata, const struct meeting_row *m)
{
	return json_array_append_new(
		userdata, json_pack("{so so so ss so}", "from", json_date(m->from), "until",
				    json_date(m->until), "place", json_text(m->place), "state",
				    inquiry_meeting_state(m->state), "replaced_by",
				    json_date(m->replaced_by)));
}

static int show_body(struct inquiry *q, const struct body *b)
{
	json_t *meetings = json_array(), *row;
	int r = ledger_meetings(q->e.ledger, b->id, add_meeting, meetings);

	row = json_pack("{ss ss so}", "body", b->id.text, "name", b->name, "meetings", meetings);
	if (r == 0)
		r = inquiry_add_events(q, b->id.text, row);
	json_array_append_new(q->rows, row);
	return r;
}

static int show_item(struct inquiry *q, const char *item, json_t *row)
{
	json_t *obligations = json_array();
	int r = row ? inquiry_gather(q, item) : -EIO;

	for (size_t i = 0; r == 0 && i < q->ids.count && i < SHOWN_OBLIGATIONS; i++)
		json_array_append_new(obligations, inquiry_listed(q, i));
	json_object_set_new(row, "obligations", obligations);
	if (r == 0)
		r = inquiry_add_events(q, item, row);
	json_array_append_new(q->rows, row);
	return r;
}

/* ---- a person ---------------------------------------------------------------------------------- */

struct away {
	const struct inquiry *q;
	const struct person *person;
	const struct absences *absences; /* of all */
	json_t *rows;
};

static int add_absence(void *userdata, const struct absence *absence)
{
	const struct away *a = userdata;

	return json_array_append_new(a->rows, inquiry_absence(a->q, a->absences, absence));
}

/* Whose reminders they get today in place of somebody who is away. */
static json_t *stands_in_for(const struct away *a)
{
	const struct plan *plan = a->q->e.plan;
	json_t *ids = json_array();

	for (size_t i = 0; i < plan->person_count; i++) {
		const struct person *other = &plan->people[i];

		if (other != a->person &&
		    absences_find(a->absences, plan, other, zone_date(a->q->now)).to == a->person)
			json_array_append_new(ids, json_string(other->id.text));
	}
	return ids;
}

static int add_away(struct inquiry *q, const struct person *p, json_t *row)
{
	struct absences *absences = NULL;
	int r = absences_new(&absences, &q->e, q->now);
	struct away a = { q, p, absences, NULL };

	if (r < 0)
		return r;
	a.rows = json_array();
	r = ledger_absences(q->e.ledger, p->id, zone_date(q->now), add_absence, &a);
	json_object_set_new(
		row, "away",
		json_boolean(absences_find(absences, q->e.plan, p, zone_date(q->now)).absence));
	json_object_set_new(row, "stands_in_for", stands_in_for(&a));
	json_object_set_new(row, "absences", a.rows);
	absences_free(absences);
	return r;
}

static bool is_theirs(const struct inquiry *q, const struct obligation *o)
{
	return strcmp(o->owner, inquiry_text(q, "item")) == 0 && inquiry_is_owed(q, o);
}

/* What is about to be sent to them: of the forecast of the days ahead, what waits in the outbox among it. */
static json_t *coming_to(const struct inquiry *q, const struct person *p)
{
	const bool themself = q->viewer && strcmp(q->viewer->id.text, p->id.text) == 0;
	json_t *coming = json_array();

	for (size_t i = 0; i < forecast_count(q->forecast); i++) {
		json_t *row;

		if (forecast_to(q->forecast, i).person != p)
			continue;
		row = forecast_row(q->forecast, i);
		if (!q->viewer || themself || inquiry_keeps_items(q, row))
			json_array_append(coming, row);
		json_decref(row);
	}
	return coming;
}

/* A slice of the work before it can be shown: what they owe, then the forecast. 0: all is there. */
static int prepare_person(struct inquiry *q)
{
	const struct civil_date today = zone_date(q->now);
	int r;

	if (q->forecast)
		return forecast_work(q->forecast);
	r = inquiry_sift(
		q, &(struct sifting){ .wanted = is_theirs, .owner = inquiry_text(q, "item") });
	if (r == 0)
		r = forecast_new(&q->forecast, &q->e, q->now, today,
				 civil_add(today, COMING_DAYS - 1));
	return r < 0 ? r : 1;
}

static int show_person(struct inquiry *q, const struct person *p)
{
	json_t *row, *obligations;
	int r = prepare_person(q);

	if (r != 0)
		return r;
	row = json_pack("{ss ss so so so}", "person", p->id.text, "name", p->name, "roles",
			texts(p->roles, p->role_count), "manager", inquiry_person(p->manager),
			"deputy", inquiry_person(p->deputy));
	obligations = json_array();
	r = add_away(q, p, row);
	for (size_t i = 0; i < q->ids.count && i < SHOWN_OBLIGATIONS; i++)
		json_array_append_new(obligations, inquiry_listed(q, i));
	json_object_set_new(row, "obligations", obligations);
	json_object_set_new(row, "coming", coming_to(q, p));
	if (r == 0)
		r = inquiry_add_events(q, p->id.text, row);
	json_array_append_new(q->rows, row);
	return r;
}

/* ---- which of them ------------------------------------------------------------------------------ */

/* That the id is a person's too, who is not shown. */
static void say_person(struct inquiry *q, const char *id)
{
	if (plan_person(q->e.plan, person_id(id)))
		json_object_set_new(json_array_get(q->rows, 0), "also",
				    json_sprintf("%s is a person's id too: list --owner %s says "
						 "what they owe",
						 id, id));
}

static int work_show(struct inquiry *q)
{
	const char *id = inquiry_text(q, "item");
	const struct plan *plan = q->e.plan;
	const enum shown what = what_is(plan, id);
	int r;

	if (what == SHOWN_PERSON)
		return show_person(q, plan_person(plan, person_id(id)));
	if (what == SHOWN_ASSIGNMENT)
		r = inquiry_show_assignment(q, plan_assignment(plan, assignment_id(id)));
	else if (what == SHOWN_BODY)
		r = show_body(q, plan_body(plan, body_id(id)));
	else if (what == SHOWN_MEASURE)
		r = show_item(q, id, show_measure(q, plan_measure(plan, measure_id(id))));
	else
		r = show_item(q, id, show_deadline(q, plan_deadline(plan, deadline_id(id))));
	if (r == 0)
		say_person(q, id);
	return r;
}

const struct inquirer inquirer_show = { begin_show, work_show, NULL, NULL };

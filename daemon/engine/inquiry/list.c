/* SPDX-License-Identifier: Apache-2.0 */
/* list: what is owed, a row an obligation. show: all that is known of one measure, deadline or body. */
#include <errno.h>
#include <string.h>

#include "base/zone.h"
#include "engine/inquiry/inquirer.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/promise.h"
#include "engine/obligation/series.h"
#include "plan/due.h"

/* ---- list ------------------------------------------------------------------------------------- */

#define LIST_SLICE 200

static int begin_list(struct inquiry *q, struct rejection *ret_why)
{
	const char *owner = inquiry_text(q, "owner"), *deadline = inquiry_text(q, "deadline");

	if (owner && !plan_person(q->e.plan, person_id(owner)))
		return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
				   "there is no person %s in the plan: check the id", owner);
	if (deadline && !plan_deadline(q->e.plan, deadline_id(deadline)))
		return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
				   "there is no deadline %s in the plan: check the id", deadline);
	return 0;
}

static bool is_listed(const struct inquiry *q, const struct obligation *o)
{
	const char *owner = inquiry_text(q, "owner"), *deadline = inquiry_text(q, "deadline");
	const char *state = obligation_state(o, q->now);
	struct deadline_row row;

	if ((owner && strcmp(owner, o->owner) != 0) ||
	    (deadline && !series_has(deadline_id(deadline), deadline_id(o->deadline))) ||
	    (inquiry_flag(q, "late") && strcmp(state, "late") != 0))
		return false;
	if (inquiry_flag(q, "all"))
		return true;
	return o->phase == PHASE_LIVE && strcmp(state, "waiting") != 0 &&
	       ledger_deadline(q->e.ledger, deadline_id(o->deadline), &row) == 0 &&
	       !deadline_is_closed(&row);
}

static int work_list(struct inquiry *q)
{
	struct obligation batch[LIST_SLICE];
	int r = 0, count = ledger_obligations_after(q->e.ledger, q->after, batch, LIST_SLICE);

	for (int i = 0; r == 0 && i < count; i++) {
		q->after = batch[i].id;
		if (is_listed(q, &batch[i]))
			r = inquiry_add_id(q, batch[i].id);
	}
	return r < 0 ? r : count;
}

static json_t *list_row(const struct inquiry *q, size_t i)
{
	struct obligation o;

	if (ledger_obligation(q->e.ledger, q->ids.list[i], &o) < 0)
		return json_null();
	return inquiry_obligation(q, &o);
}

const struct inquirer inquirer_list = { begin_list, work_list, inquiry_count_ids, list_row };

/* ---- show -------------------------------------------------------------------------------------- */

#define SHOWN_EVENTS 50
#define SHOWN_OBLIGATIONS 500

static int begin_show(struct inquiry *q, struct rejection *ret_why)
{
	const char *item = inquiry_text(q, "item");

	if (plan_body(q->e.plan, body_id(item)) || inquiry_check_item(q, item, ret_why) == 0)
		return 0;
	return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
			   "there is no measure, deadline or body %s in the plan: check the id",
			   item);
}

static int add_event(void *userdata, const struct logged_event *event)
{
	json_t *events = userdata, *json = json_loads(event->body, 0, NULL);

	json_array_append_new(events,
			      json_pack("{sI ss ss so so so}", "seq", (json_int_t)event->seq,
					"type", event->type, "source", event->source, "time",
					json_instant(event->time), "received",
					json_instant(event->received), "data",
					json_incref(json_object_get(json, "data"))));
	json_decref(json);
	if (json_array_size(events) > SHOWN_EVENTS)
		json_array_remove(events, 0);
	return 0;
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
	struct optional planned = { m->effect_given, m->effect_planned };

	if (ledger_measure(q->e.ledger, m->id, &row) < 0)
		return NULL;
	return json_pack("{ss ss so so so so so so so so so so so}", "measure", m->id.text, "title",
			 m->title, "owner", json_text(row.owner), "decision",
			 json_text(m->decision), "tags", texts(m->tags, m->tag_count), "status",
			 json_status(row.status), "reported_at",
			 row.seq ? json_instant(row.time) : json_null(), "progress",
			 json_optional(row.progress), "effect_planned", json_optional(planned),
			 "effect_achieved", json_optional(row.effect_achieved), "effect_forecast",
			 json_optional(row.effect_forecast), "needs_support",
			 json_text(row.needs_support), "note", json_text(row.note));
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

	if (series_standing(q->e.ledger, d, &row) < 0)
		return NULL;
	dates = due_standing(q->e.plan, d, row.bound, row.extended);
	return json_pack(
		"{ss ss so ss so so so so sb so so so so ss so sb so so so}", "deadline",
		d->id.text, "title", d->title, "decision", json_text(d->decision), "due_as_written",
		d->due.text, "due", json_date(row.due), "papers", json_date(row.papers), "time",
		json_time(due_time_limit(dates.late_at, row.papers)), "practical",
		json_date(due_practical_shown(dates.practical, row.papers, zone_date(q->now))),
		"provisional", inquiry_is_provisional(d, &row), "due_original",
		json_date(row.due_original), "papers_original", json_date(row.papers_original),
		"responsible", d->responsible ? json_string(d->responsible->id.text) : json_null(),
		"inform", informed(q, d), "ladder", d->ladder->name, "require",
		required(d->require), "closed", deadline_is_closed(&row), "submitted",
		json_submitted(&row, true), "submitted_before", json_submitted(&row, false),
		"outcome", json_outcome(&row));
}

static int add_meeting(void *userdata, const struct meeting_row *m)
{
	static const char *const states[] = {
		[MEETING_KNOWN] = "known",
		[MEETING_REPLACED] = "replaced",
		[MEETING_CANCELLED] = "cancelled",
	};

	return json_array_append_new(
		userdata, json_pack("{so so so ss so}", "from", json_date(m->from), "until",
				    json_date(m->until), "place", json_text(m->place), "state",
				    states[m->state], "replaced_by", json_date(m->replaced_by)));
}

static int show_body(struct inquiry *q, const struct body *b)
{
	json_t *meetings = json_array(), *events = json_array();
	int r = ledger_meetings(q->e.ledger, b->id, add_meeting, meetings);

	if (r == 0)
		r = ledger_events_of(q->e.ledger, b->id.text, add_event, events);
	json_array_append_new(q->rows, json_pack("{ss ss so so}", "body", b->id.text, "name",
						 b->name, "meetings", meetings, "events", events));
	return r;
}

static int show_item(struct inquiry *q, const char *item)
{
	const struct measure *m = plan_measure(q->e.plan, measure_id(item));
	json_t *row = m ? show_measure(q, m)
			: show_deadline(q, plan_deadline(q->e.plan, deadline_id(item)));
	json_t *obligations = json_array(), *events = json_array();
	int r = row ? inquiry_gather(q, item) : -EIO;

	for (size_t i = 0; r == 0 && i < q->ids.count && i < SHOWN_OBLIGATIONS; i++)
		json_array_append_new(obligations, list_row(q, i));
	if (r == 0)
		r = ledger_events_of(q->e.ledger, item, add_event, events);
	json_object_set_new(row, "obligations", obligations);
	json_object_set_new(row, "events", events);
	json_array_append_new(q->rows, row);
	return r;
}

/* Measures and deadlines share one namespace; a body of the same id gives way to them. */
static int work_show(struct inquiry *q)
{
	const char *item = inquiry_text(q, "item");
	const struct body *b = plan_body(q->e.plan, body_id(item));
	bool is_item = plan_measure(q->e.plan, measure_id(item)) ||
		       plan_deadline(q->e.plan, deadline_id(item));

	return b && !is_item ? show_body(q, b) : show_item(q, item);
}

const struct inquirer inquirer_show = { begin_show, work_show, NULL, NULL };

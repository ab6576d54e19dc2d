/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that several queries share, and the members of rows: null where there is nothing. */
#include "engine/inquiry/inquirer.h"

#include <errno.h>

#include "base/zone.h"
#include "engine/obligation/closing.h"
#include "engine/obligation/own_meeting.h"
#include "engine/obligation/promise.h"
#include "engine/obligation/state.h"

json_t *json_date(struct civil_date d)
{
	char text[CIVIL_TEXT];

	return civil_is_none(d) ? json_null() : json_string(civil_format(d, text));
}

json_t *json_instant(struct instant t)
{
	char text[RFC3339_TEXT];

	return instant_is_none(t) ? json_null() : json_string(zone_format(t, text));
}

json_t *json_time(struct time_of_day time)
{
	if (time.minute < 0)
		return json_null();
	return json_sprintf("%02d:%02d", time.minute / 60, time.minute % 60);
}

json_t *json_optional(struct optional n)
{
	return n.given ? json_integer(n.value) : json_null();
}

json_t *json_outcome(const struct deadline_row *row)
{
	if (row->outcome == OUTCOME_NONE)
		return json_null();
	return json_pack("{ss so ss}", "outcome", event_outcome_name(row->outcome), "at",
			 json_instant(row->outcome_at), "reference", row->outcome_reference);
}

/* When and under what reference it was handed over, if the newest hand-over stands or not. */
json_t *json_submitted(const struct deadline_row *row, bool stands)
{
	if (!row->submitted_seq || (row->state == DEADLINE_OPEN) == stands)
		return json_null();
	return json_pack("{so ss}", "at", json_instant(row->submitted_at), "reference",
			 row->reference);
}

/* Without a decision of the body and where its owner closes it there is nothing to say. */
void inquiry_add_closing(json_t *json, const struct measure *m, const struct measure_row *row)
{
	const bool closed = measure_is_closed_by_body(row);

	if (m->closing != CLOSED_BY_BODY && !closed)
		return;
	json_object_set_new(json, "closing",
			    json_string(m->closing == CLOSED_BY_BODY ? "body" : "owner"));
	json_object_set_new(json, "done_by_owner", json_boolean(measure_is_done_by_owner(m, row)));
	json_object_set_new(
		json, "closed",
		closed ? json_pack("{ss so so so*}", "as", event_closure_name(row->closed_as), "at",
				   json_instant(row->closed_at), "reference",
				   json_text(row->closed_reference), "link",
				   row->closed_link ? json_text(row->closed_link) : NULL)
		       : json_null());
}

json_t *json_text(const char *text)
{
	return text && text[0] ? json_string(text) : json_null();
}

const char *obligation_state(const struct obligation *o, struct instant now)
{
	if (o->phase == PHASE_ANSWERED)
		return "answered";
	if (o->phase == PHASE_WITHDRAWN)
		return "withdrawn";
	if (instant_compare(now, o->opens_at) < 0)
		return "waiting";
	return obligation_is_late(o, now) ? "late" : "open";
}

json_t *inquiry_person(const struct person *person)
{
	return person ? json_string(person->id.text) : json_null();
}

json_t *json_status(enum measure_status status)
{
	return status == STATUS_NONE ? json_null() : json_string(event_status_name(status));
}

/* The meeting that it was extended to, alone or with all of its deadline; and the bodies before that, which one
 * that was extended alone does not pass. */
static int add_meetings(const struct inquiry *q, const struct obligation *o, json_t *row)
{
	const struct deadline *d = plan_deadline(q->e.plan, deadline_id(o->deadline));
	struct engine e = q->e;
	const struct deadline_row *standing;
	struct obligation_due due;
	int r = d ? inquiry_find_deadline(q, d->id.text, &standing) : 0;

	if (r < 0 || !d || !standing)
		return r;
	r = obligation_due_find(&e, d, standing, o, &due);
	if (r >= 0)
		r = inquiry_add_meeting(due.meeting, row);
	return r < 0 || due.is_own ? r : inquiry_add_via(q, d, row);
}

int inquiry_add_meeting(const char *meeting, json_t *row)
{
	if (!meeting[0])
		return 0;
	return json_object_set_new(row, "extended_to", json_string(meeting)) < 0 ? -ENOMEM : 0;
}

json_t *inquiry_obligation(const struct inquiry *q, const struct obligation *o)
{
	struct measure_row m __attribute__((cleanup(measure_row_done))) =
		measure_row_new(measure_id(o->measure));

	const struct measure *measure = plan_measure(q->e.plan, measure_id(o->measure));
	const struct deadline *deadline = plan_deadline(q->e.plan, deadline_id(o->deadline));
	const char *asked = deadline ? deadline->title : NULL;
	json_t *row;

	if (o->measure[0] && ledger_measure(q->e.ledger, measure_id(o->measure), &m) < 0)
		m.status = STATUS_NONE;
	row = json_pack("{ss so so ss so so so so sb so so si so so so si sb so so so}", "deadline",
			o->deadline, "measure", json_text(o->measure), "owner", json_text(o->owner),
			"state", obligation_state(o, q->now), "due", json_date(o->due), "papers",
			json_date(o->papers), "time",
			json_time(due_time_limit(o->late_at, o->papers)), "practical",
			json_date(due_practical_shown(o->practical, o->papers, zone_date(q->now))),
			"provisional", o->provisional, "due_original", json_date(o->due_original),
			"papers_original", json_date(o->papers_original), "asked", o->asked,
			"last_asked", json_instant(o->last_asked), "status", json_status(m.status),
			"answered_at", json_instant(o->answered_at), "round", o->round, "extended",
			o->extended, "seen_until", json_date(promise_until(q->e.ledger, o)),
			"title", json_text(o->measure[0] ? measure ? measure->title : NULL : asked),
			"deadline_title", json_text(asked));
	if (row && o->withdrawal == WITHDRAWN_MEASURE_CLOSED)
		json_object_set_new(row, "over", json_true());
	if (row && measure) {
		inquiry_add_closing(row, measure, &m);
		inquiry_add_light(q, row, measure, &m);
	}
	if (add_meetings(q, o, row) == 0 &&
	    inquiry_add_requested(q, deadline_id(o->deadline), measure_id(o->measure), row) == 0)
		return row;
	json_decref(row);
	return json_null();
}

json_t *inquiry_message(const struct message *m)
{
	return json_pack("{sI ss ss ss ss so si si so so so}", "id", (json_int_t)m->id.n, "to",
			 m->to, "channel", m->channel, "kind", message_kind_name(m->kind), "state",
			 message_state_name(m->state), "planned", json_instant(m->planned),
			 "attempts", m->attempts, "unknown", m->unknown, "next_attempt",
			 json_instant(m->next_attempt), "finished_at", json_instant(m->finished),
			 "last_answer", json_text(m->last_answer));
}

char *inquiry_minute(struct instant t, char out[static MINUTE_TEXT])
{
	struct civil_date date;
	struct time_of_day time;
	char day[CIVIL_TEXT];

	zone_civil(t, &date, &time);
	snprintf(out, MINUTE_TEXT, "%s %02u:%02u", civil_format(date, day),
		 (unsigned)time.minute / 60 % 24, (unsigned)time.minute % 60);
	return out;
}

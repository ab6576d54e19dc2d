/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A status answers every open or late obligation of its measure whose window holds its time, whatever
 * the status is; what lacks a field that the deadline requires stays open, and the answer says so, as it
 * says for which deadlines it comes too early.
 *
 *	newest, by time and then seq  →  the measure's row, and alerts; an older one is history
 *	done, cancelled               →  what is not answered by it is withdrawn
 *	under way again               →  what was withdrawn for that comes back, while it can be met
 */
#include "engine/apply/application.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/alert.h"
#include "engine/obligation/closing.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/state.h"
#include "ledger/lists.h"

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
	const struct deadline *d = plan_deadline(a->e->plan, deadline_id(o->deadline));
	unsigned missing = d ? d->require & ~event_fields(&a->event->status) : 0;
	json_t *fields = missing ? json_array() : NULL;

	*ret = missing;
	if (!missing)
		return 0;
	for (int i = 0; i < STATUS_FIELDS; i++)
		if (missing & 1U << i)
			json_array_append_new(fields, json_string(event_field_names[i]));
	return application_remark(&a->remarks.missing,
				  json_pack("{ss so}", "deadline", o->deadline, "fields", fields));
}

static_assert(EARLY_ID >= ITEM_ID && EARLY_TIME >= RFC3339_TEXT, "both fit");

/* The status comes before the window opens: from when one would count is noted for the answer. */
static int note_early(struct application *a, const struct obligation *o)
{
	struct remarks *r = &a->remarks;
	struct early *early;

	if (instant_compare(o->opens_at, instant_min(a->time, a->now)) <= 0)
		return 0;
	if (array_grow(&r->early, r->early_count, &r->early_room) < 0)
		return -ENOMEM;
	early = &r->early[r->early_count++];
	memcpy(early->deadline, o->deadline, sizeof(o->deadline));
	zone_format(o->opens_at, early->opens);
	return 0;
}

/* The measure is under way again: what was withdrawn for its sake comes back if it can be met, and
 * its deadline is not closed; else there is another reason for it now. */
static int restore(struct application *a, struct obligation *o, struct person_id owner)
{
	struct deadline_row row;
	int r;

	if (obligation_state_of(o) != OBLIGATION_MEASURE_CLOSED ||
	    civil_compare(o->papers, zone_date(a->now)) < 0)
		return 0;
	r = ledger_deadline(a->e->ledger, deadline_id(o->deadline), &row);
	if (r < 0)
		return r;
	if (deadline_is_closed(&row)) {
		obligation_withdraw(o, deadline_withdrawal(&row));
	} else {
		obligation_restore(o, a->now);
		snprintf(o->owner, sizeof(o->owner), "%s", owner.text);
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
		if (r < 0 || missing)
			return r;
		return application_answered(a, o, "answered");
	}
	if (o->phase != PHASE_LIVE)
		return 0;
	if (!closed)
		return note_early(a, o);
	return application_withdrawn(a, o, WITHDRAWN_MEASURE_CLOSED,
				     "the measure is done or cancelled");
}

static int settle_obligations(struct application *a, struct person_id owner, bool reopened,
			      bool closed)
{
	struct obligations g __attribute__((cleanup(obligations_done))) = { 0 };
	const char *id = a->event->subject;
	int r = list_of_measure(a->e->ledger, measure_id(id), &g);

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

/* What is said after the body has closed it is kept, and changes nothing of that. */
static int warn_of_closed(struct application *a, const struct measure_row *row)
{
	char date[CIVIL_TEXT];

	return application_warn(
		a, "the body closed %s as %s on %s (%s): the report is kept, and it stays closed",
		row->id, event_closure_name(row->closed_as),
		civil_format(zone_date(row->closed_at), date), row->closed_reference);
}

int apply_status(struct application *a)
{
	const struct event_status *s = &a->event->status;
	const struct measure *m = application_measure(a, measure_id(a->event->subject));
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	bool newest, was_closed, closed;
	int r;

	if (!m)
		return REJECT_UNKNOWN_SUBJECT;
	r = ledger_measure(a->e->ledger, m->id, &row);
	if (r >= 0)
		r = application_append(a);
	if (r < 0)
		return r;
	newest = row.seq == 0 || instant_compare(a->time, row.time) >= 0;
	was_closed = measure_is_closed(&row);
	if (newest) {
		r = alert_on_status(a->e, &(struct reported){ m, s, a->event->source }, &row,
				    a->now);
		row.status = s->status;
		row.time = a->time;
		row.seq = a->seq;
		carry(&row.progress, &s->progress);
		carry(&row.effect_achieved, &s->effect_achieved);
		carry(&row.effect_forecast, &s->effect_forecast);
		if (!civil_is_none(s->done_forecast))
			row.done_forecast = s->done_forecast;
		if (r >= 0)
			r = application_replace_text(&row.needs_support, s->needs_support);
		if (r >= 0)
			r = application_replace_text(&row.note, s->note);
		if (r >= 0)
			r = application_replace_text(&row.link, s->link);
		if (r >= 0)
			r = ledger_put_measure(a->e->ledger, &row);
	}
	if (r < 0)
		return r;
	if (measure_is_closed_by_body(&row))
		r = warn_of_closed(a, &row);
	if (r < 0)
		return r;
	closed = measure_is_closed(&row);
	return settle_obligations(a, person_id(row.owner), newest && was_closed && !closed,
				  newest && closed);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * assignments: all that was given, oldest first, with what is below each; and one of them, for show. What is
 * below one is looked at a slice at a time, and may take several.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"
#include "engine/inquiry/inquirer.h"
#include "engine/obligation/closing.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/series.h"

#define BELOW_SLICE 200 /* measures and deadlines */
#define SHOWN_BELOW 500 /* of each, in show */

/* ---- a row ----------------------------------------------------------------------------------------- */

static json_t *body_json(const struct body *body)
{
	return body ? json_string(body->id.text) : json_null();
}

static json_t *age(const struct inquiry *q, const struct assignment *a)
{
	return civil_is_none(a->given) ? json_null()
				       : json_integer(zone_date(q->now).day - a->given.day);
}

/* What was decided of it, in a row of its own: null where the body has not closed it. */
static void put_closing(json_t *json, const struct assignment_row *row)
{
	const bool closed = assignment_is_closed_by_body(row);

	json_object_set_new(json, "closed_as",
			    closed ? json_string(event_closure_name(row->closed_as)) : json_null());
	json_object_set_new(json, "closed_reference",
			    closed ? json_text(row->closed_reference) : json_null());
	json_object_set_new(json, "closed_at", closed ? json_instant(row->closed_at) : json_null());
	if (closed && row->closed_link)
		json_object_set_new(json, "closed_link", json_text(row->closed_link));
}

static json_t *assignment_json(const struct inquiry *q, const struct assignment *a,
			       const struct assignment_row *row)
{
	const struct below *below = &q->below;
	const struct answer_by by = assignment_answer_by(a, row, below);
	json_t *json = json_pack(
		"{ss ss so so so so so so ss ss so so sb so so sI sI sI sI sI}", "assignment",
		a->id.text, "title", a->title, "decision", json_text(a->decision), "reference",
		json_text(a->reference), "origin", json_text(a->origin), "given",
		json_date(a->given), "given_by", body_json(a->given_by), "given_to",
		body_json(a->given_to), "closing", a->closing == CLOSED_BY_BODY ? "body" : "owner",
		"state", assignment_state_name(assignment_state(a, row, below)), "answer_by",
		json_date(by.date), "answer_by_original", json_date(by.original), "provisional",
		by.provisional, "age_days", age(q, a), "estimate", json_date(below->estimate),
		"measures", (json_int_t)a->measure_count, "open_measures",
		(json_int_t)below->open_measures, "done_by_owner", (json_int_t)below->done_by_owner,
		"deadlines", (json_int_t)a->deadline_count, "open_deadlines",
		(json_int_t)below->open_deadlines);

	if (json)
		put_closing(json, row);
	return json;
}

/* Look at more of what is below it. 1 there is more; 0 all was, and its row is in *ret, to be ended by the
 * caller; or a negative errno. */
static int look(struct inquiry *q, const struct assignment *a, struct assignment_row *ret)
{
	bool found;
	int r;

	if (q->below.at == 0)
		q->below = below_new();
	r = below_look(&q->e, a, BELOW_SLICE, &q->below);
	return r != 0 ? r : ledger_find_assignment(q->e.ledger, a->id, ret, &found);
}

/* ---- all of them ----------------------------------------------------------------------------------- */

static int begin_assignments(struct inquiry *q, struct rejection *ret_why)
{
	const char *body = inquiry_text(q, "body");

	if (body && !plan_body(q->e.plan, body_id(body)))
		return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
				   "there is no body %s in the plan: check the id", body);
	return 0;
}

static bool is_of(const struct body *body, const char *id)
{
	return body && strcmp(body->id.text, id) == 0;
}

/* Given by the body that is asked for, or to it. */
static bool is_asked_for(const struct inquiry *q, const struct assignment *a)
{
	const char *body = inquiry_text(q, "body");

	return !body || is_of(a->given_by, body) || is_of(a->given_to, body);
}

/* The oldest first, those of no date last. */
static int compare(const void *a, const void *b, void *userdata)
{
	const struct plan *plan = userdata;
	const struct assignment *one = &plan->assignments[*(const int64_t *)a];
	const struct assignment *other = &plan->assignments[*(const int64_t *)b];
	const bool none = civil_is_none(one->given);

	if (none != civil_is_none(other->given))
		return none ? 1 : -1;
	if (!none && !civil_equal(one->given, other->given))
		return civil_compare(one->given, other->given);
	return id_compare(one->id.text, other->id.text);
}

static int gather(struct inquiry *q)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < q->e.plan->assignment_count; i++)
		if (is_asked_for(q, &q->e.plan->assignments[i]))
			r = inquiry_add_id(q, (int64_t)i);
	if (q->ids.count)
		qsort_r(q->ids.list, q->ids.count, sizeof(*q->ids.list), compare, q->e.plan);
	q->gathered = true;
	return r < 0 ? r : 1;
}

static int work_assignments(struct inquiry *q)
{
	const struct assignment *a;
	struct assignment_row row __attribute__((cleanup(assignment_row_done))) = { 0 };
	json_t *json;
	int r;

	if (!q->gathered)
		return gather(q);
	if (q->at == q->ids.count)
		return 0;
	a = &q->e.plan->assignments[q->ids.list[q->at]];
	row = assignment_row_new(a->id);
	r = look(q, a, &row);
	if (r != 0)
		return r;
	json = assignment_json(q, a, &row);
	q->below.at = 0;
	q->at++;
	if (!json)
		return -ENOMEM;
	if (inquiry_flag(q, "open") &&
	    strcmp(json_string_value(json_object_get(json, "state")), "closed") == 0)
		json_decref(json);
	else
		json_array_append_new(q->rows, json);
	return 1;
}

const struct inquirer inquirer_assignments = { begin_assignments, work_assignments, NULL, NULL };

/* ---- one of them ----------------------------------------------------------------------------------- */

static json_t *measures_below(const struct inquiry *q, const struct assignment *a)
{
	json_t *list = json_array();

	for (size_t i = 0; i < a->measure_count && i < SHOWN_BELOW; i++) {
		const struct measure *m = a->measures[i];
		struct measure_row row
			__attribute__((cleanup(measure_row_done))) = { .status = STATUS_NONE };
		json_t *json;

		if (ledger_measure(q->e.ledger, m->id, &row) < 0)
			continue;
		json = json_pack("{ss ss so so}", "measure", m->id.text, "title", m->title, "owner",
				 json_text(row.owner), "status", json_status(row.status));
		json_object_set_new(json, "closed",
				    measure_is_closed_by_body(&row)
					    ? json_string(event_closure_name(row.closed_as))
				    : measure_is_done_by_owner(m, &row)
					    ? json_string("done-by-owner")
					    : json_null());
		json_array_append_new(list, json);
	}
	return list;
}

static json_t *deadlines_below(const struct inquiry *q, const struct assignment *a)
{
	json_t *list = json_array();

	for (size_t i = 0; i < a->deadline_count && i < SHOWN_BELOW; i++) {
		const struct deadline *d = a->deadlines[i];
		struct deadline_row row;
		char id[ITEM_ID];
		bool found = false;

		if (series_resolve((struct engine *)(uintptr_t)&q->e, d->id, true, id, &found) <
			    0 ||
		    !found || ledger_deadline(q->e.ledger, deadline_id(id), &row) < 0)
			row = deadline_row_new(d->id);
		json_array_append_new(
			list,
			json_pack("{ss ss so so so ss so}", "deadline", row.id, "title", d->title,
				  "due", json_date(row.due), "due_original",
				  json_date(row.due_original), "papers", json_date(row.papers),
				  "state", deadline_state_name(row.state), "outcome",
				  row.outcome == OUTCOME_NONE
					  ? json_null()
					  : json_string(event_outcome_name(row.outcome))));
	}
	return list;
}

int inquiry_show_assignment(struct inquiry *q, const struct assignment *a)
{
	struct assignment_row row __attribute__((cleanup(assignment_row_done))) =
		assignment_row_new(a->id);
	json_t *json;
	int r = look(q, a, &row);

	if (r != 0)
		return r;
	json = assignment_json(q, a, &row);
	if (!json)
		return -ENOMEM;
	json_object_set_new(json, "measures_below", measures_below(q, a));
	json_object_set_new(json, "deadlines_below", deadlines_below(q, a));
	r = inquiry_add_events(q, a->id.text, json);
	json_array_append_new(q->rows, json);
	return r;
}

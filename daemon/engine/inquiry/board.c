/* SPDX-License-Identifier: Apache-2.0 */
/*
 * board: a deadline's, an assignment's or a body's; or, of none, which there are: the open deadlines by date, those
 * that are over, newest first, assignments that nobody has closed, and the bodies that any of it goes to.
 */
#include "engine/inquiry/board.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/obligation/assignment_state.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/in_force.h"
#include "ledger/assignments.h"

#define OVER_SHOWN 20 /* deadlines that are closed, the newest */

/* ---- one of them -------------------------------------------------------------------------------- */

/* As the parameter of report: what has the id, in the order in which show looks for it. */
static const char *what_is(const struct plan *plan, const char *id)
{
	return plan_deadline(plan, deadline_id(id))	  ? "deadline"
	       : plan_assignment(plan, assignment_id(id)) ? "assignment"
	       : plan_body(plan, body_id(id))		  ? "body"
							  : NULL;
}

/* The months of its year that have begun. */
static size_t months_begun(const struct paper *p)
{
	int year, month, day;

	civil_to_ymd(p->board->as_of, &year, &month, &day);
	return year < p->year ? 0 : year > p->year ? MONTHS : (size_t)month;
}

/* Of which time it tells: of now, or of when its paper was frozen. */
static int begin_time(const struct inquiry *q)
{
	struct paper *p = q->paper;
	struct board *b = p->board;
	int r = paper_find_frozen(q, &b->frozen);
	const char *at = json_string_value(json_object_get(b->frozen, "frozen_at"));

	b->end = p->end;
	b->as_of = p->as_of;
	if (at && zone_parse(at, &b->end) == 0)
		b->as_of = zone_date(b->end);
	b->month_count = months_begun(p);
	return r;
}

static int begin_board(struct inquiry *q, struct rejection *ret_why)
{
	const char *of = inquiry_text(q, "of"), *what = of ? what_is(q->e.plan, of) : NULL;
	int r;

	if (!of)
		return 0;
	if (!what)
		return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
				   "there is no deadline, assignment or body %s in the plan: check "
				   "the id",
				   of);
	if (json_object_set_new(q->params, what, json_string(of)) < 0)
		return -ENOMEM;
	r = paper_begin(q, ret_why);
	if (r != 0)
		return r;
	q->paper->board = calloc(1, sizeof(*q->paper->board));
	if (!q->paper->board)
		return -ENOMEM;
	q->paper->past.course.is_kept = true;
	return begin_time(q);
}

/* ---- which there are ---------------------------------------------------------------------------- */

struct found {
	const struct inquiry *q;
	struct standing {
		const struct deadline *d;
		char id[ITEM_ID];
		struct civil_date due, papers;
		const struct body *body;
		bool provisional, is_over;
	} * list;
	size_t count, room;
};

static int add_standing(void *userdata, const struct deadline_row *row)
{
	struct found *found = userdata;
	const struct plan *plan = found->q->e.plan;
	const struct deadline *d = plan_deadline(plan, deadline_id(row->id));
	struct deadline in_force;
	struct standing *s;
	int r;

	if (!d || row->state == DEADLINE_REMOVED)
		return 0;
	r = array_grow(&found->list, found->count, &found->room);
	if (r < 0)
		return r;
	in_force = deadline_in_force(plan, d, row);
	s = &found->list[found->count++];
	*s = (struct standing){
		.d = d,
		.due = row->due,
		.papers = row->papers,
		.body = in_force.due.kind == DUE_MEETING ? in_force.due.body : NULL,
		.provisional = deadline_dates(plan, d, row).provisional,
		.is_over = deadline_is_closed(row),
	};
	memcpy(s->id, row->id, sizeof(s->id));
	return 0;
}

/* The open ones by date, then those that are over, the newest first. */
static int compare_standings(const void *left, const void *right)
{
	const struct standing *a = left, *b = right;
	int order;

	if (a->is_over != b->is_over)
		return a->is_over ? 1 : -1;
	order = civil_compare(a->due, b->due);
	order = a->is_over ? -order : order;
	return order ? order : id_compare(a->id, b->id);
}

static int add_deadlines(struct inquiry *q)
{
	struct found found = { .q = q };
	size_t over = 0;
	int r = ledger_deadlines(q->e.ledger, add_standing, &found);

	if (found.count)
		qsort(found.list, found.count, sizeof(*found.list), compare_standings);
	for (size_t i = 0; r >= 0 && i < found.count; i++) {
		const struct standing *s = &found.list[i];

		over += s->is_over;
		if (over > OVER_SHOWN)
			break;
		r = json_array_append_new(
			q->rows,
			json_pack("{ss ss ss so so so ss* ss* sb sb sI}", "what", "deadline", "id",
				  s->id, "title", s->d->title, "decision",
				  json_text(s->d->decision), "due", json_date(s->due), "papers",
				  json_date(s->papers), "body", s->body ? s->body->id.text : NULL,
				  "body_name", s->body ? s->body->name : NULL, "provisional",
				  s->provisional, "over", s->is_over, "measures",
				  (json_int_t)s->d->measure_count));
	}
	free(found.list);
	return r < 0 ? -ENOMEM : 0;
}

static int add_assignments(struct inquiry *q)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < q->e.plan->assignment_count; i++) {
		const struct assignment *a = &q->e.plan->assignments[i];
		struct assignment_row row __attribute__((cleanup(assignment_row_done))) =
			assignment_row_new(a->id);
		bool found;

		r = ledger_find_assignment(q->e.ledger, a->id, &row, &found);
		if (r == 0 && !assignment_is_closed_by_body(&row))
			r = json_array_append_new(
				q->rows,
				json_pack("{ss ss ss so so sb sI}", "what", "assignment", "id",
					  a->id.text, "title", a->title, "decision",
					  json_text(a->decision), "body_name",
					  a->given_to ? json_string(a->given_to->name)
						      : json_null(),
					  "over", false, "measures", (json_int_t)a->measure_count));
	}
	return r < 0 ? -ENOMEM : 0;
}

/* Does anything go to it, or come from it? */
static bool has_matters(const struct plan *plan, const struct body *body)
{
	for (size_t i = 0; i < plan->deadline_count; i++)
		if (paper_is_for(&plan->deadlines[i], body))
			return true;
	for (size_t i = 0; i < plan->assignment_count; i++)
		if (plan->assignments[i].given_by == body || plan->assignments[i].given_to == body)
			return true;
	return false;
}

static int add_bodies(struct inquiry *q)
{
	for (size_t i = 0; i < q->e.plan->body_count; i++) {
		const struct body *body = &q->e.plan->bodies[i];

		if (has_matters(q->e.plan, body) &&
		    json_array_append_new(q->rows, json_pack("{ss ss ss sb}", "what", "body", "id",
							     body->id.text, "title", body->name,
							     "over", false)) < 0)
			return -ENOMEM;
	}
	return 0;
}

static int work_board(struct inquiry *q)
{
	int r;

	if (q->paper)
		return paper_work(q);
	r = add_deadlines(q);
	if (r == 0)
		r = add_assignments(q);
	return r == 0 ? add_bodies(q) : r;
}

const struct inquirer inquirer_board = { begin_board, work_board, NULL, NULL };

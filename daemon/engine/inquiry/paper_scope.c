/* SPDX-License-Identifier: Apache-2.0 */
/* What a paper is of: the deadline, assignment or body, its periods, its measures. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/inquiry/paper.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/series.h"

/* ---- what it is of ------------------------------------------------------------------------------ */

static int find_assignment(struct inquiry *q, const char *id, struct rejection *ret_why)
{
	struct paper *p = q->paper;

	p->of = PAPER_OF_ASSIGNMENT;
	p->a = plan_assignment(q->e.plan, assignment_id(id));
	return p->a ? 0
		    : (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
				  "there is no assignment %s in the plan: check the id", id);
}

/* Their ids share one namespace: who asks for a deadline by the id of an assignment means that. */
static int find_deadline(struct inquiry *q, const char *id, struct rejection *ret_why)
{
	struct paper *p = q->paper;

	p->of = PAPER_OF_DEADLINE;
	p->d = plan_deadline(q->e.plan, deadline_id(id));
	if (!p->d && plan_assignment(q->e.plan, assignment_id(id)))
		return find_assignment(q, id, ret_why);
	if (!p->d)
		return (int)reject(
			ret_why, REJECT_UNKNOWN_SUBJECT,
			"there is no deadline or assignment %s in the plan: check the id", id);
	p->a = p->d->assignment;
	return series_standing(q->e.ledger, p->d, &p->deadline);
}

static int find_subject(struct inquiry *q, struct rejection *ret_why)
{
	const char *deadline = inquiry_text(q, "deadline"), *body = inquiry_text(q, "body");
	const char *assignment = inquiry_text(q, "assignment");
	struct paper *p = q->paper;

	if (deadline)
		return find_deadline(q, deadline, ret_why);
	if (assignment)
		return find_assignment(q, assignment, ret_why);
	p->of = PAPER_OF_BODY;
	p->body = plan_body(q->e.plan, body_id(body));
	return p->body ? 0
		       : (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
				     "there is no body %s in the plan: check the id", body);
}

/* Who receives it: whose meeting it is for, else who gave the assignment. */
static const struct body *receiver(const struct inquiry *q)
{
	const struct paper *p = q->paper;
	struct deadline in_force;

	if (p->d) {
		in_force = deadline_in_force(q->e.plan, p->d, &p->deadline);
		if (in_force.due.kind == DUE_MEETING)
			return in_force.due.body;
	}
	return p->a ? p->a->given_by : NULL;
}

/* ---- when --------------------------------------------------------------------------------------- */

static int year_of(struct civil_date d)
{
	int year, month, day;

	civil_to_ymd(d, &year, &month, &day);
	return year;
}

/* Of the period, else of the day on which the deadline falls, else of today. */
static int year_told(const struct inquiry *q)
{
	const struct paper *p = q->paper;

	if (p->asked)
		return year_of(p->asked->until);
	if (p->d && !civil_is_none(p->deadline.due))
		return year_of(p->deadline.due);
	return zone_year(q->now);
}

static int compare_periods(const void *left, const void *right)
{
	const struct period *a = *(const struct period *const *)left,
			    *b = *(const struct period *const *)right;
	const int order = civil_compare(a->until, b->until);

	return order ? order : civil_compare(a->from, b->from);
}

/* All that have begun, in order; of more than can be shown the newest. */
static int find_periods(struct inquiry *q)
{
	const struct plan *plan = q->e.plan;
	struct paper *p = q->paper;
	const struct period **begun = calloc(plan->period_count + 1, sizeof(*begun));
	size_t count = 0, left_out;

	if (!begun)
		return -ENOMEM;
	for (size_t i = 0; i < plan->period_count; i++)
		if (civil_compare(plan->periods[i].from, zone_date(q->now)) <= 0)
			begun[count++] = &plan->periods[i];
	if (count)
		qsort(begun, count, sizeof(*begun), compare_periods);
	left_out = count > PAPER_PERIODS ? count - PAPER_PERIODS : 0;
	p->period_count = count - left_out;
	memcpy(p->periods, begun + left_out, p->period_count * sizeof(*begun));
	free(begun);
	return 0;
}

static int find_period(struct inquiry *q, struct rejection *ret_why)
{
	const char *name = inquiry_text(q, "period");
	struct paper *p = q->paper;
	struct text_list known = { "" };

	if (!name)
		return find_periods(q);
	p->asked = plan_period(q->e.plan, name);
	p->periods[0] = p->asked;
	p->period_count = 1;
	for (size_t i = 0; !p->asked && i < q->e.plan->period_count; i++)
		text_list_add(&known, q->e.plan->periods[i].name);
	return p->asked ? 0
			: (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
				      "there is no period %s in the plan: there are %s",
				      text_excerpt(name).text, *known.text ? known.text : "none");
}

/* The day as of which it tells, and the end of what it tells: of a period that is over its last. */
static void find_end(struct inquiry *q)
{
	struct paper *p = q->paper;

	p->as_of = zone_date(q->now);
	p->end = p->past.moved_before = INSTANT_NONE;
	if (!p->asked)
		return;
	if (civil_compare(p->asked->until, p->as_of) < 0)
		p->as_of = p->asked->until;
	p->end = p->past.moved_before = zone_midnight(civil_add(p->asked->until, 1));
}

static const struct window *open_window(struct paper *p, struct instant from, struct instant until)
{
	struct window *window = &p->past.windows[p->past.count++];

	*window = (struct window){ .from = from, .until = until };
	return window;
}

static bool has_effects_by_year(const struct plan *plan)
{
	for (size_t i = 0; i < plan->measure_count; i++)
		if (plan->measures[i].effects)
			return true;
	return false;
}

static void open_year(struct inquiry *q)
{
	struct paper *p = q->paper;
	const struct instant begin = zone_midnight(civil_from_ymd(p->year, 1, 1)),
			     end = zone_midnight(civil_from_ymd(p->year + 1, 1, 1));

	if (has_effects_by_year(q->e.plan))
		p->of_year = open_window(p, begin, p->asked ? p->end : end);
}

static void open_windows(struct inquiry *q)
{
	struct paper *p = q->paper;

	for (size_t i = 0; i < p->period_count; i++)
		open_window(p, zone_midnight(p->periods[i]->from),
			    zone_midnight(civil_add(p->periods[i]->until, 1)));
	if (!civil_is_none(p->since))
		p->then = open_window(p, INSTANT_NONE, p->past.moved_after);
	if (p->asked)
		p->by_end = open_window(p, INSTANT_NONE, p->end);
	open_year(q);
	p->ever = open_window(p, INSTANT_NONE,
			      p->asked ? p->end : zone_midnight(civil_add(p->as_of, 1)));
}

/* ---- which measures ----------------------------------------------------------------------------- */

static bool is_of_body(const struct assignment *a, const struct body *body)
{
	return a && (a->given_by == body || a->given_to == body);
}

bool paper_is_for(const struct deadline *d, const struct body *body)
{
	if (d->due.kind == DUE_MEETING && d->due.body == body)
		return true;
	for (size_t i = 0; i < d->via_count; i++)
		if (d->via[i].body == body)
			return true;
	return false;
}

/* Mark what deadlines of the body's meetings ask for: each by its own list, so that it takes no longer than
 * what is owed there. */
static void mark_asked(const struct inquiry *q, bool *told)
{
	const struct plan *plan = q->e.plan;

	for (size_t i = 0; i < plan->deadline_count; i++) {
		const struct deadline *d = &plan->deadlines[i];

		if (!paper_is_for(d, q->paper->body))
			continue;
		for (size_t k = 0; k < d->measure_count; k++)
			told[d->measures[k] - plan->measures] = true;
	}
}

bool paper_is_below(const struct measure *m, const struct assignment *a)
{
	if (m->assignment == a)
		return true;
	for (size_t i = 0; i < a->deadline_count; i++)
		if (deadline_asks(a->deadlines[i], m))
			return true;
	return false;
}

static void mark_told(const struct inquiry *q, bool *told)
{
	const struct plan *plan = q->e.plan;
	const struct paper *p = q->paper;

	if (p->of == PAPER_OF_BODY)
		mark_asked(q, told);
	for (size_t i = 0; i < plan->measure_count; i++) {
		const struct measure *m = &plan->measures[i];

		told[i] |= p->of == PAPER_OF_DEADLINE	  ? deadline_asks(p->d, m)
			   : p->of == PAPER_OF_ASSIGNMENT ? paper_is_below(m, p->a)
							  : is_of_body(m->assignment, p->body);
	}
}

/* Those without measures are rows of a body's paper. */
static int find_bare(struct inquiry *q)
{
	const struct plan *plan = q->e.plan;
	struct paper *p = q->paper;
	int r = 0;

	for (size_t i = 0; p->of == PAPER_OF_BODY && r == 0 && i < plan->assignment_count; i++) {
		const struct assignment *a = &plan->assignments[i];

		if (a->measure_count || !is_of_body(a, p->body))
			continue;
		r = array_grow(&p->bare, p->bare_count, &p->bare_room);
		if (r == 0)
			p->bare[p->bare_count++] = a;
	}
	return r;
}

static int find_measures(struct inquiry *q)
{
	const struct plan *plan = q->e.plan;
	struct paper *p = q->paper;
	bool *told = calloc(plan->measure_count + 1, sizeof(*told));
	int r = told ? 0 : -ENOMEM;

	if (r == 0)
		mark_told(q, told);
	for (size_t i = 0; r == 0 && i < plan->measure_count; i++) {
		if (!told[i])
			continue;
		r = array_grow(&p->measures, p->measure_count, &p->measure_room);
		if (r == 0)
			p->measures[p->measure_count++] = &plan->measures[i];
	}
	free(told);
	return r == 0 ? find_bare(q) : r;
}

int paper_begin(struct inquiry *q, struct rejection *ret_why)
{
	struct paper *p = q->paper = calloc(1, sizeof(*p));
	int r = p ? find_subject(q, ret_why) : -ENOMEM;

	if (r != 0)
		return r;
	q->measures = json_array();
	for (size_t i = 0; i < PAPER_LISTS; i++)
		p->lists[i] = json_array();
	if (!p->body)
		p->body = receiver(q);
	r = find_period(q, ret_why);
	if (r != 0)
		return r;
	find_end(q);
	r = paper_find_since(q);
	if (r != 0)
		return r;
	p->year = year_told(q);
	open_windows(q);
	return find_measures(q);
}

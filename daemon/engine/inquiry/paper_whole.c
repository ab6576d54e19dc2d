/* SPDX-License-Identifier: Apache-2.0 */
/* What a paper says once, besides its rows: what was decided and asked, sums, money, people. */
#include <errno.h>
#include <string.h>

#include "base/zone.h"
#include "engine/inquiry/paper.h"
#include "engine/obligation/assignment_state.h"
#include "engine/obligation/closing.h"
#include "engine/obligation/state.h"
#include "ledger/assignments.h"

#define DECISIONS_TOLD 6 /* of those of single measures, at most */

static const char *const list_names[PAPER_LISTS] = {
	[PAPER_NEW] = "new",
	[PAPER_CLOSED] = "closed",
	[PAPER_MOVED] = "moved",
	[PAPER_WORSE] = "worse",
	[PAPER_BETTER] = "better",
	[PAPER_UNANSWERED] = "unanswered",
	[PAPER_SUPPORT] = "support",
	[PAPER_REQUESTS] = "requests",
	[PAPER_LIVE] = "live",
	[PAPER_COMPLETED] = "completed",
	[PAPER_TO_STRUCK] = "to_struck",
	[PAPER_OUTSTANDING] = "outstanding",
};

static json_t *body_json(const struct body *body)
{
	return body ? json_pack("{ss ss}", "id", body->id.text, "name", body->name) : json_null();
}

/* ---- money -------------------------------------------------------------------------------------- */

static bool is_below(const struct paper *p, const struct assignment *a)
{
	if (a == p->a)
		return true;
	return p->of == PAPER_OF_BODY && (a->given_by == p->body || a->given_to == p->body);
}

bool paper_is_given_up(const struct paper *p, const struct measure_row *row)
{
	const bool by_body = measure_is_closed_by_body(row);
	const bool before_end = by_body ? instant_compare(row->closed_at, p->end) < 0
					: measure_stood_before(row, p->end);

	return (by_body ? row->closed_as == CLOSURE_STRUCK : row->status == STATUS_CANCELLED) &&
	       (instant_is_none(p->end) || before_end);
}

/* What the measures below an assignment are to give in a year; `struck`: and don't. */
struct cover {
	int64_t covered, struck;
};

/* What is done or goes on covers what is required, what is given up doesn't. 0 or a negative errno. */
static int cover_of(const struct inquiry *q, const struct requirement *requirement,
		    struct cover *ret)
{
	*ret = (struct cover){ 0 };
	for (size_t i = 0; i < q->e.plan->measure_count; i++) {
		const struct measure *m = &q->e.plan->measures[i];
		const int64_t effect = measure_effect(m, requirement->year).value;
		struct measure_row row __attribute__((cleanup(measure_row_done))) =
			measure_row_new(m->id);
		int r;

		if (effect == 0 || !paper_is_below(m, requirement->assignment))
			continue;
		r = ledger_measure(q->e.ledger, m->id, &row);
		if (r < 0)
			return r;
		*(paper_is_given_up(q->paper, &row) ? &ret->struck : &ret->covered) += effect;
	}
	return 0;
}

static json_t *requirement_row(const struct inquiry *q, const struct requirement *requirement)
{
	const struct assignment *a = requirement->assignment;
	struct cover cover;

	if (cover_of(q, requirement, &cover) < 0)
		return NULL;
	return json_pack("{ss ss si sI sI sI sI}", "assignment", a->id.text, "title", a->title,
			 "year", requirement->year, "amount", (json_int_t)requirement->amount,
			 "covered", (json_int_t)cover.covered, "struck", (json_int_t)cover.struck,
			 "uncovered",
			 (json_int_t)(cover.covered < requirement->amount
					      ? requirement->amount - cover.covered
					      : 0));
}

json_t *paper_requirements(const struct inquiry *q)
{
	json_t *list = json_array();

	for (size_t i = 0; i < q->e.plan->requirement_count; i++) {
		const struct requirement *requirement = &q->e.plan->requirements[i];

		if (is_below(q->paper, requirement->assignment) &&
		    json_array_append_new(list, requirement_row(q, requirement)) < 0) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

/* ---- heads -------------------------------------------------------------------------------------- */

static json_t *assignment_json(const struct inquiry *q, const struct assignment *a)
{
	struct assignment_row row __attribute__((cleanup(assignment_row_done))) =
		assignment_row_new(a->id);
	struct engine e = q->e;
	struct below below;
	struct answer_by by;
	bool found;

	if (ledger_find_assignment(q->e.ledger, a->id, &row, &found) < 0 ||
	    below_look_all(&e, a, &below) < 0)
		return NULL;
	by = assignment_answer_by(a, &row, &below);
	return json_pack("{ss ss so so so so so so ss so so sb sb}", "id", a->id.text, "title",
			 a->title, "decision", json_text(a->decision), "reference",
			 json_text(a->reference), "origin", json_text(a->origin), "given",
			 json_date(a->given), "given_by", body_json(a->given_by), "given_to",
			 body_json(a->given_to), "state",
			 assignment_state_name(assignment_state(a, &row, &below)), "answer_by",
			 json_date(by.date), "answer_by_original", json_date(by.original),
			 "provisional", by.provisional, "extended", by.extended);
}

static const char *decision_of(const struct paper *p)
{
	if (p->d && p->d->decision[0])
		return p->d->decision;
	return p->a ? p->a->decision : NULL;
}

/* The diary's number of the assignment; of a body's paper that of the only one that it tells of. */
static json_t *only_reference(const struct inquiry *q)
{
	const struct paper *p = q->paper;
	const struct assignment *only = p->a;

	if (p->of == PAPER_OF_BODY && p->measure_count && p->bare_count == 0)
		only = p->measures[0]->assignment;
	for (size_t i = 0; p->of == PAPER_OF_BODY && i < p->measure_count; i++)
		if (p->measures[i]->assignment != only)
			return json_null();
	return json_text(only ? only->reference : NULL);
}

static bool has_text(const json_t *list, const char *text)
{
	const json_t *one;
	size_t i;

	json_array_foreach (list, i, one)
		if (strcmp(json_string_value(one), text) == 0)
			return true;
	return false;
}

/* What the measures were decided by, where nothing above them was: the plan of an import. None of it unless it is all,
 * and few enough for a sentence. */
static json_t *measure_decisions(const struct paper *p)
{
	json_t *list = json_array();

	if (p->of != PAPER_OF_DEADLINE || p->a || decision_of(p))
		return list;
	for (size_t i = 0; i < p->measure_count; i++) {
		const char *decision = p->measures[i]->decision;

		if (!has_text(list, decision))
			json_array_append_new(list, json_string(decision));
		if (!decision[0] || json_array_size(list) > DECISIONS_TOLD) {
			json_array_clear(list);
			break;
		}
	}
	return list;
}

static json_t *description(const struct inquiry *q)
{
	const struct paper *p = q->paper;

	return json_pack("{so so so so so so}", "measure_decisions", measure_decisions(p),
			 "decision", json_text(decision_of(p)), "asked",
			 json_text(p->d	  ? p->d->title
				   : p->a ? p->a->title
					  : NULL),
			 "assignment", p->a ? assignment_json(q, p->a) : json_null(), "prepared_by",
			 paper_prepared_by(q), "reference", only_reference(q));
}

static json_t *changes(const struct paper *p)
{
	json_t *json = json_pack("{so}", "since", json_date(p->since));

	if (p->since_report[0])
		json_object_set_new(json, "report",
				    json_pack("{ss so}", "deadline", p->since_report, "reference",
					      json_text(p->since_reference)));

	for (enum paper_list i = 0; i < PAPER_CHANGES; i++)
		json_object_set(json, list_names[i], p->lists[i]);
	return json;
}

static void put_lists(const struct paper *p, json_t *report)
{
	json_t *counts = json_object();

	for (enum paper_list i = PAPER_CHANGES; i < PAPER_LISTS; i++) {
		if (i >= PAPER_LIVE && p->of != PAPER_OF_BODY)
			break;
		json_object_set(report, list_names[i], p->lists[i]);
		if (i < PAPER_LIVE)
			continue;
		json_object_set_new(counts,
				    i == PAPER_COMPLETED ? "completed_since" : list_names[i],
				    json_integer((json_int_t)json_array_size(p->lists[i])));
	}
	if (p->of == PAPER_OF_BODY) {
		json_object_set_new(
			counts, "requested",
			json_integer((json_int_t)json_array_size(p->lists[PAPER_REQUESTS])));
		json_object_set(report, "counts", counts);
	}
	json_decref(counts);
}

static json_t *head(const struct inquiry *q)
{
	const struct paper *p = q->paper;

	if (p->of == PAPER_OF_DEADLINE)
		return report_of_deadline(q, p->d, &p->deadline, q->measures);
	return json_pack("{sn ss so so sn sn so}", "deadline", "title",
			 p->of == PAPER_OF_BODY ? p->body->name : p->a->title, "decision",
			 json_text(decision_of(p)), "assignment",
			 p->of == PAPER_OF_ASSIGNMENT ? json_string(p->a->id.text) : json_null(),
			 "frozen_at", "sha256", "rows", json_incref(q->measures));
}

json_t *paper_whole(const struct inquiry *q)
{
	const struct paper *p = q->paper;
	json_t *report = head(q), *names = json_array();

	for (size_t i = 0; i < p->period_count; i++)
		json_array_append_new(names, json_string(p->periods[i]->name));
	if (!report) {
		json_decref(names);
		return NULL;
	}
	json_object_set_new(report, "of",
			    json_string(p->of == PAPER_OF_DEADLINE     ? "deadline"
					: p->of == PAPER_OF_ASSIGNMENT ? "assignment"
								       : "body"));
	json_object_set_new(report, "body", body_json(p->body));
	json_object_set_new(report, "year", json_integer(p->year));
	json_object_set_new(report, "period", p->asked ? json_string(p->asked->name) : json_null());
	if (p->asked)
		json_object_set_new(report, "period_days",
				    json_pack("{so so}", "from", json_date(p->asked->from), "until",
					      json_date(p->asked->until)));
	json_object_set_new(report, "periods", names);
	json_object_set_new(report, "description", description(q));
	json_object_set_new(report, "totals", paper_totals(q->measures));
	json_object_set_new(report, "changes", changes(p));
	put_lists(p, report);
	if (json_object_set_new(report, "requirements", paper_requirements(q)) == 0 &&
	    json_object_set_new(report, "officials", paper_officials(q)) == 0 &&
	    json_object_set_new(report, "extract_to", paper_extract_to(q)) == 0 &&
	    json_object_set_new(report, "proposal", paper_proposal(q)) == 0)
		return report;
	json_decref(report);
	return NULL;
}

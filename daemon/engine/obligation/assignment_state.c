/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/obligation/assignment_state.h"

#include <string.h>

#include "engine/obligation/closing.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/series.h"
#include "engine/obligation/state.h"

const char *assignment_state_name(enum assignment_state state)
{
	static const char *const names[ASSIGNMENT_STATES] = {
		[ASSIGNMENT_OPEN] = "open",
		[ASSIGNMENT_ANSWERED] = "answered",
		[ASSIGNMENT_CLOSED] = "closed",
	};

	return names[state];
}

/* ---- what is below it ------------------------------------------------------------------------------ */

struct below below_new(void)
{
	return (struct below){ .due = CIVIL_NONE,
			       .due_original = CIVIL_NONE,
			       .estimate = CIVIL_NONE };
}

static int look_at_measure(struct engine *e, const struct measure *m, struct below *below)
{
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	int r = ledger_measure(e->ledger, m->id, &row);

	if (r < 0)
		return r;
	below->open_measures += !measure_is_closed(&row);
	below->done_by_owner += measure_is_done_by_owner(m, &row);
	if (!measure_is_closed(&row) && !civil_is_none(row.done_forecast) &&
	    (civil_is_none(below->estimate) ||
	     civil_compare(row.done_forecast, below->estimate) > 0))
		below->estimate = row.done_forecast;
	return 0;
}

static bool is_decided(const struct deadline_row *row)
{
	return row->state == DEADLINE_SUBMITTED &&
	       (row->outcome == OUTCOME_NOTED || row->outcome == OUTCOME_APPROVED);
}

struct occurrences {
	bool open, undecided;
};

static int look_at_occurrence(void *userdata, const struct deadline_row *row)
{
	struct occurrences *o = userdata;

	o->open |= row->state == DEADLINE_OPEN;
	o->undecided |= row->state == DEADLINE_SUBMITTED && !is_decided(row);
	return 0;
}

/* Of a series: is anything of it open, to come or not decided? */
static int look_at_series(struct engine *e, const struct deadline *d, struct occurrences *ret)
{
	struct series_row row = { .next_at = INSTANT_NONE };
	bool found;
	int r = ledger_occurrences(e->ledger, d->id, look_at_occurrence, ret);

	if (r >= 0)
		r = ledger_find_series(e->ledger, d->id, &row, &found);
	ret->open |= d->every.kind == EVERY_MEETING || !instant_is_none(row.next_at);
	return r;
}

/* The row that says when it is due: of a series the earliest occurrence that is not closed. */
static int row_of(struct engine *e, const struct deadline *d, struct deadline_row *ret,
		  bool *ret_found)
{
	char id[ITEM_ID];
	int r;

	if (!d->every.kind)
		return ledger_find_deadline(e->ledger, d->id, ret, ret_found);
	r = series_resolve(e, d->id, true, id, ret_found);
	return r < 0 || !*ret_found
		       ? r
		       : ledger_find_deadline(e->ledger, deadline_id(id), ret, ret_found);
}

/* What was extended to a day after its meeting is answered on that day. */
static void take_date(struct engine *e, const struct deadline_row *row, bool open,
		      struct below *below)
{
	const struct deadline *d = plan_deadline(e->plan, deadline_id(row->id));
	const bool past = civil_compare(row->papers, row->due) > 0;
	const struct civil_date due = past ? row->papers : row->due;

	if (!d || civil_is_none(row->due) || (below->of_open && !open) ||
	    (below->of_open == open && !civil_is_none(below->due) &&
	     civil_compare(due, below->due) <= 0))
		return;
	below->due = due;
	below->due_original =
		past && civil_is_none(row->due_original) ? row->due : row->due_original;
	below->provisional = !past && deadline_dates(e->plan, d, row).provisional;
	below->extended = deadline_is_due_later(d, row);
	below->of_open = open;
}

static int look_at_deadline(struct engine *e, const struct deadline *d, struct below *below)
{
	struct deadline_row row;
	struct occurrences of = { false, false };
	bool found;
	int r = row_of(e, d, &row, &found);

	if (r >= 0 && d->every.kind)
		r = look_at_series(e, d, &of);
	else if (r >= 0 && found)
		r = look_at_occurrence(&of, &row);
	if (r < 0)
		return r;
	below->open_deadlines += of.open;
	below->undecided += of.open || of.undecided;
	if (found)
		take_date(e, &row, of.open, below);
	return 0;
}

/* A deadline costs as much as some measures, since a series may have many occurrences. */
#define DEADLINE_COST 20

int below_look(struct engine *e, const struct assignment *a, size_t count, struct below *below)
{
	const size_t all = a->measure_count + a->deadline_count;
	size_t cost = 0;
	int r = 0;

	while (r >= 0 && cost < count && below->at < all) {
		const size_t i = below->at++;
		const bool measure = i < a->measure_count;

		r = measure ? look_at_measure(e, a->measures[i], below)
			    : look_at_deadline(e, a->deadlines[i - a->measure_count], below);
		cost += measure ? 1 : DEADLINE_COST;
	}
	return r < 0 ? r : below->at < all;
}

int below_look_all(struct engine *e, const struct assignment *a, struct below *ret)
{
	*ret = below_new();
	return below_look(e, a, SIZE_MAX, ret);
}

/* ---- the assignment itself ------------------------------------------------------------------------- */

bool assignment_is_closed_by_body(const struct assignment_row *row)
{
	return row->closed_seq != 0;
}

enum assignment_state assignment_state(const struct assignment *a, const struct assignment_row *row,
				       const struct below *below)
{
	const bool measures = below->open_measures == 0;
	bool answered;

	if (assignment_is_closed_by_body(row))
		return ASSIGNMENT_CLOSED;
	if (a->measure_count + a->deadline_count == 0)
		return ASSIGNMENT_OPEN;
	if (a->closing == CLOSED_BY_OWNER && measures && below->done_by_owner == 0 &&
	    below->undecided == 0)
		return ASSIGNMENT_CLOSED;
	answered = a->deadline_count ? below->open_deadlines == 0 : measures;
	return answered ? ASSIGNMENT_ANSWERED : ASSIGNMENT_OPEN;
}

struct answer_by assignment_answer_by(const struct assignment *a, const struct assignment_row *row,
				      const struct below *below)
{
	if (a->deadline_count && !civil_is_none(below->due))
		return (struct answer_by){ below->due, below->due_original, below->provisional,
					   below->extended };
	return (struct answer_by){ row->answer_by, row->answer_by_original, row->provisional,
				   a->answer_by.kind != DUE_MEETING };
}

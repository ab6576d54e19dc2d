/* SPDX-License-Identifier: Apache-2.0 */
/* What has become of each row that the journal has: the row as it was beside the row as it is. */
#include <errno.h>
#include <string.h>

#include "engine/consequences/internal.h"
#include "engine/obligation/closing.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/requests.h"
#include "engine/obligation/state.h"

struct telling {
	struct engine *e;
	json_t *closes, *opens, *moves, *owners, *decides;
	size_t told; /* rows of what is owed */
};

static json_t *text(const char *text)
{
	return text && text[0] ? json_string(text) : json_null();
}

static json_t *date(struct civil_date d)
{
	char out[CIVIL_TEXT];

	return civil_is_none(d) ? json_null() : json_string(civil_format(d, out));
}

static int add(json_t *list, json_t *row)
{
	return json_array_append_new(list, row) < 0 ? -ENOMEM : 0;
}

/* {"deadline","measure","owner"} */
static json_t *about(const char *deadline, const char *measure, const char *owner)
{
	return json_pack("{so so so}", "deadline", text(deadline), "measure", text(measure),
			 "owner", text(owner));
}

static json_t *with(json_t *row, const char *name, json_t *value)
{
	if (row && json_object_set_new(row, name, value) == 0)
		return row;
	json_decref(row);
	return NULL;
}

/* The days of something before and after. */
struct days {
	struct civil_date due, papers, due_before, papers_before;
};

static bool are_moved(const struct days *d)
{
	return !civil_equal(d->due, d->due_before) || !civil_equal(d->papers, d->papers_before);
}

static json_t *moved(json_t *row, const struct days *d)
{
	row = with(row, "due", date(d->due));
	row = with(row, "papers", date(d->papers));
	row = with(row, "due_before", date(d->due_before));
	return with(row, "papers_before", date(d->papers_before));
}

/* ---- what is owed ------------------------------------------------------------------------------ */

static json_t *about_obligation(const struct obligation *o)
{
	return about(o->deadline, o->measure, o->owner);
}

static int tell_closed(struct telling *t, const struct obligation *o)
{
	return add(t->closes,
		   with(about_obligation(o), "as",
			json_string(o->phase == PHASE_ANSWERED ? "answered" : "withdrawn")));
}

static int tell_dates(struct telling *t, const struct obligation *before,
		      const struct obligation *after)
{
	const struct days days = { after->due, after->papers, before->due, before->papers };

	return are_moved(&days) ? add(t->moves, moved(about_obligation(after), &days)) : 0;
}

static int tell_owner(struct telling *t, const struct obligation *before,
		      const struct obligation *after)
{
	if (strcmp(before->owner, after->owner) == 0)
		return 0;
	return add(t->owners, with(about_obligation(after), "owner_before", text(before->owner)));
}

/* What is withdrawn or answered follows its dates in silence: only what is owed is told of. */
static int tell_obligation(struct telling *t, const struct journal_row *row)
{
	const struct obligation *before = row->row;
	const bool was = row->there && before->phase == PHASE_LIVE;
	struct obligation after;
	int r = ledger_obligation(t->e->ledger, before->id, &after);

	if (r < 0 || ++t->told > CONSEQUENCES_MAX)
		return r;
	if (was && after.phase != PHASE_LIVE)
		return tell_closed(t, &after);
	if (after.phase != PHASE_LIVE)
		return 0;
	if (!was)
		r = add(t->opens, about_obligation(&after));
	if (r == 0 && row->there)
		r = tell_dates(t, before, &after);
	return r < 0 || !row->there ? r : tell_owner(t, before, &after);
}

/* ---- deadlines and measures themselves ------------------------------------------------------------ */

static const char *responsible(const struct deadline *d)
{
	return d && d->responsible ? d->responsible->id.text : NULL;
}

/* Is it said in the list already of somebody's part in the deadline? */
static bool is_told(const json_t *list, const char *deadline)
{
	size_t i;
	json_t *row;

	json_array_foreach (list, i, row) {
		const char *told = json_string_value(json_object_get(row, "deadline"));

		if (told && strcmp(told, deadline) == 0)
			return true;
	}
	return false;
}

/* A deadline without a deliverable closes with nobody's answer; its dates are told with those of whom it asks, of
 * which there may be none. */
static int tell_deadline(struct telling *t, const struct journal_row *row)
{
	const struct deadline_row *before = row->row;
	const struct deadline *d = plan_deadline(t->e->plan, deadline_id(before->id));
	struct deadline_row after;
	int r = ledger_deadline(t->e->ledger, deadline_id(before->id), &after);

	if (r < 0 || !row->there)
		return r;
	const bool was_closed = deadline_is_closed(before), closed = deadline_is_closed(&after);
	const struct days days = { after.due, after.papers, before->due, before->papers };
	if (was_closed != closed && !responsible(d))
		r = add(closed ? t->closes : t->opens,
			closed ? with(about(after.id, NULL, NULL), "as", json_string("closed"))
			       : about(after.id, NULL, NULL));
	if (r == 0 && !closed && are_moved(&days) && !is_told(t->moves, after.id))
		r = add(t->moves, moved(about(after.id, NULL, responsible(d)), &days));
	return r;
}

static int tell_measure(struct telling *t, const struct journal_row *row)
{
	const struct measure_row *before = row->row;
	const struct measure *m = plan_measure(t->e->plan, measure_id(before->id));
	struct measure_row after __attribute__((cleanup(measure_row_done))) = { 0 };
	int r = ledger_measure(t->e->ledger, measure_id(before->id), &after);

	if (r < 0 || !row->there || !m)
		return r;
	const bool was = measure_counts_as_closed(m, before),
		   is = measure_counts_as_closed(m, &after);
	const struct days days = { after.done_by, CIVIL_NONE, before->done_by, CIVIL_NONE };
	if (was != is)
		r = add(is ? t->closes : t->opens,
			is ? with(about(NULL, after.id, after.owner), "as", json_string("closed"))
			   : about(NULL, after.id, after.owner));
	if (r == 0 && are_moved(&days))
		r = add(t->moves, moved(about(NULL, after.id, after.owner), &days));
	if (r == 0 && strcmp(before->owner, after.owner) != 0)
		r = add(t->owners, with(about(NULL, after.id, after.owner), "owner_before",
					text(before->owner)));
	return r;
}

static int tell_assignment(struct telling *t, const struct journal_row *row)
{
	const struct assignment_row *before = row->row;
	struct assignment_row after __attribute__((cleanup(assignment_row_done))) = { 0 };
	bool found;
	int r = ledger_find_assignment(t->e->ledger, assignment_id(before->id), &after, &found);
	const bool was = row->there && before->closed_as != CLOSURE_NONE;

	if (r < 0 || !found)
		return r;
	const struct days days = { after.answer_by, CIVIL_NONE, before->answer_by, CIVIL_NONE };
	if (!was && after.closed_as != CLOSURE_NONE)
		r = add(t->closes, json_pack("{ss sn sn sn ss}", "assignment", after.id, "deadline",
					     "measure", "owner", "as", "closed"));
	if (r == 0 && row->there && are_moved(&days))
		r = add(t->moves, moved(json_pack("{ss sn sn sn}", "assignment", after.id,
						  "deadline", "measure", "owner"),
					&days));
	return r;
}

static int tell_request(struct telling *t, const struct journal_row *row)
{
	const struct request_row *before = row->row;
	struct request_row after;
	bool found;
	int r = row->there ? ledger_find_request(t->e->ledger, before->source, before->event,
						 &after, &found)
			   : 0;

	if (r < 0 || !row->there || !found || after.state == before->state)
		return r;
	return add(t->decides, json_pack("{ss so so ss}", "request", after.event, "deadline",
					 text(after.deadline), "measure", text(after.measure),
					 "state", request_state_name(after.state)));
}

/* ---- all of it ------------------------------------------------------------------------------------ */

static const struct {
	const struct row_type *type;
	int (*tell)(struct telling *t, const struct journal_row *row);
} kinds[] = {
	{ &obligation_type, tell_obligation }, { &deadline_type, tell_deadline },
	{ &measure_type, tell_measure },       { &assignment_type, tell_assignment },
	{ &request_type, tell_request },
};

/* What is owed comes first: what is told of a deadline depends on it. */
static int tell(struct telling *t)
{
	const struct ledger *l = t->e->ledger;
	int r = 0;

	for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++)
		for (size_t i = 0; r == 0 && i < ledger_journal_count(l); i++)
			if (ledger_journal_row(l, i)->type == kinds[k].type)
				r = kinds[k].tell(t, ledger_journal_row(l, i));
	return r;
}

static json_t *new_list(json_t *row, const char *name)
{
	json_t *list = json_array();

	return json_object_set_new(row, name, list) == 0 ? list : NULL;
}

int changes_tell(struct engine *e, const struct touched *t, json_t *row)
{
	struct telling telling = {
		.e = e,
		.closes = new_list(row, "closes"),
		.opens = new_list(row, "opens"),
		.moves = new_list(row, "moves"),
		.owners = new_list(row, "owners"),
		.decides = new_list(row, "decides"),
	};
	int r = tell(&telling);

	if (r == 0 && json_object_set_new(row, "more", json_integer((json_int_t)t->more)) < 0)
		r = -ENOMEM;
	if (r == 0)
		r = json_object_set_new(row, "until", date(t->until)) < 0 ? -ENOMEM : 0;
	return r;
}

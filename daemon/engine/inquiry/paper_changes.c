/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What has changed since what the paper compares with, and the four lists of a body's tracker:
 *
 *	live         not closed, and not said to be done: those to be struck among them
 *	completed    closed since the body last met; or said to be done, and the body has yet to close it
 *	to be struck the owner has cancelled it, and the body has yet to say so
 *	outstanding  live, past its date, and no extension asked for
 */
#include <string.h>

#include "base/zone.h"
#include "engine/inquiry/paper.h"
#include "engine/obligation/assignment_state.h"
#include "engine/obligation/closing.h"
#include "engine/obligation/done_by.h"
#include "ledger/assignments.h"

static bool is_after_since(const struct paper *p, struct instant t)
{
	return !civil_is_none(p->since) && !instant_is_none(t) &&
	       instant_compare(t, p->past.moved_after) >= 0 &&
	       (instant_is_none(p->end) || instant_compare(t, p->end) < 0);
}

static int add(struct paper *p, enum paper_list list, json_t *entry)
{
	return json_array_append_new(p->lists[list], entry);
}

/* What every list has, and what it says of how the measure stands. */
static json_t *entry_of(const json_t *row)
{
	json_t *entry = json_object();
	static const char *const members[] = { "measure",
					       "title",
					       "owner",
					       "owner_name",
					       "assignment",
					       "word",
					       "words",
					       "light",
					       "light_words",
					       "light_reasons",
					       "last",
					       "is_asked",
					       "done_by",
					       "done_by_body",
					       "note",
					       "done_by_original",
					       "done_by_original_body",
					       "done_forecast" };

	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++)
		if (json_object_get(row, members[i]))
			json_object_set(entry, members[i], json_object_get(row, members[i]));
	return entry;
}

/* Of what is closed: how, which its word tells, and by what decision, if it is the body's. */
static json_t *closed_entry_of(const json_t *row)
{
	json_t *entry = entry_of(row);

	json_object_set(entry, "reference",
			json_object_get(json_object_get(row, "closed"), "reference"));
	return entry;
}

/* Has it been over since a plan came to have it? When it came to be nobody knows, so that it is no change. */
static bool was_always_over(const struct paper_measure *pm)
{
	return event_status_is_over(pm->row.began) &&
	       instant_compare(pm->row.time, pm->row.added_at) == 0;
}

/* When what is closed came to be over. What its owner called done was told of then, and is not again when
 * the body closes it; what is struck was live until the body struck it. */
static struct instant over_at(const struct paper_measure *pm)
{
	if (!measure_is_closed_by_body(&pm->row) || pm->row.status == STATUS_DONE)
		return was_always_over(pm) ? INSTANT_NONE : pm->row.time;
	return pm->row.closed_at;
}

static void put_state(const struct paper *p, json_t *entry, const char *name,
		      const struct paper_measure *pm, enum measure_status status)
{
	json_t *state = json_pack("{so}", "status", json_status(status));

	paper_put_word(p, state, pm, status);
	json_object_set_new(entry, name, state);
}

/* By their lights, which tell more than statuses: a date may have come near, or passed. */
static int compare_lights(struct inquiry *q, const struct paper_measure *pm, const json_t *row,
			  const struct said *then)
{
	struct paper *p = q->paper;
	const struct lit was = paper_light(q, pm, then, p->since);
	const struct lit is = light_of_measure(q->e.plan, pm->m, &pm->row, p->as_of);
	json_t *entry;

	if (then->status == STATUS_NONE || was.light == is.light || was.light == LIGHT_NONE ||
	    is.light == LIGHT_NONE || event_status_is_over(pm->row.status) ||
	    measure_counts_as_closed(pm->m, &pm->row))
		return 0;
	entry = entry_of(row);
	put_state(p, entry, "was", pm, then->status);
	put_state(p, entry, "is", pm, pm->row.status);
	paper_put_light(p, json_object_get(entry, "was"), was);
	paper_put_light(p, json_object_get(entry, "is"), is);
	return add(p, is.light > was.light ? PAPER_WORSE : PAPER_BETTER, entry);
}

/* Where a move of its own date came from: what the one before it said, which may be older than what the paper tells of, else
 * the date that was first planned. */
static void put_from(const struct inquiry *q, json_t *entry, size_t at)
{
	const struct past *past = &q->paper->past;
	const char *before = past->due_then;

	if (past->moves[at].of_answer)
		return;
	for (size_t i = past->move_count; --i > at;)
		if (!past->moves[i].of_answer)
			before = past->moves[i].due;
	if (before[0]) {
		json_object_set_new(entry, "from", json_string(before));
		paper_put_body(q, entry, "from");
		return;
	}
	json_object_set(entry, "from", json_object_get(entry, "done_by_original"));
	if (json_object_get(entry, "done_by_original_body"))
		json_object_set(entry, "from_body",
				json_object_get(entry, "done_by_original_body"));
}

static int add_moves(const struct inquiry *q, const json_t *row)
{
	struct paper *p = q->paper;
	int r = 0;

	for (size_t i = 0; r == 0 && i < p->past.move_count; i++) {
		json_t *entry = entry_of(row);

		json_object_set_new(entry, "to", json_string(p->past.moves[i].due));
		paper_put_body(q, entry, "to");
		json_object_set_new(entry, "of_answer", json_boolean(p->past.moves[i].of_answer));
		put_from(q, entry, i);
		json_object_set_new(entry, "reference", json_text(p->past.moves[i].reference));
		json_object_set_new(entry, "at", json_instant(p->past.moves[i].time));
		r = add(p, PAPER_MOVED, entry);
	}
	return r;
}

/* Was it closed since then: by the body, or by its owner, who had not said so before? */
static bool was_closed_since(const struct paper *p, const struct paper_measure *pm,
			     const struct said *then)
{
	if (!measure_counts_as_closed(pm->m, &pm->row))
		return false;
	if (measure_is_closed_by_body(&pm->row))
		return is_after_since(p, pm->row.closed_at);
	return !event_status_is_over(then->status) && !was_always_over(pm);
}

static int compare_with_then(struct inquiry *q, const struct paper_measure *pm, const json_t *row)
{
	struct paper *p = q->paper;
	const struct said *then = p->then ? &p->then->said : NULL;
	int r = 0;

	if (!then)
		return 0;
	if (is_after_since(p, pm->row.added_at))
		r = add(p, PAPER_NEW, entry_of(row));
	if (r == 0 && was_closed_since(p, pm, then))
		r = add(p, PAPER_CLOSED, closed_entry_of(row));
	if (r == 0)
		r = compare_lights(q, pm, row, then);
	return r == 0 ? add_moves(q, row) : r;
}

static bool is_completed(const struct paper *p, const struct paper_measure *pm)
{
	if (!measure_counts_as_closed(pm->m, &pm->row))
		return pm->row.status == STATUS_DONE;
	return civil_is_none(p->since) || is_after_since(p, over_at(pm));
}

static bool is_live(const struct paper_measure *pm)
{
	return !measure_counts_as_closed(pm->m, &pm->row) && pm->row.status != STATUS_DONE;
}

/* Past its own date; without one, past that of what it is asked for, which only today tells. */
static bool is_overdue(const struct paper *p, const struct paper_measure *pm)
{
	if (done_by_is_given(&pm->row))
		return civil_compare(pm->row.done_by, p->as_of) < 0;
	if (p->asked)
		return false;
	return pm->state && strcmp(pm->state, "late") == 0;
}

/* closed: else it is done according to its owner, and the body has yet to close it. */
static int add_completed(struct paper *p, const json_t *row, bool closed)
{
	json_t *entry = closed_entry_of(row);

	json_object_set_new(entry, "closed", json_boolean(closed));
	return add(p, PAPER_COMPLETED, entry);
}

static int track(struct paper *p, const struct paper_measure *pm, const json_t *row)
{
	int r = 0;

	if (is_completed(p, pm))
		return add_completed(p, row, measure_counts_as_closed(pm->m, &pm->row));
	if (!is_live(pm))
		return 0;
	if (pm->row.status == STATUS_CANCELLED)
		r = add(p, PAPER_TO_STRUCK, entry_of(row));
	else if (is_overdue(p, pm) && !paper_is_requested(p, pm->m->id.text))
		r = add(p, PAPER_OUTSTANDING, entry_of(row));
	return r == 0 ? add(p, PAPER_LIVE, entry_of(row)) : r;
}

int paper_compare(struct inquiry *q, const struct paper_measure *pm, const json_t *row)
{
	struct paper *p = q->paper;
	int r = compare_with_then(q, pm, row);
	json_t *entry;

	if (r == 0 && p->of == PAPER_OF_BODY)
		r = track(p, pm, row);
	if (r == 0 && pm->is_asked && !pm->has_answered) {
		entry = entry_of(row);
		json_object_set(entry, "asked", json_object_get(row, "asked"));
		json_object_set(entry, "last_asked", json_object_get(row, "last_asked"));
		json_object_set(entry, "status", json_object_get(row, "status"));
		json_object_set(entry, "effect_planned", json_object_get(row, "effect_planned"));
		json_object_set(entry, "effect_forecast", json_object_get(row, "effect_forecast"));
		r = add(p, PAPER_UNANSWERED, entry);
	}
	if (r == 0 && json_is_string(json_object_get(row, "needs_support")) &&
	    !measure_counts_as_closed(pm->m, &pm->row)) {
		entry = entry_of(row);
		json_object_set(entry, "needs_support", json_object_get(row, "needs_support"));
		r = add(p, PAPER_SUPPORT, entry);
	}
	return r;
}

int paper_track_bare(struct paper *p, const struct assignment_row *a, const json_t *row)
{
	const bool closed = assignment_is_closed_by_body(a) &&
			    (instant_is_none(p->end) || instant_compare(a->closed_at, p->end) < 0);

	if (!closed)
		return add(p, PAPER_LIVE, entry_of(row));
	if (!civil_is_none(p->since) && !is_after_since(p, a->closed_at))
		return 0;
	return add_completed(p, row, true);
}

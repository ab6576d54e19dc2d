/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A paper that was frozen: as it was, byte for byte; and, asked for later, its figures with what has changed since
 * beside them. That is so until the deadline has another papers date to be frozen for.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "engine/erase.h"
#include "engine/inquiry/paper.h"
#include "engine/obligation/freeze_time.h"
#include "engine/obligation/in_force.h"
#include "engine/obligation/series.h"

#define PART_BYTES 49152 /* of its bytes in one row */

/* The report as it was, with its hash and, where it has another one since somebody was erased from it, those that it had: a
 * new reference; NULL: no memory, or it is no JSON any more. */
static json_t *read_frozen(struct ledger *l, const struct frozen_row *f)
{
	json_t *report = f->content ? json_loads(f->content, 0, NULL) : NULL, *erased = NULL;
	bool failed = erase_recorded(l, f->deadline, f->n, &erased) < 0 ||
		      json_object_set_new(report, "sha256", json_string(f->sha256)) < 0;

	if (!failed && json_array_size(erased) > 0)
		failed = json_object_set(report, "erased", erased) < 0;
	json_decref(erased);
	if (!failed)
		return report;
	json_decref(report);
	return NULL;
}

/* ---- as it was ------------------------------------------------------------------------------------- */

/* The bytes in rows that follow each other; no character is cut in two. */
static int add_bytes(struct inquiry *q, const struct frozen_row *f)
{
	size_t left = f->content ? strlen(f->content) : 0, n;

	for (const char *at = f->content; left > 0; at += n, left -= n) {
		n = left < PART_BYTES ? left : PART_BYTES;
		while (n < left && ((unsigned char)at[n] & 0xc0) == 0x80)
			n--;
		if (json_array_append_new(q->rows,
					  json_pack("{ss si so ss ss%}", "deadline", f->deadline,
						    "n", f->n, "frozen_at", json_instant(f->at),
						    "sha256", f->sha256, "text", at, n)) < 0)
			return -ENOMEM;
	}
	return 0;
}

static int find_deadline(const struct inquiry *q, struct deadline_row *ret,
			 struct rejection *ret_why)
{
	const char *id = inquiry_text(q, "deadline");
	const struct deadline *d = id ? plan_deadline(q->e.plan, deadline_id(id)) : NULL;

	if (!d)
		return (int)reject(ret_why, id ? REJECT_UNKNOWN_SUBJECT : REJECT_BAD_DATA,
				   id ? "there is no deadline %s in the plan: check the id"
				      : "what is frozen is the paper of a deadline: name one",
				   id);
	return series_standing(q->e.ledger, d, ret);
}

static int refuse_unfrozen(const struct inquiry *q, const char *id, struct rejection *ret_why)
{
	const struct deadline *d = plan_deadline(q->e.plan, deadline_id(id));

	if (d && !freeze_has_paper(q->e.plan, d))
		return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
				   "%s has no paper that is frozen: %s", id,
				   d->responsible ? "the plan uses none of the keys that make a "
						    "report a paper"
						  : "nobody is responsible for it");
	return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
			   "the paper of %s is not frozen: it will be when its papers date has "
			   "passed, or when it is handed in before",
			   id);
}

int paper_begin_frozen(struct inquiry *q, struct rejection *ret_why)
{
	struct frozen_row frozen __attribute__((cleanup(frozen_row_done))) = { .content = NULL };
	struct deadline_row row;
	bool whole = false;
	int r = find_deadline(q, &row, ret_why);

	if (r == 0 && row.frozen_n == 0)
		return refuse_unfrozen(q, row.id, ret_why);
	if (r == 0)
		r = freeze_find_newest(&q->e, &row, &frozen, &whole);
	if (r == 0 && !whole)
		return (int)reject(ret_why, REJECT_BAD_DATA,
				   "the frozen paper of %s, number %d, %s: take it from a backup, "
				   "verify names what has changed",
				   row.id, row.frozen_n,
				   frozen.content ? "does not match its hash any more"
						  : "is missing from the store");
	if (r != 0)
		return r;
	if (!inquiry_text(q, "format"))
		return add_bytes(q, &frozen);
	return json_array_append_new(q->rows, read_frozen(q->e.ledger, &frozen)) < 0 ? -EIO : 0;
}

/* ---- what has changed since ---------------------------------------------------------------------- */

static bool is_of_the_same(const json_t *row, const json_t *like)
{
	const bool is_bare = json_is_null(json_object_get(like, "measure"));
	const char *member = is_bare ? "assignment" : "measure";

	return json_is_null(json_object_get(row, "measure")) == is_bare &&
	       json_equal(json_object_get(row, member), json_object_get(like, member));
}

json_t *paper_find_row(const json_t *rows, const json_t *like, size_t near)
{
	const size_t count = json_array_size(rows);

	for (size_t far = 0; far < count || far <= near; far++) {
		json_t *below = far <= near ? json_array_get(rows, near - far) : NULL;
		json_t *above = json_array_get(rows, near + far);

		if (below && is_of_the_same(below, like))
			return below;
		if (above && is_of_the_same(above, like))
			return above;
	}
	return NULL;
}

static bool differs(const json_t *was, const json_t *is)
{
	static const char *const members[] = { "status",	  "progress",
					       "effect_planned",  "effect_achieved",
					       "effect_forecast", "done_forecast",
					       "needs_support",	  "note",
					       "owner",		  "word" };

	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
		const json_t *a = json_object_get(was, members[i]),
			     *b = json_object_get(is, members[i]);

		if (!(json_is_null(a) || !a) != !(json_is_null(b) || !b) ||
		    (a && b && !json_equal(a, b)))
			return true;
	}
	return false;
}

static void put_state(json_t *entry, const char *name, const json_t *row)
{
	static const char *const members[] = { "status",	 "words",
					       "light",		 "progress",
					       "effect_planned", "effect_achieved",
					       "effect_forecast" };
	json_t *state = row ? json_object() : json_null();

	for (size_t i = 0; row && i < sizeof(members) / sizeof(*members); i++)
		json_object_set(state, members[i], json_object_get(row, members[i]));
	json_object_set_new(entry, name, state);
}

/* Either may be NULL: it was not in the paper, or it is no more in the plan. */
static json_t *entry_of(const json_t *was, const json_t *is)
{
	static const char *const members[] = { "measure",	"title", "owner", "owner_name",
					       "word",		"words", "light", "light_words",
					       "light_reasons", "last",	 "note",  "link",
					       "reported_at" };
	json_t *entry = json_object();

	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++)
		json_object_set(entry, members[i], json_object_get(is ? is : was, members[i]));
	put_state(entry, "was", was);
	put_state(entry, "is", is);
	return entry;
}

/* What is proposed to be decided is no measure's: first, so that it is among those that a page has room for. */
static void compare_proposals(json_t *list, const json_t *frozen, const json_t *now)
{
	json_t *was = json_object_get(frozen, "proposal"), *is = json_object_get(now, "proposal");

	if (!json_equal(was, is))
		json_array_append_new(list, json_pack("{sn s{sO?} s{sO?}}", "measure", "was",
						      "proposal", was, "is", "proposal", is));
}

static json_t *changes_since(const json_t *frozen, const json_t *now)
{
	const json_t *before = json_object_get(frozen, "rows"),
		     *after = json_object_get(now, "rows"), *row;
	json_t *list = json_array();
	size_t i;

	compare_proposals(list, frozen, now);
	json_array_foreach (after, i, row) {
		const json_t *was = paper_find_row(before, row, i);

		if (!was || differs(was, row))
			json_array_append_new(list, entry_of(was, row));
	}
	json_array_foreach (before, i, row)
		if (!paper_find_row(after, row, i))
			json_array_append_new(list, entry_of(row, NULL));
	return list;
}

/* Is it for the papers date that stands? */
static bool is_in_force(const struct inquiry *q, const struct frozen_row *f)
{
	const struct paper *p = q->paper;
	const struct instant late_at = deadline_dates(q->e.plan, p->d, &p->deadline).late_at;

	return !instant_is_none(f->late_at) && instant_compare(late_at, f->late_at) <= 0;
}

/* The figures are those of the paper. What became of it, who has it and what was decided, is nothing that the paper
 * could have said: that is told as it is now. */
static void tell_with(json_t *frozen, const json_t *now)
{
	static const char *const of_now[] = { "submitted_at", "reference", "submitted_before",
					      "outcome",      "history",   "via" };

	for (size_t i = 0; i < sizeof(of_now) / sizeof(*of_now); i++)
		if (json_object_get(now, of_now[i]))
			json_object_set(frozen, of_now[i], json_object_get(now, of_now[i]));
	json_object_set_new(frozen, "since_frozen", changes_since(frozen, now));
}

/* *ret_lost: there is one to be, but it is no more what it was: verify names it; what stands is told meanwhile. */
static int find_frozen(const struct inquiry *q, json_t **ret, bool *ret_lost)
{
	const struct deadline_row *row = &q->paper->deadline;
	struct frozen_row newest
		__attribute__((cleanup(frozen_row_done))) = { .late_at = row->frozen_for };
	struct engine e = q->e;
	bool whole;
	int r;

	*ret = NULL;
	*ret_lost = false;
	if (q->is_within || !q->paper->d || q->paper->asked || row->frozen_n == 0)
		return 0;
	r = freeze_find_newest(&e, row, &newest, &whole);
	if (r < 0 || !is_in_force(q, &newest))
		return r;
	*ret = whole ? read_frozen(q->e.ledger, &newest) : NULL;
	*ret_lost = !*ret;
	return 0;
}

int paper_find_frozen(const struct inquiry *q, json_t **ret)
{
	bool lost;

	return find_frozen(q, ret, &lost);
}

int paper_tell_frozen(const struct inquiry *q, json_t **report)
{
	json_t *frozen;
	bool lost;
	int r = find_frozen(q, &frozen, &lost);

	if (lost)
		json_object_set_new(*report, "frozen_lost", json_true());
	if (r < 0 || !frozen)
		return r;
	tell_with(frozen, *report);
	if (q->paper->board)
		board_keep_courses(q->paper, frozen, *report);
	json_decref(*report);
	*report = frozen;
	return 0;
}

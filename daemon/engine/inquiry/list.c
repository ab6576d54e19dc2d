/* SPDX-License-Identifier: Apache-2.0 */
/*
 * list: what is owed, a row an obligation, as they came into being; or in an order that is asked for. Then each has a
 * text by which it is put there, kept beside its id until all are gathered.
 */
#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "engine/inquiry/inquirer.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/series.h"
#include "protocol/text_search.h"

enum list_order { ORDER_NONE, ORDER_DEADLINE, ORDER_OWNER, ORDER_STATE, ORDERS };
static const char *const order_names[ORDERS] = {
	[ORDER_DEADLINE] = "deadline",
	[ORDER_OWNER] = "owner",
	[ORDER_STATE] = "state",
};

static enum list_order order_of(const struct inquiry *q)
{
	const char *name = inquiry_text(q, "order");
	enum list_order order = ORDERS;

	if (!name)
		return ORDER_NONE;
	while (--order > ORDER_NONE && strcmp(order_names[order], name) != 0)
		;
	return order;
}

static int begin_list(struct inquiry *q, struct rejection *ret_why)
{
	const char *owner = inquiry_text(q, "owner"), *deadline = inquiry_text(q, "deadline");
	const char *order = inquiry_text(q, "order");

	if (owner && !plan_person(q->e.plan, person_id(owner)))
		return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
				   "there is no person %s in the plan: check the id", owner);
	if (deadline && !plan_deadline(q->e.plan, deadline_id(deadline)))
		return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
				   "there is no deadline %s in the plan: check the id", deadline);
	if (order && order_of(q) == ORDER_NONE)
		return (int)reject(ret_why, REJECT_BAD_DATA,
				   "order \"%s\" is none of deadline, owner and state",
				   text_excerpt(order).text);
	return 0;
}

/* Do the words that are looked for stand in what a reader sees of it? */
static bool is_found(const struct inquiry *q, const struct obligation *o)
{
	const char *words = inquiry_text(q, "search");
	const struct measure *m = plan_measure(q->e.plan, measure_id(o->measure));
	const struct deadline *d = plan_deadline(q->e.plan, deadline_id(o->deadline));
	const struct person *owner = plan_person(q->e.plan, person_id(o->owner));
	const char *const texts[] = { o->deadline,
				      o->measure,
				      o->owner,
				      m ? m->title : "",
				      d ? d->title : "",
				      owner ? owner->name : "",
				      NULL };

	return !words || text_has_words(texts, words);
}

/* All that are gathered, unless any word of the question says otherwise. */
static bool is_sifted(const struct inquiry *q)
{
	return !inquiry_flag(q, "all") || inquiry_flag(q, "late") || inquiry_text(q, "search") ||
	       (inquiry_text(q, "owner") && inquiry_text(q, "deadline"));
}

static bool is_listed(const struct inquiry *q, const struct obligation *o)
{
	const char *owner = inquiry_text(q, "owner"), *deadline = inquiry_text(q, "deadline");

	if ((owner && strcmp(owner, o->owner) != 0) ||
	    (deadline && !series_has(deadline_id(deadline), deadline_id(o->deadline))) ||
	    (inquiry_flag(q, "late") && strcmp(obligation_state(o, q->now), "late") != 0) ||
	    !is_found(q, o))
		return false;
	return inquiry_flag(q, "all") || inquiry_is_owed(q, o);
}

/* ---- in order -------------------------------------------------------------------------------------- */

/* A tree of those that are gathered: so none of the work of ordering a hundred thousand is left for one slice. */
struct placed {
	int64_t id;
	char *text; /* by which it is put in its place */
};
struct places {
	void *root; /* of tsearch */
	size_t count;
	int64_t *next; /* where the walk writes */
};

static void placed_free(void *placed)
{
	free(((struct placed *)placed)->text);
	free(placed);
}

void places_free(struct places *p)
{
	if (p)
		tdestroy(p->root, placed_free);
	free(p);
}

/* The deliverable stands before the measures of its deadline, and what is due first before all else. */
static char *text_of(const struct inquiry *q, const struct obligation *o)
{
	static const char *const states[] = { "late", "open", "waiting", "answered", "withdrawn" };
	const struct person *owner = plan_person(q->e.plan, person_id(o->owner));
	const char *state = obligation_state(o, q->now);
	char papers[CIVIL_TEXT] = "", *text = NULL;
	int rank = 0, r;

	if (!civil_is_none(o->papers))
		civil_format(o->papers, papers);
	while (strcmp(states[rank], state) != 0)
		rank++;
	switch (order_of(q)) {
	case ORDER_OWNER:
		r = asprintf(&text, "%s\t%s\t%s\t%s\t%s", owner ? owner->name : "", o->owner,
			     papers, o->deadline, o->measure);
		break;
	case ORDER_STATE:
		r = asprintf(&text, "%d\t%s\t%s\t%s", rank, papers, o->deadline, o->measure);
		break;
	default: {
		const struct deadline_row *deadline;

		/* One that was extended alone stays among those of its deadline. */
		if (inquiry_find_deadline(q, o->deadline, &deadline) == 0 && deadline &&
		    !civil_is_none(deadline->papers))
			civil_format(deadline->papers, papers);
		r = asprintf(&text, "%s\t%s\t%s", papers, o->deadline, o->measure);
		break;
	}
	}
	return r < 0 ? NULL : text;
}

static int compare(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	const int by = id_compare(x->text, y->text);

	return by ? by : (x->id > y->id) - (x->id < y->id);
}

static int place(struct inquiry *q, int64_t id)
{
	struct placed *one = calloc(1, sizeof(*one));
	struct obligation o;

	if (!one)
		return -ENOMEM;
	*one = (struct placed){ .id = id };
	if (ledger_obligation(q->e.ledger, obligation_id(id), &o) == 0)
		one->text = text_of(q, &o);
	if (!one->text || !tsearch(one, &q->places->root, compare)) {
		placed_free(one);
		return -ENOMEM;
	}
	q->places->count++;
	return 0;
}

static void take(const void *node, VISIT visit, void *places)
{
	struct places *p = places;

	if (visit == postorder || visit == leaf)
		*p->next++ = (*(struct placed *const *)node)->id;
}

static int work_list(struct inquiry *q)
{
	const struct sifting of = { .wanted = is_sifted(q) ? is_listed : NULL,
				    .owner = inquiry_text(q, "owner"),
				    .deadline = inquiry_text(q, "deadline"),
				    .any = inquiry_flag(q, "all") };
	int left = inquiry_sift(q, &of), r = 0;

	if (left < 0 || order_of(q) == ORDER_NONE)
		return left;
	if (!q->places)
		q->places = calloc(1, sizeof(*q->places));
	if (!q->places)
		return -ENOMEM;
	while (r == 0 && q->places->count < q->ids.count)
		r = place(q, q->ids.list[q->places->count]);
	if (r < 0 || left > 0)
		return r < 0 ? r : left;
	q->places->next = q->ids.list;
	twalk_r(q->places->root, take, q->places);
	return 0;
}

json_t *inquiry_listed(const struct inquiry *q, size_t i)
{
	struct obligation o;

	if (ledger_obligation(q->e.ledger, obligation_id(q->ids.list[i]), &o) < 0)
		return json_null();
	return inquiry_obligation(q, &o);
}

const struct inquirer inquirer_list = { begin_list, work_list, inquiry_count_ids, inquiry_listed };

/* SPDX-License-Identifier: Apache-2.0 */
/*
 *	lookup ──▶ waiting ──▶ begun: all its inquiries, of one moment ──▶ their rows, one after the other ──▶ then
 *
 * Each round of the loop one lookup gets a slice, those that are begun in rotation, so that a short one need not
 * wait for a long one. An inquiry keeps a view of the store, and its rows memory: BEGUN_MAX bounds both.
 *
 * All inquiries of a lookup are begun together, after the open turn has ended: a page that shows a sum and its parts
 * must not have an event between them, and whoever has just said something is to see it.
 */
#include "web/lookup.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/deferred.h"
#include "base/log.h"
#include "gate/accept.h"
#include "web/exchange_inside.h"
#include "web/visitor.h"

#define SLICE ((struct duration){ 10 * 1000 })
#define BEGUN_MAX 4
#define LINE_MAX 32 /* lookups in all, the begun ones too */

struct asked {
	struct question question;	 /* with a reference of its params */
	struct inquiry *inquiry;	 /* while it is worked on */
	struct foretelling *foretelling; /* the same, of what would follow */
	bool worked;			 /* its rows are ready to be taken */
	json_t *rows;
	size_t from;  /* the next of its rows */
	size_t limit; /* of its rows */
	size_t total; /* that there are */
};

struct lookup {
	TAILQ_ENTRY(lookup) link; /* in waiting or begun */
	struct lookups *all;
	struct exchange *exchange;
	looked_up_fn *then;
	bool begun;
	size_t count, at; /* of the questions; which of them is being answered */
	struct asked asked[LOOKUP_QUESTIONS];
};

TAILQ_HEAD(line, lookup);
struct lookups {
	struct web *web;
	struct deferred *slice;
	struct line waiting, begun;
	size_t count, begun_count;
};

/* ---- one lookup ---------------------------------------------------------------------------------- */

struct lookup *lookup_free(struct lookup *l)
{
	if (!l)
		return NULL;
	TAILQ_REMOVE(l->begun ? &l->all->begun : &l->all->waiting, l, link);
	l->all->begun_count -= l->begun;
	l->all->count--;
	for (size_t i = 0; i < l->count; i++) {
		inquiry_free(l->asked[i].inquiry);
		foretelling_free(l->asked[i].foretelling);
		json_decref(l->asked[i].question.params);
		json_decref(l->asked[i].rows);
	}
	if (l->exchange->lookup == l)
		l->exchange->lookup = NULL;
	free(l);
	return NULL;
}

static void refuse(struct lookup *l, enum refusal why)
{
	struct exchange *x = l->exchange;

	lookup_free(l);
	exchange_refuse(x, why);
}

static void fail(struct lookup *l, int error)
{
	log_error("web: the store could not be read for a page: %s", strerror(-error));
	refuse(l, REFUSAL_BROKEN);
}

/* Answers are borrowed while this calls whoever asked. */
static void answer(struct lookup *l, const struct rejection *why)
{
	struct exchange *x = l->exchange;
	json_t *answers[LOOKUP_QUESTIONS];

	for (size_t i = 0; i < l->count; i++)
		answers[i] = why ? NULL : l->asked[i].rows;
	l->then(x->web, x, answers, why);
	/* It has replied, or waits for the end of the turn; or it has asked anew, which is another lookup. */
	assert(x->replied || x->waited || x->lookup != l);
	lookup_free(l);
}

/* ---- its work ------------------------------------------------------------------------------------ */

/* A narrower steward's pages have what is theirs. */
static int begin_inquiry(const struct exchange *x, struct asked *a, struct instant now,
			 struct rejection *ret_why)
{
	const struct signed_in *in = exchange_signed_in(x);
	const struct peer peer = { .kind = PEER_PERSON, .person = in ? in->person : NULL };

	if (a->question.which == QUERY_CONSEQUENCES)
		return (int)accept_foretelling(
			x->web->engine,
			&(struct supposition){ .peer = &peer,
					       .event =
						       json_object_get(a->question.params, "event"),
					       .now = now },
			&a->foretelling, ret_why);
	a->question.viewer = in ? access_viewer(&peer) : NULL;
	return inquiry_new(&a->inquiry, x->web->engine, a->question, now, ret_why);
}

/* Begin all its inquiries: 0; a reject code with the sentence; or a negative errno. */
static int begin(struct lookup *l, struct rejection *ret_why)
{
	struct engine *e = l->all->web->engine;
	const struct instant now = clock_now();
	int r = 0;

	turn_end_now(e->turn);
	for (size_t i = 0; i < l->count && r == 0; i++) {
		struct asked *a = &l->asked[i];

		r = a->question.params ? 0 : -ENOMEM;
		if (r == 0)
			r = (int)request_check(a->question.which, a->question.params, ret_why);
		if (r == 0)
			r = begin_inquiry(l->exchange, a, now, ret_why);
		a->rows = json_array();
		if (r == 0 && !a->rows)
			r = -ENOMEM;
	}
	return r;
}

/* The next rows of one that is worked: 1 there are more, 0 that was all. */
static int take_rows(struct asked *a)
{
	size_t next;
	json_t *rows = inquiry_rows(a->inquiry, a->from, &next);
	int r = rows ? json_array_extend(a->rows, rows) : -1;

	a->total = inquiry_count(a->inquiry);

	json_decref(rows);
	if (r < 0)
		return -ENOMEM;
	while (json_array_size(a->rows) > a->limit)
		json_array_remove(a->rows, json_array_size(a->rows) - 1);
	a->from = next;
	return next && json_array_size(a->rows) < a->limit;
}

/* Some of it: 1 there is more, 0 its one row is there, or a negative errno. */
static int foretell(struct asked *a)
{
	int r = foretelling_work(a->foretelling);

	if (r != 0)
		return r;
	if (json_array_append_new(a->rows, foretelling_row(a->foretelling)) < 0)
		return -ENOMEM;
	a->foretelling = foretelling_free(a->foretelling);
	return 0;
}

/* A slice: 1 there is more to do, 0 all is answered, or a negative errno. */
static int work(struct lookup *l)
{
	struct asked *a = &l->asked[l->at];
	int r;

	if (!a->foretelling && !a->worked) {
		r = inquiry_work(a->inquiry, SLICE);
		a->worked = r == 0;
		return r < 0 ? r : 1;
	}
	r = a->foretelling ? foretell(a) : take_rows(a);
	if (r != 0)
		return r;
	a->inquiry = inquiry_free(a->inquiry);
	return ++l->at < l->count;
}

/* ---- the line ------------------------------------------------------------------------------------ */

static void start(struct lookups *all, struct lookup *l)
{
	struct rejection why;
	int r;

	TAILQ_REMOVE(&all->waiting, l, link);
	TAILQ_INSERT_TAIL(&all->begun, l, link);
	l->begun = true;
	all->begun_count++;
	r = begin(l, &why);
	if (r > 0)
		answer(l, &why);
	else if (r < 0)
		fail(l, r);
}

/* Nothing can be sent to whoever has left: nobody is to work for them. */
static void leave(struct lookup *l)
{
	struct exchange *x = l->exchange;

	lookup_free(l);
	exchange_abandon(x);
}

static void go_on(struct lookups *all, struct lookup *l)
{
	int r;

	if (visitor_has_left(l->exchange->visitor)) {
		leave(l);
		return;
	}
	TAILQ_REMOVE(&all->begun, l, link);
	TAILQ_INSERT_TAIL(&all->begun, l, link);
	r = work(l);
	if (r == 0)
		answer(l, NULL);
	else if (r < 0)
		fail(l, r);
}

static void on_slice(void *userdata)
{
	struct lookups *all = userdata;

	if (!TAILQ_EMPTY(&all->waiting) && all->begun_count < BEGUN_MAX)
		start(all, TAILQ_FIRST(&all->waiting));
	else if (!TAILQ_EMPTY(&all->begun))
		go_on(all, TAILQ_FIRST(&all->begun));
	if (all->count)
		deferred_ask(all->slice);
}

void lookup(struct exchange *x, const struct question *questions, size_t count, looked_up_fn *then)
{
	struct lookups *all = x->web->lookups;
	const bool room = all->count < LINE_MAX && !x->web->stopping;
	struct lookup *l = room ? calloc(1, sizeof(*l)) : NULL;

	assert(count >= 1 && count <= LOOKUP_QUESTIONS && !x->replied);
	if (!l) {
		exchange_refuse(x, REFUSAL_CROWDED);
		return;
	}
	*l = (struct lookup){ .all = all, .exchange = x, .then = then, .count = count };
	TAILQ_INSERT_TAIL(&all->waiting, l, link);
	all->count++;
	for (size_t i = 0; i < count; i++) {
		json_t *params = questions[i].params;

		l->asked[i].question =
			(struct question){ questions[i].which,
					   params ? json_incref(params) : json_object() };
	}
	for (size_t i = 0; i < count; i++)
		l->asked[i].limit = LOOKUP_ROWS;
	x->lookup = l;
	deferred_ask(all->slice);
}

void lookup_range(struct exchange *x, size_t question, size_t from, size_t limit)
{
	if (!x->lookup)
		return;
	assert(question < x->lookup->count && limit <= LOOKUP_ROWS);
	x->lookup->asked[question].from = from;
	x->lookup->asked[question].limit = limit;
}

size_t lookup_total(const struct exchange *x, size_t question)
{
	return x->lookup ? x->lookup->asked[question].total : 0;
}

/* ---- all of them --------------------------------------------------------------------------------- */

int lookups_new(struct lookups **ret, struct web *w)
{
	struct lookups *all = calloc(1, sizeof(*all));
	int r;

	if (!all)
		return -ENOMEM;
	all->web = w;
	TAILQ_INIT(&all->waiting);
	TAILQ_INIT(&all->begun);
	r = deferred_new(&all->slice, w->event, on_slice, all);
	if (r < 0) {
		lookups_free(all);
		return r;
	}
	*ret = all;
	return 0;
}

void lookups_stop(struct lookups *all)
{
	struct lookup *l;

	while (all && ((l = TAILQ_FIRST(&all->begun)) || (l = TAILQ_FIRST(&all->waiting))))
		refuse(l, REFUSAL_BUSY);
}

struct lookups *lookups_free(struct lookups *all)
{
	if (!all)
		return NULL;
	lookups_stop(all);
	deferred_free(all->slice);
	free(all);
	return NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "web/asked.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"
#include "engine/ladder/walk.h"
#include "engine/obligation/closing.h"
#include "engine/obligation/promise.h"
#include "engine/obligation/state.h"
#include "engine/outbox/answerer.h"
#include "ledger/lists.h"

#define LOOK_BACK_DAYS 1100 /* what is late for longer than that nobody answers by a list */

/* ---- one ------------------------------------------------------------------------------------------- */

/*
 * Whose it is. The obligation has it while it is open; one that is answered keeps who answered it, and what was
 * said is corrected by who owns the measure now.
 */
static int find_owes(struct engine *e, struct asked *a)
{
	struct measure_row row __attribute__((cleanup(measure_row_done))) = { 0 };
	int r = 0;

	a->owes = a->deadline ? walk_owes(e->plan, a->deadline, &a->o) : NULL;
	if (!a->measure || a->o.phase == PHASE_LIVE)
		return 0;
	r = ledger_measure(e->ledger, a->measure->id, &row);
	if (r >= 0)
		a->owes = plan_person(e->plan, person_id(row.owner));
	a->closed_by_body = r >= 0 && measure_is_closed_by_body(&row);
	return r < 0 ? r : 0;
}

/* What the gate lets the person say. */
static void find_theirs(const struct plan *plan, const struct absences *absences,
			struct instant now, struct asked *a)
{
	const enum answerer is = answerer_of(a->person, a->owes, plan, absences, zone_date(now));

	a->asked_of_them = is == ANSWERER_ASKED;
	a->theirs = answerer_may(is, a->o.measure[0] != '\0');
}

static enum asked_state state_of(const struct asked *a)
{
	static const enum asked_state states[OBLIGATION_STATES] = {
		[OBLIGATION_LIVE] = ASKED_OPEN,
		[OBLIGATION_ANSWERED] = ASKED_ANSWERED,
		[OBLIGATION_MEASURE_CLOSED] = ASKED_MEASURE_CLOSED,
		[OBLIGATION_SUBMITTED] = ASKED_HANDED_OVER,
		[OBLIGATION_REMOVED] = ASKED_REMOVED,
		[OBLIGATION_SUPERSEDED] = ASKED_SUPERSEDED,
	};
	const enum asked_state state = states[obligation_state_of(&a->o)];

	if (!a->deadline || (a->o.measure[0] && !a->measure))
		return ASKED_REMOVED;
	if (state == ASKED_MEASURE_CLOSED && a->closed_by_body)
		return ASKED_CLOSED_BY_BODY;
	return state == ASKED_OPEN && !a->theirs ? ASKED_NOT_THEIRS : state;
}

static int fill(struct engine *e, const struct absences *absences, struct instant now,
		struct asked *a)
{
	int r;

	a->deadline = plan_deadline(e->plan, deadline_id(a->o.deadline));
	a->measure = a->o.measure[0] ? plan_measure(e->plan, measure_id(a->o.measure)) : NULL;
	r = find_owes(e, a);
	if (r == 0)
		find_theirs(e->plan, absences, now, a);
	a->state = state_of(a);
	return r;
}

static bool has_expired(const struct asked *a, const struct link *link, struct instant now)
{
	const struct civil_date today = zone_date(now);

	return civil_compare(today, link->until) > 0 &&
	       civil_compare(today, civil_add(a->o.papers, LINK_DAYS)) > 0;
}

int asked_by_link(struct engine *e, const struct link *link, struct instant now, struct asked *ret)
{
	struct asked a = { .person = plan_person(e->plan, person_id(link->who)) };
	struct absences *absences = NULL;
	bool found;
	int r = ledger_find_obligation_of(e->ledger, deadline_id(link->deadline),
					  measure_id(link->measure), &a.o, &found);

	if (r == 0 && !found)
		return ASKED_UNKNOWN;
	if (r == 0)
		r = absences_new(&absences, e, now);
	if (r == 0)
		r = fill(e, absences, now, &a);
	absences_free(absences);
	if (r < 0)
		return r;
	if (has_expired(&a, link, now))
		a.state = ASKED_EXPIRED;
	else if (!a.person)
		a.state = ASKED_PERSON_LEFT;
	*ret = a;
	return 0;
}

/* ---- all of a person's --------------------------------------------------------------------------------- */

struct gathering {
	struct engine *e;
	const struct absences *absences;
	struct asked_list *into;
	const struct person *person;
	struct instant since, now;
};

static int gather(void *userdata, const struct obligation *o)
{
	struct gathering *g = userdata;
	struct asked_list *into = g->into;
	struct asked a = { .o = *o, .person = g->person };
	int r = fill(g->e, g->absences, g->now, &a);

	if (r < 0)
		return r;
	if (!a.theirs ||
	    !(a.state == ASKED_OPEN ? instant_compare(o->opens_at, g->now) <= 0
				    : a.state == ASKED_ANSWERED &&
					      instant_compare(o->answered_at, g->since) >= 0))
		return 0;
	r = array_grow(&into->list, into->count, &into->room);
	if (r < 0)
		return r;
	into->list[into->count++] = a;
	into->open += a.state == ASKED_OPEN;
	return 0;
}

static int compare_asked(const void *a, const void *b)
{
	const struct asked *x = a, *y = b;
	int order = (x->state != ASKED_OPEN) - (y->state != ASKED_OPEN);

	if (order == 0 && x->state != ASKED_OPEN)
		order = instant_compare(y->o.answered_at, x->o.answered_at);
	if (order == 0)
		order = civil_compare(x->o.papers, y->o.papers);
	return order ? order : (x->o.id.n > y->o.id.n) - (x->o.id.n < y->o.id.n);
}

/* Those who are away. */
struct away {
	struct absence *list;
	size_t count, room;
};

static int add_absence(void *userdata, const struct absence *absence)
{
	struct away *away = userdata;
	int r = 0;

	/* By person, so that those of one follow each other. */
	if (away->count && strcmp(away->list[away->count - 1].person, absence->person) == 0)
		return 0;
	r = array_grow(&away->list, away->count, &away->room);
	if (r == 0)
		away->list[away->count++] = *absence;
	return r;
}

static int gather_stood_in(struct engine *e, struct gathering *g, struct civil_date from)
{
	struct away away = { NULL };
	int r = ledger_absences(e->ledger, person_id(NULL), zone_date(g->now), add_absence, &away);

	for (size_t i = 0; r >= 0 && i < away.count; i++) {
		const struct person *p = plan_person(e->plan, person_id(away.list[i].person));
		const struct stand_in s = absences_find(g->absences, e->plan, p, zone_date(g->now));

		if (p && p != g->person && s.absence && s.to == g->person)
			r = ledger_obligations_of_owner(e->ledger, p->id, from, gather, g);
	}
	free(away.list);
	return r;
}

int asked_of_person(struct engine *e, const struct person *person, struct instant since,
		    struct instant now, struct asked_list *ret)
{
	const struct civil_date from = civil_add(zone_date(now), -LOOK_BACK_DAYS);
	struct absences *absences = NULL;
	struct gathering g = { e, NULL, ret, person, since, now };
	int r = absences_new(&absences, e, now);

	*ret = (struct asked_list){ NULL };
	g.absences = absences;
	if (r >= 0)
		r = ledger_obligations_of_owner(e->ledger, person->id, from, gather, &g);
	if (r >= 0)
		r = gather_stood_in(e, &g, from);
	absences_free(absences);
	if (r >= 0 && ret->count)
		qsort(ret->list, ret->count, sizeof(*ret->list), compare_asked);
	return r < 0 ? r : 0;
}

static int stop_at(void *userdata, const struct obligation *o)
{
	(void)userdata, (void)o;
	return 1;
}

int asked_of_them_ever(struct engine *e, struct person_id person)
{
	return ledger_obligations_of_owner(e->ledger, person, (struct civil_date){ 0 }, stop_at,
					   NULL);
}

void asked_list_done(struct asked_list *a)
{
	free(a->list);
	*a = (struct asked_list){ NULL };
}

struct instant asked_since(const struct asked *a)
{
	return instant_is_none(a->o.assigned_at) ? a->o.known_at
						 : instant_max(a->o.known_at, a->o.assigned_at);
}

/* ---- promises ------------------------------------------------------------------------------------------ */

struct own_promise {
	const char *person;
	struct civil_date day;
};

static int find_own(void *userdata, const struct promise *p)
{
	struct own_promise *own = userdata;

	if (strcmp(p->person, own->person) == 0)
		own->day = p->answer_by;
	return 0;
}

/* A promise about a measure is one about all that they were asked of it: the first last day bounds it. */
int asked_promise(struct engine *e, const struct asked *a, struct instant now,
		  struct asked_promise *ret)
{
	struct obligations all __attribute__((cleanup(obligations_done))) = { NULL };
	struct own_promise own = { a->person->id.text, CIVIL_NONE };
	int r = a->measure ? list_of_measure(e->ledger, a->measure->id, &all)
			   : list_of_deadline(e->ledger, a->deadline->id, &all);

	*ret = (struct asked_promise){ .last = CIVIL_NONE, .promised = CIVIL_NONE };
	for (size_t i = 0; r >= 0 && i < all.count; i++) {
		const struct obligation *o = &all.list[i];

		r = o->phase == PHASE_LIVE ? promise_was_asked(e, o, a->person->id, now) : 0;
		if (r <= 0)
			continue;
		ret->possible |= o->id.n == a->o.id.n;
		ret->late |= obligation_is_late(o, now);
		if (civil_is_none(ret->last) || civil_compare(o->papers, ret->last) < 0)
			ret->last = o->papers;
	}
	if (r >= 0 && a->o.promised)
		r = ledger_promises(e->ledger, a->o.id, find_own, &own);
	ret->promised = own.day;
	ret->late &= ret->possible;
	ret->possible &= !ret->late;
	return r < 0 ? r : 0;
}

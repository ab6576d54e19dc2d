/* SPDX-License-Identifier: Apache-2.0 */
/*
 * "Seen, answer by": only of one who was asked, for what is open, from today on and not after the
 * papers date: what is late can't be promised any more. Of a deadline it covers all that the person was asked for in it.
 */
#include "engine/apply/application.h"

#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "engine/obligation/promise.h"
#include "engine/obligation/state.h"
#include "engine/outbox/recipient.h"
#include "ledger/lists.h"

/* Who owes what of the list is open: "a", "a, b". How many they are. */
static size_t list_owing(const struct obligations *g, struct text_list *ret)
{
	size_t count = 0;

	for (size_t i = 0; i < g->count; i++) {
		const struct obligation *o = &g->list[i];

		if (o->phase != PHASE_LIVE || !*o->owner || text_list_has(ret, o->owner))
			continue;
		text_list_add(ret, o->owner);
		count++;
	}
	return count;
}

/* Whoever has the socket but no name is told which to give: a mail says what to type to the one whom it reminds. */
static void reject_nameless(struct application *a, const struct obligations *g)
{
	struct text_list owing = { "" };
	const size_t count = list_owing(g, &owing);

	if (strncmp(a->event->source, "/local/", 7) != 0)
		reject(a->why, REJECT_NOT_ALLOWED,
		       "%s is nobody who was reminded: whoever promises the answer says so, as "
		       "/people/ID",
		       a->event->source);
	else if (count == 0)
		reject(a->why, REJECT_NOT_ALLOWED,
		       "nothing unanswered in %s: there is nothing to pause", a->event->subject);
	else
		reject(a->why, REJECT_NOT_ALLOWED, "a promise is its giver's own: add --as %s%s",
		       count > 1 ? "ID, of " : "", owing.text);
}

/* Those in the list that are open and that the person was asked for, kept; the rest left out. */
static int keep_asked(struct application *a, const struct person *person, struct obligations *g)
{
	size_t kept = 0;

	for (size_t i = 0; i < g->count; i++) {
		int r = g->list[i].phase == PHASE_LIVE
				? promise_was_asked(a->e, &g->list[i], person->id, a->now)
				: 0;

		if (r < 0)
			return r;
		if (r > 0)
			g->list[kept++] = g->list[i];
	}
	g->count = kept;
	return 0;
}

/* What is late has no day left that could be given. */
static int check_in_time(struct application *a, const struct obligations *g)
{
	char papers[CIVIL_TEXT];

	for (size_t i = 0; i < g->count; i++)
		if (obligation_is_late(&g->list[i], a->now))
			return (int)reject_data(
				a->why, CAUSE_LATE_ALREADY,
				"a promise is for what is not late yet, and %s, the papers date of "
				"%s, has passed: answer as soon as you can",
				civil_format(g->list[i].papers, papers), g->list[i].deadline);
	return 0;
}

static int check_promise(struct application *a, const struct person *person,
			 const struct obligations *g)
{
	struct civil_date by = a->event->seen.answer_by;
	char date[CIVIL_TEXT], papers[CIVIL_TEXT];

	if (g->count == 0)
		return (int)reject(
			a->why, REJECT_NOT_ALLOWED,
			"%s has not been reminded of anything unanswered in %s: there is "
			"nothing to pause",
			person->id.text, a->event->subject);
	if (check_in_time(a, g) != 0)
		return REJECT_BAD_DATA;
	if (civil_compare(by, zone_date(a->now)) < 0)
		return (int)reject_data(
			a->why, CAUSE_DATE_PAST,
			"`answer_by` %s has already passed: give a date from today on",
			civil_format(by, date));
	for (size_t i = 0; i < g->count; i++)
		if (civil_compare(by, g->list[i].papers) > 0)
			return (int)reject(
				a->why, REJECT_BAD_DATA,
				"`answer_by` %s is after %s, the papers date of %s: give "
				"that date or an earlier one",
				civil_format(by, date), civil_format(g->list[i].papers, papers),
				g->list[i].deadline);
	return 0;
}

int apply_seen(struct application *a)
{
	const char *id = a->event->subject;
	struct obligations g __attribute__((cleanup(obligations_done))) = { 0 };
	const struct person *person;
	int r;

	if (!plan_measure(a->e->plan, measure_id(id)) && !application_deadline(a, deadline_id(id)))
		return REJECT_UNKNOWN_SUBJECT;
	person = person_of_source(a->e->plan, a->event->source);
	r = plan_measure(a->e->plan, measure_id(id))
		    ? list_of_measure(a->e->ledger, measure_id(id), &g)
		    : list_of_deadline(a->e->ledger, deadline_id(id), &g);
	if (r >= 0 && !person) {
		reject_nameless(a, &g);
		return REJECT_NOT_ALLOWED;
	}
	if (r >= 0)
		r = keep_asked(a, person, &g);
	if (r >= 0)
		r = check_promise(a, person, &g);
	if (r == 0)
		r = application_append(a);
	for (size_t i = 0; r == 0 && i < g.count; i++) {
		struct promise p = { .obligation = g.list[i].id,
				     .answer_by = a->event->seen.answer_by,
				     .seq = a->seq };

		snprintf(p.person, sizeof(p.person), "%s", person->id.text);
		r = promise_make(a->e, &g.list[i], &p, a->now);
	}
	return r;
}

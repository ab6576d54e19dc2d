/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One candidate among all of this instant. It merges into a later step for the same recipient, now or
 * later the same day; else what is owed is sent, and an escalation is sent or held until whoever owes it
 * has been reached.
 */
#include "engine/ladder/internal.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/zone.h"

struct decision_record decision_record_new(const struct walk *w, size_t firing, struct recipient to)
{
	return (struct decision_record){
		.step = round_step_of(w, firing),
		.firing = w->firings[firing],
		.to = to,
		.owed = round_is_owed_by(w, firing, to, zone_date(w->firings[firing].open)),
		.planned = INSTANT_NONE,
		.retry_at = INSTANT_NONE,
	};
}

int decide_for_all(struct walk *w, size_t firing, const struct decision_for_all *all)
{
	const struct recipient_list list = *round_resolve(w, firing);

	w->decided[firing] = true;
	for (size_t k = 0; k < list.count; k++) {
		struct decision_record record = decision_record_new(w, firing, list.list[k]);
		int r;

		record.decision = all->decision;
		snprintf(record.reason, sizeof(record.reason), "%s", all->reason);
		r = all->decided(all->userdata, &record);
		if (r < 0)
			return r;
	}
	return 0;
}

/* Does the ladder ask whoever owes it, in this round, at this firing or before? Only then is there
 * anything for an escalation to wait for. */
static bool asks_first(struct walk *w, size_t firing)
{
	for (size_t i = 0; i <= firing; i++) {
		const struct recipient_list *list = round_resolve(w, i);

		if (round_is_silent(w, i))
			continue;
		for (size_t k = 0; k < list->count; k++)
			if (round_is_owed_by(w, i, list->list[k], zone_date(w->firings[i].open)))
				return true;
	}
	return false;
}

/* Will a recipient of a step be reached by it through `named`, themself or as a deputy? */
static bool reaches(const struct walk *w, struct recipient named, struct recipient to,
		    struct civil_date day)
{
	if (!named.person)
		return named.channel == to.channel;
	return round_find_away(w, named, day).to == to.person && to.person &&
	       !round_promised_until(w, named, day) && !round_promised_until(w, to, day);
}

/* The step of a later firing that reaches the recipient on the same local day, or NULL. */
static const struct step *due_same_day(struct walk *w, struct recipient to, struct instant when)
{
	struct civil_date today = zone_date(when);

	for (size_t i = 0; i < w->firing_count; i++) {
		const struct recipient_list *list;

		if (w->decided[i] || instant_compare(w->firings[i].open, when) <= 0)
			continue;
		if (!civil_equal(zone_date(w->firings[i].open), today))
			return NULL;
		list = round_resolve(w, i);
		for (size_t k = 0; k < list->count; k++)
			if ((!round_is_in_time(w, i) ||
			     round_is_owed_by(w, i, list->list[k], today)) &&
			    reaches(w, list->list[k], to, today))
				return round_step_of(w, i);
	}
	return NULL;
}

/* The latest other candidate for the same recipient, when this is not it; else NULL. */
static const struct candidate *later_candidate(const struct walk *w, const struct candidate *c)
{
	const struct candidate *last = c;

	for (const struct candidate *k = w->candidates; k < w->candidates + w->candidate_count; k++)
		if (recipient_same(k->to, c->to) && k->firing > last->firing)
			last = k;
	return last == c ? NULL : last;
}

/* An escalation: sent, or held until whoever owes it has been reached. */
static int decide_escalation(struct walk *w, const struct deciding *d, const struct candidate *c,
			     struct decision_record *record)
{
	const struct ladder *ladder = w->deadline->ladder;
	struct obligation *o = w->o;
	bool reached = w->reached;
	struct instant retry;

	record->decision = DECISION_SENT;
	if (reached && !c->held)
		return 0;
	if (!reached && !asks_first(w, c->firing))
		return 0;
	retry = ladder_next_workday(w->plan, ladder, reached ? o->reached_at : d->when);
	retry = calendar_next_open(w->plan->calendar, retry);
	if (reached && instant_compare(retry, d->when) <= 0)
		return 0;
	record->decision = DECISION_HELD;
	record->again = c->held;
	record->retry_at = retry;
	snprintf(record->reason, sizeof(record->reason),
		 reached ? "held: %s was reached only now; it goes on the next working day"
			 : "held: no reminder of this round has reached %s yet",
		 w->owes->id.text);
	if (!reached && !w->on_hold && (w->tried || (c->held && !c->absent)) &&
	    o->told_round < o->round) {
		o->told_round = o->round;
		*d->unreached = true;
	}
	*d->next = instant_min(*d->next, retry);
	return round_hold(w, c->firing, c->to, retry, false);
}

/* "the papers date 2026-05-15"; or of a statutory limit "2026-10-30 (late after 2026-11-02)". */
static char *say_base(const struct obligation *o, char out[static 2 * CIVIL_TEXT + 20])
{
	char base[CIVIL_TEXT], papers[CIVIL_TEXT];

	civil_format(o->base, base);
	if (civil_equal(o->base, o->papers))
		sprintf(out, "the papers date %s", base);
	else
		sprintf(out, "%s (late after %s)", base, civil_format(o->papers, papers));
	return out;
}

/* "10 working days before the papers date 2026-05-15" */
static void say_when(const struct walk *w, size_t firing, char *out, size_t size)
{
	const struct firing *f = &w->firings[firing];
	const struct step *s = round_step_of(w, firing);
	int days = s->at.days;
	bool workdays = s->at.workdays;
	const struct promised *promise = round_promise_of(w, firing);
	char date[CIVIL_TEXT], base[2 * CIVIL_TEXT + 20];

	if (promise) {
		snprintf(out, size, "an answer was promised by %s",
			 civil_format(promise->answer_by, date));
		return;
	}
	if (round_is_in_time(w, firing)) {
		snprintf(out, size, "the answer is in time until %s",
			 civil_format(w->o->papers, date));
		return;
	}
	if (f->repetition > 0) {
		days += (int)f->repetition * s->repeat.days;
		workdays = s->repeat.workdays;
	}
	say_base(w->o, base);
	if (days == 0)
		snprintf(out, size, "on %s", base);
	else
		snprintf(out, size, "%d %s%s %s %s", abs(days), workdays ? "working day" : "day",
			 abs(days) == 1 ? "" : "s", days < 0 ? "before" : "after", base);
}

int decide_candidate(struct walk *w, const struct deciding *d, const struct candidate *c,
		     struct decision_record *record)
{
	const struct candidate *later = later_candidate(w, c);
	bool late = round_is_late(w, c->firing, d->when);
	const struct step *same_day = NULL;
	char words[120];
	int r = 0;

	*record = decision_record_new(w, c->firing, c->to);
	record->owed = c->owed;
	record->stands_for = c->stands_for;
	if (!later && late && !c->held)
		same_day = due_same_day(w, c->to, d->when);
	if (later || same_day) {
		record->decision = DECISION_MERGED;
		snprintf(record->reason, sizeof(record->reason), "merged into the step %s%s",
			 later ? round_step_of(w, later->firing)->text : same_day->text,
			 c->absent ? "; was held during an absence" : "");
		return 0;
	}
	if (c->owed)
		record->decision = DECISION_SENT;
	else
		r = decide_escalation(w, d, c, record);
	if (r < 0 || record->decision != DECISION_SENT)
		return r;
	record->late = late && !c->held;
	record->planned = late || c->held ? d->when : record->firing.open;
	say_when(w, c->firing, words, sizeof(words));
	snprintf(record->reason, sizeof(record->reason), "%s%s", words,
		 record->late ? "; sent late, the step was already past"
		 : c->absent  ? "; was held during an absence"
		 : c->held    ? "; was held until somebody had been reached"
			      : "");
	return 0;
}

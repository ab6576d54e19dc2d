/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ladder of an obligation is a row of firings in time order. A firing is decided once in a round,
 * for all its recipients together; a mark of the round says so. What remains open after that is only
 * what is held: an escalation waits until who owes the answer has been reached.
 *
 *   firing is past    →  round 1: the last past one for each person is sent late, the rest merge
 *                        later rounds: it merges silently, an extension is no reason to nag
 *   firing is due     →  to who owes it (or deputy): sent
 *                        to anyone else: sent, or held while nobody was reached
 *   firing is ahead   →  the obligation's next_at
 *
 * Who is away gives their place to a deputy, or is held until they are back. Who has promised an
 * answer is left alone until that day, and then reminded once: that is a firing of its own, "seen",
 * whose repetition is the promise's seq.
 *
 * Firings depend only on ladder and base, which thousands of obligations share: they are computed once
 * and kept.
 */
#include "engine/walk.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"

#define SEEN_STEP UINT_MAX
#define PROMISES_MAX 16 /* of one obligation; those of more people are left out */
#define SHELVES 256	/* of the firings kept; a fresh start is made when all are taken */

struct shelf {
	const struct ladder *ladder;
	struct civil_date base;
	struct firing *list;
	size_t count;
};

/* One recipient of one firing that is to be decided now. */
struct candidate {
	size_t firing;
	struct recipient to;
	bool owed, held, absent; /* absent: it was held by an absence */
};

/* What is held of the round: an escalation, or what waits for an absent person. */
struct held {
	size_t firing;
	struct recipient to;
	struct instant retry_at;
	bool absent;
};

struct promised {
	const struct person *person;
	struct civil_date answer_by;
	unsigned seq;
};

struct walk {
	const struct plan *plan;
	struct absences *absences;
	struct shelf shelves[SHELVES];
	size_t shelf_count;

	const struct deadline *deadline;
	const struct person *owes;
	struct obligation *o;
	const struct firing *firings;
	size_t firing_count;
	bool decided[LADDER_FIRINGS_MAX + PROMISES_MAX];
	struct firing own[LADDER_FIRINGS_MAX + PROMISES_MAX]; /* with those of promises */
	struct promised promises[PROMISES_MAX];
	size_t promise_count;
	bool reached; /* who owes it was reached before this instant: what it decides is no contact */
	bool tried;   /* a reminder of this round left, or tried to; counts while not reached */
	struct held *held;
	size_t held_count, held_room;
	struct candidate *candidates;
	size_t candidate_count, candidate_room;
	struct recipient_list recipients; /* scratch */
};

static const struct step seen_step = { .text = WALK_SEEN };

int walk_new(struct walk **ret, const struct plan *plan, struct absences *absences)
{
	struct walk *w = calloc(1, sizeof(*w));

	if (!w) {
		absences_free(absences);
		return -ENOMEM;
	}
	w->plan = plan;
	w->absences = absences;
	*ret = w;
	return 0;
}

static void clear_shelves(struct walk *w)
{
	for (size_t i = 0; i < w->shelf_count; i++)
		free(w->shelves[i].list);
	w->shelf_count = 0;
}

struct walk *walk_free(struct walk *w)
{
	if (w) {
		clear_shelves(w);
		absences_free(w->absences);
		free(w->held);
		free(w->candidates);
		free(w);
	}
	return NULL;
}

const struct absences *walk_absences(const struct walk *w)
{
	return w->absences;
}

static int find_firings(struct walk *w, const struct ladder *ladder, struct civil_date base)
{
	struct firing list[LADDER_FIRINGS_MAX];
	struct shelf *s = w->shelves;

	for (; s < w->shelves + w->shelf_count; s++)
		if (s->ladder == ladder && civil_equal(s->base, base))
			break;
	if (s == w->shelves + w->shelf_count) {
		if (w->shelf_count == SHELVES) {
			clear_shelves(w);
			s = w->shelves;
		}
		*s = (struct shelf){ .ladder = ladder, .base = base };
		s->count = ladder_firings(w->plan, ladder, base, list);
		s->list = calloc(s->count ? s->count : 1, sizeof(*list));
		if (!s->list)
			return -ENOMEM;
		memcpy(s->list, list, s->count * sizeof(*list));
		w->shelf_count++;
	}
	w->firings = s->list;
	w->firing_count = s->count;
	return 0;
}

const struct person *walk_owes(const struct plan *plan, const struct deadline *deadline,
			       const struct obligation *o)
{
	return o->measure[0] ? plan_person(plan, o->owner) : deadline->responsible;
}

int walk_begin(struct walk *w, const struct deadline *deadline, struct obligation *o)
{
	int r = find_firings(w, deadline->ladder, o->base);

	if (r < 0)
		return r;
	w->deadline = deadline;
	w->o = o;
	w->owes = walk_owes(w->plan, deadline, o);
	w->tried = false;
	w->held_count = 0;
	w->promise_count = 0;
	memset(w->decided, 0, w->firing_count);
	return 0;
}

static const struct step *step_of(const struct walk *w, size_t firing)
{
	unsigned step = w->firings[firing].step;

	return step == SEEN_STEP ? &seen_step : &w->deadline->ladder->steps[step];
}

int walk_promise(struct walk *w, const struct promise *promise)
{
	const struct ladder *ladder = w->deadline->ladder;
	const struct calendar *c = w->plan->calendar;
	struct civil_date day = calendar_forward(c, civil_add(promise->answer_by, 1));
	struct firing f = { .step = SEEN_STEP, .repetition = (unsigned)promise->seq };
	const struct person *person = plan_person(w->plan, promise->person);
	size_t to = w->firing_count;

	if (!person || w->promise_count == PROMISES_MAX)
		return 0;
	w->promises[w->promise_count++] =
		(struct promised){ person, promise->answer_by, f.repetition };
	f.at = zone_instant(day, ladder->time);
	f.open = calendar_next_open(c, f.at);
	if (w->firings != w->own)
		memcpy(w->own, w->firings, w->firing_count * sizeof(*w->own));
	w->firings = w->own;
	/* Before a step of the same instant, so that it merges into that. */
	for (; to > 0 && instant_compare(w->own[to - 1].at, f.at) >= 0; to--)
		w->own[to] = w->own[to - 1];
	w->own[to] = f;
	w->decided[w->firing_count++] = false;
	return 0;
}

/* Whose promise a firing is the end of, or NULL: it is a step of the ladder. */
static const struct promised *promise_of(const struct walk *w, size_t firing)
{
	for (size_t i = 0; w->firings[firing].step == SEEN_STEP && i < w->promise_count; i++)
		if (w->promises[i].seq == w->firings[firing].repetition)
			return &w->promises[i];
	return NULL;
}

/* The promise that keeps steps from a person on a day, or NULL. */
static const struct promised *promised_until(const struct walk *w, struct recipient to,
					     struct civil_date day)
{
	for (size_t i = 0; to.person && i < w->promise_count; i++)
		if (w->promises[i].person == to.person &&
		    civil_compare(day, w->promises[i].answer_by) <= 0)
			return &w->promises[i];
	return NULL;
}

static int hold(struct walk *w, size_t firing, struct recipient to, struct instant retry_at,
		bool absent)
{
	int r = array_grow(&w->held, w->held_count, &w->held_room);

	if (r == 0)
		w->held[w->held_count++] = (struct held){ firing, to, retry_at, absent };
	return r;
}

static bool is_reached(const struct walk *w)
{
	return w->o->reached_round >= w->o->round;
}

void walk_reached(struct walk *w, struct instant at)
{
	if (is_reached(w) && instant_compare(w->o->reached_at, at) <= 0)
		return;
	w->o->reached_round = w->o->round;
	w->o->reached_at = at;
}

bool walk_is_stuck(const struct walk *w)
{
	for (size_t i = 0; i < w->firing_count; i++)
		if (!w->decided[i])
			return false;
	for (size_t i = 0; i < w->held_count; i++)
		if (w->held[i].absent)
			return false;
	return !is_reached(w);
}

static bool step_names_deputy(const struct step *s)
{
	for (size_t i = 0; i < s->to_count; i++)
		if (s->to[i].kind == TARGET_DEPUTY)
			return true;
	return false;
}

static const struct recipient_list *resolve(struct walk *w, size_t firing)
{
	const struct recipient_context context = { w->owes, w->deadline->responsible };
	const struct promised *promise = promise_of(w, firing);
	const struct step *s = step_of(w, firing);

	w->recipients.count = 0;
	if (promise)
		recipient_add_one(&w->recipients, (struct recipient){ .person = promise->person });
	recipient_add(&w->recipients, w->plan, s->to, s->to_count, &context);
	return &w->recipients;
}

static bool is_owed_by(const struct walk *w, size_t firing, struct recipient to)
{
	const struct step *s = step_of(w, firing);

	return to.person && (to.person == w->owes || s == &seen_step ||
			     (to.person == w->owes->deputy && step_names_deputy(s)));
}

/* Was it decided since its owner took it over? What was sent before reached somebody else. */
static bool is_since_assigned(const struct walk *w, const struct mark *mark)
{
	return instant_is_none(w->o->assigned_at) ||
	       instant_compare(mark->decided, w->o->assigned_at) >= 0;
}

int walk_mark(struct walk *w, const struct mark *mark)
{
	struct recipient to;

	if (mark->round != w->o->round)
		return 0;
	for (size_t i = 0; i < w->firing_count; i++) {
		if (w->firings[i].repetition != mark->repetition ||
		    strcmp(step_of(w, i)->text, mark->step) != 0)
			continue;
		w->decided[i] = true;
		if (!w->owes || !recipient_find(w->plan, mark->recipient, &to))
			break;
		if (mark->decision == DECISION_HELD)
			return hold(w, i, to, mark->retry_at, mark->absence != 0);
		w->tried |= mark->decision == DECISION_SENT && !mark->accepted && mark->owed &&
			    is_since_assigned(w, mark);
		break;
	}
	return 0;
}

bool walk_has_tried(const struct walk *w)
{
	return w->tried;
}

/* Past before this round began: no reason to nag. */
static bool is_silent(const struct walk *w, size_t firing)
{
	return w->o->round > 1 && instant_compare(w->firings[firing].open, w->o->known_at) < 0;
}

/* Past before its owner took it over: they were told so instead. */
static bool is_before_owner(const struct walk *w, size_t firing)
{
	return !instant_is_none(w->o->assigned_at) &&
	       instant_compare(w->firings[firing].open, w->o->assigned_at) < 0;
}

static bool is_late(const struct walk *w, size_t firing, struct instant when)
{
	struct instant open = w->firings[firing].open;

	return instant_compare(open, w->o->known_at) < 0 ||
	       instant_since(when, open).us > WALK_GRACE.us;
}

/* Does the ladder ask who owes it, in this round, at this firing or before? Only then is there
 * anything for an escalation to wait for. */
static bool asks_first(struct walk *w, size_t firing)
{
	for (size_t i = 0; i <= firing; i++) {
		const struct recipient_list *list = resolve(w, i);

		if (is_silent(w, i))
			continue;
		for (size_t k = 0; k < list->count; k++)
			if (is_owed_by(w, i, list->list[k]))
				return true;
	}
	return false;
}

static struct stand_in find_away(const struct walk *w, struct recipient to, struct civil_date day)
{
	return absences_find(w->absences, w->plan, to.person, day);
}

/* Will a recipient of a step be reached by it through `named`, themself or as a deputy? */
static bool reaches(const struct walk *w, struct recipient named, struct recipient to,
		    struct civil_date day)
{
	if (!named.person)
		return named.channel == to.channel;
	return find_away(w, named, day).to == to.person && to.person &&
	       !promised_until(w, named, day) && !promised_until(w, to, day);
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
		list = resolve(w, i);
		for (size_t k = 0; k < list->count; k++)
			if (reaches(w, list->list[k], to, today))
				return step_of(w, i);
	}
	return NULL;
}

static bool same_recipient(struct recipient a, struct recipient b)
{
	return a.person == b.person && a.channel == b.channel;
}

/* One who stands in may be named by the step besides: they get it once. */
static int add_candidate(struct walk *w, const struct candidate *c)
{
	int r;

	for (struct candidate *k = w->candidates; k < w->candidates + w->candidate_count; k++)
		if (k->firing == c->firing && same_recipient(k->to, c->to)) {
			k->owed |= c->owed;
			return 0;
		}
	r = array_grow(&w->candidates, w->candidate_count, &w->candidate_room);
	if (r == 0)
		w->candidates[w->candidate_count++] = *c;
	return r;
}

static struct ruling new_ruling(const struct walk *w, size_t firing, struct recipient to)
{
	return (struct ruling){
		.step = step_of(w, firing),
		.firing = w->firings[firing],
		.to = to,
		.owed = is_owed_by(w, firing, to),
		.planned = INSTANT_NONE,
		.retry_at = INSTANT_NONE,
	};
}

/* "10 working days before the papers date 2026-05-15" */
static void say_when(const struct walk *w, size_t firing, char *out, size_t size)
{
	const struct firing *f = &w->firings[firing];
	const struct step *s = step_of(w, firing);
	int days = s->at.days;
	bool workdays = s->at.workdays;
	const struct promised *promise = promise_of(w, firing);
	char date[CIVIL_TEXT];

	if (promise) {
		snprintf(out, size, "an answer was promised by %s",
			 civil_format(promise->answer_by, date));
		return;
	}
	if (f->repetition > 0) {
		days += (int)f->repetition * s->repeat.days;
		workdays = s->repeat.workdays;
	}
	civil_format(w->o->base, date);
	if (days == 0)
		snprintf(out, size, "on the papers date %s", date);
	else
		snprintf(out, size, "%d %s%s %s the papers date %s", abs(days),
			 workdays ? "working day" : "day", abs(days) == 1 ? "" : "s",
			 days < 0 ? "before" : "after", date);
}

/* One ruling with the same reason for each recipient of a firing; the firing is then decided. */
static int rule_all(struct walk *w, size_t firing, enum decision decision, const char *reason,
		    ruling_fn ruled, void *userdata)
{
	const struct recipient_list list = *resolve(w, firing);

	w->decided[firing] = true;
	for (size_t k = 0; k < list.count; k++) {
		struct ruling ruling = new_ruling(w, firing, list.list[k]);
		int r;

		ruling.decision = decision;
		snprintf(ruling.reason, sizeof(ruling.reason), "%s", reason);
		r = ruled(userdata, &ruling);
		if (r < 0)
			return r;
	}
	return 0;
}

static int rule_nobody(struct walk *w, size_t firing, ruling_fn ruled, void *userdata)
{
	struct ruling ruling = {
		.step = step_of(w, firing),
		.firing = w->firings[firing],
		.decision = DECISION_SUPPRESSED,
		.planned = INSTANT_NONE,
		.retry_at = INSTANT_NONE,
	};

	snprintf(ruling.reason, sizeof(ruling.reason),
		 "the step reaches nobody: %s has no manager or deputy named in the plan",
		 w->owes->id);
	return ruled(userdata, &ruling);
}

/* What is decided at one instant, and for whom. */
struct deciding {
	struct instant when;
	struct instant open;  /* the first open instant from then on */
	struct instant *next; /* moved to what is ahead */
	ruling_fn ruled;
	void *userdata;
};

/* They have promised an answer: nothing until that day. */
static int rule_promised(struct walk *w, const struct deciding *d, size_t firing,
			 struct recipient to, const struct promised *promise)
{
	struct ruling ruling = new_ruling(w, firing, to);
	char date[CIVIL_TEXT];

	ruling.decision = DECISION_SUPPRESSED;
	snprintf(ruling.reason, sizeof(ruling.reason), "seen: an answer is promised by %s",
		 civil_format(promise->answer_by, date));
	return d->ruled(d->userdata, &ruling);
}

/* They are away: it goes to who stands in, or is held until they are back. */
static int rule_away(struct walk *w, const struct deciding *d, const struct candidate *c,
		     const struct stand_in *away)
{
	struct ruling ruling = new_ruling(w, c->firing, c->to);
	int r = 0;

	ruling.decision = away->to ? DECISION_SUPPRESSED : DECISION_HELD;
	ruling.away = *away;
	absence_reason(away, ruling.reason, sizeof(ruling.reason));
	if (!away->to) {
		ruling.again = c->held;
		ruling.retry_at = calendar_next_open(
			w->plan->calendar, zone_instant(away->back, w->deadline->ladder->time));
		*d->next = instant_min(*d->next, ruling.retry_at);
		r = hold(w, c->firing, c->to, ruling.retry_at, true);
	}
	return r < 0 ? r : d->ruled(d->userdata, &ruling);
}

/* One recipient of a firing that is due, or that was held until now. */
static int consider(struct walk *w, const struct deciding *d, struct candidate c)
{
	struct civil_date today = zone_date(d->when);
	struct civil_date day = c.held ? today : zone_date(w->firings[c.firing].open);
	const struct promised *promise = promised_until(w, c.to, day);
	struct stand_in away = find_away(w, c.to, today);
	int r;

	c.owed = is_owed_by(w, c.firing, c.to);
	if (promise)
		return rule_promised(w, d, c.firing, c.to, promise);
	if (away.absence) {
		r = rule_away(w, d, &c, &away);
		if (r < 0 || !away.to)
			return r;
		c.to.person = away.to;
		c.owed |= away.to == w->owes;
		promise = promised_until(w, c.to, day);
		if (promise)
			return rule_promised(w, d, c.firing, c.to, promise);
	}
	return add_candidate(w, &c);
}

static int gather_firing(struct walk *w, const struct deciding *d, size_t firing)
{
	const struct recipient_list *list = resolve(w, firing);
	int r = 0;

	w->decided[firing] = true;
	for (size_t k = 0; r >= 0 && k < list->count; k++)
		r = consider(w, d, (struct candidate){ .firing = firing, .to = list->list[k] });
	return r >= 0 && list->count == 0 ? rule_nobody(w, firing, d->ruled, d->userdata) : r;
}

static int gather_held(struct walk *w, const struct deciding *d)
{
	size_t count = w->held_count, kept = 0;
	int r = 0;

	/* What is held anew goes to the end. */
	for (size_t i = 0; r >= 0 && i < count; i++) {
		struct held h = w->held[i];
		struct instant at = instant_max(h.retry_at, d->open);

		if (instant_compare(at, d->when) > 0) {
			*d->next = instant_min(*d->next, at);
			w->held[kept++] = h;
			continue;
		}
		r = consider(
			w, d,
			(struct candidate){
				.firing = h.firing, .to = h.to, .held = true, .absent = h.absent });
	}
	if (w->held_count > count)
		memmove(w->held + kept, w->held + count,
			(w->held_count - count) * sizeof(*w->held));
	w->held_count -= count - kept;
	return r;
}

/* Gather what is to be decided at `when`. */
static int gather(struct walk *w, const struct deciding *d)
{
	int r = 0;

	w->candidate_count = 0;
	for (size_t i = 0; r >= 0 && i < w->firing_count; i++) {
		if (w->decided[i])
			continue;
		if (instant_compare(w->firings[i].open, d->when) > 0) {
			*d->next = instant_min(*d->next, w->firings[i].open);
			break;
		}
		if (is_silent(w, i))
			r = rule_all(w, i, DECISION_MERGED, "already past when this round began",
				     d->ruled, d->userdata);
		else if (is_before_owner(w, i))
			r = rule_all(w, i, DECISION_MERGED, "already past when it was taken over",
				     d->ruled, d->userdata);
		else if (is_late(w, i, d->when) && instant_compare(d->open, d->when) > 0)
			*d->next = instant_min(*d->next, d->open);
		else
			r = gather_firing(w, d, i);
	}
	return r < 0 ? r : gather_held(w, d);
}

/* The latest other candidate for the same recipient, when this is not it; else NULL. */
static const struct candidate *later_candidate(const struct walk *w, const struct candidate *c)
{
	const struct candidate *last = c;

	for (const struct candidate *k = w->candidates; k < w->candidates + w->candidate_count; k++)
		if (same_recipient(k->to, c->to) && k->firing > last->firing)
			last = k;
	return last == c ? NULL : last;
}

/* An escalation: sent, or held until who owes it has been reached. */
static int rule_escalation(struct walk *w, const struct candidate *c, struct instant when,
			   struct ruling *ruling, struct instant *next, bool *ret_unreached)
{
	const struct ladder *ladder = w->deadline->ladder;
	struct obligation *o = w->o;
	bool reached = w->reached;
	struct instant retry;

	ruling->decision = DECISION_SENT;
	if (reached && !c->held)
		return 0;
	if (!reached && !asks_first(w, c->firing))
		return 0;
	retry = ladder_next_workday(w->plan, ladder, reached ? o->reached_at : when);
	retry = calendar_next_open(w->plan->calendar, retry);
	if (reached && instant_compare(retry, when) <= 0)
		return 0;
	ruling->decision = DECISION_HELD;
	ruling->again = c->held;
	ruling->retry_at = retry;
	snprintf(ruling->reason, sizeof(ruling->reason),
		 reached ? "held: %s was reached only now; it goes on the next working day"
			 : "held: no reminder of this round has reached %s yet",
		 w->owes->id);
	if (!reached && (w->tried || (c->held && !c->absent)) && o->told_round < o->round) {
		o->told_round = o->round;
		*ret_unreached = true;
	}
	*next = instant_min(*next, retry);
	return hold(w, c->firing, c->to, retry, false);
}

static int rule_candidate(struct walk *w, const struct candidate *c, struct instant when,
			  struct instant *next, bool *ret_unreached, struct ruling *ruling)
{
	const struct candidate *later = later_candidate(w, c);
	bool late = is_late(w, c->firing, when);
	const struct step *same_day = NULL;
	char words[120];
	int r = 0;

	*ruling = new_ruling(w, c->firing, c->to);
	ruling->owed = c->owed;
	if (!later && late && !c->held)
		same_day = due_same_day(w, c->to, when);
	if (later || same_day) {
		ruling->decision = DECISION_MERGED;
		snprintf(ruling->reason, sizeof(ruling->reason), "merged into the step %s%s",
			 later ? step_of(w, later->firing)->text : same_day->text,
			 c->absent ? "; was held during an absence" : "");
		return 0;
	}
	if (c->owed)
		ruling->decision = DECISION_SENT;
	else
		r = rule_escalation(w, c, when, ruling, next, ret_unreached);
	if (r < 0 || ruling->decision != DECISION_SENT)
		return r;
	ruling->late = late && !c->held;
	ruling->planned = late || c->held ? when : ruling->firing.open;
	say_when(w, c->firing, words, sizeof(words));
	snprintf(ruling->reason, sizeof(ruling->reason), "%s%s", words,
		 ruling->late ? "; sent late, the step was already past"
		 : c->absent  ? "; was held during an absence"
		 : c->held    ? "; was held until somebody had been reached"
			      : "");
	return 0;
}

int walk_on(struct walk *w, struct instant when, ruling_fn ruled, void *userdata,
	    bool *ret_unreached)
{
	struct instant next = INSTANT_NONE;
	const struct deciding d = { when, calendar_next_open(w->plan->calendar, when), &next, ruled,
				    userdata };
	bool asked = false;
	int r;

	*ret_unreached = false;
	if (!w->owes) {
		w->o->next_at = INSTANT_NONE;
		return 0;
	}
	w->reached = is_reached(w) && instant_compare(w->o->reached_at, when) < 0;
	r = gather(w, &d);
	for (size_t i = 0; r >= 0 && i < w->candidate_count; i++) {
		struct ruling ruling;

		r = rule_candidate(w, &w->candidates[i], when, &next, ret_unreached, &ruling);
		if (r >= 0)
			r = ruled(userdata, &ruling);
		asked |= ruling.owed && ruling.decision == DECISION_SENT;
	}
	if (r < 0)
		return r;
	w->tried |= asked;
	w->o->next_at = next;
	return 0;
}

int walk_rest(struct walk *w, enum decision decision, const char *reason, ruling_fn ruled,
	      void *userdata)
{
	int r = 0;

	if (!w->owes)
		return 0;
	for (size_t i = 0; r >= 0 && i < w->firing_count; i++)
		if (!w->decided[i])
			r = rule_all(w, i, decision, reason, ruled, userdata);
	for (size_t i = 0; r >= 0 && i < w->held_count; i++) {
		struct ruling ruling = new_ruling(w, w->held[i].firing, w->held[i].to);

		ruling.decision = decision;
		snprintf(ruling.reason, sizeof(ruling.reason), "%s", reason);
		r = ruled(userdata, &ruling);
	}
	w->held_count = 0;
	return r;
}

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
 * Firings depend only on ladder and base, which thousands of obligations share: they are computed once
 * and kept.
 */
#include "engine/walk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/zone.h"

#define SHELVES 256 /* of the firings kept; a fresh start is made when all are taken */

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
	bool owed, held;
};

/* A held escalation of the round. */
struct held {
	size_t firing;
	struct recipient to;
	struct instant retry_at;
};

struct walk {
	const struct plan *plan;
	struct shelf shelves[SHELVES];
	size_t shelf_count;

	const struct deadline *deadline;
	const struct person *owes;
	struct obligation *o;
	const struct firing *firings;
	size_t firing_count;
	bool decided[LADDER_FIRINGS_MAX];
	bool reached; /* who owes it was reached before this instant: what it decides is no contact */
	bool tried;   /* a reminder of this round left, or tried to; counts while not reached */
	struct held *held;
	size_t held_count, held_room;
	struct candidate *candidates;
	size_t candidate_count, candidate_room;
	struct recipient_list recipients; /* scratch */
};

int walk_new(struct walk **ret, const struct plan *plan)
{
	struct walk *w = calloc(1, sizeof(*w));

	if (!w)
		return -ENOMEM;
	w->plan = plan;
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
		free(w->held);
		free(w->candidates);
		free(w);
	}
	return NULL;
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
	memset(w->decided, 0, w->firing_count);
	return 0;
}

static const struct step *step_of(const struct walk *w, size_t firing)
{
	return &w->deadline->ladder->steps[w->firings[firing].step];
}

static int hold(struct walk *w, size_t firing, struct recipient to, struct instant retry_at)
{
	if (w->held_count == w->held_room) {
		size_t room = w->held_room ? 2 * w->held_room : 16;
		struct held *list = reallocarray(w->held, room, sizeof(*list));

		if (!list)
			return -ENOMEM;
		w->held = list;
		w->held_room = room;
	}
	w->held[w->held_count++] = (struct held){ firing, to, retry_at };
	return 0;
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
	return !is_reached(w);
}

static bool step_names_deputy(const struct step *s)
{
	for (size_t i = 0; i < s->to_count; i++)
		if (s->to[i].kind == TARGET_DEPUTY)
			return true;
	return false;
}

static const struct recipient_list *resolve(struct walk *w, const struct step *s)
{
	const struct recipient_context context = { w->owes, w->deadline->responsible };

	w->recipients.count = 0;
	recipient_add(&w->recipients, w->plan, s->to, s->to_count, &context);
	return &w->recipients;
}

static bool is_owed_by(const struct walk *w, const struct step *s, struct recipient to)
{
	return to.person &&
	       (to.person == w->owes || (to.person == w->owes->deputy && step_names_deputy(s)));
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
			return hold(w, i, to, mark->retry_at);
		w->tried |= mark->decision == DECISION_SENT && !mark->accepted &&
			    is_owed_by(w, step_of(w, i), to);
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
		const struct step *s = step_of(w, i);
		const struct recipient_list *list = resolve(w, s);

		if (is_silent(w, i))
			continue;
		for (size_t k = 0; k < list->count; k++)
			if (is_owed_by(w, s, list->list[k]))
				return true;
	}
	return false;
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
		list = resolve(w, step_of(w, i));
		for (size_t k = 0; k < list->count; k++)
			if (list->list[k].person == to.person &&
			    list->list[k].channel == to.channel)
				return step_of(w, i);
	}
	return NULL;
}

static int add_candidate(struct walk *w, size_t firing, struct recipient to, bool held)
{
	if (w->candidate_count == w->candidate_room) {
		size_t room = w->candidate_room ? 2 * w->candidate_room : 16;
		struct candidate *list = reallocarray(w->candidates, room, sizeof(*list));

		if (!list)
			return -ENOMEM;
		w->candidates = list;
		w->candidate_room = room;
	}
	w->candidates[w->candidate_count++] = (struct candidate){
		.firing = firing,
		.to = to,
		.owed = is_owed_by(w, step_of(w, firing), to),
		.held = held,
	};
	return 0;
}

static struct ruling new_ruling(const struct walk *w, size_t firing, struct recipient to)
{
	return (struct ruling){
		.step = step_of(w, firing),
		.firing = w->firings[firing],
		.to = to,
		.owed = is_owed_by(w, step_of(w, firing), to),
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
	char date[CIVIL_TEXT];

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
	const struct recipient_list list = *resolve(w, step_of(w, firing));

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

/* Gather what is to be decided at `when`; *next is moved to what is ahead. */
static int gather(struct walk *w, struct instant when, struct instant *next, ruling_fn ruled,
		  void *userdata)
{
	struct instant open = calendar_next_open(w->plan->calendar, when);
	int r = 0;

	w->candidate_count = 0;
	for (size_t i = 0; r >= 0 && i < w->firing_count; i++) {
		const struct recipient_list *list;

		if (w->decided[i])
			continue;
		if (instant_compare(w->firings[i].open, when) > 0) {
			*next = instant_min(*next, w->firings[i].open);
			break;
		}
		if (is_silent(w, i)) {
			r = rule_all(w, i, DECISION_MERGED, "already past when this round began",
				     ruled, userdata);
			continue;
		}
		if (is_late(w, i, when) && instant_compare(open, when) > 0) {
			*next = instant_min(*next, open);
			continue;
		}
		list = resolve(w, step_of(w, i));
		for (size_t k = 0; r >= 0 && k < list->count; k++)
			r = add_candidate(w, i, list->list[k], false);
		if (r >= 0 && list->count == 0)
			r = rule_nobody(w, i, ruled, userdata);
		w->decided[i] = true;
	}
	for (size_t i = 0; r >= 0 && i < w->held_count;) {
		struct held h = w->held[i];

		if (instant_compare(h.retry_at, when) > 0) {
			*next = instant_min(*next, h.retry_at);
			i++;
			continue;
		}
		w->held[i] = w->held[--w->held_count];
		r = add_candidate(w, h.firing, h.to, true);
	}
	return r;
}

/* The latest other candidate for the same recipient, when this is not it; else NULL. */
static const struct candidate *later_candidate(const struct walk *w, const struct candidate *c)
{
	const struct candidate *last = c;

	for (const struct candidate *k = w->candidates; k < w->candidates + w->candidate_count; k++)
		if (k->to.person == c->to.person && k->to.channel == c->to.channel &&
		    k->firing > last->firing)
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
	if (!reached && (w->tried || c->held) && o->told_round < o->round) {
		o->told_round = o->round;
		*ret_unreached = true;
	}
	*next = instant_min(*next, retry);
	return hold(w, c->firing, c->to, retry);
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
		snprintf(ruling->reason, sizeof(ruling->reason), "merged into the step %s",
			 later ? step_of(w, later->firing)->text : same_day->text);
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
		 : c->held    ? "; was held until somebody had been reached"
			      : "");
	return 0;
}

int walk_on(struct walk *w, struct instant when, ruling_fn ruled, void *userdata,
	    bool *ret_unreached)
{
	struct instant next = INSTANT_NONE;
	bool asked = false;
	int r;

	*ret_unreached = false;
	if (!w->owes) {
		w->o->next_at = INSTANT_NONE;
		return 0;
	}
	w->reached = is_reached(w) && instant_compare(w->o->reached_at, when) < 0;
	r = gather(w, when, &next, ruled, userdata);
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

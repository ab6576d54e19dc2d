/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One obligation, as time walks over its ladder. The rules of paminn-rules(7), Steps and Who
 * gets it, pure: remind runs it on the ledger's rows, forecast and why on copies of them.
 */
#pragma once
#include "engine/outbox/absence.h"
#include "engine/outbox/recipient.h"
#include "ledger/ledger.h"
#include "plan/ladder.h"

/* How much after a step's instant it still counts as on time (a slow start, a restart). */
#define WALK_GRACE MINUTES(15)

/* What was decided for one recipient of one step. */
struct decision_record {
	const struct step *step;
	struct firing firing;
	struct recipient to;		 /* neither person nor channel: the step reaches nobody */
	const struct person *stands_for; /* who is away, whose place they take; NULL: nobody */
	bool owed;		 /* a reminder to whoever owes it, rather than an escalation */
	enum decision decision;	 /* SENT, MERGED, HELD, SUPPRESSED */
	bool late;		 /* SENT after the step's own instant had passed */
	bool again;		 /* HELD before already */
	struct stand_in away;	 /* SUPPRESSED or HELD by an absence: that; else its absence is 0 */
	struct instant planned;	 /* SENT: when it is to leave */
	struct instant retry_at; /* HELD: when to look again */
	char reason[200];
};
typedef int (*decision_fn)(void *userdata, const struct decision_record *record);

struct walk;

/* absences: whose owner it becomes, also when it fails; NULL is nobody's. */
int walk_new(struct walk **ret, const struct plan *plan, struct absences *absences);
struct walk *walk_free(struct walk *w);
/* No message leaves for now: that no reminder was accepted is no sign that nobody can be reached. */
void walk_hold(struct walk *w);
/* The text of the step that reminds once after a promise ("seen, answer by"). */
#define WALK_SEEN "seen"
/* How often a step has been repeated by then: 0 the first time, and of WALK_SEEN, which is not repeated and is told
 * apart by the promise. */
unsigned walk_repeated(const char *step, unsigned repetition);
/* Who is away, as the walk sees it. */
const struct absences *walk_absences(const struct walk *w);

/* The last day a promise is good for: never past the papers date, also when that came nearer since. */
struct civil_date walk_promised_until(const struct obligation *o, const struct promise *promise);

/*
 * Begin with an obligation (borrowed and changed: next_at, told_round) of a deadline that is in the
 * plan, then what was promised about it, then its round's marks, given one by one.
 */
int walk_begin(struct walk *w, const struct deadline *deadline, struct obligation *o);
int walk_promise(struct walk *w, const struct promise *promise);
int walk_mark(struct walk *w, const struct mark *mark);
/*
 * Decide what is due at `when` and tell each record; then o->next_at says when to walk again.
 * *ret_unreached: support is to be told now that whoever owes it can't be reached.
 */
int walk_on(struct walk *w, struct instant when, decision_fn decided, void *userdata,
	    bool *ret_unreached);
/* A reminder of this round is accepted at `at`, which may lie ahead (forecast: as it leaves). */
void walk_reached(struct walk *w, struct instant at);
/* Has a reminder of this round been sent that was not accepted yet? */
bool walk_has_tried(const struct walk *w);
/* Is there nothing ahead but what waits for a contact that no step of this round will make? */
bool walk_is_stuck(const struct walk *w);
/* Every step not yet decided, as decisions of this decision for this reason (a round that ends). */
int walk_rest(struct walk *w, enum decision decision, const char *reason, decision_fn decided,
	      void *userdata);
/* Who owes it now: the owner, or for the deliverable the responsible; NULL when that person is gone. */
const struct person *walk_owes(const struct plan *plan, const struct deadline *deadline,
			       const struct obligation *o);

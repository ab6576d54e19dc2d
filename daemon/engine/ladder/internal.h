/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One round of an obligation's ladder, and what the files of the walk share:
 *
 *	firing_cache  the firings of a ladder, computed once
 *	round         what is so: who a firing reaches, who has promised, who is away, what is held
 *	candidates    which recipients there is something to decide for at an instant
 *	decide        what is decided for one of them, and why
 */
#pragma once
#include <limits.h>

#include "engine/ladder/walk.h"

#define SEEN_STEP UINT_MAX
#define PROMISES_MAX 16	   /* of one obligation; those of more people are left out */
#define CACHED_LADDERS 256 /* of the firings kept; a fresh start is made when all are taken */

struct cached_firings {
	const struct ladder *ladder;
	struct civil_date base;
	struct firing *list;
	size_t count;
};

/* One recipient of one firing that is to be decided now. */
struct candidate {
	size_t firing;
	struct recipient to;
	bool owed, held, absent;	 /* absent: it was held by an absence */
	const struct person *stands_for; /* who is away, whose place they take; NULL: nobody */
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
	struct cached_firings cache[CACHED_LADDERS];
	size_t cache_count;

	const struct deadline *deadline;
	const struct person *owes;
	struct obligation *o;
	const struct firing *firings;
	size_t firing_count;
	bool decided[LADDER_FIRINGS_MAX + PROMISES_MAX];
	struct firing own[LADDER_FIRINGS_MAX + PROMISES_MAX]; /* with those of promises */
	struct promised promises[PROMISES_MAX];
	size_t promise_count;
	bool reached; /* whoever owes it was reached before this instant: what it decides is no contact */
	bool tried;   /* a reminder of this round left, or tried to; counts while not reached */
	bool on_hold; /* no message leaves */
	struct held *held;
	size_t held_count, held_room;
	struct candidate *candidates;
	size_t candidate_count, candidate_room;
	struct recipient_list recipients; /* scratch */
};

/* ---- firing cache ------------------------------------------------------------------------------------- */

/* The walk's firings become those of a ladder that counts from base. */
int firing_cache_find(struct walk *w, const struct ladder *ladder, struct civil_date base);
void firing_cache_clear(struct walk *w);

/* ---- round ------------------------------------------------------------------------------------- */

const struct step *round_step_of(const struct walk *w, size_t firing);
/* Whose promise a firing is the end of, or NULL: it is a step of the ladder. */
const struct promised *round_promise_of(const struct walk *w, size_t firing);
/* The promise that keeps steps from a person on a day, or NULL. */
const struct promised *round_promised_until(const struct walk *w, struct recipient to,
					    struct civil_date day);
int round_hold(struct walk *w, size_t firing, struct recipient to, struct instant retry_at,
	       bool absent);
/* Whom a firing is meant for; until the next call. */
const struct recipient_list *round_resolve(struct walk *w, size_t firing);
/* Is it theirs to answer: do they owe it, or stand in on that day for who does, or have they promised an
 * answer? To anyone else it is an escalation, also to a deputy of one who is at work. */
bool round_is_owed_by(const struct walk *w, size_t firing, struct recipient to,
		      struct civil_date day);
/*
 * Is a firing after the day that ladders count from, and the answer still in time? So it is between the
 * two days of round = "forward", a statutory limit: only who owes it is reminded then.
 */
bool round_is_in_time(const struct walk *w, size_t firing);
/* Past before this round began: no reason to nag. */
bool round_is_silent(const struct walk *w, size_t firing);
bool round_is_late(const struct walk *w, size_t firing, struct instant when);
struct stand_in round_find_away(const struct walk *w, struct recipient to, struct civil_date day);

/* ---- candidates -------------------------------------------------------------------------------- */

/* What is decided at one instant, and for whom. */
struct deciding {
	struct instant when;
	struct instant open;  /* the first open instant from then on */
	struct instant *next; /* moved to what is ahead */
	bool *unreached;     /* set when support is to hear that whoever owes it can't be reached */
	decision_fn decided; /* is told each decision */
	void *userdata;
};
/* Gather the candidates of d->when; what needs no comparison among them is decided at once. */
int candidates_gather(struct walk *w, const struct deciding *d);

/* ---- decide ------------------------------------------------------------------------------------ */

/* The record of a decision that is not made yet. */
struct decision_record decision_record_new(const struct walk *w, size_t firing,
					   struct recipient to);
/* The same decision, for the same reason, for all whom a firing is meant for; it is then decided. */
struct decision_for_all {
	enum decision decision;
	const char *reason;
	decision_fn decided;
	void *userdata;
};
int decide_for_all(struct walk *w, size_t firing, const struct decision_for_all *all);
/* Decide for one candidate among the others of this instant. */
int decide_candidate(struct walk *w, const struct deciding *d, const struct candidate *c,
		     struct decision_record *record);

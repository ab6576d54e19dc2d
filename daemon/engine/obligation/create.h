/* SPDX-License-Identifier: Apache-2.0 */
/* How the obligations of a deadline come into being, and how they leave. */
#pragma once
#include "engine/engine.h"
#include "ledger/lists.h"
#include "plan/due.h"

/* The plan's measures by index: who owns each as it stands, and whether it is done or cancelled. */
struct owners {
	char (*ids)[ID_MAX + 1];
	bool *closed;
};
int owners_new(struct owners *ret, const struct plan *plan);
void owners_done(struct owners *owners);
void owners_set(struct owners *owners, const struct plan *plan, const struct measure *m,
		const struct measure_row *row);
/* Those of the measures that a deadline asks. */
int owners_read(struct owners *owners, struct engine *e, const struct deadline *d);

/* What all obligations of one deadline share. */
struct creation {
	const struct deadline *d;
	const struct deadline_row *row;
	struct dates dates;
	struct instant opens_at, first; /* first: of its steps */
	bool new_steps;			/* the ladder's instants are not what they were */
};
/* d and row are borrowed. */
struct creation creation_of(const struct plan *plan, const struct deadline *d,
			    const struct deadline_row *row);

/* An obligation as it is born; measure "" for the deliverable. */
struct obligation creation_obligation(const struct plan *plan, const struct creation *b,
				      struct measure_id measure, struct person_id owner,
				      struct instant now);

struct create_count {
	size_t added, withdrawn;
	size_t superseded; /* of the withdrawn: since the next occurrence took their place */
};
/* Make the obligations of a deadline what the plan asks: those there are kept or withdrawn, those
 * missing are born. */
int obligations_create(struct engine *e, const struct creation *b, const struct owners *owners,
		       struct instant now, struct create_count *tally);

/*
 * The same in pieces: a deadline may ask twenty thousand measures. Whoever begins gives the first five, which are
 * borrowed until it is done. making_work: 1: there is more to do; 0; or a negative errno. making_done also when
 * something failed.
 */
struct making {
	struct engine *e;
	const struct creation *b;
	const struct owners *owners;
	struct instant now;
	struct create_count *tally;

	struct obligations present; /* those there are, in the store */
	bool *seen;		    /* by the plan's measures: is it among them? */
	bool has_deliverable;
	size_t at; /* of those, and then of the measures that are asked, the next to look at */
};
int making_begin(struct making *m);
int making_work(struct making *m);
void making_done(struct making *m);
/* Why obligations end without an answer, in words for who asks what became of a message too. */
struct end_of_obligations {
	enum withdrawal withdrawal;
	const char *why;
	struct instant now;
};
/* Their messages are dropped, and they are withdrawn if they live. */
int obligations_withdraw_one(struct engine *e, struct obligation *o,
			     const struct end_of_obligations *end, struct create_count *tally);
/* All of a deadline, and what is to be told of it as a whole. */
int obligations_withdraw_all(struct engine *e, struct deadline_id deadline,
			     const struct end_of_obligations *end, struct create_count *tally);

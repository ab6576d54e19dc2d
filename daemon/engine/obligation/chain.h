/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a matter stands with the bodies that it passes before its deadline's own: `via`. See paminn-rules(7),
 * A chain of bodies.
 *
 * The row of a deadline says how soon the first of those wants its papers that have not decided
 * (chain_papers), so that its dates follow without a look at the links (in_force.h). A link that has decided,
 * and those before it, are passed: they move no more.
 */
#pragma once
#include "engine/engine.h"
#include "engine/outbox/sink.h"
#include "plan/via.h"

struct chain {
	struct chain_link {
		const struct via *via;
		struct link_row row;
	} links[VIA_MAX];
	size_t count;
	size_t first; /* of those that are not passed; count: all are */
	bool is_elsewhere; /* the deadline is due at another meeting than the plan says: months don't count */
	struct civil_date due; /* of the deadline, where its caller has noted it */
};
/* The links of a deadline as the ledger has them; one that it has no row of yet is new. */
int chain_load(struct ledger *l, const struct deadline *d, struct chain *ret);

/* Has the last body decided, or is there none before it? Then its links do not move any more. */
bool chain_is_over(const struct deadline *d, const struct deadline_row *row);
/* Does the matter pass this body? */
const struct via *chain_find(const struct deadline *d, struct body_id body);

/*
 * Bind the links that are not passed to what is known now, and put them; the row's chain and its next look
 * change, and it is not put. d: in force (in_force.h), and the row is bound.
 */
int chain_bind(struct engine *e, const struct deadline *d, struct deadline_row *row,
	       struct instant now);
/* What a deadline, a copy that is to be due at another meeting, would count from by the links that are not
 * passed, were it bound to `bound`: nothing is put. */
int chain_count_elsewhere(struct engine *e, struct deadline *d, struct civil_date bound,
			  struct instant now);
/* The same for an occurrence that is in no row yet, whose meeting is `bound`: d, a copy, counts from it. */
int chain_foresee(struct engine *e, struct deadline *d, struct civil_date bound, struct instant now,
		  struct chain *ret);

/*
 * Support is told of each link whose meeting has passed without a decision, the working day after: once,
 * which the links remember. They are not put. d: whose dates they are.
 */
int chain_tell_undecided(struct sink *sink, struct ledger *l, const struct deadline *d,
			 struct chain *chain);
/* When it will be told of one the next time; INSTANT_NONE: never. */
int chain_next_look(struct ledger *l, const struct plan *plan, const struct chain *chain,
		    struct instant *ret);
/* The row, once its deliverable is handed in, is to be looked at by then. */
int chain_look(struct engine *e, const struct deadline *d, struct deadline_row *row);
/* A body at whose meeting the matter stops: one of the chain, or the deadline's own, the last. */
struct chain_stop {
	const struct body *body; /* NULL: at none */
	struct civil_date due, papers;
	bool provisional, is_passed; /* is_passed: it has decided, or one after it has */
};
/* The stop whose papers are due next; or, with a body, the one there, if it is one. */
int chain_find_stop(struct engine *e, const struct deadline *d, const struct deadline_row *row,
		    const struct body *body, struct chain_stop *ret);
/* Put the links as they are. */
int chain_put(struct ledger *l, const struct chain *chain);

/* Two bodies that meet in the wrong order. */
struct chain_disorder {
	const struct body *body, *next;
	struct civil_date meeting, next_meeting;
};
/* Is there such a pair among those that have not decided? d: in force; row: with its dates. */
bool chain_is_disordered(const struct deadline *d, const struct deadline_row *row,
			 const struct chain *chain, struct chain_disorder *ret);
/* Support is told of it, if a meeting of the chain is another than it was before, or its due is. */
int chain_tell_disorder(struct engine *e, const struct deadline *d, const struct deadline_row *row,
			const struct chain *before, struct instant now);

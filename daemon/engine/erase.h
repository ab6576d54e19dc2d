/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A person is erased: their name and address, wherever they stand in the store, and what they wrote in words of their
 * own. What identifies them is an id, by which stays what followed: who owed what, when it was asked for and answered,
 * figures and dates. So the log can be replayed as before, and `verify` finds nothing.
 *
 *	their name				everywhere in texts, the plans and papers kept too: their id
 *	their address				likewise: an address that leads nowhere; one that somebody in the plan
 *						has is theirs, and stays
 *	notes, reasons, what they need help with	of their events, and where those are shown: "–"
 *	mails to them, as they left		what they said goes; when, and what became of them, stays
 *	what they replied by mail		goes, that it came stays
 *	links to sign in, sessions		go
 *	papers that were frozen			keep all but name and address; a new hash, recorded with the old one
 *
 * A paper is what a body was given: what an owner had to say on a measure stays in it, by their function's id.
 *
 * Whoever holds a function may have it from somebody: those who had the id before whoever has it now are its former
 * holders, who can be erased while the id is in the plan.
 */
#pragma once
#include "engine/engine.h"
#include "protocol/answer.h"

#define ERASED_EVENT \
	"paminn.erased"		 /* the type under which the log keeps that somebody was erased */
#define ERASED_SUBJECT ":erased" /* no id: what they are found by */

struct erasure {
	const char *person; /* their id */
	bool former;	    /* those who had it before */
	const char *by;	    /* who says so, an id; "": somebody at the daemon's own machine */
};
/*
 * Within the turn, whose rows are then to be scrubbed (ledger_scrub). 0 with what was done in *ret, a new reference; a reject
 * code, and nothing was; or a negative errno.
 */
int erase_person(struct engine *e, const struct erasure *which, struct instant now, json_t **ret,
		 struct rejection *ret_why);

/* What a frozen paper lost to erasures: [{"at","person","sha256_before","sha256"}], oldest first, in *ret, a new reference; an
 * empty one for most. 0 or a negative errno. */
int erase_recorded(struct ledger *l, const char *deadline, int n, json_t **ret);

/*
 * What is older than `retention` in the plan's settings loses its words, by itself: a piece within the turn; *ret_more: there is
 * another one. What followed stays, as with somebody who is erased. 0 or a negative errno.
 */
int erase_old(struct engine *e, struct instant now, bool *ret_more);
/* Is anything ever too old? */
bool erase_is_asked(const struct plan *plan);

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Extensions that are asked for: what a request stands for as time goes on, and what decides it. Asking
 * pauses nothing. See paminn-rules(7), Asking for an extension.
 */
#pragma once
#include "engine/engine.h"

/* "open", "granted", "denied", "moot", "replaced"; REQUEST_STATES: none is called so. */
const char *request_state_name(enum request_state state);
enum request_state request_state_parse(const char *name);

/* What a request is about, as things stand. */
struct request_about {
	const struct deadline *d; /* NULL: the measure's own date, or it left the plan */
	const struct measure *m;  /* NULL: the deadline as a whole, or it left the plan */
	/* The measure's, or the deliverable's, while that is unanswered; else 0. */
	struct obligation_id obligation;
	bool later;	 /* is what it asks for later than what stands? */
	bool unanswered; /* is anything of it? */
	struct civil_date
		stands; /* the papers date that stands for it; CIVIL_NONE: it left the plan */
	/* Of an open one REQUEST_MOOT, too, while nothing of it is unanswered, and while what stands is no
	 * earlier than what it asks for. */
	enum request_state state;
};
int request_look(struct engine *e, const struct request_row *r, struct request_about *ret);
/* Is it a body's business: does it decide on the deadline, or has it given or got their assignment? */
bool request_concerns(const struct request_about *about, const struct body *body);
/* The request about exactly this that is open, and asks for something still: measure "" of a deadline as a
 * whole, deadline "" of a measure's own date. */
int request_find_open(struct engine *e, struct deadline_id deadline, struct measure_id measure,
		      struct request_row *ret, bool *ret_found);

/* One that is open; what it asks for is the caller's to say. */
struct request_row request_new(int64_t seq, struct instant at);
/* What decides requests: an event, and when that happened; its reference, or (of a denial) why. */
struct request_decision {
	int64_t seq;
	struct instant at;
	const char *reference, *answer; /* NULL: none */
	const char *by;			/* whose event it is */
};
/* Decide an open one and put it; what waits to tell stewards of it is moot. */
int request_decide(struct engine *e, struct request_row *r, enum request_state to,
		   const struct request_decision *decision, struct instant now);
/* What was asked for of a deadline is moot: it was returned. */
int requests_end(struct engine *e, struct deadline_id deadline,
		 const struct request_decision *decision, struct instant now);

/* The open ones about a deadline and its measures; standing: but for those that are moot. */
struct requests {
	struct request_row *list;
	size_t count, room;
};
int requests_gather(struct engine *e, struct deadline_id deadline, bool standing,
		    struct requests *ret);
void requests_done(struct requests *requests);
/*
 * After an extension, of those that stood before it: that of exactly what was extended (measure NULL: the whole) is granted, and with the
 * whole what asked for no more than that. Whoever asked hears of it, unless the new date tells them.
 */
int requests_grant(struct engine *e, const struct requests *before, struct measure_id measure,
		   const struct request_decision *decision, struct instant now);
/* One is denied: whoever asked hears of it, and who owes it now. */
int request_deny(struct engine *e, struct request_row *r, const struct request_decision *decision,
		 struct instant now);

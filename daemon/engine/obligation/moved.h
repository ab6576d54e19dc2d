/* SPDX-License-Identifier: Apache-2.0 */
/* Posting that a date has changed: to which recipients, and what. See paminn-rules(7), Who gets it. */
#pragma once
#include "engine/engine.h"
#include "engine/outbox/recipient.h"
#include "ledger/lists.h"

/* The decision that gives a later date: its reference, and why (NULL: not said). Borrowed. */
struct date_extension {
	const char *reference, *reason;
};

/* A change of dates: of a deadline, or one measure's obligation of it. */
struct date_change {
	struct deadline_id deadline;
	struct measure_id measure;	 /* "" for the whole */
	struct obligation_id obligation; /* 0 for the whole */
	struct civil_date due_before, papers_before, due, papers;
	bool provisional_before, provisional; /* was there, is there no meeting? */
	/* Of an obligation: did it stand where its deadline does? Who has not been told of that yet is
	 * told of both as one change. */
	bool stood_with_whole;
	const struct date_extension *extension; /* NULL: it is none */
	/* Whose meeting it was for, when that is another body's now: its name, "" when it was for none; else
	 * NULL. */
	const char *body_before;
	const char *by; /* of a return: whose event it was */
};

/* The dates are other ones than they were. All that waits to leave is one change: who ends where they were
 * is told nothing. */
int moved_tell(struct engine *e, const struct recipient_list *to, const struct date_change *c,
	       struct instant now);
/* One measure's obligation has another date than it had, and not with its deadline: who owes it is told,
 * unless the ladder reminds them. */
int moved_tell_own(struct engine *e, const struct date_change *c, const struct obligation *o,
		   struct instant now);
/* *ret: does a message about a change of this obligation alone wait to leave? */
int moved_is_queued(struct engine *e, const struct obligation *o, bool *ret);
/* *ret: does one wait for this recipient, about an obligation (0: none) or its deadline as a whole? */
int moved_is_queued_for(struct engine *e, const struct item_subject *about, struct recipient to,
			bool *ret);
/*
 * Leave out of the list whom the ladder reminds of one of these obligations at the next opening, since
 * what they are late with has been moved near: the reminder says what is true now, and two messages at
 * the same second would say it twice. An item about a change that is queued for them is struck out.
 */
int moved_leave_out_reminded(struct engine *e, const struct obligations *all,
			     const struct date_change *c, struct instant now,
			     struct recipient_list *to);
/* What was handed in is returned: the row says with what reference. What waits to say that it was returned,
 * or moved, before that is moot. */
int moved_tell_returned(struct engine *e, const struct recipient_list *to,
			const struct deadline_row *row, const struct date_change *c,
			struct instant now);

/* Add the responsible and those to be informed. */
void moved_add_informed(struct recipient_list *to, struct engine *e, const struct deadline *d);
/* Add who owes an obligation. */
void moved_add_owner(struct recipient_list *to, struct engine *e, const struct deadline *d,
		     const struct obligation *o);

/* SPDX-License-Identifier: Apache-2.0 */
/* From a form that is in order to an event of the person, through the gate that every event goes through. */
#pragma once
#include "web/form.h"
#include "web/lookup.h"
#include "web/site.h"

#define SAY_NONCE_MAX 64 /* bytes of what a page has in it to know its form again */

struct saying {
	const struct person *person; /* who says it */
	const char *subject;	     /* the id of what it is about */
	enum form_action action;
	const struct form *form;
	const char *nonce; /* instead of the form's, when not NULL */
};
struct said {
	enum answer_result result;
	char id[EVENT_ID_MAX + 1]; /* of the event */
	enum reject_code code;	   /* rejected, retry */
	enum reject_cause cause;   /* the same */
	char reason[400];
	int64_t seq; /* accepted, duplicate: its place in the log */
};

/* What a form is known by, new each time: the same form sent twice is one event. Returns out. */
char *say_nonce(char out[static SAY_NONCE_MAX]);
/* Has it been said before? Whether it is still in order doesn't matter then. 0 or a negative errno. */
int say_is_known(struct web *w, const struct saying *saying, bool *ret_known);
/*
 * Let it be judged, in the turn: it counts when that has been committed. The same words of the same form have
 * the same id, so that a double click is one event; other words have another, so that a form that was gone
 * back to, changed and sent again is heard. 0 or -ENOMEM.
 */
int say(struct web *w, const struct saying *saying, struct instant now, struct said *ret);
/* Ask what would follow if it were said, by who is signed in: `then` gets the one row, as engine/consequences.h has it,
 * or why it would not be taken. Nothing of it happens. */
void say_foretell(struct exchange *x, const struct saying *saying, looked_up_fn *then);
/* What that would have been answered, had it been said. */
struct said said_refused(const struct rejection *why);
/* What the gate or the engine has refused becomes a fault of the form, at the entry that can be put right. */
void say_refusal(const struct said *said, enum form_action action, struct form *ret);

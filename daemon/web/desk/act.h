/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a steward does on the desk: a table of acts. Each is an event about one thing, a form with the entries of an
 * action (web/form.h), and what would follow from it is shown before it is done.
 *
 *	/desk/do?act=extend&item=HSN-03
 */
#pragma once
#include "gate/access.h"
#include "plan/plan.h"
#include "web/form.h"

enum subject_kind {
	SUBJECT_MEASURE = 1,
	SUBJECT_DEADLINE = 2,
	SUBJECT_ASSIGNMENT = 4,
	SUBJECT_PERSON = 8,
	SUBJECT_BODY = 16,
};
#define SUBJECT_ITEM (SUBJECT_MEASURE | SUBJECT_DEADLINE | SUBJECT_ASSIGNMENT)

struct act {
	const char *name; /* in the query: "extend" */
	enum form_action action;
	unsigned
		subjects; /* what it may be about, of enum subject_kind; 0: what its requests are about */
};
const struct act *act_called(const char *name);
/* All of them, in the order in which they are offered. */
extern const struct act acts[];
extern const size_t act_count;

/* What an act is about. id NULL: nothing. */
struct subject {
	enum subject_kind kind;
	const char *id, *title;
	/* The one of its kind; the others are NULL. */
	const struct measure *measure;
	const struct deadline *deadline;
	const struct assignment *assignment;
	const struct person *person;
	const struct body *body;
};
/* The thing of the plan that has this id and is of one of the kinds; false: there is none. */
bool subject_find(const struct plan *plan, unsigned kinds, const char *id, struct subject *ret);
/* Does the act make sense of it: is there a deliverable to hand in, does a body close it? */
bool act_is_for(const struct act *act, const struct subject *about);

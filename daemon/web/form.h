/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What somebody fills in about one thing: what was typed, what is wrong with it, and what it says as the data
 * of an event. Pure; the fields are those of form_rules, each numbered, for a page may have several forms.
 *
 *	form_read  →  typed  →  form_check  →  data, or a fault at a field, or several
 *
 * What was typed is never changed: it goes back into the page with the faults.
 */
#pragma once
#include <jansson.h>

#include "message/page.h"
#include "plan/plan.h"
#include "protocol/civil.h"
#include "protocol/event.h"
#include "web/fields.h"

enum form_entry {
	ENTRY_STATUS,
	ENTRY_PROGRESS,
	ENTRY_ACHIEVED,
	ENTRY_FORECAST,
	ENTRY_NOTE,
	ENTRY_SUPPORT,
	ENTRY_REFERENCE,
	ENTRY_ANSWER_BY,
	ENTRY_UNTIL,
	ENTRY_REASON,
	FORM_ENTRIES,
};
/* Its field's name, which templates know as well: "progress". */
const char *form_entry_name(enum form_entry entry);

enum form_action {
	FORM_REPORT,   /* of a measure: paminn.status */
	FORM_HAND_IN,  /* of a deadline's deliverable: paminn.submit */
	FORM_SEEN,     /* paminn.seen */
	FORM_AWAY,     /* paminn.absence, from today */
	FORM_NOT_MINE, /* paminn.note with not_mine */
};

/* What the answer must give, and between which days. */
struct form_question {
	enum form_action action;
	enum language language;	 /* of who typed it */
	unsigned require;	 /* of a report: bits 1 << enum status_field */
	struct civil_date today; /* from which a day may be named … */
	struct civil_date last;	 /* … and to which, of FORM_SEEN */
	const char *not_mine;	 /* what is noted when no reason is given */
};
/* Must the entry be filled in? */
bool form_requires(const struct form_question *q, enum form_entry entry);

struct form_fault {
	enum page_fault what;
	struct civil_date day; /* FAULT_DATE_AFTER: the last one */
	size_t count, max;     /* of what is too long */
};
struct form {
	const char *nonce;		 /* that it came with, or NULL */
	const char *typed[FORM_ENTRIES]; /* borrowed; NULL: its field is not there */
	struct form_fault faults[FORM_ENTRIES];
	json_t *data; /* of the event, when nothing is wrong */
};

/* All fields of pages with forms: for the paths' table. */
extern const struct field_rule form_rules[];

/* What was typed in the form of a number. */
void form_read(struct form *ret, const struct fields *fields, unsigned number);
/* Does the entry belong to the action, with something typed in it? */
bool form_is_given(const struct form *f, enum form_action action, enum form_entry entry);
/* Is anything filled in that belongs to the action? */
bool form_is_filled(const struct form *f, enum form_action action);
/* How many faults there are; with none, data is set. Or -ENOMEM. */
int form_check(struct form *f, const struct form_question *q);
/*
 * Of two checked forms about the same thing: what is said once for both. What only the second says is added to
 * the data of the first; what they say differently is a fault of the second. How many, or -ENOMEM.
 */
int form_join(struct form *first, struct form *second);
/* Does what was recorded say all that the checked form does? */
bool form_is_recorded(const struct form *f, const json_t *recorded);
void form_done(struct form *f);

/* "paminn.status" and so on. */
enum event_type form_event_type(enum form_action action);

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
	ENTRY_DONE_FORECAST,
	/* Of what a steward does, and of asking for a later date. What an entry looks at comes before it. */
	ENTRY_DEADLINE,
	ENTRY_OUTCOME,
	ENTRY_AS,
	ENTRY_BODY,
	ENTRY_OWNER,
	ENTRY_REPLACES,
	ENTRY_AWAY, /* which absence: its days */
	ENTRY_FROM,
	ENTRY_LAST,
	ENTRY_DEPUTY,
	ENTRY_PLACE,
	ENTRY_GRANTS,
	ENTRY_REQUESTS,
	ENTRY_DUE,
	ENTRY_MEETING,
	ENTRY_DECISION,
	ENTRY_WHY,
	ENTRY_TEXT,
	ENTRY_LINK,
	ENTRY_SEQ,
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
	FORM_REQUEST,  /* paminn.request */
	/* What only stewards do. */
	FORM_EXTEND,
	FORM_ASSIGN,
	FORM_ABSENCE, /* of anybody, between any days */
	FORM_BACK,    /* paminn.absence with cancelled */
	FORM_MEETING,
	FORM_CALL_OFF, /* paminn.meeting with cancelled */
	FORM_OUTCOME,
	FORM_NOTE,
	FORM_CLOSE,
	FORM_GRANT, /* paminn.extend with grants */
	FORM_DENY,
	FORM_PROPOSAL,
	FORM_UNDO,
	FORM_ACTIONS,
};

/* What the answer must give, and between which days. */
struct form_question {
	enum form_action action;
	enum language language;	 /* of who typed it */
	unsigned require;	 /* of a report: bits 1 << enum status_field */
	struct civil_date today; /* from which a day may be named … */
	struct civil_date
		last; /* … and to which, of FORM_SEEN; after which, of FORM_REQUEST, or CIVIL_NONE */
	const char *not_mine; /* what is noted when no reason is given */
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
	const struct fields *fields; /* that it was read from, or NULL: the boxes that are ticked */
	struct form_fault faults[FORM_ENTRIES];
	json_t *data; /* of the event, when nothing is wrong */
};

/* All fields of pages with forms: for the paths' table. */
extern const struct field_rule form_rules[];
/* The same, as a part of a table of more. ROOM: bytes of a text that is too long, so that it comes back with the
 * fault. */
#define FORM_ROOM 32768
/* clang-format off */
#define FORM_RULES                                                                            \
	{ "action", 16, false, false }, { "send", 16, false, false },                         \
	{ "item", 160, false, true }, { "event", 64, false, true },                           \
	{ "status", 40, false, true }, { "progress", 400, false, true },                      \
	{ "achieved", 400, false, true }, { "forecast", 400, false, true },                   \
	{ "note", FORM_ROOM, true, true }, { "support", FORM_ROOM, true, true },              \
	{ "reference", FORM_ROOM, false, true }, { "answer_by", 400, false, true },           \
	{ "until", 400, false, true }, { "reason", FORM_ROOM, true, true },                   \
	{ "done_forecast", 400, false, true }, { "evidence", FORM_ROOM, false, true },            \
	{ "deadline", 160, false, true }, { "due", 400, false, true },                        \
	{ "meeting", 160, false, true }, { "why", FORM_ROOM, false, true }
/* clang-format on */

/* What was typed in the form of a number. */
void form_read(struct form *ret, const struct fields *fields, unsigned number);
#define FORM_PICK "pick" /* the name of the fields of boxes, numbered */
/* The next box that is ticked, of FORM_GRANT and FORM_DENY; *at begins at 0. NULL: there are no more. */
const char *form_picked(const struct form *f, size_t *at);
/* Does the entry belong to the action? */
bool form_has(enum form_action action, enum form_entry entry);
/* Its member of the event's data. */
const char *form_entry_data(enum form_entry entry);
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

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One event on its way into the ledger, and what the types of events share. Each type has a room of
 * its own beside this one, which checks all that could refuse the event before it writes anything.
 */
#pragma once
#include "engine/engine.h"
#include "engine/obligation/create.h"
#include "protocol/event.h"

struct application {
	struct engine *e;
	const struct event *event;
	struct instant now;
	struct instant time; /* when it happened */
	int64_t seq;	     /* once appended */
	struct remarks remarks;
	struct rejection *why;
};

/*
 * The rooms, one for each type: 0, appended and applied; a positive enum reject_code with the sentence
 * in a->why, nothing changed; or a negative errno.
 */
int apply_status(struct application *a);
int apply_submit(struct application *a);
int apply_outcome(struct application *a);
int apply_seen(struct application *a);
int apply_extend(struct application *a);
int apply_assign(struct application *a);
int apply_absence(struct application *a);
int apply_meeting(struct application *a);
int apply_note(struct application *a);
int apply_close(struct application *a);
int apply_request(struct application *a);
int apply_deny(struct application *a);
int apply_undo(struct application *a);
int apply_proposal(struct application *a);

/* Add to one of the lists of the answer's remarks; value is stolen. 0 or -ENOMEM. */
int application_remark(json_t **list, json_t *value);
/* Something that may be a mistake, as a sentence. 0 or -ENOMEM. */
int application_warn(struct application *a, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* So many were withdrawn since the next occurrence took their place: nobody is asked for them any more, and
 * nobody but the answer says so. 0 or -ENOMEM. */
int application_warn_superseded(struct application *a, const struct create_count *born);
/* Into the log: from here on a->seq is given, and nothing refuses the event any more. */
int application_append(struct application *a);
/* A text of a row becomes a copy of this one, or none (NULL). 0 or -ENOMEM. */
int application_replace_text(char **text, const char *by);
/* The measure or deadline of this id; NULL: there is none, which a->why says. */
const struct measure *application_measure(struct application *a, struct measure_id id);
const struct deadline *application_deadline(struct application *a, struct deadline_id id);
/* An occurrence that was superseded by a later one is not returned or extended: 0, or REJECT_BAD_DATA with the
 * one that is open; or a negative errno. */
int application_check_not_superseded(struct application *a, const struct deadline *d,
				     const struct deadline_row *row);
/* A date by which something is to be handed in: from today on. 0, or REJECT_BAD_DATA. */
int application_check_due(struct application *a, struct civil_date due);
/* The same of a date or a meeting: of a body of the plan, this month or later. */
int application_check_event_due(struct application *a, const struct event_due *due);
/* The same of what a deadline is given: not of a body that it passes before its own. */
int application_check_due_of(struct application *a, const struct deadline *d,
			     const struct event_due *due);
/* A meeting that is known, and whose papers can still be handed in: 0, or REJECT_BAD_DATA. dates: what due makes. */
int application_check_papers(struct application *a, const struct event_due *due,
			     const struct dates *dates);
/* The deliverable is there: what is owed for the deadline is answered or withdrawn, and the row, for the
 * caller to put, is closed. */
int application_hand_in(struct application *a, struct deadline_row *row, const char *reference);
/* An obligation ends, answered by this event or withdrawn by it; what waits to be told of it is moot. */
int application_answered(struct application *a, struct obligation *o, const char *why);
int application_withdrawn(struct application *a, struct obligation *o, enum withdrawal withdrawal,
			  const char *why);

/* SPDX-License-Identifier: Apache-2.0 */
/* What the calendars of messages, people (agenda.c) and bodies (agenda_body.c) share. */
#pragma once
#include "engine/obligation/agenda.h"

struct adding {
	struct agenda *agenda;
	struct engine *e;
	const struct person *reader; /* whose calendar it is; NULL: a body's */
	const struct body *body;     /* the body's, if so */
	bool several;		     /* things may lead to the same entry */
	struct civil_date
		from; /* what was answered, withdrawn or over before that day is left out */
};

/* Add an entry, unless it is there already and several things may lead to it. */
int agenda_add(struct adding *a, const struct agenda_entry *entry);
/* The entry of a deadline as a whole: when its papers are due. */
int agenda_add_whole(struct adding *a, const struct deadline *d, const struct deadline_row *row);
/* The day before which what is over is left out. */
struct civil_date agenda_past_from(struct instant now);

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What follows from one event, while it is being told:
 *
 *	touched.c      which rows the event has changed, and which of them a forecast is to look at
 *	changes.c      what has become of each: what closes, opens and moves
 *	foreseen.c     which messages one forecast has and the other has not
 *	narrowed.c     what of all that a narrower steward is told
 */
#pragma once
#include "engine/consequences.h"
#include "engine/forecast.h"

/* The rows of a forecast_scope, which grow. The texts of their ids are the journal's. */
struct touched {
	struct message_id *messages;
	struct obligation_id *obligations;
	struct deadline_id *deadlines;
	struct measure_id *measures;
	const struct deadline **series;
	struct person_id *people;
	size_t people_count, people_room, message_count, message_room, obligation_count,
		obligation_room, deadline_count, deadline_room, measure_count, measure_room,
		series_count, series_room;
	struct civil_date until; /* the last day that a forecast is asked for */
	size_t more;		 /* obligations for which there was no room */
};
/* From the journal of the event that has been applied; to be done with by touched_done also after an error. */
int touched_gather(struct engine *e, const struct event *event, struct instant now,
		   struct touched *ret);
void touched_done(struct touched *t);
struct forecast_scope touched_scope(const struct touched *t);

/* Add to the row what has become of all that the journal has. */
int changes_tell(struct engine *e, const struct touched *t, json_t *row);

/* Add to the row "leaves", what the forecast after has and the one before has not, and "dropped", the other way. 0 or
 * -ENOMEM. */
int differences_tell(const json_t *before, const json_t *after, json_t *row);

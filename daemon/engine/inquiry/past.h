/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was said of a measure until a certain instant, or between two: the newest status there, by its time and
 * then by its place in the log. Read from the measure's chain in the log, backwards and in slices, for all
 * the windows that are asked about at once.
 */
#pragma once
#include "ledger/event_log.h"
#include "protocol/parsed.h"

/* What a status said; and of what it leaves out the last that was given by then. */
struct said {
	enum measure_status status; /* STATUS_NONE: nothing */
	struct instant time;
	struct optional progress, achieved, forecast;
	struct civil_date done_forecast;
	char *note, *needs_support, *link; /* or NULL */
};
/* From an instant (included; INSTANT_NONE: the first) until another (not included). */
struct window {
	struct instant from, until;
	struct said said;
	/* Where each thing was said, to know the newer one: by time, then by seq. */
	struct stamp {
		struct instant time;
		int64_t seq;
	} status, progress, achieved, forecast, done_forecast;
};
/* An extension that the chain holds, the newest first. */
struct moved {
	char due[EVENT_DUE_TEXT];
	char *reference;
	struct instant time;
	bool of_answer; /* by when a deadline is answered, and not when it is to be done */
};

/* One status of the chain, as far as its course is told. */
struct uttered {
	struct instant time;
	int64_t seq;
	enum measure_status status;
	struct optional achieved, forecast;
};
/* All of them, in the order of their time and then of the log, which is that of what stands. */
struct course {
	bool is_kept; /* set by whoever wants it */
	struct uttered *list;
	size_t count, room;
};

#define PAST_WINDOWS 17
#define PAST_MOVES 8
struct past {
	struct parser *parser;
	struct window windows[PAST_WINDOWS];
	size_t count;
	struct instant moved_after;  /* extensions from then on are kept; INSTANT_NONE: none */
	struct instant moved_before; /* and before then; INSTANT_NONE: to this day */
	struct moved moves[PAST_MOVES];
	size_t move_count;
	/* Where the newest one of its own date before moved_after moved it to; "" for none. */
	char due_then[EVENT_DUE_TEXT];
	/* Of extensions of its own date: was there one from moved_before on, and where the newest before that moved it
	 * to; "" for none. */
	bool moved_later;
	char due_before[EVENT_DUE_TEXT];
	struct course course;
	struct events_back back; /* of the chain */
	size_t walked;		 /* events so far */
};

/* Forget what was said; the windows stay. */
void past_begin(struct past *past);
/* Look at so many more events about the measure: 1 there are more, 0 done (the course is in order then), or a
 * negative errno. */
int past_look(struct past *past, struct ledger *l, const char *measure, size_t max);
/* How the measure began, and when (INSTANT_NONE: it always was so), once its events are looked at: older than all that
 * was said, and nobody's answer, so that a window with a beginning has none of it. 0 or -ENOMEM. */
int past_began(struct past *past, enum measure_status began, struct instant at);
/* Free all of it. */
void past_done(struct past *past);

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The measures as they stand: who owns each, and what was last said of it.
 */
#pragma once
#include "ledger/types.h"

#define DONE_BY_MEETING (ID_MAX + 9) /* a body's id, a blank, YYYY-MM and a NUL */

struct measure_row {
	char id[MEASURE_ID];
	char owner[ID_MAX + 1];	    /* as it stands, after assignments */
	enum measure_status status; /* the newest; before the first `began` */
	struct instant time;	    /* of it; INSTANT_NONE: it began so, in the first plan */
	int64_t seq;		    /* of the newest status; 0 before the first */
	/* How it stood when a plan came to have it, by that plan: done, cancelled, or STATUS_NONE. */
	enum measure_status began;
	struct optional progress, effect_achieved, effect_forecast; /* the last reported of each */
	char alerts[200]; /* the conditions it is in: "off-track effect-below:80" */
	char *needs_support,
		*note; /* of the newest status; NULL when left out; measure_row_done frees */
	/* What the body decided, whatever was or will be said of it; obligation/closing.h. */
	enum closure closed_as; /* meant only when closed_seq is not 0 */
	struct instant closed_at;
	int64_t closed_seq;		      /* of the closing; 0: the body has not closed it */
	char *closed_reference, *closed_link; /* or NULL */
	struct instant
		added_at; /* when a plan came to have it; INSTANT_NONE: the first one had, or an
				  * earlier version read it */
	struct civil_date done_forecast; /* the last reported; CIVIL_NONE before that */
	char *link;			 /* of the newest status; NULL when left out */
	/* When it is to be done, as it stands (obligation/done_by.h): a date, or the meeting of a body
	 * and month; while that is not known, the month's last working day. CIVIL_NONE: never said. */
	struct civil_date done_by;
	struct civil_date done_by_original;    /* before the first change; else CIVIL_NONE */
	char done_by_meeting[DONE_BY_MEETING]; /* "RF 2026-10"; "" when it is a date */
	struct civil_date done_by_bound;       /* the meeting once it is known */
	bool done_by_extended;		       /* an event said so, not the plan */
	int light;			       /* enum light, as it was last judged for an alert */
	struct instant light_at; /* when it is judged again; INSTANT_NONE: never by time alone */
};
/* One of which nothing is known yet. */
struct measure_row measure_row_new(struct measure_id id);
int ledger_put_measure(struct ledger *l, const struct measure_row *m);
int ledger_measure(struct ledger *l, struct measure_id id, struct measure_row *ret);
/* It will be asked for in this transaction. */
int ledger_prefetch_measure(struct ledger *l, struct measure_id id);
/* Its owner alone, which costs less; in a turn. */
int ledger_measure_owner(struct ledger *l, struct measure_id id, char ret[static ID_MAX + 1]);
int ledger_find_measure(struct ledger *l, struct measure_id id, struct measure_row *ret,
			bool *ret_found);
/*
 * Those that are judged again up to an instant, that included, in order of that and of id: at most max, after
 * the one that the place names, which moves on to the last of them. Returns the count; each is to be ended by
 * measure_row_done.
 */
struct measure_place {
	struct instant at;
	char id[MEASURE_ID];
};
#define MEASURE_PLACE_FIRST ((struct measure_place){ .at = { INT64_MIN } })
int ledger_measures_timed(struct ledger *l, struct instant until, struct measure_place *place,
			  struct measure_row *out, size_t max);
/* Those whose done_by is a meeting of the body, in order of id; nothing is put meanwhile. */
int ledger_measures_of_meetings(struct ledger *l, struct body_id body,
				int (*one)(void *userdata, struct measure_id id), void *userdata);
void measure_row_done(struct measure_row *m);

extern const struct row_type measure_type;

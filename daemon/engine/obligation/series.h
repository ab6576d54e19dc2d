/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A deadline that comes again, as the ledger and the calendar have it: its occurrences, and those yet
 * to come. Nothing here writes; engine/obligation/occurrences.h does. See paminn-rules(7),
 * Recurrence.
 *
 * The ledger has a row of its own table for the series, which says when to look at it, and one among
 * the deadlines for each occurrence.
 */
#pragma once
#include "engine/engine.h"
#include "plan/due.h"

/* An occurrence exists from so long before its window opens. */
#define SERIES_AHEAD DAYS(60)

/* One that is not in the ledger yet. */
struct occurrence {
	char id[ITEM_ID];
	struct civil_date date;	  /* the rule's, or the meeting's; provisional: the month's last */
	struct civil_date bound;  /* the meeting; CIVIL_NONE: by rule, or provisional */
	struct deadline deadline; /* itself, as a deadline of its own */
	struct dates dates;
	struct civil_date last_papers; /* of the last body of a chain; else dates.papers */
	struct instant opens_at;
};
/* One that is. */
struct occurred {
	struct deadline_row row;
	const struct deadline *deadline;
	struct civil_date due;	       /* without extensions: what their order is made of */
	struct civil_date last_papers; /* as they stand, those of the last body of a chain */
	struct instant opens_at;
};
/* Has its window been opened? */
static inline bool series_has_opened(const struct occurred *o)
{
	return !instant_is_none(o->row.opened_at);
}

struct series {
	const struct deadline *d;
	struct occurred *known; /* in order of due; not those that left the plan */
	size_t known_count;
	struct occurrence *coming; /* in order, those whose window opens up to `until` */
	size_t coming_count;
	struct instant further; /* when the next one after these opens; INSTANT_NONE */
};

/*
 * All of a series. Nothing comes that would be superseded at once: whose papers date is past at now
 * while a later one's window is open.
 */
int series_load(struct series *ret, struct engine *e, const struct deadline *d, struct instant now,
		struct instant until);
/* The occurrences in the ledger alone. */
int series_load_known(struct series *ret, struct engine *e, const struct deadline *d);
void series_done(struct series *s);

/*
 * When s->known[i] is superseded: a later one's window is open and its own papers date is past. Until both
 * are so, both are asked. INSTANT_NONE: there is no later one up to `until`.
 */
struct instant series_ends(const struct series *s, size_t i);
/* The same of s->coming[i]. */
struct instant series_coming_ends(const struct series *s, size_t i);
/* Is this papers date past? */
bool series_is_over(struct civil_date papers, struct instant now);
/* Would one of this due and these papers be superseded at once, were it an occurrence of the series? */
bool series_would_be_superseded(const struct series *s, struct civil_date due,
				struct civil_date papers, struct instant now);

/* The same of one deadline, from the ledger; INSTANT_NONE too when it is no occurrence. */
int series_end_of(struct engine *e, const struct deadline *d, struct instant now,
		  struct instant *ret);

/* The row of a deadline; of a series that has no occurrence yet, one of which nothing is known. */
int series_standing(struct ledger *l, const struct deadline *d, struct deadline_row *ret);

/* Is the deadline open; of a series, is one of its occurrences, with its window? */
int series_is_open(struct engine *e, const struct deadline *d, struct instant now, bool *ret);

/* What an occurrence is dated by: the rule's date, or that of its id. */
struct civil_date series_date(const struct deadline *d, const struct deadline_row *row);
/* What a meeting has become: moved, or (CIVIL_NONE) cancelled. */
int series_follow(struct engine *e, struct body_id body, struct civil_date *meeting);
/* The known meetings that no occurrence of d's series but d itself is bound to. */
int series_free_meetings(struct engine *e, const struct deadline *d, struct known_meeting *list,
			 size_t max, size_t *ret_count);

/*
 * The deadline that an id from outside means: of a series the earliest occurrence not closed, or, if
 * `any`, the last one when all are closed, if there is one. Everything else means itself.
 */
int series_resolve(struct engine *e, struct deadline_id id, bool any, char out[static ITEM_ID],
		   bool *ret_found);
/* Is it the deadline, or one of its occurrences? */
bool series_has(struct deadline_id deadline, struct deadline_id id);

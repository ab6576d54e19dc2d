/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The light of a measure: how it goes, before its date has passed. Pure; paminn-rules(7), Light.
 *
 *	red      it is off track, or past its done_by and not done
 *	yellow   it is at risk; or expected to be done after done_by; or done_by is within light_days
 *	         and its progress is under 100
 *	green    else
 *	none     it is cancelled or struck; or nothing was ever said of it and it has no done_by
 */
#pragma once
#include "ledger/measures.h"
#include "plan/plan.h"

/* In order: a later one is worse. Stored: their numbers never change. */
enum light { LIGHT_NONE, LIGHT_GREEN, LIGHT_YELLOW, LIGHT_RED, LIGHTS };

/* Why it is red or yellow; of those of one colour all that hold, as bits 1 << reason. */
enum light_reason {
	LIGHT_OFF_TRACK,
	LIGHT_PAST, /* done_by has passed */
	LIGHT_AT_RISK,
	LIGHT_FORECAST, /* done_forecast is after done_by */
	LIGHT_NEAR,	/* done_by is near, and progress under 100 or not given */
	LIGHT_REASONS,
};

/* What is known of a measure on a day. */
struct light_facts {
	enum measure_status status; /* the newest; STATUS_NONE: none */
	bool done;		    /* by its owner's word or the body's */
	bool gone;		    /* cancelled, or struck by the body */
	struct optional progress;
	struct civil_date done_by, done_forecast; /* CIVIL_NONE: none */
	struct civil_date near;			  /* from when done_by is near; CIVIL_NONE: never */
};
struct lit {
	enum light light;
	unsigned reasons; /* of red and yellow */
};

struct lit light_of(const struct light_facts *facts, struct civil_date today);
/* The next day after today on which it gets worse by itself; CIVIL_NONE: none. */
struct civil_date light_worsens(const struct light_facts *facts, struct civil_date today);

/* ---- of a measure as it stands ------------------------------------------------------------------ */

struct light_facts light_facts_of(const struct plan *plan, const struct measure *m,
				  const struct measure_row *row);
struct lit light_of_measure(const struct plan *plan, const struct measure *m,
			    const struct measure_row *row, struct civil_date today);
/* Is anybody told of lights? Otherwise rows have no light and are never looked at for one. */
bool light_is_watched(const struct plan *plan);
/*
 * Judge it at an instant, by the facts: *ret is its light, true that it has got worse than it was when
 * it was last judged, yellow or red. The row's light, and when it is judged again (the first opening of a
 * day on which it gets worse by itself), are brought up to that; it is not put.
 */
bool light_judge(const struct plan *plan, struct measure_row *row, const struct light_facts *facts,
		 struct instant now, struct lit *ret);
/* Something else than a status has changed it: it is judged at once, when its turn comes, if it has got
 * worse, and otherwise when it will. The row is not put. */
void light_reschedule(const struct plan *plan, const struct measure *m, struct measure_row *row,
		      struct instant now);

/* "green", "yellow", "red"; NULL: no light. */
const char *light_name(enum light light);
/* "off-track", "past", "at-risk", "forecast", "near". */
const char *light_reason_name(enum light_reason reason);

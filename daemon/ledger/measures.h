/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The measures as they stand: who owns each, and what was last said of it.
 */
#pragma once
#include "ledger/types.h"

struct measure_row {
	char id[MEASURE_ID];
	char owner[ID_MAX + 1];	    /* as it stands, after assignments */
	enum measure_status status; /* the newest; STATUS_NONE before the first */
	struct instant time;	    /* of the newest status */
	int64_t seq;		    /* of the newest status; 0 before the first */
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
};
int ledger_put_measure(struct ledger *l, const struct measure_row *m);
int ledger_measure(struct ledger *l, struct measure_id id, struct measure_row *ret);
int ledger_find_measure(struct ledger *l, struct measure_id id, struct measure_row *ret,
			bool *ret_found);
void measure_row_done(struct measure_row *m);

extern const struct row_type measure_type;

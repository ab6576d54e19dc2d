/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stewards are told that somebody is away, at the first opening of the first working day of it, and that they are back,
 * on the first working day after. Once each: what was told last is a row of the ledger, and decides what is told next.
 * Absences between which there is no working day are one. paminn-rules(7) "Who gets it".
 */
#pragma once
#include "engine/engine.h"
#include "engine/outbox/post.h"
#include "engine/outbox/sink.h"

/* Somebody's absences have changed: time looks at them next. 0 or a negative errno. */
int away_changed(struct engine *e, struct person_id person, struct instant now);

/* What is to be told. */
struct away_turn {
	enum { AWAY_SAME, AWAY_BEGUN, AWAY_ENDED } what;
	const struct person *person;
	struct stand_in away;	       /* AWAY_BEGUN: on the day on which that leaves */
	struct civil_date from, until; /* of the absence */
	size_t waited, passed; /* AWAY_ENDED: so much waited for them, and went to who stood in */
};
/* What has turned by now? The row is brought up to date, its next look being later, and not put. */
struct away_turn away_judge(const struct plan *plan, const struct absences *absences,
			    struct away_row *row, struct instant now);
/* Tell the stewards through the sink, but for these. Nothing of AWAY_SAME. */
int away_tell(struct engine *e, struct sink *sink, const struct away_turn *turn,
	      const struct recipient_list *but);
/* Both, into the ledger's outbox: whoever has not been told the opposite yet hears of neither. */
int away_look(struct ledger_sink *out, struct away_row *row);

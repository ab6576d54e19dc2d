/* SPDX-License-Identifier: Apache-2.0 */
/* Who will be away, and back, and which stewards will hear of it. */
#include <string.h>

#include "engine/forecast/internal.h"
#include "engine/outbox/away.h"

#define AWAY_PAGE 50

/* Each of the turns that the absences known now will bring. What waits then of the one before, since who is to hear of
 * it is away, or the day has not begun, is taken back. */
int forecast_add_away(struct forecast *f, struct away_row *row)
{
	int r = 0;

	while (r >= 0 && instant_compare(row->look_at, f->end) < 0) {
		struct recipient_list untold = { .count = 0 };
		struct away_turn turn;

		f->sink.now = instant_max(row->look_at, f->now);
		turn = away_judge(f->e->plan, f->sink.absences, row, f->sink.now);
		if (turn.what != AWAY_SAME)
			virtual_outbox_take_back(f->outbox, person_id(row->person), f->sink.now,
						 &untold);
		r = away_tell(f->e, &f->sink, &turn, &untold);
	}
	return r;
}

int forecast_away(struct forecast *f)
{
	struct away_row page[AWAY_PAGE];
	const struct instant until = { f->end.us - 1 };
	int r = 0,
	    count = ledger_away_due(f->e->ledger, until, person_id(f->last_away), page, AWAY_PAGE);

	for (int i = 0; r >= 0 && i < count; i++) {
		memcpy(f->last_away, page[i].person, sizeof(f->last_away));
		r = forecast_add_away(f, &page[i]);
	}
	if (count == 0)
		f->stage = STAGE_DEADLINES;
	return count < 0 ? count : r < 0 ? r : 1;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Who will be away, and back, and which stewards will hear of it. */
#include <stdio.h>

#include "engine/forecast/internal.h"
#include "engine/outbox/away.h"
#include "engine/outbox/take_back.h"

#define AWAY_PAGE 50

/* What has turned at this moment, and is not decided yet. */
static struct away_turn turn_now(const struct forecast *f, struct away_row row)
{
	return away_judge(f->e->plan, f->sink.absences, &row, f->now);
}

/* Each of the turns that the absences known now will bring. Only in the first can the opposite wait still. */
int forecast_add_away(struct forecast *f, struct away_row *row)
{
	const struct taking_back other = { .what = ITEM_AWAY, .person = person_id(row->person) };
	struct recipient_list untold = { .count = 0 };
	int r = 0;

	if (instant_compare(row->look_at, f->now) <= 0 && turn_now(f, *row).what != AWAY_SAME)
		r = take_back(f->e, &other, f->now, &untold);
	while (r >= 0 && instant_compare(row->look_at, f->end) < 0) {
		struct away_turn turn;

		f->sink.now = instant_max(row->look_at, f->now);
		turn = away_judge(f->e->plan, f->sink.absences, row, f->sink.now);
		r = away_tell(f->e, &f->sink, &turn, &untold);
		untold.count = 0;
	}
	return r;
}

int forecast_takes_back(struct forecast *f, const struct message *m, const struct item *item,
			bool *ret)
{
	json_t *detail = item->detail ? json_loads(item->detail, 0, NULL) : NULL;
	const char *person = json_string_value(json_object_get(detail, "person"));
	const bool away = json_is_true(json_object_get(detail, "away"));
	struct away_row row;
	bool found = false;
	int r = person ? ledger_find_away(f->e->ledger, person_id(person), &row, &found) : 0;

	*ret = false;
	if (r >= 0 && found && m->unknown == 0 && instant_compare(row.look_at, f->now) <= 0)
		*ret = turn_now(f, row).what == (away ? AWAY_ENDED : AWAY_BEGUN);
	json_decref(detail);
	return r;
}

int forecast_away(struct forecast *f)
{
	struct away_row page[AWAY_PAGE];
	const struct instant until = { f->end.us - 1 };
	int r = 0,
	    count = ledger_away_due(f->e->ledger, until, person_id(f->last_away), page, AWAY_PAGE);

	for (int i = 0; r >= 0 && i < count; i++) {
		snprintf(f->last_away, sizeof(f->last_away), "%s", page[i].person);
		r = forecast_add_away(f, &page[i]);
	}
	if (count == 0)
		f->stage = STAGE_DEADLINES;
	return count < 0 ? count : r < 0 ? r : 1;
}

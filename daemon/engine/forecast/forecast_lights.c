/* SPDX-License-Identifier: Apache-2.0 */
/* What time alone will make of the lights, while nobody says anything. */
#include "engine/forecast/internal.h"
#include "engine/obligation/light_alert.h"

#define LIGHTS_PAGE 100

/* Each of the days on which it gets worse: two at most. */
int forecast_add_light(struct forecast *f, struct measure_row *row)
{
	const struct measure *m = plan_measure(f->e->plan, measure_id(row->id));
	int r = 0;

	while (m && r >= 0 && instant_compare(row->light_at, f->end) < 0) {
		f->sink.now = instant_max(row->light_at, f->now);
		r = light_alert(f->e, &f->sink, m, row);
	}
	return r;
}

int forecast_lights(struct forecast *f)
{
	struct measure_row page[LIGHTS_PAGE];
	const struct instant until = { f->end.us - 1 };
	int r = 0,
	    count = ledger_measures_timed(f->e->ledger, until, &f->last_light, page, LIGHTS_PAGE);

	for (int i = 0; i < count; i++) {
		if (r >= 0)
			r = forecast_add_light(f, &page[i]);
		measure_row_done(&page[i]);
	}
	if (count == 0)
		f->stage = STAGE_OBLIGATIONS;
	return count < 0 ? count : r < 0 ? r : 1;
}

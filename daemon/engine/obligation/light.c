/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/obligation/light.h"

#include "base/zone.h"
#include "engine/obligation/closing.h"

/* The bits of a colour, which `reasons` has in this order. */
#define RED (1U << LIGHT_OFF_TRACK | 1U << LIGHT_PAST)

static bool holds(const struct light_facts *f, enum light_reason reason, struct civil_date today)
{
	const bool dated = !civil_is_none(f->done_by);

	switch (reason) {
	case LIGHT_OFF_TRACK:
		return f->status == STATUS_OFF_TRACK;
	case LIGHT_PAST:
		return dated && civil_compare(today, f->done_by) > 0;
	case LIGHT_AT_RISK:
		return f->status == STATUS_AT_RISK;
	case LIGHT_FORECAST:
		return dated && !civil_is_none(f->done_forecast) &&
		       civil_compare(f->done_forecast, f->done_by) > 0;
	case LIGHT_NEAR:
		return dated && !civil_is_none(f->near) && civil_compare(today, f->near) >= 0 &&
		       !(f->progress.given && f->progress.value >= 100);
	case LIGHT_REASONS:
		break;
	}
	return false;
}

struct lit light_of(const struct light_facts *facts, struct civil_date today)
{
	unsigned reasons = 0;

	if (facts->gone)
		return (struct lit){ LIGHT_NONE, 0 };
	if (facts->done)
		return (struct lit){ LIGHT_GREEN, 0 };
	if (facts->status == STATUS_NONE && civil_is_none(facts->done_by))
		return (struct lit){ LIGHT_NONE, 0 };
	for (int i = 0; i < LIGHT_REASONS; i++)
		if (holds(facts, (enum light_reason)i, today))
			reasons |= 1U << i;
	if (reasons & RED)
		return (struct lit){ LIGHT_RED, reasons & RED };
	return (struct lit){ reasons ? LIGHT_YELLOW : LIGHT_GREEN, reasons };
}

/* Time brings two of the reasons, on a day each: done_by comes near, and it passes. */
struct civil_date light_worsens(const struct light_facts *facts, struct civil_date today)
{
	const enum light light = light_of(facts, today).light;
	const struct civil_date days[] = { facts->near, civil_add(facts->done_by, 1) };

	for (size_t i = 0; !civil_is_none(facts->done_by) && i < 2; i++)
		if (!civil_is_none(days[i]) && civil_compare(days[i], today) > 0 &&
		    light_of(facts, days[i]).light > light)
			return days[i];
	return CIVIL_NONE;
}

/* ---- of a measure as it stands ------------------------------------------------------------------ */

struct light_facts light_facts_of(const struct plan *plan, const struct measure *m,
				  const struct measure_row *row)
{
	const bool by_body = measure_is_closed_by_body(row);
	struct offset before = m->light_days;

	before.days = -before.days;
	return (struct light_facts){
		.status = row->status,
		.done = by_body ? row->closed_as == CLOSURE_DONE : row->status == STATUS_DONE,
		.gone = by_body ? row->closed_as == CLOSURE_STRUCK
				: row->status == STATUS_CANCELLED,
		.progress = row->progress,
		.done_by = row->done_by,
		.done_forecast = row->done_forecast,
		.near = civil_is_none(row->done_by)
				? CIVIL_NONE
				: calendar_move(plan->calendar, row->done_by, before),
	};
}

struct lit light_of_measure(const struct plan *plan, const struct measure *m,
			    const struct measure_row *row, struct civil_date today)
{
	const struct light_facts facts = light_facts_of(plan, m, row);

	return light_of(&facts, today);
}

bool light_is_watched(const struct plan *plan)
{
	for (size_t i = 0; i < plan->alert_count; i++)
		if (plan->alerts[i].when == ALERT_LIGHT)
			return true;
	return false;
}

bool light_judge(const struct plan *plan, struct measure_row *row, const struct light_facts *facts,
		 struct instant now, struct lit *ret)
{
	const struct civil_date today = zone_date(now), next = light_worsens(facts, today);
	const enum light before = (enum light)row->light;

	*ret = light_of(facts, today);
	row->light = (int)ret->light;
	row->light_at = civil_is_none(next)
				? INSTANT_NONE
				: calendar_next_open(plan->calendar, zone_midnight(next));
	return ret->light > before && ret->light >= LIGHT_YELLOW;
}

void light_reschedule(const struct plan *plan, const struct measure *m, struct measure_row *row,
		      struct instant now)
{
	struct light_facts facts;
	struct lit lit;
	int before = row->light;

	if (!light_is_watched(plan)) {
		row->light = LIGHT_NONE;
		row->light_at = INSTANT_NONE;
		return;
	}
	facts = light_facts_of(plan, m, row);
	if (light_judge(plan, row, &facts, now, &lit)) {
		row->light = before;
		row->light_at = now;
	}
}

const char *light_name(enum light light)
{
	static const char *const names[LIGHTS] = {
		[LIGHT_GREEN] = "green",
		[LIGHT_YELLOW] = "yellow",
		[LIGHT_RED] = "red",
	};

	return names[light];
}

const char *light_reason_name(enum light_reason reason)
{
	static const char *const names[LIGHT_REASONS] = {
		[LIGHT_OFF_TRACK] = "off-track", [LIGHT_PAST] = "past", [LIGHT_AT_RISK] = "at-risk",
		[LIGHT_FORECAST] = "forecast",	 [LIGHT_NEAR] = "near",
	};

	return names[reason];
}

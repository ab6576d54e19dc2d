/* SPDX-License-Identifier: Apache-2.0 */
/* A measure's own dates, its light and its evidence, in rows: each only where there is something to say. */
#include "base/zone.h"
#include "engine/inquiry/inquirer.h"
#include "engine/obligation/done_by.h"
#include "engine/obligation/light.h"

static void add_date(json_t *json, const char *name, struct civil_date date)
{
	if (!civil_is_none(date))
		json_object_set_new(json, name, json_date(date));
}

static void add_text(json_t *json, const char *name, const char *text)
{
	if (text && text[0])
		json_object_set_new(json, name, json_string(text));
}

static json_t *reasons_of(struct lit lit)
{
	json_t *reasons = json_array();

	for (int i = 0; i < LIGHT_REASONS; i++)
		if (lit.reasons & 1U << i)
			json_array_append_new(reasons,
					      json_string(light_reason_name((enum light_reason)i)));
	return reasons;
}

void inquiry_add_light(const struct inquiry *q, json_t *json, const struct measure *m,
		       const struct measure_row *row)
{
	const struct lit lit = light_of_measure(q->e.plan, m, row, zone_date(q->now));

	add_date(json, "from", m->from);
	add_date(json, "done_by", row->done_by);
	add_date(json, "done_by_original", row->done_by_original);
	add_text(json, "done_by_meeting", row->done_by_meeting);
	if (done_by_is_provisional(row))
		json_object_set_new(json, "done_by_provisional", json_true());
	add_date(json, "done_forecast", row->done_forecast);
	add_text(json, "link", row->link);
	if (!q->e.plan->decisions || lit.light == LIGHT_NONE)
		return;
	json_object_set_new(json, "light", json_string(light_name(lit.light)));
	if (lit.reasons)
		json_object_set_new(json, "light_reasons", reasons_of(lit));
}

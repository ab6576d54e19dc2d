/* SPDX-License-Identifier: Apache-2.0 */
/*
 * By when a measure is to be done, and why its light is yellow or red. A colour is a word beside its
 * reasons, never alone.
 */
#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "engine/obligation/light.h"
#include "message/catalogue.h"
#include "message/template_view_internal.h"

static const char *const whys[LIGHT_REASONS] = {
	[LIGHT_OFF_TRACK] = "why_off_track", [LIGHT_PAST] = "why_past",
	[LIGHT_AT_RISK] = "why_at_risk",     [LIGHT_FORECAST] = "why_forecast",
	[LIGHT_NEAR] = "why_near",
};

static void put_whys(struct template_view *v, const struct content_item *item)
{
	const char *light = json_string_value(json_object_get(item->detail, "light"));
	const json_t *reasons = json_object_get(item->detail, "reasons");
	const json_t *reason;
	size_t at;

	template_view_put_flag(v, light_name(LIGHT_YELLOW),
			       light && strcmp(light, light_name(LIGHT_YELLOW)) == 0);
	template_view_put_flag(v, light_name(LIGHT_RED),
			       light && strcmp(light, light_name(LIGHT_RED)) == 0);
	template_view_put_flag(v, "several_whys", json_array_size(reasons) > 1);
	json_array_foreach (reasons, at, reason)
		for (int i = 0; i < LIGHT_REASONS; i++)
			if (strcmp(light_reason_name((enum light_reason)i),
				   json_string_value(reason)) == 0)
				template_view_put_flag(v, whys[i], true);
}

void template_view_put_light(struct template_view *v, const struct content_item *item)
{
	const bool lit = item->what == ITEM_LIGHT;
	/* An alert tells of the day that it was about. */
	const struct civil_date told = template_view_detail_date(item, "done_by");
	const struct civil_date by = lit && !civil_is_none(told) ? told : item->done_by;
	struct civil_date before = item->what == ITEM_DONE_BY ? told : item->done_by_before;
	char day[CATALOGUE_DATE];

	if (lit)
		put_whys(v, item);
	template_view_put_flag(v, "own_measure", item->is_own);
	template_view_put_date(v, "done_forecast", item->done_forecast);
	template_view_put_near(v, "done_forecast_date", item->done_forecast);
	if (civil_is_none(by))
		return;
	template_view_put_date(v, "done_by", by);
	template_view_put_near(v, "done_by_date", by);
	template_view_put(v, "done_by_day",
			  catalogue_short(v->language, by, zone_date(v->options->now), day));
	template_view_put_flag(v, "done_by_expected",
			       item->done_by_provisional && civil_equal(by, item->done_by));
	template_view_put_flag(v, "done_by_past",
			       civil_compare(by, zone_date(v->options->now)) < 0);
	if (!civil_equal(before, by))
		template_view_put_date(v, "done_by_before", before);
}

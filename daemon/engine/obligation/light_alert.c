/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/obligation/light_alert.h"

#include <errno.h>
#include <stdlib.h>

#include "engine/obligation/alerted.h"

/* The date, unless it is none; new reference. */
static json_t *date_json(struct civil_date date)
{
	char text[CIVIL_TEXT];

	return civil_is_none(date) ? NULL : json_string(civil_format(date, text));
}

json_t *light_alert_detail(const struct light_told *told)
{
	const struct light_facts *f = told->facts;
	json_t *reasons = json_array();

	for (int i = 0; i < LIGHT_REASONS; i++)
		if (told->lit.reasons & 1U << i)
			json_array_append_new(reasons,
					      json_string(light_reason_name((enum light_reason)i)));
	return json_pack("{ss so ss* so* so* so* ss* ss*}", "light", light_name(told->lit.light),
			 "reasons", reasons, "status",
			 f->status == STATUS_NONE ? NULL : event_status_name(f->status), "progress",
			 f->progress.given ? json_integer(f->progress.value) : NULL, "done_by",
			 date_json(f->done_by), "done_forecast", date_json(f->done_forecast),
			 "note", told->note, "by", told->by);
}

static int tell(struct engine *e, struct sink *sink, const struct alert_about *about,
		const struct light_told *told)
{
	struct posting posting = { .what = ITEM_LIGHT, .measure = about->measure->id };
	json_t *detail = light_alert_detail(told);
	int r = 0;

	posting.detail = detail ? json_dumps(detail, JSON_COMPACT) : NULL;
	json_decref(detail);
	if (!posting.detail)
		return -ENOMEM;
	for (size_t i = 0; r >= 0 && i < e->plan->alert_count; i++) {
		const struct alert *alert = &e->plan->alerts[i];
		struct recipient_list to = { .count = 0 };

		if (alert->when != ALERT_LIGHT)
			continue;
		r = alerted_find(e, alert, about, &to);
		if (r >= 0)
			r = sink_post_all(sink, &to, &posting);
	}
	free(posting.detail);
	return r;
}

int light_alert(struct engine *e, struct sink *sink, const struct measure *m,
		struct measure_row *row)
{
	const struct light_facts facts = light_facts_of(e->plan, m, row);
	struct light_told told = { .facts = &facts, .note = row->note };

	if (!light_judge(e->plan, row, &facts, sink->now, &told.lit))
		return 0;
	return tell(e, sink, &(struct alert_about){ m, person_id(row->owner), sink->now }, &told);
}

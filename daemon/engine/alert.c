/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each condition has a name ("off-track", "effect-below:80"), and a measure's row remembers the names
 * of those it is in. needs-support is remembered by its text: each new text fires. light is remembered
 * apart, in the row's `light`, since time changes it too: it fires as it gets worse, by a status here, by
 * time when the row's light_at has come.
 */
#include "engine/alert.h"

#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "engine/obligation/alerted.h"
#include "engine/obligation/light_alert.h"
#include "engine/outbox/post.h"

struct report {
	const struct measure *measure;
	const struct measure_row *before;
	const struct event_status *status;
	struct optional planned;  /* of this year */
	struct optional forecast; /* this one's, else the last reported */
	const char *by;
	/* Its light and what that follows from, if anybody is told of lights; has it got worse? */
	struct light_facts facts;
	struct lit lit;
	bool worse;
};

static bool is_off_track(const struct alert *alert, const struct report *report)
{
	(void)alert;
	return report->status->status == STATUS_OFF_TRACK;
}

static bool is_below(const struct alert *alert, const struct report *report)
{
	const struct optional planned = report->planned;

	return planned.given && planned.value > 0 && report->forecast.given &&
	       (double)report->forecast.value <
		       (double)planned.value * (double)alert->percent / 100.0;
}

static bool is_new_need(const struct alert *alert, const struct report *report)
{
	const char *text = report->status->needs_support, *before = report->before->needs_support;

	(void)alert;
	return text && (!before || strcmp(text, before) != 0);
}

static bool is_worse_lit(const struct alert *alert, const struct report *report)
{
	(void)alert;
	return report->worse;
}

static json_t *off_track_detail(const struct alert *alert, const struct report *r)
{
	(void)alert;
	return json_pack("{ss ss* ss}", "status", event_status_name(r->status->status), "note",
			 r->status->note, "by", r->by);
}

static json_t *need_detail(const struct alert *alert, const struct report *r)
{
	(void)alert;
	return json_pack("{ss ss ss}", "status", event_status_name(r->status->status),
			 "needs_support", r->status->needs_support, "by", r->by);
}

static json_t *below_detail(const struct alert *alert, const struct report *r)
{
	return json_pack("{ss sI sI si ss}", "status", event_status_name(r->status->status),
			 "effect_planned", (json_int_t)r->planned.value, "effect_forecast",
			 (json_int_t)r->forecast.value, "percent", alert->percent, "by", r->by);
}

static json_t *light_detail(const struct alert *alert, const struct report *r)
{
	(void)alert;
	return light_alert_detail(
		&(struct light_told){ &r->facts, r->lit, r->status->note, r->by });
}

static const struct condition {
	const char *name;
	bool has_percent;
	bool remembered; /* fires on entering only; else whenever it holds */
	enum item_what what;
	bool (*holds)(const struct alert *alert, const struct report *report);
	json_t *(*detail)(const struct alert *alert, const struct report *report);
} conditions[] = {
	[ALERT_OFF_TRACK] = { "off-track", false, true, ITEM_OFF_TRACK, is_off_track,
			      off_track_detail },
	[ALERT_NEEDS_SUPPORT] = { "needs-support", false, false, ITEM_NEEDS_SUPPORT, is_new_need,
				  need_detail },
	[ALERT_EFFECT_BELOW] = { "effect-below", true, true, ITEM_EFFECT_BELOW, is_below,
				 below_detail },
	[ALERT_LIGHT] = { "light", false, false, ITEM_LIGHT, is_worse_lit, light_detail },
};

/* Is the name one of the words in the list? */
static bool has_word(const char *list, const char *name)
{
	size_t n = strlen(name);

	for (const char *at = list; (at = strstr(at, name)) != NULL; at += n)
		if ((at == list || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
			return true;
	return false;
}

static void add_word(char *list, size_t size, const char *name)
{
	size_t used = strlen(list);

	snprintf(list + used, size - used, "%s%s", used ? " " : "", name);
}

static int fire(struct engine *e, const struct alert *alert, const struct condition *condition,
		const struct report *report, struct instant now)
{
	struct recipient_list to = { .count = 0 };
	const struct posting posting = { .what = condition->what, .measure = report->measure->id };
	const struct alert_about about = { report->measure, person_id(report->before->owner), now };
	int r = alerted_find(e, alert, &about, &to);

	return r < 0 ? r
		     : post_with_detail(e, &to, &posting, condition->detail(alert, report), now);
}

/* The facts of a measure of which this is the newest status. */
static struct light_facts facts_after(const struct plan *plan, const struct report *r)
{
	struct measure_row row = *r->before; /* its strings are borrowed */

	row.status = r->status->status;
	if (r->status->progress.given)
		row.progress = r->status->progress;
	if (!civil_is_none(r->status->done_forecast))
		row.done_forecast = r->status->done_forecast;
	return light_facts_of(plan, r->measure, &row);
}

int alert_on_status(struct engine *e, const struct reported *reported, struct measure_row *row,
		    struct instant now)
{
	const struct optional forecast = reported->status->effect_forecast;
	const bool lights = light_is_watched(e->plan);
	struct report report = {
		.measure = reported->measure,
		.before = row,
		.status = reported->status,
		.planned = measure_effect(reported->measure, zone_year(now)),
		.forecast = forecast.given ? forecast : row->effect_forecast,
		.by = reported->by,
	};
	char in[sizeof(row->alerts)] = "", name[32];

	if (lights) {
		report.facts = facts_after(e->plan, &report);
		report.worse = light_judge(e->plan, row, &report.facts, now, &report.lit);
	}
	for (size_t i = 0; i < e->plan->alert_count; i++) {
		const struct alert *alert = &e->plan->alerts[i];
		const struct condition *c = &conditions[alert->when];
		int r = 0;

		if (!c->holds(alert, &report))
			continue;
		if (c->has_percent)
			snprintf(name, sizeof(name), "%s:%d", c->name, alert->percent);
		else
			snprintf(name, sizeof(name), "%s", c->name);
		if (!c->remembered || !has_word(row->alerts, name))
			r = fire(e, alert, c, &report, now);
		if (r < 0)
			return r;
		if (c->remembered && !has_word(in, name))
			add_word(in, sizeof(in), name);
	}
	memcpy(row->alerts, in, sizeof(in));
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Ladders and alerts of paminnd.conf: their tables, and what tables can't say. */
#include <string.h>

#include "plan/ladder.h"
#include "plan/reader.h"

#define DEFAULT_TIME 480 /* 08:00 */

static const struct field ladder_fields[] = {
	{ "name", VALUE_ID, .required = true, .at = offsetof(struct ladder, name),
	  .what = "what deadlines name it by" },
	{ "time", VALUE_TIME, .at = offsetof(struct ladder, time),
	  .what = "of day; default \"08:00\"" },
	{ "steps", VALUE_GROUPS, .required = true, .what = "when to remind whom" },
};
static const struct table ladder_table = TABLE("the ladder", "name", ladder_fields);

static const struct field step_fields[] = {
	{ "at", VALUE_OFFSET, .required = true, .at = offsetof(struct step, at),
	  .min = -OFFSET_DAYS_MAX, .max = OFFSET_DAYS_MAX,
	  .what = "days from the papers date, such as \"-10wd\"" },
	{ "to", VALUE_TARGET, .required = true, .list = true, .at = offsetof(struct step, to),
	  .count = offsetof(struct step, to_count), .what = "who gets it" },
	{ "repeat", VALUE_OFFSET, .at = offsetof(struct step, repeat),
	  .given = offsetof(struct step, repeats), .min = 1, .max = OFFSET_DAYS_MAX,
	  .what = "again after so many days" },
	{ "until", VALUE_OFFSET, .at = offsetof(struct step, until), .min = -OFFSET_DAYS_MAX,
	  .max = OFFSET_DAYS_MAX,
	  .what = "the last day that a repetition may fall on, from the papers date" },
};
static const struct table step_table = TABLE("the step", NULL, step_fields);

static const char *const alert_choices[] = { [ALERT_OFF_TRACK] = "off-track",
					     [ALERT_NEEDS_SUPPORT] = "needs-support",
					     [ALERT_EFFECT_BELOW] = "effect-below",
					     [ALERT_LIGHT] = "light",
					     NULL };
static const struct field alert_fields[] = {
	{ "when", VALUE_CHOICE, .required = true, .at = offsetof(struct alert, when),
	  .choices = alert_choices, .what = "off-track, needs-support, effect-below or light" },
	{ "percent", VALUE_INT, .at = offsetof(struct alert, percent), .min = 1, .max = 200,
	  .what = "effect-below: of the planned effect" },
	{ "to", VALUE_TARGET, .required = true, .list = true, .at = offsetof(struct alert, to),
	  .count = offsetof(struct alert, to_count), .what = "who is told" },
};
static const struct table alert_table = TABLE("the alert", NULL, alert_fields);

static void read_step(struct reader *r, config_setting_t *group, struct step *step)
{
	bool until = config_setting_get_member(group, "until");
	const char *text = NULL;

	step->where = where_of(r, group);
	read_group(r, &step_table, group, step);
	config_setting_lookup_string(group, "at", &text);
	step->text = text ? reader_text(r, text, strlen(text)) : "";
	if (step->repeats != until)
		fault(r, where_of(r, group), "the step %s has %s without %s: they go together",
		      text_excerpt(step->text).text, until ? "until" : "repeat",
		      until ? "repeat" : "until");
	else if (until && offset_same_unit(step->until, step->at) &&
		 step->until.days < step->at.days)
		fault(r, where_key(r, group, "until"), "the step %s ends before it begins",
		      text_excerpt(step->text).text);
}

/* In time order; steps at the same time keep the file's. By insertion: there are a few. */
static void sort_steps(struct step *steps, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		const struct step moving = steps[i];
		size_t to = i;

		for (; to > 0 && offset_rough(steps[to - 1].at) > offset_rough(moving.at); to--)
			steps[to] = steps[to - 1];
		steps[to] = moving;
	}
}

static void read_ladder(struct reader *r, config_setting_t *group, void *thing)
{
	struct ladder *ladder = thing;
	config_setting_t *list = config_setting_get_member(group, "steps"), *element;
	struct civil_date day = civil_from_ymd(2026, 5, 15);
	const size_t faults = r->faults;
	struct step *steps;
	size_t count = 0;

	ladder->time = (struct time_of_day){ DEFAULT_TIME };
	read_group(r, &ladder_table, group, ladder);
	if (!list || !config_setting_is_list(list))
		return;
	steps = reader_alloc(r, (size_t)config_setting_length(list), sizeof(*steps));
	for (unsigned i = 0; (element = config_setting_get_elem(list, i)); i++) {
		if (!config_setting_is_group(element))
			continue;
		read_step(r, element, &steps[count]);
		for (size_t j = 0; j < count; j++)
			if (*steps[j].text && strcmp(steps[j].text, steps[count].text) == 0)
				fault(r, where_of(r, element),
				      "the step %s is there twice: put all in "
				      "one \"to\"",
				      steps[j].text);
		count++;
	}
	sort_steps(steps, count);
	ladder->steps = steps;
	ladder->step_count = count;
	if (r->faults == faults && ladder_count(r->plan, ladder, day) > LADDER_FIRINGS_MAX)
		fault(r, where_of(r, group),
		      "the ladder %s fires %zu times for one date: at most %d, "
		      "so repeat less often or stop sooner",
		      ladder->name, ladder_count(r->plan, ladder, day), LADDER_FIRINGS_MAX);
}

static void read_alert(struct reader *r, config_setting_t *group, void *thing)
{
	struct alert *alert = thing;
	const bool percent = config_setting_get_member(group, "percent");

	read_group(r, &alert_table, group, alert);
	if (alert->when == ALERT_EFFECT_BELOW && !percent)
		fault(r, where_of(r, group),
		      "the alert effect-below has no percent: below how much of "
		      "the planned effect");
	if (alert->when != ALERT_EFFECT_BELOW && percent)
		fault(r, where_key(r, group, "percent"), "percent is for effect-below only");
}

void read_ladders(struct reader *r)
{
	read_section(r, SECTION_LADDERS, read_ladder);
	read_section(r, SECTION_ALERTS, read_alert);
}

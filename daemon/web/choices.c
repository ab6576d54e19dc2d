/* SPDX-License-Identifier: Apache-2.0 */
#include "web/choices.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "message/catalogue.h"

#define MONTHS 12

struct choices choices_begin(json_t *field, const char *chosen)
{
	struct choices c = { json_array(), chosen, 0, 0 };

	if (json_object_set_new(field, "groups", c.groups) < 0)
		c = (struct choices){ NULL, chosen, 0, -ENOMEM };
	return c;
}

void choices_group(struct choices *c, const char *name)
{
	json_t *group = json_pack("{s[]}", "options");

	page_put(group, "group", name);
	if (json_array_append_new(c->groups, group) < 0)
		c->error = -ENOMEM;
}

/* "on-track" as a flag of the template: on_track. */
static void put_flag_of(json_t *option, const char *value)
{
	char name[24];

	snprintf(name, sizeof(name), "%s", value);
	for (char *c = name; *c; c++)
		*c = *c == '-' ? '_' : *c;
	page_put_flag(option, name, true);
}

json_t *choices_add(struct choices *c, const char *value, const char *label)
{
	json_t *option = json_object(), *group;

	if (json_array_size(c->groups) == 0)
		choices_group(c, NULL);
	group = json_array_get(c->groups, json_array_size(c->groups) - 1);
	page_put_count(option, "n", ++c->count);
	page_put(option, "value", value);
	page_put(option, "label", label);
	if (!label)
		put_flag_of(option, value[0] ? value : "none");
	page_put_flag(option, "chosen",
		      c->chosen ? strcmp(c->chosen, value) == 0 : value[0] == '\0');
	if (json_array_append_new(json_object_get(group, "options"), option) < 0)
		c->error = -ENOMEM;
	return option;
}

json_t *choices_add_named(struct choices *c, const char *name, const char *id)
{
	char label[2 * LINE_MAX_BYTES];

	snprintf(label, sizeof(label), "%s (%s)", name, id);
	return choices_add(c, id, label);
}

/* ---- meetings --------------------------------------------------------------------------------------- */

/* Those of one body by month, from this one on. */
struct meetings {
	struct civil_date today;
	struct month_of {
		struct civil_date from,
			until; /* the first of the month that is known; CIVIL_NONE */
	} months[MONTHS];
	int year, month; /* the first */
};

static int note_meeting(void *userdata, const struct meeting_row *row)
{
	struct meetings *m = userdata;
	int year, month, day, at;

	civil_to_ymd(row->from, &year, &month, &day);
	at = (year - m->year) * 12 + month - m->month;
	if (row->state != MEETING_KNOWN || civil_compare(row->until, m->today) < 0 || at < 0 ||
	    at >= MONTHS)
		return 0;
	if (civil_is_none(m->months[at].from) || civil_compare(row->from, m->months[at].from) < 0)
		m->months[at] = (struct month_of){ row->from, row->until };
	return 0;
}

static void add_month(struct choices *c, const struct page_reader *to, const struct body *body,
		      const struct month_of *found, const int month[static 2])
{
	struct event_due due = { .date = CIVIL_NONE, .year = month[0], .month = month[1] };
	char value[EVENT_DUE_TEXT], label[CATALOGUE_PERIOD];
	const bool known = !civil_is_none(found->from);
	json_t *option;

	snprintf(due.body, sizeof(due.body), "%s", body->id.text);
	event_due_format(&due, value);
	if (known)
		catalogue_period(to->language, found->from, found->until, label);
	else
		catalogue_month(to->language, month[0], month[1], label);
	option = choices_add(c, value, label);
	page_put_flag(option, "not_known", !known);
}

static int add_body(struct choices *c, const struct page_reader *to, const struct body *body,
		    bool unknown)
{
	struct meetings m = { .today = zone_date(to->now) };
	bool begun = false;
	int day, r;

	civil_to_ymd(m.today, &m.year, &m.month, &day);
	for (int i = 0; i < MONTHS; i++)
		m.months[i] = (struct month_of){ CIVIL_NONE, CIVIL_NONE };
	r = ledger_meetings(to->web->engine->ledger, body->id, note_meeting, &m);
	for (int i = 0; r >= 0 && i < MONTHS; i++) {
		const int at = m.month - 1 + i;

		if (!unknown && civil_is_none(m.months[i].from))
			continue;
		if (!begun)
			choices_group(c, body->name);
		begun = true;
		add_month(c, to, body, &m.months[i], (int[]){ m.year + at / 12, at % 12 + 1 });
	}
	return r < 0 ? r : 0;
}

int choices_add_meetings(struct choices *c, const struct page_reader *to, const struct body *body,
			 bool unknown)
{
	const struct plan *plan = to->web->engine->plan;
	int r = 0;

	for (size_t i = 0; r == 0 && i < plan->body_count; i++)
		if (!body || body == &plan->bodies[i])
			r = add_body(c, to, &plan->bodies[i], unknown);
	return r;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "engine/erase/internal.h"
#include "engine/plan_change.h"
#include "protocol/text.h"

/* The event that is looked at: copies. */
struct one {
	int64_t seq;
	bool is_plan;
	char *body;
};

static int take(void *userdata, const struct logged_event *event)
{
	struct one *one = userdata;

	one->seq = event->seq;
	one->is_plan = strcmp(event->type, ADOPT_EVENT) == 0;
	one->body = strdup(event->body);
	return one->body ? 1 : -ENOMEM;
}

/* What is said of an event, beside its data: what others have added. */
static bool is_added(const char *member)
{
	static const char *const own[] = { "specversion", "id",	  "source",   "type",
					   "subject",	  "time", "sequence", "data" };

	return text_find(member, own, sizeof(own) / sizeof(*own)) == sizeof(own) / sizeof(*own);
}

/* What of its data is in somebody's words; all else are ids, dates and figures. */
static bool is_told(const char *member)
{
	static const char *const told[] = { "note", "needs_support", "reason", "reference",
					    "link", "place",	     "text" };

	return text_find(member, told, sizeof(told) / sizeof(*told)) < sizeof(told) / sizeof(*told);
}

int erase_members(json_t *in)
{
	int changed = 0;

	for (size_t i = 0; i < ERASED_MEMBERS; i++) {
		const char *text = json_string_value(json_object_get(in, erased_members[i]));

		if (!text || text_is_blank(text))
			continue;
		if (json_object_set_new(in, erased_members[i], json_string(ERASED_WORDS)) < 0)
			return -ENOMEM;
		changed = 1;
	}
	return changed;
}

int erase_quiet(json_t *event)
{
	return erase_members(json_object_get(event, "data"));
}

/* A plan's files have a name as well as a text. */
static int replace_in_plan(struct erasing *x, json_t *json)
{
	const struct trace_list names = { x->names.list, x->names.count, .grows = true };

	return trace_replace_json(names, json_object_get(json, "files"));
}

static int replace_members(struct erasing *x, json_t *in, bool (*is_one)(const char *member))
{
	json_t *some = json_object(), *value;
	const char *name;
	int r = some ? 0 : -ENOMEM;

	json_object_foreach (in, name, value)
		if (is_one(name) && json_object_set(some, name, value) < 0)
			r = -ENOMEM;
	if (r == 0)
		r = trace_replace_json(erase_names(x), some);
	if (r > 0 && json_object_update(in, some) < 0)
		r = -ENOMEM;
	json_decref(some);
	return r;
}

static int replace_in_event(struct erasing *x, const struct one *one, json_t *json)
{
	const int quieted = erase_is_theirs(x, one->seq) ? erase_quiet(json) : 0;
	const int added = replace_members(x, json, is_added);
	const int told = replace_members(x, json_object_get(json, "data"), is_told);

	if (quieted < 0 || added < 0 || told < 0)
		return -ENOMEM;
	return quieted || added || told;
}

/* May there be anything? Text with an escape in it is looked at closer. */
static bool is_to_be_read(const struct erasing *x, const struct one *one, int *ret_error)
{
	*ret_error = 0;
	return erase_is_theirs(x, one->seq) || strchr(one->body, '\\') ||
	       trace_find(erase_names(x), one->body, ret_error);
}

static int erase_event(struct erasing *x, const struct one *one)
{
	int r, read;
	json_t *json = is_to_be_read(x, one, &read) ? json_loads(one->body, 0, NULL) : NULL;

	if (!json)
		return read;
	r = one->is_plan ? replace_in_plan(x, json) : replace_in_event(x, one, json);
	char *text =
		r > 0 ? json_dumps(json, JSON_COMPACT | (one->is_plan ? JSON_SORT_KEYS : 0)) : NULL;
	json_decref(json);
	if (r > 0) {
		x->plans += one->is_plan;
		x->events += !one->is_plan;
		r = text ? ledger_rewrite_event(x->e->ledger, one->seq, text) : -ENOMEM;
	}
	free(text);
	return r;
}

/* One that is damaged is passed over, here as well. */
int erase_events(struct erasing *x)
{
	struct one one = { 0 };
	int r = 0;

	while (r >= 0 && one.seq < x->last) {
		r = ledger_log(x->e->ledger, one.seq, 1, take, &one);
		one.seq += r == 0;
		if (r > 0)
			r = erase_event(x, &one);
		free(one.body);
		one.body = NULL;
	}
	return r < 0 ? r : 0;
}

/* ---- beforehand ---------------------------------------------------------------------------------- */

struct checking {
	struct erasing *x;
	struct rejection *why;
};

/* Can it be read as a plan before, and not afterwards? */
static int check_plan(void *userdata, const struct logged_event *event)
{
	const struct checking *c = userdata;
	json_t *json =
		strcmp(event->type, ADOPT_EVENT) == 0 ? json_loads(event->body, 0, NULL) : NULL;
	struct plan *was = NULL, *is = NULL;
	int r = 0;

	c->x->last = event->seq;
	if (json && plan_from_text(&was, json, NULL) == 0 && replace_in_plan(c->x, json) > 0 &&
	    plan_from_text(&is, json, NULL) != 0)
		r = (int)reject(
			c->why, REJECT_BAD_DATA,
			"the name of %s is a word that the plan of event %lld has for other things "
			"as well, and could not be read without: nothing was erased",
			c->x->which->person, (long long)event->seq);
	plan_unref(was);
	plan_unref(is);
	json_decref(json);
	return r;
}

int erase_check_plans(struct erasing *x, struct rejection *ret_why)
{
	struct checking c = { x, ret_why };
	bool words = false;
	int64_t before;
	int r;

	for (size_t i = 0; i < x->names.count; i++)
		words |= x->names.list[i].exact != NULL;
	if (!words)
		return 0;
	x->last = 0;
	do {
		before = x->last;
		r = ledger_log(x->e->ledger, before, 100, check_plan, &c);
	} while (r == 0 && x->last != before);
	return r;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/erase.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/erase/internal.h"

#define OWN_SOURCE "/paminn"

/* ---- the plan in force --------------------------------------------------------------------------- */

static unsigned line_of(const char *text, const char *at)
{
	unsigned line = 1;

	for (; text < at; text++)
		line += *text == '\n';
	return line;
}

/* What the files have would come back with the next reload: 0, the code, or -ENOMEM. */
static int check_files(struct erasing *x, struct rejection *ret_why)
{
	json_t *text = plan_text(x->e->plan), *file;
	size_t i;
	int r = text ? 0 : -ENOMEM;

	json_array_foreach (json_object_get(text, "files"), i, file) {
		const char *content = json_string_value(json_object_get(file, "text"));
		const char *at = r == 0 ? trace_find(erase_names(x), content, &r) : NULL;

		if (at)
			r = (int)reject(
				ret_why, REJECT_BAD_DATA,
				"the plan still names %s or their address, at %s:%u: take that out "
				"first, and reload",
				x->which->person, json_string_value(json_object_get(file, "name")),
				line_of(content, at));
	}
	json_decref(text);
	return r;
}

static int check_person(struct erasing *x, struct rejection *ret_why)
{
	const struct person *person = plan_person(x->e->plan, x->person);

	x->present = person && x->which->former ? person->name : NULL;
	if (!person || x->which->former)
		return 0;
	return (int)reject(ret_why, REJECT_BAD_DATA,
			   "%s is in the plan, at %s:%u: take them out of it first, and reload; "
			   "\"former\" erases whoever had the id before",
			   x->which->person, person->where.file, person->where.line);
}

/* ---- that it was done ---------------------------------------------------------------------------- */

static json_t *done(const struct erasing *x)
{
	return json_pack("{ss sb sI sI sI sI sI sI sO}", "person", x->which->person, "former",
			 x->which->former, "names", (json_int_t)x->name_count, "addresses",
			 (json_int_t)x->address_count, "texts", (json_int_t)x->words.count,
			 "events", (json_int_t)x->events, "plans", (json_int_t)x->plans, "rows",
			 (json_int_t)x->rows, "papers", x->papers);
}

/* The log says that it happened, who said so, and which hash each paper had before. */
static int note(struct erasing *x)
{
	json_t *body = json_pack("{ss sb ss sO}", "person", x->which->person, "former",
				 x->which->former, "by", x->which->by, "papers", x->papers);
	char *text = body ? json_dumps(body, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
	char id[EVENT_ID_MAX + 1];
	int64_t seq;
	int r;

	json_decref(body);
	snprintf(id, sizeof(id), "erased-after-%lld", (long long)x->last);
	r = text ? ledger_append_event(x->e->ledger,
				       &(struct logged_event){ .source = OWN_SOURCE,
							       .id = id,
							       .type = ERASED_EVENT,
							       .subject = ERASED_SUBJECT,
							       .time = x->now,
							       .received = x->now,
							       .body = text },
				       &seq)
		 : -ENOMEM;
	free(text);
	return r;
}

static int work(struct erasing *x, struct rejection *ret_why)
{
	int r = check_person(x, ret_why);

	if (r == 0)
		r = erase_collect(x, ret_why);
	if (r == 0)
		r = check_files(x, ret_why);
	if (r == 0)
		r = erase_check_plans(x, ret_why);
	if (r != 0)
		return r;
	/* Acts that may be taken back have rows as they were before. */
	r = ledger_forget_acts(x->e->ledger, (struct instant){ INT64_MAX });
	if (r >= 0)
		r = erase_rows(x);
	if (r >= 0)
		r = erase_events(x);
	return r >= 0 ? note(x) : r;
}

int erase_person(struct engine *e, const struct erasure *which, struct instant now, json_t **ret,
		 struct rejection *ret_why)
{
	struct erasing *x = calloc(1, sizeof(*x));
	int r = -ENOMEM;

	if (!x)
		return r;
	*x = (struct erasing){ .e = e,
			       .which = which,
			       .person = person_id(which->person),
			       .now = now,
			       .until = INT64_MAX,
			       .until_at = { INT64_MAX },
			       .papers = json_array() };
	snprintf(x->source, sizeof(x->source), "/people/%s", which->person);
	if (x->papers)
		r = work(x, ret_why);
	if (r == 0) {
		*ret = done(x);
		r = *ret ? 0 : -ENOMEM;
	}
	erase_done(x);
	free(x);
	return r;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a narrower steward is answered: of each query the rows that are about something of theirs. It is done with the
 * rows themselves, after the query's own work, so that no query has to think of it, and one that is not in the table
 * here answers nothing: whoever adds one says in which members its rows name what they are about.
 */
#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "engine/inquiry/inquirer.h"
#include "engine/outbox/covered.h"
#include "plan/stewardship.h"

#define SIEVE_SLICE 50

struct sieve {
	bool whole;	      /* all of it is for everybody who is known */
	const char *asks;     /* the parameter that must be theirs, when it is given */
	const char *names[5]; /* members of a row, one of which must be theirs */
	int (*keeps)(const struct inquiry *q, json_t *row); /* instead: 1, 0 or a negative errno */
};

static bool covers(const struct inquiry *q, const json_t *value)
{
	return steward_covers(q->e.plan, q->viewer, json_string_value(value));
}

static int keep_message(const struct inquiry *q, const json_t *id)
{
	struct engine e = q->e;
	bool covered = false;
	int r = message_is_covered(&e, q->viewer, message_id(json_integer_value(id)), &covered);

	return r < 0 ? r : covered;
}

static int keep_outbox(const struct inquiry *q, json_t *row)
{
	return keep_message(q, json_object_get(row, "id"));
}

bool inquiry_keeps_items(const struct inquiry *q, json_t *row)
{
	json_t *items = json_object_get(row, "items");

	for (size_t i = json_array_size(items); i-- > 0;) {
		const json_t *item = json_array_get(items, i);

		if (!covers(q, json_object_get(item, "measure")) &&
		    !covers(q, json_object_get(item, "deadline")) &&
		    !covers(q, json_object_get(item, "person")))
			json_array_remove(items, i);
	}
	return json_array_size(items) > 0;
}

/* Of a message to come, what of it is theirs. */
static int keep_forecast(const struct inquiry *q, json_t *row)
{
	return inquiry_keeps_items(q, row);
}

/* That all is kept back is for everybody to know. */
static int keep_today(const struct inquiry *q, json_t *row)
{
	const char *kind = json_string_value(json_object_get(row, "kind"));
	const json_t *message = json_object_get(row, "message");

	if (kind && strcmp(kind, "hold") == 0)
		return 1;
	if (message)
		return keep_message(q, message);
	if (kind && strcmp(kind, "absence") == 0)
		return covers(q, json_object_get(row, "person"));
	return covers(q, json_object_get(row, "measure")) ||
	       covers(q, json_object_get(row, "deadline")) ||
	       covers(q, json_object_get(row, "item"));
}

/* Of a person, what they owe that is others' is not told; of anything else that is theirs, all is. */
static int keep_show(const struct inquiry *q, json_t *row)
{
	const char *person = json_string_value(json_object_get(row, "person"));
	json_t *owed = json_object_get(row, "obligations");

	if (!person || strcmp(person, q->viewer->id.text) == 0)
		return 1;
	for (size_t i = json_array_size(owed); i-- > 0;) {
		const json_t *one = json_array_get(owed, i);

		if (!covers(q, json_object_get(one, "measure")) &&
		    !covers(q, json_object_get(one, "deadline")))
			json_array_remove(owed, i);
	}
	return 1;
}

/* A deadline that a measure of theirs answers is theirs to know of, whoever's it is. */
static int keep_calendar(const struct inquiry *q, json_t *row)
{
	const char *id = json_string_value(json_object_get(row, "deadline"));
	const struct deadline *d = id ? plan_deadline(q->e.plan, deadline_id(id)) : NULL;

	if (covers(q, json_object_get(row, "deadline")) || covers(q, json_object_get(row, "body")))
		return 1;
	for (size_t i = 0; d && i < d->measure_count; i++)
		if (steward_covers(q->e.plan, q->viewer, d->measures[i]->id.text))
			return 1;
	return 0;
}

static const struct sieve sieves[REQUESTS] = {
	[QUERY_BOARD] = { .whole = true }, /* what readers see */
	[QUERY_LIST] = { .names = { "measure", "deadline" } },
	[QUERY_SHOW] = { .asks = "item", .keeps = keep_show },
	[QUERY_WHY] = { .asks = "item", .whole = true },
	[QUERY_FORECAST] = { .keeps = keep_forecast },
	[QUERY_REPORT] = { .asks = "deadline", .whole = true },
	[QUERY_OUTBOX] = { .keeps = keep_outbox },
	[QUERY_REQUESTS] = { .names = { "measure", "deadline" } },
	[QUERY_ASSIGNMENTS] = { .names = { "assignment", "id", "given_by", "given_to" } },
	[QUERY_PEOPLE] = { .names = { "person", "id" } },
	[QUERY_BODIES] = { .names = { "body", "id" } },
	[QUERY_MEETINGS] = { .names = { "body" } },
	[QUERY_ABSENCES] = { .names = { "person" } },
	[QUERY_TODAY] = { .keeps = keep_today },
	[QUERY_CALENDAR] = { .keeps = keep_calendar },
	[QUERY_ACTS] = { .names = { "subject" } },
};

static const char *const asked[] = { "item", "deadline", "assignment", "body" };

int inquiry_may_ask(const struct inquiry *q, struct rejection *ret_why)
{
	const struct sieve *s = &sieves[q->which];

	for (size_t i = 0; s->asks && i < sizeof(asked) / sizeof(asked[0]); i++) {
		const char *item = inquiry_text(q, asked[i]);

		if (item && !steward_covers(q->e.plan, q->viewer, item) &&
		    strcmp(item, q->viewer->id.text) != 0)
			return (int)reject(ret_why, REJECT_NOT_ALLOWED,
					   "%s is not theirs: steward_of in the plan names what is",
					   item);
	}
	return 0;
}

/* 1: the row is theirs, 0: it is not. */
static int keeps(const struct inquiry *q, json_t *row)
{
	const struct sieve *s = &sieves[q->which];
	int kept = s->whole;

	if (s->keeps)
		return s->keeps(q, row);
	for (size_t i = 0; !kept && s->names[i]; i++) {
		const json_t *value = json_object_get(row, s->names[i]);

		kept = covers(q, value) ||
		       (json_is_string(value) &&
			strcmp(json_string_value(value), q->viewer->id.text) == 0);
	}
	return kept;
}

int inquiry_narrow(const struct inquiry *q, json_t *row)
{
	const int kept = sieves[q->which].keeps ? sieves[q->which].keeps(q, row) : 0;

	return kept < 0 ? kept : 0;
}

/* Only places are kept: a row is made again when its page is. */
int inquiry_sieve(struct inquiry *q)
{
	struct ids *theirs = &q->theirs;
	const size_t count = inquiry_count_all(q);

	for (size_t i = 0; i < SIEVE_SLICE && q->sieved < count; i++, q->sieved++) {
		json_t *row = inquiry_row(q, q->sieved);
		int kept = row ? keeps(q, row) : -ENOMEM;

		json_decref(row);
		if (kept > 0)
			kept = array_grow(&theirs->list, theirs->count, &theirs->room);
		else if (kept == 0)
			continue;
		if (kept < 0)
			return kept;
		theirs->list[theirs->count++] = (int64_t)q->sieved;
	}
	return q->sieved < count;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the kinds of query share: the snapshot, the plan's reference, the slices and the pages. Large
 * answers (list, forecast) keep only keys and make each row when its page is asked for, so that a
 * query over a hundred thousand obligations costs a megabyte and not a hundred.
 */
#include "engine/inquiry.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "engine/inquiry/inquirer.h"
#include "engine/obligation/series.h"

#define PAGE_BYTES \
	131072 /* about: rows of one page are cut there, so that making it takes milliseconds */

static const struct inquirer *const inquirers[REQUESTS] = {
	[QUERY_BOARD] = &inquirer_board,       [QUERY_LIST] = &inquirer_list,
	[QUERY_SHOW] = &inquirer_show,	       [QUERY_WHY] = &inquirer_why,
	[QUERY_FORECAST] = &inquirer_forecast, [QUERY_REPORT] = &inquirer_report,
	[QUERY_OUTBOX] = &inquirer_outbox,     [QUERY_REQUESTS] = &inquirer_requests,
	[COMMAND_VERIFY] = &inquirer_verify,   [QUERY_ASSIGNMENTS] = &inquirer_assignments,
	[QUERY_PEOPLE] = &inquirer_people,     [QUERY_BODIES] = &inquirer_bodies,
	[QUERY_MEETINGS] = &inquirer_meetings, [QUERY_ABSENCES] = &inquirer_absences,
	[QUERY_TODAY] = &inquirer_today,       [QUERY_CALENDAR] = &inquirer_calendar,
	[QUERY_SESSIONS] = &inquirer_sessions, [QUERY_ACTS] = &inquirer_acts,
};

/* A copy of the parameters in which the plain id of a series is the occurrence it means. A list is
 * of all of them, of requests too. */
static json_t *name_occurrences(struct engine *e, struct question question)
{
	static const char *const names[] = { "item", "deadline", "of" };
	json_t *copy = json_is_object(question.params) ? json_copy(question.params) : json_object();
	char id[ITEM_ID];
	bool found;

	for (size_t i = 0;
	     copy && question.which != QUERY_LIST && question.which != QUERY_REQUESTS && i < 3;
	     i++) {
		const char *asked = json_string_value(json_object_get(copy, names[i]));

		if (asked && series_resolve(e, deadline_id(asked), true, id, &found) == 0 && found)
			json_object_set_new(copy, names[i], json_string(id));
	}
	return copy;
}

/* The same, unless something could not be read: then what was made of it may lack that. */
static int unless_spoilt(const struct inquiry *q, int r)
{
	const int spoilt = r < 0 || !q->e.ledger ? 0 : ledger_spoilt(q->e.ledger);

	return spoilt < 0 ? spoilt : r;
}

/* within: its ledger is the engine's own, and borrowed. */
static int begin(struct inquiry **ret, struct engine *e, struct inquiry *q,
		 struct question question, struct rejection *ret_why)
{
	int r;

	q->how = inquirers[question.which];
	q->e.plan = plan_ref(e->plan);
	q->which = question.which;
	q->viewer = question.viewer;
	q->rows = json_array();
	q->last = calloc(1, sizeof(*q->last));
	q->params = name_occurrences(e, question);
	if (q->is_within)
		q->e.ledger = e->ledger;
	r = !q->rows || !q->last || !q->params ? -ENOMEM
	    : q->is_within		       ? 0
					       : ledger_snapshot(e->ledger, &q->e.ledger);
	if (r == 0 && q->how->begin)
		r = q->how->begin(q, ret_why);
	if (r == 0 && q->viewer)
		r = inquiry_may_ask(q, ret_why);
	r = unless_spoilt(q, r);
	if (r != 0) {
		inquiry_free(q);
		return r;
	}
	*ret = q;
	return 0;
}

int inquiry_new(struct inquiry **ret, struct engine *e, struct question question,
		struct instant now, struct rejection *ret_why)
{
	struct inquiry *q = calloc(1, sizeof(*q));

	if (!q)
		return -ENOMEM;
	q->now = now;
	return begin(ret, e, q, question, ret_why);
}

int inquiry_new_within(struct inquiry **ret, struct engine *e, struct question question,
		       struct instant now, struct rejection *ret_why)
{
	struct inquiry *q = calloc(1, sizeof(*q));

	if (!q)
		return -ENOMEM;
	q->now = now;
	q->is_within = true;
	return begin(ret, e, q, question, ret_why);
}

struct inquiry *inquiry_free(struct inquiry *q)
{
	if (q) {
		forecast_free(q->forecast);
		walk_free(q->walk);
		verify_free(q->verify);
		paper_free(q->paper);
		today_free(q->today);
		places_free(q->places);
		sifter_free(q->sifter);
		free(q->last);
		free(q->tally);
		why_rows_free(q->why);
		free(q->theirs.list);
		if (!q->is_within)
			ledger_close(q->e.ledger);
		plan_unref(q->e.plan);
		json_decref(q->params);
		json_decref(q->rows);
		json_decref(q->measures);
		free(q->ids.list);
		free(q);
	}
	return NULL;
}

/* The query's own work, and then the sieve's. */
static int work(struct inquiry *q)
{
	int r = q->worked ? 0 : q->how->work(q);

	q->worked = r == 0;
	return r == 0 && q->viewer ? inquiry_sieve(q) : r;
}

int inquiry_work(struct inquiry *q, struct duration budget)
{
	struct mono start = clock_mono();
	int r;

	do
		r = work(q);
	while (r > 0 && clock_mono().us - start.us < budget.us);
	return unless_spoilt(q, r);
}

size_t inquiry_count_all(const struct inquiry *q)
{
	return q->how->count ? q->how->count(q) : json_array_size(q->rows);
}

size_t inquiry_count(const struct inquiry *q)
{
	if (q->replaced)
		return json_array_size(q->rows);
	return q->viewer ? q->theirs.count : inquiry_count_all(q);
}

void inquiry_replace_rows(struct inquiry *q, json_t *rows)
{
	json_decref(q->rows);
	q->rows = rows;
	q->replaced = true;
}

json_t *inquiry_row(const struct inquiry *q, size_t i)
{
	return q->how->row && !q->replaced ? q->how->row(q, i)
					   : json_incref(json_array_get(q->rows, i));
}

/* The i-th that is answered: of a narrower steward, of what is theirs. */
static json_t *row_of(const struct inquiry *q, size_t i)
{
	json_t *row;

	if (!q->viewer || q->replaced)
		return inquiry_row(q, i);
	row = inquiry_row(q, (size_t)q->theirs.list[i]);
	if (row && inquiry_narrow(q, row) < 0) {
		json_decref(row);
		row = NULL;
	}
	return row;
}

/* About as many bytes as it takes as text: what a page is cut by need not be written to be known. */
static size_t about_bytes(json_t *json)
{
	size_t bytes = 2, i;
	const char *key;
	json_t *value;

	switch (json_typeof(json)) {
	case JSON_OBJECT:
		json_object_foreach (json, key, value)
			bytes += strlen(key) + 4 + about_bytes(value);
		return bytes;
	case JSON_ARRAY:
		json_array_foreach (json, i, value)
			bytes += 1 + about_bytes(value);
		return bytes;
	case JSON_STRING:
		return bytes + json_string_length(json);
	default:
		return bytes + 3;
	}
}

json_t *inquiry_rows(const struct inquiry *q, size_t from, size_t *ret_next)
{
	size_t count = inquiry_count(q), i, bytes = 0;
	json_t *rows = json_array();

	for (i = from; rows && i < count && i < from + QUERY_ROWS_MAX && bytes < PAGE_BYTES; i++) {
		json_t *row = row_of(q, i);

		bytes += row ? about_bytes(row) : 0;
		json_array_append_new(rows, row);
	}
	*ret_next = i < count ? i : 0;
	if (unless_spoilt(q, 0) < 0) {
		json_decref(rows);
		rows = NULL;
	}
	return rows;
}

/* A row as jansson writes it: into the room there is, and anew when that was too little. */
static int write_json(json_t *row, struct buffer *out)
{
	size_t need = 1024, room;

	do {
		if (!row || buffer_reserve(out, need) < 0)
			return -ENOMEM;
		room = out->room - out->length;
		need = json_dumpb(row, out->bytes + out->length, room, JSON_COMPACT);
	} while (need > room);
	out->length += need;
	return need > 0 ? 0 : -ENOMEM;
}

static int write_row(const struct inquiry *q, size_t i, struct buffer *out)
{
	json_t *row;
	int r;

	if (q->how->write && !q->viewer && !q->replaced)
		return q->how->write(q, i, out);
	row = row_of(q, i);
	r = write_json(row, out);
	json_decref(row);
	return r;
}

int inquiry_write_rows(const struct inquiry *q, size_t from, size_t limit, struct buffer *out,
		       size_t *ret_next)
{
	const size_t count = inquiry_count(q), begin = out->length;
	const size_t most = limit < QUERY_ROWS_MAX ? limit : QUERY_ROWS_MAX;
	int r = buffer_add_text(out, "[");
	size_t i;

	for (i = from; r == 0 && i < count && i - from < most && out->length - begin < PAGE_BYTES;
	     i++) {
		if (i > from)
			r = buffer_add_text(out, ",");
		if (r == 0)
			r = write_row(q, i, out);
	}
	*ret_next = i < count ? i : 0;
	r = unless_spoilt(q, r);
	return r < 0 ? r : buffer_add_text(out, "]");
}

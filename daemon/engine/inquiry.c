/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the kinds of query share: the snapshot, the plan's reference, the slices and the pages. Large
 * answers (list, forecast) keep only keys and make each row when its page is asked for, so that a
 * query over a hundred thousand obligations costs a megabyte and not a hundred.
 */
#include <errno.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/zone.h"
#include "engine/inquirer.h"
#include "engine/series.h"

#define PAGE_BYTES \
	131072 /* about: rows of one page are cut there, so that making it takes milliseconds */

static const struct inquirer *const inquirers[REQUESTS] = {
	[QUERY_LIST] = &inquirer_list,	     [QUERY_SHOW] = &inquirer_show,
	[QUERY_WHY] = &inquirer_why,	     [QUERY_FORECAST] = &inquirer_forecast,
	[QUERY_REPORT] = &inquirer_report,   [QUERY_OUTBOX] = &inquirer_outbox,
	[COMMAND_VERIFY] = &inquirer_verify,
};

/* A copy of the parameters in which the plain id of a series is the occurrence it means. A list is
 * of all of them. */
static json_t *name_occurrences(struct engine *e, enum request which, json_t *params)
{
	static const char *const names[] = { "item", "deadline" };
	json_t *copy = json_is_object(params) ? json_copy(params) : json_object();
	char id[ITEM_ID];

	for (size_t i = 0; copy && which != QUERY_LIST && i < 2; i++) {
		const char *asked = json_string_value(json_object_get(copy, names[i]));

		if (asked && series_resolve(e, asked, true, id) == 0)
			json_object_set_new(copy, names[i], json_string(id));
	}
	return copy;
}

int inquiry_new(struct inquiry **ret, struct engine *e, enum request which, json_t *params,
		struct instant now, struct rejection *ret_why)
{
	struct inquiry *q = calloc(1, sizeof(*q));
	int r;

	if (!q)
		return -ENOMEM;
	q->how = inquirers[which];
	q->e.plan = plan_ref(e->plan);
	q->now = now;
	q->rows = json_array();
	q->params = name_occurrences(e, which, params);
	r = q->rows && q->params ? ledger_snapshot(e->ledger, &q->e.ledger) : -ENOMEM;
	if (r == 0 && q->how->begin)
		r = q->how->begin(q, ret_why);
	if (r != 0) {
		inquiry_free(q);
		return r;
	}
	*ret = q;
	return 0;
}

struct inquiry *inquiry_free(struct inquiry *q)
{
	if (q) {
		forecast_free(q->forecast);
		walk_free(q->walk);
		verify_free(q->verify);
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

int inquiry_work(struct inquiry *q, struct duration budget)
{
	struct mono start = clock_mono();
	int r;

	do
		r = q->how->work(q);
	while (r > 0 && clock_mono().us - start.us < budget.us);
	return r;
}

json_t *inquiry_rows(const struct inquiry *q, size_t from, size_t *ret_next)
{
	size_t count = q->how->count ? q->how->count(q) : json_array_size(q->rows), i, bytes = 0;
	json_t *rows = json_array();

	for (i = from; rows && i < count && i < from + QUERY_ROWS_MAX && bytes < PAGE_BYTES; i++) {
		json_t *row =
			q->how->row ? q->how->row(q, i) : json_incref(json_array_get(q->rows, i));

		bytes += json_dumpb(row, NULL, 0, JSON_COMPACT);
		json_array_append_new(rows, row);
	}
	*ret_next = i < count ? i : 0;
	return rows;
}

const char *inquiry_text(const struct inquiry *q, const char *name)
{
	return json_string_value(json_object_get(q->params, name));
}

bool inquiry_flag(const struct inquiry *q, const char *name)
{
	return json_is_true(json_object_get(q->params, name));
}

int inquiry_add_id(struct inquiry *q, int64_t id)
{
	struct ids *ids = &q->ids;
	int r = array_grow(&ids->list, ids->count, &ids->room);

	if (r == 0)
		ids->list[ids->count++] = id;
	return r;
}

static int gather(void *userdata, const struct obligation *o)
{
	return inquiry_add_id(userdata, o->id);
}

int inquiry_gather(struct inquiry *q, const char *item)
{
	return plan_measure(q->e.plan, item)
		       ? ledger_obligations_of_measure(q->e.ledger, item, gather, q)
		       : ledger_obligations_of_deadline(q->e.ledger, item, gather, q);
}

int inquiry_check_item(const struct inquiry *q, const char *item, struct rejection *ret_why)
{
	if (plan_measure(q->e.plan, item) || plan_deadline(q->e.plan, item))
		return 0;
	return (int)reject(ret_why, REJECT_UNKNOWN_SUBJECT,
			   "there is no measure or deadline %s in the plan: check the id", item);
}

/* ---- members of rows ---------------------------------------------------------------------------- */

json_t *json_date(struct civil_date d)
{
	char text[CIVIL_TEXT];

	return civil_is_none(d) ? json_null() : json_string(civil_format(d, text));
}

json_t *json_instant(struct instant t)
{
	char text[RFC3339_TEXT];

	return instant_is_none(t) ? json_null() : json_string(zone_format(t, text));
}

json_t *json_optional(struct optional n)
{
	return n.given ? json_integer(n.value) : json_null();
}

json_t *json_outcome(const struct deadline_row *row)
{
	if (row->outcome == OUTCOME_NONE)
		return json_null();
	return json_pack("{ss so ss}", "outcome", event_outcome_name(row->outcome), "at",
			 json_instant(row->outcome_at), "reference", row->outcome_reference);
}

json_t *json_text(const char *text)
{
	return text && text[0] ? json_string(text) : json_null();
}

/* ---- forecast and outbox ------------------------------------------------------------------------- */

static int begin_forecast(struct inquiry *q, struct rejection *ret_why)
{
	const char *month = inquiry_text(q, "month"), *from_text = inquiry_text(q, "from"),
		   *until_text = inquiry_text(q, "until");
	struct civil_date from = zone_date(q->now), until = civil_add(from, 30);
	int year, number;

	if (month && (from_text || until_text))
		return (int)reject(
			ret_why, REJECT_BAD_DATA,
			"`month` already says from when until when: leave out `from` and "
			"`until`");
	if (month && civil_parse_month(month, &year, &number) == 0) {
		from = civil_from_ymd(year, number, 1);
		until = civil_add(from, civil_month_days(year, number) - 1);
	}
	if (from_text && civil_parse(from_text, &from) == 0)
		until = civil_add(from, 30);
	if (until_text)
		civil_parse(until_text, &until);
	if (civil_compare(until, from) < 0)
		return (int)reject(ret_why, REJECT_BAD_DATA,
				   "`until` is before `from`: give the later date as `until`");
	if (!calendar_in_range(from) || !calendar_in_range(until))
		return (int)reject(ret_why, REJECT_BAD_DATA,
				   "a forecast reaches from 2005 to 2100: check the years");
	return forecast_new(&q->forecast, &q->e, q->now, from, until);
}

static int work_forecast(struct inquiry *q)
{
	return forecast_work(q->forecast);
}

static size_t count_forecast(const struct inquiry *q)
{
	return forecast_count(q->forecast);
}

static json_t *forecast_row_of(const struct inquiry *q, size_t i)
{
	return forecast_row(q->forecast, i);
}

const struct inquirer inquirer_forecast = { begin_forecast, work_forecast, count_forecast,
					    forecast_row_of };

#define OUTBOX_SLICE 200

static int work_outbox(struct inquiry *q)
{
	struct message batch[OUTBOX_SLICE];
	int r = 0, count = ledger_messages(q->e.ledger, 0, q->after, batch, OUTBOX_SLICE);

	for (int i = 0; r == 0 && i < count; i++) {
		q->after = batch[i].id;
		r = inquiry_add_id(q, batch[i].id);
	}
	return r < 0 ? r : count;
}

static size_t count_ids(const struct inquiry *q)
{
	return q->ids.count;
}

json_t *inquiry_message(const struct message *m)
{
	return json_pack("{sI ss ss ss ss so si si so so so}", "id", (json_int_t)m->id, "to", m->to,
			 "channel", m->channel, "kind", message_kind_name(m->kind), "state",
			 message_state_name(m->state), "planned", json_instant(m->planned),
			 "attempts", m->attempts, "unknown", m->unknown, "next_attempt",
			 json_instant(m->next_attempt), "finished_at", json_instant(m->finished),
			 "last_answer", json_text(m->last_answer));
}

static json_t *outbox_row(const struct inquiry *q, size_t i)
{
	struct message m;

	return ledger_message(q->e.ledger, q->ids.list[i], &m) < 0 ? json_null()
								   : inquiry_message(&m);
}

const struct inquirer inquirer_outbox = { NULL, work_outbox, count_ids, outbox_row };

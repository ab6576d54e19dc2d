/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is frozen are the bytes of one JSON document, the report's row, compact and with its keys in order; the hash is
 * of these, and every form of the paper is made from them. All of it is in the turn's transaction, so that after a
 * crash a paper is frozen with all that follows, or not at all and then at once.
 */
#include "engine/freeze.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/zone.h"
#include "engine/inquiry.h"
#include "engine/obligation/deadline_state.h"
#include "engine/obligation/freeze_time.h"
#include "engine/obligation/in_force.h"
#include "engine/outbox/post.h"

#define SLICE ((struct duration){ 10 * 1000 })

/* The report's row as it stands: a new reference. */
static int report(struct engine *e, const char *deadline, struct instant now, json_t **ret)
{
	const size_t failures = memory_failures();
	json_t *params = json_pack("{ss}", "deadline", deadline), *rows;
	struct inquiry *q = NULL;
	struct rejection why;
	size_t next;
	int r = inquiry_new_within(&q, e, (struct question){ QUERY_REPORT, params }, now, &why);

	if (r == 0)
		do
			r = inquiry_work(q, SLICE);
		while (r > 0);
	if (r == 0) {
		rows = inquiry_rows(q, 0, &next);
		*ret = json_incref(json_array_get(rows, 0));
		json_decref(rows);
		r = *ret ? 0 : -ENOMEM;
	}
	if (r == 0 && memory_failures() != failures) { /* a part of it may be missing */
		json_decref(*ret);
		r = -ENOMEM;
	}
	inquiry_free(q);
	json_decref(params);
	return r > 0 ? -EIO : r; /* the deadline is in the plan: nothing refuses it */
}

/* The day that the paper has: the last on which it could be answered. At its end the paper is frozen, and the clock
 * says the day after then, which may be a Saturday. */
static struct civil_date dated(const struct frozen_row *frozen)
{
	const struct civil_date at = zone_date(frozen->at);

	if (civil_compare(at, zone_date(frozen->late_at)) != 0 ||
	    instant_compare(frozen->at, frozen->late_at) < 0)
		return at;
	return zone_date((struct instant){ frozen->late_at.us - 1 });
}

static int keep(struct engine *e, json_t *row, struct frozen_row *frozen)
{
	char at[RFC3339_TEXT], day[CIVIL_TEXT];

	if (json_object_set_new(row, "frozen_at", json_string(zone_format(frozen->at, at))) < 0 ||
	    json_object_set_new(row, "dated", json_string(civil_format(dated(frozen), day))) < 0)
		return -ENOMEM;
	frozen->content = json_dumps(row, JSON_COMPACT | JSON_SORT_KEYS);
	if (!frozen->content)
		return -ENOMEM;
	freeze_hash(frozen->content, frozen->sha256);
	return ledger_put_frozen(e->ledger, frozen);
}

static int freeze(struct engine *e, const struct deadline *d, struct deadline_row *row,
		  struct instant now)
{
	struct frozen_row frozen __attribute__((cleanup(frozen_row_done))) = { .at = now };
	struct ledger_sink out __attribute__((cleanup(ledger_sink_close))) = { 0 };
	json_t *json = NULL;
	int r;

	snprintf(frozen.deadline, sizeof(frozen.deadline), "%s", row->id);
	frozen.n = ++row->frozen_n;
	frozen.late_at = deadline_dates(e->plan, d, row).late_at;
	row->frozen_for = frozen.late_at;
	row->freeze_waits = INSTANT_NONE;
	r = report(e, row->id, now, &json);
	if (r >= 0)
		r = keep(e, json, &frozen);
	json_decref(json);
	if (r >= 0)
		r = ledger_sink_open(&out, e, now);
	return r < 0 ? r : freeze_tell(&out.sink, d, frozen.n);
}

static int wait_for_proposal(struct engine *e, const struct deadline *d, struct deadline_row *row,
			     bool is_told, struct instant now)
{
	struct ledger_sink out __attribute__((cleanup(ledger_sink_close))) = { 0 };
	int r;

	row->freeze_waits = deadline_dates(e->plan, d, row).late_at;
	if (is_told)
		return 0;
	r = ledger_sink_open(&out, e, now);
	return r < 0 ? r : freeze_tell_hole(&out.sink, d);
}

/* Of a store that is older than freezing: when is it to be? What is past is nobody's paper any more. */
static bool is_to_be_found_out(const struct engine *e, const struct deadline *d,
			       struct deadline_row *row, struct instant now)
{
	const struct dates dates = deadline_dates(e->plan, d, row);

	if (row->freeze_at.us != 0)
		return false;
	freeze_look(e->plan, d, row, &dates, now);
	if (instant_compare(row->freeze_at, now) <= 0) {
		row->frozen_for = row->freeze_at;
		row->freeze_at = INSTANT_NONE;
	}
	return true;
}

static int freeze_one(struct engine *e, struct deadline_row *row, struct instant now)
{
	const struct deadline *d = plan_deadline(e->plan, deadline_id(row->id));
	enum freeze_fate fate;
	int r;

	if (d && row->state != DEADLINE_REMOVED && is_to_be_found_out(e, d, row, now))
		return ledger_put_deadline(e->ledger, row);
	row->freeze_at = INSTANT_NONE;
	r = freeze_judge(e, d, row, &fate);
	if (r >= 0 && fate == FREEZE_PAPER)
		r = freeze(e, d, row, now);
	else if (r >= 0 && fate != FREEZE_NO_PAPER)
		r = wait_for_proposal(e, d, row, fate == FREEZE_HOLE_TOLD, now);
	return r < 0 ? r : ledger_put_deadline(e->ledger, row);
}

int freeze_due(struct engine *e, struct instant now, size_t max, bool *ret_more)
{
	struct deadline_row *list = calloc(max, sizeof(*list));
	int count = list ? ledger_deadlines_to_freeze(e->ledger, now, list, max) : -ENOMEM, r = 0;

	for (int i = 0; r >= 0 && i < count; i++)
		r = freeze_one(e, &list[i], now);
	free(list);
	*ret_more = count > 0 && (size_t)count == max;
	return count < 0 ? count : r < 0 ? r : 0;
}

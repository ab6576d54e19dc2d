/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/measures.h"

#include <stdio.h>
#include <string.h>

#include "ledger/working_set.h"

#define F(member, roles) FIELD(struct measure_row, member, roles)
static const struct field fields[] = {
	F(id, FIELD_KEY),
	F(owner, FIELD_FROM_LOG),
	F(status, FIELD_FROM_LOG),
	F(time, FIELD_FROM_LOG),
	F(seq, 0),
	F(began, FIELD_FROM_LOG),
	F(progress, FIELD_FROM_LOG),
	F(effect_achieved, FIELD_FROM_LOG),
	F(effect_forecast, FIELD_FROM_LOG),
	F(alerts, FIELD_FROM_LOG),
	F(needs_support, 0),
	F(note, 0),
	F(closed_as, FIELD_FROM_LOG),
	F(closed_at, FIELD_FROM_LOG),
	F(closed_seq, 0),
	F(closed_reference, FIELD_FROM_LOG),
	F(closed_link, FIELD_FROM_LOG),
	F(added_at, 0),
	F(done_forecast, FIELD_FROM_LOG),
	F(link, FIELD_FROM_LOG),
	F(done_by, FIELD_FROM_LOG),
	F(done_by_original, FIELD_FROM_LOG),
	F(done_by_meeting, FIELD_FROM_LOG),
	F(done_by_bound, FIELD_FROM_LOG),
	F(done_by_extended, FIELD_FROM_LOG),
	F(light, 0),
	F(light_at, 0),
};
const struct row_type measure_type = ROW_TYPE("measure", struct measure_row, fields);

struct measure_row measure_row_new(struct measure_id id)
{
	struct measure_row m = {
		.status = STATUS_NONE,
		.began = STATUS_NONE,
		.time = INSTANT_NONE,
		.closed_as = CLOSURE_NONE,
		.closed_at = INSTANT_NONE,
		.added_at = INSTANT_NONE,
		.done_forecast = CIVIL_NONE,
		.done_by = CIVIL_NONE,
		.done_by_original = CIVIL_NONE,
		.done_by_bound = CIVIL_NONE,
		.light_at = INSTANT_NONE,
	};

	snprintf(m.id, sizeof(m.id), "%s", id.text);
	return m;
}

int ledger_put_measure(struct ledger *l, const struct measure_row *m)
{
	return set_put(l, SET_MEASURES, m);
}

int ledger_prefetch_measure(struct ledger *l, struct measure_id id)
{
	return set_prefetch(l, SET_MEASURES, id.text);
}

int ledger_measure(struct ledger *l, struct measure_id id, struct measure_row *ret)
{
	return row_must(l, set_get(l, SET_MEASURES, id.text, ret));
}

int ledger_measure_owner(struct ledger *l, struct measure_id id, char ret[static ID_MAX + 1])
{
	struct set_row *row;
	int r = row_must(l, set_load(l, SET_MEASURES, id.text, &row));

	if (r == 0)
		memcpy(ret, ((const struct measure_row *)(const void *)row->row)->owner,
		       ID_MAX + 1);
	return r;
}

int ledger_find_measure(struct ledger *l, struct measure_id id, struct measure_row *ret,
			bool *ret_found)
{
	return row_found(set_get(l, SET_MEASURES, id.text, ret), ret_found);
}

int ledger_measures_timed(struct ledger *l, struct instant until, struct measure_place *place,
			  struct measure_row *out, size_t max)
{
	struct query q;
	int count, r = set_flush(l, SET_MEASURES);

	if (r < 0)
		return r;
	row_select(&q, l, &measure_type,
		   "FROM measure WHERE light_at IS NOT NULL AND light_at <= $1"
		   " AND (light_at, id) > ($2, $3) ORDER BY light_at, id LIMIT $4");
	query_bind_int(&q, until.us);
	query_bind_int(&q, place->at.us);
	query_bind_text(&q, place->id);
	query_bind_int(&q, (int64_t)max);
	count = row_end_list(&q, &measure_type, out);
	if (count > 0) {
		place->at = out[count - 1].light_at;
		memcpy(place->id, out[count - 1].id, sizeof(place->id));
	}
	return count;
}

int ledger_measures_of_meetings(struct ledger *l, struct body_id body,
				int (*one)(void *userdata, struct measure_id id), void *userdata)
{
	struct query q;
	int called = 0, r = set_flush(l, SET_MEASURES);

	if (r < 0)
		return r;
	/* An id has no blank, and "!" follows it. */
	query_begin(&q, l->db,
		    "SELECT id FROM measure WHERE done_by_meeting <> ''"
		    " AND done_by_meeting > $1 || ' ' AND done_by_meeting < $1 || '!' ORDER BY id");
	query_bind_text(&q, body.text);
	while (called == 0 && query_step(&q) > 0)
		called = one(userdata, measure_id(query_text(&q)));
	return row_end(&q, called);
}

void measure_row_done(struct measure_row *m)
{
	row_done(&measure_type, m);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/series_rows.h"

#include "ledger/row.h"

#define F(member, roles) FIELD(struct series_row, member, roles)
static const struct field fields[] = {
	F(id, FIELD_KEY),
	F(first_load, 0),
	F(next_at, 0),
};
const struct row_type series_type = ROW_TYPE("series", struct series_row, fields);

int ledger_put_series(struct ledger *l, const struct series_row *s)
{
	return row_put(l, &series_type, s);
}

static int look_up(struct ledger *l, struct deadline_id id, struct series_row *ret)
{
	struct query q;

	row_select(&q, l, &series_type, NULL);
	query_bind_text(&q, id.text);
	return row_end_one(&q, &series_type, ret);
}

int ledger_series(struct ledger *l, struct deadline_id id, struct series_row *ret)
{
	return row_must(l, look_up(l, id, ret));
}

int ledger_find_series(struct ledger *l, struct deadline_id id, struct series_row *ret,
		       bool *ret_found)
{
	return row_found(look_up(l, id, ret), ret_found);
}

int ledger_each_series(struct ledger *l, int (*row)(void *userdata, const struct series_row *s),
		       void *userdata)
{
	struct series_row s;
	struct query q;
	int called = 0;

	row_select(&q, l, &series_type, "FROM series ORDER BY id");
	while (called == 0 && row_next(&q, &series_type, &s) > 0)
		called = row(userdata, &s);
	return row_end(&q, called);
}

int ledger_series_due(struct ledger *l, struct instant now, struct series_row *out, size_t max)
{
	struct query q;

	row_select(&q, l, &series_type,
		   "FROM series WHERE next_at IS NOT NULL AND next_at <= $1"
		   " ORDER BY next_at, id LIMIT $2");
	query_bind_int(&q, now.us);
	query_bind_int(&q, (int64_t)max);
	return row_end_list(&q, &series_type, out);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/request_rows.h"

#include "ledger/working_set.h"

#define F(member, roles) FIELD(struct request_row, member, roles)
static const struct field fields[] = {
	F(seq, FIELD_KEY),
	F(event, FIELD_FIXED),
	F(source, FIELD_FIXED),
	F(deadline, FIELD_FIXED | FIELD_FROM_LOG),
	F(measure, FIELD_FIXED | FIELD_FROM_LOG),
	F(due, FIELD_FIXED | FIELD_FROM_LOG),
	F(reason, FIELD_FIXED | FIELD_FROM_LOG),
	F(progress, FIELD_FIXED | FIELD_FROM_LOG),
	F(at, FIELD_FIXED | FIELD_FROM_LOG),
	F(state, FIELD_FROM_LOG),
	F(decided_at, FIELD_FROM_LOG),
	F(decided_seq, 0),
	F(reference, FIELD_FROM_LOG),
	F(answer, FIELD_FROM_LOG),
};
const struct row_type request_type = ROW_TYPE("request", struct request_row, fields);

int ledger_put_request(struct ledger *l, const struct request_row *r)
{
	db_drop_prefetched(l->db);
	return row_put(l, &request_type, r);
}

int ledger_find_request(struct ledger *l, const char *source, const char *event,
			struct request_row *ret, bool *ret_found)
{
	struct query q;

	row_select(&q, l, &request_type, "FROM request WHERE event = $1 AND source = $2");
	query_bind_text(&q, event);
	query_bind_text(&q, source);
	return row_found(row_end_one(&q, &request_type, ret), ret_found);
}

static int end_walk(struct query *q, int (*row)(void *userdata, const struct request_row *r),
		    void *userdata)
{
	struct request_row r;
	int called = 0;

	while (called == 0 && row_next(q, &request_type, &r) > 0)
		called = row(userdata, &r);
	return row_end(q, called);
}

int ledger_requests_called(struct ledger *l, const char *event,
			   int (*row)(void *userdata, const struct request_row *r), void *userdata)
{
	struct query q;

	row_select(&q, l, &request_type, "FROM request WHERE event = $1 ORDER BY seq DESC");
	query_bind_text(&q, event);
	return end_walk(&q, row, userdata);
}

static void select_open(struct query *q, struct ledger *l, struct deadline_id deadline,
			struct measure_id measure)
{
	row_select(q, l, &request_type,
		   "FROM request WHERE state = 0 AND deadline = $1 AND measure = $2");
	query_bind_text(q, deadline.text);
	query_bind_text(q, measure.text);
}

int ledger_prefetch_open_request(struct ledger *l, struct deadline_id deadline,
				 struct measure_id measure)
{
	struct query q;

	select_open(&q, l, deadline, measure);
	return query_prefetch(&q);
}

int ledger_find_open_request(struct ledger *l, struct deadline_id deadline,
			     struct measure_id measure, struct request_row *ret, bool *ret_found)
{
	struct query q;

	select_open(&q, l, deadline, measure);
	return row_found(row_end_one(&q, &request_type, ret), ret_found);
}

int ledger_open_requests(struct ledger *l, struct deadline_id deadline,
			 int (*row)(void *userdata, const struct request_row *r), void *userdata)
{
	struct query q;

	row_select(&q, l, &request_type,
		   "FROM request WHERE state = 0 AND deadline = $1 ORDER BY seq");
	query_bind_text(&q, deadline.text);
	return end_walk(&q, row, userdata);
}

int ledger_requests(struct ledger *l, int64_t after, struct request_row *out, size_t max)
{
	struct query q;

	row_select(&q, l, &request_type, "FROM request WHERE seq > $1 ORDER BY seq LIMIT $2");
	query_bind_int(&q, after);
	query_bind_int(&q, (int64_t)max);
	return row_end_list(&q, &request_type, out);
}

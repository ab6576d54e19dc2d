/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/own_meetings.h"

#include <stdio.h>

#include "ledger/row.h"
#include "ledger/working_set.h"

#define F(member, roles) FIELD(struct own_meeting, member, roles)
static const struct field fields[] = {
	F(deadline, FIELD_KEY),	 F(measure, FIELD_KEY),	   F(due, FIELD_FROM_LOG),
	F(body, FIELD_FROM_LOG), F(bound, FIELD_FROM_LOG), F(unbound_at, 0),
};
const struct row_type own_meeting_type = ROW_TYPE("own_meeting", struct own_meeting, fields);

#define IN_ORDER " ORDER BY deadline, measure"

int ledger_put_own_meeting(struct ledger *l, const struct own_meeting *m)
{
	return row_put(l, &own_meeting_type, m);
}

int ledger_drop_own_meeting(struct ledger *l, struct deadline_id deadline,
			    struct measure_id measure)
{
	struct own_meeting key = { .due = "" };
	struct query q;

	snprintf(key.deadline, sizeof(key.deadline), "%s", deadline.text);
	snprintf(key.measure, sizeof(key.measure), "%s", measure.text);
	int r = journal_note(l, &own_meeting_type, &key);
	if (r < 0)
		return r;
	query_begin(&q, l->db, "DELETE FROM own_meeting WHERE deadline = $1 AND measure = $2");
	query_bind_text(&q, deadline.text);
	query_bind_text(&q, measure.text);
	return query_run(&q);
}

int ledger_find_own_meeting(struct ledger *l, struct deadline_id deadline,
			    struct measure_id measure, struct own_meeting *ret, bool *ret_found)
{
	struct query q;

	row_select(&q, l, &own_meeting_type, NULL);
	query_bind_text(&q, deadline.text);
	query_bind_text(&q, measure.text);
	return row_found(row_end_one(&q, &own_meeting_type, ret), ret_found);
}

static int end_walk(struct query *q, int (*row)(void *userdata, const struct own_meeting *m),
		    void *userdata)
{
	struct own_meeting m;
	int called = 0;

	while (called == 0 && row_next(q, &own_meeting_type, &m) > 0)
		called = row(userdata, &m);
	return row_end(q, called);
}

int ledger_own_meetings(struct ledger *l, struct deadline_id deadline,
			int (*row)(void *userdata, const struct own_meeting *m), void *userdata)
{
	struct query q;

	row_select(&q, l, &own_meeting_type, "FROM own_meeting WHERE deadline = $1" IN_ORDER);
	query_bind_text(&q, deadline.text);
	return end_walk(&q, row, userdata);
}

int ledger_own_meetings_of_body(struct ledger *l, struct body_id body,
				int (*row)(void *userdata, const struct own_meeting *m),
				void *userdata)
{
	struct query q;

	row_select(&q, l, &own_meeting_type, "FROM own_meeting WHERE body = $1" IN_ORDER);
	query_bind_text(&q, body.text);
	return end_walk(&q, row, userdata);
}

int ledger_own_meetings_all(struct ledger *l,
			    int (*row)(void *userdata, const struct own_meeting *m), void *userdata)
{
	struct query q;

	row_select(&q, l, &own_meeting_type, "FROM own_meeting" IN_ORDER);
	return end_walk(&q, row, userdata);
}

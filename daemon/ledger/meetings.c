/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/meetings.h"

#include "ledger/row.h"

#define F(member, roles) FIELD(struct meeting_row, member, roles)
static const struct field fields[] = {
	F(body, FIELD_KEY),
	FIELD_AS(struct meeting_row, from, "first_day", FIELD_KEY),
	FIELD_AS(struct meeting_row, until, "last_day", FIELD_FROM_LOG),
	F(place, FIELD_FROM_LOG),
	F(state, FIELD_FROM_LOG),
	F(replaced_by, FIELD_FROM_LOG),
};
const struct row_type meeting_type = ROW_TYPE("meeting", struct meeting_row, fields);

int ledger_put_meeting(struct ledger *l, const struct meeting_row *m)
{
	return row_put(l, &meeting_type, m);
}

static int look_up(struct ledger *l, struct body_id body, struct civil_date from,
		   struct meeting_row *ret)
{
	struct query q;

	row_select(&q, l, &meeting_type, NULL);
	query_bind_text(&q, body.text);
	row_bind_date(&q, from);
	return row_end_one(&q, &meeting_type, ret);
}

int ledger_meeting(struct ledger *l, struct body_id body, struct civil_date from,
		   struct meeting_row *ret)
{
	return row_must(l, look_up(l, body, from, ret));
}

int ledger_find_meeting(struct ledger *l, struct body_id body, struct civil_date from,
			struct meeting_row *ret, bool *ret_found)
{
	return row_found(look_up(l, body, from, ret), ret_found);
}

int ledger_meetings(struct ledger *l, struct body_id body,
		    int (*row)(void *userdata, const struct meeting_row *m), void *userdata)
{
	struct meeting_row m;
	struct query q;
	int called = 0;

	row_select(&q, l, &meeting_type, "FROM meeting WHERE body = $1 ORDER BY first_day");
	query_bind_text(&q, body.text);
	while (called == 0 && row_next(&q, &meeting_type, &m) > 0)
		called = row(userdata, &m);
	return row_end(&q, called);
}

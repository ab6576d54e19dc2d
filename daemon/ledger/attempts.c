/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/attempts.h"

#include "ledger/row.h"
#include "ledger/working_set.h"

#define F(member, roles) FIELD(struct attempt_row, member, roles)
static const struct field fields[] = {
	F(message, FIELD_KEY), F(n, FIELD_KEY), F(begun, 0),   F(ended, 0),
	F(state, 0),	       F(answer, 0),	F(headers, 0), F(text, 0),
};
static const struct row_type attempt_type = ROW_TYPE("attempt", struct attempt_row, fields);

int ledger_put_attempt(struct ledger *l, const struct attempt_row *a)
{
	return row_write(l, SQL_UPSERT, &attempt_type, a, ROW_ALL);
}

int ledger_set_attempt_state(struct ledger *l, struct message_id message, int n,
			     enum message_state state)
{
	struct query q;

	query_begin(&q, l->db, "UPDATE attempt SET state = $1 WHERE message = $2 AND n = $3");
	query_bind_int(&q, state);
	query_bind_int(&q, message.n);
	query_bind_int(&q, n);
	return query_run(&q);
}

int ledger_attempts(struct ledger *l, struct message_id message,
		    int (*row)(void *userdata, const struct attempt_row *a), void *userdata)
{
	struct query q;
	int called = 0;

	row_select(&q, l, &attempt_type, "FROM attempt WHERE message = $1 ORDER BY n");
	query_bind_int(&q, message.n);
	while (called == 0) {
		struct attempt_row a = { .text = NULL };

		if (row_next(&q, &attempt_type, &a) <= 0)
			break;
		called = row(userdata, &a);
		attempt_row_done(&a);
	}
	return row_end(&q, called);
}

void attempt_row_done(struct attempt_row *a)
{
	row_done(&attempt_type, a);
}

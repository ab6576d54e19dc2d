/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/attempts.h"

#include "ledger/row.h"
#include "ledger/working_set.h"

#define F(member, roles) FIELD(struct attempt_row, member, roles)
static const struct field fields[] = {
	F(message, FIELD_KEY), F(n, FIELD_KEY), F(begun, 0),   F(ended, 0),
	F(state, 0),	       F(answer, 0),	F(headers, 0), F(text, 0),
};
#define ATTEMPT_STATE 4

/* What a message came to stands in the message. */
static void disarm(void *row)
{
	struct attempt_row *a = row;

	row_done(&attempt_type, a);
	snprintf(a->answer, sizeof(a->answer), "%s", DISARMED);
	a->state = MESSAGE_FAILED;
}

const struct row_type attempt_type =
	ROW_TYPE("attempt", struct attempt_row, fields, .disarm = disarm);

int ledger_put_attempt(struct ledger *l, const struct attempt_row *a)
{
	return row_write(l, SQL_UPSERT, &attempt_type, a, ROW_ALL);
}

int ledger_set_attempt_state(struct ledger *l, struct message_id message, int n,
			     enum message_state state)
{
	struct attempt_row a = { .text = NULL };
	struct query q;

	row_select(&q, l, &attempt_type, NULL);
	query_bind_int(&q, message.n);
	query_bind_int(&q, n);
	int r = row_end_one(&q, &attempt_type, &a);
	if (r != 0)
		return r == ROW_NONE ? 0 : r;
	a.state = state;
	r = row_write(l, SQL_UPDATE, &attempt_type, &a, UINT64_C(1) << ATTEMPT_STATE);
	attempt_row_done(&a);
	return r;
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

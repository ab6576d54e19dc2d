/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/sessions.h"

#include "ledger/row.h"
#include "ledger/working_set.h"

#define F(member, roles) FIELD(struct session_row, member, roles)
static const struct field fields[] = {
	F(hash, FIELD_KEY),    F(person, FIELD_FIXED), F(mail, FIELD_FIXED),
	F(kind, FIELD_FIXED),  F(begun, FIELD_FIXED),  F(used, 0),
	F(until, FIELD_FIXED),
};

/* It is over. */
static void disarm(void *row)
{
	struct session_row *s = row;

	s->until = s->begun = s->used = (struct instant){ 0 };
}

const struct row_type session_type =
	ROW_TYPE("session", struct session_row, fields, .disarm = disarm);

int ledger_put_session(struct ledger *l, const struct session_row *s)
{
	return row_write(l, SQL_UPSERT, &session_type, s, ROW_ALL);
}

int ledger_find_session(struct ledger *l, const char *hash, struct session_row *ret,
			bool *ret_found)
{
	struct query q;

	row_select(&q, l, &session_type, NULL);
	query_bind_text(&q, hash);
	return row_found(row_end_one(&q, &session_type, ret), ret_found);
}

int ledger_sessions(struct ledger *l, int (*row)(void *userdata, const struct session_row *s),
		    void *userdata)
{
	struct session_row s;
	struct query q;
	int called = 0;

	row_select(&q, l, &session_type, "FROM session ORDER BY person, begun, hash");
	while (called == 0 && row_next(&q, &session_type, &s) > 0)
		called = row(userdata, &s);
	return row_end(&q, called);
}

int ledger_count_sessions(struct ledger *l, struct person_id person, struct instant now,
			  unsigned *ret_count, struct session_row *ret_oldest)
{
	struct session_row s;
	unsigned count = 0;
	struct query q;
	int r;

	row_select(&q, l, &session_type,
		   "FROM session WHERE person = $1 AND until > $2 ORDER BY begun DESC, hash");
	query_bind_text(&q, person.text);
	query_bind_int(&q, now.us);
	while (row_next(&q, &session_type, &s) > 0) {
		*ret_oldest = s;
		count++;
	}
	r = row_end(&q, 0);
	if (r == 0)
		*ret_count = count;
	return r;
}

int ledger_end_session(struct ledger *l, const char *hash)
{
	struct query q;

	query_begin(&q, l->db, "DELETE FROM session WHERE hash = $1");
	query_bind_text(&q, hash);
	return query_run(&q);
}

int ledger_end_sessions_of(struct ledger *l, struct person_id person)
{
	struct query q;

	query_begin(&q, l->db, "DELETE FROM session WHERE person = $1");
	query_bind_text(&q, person.text);
	return query_run(&q);
}

int ledger_end_sessions_over(struct ledger *l, struct instant now)
{
	struct query q;

	query_begin(&q, l->db, "DELETE FROM session WHERE until <= $1");
	query_bind_int(&q, now.us);
	return query_run(&q);
}

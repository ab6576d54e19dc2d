/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/logins.h"

#include "ledger/row.h"
#include "ledger/working_set.h"

#define F(member, roles) FIELD(struct login_row, member, roles)
static const struct field fields[] = {
	F(id, FIELD_KEY),
	F(person, FIELD_FIXED),
	F(mail, FIELD_FIXED),
	F(asked, FIELD_FIXED),
	F(until, FIELD_FIXED),
	F(used, 0),
	F(form, 0),
	F(back, FIELD_FIXED),
};

/* It has been used. */
static void disarm(void *row)
{
	struct login_row *login = row;

	login->until = login->asked = (struct instant){ 0 };
}

const struct row_type login_type = ROW_TYPE("login", struct login_row, fields, .disarm = disarm);

int ledger_put_login(struct ledger *l, const struct login_row *login)
{
	return row_write(l, SQL_UPSERT, &login_type, login, ROW_ALL);
}

int ledger_find_login(struct ledger *l, const char *id, struct login_row *ret, bool *ret_found)
{
	struct query q;

	row_select(&q, l, &login_type, NULL);
	query_bind_text(&q, id);
	return row_found(row_end_one(&q, &login_type, ret), ret_found);
}

int ledger_count_logins(struct ledger *l, struct person_id person, struct instant since,
			unsigned *ret_count)
{
	struct query q;
	int64_t count = 0;
	int r;

	query_begin(&q, l->db, "SELECT count(*) FROM login WHERE person = $1 AND asked > $2");
	query_bind_text(&q, person.text);
	query_bind_int(&q, since.us);
	r = row_end_number(&q, &count);
	if (r == 0)
		*ret_count = (unsigned)count;
	return r;
}

int ledger_forget_logins_of(struct ledger *l, struct person_id person)
{
	struct query q;

	query_begin(&q, l->db, "DELETE FROM login WHERE person = $1");
	query_bind_text(&q, person.text);
	return query_run(&q);
}

int ledger_forget_logins(struct ledger *l, struct instant since)
{
	struct query q;

	query_begin(&q, l->db, "DELETE FROM login WHERE asked <= $1");
	query_bind_int(&q, since.us);
	return query_run(&q);
}

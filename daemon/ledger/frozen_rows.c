/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/frozen_rows.h"

#include "ledger/row.h"

#define F(member, roles) FIELD(struct frozen_row, member, roles)
static const struct field fields[] = {
	F(deadline, FIELD_KEY),	 F(n, FIELD_KEY),	 F(at, FIELD_FIXED),
	F(late_at, FIELD_FIXED), F(sha256, FIELD_FIXED), F(content, FIELD_FIXED),
};
const struct row_type frozen_type = ROW_TYPE("frozen", struct frozen_row, fields);

int ledger_put_frozen(struct ledger *l, const struct frozen_row *f)
{
	return row_write(l, SQL_INSERT, &frozen_type, f, ROW_ALL);
}

int ledger_find_frozen(struct ledger *l, struct deadline_id deadline, struct frozen_row *ret,
		       bool *ret_found)
{
	struct query q;

	row_select(&q, l, &frozen_type, "FROM frozen WHERE deadline = $1 ORDER BY n DESC LIMIT 1");
	query_bind_text(&q, deadline.text);
	return row_found(row_end_one(&q, &frozen_type, ret), ret_found);
}

int ledger_find_frozen_number(struct ledger *l, struct deadline_id deadline, int n,
			      struct frozen_row *ret, bool *ret_found)
{
	struct query q;

	row_select(&q, l, &frozen_type, NULL);
	query_bind_text(&q, deadline.text);
	query_bind_int(&q, n);
	return row_found(row_end_one(&q, &frozen_type, ret), ret_found);
}

void frozen_row_done(struct frozen_row *f)
{
	row_done(&frozen_type, f);
}

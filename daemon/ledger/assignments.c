/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/assignments.h"

#include <stdio.h>

#include "ledger/row.h"

#define F(member, roles) FIELD(struct assignment_row, member, roles)
static const struct field fields[] = {
	F(id, FIELD_KEY),
	F(bound, FIELD_FROM_LOG),
	F(answer_by, FIELD_FROM_LOG),
	F(provisional, FIELD_FROM_LOG),
	F(answer_by_original, FIELD_FROM_LOG),
	F(closed_as, FIELD_FROM_LOG),
	F(closed_at, FIELD_FROM_LOG),
	F(closed_seq, 0),
	F(closed_reference, FIELD_FROM_LOG),
	F(closed_link, FIELD_FROM_LOG),
};
const struct row_type assignment_type = ROW_TYPE("assignment", struct assignment_row, fields);

struct assignment_row assignment_row_new(struct assignment_id id)
{
	struct assignment_row row = {
		.bound = CIVIL_NONE,
		.answer_by = CIVIL_NONE,
		.answer_by_original = CIVIL_NONE,
		.closed_as = CLOSURE_NONE,
		.closed_at = INSTANT_NONE,
	};

	snprintf(row.id, sizeof(row.id), "%s", id.text);
	return row;
}

int ledger_put_assignment(struct ledger *l, const struct assignment_row *a)
{
	return row_put(l, &assignment_type, a);
}

int ledger_find_assignment(struct ledger *l, struct assignment_id id, struct assignment_row *ret,
			   bool *ret_found)
{
	struct query q;

	row_select(&q, l, &assignment_type, NULL);
	query_bind_text(&q, id.text);
	return row_found(row_end_one(&q, &assignment_type, ret), ret_found);
}

void assignment_row_done(struct assignment_row *a)
{
	row_done(&assignment_type, a);
}

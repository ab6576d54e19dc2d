/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/proposals.h"

#include "ledger/row.h"

#define F(member, roles) FIELD(struct proposal_row, member, roles)
static const struct field fields[] = {
	F(item, FIELD_KEY),
	F(text, FIELD_FROM_LOG),
	F(at, FIELD_FROM_LOG),
	F(seq, 0),
};
const struct row_type proposal_type = ROW_TYPE("proposal", struct proposal_row, fields);

int ledger_put_proposal(struct ledger *l, const struct proposal_row *p)
{
	return row_put(l, &proposal_type, p);
}

int ledger_find_proposal(struct ledger *l, const char *item, struct proposal_row *ret,
			 bool *ret_found)
{
	struct query q;

	row_select(&q, l, &proposal_type, NULL);
	query_bind_text(&q, item);
	return row_found(row_end_one(&q, &proposal_type, ret), ret_found);
}

int ledger_proposals(struct ledger *l, int (*row)(void *userdata, const struct proposal_row *p),
		     void *userdata)
{
	struct query q;
	int called = 0;

	row_select(&q, l, &proposal_type, "FROM proposal ORDER BY item");
	while (called == 0) {
		struct proposal_row p = { .text = NULL };

		if (row_next(&q, &proposal_type, &p) <= 0)
			break;
		called = row(userdata, &p);
		proposal_row_done(&p);
	}
	return row_end(&q, called);
}

void proposal_row_done(struct proposal_row *p)
{
	row_done(&proposal_type, p);
}

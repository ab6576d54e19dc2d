/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/links.h"

#include <stdio.h>

#include "ledger/row.h"

#define F(member, roles) FIELD(struct link_row, member, roles)
static const struct field fields[] = {
	F(deadline, FIELD_KEY),
	F(body, FIELD_KEY),
	F(month, FIELD_FROM_LOG),
	F(bound, FIELD_FROM_LOG),
	F(not_before, FIELD_FROM_LOG),
	F(due, FIELD_FROM_LOG),
	F(papers, FIELD_FROM_LOG),
	F(provisional, FIELD_FROM_LOG),
	F(outcome, FIELD_FROM_LOG),
	F(outcome_at, FIELD_FROM_LOG),
	F(outcome_seq, 0),
	F(reference, FIELD_FROM_LOG),
	F(evidence, FIELD_FROM_LOG),
	F(told, 0),
};
const struct row_type link_type = ROW_TYPE("link", struct link_row, fields);

struct link_row link_row_new(struct deadline_id deadline, struct body_id body)
{
	struct link_row link = {
		.bound = CIVIL_NONE,
		.not_before = CIVIL_NONE,
		.due = CIVIL_NONE,
		.papers = CIVIL_NONE,
		.outcome = OUTCOME_NONE,
		.outcome_at = INSTANT_NONE,
		.told = CIVIL_NONE,
	};

	snprintf(link.deadline, sizeof(link.deadline), "%s", deadline.text);
	snprintf(link.body, sizeof(link.body), "%s", body.text);
	return link;
}

int ledger_put_link(struct ledger *l, const struct link_row *link)
{
	return row_put(l, &link_type, link);
}

int ledger_find_link(struct ledger *l, struct deadline_id deadline, struct body_id body,
		     struct link_row *ret, bool *ret_found)
{
	struct query q;

	row_select(&q, l, &link_type, NULL);
	query_bind_text(&q, deadline.text);
	query_bind_text(&q, body.text);
	return row_found(row_end_one(&q, &link_type, ret), ret_found);
}

int ledger_links(struct ledger *l, int (*row)(void *userdata, const struct link_row *link),
		 void *userdata)
{
	struct link_row link;
	struct query q;
	int called = 0;

	row_select(&q, l, &link_type, "FROM link ORDER BY deadline, body");
	while (called == 0 && row_next(&q, &link_type, &link) > 0)
		called = row(userdata, &link);
	return row_end(&q, called);
}

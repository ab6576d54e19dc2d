/* SPDX-License-Identifier: Apache-2.0 */
/* The links of chains, in the store and in its log. */
#include "engine/inquiry/verify_links.h"

#include <stdio.h>

#include "engine/inquiry/difference.h"

struct comparing {
	struct inquiry *q;
	struct ledger *other;
	bool in_store; /* are the rows those of the store? */
};

static int compare_link(void *userdata, const struct link_row *link)
{
	const struct comparing *c = userdata;
	char name[ITEM_ID + ID_MAX + 2];
	struct link_row other;
	bool found;
	int r = ledger_find_link(c->other, deadline_id(link->deadline), body_id(link->body), &other,
				 &found);

	snprintf(name, sizeof(name), "%s %s", link->deadline, link->body);
	if (r == 0 && !found)
		return difference_one_sided(c->q, "link", name, c->in_store);
	return r < 0 || !c->in_store ? r
				     : difference_compare(c->q, COMPARED_LINK, name, link, &other);
}

int verify_links(struct inquiry *q, struct ledger *log)
{
	struct comparing stored = { q, log, true }, logged = { q, q->e.ledger, false };
	int r = ledger_links(q->e.ledger, compare_link, &stored);

	return r < 0 ? r : ledger_links(log, compare_link, &logged);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/inquiry/verify_proposals.h"

#include "engine/inquiry/difference.h"

/* One side gone through, each row looked for on the other. */
struct comparing {
	struct inquiry *q;
	struct ledger *other;
	bool in_store;
};

static int compare(void *userdata, const struct proposal_row *p)
{
	const struct comparing *c = userdata;
	struct proposal_row twin __attribute__((cleanup(proposal_row_done))) = { .text = NULL };
	bool found;
	int r = ledger_find_proposal(c->other, p->item, &twin, &found);

	if (r == 0 && !found)
		return difference_one_sided(c->q, "proposal", p->item, c->in_store);
	return r < 0 || !c->in_store
		       ? r
		       : difference_compare(c->q, COMPARED_PROPOSAL, p->item, p, &twin);
}

int verify_proposals(struct inquiry *q, struct ledger *log)
{
	struct comparing of_store = { q, log, true }, of_log = { q, q->e.ledger, false };
	int r = ledger_proposals(q->e.ledger, compare, &of_store);

	return r < 0 ? r : ledger_proposals(log, compare, &of_log);
}

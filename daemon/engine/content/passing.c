/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/content/passing.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/obligation/chain.h"
#include "engine/obligation/in_force.h"

static struct content_link link_of(const struct chain_link *link)
{
	struct content_link ret = { .id = link->via->body->id,
				    .body = link->via->body->name,
				    .due = link->row.due,
				    .papers = link->row.papers,
				    .provisional = civil_is_none(link->row.bound),
				    .outcome = link->row.outcome };

	snprintf(ret.reference, sizeof(ret.reference), "%s", link->row.reference);
	return ret;
}

/* Is what was decided last a link's, which returned it, and so none of the last body's? */
static bool is_of_link(const struct chain *chain, const struct deadline_row *row)
{
	for (size_t i = 0; i < chain->count; i++)
		if (row->outcome_seq && chain->links[i].row.outcome_seq == row->outcome_seq)
			return true;
	return false;
}

int content_passing(struct engine *e, const struct deadline *d, const struct deadline_row *row,
		    struct content_item *item, struct content_link **ret_links)
{
	struct deadline last = deadline_in_force(e->plan, d, row);
	struct content_link *links;
	struct chain chain;
	int r;

	if (!d->via_count || d->every.kind || last.due.kind != DUE_MEETING)
		return 0;
	links = *ret_links = calloc(d->via_count + 1, sizeof(*links));
	if (!links)
		return -ENOMEM;
	r = chain_load(e->ledger, d, &chain);
	if (r < 0)
		return r;
	for (size_t i = 0; i < chain.count; i++)
		links[i] = link_of(&chain.links[i]);
	last.chain.given = false;
	links[chain.count] = (struct content_link){
		.id = last.due.body->id,
		.body = last.due.body->name,
		.due = row->due,
		.papers = due_dates(e->plan, &last, row->bound).papers,
		.provisional = civil_is_none(row->bound),
		.outcome = is_of_link(&chain, row) ? OUTCOME_NONE : row->outcome,
	};
	if (links[chain.count].outcome != OUTCOME_NONE)
		snprintf(links[chain.count].reference, sizeof(links[0].reference), "%s",
			 row->outcome_reference);
	item->goes_on = chain.first < chain.count && !chain_is_over(d, row);
	item->passing = links;
	item->passing_count = chain.count + 1;
	return 0;
}

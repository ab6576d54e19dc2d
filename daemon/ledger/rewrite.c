/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger/rewrite.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/ledger.h"
#include "ledger/working_set.h"

#define PAGE 100

const struct rewritten rewritten[REWRITTEN_KINDS] = {
	{ &measure_type, { "needs_support", "note", "link", "closed_reference", "closed_link" } },
	{ &deadline_type, { "reference", "outcome_reference" } },
	{ &link_type, { "reference", "evidence" } },
	{ &assignment_type, { "closed_reference", "closed_link" } },
	{ &meeting_type, { "place" } },
	{ &request_type, { "reason", "reference", "answer" } },
	{ &proposal_type, { "text" } },
	{ &message_type, { "last_answer" } },
	{ &item_type, { "detail" }, .is_json = true },
	{ &attempt_type, { "answer", "headers", "text" } },
	{ &incoming_type, { "answer", "subject", "text" } },
	{ &frozen_type, { "content" }, .is_json = true },
};

static void page_done(const struct row_type *type, unsigned char *page, int count)
{
	for (int i = 0; i < count; i++)
		row_done(type, page + (size_t)i * type->size);
}

int ledger_rewrite(struct ledger *l, const struct rewritten *kind,
		   int (*one)(void *userdata, const struct rewritten *kind, void *row),
		   void *userdata)
{
	const struct row_type *type = kind->type;
	unsigned char *page = calloc(PAGE, type->size);
	void *last = calloc(1, type->size), *after = NULL;
	int count = PAGE, r = page && last ? set_flush_all(l) : -ENOMEM;

	while (r == 0 && count == PAGE) {
		struct query q;

		row_page(&q, l, type, after, PAGE);
		count = row_end_list(&q, type, page);
		r = count < 0 ? count : 0;
		for (int i = 0; r == 0 && i < count; i++) {
			void *row = page + (size_t)i * type->size;

			/* Its key stays, and is no string: those of a copy are the row's. */
			after = memcpy(last, row, type->size);
			r = one(userdata, kind, row);
			if (r > 0)
				r = ledger_put_row(l, type, row);
		}
		page_done(type, page, count);
	}
	free(last);
	free(page);
	return r;
}

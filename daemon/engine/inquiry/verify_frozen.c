/* SPDX-License-Identifier: Apache-2.0 */
/* Papers are not made anew from the log: each must be there, and be the bytes of its hash. */
#include "engine/inquiry/verify_frozen.h"

#include <stdio.h>

#include "engine/inquiry/difference.h"
#include "engine/obligation/freeze_time.h"

static int check(struct inquiry *q, const struct deadline_row *row, int n)
{
	struct frozen_row paper __attribute__((cleanup(frozen_row_done))) = { .content = NULL };
	char hash[SHA256_TEXT], item[ITEM_ID + 20];
	bool found;
	int r = ledger_find_frozen_number(q->e.ledger, deadline_id(row->id), n, &paper, &found);

	snprintf(item, sizeof(item), "%s, number %d", row->id, n);
	if (r >= 0 && !found)
		return difference_one_sided(q, "frozen paper", item, false);
	if (r < 0 || freeze_is_whole(&paper))
		return r;
	freeze_hash(paper.content ? paper.content : "", hash);
	return difference_tell(q, &(struct difference){ "frozen paper", item, "sha256",
							json_string(hash),
							json_string(paper.sha256) });
}

static int check_deadline(void *userdata, const struct deadline_row *row)
{
	int r = 0;

	for (int n = 1; r == 0 && n <= row->frozen_n; n++)
		r = check(userdata, row, n);
	return r;
}

int verify_frozen(struct inquiry *q)
{
	return ledger_deadlines(q->e.ledger, check_deadline, q);
}

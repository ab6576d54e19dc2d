/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Papers are not made anew from the log: each must be there, and be the bytes of its hash. One that had somebody's name
 * has another hash since they were erased: the log has which.
 */
#include "engine/inquiry/verify_frozen.h"

#include <stdio.h>
#include <string.h>

#include "engine/erase.h"
#include "engine/inquiry/difference.h"
#include "engine/obligation/freeze_time.h"

/* Is it the hash that the last erasure left? */
static int check_erased(struct inquiry *q, const struct frozen_row *paper, const char *item)
{
	json_t *erased;
	int r = erase_recorded(q->e.ledger, paper->deadline, paper->n, &erased);

	if (r < 0)
		return r;
	const json_t *last = json_array_get(erased, json_array_size(erased) - 1);
	const char *hash = json_string_value(json_object_get(last, "sha256"));
	if (hash && strcmp(hash, paper->sha256) != 0)
		r = difference_tell(q, &(struct difference){ "frozen paper", item, "sha256",
							     json_string(paper->sha256),
							     json_string(hash) });
	json_decref(erased);
	return r;
}

static int check(struct inquiry *q, const struct deadline_row *row, int n)
{
	struct frozen_row paper __attribute__((cleanup(frozen_row_done))) = { .content = NULL };
	char hash[SHA256_TEXT], item[ITEM_ID + 20];
	bool found;
	int r = ledger_find_frozen_number(q->e.ledger, deadline_id(row->id), n, &paper, &found);

	snprintf(item, sizeof(item), "%s, number %d", row->id, n);
	if (r >= 0 && !found)
		return difference_one_sided(q, "frozen paper", item, false);
	if (r < 0)
		return r;
	if (freeze_is_whole(&paper))
		return check_erased(q, &paper, item);
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

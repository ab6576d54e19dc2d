/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/content/frozen_paper.h"

#include <errno.h>

#include "engine/obligation/freeze_time.h"

int content_frozen_paper(struct engine *e, const struct content_item *ni, json_t **ret)
{
	struct frozen_row row __attribute__((cleanup(frozen_row_done))) = { .content = NULL };
	const json_t *n = json_object_get(ni->detail, "n");
	bool found;
	int r;

	*ret = NULL;
	if (ni->what != ITEM_FROZEN)
		return 0;
	r = ledger_find_frozen_number(e->ledger, ni->deadline, (int)json_integer_value(n), &row,
				      &found);
	if (r < 0 || !found || !row.content || !freeze_is_whole(&row))
		return r;
	*ret = json_loads(row.content, 0, NULL);
	return json_object_set_new(*ret, "sha256", json_string(row.sha256)) < 0 ? -EIO : 0;
}

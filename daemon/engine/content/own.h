/* SPDX-License-Identifier: Apache-2.0 */
/* Behind content.h: what is somebody's own in that of which a message tells other dates. */
#pragma once
#include "engine/content.h"

/*
 * Fill an item's `own`, of what has other dates or was returned: what the person (NULL: nobody) owes of it, by
 * id, the deliverable last; answerable as it stands now; also for who is away, whom they stand in for
 * (`own_for`). Of any other item: nothing. *ret_own: the same, the caller's to free after the item; its strings
 * are the plan's. 0 or a negative errno.
 */
int content_own(struct engine *e, const struct person *person, struct instant now,
		struct content_item *item, struct content_owed **ret_own);

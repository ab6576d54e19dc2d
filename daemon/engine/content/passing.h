/* SPDX-License-Identifier: Apache-2.0 */
/* The bodies that a matter passes, as a message names them. */
#pragma once
#include "engine/content.h"

/* Those of the deadline's chain, its own last, as its obligations have them that have no meeting of their own, into the item and *ret_links, to be freed: none where it has no
 * chain. 0 or a negative errno. */
int content_passing(struct engine *e, const struct deadline *d, const struct deadline_row *row,
		    struct content_item *item, struct content_link **ret_links);

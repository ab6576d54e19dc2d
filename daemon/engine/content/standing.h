/* SPDX-License-Identifier: Apache-2.0 */
/* Behind content.h: what was said of an answer that is owed, and who is away that should give it. */
#pragma once
#include "engine/content.h"

/* Fill an item's `promised_by`, and `away_until` of whoever stands_for is away, if not NULL. 0 or a negative
 * errno. */
int content_standing(struct engine *e, const struct obligation *o, const struct person *stands_for,
		     struct instant now, struct content_item *item);

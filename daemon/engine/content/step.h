/* SPDX-License-Identifier: Apache-2.0 */
/* Behind content.h: the step that an item comes of, and how far from the last day it is. */
#pragma once
#include "engine/content.h"

struct content_stepping {
	const struct ladder *ladder;
	const char *step;	/* as the item's row has it; "": none */
	struct civil_date base; /* what the obligation's ladder counts from */
	struct instant now;
};
/* Fill an item's `step` with the ladder's own text, since the rows read don't live as long, and what it says
 * of that step. */
void content_step(const struct plan *plan, const struct content_stepping *of,
		  struct content_item *ni);

/* SPDX-License-Identifier: Apache-2.0 */
/* When what a message tells of is due, and for which meeting. */
#pragma once
#include "engine/content.h"

/* Of a deadline as a whole. row: its own. */
void content_deadline(const struct engine *e, const struct deadline *d,
		      const struct deadline_row *row, struct instant now, struct content_item *ni);
/* Of an obligation of it, whose meeting may be another one. 0 or a negative errno. */
int content_meeting(struct engine *e, const struct deadline_row *row, const struct obligation *o,
		    struct instant now, struct content_item *ni);
void content_obligation(const struct engine *e, const struct deadline *d,
			const struct obligation *o, struct instant now, struct content_item *ni);

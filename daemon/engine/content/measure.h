/* SPDX-License-Identifier: Apache-2.0 */
/* What a message says of a measure: how it stands, and when it is to be done. */
#pragma once
#include "engine/content.h"

/* Whose content it is, and when it leaves. */
struct content_reading {
	struct engine *e;
	const struct person *reader; /* NULL: a channel */
	struct instant now;
};
/* Fill in what the item says of the measure; nothing, if that has left the plan. 0 or a negative errno. */
int content_measure(const struct content_reading *r, struct measure_id id, struct content_item *ni);

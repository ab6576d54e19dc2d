/* SPDX-License-Identifier: Apache-2.0 */
/* How many of those whom a deadline asks have answered: for whoever hands in the whole. */
#pragma once
#include "engine/content.h"

/* Of the deadline of a deliverable; nobody is asked for a measure that is withdrawn. 0 or a negative errno. */
int content_answered(struct engine *e, const struct obligation *deliverable,
		     struct content_item *item);

/* SPDX-License-Identifier: Apache-2.0 */
/* Behind content.h: what is somebody's own in a deadline that a message speaks of as a whole. */
#pragma once
#include "engine/content.h"

/*
 * Fill an item's `own`: what the person (NULL: nobody) is to answer now in a deadline that has other dates as a
 * whole, by id, the deliverable last; also for who is away, whom they stand in for (`own_for`). Of any other item: nothing. *ret_own: the same, the caller's to free
 * after the item; its strings are the plan's.
 */
int content_own(struct engine *e, const struct person *person, struct instant now,
		struct content_item *item, struct content_owed **ret_own);

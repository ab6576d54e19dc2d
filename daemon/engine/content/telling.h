/* SPDX-License-Identifier: Apache-2.0 */
/* What stewards are told of as it begins and ends: how much waits. */
#pragma once
#include "engine/content.h"

/* Of ITEM_HOLD and ITEM_AWAY, whose detail is there: what waits, or waited; and whether the reader has a page of the
 * desk where they deal with it. Nothing of others. */
int content_telling(struct engine *e, const struct person *reader, struct instant now,
		    struct content_item *item);

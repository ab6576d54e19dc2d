/* SPDX-License-Identifier: Apache-2.0 */
/* A later date that is asked for: what an item tells of it. */
#pragma once
#include "engine/content.h"

/* By the request about an obligation that nobody has decided on, if there is one. 0 or a negative errno. */
int content_asked_for(struct engine *e, const struct obligation *o, struct content_item *item);
/* By the event that the item is about, where that was one of a request. */
void content_asked_in_detail(const struct plan *plan, struct content_item *item);

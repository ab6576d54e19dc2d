/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stewards are told when something begins, and when it ends. If the end comes first to who has not been told of the
 * beginning, that is taken back, and they hear of neither.
 */
#pragma once
#include "engine/engine.h"
#include "engine/outbox/item.h"
#include "engine/outbox/recipient.h"

struct taking_back {
	enum item_what what;
	struct person_id person; /* in the item's detail; NULL: whatever it has */
	const char *why;	 /* a message left without an item was dropped */
};
/* Strike what waits to tell it. *ret: whom it has not been told yet. */
int take_back(struct engine *e, const struct taking_back *t, struct instant now,
	      struct recipient_list *ret);
/* Those of the list who are not among `others`. */
void recipient_leave_out(struct recipient_list *list, const struct recipient_list *others);

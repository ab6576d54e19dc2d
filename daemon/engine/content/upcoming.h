/* SPDX-License-Identifier: Apache-2.0 */
/* What an obligation's recipients will meet next, if no answer comes before it. */
#pragma once
#include "engine/ladder/from_ledger.h"

struct upcoming {
	struct instant
		after; /* what leaves now is not upcoming, also where nothing tells that it does */
	struct instant at; /* INSTANT_NONE: nothing more */
	struct recipient_list to;
};
/* The next step that will reach somebody; w: a walk by the plan in force. o is not changed. */
int upcoming_find(struct engine *e, struct walk *w, const struct obligation *o, struct instant now,
		  struct upcoming *ret);

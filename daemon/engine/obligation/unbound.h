/* SPDX-License-Identifier: Apache-2.0 */
/* A deadline whose meeting never came: its month is over, and no meeting was made known; or one whose meeting
 * came, but not what was decided there, so that a chain stands still (chain.h). */
#pragma once
#include "engine/obligation/chain.h"
#include "engine/obligation/own_meeting.h"

/*
 * Support hears of it, once: the row remembers, and the links of the chain do, which is not put. What is closed
 * or bound, or told already, is left. The row is looked at again when there is more to tell.
 */
int unbound_tell(struct sink *sink, struct ledger *l, const struct deadline *d,
		 struct deadline_row *row, struct chain *chain);
/* The same of one measure's meeting of its own. When that is; INSTANT_NONE: never. */
struct instant unbound_own_at(const struct plan *plan, const struct deadline *d,
			      const struct own_meeting *own);
/* Support hears of it; own: remembers, for the caller to put. */
int unbound_tell_own(struct sink *sink, const struct deadline *d, struct own_meeting *own);

/* SPDX-License-Identifier: Apache-2.0 */
/* Which messages are a narrower steward's. */
#pragma once
#include "engine/engine.h"

/* All that it speaks of is theirs, and it speaks of something. 0 or a negative errno; no such message is not theirs. */
int message_is_covered(struct engine *e, const struct person *steward, struct message_id id,
		       bool *ret_covered);

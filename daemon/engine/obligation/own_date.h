/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A date that is not a deadline's: when an assignment is to be answered. It is bound to its meeting, and
 * rounded, as that of a deadline without days for papers would be.
 */
#pragma once
#include "engine/engine.h"
#include "plan/due.h"

/*
 * The dates of what is written (not "next"). *bound: the meeting it was bound to, and is from now on;
 * CIVIL_NONE: to none. 0 or a negative errno.
 */
int own_date_bind(struct engine *e, const struct due_spec *due, struct instant now,
		  struct civil_date *bound, struct dates *ret);
